//! The inventory of a copy: a row a record, its columns in the order of the FUID (formato único de inventario documental).

use std::fs;

use serde::Deserialize;

use super::published::Published;
use super::{told, xlsx as sheet};
use crate::pages::datos::RECORDS;
use crate::publish::manifest::About;

/// The columns.
const COLUMNS: [&str; 14] = [
    "serie",
    "subserie",
    "titulo",
    "codigo",
    "fecha_inicial",
    "fecha_final",
    "medio",
    "idioma",
    "formato",
    "tamano_bytes",
    "sha256",
    "tipo",
    "ruta",
    "entidad",
];

/// Which of them is a number.
const SIZE: usize = 9;

/// What no source says.
const UNKNOWN: &str = "no consta";

/// A record as the site published it.
#[derive(Deserialize)]
struct Registro {
    tipo: String,
    codigo: String,
    titulo: String,
    url: String,
    /// Another entity's, of a referencia.
    entidad: Option<String>,
    fecha: Option<String>,
    fecha_inicial: Option<String>,
    serie: Option<String>,
    subserie: Option<String>,
    medio: Option<String>,
    idioma: Option<String>,
}

/// A row of the inventory.
pub(super) type Row = [String; COLUMNS.len()];

/// The rows, in the order of kind and code.
pub(super) fn rows(published: &Published) -> Result<Vec<Row>, String> {
    let path = published.folder.join(RECORDS);
    let json = fs::read(&path).map_err(|e| told("leer", &path, &e))?;
    let records: Vec<Registro> = serde_json::from_slice(&json)
        .map_err(|e| format!("{} no es la lista de registros de un sitio: {e}", path.display()))?;
    Ok(records.into_iter().map(|record| row(record, published)).collect())
}

fn row(record: Registro, published: &Published) -> Row {
    let page = record.url.split('#').next().unwrap_or_default();
    let file = published.manifest.archivos.get(page);
    let or_unknown = |value: Option<String>| value.unwrap_or_else(|| UNKNOWN.to_owned());
    let end = or_unknown(record.fecha);
    [
        or_unknown(record.serie),
        or_unknown(record.subserie),
        record.titulo,
        record.codigo,
        record.fecha_inicial.unwrap_or_else(|| end.clone()),
        end,
        record.medio.unwrap_or_else(|| "electrónico".to_owned()),
        record.idioma.unwrap_or_else(|| "es".to_owned()),
        "HTML".to_owned(),
        file.map_or_else(String::new, |file| file.bytes.to_string()),
        file.map_or_else(String::new, |file| file.sha256.clone()),
        record.tipo,
        format!("data/{}", record.url),
        record.entidad.unwrap_or_else(|| published.manifest.sitio.entidad.clone()),
    ]
}

/// As CSV (RFC 4180), in UTF-8.
pub(super) fn csv(rows: &[Row]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = line(&mut COLUMNS.into_iter());
    for row in rows {
        out.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    out
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// As a spreadsheet.
pub(super) fn xlsx(rows: &[Row], about: &About) -> Result<Vec<u8>, String> {
    let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
    sheet::write("Inventario", &COLUMNS, SIZE, rows, about)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_quoted_where_they_must() {
        assert_eq!(super::quoted("Acta 1"), "Acta 1");
        assert_eq!(super::quoted("a, \"b\"\n"), "\"a, \"\"b\"\"\n\"");
    }
}
