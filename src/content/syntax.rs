//! Explains TOML syntax errors in an editor's words: the parser says the same of a date, a decimal comma and curly quotes.

use std::ops::Range;

use super::unclosed;
use super::valor::MESES;
use super::walker::says_nothing;

/// Errors of a file that are explained: for some the whole file is looked at, and nobody reads more.
const MOST: usize = 200;

/// Code, what happened, what to type instead.
pub type Explained = (&'static str, String, String);

/// Explains what the parser stumbled over, each with the range to underline. One line is told once, and after a list that is not
/// closed nothing is: the parser only stumbles over what it swallowed.
pub fn explain_all(text: &str, errors: &[toml::de::Error]) -> Vec<(Range<usize>, Explained)> {
    let mut places: Vec<(Range<usize>, &str)> =
        errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message())).collect();
    places.sort_by_key(|(span, _)| span.start);
    places.truncate(MOST);
    let misspelt = misspelt(text);
    for (range, _) in &misspelt {
        let line = line_of(text, range.start);
        // What stands below a title that is none falls into the table above.
        let is_title = text.get(line.start..).is_some_and(|line| line.trim_start().starts_with('['));
        places.retain(|(span, says)| {
            let below = span.start > line.end && is_title && says.contains("duplicate key");
            !(line.start..=line.end).contains(&span.start) && !below
        });
    }
    let unclosed = places.iter().position(|(_, says)| says.contains("in array") || says.contains("unclosed array"));
    if let Some(at) = unclosed {
        places.truncate(at + 1);
        let line = places.last().map_or(0..0, |(span, _)| line_of(text, span.start));
        places.retain(|(span, says)| !line.contains(&span.start) || says.contains("array"));
    }
    // From a mark that is not closed on, the parser stumbles over everything.
    let is_title =
        |at: usize| text.get(line_of(text, at).start..).is_some_and(|line| line.trim_start().starts_with('['));
    let broken_title = misspelt.iter().map(|(range, _)| range.start).find(|at| is_title(*at));
    let open = unclosed::find(text).filter(|(range, _)| broken_title.is_none_or(|title| title > range.start));
    if let Some((range, _)) = &open {
        places.retain(|(span, _)| span.start < line_of(text, range.start).start);
    }
    let mut out: Vec<(Range<usize>, Explained)> = misspelt;
    if let Some((range, _)) = &open {
        out.retain(|(known, _)| known.start < range.start);
    }
    let mut told = Vec::new();
    let (mut broken_key, mut repeated_table) = (false, false);
    for (span, says) in places {
        let line = line_of(text, span.start).start;
        let (range, explained) = explain(text, span, says);
        // A key that is not one leaves its list behind, line by line, and a table that is there twice repeats its keys.
        let echo = broken_key && explained.0 == "toml-incomprensible"
            || repeated_table && explained.0 == "clave-repetida" && explained.2 == ONLY_ONE
            || explained.0 == "clave-repetida" && out.iter().any(|(_, other)| other == &explained);
        broken_key |= explained.0 == "clave-mal-escrita";
        repeated_table |= explained.0 == "clave-repetida" && explained.2 != ONLY_ONE;
        if !echo && !told.contains(&line) {
            told.push(line);
            out.push((range, explained));
        }
    }
    out.extend(open);
    out
}

/// Titles and keys that the parser stumbles into the middle of: with accents, blanks, or brackets that are no pair.
fn misspelt(text: &str) -> Vec<(Range<usize>, Explained)> {
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
        let mut at = 0;
        for piece in shown.split_inclusive(['{', ',', '"', '#']) {
            let key = piece.split('=').next().filter(|key| key.len() < piece.len()).unwrap_or_default();
            let begins = shown.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(['{', ',']));
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

const ONLY_ONE: &str = "deje una sola";

fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |i| at + i);
    start..end
}

