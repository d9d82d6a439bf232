//! Where in a document the words stand: the section to link to, and a passage of it.

use rustc_hash::FxHashSet;

use crate::fragment::Shown;
use crate::text::{chunks, compound_key, is_compound, lower, term};

/// Bytes of text that a passage spans.
const WIDTH: usize = 220;
/// Bytes shown before and after.
const MARGIN: usize = 60;

/// The passage of a document that answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) anchor: String,
    pub(crate) heading: String,
    pub(crate) text: String,
}

/// Where in a text the terms stand: from, to, term.
fn marks(text: &str, terms: &FxHashSet<&str>) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for chunk in chunks(text) {
        let whole = is_compound(&chunk.parts).then(|| compound_key(&chunk.parts));
        if let Some(key) = whole.filter(|k| terms.contains(k.as_str())) {
            out.push((chunk.start, chunk.end, key));
            continue;
        }
        let mut at = chunk.start;
        for part in &chunk.parts {
            let stem = term(&lower(part));
            if terms.contains(stem.as_str()) {
                out.push((at, at + part.len(), stem));
            }
            at += part.len() + 1;
        }
    }
    out
}

/// The start of the window with most different terms, and how many.
fn densest(found: &[(usize, usize, String)]) -> (usize, usize) {
    let mut best = (0, 0);
    for (i, (from, _, _)) in found.iter().enumerate() {
        let near = found.iter().skip(i).take_while(|(_, to, _)| *to <= from + WIDTH);
        let seen = near.map(|(_, _, t)| t.as_str()).collect::<FxHashSet<_>>().len();
        if seen > best.1 {
            best = (*from, seen);
        }
    }
    best
}

fn cut(text: &str, at: usize) -> String {
    let near = |i: usize| text.floor_char_boundary(i.min(text.len()));
    let mut from = near(at.saturating_sub(MARGIN));
    let mut to = near(from + WIDTH + MARGIN);
    if from > 0 {
        from = text.get(from..at).and_then(|s| s.find(' ')).map_or(from, |i| from + i + 1);
    }
    if to < text.len() {
        to = text.get(at..to).and_then(|s| s.rfind(' ')).map_or(to, |i| at + i);
    }
    let more = |yes: bool, mark| if yes { mark } else { "" };
    format!("{}{}{}", more(from > 0, "… "), text.get(from..to).unwrap_or_default(), more(to < text.len(), " …"))
}

/// The section where most of the terms stand, and its passage around them; the page itself where its title says as much.
pub(crate) fn excerpt(shown: &Shown, terms: &FxHashSet<&str>) -> Excerpt {
    let mut best = (0, Excerpt::default());
    let said = |text| marks(text, terms).into_iter().map(|m| m.2).collect::<FxHashSet<_>>().len();
    for (anchor, heading, text) in &shown.5 {
        let (at, most) = densest(&marks(text, terms));
        let value = said(heading) + 2 * most;
        if value > best.0 {
            best = (value, Excerpt { anchor: anchor.clone(), heading: heading.clone(), text: cut(text, at) });
        }
    }
    if 3 * said(&shown.1) >= best.0 {
        best.1 = Excerpt { text: best.1.text, ..Excerpt::default() };
    }
    if best.0 == 0 {
        best.1.text = shown.5.iter().find(|s| !s.2.is_empty()).map(|s| cut(&s.2, 0)).unwrap_or_default();
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_with_most_words_is_taken() {
        let section = |a: &str, h: &str, t: &str| (a.to_owned(), h.to_owned(), t.to_owned());
        let long = format!("{} la contratación del año DEP-OD-001 {}", "ñandú ".repeat(80), "y más ".repeat(80));
        let mut shown = Shown::default();
        shown.5 = vec![section("a", "Otra", "un año"), section("b", "Ésta", &long)];
        let found = excerpt(&shown, &FxHashSet::from_iter(["contrat", "año", "dep-od-1"]));
        assert_eq!((found.anchor.as_str(), found.heading.as_str()), ("b", "Ésta"));
        assert!(found.text.starts_with("… ") && found.text.contains("contratación del año DEP-OD-001"));
        assert_eq!(excerpt(&shown, &FxHashSet::default()).text, "un año");
        shown.1 = "DEP-OD-001: contratación del año".to_owned();
        let named = excerpt(&shown, &FxHashSet::from_iter(["contrat", "año", "dep-od-1"]));
        assert_eq!((named.anchor, named.heading, named.text), (String::new(), String::new(), found.text));
    }
}
