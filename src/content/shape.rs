//! The description of a kind (its JSON Schema, compiled) and the one walker that compares a TOML tree with it.
//!
//! The walker reports every unknown, missing or mistyped key with its place, collects the references, and gives the value as
//! JSON, which then deserialises without surprises. Spans stay here: a rule that needs the place of a key asks
//! [`super::locate`], which parses the file again. Errors are rare, spans in every value would be paid by all records.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::enlaces::PENDING;
use super::syntax::date_help;
use super::valor::NO_CONSTA;
use super::{Kind, RefUse, reservado};
use crate::diagnostic::Diagnostic;

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Anything.
    Any,
    /// Text.
    Text,
    /// A web address, or «pendiente».
    Address,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// A number, with decimals or not.
    Number,
    /// `true` or `false`.
    Bool,
    /// A calendar day.
    Date,
    /// The code, name or alias of a record of a kind.
    Reference(Kind),
    /// One of some words.
    Enum(Vec<String>),
    /// A list.
    List(Box<Shape>),
    /// A table.
    Table(Table),
    /// A value, or «no consta».
    Dato(Box<Shape>),
}

/// The keys of a table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Each key and what it may hold.
    pub fields: BTreeMap<String, Field>,
    /// Keys of which exactly one is written; none where all may be.
    pub one_of: Vec<String>,
}

/// A key of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it may hold.
    pub shape: Shape,
    /// Whether its absence is an error.
    pub required: bool,
    /// What it means, in Spanish.
    pub description: String,
}

/// Compiles a JSON Schema as `schemars` writes it for our types.
pub fn compile(schema: &Value) -> Shape {
    shape_of(schema, schema)
}

fn shape_of(schema: &Value, root: &Value) -> Shape {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        return root.pointer(target.trim_start_matches('#')).map_or(Shape::Any, |s| shape_of(s, root));
    }
    if let Some(kind) = schema.get("x-ref").and_then(Value::as_str) {
        return Kind::named(kind).map_or(Shape::Text, Shape::Reference);
    }
    if let Some(words) = words_of(schema) {
        return Shape::Enum(words);
    }
    if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
        return shape_of_any(options, root);
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or(""),
        _ => "",
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    match kind {
        "string" if schema.get("format").and_then(Value::as_str) == Some("date") => Shape::Date,
        "string" if schema.get("format").and_then(Value::as_str) == Some("uri") => Shape::Address,
        "string" => Shape::Text,
        "boolean" => Shape::Bool,
        "number" => Shape::Number,
        "integer" => Shape::Integer(bound("minimum").unwrap_or(0), bound("maximum").unwrap_or(i64::from(u16::MAX))),
        "array" => Shape::List(Box::new(schema.get("items").map_or(Shape::Any, |items| shape_of(items, root)))),
        "object" => Shape::Table(Table { fields: fields_of(schema, root), one_of: one_of(schema) }),
        _ => Shape::Any,
    }
}

/// `anyOf` is an optional value (with null) or a `Dato` (with «no consta»).
fn shape_of_any(options: &[Value], root: &Value) -> Shape {
    let fact = options
        .iter()
        .find(|option| option.get("const").is_none() && option.get("type").and_then(Value::as_str) != Some("null"));
    let shape = fact.map_or(Shape::Any, |option| shape_of(option, root));
    let dato = options.iter().any(|option| option.get("const").and_then(Value::as_str) == Some(NO_CONSTA));
    if dato { Shape::Dato(Box::new(shape)) } else { shape }
}

/// Our own keyword: JSON Schema says it with `oneOf`, which would hide the fields from an editor's help.
fn one_of(schema: &Value) -> Vec<String> {
    let words = schema.get("x-una-de").and_then(Value::as_array);
    words.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn words_of(schema: &Value) -> Option<Vec<String>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    let options = schema.get("oneOf")?.as_array()?;
    options.iter().map(|option| option.get("const").and_then(Value::as_str).map(str::to_owned)).collect()
}

fn fields_of(schema: &Value, root: &Value) -> BTreeMap<String, Field> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|keys| keys.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return BTreeMap::new();
    };
    properties
        .iter()
        .map(|(key, property)| {
            let description = property.get("description").and_then(Value::as_str);
            let field = Field {
                shape: shape_of(property, root),
                required: required.contains(&key.as_str()),
                description: description.unwrap_or("").to_owned(),
            };
            (key.clone(), field)
        })
        .collect()
}

/// Walks TOML trees of one file.
pub struct Walker<'a> {
    /// The file, for diagnostics.
    pub file: &'a str,
    /// The record's own table: a key of it found deeper was written too late.
    pub record: &'a Table,
    /// Offset of the parsed text in the file.
    pub base: usize,
    /// Problems found.
    pub diagnostics: Vec<Diagnostic>,
    /// References found.
    pub refs: Vec<RefUse>,
}