fn explain(text: &str, span: Range<usize>, says: &str) -> (Range<usize>, Explained) {
    let line = line_of(text, span.start);
    let shown = text.get(line.clone()).unwrap_or("");
    let indent = shown.len() - shown.trim_start().len();
    let whole = line.start + indent..line.start + shown.trim_end().len();
    let said = |code, message: &str, help: &str| (code, message.to_owned(), help.to_owned());

    let next = text.get(span.start..).and_then(|rest| rest.chars().next());
    if says.contains("missing comma")
        && text.get(..span.start).is_some_and(|before| before.ends_with('"'))
        && next.is_some_and(char::is_alphanumeric)
    {
        return (whole, unclosed::early_quote(text.get(span.start..line.end).unwrap_or_default()));
    }
    if says.contains("missing comma") {
        let before = text.get(..span.start).unwrap_or("").trim_end();
        let last = before.char_indices().next_back().map_or(0, |(i, _)| i);
        let help = "ponga una coma después de este elemento: los de una lista o una tabla van separados por comas";
        return (last..before.len(), said("falta-coma", "falta una coma después de este elemento", help));
    }
    if says.contains("in array")
        && let Some(c) = next.filter(|c| matches!(c, ',' | '}'))
    {
        return (span.start..span.start + c.len_utf8(), unclosed::extra(c));
    }
    if says.contains("in array") || says.contains("unclosed array") {
        let before = text.get(..span.start).unwrap_or("");
        let opened = before.rfind("= [").map_or(whole, |at| line_of(text, at));
        return (opened, unclosed::list());
    }
    if says.contains("duplicate key") {
        return repeated(text, shown, whole);
    }
    let key = shown.split_once(['=', ':']).filter(|_| says.contains("key")).map(|(key, _)| key.trim());
    if let Some((key, good)) = key.and_then(|key| Some((key, good_key(key)?))) {
        let at = whole.start..whole.start + key.len();
        let message = format!("la clave «{key}» no se escribe así");
        return (at, ("clave-mal-escrita", message, format!("sin tildes ni espacios: {good}")));
    }
    if says.contains("unexpected key or value")
        && let Some((_, value)) = shown.split_once('=').filter(|(_, value)| are_several(value))
    {
        let help = format!("los textos de una lista van entre corchetes: [{}]", value.trim());
        return (whole, said("lista-sin-corchetes", "hay varios textos y esta clave no abre una lista", &help));
    }
    if says.contains("unexpected key or value")
        && let Some((_, after)) = shown.split_once("= \"").and_then(|(_, value)| value.split_once('"'))
    {
        return (whole, unclosed::early_quote(after));
    }
    if ["escape", "unicode", "hex"].iter().any(|word| says.contains(word)) && shown.contains('\\') {
        let help = "las rutas de un computador no se publican; si de veras va en el texto, escríbala dos veces: \\\\";
        return (whole, said("contrabarra", "la contrabarra \\ no se puede escribir así en un texto", help));
    }
    let value = value_at(text, span.clone(), &line);
    if let Some((range, explained)) = value.and_then(|range| Some((range.clone(), explain_value(text.get(range)?)?))) {
        return (range, explained);
    }
    (whole, explain_line(shown))
}

