//! Links and images in Markdown: where each leads, and what is wrong with those that lead nowhere.

use crate::catalog::Catalog;
use crate::content::fold::fold;
use crate::content::norma::{EstadoNorma, Norma};
use crate::content::reservado;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Link, Target};

/// Texts that tell nobody where a link leads (WCAG 2.4.4; Resolución 1519 de 2020, anexo 1).
const EMPTY_TEXTS: &[&str] = &[
    "aqui",
    "click aqui",
    "clic aqui",
    "haga clic aqui",
    "ver",
    "ver mas",
    "mas",
    "leer mas",
    "mas informacion",
    "enlace",
    "enlace de consulta",
    "link",
    "descargar",
    "ver documento",
    "documento",
    "consultar",
    "ir",
    "este enlace",
];

/// A problem of a link: severity, rule, message, mend.
pub type Problem = (Severity, &'static str, String, String);

/// Where a text stands, and where it will be seen.
pub struct Place<'a> {
    /// File of its record, relative to the site, with `/`.
    pub file: &'a str,
    /// Address of its page.
    pub url: &'a str,
}

/// Where a link of a record's Markdown leads. `exists` knows the pages of the site, without the leading `/`.
/// A target may come with an aviso; an error comes alone.
pub fn resolve(
    catalog: &Catalog,
    from: &Place<'_>,
    link: &Link,
    exists: &dyn Fn(&str) -> bool,
) -> (Option<Target>, Vec<Problem>) {
    let found = if link.is_image { image(catalog, from, link) } else { page(catalog, from, link, exists) };
    match found {
        Ok((target, mut problems)) => {
            if !(link.is_image || link.is_wiki && link.text == link.dest) {
                problems.extend(says_nothing(link));
            }
            (target, problems)
        }
        Err(problem) => (None, vec![problem]),
    }
}

type Found = Result<(Option<Target>, Vec<Problem>), Problem>;

fn problem(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Problem {
    (Severity::Error, code, message.into(), help.into())
}

fn says_nothing(link: &Link) -> Option<Problem> {
    let text = fold(link.text.trim_matches(|c: char| !c.is_alphanumeric()));
    let empty = text.is_empty() || EMPTY_TEXTS.contains(&text.as_str());
    empty.then(|| {
        let (severity, shown) = match text.is_empty() {
            true => (Severity::Error, "el enlace no tiene texto".to_owned()),
            false => (Severity::Aviso, format!("«{}» no dice adónde lleva el enlace", link.text)),
        };
        let help = "escriba como texto el nombre de lo que se abre: quien oye la página oye los enlaces sueltos";
        (severity, "enlace-que-no-dice-nada", shown, help.to_owned())
    })
}

fn page(catalog: &Catalog, from: &Place<'_>, link: &Link, exists: &dyn Fn(&str) -> bool) -> Found {
    let dest = link.dest.trim();
    if link.is_wiki && reservado::is_one(dest) {
        // A mark without its reason: the renderer tells it.
        return Ok((None, Vec::new()));
    }
    if link.is_wiki {
        return record(catalog, dest);
    }
    if dest.starts_with('#') {
        return Ok((Some(Target { url: format!("/{}{dest}", from.url), text: String::new() }), Vec::new()));
    }
    if is_local_path(dest) {
        // The rule of residues tells it, wherever it stands.
        return Ok((None, Vec::new()));
    }
    if let Some((scheme, _)) =
        dest.split_once(':').filter(|(s, _)| s.chars().all(|c| c.is_ascii_alphanumeric() || c == '+'))
    {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" => Ok((None, Vec::new())),
            _ => Err(problem(
                "enlace-no-permitido",
                format!("un enlace no puede empezar por «{scheme}:»"),
                "use una dirección que empiece por https://, mailto: o tel:",
            )),
        };
    }
    let (path, anchor) = dest.split_once('#').map_or((dest, None), |(p, a)| (p, Some(a)));
    if path.ends_with(".md") {
        return markdown_file(catalog, from, path, anchor);
    }
    let inside = path.trim_start_matches('/');
    match join(&folder_of(from.url), path).filter(|p| exists(p)).or_else(|| exists(inside).then(|| inside.to_owned())) {
        Some(found) => Ok((Some(target(&found, anchor, "")), Vec::new())),
        None => Err(problem("enlace-roto", format!("no hay ninguna página «{path}» en el sitio"), mend(path))),
    }
}

/// What was probably meant by a path that leads nowhere.
fn mend(path: &str) -> &'static str {
    let lower = path.to_lowercase();
    if lower.starts_with("www.") || lower.contains(".gov.co") {
        return "si es otra web, la dirección empieza por https://";
    }
    if [".pdf", ".docx", ".xlsx", ".doc", ".xls", ".pptx"].iter().any(|ext| lower.ends_with(ext)) {
        return "publique el archivo en la sede electrónica y escriba aquí su dirección, que empieza por https://";
    }
    "enlace el registro por su código, como [[DEP-OD-001]]; si es otra web, empiece por https://"
}

