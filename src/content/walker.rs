//! The one walker that compares a TOML tree with its kind's description.
//!
//! It reports every unknown, missing or mistyped key with its place, collects the references, and gives the value as
//! a [`Node`], which then deserialises without surprises. Spans stay here: a rule that needs the place of a key asks
//! [`super::locate`], which parses the file again. Errors are rare, spans in every value would be paid by all records.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::enlaces::PENDING;
use super::node::Node;
use super::partial::Lost;
use super::shape::{Field, RESERVADO_HELP, Shape, Table, closest, example, expected, is_address};
use super::valor::NO_CONSTA;
use super::written::date_help;
use super::{RefUse, reservado};
use crate::diagnostic::Diagnostic;

/// Walks TOML trees of one file.
pub struct Walker<'a> {
    /// The file, for diagnostics.
    pub file: &'a str,
    /// The record's own table: a key of it found deeper was written too late.
    pub record: &'a Table,
    /// First line of the record, in bytes of the file: where a key that it lacks is told.
    pub head: Range<usize>,
    /// Offset of the parsed text in the file.
    pub base: usize,
    /// Its lines that were not read: a key that they may give is not missing.
    pub lost: Option<&'a Lost>,
    /// Problems found.
    pub diagnostics: Vec<Diagnostic>,
    /// References found.
    pub refs: Vec<RefUse>,
    /// How many facts no source gives.
    pub no_consta: u32,
}

/// Years of which a record of an entity may speak: what is earlier or later is a slip of a finger, as 0205 or 2205.
const YEARS: RangeInclusive<i16> = 1500..=2150;

