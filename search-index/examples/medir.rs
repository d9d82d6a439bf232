//! Bytes and time of a first search: `cargo run --release -p search-index --example medir -- 1000 10000`.
//!
//! Each query runs in a fresh engine in Node, which counts the gzipped bytes of every file it loads.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use common::{Dice, File, config, documents, publish, vocabulary};
use search_index::{Document, Searcher, client};

/// Queries of the kinds measured for other search tools.
fn queries(documents: &[Document]) -> Vec<(&'static str, String)> {
    let mut dice = Dice(99);
    let words = vocabulary(9_000);
    let rare = |dice: &mut Dice| {
        let text = &documents[dice.roll(documents.len())].sections[1].text;
        text.split_whitespace().map(str::to_owned).max_by_key(|w| words.iter().position(|x| x == w)).unwrap_or_default()
    };
    let mut out = Vec::new();
    for i in 0..10 {
        out.push(("dos comunes", format!("{} {}", words[3 + i * 4], words[5 + i * 5])));
        out.push(("rara", rare(&mut dice)));
    }
    for word in ["contratacion", "planeacion", "alcaldia", "gestion", "nino", "juridica"] {
        out.push(("sin tilde", word.to_owned()));
    }
    for word in ["tranparencia", "procedimeinto", "documeto", "acienda", "presupesto", "secretaira"] {
        out.push(("errata", word.to_owned()));
    }
    out
}

fn build(documents: &[Document]) -> Vec<File> {
    let dir = std::env::temp_dir().join(format!("medir-{}-files", std::process::id()));
    publish(config(), documents, None, &dir);
    let files = common::files(&dir);
    fs::remove_dir_all(&dir).unwrap();
    files
}

/// What has to be published anew when one document is added, edited, withdrawn.
fn changes(documents: &[Document]) {
    let old: HashSet<File> = build(documents).into_iter().collect();
    let tell = |what: &str, documents: &[Document]| {
        let new = build(documents);
        let changed: Vec<&File> = new.iter().filter(|f| !old.contains(*f)).collect();
        let bytes: usize = changed.iter().map(|f| f.1.len()).sum();
        println!("{what}: {} of {} files, {} KB", changed.len(), new.len(), bytes / 1000);
    };
    let mut edited = documents.to_vec();
    edited[documents.len() / 2].sections[0].text.push_str(" una frase corregida de contratación");
    tell("one edited in the middle", &edited);
    tell("the last withdrawn", &documents[..documents.len() - 1]);
    let mut added = documents.to_vec();
    added.push(Document { url: "nuevo.html".into(), ..documents[7].clone() });
    tell("one added at the end", &added);
    edited.remove(documents.len() / 2);
    tell("one withdrawn in the middle", &edited);
}

fn measure(count: usize) {
    let documents = documents(count, 11, 480);
    let queries = queries(&documents);
    let dir = std::env::temp_dir().join(format!("medir-{}", std::process::id()));
    let start = Instant::now();
    let (index, site) = (dir.join("cache"), dir.join("site"));
    publish(config(), &documents, Some(&index), &site);
    let built = start.elapsed();
    let files = common::files(&site);
    let kind = |k: char| {
        let own: Vec<usize> = files.iter().filter(|f| f.0.starts_with(k)).map(|f| f.1.len()).collect();
        format!("{k}: {} files, {} KB", own.len(), own.iter().sum::<usize>() / 1000)
    };
    let open = Instant::now();
    Searcher::open(&index, &site).unwrap();
    println!("\n== {count} documents: built {built:.2?}, open {:.0?}", open.elapsed());
    let memory = fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", memory.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default());
    println!("{}", ['i', 'l', 'p', 'q', 'f', 'c'].map(kind).join("; "));
    fs::write(site.join("buscar.js"), client()).unwrap();
    fs::write(dir.join("queries.json"), serde_json::to_vec(&queries).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node/medir.js");
    let out = Command::new("node").arg(script).arg(&site).arg(dir.join("queries.json")).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    fs::remove_dir_all(&dir).unwrap();
    if count <= 10_000 {
        changes(&documents);
    }
}

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    for count in if counts.is_empty() { vec![1_000, 10_000] } else { counts } {
        measure(count);
    }
}
