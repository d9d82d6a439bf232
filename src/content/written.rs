//! Values as people write them: dates, hours, sums, yes and no. The parser says the same of all of them.

use super::syntax::Explained;
use super::valor::MESES;
use super::walker::says_nothing;

pub(super) fn explain_value(value: &str) -> Option<Explained> {
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
        if value.contains('=') {
            let help = format!(
                "ponga una coma después de {day}: los elementos de una lista o una tabla van separados por comas"
            );
            return Some(("falta-coma", "falta una coma después de la fecha".to_owned(), help));
        }
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
pub(super) fn date_help(value: &str) -> Explained {
    other_date(value).unwrap_or_else(|| {
        let message = format!("«{value}» no es una fecha del calendario");
        ("fecha-imposible", message, "escriba año-mes-día sin comillas, por ejemplo 2022-12-30".to_owned())
    })
}
