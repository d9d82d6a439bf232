//! Fields of the index and how much each counts.

use tantivy::schema::{Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;

use crate::tokens::Unpacker;

/// Version of the published format and of the analysis behind it; see `FORMAT.md`.
pub const VERSION: u32 = 7;

/// Number of text fields.
pub(crate) const FIELDS: usize = 4;

/// The first of the fields, title and codes, are what a document is called.
pub(crate) const NAMES: usize = 2;

/// Title, codes, headings, text: what a match in each counts.
pub(crate) const BOOSTS: [f32; FIELDS] = [2.0, 2.0, 2.0, 1.0];

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Title, codes, headings, text.
    pub(crate) text: [Field; FIELDS],
    /// `index=value` of each facet, for native filters.
    pub(crate) facet: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let text = ["title", "codes", "headings", "body"].map(|name| builder.add_text_field(name, options.clone()));
    let facet = builder.add_text_field("facet", STRING);
    (builder.build(), Fields { text, facet })
}

const TOKENIZER: &str = "packed";

/// Tokenizers of an index.
pub(crate) fn tokenizers() -> TokenizerManager {
    let all = TokenizerManager::default();
    all.register(TOKENIZER, Unpacker);
    all
}
