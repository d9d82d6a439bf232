//! Quotes, braces and brackets that are left open: from there on the parser stumbles over everything, so they are looked for first.

use std::ops::Range;

use super::syntax::Explained;
use super::written::curly_quotes;

/// The first line that leaves a quote, a brace or a bracket open, or closes a quote too early.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Explained)> {
    let mut offset = 0;
    // Lines where braces and brackets were opened, and the long text that goes on, if any.
    let mut opened: Vec<(char, Range<usize>)> = Vec::new();
    let mut long: Option<&str> = None;
    let mut long_from = 0..0;
    let mut before = '\n';
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        let indent = line.len() - line.trim_start().len();
        let whole = offset + indent..offset + indent + shown.len();
        offset += line.len();
        let is_key = shown.split_once('=').is_some_and(|(key, _)| key.trim().bytes().all(is_key_byte));
        if long.is_none()
            && !shown.is_empty()
            && let Some((mark, opening)) = opened.last()
        {
            let goes_on = matches!(before, ',' | '{' | '[') || shown.starts_with(['}', '#']);
            match mark {
                '{' if !goes_on && (is_key || shown.starts_with(['{', '[', ']'])) => {
                    return Some((opening.clone(), brace()));
                }
                '[' if is_key => return Some((opening.clone(), list())),
                _ => {}
            }
        }
        let mut rest = shown;
        while let Some(c) = rest.chars().next() {
            if let Some(end) = long {
                let Some((_, after)) = rest.split_once(end) else { break };
                (rest, long) = (after, None);
                continue;
            }
            let after = rest.get(c.len_utf8()..).unwrap_or("");
            rest = match c {
                '#' => break,
                '"' | '\'' if rest.starts_with("\"\"\"") || rest.starts_with("'''") => {
                    long_from = whole.clone();
                    long = Some(if c == '"' { "\"\"\"" } else { "'''" });
                    rest.get(3..).unwrap_or("")
                }
                '\'' if rest_before(shown, rest).ends_with(|c: char| c.is_ascii_digit()) => after,
                '"' | '\'' => match end_of_text(after, c) {
                    Some(end) => {
                        let after = after.get(end..).unwrap_or("");
                        if !opened.is_empty() && after.starts_with(char::is_alphanumeric) {
                            return Some((whole, early_quote(after)));
                        }
                        after
                    }
                    // The text begins with a straight quote and ends with a curly one.
                    None if let Some((end, curly)) = after.char_indices().find(|(_, c)| "“”".contains(*c)) => {
                        return Some((whole, curly_quotes(curly, after.get(..end).unwrap_or_default())));
                    }
                    None if after.is_empty() && opened.is_empty() && is_unopened(shown) => return None,
                    None => return Some((whole, quote())),
                },
                '{' | '[' => {
                    opened.push((c, whole.clone()));
                    after
                }
                '}' | ']' => {
                    match (opened.pop(), c) {
                        (Some(('{', opening)), ']') => return Some((opening, brace())),
                        (Some(('[', _)), '}') if after.contains(']') => {
                            let at = whole.start + rest_before(shown, rest).len();
                            return Some((at..at + 1, extra(c)));
                        }
                        (Some(('[', opening)), '}') => return Some((opening, list())),
                        _ => {}
                    }
                    after
                }
                _ => after,
            };
        }
        before = shown.chars().next_back().unwrap_or(before);
    }
    let mark = long?;
    let help = format!("ponga {mark} al final del texto: lo que empieza con {mark} termina con {mark}");
    Some((long_from, ("comilla-sin-cerrar", format!("faltan las comillas {mark} que cierran el texto"), help)))
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What stands in the line before the rest of it.
fn rest_before<'t>(line: &'t str, rest: &str) -> &'t str {
    line.get(..line.len() - rest.len()).unwrap_or_default()
}

/// Whether the quote at the end of the line is the only one, so that what lacks is the first.
pub(super) fn is_unopened(line: &str) -> bool {
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    value.strip_suffix('"').is_some_and(|text| !text.is_empty() && !text.contains('"'))
}

/// Where a text ends, past its quote.
fn end_of_text(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn brace() -> Explained {
    let help = "ponga } después de su último elemento".to_owned();
    ("llave-sin-cerrar", "falta la llave } que cierra lo que se abre en esta línea".to_owned(), help)
}

/// A sign too many.
pub(super) fn extra(sign: char) -> Explained {
    ("toml-incomprensible", format!("sobra este signo: {sign}"), "bórrelo".to_owned())
}

pub(super) fn list() -> Explained {
    let help = "cierre la lista con ] después del último elemento".to_owned();
    ("lista-sin-cerrar", "esta lista no se cierra".to_owned(), help)
}

pub(super) fn quote() -> Explained {
    let help = "cierre el texto con \" en la misma línea; si es largo, escríbalo entre \"\"\" y \"\"\"".to_owned();
    ("comilla-sin-cerrar", "falta la comilla que cierra el texto".to_owned(), help)
}

/// What stands `after` the quote that closes a text.
pub(super) fn early_quote(after: &str) -> Explained {
    let help = match after.trim() {
        rest if rest.contains('"') => "si el texto lleva comillas adentro, use «…»: \"Sala «La Ceiba»\"".to_owned(),
        rest => format!(
            "borre «{rest}»; si es parte del texto, va antes de la comilla, y una nota para ustedes empieza por #"
        ),
    };
    ("comillas-adentro", "sobra texto después de la comilla que cierra".to_owned(), help)
}