impl Walker<'_> {
    fn report(&mut self, code: &'static str, span: Range<usize>, message: String, help: String) {
        let span = self.base + span.start..self.base + span.end;
        self.diagnostics.push(Diagnostic::error(code, self.file, span.into(), message, help));
    }

    /// Compares a table with its fields and gives what it says. `span` is where a missing key is reported.
    pub fn table<'t>(&mut self, shape: &'t Table, table: &'t DeTable<'_>, span: Range<usize>) -> Node<'t> {
        let mut entries: Vec<(&str, Node<'_>)> = Vec::with_capacity(table.len());
        self.one_of(shape, table, span.clone());
        let mut meant = Vec::new();
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            match shape.field(name) {
                Some(field) => {
                    let value = self.value(&field.shape, name, value);
                    entries.push((name, value));
                }
                None => meant.extend(self.unknown(shape, name, key.span())),
            }
        }
        for (name, field) in &shape.fields {
            // A key that was misspelt is told once, where it stands.
            let is_lost = || self.lost.is_some_and(|lost| lost.mentions(name));
            if field.required && !table.contains_key(name.as_str()) && !meant.contains(name) && !is_lost() {
                self.missing(shape, name, field, &span);
            }
        }
        Node::Table(entries)
    }

    /// Reports a key that the table does not have, and gives the one that was meant.
    fn unknown(&mut self, shape: &Table, name: &str, span: Range<usize>) -> Option<String> {
        let keys = shape.fields.iter().map(|(key, _)| key.as_str());
        let near = closest(name, keys.clone()).map(str::to_owned);
        if near.is_none() && self.record.field(name).is_some() {
            let message = format!("la clave «{name}» quedó dentro de otra tabla");
            let help = "llévela arriba, junto a codigo: las claves del registro van antes de la primera línea entre \
                corchetes";
            self.report("clave-fuera-de-lugar", span, message, help.to_owned());
            return None;
        }
        if near.is_none()
            && let Some(home) = home_of(self.record, name)
        {
            let message = format!("la clave «{name}» quedó en una tabla que no es la suya");
            let help = format!("llévela a [{home}], antes de las demás líneas entre corchetes");
            self.report("clave-fuera-de-lugar", span, message, help);
            return None;
        }
        let help = match &near {
            Some(known) => format!("¿quiso decir «{known}»?"),
            None => format!("quítela, o use una de estas: {}", keys.collect::<Vec<_>>().join(", ")),
        };
        self.report("clave-desconocida", span, format!("la clave «{name}» no existe en este registro"), help);
        near
    }

    fn missing(&mut self, shape: &Table, name: &str, field: &Field, span: &Range<usize>) {
        let or_not = match field.shape {
            Shape::Dato(_) => "; si ninguna fuente lo dice, escriba \"no consta\"",
            _ => "",
        };
        let place = match std::ptr::eq(shape, self.record) {
            true => self.head.clone(),
            false => self.base + span.start..self.base + span.end,
        };
        let message = format!("falta la clave «{name}»: {}", field.description.trim_end_matches('.'));
        let mut shape = &field.shape;
        if let Shape::Dato(fact) = shape {
            shape = fact;
        }
        let words: &[String] = if let Shape::Enum(words) = shape { words } else { &[] };
        let choice = if words.is_empty() { String::new() } else { format!("; se admite: {}", words.join(", ")) };
        let help = format!("agregue: {name} = {}{choice}{or_not}", example(&field.shape));
        self.diagnostics.push(Diagnostic::error("falta-clave", self.file, place.into(), message, help));
    }

    fn one_of(&mut self, shape: &Table, table: &DeTable<'_>, span: Range<usize>) {
        if shape.one_of.is_empty() {
            return;
        }
        let message = match shape.one_of.iter().filter(|key| table.contains_key(key.as_str())).count() {
            0 if self.lost.is_some() => return,
            0 => "la tabla no dice quién es",
            1 => return,
            _ => "la tabla nombra a varios a la vez",
        };
        let help = format!("escriba una sola de estas claves: {}", shape.one_of.join(", "));
        self.report("parte-ambigua", span, message.to_owned(), help);
    }

    fn value<'t>(&mut self, shape: &'t Shape, key: &str, node: &'t Spanned<DeValue<'_>>) -> Node<'t> {
        let text = node.get_ref().as_str();
        match shape {
            Shape::Dato(fact) => {
                if let Some(text) = text {
                    if text == NO_CONSTA {
                        self.no_consta += 1;
                        return Node::from(NO_CONSTA);
                    }
                    if is_near_no_consta(text) {
                        let message = format!("«{text}» no está escrito como se espera");
                        self.report("no-consta-mal-escrito", node.span(), message, "escriba \"no consta\"".into());
                        return Node::Nothing;
                    }
                }
                if let Some([only]) = node.get_ref().as_array().map(|items| &**items)
                    && only.get_ref().as_str() == Some(NO_CONSTA)
                {
                    let help = format!("escriba {key} = \"no consta\", sin corchetes");
                    self.report(
                        "no-consta-mal-escrito",
                        node.span(),
                        "«no consta» va solo, no dentro de una lista".into(),
                        help,
                    );
                    return Node::Nothing;
                }
                self.value(fact, key, node)
            }
            Shape::List(item) if matches!(**item, Shape::Text) && unquoted(node.get_ref()).is_some() => {
                let message = format!("los elementos de «{key}» son textos, y van entre comillas");
                let help = format!("escriba {key} = [{}]", unquoted(node.get_ref()).unwrap_or_default());
                self.report("tipo-equivocado", node.span(), message, help);
                Node::Nothing
            }
            Shape::List(item) => match node.get_ref().as_array() {
                Some(items) => Node::List(items.iter().map(|i| self.value(item, key, i)).collect()),
                None => self.mistyped(shape, key, node),
            },
            Shape::Table(inner) => match node.get_ref().as_table() {
                Some(table) => self.table(inner, table, node.span()),
                None => self.mistyped(shape, key, node),
            },
            Shape::Text if text.is_some_and(|t| t == NO_CONSTA || says_nothing(t)) => self.empty(shape, key, node),
            Shape::Text if text.is_some_and(|t| has_escaped_signs(t, node.span().len())) => {
                let message = format!(
                    "en «{key}», la contrabarra \\ con la letra que la sigue se lee como un signo que no se ve"
                );
                let help =
                    "las rutas de un computador no se publican; si de veras va en el texto, escríbala dos veces: \\\\";
                self.report("contrabarra", node.span(), message, help.to_owned());
                Node::Nothing
            }
            Shape::Text => match text.map(reservado::strip) {
                Some(Ok(text)) => {
                    if let Some(mark) = markdown_in(&text) {
                        let message = format!("«{key}» es texto sin formato: «{mark}» saldría tal cual");
                        let help =
                            "escriba el texto solo; los enlaces y la negrita van en el texto que sigue al segundo +++";
                        self.report("formato-en-clave", node.span(), message, help.to_owned());
                    }
                    Node::Text(text)
                }
                Some(Err(mark)) => {
                    let (message, help) = (format!("«{mark}» no se entiende"), RESERVADO_HELP.to_owned());
                    self.report("reservado-mal-escrito", node.span(), message, help);
                    Node::Nothing
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Address { may_wait } => match text {
                Some(text) if is_address(text) || *may_wait && text == PENDING => Node::from(text),
                Some(text) => {
                    let message = format!("«{text}» no es una dirección que se pueda enlazar");
                    let help = match text {
                        PENDING => {
                            "si ninguna fuente da la dirección, escriba \"no consta\", o borre la línea si no es obligatoria"
                        }
                        _ if text.starts_with("http") && text.contains(' ') => {
                            "una dirección no tiene espacios: en su lugar va %20, y se escribe una sola"
                        }
                        _ => "escriba la dirección entera, que empiece por https:// (o mailto:, tel:)",
                    };
                    self.report("direccion-no-permitida", node.span(), message, help.to_owned());
                    Node::Nothing
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Reference(kind) => match text {
                Some(text) => {
                    let span = node.span();
                    self.refs.push(RefUse::new(*kind, text, self.base + span.start..self.base + span.end));
                    Node::from(text)
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Enum(words) => self.word(words, key, node),
            Shape::Date => self.date(shape, key, node),
            Shape::Bool => node.get_ref().as_bool().map_or_else(|| self.mistyped(shape, key, node), Node::Bool),
            Shape::Integer(min, max) => self.integer(*min, *max, key, node),
            Shape::Number => match node.get_ref() {
                DeValue::Float(n) => self.number(n.as_str(), key, node),
                DeValue::Integer(n) => self.number(n.as_str(), key, node),
                _ => self.mistyped(shape, key, node),
            },
            Shape::Any => Node::Nothing,
        }
    }

    /// A text that says nothing.
    fn empty(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Node<'static> {
        match node.get_ref().as_str() {
            Some(NO_CONSTA) => {
                let help = format!("escriba el texto: {key} = {}", example(shape));
                let message = format!("«{key}» no admite \"no consta\": sin ella no se entiende el registro");
                self.report("no-consta-no-admitido", node.span(), message, help);
            }
            _ => {
                let help =
                    "escriba el texto entre comillas; si ninguna fuente lo dice y la clave lo admite, \"no consta\"";
                self.report("texto-vacio", node.span(), format!("«{key}» está sin llenar"), help.to_owned());
            }
        }
        Node::Nothing
    }

    fn word<'t>(&mut self, words: &[String], key: &str, node: &'t Spanned<DeValue<'_>>) -> Node<'t> {
        match node.get_ref().as_str() {
            Some(text) if words.iter().any(|w| w == text) => Node::from(text),
            Some(text) => {
                let list = words.join(", ");
                let help = match closest(text, words.iter().map(String::as_str)) {
                    Some(word) => format!("¿quiso decir «{word}»? Se admite: {list}"),
                    None => format!("escriba una de estas palabras: {list}"),
                };
                let message = format!("«{text}» no es un valor de «{key}»");
                self.report("valor-desconocido", node.span(), message, help);
                Node::Nothing
            }
            None => self.mistyped(&Shape::Enum(words.to_vec()), key, node),
        }
    }

    fn date(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Node<'static> {
        let written = match node.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) if text == NO_CONSTA => return self.empty(shape, key, node),
            DeValue::String(text) => text.to_string(),
            _ => return self.mistyped(shape, key, node),
        };
        let (code, message, help) = match written.parse::<jiff::civil::Date>() {
            Ok(date) if YEARS.contains(&date.year()) => return Node::Text(written.into()),
            Ok(_) => {
                let message = format!("el año de «{written}» no puede ser");
                ("fecha-imposible", message, "revise las cuatro cifras del año, por ejemplo 2025-12-31".to_owned())
            }
            Err(_) => date_help(&written),
        };
        self.report(code, node.span(), message, help);
        Node::Nothing
    }

    fn integer(&mut self, min: i64, max: i64, key: &str, node: &Spanned<DeValue<'_>>) -> Node<'static> {
        let DeValue::Integer(number) = node.get_ref() else {
            return self.mistyped(&Shape::Integer(min, max), key, node);
        };
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(n) if (min..=max).contains(&n) => Node::Integer(n),
            _ => {
                let message = format!("«{key}» no puede ser {}", number.as_str());
                let help = format!("escriba un número entero entre {min} y {max}");
                self.report("numero-fuera-de-rango", node.span(), message, help);
                Node::Nothing
            }
        }
    }

    fn number(&mut self, written: &str, key: &str, node: &Spanned<DeValue<'_>>) -> Node<'static> {
        // Here a point parts thousands: `1.240` is written for 1240 more often than for 1.24.
        if let Some((whole, part)) = written.split_once('.')
            && (1..=3).contains(&whole.len())
            && part.len() == 3
            && !whole.starts_with('0')
        {
            let message = format!("«{written}» puede ser {whole}{part} o {whole},{part}");
            let help = format!("si son miles, escriba {whole}{part}; si son decimales, agregue un cero: {written}0");
            self.report("punto-de-miles", node.span(), message, help);
        }
        match written.replace('_', "").parse::<f64>() {
            Ok(n) if n.is_finite() => Node::Number(n),
            _ => self.mistyped(&Shape::Number, key, node),
        }
    }

    fn mistyped(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Node<'static> {
        let message = match node.get_ref().as_str().is_some_and(says_nothing) {
            true => format!("«{key}» está sin llenar: debe ser {}", expected(shape)),
            false => format!("«{key}» debe ser {}", expected(shape)),
        };
        if let (Shape::Table(table), Some(text)) = (shape, node.get_ref().as_str())
            && table.field("texto").is_some()
        {
            let help = match table.one_of.first() {
                Some(first) => format!("escriba {{ texto = \"{text}\" }}, o {{ {first} = … }} si tiene su registro"),
                None => format!("escriba {{ texto = \"{text}\" }}, con las demás claves que lleve"),
            };
            self.report("tipo-equivocado", node.span(), message, help);
            return Node::Nothing;
        }
        let help = format!("escriba, por ejemplo: {key} = {}", example(shape));
        self.report("tipo-equivocado", node.span(), message, help);
        Node::Nothing
    }
}

/// The table of a record, one below it, that has a key.
fn home_of<'a>(record: &'a Table, key: &str) -> Option<&'a str> {
    let tables = record.fields.iter().filter_map(|(name, field)| match &field.shape {
        Shape::Table(table) => Some((name, table)),
        Shape::Dato(fact) => {
            if let Shape::Table(table) = &**fact {
                Some((name, table))
            } else {
                None
            }
        }
        _ => None,
    });
    let mut homes = tables.filter(|(_, table)| table.field(key).is_some()).map(|(name, _)| name.as_str());
    homes.next().filter(|_| homes.next().is_none())
}

/// A list with numbers among its elements, each between quotes; `None` where there are none.
fn unquoted(list: &DeValue<'_>) -> Option<String> {
    let items = list.as_array()?;
    let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::Integer(number) => Some(format!("\"{}\"", number.as_str())),
        DeValue::Float(number) => Some(format!("\"{}\"", number.as_str())),
        DeValue::String(text) => Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))),
        _ => None,
    };
    let texts: Vec<String> = items.iter().map(text).collect::<Option<_>>()?;
    items.iter().any(|item| !item.get_ref().is_str()).then(|| texts.join(", "))
}