impl Walker<'_> {
    fn report(&mut self, code: &'static str, span: std::ops::Range<usize>, message: String, help: String) {
        let span = self.base + span.start..self.base + span.end;
        self.diagnostics.push(Diagnostic::error(code, self.file, span.into(), message, help));
    }

    /// Compares a table with its fields and gives it as JSON. `span` is where a missing key is reported.
    pub fn table(&mut self, shape: &Table, table: &DeTable<'_>, span: std::ops::Range<usize>) -> Value {
        let fields = &shape.fields;
        let mut object = serde_json::Map::new();
        self.one_of(shape, table, span.clone());
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            match fields.get(name) {
                Some(field) => {
                    let value = self.value(&field.shape, name, value);
                    object.insert(name.to_owned(), value);
                }
                None if self.record.fields.contains_key(name) => {
                    let message = format!("la clave «{name}» quedó dentro de otra tabla");
                    let help = "llévela arriba, junto a codigo: las claves del registro van antes de la primera línea \
                        entre corchetes, como [caracterizacion] o [[cambio]]";
                    self.report("clave-fuera-de-lugar", key.span(), message, help.to_owned());
                }
                None => {
                    let help = match closest(name, fields.keys().map(String::as_str)) {
                        Some(known) => format!("¿quiso decir «{known}»?"),
                        None => format!(
                            "quítela, o use una de estas: {}",
                            fields.keys().cloned().collect::<Vec<_>>().join(", ")
                        ),
                    };
                    let message = format!("la clave «{name}» no existe en este registro");
                    self.report("clave-desconocida", key.span(), message, help);
                }
            }
        }
        for (name, field) in fields {
            if field.required && !object.contains_key(name) {
                let or_not = match field.shape {
                    Shape::Dato(_) => "; si ninguna fuente lo dice, escriba \"no consta\"",
                    _ => "",
                };
                let line_end = span.start..span.end.min(span.start + 3);
                self.report(
                    "falta-clave",
                    line_end,
                    format!("falta la clave «{name}»"),
                    format!("agregue: {name} = {}{or_not}  ({})", example(&field.shape), field.description),
                );
            }
        }
        Value::Object(object)
    }

    fn one_of(&mut self, shape: &Table, table: &DeTable<'_>, span: std::ops::Range<usize>) {
        if shape.one_of.is_empty() {
            return;
        }
        let message = match shape.one_of.iter().filter(|key| table.contains_key(key.as_str())).count() {
            0 => "la tabla no dice quién es",
            1 => return,
            _ => "la tabla nombra a varios a la vez",
        };
        let help = format!("escriba una sola de estas claves: {}", shape.one_of.join(", "));
        self.report("parte-ambigua", span, message.to_owned(), help);
    }

    fn value(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        let text = node.get_ref().as_str();
        match shape {
            Shape::Dato(fact) => {
                if let Some(text) = text {
                    if text == NO_CONSTA {
                        return Value::from(NO_CONSTA);
                    }
                    if text.trim().to_lowercase().replace('_', " ") == NO_CONSTA {
                        let message = format!("«{text}» no está escrito como se espera");
                        self.report("no-consta-mal-escrito", node.span(), message, "escriba \"no consta\"".into());
                        return Value::Null;
                    }
                }
                self.value(fact, key, node)
            }
            Shape::List(item) => match node.get_ref().as_array() {
                Some(items) => Value::Array(items.iter().map(|i| self.value(item, key, i)).collect()),
                None => self.mistyped(shape, key, node),
            },
            Shape::Table(inner) => match node.get_ref().as_table() {
                Some(table) => self.table(inner, table, node.span()),
                None => self.mistyped(shape, key, node),
            },
            Shape::Text => match text.map(reservado::strip) {
                Some(Ok(text)) => Value::from(text.into_owned()),
                Some(Err(mark)) => {
                    let (message, help) = (format!("«{mark}» no se entiende"), RESERVADO_HELP.to_owned());
                    self.report("reservado-mal-escrito", node.span(), message, help);
                    Value::Null
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Address => match text {
                Some(text) if is_address(text) => Value::from(text),
                Some(text) => {
                    let message = format!("«{text}» no es una dirección que se pueda enlazar");
                    let help = "escriba la dirección entera, que empiece por https:// (o mailto:, tel:)".to_owned();
                    self.report("direccion-no-permitida", node.span(), message, help);
                    Value::Null
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Reference(kind) => match text {
                Some(text) => {
                    let span = node.span();
                    self.refs.push(RefUse {
                        kind: *kind,
                        text: text.to_owned(),
                        span: (self.base + span.start, self.base + span.end),
                    });
                    Value::from(text)
                }
                None => self.mistyped(shape, key, node),
            },
            Shape::Enum(words) => self.word(words, key, node),
            Shape::Date => self.date(shape, key, node),
            Shape::Bool => node.get_ref().as_bool().map_or_else(|| self.mistyped(shape, key, node), Value::from),
            Shape::Integer(min, max) => self.integer(*min, *max, key, node),
            Shape::Number => match node.get_ref() {
                DeValue::Float(n) => self.number(n.as_str(), key, node),
                DeValue::Integer(n) => self.number(n.as_str(), key, node),
                _ => self.mistyped(shape, key, node),
            },
            Shape::Any => Value::Null,
        }
    }

    fn word(&mut self, words: &[String], key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        match node.get_ref().as_str() {
            Some(text) if words.iter().any(|w| w == text) => Value::from(text),
            Some(text) => {
                let list = words.join(", ");
                let help = match closest(text, words.iter().map(String::as_str)) {
                    Some(word) => format!("¿quiso decir «{word}»? Se admite: {list}"),
                    None => format!("escriba una de estas palabras: {list}"),
                };
                let message = format!("«{text}» no es un valor de «{key}»");
                self.report("valor-desconocido", node.span(), message, help);
                Value::Null
            }
            None => self.mistyped(&Shape::Enum(words.to_vec()), key, node),
        }
    }

    fn date(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        let written = match node.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return self.mistyped(shape, key, node),
        };
        if written.parse::<jiff::civil::Date>().is_ok() {
            return Value::from(written);
        }
        let (code, message, help) = date_help(&written);
        self.report(code, node.span(), message, help);
        Value::Null
    }

    fn integer(&mut self, min: i64, max: i64, key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        let DeValue::Integer(number) = node.get_ref() else {
            return self.mistyped(&Shape::Integer(min, max), key, node);
        };
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(n) if (min..=max).contains(&n) => Value::from(n),
            _ => {
                let message = format!("«{key}» no puede ser {}", number.as_str());
                let help = format!("escriba un número entero entre {min} y {max}");
                self.report("numero-fuera-de-rango", node.span(), message, help);
                Value::Null
            }
        }
    }

    fn number(&mut self, written: &str, key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        match written.replace('_', "").parse::<f64>() {
            Ok(n) if n.is_finite() => Value::from(n),
            _ => self.mistyped(&Shape::Number, key, node),
        }
    }

    fn mistyped(&mut self, shape: &Shape, key: &str, node: &Spanned<DeValue<'_>>) -> Value {
        let message = format!("«{key}» debe ser {}", expected(shape));
        let help = format!("escriba, por ejemplo: {key} = {}", example(shape));
        self.report("tipo-equivocado", node.span(), message, help);
        Value::Null
    }
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "un valor",
        Shape::Text | Shape::Address | Shape::Reference(_) | Shape::Enum(_) => "un texto entre comillas",
        Shape::Integer(..) => "un número entero, sin comillas",
        Shape::Number => "un número, con punto decimal y sin comillas",
        Shape::Bool => "true o false, sin comillas",
        Shape::Date => "una fecha (año-mes-día), sin comillas",
        Shape::List(_) => "una lista entre corchetes",
        Shape::Table(_) => "una tabla { clave = valor }",
        Shape::Dato(fact) => expected(fact),
    }
}

