//! What a word that was typed stands for: itself, with ñ, its stem, what begins so, or what it nearly is.

use std::cmp::Reverse;

use crate::lexicon::{Lexicon, Word, distance};
use crate::plan::{Node, Notice};
use crate::text::{other_number, surface, term};

/// How much a completion counts beside the word as typed.
pub(crate) const COMPLETION: f32 = 0.5;
/// Words taken as completions.
const MOST_COMPLETIONS: usize = 8;
/// Words taken in place of one that is misspelt.
const MOST_CORRECTIONS: usize = 3;

/// What a word was found to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// What to ask; nothing if it stands for nothing.
    pub(crate) node: Option<Node>,
    /// What to say.
    pub(crate) notices: Vec<Notice>,
}

/// A notice of that kind.
pub(crate) fn said(kind: &str, word: &str, taken: &[&Word]) -> Notice {
    Notice { kind: kind.to_owned(), word: word.to_owned(), taken: taken.iter().map(|w| w.word.clone()).collect() }
}

/// The terms of several words, each once.
fn terms(words: &[&Word]) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for term in words.iter().flat_map(|w| &w.terms) {
        let node = Node::of(term);
        if !out.contains(&node) {
            out.push(node);
        }
    }
    out
}

/// Finds what a lower-case word stands for; `open` if it may be unfinished.
pub(crate) fn resolve(word: &str, open: bool, lexicon: &Lexicon) -> Found {
    let form = surface(word);
    let told = |kind: &str, words: Vec<&Word>| Found {
        node: Some(Node::Max(terms(&words))),
        notices: vec![said(kind, word, &words)],
    };
    // What was found, and what it may become while it is typed.
    let growing = |mut nodes: Vec<Node>| {
        if open && form.chars().count() >= 3 {
            let mut more = terms(&completions(&form, lexicon));
            more.retain(|n| !nodes.contains(n));
            nodes.extend(more.into_iter().map(|n| Node::Weight(COMPLETION, Box::new(n))));
        }
        Found { node: Some(Node::Max(nodes)), notices: Vec::new() }
    };
    if let Some(known) = lexicon.get(&form) {
        return growing(terms(&[known]));
    }
    let variants = with_enie(&form);
    let with: Vec<&Word> = variants.iter().filter_map(|v| lexicon.get(v)).collect();
    if !with.is_empty() {
        return Found { notices: vec![said("enie", word, &with)], ..growing(terms(&with)) };
    }
    if let Some(other) = other_number(&form).iter().find_map(|f| lexicon.get(f)) {
        return growing(terms(&[other]));
    }
    let stems = same_stem(word, &form, lexicon);
    if !stems.is_empty() {
        return growing(stems.into_iter().map(Node::Term).collect());
    }
    if let Some(nodes) = letters_and_number(&form, lexicon) {
        return Found { node: Some(Node::All(nodes)), notices: Vec::new() };
    }
    if form.chars().count() >= 2 {
        for start in [&form].into_iter().chain(&variants) {
            let longer = completions(start, lexicon);
            if !longer.is_empty() {
                return told("prefijo", longer);
            }
        }
    }
    let near = corrections(&form, lexicon);
    if near.is_empty() { Found { node: None, notices: vec![said("nada", word, &[])] } } else { told("errata", near) }
}

/// The word with some of its first three n written ñ.
fn with_enie(form: &str) -> Vec<String> {
    let places: Vec<usize> = form.match_indices('n').map(|(i, _)| i).take(3).collect();
    let write = |mask: usize| {
        let change = |i: usize| places.iter().position(|p| *p == i).is_some_and(|bit| mask >> bit & 1 == 1);
        form.char_indices().map(|(i, c)| if change(i) { 'ñ' } else { c }).collect()
    };
    (1..1usize << places.len()).map(write).collect()
}

/// The terms of words that share the stem, when the word itself does not occur.
fn same_stem(word: &str, form: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for stem in [term(word), term(form)] {
        let common = form.chars().zip(stem.chars()).take_while(|(a, b)| a == b).count();
        if common < 3 {
            continue;
        }
        // A suffix may have been replaced (existencia, existente), so look from one letter before.
        let start: String = form.chars().take(if common > 3 { common - 1 } else { common }).collect();
        let occurs = || lexicon.starting(&start).iter().any(|w| w.terms.contains(&stem));
        if !out.contains(&stem) && occurs() {
            out.push(stem);
        }
    }
    out
}

/// `acta3` is `acta 3`.
fn letters_and_number(form: &str, lexicon: &Lexicon) -> Option<Vec<Node>> {
    let (letters, digits) = form.split_at(form.find(|c: char| c.is_ascii_digit())?);
    let number = digits.bytes().all(|b| b.is_ascii_digit()) && !letters.is_empty();
    let parts = [lexicon.get(letters)?, lexicon.get(&surface(digits))?];
    number.then(|| parts.map(|w| Node::Max(terms(&[w]))).to_vec())
}

