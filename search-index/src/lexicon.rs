//! The ordered list of words that occur, each with the terms it stands for.

use std::cmp::Ordering;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::analyzer::Words;
use crate::text::other_number;

/// A word as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Word {
    /// Folded surface form.
    pub(crate) word: String,
    /// The terms it stands for, in order.
    pub(crate) terms: Vec<String>,
    /// Bits of the number of times it occurs: enough to rank suggestions, and seldom changing.
    pub(crate) class: u32,
}

/// All words in order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lexicon(pub(crate) Vec<Word>);

/// The order of JavaScript's `<`, so that both sides search alike: that of the bytes, but for letters beyond U+FFFF, which
/// come before U+E000.
pub(crate) fn order(a: &str, b: &str) -> Ordering {
    match a.bytes().zip(b.bytes()).find(|(x, y)| x != y) {
        None => a.len().cmp(&b.len()),
        Some((0xEE | 0xEF, 0xF0..)) => Ordering::Greater,
        Some((0xF0.., 0xEE | 0xEF)) => Ordering::Less,
        Some((x, y)) => x.cmp(&y),
    }
}

impl Lexicon {
    /// The lexicon of the words that the threads met.
    pub(crate) fn new(words: &[Words]) -> Self {
        let known = words.iter().flat_map(Words::all);
        let mut met: Vec<(&str, &str, u32)> =
            known.filter_map(|k| Some((k.surface.as_ref(), k.term.as_deref()?, k.count))).collect();
        met.par_sort_unstable_by(|a, b| order(a.0, b.0).then_with(|| a.1.cmp(b.1)));
        let same = met.chunk_by(|a, b| a.0 == b.0);
        let word = |same: &[(&str, &str, u32)]| {
            let mut terms: Vec<String> = same.iter().map(|(_, term, _)| (*term).to_owned()).collect();
            terms.dedup();
            let count = same.iter().fold(0u32, |sum, (_, _, count)| sum.saturating_add(*count));
            let word = same.first().map(|(word, ..)| (*word).to_owned()).unwrap_or_default();
            Word { word, terms, class: u32::BITS - count.leading_zeros() }
        };
        let mut lexicon = Self(same.map(word).collect());
        lexicon.join_numbers();
        lexicon
    }

    /// Lets singular and plural answer for each other where both occur and their stems differ.
    fn join_numbers(&mut self) {
        let others = |w: &Word| {
            let forms = other_number(&w.word);
            let others = forms.iter().filter_map(|f| self.get(f)).flat_map(|o| o.terms.iter().cloned());
            others.filter(|t| !w.terms.contains(t)).collect()
        };
        let more: Vec<Vec<String>> = self.0.par_iter().map(others).collect();
        for (word, terms) in self.0.iter_mut().zip(more) {
            word.terms.extend(terms);
            word.terms.sort();
            word.terms.dedup();
        }
    }

    /// The word itself.
    pub(crate) fn get(&self, word: &str) -> Option<&Word> {
        self.0.binary_search_by(|w| order(&w.word, word)).ok().and_then(|i| self.0.get(i))
    }

    /// The words that begin so.
    pub(crate) fn starting(&self, prefix: &str) -> &[Word] {
        let from = self.0.partition_point(|w| order(&w.word, prefix).is_lt());
        let tail = self.0.get(from..).unwrap_or_default();
        tail.get(..tail.partition_point(|w| w.word.starts_with(prefix))).unwrap_or_default()
    }
}

/// Whether two words are within `most` edits (a swap of neighbours is one), and how many.
pub(crate) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let of = |v: &[usize], k: usize| v.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut best = (of(&last, j) + usize::from(x != y)).min(of(&last, j + 1) + 1).min(of(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(of(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().all(|d| *d > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_utf_16(a in "[ab\u{e9}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{1f600}]{0,4}", b in "[ab\u{e9}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{1f600}]{0,4}") {
            prop_assert_eq!(order(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
        }
    }

    #[test]
    fn edits_are_counted() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(d("tranparencia", "transparencia"), Some(1));
        assert_eq!(d("contratacoin", "contratacion"), Some(1));
        assert_eq!(d("acta", "acta"), Some(0));
        assert_eq!(d("acta", "plan"), None);
        assert_eq!(d("ab", "abcd"), Some(2));
    }

    #[test]
    fn words_are_found_by_prefix() {
        let word = |w: &str| Word { word: w.into(), terms: vec![w.into()], class: 1 };
        let lexicon = Lexicon(["acta", "acuerdo", "plan", "ñame"].map(word).to_vec());
        assert_eq!(lexicon.starting("ac").len(), 2);
        assert_eq!(lexicon.starting("ñ").len(), 1);
        assert_eq!(lexicon.starting("x").len(), 0);
        assert!(lexicon.get("plan").is_some() && lexicon.get("pla").is_none());
    }
}
