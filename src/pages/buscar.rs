//! The search page, and what the index is told of each page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use search_index::{Config, Document};

use super::{Bloque, Celda, Page, Plan, Section, alone, of_plan};
use crate::catalog::{Catalog, Id};
use crate::config::Habla;
use crate::content::acta::Acta;
use crate::content::glosario::Termino;
use crate::content::norma::Norma;
use crate::content::proceso::Proceso;
use crate::content::valor::Fecha;
use crate::content::{Datos, Kind, Record};
use crate::facts;

/// Path of the search page.
pub const PATH: &str = "buscar.html";
/// Folder of the index's files and of the client.
pub const FOLDER: &str = "buscar";

/// What results are filtered by: key in the address, label, and kind of record whose title is the value.
const FACETS: [(&str, &str, Option<Kind>); 8] = [
    ("tipo", "Tipo", None),
    ("proceso", "Proceso", Some(Kind::Proceso)),
    ("politica", "Política", Some(Kind::Politica)),
    ("comite", "Comité", Some(Kind::Comite)),
    ("dependencia", "Dependencia", Some(Kind::Dependencia)),
    ("anio", "Año", None),
    ("estado", "Estado", None),
    ("entidad", "Entidad", None),
];
/// What a page is called that only lists others.
const LISTADO: &str = "Listado";
const TIPO: usize = 0;
const ANIO: usize = 5;
const ESTADO: usize = 6;
const ENTIDAD: usize = 7;

/// The page.
pub fn plan(_: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(PATH, "Buscar", page));
}

/// Without scripts it offers the lists by type, process and year.
fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    page.template = "buscar.html";
    page.resumen = Some("En todo lo publicado: escriba con tildes o sin ellas, un código, o unas palabras.".to_owned());
    let types = [
        ("Procesos", Section::Procesos.url()),
        ("Documentos", Section::Documentos.url()),
        ("Actas y sesiones", "actas/index.html"),
        ("Decisiones", "actas/decisiones.html"),
        ("Compromisos", "actas/compromisos.html"),
        ("Comités", Section::Comites.url()),
        ("Políticas", Section::Mipg.url()),
        ("Buenas prácticas", Section::BuenasPracticas.url()),
        ("Dependencias", "dependencias/index.html"),
        ("Normas", Section::Consulta.url()),
        ("Glosario", "glosario/index.html"),
        ("Páginas", super::paginas::FIRST),
    ];
    page.add(Bloque::lista("Por tipo", types.iter().map(|(title, url)| Celda::link(title, url)).collect()));
    let own = catalog.all::<Proceso>().filter(|(_, record, p)| catalog.is_own(record) && p.padre.is_none());
    page.add(Bloque::lista("Por proceso", own.map(|(id, ..)| Celda::record(catalog, id)).collect()));
    let mut years: Vec<i16> = catalog.all::<Acta>().map(|(_, _, acta)| acta.fecha.0.year()).collect();
    years.sort_unstable_by_key(|year| Reverse(*year));
    years.dedup();
    let year = |year: i16| Celda::link(&format!("Sesiones de {year}"), &super::actas::of_year(year));
    page.add(Bloque::lista("Por año", years.into_iter().map(year).collect()));
    page
}

/// What the index is told besides its documents: facets, and the acronyms and other names of the glossary.
pub fn config(catalog: &Catalog) -> Config {
    let synonyms = catalog.all::<Termino>().map(|(_, record, termino)| {
        let others = termino.siglas.iter().chain(&record.comun.alias);
        (termino.termino.to_string(), others.map(|other| other.to_string()).collect())
    });
    Config {
        facets: FACETS.iter().map(|(key, label, _)| ((*key).to_owned(), (*label).to_owned())).collect(),
        synonyms: synonyms.filter(|(_, others): &(_, Vec<String>)| !others.is_empty()).collect(),
        spoken: spoken(&catalog.config.habla),
    }
}

/// What people of any municipality say for what its documents say.
const HABLA: &str = include_str!("habla.txt");

