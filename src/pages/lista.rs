//! Long lists: newest first, cut into pages so that none passes 100 KB of HTML.

use std::sync::Arc;

use super::view::Paginacion;
use super::{Page, Plan, Row};
use crate::catalog::title::in_alphabet;
use crate::catalog::{Catalog, Id};

/// Items on a page: at some 700 bytes each, a page stays well under 100 KB.
pub const PER_PAGE: usize = 80;

/// Where a page stands in its list.
pub struct Place {
    /// Path of the list's first page.
    pub first: String,
    /// This page, from 0.
    pub number: usize,
    /// Rows in the whole list.
    pub total: usize,
}

/// Address of a page of a list whose first page is `first` (`x/index.html` → `x/index-2.html`).
pub fn path(first: &str, number: usize) -> String {
    match (number, first.strip_suffix(".html")) {
        (0, _) | (_, None) => first.to_owned(),
        (n, Some(stem)) => format!("{stem}-{}.html", n + 1),
    }
}

/// Plans the pages of a list; an empty list has one page.
pub fn plan(first: &str, titulo: &str, rows: &[Row], build: fn(&Catalog, &Plan) -> Page, plans: &mut Vec<Plan>) {
    plan_with(first, titulo, None, rows, build, plans);
}

/// The same, of a list that says something of itself.
pub fn plan_with(
    first: &str,
    titulo: &str,
    resumen: Option<Arc<str>>,
    rows: &[Row],
    build: fn(&Catalog, &Plan) -> Page,
    plans: &mut Vec<Plan>,
) {
    for number in 0..rows.len().div_ceil(PER_PAGE).max(1) {
        plans.push(Plan {
            path: path(first, number).into(),
            titulo: titulo.into(),
            resumen: resumen.clone(),
            build,
            rows: rows.iter().skip(number * PER_PAGE).take(PER_PAGE).copied().collect(),
            place: Some(Box::new(Place { first: first.to_owned(), number, total: rows.len() })),
        });
    }
}

/// The links to the other pages of a list; `None` where one page is enough.
pub fn paginacion(plan: &Plan) -> Option<Paginacion> {
    let place = plan.place.as_ref()?;
    let pages = place.total.div_ceil(PER_PAGE);
    let number = place.number;
    // A thousand pages would be a page of links: the ends, the neighbours, and some twenty in between.
    let shown = |n: &usize| pages <= 20 || *n + 1 == pages || n.abs_diff(number) <= 2 || n.is_multiple_of(step(pages));
    (pages > 1).then(|| Paginacion {
        actual: number + 1,
        total: place.total,
        cuantas: pages,
        paginas: (0..pages).filter(shown).map(|n| (n + 1, path(&place.first, n))).collect(),
    })
}

/// Every how many pages one is linked from all the others: some twenty links, whatever the length of the list.
fn step(pages: usize) -> usize {
    pages.div_ceil(20)
}

/// Records newest first: those of the same key by title.
pub fn newest_first<K: Ord>(catalog: &Catalog, items: impl Iterator<Item = (K, Id)>) -> Vec<Row> {
    let mut items: Vec<(K, Id)> = items.collect();
    items.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| in_alphabet(catalog.title(*x), catalog.title(*y))));
    items.into_iter().map(|(_, id)| (id, 0)).collect()
}
