//! From documents to a finished index of one segment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::{fs, io};

use serde::{Deserialize, Serialize};
use tantivy::SingleSegmentIndexWriter;
use tantivy::directory::{Directory, RamDirectory};

use crate::analyzer::Words;
use crate::document::{Config, Document, Error};
use crate::export::{Files, Out, export, lexicon_shards};
use crate::fragment::{Blocks, Fragments};
use crate::lexicon::Lexicon;
use crate::plan::Synonyms;
use crate::schema::{Fields, VERSION, schema, tokenizers};
use crate::text::{chunks, is_stopword, lower, nfc, term};
use crate::tokens::Packed;

/// Tantivy sizes its table of terms by this; one segment is not limited by it.
const BUDGET: usize = 256 << 20;

/// Documents that wait for Tantivy while another thread gives it some; who has one more waits too.
const MOST_WAITING: usize = 1024;

/// What stands beside Tantivy's files in the cache.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Side {
    /// First, so that it can be read of any version.
    pub(crate) version: u32,
    pub(crate) config: Config,
    pub(crate) lexicon: Lexicon,
    pub(crate) synonyms: Synonyms,
    pub(crate) blocks: Blocks,
}

/// Name of the file that holds [`Side`].
pub(crate) const SIDE: &str = "lexico";

/// Takes documents from several threads, in any order, and makes an index of them: one segment, where documents have the numbers they
/// were added with.
pub struct Builder<'a> {
    fields: Fields,
    side: Side,
    memory: RamDirectory,
    dir: Option<PathBuf>,
    out: &'a Out<'a>,
    fragments: Fragments<'a>,
    /// Documents not yet in the segment, by number.
    waiting: Mutex<BTreeMap<usize, Packed>>,
    segment: Mutex<Segment>,
}

/// The segment, which takes documents in the order of their numbers. Tantivy's usual writer has threads of its own, with queues between, and
/// may end in several segments.
struct Segment {
    writer: SingleSegmentIndexWriter<Packed>,
    next: usize,
    documents: usize,
}

impl<'a> Builder<'a> {
    /// A builder of so many documents, in a folder, which is emptied of an older index, or in memory. It gives `out` the files to publish
    /// as soon as each is made.
    pub fn new(config: Config, dir: Option<&Path>, documents: usize, out: &'a Out<'a>) -> Result<Self, Error> {
        let (schema, fields) = schema();
        dir.map_or(Ok(()), empty)?;
        let memory = RamDirectory::create();
        let index = tantivy::Index::builder().schema(schema).tokenizers(tokenizers());
        let writer = index.single_segment_index_writer(memory.clone(), BUDGET)?;
        let segment = Mutex::new(Segment { writer, next: 0, documents });
        let synonyms = config.synonyms.iter().map(group).filter(|g| g.len() > 1).collect();
        let side = Side { version: VERSION, config, synonyms, ..Side::default() };
        let fragments = Fragments::new(documents, out);
        let (dir, waiting) = (dir.map(Path::to_owned), Mutex::default());
        Ok(Self { fields, side, memory, dir, out, fragments, waiting, segment })
    }

    /// Adds documents; their numbers, from 0, are their places in the order of the index. A thread has words of its own. Give it some dozens
    /// at a time: Tantivy's table of terms took 0.77 s of 10,000 documents that came one by one between pages, 0.36 s by 64.
    pub fn add(&self, words: &mut Words, documents: impl IntoIterator<Item = (usize, Document)>) -> Result<(), Error> {
        let mut all = Vec::new();
        for (number, document) in documents {
            let document = document.composed();
            all.push((number, words.pack(&document, &self.fields)));
            self.fragments.add(number, &document)?;
        }
        let waiting = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend(all);
            waiting.len()
        };
        let mut segment = match self.segment.try_lock() {
            Ok(segment) => segment,
            Err(TryLockError::WouldBlock) if waiting <= MOST_WAITING => return Ok(()),
            Err(_) => self.segment.lock().unwrap_or_else(PoisonError::into_inner),
        };
        segment.take(&self.waiting)
    }

    /// Puts out what hangs on all documents. It takes the words of all threads that added some.
    pub fn finish(self, words: &[Words]) -> Result<(), Error> {
        let Self { fields, mut side, memory, dir, out, fragments, waiting, segment } = self;
        let mut segment = segment.into_inner().unwrap_or_else(PoisonError::into_inner);
        segment.take(&waiting)?;
        if segment.next != segment.documents {
            return Err(Error::Missing(segment.next));
        }
        // Tantivy ends its segment in one thread; what hangs on the words alone is made beside it.
        let files = Files::new(out);
        let of_words = || {
            let lexicon = Lexicon::new(words, &side.config.spoken);
            lexicon_shards(&lexicon, &files).map(|list| (lexicon, list))
        };
        let (index, of_words) = rayon::join(|| segment.writer.finalize(), of_words);
        let (index, (lexicon, list)) = (index?, of_words?);
        side.lexicon = lexicon;
        side.blocks = fragments.finish();
        let searcher = index.reader()?.searcher();
        let segment = searcher.segment_readers().first().filter(|segment| segment.max_doc() > 0);
        let kept = || {
            let Some(dir) = &dir else { return Ok(()) };
            save(&index, &memory, dir)?;
            Ok(fs::write(dir.join(SIDE), postcard::to_stdvec(&side)?)?)
        };
        let (exported, kept) = rayon::join(|| export(segment, &fields, &side, &list, &files), kept);
        exported.and(kept)
    }
}

impl Segment {
    /// Takes the documents whose turn it is.
    fn take(&mut self, waiting: &Mutex<BTreeMap<usize, Packed>>) -> Result<(), Error> {
        let next = |next: usize| waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&next);
        while let Some(packed) = next(self.next) {
            self.writer.add_document(packed)?;
            self.next += 1;
        }
        Ok(())
    }
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
        let build = |at: &Path| Builder::new(Config::default(), Some(at), 0, &|_, _| Ok(()))?.finish(&[]);
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
