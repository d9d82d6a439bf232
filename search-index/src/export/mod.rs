//! From a finished index to the files that a browser reads; `FORMAT.md` describes them.

mod facets;
mod files;
mod list;
mod postings;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::{Value, json};
use tantivy::SegmentReader;

use crate::builder::Side;
use crate::document::Error;
use crate::schema::{BOOSTS, Fields, VERSION};
use crate::script::letters;
use crate::text::folded_stopwords;

pub(crate) use files::Files;
pub use files::Out;
pub(crate) use words::shards as lexicon_shards;

/// Name of the manifest, the only file whose name does not change with its content.
pub const MANIFEST: &str = "indice.js";

/// Puts out the files of an index, but for the fragments and the shards of the lexicon, which are out (`words` is the list of these); none
/// depends on anything but the documents and the configuration.
pub(crate) fn export(
    segment: Option<&SegmentReader>,
    fields: &Fields,
    side: &Side,
    words: &str,
    files: &Files<'_>,
) -> Result<(), Error> {
    let column = |(facet, (key, label)): (usize, &(String, String))| {
        let hash = files.shard('c', &facets::column(facet, fields.facet, segment)?)?;
        Ok(json!([key, label, letters(&hash)]))
    };
    let config = &side.config;
    let columns = || config.facets.par_iter().enumerate().map(column).collect::<Result<Vec<Value>, Error>>();
    let terms = || segment.map(|segment| postings::shards(segment, fields, &side.lexicon, files)).transpose();
    let (columns, terms) = rayon::join(columns, terms);
    let (columns, terms) = (columns?, terms?.unwrap_or_default());
    let count = segment.map_or(0, |segment| u64::from(segment.max_doc()));
    let manifest = json!({
        "v": VERSION,
        "n": count,
        "t": terms.tokens,
        "b": BOOSTS,
        "x": idf_corrections(&terms.frequencies, count),
        "l": words,
        "p": terms.list,
        "f": [if count > 0 { side.blocks.bits } else { 0 }, side.blocks.names],
        "c": columns,
        "s": side.synonyms,
        "w": folded_stopwords().join(" "),
    });
    files.put("indice", "i", &manifest.to_string())
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
