//! Explains TOML syntax errors in an editor's words: the parser says the same of a date, a decimal comma and curly quotes.

use std::ops::Range;

use super::keys::{self, ONLY_ONE, good_key, misspelt};
use super::unclosed;
use super::written::explain_value;

/// Errors of a file that are explained: for some the whole file is looked at, and nobody reads more.
pub(super) const MOST: usize = 200;

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
        return keys::repeated(text, shown, whole);
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
    if let Some(value) = value.and_then(|value| value.strip_suffix([',', ';'])).filter(|value| !value.is_empty())
        // Of an element of a list it is the comma that belongs there.
        && !line.trim_start().starts_with('{')
    {
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
            ("t = \"Según ley, año = 2025\"\nv = 3,5", "coma-decimal", "3,5", "3.5"),
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