/// The words that people say, each with those of the documents: the site's own come first, as an index takes but some.
fn spoken(own: &[Habla]) -> Vec<(String, Vec<String>)> {
    let lines = HABLA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let known = lines.flat_map(|(written, said)| said.split(' ').map(move |said| (said, written)));
    let own = own.iter().flat_map(|habla| habla.gente.iter().map(|said| (said.as_str(), habla.documentos.as_str())));
    let mut spoken: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (said, written) in own.chain(known) {
        spoken.entry(said).or_default().push(written.to_owned());
    }
    spoken.into_iter().map(|(said, written)| (said.to_owned(), written)).collect()
}

/// The order of documents: oldest first, then by code, so that what is new is appended. `None`: the page is not indexed, because
/// it only lists what other pages hold.
pub fn order<'a>(catalog: &'a Catalog, plan: &'a Plan) -> Option<(Option<Fecha>, &'a str, &'a str)> {
    if is_list_of_its_own(plan) || is_first_of_a_section(plan) {
        return Some((None, "", &plan.path));
    }
    if let Some(year) = super::actas::year_of(&plan.path) {
        // Before all of its year: what is added to it moves no number but its own.
        return Some((jiff::civil::Date::new(year, 1, 1).ok().map(Fecha), "", &plan.path));
    }
    let id = record_of(catalog, plan)?;
    let record = catalog.records.get(id)?;
    let day = catalog.place_in_time(id).filter(|_| tells_of_a_day(record.kind));
    Some((day, &*record.comun.codigo, &plan.path))
}

/// Pages of records that have no page each.
fn is_list_of_its_own(plan: &Plan) -> bool {
    matches!(&*plan.path, super::mapa_del_sitio::PATH | super::documentos::TYPES)
}

/// The page that a section's list begins with; its parts by policy and the like are filters of the search, and of those by year only
/// the sessions' are asked for. What it lists has its own pages, so it is found by what it is called, not by what it lists.
fn is_first_of_a_section(plan: &Plan) -> bool {
    let list = plan.path.split_once('/').is_some_and(|(_, name)| !name.contains('/'));
    list && (plan.rows.is_empty() || plan.place.as_ref().is_some_and(|place| place.number == 0))
}

/// The record whose page it is.
fn record_of(catalog: &Catalog, plan: &Plan) -> Option<Id> {
    let id = plan.rows.first()?.0;
    (*catalog.url(id) == *plan.path).then_some(id)
}

/// The document of a page, still without its text.
pub fn document(catalog: &Catalog, plan: &Plan, page: &Page) -> Option<Document> {
    order(catalog, plan)?;
    let id = record_of(catalog, plan);
    let record = id.and_then(|id| catalog.records.get(id));
    let dated = id.filter(|_| record.is_some_and(|record| tells_of_a_day(record.kind)));
    let mut facets = Vec::new();
    let kind = page.etiqueta.as_deref().unwrap_or(if id.is_some() { "" } else { LISTADO });
    if !kind.is_empty() {
        facets.push((TIPO, kind.to_owned()));
    }
    if let (Some(id), Some(record)) = (id, record) {
        facets.extend(related(catalog, id, record));
        facets.extend(catalog.year(id).filter(|_| dated.is_some()).map(|year| (ANIO, year.to_string())));
        facets.extend(state(&record.datos).map(|state| (ESTADO, state.to_owned())));
        facets.extend(entity(catalog, id, record).map(|name| (ENTIDAD, name)));
    }
    let year = super::actas::year_of(&plan.path);
    facets.extend(year.map(|year| (ANIO, year.to_string())));
    let names =
        record.into_iter().flat_map(|r| r.comun.alias.iter().chain(&r.comun.codigos_anteriores).chain(acronyms(r)));
    // What the page is not called, but people call it.
    let others = [
        record.and_then(|record| short_citation(record)),
        year.map(|year| format!("Actas de {year}")),
        catalog.own_entity().filter(|(own, _)| Some(*own) == id).and_then(|(_, own)| kind_of_entity(&own.nombre)),
    ];
    Some(Document {
        url: plan.path.to_string(),
        title: page.titulo.clone(),
        codes: page
            .codigo
            .iter()
            .cloned()
            .chain(names.map(|name| name.to_string()))
            .chain(others.into_iter().flatten())
            .collect(),
        date: dated.and_then(|id| catalog.date(id)).map(|date| date.0.to_string()),
        kind: kind.to_owned(),
        facets,
        ..Document::default()
    })
}