fn record(catalog: &Catalog, dest: &str) -> Found {
    let (name, anchor) = dest.split_once('#').map_or((dest, None), |(n, a)| (n, Some(a)));
    let Some(id) = catalog.find_any(name) else {
        let codes = catalog.ambiguous_any(name);
        if codes.len() > 1 {
            let help = format!("escriba el código de uno: {}", codes.join(", "));
            return Err(problem("referencia-ambigua", format!("«{name}» nombra a varios registros"), help));
        }
        if catalog.is_draft(name) {
            let help = "quite el estado de borrador de ese registro, o quite este enlace";
            return Err(problem("referencia-a-borrador", format!("«{name}» es un borrador y no se publica"), help));
        }
        if catalog.may_be_broken(name) {
            return Ok((None, Vec::new()));
        }
        let help = match catalog.closest_any(name) {
            Some(near) => format!("¿quiso decir «{near}»?"),
            None => "escriba el código de un registro que exista".to_owned(),
        };
        return Err(problem("enlace-roto", format!("no existe ningún registro «{name}»"), help));
    };
    let mut problems = Vec::new();
    if catalog.get::<Norma>(id).is_some_and(|n| n.estado == EstadoNorma::Derogada) {
        let (message, help) = super::normas::derogada(catalog, id);
        problems.push((Severity::Aviso, "norma-derogada", message, help));
    }
    Ok((Some(target(catalog.url(id), anchor, catalog.title(id))), problems))
}

fn markdown_file(catalog: &Catalog, from: &Place<'_>, path: &str, anchor: Option<&str>) -> Found {
    let wanted = join(&folder_of(from.file), path);
    let found = catalog.records.iter().position(|r| Some(&*r.file) == wanted.as_deref());
    match found {
        Some(id) => Ok((Some(target(catalog.url(id), anchor, catalog.title(id))), Vec::new())),
        None if catalog.may_be_broken(wanted.as_deref().unwrap_or("")) => Ok((None, Vec::new())),
        None => Err(problem(
            "enlace-roto",
            format!("no hay ningún registro en «{path}»"),
            "enlace por código, como [[DEP-OD-001]]: así no importa dónde esté el archivo",
        )),
    }
}

fn image(catalog: &Catalog, from: &Place<'_>, link: &Link) -> Found {
    let dest = link.dest.trim();
    if is_local_path(dest) {
        return Ok((None, Vec::new()));
    }
    if dest.contains("://") || dest.starts_with("data:") {
        let help = "descárguela a la carpeta del registro, si su licencia lo permite, y escriba solo su nombre";
        return Err(problem("imagen-de-fuera", "la imagen está en otra web: el sitio no carga nada de fuera", help));
    }
    let file = from.file;
    let dest = percent_decoded(dest);
    let Some(url) = join(&folder_of(file), &dest).and_then(|path| catalog.image_url(&path)) else {
        let name = dest.rsplit('/').next().unwrap_or("");
        let near = catalog.images.iter().find(|i| fold(i.rsplit('/').next().unwrap_or("")) == fold(name));
        let help = match near {
            Some(near) => {
                let near = relative(&folder_of(file), &format!("content/{near}"));
                format!("¿quiso decir «{near}»? La dirección se escribe desde la carpeta del registro")
            }
            None => "ponga la imagen en la carpeta del registro y escriba su nombre igual, con mayúsculas y extensión"
                .to_owned(),
        };
        return Err(problem("imagen-no-existe", format!("no está la imagen «{dest}»"), help));
    };
    if link.text.trim().is_empty() {
        let help = "entre los corchetes diga qué muestra: ![Mapa de los 16 procesos](mapa.svg)";
        return Err(problem("imagen-sin-texto", "la imagen no tiene descripción para quien no la ve", help));
    }
    Ok((Some(Target { url: format!("/{url}"), text: String::new() }), Vec::new()))
}

/// Anchors that no page has. `ids` knows whether a page has an anchor.
pub fn anchor(page: &str, anchor: &str, file: &str, span: (usize, usize), ids: &[&str]) -> Diagnostic {
    let help = match crate::content::shape::closest(anchor, ids.iter().copied()) {
        Some(near) => format!("¿quiso decir «#{near}»?"),
        None => {
            "la parte que sigue al # es el título de la sección, en minúsculas, sin tildes y con guiones".to_owned()
        }
    };
    let message = format!("la página {page} no tiene ninguna sección «#{anchor}»");
    Diagnostic::error("ancla-rota", file, crate::diagnostic::Span::Bytes(span), message, help)
}

fn target(url: &str, anchor: Option<&str>, text: &str) -> Target {
    let url = match anchor {
        Some(anchor) => format!("/{}#{anchor}", url.split('#').next().unwrap_or("")),
        None => format!("/{url}"),
    };
    Target { url, text: text.to_owned() }
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

/// How a record in `folder` writes the path of a file.
fn relative(folder: &str, path: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), path.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    up + &to.get(shared..).unwrap_or_default().join("/")
}

/// `path` seen from `folder`; `None` when it climbs out.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> =
        if path.starts_with('/') { Vec::new() } else { folder.split('/').filter(|p| !p.is_empty()).collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_local_path(dest: &str) -> bool {
    let drive = matches!(dest.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    drive || dest.starts_with("\\\\") || dest.to_ascii_lowercase().starts_with("file:")
}

fn percent_decoded(dest: &str) -> String {
    dest.replace("%20", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join("content/actas", "../procesos/dep.md").as_deref(), Some("content/procesos/dep.md"));
        assert_eq!(join("content", "/../x"), None);
        assert_eq!(join("a", "../../x"), None);
    }

    #[test]
    fn local_paths_are_known() {
        assert!(is_local_path("C:\\Users\\x.pdf") && is_local_path("file:///c:/x") && is_local_path("\\\\servidor\\x"));
        assert!(!is_local_path("https://x.co/C:/"));
    }
}
