//! Search for a static site: Tantivy builds the index, plain scripts answer in the browser.
//!
//! It takes documents (address, title, codes, facets, text by section) and gives static files, which
//! `client/buscar.js` reads over http as from a disk. The same documents are answered natively by [`Searcher`], with
//! the same planner and the same scores. `FORMAT.md` says how both work; nothing here knows what a document is about.

mod analyzer;
mod builder;
mod client;
mod coder;
mod document;
mod excerpt;
mod export;
mod fragment;
mod lexicon;
mod plan;
mod query;
mod resolve;
mod schema;
mod script;
mod searcher;
mod text;
mod tokens;
#[cfg(test)]
mod vectors;

pub use analyzer::Words;
pub use builder::Builder;
pub use client::client;
pub use document::{Config, Document, Error, Section};
pub use export::{MANIFEST, Out};
pub use plan::Notice;
pub use schema::VERSION;
pub use searcher::{Hit, Query, Results, Searcher, Sort};
