//! Tantivy's tokenizer of the index. It remembers each word's term, and so it is also what the lexicon is made of.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{
    Chunk, LONGEST, code_keys, compound_key, is_compound, is_stopword, lower, next_chunk, surface, term,
};

/// Letters a code may have at most, joined.
const MOST_KEY: usize = 8 * LONGEST + 8;

/// What is known of a word as written.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// What it is looked up by.
    pub(crate) surface: String,
    /// Its term; none for a stopword.
    pub(crate) term: Option<String>,
    /// How often it was met.
    pub(crate) count: u32,
}

/// Every word met so far, shared by the analyzers of an index.
pub(crate) type Words = Arc<Mutex<FxHashMap<String, Known>>>;

/// Tokenizer for text, or for codes when `codes` is set.
#[derive(Clone)]
pub(crate) struct Analyzer {
    words: Words,
    codes: bool,
    tokens: Tokens,
}

#[derive(Clone, Default)]
struct Tokens {
    text: String,
    /// Position and end in `text` of each token.
    spans: Vec<(usize, usize)>,
}

impl Analyzer {
    /// An analyzer that remembers into `words`.
    pub(crate) fn new(words: &Words, codes: bool) -> Self {
        Self { words: Arc::clone(words), codes, tokens: Tokens::default() }
    }
}

impl Tokens {
    fn push(&mut self, words: &mut FxHashMap<String, Known>, position: usize, word: &str) {
        if let Some(known) = words.get_mut(word) {
            known.count = known.count.saturating_add(1);
            if let Some(term) = &known.term {
                self.text.push_str(term);
                self.spans.push((position, self.text.len()));
            }
        } else if word.len() <= LONGEST || word.chars().count() <= MOST_KEY {
            let low = lower(word);
            let term = (!is_stopword(&low)).then(|| term(&low));
            words.insert(word.to_owned(), Known { surface: surface(&low), term, count: 0 });
            self.push(words, position, word);
        }
    }

    fn fill(&mut self, words: &mut FxHashMap<String, Known>, text: &str, codes: bool) {
        self.text.clear();
        self.spans.clear();
        if let Some(name) = text.strip_prefix('=').filter(|_| codes) {
            // The term of a whole title, made by the builder; it is no word of the lexicon.
            self.text.push_str(name);
            self.spans.push((0, name.len()));
            return;
        }
        let mut position = 0;
        let mut chunk = Chunk::default();
        while next_chunk(text, chunk.end, &mut chunk) {
            if codes {
                code_keys(&chunk.parts).iter().for_each(|(from, key)| self.push(words, position + from, key));
            } else if is_compound(&chunk.parts) {
                self.push(words, position, &compound_key(&chunk.parts));
            }
            for part in &chunk.parts {
                if part.len() <= LONGEST || part.chars().count() <= LONGEST {
                    self.push(words, position, part);
                }
                if codes && let Some(number) = number_of(part) {
                    self.push(words, position, number);
                }
                position += 1;
            }
        }
    }
}

/// The number that a part of a code ends in, after letters: `D4` is the dimension 4.
fn number_of(part: &str) -> Option<&str> {
    let number = part.trim_start_matches(char::is_alphabetic);
    (!number.is_empty() && number.len() < part.len() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        self.tokens.fill(&mut words, text, self.codes);
        Stream { tokens: &self.tokens, next: 0, start: 0, token: Token::default() }
    }
}

/// The tokens of one text.
pub(crate) struct Stream<'a> {
    tokens: &'a Tokens,
    next: usize,
    start: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(position, end)) = self.tokens.spans.get(self.next) else { return false };
        self.token.text.clear();
        self.token.text.push_str(self.tokens.text.get(self.start..end).unwrap_or_default());
        self.token.position = position;
        self.token.position_length = 1;
        (self.start, self.next) = (end, self.next + 1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, codes: bool) -> String {
        let mut analyzer = Analyzer::new(&Words::default(), codes);
        let mut stream = analyzer.token_stream(text);
        let mut out = Vec::new();
        while stream.advance() {
            out.push(format!("{}@{}", stream.token().text, stream.token().position));
        }
        out.join(" ")
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
    fn very_long_words_are_passed_over() {
        assert_eq!(tokens(&format!("a1 {} b2", "x".repeat(10_000)), false), "a1@0 b2@2");
    }
}
