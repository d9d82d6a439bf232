//! Catalog → pages. Each section of the site plans its pages and builds the view of each; no HTML here.
//!
//! A [`Plan`] is cheap (a path and a function); its [`Page`] is built inside the worker that renders it.

pub mod actas;
pub mod buenas_practicas;
pub mod buscar;
pub mod celda;
pub mod comites;
pub mod datos;
pub mod dependencias;
pub mod direcciones;
pub mod documentos;
pub mod entidades;
pub mod fuentes;
pub mod glosario;
pub mod inicio;
pub mod lista;
pub mod mapa_del_sitio;
pub mod matrices;
pub mod normograma;
pub mod paginas;
pub mod politicas;
pub mod procesos;
pub mod publicaciones;
pub mod relacionados;
pub mod retirados;
pub mod sitio;
pub mod view;

use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::{Catalog, Id};
use crate::content::Record;

pub use celda::{Campo, Celda};
pub use view::{Bloque, Miga, Page, Tarjeta};

/// A record, and which of its decisions or compromisos (0 for the record itself).
pub type Row = (Id, usize);

/// A page to be: where it goes, and how its view is built.
pub struct Plan {
    /// Path in the output, with `/`.
    pub path: Arc<str>,
    /// Title, of pages that belong to no record.
    pub titulo: Box<str>,
    /// What a list says of itself, where that takes a look at all of it: asked for by each of its pages, it would take the square.
    pub resumen: Option<Arc<str>>,
    /// Builds the view.
    pub build: fn(&Catalog, &Plan) -> Page,
    /// The rows it shows: the record of the page, or exactly the rows of its part of a list.
    pub rows: Box<[Row]>,
    /// Where it stands in its list.
    pub place: Option<Box<lista::Place>>,
}

/// All pages of the site, in a fixed order; that of the search where there is one.
pub fn plan(catalog: &Catalog, buscador: bool) -> Vec<Plan> {
    let sections: [fn(&Catalog, &mut Vec<Plan>); 18] = [
        buscar::plan,
        inicio::plan,
        procesos::plan,
        matrices::plan,
        dependencias::plan,
        politicas::plan,
        buenas_practicas::plan,
        comites::plan,
        actas::plan,
        documentos::plan,
        normograma::plan,
        glosario::plan,
        fuentes::plan,
        entidades::plan,
        paginas::plan,
        retirados::plan,
        publicaciones::plan,
        mapa_del_sitio::plan,
    ];
    let of = |section: &fn(&Catalog, &mut Vec<Plan>)| {
        let mut plans = Vec::new();
        section(catalog, &mut plans);
        plans
    };
    let mut plans: Vec<Plan> = sections.par_iter().skip(usize::from(!buscador)).flat_map_iter(of).collect();
    plans.shrink_to_fit();
    plans
}

/// A page that belongs to no record.
fn alone(path: &str, titulo: &str, build: fn(&Catalog, &Plan) -> Page) -> Plan {
    Plan { path: path.into(), titulo: titulo.into(), resumen: None, build, rows: Box::default(), place: None }
}

/// One page for each record of these ids.
fn each(catalog: &Catalog, ids: &[Id], build: fn(&Catalog, &Plan) -> Page, plans: &mut Vec<Plan>) {
    plans.extend(ids.iter().map(|&id| Plan {
        path: catalog.urls.get(id).cloned().unwrap_or_default(),
        titulo: Box::default(),
        resumen: None,
        build,
        rows: [(id, 0)].into(),
        place: None,
    }));
}

/// A page of a list, or alone.
fn of_plan(plan: &Plan, section: Section) -> Page {
    let mut page = Page::new(&plan.path, &plan.titulo, section);
    page.resumen = plan.resumen.as_deref().map(str::to_owned);
    page.paginacion = lista::paginacion(plan);
    page
}

/// The frame that every record's page has: code, dates, sources, whose it is.
fn of_record(catalog: &Catalog, plan: &Plan, section: Section, label: &str) -> (Page, Id) {
    let id = plan.rows.first().map_or(0, |row| row.0);
    let mut page = Page::new(&plan.path, catalog.title(id), section);
    page.etiqueta = Some(label.to_owned());
    if let Some(record) = catalog.records.get(id) {
        page.codigo = Some(record.comun.codigo.to_string());
        page.alias = names(&record.comun.alias);
        page.codigos_anteriores = names(&record.comun.codigos_anteriores);
        page.publicado = record.comun.publicado.map(view::fecha);
        page.actualizado = record.comun.actualizado.map(view::fecha);
        page.fuentes = view::citas(catalog, record);
        page.referencia_de = foreign_name(catalog, record);
        page.cuerpo = (!record.body.is_empty).then_some(id);
    }
    (page, id)
}

fn names(list: &[Box<str>]) -> Vec<Celda> {
    list.iter().map(|name| Celda::text(&**name)).collect()
}

/// Name of the other entity that a referencia belongs to.
fn foreign_name(catalog: &Catalog, record: &Record) -> Option<String> {
    Some(catalog.title(catalog.foreign_entity(record)?).to_owned())
}

/// The sections of the menu, seven at most (Resolución 1519 de 2020, anexo 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Home.
    Inicio,
    /// Processes and units.
    Procesos,
    /// Dimensions and policies.
    Mipg,
    /// Good practices.
    BuenasPracticas,
    /// Committees and minutes.
    Comites,
    /// Controlled documents.
    Documentos,
    /// Norms, glossary, sources.
    Consulta,
}

impl Section {
    /// The menu, in its order.
    pub const MENU: [Section; 7] = [
        Section::Inicio,
        Section::Procesos,
        Section::Mipg,
        Section::BuenasPracticas,
        Section::Comites,
        Section::Documentos,
        Section::Consulta,
    ];

    /// What the menu says.
    pub fn title(self) -> &'static str {
        match self {
            Section::Inicio => "Inicio",
            Section::Procesos => "Procesos",
            Section::Mipg => "MIPG",
            Section::BuenasPracticas => "Buenas prácticas",
            Section::Comites => "Comités y actas",
            Section::Documentos => "Documentos",
            Section::Consulta => "Normas y glosario",
        }
    }

    /// Where the menu leads.
    pub fn url(self) -> &'static str {
        match self {
            Section::Inicio => "index.html",
            Section::Procesos => "procesos/index.html",
            Section::Mipg => "politicas/index.html",
            Section::BuenasPracticas => "buenas-practicas/index.html",
            Section::Comites => "comites/index.html",
            Section::Documentos => "documentos/index.html",
            Section::Consulta => "normograma/index.html",
        }
    }
}
