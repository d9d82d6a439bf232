//! Which files of `content/` are records, which are images, and what is wrong with the rest.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use walkdir::DirEntry;

use super::load::FILES;
use super::shape::closest;
use super::{Home, Kind, huellas};
use crate::diagnostic::{Diagnostic, Span};
use crate::system::why;

/// A file of the content.
pub(crate) enum Entry {
    /// A record, or a list of records, of a kind.
    Record(String, Kind),
    /// An image: path relative to `content/`.
    Image(String),
    /// The memory of what was published.
    Huellas(String),
}

const IMAGES: &[&str] = &["png", "jpg", "jpeg", "webp", "avif", "gif", "svg"];

/// The files, in the order of their names; those that are neither are reported.
pub(crate) fn list(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let content = root.join("content");
    let real_root = fs::canonicalize(&content).unwrap_or_else(|_| content.clone());
    let walk = walkdir::WalkDir::new(&content).follow_links(false).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|e| !is_junk(&e.file_name().to_string_lossy()));
    let steps: Vec<_> = walk.filter(|step| !step.as_ref().is_ok_and(|entry| entry.file_type().is_dir())).collect();
    // In all threads: of 10,000 names, one would take as long as all for reading a tenth of the files.
    let judged: Vec<_> = steps.into_par_iter().with_max_len(FILES).map(|step| judge(root, &real_root, step)).collect();
    let mut entries = Vec::with_capacity(judged.len());
    for step in judged {
        match step {
            Ok(entry) => entries.push(entry),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    entries
}

fn judge(root: &Path, real_root: &Path, step: walkdir::Result<DirEntry>) -> Result<Entry, Box<Diagnostic>> {
    let told =
        |file: &str, code, message: String, help| Box::new(Diagnostic::error(code, file, Span::File, message, help));
    let entry = step.map_err(|error| {
        let file = error.path().map_or_else(|| "content".into(), |p| relative(root, p));
        let help = "revise que exista y que usted tenga permiso de lectura";
        told(&file, "archivo-ilegible", format!("no se pudo leer la carpeta: {}", why(&error.into())), help)
    })?;
    let file = relative(root, entry.path());
    if entry.path_is_symlink() && !stays_inside(entry.path(), real_root) {
        let message = "el archivo es un enlace simbólico que lleva fuera de content/";
        return Err(told(&file, "enlace-simbolico-afuera", message.into(), "copie el archivo dentro de content/"));
    }
    classify(&file)
}

fn stays_inside(path: &Path, real_root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|target| target.starts_with(real_root) && target.is_file())
}

/// Files that operating systems and editors leave behind.
fn is_junk(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name == "Thumbs.db"
        || name == "desktop.ini"
        || name.ends_with('~')
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    if let Some(ascii) = inside.to_str().filter(|text| text.is_ascii()) {
        return ascii.replace(std::path::MAIN_SEPARATOR, "/");
    }
    let parts: Vec<String> = inside.components().map(|c| c.as_os_str().to_string_lossy().nfc().collect()).collect();
    parts.join("/")
}

fn classify(file: &str) -> Result<Entry, Box<Diagnostic>> {
    if file == huellas::FILE {
        return Ok(Entry::Huellas(file.to_owned()));
    }
    let inside = file.strip_prefix("content/").unwrap_or(file);
    let lower = inside.to_lowercase();
    if lower.rsplit_once('.').is_some_and(|(_, ext)| IMAGES.contains(&ext)) {
        return Ok(Entry::Image(inside.to_owned()));
    }
    if let Some(kind) = Kind::ALL.iter().find(|kind| match kind.home() {
        Home::Folder(folder) => lower.ends_with(".md") && in_folder(inside, folder),
        Home::List(list) => inside == list,
    }) {
        return Ok(Entry::Record(file.to_owned(), *kind));
    }
    Err(Box::new(misplaced(file, inside, &lower)))
}

fn in_folder(inside: &str, folder: &str) -> bool {
    inside.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn misplaced(file: &str, inside: &str, lower: &str) -> Diagnostic {
    let doubled = [".md.txt", ".toml.txt", ".markdown"].iter().find(|ext| lower.ends_with(**ext));
    let (code, message, help): (_, String, String) = if let Some(ext) = doubled {
        let ending = if ext.starts_with(".toml") { ".toml" } else { ".md" };
        (
            "extension-equivocada",
            format!("el nombre termina en «{ext}», así que no se lee como registro"),
            format!(
                "cámbiele el nombre para que termine en «{ending}»; en Windows active Vista → Extensiones de nombre de archivo"
            ),
        )
    } else if lower.ends_with(".md") || lower.ends_with(".toml") {
        let homes: Vec<&str> = Kind::ALL
            .iter()
            .map(|kind| match kind.home() {
                Home::Folder(home) | Home::List(home) => home,
            })
            .collect();
        let first = inside.rsplit_once('/').map_or(inside, |(folder, _)| folder);
        let help = match closest(first, homes.iter().copied()) {
            Some(home) => format!("¿quiso decir content/{home}?"),
            None => format!("los registros van en: {}", homes.join(", ")),
        };
        ("archivo-fuera-de-lugar", "ningún tipo de registro vive en este lugar".into(), help)
    } else {
        (
            "archivo-no-reconocido",
            "este archivo no es un registro (.md, .toml) ni una imagen, y no se publica".into(),
            "sáquelo de content/".into(),
        )
    };
    let diagnostic = Diagnostic::error(code, file, Span::File, message, help);
    if code == "archivo-no-reconocido" { diagnostic.as_aviso() } else { diagnostic }
}
