//! `corpus RECORDS DIR [--seed N]`: writes the benchmark site of that many records.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus::{Corpus, MAX_RECORDS, MIN_RECORDS, SEED};

const USAGE: &str = "usage: corpus RECORDS DIR [--seed N]   (RECORDS from 200 to 100000; DIR new or empty)";

struct Asked {
    records: u64,
    dir: PathBuf,
    seed: u64,
}

fn main() -> ExitCode {
    let (text, code) = match parse(std::env::args().skip(1)).and_then(|asked| run(&asked)) {
        Ok(text) => (text, ExitCode::SUCCESS),
        Err(text) => (text, ExitCode::from(2)),
    };
    // Nobody is left to tell when the standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
    code
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Asked, String> {
    let (mut seed, mut plain) = (SEED, Vec::new());
    while let Some(arg) = args.next() {
        if arg == "--seed" {
            seed = args.next().and_then(|n| n.parse().ok()).ok_or("--seed takes a number")?;
        } else {
            plain.push(arg);
        }
    }
    let [records, dir] = plain.as_slice() else { return Err(USAGE.to_owned()) };
    let records = records.parse().ok().filter(|n| (MIN_RECORDS..=MAX_RECORDS).contains(n)).ok_or(USAGE)?;
    Ok(Asked { records, dir: PathBuf::from(dir), seed })
}

fn run(asked: &Asked) -> Result<String, String> {
    // Records of another corpus would stay among the new ones.
    if has_files(&asked.dir) {
        return Err(format!("{} is not empty: give a new folder", asked.dir.display()));
    }
    let written = Corpus::new(asked.seed)
        .write(asked.records, &asked.dir)
        .map_err(|error| format!("cannot write in {}: {error}", asked.dir.display()))?;
    Ok(format!("{} files, {} bytes in {}", written.files, written.bytes, asked.dir.display()))
}

fn has_files(dir: &Path) -> bool {
    fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some())
}
