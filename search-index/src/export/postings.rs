//! Postings shards and, apart, the positions that only phrases read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::coder::{Encoder, NO_TEXT, NUM, STR, shared_prefix};
use crate::document::Error;
use crate::export::files::Files;
use crate::export::list::{aim, cut, list};
use crate::lexicon::{Lexicon, Word, order};
use crate::schema::{FIELDS, Fields};
use crate::script::digit;

/// Contexts of a field that hang on how common the term is.
const SIZES: usize = 20;
/// Number contexts of postings before those of the fields: count, shared, words, cut, terms.
const BEFORE: usize = 5;
/// Number contexts of postings: those, then df, gap and tf of each field.
const NUMS: usize = BEFORE + FIELDS * (1 + 2 * SIZES);
/// Slots: numbers, text, the field mask, a tree of norms for each field.
const SLOTS: usize = NUMS * NUM + STR + 16 + FIELDS * 256;
/// Contexts of positions that hang on how often the term stands in the document.
const TIMES: usize = 8;
/// Number contexts of positions: first and gap of each field.
const POSITION_NUMS: usize = FIELDS * 2 * TIMES;

struct Column {
    index: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
}

/// A term in a field.
struct Entry {
    term: String,
    field: usize,
    info: TermInfo,
}

/// What the manifest tells of the postings.
#[derive(Default)]
pub(crate) struct Exported {
    /// List of the shards.
    pub(crate) list: String,
    /// Every document frequency that occurs.
    pub(crate) frequencies: BTreeSet<u32>,
    /// Tokens of each field.
    pub(crate) tokens: [u64; FIELDS],
}

fn bits(n: u32) -> usize {
    (u32::BITS - n.leading_zeros()) as usize
}

/// The terms of all fields, in order, and then by field.
fn entries(columns: &[Column]) -> Result<Vec<Entry>, Error> {
    let mut all = Vec::with_capacity(columns.iter().map(|column| column.index.terms().num_terms()).sum());
    for (field, column) in columns.iter().enumerate() {
        let mut stream = column.index.terms().stream()?;
        while let Some((key, info)) = stream.next() {
            all.push(Entry { term: String::from_utf8_lossy(key).into_owned(), field, info: info.clone() });
        }
    }
    all.sort_by(|a, b| order(&a.term, &b.term).then(a.field.cmp(&b.field)));
    Ok(all)
}

/// Bytes of a term, about: what Tantivy packs it into, its norms, and what a long name takes.
fn weight(term: &str, entries: &[Entry]) -> usize {
    let key = if term.contains('=') { term.len() / 2 } else { 4 };
    entries.iter().map(|e| e.info.postings_range.len() + e.info.doc_freq as usize / 2).sum::<usize>() + key
}

/// Writes the postings of a term in a field, and its positions apart.
fn write(field: usize, column: &Column, info: &TermInfo, e: &mut Encoder, p: &mut Encoder) -> Result<(), Error> {
    let mut postings = column.index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
    let size = bits(info.doc_freq).min(SIZES - 1);
    let of_field = BEFORE + field * (1 + 2 * SIZES);
    let gap = (of_field + 1 + size) * NUM;
    let tf = (of_field + 1 + SIZES + size) * NUM;
    let norm = NUMS * NUM + STR + 16 + field * 256;
    e.num(of_field * NUM, info.doc_freq);
    let mut next = 0;
    let mut places = Vec::new();
    while postings.doc() != TERMINATED {
        let doc = postings.doc();
        let times = postings.term_freq();
        e.num(gap, doc - next);
        e.num(tf, times - 1);
        e.tree(norm, 8, u32::from(column.norms.fieldnorm_id(doc)));
        next = doc + 1;
        postings.positions(&mut places);
        let kind = (field * TIMES + bits(times).min(TIMES - 1)) * 2;
        let mut previous = None;
        for place in &places {
            match previous {
                None => p.num(kind * NUM, *place),
                Some(before) => p.num((kind + 1) * NUM, place - before),
            }
            previous = Some(*place);
        }
        postings.advance();
    }
    Ok(())
}

