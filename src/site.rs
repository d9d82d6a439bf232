//! Runs the stages: content → catalog → checks → pages → files, and gathers every problem on the way.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use search_index::{Document, Index};

use crate::catalog::{Catalog, Id, address};
use crate::check::enlaces;
use crate::content::shape::RESERVADO_HELP;
use crate::content::source;
use crate::content::valor::Fecha;
use crate::diagnostic::{self, Diagnostic, Severity, Span};
use crate::facts::PageFacts;
use crate::pages::mapa_del_sitio::NOT_FOUND;
use crate::pages::{self, Plan};
use crate::publish::host;
use crate::publish::manifest::About;
use crate::render::finish::{Links, finish};
use crate::render::{Frames, Theme, markdown};
use crate::{check, config, content, search};

/// Takes a finished file: path in the output, with `/`, and bytes. Called from several threads.
pub type Sink<'a> = &'a (dyn Fn(&str, &[u8]) -> Result<(), String> + Sync);

/// What a run found and made.
#[derive(Debug, Default)]
pub struct Done {
    /// Every problem, sorted, with its place in bytes.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages drawn.
    pub pages: usize,
    /// What the site says of itself.
    pub about: About,
    /// Documents of the search.
    pub indexed: usize,
    /// Time of each stage.
    pub timings: Vec<(&'static str, Duration)>,
}

/// What a run is asked for.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// Cut-off date; without it, the newest date of the content.
    pub date: Option<Fecha>,
    /// Where the site will be published; overrides `site.toml`.
    pub base_url: Option<String>,
    /// The search.
    pub search: Search,
}

/// What is done about the search.
#[derive(Debug, Default, Clone)]
pub enum Search {
    /// Its page is drawn, nothing is indexed: for who only checks.
    #[default]
    Drawn,
    /// Indexed too; the index is kept in this folder, or only in memory.
    Indexed(Option<PathBuf>),
    /// The site has none.
    Absent,
}

/// Runs all stages over the site in `root`; files go to `sink` while no error is known.
///
/// # Errors
/// What the system or the theme said no to; problems of the content are in [`Done`].
pub fn run(root: &Path, options: &Options, sink: Sink<'_>) -> Result<Done, String> {
    let mut done = Done::default();
    let mut clock = Instant::now();
    let mut lap = |done: &mut Done, stage| {
        done.timings.push((stage, clock.elapsed()));
        clock = Instant::now();
    };
    let (mut config, refs) = match config::load(root) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            done.diagnostics = diagnostics;
            return Ok(done);
        }
    };
    config.base_url = options.base_url.clone().or(config.base_url);
    let contenido = content::load(root);
    lap(&mut done, "leer");
    let (catalog, mut diagnostics) = Catalog::new(config, &refs, contenido, options.date);
    diagnostics.extend(check::catalog(&catalog));
    lap(&mut done, "revisar");

    let mut theme = Theme::load(root)?;
    let twins = |path: &str, bytes: &[u8]| with_twins(sink, path, bytes);
    let sink: Sink<'_> = if catalog.config.publicacion.comprimidos { &twins } else { sink };
    let buscador = !matches!(options.search, Search::Absent);
    theme.share(&pages::sitio::sitio(&catalog, buscador))?;
    let plans = pages::plan(&catalog, buscador);
    let site = Site {
        root,
        catalog: &catalog,
        theme: &theme,
        frames: Frames::default(),
        paths: paths(&catalog, &plans, &theme),
    };
    let wanted = diagnostic::errors(&diagnostics) == 0;
    let index = match &options.search {
        Search::Indexed(folder) if wanted => Some(folder.as_deref()),
        _ => None,
    };
    let (drawn, index) = site.draw_all(&plans, wanted.then_some(sink), index)?;
    let mut pages: BTreeMap<&str, PageFacts> = BTreeMap::new();
    let mut anchors = Vec::new();
    for (path, drawn) in drawn {
        pages.insert(path, drawn.facts);
        anchors.extend(drawn.anchors);
        diagnostics.extend(drawn.diagnostics);
    }
    diagnostics.extend(site.across(&pages, &anchors));
    lap(&mut done, "dibujar");
    if let Some(index) = index {
        let files = search::files(&index)?;
        files.par_iter().try_for_each(|(path, bytes)| sink(path, bytes))?;
        done.indexed = index.documents();
        lap(&mut done, "buscador");
    }
    if wanted {
        site.assets(sink)?;
        if catalog.config.publicacion.cabeceras {
            let base = catalog.config.base_url.as_deref();
            for (path, text) in host::header_files(base.map(path_of_address).as_deref()) {
                sink(path, text.as_bytes())?;
            }
        }
        sink(pages::datos::RECORDS, pages::datos::records(&catalog).map_err(|e| e.to_string())?.as_bytes())?;
        for (path, text) in pages::direcciones::files(&catalog, &plans) {
            sink(path, text.as_bytes())?;
        }
    }
    content::locate(root, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    lap(&mut done, "cerrar");
    done.diagnostics = diagnostics;
    done.pages = plans.len();
    done.about = About {
        titulo: catalog.config.titulo.clone(),
        entidad: catalog.own_entity().map_or_else(String::new, |(_, e)| e.nombre.clone()),
        corte: catalog.corte.map(|date| date.0.to_string()),
        direccion: catalog.config.base_url.clone(),
    };
    Ok(done)
}

