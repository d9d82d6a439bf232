//! The glossary: every term with every definition and its source.

use super::view::{Miga, cita};
use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, Tarjeta, each, lista, of_plan, of_record};
use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::fold::fold;
use crate::content::glosario::Termino;

const FIRST: &str = "glosario/index.html";

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let ids = catalog.ids(Kind::Glosario);
    let mut rows: Vec<Row> = ids.iter().map(|&id| (id, 0)).collect();
    rows.sort_by_cached_key(|(id, _)| fold(catalog.title(*id)));
    lista::plan(FIRST, "Glosario", &rows, index, plans);
    each(catalog, ids, page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Consulta);
    let card = |&(id, _): &Row| {
        let t = catalog.get::<Termino>(id)?;
        Some(Tarjeta {
            titulo: t.termino.to_string(),
            url: catalog.url(id).to_owned(),
            resumen: t.definiciones.first().map(|d| d.texto.to_string()),
            etiquetas: t.siglas.iter().map(|sigla| sigla.to_string()).collect(),
            ..Tarjeta::default()
        })
    };
    let definitions: usize = catalog.all::<Termino>().map(|(_, _, t)| t.definiciones.len()).sum();
    page.resumen = Some(format!(
        "{} términos y {definitions} definiciones, cada una con su fuente, en orden alfabético.",
        catalog.ids(Kind::Glosario).len()
    ));
    page.add(Bloque::tarjetas("Términos", plan.rows.iter().filter_map(card).collect()));
    page
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Consulta, "Término del glosario");
    page.migas.push(Miga::new("Glosario", FIRST));
    let Some(t) = catalog.get::<Termino>(id) else {
        return page;
    };
    page.add(Bloque::ficha(
        "Siglas",
        vec![Campo::new("Sigla", t.siglas.iter().map(|texto| Celda::text(&**texto)).collect())],
    ));
    for (i, definition) in t.definiciones.iter().enumerate() {
        let titulo =
            if t.definiciones.len() == 1 { "Definición".to_owned() } else { format!("Definición {}", i + 1) };
        page.add(Bloque::texto(&titulo, vec![Celda::text(&*definition.texto)]));
        page.add(Bloque::lista(
            &format!("Fuente de la {}", titulo.to_lowercase()),
            definition.fuente.iter().map(|c| cita(catalog, c)).collect(),
        ));
    }
    page
}
