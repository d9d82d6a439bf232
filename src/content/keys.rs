//! Keys and titles of tables that are written otherwise, or twice.

use std::ops::Range;

use super::syntax::{Explained, MOST};

/// Titles and keys that the parser stumbles into the middle of: with accents, blanks, or brackets that are no pair.
pub(super) fn misspelt(text: &str) -> Vec<(Range<usize>, Explained)> {
    let mut found = Vec::new();
    let (mut offset, mut is_long) = (0, false);
    for line in text.split_inclusive('\n') {
        let (shown, start) = (line.trim(), offset + line.len() - line.trim_start().len());
        offset += line.len();
        let was_long = is_long;
        is_long ^= shown.matches("\"\"\"").count() % 2 == 1;
        if was_long || found.len() >= MOST {
            continue;
        }
        if shown.starts_with('[') {
            found.extend(good_title(text, shown).map(|good| {
                let message = format!("el título «{shown}» no se escribe así");
                let help = format!("sin tildes ni espacios, y con los corchetes en pareja: {good}");
                (start..start + shown.len(), ("clave-mal-escrita", message, help))
            }));
            continue;
        }
        // A key stands at the beginning of a line, or after a brace or comma.
        let (mut at, mut is_text) = (0, false);
        for piece in shown.split_inclusive(['{', ',', '"', '#']) {
            let key = piece.split('=').next().filter(|key| key.len() < piece.len()).unwrap_or_default();
            let begins = !is_text && shown.get(..at).is_some_and(|b| b.is_empty() || b.ends_with(['{', ',']));
            is_text ^= piece.ends_with('"');
            let is_odd = key.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            if let Some(good) = good_key(key.trim()).filter(|_| begins && is_odd) {
                let from = start + at + key.len() - key.trim_start().len();
                let message = format!("la clave «{}» no se escribe así", key.trim());
                let help = format!("sin tildes ni espacios: {good}");
                found.push((from..from + key.trim().len(), ("clave-mal-escrita", message, help)));
                break;
            }
            at += piece.len();
        }
    }
    found
}

/// The title of a table as it is written, where it is not so written.
fn good_title(text: &str, line: &str) -> Option<String> {
    let (left, rest) = line.split_at_checked(line.len() - line.trim_start_matches('[').len())?;
    let name = rest.trim_end_matches(']');
    let right = rest.len() - name.len();
    let odd = name.chars().any(|c| !(c.is_alphanumeric() || matches!(c, '_' | '.' | ' ' | '-')));
    if name.is_empty() || odd || right == 0 {
        return None;
    }
    let good = name
        .split('.')
        .map(|part| good_key(part.trim()).unwrap_or_else(|| part.trim().to_owned()))
        .collect::<Vec<_>>()
        .join(".");
    let is_pair = left.len() == right && right <= 2;
    if is_pair && good == name {
        return None;
    }
    let is_list = left.len().max(right) >= 2 || text.contains(&format!("[[{good}]]"));
    Some(if is_list { format!("[[{good}]]") } else { format!("[{good}]") })
}

/// The mend of a key that is there twice by a slip.
pub(super) const ONLY_ONE: &str = "deje una sola";

/// A key twice: a table of a list that lost its double brackets or its title, a «no consta» that was filled in, or a slip.
pub(super) fn repeated(text: &str, line: &str, whole: Range<usize>) -> (Range<usize>, Explained) {
    let line = line.trim();
    if let Some(name) = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let single = format!("[{name}]");
        if let Some(at) = line_where(text, |line| line == single) {
            let message = format!("el título {single} lleva un solo corchete, y más abajo hay otros con dos");
            return (at, ("clave-repetida", message, format!("use dobles corchetes: [[{name}]]")));
        }
    }
    let table = line.strip_prefix('[').filter(|rest| !rest.starts_with('[')).and_then(|rest| rest.strip_suffix(']'));
    let Some(name) = table else {
        let message = "esta clave ya está más arriba en el mismo registro".to_owned();
        let help = match title_missing(text.get(..whole.start).unwrap_or_default(), line) {
            Some(title) => format!("si aquí empieza otro, escriba encima su título: {title}; si no, deje una sola"),
            None => ONLY_ONE.to_owned(),
        };
        return (whole, ("clave-repetida", message, help));
    };
    if let Some(at) = line_where(text, |line| line.split_once('=').is_some_and(|(key, _)| key.trim() == name)) {
        let message = format!("«{name}» está aquí y, más abajo, en la tabla [{name}]");
        let help = "borre esta línea: la tabla dice lo que ella no decía".to_owned();
        return (at, ("clave-repetida", message, help));
    }
    let message = format!("la tabla [{name}] está dos veces");
    let help = format!("si cada una es un elemento de una lista, use dobles corchetes en todas: [[{name}]]");
    (whole, ("clave-repetida", message, help))
}

/// The first line that is such, without the blanks around it.
fn line_where(text: &str, is: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut offset = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = offset + line.len() - line.trim_start().len();
        offset += line.len();
        is(line.trim()).then(|| start..start + line.trim().len())
    })
}

/// The title of the element `before` a repeated key, when that is the key with which the element begins: most likely another begins here.
fn title_missing<'t>(before: &'t str, line: &str) -> Option<&'t str> {
    let key_of = |line: &'t str| line.split_once('=').map(|(key, _)| key.trim());
    let from = before.rfind("\n[[").map_or(0, |at| at + 1);
    let mut lines = before.get(from..)?.lines();
    let title = lines.next().map(str::trim).filter(|title| title.starts_with("[[") && title.ends_with("]]"))?;
    let first = lines.find_map(key_of)?;
    line.split_once('=').is_some_and(|(key, _)| key.trim() == first).then_some(title)
}

/// The key without accents, spaces or capitals, when it has any.
pub(super) fn good_key(key: &str) -> Option<String> {
    if key.is_empty() || key.len() > 40 || key.contains(['"', '[', '{', '#']) {
        return None;
    }
    // `año` is `anio`.
    let plain = super::fold::fold(&key.to_lowercase().replace('ñ', "ni")).replace([' ', '-'], "_");
    let is_key = plain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_key && plain != key).then_some(plain)
}
