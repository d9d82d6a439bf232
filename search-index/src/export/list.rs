//! Ordered shards: where to cut them, and the list that finds one by key.

use crate::coder::{Encoder, NUM, STR, shared_prefix};
use crate::script::digit;

/// Bytes a shard aims at: a query reads two or three of them and the whole list of them, so the aim grows with the
/// root of what there is.
pub(crate) fn aim(total: usize, least: usize) -> usize {
    ((total * 12) as f64).sqrt().max(least as f64) as usize
}

/// Cuts a list of (key, bytes) into ranges. A cut hangs on the key, so that a change moves no cut but those near it.
pub(crate) fn cut(items: &[(&str, usize)], aim: usize) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let (mut from, mut held) = (0, 0);
    for (i, (key, bytes)) in items.iter().enumerate() {
        let big = *bytes > aim / 2;
        let full = held + bytes > aim * 3 / 2;
        let chosen = held > aim / 2 && falls(key, *bytes, aim / 2);
        if i > from && (big || full || chosen) {
            out.push(from..i);
            (from, held) = (i, 0);
        }
        held += bytes;
        if big {
            out.push(from..i + 1);
            (from, held) = (i + 1, 0);
        }
    }
    if from < items.len() {
        out.push(from..items.len());
    }
    out
}

fn falls(key: &str, bytes: usize, aim: usize) -> bool {
    let hash = blake3::hash(key.as_bytes());
    let draw = hash.as_bytes().iter().take(4).fold(0u64, |n, b| n << 8 | u64::from(*b));
    draw * (aim as u64) < (bytes as u64) << 32
}

/// The shortest beginning of `key` that comes after `before`: up to the first letter that differs.
fn shortest<'a>(before: &str, key: &'a str) -> &'a str {
    let shared = shared_prefix(before.as_bytes(), key.as_bytes());
    key.get(..key.ceil_char_boundary(shared + 1)).unwrap_or(key)
}

/// The list of shards, each as (last key of the one before, its own first key, its hash).
pub(crate) fn list(shards: &[(&str, &str, [u8; 8])]) -> String {
    let mut e = Encoder::new(2 * NUM + STR, 2 * NUM);
    e.num(0, shards.len() as u32);
    let mut previous = "";
    for (before, first, hash) in shards {
        let key = shortest(before, first);
        e.key(NUM, previous.as_bytes(), key.as_bytes());
        hash.iter().for_each(|letter| e.raw(digit(*letter), 5));
        previous = key;
    }
    e.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_cover_everything_and_stay_where_they_were() {
        let keys: Vec<String> = (0..2000).map(|i| format!("k{i:05}")).collect();
        let all: Vec<(&str, usize)> = keys.iter().map(|k| (k.as_str(), 10 + k.len() % 3)).collect();
        let whole = cut(&all, 600);
        assert_eq!(whole.iter().map(ExactSizeIterator::len).sum::<usize>(), 2000);
        assert!(whole.len() > 20 && whole.len() < 80, "{}", whole.len());
        let starts = |list: &[(&str, usize)]| -> Vec<String> {
            cut(list, 600).iter().map(|r| list[r.start].0.to_owned()).collect()
        };
        let mut less = all.clone();
        less.remove(700);
        let (a, b) = (starts(&all), starts(&less));
        let moved = a.iter().filter(|s| !b.contains(s)).count();
        assert!(moved < 8, "{moved} of {} cuts moved", a.len());
    }

    #[test]
    fn a_big_item_stands_alone() {
        assert_eq!(cut(&[("a", 10), ("b", 900), ("c", 10)], 600), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn separators_are_short() {
        assert_eq!(shortest("contador", "contrato"), "contr");
        assert_eq!(shortest("", "x"), "x");
        assert_eq!(shortest("año", "añó"), "añó");
        assert_eq!(shortest("acta", "actañ"), "actañ");
    }
}
