//! What is shown of a document: the payload of a file of its own, JSON so that it can be read by eye too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::document::{Document, Error};
use crate::export::Out;
use crate::script::{hash, letters, payload, script};

/// Address, title, kind, date, codes, sections (anchor, heading, text).
pub(crate) type Shown = (String, String, String, String, Vec<String>, Vec<(String, String, String)>);

/// The names of the fragments: those of a block of documents share one, so that the manifest can hold them all.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Blocks {
    /// A block is 2^bits documents.
    pub(crate) bits: u32,
    /// Eight letters a block.
    pub(crate) names: String,
}

impl Blocks {
    /// File of a document's fragment.
    fn file(&self, document: usize) -> String {
        let from = (document >> self.bits) * 8;
        format!("f-{document}-{}.js", self.names.get(from..from + 8).unwrap_or_default())
    }

    /// Reads what is shown of a document from the folder it was published in.
    pub(crate) fn read(&self, folder: &Path, document: usize) -> Result<Shown, Error> {
        let script = fs::read_to_string(folder.join(self.file(document)))?;
        Ok(serde_json::from_str(&payload(&format!("f{document}"), &script))?)
    }
}

/// Documents whose fragments are named together: their names must be few enough for the manifest to hold.
fn block_bits(documents: usize) -> u32 {
    match documents {
        0..4_000 => 4,
        4_000..40_000 => 6,
        _ => 8,
    }
}

/// Fragments on their way out. The name of a block hangs on all of it, so its fragments wait for each other, and for no more.
pub(crate) struct Fragments<'a> {
    documents: usize,
    bits: u32,
    out: &'a Out<'a>,
    open: Mutex<BTreeMap<usize, Block>>,
    names: Mutex<BTreeMap<usize, String>>,
}

/// Digest of the payload and script, by document.
type Block = BTreeMap<usize, (blake3::Hash, Vec<u8>)>;

impl<'a> Fragments<'a> {
    /// Fragments of so many documents.
    pub(crate) fn new(documents: usize, out: &'a Out<'a>) -> Self {
        let bits = block_bits(documents);
        Self { documents, bits, out, open: Mutex::default(), names: Mutex::default() }
    }

    /// Adds that of a document. Who brings the last of a block puts it out.
    pub(crate) fn add(&self, number: usize, document: &Document) -> Result<(), Error> {
        let payload = shown(document)?;
        let fragment = (blake3::hash(payload.as_bytes()), script(&format!("f{number}"), &payload));
        let block = number >> self.bits;
        let Some(block) = self.whole(block, number, fragment) else { return Ok(()) };
        let mut hasher = blake3::Hasher::new();
        for (digest, _) in block.values() {
            hasher.update(digest.as_bytes());
        }
        let name = letters(&hash(hasher.finalize().as_bytes()));
        for (number, (_, script)) in &block {
            (self.out)(&format!("f-{number}-{name}.js"), script).map_err(Error::Out)?;
        }
        self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(number >> self.bits, name);
        Ok(())
    }

    /// Puts a fragment in its block, and takes the block when it is whole.
    fn whole(&self, block: usize, number: usize, fragment: (blake3::Hash, Vec<u8>)) -> Option<Block> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let held = open.entry(block).or_default();
        held.insert(number, fragment);
        let size = (1 << self.bits).min(self.documents.saturating_sub(block << self.bits));
        if held.len() < size { None } else { open.remove(&block) }
    }

    /// The names, when all documents were added.
    pub(crate) fn finish(self) -> Blocks {
        let names = self.names.into_inner().unwrap_or_else(PoisonError::into_inner);
        Blocks { bits: self.bits, names: names.into_values().collect() }
    }
}

/// The payload of a document in composed form.
fn shown(document: &Document) -> Result<String, serde_json::Error> {
    let Document { url, title, codes, date, kind, sections, .. } = document;
    let sections: Vec<_> = sections.iter().map(|s| (&s.anchor, &s.heading, &s.text)).collect();
    serde_json::to_string(&(url, title, kind, date.as_deref().unwrap_or_default(), codes, sections))
}
