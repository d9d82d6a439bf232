//! What was typed, cut into clauses; no index is needed to read it.

use serde::{Deserialize, Serialize};

use crate::text::{chunks, compound_key, fold, is_compound, is_stop_typed as is_stop, lower, nfc};

/// One demand of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clause {
    /// What it names must not occur.
    #[serde(rename = "no")]
    pub(crate) not: bool,
    /// The words must stand one after another.
    #[serde(rename = "frase")]
    pub(crate) phrase: bool,
    /// Its words in lower case; an empty one stands for any word of a phrase.
    #[serde(rename = "palabras")]
    pub(crate) words: Vec<String>,
    /// The one spelling of a code, number or date.
    #[serde(rename = "clave")]
    pub(crate) key: String,
    /// The word is still being typed.
    #[serde(rename = "abierta")]
    pub(crate) open: bool,
}

/// What a question begins with, alone or after one of [`BEFORE`].
const INTERROGATIVE: [&str; 17] = [
    "que", "quien", "quienes", "cual", "cuales", "cuando", "cuanto", "cuanta", "cuantos", "cuantas", "como", "donde",
    "quiero", "necesito", "quisiera", "busco", "deseo",
];
const BEFORE: [&str; 9] = ["a", "cada", "con", "de", "desde", "en", "para", "por", "sobre"];

/// Whether what was typed is a question in plain words.
pub(crate) fn is_question(typed: &str) -> bool {
    let typed = nfc(typed);
    let words: Vec<String> = chunks(&typed).flat_map(|c| c.parts).take(2).map(|w| fold(&lower(w))).collect();
    let is = |list: &[&str], i: usize| words.get(i).is_some_and(|w| list.contains(&w.as_str()));
    typed.contains(['¿', '?']) || is(&INTERROGATIVE, 0) || (is(&BEFORE, 0) && is(&INTERROGATIVE, 1))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”')
}

/// Cuts what was typed into clauses. With `complete` the last word may be unfinished.
pub(crate) fn parse(typed: &str, complete: bool) -> Vec<Clause> {
    let typed = nfc(typed);
    let mut clauses: Vec<Clause> = Vec::new();
    // Odd pieces are between quotes; a quote left open holds to the end.
    let pieces: Vec<&str> = typed.split(is_quote).collect();
    let mut negated = false;
    for (i, piece) in pieces.iter().enumerate() {
        if i % 2 == 1 {
            clauses.extend(phrase(piece, negated));
        } else {
            clauses.extend(words(piece));
        }
        negated = ends_in_minus(piece);
    }
    if complete
        && pieces.len() % 2 == 1
        && typed.ends_with(char::is_alphanumeric)
        && let Some(last) = clauses.last_mut()
    {
        last.open = !last.not;
    }
    without_stopwords(clauses)
}

fn ends_in_minus(piece: &str) -> bool {
    piece.strip_suffix('-').is_some_and(|head| head.chars().next_back().is_none_or(char::is_whitespace))
}

fn phrase(piece: &str, not: bool) -> Option<Clause> {
    let mut list: Vec<String> = chunks(piece).flat_map(|c| c.parts).map(lower).collect();
    if list.len() > 1 && !list.iter().all(|w| is_stop(w)) {
        list.iter_mut().filter(|w| is_stop(w)).for_each(String::clear);
        let first = list.iter().position(|w| !w.is_empty())?;
        list.drain(..first);
        list.truncate(list.iter().rposition(|w| !w.is_empty())? + 1);
    }
    // One word is meant as it stands, too; of stopwords nothing can be asked.
    let phrase = !list.iter().all(|word| is_stop(word));
    (!list.is_empty()).then_some(Clause { not, phrase, words: list, ..Clause::default() })
}

fn words(piece: &str) -> Vec<Clause> {
    let mut out = Vec::new();
    for chunk in chunks(piece) {
        let not = ends_in_minus(piece.get(..chunk.start).unwrap_or_default());
        let list: Vec<String> = chunk.parts.iter().map(|p| lower(p)).collect();
        if is_compound(&chunk.parts) {
            out.push(Clause { not, words: list, key: compound_key(&chunk.parts), ..Clause::default() });
        } else if not {
            out.push(Clause { not, words: list, ..Clause::default() });
        } else {
            out.extend(list.into_iter().map(|w| Clause { words: vec![w], ..Clause::default() }));
        }
    }
    out
}

/// Drops the words that say nothing, unless nothing else was asked for.
fn without_stopwords(clauses: Vec<Clause>) -> Vec<Clause> {
    let says = |c: &Clause| c.phrase || !c.key.is_empty() || !c.words.iter().all(|w| is_stop(w));
    if clauses.iter().any(|c| !c.not && says(c)) { clauses.into_iter().filter(|c| says(c)).collect() } else { clauses }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> String {
        let show = |c: Clause| {
            let words = if c.key.is_empty() { c.words.join(" ") } else { c.key };
            let words = if c.phrase { format!("[{words}]") } else { words };
            format!("{}{words}{}", if c.not { "-" } else { "" }, if c.open { "…" } else { "" })
        };
        parse(typed, true).into_iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn questions_are_known_by_how_they_begin() {
        for typed in ["que es un proceso", "¿Quién responde?", "en qué año", "Cada cuánto", "explica esto?", "por-que"]
        {
            assert!(is_question(typed), "{typed}");
        }
        for typed in ["plan que rige", "política de calidad", "quienquiera", "", "de la que"] {
            assert!(!is_question(typed), "{typed}");
        }
    }

    #[test]
    fn clauses_are_read() {
        assert_eq!(read("El Plan de desarr"), "plan, desarr…");
        assert_eq!(read("\"plan de desarrollo\" -acta "), "[plan  desarrollo], -acta");
        assert_eq!(read("DEP-OD-001 -\"sin efecto\""), "dep-od-1, -[efecto]");
        assert_eq!(read("\"plan anual"), "[plan anual]");
        assert_eq!(read("\"plata\" \"de\" agua"), "[plata], agua…");
        assert_eq!(read("de la"), "de, la…");
        assert_eq!(read("físico-químico"), "físico, químico…");
        assert_eq!(read("plan -2023-01-02 x"), "plan, -20230102, x…");
        assert_eq!(read("-- \" \" -"), "");
    }
}
