//! What people ask of the real site, and whether the search answers it.

#![allow(clippy::expect_used, clippy::print_stdout)] // a test may fail, and says what was missed

mod consultas;

use std::process::Command;

use consultas::{Sitio, consultas, measure, missing};
use search_index::Query;

/// Place of the facet among those of the search page.
const ENTIDAD: usize = 7;

#[test]
fn the_real_site_answers() {
    let consultas = consultas();
    assert!(consultas.len() >= 120);
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    assert_eq!(missing(&consultas, &site.published()), [""; 0]);
    // What is asked in words that no document has, and not by its subject either, is held to what was reached.
    let (everyday, others): (Vec<_>, Vec<_>) =
        consultas.into_iter().partition(|c| ["preguntas_de_la_gente", "preguntas_de_la_calle"].contains(&&*c.kind));
    for (consultas, at_1, at_5) in [(others, 0.90, 0.98), (everyday, 0.40, 0.60)] {
        let (figures, missed) = measure(&consultas, &site.answers(&consultas));
        let (_, all) = figures.last().expect("a sum");
        println!("{}", missed.join("\n"));
        assert!(all.at_1() >= at_1, "success@1 is {:.3}", all.at_1());
        assert!(all.at_5() >= at_5, "success@5 is {:.3}", all.at_5());
    }
}

/// A page is also found by what people call it: short citations, sessions of a year, numerals, the entity by its kind.
#[test]
fn pages_are_found_by_what_people_call_them() {
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    let searcher = micrositio::search::open(&site.file("")).expect("an index");
    let first = |text: &str| {
        let found = searcher.search(&Query { text, limit: 1, ..Query::default() }).expect("an answer");
        found.hits.first().map_or("nothing".to_owned(), |hit| hit.url.clone())
    };
    assert_eq!(first("ley 87/93"), "normograma/ley-87-1993.html");
    assert_eq!(first("decreto 1499/17"), "normograma/decreto-1499-2017.html");
    assert_eq!(first("actas del 2021"), "actas/por-anio/2021.html");
    assert_eq!(first("sesiones de 2021"), "actas/por-anio/2021.html");
    assert_eq!(first("alcaldía"), "entidades/barrancabermeja.html");
    assert_eq!(first("uso obligatorio secop 2"), first("uso obligatorio secop ii"));
}

/// A word of the people finds what the documents call otherwise; what is quoted or excluded is meant as it stands.
#[test]
fn words_of_the_people_are_understood() {
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    let asked = |text: &str| {
        let searcher = micrositio::search::open(&site.file("")).expect("an index");
        let found = searcher.search(&Query { text, limit: 1, ..Query::default() }).expect("an answer");
        found.hits.first().map_or("nothing".to_owned(), |hit| hit.url.clone())
    };
    assert_eq!(asked("colegios"), "dependencias/educacion.html");
    assert_eq!(asked("\"colegios públicos\""), "nothing");
    assert_eq!(asked("educación -colegio"), asked("educación"));
    assert_eq!(asked("sancocho"), "nothing");

    let mut file = std::fs::OpenOptions::new().append(true).open(site.file("site.toml")).expect("site.toml");
    std::io::Write::write_all(&mut file, b"\n[[habla]]\ndocumentos = \"cultura\"\ngente = [\"sancocho\"]\n")
        .expect("a line");
    let built = Command::new(env!("CARGO_BIN_EXE_micrositio"))
        .arg("build")
        .arg("-s")
        .arg(site.file(""))
        .arg("-o")
        .arg(site.published())
        .output();
    assert!(built.expect("it runs").status.success());
    assert_eq!(asked("sancochos"), "dependencias/cultura.html");
}

#[test]
fn the_command_gives_the_same_first_answer() {
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    let asked = ["search", "politica de gestion documental", "--json", "-s"];
    let command = Command::new(env!("CARGO_BIN_EXE_micrositio")).args(asked).arg(site.file("")).output();
    let answer: serde_json::Value = serde_json::from_slice(&command.expect("it runs").stdout).expect("JSON");
    assert_eq!(answer["hits"][0]["url"], "politicas/politica-gestion-documental.html");
}

/// Filtered by an entity, its own page is among what is found, and that of another is not.
#[test]
fn an_entity_is_found_under_itself() {
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    let searcher = micrositio::search::open(&site.file("")).expect("an index");
    let asked = |entidad: &str| {
        let filters = [(ENTIDAD, entidad.to_owned())];
        let query = Query { text: "alcaldía", limit: 500, filters: &filters, ..Query::default() };
        let hits = searcher.search(&query).expect("an answer").hits;
        hits.into_iter().map(|hit| hit.url).filter(|url| url.starts_with("entidades/")).collect::<Vec<_>>()
    };
    assert_eq!(asked("Alcaldía Distrital de Barrancabermeja"), ["entidades/barrancabermeja.html"]);
    assert_eq!(asked("Alcaldía Mayor de Cartagena de Indias"), ["entidades/cartagena.html"]);
}

/// The published client, run in Node, ranks the real site as Tantivy does.
#[test]
fn the_browser_ranks_alike() {
    let consultas = consultas();
    let site = Sitio::build(&mut Command::new(env!("CARGO_BIN_EXE_micrositio")));
    let asked: Vec<_> = consultas.iter().map(|c| serde_json::json!([c.text, false, {}, ""])).collect();
    let list = site.file("consultas.json");
    std::fs::write(&list, serde_json::to_vec(&asked).expect("JSON")).expect("a list");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/search-index/tests/node/igualdad.js");
    let node = Command::new("node").arg(script).arg(site.published().join("buscar")).arg(list).output().expect("Node");
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    let theirs: Vec<serde_json::Value> = serde_json::from_slice(&node.stdout).expect("JSON");
    let searcher = micrositio::search::open(&site.file("")).expect("an index");
    for (consulta, theirs) in consultas.iter().zip(&theirs) {
        let query = Query { text: &consulta.text, limit: 20, ..Query::default() };
        let ours = searcher.search(&query).expect("an answer");
        assert_eq!(theirs["total"], ours.total, "{}", consulta.text);
        let scores: Vec<f64> = theirs["hits"].as_array().expect("hits").iter().filter_map(|h| h[1].as_f64()).collect();
        assert_eq!(scores.len(), ours.hits.len(), "{}", consulta.text);
        for (hit, score) in ours.hits.iter().zip(scores) {
            let ours = f64::from(hit.score);
            assert!((ours - score).abs() <= 1e-6 * ours.max(1.0), "{}: {ours} and {score}", consulta.text);
        }
    }
}
