//! The title under which each record is shown.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use crate::content::acta::Acta;
use crate::content::comite::Comite;
use crate::content::norma::{Norma, TipoNorma};
use crate::content::{Clase, Datos, Kind, Record};

use crate::content::fold::fold;

/// The order of an alphabet in which accents and capitals do not count, and ñ comes after n. Nothing is allocated: lists ask it often.
pub fn in_alphabet(a: &str, b: &str) -> Ordering {
    a.chars().map(letter).cmp(b.chars().map(letter)).then_with(|| a.cmp(b))
}

/// Twice the code of the plain letter, so that there is a place after each.
fn letter(c: char) -> u32 {
    let plain = match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'á' | 'à' | 'ä' | 'Á' | 'À' | 'Ä' => 'a',
        'é' | 'è' | 'ë' | 'É' | 'È' | 'Ë' => 'e',
        'í' | 'ì' | 'ï' | 'Í' | 'Ì' | 'Ï' => 'i',
        'ó' | 'ò' | 'ö' | 'Ó' | 'Ò' | 'Ö' => 'o',
        'ú' | 'ù' | 'ü' | 'Ú' | 'Ù' | 'Ü' => 'u',
        'ñ' | 'Ñ' => return u32::from('n') * 2 + 1,
        c => c,
    };
    u32::from(plain) * 2
}

/// Titles of all records, in their order.
pub fn all(records: &[Arc<Record>]) -> Vec<String> {
    let comites = comites(records);
    records.iter().map(|record| of(record, &comites)).collect()
}

/// Title of a record; with no committees, it is still the same for the same data.
pub(super) fn of(record: &Record, comites: &HashMap<String, &str>) -> String {
    match &record.datos {
        Datos::Entidad(d) => d.nombre.to_string(),
        Datos::Dependencia(d) => d.nombre.to_string(),
        Datos::Proceso(d) => d.nombre.to_string(),
        Datos::TipoDocumental(d) => d.nombre.to_string(),
        Datos::Documento(d) => d.titulo.to_string(),
        Datos::Dimension(d) => d.nombre.to_string(),
        Datos::Politica(d) => d.nombre.to_string(),
        Datos::BuenaPractica(d) => d.nombre.to_string(),
        Datos::Comite(d) => d.nombre.to_string(),
        Datos::Acta(d) => acta(d, comites),
        Datos::Norma(d) => norma(d),
        Datos::Glosario(d) => d.termino.to_string(),
        Datos::Fuente(d) => d.titulo.to_string(),
        Datos::Enlaces(d) => d.nombre.to_string(),
        Datos::Pagina(d) => d.titulo.to_string(),
        Datos::Retirado(d) => d.titulo.to_string(),
    }
}

/// The title of a record whose title no other has a part in.
pub(super) fn own(record: &Record) -> Option<String> {
    (record.kind != Kind::Acta).then(|| of(record, &HashMap::new()))
}

/// Names of the committees, by everything an acta may call them.
fn comites(records: &[Arc<Record>]) -> HashMap<String, &str> {
    let mut names = HashMap::new();
    for record in records {
        if let Some(comite) = Comite::of(&record.datos) {
            for name in std::iter::once(&record.comun.codigo).chain(&record.comun.alias).chain([&comite.nombre]) {
                names.insert(fold(name), &*comite.nombre);
            }
        }
    }
    names
}

fn acta(acta: &Acta, comites: &HashMap<String, &str>) -> String {
    let comite = comites.get(&fold(&acta.comite.0)).copied().unwrap_or(&acta.comite.0);
    match acta.numero.consta() {
        Some(numero) => format!("Acta {numero:03} de {} — {comite}", acta.fecha.0.year()),
        None => format!("Sesión del {} — {comite}", acta.fecha.en_palabras()),
    }
}

fn norma(norma: &Norma) -> String {
    let tipo = tipo_norma(norma.tipo);
    match norma.numero.consta() {
        Some(numero) => format!("{tipo} {numero} de {}", norma.anio),
        None => format!("{tipo} de {}", norma.anio),
    }
}

/// How a type of norm is written.
pub fn tipo_norma(tipo: TipoNorma) -> &'static str {
    match tipo {
        TipoNorma::Constitucion => "Constitución Política",
        TipoNorma::Ley => "Ley",
        TipoNorma::DecretoLey => "Decreto Ley",
        TipoNorma::Decreto => "Decreto",
        TipoNorma::Resolucion => "Resolución",
        TipoNorma::Acuerdo => "Acuerdo",
        TipoNorma::Circular => "Circular",
        TipoNorma::Conpes => "CONPES",
        TipoNorma::NormaTecnica => "Norma técnica",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn accents_and_capitals_do_not_count_in_the_alphabet() {
        let mut names = ["Zonas", "Índice", "nube", "Ñame", "Oficina", "MIPG: uno", "Mejora", "índice", "«Uno»"];
        names.sort_by(|a, b| super::in_alphabet(a, b));
        assert_eq!(names, ["Índice", "índice", "Mejora", "MIPG: uno", "nube", "Ñame", "Oficina", "Zonas", "«Uno»"]);
    }
}
