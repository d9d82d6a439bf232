//! Explains TOML syntax errors in an editor's words: the parser says the same of a date, a decimal comma and curly quotes.

use std::ops::Range;

use super::valor::MESES;

/// Code, what happened, what to type instead.
pub type Explained = (&'static str, String, String);

/// Explains what the parser stumbled over, each with the range to underline. One line is told once, and after a list that is not
/// closed nothing is: the parser only stumbles over what it swallowed.
pub fn explain_all(text: &str, errors: &[toml::de::Error]) -> Vec<(Range<usize>, Explained)> {
    let mut places: Vec<(Range<usize>, &str)> =
        errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message())).collect();
    places.sort_by_key(|(span, _)| span.start);
    let unclosed = places.iter().position(|(_, says)| says.contains("in array") || says.contains("unclosed array"));
    if let Some(at) = unclosed {
        places.truncate(at + 1);
        let line = places.last().map_or(0..0, |(span, _)| line_of(text, span.start));
        places.retain(|(span, says)| !line.contains(&span.start) || says.contains("array"));
    }
    let mut out: Vec<(Range<usize>, Explained)> = Vec::new();
    let mut told = Vec::new();
    let mut broken_key = false;
    for (span, says) in places {
        let line = line_of(text, span.start).start;
        let (range, explained) = explain(text, span, says);
        // A key that is not one leaves its list behind, line by line.
        let echo = broken_key && explained.0 == "toml-incomprensible";
        broken_key |= explained.0 == "clave-mal-escrita";
        if !echo && !told.contains(&line) {
            told.push(line);
            out.push((range, explained));
        }
    }
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

    if says.contains("missing comma") {
        let before = text.get(..span.start).unwrap_or("").trim_end();
        let last = before.char_indices().next_back().map_or(0, |(i, _)| i);
        let help = "ponga una coma después de este elemento: los de una lista o una tabla van separados por comas";
        return (last..before.len(), said("falta-coma", "falta una coma después de este elemento", help));
    }
    if says.contains("in array") || says.contains("unclosed array") {
        let before = text.get(..span.start).unwrap_or("");
        let opened = before.rfind("= [").map_or(whole, |at| line_of(text, at));
        return (
            opened,
            said("lista-sin-cerrar", "esta lista no se cierra", "cierre la lista con ] después del último elemento"),
        );
    }
    if says.contains("duplicate key") {
        return (whole, repeated(text, shown));
    }
    let key = shown.split_once(['=', ':']).filter(|_| says.contains("key")).map(|(key, _)| key.trim());
    if let Some((key, good)) = key.and_then(|key| Some((key, good_key(key)?))) {
        let at = whole.start..whole.start + key.len();
        let message = format!("la clave «{key}» no se escribe así");
        return (at, ("clave-mal-escrita", message, format!("sin tildes ni espacios: {good}")));
    }
    if says.contains("unexpected key or value") && shown.contains("= \"") {
        let help = "si el texto lleva comillas adentro, use «…»: \"Sala «La Ceiba»\"";
        return (whole, said("comillas-adentro", "sobra texto después de la comilla que cierra", help));
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
        '“' | '”' | '‘' | '’' | '«' => rest.find([',', ']', '}']).unwrap_or(rest.len()),
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
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(c) = value.chars().find(|c| "“”‘’«»".contains(*c)) {
        let inside = value.trim_matches(|c| "“”‘’«»\"'".contains(c));
        let message = format!("hay comillas curvas ({c}): las puso Word u otro procesador de texto");
        return Some(("comillas-curvas", message, format!("use comillas rectas: \"{inside}\"")));
    }
    if let Some(date) = other_date(value) {
        return Some(date);
    }
    if let Some((whole, part)) = value.split_once(',')
        && digits(whole.trim_start_matches('-'))
        && digits(part)
    {
        let message = format!("el número «{value}» tiene coma decimal");
        return Some(("coma-decimal", message, format!("los decimales van con punto: {whole}.{part}")));
    }
    if digits(value) && value.starts_with('0') {
        let message = format!("el número «{value}» empieza por cero");
        let bare = value.trim_start_matches('0');
        let bare = if bare.is_empty() { "0" } else { bare };
        let help =
            format!("escriba {bare}; el sitio pone los ceros donde hacen falta. Si es un código, va entre comillas");
        return Some(("cero-a-la-izquierda", message, help));
    }
    let number: String = value.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = value.get(number.len()..).unwrap_or("").trim();
    if !number.is_empty() && matches!(unit, "%" | "$" | "días" | "meses" | "años" | "personas" | "pesos") {
        let message = format!("el número «{value}» lleva su unidad");
        return Some(("numero-con-unidad", message, format!("escriba solo {number}; la unidad va en su propia clave")));
    }
    if let Some(word) = match value.to_lowercase().as_str() {
        "sí" | "si" | "verdadero" => Some("true"),
        "no" | "falso" => Some("false"),
        _ => None,
    } {
        let message = format!("«{value}» no es la palabra que se espera");
        return Some(("si-o-no", message, format!("escriba {word}, sin comillas (true es sí, false es no)")));
    }
    if value.starts_with(char::is_alphabetic) && value != "true" && value != "false" {
        let message = format!("el texto «{value}» va entre comillas");
        return Some(("texto-sin-comillas", message, format!("escriba: \"{}\"", value.trim_matches('"'))));
    }
    None
}

