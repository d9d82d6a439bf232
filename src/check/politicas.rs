//! MIPG policies: each has somebody who answers for it in this entity.

use super::at;
use crate::catalog::Catalog;
use crate::catalog::relaciones::own_policy;
use crate::content::politica::Politica;
use crate::diagnostic::{Diagnostic, Severity};

/// Responsibles.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    if catalog.own_entity().is_none() {
        return;
    }
    for (_, record, politica) in catalog.all::<Politica>() {
        let responsible = own_policy(catalog, politica).is_some_and(|p| !p.responsables.items().is_empty());
        if catalog.is_own(record) && !responsible {
            out.push(at(
                record,
                "nombre",
                Severity::Aviso,
                "politica-sin-responsable",
                format!("ninguna fuente dice quién responde por la política «{}»", politica.nombre),
                "cuando la entidad lo defina, escríbalo en responsables, con su fuente",
            ));
        }
    }
}
