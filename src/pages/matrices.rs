//! Matrices: process × process (who supplies whom), process × dependencia, política × dependencia.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bloque, Celda, Page, Plan, Section, alone, of_plan, view};
use crate::catalog::relaciones::{Papel, exists, own_policy, own_processes, papel, suppliers_and_clients};
use crate::catalog::{Catalog, Id};
use crate::content::dependencia::Dependencia;
use crate::content::politica::Politica;
use crate::content::proceso::Proceso;
use crate::content::valor::{Grupo, Parte};

/// Three pages.
pub fn plan(_: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone("procesos/matriz-procesos.html", "Quién entrega a quién", procesos));
    plans.push(alone("procesos/matriz-dependencias.html", "Dependencias por proceso", dependencias));
    plans.push(alone("politicas/matriz-dependencias.html", "Dependencias por política", politicas));
}

/// Marks of a row: column → what stands there.
type Marks = BTreeMap<Id, &'static str>;

fn matrix(
    catalog: &Catalog,
    titulo: &str,
    corner: &str,
    columns: &[Id],
    rows: &[(Id, Marks)],
    by_code: bool,
) -> Bloque {
    let head = columns.iter().map(|&id| {
        let code = catalog.records.get(id).map_or("", |r| &*r.comun.codigo);
        let text = if by_code { code } else { catalog.title(id) };
        Celda::link(text, catalog.url(id)).with_note(by_code.then(|| catalog.title(id).to_owned()))
    });
    let filas = rows
        .iter()
        .map(|(id, marks)| {
            let mut row = vec![vec![Celda::record(catalog, *id)]];
            row.extend(columns.iter().map(|c| marks.get(c).map(|m| Celda::text(*m)).into_iter().collect()));
            row
        })
        .collect();
    Bloque::Tabla {
        id: crate::catalog::address::slug(titulo),
        titulo: titulo.to_owned(),
        columnas: std::iter::once(Celda::text(corner)).chain(head).collect(),
        filas,
        matriz: true,
    }
}

fn procesos(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Procesos);
    let ids = own_processes(catalog);
    let known: Vec<_> = ids.iter().filter_map(|&id| Some((id, suppliers_and_clients(catalog, id)?))).collect();
    page.resumen = Some(format!(
        "Se deduce de las caracterizaciones publicadas: {} de {}. La fila entrega a la columna.",
        known.len(),
        ids.len()
    ));
    if known.is_empty() {
        page.add(Bloque::aviso("Todavía no consta ninguna caracterización, así que la matriz está vacía."));
        return page;
    }
    let rows: Vec<(Id, Marks)> = ids
        .iter()
        .map(|&from| {
            let gives = |to: Id| {
                known.iter().any(|(id, (suppliers, clients))| {
                    (*id == from && clients.contains(&to)) || (*id == to && suppliers.contains(&from))
                })
            };
            (from, ids.iter().filter(|to| gives(**to)).map(|to| (*to, "Entrega")).collect())
        })
        .collect();
    page.add(matrix(catalog, "Proceso por proceso", "Entrega ↓ recibe →", &ids, &rows, true));
    page.add(legend(catalog, &ids));
    page
}