/// Whether a text, written in so many bytes with its quotes, has signs without a shape, as `\e` and `\t` give. A tab may be typed as it is.
fn has_escaped_signs(text: &str, written: usize) -> bool {
    // Nearly no text has any: without leaving early, blocks are looked at at once.
    if !text.bytes().fold(false, |found, b| found | (b < b' ' && b != b'\n')) {
        return false;
    }
    let as_typed = [2, 6, 7].contains(&written.saturating_sub(text.len()));
    text.bytes().any(|b| b < b' ' && !matches!(b, b'\n' | b'\t')) || !(text.contains('\n') || as_typed)
}

/// «No consta.», «no_consta»: meant, and not written as it is read.
fn is_near_no_consta(text: &str) -> bool {
    text.len() <= 16 && text.starts_with([' ', 'n', 'N']) && {
        let words = text.trim().trim_end_matches('.').to_lowercase();
        words.split([' ', '_', '-']).filter(|word| !word.is_empty()).eq(NO_CONSTA.split(' '))
    }
}

/// What people write where there is nothing to say.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 4
        && matches!(text.to_uppercase().as_str(), "" | "…" | "..." | "N/A" | "N.A." | "N/D" | "-" | "–" | "—")
}

/// A mark of Markdown, which only the text after the keys understands.
fn markdown_in(text: &str) -> Option<&str> {
    // Nearly no text has one of these.
    memchr::memchr3(b'*', b'[', b'`', text.as_bytes())?;
    let link = text
        .find("[[")
        .filter(|at| text.get(at + 2..).is_some_and(|rest| rest.contains("]]") && !rest.starts_with(':')));
    // In a pattern of codes, `](` begins a group.
    let address = text.find("](").filter(|at| {
        let inside = text.get(at + 2..).and_then(|rest| rest.split_once(')')).map_or("", |(inside, _)| inside);
        inside.contains(['.', '/', ':', '#']) && !inside.contains(['|', '\\', '?'])
    });
    let marks = ["**", "`"].into_iter().filter_map(|mark| text.find(mark)).chain(address).min();
    let at = link.or(marks).or_else(|| slanted(text))?;
    let rest = text.get(at..)?;
    let end = rest.char_indices().nth(24).map_or(rest.len(), |(i, _)| i);
    rest.get(..end)
}

