//! Queries for the search benchmarks, made of words that every corpus of the same seed holds.

use std::collections::{BTreeSet, HashMap};

use crate::morphology::without_accents;
use crate::rng::Rng;
use crate::vocabulary::FUNCTION_WORDS;
use crate::{Corpus, MIN_RECORDS, words};

/// Stream of the queries; records use the low numbers.
const STREAM: u64 = u64::MAX - 1;

/// What a query tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryKind {
    /// Two of the commonest words.
    TwoCommon,
    /// One word that stands once in the sample of the corpus.
    OneRare,
    /// A common word that has an accent, typed without it: `contratacion`.
    NoAccent,
    /// A common word with a letter left out, doubled or exchanged with the next: `tranparencia`.
    Typo,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What it tries.
    pub kind: QueryKind,
    /// What is typed.
    pub text: String,
    /// The words it was made of, spelt as the corpus spells them.
    pub meant: Vec<String>,
}

/// `n` queries, the four kinds in turn; the same ones for the same seed. Their words stand in the first
/// [`MIN_RECORDS`] records of the corpus of that seed, so in every corpus of it.
pub fn queries(seed: u64, n: usize) -> Vec<Query> {
    let corpus = Corpus::new(seed);
    let vocabulary = Vocabulary::new(&corpus);
    let mut rng = Rng::new(seed, STREAM);
    let kinds = [QueryKind::TwoCommon, QueryKind::OneRare, QueryKind::NoAccent, QueryKind::Typo];
    kinds.into_iter().cycle().take(n).map(|kind| vocabulary.query(kind, &mut rng)).collect()
}

/// Words of five letters and more of a sample of the corpus, without function words.
struct Vocabulary {
    common: Vec<String>,
    rare: Vec<String>,
    accented: Vec<String>,
}

impl Vocabulary {
    fn new(corpus: &Corpus) -> Vocabulary {
        let empty: BTreeSet<&str> = FUNCTION_WORDS.split_whitespace().collect();
        let mut counts: HashMap<String, u32> = HashMap::new();
        for i in 0..MIN_RECORDS {
            for word in words(&corpus.record(i).text()) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let mut counted: Vec<(String, u32)> = counts
            .into_iter()
            .filter(|(word, _)| word.chars().count() >= 5 && !empty.contains(word.as_str()))
            .collect();
        counted.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        let common: Vec<String> = counted.iter().take(200).map(|(word, _)| word.clone()).collect();
        let rare = counted.into_iter().filter(|(_, n)| *n == 1).map(|(word, _)| word).collect();
        let accented = common.iter().filter(|word| without_accents(word) != **word).cloned().collect();
        Vocabulary { common, rare, accented }
    }

    fn query(&self, kind: QueryKind, rng: &mut Rng) -> Query {
        let meant: Vec<String> = match kind {
            QueryKind::TwoCommon => {
                let first = rng.index(self.common.len());
                let step = 1 + rng.index(self.common.len().saturating_sub(1));
                let both = self.common.iter().cycle().skip(first).step_by(step).take(2);
                both.cloned().collect()
            }
            QueryKind::OneRare => vec![any(&self.rare, rng)],
            QueryKind::NoAccent => vec![any(&self.accented, rng)],
            QueryKind::Typo => vec![any(&self.common, rng)],
        };
        let text = match kind {
            QueryKind::NoAccent => meant.iter().map(|word| without_accents(word)).collect(),
            QueryKind::Typo => meant.iter().map(|word| mistyped(word, rng)).collect(),
            QueryKind::TwoCommon | QueryKind::OneRare => meant.join(" "),
        };
        Query { kind, text, meant }
    }
}

fn any(words: &[String], rng: &mut Rng) -> String {
    let at = rng.index(words.len());
    words.get(at).cloned().unwrap_or_default()
}

/// One slip of the fingers, never in the first letter.
fn mistyped(word: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + rng.index(letters.len().saturating_sub(2));
    let (letter, next) = (letters.get(at).copied(), letters.get(at + 1).copied());
    match (rng.below(3), letter, next) {
        (0, Some(a), Some(b)) if a != b => letters.swap(at, at + 1),
        (1, Some(a), _) => letters.insert(at, a),
        (_, Some(_), _) => {
            letters.remove(at);
        }
        _ => {}
    }
    letters.into_iter().collect()
}
