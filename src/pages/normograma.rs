//! The normograma: every norm with its status, and each norm with what rests on it.

use super::relacionados::by_kind;
use super::view::{dato, dato_fecha, enlace, fecha};
use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, each, foreign_name, lista, of_plan, of_record};
use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::norma::{Ambito, EstadoNorma, Norma};

const FIRST: &str = "normograma/index.html";

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let key = |n: &Norma| (n.anio, n.fecha.consta().copied());
    let rows = lista::newest_first(catalog, catalog.all::<Norma>().map(|(id, _, n)| (key(n), id)));
    lista::plan(FIRST, "Normograma", &rows, index, plans);
    each(catalog, catalog.ids(Kind::Norma), page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Consulta);
    page.add(Bloque::lista(
        "Además",
        vec![
            Celda::link("Glosario", "glosario/index.html"),
            Celda::link("Fuentes", "fuentes/index.html"),
            Celda::link("Entidades", "entidades/index.html"),
            Celda::link("Mapa del sitio", "mapa-del-sitio.html"),
        ],
    ));
    let unverified = catalog.all::<Norma>().filter(|(_, _, n)| n.estado == EstadoNorma::SinVerificar).count();
    page.resumen = Some(format!(
        "{} normas, de la más reciente a la más antigua; {unverified} con la vigencia sin verificar.",
        catalog.ids(Kind::Norma).len()
    ));
    let row = |&(id, _): &Row| {
        let n = catalog.get::<Norma>(id)?;
        let whose = catalog.records.get(id).and_then(|r| foreign_name(catalog, r));
        Some(vec![
            vec![Celda::record(catalog, id).with_note(whose)],
            vec![Celda::text(&*n.emisor)],
            dato(&n.epigrafe),
            vec![Celda::text(ambito(n.ambito))],
            vec![Celda::text(state(n.estado))],
        ])
    };
    let filas = plan.rows.iter().filter_map(row).collect();
    page.add(Bloque::tabla("Normas", &["Norma", "La expide", "De qué trata", "Ámbito", "Vigencia"], filas));
    page
}

fn ambito(ambito: Ambito) -> &'static str {
    match ambito {
        Ambito::Nacional => "Nacional",
        Ambito::Departamental => "Departamental",
        Ambito::Distrital => "Distrital o municipal",
        Ambito::Interno => "Interno",
    }
}

/// How a state is written.
pub fn state(estado: EstadoNorma) -> &'static str {
    match estado {
        EstadoNorma::Borrador => "Borrador",
        EstadoNorma::SinVerificar => "Sin verificar",
        EstadoNorma::Vigente => "Vigente",
        EstadoNorma::Modificada => "Modificada",
        EstadoNorma::DerogadaParcialmente => "Derogada en parte",
        EstadoNorma::Derogada => "Derogada",
    }
}

/// What the norm that it names is to a norm in this state: whether it replaces or modifies it, the state alone says.
fn relation(estado: EstadoNorma) -> &'static str {
    match estado {
        EstadoNorma::Derogada => "La reemplaza",
        EstadoNorma::Modificada | EstadoNorma::DerogadaParcialmente => "La modifica",
        _ => "La reemplaza o modifica",
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Consulta, "Norma");
    let Some(n) = catalog.get::<Norma>(id) else {
        return page;
    };
    let older = || {
        catalog
            .users::<Norma>(id)
            .filter(|(_, _, older)| older.reemplazada_por.as_ref().and_then(|r| catalog.find(r)) == Some(id))
    };
    let before = |relation: &str| {
        older()
            .filter(|(_, _, older)| self::relation(older.estado) == relation)
            .map(|(older, ..)| Celda::record(catalog, older))
            .collect()
    };
    let link = n.enlace.consta().map_or_else(Celda::no_consta, |url| Celda::link(url, url));
    page.add(Bloque::ficha(
        "Ficha",
        vec![
            Campo::new("La expide", vec![Celda::text(&*n.emisor)]),
            Campo::new("De qué trata", dato(&n.epigrafe)),
            Campo::new("Fecha", dato_fecha(&n.fecha)),
            Campo::new("Artículos que aplican", n.articulos.iter().map(|texto| Celda::text(&**texto)).collect()),
            Campo::new("Ámbito", vec![Celda::text(ambito(n.ambito))]),
            Campo::new("Vigencia", vec![Celda::text(state(n.estado))]),
            Campo::new("Verificada", n.verificada.iter().map(|f| Celda::text(fecha(*f))).collect()),
            Campo::new(relation(n.estado), n.reemplazada_por.iter().map(|r| enlace(catalog, r)).collect()),
            Campo::new("Reemplaza a", before("La reemplaza")),
            Campo::new("Modifica a", before("La modifica")),
            Campo::new("Reemplaza o modifica a", before("La reemplaza o modifica")),
            Campo::new("Procesos", n.procesos.iter().map(|p| enlace(catalog, p)).collect()),
            Campo::new("Políticas", n.politicas.iter().map(|p| enlace(catalog, p)).collect()),
            Campo::new("Texto oficial", vec![link]),
            Campo::new("Nota", n.nota.iter().map(|texto| Celda::text(&**texto)).collect()),
        ],
    ));
    let citing = catalog.uses.get(id).into_iter().flatten().copied();
    let citing = citing.filter(|user| older().all(|(older, ..)| older != *user));
    page.add(by_kind(catalog, "La citan", citing));
    page
}
