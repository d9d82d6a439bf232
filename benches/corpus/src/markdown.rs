//! The Markdown of a record: headings, paragraphs, a list, a table of five rows and three links.

use crate::plan;
use crate::prose::Prose;
use crate::rng::Rng;
use crate::sets::{COMITES, DEPENDENCIAS, POLITICAS, PROCESOS, unit};

/// Fewest and most words of a body.
const WORDS: (u64, u64) = (150, 1500);

/// Links to other records, one in each of the first sections.
const LINKS: u64 = 3;

/// About half a sentence: a text ends where one more sentence would pass its size by more.
const SENTENCE: u64 = 9;

/// Headings that many records have.
const HEADINGS: &[&str] = &[
    "Objetivo",
    "Alcance",
    "Antecedentes",
    "Responsables",
    "Descripción de las actividades",
    "Marco normativo",
    "Definiciones",
    "Resultados",
    "Seguimiento y medición",
    "Riesgos y controles",
    "Recursos necesarios",
    "Recomendaciones",
];

/// How many words a body has: 150 to 1,500, with a long tail and a mean of 600.
fn size(rng: &mut Rng) -> u64 {
    let span = WORDS.1 - WORDS.0;
    let u = rng.below(span + 1);
    WORDS.0 + u * u / span
}

/// The body of record `i`.
pub(crate) fn body(prose: &mut Prose<'_>, i: u64) -> String {
    let size = size(&mut prose.rng);
    let sections = if size < 300 { 4 } else { prose.rng.between(4, 6) };
    let with_list = prose.rng.below(sections);
    let with_table = prose.rng.below(sections);
    let mut out = String::with_capacity(usize::try_from(size * 8).unwrap_or(0));
    paragraph(prose, &mut out, size / 12);
    let mut written = count(&out, 0);
    for section in 0..sections {
        let before = out.len();
        heading(prose, &mut out, section);
        if section < LINKS {
            link(prose, &mut out, i);
        }
        if section == with_list {
            list(prose, &mut out);
        }
        if section == with_table {
            table(prose, &mut out);
        }
        if section >= LINKS && section != with_list && section != with_table {
            paragraph(prose, &mut out, SENTENCE);
        }
        // The list and the table are part of the words; what one section exceeds is taken from the next.
        let due = size * (section + 1) / sections;
        while written + count(&out, before) + SENTENCE < due {
            let words = prose.rng.between(45, 110).min(due - written - count(&out, before));
            paragraph(prose, &mut out, words);
        }
        written += count(&out, before);
    }
    out
}

/// Words written from byte `start` on.
fn count(out: &str, start: usize) -> u64 {
    let text = out.get(start..).unwrap_or("");
    text.split_ascii_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count() as u64
}

fn heading(prose: &mut Prose<'_>, out: &mut String, section: u64) {
    // A third level only after a second one.
    let level = if section > 0 && prose.rng.chance(25) { "###" } else { "##" };
    let text = if prose.rng.chance(50) { prose.rng.pick(HEADINGS).to_owned() } else { prose.title() };
    out.push_str(&format!("{level} {text}\n\n"));
}

fn paragraph(prose: &mut Prose<'_>, out: &mut String, words: u64) {
    let start = out.len();
    prose.sentence(out);
    while count(out, start) + SENTENCE < words {
        prose.sentence(out);
    }
    out.push_str("\n\n");
}

fn list(prose: &mut Prose<'_>, out: &mut String) {
    let numbered = prose.rng.chance(40);
    for n in 1..=prose.rng.between(4, 7) {
        let mark = if numbered { format!("{n}.") } else { "-".to_owned() };
        out.push_str(&format!("{mark} {}.\n", prose.task()));
    }
    out.push('\n');
}

fn table(prose: &mut Prose<'_>, out: &mut String) {
    out.push_str("| Actividad | Responsable | Plazo | Meta | Valor |\n|---|---|---|---:|---:|\n");
    for _ in 0..5 {
        let (task, day, money) = (prose.task(), prose.day(), prose.money());
        let who = unit(prose.rng.index(DEPENDENCIAS.len())).nombre;
        out.push_str(&format!("| {task} | {who} | {day} | {} % | $ {money} |\n", prose.rng.between(20, 100)));
    }
    out.push('\n');
}

/// A sentence that links another record: mostly an earlier one, which exists in every corpus that has this one.
fn link(prose: &mut Prose<'_>, out: &mut String, i: u64) {
    let code = if i == 0 || prose.rng.chance(25) { fixed(&mut prose.rng) } else { plan::codigo(prose.rng.below(i)) };
    let sentence = match prose.rng.below(4) {
        0 => format!("Véase [[{code}]]."),
        1 => format!("Se relaciona con [[{code}]], que trata de lo mismo."),
        2 => format!("El detalle está en [[{code}]]."),
        _ => format!("Parte de lo que dice [[{code}|{}]].", prose.title().to_lowercase()),
    };
    out.push_str(&sentence);
    out.push_str("\n\n");
}

/// The code of a record of the fixed sets.
fn fixed(rng: &mut Rng) -> String {
    let codes: [Vec<&str>; 4] = [
        PROCESOS.iter().map(|p| p.codigo).collect(),
        COMITES.iter().map(|c| c.codigo).collect(),
        POLITICAS.iter().map(|p| p.0).collect(),
        DEPENDENCIAS.iter().map(|d| d.codigo).collect(),
    ];
    let kind = rng.index(codes.len());
    rng.pick(codes.get(kind).map_or(&[], Vec::as_slice)).to_owned()
}
