//! The processes of the map, each with its whole caracterización.

use super::{DAY, close};
use crate::plan;
use crate::prose::Prose;
use crate::sets::{PROCESOS, Proceso, unit};
use crate::toml::{Toml, record};

use super::listas::vigentes;

/// Process `p` delivers to those so many places further on; so the others know whom they receive from.
const DELIVERS: [usize; 3] = [1, 5, 11];

/// Documents that a process names: its first ones, which every corpus has.
const DOCUMENTS: usize = 5;

pub(super) fn procesos(prose: &mut Prose<'_>) -> Vec<(String, String)> {
    PROCESOS
        .iter()
        .enumerate()
        .map(|(p, proceso)| {
            let path = format!("content/procesos/{}.md", proceso.codigo.to_lowercase());
            (path, file(prose, p, proceso))
        })
        .collect()
}

fn file(prose: &mut Prose<'_>, p: usize, proceso: &Proceso) -> String {
    let leader = unit(1 + p);
    let mut toml = Toml::default();
    toml.text("codigo", proceso.codigo).text("nombre", proceso.nombre).text("tipo", proceso.tipo).raw("orden", p + 1);
    let who = format!("{{ dependencia = \"{}\", cargo = \"{}\" }}", leader.codigo, leader.cargo);
    toml.raw("responsables", format_args!("[{who}]"));
    let others = [2, 7, 12].map(|step| format!("{{ dependencia = \"{}\" }}", unit(p + step + 1).codigo));
    toml.tables("participan", &others);
    close(&mut toml, "capítulo 3");

    toml.header("[caracterizacion]").text("codigo", format_args!("{}-CA-001", proceso.codigo)).text("version", "001");
    toml.raw("fecha", DAY).raw("elaboro", format_args!("[{{ cargo = \"{}\", fecha = {DAY} }}]", leader.cargo));
    toml.raw("aprobo", format_args!("[{{ cargo = \"Alcalde municipal\", fecha = {DAY} }}]"));
    toml.text("objetivo", prose.one());
    toml.raw("alcance", format_args!("{{ inicia = \"{}\", termina = \"{}\" }}", prose.one(), prose.one()));
    toml.raw("lider", &who).tables("integrantes", &others);
    let norms: Vec<String> = (0..4).map(|_| vigentes(&mut prose.rng)).collect();
    toml.texts("normatividad", &norms);
    for key in ["riesgos", "controles", "requisitos"] {
        toml.texts(key, &[prose.one(), prose.one(), prose.one()]);
    }
    let documents: Vec<String> = (0..DOCUMENTS).map(|round| document(p, round)).collect();
    toml.texts("documentos", &documents).text("tramites", "no consta");
    for key in ["indicadores", "usuarios", "expectativas", "gestion_conocimiento"] {
        toml.texts(key, &[prose.title(), prose.title()]);
    }
    toml.header("[caracterizacion.recursos]");
    for key in ["humanos", "tecnologicos", "infraestructura", "financieros", "otros"] {
        toml.texts(key, &[prose.title(), prose.title()]);
    }
    for phva in ["P", "P", "H", "H", "H", "V", "V", "A", "A"] {
        activity(prose, &mut toml, p, phva);
    }
    record(toml, &format!("{}\n\n{}\n", prose.several(4), prose.several(3)))
}

fn activity(prose: &mut Prose<'_>, toml: &mut Toml, p: usize, phva: &str) {
    let count = PROCESOS.len();
    let part = |place: usize| {
        let codigo = PROCESOS.get(place % count).map_or("", |other| other.codigo);
        format!("{{ proceso = \"{codigo}\", ambito = \"interno\" }}")
    };
    let outside = "{ texto = \"Ciudadanía\", ambito = \"externo\" }".to_owned();
    let side = |from: usize, back: bool| -> Vec<String> {
        let places = DELIVERS.iter().map(|step| if back { from + count - step } else { from + step });
        places.map(part).chain([outside.clone()]).collect()
    };
    toml.header("[[caracterizacion.actividades]]").text("phva", phva).tables("proveedores", &side(p, true));
    toml.texts("entradas", &[prose.title(), prose.title()]);
    toml.text("actividad", prose.task()).text("descripcion", prose.one());
    toml.raw("responsable", format_args!("{{ dependencia = \"{}\" }}", unit(1 + p).codigo));
    toml.texts("salidas", &[prose.title(), prose.title()]).tables("clientes", &side(p, false));
}

/// The code of one of the first documents of a process.
fn document(p: usize, round: usize) -> String {
    plan::codigo(plan::record_of_documento((p + round * PROCESOS.len()) as u64))
}
