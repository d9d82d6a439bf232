//! The records of the site as data: what is published, under which code, version, hash and address. Two publications are compared by it.

use std::io::Write;

use serde::Serialize;

use super::foreign_name;
use crate::catalog::{Catalog, Id, huella};
use crate::content::documento::Documento;
use crate::content::huellas::Huella;
use crate::content::valor::{Dato, Fecha, Repetido};
use crate::content::{Datos, Record};

/// Path of the file.
pub const RECORDS: &str = "datos/registros.json";

/// Path of the publications: one a line, each with the hash of the line before.
pub const PUBLICATIONS: &str = "datos/publicaciones.jsonl";

#[derive(Serialize)]
struct Registro<'a> {
    #[serde(flatten)]
    huella: Huella,
    titulo: &'a str,
    /// Another entity's, of a referencia.
    #[serde(skip_serializing_if = "Option::is_none")]
    entidad: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fecha: Option<String>,
    /// Where what it tells began, when that is another date.
    #[serde(skip_serializing_if = "Option::is_none")]
    fecha_inicial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serie: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subserie: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    medio: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idioma: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Box<str>]>::is_empty")]
    codigos_anteriores: &'a [Box<str>],
}

/// Writes all published records, one a line, in the order of kind and code: those of 100,000 take 95 MB.
///
/// # Errors
/// What `out` said no to.
pub fn records(catalog: &Catalog, out: &mut dyn Write) -> std::io::Result<()> {
    let mut ids: Vec<Id> = (0..catalog.records.len()).collect();
    ids.sort_by_key(|id| catalog.records.get(*id).map(|record| (record.kind.name(), &record.comun.codigo)));
    out.write_all(b"[")?;
    let mut line = Vec::new();
    for (n, id) in ids.into_iter().enumerate() {
        let Some(record) = catalog.records.get(id) else { continue };
        line.clear();
        line.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut line, &row(catalog, id, record))?;
        out.write_all(&line)?;
    }
    out.write_all(b"\n]\n")
}

fn row<'a>(catalog: &'a Catalog, id: Id, record: &'a Record) -> Registro<'a> {
    Registro {
        huella: huella::of(catalog, id, record),
        titulo: catalog.title(id),
        entidad: foreign_name(catalog, record),
        fecha: catalog.date(id).map(|date| date.0.to_string()),
        fecha_inicial: first_date(record).filter(|date| Some(*date) != catalog.date(id)).map(|d| d.0.to_string()),
        serie: of_document(record, |d| &d.serie),
        subserie: of_document(record, |d| &d.subserie),
        medio: of_document(record, |d| &d.medio),
        idioma: of_document(record, |d| &d.idioma),
        codigos_anteriores: &record.comun.codigos_anteriores,
    }
}

/// The publications that are remembered; none when nothing was sealed.
pub fn publications(catalog: &Catalog) -> Option<String> {
    let memoria = catalog.memoria.as_ref()?;
    Some(memoria.publicacion.iter().map(|publicacion| publicacion.line() + "\n").collect())
}

fn of_document(record: &Record, value: fn(&Documento) -> &Dato<Repetido>) -> Option<&str> {
    match &record.datos {
        Datos::Documento(d) => value(d).texto(),
        _ => None,
    }
}

/// The first of a record's extreme dates.
fn first_date(record: &Record) -> Option<Fecha> {
    match &record.datos {
        Datos::Documento(d) => d.fecha_elaboracion.consta().copied(),
        Datos::Acta(a) => Some(a.fecha),
        Datos::BuenaPractica(_) | Datos::Norma(_) => None,
        _ => record.comun.publicado,
    }
}
