//! `micrositio new`: a commented skeleton of a record, written from its schema so that it never lags behind the types.

use super::shape::{Field, Shape, example};
use super::{Home, Kind};

/// Longest example that stands on one line.
const WIDTH: usize = 100;

/// The skeleton: required keys to fill in (`check` tells those that were not), optional ones commented out, each with what it means.
pub fn skeleton(kind: Kind, codigo: &str) -> String {
    let Shape::Table(table) = kind.shape() else {
        return String::new();
    };
    let mut out = String::new();
    let list = matches!(kind.home(), Home::List(_));
    out.push_str(&if list { format!("[[{}]]\n", kind.name()) } else { "+++\n".to_owned() });
    let (codes, rest): (Vec<_>, Vec<_>) = table.fields.iter().partition(|(key, _)| key == "codigo");
    let (required, optional): (Vec<_>, Vec<_>) = codes.into_iter().chain(rest).partition(|(_, field)| field.required);
    for (key, field) in required {
        let value = match &field.shape {
            _ if key == "codigo" => format!("\"{codigo}\""),
            Shape::Dato(_) => "\"no consta\"".to_owned(),
            // A fact that is filled in already would be published by whoever forgets it.
            shape if is_one_value(shape) => "\"…\"".to_owned(),
            shape => example(shape),
        };
        explain(&mut out, key, field);
        out.push_str(&format!("{key} = {value}\n"));
    }
    out.push_str("\n# Claves opcionales: quite el # de las que use.\n");
    for (key, field) in optional {
        explain(&mut out, key, field);
        out.push_str(&commented(&format!("{key} = {}", pretty(&field.shape, 0))));
    }
    if !list {
        // Not below, as a remark there would not be published, nor what is written in its place.
        out.push_str("\n# El texto, si lo hay, va debajo de la línea que sigue.\n+++\n");
    }
    out
}

fn is_one_value(shape: &Shape) -> bool {
    !matches!(shape, Shape::List(_) | Shape::Table(_) | Shape::Dato(_))
}

fn explain(out: &mut String, key: &str, field: &Field) {
    out.push_str(&format!("\n# {}\n", field.description.replace('\n', " ")));
    let (fact, is_dato) = match &field.shape {
        Shape::Dato(fact) => (&**fact, true),
        shape => (shape, false),
    };
    if let Shape::Enum(words) = fact {
        out.push_str(&format!("# Se admite: {}\n", words.join(", ")));
    } else if field.required && (is_dato || is_one_value(fact)) && !matches!(field.shape, Shape::Text) {
        out.push_str(&commented(&format!("Por ejemplo: {key} = {}", pretty(fact, 0))));
    }
}

/// An example over several lines where one would be too long.
fn pretty(shape: &Shape, depth: usize) -> String {
    let short = example(shape);
    if short.len() <= WIDTH {
        return short;
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match shape {
        Shape::Dato(fact) => pretty(fact, depth),
        Shape::List(item) => format!("[\n{inner}{},\n{outer}]", pretty(item, depth + 1)),
        Shape::Table(table) => {
            let keys = table.fields.iter().filter(|(key, field)| field.required || table.one_of.first() == Some(key));
            let lines: String =
                keys.map(|(key, field)| format!("{inner}{key} = {},\n", pretty(&field.shape, depth + 1))).collect();
            format!("{{\n{lines}{outer}}}")
        }
        _ => short,
    }
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}
