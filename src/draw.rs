//! Draws the pages of the site, or knows from the last build that a page would come out as it is.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use search_index::{Builder, Document, Words};

use crate::cache::{self, Digest, Remembered};
use crate::catalog::{Catalog, Id};
use crate::check::enlaces;
use crate::content::Record;
use crate::content::valor::Textos;
use crate::diagnostic::Diagnostic;
use crate::facts::{Ids, Link, PageFacts, Section};
use crate::out::Files;
use crate::pages::mapa_del_sitio::NOT_FOUND;
use crate::pages::{self, Page, Plan};
use crate::publish::{Stage, host};
use crate::render::finish::{Links, finish};
use crate::render::theme::PAGE_BYTES;
use crate::render::{Frames, Theme, frame};
use crate::search::refused;
use crate::site::{Paths, Tell};
use crate::system::told;
use crate::text::{self, Anchor, Linked, Text};

/// Documents that a thread gives the index at a time.
const DOCUMENTS: usize = 64;

/// What the workers share.
pub struct Site<'a> {
    /// Folder of the site.
    pub root: &'a Path,
    /// Its content.
    pub catalog: &'a Catalog,
    /// Its theme.
    pub theme: &'a Theme,
    /// Parts that pages share.
    pub frames: &'a Frames,
    /// Every file that a link of the site may name.
    pub paths: &'a Paths,
    /// Where pages go.
    pub files: Files<'a>,
    /// Of what all pages depend on.
    pub shared: Digest,
    /// Whether what the search is told of a page is part of what it was drawn from.
    pub is_searched: bool,
}

/// What a drawn page leaves: a site keeps that of all its pages at once.
#[derive(Default)]
pub struct Drawn {
    /// Its anchors.
    pub ids: Ids,
    /// Its links within the site that only the whole site can judge, as `path#anchor`.
    pub across: Textos,
    /// Anchors elsewhere that its Markdown names.
    pub anchors: Box<[Anchor]>,
    /// Its problems.
    pub diagnostics: Vec<Diagnostic>,
    /// Of all that it was drawn from. Only for who remembers the page, as what follows.
    pub print: Digest,
    /// The links of its Markdown, as postcard codes them: kept apart, those of 100,000 pages would be three times as large.
    pub links: Box<[u8]>,
}

impl Drawn {
    /// What the next build is to know of it; nothing where somebody is to be told something.
    pub fn remembered(self) -> Option<Remembered> {
        let Drawn { ids, across, print, links, .. } = self;
        self.diagnostics.is_empty().then_some(Remembered { print, links, ids, across })
    }
}

/// A page as it is published, and what is made of it besides.
pub struct Written {
    /// The file.
    pub html: String,
    /// What it says, where that was asked for.
    sections: Vec<Section>,
    /// Of what its Markdown links to.
    targets: Digest,
}

/// Pages in the order of the documents of the search, each with its number; then those that are no document.
pub type Turns<'p> = Vec<(&'p Plan, Option<usize>)>;

/// What each turn left, if it was drawn. It changes hands three times: in boxes, that costs 100,000 pages 2 MB instead of 80.
pub type Turned = Vec<Option<Box<Drawn>>>;

/// The turns of the pages.
pub fn turns<'p>(catalog: &Catalog, plans: &'p [Plan]) -> Turns<'p> {
    let (mut documents, others): (Vec<_>, Vec<_>) = plans
        .par_iter()
        .map(|plan| (pages::buscar::order(catalog, plan), plan))
        .partition(|(order, _)| order.is_some());
    documents.par_sort_by_key(|(order, _)| *order);
    let documents = documents.into_iter().enumerate().map(|(number, (_, plan))| (plan, Some(number)));
    documents.chain(others.into_iter().map(|(_, plan)| (plan, None))).collect()
}

/// What was drawn, by the path of its page.
pub fn by_path<'a>(turns: &'a Turns<'_>, drawn: &'a Turned) -> BTreeMap<&'a str, &'a Drawn> {
    // With room for all: a list that grows leaves new memory behind at each step.
    let mut pages = Vec::with_capacity(turns.len());
    pages.extend(turns.iter().zip(drawn).filter_map(|((plan, _), drawn)| Some((&*plan.path, drawn.as_deref()?))));
    pages.into_iter().collect()
}

/// What a page shows, in a row of bytes that no other page gives: BLAKE3 takes it in one piece. As JSON, each letter was looked at.
struct Shown(Vec<u8>);

impl Hasher for Shown {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Nobody asks: what counts is the bytes.
    fn finish(&self) -> u64 {
        0
    }
}

