//! Walks `content/`, reads every file in parallel, and gives the records and the problems in an order that no thread decides.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use memchr::memmem::{self, Finder};
use memchr::{memchr_iter, memchr2};
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::comun::Comun;
use super::fold::fold;
use super::front_matter::{self, Missing, Parts};
use super::huellas::{self, Memoria};
use super::listing::{Entry, list};
use super::node::Node;
use super::partial::{self, Lost};
use super::shape::{Shape, Table};
use super::walker::Walker;
use super::{Body, Home, Kind, Record, RefUse, reservado, residue, source, syntax};
use crate::diagnostic::{Diagnostic, Span};

/// Most keys in one table or list of tables; more is a data set, not a record.
const MAX_KEYS: usize = 20_000;

/// Files that a thread takes at a time: of 10,000, rayon would give one thread the last thousand while the others have none.
pub(crate) const FILES: usize = 64;

/// Everything read from `content/`.
#[derive(Debug, Default)]
pub struct Contenido {
    /// Records in the order of their files and places.
    pub records: Vec<Arc<Record>>,
    /// Images beside the records: path relative to `content/`, with `/`.
    pub images: Vec<String>,
    /// Problems of reading.
    pub diagnostics: Vec<Diagnostic>,
    /// Records that could not be read.
    pub broken: Vec<Broken>,
    /// What was published before, when it can be trusted.
    pub memoria: Option<Arc<Memoria>>,
}

/// A record that could not be read: what refers to it is not to blame.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Its kind.
    pub kind: Kind,
    /// Its file.
    pub file: String,
    /// Its code, title and aliases as written; none when not even that can be read.
    pub names: Vec<String>,
    /// Whether it is a draft, which nothing published may lead to.
    pub is_draft: bool,
    /// Its references that could be read.
    pub refs: Vec<RefUse>,
    /// Its Markdown, where that much can be told.
    pub body: Option<Body>,
}

impl Broken {
    /// Whether a name may be its.
    pub fn may_be(&self, name: &str) -> bool {
        let name = fold(name);
        self.names.is_empty() || self.file == name || self.names.iter().any(|known| fold(known) == name)
    }
}

/// Reads the records of the site in `root`.
pub fn load(root: &Path) -> Contenido {
    let mut contenido = Contenido::default();
    let mut files = Vec::new();
    for entry in list(root, &mut contenido.diagnostics) {
        match entry {
            Entry::Record(path, kind) => files.push((path, kind)),
            Entry::Image(path) => contenido.images.push(path),
            Entry::Huellas(_) => match huellas::read(root) {
                Ok(memoria) => contenido.memoria = memoria.map(Arc::new),
                Err(diagnostic) => contenido.diagnostics.push(*diagnostic),
            },
        }
    }
    let read = files.par_iter().with_max_len(FILES).map(|(file, kind)| read_file(root, file, *kind, false));
    let read: Vec<Contenido> = read.collect();
    for file in read {
        contenido.records.extend(file.records);
        contenido.diagnostics.extend(file.diagnostics);
        contenido.broken.extend(file.broken);
    }
    contenido
}

