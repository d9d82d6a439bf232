//! Facet columns: for each facet its values, and which of them each document has.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use crate::coder::{Encoder, NO_TEXT, NUM};
use crate::document::Error;

/// The payload of a facet, read from the terms of its values: the values as JSON, a line break, the column.
pub(crate) fn column(facet: usize, field: Field, segment: Option<&SegmentReader>) -> Result<String, Error> {
    let mut values: Vec<String> = Vec::new();
    let mut owned: Vec<(u32, u32)> = Vec::new();
    if let Some(segment) = segment {
        let (start, end) = (format!("{facet}="), format!("{facet}>"));
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().range().ge(&start).lt(&end).into_stream()?;
        while let Some((key, info)) = stream.next() {
            let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                owned.push((postings.doc(), values.len() as u32));
                postings.advance();
            }
            values.push(String::from_utf8_lossy(key.get(start.len()..).unwrap_or_default()).into_owned());
        }
    }
    owned.sort_unstable();
    let width = usize::BITS - values.len().leading_zeros();
    let mut e = Encoder::new(NUM + 1 + (1 << width), NO_TEXT);
    let (mut rest, mut previous) = (owned.as_slice(), 0);
    for document in 0..segment.map_or(0, SegmentReader::max_doc) {
        let (own, more) = rest.split_at(rest.partition_point(|(of, _)| *of == document));
        rest = more;
        e.num(0, own.len() as u32);
        for (_, id) in own {
            e.bit(NUM, *id == previous);
            if *id != previous {
                e.tree(NUM + 1, width, *id);
            }
            previous = *id;
        }
    }
    Ok(format!("{}\n{}", serde_json::to_string(&values)?, e.finish()))
}