/// A key twice: a table of a list that lost its double brackets, a «no consta» that was filled in, or a slip.
fn repeated(text: &str, line: &str) -> Explained {
    let line = line.trim();
    let table = line.strip_prefix('[').filter(|rest| !rest.starts_with('[')).and_then(|rest| rest.strip_suffix(']'));
    let Some(name) = table else {
        let message = "esta clave ya está más arriba en el mismo registro".to_owned();
        return ("clave-repetida", message, "deje una sola".to_owned());
    };
    let plain = text.lines().find(|l| l.split_once('=').is_some_and(|(key, _)| key.trim() == name));
    match plain {
        Some(plain) => {
            let message = format!("«{name}» ya está más arriba: {}", plain.trim());
            ("clave-repetida", message, "borre esa línea: la tabla dice lo que ella no decía".to_owned())
        }
        None => {
            let message = format!("la tabla [{name}] está dos veces");
            let help = format!("si cada una es un elemento de una lista, use dobles corchetes en todas: [[{name}]]");
            ("clave-repetida", message, help)
        }
    }
}

/// The key without accents, spaces or capitals, when it has any.
fn good_key(key: &str) -> Option<String> {
    if key.is_empty() || key.len() > 40 || key.contains(['"', '[', '{', '#']) {
        return None;
    }
    let plain = crate::catalog::names::fold(key).replace([' ', '-'], "_");
    let is_key = plain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_key && plain != key).then_some(plain)
}

/// What can be said of a line when the parser's place says nothing.
fn explain_line(line: &str) -> Explained {
    let said = |code, message: &str, help: String| (code, message.to_owned(), help);
    let value = line.split_once('=').map(|(_, value)| value.trim());
    if value.is_some_and(|v| v.starts_with('"') && !v.get(1..).unwrap_or("").contains('"')) {
        let help = "cierre el texto con \" en la misma línea; si es largo, escríbalo entre \"\"\" y \"\"\"".to_owned();
        return said("comilla-sin-cerrar", "falta la comilla que cierra el texto", help);
    }
    if let (None, Some((key, text))) = (value, line.split_once(':').filter(|_| !line.trim_start().starts_with('['))) {
        let help = format!("escriba: {} = \"{}\"", key.trim(), text.trim().trim_matches('"'));
        return said("falta-igual", "la clave y su valor van separados por «=», no por «:»", help);
    }
    if value == Some("") {
        let help = "escriba el valor, o \"no consta\" si ninguna fuente lo dice".to_owned();
        return said("valor-vacio", "esta clave no tiene valor", help);
    }
    let help = "cada línea es clave = valor; los textos van entre comillas rectas y las listas entre corchetes: \
        [\"a\", \"b\"]; revise que no falte una coma, una comilla o un corchete";
    said("toml-incomprensible", "esta línea no se entiende", help.to_owned())
}

/// A date written in another order, with bars, in words, or that no calendar has.
fn other_date(value: &str) -> Option<Explained> {
    let value = value.trim_matches('"');
    let number = |s: &str| s.parse::<u16>().ok().filter(|_| s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()));
    let separator = ['/', '-', '.'].into_iter().find(|c| value.matches(*c).count() == 2);
    let parts: Vec<&str> = match separator {
        Some(separator) => value.split(separator).collect(),
        None => value.split(" de ").collect(),
    };
    let [first, second, third] = parts.as_slice() else { return None };
    let month = match MESES.iter().position(|mes| *mes == second.to_lowercase()) {
        Some(at) => u16::try_from(at + 1).ok()?,
        None => number(second)?,
    };
    let (first, third) = (number(first)?, number(third)?);
    let (year, day) = if first > 31 { (first, third) } else { (third, first) };
    if year < 1000 {
        return None;
    }
    let good = format!("{year}-{month:0>2}-{day:0>2}");
    if good.parse::<jiff::civil::Date>().is_err() {
        let message = format!("la fecha «{value}» no existe en el calendario");
        return Some(("fecha-imposible", message, "escriba año-mes-día, por ejemplo 2022-12-30".to_owned()));
    }
    let (code, how) = match separator {
        Some('/') => ("fecha-con-barras", "está escrita con barras"),
        _ => ("fecha-mal-escrita", "no está escrita como año-mes-día"),
    };
    (good != value).then(|| (code, format!("la fecha «{value}» {how}"), format!("escriba primero el año: {good}")))
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
            ("q = { hay = sí }", "si-o-no", "sí", "true"),
            ("numero = 003", "cero-a-la-izquierda", "003", "escriba 3"),
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
            ("[g]\na = 1\n[g]\na = 2", "clave-repetida", "[g]", "[[g]]"),
            ("c = \"no consta\"\n[c]\na = 1", "clave-repetida", "[c]", "borre"),
            ("a = 1\na = 2", "clave-repetida", "a = 2", "una sola"),
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
