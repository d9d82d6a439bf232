//! The sources that go with a copy: what the site can be built from again, without drafts and without what is withheld.

use std::fs::{self, File};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use toml::de::{DeTable, DeValue};

use super::published::Published;
use super::target::{Digests, Target};
use super::told;
use crate::cache::{self, Cache, Pages};
use crate::content::listing::{Entry, list as content};
use crate::content::valor::Fecha;
use crate::content::{Home, Kind, front_matter, path_of, reservado, source};
use crate::out::Out;
use crate::publish::manifest::Archivo;
use crate::render::theme;
use crate::{config, diagnostic, site};

/// Where they go, beside the site and not in it.
pub(super) const FOLDER: &str = "fuentes";

/// A source file.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path in the site's folder, with `/`.
    pub(super) name: String,
    form: Form,
}

#[derive(Debug)]
enum Form {
    /// A text, of which what may be shown is written.
    Text(PathBuf, Option<Kind>),
    /// Bytes as they are.
    Raw(PathBuf),
}

/// The sources of a site, which must be those it was built from.
pub(super) fn list(root: &Path, published: &Published) -> Result<Vec<Source>, String> {
    // What the last build remembers spares drawing all again, and the memory that takes.
    if !is_as_built(root, published) {
        same(root, published)?;
    }
    let text = |name: String, kind| Source { form: Form::Text(path_of(root, &name), kind), name };
    let mut sources = vec![text(config::FILE.to_owned(), None)];
    // Their problems were told when the site was built.
    for entry in content(root, &mut Vec::new()) {
        sources.push(match entry {
            Entry::Record(file, kind) => text(file, Some(kind)),
            Entry::Huellas(name) => Source { form: Form::Raw(root.join(&name)), name },
            Entry::Image(image) => {
                let name = format!("content/{image}");
                Source { form: Form::Raw(path_of(root, &name)), name }
            }
        });
    }
    sources.extend(themes(root)?);
    Ok(sources)
}

impl Source {
    /// Writes it under a name; not a draft, of which nothing goes.
    pub(super) fn write(&self, target: &mut Target, name: &str) -> Result<Option<Digests>, String> {
        match &self.form {
            Form::Text(path, kind) => {
                text(path, *kind)?.map(|text| target.add_bytes(name, text.as_bytes())).transpose()
            }
            Form::Raw(path) => {
                let mut file = File::open(path).map_err(|e| told("leer", path, &e))?;
                let size = file.metadata().map_err(|e| told("leer", path, &e))?.len();
                target.add(name, size, &mut file, path).map(Some)
            }
        }
    }
}

/// Whether the last build knows that neither the sources nor what it published from them changed.
fn is_as_built(root: &Path, published: &Published) -> bool {
    let cache = root.join(cache::FOLDER).is_dir().then(|| Cache::take(root)).flatten();
    let known = || {
        let (built, sources) = (cache.as_ref()?.built()?, cache.as_ref()?.sources(root)?);
        Some(built.output == fs::canonicalize(&published.folder).ok()? && built.is_of(&sources))
    };
    known().unwrap_or(false)
}

/// Whether these sources give the pages that are published: draws them all and compares their hashes.
fn same(root: &Path, published: &Published) -> Result<(), String> {
    let (about, files) = (&published.manifest.sitio, &published.manifest.archivos);
    let is_index = |path: &str| path.split_once('/').is_some_and(|(top, _)| top == crate::pages::buscar::FOLDER);
    let search = if files.contains_key("buscar.html") { site::Search::Drawn } else { site::Search::Absent };
    let date = about.corte.as_ref().and_then(|date| date.parse().ok()).map(Fecha);
    let options = site::Options { date, base_url: about.direccion.clone(), search, ..site::Options::default() };
    let pages = AtomicUsize::new(0);
    let advice = "construya de nuevo antes de archivar con las fuentes";
    let compare = |path: &str, bytes: &[u8]| {
        pages.fetch_add(usize::from(path.ends_with(".html")), Ordering::Relaxed);
        match files.get(path) {
            _ if is_index(path) => Ok(()),
            Some(file) if *file == Archivo::of(bytes) => Ok(()),
            _ => Err(format!("las fuentes ya no son las del sitio publicado ({path} saldría distinto): {advice}")),
        }
    };
    let done = site::run(root, &options, Out::Reader(&compare), &Pages::default(), &|_, _, _| {})?;
    if diagnostic::errors(&done.diagnostics) > 0 {
        return Err(format!("las fuentes tienen errores: véalos con «micrositio check» y {advice}"));
    }
    if pages.into_inner() != files.keys().filter(|path| path.ends_with(".html")).count() {
        return Err(format!("las fuentes ya no son las del sitio publicado (faltan páginas): {advice}"));
    }
    Ok(())
}

