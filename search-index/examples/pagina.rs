//! A search page over a generated corpus, to try by hand: `cargo run --release -p search-index --example pagina -- DIR`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use common::{config, documents, publish};
use search_index::{Document, Section, client};

const PAGE: &str = r#"<!doctype html>
<html lang="es"><head><meta charset="utf-8"><title>Buscar</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self' file:; base-uri 'none'">
<script src="buscar/buscar.js" data-raiz="" defer></script></head><body><main><h1>Buscar</h1>
<form role="search" action="buscar.html" method="get"><label>Buscar <input name="q" type="search"></label> <button>Buscar</button></form>
<p data-buscar-cuenta aria-live="polite"></p><div data-buscar-avisos></div>
<label>Orden <select data-buscar-orden><option value="">Relevancia</option><option value="fecha">Más recientes</option></select></label>
<div data-buscar-filtros></div><ol data-buscar-resultados></ol></main></body></html>
"#;

fn main() {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "pagina".to_owned());
    let dir = Path::new(&dir);
    let mut documents = documents(500, 11, 200);
    let hostile = "<script>alert(1)</script> \"'</script>\u{2028} 😀 \u{202e}אבג hostil";
    documents.push(Document {
        url: "hostil.html".into(),
        title: hostile.into(),
        codes: vec!["<b>X-1</b>".into()],
        kind: "<i>Acta</i>".into(),
        facets: vec![(0, hostile.into())],
        sections: vec![Section {
            anchor: "a b".into(),
            heading: hostile.into(),
            text: format!("{hostile} {}", "x".repeat(10_000)),
        }],
        ..Document::default()
    });
    publish(config(), &documents, None, &dir.join("buscar"));
    fs::write(dir.join("buscar/buscar.js"), client()).unwrap();
    fs::write(dir.join("buscar.html"), PAGE).unwrap();
    println!("{}", dir.join("buscar.html").display());
}
