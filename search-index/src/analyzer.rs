//! From text to terms. Stemming costs far more than a look-up, and a corpus has few distinct words: each word's term is remembered, and
//! so this is also what the lexicon is made of.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use crate::document::Document;
use crate::schema::Fields;
use crate::text::{
    Chunk, LONGEST, chunks, code_keys, compound_key, is_compound, is_stopword, lower, next_chunk, nfc, surface, term,
    title_term,
};
use crate::tokens::Packed;

/// Letters a code may have at most, joined.
const MOST_KEY: usize = 8 * LONGEST + 8;

/// What is known of a word as written.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// What it is looked up by.
    pub(crate) surface: Box<str>,
    /// Its term; none for a stopword.
    pub(crate) term: Option<Box<str>>,
    /// How often it was met.
    pub(crate) count: u32,
}

/// The words that one thread has met.
#[derive(Debug, Default)]
pub struct Words {
    /// Those of up to 16 bytes, which nearly all are, by their bytes: two numbers are hashed and compared where they lie.
    short: FxHashMap<(u64, u64), Known>,
    long: FxHashMap<Box<str>, Known>,
}

/// The bytes of a short word; a letter is no zero byte, so what is filled up is not another word. Those of both ends are read at once,
/// and may overlap: bytes copied one by one to where 16 are read then make the processor wait (a fifth of the look-up).
#[inline]
fn short(word: &str) -> Option<(u64, u64)> {
    let bytes = word.as_bytes();
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= 16)?;
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let rest = u64::from_le_bytes(*last).checked_shr(8 * (16 - length));
        return Some((u64::from_le_bytes(*first), rest.unwrap_or_default()));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return Some((
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4)),
            0,
        ));
    }
    Some((bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)), 0))
}

impl Words {
    /// A document as Tantivy takes it.
    pub(crate) fn pack(&mut self, document: &Document, fields: &Fields) -> Packed {
        let mut packed = Packed::of(document.sections.iter().map(|s| s.text.len()).sum());
        let [title, codes, headings, body] = fields.text;
        self.text(&document.title, title, &mut packed);
        for code in document.codes.iter().chain(&document.date).chain([&document.kind]) {
            self.code(nfc(code).trim_start_matches('='), &mut packed);
            packed.end(codes);
        }
        for name in names(document) {
            // It is no word of the lexicon.
            packed.term(0, &name);
            packed.end(codes);
        }
        self.text(&document.label, body, &mut packed);
        for section in &document.sections {
            self.text(&section.heading, headings, &mut packed);
            self.text(&section.text, body, &mut packed);
        }
        for (facet, value) in &document.facets {
            packed.whole(fields.facet, &[&facet.to_string(), "=", value]);
        }
        packed
    }

    /// All words.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Known> {
        self.short.values().chain(self.long.values())
    }

    fn word(&mut self, place: usize, word: &str, packed: &mut Packed) {
        let key = short(word);
        let known = match key {
            Some(key) => self.short.get_mut(&key),
            None => self.long.get_mut(word),
        };
        if let Some(known) = known {
            known.count = known.count.saturating_add(1);
            if let Some(term) = &known.term {
                packed.term(place, term);
            }
        } else if word.len() <= LONGEST || word.chars().count() <= MOST_KEY {
            let low = lower(word);
            let term: Option<Box<str>> = (!is_stopword(&low)).then(|| term(&low).into());
            if let Some(term) = &term {
                packed.term(place, term);
            }
            let known = Known { surface: surface(&low).into(), term, count: 1 };
            match key {
                Some(key) => self.short.insert(key, known),
                None => self.long.insert(word.into(), known),
            };
        }
    }

    fn text(&mut self, text: &str, field: Field, packed: &mut Packed) {
        let mut place = 0;
        let mut chunk = Chunk::default();
        while next_chunk(text, chunk.end, &mut chunk) {
            if is_compound(&chunk.parts) {
                self.word(place, &compound_key(&chunk.parts), packed);
            }
            for part in &chunk.parts {
                self.part(place, part, packed);
                place += 1;
            }
        }
        packed.end(field);
    }

    fn part(&mut self, place: usize, part: &str, packed: &mut Packed) {
        if part.len() <= LONGEST || part.chars().count() <= LONGEST {
            self.word(place, part, packed);
        }
    }

    fn code(&mut self, text: &str, packed: &mut Packed) {
        let mut place = 0;
        for chunk in chunks(text) {
            let keys = code_keys(&chunk.parts);
            let mut keys = keys.iter().peekable();
            for (at, part) in chunk.parts.iter().enumerate() {
                // In the order of their places: Tantivy writes nonsense, or panics, when those of a term go back.
                while let Some((_, key)) = keys.next_if(|(from, _)| *from <= at) {
                    self.word(place, key, packed);
                }
                self.part(place, part, packed);
                if let Some(number) = number_of(part) {
                    self.word(place, number, packed);
                }
                place += 1;
            }
        }
    }
}

/// The number that a part of a code ends in, after letters: `D4` is the dimension 4.
fn number_of(part: &str) -> Option<&str> {
    let number = part.trim_start_matches(char::is_alphabetic);
    (!number.is_empty() && number.len() < part.len() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::unpacked;

    fn tokens(text: &str, codes: bool) -> String {
        let (mut words, mut packed) = (Words::default(), Packed::default());
        if codes {
            words.code(text, &mut packed)
        } else {
            words.text(text, Field::from_field_id(0), &mut packed)
        }
        let tokens = unpacked(&packed).into_iter().map(|(term, place)| format!("{term}@{place}"));
        tokens.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn short_words_are_their_bytes() {
        for length in 0..=20 {
            let word = "abcdefghijklmnñopqrs".get(..length);
            let filled = word.filter(|word| word.len() <= 16).map(|word| format!("{word:\0<16}"));
            let number = filled.map(|filled| u128::from_le_bytes(filled.as_bytes()[..16].try_into().unwrap()));
            assert_eq!(word.and_then(short), number.map(|number| (number as u64, (number >> 64) as u64)), "{word:?}");
        }
    }

    #[test]
    fn text_keeps_positions_past_stopwords() {
        assert_eq!(tokens("La contratación de los años", false), "contrat@1 años@4");
    }

    #[test]
    fn compounds_stand_where_their_first_part_does() {
        assert_eq!(tokens("acta DEP-OD-001 fin", false), "acta@0 dep-od-1@1 dep@1 od@2 1@3 fin@4");
        assert_eq!(tokens("D4", true), "d4@0 4@0");
        assert_eq!(tokens("OD-001", true), "od-1@0 od001@0 od1@0 od@0 1@1");
    }

    #[test]
    fn places_of_a_code_never_go_back() {
        let code = format!("A1-{0}-B-{0} 12.1.2 DEP-OD-001-2", "x".repeat(10_000));
        let tokens = tokens(&code, true);
        let places: Vec<usize> =
            tokens.split(' ').map(|token| token.rsplit('@').next().unwrap().parse().unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn very_long_words_are_passed_over() {
        assert_eq!(tokens(&format!("a1 {} b2", "x".repeat(10_000)), false), "a1@0 b2@2");
    }
}