/// The whole value that the parser stumbled into.
fn value_at(text: &str, span: Range<usize>, line: &Range<usize>) -> Option<Range<usize>> {
    let before = text.get(line.start..span.start)?;
    // Back to the `=`, or over the comma of a number: `93,5`.
    let number = |c: char| c.is_ascii_digit() || c == ',' || c == '.' || c == '-';
    let back = before.trim_end();
    let start = match back.rfind('=') {
        Some(at) if back.get(at + 1..)?.trim().chars().all(number) => line.start + at + 1,
        _ => span.start,
    };
    let rest = text.get(start..line.end)?;
    let start = start + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..line.end)?;
    let end = match rest.chars().next()? {
        '"' | '\'' => return None,
        opening @ ('“' | '”' | '‘' | '’' | '«') => {
            let inside = rest.get(opening.len_utf8()..)?;
            let closed = inside.find(['“', '”', '‘', '’', '»', '"']).map(|at| opening.len_utf8() + at);
            match closed.and_then(|at| Some(at + rest.get(at..)?.chars().next()?.len_utf8())) {
                Some(end) => end,
                None => rest.find([',', ']', '}']).unwrap_or(rest.len()),
            }
        }
        // A text without quotes may have commas, where no list or table is open.
        c if c.is_alphabetic() && !before.contains(['[', '{']) => rest.len(),
        _ => {
            let stop = rest.find([']', '}', '#']).unwrap_or(rest.len());
            // A comma ends a value, unless it is that of a number.
            let comma = rest.char_indices().find(|&(i, c)| {
                let digit_after = rest.get(i + 1..).and_then(|r| r.chars().next()).is_some_and(|c| c.is_ascii_digit());
                c == ',' && !digit_after
            });
            comma.map_or(stop, |(i, _)| i.min(stop))
        }
    };
    let end = start + rest.get(..end)?.trim_end().len();
    (start < end).then_some(start..end)
}

fn explain_value(value: &str) -> Option<Explained> {
    if says_nothing(value) || matches!(value.to_lowercase().as_str(), "na" | "null" | "nulo" | "none" | "?") {
        let message = format!("«{value}» no dice nada");
        let help = "escriba \"no consta\", con comillas; si la clave no es obligatoria, borre la línea";
        return Some(("valor-vacio", message, help.to_owned()));
    }
    if let Some(c) = value.chars().find(|c| "“”‘’«»".contains(*c)) {
        return Some(curly_quotes(c, value));
    }
    if let Some(date) = other_date(value) {
        return Some(date);
    }
    if let Some((day, _)) = value.split_once(' ')
        && day.parse::<jiff::civil::Date>().is_ok()
    {
        let message = format!("la fecha «{value}» trae algo más que el día");
        return Some(("fecha-mal-escrita", message, format!("escriba solo el día: {day}")));
    }
    if let Some(hour) = hour(value) {
        let message = format!("la hora «{value}» va entre comillas");
        return Some(("hora-sin-comillas", message, format!("escriba: \"{hour}\"")));
    }
    if let Some((whole, part)) = value.split_once(',')
        && digits(whole.trim_start_matches('-'))
        && digits(part)
    {
        if part.len() == 3 && (1..=3).contains(&whole.len()) {
            let message = format!("«{value}» puede ser {whole}{part} o {whole},{part}");
            let help = format!("si son miles, escriba {whole}{part}; si son decimales, {whole}.{part}0");
            return Some(("punto-de-miles", message, help));
        }
        let message = format!("el número «{value}» tiene coma decimal");
        return Some(("coma-decimal", message, format!("los decimales van con punto: {whole}.{part}")));
    }
    if digits(value) && value.starts_with('0') {
        let message = format!("el número «{value}» empieza por cero");
        let bare = value.trim_start_matches('0');
        let bare = if bare.is_empty() { "0" } else { bare };
        let help =
            format!("si es un número, escriba {bare}; si es una versión o un código, va entre comillas: \"{value}\"");
        return Some(("cero-a-la-izquierda", message, help));
    }
    // `1'240.000`
    let points = value.replace('\'', ".");
    let amount = points.trim_start_matches('$').trim_start();
    let end = amount.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(amount.len());
    let (number, unit) = amount.split_at_checked(end)?;
    let is_unit =
        matches!(unit.trim(), "%" | "$" | "º" | "°" | "ª" | "días" | "meses" | "años" | "personas" | "pesos" | "COP");
    if let Some(number) = plain_number(number).filter(|number| is_unit || unit.is_empty() && number != value) {
        if is_unit || amount.len() < value.len() {
            let message = format!("el número «{value}» lleva su unidad");
            let help = format!("escriba solo {number}; la unidad va en su propia clave");
            return Some(("numero-con-unidad", message, help));
        }
        let message = format!("el número «{value}» lleva puntos de miles");
        return Some(("punto-de-miles", message, format!("escriba {number}")));
    }
    if let Some(word) = match value.to_lowercase().as_str() {
        "sí" | "si" | "verdadero" | "true" => Some("true"),
        "no" | "falso" | "false" => Some("false"),
        _ => None,
    }
    .filter(|word| *word != value)
    {
        let message = format!("«{value}» no es la palabra que se espera");
        return Some(("si-o-no", message, format!("escriba {word}, sin comillas (true es sí, false es no)")));
    }
    if value.starts_with(char::is_alphabetic) && value != "true" && value != "false" {
        let message = format!("el texto «{value}» va entre comillas");
        return Some(("texto-sin-comillas", message, format!("escriba: \"{}\"", value.trim_matches('"'))));
    }
    None
}

