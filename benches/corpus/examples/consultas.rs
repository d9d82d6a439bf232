//! The queries of the search benchmark, one a line, its kind before a tab: `cargo run --release -p corpus --example consultas -- 24`.

use std::io::{self, Write};

use corpus::{SEED, queries};

fn main() -> io::Result<()> {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(24);
    let mut out = io::stdout().lock();
    for query in queries(SEED, count) {
        writeln!(out, "{:?}\t{}", query.kind, query.text)?;
    }
    Ok(())
}
