//! Runs the stages: content → catalog → checks → pages → files, and gathers every problem on the way.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ahash::RandomState;
use rayon::prelude::*;

use crate::cache::{self, Digest};
use crate::catalog::{Catalog, address};
use crate::check::enlaces;
use crate::content::valor::Fecha;
use crate::diagnostic::{self, Diagnostic, Span};
use crate::draw::{Drawn, Site, by_path, turns};
use crate::out::{Files, Out};
use crate::pages::sitio::Sitio;
use crate::pages::{self, Plan};
use crate::publish::host;
use crate::publish::manifest::About;
use crate::render::{Frames, Theme};
use crate::system::told;
use crate::text::{Anchor, of_broken};
use crate::{check, config, content, search};

/// What a run found and made.
#[derive(Debug, Default)]
pub struct Done {
    /// Every problem, sorted, with its place in bytes.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of the site.
    pub pages: usize,
    /// Pages that were drawn; the others are as the last run left them.
    pub drawn: usize,
    /// What the site says of itself.
    pub about: About,
    /// Documents of the search.
    pub indexed: usize,
    /// Whether nothing had changed, so that nothing was done.
    pub is_unchanged: bool,
    /// Whether the search has a new index; else the last one stands.
    pub has_new_index: bool,
    /// What was drawn, for the next run.
    pub remembered: cache::Pages,
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
    /// What the program is: pages that another drew are drawn anew.
    pub program: String,
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

/// Every file that a link of the site may name.
pub type Paths = HashSet<Arc<str>, RandomState>;

/// Is told how far a long stage is: its name, what is done of it, and how much there is. Called from several threads.
pub type Tell<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Runs all stages over the site in `root`; files go to `out` while no error is known, pages that are as `before` are kept.
///
/// # Errors
/// What the system or the theme said no to; problems of the content are in [`Done`].
pub fn run(
    root: &Path,
    options: &Options,
    out: Out<'_>,
    before: &cache::Pages,
    tell: Tell<'_>,
) -> Result<Done, String> {
    let mut done = Done::default();
    let mut clock = Instant::now();
    let mut lap = |done: &mut Done, stage| {
        done.timings.push((stage, clock.elapsed()));
        clock = Instant::now();
    };
    let (mut config, refs) = match config::load(root) {
        Ok(loaded) => loaded,
        Err(mut diagnostics) => {
            // Without it no record is judged by the others, but each can be read.
            if config::require(root).is_ok() {
                diagnostics.extend(content::load(root).diagnostics);
            }
            content::locate(root, &mut diagnostics);
            diagnostic::sort(&mut diagnostics);
            done.diagnostics = diagnostics;
            return Ok(done);
        }
    };
    config.base_url = options.base_url.clone().or(config.base_url);
    tell("Leyendo el contenido", 0, 1);
    let (contenido, theme) = rayon::join(|| content::load(root), || Theme::load(root));
    lap(&mut done, "leer");
    let (mut catalog, mut diagnostics) = Catalog::new(config, &refs, contenido, options.date);
    diagnostics.extend(check::catalog(&catalog));
    lap(&mut done, "revisar");

    let mut theme = theme?;
    let buscador = !matches!(options.search, Search::Absent);
    let sitio = pages::sitio::sitio(&catalog, buscador);
    let shared = shared(&options.program, &theme, &sitio, &catalog)?;
    theme.share(&sitio)?;
    let plans = pages::plan(&catalog, buscador);
    let turns = turns(&catalog, &plans);
    let out = if diagnostic::errors(&diagnostics) == 0 { out } else { Out::Nowhere };
    let (frames, paths) = (Frames::default(), paths(&catalog, &plans, &theme));
    diagnostics.extend(of_broken(root, &catalog, &|path| paths.contains(path)));
    let files = Files { out, twins: catalog.config.publicacion.comprimidos };
    let is_searched = matches!(options.search, Search::Indexed(_));
    let site =
        Site { root, catalog: &catalog, theme: &theme, frames: &frames, paths: &paths, files, shared, is_searched };
    let kept = site.kept(&turns, before);
    done.drawn = kept.iter().filter(|kept| kept.is_none()).count();
    lap(&mut done, "comparar");
    let index = match &options.search {
        Search::Indexed(folder) if !out.is_nowhere() => Some(folder.as_deref()),
        _ => None,
    };
    let is_same_index = index.is_some() && site.index_digest(&turns, &kept) == Some(before.index) && site.keep_index();
    let put = |name: &str, bytes: &[u8]| files.put_search(name, bytes);
    let index = index.filter(|_| !is_same_index).map(|folder| site.builder(&turns, folder, &put)).transpose()?;
    // What is no page is one thread's work: beside the pages it costs nothing.
    let others = || if out.is_nowhere() { Ok(()) } else { write_others(&site, &plans) };
    let (drawn, others) = rayon::join(|| site.draw_all(&turns, kept, index.as_ref(), tell), others);
    others?;
    let (drawn, words) = drawn?;
    let index_digest = site.index_digest(&turns, &drawn).unwrap_or_default();
    let pages = by_path(&turns, &drawn);
    diagnostics.extend(pages.values().flat_map(|drawn| drawn.diagnostics.iter().cloned()));
    lap(&mut done, "dibujar");
    (done.has_new_index, done.indexed) = match &index {
        Some(_) => (true, turns.iter().filter(|(_, number)| number.is_some()).count()),
        None if !buscador => (false, 0),
        None => (false, before.documents),
    };
    tell("Escribiendo el buscador", 0, done.indexed);
    done.about = about(&catalog);
    let finish = || index.map_or(Ok(()), |index| search::finish(index, &words, &put));
    // The records are needed no more, and what writes the search needs as much: at 100,000 their room is 300 MB.
    let records = std::mem::take(&mut catalog.records);
    drop(catalog);
    records.into_par_iter().for_each(drop);
    let (indexed, found) = rayon::join(finish, || across(&frames, &paths, &pages));
    indexed?;
    diagnostics.extend(found);
    lap(&mut done, "buscador");
    content::locate(root, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let remembered =
        turns.iter().zip(drawn).filter_map(|((plan, _), drawn)| Some((Box::from(&*plan.path), drawn?.remembered()?)));
    let pages: BTreeMap<Box<str>, cache::Remembered> = remembered.collect();
    let mut others: Vec<Box<str>> =
        paths.iter().filter(|path| !pages.contains_key(&***path)).map(|path| Box::from(&**path)).collect();
    others.sort_unstable();
    done.remembered = cache::Pages { index: index_digest, documents: done.indexed, pages, others: others.into() };
    lap(&mut done, "cerrar");
    done.diagnostics = diagnostics;
    done.pages = plans.len();
    Ok(done)
}

fn about(catalog: &Catalog) -> About {
    About {
        titulo: catalog.config.titulo.clone(),
        entidad: catalog.own_entity().map_or_else(String::new, |(_, e)| e.nombre.to_string()),
        corte: catalog.corte.map(|date| date.0.to_string()),
        direccion: catalog.config.base_url.clone(),
    }
}

/// Of what every page depends on: the program, the theme, what all pages show of the site, how files are published.
fn shared(program: &str, theme: &Theme, sitio: &Sitio, catalog: &Catalog) -> Result<Digest, String> {
    let mut hasher = blake3::Hasher::new();
    let publicacion = &catalog.config.publicacion;
    let parts = (program, theme.digest, sitio, publicacion.comprimidos, catalog.corte.map(|date| date.0.to_string()));
    hasher.update(&serde_json::to_vec(&parts).map_err(|e| e.to_string())?);
    Ok(hasher.finalize().into())
}

/// The path of an address on its host, without a last `/`: that of `https://x.co/a/` is `/a`.
fn path_of_address(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    host.split_once('/').map_or(String::new(), |(_, path)| format!("/{path}").trim_end_matches('/').to_owned())
}

/// Every file that a link of the site may name.
pub(crate) fn paths(catalog: &Catalog, plans: &[Plan], theme: &Theme) -> Paths {
    let pages = plans.iter().map(|plan| Arc::clone(&plan.path));
    let images = catalog.images.iter().map(|image| address::image(image));
    let is_searched = plans.iter().any(|plan| *plan.path == *pages::buscar::PATH);
    let search = ["buscar.js", search_index::MANIFEST].map(search::path).into_iter().filter(|_| is_searched);
    let assets = theme.assets.iter().map(|(path, _)| path.clone());
    let feed = catalog.config.base_url.iter().map(|_| pages::direcciones::FEED.to_owned());
    let more = std::iter::once(pages::datos::RECORDS.to_owned()).chain(feed);
    let publications = catalog.memoria.iter().map(|_| pages::datos::PUBLICATIONS.to_owned());
    let others = images.chain(assets).chain(search).chain(more).chain(publications);
    pages.chain(others.map(Arc::from)).collect()
}

/// What is published besides the pages and the search: the theme's files, the images of the content, data, and what hosts read.
fn write_others(site: &Site<'_>, plans: &[Plan]) -> Result<(), String> {
    let catalog = site.catalog;
    for (path, bytes) in &site.theme.assets {
        site.files.put(path, bytes)?;
    }
    for image in catalog.images.iter() {
        let source = content::path_of(site.root, &format!("content/{image}"));
        let bytes = fs::read(&source).map_err(|e| told("leer la imagen", &source, &e))?;
        site.files.put(&address::image(image), &bytes)?;
    }
    if catalog.config.publicacion.cabeceras {
        let base = catalog.config.base_url.as_deref();
        for (path, text) in host::header_files(base.map(path_of_address).as_deref()) {
            site.files.put(path, text.as_bytes())?;
        }
    }
    site.files.put_as_made(pages::datos::RECORDS, |out| pages::datos::records(catalog, out))?;
    if let Some(lines) = pages::datos::publications(catalog) {
        site.files.put(pages::datos::PUBLICATIONS, lines.as_bytes())?;
    }
    for (path, text) in pages::direcciones::files(catalog, plans) {
        site.files.put(path, text.as_bytes())?;
    }
    Ok(())
}

/// The rules that need every page: anchors that exist, links that lead somewhere.
pub(crate) fn across(frames: &Frames, paths: &Paths, pages: &BTreeMap<&str, &Drawn>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let anchors: Vec<&Anchor> = pages.values().flat_map(|drawn| &drawn.anchors).collect();
    for Anchor { file, span, page, anchor } in &anchors {
        let Some(Drawn { ids, .. }) = pages.get(page.as_str()) else { continue };
        if !ids.contains(anchor) {
            let mut ids: Vec<&str> = ids.iter().collect();
            ids.sort_unstable();
            out.push(enlaces::anchor(page, anchor, file, *span, &ids));
        }
    }
    let told: HashSet<(&str, &str)> = anchors.iter().map(|a| (a.page.as_str(), a.anchor.as_str())).collect();
    let of_frames = frames.links();
    let of_pages = pages.iter().flat_map(|(path, drawn)| drawn.across.iter().map(move |link| (*path, &**link)));
    for (path, link) in of_frames.iter().map(|(path, link)| (*path, link.as_str())).chain(of_pages) {
        let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
        // Markdown's links have their accents coded.
        let anchor = &*percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
        let leads = match pages.get(page) {
            Some(target) => anchor.is_empty() || target.ids.contains(anchor) || told.contains(&(page, anchor)),
            None => anchor.is_empty() && paths.contains(page),
        };
        if !leads {
            let message = format!("la página {path} enlaza «{link}», que no existe");
            let help = "revise las plantillas del tema; si no las ha cambiado, es un error de micrositio: repórtelo";
            out.push(Diagnostic::error("enlace-del-tema-roto", config::FILE, Span::File, message, help));
        }
    }
    out
}