/// Reads one file of a kind; `keep` keeps its text in memory.
pub(crate) fn read_file(root: &Path, file: &str, kind: Kind, keep: bool) -> Contenido {
    let unread = |diagnostic| Contenido {
        diagnostics: vec![diagnostic],
        broken: vec![Broken {
            kind,
            file: file.to_owned(),
            names: Vec::new(),
            is_draft: false,
            refs: Vec::new(),
            body: None,
        }],
        ..Contenido::default()
    };
    let text = match source::read(&path_of(root, file)) {
        Ok(text) => text,
        Err(unreadable) => {
            let (code, message, help) = unreadable.explain();
            return unread(Diagnostic::error(code, file, Span::File, message, help));
        }
    };
    let parts = match parts_of(&text, file, kind) {
        Ok(parts) => parts,
        Err(diagnostic) => return unread(*diagnostic),
    };
    let toml = text.get(parts.toml.clone()).unwrap_or("");
    if let Some(diagnostic) = too_many_keys(toml, file, parts.toml.start) {
        return unread(diagnostic);
    }
    let mut reader = Reader {
        file: Arc::from(file),
        kind,
        body: body_of(&text, &parts, keep),
        said: text.get(parts.body.clone()).map(said).unwrap_or_default(),
        out: Contenido { diagnostics: tabs(&text, file), ..Contenido::default() },
        base: parts.toml.start,
    };
    reader.read(toml);
    let mut out = reader.out;
    let drafts = out.records.iter().map(|record| record.is_borrador()).chain(out.broken.iter().map(|b| b.is_draft));
    let drafts: Vec<bool> = drafts.collect();
    let all_drafts = !drafts.is_empty() && !drafts.contains(&false);
    let residue = residue::find(&text, file).into_iter().chain(key_in_body(&text, &parts, kind, file));
    out.diagnostics.extend(residue.map(|d| if all_drafts { d.as_aviso() } else { d }));
    out
}

/// The file on disk, whose name may be in another Unicode form than the one we show.
pub fn path_of(root: &Path, file: &str) -> PathBuf {
    let path = root.join(file);
    if file.is_ascii() || path.exists() {
        return path;
    }
    root.join(file.nfd().collect::<String>())
}

fn body_of(text: &str, parts: &Parts, keep: bool) -> Body {
    let body = text.get(parts.body.clone()).unwrap_or("");
    Body {
        start: u32::try_from(parts.body.start).unwrap_or(u32::MAX),
        is_empty: body.trim().is_empty(),
        digest: blake3::hash(body.as_bytes()).into(),
        text: keep.then(|| Arc::from(text)),
    }
}

fn parts_of(text: &str, file: &str, kind: Kind) -> Result<Parts, Box<Diagnostic>> {
    if let Home::List(_) = kind.home() {
        return Ok(Parts { toml: 0..text.len(), body: text.len()..text.len() });
    }
    front_matter::split(text).map_err(|missing| {
        let first_line = 0..text.lines().next().map_or(0, str::len);
        let (code, message, help) = match missing {
            Missing::Opening if text.starts_with("---") => (
                "falta-apertura",
                "las claves no van entre líneas ---",
                "escriba +++ en lugar de --- arriba y abajo de las claves, y cada clave como: clave = \"valor\"",
            ),
            Missing::Opening => (
                "falta-apertura",
                "el archivo no empieza con la línea +++",
                "la primera línea debe ser +++; luego las claves; luego otra línea +++; luego el texto",
            ),
            Missing::Closing => (
                "falta-cierre",
                "falta la línea +++ que cierra las claves que esta abre",
                "ponga una línea con solo +++ entre la última clave y el texto",
            ),
        };
        Box::new(Diagnostic::error(code, file, first_line.into(), message, help))
    })
}

fn too_many_keys(toml: &str, file: &str, base: usize) -> Option<Diagnostic> {
    if memchr_iter(b'=', toml.as_bytes()).count() <= MAX_KEYS {
        return None;
    }
    let mut keys = 0;
    let mut offset = 0;
    for line in toml.split_inclusive('\n') {
        if line.starts_with('[') {
            keys = 0;
        }
        keys += line.matches('=').count();
        if keys > MAX_KEYS {
            let span = base + offset..base + offset + line.trim_end().len();
            return Some(Diagnostic::error(
                "demasiadas-claves",
                file,
                span.into(),
                format!("la tabla tiene más de {MAX_KEYS} claves"),
                "un registro describe una sola cosa: divídalo",
            ));
        }
        offset += line.len();
    }
    None
}

