//! Rules over the catalog: what an auditor would find. One file a family; each rule gives diagnostics with a code, a place and a mend.
//!
//! Only the site's own records are judged; references of other entities are shown as their sources give them.

pub mod actas;
pub mod caracterizaciones;
pub mod documentos;
pub mod enlaces;
pub mod fechas;
pub mod habla;
pub mod huellas;
pub mod mapa;
pub mod normas;
pub mod politicas;
pub mod practicas;
pub mod sede;
pub mod texto;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::content::Record;
use crate::diagnostic::{Diagnostic, Severity};

/// All rules over the catalog.
pub fn catalog(catalog: &Catalog) -> Vec<Diagnostic> {
    let families: [fn(&Catalog, &mut Vec<Diagnostic>); 11] = [
        mapa::check,
        caracterizaciones::check,
        documentos::check,
        politicas::check,
        practicas::check,
        actas::check,
        normas::check,
        fechas::check,
        sede::check,
        huellas::check,
        habla::check,
    ];
    let found = families.par_iter().map(|family| {
        let mut out = Vec::new();
        family(catalog, &mut out);
        out
    });
    found.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// A diagnostic at a key of a record.
fn at(
    record: &Record,
    key: &str,
    severity: Severity,
    code: &'static str,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        code: code.into(),
        severity,
        file: record.file.to_string(),
        span: record.key(key),
        message: message.into(),
        help: help.into(),
    }
}
