//! A problem found in the content, as data: what, where, why and how to mend it.
//!
//! Rules produce diagnostics; only [`human`] and [`json`] know how they are shown.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};

use crate::content::{path_of, source};

/// Whether the problem stops publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The site is not published until it is mended.
    Error,
    /// The site is published; somebody should look.
    Aviso,
}

/// Where in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Span {
    /// The whole file.
    File,
    /// Bytes of the text as [`crate::content::source::read`] gives it.
    Bytes(Range2),
    /// A dotted key path (`compromisos.2.fecha_limite`), turned into bytes by [`crate::content::locate`].
    Key(String),
}

/// A byte range that can be ordered.
pub type Range2 = (usize, usize);

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable name of the rule, in kebab case.
    pub code: Cow<'static, str>,
    /// Error or aviso.
    pub severity: Severity,
    /// File, relative to the site's folder, with `/`.
    pub file: String,
    /// Place in the file.
    pub span: Span,
    /// What is wrong, in Spanish.
    pub message: String,
    /// How to mend it, in Spanish.
    pub help: String,
}

impl Diagnostic {
    /// An error in a file.
    pub fn error(
        code: &'static str,
        file: &str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            file: file.to_owned(),
            span,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The same problem as an aviso.
    pub fn as_aviso(mut self) -> Self {
        self.severity = Severity::Aviso;
        self
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::Bytes((range.start, range.end))
    }
}

/// Puts diagnostics in the one order that does not depend on threads: file, place, code.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.file, &a.span, &a.code, &a.message).cmp(&(&b.file, &b.span, &b.code, &b.message)));
    diagnostics.dedup();
}

/// How many are errors.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
}

/// Reads each source again once; diagnostics come sorted by file.
struct Sources<'a> {
    root: &'a Path,
    file: String,
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Sources<'a> {
    fn new(root: &'a Path) -> Self {
        Sources { root, file: String::new(), text: String::new(), lines: vec![0] }
    }

    fn open(&mut self, file: &str) {
        if self.file != file || self.file.is_empty() {
            file.clone_into(&mut self.file);
            self.text = source::read(&path_of(self.root, file)).unwrap_or_default();
            self.lines = std::iter::once(0).chain(self.text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        }
    }

    /// The bytes that a diagnostic underlines.
    fn range(&self, diagnostic: &Diagnostic) -> Option<Range<usize>> {
        let Span::Bytes((start, end)) = diagnostic.span else {
            return None;
        };
        let end = end.min(self.text.len());
        let start = start.min(end);
        (self.text.is_char_boundary(start) && self.text.is_char_boundary(end)).then_some(start..end)
    }

    /// Line and column (both from 1, in characters) of a byte offset.
    fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line, self.text.get(start..offset).unwrap_or("").chars().count() + 1)
    }

    /// The lines that a range touches: number of the first, and their bytes.
    fn window(&self, range: &Range<usize>) -> (usize, Range<usize>) {
        let (line, _) = self.line_column(range.start);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let end =
            self.text.get(range.end..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |i| range.end + i);
        (line, start..end)
    }
}

/// The diagnostics for a person: file, line, column, the text underlined, the mend. Sources are read again from `root`.
pub fn human(diagnostics: &[Diagnostic], root: &Path, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut sources = Sources::new(root);
    let mut out = String::new();
    for diagnostic in diagnostics {
        sources.open(&diagnostic.file);
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR.with_name("error"),
            Severity::Aviso => Level::WARNING.with_name("aviso"),
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_ref());
        let help = Level::HELP.with_name("arreglo").message(diagnostic.help.as_str());
        let report = match sources.range(diagnostic) {
            Some(range) => {
                let (line, window) = sources.window(&range);
                let inside = range.start - window.start..range.end - window.start;
                let source = sources.text.get(window).unwrap_or("");
                let snippet = Snippet::source(source).line_start(line).path(diagnostic.file.as_str());
                title.element(snippet.annotation(AnnotationKind::Primary.span(inside))).element(help)
            }
            None => title.element(annotate_snippets::Origin::path(diagnostic.file.as_str())).element(help),
        };
        out.push_str(&renderer.render(&[report]));
        out.push_str("\n\n");
    }
    out
}

#[derive(Serialize)]
struct Json<'a> {
    codigo: &'a str,
    gravedad: Severity,
    archivo: &'a str,
    linea: Option<usize>,
    columna: Option<usize>,
    texto: Option<String>,
    mensaje: &'a str,
    arreglo: &'a str,
}

/// The diagnostics as a page to open in a browser, or to send to who writes the records.
pub fn html(diagnostics: &[Diagnostic], root: &Path) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>Revisión del micrositio</title>\n</head>\n\
         <body>\n<main>\n<h1>Revisión del micrositio</h1>\n",
    );
    if diagnostics.is_empty() {
        out.push_str("<p>No hay ningún problema.</p>\n");
    }
    let mut sources = Sources::new(root);
    for diagnostic in diagnostics {
        sources.open(&diagnostic.file);
        let range = sources.range(diagnostic);
        let place = range.clone().map(|r| sources.line_column(r.start));
        let line = place.map_or(String::new(), |(line, column)| format!(", línea {line}, columna {column}"));
        let severity = if diagnostic.severity == Severity::Error { "Error" } else { "Aviso" };
        out.push_str(&format!("<h2>{severity}: {}</h2>\n", escape(&diagnostic.message)));
        out.push_str(&format!("<p>{}{line} ({})</p>\n", escape(&diagnostic.file), diagnostic.code));
        if let Some(found) = range.and_then(|r| sources.text.get(r)).filter(|t| !t.trim().is_empty()) {
            let found: String = found.chars().take(300).collect();
            out.push_str(&format!("<pre>{}</pre>\n", escape(&found)));
        }
        out.push_str(&format!("<p>Arreglo: {}</p>\n", escape(&diagnostic.help)));
    }
    out.push_str("</main>\n</body>\n</html>");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The diagnostics for a machine: a JSON array, one object a problem.
///
/// # Errors
/// Only if serialisation fails, which plain strings and numbers do not.
pub fn json(diagnostics: &[Diagnostic], root: &Path) -> serde_json::Result<String> {
    let mut sources = Sources::new(root);
    let rows: Vec<Json<'_>> = diagnostics
        .iter()
        .map(|d| {
            sources.open(&d.file);
            let range = sources.range(d);
            let place = range.clone().map(|r| sources.line_column(r.start));
            Json {
                codigo: &d.code,
                gravedad: d.severity,
                archivo: &d.file,
                linea: place.map(|p| p.0),
                columna: place.map(|p| p.1),
                texto: range.and_then(|r| sources.text.get(r)).map(str::to_owned),
                mensaje: &d.message,
                arreglo: &d.help,
            }
        })
        .collect();
    serde_json::to_string_pretty(&rows)
}
