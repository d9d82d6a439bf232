//! The site that benchmarks are taken on: the records of a fictional Alcaldía de Ejemplo, as many as asked for, the same on
//! every machine.
//!
//! Numbered records (documents, minutes, good practices, pages) carry the weight; fixed sets (processes, units, committees,
//! policies, norms, glossary…) stand around them. Record `i` depends on the seed and on `i` alone, and is never older than
//! the records before it: a corpus of `n + 1` is the corpus of `n` and one new file.

mod fixed;
mod lexicon;
mod markdown;
mod morphology;
mod plan;
mod prose;
mod queries;
mod records;
mod rng;
mod sets;
mod toml;
mod vocabulary;
mod zipf;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use lexicon::Lexicon;

pub use plan::Kind;
pub use queries::{Query, QueryKind, queries};
pub use records::Record;

/// Fewest records: the fixed records refer to the first ones.
pub const MIN_RECORDS: u64 = 200;
/// Most records: codes and dates are laid out for these.
pub const MAX_RECORDS: u64 = 100_000;
/// Seed of the published figures.
pub const SEED: u64 = 1;

/// The words of a text, in lower case: runs of letters.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The records of a seed.
pub struct Corpus {
    lexicon: Lexicon,
    seed: u64,
}

/// What was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Corpus {
    /// Builds the vocabulary, which takes some milliseconds.
    pub fn new(seed: u64) -> Corpus {
        Corpus { lexicon: Lexicon::new(), seed }
    }

    /// Numbered record `i`, from 0 and below [`MAX_RECORDS`].
    pub fn record(&self, i: u64) -> Record {
        records::record(&self.lexicon, self.seed, i)
    }

    /// Files of the fixed sets: path from the site's folder, and text. They are the same in a corpus of any size.
    pub fn fixed(&self) -> Vec<(String, String)> {
        fixed::files(&self.lexicon, self.seed)
    }

    /// Writes a site of the fixed sets and `records` numbered records, one file at a time.
    ///
    /// # Errors
    /// When the system cannot write.
    pub fn write(&self, records: u64, dir: &Path) -> io::Result<Written> {
        let mut folders = BTreeSet::new();
        let mut written = Written::default();
        let numbered = (0..records).map(|i| {
            let record = self.record(i);
            (record.path, record.source)
        });
        for (path, text) in self.fixed().into_iter().chain(numbered) {
            let file = dir.join(&path);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if !folders.contains(folder) {
                fs::create_dir_all(dir.join(folder))?;
                folders.insert(folder.to_owned());
            }
            fs::write(file, &text)?;
            written.files += 1;
            written.bytes += text.len() as u64;
        }
        Ok(written)
    }
}
