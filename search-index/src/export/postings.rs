//! Postings shards and, apart, the positions that only phrases read.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::coder::{Encoder, NUM, STR};
use crate::document::Error;
use crate::export::list::{aim, cut, list};
use crate::export::script::{File, digit, shard};
use crate::lexicon::order;
use crate::schema::{FIELDS, Fields};

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

struct Entry {
    term: String,
    infos: [Option<TermInfo>; FIELDS],
}

/// The postings of a segment, ready to publish.
pub(crate) struct Exported {
    /// List of the shards for the manifest.
    pub(crate) list: String,
    /// Postings and positions.
    pub(crate) files: Vec<File>,
    /// Every document frequency that occurs.
    pub(crate) frequencies: BTreeSet<u32>,
    /// Tokens of each field.
    pub(crate) tokens: [u64; FIELDS],
}

fn bits(n: u32) -> usize {
    (u32::BITS - n.leading_zeros()) as usize
}

fn entries(columns: &[Column]) -> Result<Vec<Entry>, Error> {
    let mut all: Vec<(String, usize, TermInfo)> = Vec::new();
    for (field, column) in columns.iter().enumerate() {
        let mut stream = column.index.terms().stream()?;
        while let Some((key, info)) = stream.next() {
            all.push((String::from_utf8_lossy(key).into_owned(), field, info.clone()));
        }
    }
    all.sort_by(|a, b| order(&a.0, &b.0).then(a.1.cmp(&b.1)));
    let mut out: Vec<Entry> = Vec::new();
    for (term, field, info) in all {
        if out.last().is_none_or(|e| e.term != term) {
            out.push(Entry { term, infos: Default::default() });
        }
        if let Some(slot) = out.last_mut().and_then(|e| e.infos.get_mut(field)) {
            *slot = Some(info);
        }
    }
    Ok(out)
}

/// Bytes of an entry, about: what Tantivy packs it into, its norms, and what a long name takes.
fn weight(entry: &Entry) -> usize {
    let key = if entry.term.contains('=') { entry.term.len() / 2 } else { 4 };
    entry.infos.iter().flatten().map(|i| i.postings_range.len() + i.doc_freq as usize / 2).sum::<usize>() + key
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

/// One shard of postings and its shard of positions.
fn encode(entries: &[Entry], columns: &[Column]) -> Result<([u8; 8], [File; 2]), Error> {
    let mut e = Encoder::new(SLOTS);
    let mut p = Encoder::new(POSITION_NUMS * NUM);
    e.num(0, entries.len() as u32);
    let mut previous: &[u8] = b"";
    for entry in entries {
        e.key(NUM, NUMS * NUM, previous, entry.term.as_bytes());
        let mask = entry.infos.iter().rev().fold(0, |m, i| m << 1 | u32::from(i.is_some()));
        e.tree(NUMS * NUM + STR, 4, mask);
        for (field, (info, column)) in entry.infos.iter().zip(columns).enumerate() {
            if let Some(info) = info {
                write(field, column, info, &mut e, &mut p)?;
            }
        }
        previous = entry.term.as_bytes();
    }
    let (at, positions) = shard('q', &p.finish());
    at.iter().for_each(|letter| e.raw(digit(*letter), 5));
    let (hash, postings) = shard('p', &e.finish());
    Ok((hash, [postings, positions]))
}

/// Reads a segment into shards.
pub(crate) fn shards(segment: &SegmentReader, fields: &Fields) -> Result<Exported, Error> {
    let mut columns = Vec::new();
    for field in fields.text {
        let norms = segment.get_fieldnorms_reader(field)?;
        columns.push(Column { index: segment.inverted_index(field)?, norms });
    }
    let entries = entries(&columns)?;
    let sizes: Vec<(&str, usize)> = entries.iter().map(|e| (e.term.as_str(), weight(e))).collect();
    let cuts = cut(&sizes, aim(sizes.iter().map(|(_, n)| n).sum(), 1_500));
    let made: Vec<([u8; 8], [File; 2])> = cuts
        .par_iter()
        .map(|r| encode(entries.get(r.clone()).unwrap_or_default(), &columns))
        .collect::<Result<_, _>>()?;
    let term = |i: usize| entries.get(i).map_or("", |e| e.term.as_str());
    let listed: Vec<_> = cuts
        .iter()
        .zip(&made)
        .map(|(r, (hash, _))| (r.start.checked_sub(1).map_or("", term), term(r.start), *hash))
        .collect();
    let mut tokens = [0; FIELDS];
    for (total, column) in tokens.iter_mut().zip(&columns) {
        *total = column.index.total_num_tokens();
    }
    Ok(Exported {
        list: list(&listed),
        frequencies: entries.iter().flat_map(|e| e.infos.iter().flatten()).map(|i| i.doc_freq).collect(),
        files: made.into_iter().flat_map(|(_, files)| files).collect(),
        tokens,
    })
}
