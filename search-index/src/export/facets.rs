//! Facet columns: for each facet its values, and which of them each document has.

use std::collections::BTreeSet;

use crate::coder::{Encoder, NUM};
use crate::export::script::{File, shard};

/// The shard of a facet: the values as JSON, a line break, the column.
pub(crate) fn column(facet: usize, documents: &[Vec<(usize, String)>]) -> Result<([u8; 8], File), serde_json::Error> {
    let of = |d: &'_ [(usize, String)]| -> BTreeSet<String> {
        d.iter().filter(|(f, _)| *f == facet).map(|(_, v)| v.clone()).collect()
    };
    let values: Vec<String> = documents.iter().flat_map(|d| of(d)).collect::<BTreeSet<_>>().into_iter().collect();
    let width = usize::BITS - values.len().leading_zeros();
    let mut e = Encoder::new(NUM + 1 + (1 << width));
    let mut previous = 0;
    for document in documents {
        let own = of(document);
        e.num(0, own.len() as u32);
        for value in own {
            let id = values.binary_search(&value).unwrap_or_default() as u32;
            e.bit(NUM, id == previous);
            if id != previous {
                e.tree(NUM + 1, width, id);
            }
            previous = id;
        }
    }
    Ok(shard('c', &format!("{}\n{}", serde_json::to_string(&values)?, e.finish())))
}