/// The document with the text that its finished page shows.
pub fn with_text(
    mut document: Document,
    catalog: &Catalog,
    plan: &Plan,
    page: &Page,
    shown: Vec<facts::Section>,
) -> Document {
    let whole = record_of(catalog, plan).is_some() || *plan.path == *super::documentos::TYPES;
    let section = |s: facts::Section| {
        let text = if whole || s.anchor.is_empty() { s.text } else { String::new() };
        search_index::Section { anchor: s.anchor, heading: s.heading, text }
    };
    document.sections = shown.into_iter().map(section).collect();
    let label: Vec<&str> = page.etiqueta.iter().chain(&page.codigo).map(String::as_str).collect();
    document.label = label.join(" ");
    let first = document.sections.first_mut().filter(|first| first.anchor.is_empty());
    match first.and_then(|first| Some((first.text.strip_prefix(&*document.label)?.trim_start().to_owned(), first))) {
        Some((rest, first)) => first.text = rest,
        None => document.label.clear(),
    }
    document
}

/// Titles of the processes, policies, committees and units that a record names, and its own when it is one.
fn related(catalog: &Catalog, id: Id, record: &Record) -> Vec<(usize, String)> {
    let of = |kind: Kind| FACETS.iter().position(|(.., of)| *of == Some(kind));
    let mut values: Vec<(usize, String)> = record
        .refs
        .iter()
        .filter_map(|use_| Some((of(use_.kind)?, catalog.find_of(use_.kind, &use_.text)?)))
        .chain(of(record.kind).map(|facet| (facet, id)))
        .map(|(facet, id)| (facet, catalog.title(id).to_owned()))
        .collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Whether the date of a record is that of what it tells. That of a unit or a term is the day of its last edit, which nobody looks for.
fn tells_of_a_day(kind: Kind) -> bool {
    use Kind::{Acta, BuenaPractica, Documento, Fuente, Norma, Pagina, Retirado};
    matches!(kind, Acta | BuenaPractica | Documento | Fuente | Norma | Pagina | Retirado)
}

/// The entity that a record tells of: itself, the one it names, or the site's own.
fn entity(catalog: &Catalog, id: Id, record: &Record) -> Option<String> {
    let own = || catalog.own_entity().map(|(id, _)| catalog.title(id).to_owned());
    match record.kind {
        Kind::Entidad => Some(catalog.title(id).to_owned()),
        _ => super::foreign_name(catalog, record).or_else(own),
    }
}

/// The acronyms of a term.
fn acronyms(record: &Record) -> &[Box<str>] {
    if let Datos::Glosario(termino) = &record.datos { &termino.siglas } else { &[] }
}

/// A norm as it is cited for short: `87/93` is the Ley 87 de 1993.
fn short_citation(record: &Record) -> Option<String> {
    let Datos::Norma(Norma { numero, anio, .. }) = &record.datos else { return None };
    Some(format!("{}/{:02}", numero.texto()?, anio % 100))
}

/// What an entity is called on its own site: of the «Alcaldía Distrital de Barrancabermeja», «Alcaldía».
fn kind_of_entity(name: &str) -> Option<String> {
    name.split_whitespace().next().map(str::to_owned)
}

fn state(datos: &Datos) -> Option<&'static str> {
    match datos {
        Datos::Documento(d) => Some(super::documentos::state(d.estado)),
        Datos::BuenaPractica(p) => Some(super::buenas_practicas::state(p.estado)),
        Datos::Norma(n) => Some(super::normograma::state(n.estado)),
        _ => None,
    }
}