impl Site<'_> {
    /// The pages that are as the last build left them, each in the place of its turn, and the others `None`. They are kept in the stage.
    pub fn kept(&self, turns: &Turns<'_>, before: &cache::Pages) -> Turned {
        // A link that led to a file of the last build may lead nowhere now.
        let mut files = before.pages.keys().chain(&before.others);
        if before.pages.is_empty() || !files.all(|path| self.paths.contains(&**path)) {
            return turns.iter().map(|_| None).collect();
        }
        // Few at a time, so that no thread is left with the last thousand.
        let turns = turns.par_iter().with_max_len(DOCUMENTS);
        turns.map(|(plan, _)| self.keep(plan, before.pages.get(&*plan.path)?)).collect()
    }

    fn keep(&self, plan: &Plan, before: &Remembered) -> Option<Box<Drawn>> {
        let stage = self.files.out.stage()?;
        let page = (plan.build)(self.catalog, plan);
        let mut linked = Linked::default();
        let mut targets = Digest::default();
        if let Some(id) = page.cuerpo {
            let links: Vec<Link> = postcard::from_bytes(&before.links).ok()?;
            let exists = |path: &str| self.paths.contains(path);
            let text = self.text(id, self.catalog.records.get(id)?, &exists);
            links.iter().for_each(|link| drop(text.follow(link, &mut linked)));
            targets = linked.targets.finalize().into();
        }
        let print = self.print(&page, self.document(plan, &page).as_ref(), &targets);
        if print != before.print || !linked.problems.is_empty() || !self.keep_files(stage, &plan.path) {
            return None;
        }
        let Remembered { links, ids, across, .. } = before.clone();
        let anchors = linked.anchors.into();
        Some(Box::new(Drawn { ids, across, anchors, print, links, ..Drawn::default() }))
    }

    /// Keeps a published file and its compressed twins.
    fn keep_files(&self, stage: &Stage, path: &str) -> bool {
        let twins = stage.known(path).filter(|twin| host::TWINS.iter().any(|end| twin.strip_suffix(end) == Some(path)));
        stage.keep(&std::iter::once(path).chain(twins).collect::<Vec<_>>())
    }

    /// What the search is told of a page, without its text.
    fn document(&self, plan: &Plan, page: &Page) -> Option<Document> {
        if self.is_searched { pages::buscar::document(self.catalog, plan, page) } else { None }
    }

    /// Digest of all that a page and its document are drawn from; `targets` is that of what its Markdown links to.
    fn print(&self, page: &Page, document: Option<&Document>, targets: &Digest) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.shared).update(targets);
        let document = document.map(|d| (&d.title, &d.codes, &d.date, &d.kind, &d.facets));
        let mut shown = Shown(Vec::with_capacity(PAGE_BYTES));
        (page, document).hash(&mut shown);
        hasher.update(&shown.0);
        if let Some(record) = page.cuerpo.and_then(|id| self.catalog.records.get(id)) {
            hasher.update(record.file.as_bytes()).update(&record.body.digest);
        }
        hasher.finalize().into()
    }

    /// Of what the search's index is made of, when there is one and every page of it was remembered.
    pub fn index_digest(&self, turns: &Turns<'_>, drawn: &[Option<Box<Drawn>>]) -> Option<Digest> {
        if !self.is_searched {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(&serde_json::to_vec(&pages::buscar::config(self.catalog)).ok()?);
        for ((plan, number), drawn) in turns.iter().zip(drawn) {
            if number.is_some() {
                let drawn = drawn.as_ref().filter(|drawn| drawn.diagnostics.is_empty())?;
                hasher.update(plan.path.as_bytes()).update(&drawn.print);
            }
        }
        Some(hasher.finalize().into())
    }

    /// Keeps the published files of the search.
    pub fn keep_index(&self) -> bool {
        let Some(stage) = self.files.out.stage() else { return false };
        let folder = format!("{}/", pages::buscar::FOLDER);
        let files: Vec<&str> = stage.known(&folder).collect();
        !files.is_empty() && stage.keep(&files)
    }

    /// What indexes the documents of the turns, in a folder or in memory; the files that a browser reads go to `put`.
    ///
    /// # Errors
    /// What Tantivy or the disk said no to.
    pub fn builder<'b>(
        &self,
        turns: &Turns<'_>,
        folder: Option<&Path>,
        put: &'b search_index::Out<'b>,
    ) -> Result<Builder<'b>, String> {
        let documents = turns.iter().filter(|(_, number)| number.is_some()).count();
        Builder::new(pages::buscar::config(self.catalog), folder, documents, put).map_err(|e| refused(&e))
    }

    /// Draws every page that is not kept, in as many threads as there are, and tells the index what they say, if there is one; gives also
    /// the words of each thread. Threads take the next page of the order, so that documents reach the index nearly in theirs.
    ///
    /// # Errors
    /// What the system or the theme said no to.
    pub fn draw_all(
        &self,
        turns: &Turns<'_>,
        kept: Turned,
        index: Option<&Builder<'_>>,
        tell: Tell<'_>,
    ) -> Result<(Turned, Vec<Words>), String> {
        let next = AtomicUsize::new(0);
        let work = || {
            let (mut drawn, mut words, mut documents) = (Vec::new(), Words::default(), Vec::new());
            loop {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                let (Some((plan, number)), Some(kept)) = (turns.get(turn), kept.get(turn)) else { break };
                tell("Dibujando páginas", turn, turns.len());
                let document = match kept {
                    Some(_) if index.is_some() && number.is_some() => self.document_of_kept(plan)?,
                    Some(_) => None,
                    None => {
                        let (page, document) = self.draw(plan, index.is_some())?;
                        drawn.push((turn, page));
                        document
                    }
                };
                documents.extend(number.zip(document));
                if let Some(index) = index.filter(|_| documents.len() >= DOCUMENTS) {
                    index.add(&mut words, documents.drain(..)).map_err(|e| refused(&e))?;
                }
            }
            if let Some(index) = index {
                index.add(&mut words, documents).map_err(|e| refused(&e))?;
            }
            Ok::<_, String>((drawn, words))
        };
        let done: Vec<_> = rayon::broadcast(|_| work()).into_iter().collect::<Result<_, String>>()?;
        let (drawn, words): (Vec<_>, Vec<Words>) = done.into_iter().unzip();
        let mut all = kept;
        for (turn, page) in drawn.into_iter().flatten() {
            if let Some(place) = all.get_mut(turn) {
                *place = Some(page);
            }
        }
        Ok((all, words))
    }

    /// What a kept page tells the search, by the page that is published.
    fn document_of_kept(&self, plan: &Plan) -> Result<Option<Document>, String> {
        let Some(stage) = self.files.out.stage() else { return Ok(None) };
        let path = stage.output().join(&*plan.path);
        let html = fs::read_to_string(&path).map_err(|e| told("leer", &path, &e))?;
        let sections = finish(&html, &plan.path, Links::Relative, &[], true).1.sections;
        let page = (plan.build)(self.catalog, plan);
        let document = self.document(plan, &page);
        Ok(document.map(|document| pages::buscar::with_text(document, self.catalog, plan, &page, sections)))
    }

    /// Draws a page and stages it; with what it tells the search, if `indexed`.
    fn draw(&self, plan: &Plan, indexed: bool) -> Result<(Box<Drawn>, Option<Document>), String> {
        let page = (plan.build)(self.catalog, plan);
        let (written, mut drawn) = self.write(plan, &page, indexed)?;
        let document = self.document(plan, &page);
        if self.files.out.stage().is_some() {
            drawn.print = self.print(&page, document.as_ref(), &written.targets);
        }
        self.files.put(&plan.path, written.html.as_bytes())?;
        let document = document.filter(|_| indexed);
        let with_text = |document| pages::buscar::with_text(document, self.catalog, plan, &page, written.sections);
        Ok((Box::new(drawn), document.map(with_text)))
    }

    /// A page as it is published, and what it leaves.
    ///
    /// # Errors
    /// What the system or the theme said no to.
    pub fn write(&self, plan: &Plan, page: &Page, with_text: bool) -> Result<(Written, Drawn), String> {
        let mut drawn = Drawn::default();
        let taken = || frame::IDS.into_iter().chain(page.anchors());
        let body = page.cuerpo.map(|id| self.body(id, taken(), &mut drawn)).transpose()?;
        let (body, targets) = body.unwrap_or_default();
        let html = self.theme.draw(page, &body)?;
        let mode = match &self.catalog.config.base_url {
            Some(base) if *plan.path == *NOT_FOUND => Links::Absolute(base),
            _ => Links::Relative,
        };
        let own = [page.seccion, NOT_FOUND, pages::buscar::PATH].contains(&&*plan.path);
        let shared = self.frames.of(self.theme, page.seccion, &plan.path, own, mode)?;
        let (html, PageFacts { mut ids, links, sections }) = finish(&html, &plan.path, mode, &shared, with_text);
        // A worker keeps what the rules across pages need and no more.
        let is_open = |link: &String| match link.split_once('#') {
            Some((page, anchor)) => *page != *plan.path || !ids.contains(anchor),
            None => !self.paths.contains(link.as_str()),
        };
        drawn.across = links.into_iter().filter(is_open).map(String::into_boxed_str).collect();
        ids.shrink();
        drawn.ids = ids;
        Ok((Written { html, sections, targets }, drawn))
    }

    fn text<'t>(&'t self, id: Id, record: &'t Record, exists: &'t dyn Fn(&str) -> bool) -> Text<'t> {
        let place = enlaces::Place { file: &record.file, url: self.catalog.url(id) };
        Text { catalog: self.catalog, exists, place, start: record.body.start as usize }
    }

    /// The Markdown of a record as HTML, and the digest of what it links to; its problems go to `drawn`. The rest of its page has `taken`
    /// its anchors.
    fn body<'p>(
        &self,
        id: Id,
        taken: impl Iterator<Item = &'p str>,
        drawn: &mut Drawn,
    ) -> Result<(String, Digest), String> {
        let Some(record) = self.catalog.records.get(id) else { return Ok(Default::default()) };
        let whole = text::whole(self.root, &record.file, &record.body)?;
        let exists = |path: &str| self.paths.contains(path);
        let (html, linked, problems) = self.text(id, record, &exists).draw(record.body.within(&whole), taken);
        if self.files.out.stage().is_some() {
            drawn.links = postcard::to_stdvec(&linked.links).map_err(|e| e.to_string())?.into();
        }
        drawn.anchors = linked.anchors.into();
        drawn.diagnostics.extend(problems);
        Ok((html, linked.targets.finalize().into()))
    }
}
