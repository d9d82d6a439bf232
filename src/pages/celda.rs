//! The texts and links that a page shows, and how a template gets them.

use memchr::memchr;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::catalog::{Catalog, Id};

/// A piece of text, perhaps a link. A page holds hundreds, so a template gets no more than there is: one that is only text is a
/// string, another has the keys that it needs.
#[derive(Debug, Clone, Default, Hash)]
pub struct Celda {
    /// Text.
    pub texto: String,
    /// Address within the site, or outside.
    pub url: Option<String>,
    /// Whether the address is outside the site.
    pub externa: bool,
    /// A remark in small print.
    pub nota: Option<String>,
    /// Whether this says that no source gives the fact.
    pub no_consta: bool,
}

impl Serialize for Celda {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_text() {
            return serializer.serialize_str(&self.texto);
        }
        let mut map = serializer.serialize_struct("Celda", 5)?;
        map.serialize_field("texto", &self.texto)?;
        if let Some(url) = &self.url {
            map.serialize_field("url", url)?;
        }
        if self.externa {
            map.serialize_field("externa", &true)?;
        }
        if let Some(nota) = &self.nota {
            map.serialize_field("nota", nota)?;
        }
        if self.no_consta {
            map.serialize_field("no_consta", &true)?;
        }
        map.end()
    }
}

/// The cells of a field: for a template, one is itself, several are the `lista` of a table, and none is an empty text. So it sees by a key what
/// it has: each test, as `v is string`, makes a table for its arguments.
#[derive(Debug)]
struct Valor<'a>(&'a [Celda]);

impl Serialize for Valor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [] => serializer.serialize_str(""),
            [one] => one.serialize(serializer),
            several => {
                let mut map = serializer.serialize_struct("Valor", 1)?;
                map.serialize_field("lista", several)?;
                map.end()
            }
        }
    }
}

/// The cells of a field, as a template gets them.
pub(super) fn several<S: Serializer>(celdas: &[Celda], serializer: S) -> Result<S::Ok, S::Error> {
    Valor(celdas).serialize(serializer)
}

/// A row of a table.
#[derive(Debug)]
struct Fila<'a>(&'a [Vec<Celda>]);

impl Serialize for Fila<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|celdas| Valor(celdas)))
    }
}

/// The rows of a table, as a template gets them.
pub(super) fn rows<S: Serializer>(filas: &[Vec<Vec<Celda>>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(filas.iter().map(|fila| Fila(fila)))
}

/// A text of several lines as its paragraphs, with a blank line between them: where a line ends inside of one means nothing.
fn paragraphs(text: String) -> String {
    if memchr(b'\n', text.as_bytes()).is_none() {
        return text;
    }
    let one = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n").map(one).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The address that a text ends in, when it is the only one.
fn final_address(text: &str) -> Option<&str> {
    // Nearly no text has one, and a page has hundreds of texts: a single sign is found at once.
    let at = memchr(b'/', text.as_bytes()).and_then(|_| text.find("://"))?;
    let start = text.get(..at)?.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let url = text.get(start..)?.trim_start_matches(['(', '«', '“', '[']);
    let is_closing = |c: char| matches!(c, '.' | ',' | ';' | '»' | '”' | '’' | ']') || c == ')' && !url.contains('(');
    let url = url.trim_end_matches(is_closing);
    let is_address = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len());
    (is_address && !url.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))).then_some(url)
}

impl Celda {
    /// Whether it is nothing more than its text.
    fn is_text(&self) -> bool {
        self.url.is_none() && self.nota.is_none() && !self.no_consta
    }

    /// Text; a link where it ends in an address («Presentación: https://…»), which nobody would type again.
    pub fn text(texto: impl Into<String>) -> Celda {
        let texto = paragraphs(texto.into());
        let url = final_address(&texto).map(str::to_owned);
        Celda { externa: url.is_some(), url, texto, ..Celda::default() }
    }

    /// «No consta».
    pub fn no_consta() -> Celda {
        Celda { texto: "No consta".to_owned(), no_consta: true, ..Celda::default() }
    }

    /// A link.
    pub fn link(texto: &str, url: &str) -> Celda {
        Celda { texto: texto.to_owned(), url: Some(url.to_owned()), externa: url.contains(':'), ..Celda::default() }
    }

    /// A link to a record, by its title.
    pub fn record(catalog: &Catalog, id: Id) -> Celda {
        Celda::link(catalog.title(id), catalog.url(id))
    }

    /// The same with a remark.
    pub fn with_note(mut self, nota: Option<String>) -> Celda {
        self.nota = nota;
        self
    }
}

/// A field of a ficha.
#[derive(Debug, Hash)]
pub struct Campo {
    nombre: &'static str,
    pub(super) celdas: Vec<Celda>,
}

impl Serialize for Campo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Campo", 2)?;
        map.serialize_field("nombre", self.nombre)?;
        match self.celdas.as_slice() {
            // Most are: a template sees it at once by the key.
            [one] if one.is_text() && !one.texto.is_empty() => map.serialize_field("texto", &one.texto)?,
            celdas => map.serialize_field("valor", &Valor(celdas))?,
        }
        map.end()
    }
}

impl Campo {
    /// A field with its values.
    pub fn new(nombre: &'static str, celdas: Vec<Celda>) -> Campo {
        Campo { nombre, celdas }
    }
}
