//! The process map: its composition is what `site.toml` declares, trees have no loops.

use super::at;
use crate::catalog::Catalog;
use crate::config::FILE;
use crate::content::Kind;
use crate::content::proceso::Proceso;
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Composition, trees and participants.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    composition(catalog, out);
    for (id, record, proceso) in catalog.all::<Proceso>() {
        if has_loop(catalog, id) {
            out.push(at(
                record,
                "padre",
                Severity::Error,
                "proceso-en-circulo",
                "subiendo de padre en padre se vuelve a este mismo proceso",
                "corrija el padre: un proceso no puede ser parte de sí mismo",
            ));
        }
        if !catalog.is_own(record) {
            continue;
        }
        let own_units = proceso.participan.items();
        let only_responsible = own_units.len() == 1
            && own_units.first().and_then(|p| p.dependencia()).is_some_and(|unit| {
                let unit = catalog.find(unit);
                proceso.responsables.items().iter().any(|p| p.dependencia().is_some_and(|d| catalog.find(d) == unit))
            });
        if only_responsible {
            out.push(at(
                record,
                "participan",
                Severity::Aviso,
                "participa-solo-el-responsable",
                "la única dependencia que participa es la misma que responde por el proceso",
                "confirme con la fuente qué otras dependencias participan",
            ));
        }
    }
}

fn composition(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    if catalog.has_broken(Kind::Proceso) {
        return;
    }
    for (i, nivel) in catalog.config.nivel.iter().enumerate() {
        let count = catalog
            .all::<Proceso>()
            .filter(|(_, record, p)| catalog.is_own(record) && p.padre.is_none() && p.tipo == nivel.tipo)
            .count();
        if usize::try_from(nivel.procesos) != Ok(count) {
            out.push(Diagnostic::error(
                "mapa-incompleto",
                FILE,
                Span::Key(format!("nivel.{i}.procesos")),
                format!("el nivel «{}» declara {} y hay {count}", nivel.nombre, nivel.procesos),
                "corrija el número, o agregue o quite procesos de primer nivel de ese tipo en content/procesos/",
            ));
        }
    }
    for (_, record, proceso) in catalog.all::<Proceso>() {
        let known = catalog.config.nivel.iter().any(|n| n.tipo == proceso.tipo);
        if catalog.is_own(record) && !known {
            out.push(at(
                record,
                "tipo",
                Severity::Error,
                "nivel-sin-declarar",
                "site.toml no declara el nivel de este proceso, así que no saldría en el mapa",
                "agregue un [[nivel]] de ese tipo en site.toml",
            ));
        }
    }
}

fn has_loop(catalog: &Catalog, start: usize) -> bool {
    let parent = |id: usize| catalog.get::<Proceso>(id)?.padre.as_ref().and_then(|p| catalog.find(p));
    let mut current = parent(start);
    for _ in 0..catalog.records.len() {
        match current {
            Some(id) if id == start => return true,
            Some(id) => current = parent(id),
            None => return false,
        }
    }
    false
}
