//! The ordered list of words that occur, each with the terms it stands for.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::analyzer::Words;
use crate::text::{LONGEST, lower, nfc, other_number, surface, term};

/// Terms that a word is said for: a reader reads the postings of each.
const MOST_SAID: usize = 4;

/// Begins the terms of what a word is said for; no other begins so.
pub(crate) const SAID: char = '=';

/// A word as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Word {
    /// Folded surface form.
    pub(crate) word: String,
    /// The terms it stands for, in order; those after [`SAID`] are of other words, which people say it for.
    pub(crate) terms: Vec<String>,
    /// Bits of the number of times it occurs: enough to rank suggestions, and seldom changing.
    pub(crate) class: u32,
}

impl Word {
    /// The terms of the word itself.
    pub(crate) fn own(&self) -> impl Iterator<Item = &String> {
        self.terms.iter().filter(|term| !term.starts_with(SAID))
    }
}

/// Numbers that are written in two ways, of a law's title or a system's second version. A numeral of one letter may be that letter.
const NUMERALS: [(&str, &str); 17] = [
    ("2", "ii"),
    ("3", "iii"),
    ("4", "iv"),
    ("6", "vi"),
    ("7", "vii"),
    ("8", "viii"),
    ("9", "ix"),
    ("11", "xi"),
    ("12", "xii"),
    ("13", "xiii"),
    ("14", "xiv"),
    ("15", "xv"),
    ("16", "xvi"),
    ("17", "xvii"),
    ("18", "xviii"),
    ("19", "xix"),
    ("20", "xx"),
];

