//! An edition of the site, as it was published: in its folder, or in a copy.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::tree::{Tree, Unread};
use crate::content::huellas::Publicado;
use crate::pages::datos::RECORDS;
use crate::publish::manifest::{self, Manifest, hex};

/// What an edition says of itself.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) manifest: Manifest,
    pub(super) registros: Vec<Publicado>,
    /// SHA-256 of the manifest: what the content is known by.
    pub(super) hash: String,
    /// SHA-256 of the list of records.
    pub(super) records_hash: String,
}

/// Reads the lists of a published folder or of a copy (folder or zip); the list of records must be the one that was published.
pub(super) fn open(place: &Path) -> Result<Edition, String> {
    let shown = place.display();
    let told = |unread: Unread| match unread {
        Unread::System(message) => message,
        Unread::Bad(why) => format!("{shown} está dañado: {why}"),
    };
    let mut findings = Vec::new();
    let tree = Tree::open(place, &mut findings).map_err(told)?;
    let inside =
        ["", "data/"].into_iter().find(|folder| tree.files.contains_key(&format!("{folder}{}", manifest::NAME)));
    let Some(folder) = inside else {
        return Err(format!("{shown} no es un sitio publicado ni una copia de uno"));
    };
    if !findings.is_empty() {
        return Err(format!("{shown} está dañado: véalo con «micrositio verify {shown}»"));
    }
    let text = |name: &str| {
        let text = tree.text(&format!("{folder}{name}")).map_err(told)?;
        text.ok_or_else(|| format!("en {shown} falta {name}"))
    };
    let json = text(manifest::NAME)?;
    let bad = |name: &str, e: serde_json::Error| format!("en {shown}, {name} no se entiende: {e}");
    let manifest: Manifest = serde_json::from_str(&json).map_err(|e| bad(manifest::NAME, e))?;
    let records = text(RECORDS)?;
    let records_hash = hex(&Sha256::digest(&records));
    if manifest.archivos.get(RECORDS).is_none_or(|file| file.sha256 != records_hash) {
        return Err(format!(
            "en {shown}, {RECORDS} cambió después de publicado: véalo con «micrositio verify {shown}»"
        ));
    }
    let registros = serde_json::from_str(&records).map_err(|e| bad(RECORDS, e))?;
    Ok(Edition { manifest, registros, hash: hex(&Sha256::digest(&json)), records_hash })
}