fn dependencias(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Procesos);
    page.resumen = Some("Qué dependencia responde (R) y cuál participa (P) en cada proceso.".to_owned());
    let processes = own_processes(catalog);
    let mut marks: BTreeMap<Id, Marks> = units(catalog);
    let mut groups = BTreeSet::new();
    for &id in &processes {
        let Some(proceso) = catalog.get::<Proceso>(id) else { continue };
        for (&unit, row) in &mut marks {
            let Some(papel) = papel(catalog, unit, proceso) else { continue };
            row.insert(id, if papel == Papel::Responde { "R" } else { "P" });
            if papel == Papel::ParticipanTodas {
                groups.insert(id);
            }
        }
    }
    if !groups.is_empty() {
        let names: Vec<&str> = groups.iter().map(|&id| catalog.title(id)).collect();
        page.add(Bloque::aviso(format!(
            "La fuente dice que en estos procesos participan todas las dependencias: {}.",
            names.join("; ")
        )));
    }
    for (group, ids) in other_groups(catalog, &processes) {
        let names: Vec<&str> = ids.iter().map(|&id| catalog.title(id)).collect();
        let (group, names) = (view::grupo(group), names.join("; "));
        page.add(Bloque::aviso(format!("La fuente nombra también a «{group}», sin marca en la tabla, en: {names}.")));
    }
    // A unit that is no more stands here for what sources say of it, not as one that takes part in nothing.
    let rows: Vec<(Id, Marks)> =
        marks.into_iter().filter(|(unit, row)| !row.is_empty() || exists(catalog, *unit)).collect();
    page.add(matrix(catalog, "Dependencia por proceso", "Dependencia", &processes, &rows, true));
    page.add(legend(catalog, &processes));
    page
}

/// The names behind the codes at the head of the columns, which a telephone and paper do not show.
fn legend(catalog: &Catalog, processes: &[Id]) -> Bloque {
    let code = |id: Id| catalog.records.get(id).map(|record| record.comun.codigo.to_string());
    let cell = |id: &Id| Celda::record(catalog, *id).with_note(code(*id));
    Bloque::lista("Los procesos y sus siglas", processes.iter().map(cell).collect())
}

/// The groups, besides all units, that sources name, and in which processes.
fn other_groups(catalog: &Catalog, processes: &[Id]) -> BTreeMap<Grupo, BTreeSet<Id>> {
    let mut named: BTreeMap<Grupo, BTreeSet<Id>> = BTreeMap::new();
    for &id in processes {
        let Some(proceso) = catalog.get::<Proceso>(id) else { continue };
        let parts = proceso.responsables.items().iter().chain(proceso.participan.items());
        for group in parts.filter_map(Parte::grupo).filter(|group| *group != Grupo::Todas) {
            named.entry(group).or_default().insert(id);
        }
    }
    named
}

fn politicas(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Mipg);
    page.resumen = Some("Qué dependencia responde (R) por cada política de gestión y desempeño.".to_owned());
    let units: Vec<Id> = units(catalog).into_keys().collect();
    let mut used: BTreeSet<Id> = BTreeSet::new();
    let mut rows: Vec<(Id, Marks)> = Vec::new();
    let mut policies: Vec<_> = catalog.all::<Politica>().collect();
    policies.sort_by_key(|(id, _, p)| (catalog.find(&p.dimension), p.orden, *id));
    for (id, _, politica) in policies {
        let mut marks: BTreeMap<Id, Marks> = units.iter().map(|&u| (u, Marks::new())).collect();
        for parte in own_policy(catalog, politica).map_or(&[][..], |p| p.responsables.items()) {
            mark_unit(catalog, &mut marks, parte, id, "R");
        }
        let row: Marks = marks.into_iter().filter(|(_, m)| !m.is_empty()).map(|(u, _)| (u, "R")).collect();
        used.extend(row.keys());
        rows.push((id, row));
    }
    let columns: Vec<Id> = used.into_iter().collect();
    page.add(matrix(catalog, "Política por dependencia", "Política", &columns, &rows, false));
    page
}

fn units(catalog: &Catalog) -> BTreeMap<Id, Marks> {
    catalog.all::<Dependencia>().filter(|(_, r, _)| catalog.is_own(r)).map(|(id, ..)| (id, Marks::new())).collect()
}

fn mark_unit(catalog: &Catalog, marks: &mut BTreeMap<Id, Marks>, parte: &Parte, column: Id, mark: &'static str) {
    let unit = parte.dependencia().and_then(|d| catalog.find(d));
    if let Some(row) = unit.and_then(|u| marks.get_mut(&u)) {
        row.insert(column, mark);
    }
}
