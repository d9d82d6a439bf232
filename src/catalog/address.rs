//! The permanent address of each record: its kind's folder and its code, in ASCII lower case.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::content::{Datos, Kind, Record};
use crate::diagnostic::Diagnostic;

/// Longest slug, in bytes: a path stays under 200 characters wherever the site is copied.
const MAX_SLUG: usize = 80;

/// ASCII lower case letters, digits and single hyphens.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    };
    for c in text.chars() {
        match c.is_ascii() {
            // Nearly every letter: it is its own decomposition.
            true => push(c),
            false => std::iter::once(c).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).for_each(&mut push),
        }
    }
    out.truncate(MAX_SLUG);
    let slug = out.trim_end_matches('-');
    if is_reserved(slug) { format!("{slug}-") + "x" } else { slug.to_owned() }
}

/// Names that Windows keeps for devices, and the name of our own indexes.
fn is_reserved(slug: &str) -> bool {
    matches!(slug, "con" | "prn" | "aux" | "nul" | "index")
        || (slug.len() == 4
            && (slug.starts_with("com") || slug.starts_with("lpt"))
            && slug.ends_with(|c: char| c.is_ascii_digit()))
}

/// Folder of the pages of a kind; `None` where its records share one page and differ by `#`.
fn folder(kind: Kind) -> Result<&'static str, &'static str> {
    match kind {
        Kind::Proceso => Ok("procesos"),
        Kind::Documento => Ok("documentos"),
        Kind::Politica => Ok("politicas"),
        Kind::BuenaPractica => Ok("buenas-practicas"),
        Kind::Comite => Ok("comites"),
        Kind::Acta => Ok("actas"),
        Kind::Dependencia => Ok("dependencias"),
        Kind::Entidad => Ok("entidades"),
        Kind::Fuente => Ok("fuentes"),
        Kind::Norma => Ok("normograma"),
        Kind::Pagina => Ok("paginas"),
        Kind::Dimension => Ok("dimensiones"),
        Kind::TipoDocumental => Err("documentos/tipos.html"),
        Kind::Glosario => Ok("glosario"),
        Kind::Enlaces => Err("mapa-del-sitio.html"),
        Kind::Retirado => Ok("retirados"),
    }
}

/// Where an image is published; `path` is relative to `content/`.
pub fn image(path: &str) -> String {
    let (stem, ext) = path.rsplit_once('.').unwrap_or((path, ""));
    let parts: Vec<String> = stem.split('/').map(slug).collect();
    format!("imagenes/{}.{}", parts.join("/"), ext.to_ascii_lowercase())
}

/// The address that a record of a kind has, or had, by a code; none where its kind has no pages.
pub fn of_code(kind: Kind, codigo: &str) -> Option<String> {
    let slug = slug(codigo);
    Some(format!("{}/{slug}.html", folder(kind).ok()?)).filter(|_| !slug.is_empty())
}

/// Addresses of all records, in their order. Two codes that give the same address are an error.
pub fn all(records: &[Arc<Record>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    let mut taken: HashMap<Arc<str>, usize> = HashMap::with_capacity(records.len());
    let mut urls = Vec::with_capacity(records.len());
    for (id, record) in records.iter().enumerate() {
        let slug = slug(&record.comun.codigo);
        // What was withdrawn keeps the address that it had.
        let kind = match &record.datos {
            Datos::Retirado(retirado) => retirado.tipo.kind(),
            _ => record.kind,
        };
        let url: Arc<str> = match folder(kind) {
            Ok(folder) => format!("{folder}/{slug}.html").into(),
            Err(page) => format!("{page}#{slug}").into(),
        };
        let known = taken.insert(Arc::clone(&url), id).and_then(|other| records.get(other));
        // A code that two records of a kind have is told elsewhere.
        let same_code = known.is_some_and(|o| o.kind == record.kind && o.comun.codigo == record.comun.codigo);
        if let Some(other) = known.filter(|other| (other.kind == Kind::Retirado) != (record.kind == Kind::Retirado)) {
            diagnostics.push(still_there(record, other));
            urls.push(url);
            continue;
        }
        if slug.is_empty() || (known.is_some() && !same_code) {
            let message = match known {
                Some(other) => format!("«{}» da la misma dirección que «{}»", record.comun.codigo, other.comun.codigo),
                None => format!("«{}» no da ninguna dirección", record.comun.codigo),
            };
            diagnostics.push(Diagnostic::error(
                "direccion-repetida",
                &record.file,
                record.key("codigo"),
                message,
                "use en el código letras sin tilde, números y guiones, distintos de los de otros registros",
            ));
        }
        urls.push(url);
    }
    urls
}

/// A record that was withdrawn and is there.
fn still_there(one: &Record, other: &Record) -> Diagnostic {
    let (retired, there) = if one.kind == Kind::Retirado { (one, other) } else { (other, one) };
    Diagnostic::error(
        "direccion-repetida",
        &retired.file,
        retired.key("codigo"),
        format!("«{}» está retirado, y su registro sigue en {}", retired.comun.codigo, there.file),
        "borre ese archivo o páselo a borrador; o quite este bloque, si no se retiró",
    )
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_safe_names_everywhere() {
        assert_eq!(slug("DEP-OD-001"), "dep-od-001");
        assert_eq!(slug("Año ¿qué? / Ñandú"), "ano-que-nandu");
        assert_eq!(slug("CON"), "con-x");
        assert_eq!(slug("¿?"), "");
    }
}
