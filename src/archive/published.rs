//! The published folder that is archived: only what its manifest lists, and only while it is as it was built.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{is_inside, told};
use crate::publish::manifest::{self, Manifest, hex};

/// A published folder.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
    /// SHA-256 of the manifest, which by its hashes is that of the whole content.
    pub(super) hash: String,
    /// The manifest as it is in the folder.
    pub(super) json: Vec<u8>,
}

impl Published {
    /// Reads the manifest and refuses a folder that has other files than those.
    pub(super) fn open(folder: &Path) -> Result<Published, String> {
        let path = folder.join(manifest::NAME);
        let json = match fs::read(&path) {
            Ok(json) => json,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(format!(
                    "en {} no hay un sitio publicado: constrúyalo con «micrositio build», o diga con -o dónde está",
                    folder.display()
                ));
            }
            Err(e) => return Err(told("leer", &path, &e)),
        };
        let manifest: Manifest = serde_json::from_slice(&json)
            .map_err(|e| format!("{} no es la lista de un sitio publicado: {e}", path.display()))?;
        if let Some(bad) = manifest.archivos.keys().find(|path| !is_inside(path)) {
            return Err(format!("{} nombra un archivo de fuera: «{bad}»", path.display()));
        }
        let published = Published { folder: folder.to_owned(), manifest, hash: hex(&Sha256::digest(&json)), json };
        published.refuse_extra()?;
        Ok(published)
    }

    /// A file of the site.
    pub(super) fn read(&self, path: &str) -> Result<File, String> {
        let full = self.folder.join(path);
        File::open(&full).map_err(|e| told("leer", &full, &e))
    }

    /// The error of a file that is not what the build wrote.
    pub(super) fn changed(&self, path: &str) -> String {
        format!(
            "{} cambió después de la construcción: construya de nuevo antes de archivar",
            self.folder.join(path).display()
        )
    }

    /// All files with their sizes, the manifest among them.
    pub(super) fn files(&self) -> BTreeSet<(&str, u64)> {
        let listed = self.manifest.archivos.iter().map(|(path, file)| (path.as_str(), file.bytes));
        listed.chain([(manifest::NAME, self.json.len() as u64)]).collect()
    }

    fn refuse_extra(&self) -> Result<(), String> {
        for entry in walkdir::WalkDir::new(&self.folder) {
            let entry = entry.map_err(|e| told("leer", &self.folder, &e.into()))?;
            let inside = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            let path = parts.join("/");
            let known = path == manifest::NAME || self.manifest.archivos.contains_key(&path);
            if !entry.file_type().is_dir() && !known {
                return Err(format!(
                    "{} no lo escribió micrositio: sáquelo de la carpeta publicada, o construya de nuevo",
                    entry.path().display()
                ));
            }
        }
        Ok(())
    }
}
