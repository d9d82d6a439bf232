//! Any text goes in, the same comes out of the shards; and what cannot be read is said.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use common::File;
use proptest::prelude::*;
use search_index::{Builder, Config, Document, Error, Section, Words};
use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

fn publish(config: &Config, documents: &[Document]) -> (TempDir, Vec<File>) {
    let dir = tempfile::tempdir().unwrap();
    common::publish(config.clone(), documents, None, dir.path());
    let files = common::files(dir.path());
    (dir, files)
}

fn node(script: &str, dir: &Path, more: &[String]) -> Vec<u8> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node").join(script);
    let out = Command::new("node").arg(script).arg(dir).args(more).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

fn shown(d: &Document) -> Value {
    let sections: Vec<Value> = d.sections.iter().map(|s| json!([s.anchor, nfc(&s.heading), nfc(&s.text)])).collect();
    let codes: Vec<String> = d.codes.iter().map(|c| nfc(c)).collect();
    json!([d.url, nfc(&d.title), nfc(&d.kind), d.date.clone().unwrap_or_default(), codes, sections])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(</script>|\u{2028}|\"|'|\\\\|`|<!--|\u{0}|\u{feff}|😀|e\u{301}|[a-zñ]{1,9}| |-|[0-9]{1,4}|\u{10ffff}|\u{202e}){0,30}",
        Just("ñ".repeat(10_000)),
    ]
}

prop_compose! {
    fn document()(
        (url, title, kind) in (text(), text(), text()),
        codes in prop::collection::vec(text(), 0..3),
        date in prop::option::of("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        facets in prop::collection::vec((0usize..2, text()), 0..4),
        sections in prop::collection::vec((text(), text(), text()), 0..4),
    ) -> Document {
        let sections = sections.into_iter().map(|(anchor, heading, text)| Section { anchor, heading, text }).collect();
        Document { url, title, kind, codes, date, facets, sections, ..Document::default() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_text_comes_out_as_it_went_in(documents in prop::collection::vec(document(), 1..40), label in text()) {
        let config = Config { facets: vec![("a".into(), label.clone()), ("b".into(), label)], synonyms: Vec::new(), spoken: Vec::new() };
        let (dir, files) = publish(&config, &documents);
        for (name, bytes) in &files {
            prop_assert!(bytes.iter().all(|b| (0x20..0x7f).contains(b) || *b == b'\n'), "{name} is not plain ASCII");
            prop_assert!(!bytes.contains(&b'<'), "{name}");
        }
        let out: Value = serde_json::from_slice(&node("formato.js", dir.path(), &[documents.len().to_string()])).unwrap();
        prop_assert_eq!(&out["shown"], &json!(documents.iter().map(shown).collect::<Vec<_>>()));
        for facet in 0..2 {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for d in &documents {
                let mut own: Vec<&str> = d.facets.iter().filter(|f| f.0 == facet).map(|f| f.1.as_str()).collect();
                own.sort_unstable();
                own.dedup();
                own.into_iter().for_each(|v| *counts.entry(v).or_default() += 1);
            }
            prop_assert_eq!(&out["facets"][facet], &json!(counts.into_iter().collect::<Vec<_>>()));
        }
    }
}

#[test]
fn the_same_documents_give_the_same_files() {
    let documents = common::documents(150, 4, 60);
    assert!(publish(&common::config(), &documents).1 == publish(&common::config(), &documents).1);
}

#[test]
fn neither_threads_nor_their_order_show() {
    let documents = common::documents(150, 4, 60);
    let out = Mutex::new(Vec::new());
    let put = |name: &str, bytes: &[u8]| {
        out.lock().unwrap().push((name.to_owned(), bytes.to_vec()));
        Ok(())
    };
    let builder = Builder::new(common::config(), None, documents.len(), &put).unwrap();
    let add = &|thread: usize| {
        let mut words = Words::default();
        let own: Vec<_> = documents.iter().cloned().enumerate().skip(thread).step_by(3).collect();
        own.chunks(7).rev().for_each(|some| builder.add(&mut words, some.to_vec()).unwrap());
        words
    };
    let words = std::thread::scope(|scope| {
        let threads = [0, 1, 2].map(|thread| scope.spawn(move || add(thread)));
        threads.map(|thread| thread.join().unwrap())
    });
    builder.finish(&words).unwrap();
    let mut files = out.into_inner().unwrap();
    files.sort();
    assert!(files == publish(&common::config(), &documents).1);
}

#[test]
fn all_documents_must_come() {
    let builder = Builder::new(common::config(), None, 3, &|_, _| Ok(())).unwrap();
    builder.add(&mut Words::default(), common::documents(3, 4, 60).into_iter().enumerate().skip(1)).unwrap();
    assert!(matches!(builder.finish(&[]), Err(Error::Missing(0))));
}

#[test]
fn a_new_document_leaves_most_of_what_was_published() {
    let documents = common::documents(1_500, 4, 150);
    let (old, new) = (publish(&common::config(), &documents[..1_499]).1, publish(&common::config(), &documents).1);
    let kept = |kind: &str| {
        let of = |files: &[File]| files.iter().filter(|f| f.0.starts_with(kind)).cloned().collect::<Vec<_>>();
        let (old, new) = (of(&old), of(&new));
        new.iter().filter(|f| old.contains(f)).count() as f64 / new.len() as f64
    };
    assert!(kept("f-") > 0.98, "fragments {}", kept("f-"));
    assert!(kept("l-") > 0.3, "lexicon {}", kept("l-"));
    assert!(kept("p-") > 0.3, "postings {}", kept("p-"));
}

#[test]
fn a_slip_takes_one_wait_more_than_a_word() {
    // So many words begin alike that they fill several shards.
    let letters = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru"];
    let two = || letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
    let words: Vec<String> = two().flat_map(|a| two().map(move |b| format!("ca{a}{b}"))).collect();
    let section = |words: &[String]| Section { text: words.join(" "), ..Section::default() };
    let document = |words: &[String]| Document { sections: vec![section(words)], ..Document::default() };
    let documents: Vec<Document> = words.chunks(500).map(document).collect();
    let (dir, files) = publish(&common::config(), &documents);
    assert!(files.iter().filter(|(name, _)| name.starts_with("l-")).count() > 4);
    node("esperas.js", dir.path(), &["calanipome".into(), "calaniipome".into()]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let (dir, _) = publish(&common::config(), &common::documents(60, 4, 60));
    node("fallos.js", dir.path(), &[]);
}
