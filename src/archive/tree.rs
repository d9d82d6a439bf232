//! The files of what is verified, in a folder or in a zip, read without writing anything.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::target::chunks;
use super::told;
use super::unzip::{Refused, Unzip};
use super::verify::{Finding, What};

/// Largest text that is read whole.
const MAX_TEXT: u64 = 256 * 1024 * 1024;

/// What is verified.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    zip: Option<(Unzip, String)>,
    /// Files by their [`name_key`].
    pub(super) files: BTreeMap<String, Found>,
}

/// A file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its name as it is.
    pub(super) path: String,
    pub(super) bytes: u64,
}

/// Why a file could not be read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is damaged.
    Bad(String),
    /// The system said no.
    System(String),
}

/// By what two names are the same on every system: some keep accents in one form, some in another.
pub(super) fn name_key(path: &str) -> String {
    path.nfc().collect()
}

/// The folders that hold a path.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

impl Tree {
    /// Lists what there is; what cannot be part of a copy goes to `findings`.
    pub(super) fn open(root: &Path, findings: &mut Vec<Finding>) -> Result<Tree, Unread> {
        let system = |e: &std::io::Error| Unread::System(told("leer", root, e));
        let meta = fs::metadata(root).map_err(|e| system(&e))?;
        if meta.is_dir() {
            return Ok(Tree { root: root.to_owned(), zip: None, files: in_folder(root, findings)? });
        }
        if !meta.is_file() {
            return Err(Unread::System(format!("{} no es una carpeta ni un archivo", root.display())));
        }
        let file = File::open(root).map_err(|e| system(&e))?;
        let zip = Unzip::open(file).map_err(|refused| unread(refused, root))?;
        if let Some(why) = zip.unsound {
            findings.push(Finding { path: root.display().to_string(), what: What::Bad(why.into()) });
        }
        let top = top_of(&zip);
        let inside = zip.entries.iter().filter_map(|(name, entry)| {
            let path = name.strip_prefix(top.as_str())?.to_owned();
            Some((name_key(&path), Found { path, bytes: entry.bytes }))
        });
        let files = inside.collect();
        Ok(Tree { root: root.to_owned(), files, zip: Some((zip, top)) })
    }

    /// Whether files may be read from several threads.
    pub(super) fn is_folder(&self) -> bool {
        self.zip.is_none()
    }

    /// Gives the content of a file, a chunk at a time.
    pub(super) fn read(&self, found: &Found, take: &mut dyn FnMut(&[u8])) -> Result<(), Unread> {
        let full = self.root.join(&found.path);
        let Some((zip, top)) = &self.zip else {
            let mut file = File::open(&full).map_err(|e| Unread::System(told("leer", &full, &e)))?;
            let mut take = |chunk: &[u8]| {
                take(chunk);
                Ok(())
            };
            return chunks(&mut file, &mut take, &|e| told("leer", &full, e)).map_err(Unread::System);
        };
        match zip.entries.get(&format!("{top}{}", found.path)) {
            Some(entry) => zip.read(entry, take).map_err(|refused| unread(refused, &full)),
            None => Err(Unread::Bad("no está".into())),
        }
    }

    /// The text of a file in UTF-8; none when it is not there.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, Unread> {
        let Some(found) = self.files.get(path) else { return Ok(None) };
        if found.bytes > MAX_TEXT {
            return Err(Unread::Bad("es demasiado grande".into()));
        }
        let mut bytes = Vec::new();
        self.read(found, &mut |chunk| bytes.extend_from_slice(chunk))?;
        String::from_utf8(bytes).map(Some).map_err(|_| Unread::Bad("no está en UTF-8".into()))
    }
}

fn unread(refused: Refused, path: &Path) -> Unread {
    match refused {
        Refused::Bad(why) => Unread::Bad(why),
        Refused::System(e) => Unread::System(told("leer", path, &e)),
    }
}

/// The one folder that holds everything in a zip, with its `/`; empty when there is none.
fn top_of(zip: &Unzip) -> String {
    let first = zip.entries.keys().next().and_then(|name| name.split_once('/')).map(|(top, _)| format!("{top}/"));
    first.filter(|top| zip.entries.keys().all(|name| name.starts_with(top))).unwrap_or_default()
}

fn in_folder(root: &Path, findings: &mut Vec<Finding>) -> Result<BTreeMap<String, Found>, Unread> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.map_err(|e| Unread::System(told("leer", root, &e.into())))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = inside.components().map(|c| c.as_os_str().to_str()).collect();
        let mut bad = |why: &str| {
            findings.push(Finding { path: inside.display().to_string(), what: What::Bad(why.into()) });
        };
        let Some(path) = parts.map(|parts| parts.join("/")) else {
            bad("su nombre no está en UTF-8");
            continue;
        };
        if !entry.file_type().is_file() {
            bad("es un enlace simbólico o algo que no es un archivo");
            continue;
        }
        let meta = entry.metadata().map_err(|e| Unread::System(told("leer", entry.path(), &e.into())))?;
        if files.insert(name_key(&path), Found { path, bytes: meta.len() }).is_some() {
            bad("hay otro archivo con el mismo nombre, escrito con otras tildes");
        }
    }
    Ok(files)
}
