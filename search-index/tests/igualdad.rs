//! The browser's ranking is Tantivy's: same plans, same documents, same order, same scores.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Dice, config, documents, query, vocabulary};
use search_index::{Document, Query, Searcher, Sort};
use serde_json::{Value, json};

const SCORE: f64 = 1e-6;

fn publish(documents: &[Document], dir: &Path) -> Searcher {
    let (index, site) = (dir.join("cache"), dir.join("site"));
    common::publish(config(), documents, Some(&index), &site);
    Searcher::open(&index, &site).unwrap()
}

fn node(dir: &Path, queries: &[Value]) -> Vec<Value> {
    fs::write(dir.join("queries.json"), serde_json::to_vec(queries).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node/igualdad.js");
    let out = Command::new("node").arg(script).arg(dir.join("site")).arg(dir.join("queries.json")).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn filters(dice: &mut Dice) -> Vec<(usize, String)> {
    match dice.roll(5) {
        0 => vec![(0, format!("tipo {}", dice.roll(6)))],
        1 => vec![(1, "proceso 3".into()), (1, "proceso 4".into()), (2, format!("{}", 2016 + dice.roll(9)))],
        _ => Vec::new(),
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= SCORE * a.abs().max(1.0)
}

/// Whether two lists of (document, score) are the same but for ties.
fn same(native: &[(u64, f64)], browser: &[(u64, f64)]) -> bool {
    native.len() == browser.len()
        && native.iter().zip(browser).all(|(a, b)| close(a.1, b.1))
        && native.iter().zip(browser).enumerate().all(|(i, (a, b))| {
            let tied = |list: &[(u64, f64)]| list.iter().any(|x| x.0 == a.0 && close(x.1, a.1));
            // The last of the list may be tied with documents that did not fit.
            a.0 == b.0 || tied(browser) || close(a.1, native[native.len() - 1].1) || i + 1 == native.len()
        })
}

fn compare(documents: &[Document], words: &[String], count: usize, seed: u64, least: f64) {
    let dir = tempfile::tempdir().unwrap();
    let searcher = publish(documents, dir.path());
    let mut dice = Dice(seed);
    let facets = config().facets;
    let mut queries = Vec::new();
    let mut asked = Vec::new();
    for _ in 0..count {
        let text = query(&mut dice, words, documents);
        let (complete, filters) = (dice.roll(3) == 0, filters(&mut dice));
        let sort = if dice.roll(8) == 0 { Sort::Date } else { Sort::Relevance };
        let mut by_key = serde_json::Map::new();
        for (facet, value) in &filters {
            let list = by_key.entry(facets[*facet].0.clone()).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(json!(value));
        }
        queries.push(json!([text, complete, by_key, if sort == Sort::Date { "fecha" } else { "" }]));
        asked.push((text, complete, filters, sort));
    }
    let answers = node(dir.path(), &queries);
    let (mut found, mut partial) = (0, 0);
    for ((text, complete, filters, sort), answer) in asked.iter().zip(&answers) {
        let query = Query { text, complete: *complete, filters, sort: *sort, limit: 20 };
        let native = searcher.search(&query).unwrap();
        assert_eq!(searcher.explain(text, *complete), answer["plan"], "plan of {text:?} {complete}");
        assert_eq!(json!(native.notices), answer["notices"], "{text}");
        assert_eq!(json!(native.total), answer["total"], "{text}");
        assert_eq!(json!(native.partial), answer["partial"], "{text}");
        let ours: Vec<(u64, f64)> = native.hits.iter().map(|h| (u64::from(h.doc), f64::from(h.score))).collect();
        let theirs: Vec<(u64, f64)> = answer["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|h| (h[0].as_u64().unwrap(), if *sort == Sort::Date { 0.0 } else { h[1].as_f64().unwrap() }))
            .collect();
        assert!(same(&ours, &theirs), "{text:?}\n{ours:?}\n{theirs:?}");
        found += usize::from(native.total > 0);
        partial += usize::from(native.partial);
    }
    assert!(found as f64 > count as f64 * least, "only {found} of {count} queries found anything");
    assert!(partial > 0);
}

#[test]
fn two_thousand_queries_over_two_thousand_documents() {
    compare(&documents(2_000, 11, 120), &vocabulary(6_000), 2_200, 5, 0.8);
}

#[test]
fn two_thousand_queries_over_ten_thousand_documents() {
    compare(&documents(10_000, 21, 150), &vocabulary(20_000), 2_000, 6, 0.8);
}

#[test]
fn a_handful_of_documents() {
    compare(&documents(20, 3, 60), &vocabulary(600), 300, 9, 0.5);
}

#[test]
fn nothing_to_find() {
    let dir = tempfile::tempdir().unwrap();
    let searcher = publish(&[], dir.path());
    assert_eq!(searcher.search(&Query { text: "acta", limit: 5, ..Query::default() }).unwrap().total, 0);
    let answers = node(dir.path(), &[json!(["acta", false, {}, ""]), json!(["", false, {}, ""])]);
    assert!(answers.iter().all(|a| a["total"] == 0));
}
