//! The dates of publication of every record, of which the newest is the cut-off date of the site.

use super::at;
use crate::catalog::Catalog;
use crate::content::Record;
use crate::content::valor::Fecha;
use crate::diagnostic::{Diagnostic, Severity};

/// Most days from the newest date of the site to the one before: more is most likely a slip in the year.
const FAR: i32 = 2 * 365;

/// A record is published before it is updated; the newest date is near another.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for record in &catalog.records {
        if let (Some(first), Some(last)) = (record.comun.publicado, record.comun.actualizado)
            && last < first
        {
            let message = format!("se actualizó el {}, antes de publicarse, que fue el {}", last.0, first.0);
            let help = "corrija una de las dos fechas: publicado es el día de la primera vez, y no cambia";
            out.push(at(record, "actualizado", Severity::Error, "fecha-en-desorden", message, help));
        }
    }
    out.extend(far(catalog));
}

/// The newest date, where it rules the whole site and stands alone.
fn far(catalog: &Catalog) -> Option<Diagnostic> {
    let dates = |record: &Record| [("publicado", record.comun.publicado), ("actualizado", record.comun.actualizado)];
    let mut newest: Option<(Fecha, &Record, &str)> = None;
    let mut before: Option<Fecha> = None;
    for record in &catalog.records {
        for (key, date) in dates(record) {
            let Some(date) = date else { continue };
            match newest {
                Some((known, ..)) if date <= known => before = before.max((date < known).then_some(date)),
                _ => {
                    before = newest.map(|(known, ..)| known);
                    newest = Some((date, record, key));
                }
            }
        }
    }
    let (newest, record, key) = newest.filter(|(newest, ..)| catalog.corte == Some(*newest))?;
    let days = (newest.0 - before?.0).get_days();
    let message = format!("es más de dos años posterior a cualquier otra del sitio: la que sigue es {}", before?.0);
    let help = "revise el año: la fecha más reciente es la de corte de todo el sitio, y decide qué está vencido";
    (days > FAR).then(|| at(record, key, Severity::Aviso, "fecha-lejana", message, help))
}
