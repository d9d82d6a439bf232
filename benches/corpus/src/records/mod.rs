//! The numbered records: documents, minutes, good practices and pages.

mod acta;
mod buena_practica;
mod documento;
mod pagina;

use jiff::civil::Date;

use crate::lexicon::Lexicon;
use crate::markdown;
use crate::plan::{self, Kind, Place, days_after};
use crate::prose::Prose;
use crate::rng::Rng;
use crate::sets::FUENTES;
use crate::toml::{self, Toml};

/// A numbered record of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Kind.
    pub kind: Kind,
    /// Code, by which others link to it.
    pub codigo: String,
    /// Title; of an acta, the first point of its own on the agenda.
    pub titulo: String,
    /// Its day.
    pub fecha: Date,
    /// File, from the site's folder, with `/`.
    pub path: String,
    /// The file: front matter and Markdown.
    pub source: String,
    /// Where the Markdown begins in `source`, in bytes.
    pub body: usize,
}

impl Record {
    /// The Markdown, which is the same weight of page for every generator.
    pub fn markdown(&self) -> &str {
        self.source.get(self.body..).unwrap_or("")
    }

    /// Title and Markdown as plain text: without marks, one paragraph, cell or item a line.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.titulo);
        for line in self.markdown().lines() {
            let line = unlinked(line.trim_start_matches(['#', '-', ' ']));
            for cell in line.split('|').map(str::trim).filter(|cell| !cell.trim_matches(['-', ':']).is_empty()) {
                out.push_str(cell);
                out.push('\n');
            }
        }
        out
    }
}

/// A line with the text of its links in their place: `[[DIR-MA-001|el manual]]` reads «el manual».
fn unlinked(line: &str) -> String {
    let mut parts = line.split("[[");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (link, rest) = part.split_once("]]").unwrap_or((part, ""));
        out.push_str(link.split_once('|').map_or(link, |(_, text)| text));
        out.push_str(rest);
    }
    out
}

/// What the writers of the kinds share.
pub(crate) struct Draft<'a> {
    i: u64,
    place: Place,
    codigo: String,
    fecha: Date,
    prose: Prose<'a>,
    front: Toml,
}

impl Draft<'_> {
    /// Keys that all kinds end with.
    fn close(&mut self) {
        let (fuente, _) = self.prose.rng.pick(FUENTES);
        let page = self.prose.rng.between(1, 300);
        self.front.fuente(fuente, format_args!("p. {page}"));
        let published = days_after(self.fecha, self.prose.rng.between(1, 5));
        self.front.raw("publicado", published).raw("actualizado", published);
    }
}

/// Record `i` of the corpus of this seed.
pub(crate) fn record(lexicon: &Lexicon, seed: u64, i: u64) -> Record {
    let place = plan::place(i);
    let mut draft = Draft {
        i,
        place,
        codigo: plan::codigo(i),
        fecha: plan::fecha(i),
        prose: Prose::new(lexicon, Rng::new(seed, i)),
        front: Toml::default(),
    };
    draft.front.text("codigo", &draft.codigo);
    let titulo = match place.kind {
        Kind::Documento => documento::write(&mut draft),
        Kind::Acta => acta::write(&mut draft),
        Kind::BuenaPractica => buena_practica::write(&mut draft),
        Kind::Pagina => pagina::write(&mut draft),
    };
    draft.close();
    let body = markdown::body(&mut draft.prose, i);
    let source = toml::record(draft.front, &body);
    let start = source.len() - body.len();

    Record {
        kind: place.kind,
        codigo: draft.codigo,
        titulo,
        fecha: draft.fecha,
        path: plan::path(i),
        source,
        body: start,
    }
}
