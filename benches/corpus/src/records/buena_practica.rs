//! Good practices of both levels.

use super::Draft;
use crate::plan::days_before;
use crate::sets::{DEPENDENCIAS, POLITICAS, unit};

pub(super) fn write(draft: &mut Draft<'_>) -> String {
    let prose = &mut draft.prose;
    let nombre = prose.title();
    let (politica, ..) = prose.rng.pick(POLITICAS);
    let level = if prose.rng.chance(35) { 2 } else { 1 };
    let until = days_before(draft.fecha, prose.rng.between(5, 60));
    let who = unit(prose.rng.index(DEPENDENCIAS.len())).codigo;
    let state = prose.rng.pick(&["hecha", "hecha", "hecha", "en_curso"]);
    let front = &mut draft.front;
    front.text("nombre", &nombre).text("politica", politica).text("componente", prose.title());
    front.text("periodo", format_args!("Año {}", until.year())).raw("hasta", until);
    front.text("estado", state).raw("nivel", level);
    front.raw("responsables", format_args!("[{{ dependencia = \"{who}\" }}]"));
    front.text("contextualizar", prose.several(3));
    front.text("analizar", prose.several(3));
    front.text("recolectar", prose.several(2));
    if level == 2 {
        front.text("problema", prose.one()).texts("criterios", &["Replicable".to_owned(), "Medible".to_owned()]);
        let measured = format!(
            "{{ indicador = \"{}\", valor = {}, unidad = \"%\", periodo = \"Año {}\" }}",
            prose.title(),
            prose.rng.between(20, 100),
            until.year()
        );
        front.tables("resultados_cuantitativos", &[measured]);
        front.texts("resultados_cualitativos", &[prose.one(), prose.one()]);
        front.text("sostenibilidad", prose.one()).texts("alianzas", &[prose.title()]);
    }
    let proof = |tipo: &str, number: u64, what: String| {
        let fecha = days_before(until, number % 90);
        format!("{{ tipo = \"{tipo}\", numero = \"{number:03}\", fecha = {fecha}, descripcion = \"{what}\" }}")
    };
    let proofs = ["circular", "informe", "memorando"].map(|tipo| {
        let number = prose.rng.between(1, 400);
        proof(tipo, number, prose.one())
    });
    front.tables("evidencias", &proofs);
    nombre
}