/// The path of an address on its host, without a last `/`: that of `https://x.co/a/` is `/a`.
fn path_of_address(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    host.split_once('/').map_or(String::new(), |(_, path)| format!("/{path}").trim_end_matches('/').to_owned())
}

/// Writes a file and its compressed twins.
fn with_twins(sink: Sink<'_>, path: &str, bytes: &[u8]) -> Result<(), String> {
    sink(path, bytes)?;
    for (twin, bytes) in host::compressed(path, bytes).map_err(|e| format!("no se pudo comprimir {path}: {e}"))? {
        sink(&twin, &bytes)?;
    }
    Ok(())
}

/// Documents that may wait for the index.
const WAITING: usize = 64;

/// Links of one text that are told: whoever has more has one cause, and judging each would take minutes.
const MOST_PROBLEMS: usize = 100;

/// What the workers share.
struct Site<'a> {
    root: &'a Path,
    catalog: &'a Catalog,
    theme: &'a Theme,
    frames: Frames,
    paths: HashSet<String>,
}

/// A link of a record's Markdown to an anchor: it can be judged when all pages are drawn.
struct Anchor {
    file: String,
    span: (usize, usize),
    page: String,
    anchor: String,
}

#[derive(Default)]
struct Drawn {
    html: String,
    facts: PageFacts,
    document: Option<Document>,
    anchors: Vec<Anchor>,
    diagnostics: Vec<Diagnostic>,
}

/// Pages drawn, by their paths.
type DrawnPages<'p> = Vec<(&'p str, Drawn)>;

/// Every file that a link of the site may name.
fn paths(catalog: &Catalog, plans: &[Plan], theme: &Theme) -> HashSet<String> {
    let pages = plans.iter().map(|p| p.path.clone());
    let images = catalog.images.iter().map(|i| address::image(i));
    let client = format!("{}/buscar.js", pages::buscar::FOLDER);
    let assets = theme.assets.iter().map(|(path, _)| path.clone());
    let more = [client, pages::datos::RECORDS.to_owned(), pages::direcciones::FEED.to_owned()];
    pages.chain(images).chain(assets).chain(more).collect()
}

/// The plans in the order of the documents of the search, each with its number; then those that are no document.
fn turns<'a>(catalog: &Catalog, plans: &'a [Plan]) -> Vec<(&'a Plan, Option<usize>)> {
    let (mut documents, others): (Vec<_>, Vec<_>) =
        plans.iter().map(|plan| (pages::buscar::order(catalog, plan), plan)).partition(|(order, _)| order.is_some());
    documents.sort_by_key(|(order, _)| *order);
    let documents = documents.into_iter().enumerate().map(|(number, (_, plan))| (plan, Some(number)));
    documents.chain(others.into_iter().map(|(_, plan)| (plan, None))).collect()
}