/// A value of this shape, as an editor would type it.
pub fn example(shape: &Shape) -> String {
    match shape {
        Shape::Any | Shape::Text => "\"…\"".into(),
        Shape::Address => "\"https://…\"".into(),
        Shape::Reference(kind) => format!("\"código de {}\"", kind.label()),
        Shape::Enum(words) => format!("\"{}\"", words.first().map_or("", String::as_str)),
        Shape::Integer(min, _) => min.max(&1).to_string(),
        Shape::Number => "3.5".into(),
        Shape::Bool => "true".into(),
        Shape::Date => "2022-12-30".into(),
        Shape::List(item) => format!("[{}]", example(item)),
        Shape::Table(table) => {
            let keys: Vec<String> = table
                .fields
                .iter()
                .filter(|(key, field)| field.required || table.one_of.first() == Some(key))
                .map(|(key, field)| format!("{key} = {}", example(&field.shape)))
                .collect();
            format!("{{ {} }}", keys.join(", "))
        }
        Shape::Dato(fact) => example(fact),
    }
}

/// Whether a page may link to it: never `javascript:`, `data:` or a file of one computer.
pub fn is_address(text: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| text.starts_with(scheme));
    text == PENDING || (known && !text.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// How a mark of withheld text is written.
pub const RESERVADO_HELP: &str = "escriba [[reservado: motivo]] en lugar de lo que no se publica, con el motivo legal";

/// The candidate nearest to what was typed, when it is near enough to be what was meant.
pub fn closest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .map(|c| (strsim::damerau_levenshtein(&typed, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= (c.chars().count() / 3).clamp(1, 4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}
