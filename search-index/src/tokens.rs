//! Tokens on their way to Tantivy. It has one thread that indexes, so words become terms in the threads that have the text, and what
//! it is given as text is terms by then: cutting them apart again takes it no look-up and no memory of its own.

use tantivy::Document;
use tantivy::schema::Field;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Bytes below this are steps; no term holds one, for they are neither letters nor numbers.
const STEPS: u8 = 0x20;
/// The step to the place of the term before; lower ones go back.
const HERE: usize = 8;
/// A step of [`FAR_PLACES`] to no term.
const FAR: u8 = STEPS - 1;
const FAR_PLACES: usize = FAR as usize - 1 - HERE;

/// A document as Tantivy takes it: before each term, in one byte, the places since the term before.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    text: String,
    /// Field of each value, and where in `text` it ends.
    values: Vec<(Field, usize)>,
    /// Place of the last term of the value.
    place: usize,
}

impl Packed {
    /// Of a document of about so many bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// A term of the value that is being packed; places begin at 0.
    pub(crate) fn term(&mut self, place: usize, term: &str) {
        while place > self.place + FAR_PLACES {
            self.text.push(char::from(FAR));
            self.place += FAR_PLACES;
        }
        self.text.push(char::from((place + HERE).saturating_sub(self.place) as u8));
        self.text.push_str(term);
        self.place = place;
    }

    /// Ends the value: it is of that field.
    pub(crate) fn end(&mut self, field: Field) {
        self.values.push((field, self.text.len()));
        self.place = 0;
    }

    /// A value that is no text, as it is.
    pub(crate) fn whole(&mut self, field: Field, parts: &[&str]) {
        self.text.extend(parts.iter().copied());
        self.end(field);
    }
}

impl Document for Packed {
    type Value<'a> = &'a str;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, &'a str)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let mut start = 0;
        let value = |(field, end): &(Field, usize)| {
            let from = std::mem::replace(&mut start, *end);
            (*field, self.text.get(from..*end).unwrap_or_default())
        };
        self.values.iter().map(value).collect::<Vec<_>>().into_iter()
    }
}

/// Tantivy's tokenizer of what was packed.
#[derive(Clone)]
pub(crate) struct Unpacker;

impl Tokenizer for Unpacker {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text, token: Token { position: 0, ..Token::default() } }
    }
}

/// The tokens of one value.
pub(crate) struct Stream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(step) = self.rest.bytes().next() {
            let rest = self.rest.get(1..).unwrap_or_default();
            if step == FAR {
                self.token.position += FAR_PLACES;
                self.rest = rest;
                continue;
            }
            let end = rest.bytes().position(|byte| byte < STEPS).unwrap_or(rest.len());
            let (term, rest) = rest.split_at(end);
            self.rest = rest;
            self.token.position = (self.token.position + usize::from(step)).saturating_sub(HERE);
            self.token.text.clear();
            self.token.text.push_str(term);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The tokens of a document of one value, to look at.
#[cfg(test)]
pub(crate) fn unpacked(packed: &Packed) -> Vec<(String, usize)> {
    let mut unpacker = Unpacker;
    let (mut tokens, mut out) = (unpacker.token_stream(&packed.text), Vec::new());
    while tokens.advance() {
        out.push((tokens.token().text.clone(), tokens.token().position));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(terms in prop::collection::vec(("[a-zñ0-9=-]{0,9}", 0usize..200, 0usize..7), 0..40)) {
            let (mut packed, mut place, mut expected) = (Packed::default(), 0usize, Vec::new());
            for (term, on, back) in terms {
                place = (place + on).saturating_sub(back);
                packed.term(place, &term);
                expected.push((term, place));
            }
            prop_assert_eq!(unpacked(&packed), expected);
        }
    }
}
