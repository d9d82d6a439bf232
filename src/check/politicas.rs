//! MIPG policies: each has somebody who answers for it in this entity.

use super::at;
use crate::catalog::Catalog;
use crate::content::politica::{Politica, PoliticaEntidad};
use crate::diagnostic::{Diagnostic, Severity};

/// What a policy is in the site's own entity.
pub fn own<'a>(catalog: &Catalog, politica: &'a Politica) -> Option<&'a PoliticaEntidad> {
    let own = catalog.own_entity()?.0;
    politica.por_entidad.iter().find(|p| catalog.find(&p.entidad) == Some(own))
}

/// Responsibles.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    if catalog.own_entity().is_none() {
        return;
    }
    for (_, record, politica) in catalog.all::<Politica>() {
        let responsible = own(catalog, politica).is_some_and(|p| !p.responsables.items().is_empty());
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
