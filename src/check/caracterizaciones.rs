//! The caracterización: PHVA complete, rows complete, and what one process says it delivers another says it receives.

use std::collections::BTreeSet;

use super::at;
use crate::catalog::relaciones::suppliers_and_clients;
use crate::catalog::{Catalog, Id};
use crate::content::Record;
use crate::content::caracterizacion::{Actividad, Phva};
use crate::content::proceso::Proceso;
use crate::content::valor::{Dato, Parte};
use crate::diagnostic::{Diagnostic, Severity};

/// PHVA, rows and reciprocity.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for (id, record, proceso) in catalog.all::<Proceso>() {
        if !catalog.is_own(record) {
            continue;
        }
        let Some(caracterizacion) = proceso.caracterizacion.consta() else {
            continue;
        };
        let Dato::Consta(rows) = &caracterizacion.actividades else {
            continue;
        };
        stages(record, rows, out);
        for (i, row) in rows.iter().enumerate() {
            parts(record, i, row, out);
        }
        reciprocity(catalog, id, record, rows, out);
    }
}

fn stages(record: &Record, rows: &[Actividad], out: &mut Vec<Diagnostic>) {
    if rows.iter().any(|row| row.phva == Dato::NoConsta) {
        return;
    }
    for (stage, name) in [(Phva::P, "planear"), (Phva::H, "hacer"), (Phva::V, "verificar"), (Phva::A, "actuar")] {
        if !rows.iter().any(|row| row.phva == Dato::Consta(stage)) {
            out.push(at(
                record,
                "caracterizacion.actividades",
                Severity::Error,
                "phva-sin-fila",
                format!("ninguna actividad es de la etapa {name} ({stage:?})"),
                format!("agregue al menos una fila con phva = \"{stage:?}\"; si la fuente no da las etapas, phva = \"no consta\""),
            ));
        }
    }
}

fn parts(record: &Record, i: usize, row: &Actividad, out: &mut Vec<Diagnostic>) {
    for (key, parts) in [("proveedores", &row.proveedores), ("clientes", &row.clientes)] {
        let path = format!("caracterizacion.actividades.{i}.{key}");
        if parts.consta().is_some_and(|items| items.is_empty()) {
            out.push(empty_cell(record, &path, key));
        }
    }
    for (key, cells) in [("entradas", &row.entradas), ("salidas", &row.salidas)] {
        if cells.consta().is_some_and(|items| items.is_empty()) {
            let path = format!("caracterizacion.actividades.{i}.{key}");
            out.push(empty_cell(record, &path, key));
        }
    }
}

fn empty_cell(record: &Record, path: &str, key: &str) -> Diagnostic {
    at(
        record,
        path,
        Severity::Error,
        "fila-incompleta",
        format!("la actividad no tiene {key}"),
        "escriba al menos uno, o \"no consta\"",
    )
}

fn reciprocity(catalog: &Catalog, id: Id, record: &Record, rows: &[Actividad], out: &mut Vec<Diagnostic>) {
    type Side = fn(&Actividad) -> &[Parte];
    let sides: [(&str, Side, bool); 2] =
        [("clientes", |row| row.clientes.items(), true), ("proveedores", |row| row.proveedores.items(), false)];
    for (key, side, is_client) in sides {
        let mut told = BTreeSet::new();
        for (i, row) in rows.iter().enumerate() {
            for (j, parte) in side(row).iter().enumerate() {
                let Some(other) = parte.proceso().and_then(|p| catalog.find(p)) else {
                    continue;
                };
                let Some((suppliers, clients)) = suppliers_and_clients(catalog, other) else {
                    continue;
                };
                let answered = if is_client { suppliers.contains(&id) } else { clients.contains(&id) };
                if other == id || answered || !told.insert(other) {
                    continue;
                }
                let (gives, says) = if is_client { ("le entrega a", "proveedor") } else { ("recibe de", "cliente") };
                let name = catalog.records.get(other).map_or("", |r| &*r.comun.codigo);
                out.push(at(
                    record,
                    &format!("caracterizacion.actividades.{i}.{key}.{j}"),
                    Severity::Aviso,
                    "sin-reciprocidad",
                    format!("este proceso dice que {gives} {name}, y {name} no lo nombra como {says}"),
                    format!(
                        "agregue {} como {says} en una actividad de {name}, o corrija esta fila",
                        record.comun.codigo
                    ),
                ));
            }
        }
    }
}
