//! Dimensions, policies and committees.

use super::close;
use crate::prose::Prose;
use crate::sets::{COMITES, DIMENSIONES, POLITICAS, unit};
use crate::toml::{Toml, record};

use super::listas::vigentes;

pub(super) fn dimensiones(prose: &mut Prose<'_>) -> Vec<(String, String)> {
    let file = |(n, nombre): (usize, &&str)| {
        let mut toml = Toml::default();
        toml.text("codigo", format_args!("D{}", n + 1)).text("nombre", nombre).raw("orden", n + 1);
        toml.text("proposito", prose.one()).texts("atributos", &[prose.title(), prose.title(), prose.title()]);
        close(&mut toml, "capítulo 4");
        (format!("content/mipg/dimensiones/d{}.md", n + 1), record(toml, ""))
    };
    DIMENSIONES.iter().enumerate().map(file).collect()
}

pub(super) fn politicas(prose: &mut Prose<'_>) -> Vec<(String, String)> {
    let file = |(n, (codigo, nombre, dimension)): (usize, &(&str, &str, u8))| {
        let mut toml = Toml::default();
        toml.text("codigo", codigo).text("nombre", nombre).text("dimension", format_args!("D{dimension}"));
        toml.raw("orden", n + 1).text("perspectiva", "no consta").text("lideres_nacionales", "no consta");
        close(&mut toml, "capítulo 4");
        toml.header("[[por_entidad]]").text("entidad", "ejemplo");
        toml.raw("responsables", format_args!("[{{ dependencia = \"{}\" }}]", unit(1 + n).codigo));
        toml.text("proposito", prose.one()).text("declaratoria", prose.title());
        super::source(&mut toml, "tabla de políticas");
        (format!("content/mipg/politicas/{codigo}.md"), record(toml, &format!("{}\n", prose.several(3))))
    };
    POLITICAS.iter().enumerate().map(file).collect()
}

pub(super) fn comites(prose: &mut Prose<'_>) -> Vec<(String, String)> {
    let file = |(n, comite): (usize, &crate::sets::Comite)| {
        let mut toml = Toml::default();
        toml.text("codigo", comite.codigo).text("nombre", comite.nombre).text("tipo", comite.tipo).raw("orden", n + 1);
        let members = comite.participantes().into_iter().map(|(unit, quality)| {
            let who = format!("dependencia = \"{}\", cargo = \"{}\"", unit.codigo, unit.cargo);
            format!("{{ parte = {{ {who} }}, calidad = \"{quality}\" }}")
        });
        toml.tables("participantes", &members.collect::<Vec<_>>()).text("responsabilidad", prose.one());
        toml.texts("actos", &[vigentes(&mut prose.rng)]);
        let (members, asked) = (comite.miembros(), comite.quorum());
        let rule = format!("{{ miembros = {members}, deliberatorio = {asked}, decisorio = {asked} }}");
        toml.raw("quorum", rule).text("periodicidad", "Cuando lo cite quien preside.");
        close(&mut toml, "capítulo 5");
        (format!("content/comites/{}.md", comite.codigo), record(toml, &format!("{}\n", prose.several(2))))
    };
    COMITES.iter().enumerate().map(file).collect()
}