/// A tab at the start of a line turns text into code in Markdown; editors do not see it.
fn tabs(text: &str, file: &str) -> Vec<Diagnostic> {
    let Some(at) = memmem::find(text.as_bytes(), b"\n\t").map(|i| i + 1) else {
        return Vec::new();
    };
    vec![
        Diagnostic::error(
            "tabulador",
            file,
            (at..at + 1).into(),
            "la línea empieza con un tabulador, que en el texto se vuelve código",
            "use espacios, o nada: en el texto, dos o cuatro solo para una lista dentro de otra",
        )
        .as_aviso(),
    ]
}

/// Of a title of a table, and of a draft, where no `=` stands.
static KEYS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [Finder::new("\n["), Finder::new("orrador")]);

/// A key, the title of a table, or a line of three signs, below the second of these: it would be published as text, and what it says be lost.
fn key_in_body(text: &str, parts: &Parts, kind: Kind, file: &str) -> Option<Diagnostic> {
    let body = text.get(parts.body.clone())?;
    // Nearly no text has one of these.
    let has = |mark: &Finder<'_>| mark.find(body.as_bytes()).is_some();
    if memchr2(b'=', b'+', body.as_bytes()).is_none() && !KEYS.iter().any(has) {
        return None;
    }
    let Shape::Table(shape) = kind.shape() else { return None };
    let (mut at, mut is_remark, mut is_first) = (parts.body.start, false, true);
    let mut fence: Option<&str> = None;
    for line in body.split_inclusive('\n') {
        let shown = line.trim();
        // Code ends with the signs that began it, a remark where it says so: a key that is hidden beyond would publish a draft.
        fence = match fence {
            Some(open) => Some(open).filter(|open| run_of_signs(shown) != shown || !shown.starts_with(open)),
            None => Some(run_of_signs(shown)).filter(|signs| signs.len() >= 3),
        };
        is_remark = (is_remark || shown.starts_with("<!--")) && !shown.contains("-->");
        let told = match shown {
            _ if fence.is_some() || is_remark => None,
            "+++" => Some((
                "hay una tercera línea +++, que saldría como texto".to_owned(),
                "un archivo describe un solo registro: ponga arriba sus claves, o el otro registro en otro archivo",
            )),
            _ => key_of(shown, shape, is_first).map(|key| {
                let message = format!("la clave «{key}» quedó debajo de la segunda línea +++, y saldría como texto");
                (message, "súbala, entre las dos líneas +++")
            }),
        };
        if let Some((message, help)) = told {
            let start = at + line.len() - line.trim_start().len();
            return Some(Diagnostic::error(
                "clave-en-el-texto",
                file,
                (start..start + shown.len()).into(),
                message,
                help,
            ));
        }
        is_first &= shown.is_empty();
        at += line.len();
    }
    None
}

/// The signs of code with which a line begins: of one kind, as many as there are.
fn run_of_signs(line: &str) -> &str {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    let rest = sign.map_or(line, |sign| line.trim_start_matches(sign));
    line.get(..line.len() - rest.len()).unwrap_or_default()
}

/// The key of a record that a line of text gives. In the middle of a text its value, too, must look like one.
fn key_of<'t>(line: &'t str, shape: &Table, is_first: bool) -> Option<&'t str> {
    if let Some(title) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let title = title.trim_start_matches('[').trim_end_matches(']');
        let is_table = title.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.'));
        return (is_table && shape.field(title.split('.').next()?).is_some()).then_some(title);
    }
    let (key, value) = line.split_once(['=', ':'])?;
    let (key, value) = (key.trim(), value.trim());
    // What withholds a record counts in any spelling.
    if key.eq_ignore_ascii_case("estado") && value.trim_matches('"').eq_ignore_ascii_case("borrador") {
        return Some(key);
    }
    let is_value = || {
        value.starts_with(['"', '[', '{'])
            || value.starts_with(|c: char| c.is_ascii_digit())
            || matches!(value, "true" | "false")
    };
    (shape.field(key).is_some() && line.contains('=') && !key.contains(' ') && (is_first || is_value())).then_some(key)
}

struct Reader {
    file: Arc<str>,
    kind: Kind,
    body: Body,
    /// What the body says, as it is hashed.
    said: String,
    base: usize,
    out: Contenido,
}

