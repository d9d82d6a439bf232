//! What the index is made of.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::nfc;

/// A page to be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Address of the page, relative to the site's root.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Codes it goes by.
    pub codes: Vec<String>,
    /// Its date, `yyyy-mm-dd`.
    pub date: Option<String>,
    /// What it is, in a word or two, for people.
    pub kind: String,
    /// Values by which it is filtered: index of the facet in [`Config::facets`], value. A facet may have several.
    pub facets: Vec<(usize, String)>,
    /// What it shows above its title, as kind and code: words of its text like others, and no part of a passage, as a result has them already.
    pub label: String,
    /// Its text.
    pub sections: Vec<Section>,
}

/// A piece of a page that can be linked to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its id in the page; empty for what stands before the first heading.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub text: String,
}

impl Document {
    /// The document with all that is shown in composed form.
    pub(crate) fn composed(mut self) -> Self {
        [&mut self.title, &mut self.kind].into_iter().chain(&mut self.codes).for_each(compose);
        self.sections.iter_mut().flat_map(|s| [&mut s.heading, &mut s.text]).for_each(compose);
        self
    }
}

fn compose(text: &mut String) {
    let Cow::Owned(composed) = nfc(text) else { return };
    *text = composed;
}

/// What an index is told besides its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Facets: key in the address and label for people.
    pub facets: Vec<(String, String)>,
    /// Expressions that mean the same: an acronym or word, and what else it is called.
    pub synonyms: Vec<(String, Vec<String>)>,
    /// Words that people type, in the singular, each with the words that texts say instead.
    pub spoken: Vec<(String, Vec<String>)>,
}

/// What may go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Tantivy could not do it.
    #[error("el índice de búsqueda falló: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    /// The index folder could not be read or written.
    #[error("la carpeta del índice de búsqueda falló: {0}")]
    Io(#[from] std::io::Error),
    /// A file of the index is not what it should be.
    #[error("un archivo del índice de búsqueda no se entiende: {0}")]
    Json(#[from] serde_json::Error),
    /// The words of the index are not what they should be.
    #[error("el léxico del índice de búsqueda no se entiende: {0}")]
    Side(#[from] postcard::Error),
    /// A file could not be put out.
    #[error("{0}")]
    Out(String),
    /// A document of those announced was not added.
    #[error("al índice de búsqueda no llegó el documento {0}")]
    Missing(usize),
    /// The index was made by another version.
    #[error("el índice de búsqueda es de la versión {found} y este programa lee la {read}; hay que construir de nuevo")]
    Version {
        /// Version of the index.
        found: u32,
        /// Version that is read here.
        read: u32,
    },
}
