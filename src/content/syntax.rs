//! Explains a TOML syntax error from the line where it stands: the parser's own message says the same of a date and of curly quotes.

use std::ops::Range;

/// Code, what happened, what to type instead.
pub type Explained = (&'static str, String, String);

/// Explains the error that the parser places at `span` of `text`. Returns the range to underline too.
pub fn explain(text: &str, span: Range<usize>, parser_says: &str) -> (Range<usize>, Explained) {
    let at = span.start.min(text.len());
    let start = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |i| at + i);
    let line = text.get(start..end).unwrap_or("");
    let (inside, explained) = explain_line(line, parser_says);
    let whole = line.len() - line.trim_start().len()..line.trim_end().len();
    let inside = inside.unwrap_or(whole);
    (start + inside.start..start + inside.end, explained)
}

fn explain_line(line: &str, parser_says: &str) -> (Option<Range<usize>>, Explained) {
    let value_at = line.find('=').map_or(0, |i| i + 1);
    let value = line.get(value_at..).unwrap_or("").trim();
    let value_range = || line.find(value).map(|i| i..i + value.len());

    if let Some((i, c)) = line.char_indices().find(|(_, c)| "“”‘’«»".contains(*c))
        && !line.contains('"')
    {
        return (
            Some(i..i + c.len_utf8()),
            (
                "comillas-curvas",
                format!("hay comillas curvas ({c}): las puso Word u otro procesador de texto"),
                "use comillas rectas: \"…\"".into(),
            ),
        );
    }
    if let Some((day, month, year)) = slashed_date(value) {
        return (
            value_range(),
            (
                "fecha-con-barras",
                format!("la fecha «{value}» está escrita con barras"),
                format!("escriba primero el año: {year}-{month:0>2}-{day:0>2}"),
            ),
        );
    }
    if decimal_comma(value) {
        return (
            value_range(),
            (
                "coma-decimal",
                format!("el número «{value}» tiene coma decimal"),
                format!("los decimales van con punto: {}", value.replace(',', ".")),
            ),
        );
    }
    if parser_says.contains("duplicate key") {
        return (
            None,
            ("clave-repetida", "esta clave ya está más arriba en el mismo registro".into(), "deje una sola".into()),
        );
    }
    if date_that_is_not(value) {
        return (
            value_range(),
            (
                "fecha-imposible",
                format!("la fecha «{value}» no existe en el calendario"),
                "escriba año-mes-día, por ejemplo 2022-12-30".into(),
            ),
        );
    }
    if value.starts_with('"') && !value.get(1..).unwrap_or("").contains('"') {
        return (
            value_range(),
            (
                "comilla-sin-cerrar",
                "falta la comilla que cierra el texto".into(),
                "cierre el texto con \" en la misma línea; si es largo, escríbalo entre \"\"\" y \"\"\"".into(),
            ),
        );
    }
    if !line.contains('=') && line.contains(':') && !line.trim_start().starts_with('[') {
        return (
            None,
            (
                "falta-igual",
                "la clave y su valor van separados por «=», no por «:»".into(),
                "escriba: clave = \"valor\"".into(),
            ),
        );
    }
    if line.contains('=') && value.starts_with(|c: char| c.is_alphabetic()) && value != "true" && value != "false" {
        return (
            value_range(),
            (
                "texto-sin-comillas",
                format!("el texto «{value}» va entre comillas"),
                format!("escriba: \"{}\"", value.trim_matches('"')),
            ),
        );
    }
    if line.contains('=') && value.is_empty() {
        return (
            None,
            (
                "valor-vacio",
                "esta clave no tiene valor".into(),
                "escriba el valor, o \"no consta\" si ninguna fuente lo dice".into(),
            ),
        );
    }
    (
        None,
        (
            "toml-incomprensible",
            "esta línea no se entiende".into(),
            "cada línea es clave = valor; los textos van entre comillas rectas y las listas entre corchetes: [\"a\", \"b\"]; revise que no falte una coma, una comilla o un corchete".into(),
        ),
    )
}

fn slashed_date(value: &str) -> Option<(&str, &str, &str)> {
    let value = value.trim_matches('"');
    let mut parts = value.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |s: &str, n: usize| !s.is_empty() && s.len() <= n && s.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4)
        .then_some((day, month, year))
}

fn decimal_comma(value: &str) -> bool {
    value.split_once(',').is_some_and(|(a, b)| {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        digits(a.trim_start_matches('-')) && digits(b)
    })
}

fn date_that_is_not(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
        && value.parse::<jiff::civil::Date>().is_err()
}

/// What to type instead of a quoted date that is not one.
pub fn date_help(value: &str) -> Explained {
    match slashed_date(value) {
        Some((day, month, year)) => (
            "fecha-con-barras",
            format!("la fecha «{value}» está escrita con barras"),
            format!("escriba primero el año: {year}-{month:0>2}-{day:0>2}"),
        ),
        None => (
            "fecha-imposible",
            format!("«{value}» no es una fecha del calendario"),
            "escriba año-mes-día sin comillas, por ejemplo 2022-12-30; o \"no consta\" donde se permita".into(),
        ),
    }
}