/// Writes the words that stand for a term: who asks for one of them needs no lexicon.
fn write_words(term: &str, words: &[(&str, &Word)], e: &mut Encoder) {
    let key = term.as_bytes();
    let own = |e: &mut Encoder, text: &str| {
        let shared = shared_prefix(key, text.as_bytes());
        e.num(3 * NUM, (key.len() - shared) as u32);
        e.text(2, text.as_bytes().split_at(shared).1);
    };
    e.num(2 * NUM, words.len() as u32);
    for (_, word) in words {
        own(e, &word.word);
        let terms = if word.terms.len() > 1 { word.terms.as_slice() } else { &[] };
        e.num(4 * NUM, terms.len() as u32);
        terms.iter().for_each(|term| own(e, term));
    }
}

/// The words of each term, in the order of the terms.
fn words_by_term(lexicon: &Lexicon) -> Vec<(&str, &Word)> {
    let mut all: Vec<(&str, &Word)> =
        lexicon.0.iter().flat_map(|word| word.terms.iter().map(move |term| (term.as_str(), word))).collect();
    all.par_sort_by(|a, b| order(a.0, b.0));
    all
}

/// Puts out a shard of postings and its shard of positions.
fn encode(
    terms: &[(&str, &[Entry])],
    words: &[(&str, &Word)],
    columns: &[Column],
    files: &Files<'_>,
    (e, p): &mut (Encoder, Encoder),
) -> Result<[u8; 8], Error> {
    e.num(0, terms.len() as u32);
    let mut previous: &[u8] = b"";
    for (term, entries) in terms {
        e.key(NUM, previous, term.as_bytes());
        let from = words.partition_point(|(of, _)| order(of, term).is_lt());
        let own = words.get(from..).unwrap_or_default();
        let own = own.get(..own.partition_point(|(of, _)| of == term)).unwrap_or_default();
        write_words(term, own, e);
        e.tree(NUMS * NUM + STR, 4, entries.iter().fold(0, |mask, entry| mask | 1 << entry.field));
        for entry in *entries {
            if let Some(column) = columns.get(entry.field) {
                write(entry.field, column, &entry.info, e, p)?;
            }
        }
        previous = term.as_bytes();
    }
    let at = files.shard('q', &p.finish())?;
    at.iter().for_each(|letter| e.raw(digit(*letter), 5));
    files.shard('p', &e.finish())
}

/// Puts out the postings of a segment, and beside each term the words that stand for it.
pub(crate) fn shards(
    segment: &SegmentReader,
    fields: &Fields,
    lexicon: &Lexicon,
    files: &Files<'_>,
) -> Result<Exported, Error> {
    let mut columns = Vec::new();
    for field in fields.text {
        let norms = segment.get_fieldnorms_reader(field)?;
        columns.push(Column { index: segment.inverted_index(field)?, norms });
    }
    let entries = entries(&columns)?;
    let by_term = entries.chunk_by(|a, b| a.term == b.term);
    let terms: Vec<(&str, &[Entry])> = by_term.filter_map(|own| Some((own.first()?.term.as_str(), own))).collect();
    let sizes: Vec<(&str, usize)> = terms.iter().map(|(term, own)| (*term, weight(term, own))).collect();
    let cuts = cut(&sizes, aim(sizes.iter().map(|(_, n)| n).sum(), 1_500));
    let words = words_by_term(lexicon);
    let shard = |encoders: &mut (Encoder, Encoder), (i, r): (usize, &Range<usize>)| {
        encode(terms.get(r.clone()).unwrap_or_default(), &words, &columns, files, encoders).map(|hash| (i, hash))
    };
    let encoders = || (Encoder::new(SLOTS, NUMS * NUM), Encoder::new(POSITION_NUMS * NUM, NO_TEXT));
    // One after the other to who is free: a common word's shard takes as long as hundreds, and half of the list may hold them all.
    let made: Vec<_> = cuts.iter().enumerate().par_bridge().map_init(encoders, shard).collect::<Result<_, Error>>()?;
    let hashes: BTreeMap<usize, [u8; 8]> = made.into_iter().collect();
    let term = |i: usize| terms.get(i).map_or("", |(term, _)| *term);
    let listed = |(r, hash): (&Range<usize>, &[u8; 8])| (r.start.checked_sub(1).map_or("", term), term(r.start), *hash);
    let listed: Vec<_> = cuts.iter().zip(hashes.values()).map(listed).collect();
    let mut tokens = [0; FIELDS];
    for (total, column) in tokens.iter_mut().zip(&columns) {
        *total = column.index.total_num_tokens();
    }
    let frequencies = entries.iter().map(|entry| entry.info.doc_freq).collect();
    Ok(Exported { list: list(&listed), frequencies, tokens })
}
