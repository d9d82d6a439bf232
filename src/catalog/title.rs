//! The title under which each record is shown.

use crate::content::acta::Acta;
use crate::content::norma::{Norma, TipoNorma};
use crate::content::{Clase, Datos, Kind, Record};

use super::names::fold;

/// Titles of all records, in their order.
pub fn all(records: &[Record]) -> Vec<String> {
    records
        .iter()
        .map(|record| match &record.datos {
            Datos::Entidad(d) => d.nombre.clone(),
            Datos::Dependencia(d) => d.nombre.clone(),
            Datos::Proceso(d) => d.nombre.clone(),
            Datos::TipoDocumental(d) => d.nombre.clone(),
            Datos::Documento(d) => d.titulo.clone(),
            Datos::Dimension(d) => d.nombre.clone(),
            Datos::Politica(d) => d.nombre.clone(),
            Datos::BuenaPractica(d) => d.nombre.clone(),
            Datos::Comite(d) => d.nombre.clone(),
            Datos::Acta(d) => acta(d, records),
            Datos::Norma(d) => norma(d),
            Datos::Glosario(d) => d.termino.clone(),
            Datos::Fuente(d) => d.titulo.clone(),
            Datos::Enlaces(d) => d.nombre.clone(),
            Datos::Pagina(d) => d.titulo.clone(),
        })
        .collect()
}

fn acta(acta: &Acta, records: &[Record]) -> String {
    let wanted = fold(&acta.comite.0);
    let comite = records
        .iter()
        .filter(|r| r.kind == Kind::Comite)
        .find(|r| {
            fold(&r.comun.codigo) == wanted || r.comun.alias.iter().any(|a| fold(a) == wanted)
        })
        .and_then(|r| crate::content::comite::Comite::of(&r.datos))
        .map_or(acta.comite.0.as_str(), |c| c.nombre.as_str());
    match acta.numero.consta() {
        Some(numero) => format!("Acta {numero:03} de {} — {comite}", acta.fecha.0.year()),
        None => format!("Sesión del {} — {comite}", acta.fecha.0),
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