/// Whether it is texts between quotes, with commas and nothing else between them.
fn are_several(value: &str) -> bool {
    let mut parts = value.trim().trim_end_matches(',').split('"');
    let mut pairs = 0;
    while let (Some(before), Some(_)) = (parts.next(), parts.next()) {
        if before.trim() != if pairs == 0 { "" } else { "," } {
            return false;
        }
        pairs += 1;
    }
    pairs > 1
}

/// Word's quotes where TOML's stand.
pub(super) fn curly_quotes(c: char, value: &str) -> Explained {
    let inside = value.trim_matches(|c| "“”‘’«»\"'".contains(c));
    let message = format!("hay comillas curvas ({c}): las puso Word u otro procesador de texto");
    ("comillas-curvas", message, format!("use comillas rectas: \"{inside}\""))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number that may have points between thousands and a comma before decimals, as TOML has it. A single point stays where what
/// follows it are not three digits.
fn plain_number(written: &str) -> Option<String> {
    let (whole, part) = written.split_once(',').map_or((written, ""), |(whole, part)| (whole, part));
    let groups: Vec<&str> = whole.split('.').collect();
    if !groups.iter().all(|group| digits(group)) || written.contains(',') && !digits(part) {
        return None;
    }
    let (first, more) = groups.split_first()?;
    let are_thousands = first.len() <= 3 && more.iter().all(|group| group.len() == 3);
    match (more, part) {
        ([_], "") if !are_thousands => Some(written.to_owned()),
        _ if !are_thousands && !more.is_empty() => None,
        (_, "") => Some(groups.concat()),
        _ => Some(format!("{}.{part}", groups.concat())),
    }
}

/// An hour as people write it (`8:00 a.m.`, `2:30 p. m.`, `14:30`), as `08:00`.
fn hour(written: &str) -> Option<String> {
    let end = written.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(written.len());
    let (time, half) = written.split_at_checked(end)?;
    let (hour, minutes) = time.split_once(':')?;
    let minutes = minutes.split(':').next().filter(|m| m.len() == 2 && digits(m))?;
    let hour: u8 = hour.parse().ok()?;
    let half: String = half.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let hour = match (half.as_str(), hour) {
        ("am", 12) => 0,
        ("pm", 1..=11) => hour + 12,
        ("" | "am" | "m" | "pm", 0..=24) => hour,
        _ => return None,
    };
    Some(format!("{hour:0>2}:{minutes}"))
}

/// A key twice: a table of a list that lost its double brackets or its title, a «no consta» that was filled in, or a slip.
fn repeated(text: &str, line: &str, whole: Range<usize>) -> (Range<usize>, Explained) {
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
fn good_key(key: &str) -> Option<String> {
    if key.is_empty() || key.len() > 40 || key.contains(['"', '[', '{', '#']) {
        return None;
    }
    // `año` is `anio`.
    let plain = crate::catalog::names::fold(&key.to_lowercase().replace('ñ', "ni")).replace([' ', '-'], "_");
    let is_key = plain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_key && plain != key).then_some(plain)
}

/// What can be said of a line when the parser's place says nothing.
fn explain_line(line: &str) -> Explained {
    let said = |code, message: &str, help: String| (code, message.to_owned(), help);
    let value = line.split_once('=').map(|(_, value)| value.trim());
    if value.is_some_and(|v| v.starts_with('"') && !v.get(1..).unwrap_or("").contains('"')) {
        return unclosed::quote();
    }
    if let Some(value) = value.filter(|_| unclosed::is_unopened(line)) {
        let text = value.trim_matches('"');
        return said("texto-sin-comillas", "falta la comilla con que empieza el texto", format!("escriba: \"{text}\""));
    }
    if let Some(value) = value.and_then(|value| value.strip_suffix([',', ';'])).filter(|value| !value.is_empty()) {
        let help = format!("deje la línea en {}= {}", line.split_once('=').map_or("", |(key, _)| key), value.trim());
        return said("toml-incomprensible", "sobra el signo con que termina la línea", help);
    }
    if let Some(list) = value.and_then(|value| value.strip_prefix('(')?.strip_suffix(')')) {
        return said("lista-sin-corchetes", "una lista no va entre paréntesis", format!("van corchetes: [{list}]"));
    }
    if let Some((help, is_inline)) = equals_sign(line) {
        let message = if is_inline {
            "entre llaves, la clave y su valor van separados por «=»"
        } else {
            "la clave y su valor van separados por «=», y nada más"
        };
        return said("falta-igual", message, format!("escriba: {help}"));
    }
    if value == Some("") {
        let help = "escriba el valor, o \"no consta\" si ninguna fuente lo dice".to_owned();
        return said("valor-vacio", "esta clave no tiene valor", help);
    }
    let help = "cada línea es clave = valor; los textos van entre comillas rectas y las listas entre corchetes: \
        [\"a\", \"b\"]; revise que no falte una coma, una comilla o un corchete";
    said("toml-incomprensible", "esta línea no se entiende", help.to_owned())
}

/// The line with `=` where another sign, or none, parts a key and its value; and whether that is between braces.
fn equals_sign(line: &str) -> Option<(String, bool)> {
    let line = line.trim();
    if let Some((before, inside)) = line.split_once('{') {
        let (key, value) = inside.split_once(':')?;
        let key = key.trim();
        let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return is_key.then(|| (format!("{before}{{ {key} = {}", value.trim_start()), true));
    }
    if line.starts_with('[') {
        return None;
    }
    let end = line.find(|c: char| c.is_whitespace() || "=:-<>\"".contains(c))?;
    let (key, rest) = line.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
    let sign = rest.trim_start();
    let value = sign.trim_start_matches(|c: char| c.is_whitespace() || "=:-<>".contains(c));
    let is_sign = sign.starts_with([':', '-', '<', '>']) || sign.starts_with("==") || sign.starts_with('"');
    (is_sign && !value.is_empty()).then(|| (format!("{key} = {}", quoted(value)), false))
}

/// A text between quotes; what is no text as it is.
fn quoted(value: &str) -> String {
    match value.chars().next() {
        Some(c) if c.is_alphabetic() => format!("\"{value}\""),
        _ => value.to_owned(),
    }
}

/// A date written in another order, with bars, in words, with two digits of its year, or that no calendar has.
fn other_date(value: &str) -> Option<Explained> {
    let value = value.trim_matches('"');
    let parts: Vec<&str> = value
        .split(|c: char| c.is_whitespace() || "/-–—−.,".contains(c))
        .filter(|part| !matches!(part.to_lowercase().as_str(), "" | "de" | "del"))
        .collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    // `enero 30 de 2025`
    let (first, month, third, in_words) = match (month_of(first), month_of(second)) {
        (Some(month), _) => (second, month, third, true),
        (_, Some(month)) => (first, month, third, true),
        _ => (first, number(second)?, third, false),
    };
    let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
    let day = number(day)?;
    let (year, is_short) = match (year.len(), number(year)?) {
        (4, year) if year >= 1000 => (year, false),
        // `1.2.25` may be a version.
        (2, year) if in_words || !value.contains('.') => (2000 + year, true),
        _ => return None,
    };
    let good = format!("{year}-{month:0>2}-{day:0>2}");
    if good.parse::<jiff::civil::Date>().is_err() {
        let message = format!("la fecha «{value}» no existe en el calendario");
        let help = "escriba año-mes-día, por ejemplo 2022-12-30".to_owned();
        return (!is_short).then_some(("fecha-imposible", message, help));
    }
    let (code, how) = match value.contains('/') {
        true => ("fecha-con-barras", "está escrita con barras"),
        false => ("fecha-mal-escrita", "no está escrita como año-mes-día"),
    };
    (good != value).then(|| (code, format!("la fecha «{value}» {how}"), format!("escriba primero el año: {good}")))
}

/// The number of a month, by its name or the beginning of it: `enero`, `ene`, `sept`.
fn month_of(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let at = MESES
        .iter()
        .position(|mes| word.len() >= 3 && (mes.starts_with(&word) || word == "setiembre" && *mes == "septiembre"))?;
    u16::try_from(at + 1).ok()
}

fn number(written: &str) -> Option<u16> {
    written.parse().ok().filter(|_| written.len() <= 4 && digits(written))
}

/// What to type instead of a quoted date that is not one.
pub fn date_help(value: &str) -> Explained {
    other_date(value).unwrap_or_else(|| {
        let message = format!("«{value}» no es una fecha del calendario");
        ("fecha-imposible", message, "escriba año-mes-día sin comillas, por ejemplo 2022-12-30".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, underlined text and mend of each problem.
    fn told(text: &str) -> Vec<(&'static str, &str, String)> {
        let (_, errors) = toml::de::DeTable::parse_recoverable(text);
        let found = explain_all(text, &errors).into_iter();
        found.map(|(range, (code, _, help))| (code, text.get(range).unwrap_or("?"), help)).collect()
    }

    #[test]
    fn what_editors_type_is_told_where_it_stands() {
        for (text, code, underlined, help) in [
            ("a = [{ f = 30/10/2025, b = 1 }]", "fecha-con-barras", "30/10/2025", "2025-10-30"),
            ("f = 31/12/2022", "fecha-con-barras", "31/12/2022", "2022-12-31"),
            ("f = 31-07-2025", "fecha-mal-escrita", "31-07-2025", "2025-07-31"),
            ("f = 2025-7-31", "fecha-mal-escrita", "2025-7-31", "2025-07-31"),
            ("f = 31 de julio de 2025", "fecha-mal-escrita", "31 de julio de 2025", "2025-07-31"),
            ("f = 2023-02-30", "fecha-imposible", "2023-02-30", "año-mes-día"),
            ("a = [{ v = 93,5 }]", "coma-decimal", "93,5", "93.5"),
            ("v = 3,5", "coma-decimal", "3,5", "3.5"),
            ("a = [{ v = 93.5 % }]", "numero-con-unidad", "93.5 %", "solo 93.5"),
            ("v = $40.000", "numero-con-unidad", "$40.000", "solo 40000;"),
            ("v = $ 1.200.000,50", "numero-con-unidad", "$ 1.200.000,50", "solo 1200000.50;"),
            ("a = [{ v = 40.000 pesos }]", "numero-con-unidad", "40.000 pesos", "solo 40000;"),
            ("v = 1.200.000", "punto-de-miles", "1.200.000", "escriba 1200000"),
            ("h = 8:00 a.m.", "hora-sin-comillas", "8:00 a.m.", "\"08:00\""),
            ("a = [{ h = 2:30 p. m. }]", "hora-sin-comillas", "2:30 p. m.", "\"14:30\""),
            ("h = 12:00 m.", "hora-sin-comillas", "12:00 m.", "\"12:00\""),
            ("h = 12:15 a. m.", "hora-sin-comillas", "12:15 a. m.", "\"00:15\""),
            ("h = 12:15 p. m.", "hora-sin-comillas", "12:15 p. m.", "\"12:15\""),
            ("q = { hay = sí }", "si-o-no", "sí", "true"),
            ("numero = 003", "cero-a-la-izquierda", "003", "escriba 3"),
            ("version = 001", "cero-a-la-izquierda", "001", "\"001\""),
            ("carácter = \"a\"", "clave-mal-escrita", "carácter", "caracter"),
            ("orden del dia = [\n \"a\",\n \"b\"\n]", "clave-mal-escrita", "orden del dia", "orden_del_dia"),
            ("s = \"Sala \"La Ceiba\"\"", "comillas-adentro", "s = \"Sala \"La Ceiba\"\"", "«"),
            ("s = “x\"", "comillas-curvas", "“x\"", "\"x\""),
            ("a = [“x”, \"y\"]", "comillas-curvas", "“x”", "\"x\""),
            ("a = [\n \"x\"\n \"y\",\n]", "falta-coma", "\"", "coma"),
            ("a = [\n { t = 1 }\n { t = 2 },\n]", "falta-coma", "}", "coma"),
            ("a = [\n \"x\",\nb = 1\nc = 2", "lista-sin-cerrar", "a = [", "]"),
            ("s = hola mundo", "texto-sin-comillas", "hola mundo", "\"hola mundo\""),
            ("s = \"hola", "comilla-sin-cerrar", "s = \"hola", "cierre"),
            ("nombre: Ana", "falta-igual", "nombre: Ana", "nombre = \"Ana\""),
            ("fecha: 2025-01-30", "falta-igual", "fecha: 2025-01-30", "fecha = 2025-01-30"),
            ("[g]\na = 1\n[g]\na = 2", "clave-repetida", "[g]", "[[g]]"),
            ("c = \"no consta\"\n[c]\na = 1", "clave-repetida", "c = \"no consta\"", "borre esta"),
            ("a = { b = \"x\", c = \"y\"\nd = 1\n[e]\nf = 2", "llave-sin-cerrar", "a = { b = \"x\", c = \"y\"", "}"),
            ("a = [\n { n = 1, t = \"x\"\n { n = 2 },\n]\nb = 1", "llave-sin-cerrar", "{ n = 1, t = \"x\"", "}"),
            ("a = [\n \"uno dos\n tres\",\n \"b\",\n]\nc = 1", "comilla-sin-cerrar", "\"uno dos", "misma línea"),
            ("a = [\n \"Se \"aplazó\" el punto\",\n]", "comillas-adentro", "\"Se \"aplazó\" el punto\",", "«"),
            (
                "s = “Sala de juntas, piso 2”",
                "comillas-curvas",
                "“Sala de juntas, piso 2”",
                "\"Sala de juntas, piso 2\"",
            ),
            (
                "s = Sala de juntas, piso 2",
                "texto-sin-comillas",
                "Sala de juntas, piso 2",
                "\"Sala de juntas, piso 2\"",
            ),
            ("u = \"C:\\Users\\x.jpg\"", "contrabarra", "u = \"C:\\Users\\x.jpg\"", "computador"),
            ("[c.a]\nx = 1\n[c.a]\nx = 2\n[c.a]\nx = 3", "clave-repetida", "[c.a]", "[[c.a]]"),
            ("a = 1\na = 2", "clave-repetida", "a = 2", "una sola"),
            ("[[n]]\nc = 1\nd = 2\n\nc = 3\nd = 4", "clave-repetida", "c = 3", "encima su título: [[n]]"),
            ("[[n]]\nc = 1\nd = 2\nd = 4", "clave-repetida", "d = 4", "deje una sola"),
            ("[n]\nc = 1\n[[n]]\nc = 3\n[[n]]\nc = 4", "clave-repetida", "[n]", "corchetes: [[n]]"),
            ("f = 30/01/25", "fecha-con-barras", "30/01/25", ": 2025-01-30"),
            ("f = 30-ene-2025", "fecha-mal-escrita", "30-ene-2025", ": 2025-01-30"),
            ("f = 30 de enero del 2025", "fecha-mal-escrita", "30 de enero del 2025", ": 2025-01-30"),
            ("f = Septiembre 3 de 2025", "fecha-mal-escrita", "Septiembre 3 de 2025", ": 2025-09-03"),
            ("f = 2025–01–30", "fecha-mal-escrita", "2025–01–30", ": 2025-01-30"),
            ("a = [{ b: \"x\", c = 1 }]", "falta-igual", "a = [{ b: \"x\", c = 1 }]", "a = [{ b = \"x\", c"),
            ("a == \"x\"", "falta-igual", "a == \"x\"", "escriba: a = \"x\""),
            ("a \"x\"", "falta-igual", "a \"x\"", "escriba: a = \"x\""),
            ("a = hola\"", "texto-sin-comillas", "hola\"", "\"hola\""),
            ("a = 8 meses\"", "texto-sin-comillas", "a = 8 meses\"", "\"8 meses\""),
            ("a = \"x\";", "comillas-adentro", "a = \"x\";", "borre «;»"),
            ("a = 1,", "toml-incomprensible", "a = 1,", "deje la línea en a = 1"),
            ("a = (\"x\", \"y\")", "lista-sin-corchetes", "a = (\"x\", \"y\")", "[\"x\", \"y\"]"),
            ("a = N/A", "valor-vacio", "N/A", "no consta"),
            ("n = 1º", "numero-con-unidad", "1º", "solo 1;"),
            ("f = 2025-01-30 8:00", "fecha-mal-escrita", "2025-01-30 8:00", "día: 2025-01-30"),
            ("año = 2025", "clave-mal-escrita", "año", ": anio"),
            ("a = [\n  { texto = \"x\", versión = \"1\" },\n]", "clave-mal-escrita", "versión", ": version"),
            ("[caracterización]\nx = 1", "clave-mal-escrita", "[caracterización]", ": [caracterizacion]"),
            ("p = [\"a\"]\n[[por entidad]]\np = 1", "clave-mal-escrita", "[[por entidad]]", ": [[por_entidad]]"),
            ("[[n]]\nc = 1\n[n]]\nc = 2\nd = 3", "clave-mal-escrita", "[n]]", ": [[n]]"),
            ("l = \"\"\"Sala\"\nb = 1\nc = 2", "comilla-sin-cerrar", "l = \"\"\"Sala\"", "\"\"\" al final"),
            (
                "o = [\n  { n = 1, t = \"x.” },\n  { n = 2, t = \"y\" },\n]\nb = 1",
                "comillas-curvas",
                "{ n = 1, t = \"x.” },",
                "\"x.\"",
            ),
            ("[[n]\nc = 1\n[[n]]\nc = 2", "clave-mal-escrita", "[[n]", ": [[n]]"),
            ("a = [\"4\",, \"5\"]", "toml-incomprensible", ",", "bórrelo"),
            ("a = [{ c = 1 }}]", "toml-incomprensible", "}", "bórrelo"),
            ("v = 1,240", "punto-de-miles", "1,240", "1240; si"),
            ("v = 1'240.000", "punto-de-miles", "1'240.000", "escriba 1240000"),
            (
                "a = [{ t = \"La versión \"002\" del plan\" }]",
                "comillas-adentro",
                "a = [{ t = \"La versión \"002\" del plan\" }]",
                "«",
            ),
            ("h = True", "si-o-no", "True", "escriba true"),
            ("s = \"x”", "comillas-curvas", "s = \"x”", "rectas: \"x\""),
            ("a = \"x\", \"y\"", "lista-sin-corchetes", "a = \"x\", \"y\"", "[\"x\", \"y\"]"),
            ("s =", "valor-vacio", "s =", "no consta"),
        ] {
            let all = told(text);
            let (said, at, mend) = all.first().cloned().unwrap_or(("nothing", "", String::new()));
            assert_eq!((said, at), (code, underlined), "{text}: {all:?}");
            assert!(mend.contains(help), "{text}: {mend}");
            let lists = text.contains("[g]\na");
            assert!(lists || all.len() == 1, "{text}: {all:?}");
        }
    }
}
