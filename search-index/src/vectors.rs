//! The words that hold Rust and JavaScript together: `tests/vectores.json`, checked from both sides.
//!
//! `VECTORES=1 cargo test -p search-index vectors` writes the file anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::query::parse;
use crate::text::{chunks, compound_key, other_number, surface, term};

const WORDS: &str = "contratación contratacion planeación planes acta actas año años ano niñez transparencia \
    existencias tecnologías tecnologia públicamente solución soluciones soluciona igualmente habilidades amabilidad \
    creativo creativa operativamente dándoselo diciéndole huyéndose yendo pagué paguemos averigüemos lleguen sigue \
    distinguen contrataríamos contrataron contratábamos hubiésemos anduviéramos crecerán temeréis vivís vivió iba oír \
    oíamos construyó construyendo huyeron cayeron leyó ley leyes rey reyes cómodamente rápidamente agradables \
    importancia importancias vigencia vigencias archivística jurídico económicas ambientalistas peligrosos esperanza \
    liderazgo turismo movimiento saneamiento pensamientos indicadores evaluadora ingüe güe ü á aé eie oía ae io u";

const TYPED: [&str; 24] = [
    "plan de desarrollo",
    "\"plan de desarrollo\" -acta",
    "«gestión documental» DEP-OD-001",
    "od-001",
    "acta 003",
    "Decreto 016 de 2023",
    "1.234.567,89",
    "2023-05-04 4/5/2023",
    "-\"sin efecto\" plan",
    "\"abierta sin cerrar",
    "de la",
    "¿cómo pido una cita para la Secretaría de Salud?",
    "físico-químico y/o",
    "-físico-químico agua",
    "AÑO 2024",
    "İstanbul ΣΑΣ",
    "man\u{303}ana cami\u{301}on",
    "a-b_c/d.e",
    "- -- -x",
    "😀 𝐀bc １２３",
    "DEP-OD-000",
    "v1.0.3",
    "   ",
    "\"\" \"de\" \"la ley\"",
];

fn sampled(pattern: &str, count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let strategy = proptest::string::string_regex(pattern).unwrap();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn vectors() -> Value {
    let mut words: Vec<String> = WORDS.split_whitespace().map(str::to_owned).collect();
    let endings = "(ando|iendo|yendo|iéndo|ár|er|ía|ación|ucion|logías|encia|amente|mente|ivamente|idades|ivos|able|\
        eis|éis|emos|ábamos|ieran|yamos|yó|guen|gué|güe|os|as|es|án|ió|imos)";
    words.extend(sampled(&format!("[aeiouáéíóúübcdglnñrstqy]{{0,5}}{endings}(la|selos|se|nos|le|me)?"), 1500));
    words.extend(sampled("[a-zñáéíóúü]{1,12}", 500));
    words.sort();
    words.dedup();
    let words: Vec<Value> =
        words.iter().map(|w| json!([w, surface(w), term(w), other_number(&surface(w)).join(" ")])).collect();
    let mut typed: Vec<String> = TYPED.iter().map(|s| (*s).to_owned()).collect();
    typed.extend(sampled("([a-zñáé0-9\"«» ./_,-]|de |[A-Z]{2}-[0-9]{3}){0,12}", 300));
    let typed: Vec<Value> = typed
        .iter()
        .map(|t| {
            let cut: Vec<Value> = chunks(t).map(|c| json!([c.parts, compound_key(&c.parts)])).collect();
            json!([t, cut, parse(t, false), parse(t, true)])
        })
        .collect();
    json!({ "palabras": words, "consultas": typed, "vacias": crate::text::folded_stopwords().join(" ") })
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectores.json")
}

#[test]
fn rust_agrees_with_the_vectors() {
    let ours = vectors();
    if std::env::var_os("VECTORES").is_some() {
        let lines = serde_json::to_string(&ours).unwrap().replace("],[", "],\n[") + "\n";
        std::fs::write(file(), lines).unwrap();
    }
    // As values: the order of keys depends on who else uses serde_json in the same build.
    let known: Value = serde_json::from_str(&std::fs::read_to_string(file()).unwrap()).unwrap();
    assert!(known == ours, "tests/vectores.json is not what the code does");
}

#[test]
fn javascript_agrees_with_the_vectors() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node/vectores.js");
    let out = Command::new("node").arg(script).arg(file()).output().unwrap();
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
}
