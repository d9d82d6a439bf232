//! Fields of the index and how much each counts.

use tantivy::Index;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

use crate::analyzer::{Analyzer, Words};

/// Version of the published format and of the analysis behind it; see `FORMAT.md`.
pub const VERSION: u32 = 4;

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
    /// What is shown of a document: the payload of its fragment.
    pub(crate) shown: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let text = [text("title", "text"), text("codes", "codes"), text("headings", "text"), text("body", "text")];
    let facet = builder.add_text_field("facet", STRING);
    let shown = builder.add_text_field("shown", STORED);
    (builder.build(), Fields { text, facet, shown })
}

/// Gives an index its tokenizers, which remember into `words`.
pub(crate) fn register(index: &Index, words: &Words) {
    index.tokenizers().register("text", Analyzer::new(words, false));
    index.tokenizers().register("codes", Analyzer::new(words, true));
}
