//! Lexicon shards.

use rayon::prelude::*;

use crate::coder::{Encoder, NUM, STR, shared_prefix};
use crate::document::Error;
use crate::export::files::Files;
use crate::export::list::{aim, cut, list};
use crate::lexicon::{Lexicon, Word};

/// Number contexts: count, shared, class, terms, cut.
const NUMS: usize = 5;
/// Bytes a word takes, about.
const WORD: usize = 4;

fn encode(words: &[Word], e: &mut Encoder) -> String {
    e.num(0, words.len() as u32);
    let mut previous: &[u8] = b"";
    for word in words {
        let key = word.word.as_bytes();
        e.key(NUM, previous, key);
        e.num(2 * NUM, word.class);
        e.num(3 * NUM, word.terms.len() as u32);
        for term in &word.terms {
            let shared = shared_prefix(key, term.as_bytes());
            e.num(4 * NUM, (key.len() - shared) as u32);
            e.text(2, term.as_bytes().split_at(shared).1);
        }
        previous = key;
    }
    e.finish()
}

/// Puts out the shards of the lexicon, and gives their list for the manifest.
pub(crate) fn shards(lexicon: &Lexicon, files: &Files<'_>) -> Result<String, Error> {
    let words = lexicon.0.as_slice();
    let sizes: Vec<(&str, usize)> = words.iter().map(|w| (w.word.as_str(), WORD)).collect();
    let cuts = cut(&sizes, aim(words.len() * WORD, 2_000));
    let shard = |e: &mut Encoder, r: &std::ops::Range<usize>| {
        files.shard('l', &encode(words.get(r.clone()).unwrap_or_default(), e))
    };
    let encoder = || Encoder::new(NUMS * NUM + STR, NUMS * NUM);
    let hashes: Vec<[u8; 8]> = cuts.par_iter().map_init(encoder, shard).collect::<Result<_, _>>()?;
    let word = |i: usize| words.get(i).map_or("", |w| w.word.as_str());
    let listed = |(r, hash): (&std::ops::Range<usize>, &[u8; 8])| {
        (r.start.checked_sub(1).map_or("", word), word(r.start), *hash)
    };
    Ok(list(&cuts.iter().zip(&hashes).map(listed).collect::<Vec<_>>()))
}
