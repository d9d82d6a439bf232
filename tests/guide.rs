//! The editors' guide is true: its examples make a site without problems, and it explains every rule that has a fixture.

#![allow(clippy::expect_used)] // a test may fail

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn guide() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guia-de-publicacion.md");
    fs::read_to_string(path).expect("the guide")
}

/// The blocks that follow a line «Archivo: `path`».
fn files(guide: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let Some(path) = line.strip_prefix("Archivo: `").and_then(|rest| rest.split('`').next()) else { continue };
        let fence = lines.by_ref().find(|l| l.starts_with("```")).expect("a block");
        assert!(fence.len() > 3, "{path}: the block has no language");
        let text: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        found.push((path.to_owned(), text.join("\n") + "\n"));
    }
    found
}

#[test]
fn its_examples_make_a_site_without_problems() {
    let site = tempfile::tempdir().expect("a folder");
    let files = files(&guide());
    assert!(files.len() >= 16, "an example of every kind, and site.toml");
    for (path, text) in &files {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let check =
        Command::new(env!("CARGO_BIN_EXE_micrositio")).arg("check").current_dir(site.path()).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&check.stderr), "ningún error, ningún aviso\n");
}

#[test]
fn every_rule_has_a_fixture_and_is_in_the_guide() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let code = regex::Regex::new(r"(?m)^(?:error|aviso)\[([a-z-]+)\]").expect("a pattern");
    let mut tested = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the snapshots").filter_map(Result::ok) {
        let text = fs::read_to_string(file.path()).expect("a snapshot");
        tested.extend(code.captures_iter(&text).filter_map(|c| Some(c.get(1)?.as_str().to_owned())));
    }
    let name = regex::Regex::new(r"`([a-z]+(?:-[a-z]+)*)`").expect("a pattern");
    let text = guide();
    let section = text.split("\n## ").find(|s| s.starts_with("6.")).expect("the section of the rules");
    let cells = section.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split(" | ").next());
    let names = cells.flat_map(|cell| name.captures_iter(cell)).filter_map(|c| c.get(1));
    let told: BTreeSet<String> = names.map(|name| name.as_str().to_owned()).collect();
    // What the reader itself cannot make happen in a test: a disk that fails, a type that contradicts its own schema, a theme.
    let rare = ["archivo-ilegible", "registro-incomprensible", "enlace-del-tema-roto"].map(str::to_owned);
    let expected: BTreeSet<String> = tested.into_iter().chain(rare).collect();
    let untold: Vec<&String> = expected.difference(&told).collect();
    let untested: Vec<&String> = told.difference(&expected).collect();
    assert!(
        untold.is_empty() && untested.is_empty(),
        "not in the guide: {untold:?}; in the guide and in no fixture: {untested:?}"
    );
}
