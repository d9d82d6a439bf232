//! What every page needs of the sede electrónica: where a citizen reports a problem.

use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::enlaces::{Enlace, PENDING, PQRSD};
use crate::diagnostic::{Diagnostic, Span};

/// The link to the form for petitions, complaints, claims, suggestions and reports (Ley 1755 de 2015).
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    let known = catalog.all::<Enlace>().find(|(_, record, _)| *record.comun.codigo == *PQRSD);
    let (file, span) = match known {
        Some((_, record, enlace)) if *enlace.url == *PENDING => (&*record.file, record.key("url")),
        Some(_) => return,
        None if catalog.has_broken(Kind::Enlaces) => return,
        None => (crate::config::FILE, Span::File),
    };
    let message = "no consta la dirección de las PQRSD de la sede, y el pie de cada página la necesita";
    let help = format!("en content/enlaces.toml, en el enlace de código \"{PQRSD}\", escriba su dirección en url");
    out.push(Diagnostic::error("pqrsd-pendiente", file, span, message, help).as_aviso());
}
