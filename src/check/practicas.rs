//! Good practices: the second level has its criteria (Función Pública's method, as the Cartagena booklet gives it in its table 3).

use super::at;
use crate::catalog::Catalog;
use crate::content::buena_practica::BuenaPractica;
use crate::content::valor::Dato;
use crate::diagnostic::{Diagnostic, Severity};

/// Criteria of the second level.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for (_, record, practica) in catalog.all::<BuenaPractica>() {
        if !catalog.is_own(record) || practica.nivel < 2 {
            continue;
        }
        for missing in missing_criteria(practica) {
            out.push(at(
                record,
                "nivel",
                Severity::Aviso,
                "segundo-nivel-incompleto",
                format!("la práctica se declara de segundo nivel y no dice {missing}"),
                "complételo, o declárela de primer nivel (nivel = 1)",
            ));
        }
    }
}

/// The criteria of the second level that a practice does not show.
pub fn missing_criteria(practica: &BuenaPractica) -> Vec<&'static str> {
    let text = |dato: &Dato<Box<str>>| dato.consta().is_none_or(|t| t.trim().is_empty());
    [
        (text(&practica.problema), "el problema que quería resolver (problema)"),
        (
            practica.resultados_cuantitativos.items().is_empty(),
            "un resultado medido con número, unidad y período (resultados_cuantitativos)",
        ),
        (practica.resultados_cualitativos.items().is_empty(), "un resultado en palabras (resultados_cualitativos)"),
        (text(&practica.sostenibilidad), "cómo se sostiene en el tiempo (sostenibilidad)"),
        (practica.alianzas.items().is_empty(), "las alianzas (alianzas)"),
    ]
    .into_iter()
    .filter_map(|(missing, name)| missing.then_some(name))
    .collect()
}