/// Where words stand between two asterisks, as those of a text in italics; `2 * 3` and `nota*` are none.
fn slanted(text: &str) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let at = |i: usize| {
        (
            is_word(text.get(..i).and_then(|t| t.chars().next_back())),
            is_word(text.get(i + 1..).and_then(|t| t.chars().next())),
        )
    };
    let mut marks = text.match_indices('*').map(|(i, _)| i);
    let first = marks.find(|i| at(*i) == (false, true))?;
    marks.any(|i| at(i) == (true, false)).then_some(first)
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_of_markdown_are_found_in_keys() {
        for (text, mark) in [
            ("Vea [el correo](mailto:a@b.co)", Some("](mailto:a@b.co)")),
            ("![Mapa](mapa.svg)", Some("](mapa.svg)")),
            ("El código `DEP`", Some("`DEP`")),
            ("Se lee *con cuidado*.", Some("*con cuidado*.")),
            ("Un **dato**", Some("**dato**")),
            ("2 * 3 * 4, nota* y otra*", None),
            ("[sic] (p. 3) y [[:alpha:]]", None),
            ("^[A-Z](MA|PR)-[0-9](?:\\.[0-9])*$", None),
        ] {
            assert_eq!(super::markdown_in(text), mark, "{text}");
        }
    }
}
