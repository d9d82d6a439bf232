//! How well the search answers the queries of `tests/consultas/consultas.toml` on the real site, by kind.
//!
//! `cargo run --release --example calidad [-- PAGEFIND]`: with Pagefind's program, its figures on the same pages stand beside.

#![allow(clippy::expect_used, clippy::print_stdout)] // a tool for developers

#[path = "../tests/consultas/mod.rs"]
mod consultas;

use std::fs;
use std::process::Command;

use consultas::{Consulta, Sitio, consultas, measure};

fn main() {
    let consultas = consultas();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    let site = Sitio::build(cargo.args(["run", "--release", "--quiet", "--bin", "micrositio", "--"]));
    let (ours, missed) = measure(&consultas, &site.answers(&consultas));
    let theirs = std::env::args_os()
        .nth(1)
        .map(|program| measure(&consultas, &pagefind(&mut Command::new(program), &site, &consultas)).0);
    println!("Not first ({}): place, kind, query, what came first\n{}\n", missed.len(), missed.join("\n"));
    println!("| Kind | Queries | success@1 | success@5 |{}", if theirs.is_some() { " Pagefind @1 | @5 |" } else { "" });
    println!("|---|---:|---:|---:|{}", if theirs.is_some() { "---:|---:|" } else { "" });
    for (i, (kind, figures)) in ours.iter().enumerate() {
        let beside = theirs
            .as_ref()
            .and_then(|list| list.get(i))
            .map_or(String::new(), |(_, theirs)| format!(" {:.2} | {:.2} |", theirs.at_1(), theirs.at_5()));
        println!("| {kind} | {} | {:.2} | {:.2} |{beside}", figures.queries, figures.at_1(), figures.at_5());
    }
}

/// Pagefind indexes what the pages say in `main`, and its own client answers, in Node.
fn pagefind(program: &mut Command, site: &Sitio, consultas: &[Consulta]) -> Vec<Vec<String>> {
    let indexed = program.args(["--quiet", "--root-selector", "main", "--site"]).arg(site.published()).status();
    assert!(indexed.expect("Pagefind runs").success(), "Pagefind did not index the site");
    let texts: Vec<&str> = consultas.iter().map(|c| c.text.as_str()).collect();
    let list = site.file("consultas.json");
    fs::write(&list, serde_json::to_vec(&texts).expect("JSON")).expect("a list");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pagefind.mjs");
    let answered = Command::new("node").arg(script).arg(site.published()).arg(list).output().expect("Node");
    assert!(answered.status.success(), "{}", String::from_utf8_lossy(&answered.stderr));
    serde_json::from_slice(&answered.stdout).expect("a list of addresses for each query")
}
