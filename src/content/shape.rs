//! The description of a kind (its JSON Schema, compiled), and how a value of each shape is typed.

use super::Kind;
use super::valor::NO_CONSTA;
use serde_json::Value;

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Anything.
    Any,
    /// Text.
    Text,
    /// A web address.
    Address {
        /// Whether `pendiente` may stand in its place.
        may_wait: bool,
    },
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
    pub fields: Vec<(String, Field)>,
    /// Keys of which exactly one is written; none where all may be.
    pub one_of: Vec<String>,
}

impl Table {
    /// The description of a key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|(name, _)| name == key).map(|(_, field)| field)
    }
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
        "string" if schema.get("format").and_then(Value::as_str) == Some("uri") => Shape::Address { may_wait: false },
        "string" if schema.get("format").and_then(Value::as_str) == Some("uri-reference") => {
            Shape::Address { may_wait: true }
        }
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

fn fields_of(schema: &Value, root: &Value) -> Vec<(String, Field)> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|keys| keys.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Vec::new();
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

/// What a value must be, in words.
pub fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "un valor",
        Shape::Text | Shape::Address { .. } | Shape::Reference(_) | Shape::Enum(_) => "un texto entre comillas",
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
        Shape::Address { .. } => "\"https://…\"".into(),
        Shape::Reference(kind) => format!("\"código de {}\"", kind.label()),
        Shape::Enum(words) => format!("\"{}\"", words.first().map_or("", String::as_str)),
        // Of years, one that an editor may meet.
        Shape::Integer(1000..=2022, 2022..) => "2022".into(),
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
    // «…» is what a skeleton, or a mend, leaves to be filled in.
    known && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '…')
}

/// How a mark of withheld text is written.
pub const RESERVADO_HELP: &str = "escriba [[reservado: motivo]] en lugar de lo que no se publica, con el motivo legal";

/// The candidate nearest to what was typed, when it is near enough to be what was meant.
pub fn closest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    // Another number is another thing: «Ley 80 de 1993» is not a slip for «Ley 87 de 1993».
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = digits(&typed);
    candidates
        .filter(|c| number.is_empty() || digits(c) == number)
        .map(|c| (strsim::damerau_levenshtein(&typed, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= (c.chars().count() / 3).clamp(1, 4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}
