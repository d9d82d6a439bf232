//! Postings shards and, apart, the positions that only phrases read.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::coder::{Encoder, NUM, STR};
use crate::document::Error;
use crate::export::files::Files;
use crate::export::list::{aim, cut, list};
use crate::lexicon::order;
use crate::schema::{FIELDS, Fields};
use crate::script::digit;

/// Contexts of a field that hang on how common the term is.
const SIZES: usize = 20;
/// Number contexts of postings: count, shared, then df, gap and tf of each field.
const NUMS: usize = 2 + FIELDS * (1 + 2 * SIZES);
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
    let of_field = 2 + field * (1 + 2 * SIZES);
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

/// Puts out a shard of postings and its shard of positions.
fn encode(terms: &[(&str, &[Entry])], columns: &[Column], files: &Files<'_>) -> Result<[u8; 8], Error> {
    let mut e = Encoder::new(SLOTS);
    let mut p = Encoder::new(POSITION_NUMS * NUM);
    e.num(0, terms.len() as u32);
    let mut previous: &[u8] = b"";
    for (term, entries) in terms {
        e.key(NUM, NUMS * NUM, previous, term.as_bytes());
        e.tree(NUMS * NUM + STR, 4, entries.iter().fold(0, |mask, entry| mask | 1 << entry.field));
        for entry in *entries {
            if let Some(column) = columns.get(entry.field) {
                write(entry.field, column, &entry.info, &mut e, &mut p)?;
            }
        }
        previous = term.as_bytes();
    }
    let at = files.shard('q', &p.finish())?;
    at.iter().for_each(|letter| e.raw(digit(*letter), 5));
    files.shard('p', &e.finish())
}

/// Puts out the postings of a segment.
pub(crate) fn shards(segment: &SegmentReader, fields: &Fields, files: &Files<'_>) -> Result<Exported, Error> {
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
    let shard = |r: &Range<usize>| encode(terms.get(r.clone()).unwrap_or_default(), &columns, files);
    let hashes: Vec<[u8; 8]> = cuts.par_iter().map(shard).collect::<Result<_, _>>()?;
    let term = |i: usize| terms.get(i).map_or("", |(term, _)| *term);
    let listed = |(r, hash): (&Range<usize>, &[u8; 8])| (r.start.checked_sub(1).map_or("", term), term(r.start), *hash);
    let listed: Vec<_> = cuts.iter().zip(&hashes).map(listed).collect();
    let mut tokens = [0; FIELDS];
    for (total, column) in tokens.iter_mut().zip(&columns) {
        *total = column.index.total_num_tokens();
    }
    let frequencies = entries.iter().map(|entry| entry.info.doc_freq).collect();
    Ok(Exported { list: list(&listed), frequencies, tokens })
}
