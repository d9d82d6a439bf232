//! The index of the search: fed while pages are drawn, exported beside them, kept in the site's cache for `micrositio search`.

use std::fs;
use std::path::{Path, PathBuf};

use search_index::{Builder, MANIFEST, Out, Searcher, Words};
use serde::{Deserialize, Serialize};

use crate::cache::{self, Cache, remove};
use crate::config;
use crate::pages::buscar::FOLDER;
use crate::system::{told, why};

/// Path in the output of a file of the search.
pub fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Ends an index, and gives out the client beside its files.
///
/// # Errors
/// What Tantivy or who takes the files said no to.
pub fn finish(index: Builder<'_>, words: &[Words], put: &Out<'_>) -> Result<(), String> {
    index.finish(words).map_err(|e| refused(&e))?;
    put("buscar.js", search_index::client().as_bytes())
}

/// Which published site a kept index is of.
#[derive(Debug, Serialize, Deserialize)]
struct Bound {
    output: PathBuf,
    manifest: String,
}

/// Keeps the new index of a cache as that of the site just published at `output`.
///
/// # Errors
/// What the system said no to.
pub fn keep(cache: &Cache, output: &Path) -> Result<(), String> {
    let (index, bound) = (cache.folder().join(INDEX), cache.folder().join(BOUND));
    let told = |e: std::io::Error| told("guardar el índice de búsqueda en", &index, &e);
    // Unbound first: a kill in between leaves an index that says it is stale, never one of another site.
    remove(fs::remove_file(&bound)).map_err(told)?;
    remove(fs::remove_dir_all(&index)).map_err(told)?;
    fs::rename(cache.new_index(), &index).map_err(told)?;
    let output = fs::canonicalize(output).map_err(told)?;
    let manifest = digest(&fs::read(output.join(FOLDER).join(MANIFEST)).map_err(told)?);
    let bytes = serde_json::to_vec(&Bound { output, manifest }).map_err(|e| e.to_string())?;
    fs::write(&bound, bytes).map_err(told)
}

/// Whether a cache has the index of the last build.
pub fn is_kept(cache: &Cache) -> bool {
    cache.folder().join(INDEX).is_dir() && cache.folder().join(BOUND).is_file()
}

const INDEX: &str = "indice";
const BOUND: &str = "indice.json";

/// The searcher of the site as it is published.
///
/// # Errors
/// Why it cannot answer, and what to do: build, or build again.
pub fn open(site: &Path) -> Result<Searcher, String> {
    let (folder, bound) = (site.join(cache::FOLDER).join(INDEX), site.join(cache::FOLDER).join(BOUND));
    config::require(site)?;
    let none = || {
        format!("en {} todavía no hay índice de búsqueda: construya el sitio con «micrositio build»", site.display())
    };
    let bound: Bound = fs::read(bound).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(none)?;
    let published = fs::read(bound.output.join(FOLDER).join(MANIFEST)).unwrap_or_default();
    if digest(&published) != bound.manifest {
        let shown = bound.output.display();
        return Err(format!(
            "lo publicado en {shown} ya no es lo que este índice conoce: construya de nuevo con «micrositio build»"
        ));
    }
    Searcher::open(&folder, &bound.output.join(FOLDER))
        .map_err(|e| format!("{}; construya de nuevo con «micrositio build»", refused(&e)))
}

/// Why the index could not be made or read.
pub fn refused(error: &search_index::Error) -> String {
    match error {
        search_index::Error::Io(e) => format!("la carpeta del índice de búsqueda falló: {}", why(e)),
        other => other.to_string(),
    }
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
