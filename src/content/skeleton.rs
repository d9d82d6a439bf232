//! `micrositio new`: a commented skeleton of a record, written from its schema so that it never lags behind the types.

use super::shape::{Field, Shape, example};
use super::{Home, Kind};

/// The skeleton: required keys to fill in, optional ones commented out, each with what it means.
pub fn skeleton(kind: Kind, codigo: &str) -> String {
    let Shape::Table(table) = kind.shape() else {
        return String::new();
    };
    let fields = &table.fields;
    let mut out = String::new();
    let list = matches!(kind.home(), Home::List(_));
    out.push_str(&if list { format!("[[{}]]\n", kind.name()) } else { "+++\n".to_owned() });
    line(&mut out, "codigo", fields.get("codigo"), Some(format!("\"{codigo}\"")), false);
    let (required, optional): (Vec<_>, Vec<_>) =
        fields.iter().filter(|(key, _)| *key != "codigo").partition(|(_, field)| field.required);
    for (key, field) in required {
        let value = matches!(field.shape, Shape::Dato(_)).then(|| "\"no consta\"".to_owned());
        line(&mut out, key, Some(field), value, false);
    }
    out.push_str("\n# Claves opcionales: quite el # de las que use.\n");
    for (key, field) in optional {
        line(&mut out, key, Some(field), None, true);
    }
    if !list {
        out.push_str("+++\n\nEscriba aquí el texto, si lo hay.\n");
    }
    out
}

fn line(out: &mut String, key: &str, field: Option<&Field>, value: Option<String>, optional: bool) {
    let Some(field) = field else { return };
    let sample = example(&field.shape);
    out.push_str(&format!("\n# {}", field.description.replace('\n', " ")));
    if value.is_some() && matches!(field.shape, Shape::Dato(_)) {
        out.push_str(&format!("\n# Por ejemplo: {key} = {sample}"));
    }
    if let Shape::Enum(words) = &field.shape {
        out.push_str(&format!("\n# Se admite: {}", words.join(", ")));
    }
    let mark = if optional { "# " } else { "" };
    out.push_str(&format!("\n{mark}{key} = {}\n", value.unwrap_or(sample)));
}