/// What may be shown of a text of the site; none when it is a draft.
fn text(path: &Path, kind: Option<Kind>) -> Result<Option<String>, String> {
    let text = source::read(path).map_err(|e| format!("{}: {}", path.display(), e.explain().1))?;
    let home = kind.map(Kind::home);
    let front = text.get(front_of(&text, home)).unwrap_or_default();
    let tree = DeTable::parse(front).map_err(|e| format!("{}: {}", path.display(), e.message()))?;
    let is_draft = |table: &DeTable<'_>| table.get("estado").and_then(|e| e.get_ref().as_str()) == Some("borrador");
    let published = match (home, kind) {
        (Some(Home::Folder(_)), _) if is_draft(tree.get_ref()) => return Ok(None),
        (Some(Home::List(_)), Some(kind)) => {
            let items = tree.get_ref().get(kind.name()).and_then(|items| items.get_ref().as_array());
            let items: Vec<(usize, bool)> = items
                .into_iter()
                .flatten()
                .map(|item| (item.span().start, item.get_ref().as_table().is_some_and(is_draft)))
                .collect();
            let advice =
                format!("hay un borrador que no empieza en una línea [[{}]]: sáquelo del archivo", kind.name());
            without(&text, &items).ok_or_else(|| format!("{}: {advice}", path.display()))?
        }
        _ => text.clone(),
    };
    let shown = reservado::withhold(&published).map_err(|bad| {
        let bad: String = bad.chars().take(reservado::MARK.len()).collect();
        format!(
            "{}: no se puede quitar con seguridad el texto de una marca «{bad}…»: borre ese texto del archivo",
            path.display()
        )
    })?;
    let again = shown.get(front_of(&shown, home)).and_then(|toml| DeTable::parse(toml).ok());
    if again.is_none_or(|tree| tree.get_ref().values().any(|value| hides(value.get_ref()))) {
        return Err(format!(
            "{}: una marca de reserva está escrita con signos \\u: escríbala con corchetes",
            path.display()
        ));
    }
    Ok(Some(shown.into_owned()))
}

/// Where the keys of a file are.
fn front_of(text: &str, home: Option<Home>) -> Range<usize> {
    match home {
        Some(Home::Folder(_)) => front_matter::split(text).map_or(0..text.len(), |parts| parts.toml),
        _ => 0..text.len(),
    }
}

/// A list of records without its drafts: each goes with the notes above it. None when a draft is not a block of its own.
fn without(text: &str, items: &[(usize, bool)]) -> Option<String> {
    let mut out = String::new();
    let starts = items.iter().map(|(start, draft)| (block(text, *start), *draft));
    let mut starts: Vec<(usize, bool)> = starts.collect();
    starts.sort_unstable();
    out.push_str(text.get(..starts.first().map_or(text.len(), |(start, _)| *start))?);
    for (i, (start, draft)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(text.len(), |(next, _)| *next);
        let item = text.get(*start..end)?;
        let head = item.lines().find(|line| !is_note(line));
        match draft {
            true if !head.is_some_and(|line| line.trim_start().starts_with("[[")) => return None,
            true => {}
            false => out.push_str(item),
        }
    }
    Some(out)
}

fn is_note(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Where the block of an item begins: at its first line of notes.
fn block(text: &str, start: usize) -> usize {
    let mut begin = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    while let Some(above) = text.get(..begin.saturating_sub(1)).filter(|_| begin > 0) {
        let line = above.rfind('\n').map_or(0, |at| at + 1);
        if !above.get(line..).is_some_and(is_note) {
            break;
        }
        begin = line;
    }
    begin
}

/// Whether a value still withholds a text, because the file writes its mark in another way.
fn hides(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => reservado::withhold(text).as_deref() != Ok(text),
        DeValue::Array(items) => items.iter().any(|item| hides(item.get_ref())),
        DeValue::Table(table) => table.values().any(|item| hides(item.get_ref())),
        _ => false,
    }
}

/// The files of a theme of the site's own.
fn themes(root: &Path) -> Result<Vec<Source>, String> {
    let folder = root.join(theme::FOLDER);
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|e| told("leer", &folder, &e.into()))?;
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        if entry.file_type().is_file() && !parts.iter().any(|part| part.starts_with('.')) {
            found.push(Source { name: parts.join("/"), form: Form::Raw(entry.path().to_owned()) });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_leave_a_list_with_their_notes() {
        let text = "# lista\n\n[[norma]]\na = 1\n# de B: secreto\n[[norma]]\nestado = \"borrador\"\n[norma.x]\ny = 1\n\n[[norma]]\na = 3\n";
        let at: Vec<usize> = text.match_indices("[[norma]]").map(|(at, _)| at).collect();
        let items = [(at[0], false), (at[1], true), (at[2], false)];
        assert_eq!(without(text, &items).as_deref(), Some("# lista\n\n[[norma]]\na = 1\n[[norma]]\na = 3\n"));
        assert_eq!(without("norma = [{ estado = \"borrador\" }]\n", &[(9, true)]), None);
        assert_eq!(without("x = 1\n", &[]).as_deref(), Some("x = 1\n"));
    }
}