/// A body without what is withheld; from a mark that is not closed on, nothing is sure to be for all.
fn said(body: &str) -> String {
    let shown = reservado::withhold(body).unwrap_or_else(|bad| body.get(..body.len() - bad.len()).unwrap_or("").into());
    shown.trim().to_owned()
}

impl Reader {
    fn read(&mut self, toml: &str) {
        let (tree, errors) = DeTable::parse_recoverable(toml);
        if errors.is_empty() {
            return self.tree(tree.get_ref(), toml, None);
        }
        let mut places = Vec::new();
        for (span, (code, message, help)) in syntax::explain_all(toml, &errors) {
            let shown = shift(span.clone(), self.base);
            self.out.diagnostics.push(Diagnostic::error(code, &self.file, shown.into(), message, help));
            places.push(span);
        }
        match partial::without(toml, &places) {
            Some((rest, lost)) => self.tree(DeTable::parse_recoverable(&rest).0.get_ref(), &rest, Some(&lost)),
            None => {
                let (kind, file) = (self.kind, self.file.to_string());
                self.out.broken.push(Broken {
                    kind,
                    file,
                    names: Vec::new(),
                    is_draft: false,
                    refs: Vec::new(),
                    body: Some(self.body.clone()),
                });
            }
        }
    }

    fn tree(&mut self, tree: &DeTable<'_>, toml: &str, lost: Option<&Lost>) {
        match self.kind.home() {
            Home::Folder(_) => self.record(tree, 0..toml.len(), 0..toml.len(), String::new(), lost),
            Home::List(_) => self.list(tree, toml.len(), lost),
        }
    }

    fn list(&mut self, tree: &DeTable<'_>, end: usize, lost: Option<&Lost>) {
        let name = self.kind.name();
        for (key, value) in tree.iter() {
            let items = value.get_ref().as_array().filter(|_| key.get_ref() == name);
            let Some(items) = items else {
                self.out.diagnostics.push(Diagnostic::error(
                    "clave-desconocida",
                    &self.file,
                    shift(key.span(), self.base).into(),
                    format!("en este archivo solo hay tablas [[{name}]]"),
                    format!("escriba cada registro debajo de una línea [[{name}]]"),
                ));
                continue;
            };
            for (i, item) in items.iter().enumerate() {
                if let Some(table) = item.get_ref().as_table() {
                    let next = items.get(i + 1).map_or(end, |next| next.span().start);
                    self.record(table, item.span(), item.span().start..next, format!("{name}.{i}"), lost);
                }
            }
        }
    }

    /// Reads a record, whose lines are those of `part`.
    fn record(
        &mut self,
        table: &DeTable<'_>,
        span: Range<usize>,
        part: Range<usize>,
        root: String,
        lost: Option<&Lost>,
    ) {
        let lost = lost.filter(|lost| lost.is_in(&part));
        let Shape::Table(shape) = self.kind.shape() else {
            return;
        };
        let (diagnostics, refs) = (Vec::new(), Vec::new());
        // A `.md` begins with a line of three signs, a record of a list with its [[kind]].
        let head = match root.is_empty() {
            true => 0..self.base.saturating_sub(1),
            false => self.base + span.start..self.base + span.start + self.kind.name().len() + 4,
        };
        let mut walker =
            Walker { file: &self.file, record: shape, head, base: self.base, lost, diagnostics, refs, no_consta: 0 };
        let value = walker.table(shape, table, span.clone());
        let Walker { diagnostics, refs, no_consta, .. } = walker;
        let clean = diagnostics.is_empty() && lost.is_none();
        let draft = value.get("estado").and_then(|e| e.as_str()) == Some("borrador");
        self.out.diagnostics.extend(diagnostics.into_iter().map(|d| if draft { d.as_aviso() } else { d }));
        if !clean {
            let (kind, file) = (self.kind, self.file.to_string());
            // What it is called may stand in a line that was not read.
            let is_named = !lost.is_some_and(|lost| NAMES.iter().any(|key| lost.mentions(key)));
            let names = if is_named { names_in(&value) } else { Vec::new() };
            self.out.broken.push(Broken { kind, file, names, is_draft: draft, refs, body: Some(self.body.clone()) });
            return;
        }
        let mut said = serde_json::to_vec(&value).unwrap_or_default();
        said.push(b'\n');
        said.extend_from_slice(self.said.as_bytes());
        let sha256 = Sha256::digest(said).into();
        let read = Comun::deserialize(&value).and_then(|comun| Ok((comun, self.kind.read(&value)?)));
        match read {
            Ok((comun, datos)) => self.out.records.push(Arc::new(Record {
                comun,
                datos,
                kind: self.kind,
                file: Arc::clone(&self.file),
                root: root.into(),
                body: self.body.clone(),
                refs: refs.into(),
                no_consta,
                sha256,
            })),
            Err(error) => self.out.diagnostics.push(Diagnostic::error(
                "registro-incomprensible",
                &self.file,
                shift(span, self.base).into(),
                format!("el registro no se pudo leer: {error}"),
                "compárelo con un registro nuevo de «micrositio new»",
            )),
        }
    }
}

