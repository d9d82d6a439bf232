//! The records of the site as data: what is published, under which code, version and address. Two publications are compared by it.

use serde::Serialize;

use super::foreign_name;
use crate::catalog::Catalog;
use crate::content::Datos;

/// Path of the file.
pub const RECORDS: &str = "datos/registros.json";

#[derive(Serialize)]
struct Registro<'a> {
    tipo: &'static str,
    codigo: &'a str,
    titulo: &'a str,
    url: &'a str,
    /// Another entity's, of a referencia.
    #[serde(skip_serializing_if = "Option::is_none")]
    entidad: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fecha: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    codigos_anteriores: &'a [String],
}

/// All published records, one a line, in the order of kind and code.
///
/// # Errors
/// Only if serialisation fails, which plain strings do not.
pub fn records(catalog: &Catalog) -> serde_json::Result<String> {
    let mut rows: Vec<Registro<'_>> = catalog
        .records
        .iter()
        .enumerate()
        .map(|(id, record)| Registro {
            tipo: record.kind.name(),
            codigo: &record.comun.codigo,
            titulo: catalog.title(id),
            url: catalog.url(id),
            entidad: foreign_name(catalog, record),
            version: match &record.datos {
                Datos::Documento(d) => d.version.consta().map(String::as_str),
                _ => None,
            },
            fecha: catalog.date(id).map(|date| date.0.to_string()),
            codigos_anteriores: &record.comun.codigos_anteriores,
        })
        .collect();
    rows.sort_by_key(|r| (r.tipo, r.codigo));
    let lines: serde_json::Result<Vec<String>> = rows.iter().map(serde_json::to_string).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}
