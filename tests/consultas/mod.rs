//! The queries of `consultas.toml`, asked of the real site: shared by the test and by `examples/calidad.rs`.

#![allow(dead_code, clippy::expect_used, clippy::indexing_slicing)] // each user has a part of it; a test may fail

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use search_index::Query;

/// A query, its kind, and the pages that answer it.
pub(crate) struct Consulta {
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) answers: Vec<String>,
}

fn repo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn consultas() -> Vec<Consulta> {
    let text = fs::read_to_string(repo().join("tests/consultas/consultas.toml")).expect("the queries");
    let kinds: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(&text).expect("TOML");
    let flat = kinds.into_iter().flat_map(|(kind, queries)| {
        queries.into_iter().map(move |(text, answers)| Consulta { kind: kind.clone(), text, answers })
    });
    flat.collect()
}

/// The real site, copied so that its index is kept apart, and built by `micrositio` into `publicado`.
pub(crate) struct Sitio {
    dir: tempfile::TempDir,
}

impl Sitio {
    pub(crate) fn build(micrositio: &mut Command) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for entry in walkdir::WalkDir::new(repo().join("content")).into_iter().filter_map(Result::ok) {
            let to = dir.path().join(entry.path().strip_prefix(repo()).expect("inside"));
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(to).expect("a folder"),
                false => drop(fs::copy(entry.path(), to).expect("a copy")),
            }
        }
        fs::copy(repo().join("site.toml"), dir.path().join("site.toml")).expect("a copy");
        let out = dir.path().join("publicado");
        let built = micrositio.arg("build").arg("-s").arg(dir.path()).arg("-o").arg(&out).output().expect("a build");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Self { dir }
    }

    pub(crate) fn published(&self) -> PathBuf {
        self.dir.path().join("publicado")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The first ten addresses for each query, as `micrositio search` gives them.
    pub(crate) fn answers(&self, consultas: &[Consulta]) -> Vec<Vec<String>> {
        let searcher = micrositio::search::open(self.dir.path()).expect("an index");
        let ask = |c: &Consulta| {
            let query = Query { text: &c.text, limit: 10, ..Query::default() };
            searcher.search(&query).expect("an answer").hits.into_iter().map(|hit| hit.url).collect()
        };
        consultas.iter().map(ask).collect()
    }
}

/// Queries, and those whose answer comes first, or among the first five.
#[derive(Default, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) queries: usize,
    pub(crate) first: usize,
    pub(crate) five: usize,
}

impl Figures {
    pub(crate) fn at_1(self) -> f64 {
        self.first as f64 / self.queries as f64
    }

    pub(crate) fn at_5(self) -> f64 {
        self.five as f64 / self.queries as f64
    }
}

/// Figures by kind, then of all; and a line for each query whose answer does not come first.
pub(crate) fn measure(consultas: &[Consulta], answers: &[Vec<String>]) -> (Vec<(String, Figures)>, Vec<String>) {
    let mut kinds: BTreeMap<&str, Figures> = BTreeMap::new();
    let (mut all, mut missed) = (Figures::default(), Vec::new());
    for (consulta, urls) in consultas.iter().zip(answers) {
        let rank = urls.iter().position(|url| consulta.answers.contains(url));
        for figures in [kinds.entry(&consulta.kind).or_default(), &mut all] {
            figures.queries += 1;
            figures.first += usize::from(rank == Some(0));
            figures.five += usize::from(rank.is_some_and(|rank| rank < 5));
        }
        if rank != Some(0) {
            let place = rank.map_or("-".to_owned(), |rank| (rank + 1).to_string());
            let first = urls.first().map_or("nothing", String::as_str);
            missed.push(format!("{place:>2}  {}  «{}»  {first}", consulta.kind, consulta.text));
        }
    }
    let mut figures: Vec<(String, Figures)> = kinds.into_iter().map(|(kind, f)| (kind.to_owned(), f)).collect();
    figures.push(("all".to_owned(), all));
    (figures, missed)
}

/// Every page that an answer names is published.
pub(crate) fn missing(consultas: &[Consulta], published: &Path) -> Vec<String> {
    let pages = consultas.iter().flat_map(|c| &c.answers).filter(|page| !published.join(page).exists());
    pages.cloned().collect()
}
