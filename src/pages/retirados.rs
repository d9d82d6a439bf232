//! Addresses that outlive their records: withdrawn codes keep a page with the reason, old codes one that leads on. And the list of both.

use std::collections::HashSet;

use super::view::fecha;
use super::{Bloque, Campo, Celda, Page, Plan, Section, alone, each, of_plan, of_record};
use crate::catalog::{Catalog, Id, address};
use crate::content::Kind;
use crate::content::retirado::Retirado;

/// Path of the list.
pub const PATH: &str = "codigos-anteriores.html";

/// The list where there is anything to list, a page for each withdrawn code, and one for each old code.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let old = old_addresses(catalog);
    if !old.is_empty() || !catalog.ids(Kind::Retirado).is_empty() {
        plans.push(alone(PATH, "Códigos retirados o cambiados", index));
    }
    each(catalog, catalog.ids(Kind::Retirado), withdrawn, plans);
    plans.extend(old.into_iter().map(|(path, code, id)| Plan {
        path: path.into(),
        titulo: format!("{code}: tiene otro código").into(),
        resumen: None,
        build: moved,
        rows: [(id, 0)].into(),
        place: None,
    }));
}

/// Whether there is a list.
pub fn has_list(catalog: &Catalog) -> bool {
    !catalog.ids(Kind::Retirado).is_empty() || !old_addresses(catalog).is_empty()
}

/// Address, old code and record, in the order of the records; an address that lives is not taken from who has it.
fn old_addresses(catalog: &Catalog) -> Vec<(String, &str, Id)> {
    let records = catalog.records.iter().enumerate();
    let codes =
        records.flat_map(|(id, record)| record.comun.codigos_anteriores.iter().map(move |code| (id, record, code)));
    let mut old: Vec<_> =
        codes.filter_map(|(id, record, code)| Some((address::of_code(record.kind, code)?, &**code, id))).collect();
    if !old.is_empty() {
        let live: HashSet<&str> = catalog.urls.iter().map(|url| &**url).collect();
        let mut taken = HashSet::new();
        old.retain(|(path, ..)| !live.contains(path.as_str()) && taken.insert(path.clone()));
    }
    old
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    page.resumen = Some("Las direcciones que alguna vez se publicaron siguen aquí, y dicen qué pasó.".to_owned());
    let withdrawn = catalog.all::<Retirado>().map(|(id, record, r)| {
        vec![
            vec![Celda::link(&record.comun.codigo, catalog.url(id))],
            vec![Celda::text(&*r.titulo)],
            vec![Celda::text(fecha(r.fecha))],
            vec![Celda::text(&*r.motivo)],
        ]
    });
    page.add(Bloque::tabla("Retirados", &["Código", "Título", "Retirado", "Motivo"], withdrawn.collect()));
    let moved = old_addresses(catalog).into_iter().map(|(path, code, id)| {
        let now = catalog.records.get(id).map_or("", |r| &*r.comun.codigo);
        vec![
            vec![Celda::link(code, &path)],
            vec![Celda::link(now, catalog.url(id))],
            vec![Celda::text(catalog.title(id))],
        ]
    });
    page.add(Bloque::tabla("Con otro código", &["Código anterior", "Código actual", "Título"], moved.collect()));
    page
}

fn withdrawn(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Inicio, "Retirado");
    let Some(r) = catalog.get::<Retirado>(id) else { return page };
    page.add(Bloque::aviso("Este registro estuvo publicado y se retiró. Su dirección se conserva."));
    let instead = r.en_su_lugar.iter().map(|code| match catalog.find_any(code) {
        Some(id) => Celda::record(catalog, id),
        None => Celda::text(&**code),
    });
    page.add(Bloque::ficha(
        "Qué pasó",
        vec![
            Campo::new("Qué era", vec![Celda::text(r.tipo.kind().label())]),
            Campo::new("Motivo", vec![Celda::text(&*r.motivo)]),
            Campo::new("Retirado", vec![Celda::text(fecha(r.fecha))]),
            Campo::new("En su lugar", instead.collect()),
        ],
    ));
    page
}

fn moved(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    let Some(&(id, _)) = plan.rows.first() else { return page };
    let now = catalog.records.get(id).map_or("", |r| &*r.comun.codigo);
    page.resumen = Some(format!("El registro cambió de código: ahora es {now}."));
    page.add(Bloque::lista("Siga a", vec![Celda::record(catalog, id)]));
    page
}