/// The most used words that begin so.
fn completions<'a>(start: &str, lexicon: &'a Lexicon) -> Vec<&'a Word> {
    let mut words: Vec<&Word> = lexicon.starting(start).iter().filter(|w| w.word != start).collect();
    words.sort_by_key(|w| Reverse(w.class));
    words.truncate(MOST_COMPLETIONS);
    words
}

/// The words it may be a slip for: nearest first, then most used.
fn corrections<'a>(form: &str, lexicon: &'a Lexicon) -> Vec<&'a Word> {
    let letters: Vec<char> = form.chars().collect();
    let most = match letters.len() {
        0..4 => return Vec::new(),
        4..8 => 1,
        _ => 2,
    };
    if form.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let start = |n: usize| letters.iter().take(n).collect::<String>();
    let near = |from: &str, edits: usize| {
        let close = |w: &&Word| distance(&letters, &w.word.chars().collect::<Vec<_>>(), edits).is_some();
        let mut words: Vec<&Word> = lexicon.starting(from).iter().filter(close).collect();
        words.sort_by_key(|w| Reverse(w.class));
        words.truncate(MOST_CORRECTIONS);
        words
    };
    // Slips seldom touch the first letters, and each step reads more of the lexicon.
    let tries: [&dyn Fn() -> Vec<&'a Word>; 4] = [
        &|| near(&start(2), 1),
        &|| near(&start(1), 1),
        &|| first_letter(&letters).iter().filter_map(|w| lexicon.get(w)).take(MOST_CORRECTIONS).collect(),
        &|| if most > 1 { near(&start(1), 2) } else { Vec::new() },
    ];
    tries.iter().map(|t| t()).find(|words| !words.is_empty()).unwrap_or_default()
}

/// Letters that Spanish spells alike at the start of a word.
const ALIKE: [&str; 5] = ["bv", "csz", "ckq", "gj", "iy"];

/// The word with its first letters swapped, the first one dropped, an h before, or another letter of the same sound.
fn first_letter(letters: &[char]) -> Vec<String> {
    let [first, second, rest @ ..] = letters else { return Vec::new() };
    let rest: String = rest.iter().collect();
    let mut out = vec![format!("{second}{first}{rest}"), format!("{second}{rest}"), format!("h{first}{second}{rest}")];
    for group in ALIKE.iter().filter(|g| g.contains(*first)) {
        out.extend(group.chars().filter(|c| c != first).map(|c| format!("{c}{second}{rest}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let list = "acta actas año contratación contratos españa existencia hacienda plan planeación transparencia 3";
        let mut words: Vec<Word> =
            list.split(' ').map(|w| Word { word: surface(w), terms: vec![term(w)], class: 3 }).collect();
        words.sort_by(|a, b| crate::lexicon::order(&a.word, &b.word));
        Lexicon(words)
    }

    fn found(word: &str, open: bool) -> (String, String) {
        let found = resolve(word, open, &lexicon());
        let kind = found.notices.first().map(|n| n.kind.clone()).unwrap_or_default();
        (kind, found.node.map(|n| n.to_json().to_string()).unwrap_or_default())
    }

    #[test]
    fn words_are_found_as_they_are_typed() {
        let is =
            |word: &str, kind: &str, node: &str| assert_eq!(found(word, false), (kind.into(), node.into()), "{word}");
        is("acta", "", r#"["m",[["t","acta"]]]"#);
        is("contratacion", "", r#"["m",[["t","contrat"]]]"#);
        is("contrataríamos", "", r#"["m",[["t","contrat"]]]"#);
        is("existencias", "", r#"["m",[["t","existent"]]]"#);
        is("ano", "enie", r#"["m",[["t","año"]]]"#);
        is("espana", "enie", r#"["m",[["t","españ"]]]"#);
        is("acta003", "", r#"["y",[["m",[["t","acta"]]],["m",[["t","3"]]]]]"#);
        is("transp", "prefijo", r#"["m",[["t","transparent"]]]"#);
        is("tranparencia", "errata", r#"["m",[["t","transparent"]]]"#);
        is("acienda", "errata", r#"["m",[["t","haciend"]]]"#);
        is("xyzzy", "nada", "");
        let open = |word: &str, node: &str| assert_eq!(found(word, true).1, node, "{word}");
        open("plan", r#"["m",[["t","plan"],["p",0.5,["t","planeacion"]]]]"#);
        // Here «contrata» has the stem of «contratación», and «contratos» goes on from it too.
        open("contrat", r#"["m",[["t","contrat"]]]"#);
        open("transparente", r#"["m",[["t","transparent"]]]"#);
        open("ano", r#"["m",[["t","año"]]]"#);
    }
}
