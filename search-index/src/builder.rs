//! From documents to a finished index of one segment.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, TantivyDocument};

use crate::analyzer::Words;
use crate::document::{Config, Document, Error};
use crate::fragment;
use crate::lexicon::Lexicon;
use crate::plan::Synonyms;
use crate::schema::{Fields, VERSION, register, schema};
use crate::text::{chunks, is_stopword, lower, nfc, term, title_term};

/// Larger than any corpus that a site holds, so that the writer never cuts a second segment; it is a limit, not a
/// reservation.
const BUDGET: usize = 3_500_000_000;

/// What stands beside Tantivy's files in the cache.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Side {
    pub(crate) version: u32,
    pub(crate) config: Config,
    pub(crate) lexicon: Lexicon,
    pub(crate) synonyms: Synonyms,
    /// Values of each facet, by document: only the export needs them.
    #[serde(skip)]
    pub(crate) facets: Vec<Vec<(usize, String)>>,
}

/// Name of the file that holds [`Side`].
pub(crate) const SIDE: &str = "lexico.json";

/// Takes documents, oldest first, and makes an index of them.
pub struct Builder {
    writer: IndexWriter,
    index: tantivy::Index,
    fields: Fields,
    words: Words,
    side: Side,
    memory: RamDirectory,
    dir: Option<PathBuf>,
}

/// A finished index: one segment, where a document's number is its place in the order of adding.
pub struct Index {
    pub(crate) tantivy: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) side: Side,
}

impl Index {
    /// How many documents it has.
    pub fn documents(&self) -> usize {
        self.side.facets.len()
    }
}

impl Builder {
    /// A builder in a folder, which is emptied of an older index, or in memory.
    pub fn new(config: Config, dir: Option<&Path>) -> Result<Self, Error> {
        let (schema, fields) = schema();
        dir.map_or(Ok(()), empty)?;
        let memory = RamDirectory::create();
        let index = tantivy::Index::create(memory.clone(), schema, IndexSettings::default())?;
        let words = Words::default();
        register(&index, &words);
        let writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let synonyms = config.synonyms.iter().map(group).filter(|g| g.len() > 1).collect();
        let side = Side { version: VERSION, config, synonyms, ..Side::default() };
        Ok(Self { writer, index, fields, words, side, memory, dir: dir.map(Path::to_owned) })
    }

    /// Adds a document; the order of adding is the order of the index.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        let [title, codes, headings, body] = self.fields.text;
        let mut out = TantivyDocument::default();
        out.add_text(title, nfc(&document.title));
        for code in document.codes.iter().chain(&document.date).chain([&document.kind]) {
            out.add_text(codes, nfc(code).trim_start_matches('='));
        }
        for name in names(document) {
            out.add_text(codes, format!("={name}"));
        }
        for section in &document.sections {
            out.add_text(headings, nfc(&section.heading));
            out.add_text(body, nfc(&section.text));
        }
        for (facet, value) in &document.facets {
            out.add_text(self.fields.facet, format!("{facet}={value}"));
        }
        out.add_text(self.fields.shown, fragment::payload(document));
        self.writer.add_document(out)?;
        self.side.facets.push(document.facets.clone());
        Ok(())
    }

    /// Writes the segment.
    pub fn finish(mut self) -> Result<Index, Error> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        let segments = self.index.searchable_segment_ids()?.len();
        if segments > 1 {
            return Err(Error::Segments(segments));
        }
        self.side.lexicon = Lexicon::new(&self.words.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(dir) = &self.dir {
            save(&self.index, &self.memory, dir)?;
            fs::write(dir.join(SIDE), serde_json::to_vec(&self.side)?)?;
        }
        Ok(Index { tantivy: self.index, fields: self.fields, side: self.side })
    }
}

/// The terms of the names a document goes by: its title, alone and after the first word of its kind (`Política de…`), and its
/// codes.
fn names(document: &Document) -> Vec<String> {
    let words = |text: &str| chunks(&nfc(text)).flat_map(|c| c.parts).map(lower).collect::<Vec<String>>();
    let title = words(&document.title);
    let kind = words(&document.kind).into_iter().take(1).chain(title.iter().cloned()).collect();
    let all = [title, kind].into_iter().chain(document.codes.iter().map(|code| words(code)));
    let mut names: Vec<String> = Vec::new();
    for term in all.filter_map(|words| title_term(words.iter().map(String::as_str))) {
        if !names.contains(&term) {
            names.push(term);
        }
    }
    names
}

/// Writes the files of an index made in memory. Tantivy's own folders wait for the disk at each file, which a busy one makes
/// seconds of; what may be deleted at any time need not outlive a power cut.
fn save(index: &tantivy::Index, memory: &RamDirectory, dir: &Path) -> Result<(), Error> {
    let mut files: Vec<PathBuf> = index.directory().list_managed_files().into_iter().collect();
    files.sort();
    for file in files.iter().filter(|file| memory.exists(file).unwrap_or(false)) {
        let bytes = memory.open_read(file).map_err(tantivy::TantivyError::from)?.read_bytes()?;
        fs::write(dir.join(file), bytes.as_slice())?;
    }
    Ok(())
}

/// Makes the folder anew. A folder that holds something other than an index is left alone.
fn empty(dir: &Path) -> io::Result<()> {
    if dir.join("meta.json").exists() || dir.join(SIDE).exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    match fs::read_dir(dir)?.next() {
        Some(_) => Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, format!("{}: no es un índice", dir.display()))),
        None => Ok(()),
    }
}

/// A group of synonyms as lists of terms.
fn group((name, others): &(String, Vec<String>)) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for text in [name].into_iter().chain(others) {
        let text = nfc(text);
        let words = chunks(&text).flat_map(|c| c.parts).map(lower);
        let terms: Vec<String> = words.filter(|w| !is_stopword(w)).map(|w| term(&w)).collect();
        if !terms.is_empty() && !out.contains(&terms) {
            out.push(terms);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_index_is_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let build = |at: &Path| Builder::new(Config::default(), Some(at)).and_then(Builder::finish);
        build(&dir.path().join("cache")).unwrap();
        build(&dir.path().join("cache")).unwrap();
        fs::write(dir.path().join("tesis.txt"), "años de trabajo").unwrap();
        assert!(matches!(build(dir.path()), Err(Error::Io(_))));
        assert!(dir.path().join("tesis.txt").exists());
    }

    #[test]
    fn synonyms_are_terms() {
        let made = group(&("TH".into(), vec!["talento humano".into(), "de la".into(), "th".into()]));
        assert_eq!(made, [vec!["th".to_owned()], vec!["talent".into(), "human".into()]]);
    }
}
