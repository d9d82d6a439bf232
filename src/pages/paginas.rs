//! Free pages.

use super::{Bloque, Page, Plan, Section, each, of_record};
use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::pagina::Pagina;

/// One page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    each(catalog, catalog.ids(Kind::Pagina), page, plans);
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Procesos, "Página");
    page.etiqueta = None;
    page.resumen = catalog.get::<Pagina>(id).and_then(|p| p.resumen.clone());
    page.add(Bloque::Cuerpo);
    page
}
