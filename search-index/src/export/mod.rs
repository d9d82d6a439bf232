//! From a finished index to the files that a browser reads; `FORMAT.md` describes them.

mod facets;
mod list;
mod postings;
mod script;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::json;
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use crate::builder::Index;
use crate::document::Error;
use crate::schema::{BOOSTS, FIELDS, VERSION};
use crate::text::folded_stopwords;

pub use script::File;

/// Name of the manifest, the only file whose name does not change with its content.
pub const MANIFEST: &str = "indice.js";

/// The files of an index, by name; none depends on anything but the documents and the configuration.
pub fn export(index: &Index) -> Result<Vec<File>, Error> {
    let searcher = index.tantivy.reader()?.searcher();
    let (terms, mut files, block, blocks) = match searcher.segment_readers() {
        [] => (None, Vec::new(), 0, String::new()),
        [segment] => {
            let terms = postings::shards(segment, &index.fields)?;
            let (block, blocks, files) = fragments(index, &searcher)?;
            (Some(terms), files, block, blocks)
        }
        many => return Err(Error::Segments(many.len())),
    };
    let (lexicon, more) = words::shards(&index.side.lexicon);
    files.extend(more);
    let mut columns = Vec::new();
    for (facet, (key, label)) in index.side.config.facets.iter().enumerate() {
        let (hash, file) = facets::column(facet, &index.side.facets)?;
        columns.push(json!([key, label, letters(&hash)]));
        files.push(file);
    }
    let count = index.side.facets.len() as u64;
    let frequencies = terms.as_ref().map(|t| t.frequencies.clone()).unwrap_or_default();
    let manifest = json!({
        "v": VERSION,
        "n": count,
        "t": terms.as_ref().map_or([0; FIELDS], |t| t.tokens),
        "b": BOOSTS,
        "x": idf_corrections(&frequencies, count),
        "l": lexicon,
        "p": terms.as_ref().map(|t| t.list.as_str()).unwrap_or_default(),
        "f": [block, blocks],
        "c": columns,
        "s": index.side.synonyms,
        "w": folded_stopwords().join(" "),
    });
    files.extend(terms.map(|t| t.files).unwrap_or_default());
    files.push((MANIFEST.to_owned(), script::script("i", &manifest.to_string())));
    files.sort();
    files.dedup();
    Ok(files)
}

fn letters(hash: &[u8; 8]) -> String {
    hash.map(char::from).iter().collect()
}

/// Documents whose fragments are named together: their names must be few enough for the manifest to hold.
fn block_bits(documents: u32) -> u32 {
    match documents {
        0..4_000 => 4,
        4_000..40_000 => 6,
        _ => 8,
    }
}

/// The fragments: one file a document, named by its number and the hash of its block.
fn fragments(index: &Index, searcher: &tantivy::Searcher) -> Result<(u32, String, Vec<File>), Error> {
    let count = index.side.facets.len() as u32;
    let block = block_bits(count);
    let numbers: Vec<u32> = (0..count).collect();
    let made: Vec<(String, Vec<File>)> = numbers
        .par_chunks(1 << block)
        .map(|docs| {
            let payloads = docs.iter().map(|doc| {
                let stored: TantivyDocument = searcher.doc(tantivy::DocAddress::new(0, *doc))?;
                let shown = stored.get_first(index.fields.shown).and_then(|v| v.as_str().map(str::to_owned));
                Ok((*doc, shown.unwrap_or_default()))
            });
            let payloads: Vec<(u32, String)> = payloads.collect::<Result<_, Error>>()?;
            let mut whole = blake3::Hasher::new();
            payloads.iter().for_each(|(_, p)| {
                whole.update(blake3::hash(p.as_bytes()).as_bytes());
            });
            let name = letters(&script::hash(whole.finalize().as_bytes()));
            let file = |(doc, payload): &(u32, String)| {
                (format!("f-{doc}-{name}.js"), script::script(&format!("f{doc}"), payload))
            };
            Ok((name.clone(), payloads.iter().map(file).collect()))
        })
        .collect::<Result<_, Error>>()?;
    let names = made.iter().map(|(name, _)| name.as_str()).collect();
    Ok((block, names, made.into_iter().flat_map(|(_, files)| files).collect()))
}

/// Inverse document frequencies that `Math.fround(Math.log(x))` rounds otherwise than Tantivy's `f32::ln`.
fn idf_corrections(frequencies: &BTreeSet<u32>, count: u64) -> Vec<(u32, f64)> {
    let wrong = |df: &u32| {
        let x = (count - u64::from(*df)) as f32 + 0.5;
        let y = 1.0 + x / (*df as f32 + 0.5);
        (f64::from(y).ln() as f32 != y.ln()).then(|| (*df, f64::from(y.ln())))
    };
    frequencies.iter().filter_map(wrong).collect()
}
