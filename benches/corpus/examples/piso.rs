//! `piso CONTENT OUT`: the floor, what no generator of pages can go below. Reads every record, turns its Markdown into HTML and writes it,
//! in two threads; no front matter, no template, no links, no lists.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use mimalloc::MiMalloc;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

const THREADS: usize = 2;

/// As in the program that is measured beside it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [content, out] = args.as_slice() else { return Err("usage: piso CONTENT OUT".into()) };
    let mut files = Vec::new();
    list(Path::new(content), &mut files)?;
    fs::create_dir_all(out)?;
    rayon::ThreadPoolBuilder::new().num_threads(THREADS).build_global()?;
    files.par_iter().enumerate().try_for_each(|(number, file)| {
        let text = fs::read_to_string(file)?;
        let body = text.split_once("\n+++\n").map_or(text.as_str(), |(_, body)| body);
        let mut page = String::with_capacity(body.len() * 3 / 2);
        html::push_html(&mut page, Parser::new_ext(body, Options::ENABLE_TABLES));
        fs::write(Path::new(out).join(format!("{number}.html")), page)
    })?;
    Ok(())
}

fn list(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            files.push(path);
        }
    }
    Ok(())
}
