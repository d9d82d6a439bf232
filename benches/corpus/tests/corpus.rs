//! What every benchmark relies on: the same bytes everywhere, records that do not depend on how many there are, and the
//! shape of a natural language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use corpus::{Corpus, Kind, MIN_RECORDS, QueryKind, Record, SEED, queries, words};

fn tree(root: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap_or(&path).display().to_string(), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

fn written(records: u64, seed: u64) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let dir = tempfile::tempdir()?;
    let written = Corpus::new(seed).write(records, dir.path())?;
    let files = tree(dir.path())?;
    assert_eq!(written.files, files.len() as u64);
    assert_eq!(written.bytes, files.values().map(|bytes| bytes.len() as u64).sum::<u64>());
    Ok(files)
}

fn sample(records: u64) -> Vec<Record> {
    let corpus = Corpus::new(SEED);
    (0..records).map(|i| corpus.record(i)).collect()
}

#[test]
fn the_same_bytes_twice() {
    let once = written(MIN_RECORDS, SEED).unwrap();
    assert!(once == written(MIN_RECORDS, SEED).unwrap());
    assert!(once != written(MIN_RECORDS, SEED + 1).unwrap());
}

#[test]
fn a_larger_corpus_only_adds_files() {
    let (small, large) = (written(MIN_RECORDS, SEED).unwrap(), written(MIN_RECORDS + 53, SEED).unwrap());
    assert_eq!(large.len(), small.len() + 53);
    for (path, bytes) in &small {
        assert!(large.get(path) == Some(bytes), "{path}");
    }
}

/// FNV-1a of the first records. When it changes, all published figures are of another corpus: measure them again.
#[test]
fn the_bytes_are_the_published_ones() {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for record in sample(500) {
        for byte in record.path.bytes().chain(record.source.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!(format!("{hash:016x}"), "e433d69ad081ce2e");
}

#[test]
fn words_are_as_common_and_as_rare_as_in_a_language() {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut total = 0;
    for record in sample(1000) {
        for word in words(record.markdown()) {
            *counts.entry(word).or_default() += 1;
            total += 1;
        }
    }
    let mut sorted: Vec<u64> = counts.values().copied().collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert!((550_000..650_000).contains(&total), "{total} words");
    assert!((12_000..20_000).contains(&sorted.len()), "{} distinct words", sorted.len());
    let share = |rank: usize| sorted[rank] * 10_000 / total;
    assert!((800..1300).contains(&share(0)), "the first word is {} of 10,000", share(0));
    assert!((5..20).contains(&share(99)), "the hundredth is {} of 10,000", share(99));
    let once = sorted.iter().filter(|n| **n == 1).count();
    assert!(once > sorted.len() / 4, "{once} words stand once");
    for word in ["gestión", "año", "contratación"] {
        assert!(counts.contains_key(word), "{word}");
    }
}

#[test]
fn every_body_has_its_parts() {
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for (_, text) in Corpus::new(SEED).fixed() {
        let own = text.lines().filter_map(|line| line.strip_prefix("codigo = \"")?.strip_suffix('"'));
        codes.extend(own.map(str::to_owned));
    }
    for record in sample(1000) {
        let body = record.markdown();
        let (count, at) = (words(body).count(), &record.codigo);
        assert!((140..=1560).contains(&count), "{at}: {count} words");
        assert!((4..=6).contains(&body.lines().filter(|line| line.starts_with('#')).count()), "{at}");
        assert_eq!(body.lines().filter(|line| line.starts_with('|')).count(), 7, "{at}");
        assert!(body.lines().any(|line| line.starts_with("- ") || line.starts_with("1. ")), "{at}");
        let links: Vec<&str> = body.split("[[").skip(1).map(|rest| rest.split([']', '|']).next().unwrap()).collect();
        assert_eq!(links.len(), 3, "{at}");
        for link in links {
            assert!(codes.contains(link), "{at} links {link}, which is not there before it");
        }
        assert!(codes.insert(record.codigo.clone()), "{at} twice");
        assert!(record.text().lines().all(|line| !line.contains(['|', '#', '[', ']'])), "{at}");
    }
}

#[test]
fn minutes_are_numbered_in_the_order_of_their_dates() {
    let mut last: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for record in sample(1000).into_iter().filter(|record| record.kind == Kind::Acta) {
        let (series, number) = record.codigo.rsplit_once('-').unwrap();
        let (number, fecha): (u64, String) = (number.parse().unwrap(), record.fecha.to_string());
        let (before, date) = last.insert(series.to_owned(), (number, fecha.clone())).unwrap_or_default();
        assert_eq!(number, before + 1, "{}", record.codigo);
        assert!(date <= fecha, "{}", record.codigo);
    }
}

#[test]
fn queries_are_made_of_words_of_the_corpus() {
    let asked = queries(SEED, 40);
    assert!(asked == queries(SEED, 40) && asked != queries(SEED + 1, 40));
    let known: BTreeSet<String> =
        sample(MIN_RECORDS).iter().flat_map(|record| words(&record.text()).collect::<Vec<_>>()).collect();
    for query in asked {
        assert!(query.meant.iter().all(|word| known.contains(word)), "{query:?}");
        match query.kind {
            QueryKind::TwoCommon => assert_eq!(query.text.split(' ').count(), 2, "{query:?}"),
            QueryKind::OneRare => assert_eq!(vec![query.text], query.meant),
            QueryKind::NoAccent => assert!(!query.text.contains(['á', 'é', 'í', 'ó', 'ú', 'ü']), "{query:?}"),
            QueryKind::Typo => assert_ne!(vec![query.text], query.meant),
        }
    }
}
