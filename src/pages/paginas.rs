//! Free pages: the list, and one each.

use super::view::{Tarjeta, fecha};
use super::{Bloque, Page, Plan, Row, Section, each, foreign_name, lista, of_plan, of_record};
use crate::catalog::title::in_alphabet;
use crate::catalog::{Catalog, Id};
use crate::content::Kind;
use crate::content::pagina::Pagina;

/// First page of the list.
pub const FIRST: &str = "paginas/index.html";

/// The list, and a page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let rows: Vec<Row> = in_order(catalog).into_iter().map(|id| (id, 0)).collect();
    lista::plan(FIRST, "Páginas", &rows, index, plans);
    each(catalog, catalog.ids(Kind::Pagina), page, plans);
}

/// As the editors order them; those of the same place, newest first.
pub fn in_order(catalog: &Catalog) -> Vec<Id> {
    let mut pages: Vec<_> = catalog
        .all::<Pagina>()
        .map(|(id, _, p)| (p.orden, std::cmp::Reverse(catalog.date(id)), catalog.title(id), id))
        .collect();
    pages.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| in_alphabet(a.2, b.2)).then(a.3.cmp(&b.3)));
    pages.into_iter().map(|(.., id)| id).collect()
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    let cards = plan.rows.iter().filter_map(|&(id, _)| {
        let (record, pagina) = (catalog.records.get(id)?, catalog.get::<Pagina>(id)?);
        Some(Tarjeta {
            titulo: pagina.titulo.to_string(),
            url: catalog.url(id).to_owned(),
            fecha: catalog.date(id).map(fecha),
            resumen: pagina.resumen.as_deref().map(str::to_owned),
            referencia_de: foreign_name(catalog, record),
            ..Tarjeta::default()
        })
    });
    page.add(Bloque::tarjetas("Páginas", cards.collect()));
    page
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Procesos, "Página");
    page.resumen = catalog.get::<Pagina>(id).and_then(|p| p.resumen.as_deref()).map(str::to_owned);
    page.add(Bloque::Cuerpo);
    page
}