/// Keys that say what a record is called.
const NAMES: [&str; 5] = ["codigo", "alias", "nombre", "titulo", "termino"];

/// The names of a record whose other keys could not be read.
fn names_in(value: &Node<'_>) -> Vec<String> {
    let text = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let Some(codigo) = text("codigo") else { return Vec::new() };
    let aliases = value.get("alias").map(Node::items).unwrap_or_default().iter();
    let titles = ["nombre", "titulo", "termino"].into_iter().filter_map(text);
    std::iter::once(codigo).chain(titles).chain(aliases.filter_map(|v| v.as_str().map(str::to_owned))).collect()
}

fn shift(span: Range<usize>, base: usize) -> Range<usize> {
    base + span.start..base + span.end
}

/// Turns the key paths of diagnostics into bytes, parsing again the files that have any, each once.
pub fn locate(root: &Path, diagnostics: &mut [Diagnostic]) {
    let mut files: BTreeMap<String, Vec<&mut Span>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Span::Key(_) = diagnostic.span {
            files.entry(diagnostic.file.clone()).or_default().push(&mut diagnostic.span);
        }
    }
    for (file, spans) in files {
        let text = source::read(&path_of(root, &file)).unwrap_or_default();
        let range = front_matter::split(&text).map_or(0..text.len(), |parts| parts.toml);
        let (base, toml) = (range.start, text.get(range).unwrap_or_default());
        let tree = DeTable::parse(toml).ok();
        for span in spans {
            let Span::Key(path) = &*span else { continue };
            let found = tree.as_ref().and_then(|tree| find_key(tree, toml, path));
            *span = found.map_or(Span::File, |found| shift(found, base).into());
        }
    }
}

fn find_key(tree: &Spanned<DeTable<'_>>, toml: &str, path: &str) -> Option<Range<usize>> {
    let mut table: Option<&DeTable<'_>> = Some(tree.get_ref());
    let mut node: Option<&Spanned<DeValue<'_>>> = None;
    let mut span = 0..toml.find('\n').unwrap_or(toml.len());
    for part in path.split('.').filter(|p| !p.is_empty()) {
        let next = match part.parse::<usize>() {
            Ok(index) => node.and_then(|n| n.get_ref().as_array()).and_then(|a| a.get(index)),
            Err(_) => table.and_then(|t| t.get(part)),
        };
        let Some(found) = next else { break };
        span = found.span();
        table = found.get_ref().as_table();
        node = Some(found);
    }
    // A table header's span is the whole table: its first line is enough to underline.
    let shown = toml.get(span.clone())?;
    let first_line = shown.find('\n').unwrap_or(shown.len());
    Some(span.start..span.start + first_line)
}
