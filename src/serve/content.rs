//! The content in memory, file by file: after an edit only what changed is read again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::catalog::replace::Change;
use crate::content::huellas::{self, Memoria};
use crate::content::load::{FILES, read_file};
use crate::content::{Contenido, Entry, Kind, Record, list, path_of};
use crate::diagnostic::{Diagnostic, Severity};

/// What a file was when it was read.
type Stamp = Option<(SystemTime, u64)>;

struct File {
    kind: Kind,
    stamp: Stamp,
    read: Contenido,
}

/// Everything read from `content/`.
#[derive(Default)]
pub(super) struct Content {
    /// Files of records, in the order of the listing.
    order: Vec<String>,
    files: HashMap<String, File>,
    /// Those of them that have problems: of 10,000 a few, asked for with every edit.
    troubled: BTreeSet<String>,
    images: Vec<String>,
    memoria: Option<Arc<Memoria>>,
    listing: Vec<Diagnostic>,
    /// Files that changed since the last catalog was made, each with the records that it had then.
    changed: BTreeMap<String, Vec<Arc<Record>>>,
    /// Whether files came, went or moved since then.
    is_relisted: bool,
}

impl Content {
    /// Whether it is a file of records that is known.
    pub(super) fn knows(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Whether it is a known image, by its path from the site's folder.
    pub(super) fn knows_image(&self, file: &str) -> bool {
        file.strip_prefix("content/").is_some_and(|inside| self.images.iter().any(|image| image == inside))
    }

    /// Whether a file that is no record had its say when the folder was listed: one that does not belong there, or what was published before.
    pub(super) fn lists(&self, file: &str) -> bool {
        file == huellas::FILE || self.listing.iter().any(|problem| problem.file == file)
    }

    /// Whether something known stands under a folder.
    pub(super) fn knows_under(&self, folder: &str) -> bool {
        let is_under = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let inside = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/');
        let holds =
            |image: &String| inside.is_empty() || image.strip_prefix(inside).is_some_and(|r| r.starts_with('/'));
        self.order.iter().any(|file| is_under(file)) || self.images.iter().any(holds)
    }

    /// Reads these files again.
    pub(super) fn read(&mut self, root: &Path, files: &BTreeSet<String>) {
        let known: Vec<(String, Kind)> =
            files.iter().filter_map(|file| Some((file.clone(), self.files.get(file)?.kind))).collect();
        self.take(root, known);
    }

    /// Lists the folder again, and reads what is new, what changed since it was read, and `files`.
    pub(super) fn list(&mut self, root: &Path, files: &BTreeSet<String>) {
        self.listing.clear();
        let (mut order, mut images, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        let mut memoria = None;
        for entry in list(root, &mut self.listing) {
            match entry {
                Entry::Image(path) => images.push(path),
                Entry::Huellas(_) => match huellas::read(root) {
                    Ok(read) => memoria = read.map(Arc::new),
                    Err(problem) => self.listing.push(*problem),
                },
                Entry::Record(file, kind) => {
                    let known = self.files.get(&file).filter(|known| known.kind == kind);
                    let is_same = known.is_some_and(|known| known.stamp == stamp(&path_of(root, &file)));
                    if !is_same || files.contains(&file) {
                        unread.push((file.clone(), kind));
                    }
                    order.push(file);
                }
            }
        }
        if memoria != self.memoria {
            (self.memoria, self.is_relisted) = (memoria, true);
        }
        if order != self.order || images != self.images {
            self.is_relisted = true;
            let still: BTreeSet<&String> = order.iter().collect();
            for gone in self.order.iter().filter(|file| !still.contains(file)) {
                self.troubled.remove(gone);
                if let Some(file) = self.files.remove(gone) {
                    self.changed.entry(gone.clone()).or_insert(file.read.records);
                }
            }
            (self.order, self.images) = (order, images);
        }
        self.take(root, unread);
    }

    fn take(&mut self, root: &Path, files: Vec<(String, Kind)>) {
        let read_one = |(file, kind): (String, Kind)| {
            // Stamped before it is read: what changes in between is read again, not missed.
            let stamp = stamp(&path_of(root, &file));
            let read = read_file(root, &file, kind, true);
            (file, File { kind, stamp, read })
        };
        // One file is read here and now: waking other threads for it takes longer.
        let read: Vec<(String, File)> = match files.len() {
            0 | 1 => files.into_iter().map(read_one).collect(),
            _ => files.into_par_iter().with_max_len(FILES).map(read_one).collect(),
        };
        for (name, file) in read {
            match file.read.diagnostics.is_empty() {
                true => self.troubled.remove(&name),
                false => self.troubled.insert(name.clone()),
            };
            let before = self.files.insert(name.clone(), file).map_or_else(Vec::new, |old| old.read.records);
            self.changed.entry(name).or_insert(before);
        }
    }

    /// What the last catalog must change to be that of this content; `None` when it must be made anew.
    pub(super) fn changes(&self) -> Option<Vec<Change>> {
        if self.is_relisted {
            return None;
        }
        let mut changes = Vec::new();
        for (name, before) in &self.changed {
            let Contenido { records: now, broken, .. } = &self.files.get(name)?.read;
            if now.len() != before.len() || !broken.is_empty() {
                return None;
            }
            changes.extend(before.iter().cloned().zip(now.iter().cloned()));
        }
        Some(changes)
    }

    /// Files that changed since the last catalog.
    pub(super) fn changed(&self) -> impl Iterator<Item = &String> {
        self.changed.keys()
    }

    /// The records that a file has now.
    pub(super) fn records_of(&self, file: &str) -> &[Arc<Record>] {
        self.files.get(file).map_or(&[], |file| file.read.records.as_slice())
    }

    /// A catalog of this content was made.
    pub(super) fn settle(&mut self) {
        self.changed.clear();
        self.is_relisted = false;
    }

    /// Problems of reading.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let files = self.troubled.iter().filter_map(|name| self.files.get(name));
        self.listing.iter().chain(files.flat_map(|file| &file.read.diagnostics))
    }

    /// Whether some of them is an error.
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics().any(|problem| problem.severity == Severity::Error)
    }

    /// All of it, for a catalog, without the problems of reading.
    pub(super) fn all(&self) -> Contenido {
        let mut all = Contenido { images: self.images.clone(), memoria: self.memoria.clone(), ..Contenido::default() };
        for file in self.order.iter().filter_map(|name| self.files.get(name)) {
            all.records.extend(file.read.records.iter().cloned());
            all.broken.extend(file.read.broken.iter().cloned());
        }
        all
    }
}

fn stamp(path: &PathBuf) -> Stamp {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
