//! The normograma: status, replacement and dates agree.

use super::at;
use crate::catalog::{Catalog, Id};
use crate::content::Kind;
use crate::content::norma::{EstadoNorma, Norma};
use crate::diagnostic::{Diagnostic, Severity};

/// Status, dates, and records that rest on a derogated norm.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for (id, record, norma) in catalog.all::<Norma>() {
        if let Some(fecha) = norma.fecha.consta()
            && i32::from(fecha.0.year()) != i32::from(norma.anio)
        {
            out.push(at(
                record,
                "fecha",
                Severity::Error,
                "fecha-en-desorden",
                format!("la fecha es de {} y el año de la norma es {}", fecha.0.year(), norma.anio),
                "corrija uno de los dos",
            ));
        }
        if norma.estado != EstadoNorma::Derogada {
            continue;
        }
        let (message, mend) = derogada(catalog, id);
        for &user in catalog.uses.get(id).into_iter().flatten() {
            let Some(citing) = catalog.records.get(user) else {
                continue;
            };
            if citing.kind == Kind::Norma {
                continue;
            }
            for use_ in citing.refs.iter().filter(|r| r.kind == Kind::Norma) {
                if catalog.find_of(Kind::Norma, &use_.text) == Some(id) {
                    out.push(
                        Diagnostic::error("norma-derogada", &citing.file, use_.span(), message.clone(), mend.clone())
                            .as_aviso(),
                    );
                }
            }
        }
    }
}

/// What to say, and how to mend, where something rests on a derogated norm.
pub(super) fn derogada(catalog: &Catalog, id: Id) -> (String, String) {
    let new = catalog.get::<Norma>(id).and_then(|n| catalog.find(n.reemplazada_por.as_ref()?));
    let mend = match new {
        Some(new) => format!("cite la que la reemplaza: {}", catalog.title(new)),
        None => "cite la norma que la reemplaza, y escríbala en reemplazada_por".to_owned(),
    };
    (format!("se cita {}, que el normograma marca como derogada", catalog.title(id)), mend)
}