impl Site<'_> {
    /// Draws every page, in as many threads as there are, while one more indexes what they say. Threads take the next page of the
    /// order, so that documents reach the index nearly in theirs.
    fn draw_all<'p>(
        &self,
        plans: &'p [Plan],
        sink: Option<Sink<'_>>,
        index: Option<Option<&Path>>,
    ) -> Result<(DrawnPages<'p>, Option<Index>), String> {
        let turns = turns(self.catalog, plans);
        let is_indexed = index.is_some();
        let next = AtomicUsize::new(0);
        let (send, arriving) = std::sync::mpsc::sync_channel(WAITING);
        let work = |send: &SyncSender<(usize, Document)>| {
            let mut drawn = Vec::new();
            while let Some((plan, number)) = turns.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut page = self.draw(plan, is_indexed)?;
                if let Some(sink) = sink {
                    sink(&plan.path, page.html.as_bytes())?;
                }
                if let (Some(number), Some(document)) = (number, page.document.take()) {
                    // It fails only where the index has failed, which is told below.
                    let _ = send.send((*number, document));
                }
                page.html = String::new();
                drawn.push((plan.path.as_str(), page));
            }
            Ok::<_, String>(drawn)
        };
        std::thread::scope(|scope| {
            let config = pages::buscar::config(self.catalog);
            let indexing = index.map(|folder| scope.spawn(move || search::index(config, folder, &arriving)));
            let drawn: Result<Vec<_>, String> = rayon::broadcast(|_| work(&send)).into_iter().collect();
            drop(send);
            let index =
                indexing.map(|thread| thread.join().unwrap_or_else(|_| Err("el índice de búsqueda falló".into())));
            Ok((drawn?.into_iter().flatten().collect(), index.transpose()?))
        })
    }

    fn draw(&self, plan: &Plan, indexed: bool) -> Result<Drawn, String> {
        let page = (plan.build)(self.catalog, plan);
        let mut drawn = Drawn::default();
        let body = page.cuerpo.map(|id| self.body(id, &mut drawn)).transpose()?.unwrap_or_default();
        let html = self.theme.draw(&page, &body)?;
        let mode = match &self.catalog.config.base_url {
            Some(base) if plan.path == NOT_FOUND => Links::Absolute(base),
            _ => Links::Relative,
        };
        let own = [page.seccion, NOT_FOUND, pages::buscar::PATH].contains(&&*plan.path);
        let shared = self.frames.of(self.theme, page.seccion, &plan.path, own, mode)?;
        (drawn.html, drawn.facts) = finish(&html, &plan.path, mode, &shared, indexed);
        if indexed {
            let sections = std::mem::take(&mut drawn.facts.sections);
            drawn.document = pages::buscar::document(self.catalog, plan, &page, sections);
        }
        // A worker keeps what the rules across pages need and no more.
        let (paths, ids) = (&self.paths, &drawn.facts.ids);
        drawn.facts.links.retain(|link| match link.split_once('#') {
            Some((page, anchor)) => page != plan.path || !ids.contains(anchor),
            None => !paths.contains(link.as_str()),
        });
        Ok(drawn)
    }

    /// The Markdown of a record as HTML; its problems go to `drawn`.
    fn body(&self, id: Id, drawn: &mut Drawn) -> Result<String, String> {
        let Some(record) = self.catalog.records.get(id) else { return Ok(String::new()) };
        let path = content::path_of(self.root, &record.file);
        let text = match source::read(&path) {
            Ok(text) => text,
            // It was there when the records were read.
            Err(_) => {
                return Err(format!("no se pudo volver a leer {}: ¿cambió mientras se construía?", path.display()));
            }
        };
        let start = record.body.start;
        let body = text.get(start..).unwrap_or("");
        let at = |span: &std::ops::Range<usize>| (start + span.start, start + span.end);
        let problems = std::cell::RefCell::new(Vec::new());
        let anchors = std::cell::RefCell::new(Vec::new());
        let rendered = markdown::render(body, &|link| {
            if problems.borrow().len() >= MOST_PROBLEMS {
                return None;
            }
            let (target, found) = enlaces::resolve(self.catalog, id, link, &|path| self.paths.contains(path));
            problems.borrow_mut().extend(found.into_iter().map(|problem| (at(&link.span), problem)));
            if let Some((page, anchor)) = target.as_ref().and_then(|t| t.url.strip_prefix('/')?.split_once('#')) {
                let (page, anchor) = (page.to_owned(), anchor.to_owned());
                anchors.borrow_mut().push(Anchor { file: record.file.to_string(), span: at(&link.span), page, anchor });
            }
            target
        });
        let mut tell = |span, (severity, code, message, help): enlaces::Problem| {
            let file = record.file.to_string();
            drawn.diagnostics.push(Diagnostic { code, severity, file, span: Span::Bytes(span), message, help });
        };
        for (span, problem) in problems.into_inner() {
            tell(span, problem);
        }
        if let Some(first) = rendered.raw_html.first() {
            let message = "el texto tiene HTML, que se deja por fuera".to_owned();
            let help = "escriba Markdown: **negrita**, listas con -, tablas con |; un signo < suelto se escribe \\<"
                .to_owned();
            tell(at(first), (Severity::Error, "html-en-el-texto", message, help));
        }
        if let Some(span) = &rendered.untitled_column {
            let message = "una columna de la tabla no tiene título".to_owned();
            let help = "escríbalo en la primera fila: quien oye la tabla oye el título antes de cada dato".to_owned();
            tell(at(span), (Severity::Error, "columna-sin-titulo", message, help));
        }
        if let Some(span) = &rendered.stray {
            let message = "estos corchetes no forman un enlace".to_owned();
            let help = "un enlace se escribe [[código]], [[código|texto]] o [texto](dirección sin espacios); dentro de \
                una tabla, la barra lleva delante una contrabarra: [[código\\|texto]]";
            tell(at(span), (Severity::Error, "enlace-mal-escrito", message, help.to_owned()));
        }
        if let Some(span) = &rendered.bad_reservado {
            let message = "la marca de reserva no está cerrada o no dice el motivo".to_owned();
            tell(at(span), (Severity::Error, "reservado-mal-escrito", message, RESERVADO_HELP.to_owned()));
        }
        if let Some(span) = &rendered.too_deep {
            let message = format!("hay más de {} niveles de listas o citas, una dentro de otra", markdown::MAX_DEPTH);
            let help = "quite espacios o signos del comienzo de la línea".to_owned();
            tell(at(span), (Severity::Error, "anidado-demasiado", message, help));
        }
        drawn.anchors = anchors.into_inner();
        Ok(rendered.html)
    }

    /// The rules that need every page: anchors that exist, links that lead somewhere.
    fn across(&self, pages: &BTreeMap<&str, PageFacts>, anchors: &[Anchor]) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for Anchor { file, span, page, anchor } in anchors {
            let Some(facts) = pages.get(page.as_str()) else { continue };
            if !facts.ids.contains(anchor) {
                let mut ids: Vec<&str> = facts.ids.iter().collect();
                ids.sort_unstable();
                out.push(enlaces::anchor(page, anchor, file, *span, &ids));
            }
        }
        let told: HashSet<(&str, &str)> = anchors.iter().map(|a| (a.page.as_str(), a.anchor.as_str())).collect();
        let of_frames = self.frames.links();
        let of_pages = pages.iter().flat_map(|(path, facts)| facts.links.iter().map(move |link| (*path, link)));
        for (path, link) in of_frames.iter().map(|(path, link)| (*path, link)).chain(of_pages) {
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let leads = match pages.get(page) {
                Some(target) => anchor.is_empty() || target.ids.contains(anchor) || told.contains(&(page, anchor)),
                None => anchor.is_empty() && self.paths.contains(page),
            };
            if !leads {
                let message = format!("la página {path} enlaza «{link}», que no existe");
                let help =
                    "revise las plantillas del tema; si no las ha cambiado, es un error de micrositio: repórtelo";
                out.push(Diagnostic::error("enlace-del-tema-roto", config::FILE, Span::File, message, help));
            }
        }
        out
    }

    /// The theme's files and the images of the content.
    fn assets(&self, sink: Sink<'_>) -> Result<(), String> {
        for (path, bytes) in &self.theme.assets {
            sink(path, bytes)?;
        }
        for image in &self.catalog.images {
            let source = content::path_of(self.root, &format!("content/{image}"));
            let bytes =
                fs::read(&source).map_err(|e| format!("no se pudo leer la imagen {}: {e}", source.display()))?;
            sink(&address::image(image), &bytes)?;
        }
        Ok(())
    }
}