/// A number as it is also written: `2` is `ii`, and `ii` is `2`.
fn other_numeral(word: &str) -> Option<&'static str> {
    let mut both = NUMERALS.iter().flat_map(|(number, numeral)| [(number, numeral), (numeral, number)]);
    both.find_map(|(one, other)| (word == *one).then_some(*other))
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
    /// The lexicon of the words that the threads met, and of those that people say for some of them.
    pub(crate) fn new(words: &[Words], spoken: &[(String, Vec<String>)]) -> Self {
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
        lexicon.join_spoken(spoken);
        lexicon
    }

    /// Lets a word that people say answer with the terms of the words that occur for it, besides its own. One that occurs nowhere
    /// becomes a word of the lexicon.
    fn join_spoken(&mut self, spoken: &[(String, Vec<String>)]) {
        let written = |word: &str| {
            let form = surface(&lower(&nfc(word)));
            self.get(&form).or_else(|| other_number(&form).iter().find_map(|other| self.get(other)))
        };
        let known: FxHashSet<&str> = self.0.iter().flat_map(|word| &word.terms).map(String::as_str).collect();
        let mut more: Vec<Word> = Vec::new();
        for (word, others) in spoken {
            let terms = others.iter().filter_map(|other| written(other)).flat_map(|word| &word.terms);
            let mut said: Vec<String> = Vec::new();
            for term in terms.map(|term| format!("{SAID}{term}")) {
                if said.len() < MOST_SAID && !said.contains(&term) {
                    said.push(term);
                }
            }
            let low = lower(&nfc(word));
            let form = surface(&low);
            // As of what is indexed: a reader has room for no more.
            if form.chars().count() > LONGEST {
                continue;
            }
            let plural = other_number(&form).into_iter().filter(|_| !form.ends_with('s'));
            for form in std::iter::once(form.clone()).chain(plural).filter(|_| !said.is_empty()) {
                // Whoever occurs, or has a number or a stem that does, still stands for that.
                let stem = Some(term(&low)).filter(|stem| known.contains(stem.as_str()));
                let own = written(&form).map_or_else(|| stem.into_iter().collect(), |word| word.terms.clone());
                let mut terms: Vec<String> = said.iter().cloned().chain(own).collect();
                terms.sort();
                more.push(Word { word: form, terms, class: 0 });
            }
        }
        self.0.extend(more);
        self.0.sort_by(|a, b| order(&a.word, &b.word));
        // Of a word that occurs, and what it is said for, the first is the one that was met.
        self.0.dedup_by(|more, word| {
            let same = more.word == word.word;
            if same {
                word.terms.append(&mut more.terms);
                word.terms.sort();
                word.terms.dedup();
                let mut said = 0;
                word.terms.retain(|term| {
                    said += usize::from(term.starts_with(SAID));
                    said <= MOST_SAID || !term.starts_with(SAID)
                });
            }
            same
        });
    }

    /// Lets singular and plural answer for each other where both occur and their stems differ, and so a number and its Roman numeral.
    fn join_numbers(&mut self) {
        let others = |w: &Word| {
            let forms = other_number(&w.word);
            let forms = forms.iter().map(String::as_str).chain(other_numeral(&w.word));
            let others = forms.filter_map(|f| self.get(f)).flat_map(|o| o.terms.iter().cloned());
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
    fn what_people_say_stands_for_what_is_written() {
        let word = |w: &str| Word { word: surface(w), terms: vec![term(w)], class: 3 };
        let mut lexicon = Lexicon(["acta", "colegiatura", "educación", "escuela", "hacienda"].map(word).to_vec());
        let spoken = [
            ("escuela", "educación"),
            ("papel", "acta"),
            ("colegiaturas", "hacienda"),
            ("plata", "presupuesto"),
            ("luz", "educación"),
            ("colegio", "educación"),
        ];
        lexicon.join_spoken(&spoken.map(|(said, written)| (said.to_owned(), vec![written.to_owned()])));
        let shown = lexicon.0.iter().map(|w| format!("{}:{}:{}", w.word, w.terms.join(","), w.class));
        let expected = "acta:acta:3 colegiatura:colegiatur:3 colegiaturas:=haciend,colegiatur:0 colegio:=educ:0 \
            colegios:=educ:0 educacion:educ:3 escuela:=educ,escuel:3 escuelas:=educ,escuel:0 hacienda:haciend:3 luces:=educ:0 \
            luz:=educ:0 papel:=acta:0 papeles:=acta:0";
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
        assert_eq!(lexicon.get("escuela").map(|w| w.own().cloned().collect()), Some(vec!["escuel".to_owned()]));
    }

    #[test]
    fn a_word_is_said_for_a_few_however_it_is_spelt() {
        let word = |w: &str| Word { word: w.into(), terms: vec![w.into()], class: 3 };
        let mut lexicon = Lexicon(["a1", "b2", "c3", "d4", "e5", "f6"].map(word).to_vec());
        let spoken = [("Ladron", ["a1", "b2", "c3"]), ("ladrón", ["d4", "e5", "f6"])];
        lexicon.join_spoken(&spoken.map(|(said, written)| (said.to_owned(), written.map(str::to_owned).to_vec())));
        assert_eq!(
            lexicon.get("ladron").map(|w| w.terms.clone()),
            Some(["=a1", "=b2", "=c3", "=d4"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn nobody_says_a_word_that_is_too_long() {
        let mut lexicon = Lexicon(vec![Word { word: "acta".into(), terms: vec!["acta".into()], class: 3 }]);
        let spoken = [64, 65, 20_000].map(|letters| ("ñ".repeat(letters), vec!["acta".to_owned()]));
        lexicon.join_spoken(&spoken);
        let longest = lexicon.0.iter().map(|word| word.word.chars().count()).max();
        // The plural of the longest that is one.
        assert_eq!(longest, Some(66));
    }

    #[test]
    fn numbers_and_numerals_answer_for_each_other() {
        let word = |w: &str| Word { word: w.into(), terms: vec![term(w)], class: 3 };
        let mut lexicon = Lexicon(["1", "2", "3", "i", "ii", "x"].map(word).to_vec());
        lexicon.join_numbers();
        let shown: Vec<String> = lexicon.0.iter().map(|w| format!("{}:{}", w.word, w.terms.join(","))).collect();
        assert_eq!(shown.join(" "), "1:1 2:2,ii 3:3 i:i ii:2,ii x:x");
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
