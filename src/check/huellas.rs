//! What was published stays: a document is not replaced under the same version, an address does not die. Judged against what
//! `micrositio seal` remembered.

use super::at;
use crate::catalog::{Catalog, huella};
use crate::content::huellas::cambios::{Que, compare};
use crate::content::huellas::{FILE, Memoria};
use crate::content::{Kind, Record};
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Documents without a new version, and codes that are gone.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    let Some(memoria) = &catalog.memoria else { return };
    let day = memoria.publicacion.last().map(|last| last.fecha.as_str());
    for cambio in compare(&memoria.vigente.registros, &huella::all(catalog), day) {
        let codigo = &cambio.codigo;
        match cambio.que {
            Que::SinVersion => out.extend(document(catalog, codigo).map(|record| {
                at(
                    record,
                    "version",
                    Severity::Error,
                    "cambio-sin-version",
                    format!(
                        "el documento cambió después de publicado y sigue siendo la versión «{}»",
                        cambio.version.as_deref().unwrap_or_default()
                    ),
                    "si es otro documento, agregue en cambio la nueva versión y póngala en version; si solo corrigió una \
                    errata de este registro y el archivo es el mismo, ponga la fecha de hoy en actualizado",
                )
            })),
            // Whether that day is over is not for a clock to say.
            Que::Cambiado if cambio.tipo == Kind::Documento.name() => out.extend(
                document(catalog, codigo)
                    .filter(|record| record.comun.actualizado.map(|date| date.0.to_string()).as_deref() == day)
                    .map(|record| {
                        at(
                            record,
                            "actualizado",
                            Severity::Aviso,
                            "cambio-sin-version",
                            "el documento cambió después de publicado, y esta fecha es la de esa publicación",
                            "si lo corrigió ese mismo día, está bien; si no, ponga la fecha de hoy",
                        )
                    }),
            ),
            Que::Perdido if !catalog.may_be_broken(codigo) => {
                let kind = Kind::named(&cambio.tipo).map_or("registro", Kind::label);
                let help = match catalog.is_draft(codigo) {
                    true => "el registro es ahora un borrador: publíquelo, o agregue su código a retirados.toml con el motivo",
                    false => {
                        "agregue su código a retirados.toml con el motivo y la fecha; si cambió de código, ponga este en \
                        codigos_anteriores del nuevo"
                    }
                };
                let message = format!("«{codigo}» ({kind}) se publicó y ya no está: quien tiene su enlace no encontrará nada");
                out.push(Diagnostic::error("codigo-desaparecido", FILE, place(memoria, &cambio.tipo, codigo), message, help));
            }
            _ => {}
        }
    }
}

fn document<'a>(catalog: &'a Catalog, codigo: &str) -> Option<&'a Record> {
    catalog.records.get(catalog.find_of(Kind::Documento, codigo)?).map(AsRef::as_ref)
}

/// The line of a record in the memory.
fn place(memoria: &Memoria, tipo: &str, codigo: &str) -> Span {
    let line = memoria.vigente.registros.iter().position(|h| h.tipo == tipo && h.codigo == codigo);
    Span::Key(line.map_or_else(|| "vigente".to_owned(), |line| format!("vigente.registros.{line}")))
}
