//! Units: the list and what each answers for.

use super::relacionados::{records, related};
use super::view::{dato, enlace};
use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, Tarjeta, each, lista, of_plan, of_record, view};
use crate::catalog::{Catalog, Id, relaciones};
use crate::content::Kind;
use crate::content::acta::Acta;
use crate::content::comite::Comite;
use crate::content::dependencia::Dependencia;
use crate::content::documento::Documento;
use crate::content::fold::fold;
use crate::content::politica::Politica;
use crate::content::valor::{Dato, Ref};

const FIRST: &str = "dependencias/index.html";

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let ids = catalog.ids(Kind::Dependencia);
    let mut rows: Vec<Row> = ids.iter().map(|&id| (id, 0)).collect();
    rows.sort_by_cached_key(|(id, _)| fold(catalog.title(*id)));
    lista::plan(FIRST, "Dependencias", &rows, index, plans);
    each(catalog, ids, page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Procesos);
    let ids = catalog.ids(Kind::Dependencia);
    let over = ids.iter().filter(|id| !relaciones::exists(catalog, **id)).count();
    let gone = match over {
        0 => String::new(),
        1 => "; una ya no existe".to_owned(),
        n => format!("; {n} ya no existen"),
    };
    page.resumen = Some(format!("{} dependencias, en orden alfabético{gone}.", ids.len()));
    let card = |&(id, _): &Row| {
        let unit = catalog.get::<Dependencia>(id)?;
        Some(Tarjeta {
            titulo: unit.nombre.to_string(),
            url: catalog.url(id).to_owned(),
            resumen: unit.cargo.consta().map(|cargo| format!("{}: {cargo}", headed(catalog, id))),
            etiquetas: until(catalog, id, unit).into_iter().collect(),
            referencia_de: catalog.records.get(id).and_then(|r| super::foreign_name(catalog, r)),
            ..Tarjeta::default()
        })
    };
    page.add(Bloque::tarjetas("Todas las dependencias", plan.rows.iter().filter_map(card).collect()));
    page
}

/// «La dirige», while it exists.
fn headed(catalog: &Catalog, id: Id) -> &'static str {
    if relaciones::exists(catalog, id) { "La dirige" } else { "La dirigía" }
}

/// Of a unit that is no more, until when it was.
fn until(catalog: &Catalog, id: Id, unit: &Dependencia) -> Option<String> {
    let until = unit.vigente_hasta.filter(|_| !relaciones::exists(catalog, id))?;
    Some(format!("Existió hasta el {}", view::fecha(until)))
}

/// What another unit is to this one, when that is known.
fn related_units(catalog: &Catalog, id: Id, page: &mut Page) {
    let names = |refs: &[Ref<Dependencia>]| refs.iter().any(|name| catalog.find(name) == Some(id));
    let (mut after, mut below, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (other, _, unit) in catalog.users::<Dependencia>(id) {
        let is_below = || unit.depende_de.as_ref().and_then(Dato::consta).is_some_and(|d| catalog.find(d) == Some(id));
        let list = match () {
            () if names(&unit.sucede_a) => &mut after,
            () if is_below() => &mut below,
            () => &mut others,
        };
        list.push(other);
    }
    for (titulo, ids) in [("La suceden", after), ("Dependen de ella", below), ("Dependencias relacionadas", others)] {
        page.add(Bloque::lista(titulo, records(catalog, Kind::Dependencia, ids.into_iter())));
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Procesos, "Dependencia");
    page.migas.push(view::Miga::new("Dependencias", FIRST));
    let Some(unit) = catalog.get::<Dependencia>(id) else {
        return page;
    };
    let above = unit.depende_de.iter().map(|d| d.consta().map_or_else(Celda::no_consta, |d| enlace(catalog, d)));
    let since = |f: Option<crate::content::valor::Fecha>| f.map(|f| Celda::text(view::fecha(f))).into_iter().collect();
    if let Some(until) = until(catalog, id, unit) {
        page.add(Bloque::aviso(format!("{until}.")));
    }
    page.add(Bloque::ficha(
        "Datos",
        vec![
            Campo::new("Depende de", above.collect()),
            Campo::new(headed(catalog, id), dato(&unit.cargo)),
            Campo::new("Correo", dato(&unit.correo)),
            Campo::new("Teléfono", dato(&unit.telefono)),
            Campo::new("Ubicación", dato(&unit.ubicacion)),
            Campo::new("Vigente desde", since(unit.vigente_desde)),
            Campo::new("Vigente hasta", since(unit.vigente_hasta)),
            Campo::new("Sucede a", unit.sucede_a.iter().map(|d| enlace(catalog, d)).collect()),
            Campo::new("Nota", unit.nota.iter().map(|texto| Celda::text(&**texto)).collect()),
        ],
    ));
    let processes = relaciones::procesos_de(catalog, id).into_iter();
    let processes = processes.map(|(papel, id)| Celda::record(catalog, id).with_note(Some(papel.label().to_owned())));
    page.add(Bloque::lista("Procesos en que responde o participa", processes.collect()));
    page.add(Bloque::lista("Políticas", related::<Politica>(catalog, id)));
    page.add(Bloque::lista("Comités", related::<Comite>(catalog, id)));
    page.add(Bloque::lista("Documentos", related::<Documento>(catalog, id)));
    page.add(super::actas::compromisos_of(catalog, id));
    page.add(Bloque::lista("Actas", related::<Acta>(catalog, id)));
    related_units(catalog, id, &mut page);
    page
}
