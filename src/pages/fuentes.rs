//! Sources: what each is, its conditions of use, and what rests on it.

use super::relacionados::by_kind;
use super::view::{Miga, dato, dato_fecha};
use super::{Bloque, Campo, Celda, Page, Plan, Section, Tarjeta, alone, each, of_plan, of_record};
use crate::catalog::Catalog;
use crate::catalog::title::in_alphabet;
use crate::content::Kind;
use crate::content::fuente::Fuente;

const FIRST: &str = "fuentes/index.html";

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(FIRST, "Fuentes", index));
    each(catalog, catalog.ids(Kind::Fuente), page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Consulta);
    page.resumen = Some("Los documentos de los que sale lo que este sitio afirma.".to_owned());
    let mut cards: Vec<(Option<u16>, Tarjeta)> = catalog
        .all::<Fuente>()
        .map(|(id, _, f)| {
            let card = Tarjeta {
                titulo: f.titulo.to_string(),
                url: catalog.url(id).to_owned(),
                fecha: f.anio.consta().map(u16::to_string),
                resumen: Some(f.autor.to_string()),
                ..Tarjeta::default()
            };
            (f.anio.consta().copied(), card)
        })
        .collect();
    cards.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| in_alphabet(&a.1.titulo, &b.1.titulo)));
    page.add(Bloque::tarjetas("Todas las fuentes", cards.into_iter().map(|(_, c)| c).collect()));
    page
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Consulta, "Fuente");
    page.migas.push(Miga::new("Fuentes", FIRST));
    let Some(f) = catalog.get::<Fuente>(id) else {
        return page;
    };
    let number = |n: Option<String>| vec![n.map_or_else(Celda::no_consta, Celda::text)];
    let link = f.enlace.consta().map_or_else(Celda::no_consta, |url| Celda::link(url, url));
    page.add(Bloque::ficha(
        "Ficha",
        vec![
            Campo::new("La publicó", vec![Celda::text(&*f.autor)]),
            Campo::new("Año", number(f.anio.consta().map(u16::to_string))),
            Campo::new("Fecha", dato_fecha(&f.fecha)),
            Campo::new("Páginas", number(f.paginas.consta().map(u32::to_string))),
            Campo::new("Condiciones de uso", dato(&f.condiciones)),
            Campo::new("Dirección", vec![link]),
        ],
    ));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    // A source may say of itself where its facts stand in it.
    let users = catalog.uses.get(id).into_iter().flatten().copied().filter(|user| *user != id);
    page.add(by_kind(catalog, "Registros que la citan", users));
    page
}
