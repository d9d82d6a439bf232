//! A generated corpus: Spanish municipal words with a long tail, as even sites have.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use search_index::{Builder, Config, Document, Section, Words};

/// A small generator of pseudo-random numbers: the same corpus everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % below.max(1) as u64) as usize
    }

    /// Zipf-like: small numbers are frequent.
    pub(crate) fn zipf(&mut self, below: usize) -> usize {
        let u = (self.roll(1 << 30) + 1) as f64 / (1u64 << 30) as f64;
        (((below as f64 + 1.0).powf(u) - 1.0) as usize).min(below - 1)
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// Builds an index in a folder, or in memory, and writes its files to another, which is made.
pub(crate) fn publish(config: Config, documents: &[Document], index: Option<&Path>, site: &Path) {
    fs::create_dir_all(site).unwrap();
    let out = |name: &str, bytes: &[u8]| fs::write(site.join(name), bytes).map_err(|e| e.to_string());
    let builder = Builder::new(config, index, documents.len(), &out).unwrap();
    let mut words = Words::default();
    builder.add(&mut words, documents.iter().cloned().enumerate()).unwrap();
    builder.finish(&[words]).unwrap();
}

/// A file: its name and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// The files of a folder, by name.
pub(crate) fn files(site: &Path) -> Vec<File> {
    let file = |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    let mut files: Vec<File> = fs::read_dir(site).unwrap().map(|entry| file(entry.unwrap())).collect();
    files.sort();
    files
}

const COMMON: &str = "alcaldía distrital proceso gestión contratación planeación transparencia acta comité política \
    documento manual procedimiento secretaría hacienda salud educación año años niñez participación ciudadana control \
    interno riesgo riesgos indicador evaluación seguimiento plan planes desarrollo institucional talento humano \
    archivo archivos archivística servicio servicios ciudadano petición queja reclamo sugerencia denuncia atención \
    presupuesto financiera jurídica defensa judicial ambiental víctimas mujer género infraestructura movilidad \
    resolución decreto ley artículo norma normas integridad gobierno digital seguridad información datos abiertos \
    pública público públicos dependencia jefe oficina dirección subsecretaría profesional técnico asistencial \
    compromiso compromisos sesión reunión quórum decisión aprobación versión vigencia vigencias fecha entrega";

const SYLLABLES: &str = "ba be bi ca co cu da de do fa fe ga go la le li lo ma me mi mo na ni no ño pa pe po ra re ri \
    ro sa se si so ta te ti to tra tri tro va ve vi za bra cla cre pro gue qui lla rra ción dad mente miento";

pub(crate) fn config() -> Config {
    Config {
        facets: ["tipo", "proceso", "anio"].map(|k| (k.to_owned(), k.to_uppercase())).to_vec(),
        synonyms: vec![
            ("PQRSD".into(), vec!["peticiones, quejas, reclamos, sugerencias y denuncias".into()]),
            ("TH".into(), vec!["talento humano".into(), "personal".into()]),
        ],
        // For words that the corpus has; the first two it has not.
        spoken: [
            "plata presupuesto hacienda",
            "colegio educación",
            "riesgo seguridad",
            "queja denuncia",
            "nube lluvia",
        ]
        .map(|line| line.split(' ').map(str::to_owned).collect::<Vec<String>>())
        .map(|words| (words[0].clone(), words[1..].to_vec()))
        .to_vec(),
    }
}

/// A vocabulary of that many words, the common ones first.
pub(crate) fn vocabulary(size: usize) -> Vec<String> {
    let mut dice = Dice(7);
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
    while words.len() < size {
        let n = 2 + dice.roll(3);
        let mut word: String = (0..n).map(|_| *dice.pick(&syllables)).collect();
        if dice.roll(3) == 0 {
            word.push('s');
        }
        words.push(word);
    }
    words
}

const STOP: [&str; 12] = ["de", "la", "que", "el", "en", "y", "a", "los", "del", "se", "las", "por"];

fn text(dice: &mut Dice, words: &[String], length: usize) -> String {
    let mut out = String::new();
    for i in 0..length {
        if dice.roll(5) < 2 {
            out.push_str(STOP[dice.zipf(STOP.len())]);
        } else if dice.roll(60) == 0 {
            out.push_str(&match dice.roll(4) {
                0 => format!("{}.{:03}.{:03}", 1 + dice.roll(9), dice.roll(1000), dice.roll(1000)),
                1 => format!("Ley {:03} de {}", dice.roll(2000), 1990 + dice.roll(35)),
                2 => format!("{}/{}/{}", 1 + dice.roll(28), 1 + dice.roll(12), 2015 + dice.roll(10)),
                _ => format!("DEP-{}-{:03}", ["OD", "GC", "TH"][dice.roll(3)], dice.roll(300)),
            });
        } else {
            out.push_str(&words[dice.zipf(words.len())]);
        }
        out.push(if dice.roll(12) == 0 { '.' } else { ' ' });
        if i % 11 == 10 {
            out.push(' ');
        }
    }
    out
}

/// Generates documents, oldest first.
pub(crate) fn documents(count: usize, seed: u64, mean: usize) -> Vec<Document> {
    let words = vocabulary((mean * 12).max(2_000) + count * 3);
    let mut dice = Dice(seed);
    (0..count)
        .map(|i| {
            let year = 2016 + i * 9 / count;
            let length = mean / 4 + dice.roll(mean) + if dice.roll(4) == 0 { dice.roll(mean * 2) } else { 0 };
            let parts = 4 + dice.roll(3);
            Document {
                url: format!("documentos/d{i}.html"),
                title: capital(&text(&mut dice, &words[..words.len().min(3_000)], 6)),
                codes: vec![format!("DEP-{}-{:03}", ["OD", "GC", "TH"][dice.roll(3)], i)],
                date: Some(format!("{year}-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28))),
                kind: ["Manual", "Acta", "Procedimiento", "Política", "Plan", "Formato"][dice.roll(6)].into(),
                facets: vec![
                    (0, format!("tipo {}", dice.zipf(6))),
                    (1, format!("proceso {}", dice.roll(16))),
                    (2, year.to_string()),
                ],
                label: format!("Documento {i}"),
                sections: (0..parts)
                    .map(|s| Section {
                        anchor: format!("s{s}"),
                        heading: capital(&text(&mut dice, &words[..words.len().min(3_000)], 3)),
                        text: capital(&text(&mut dice, &words, length / parts)),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.trim().chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn without_accents(word: &str) -> String {
    word.chars()
        .map(|c| {
            "áéíóú".find(c).map_or(c, |_| "aeiou".as_bytes()["áéíóú".chars().position(|x| x == c).unwrap()] as char)
        })
        .collect()
}

fn slip(dice: &mut Dice, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.roll(letters.len());
    match dice.roll(3) {
        0 => {
            letters.remove(at);
        }
        1 if at > 0 => letters.swap(at, at - 1),
        _ => letters[at] = 'x',
    }
    letters.into_iter().collect()
}

/// A query as people type them: words, phrases, exclusions, codes, slips, beginnings.
pub(crate) fn query(dice: &mut Dice, words: &[String], documents: &[Document]) -> String {
    let word = |dice: &mut Dice| match dice.roll(25) {
        0 => (*dice.pick(&["plata", "colegio", "colegios", "nube", "colegial", "platas"])).to_owned(),
        _ => words[dice.zipf(words.len())].clone(),
    };
    match dice.roll(13) {
        0 => word(dice),
        1 | 2 => format!("{} {}", word(dice), word(dice)),
        3 => format!("{} de {} {}", word(dice), word(dice), word(dice)),
        4 => {
            let document = dice.pick(documents);
            let text: Vec<&str> = document.sections[0].text.split_whitespace().collect();
            let at = dice.roll(text.len().saturating_sub(3));
            format!("\"{}\"", text[at..(at + 2 + dice.roll(2)).min(text.len())].join(" "))
        }
        5 => format!("{} -{}", word(dice), word(dice)),
        6 => {
            let code = dice.pick(documents).codes[0].to_lowercase();
            if dice.roll(2) == 0 { code } else { code[4..].to_owned() }
        }
        7 => without_accents(&word(dice)),
        8 => {
            let w = word(dice);
            slip(dice, &w)
        }
        9 => {
            let w = word(dice);
            format!("{} {}", word(dice), w.chars().take(2 + w.chars().count() / 2).collect::<String>())
        }
        10 => format!("{} {}", dice.pick(&["PQRSD", "talento humano", "personal", "TH"]), word(dice)),
        11 => {
            let asks = dice.pick(&["qué es", "¿Quién", "en que año", "cuanto cuesta", "donde puedo ver el"]);
            format!("{asks} {} {} {}", word(dice), word(dice), word(dice))
        }
        _ => dice.pick(documents).title.clone(),
    }
}
