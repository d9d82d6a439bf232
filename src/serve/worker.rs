//! Takes the changes one after the other: reads what changed, makes the next state, and swaps it in when nothing is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use unicode_normalization::UnicodeNormalization;

use super::content::Content;
use super::problems::{Problems, of_theme};
use super::state::{Look, Plans, State};
use super::verify::{Verified, verify};
use super::watch::Watch;
use super::{Event, Notice, Options, Shared};
use crate::catalog::Catalog;
use crate::catalog::replace::Change;
use crate::check;
use crate::config::{self, Config};
use crate::content::{RefUse, locate};
use crate::diagnostic::{self, Diagnostic};
use crate::draw::Drawn;
use crate::render::Theme;
use crate::site::across;
use crate::text::of_broken;

/// Saves come in bursts: nothing that takes seconds begins before this much quiet.
const QUIET: Duration = Duration::from_millis(250);

/// Pages drawn before a state is served, to know their problems; the rest are drawn behind it.
const MOST_FIRST: usize = 64;

/// Problems that a browser is told; the terminal has all.
const MOST_TOLD: usize = 200;

pub(super) struct Worker {
    options: Options,
    root: Arc<Path>,
    base_url: String,
    shared: Arc<Shared>,
    events: Sender<Event>,
    watch: Watch,
    content: Content,
    config: Option<(Config, Vec<RefUse>)>,
    /// The state of the latest content that could be read, and its problems by the stage that found them.
    latest: Option<Arc<State>>,
    problems: Problems,
    /// Whether its catalog has no error: only from such a one is the next made.
    is_latest_sound: bool,
    /// Whether the problems that the rules found are of that state.
    are_checks_of_latest: bool,
    /// Whether `site.toml` or the theme changed since that state.
    is_reconfigured: bool,
    is_restyled: bool,
    /// The last state whose pages were all drawn and have no error.
    verified: Option<Arc<State>>,
    told: Vec<Diagnostic>,
    /// Number of the current state: who works for another gives up.
    turn: Arc<AtomicU64>,
    /// For what is drawn behind: one thread is left for the page that is looked at.
    pool: Arc<ThreadPool>,
    behind: Arc<Mutex<()>>,
}

/// What a batch of changes touches.
#[derive(Default)]
struct Touched {
    config: bool,
    theme: bool,
    image: bool,
    listing: bool,
    files: BTreeSet<String>,
}

impl Worker {
    pub(super) fn new(
        options: &Options,
        address: &str,
        shared: Arc<Shared>,
        events: Sender<Event>,
        watch: Watch,
    ) -> Result<Worker, String> {
        let threads = rayon::current_num_threads().saturating_sub(1).max(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| e.to_string())?;
        Ok(Worker {
            options: options.clone(),
            root: Arc::from(options.root.as_path()),
            base_url: address.to_owned(),
            shared,
            events,
            watch,
            content: Content::default(),
            config: None,
            latest: None,
            problems: Problems::default(),
            is_latest_sound: false,
            are_checks_of_latest: false,
            is_reconfigured: true,
            is_restyled: true,
            verified: None,
            told: Vec::new(),
            turn: Arc::default(),
            pool: Arc::new(pool),
            behind: Arc::default(),
        })
    }

    /// Reads the whole site.
    pub(super) fn start(&mut self, tell: &dyn Fn(Notice<'_>)) {
        let touched = Touched { config: true, theme: true, listing: true, ..Touched::default() };
        self.update(touched, Instant::now(), tell);
    }

    /// Does what an event asks for.
    pub(super) fn take(&mut self, event: Event, tell: &dyn Fn(Notice<'_>)) {
        let began = Instant::now();
        match event {
            Event::Changed { paths, lost } => {
                let touched = self.touched(paths, lost);
                if touched.config || touched.theme || touched.image || touched.listing || !touched.files.is_empty() {
                    self.update(touched, began, tell);
                }
            }
            Event::Verified { turn, verified } if turn == self.turn.load(Ordering::Relaxed) => {
                self.conclude(verified, tell);
            }
            Event::Verified { .. } => {}
        }
    }

    fn touched(&mut self, paths: Vec<PathBuf>, lost: bool) -> Touched {
        let mut touched = Touched { config: lost, theme: lost, listing: lost, ..Touched::default() };
        let mut folders = lost;
        for path in paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            let parts: Vec<String> =
                inside.components().map(|c| c.as_os_str().to_string_lossy().nfc().collect()).collect();
            let file = parts.join("/");
            folders |= Watch::concerns_folder(&file);
            match parts.first().map(String::as_str) {
                Some(config::FILE) => touched.config = true,
                Some("themes") => touched.theme = true,
                Some("content") if self.content.knows(&file) && path.is_file() => {
                    touched.files.insert(file);
                }
                Some("content") if self.content.knows_image(&file) && path.is_file() => touched.image = true,
                // An editor's passing file is gone when its event comes, and nobody knew it.
                Some("content") => {
                    let is_known =
                        || self.content.knows(&file) || self.content.knows_image(&file) || self.content.lists(&file);
                    touched.listing |= path.exists() || is_known() || self.content.knows_under(&file);
                }
                _ => {}
            }
        }
        if folders {
            self.watch.again();
            touched.listing = true;
            touched.theme = true;
        }
        touched
    }

    fn update(&mut self, touched: Touched, began: Instant, tell: &dyn Fn(Notice<'_>)) {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) + 1;
        self.is_restyled |= touched.theme;
        if touched.listing {
            self.content.list(&self.root, &touched.files);
        } else {
            self.content.read(&self.root, &touched.files);
        }
        if touched.config || self.config.is_none() {
            self.configure();
        }
        let files = self.content.changed().count();
        if self.content.has_errors() || self.config.is_none() {
            self.judge_broken();
            self.report(files, began, tell);
            return;
        }
        match self.next() {
            Ok(state) => {
                self.draw_first(&state, touched.theme);
                self.content.settle();
                (self.is_reconfigured, self.is_restyled) = (false, false);
                self.latest = Some(Arc::clone(&state));
                let is_good = !self.has_errors();
                if is_good {
                    self.serve(&state);
                }
                self.report(files, began, tell);
                self.verify_behind(turn, state, is_good && self.options.search);
            }
            Err(message) => {
                self.problems.theme = vec![of_theme(message)];
                self.report(files, began, tell);
            }
        }
    }

    fn configure(&mut self) {
        self.is_reconfigured = true;
        match config::load(&self.root) {
            Ok((mut config, refs)) => {
                // The pages that know their address know the one they are seen at.
                config.base_url = Some(self.base_url.clone());
                // Nobody asks this server for compressed twins.
                config.publicacion.comprimidos = false;
                self.config = Some((config, refs));
                self.problems.config.clear();
            }
            Err(problems) => {
                self.config = None;
                self.problems.config = problems;
            }
        }
    }

    /// Content that cannot be read is not served; what is wrong with the rest of it is told all the same.
    fn judge_broken(&mut self) {
        if self.is_restyled {
            self.problems.theme = Theme::load(&self.root).err().map(of_theme).into_iter().collect();
        }
        let changed: BTreeSet<&String> = self.content.changed().collect();
        self.problems.drawn.retain(|problem| !changed.contains(&problem.file));
        let Some((config, refs)) = &self.config else { return };
        let (catalog, mut found) = Catalog::new(config.clone(), refs, self.content.all(), self.options.date);
        // Pages are not planned, so links to one are taken as good.
        found.extend(of_broken(&self.root, &catalog, &|_| true));
        self.problems.checks = check::catalog(&catalog);
        self.problems.catalog = found;
        self.are_checks_of_latest = false;
    }

    /// The state of the content as it is now.
    fn next(&mut self) -> Result<Arc<State>, String> {
        let Some((config, refs)) = &self.config else { return Err(String::new()) };
        let before = self.latest.as_ref().filter(|_| !self.is_reconfigured);
        let changes = if self.is_latest_sound { self.content.changes() } else { None };
        let quick = before.zip(changes).and_then(|(before, changes)| {
            let (catalog, found) = before.catalog.with(&changes, self.options.date)?;
            Some((catalog, found, changes.iter().all(is_text_only)))
        });
        let is_quick = quick.is_some();
        let (catalog, found, is_text_only) = match quick {
            Some(quick) => quick,
            None => {
                let (catalog, found) = Catalog::new(config.clone(), refs, self.content.all(), self.options.date);
                (catalog, found, false)
            }
        };
        let look = before.map(|state| &state.look).filter(|_| !self.is_restyled);
        let look = Look::of(&self.root, &catalog, self.options.search, look)?;
        let known = before.filter(|_| is_quick && !self.is_restyled).map(|before| &before.plans);
        // No rule reads the text, but that of what was published before, by its hash.
        let needs_checks = !(is_text_only && self.are_checks_of_latest) || catalog.memoria.is_some();
        // Neither needs the other, and they are most of what an edit of a key takes.
        let (checks, plans) = rayon::join(
            || needs_checks.then(|| check::catalog(&catalog)),
            || match known {
                // No page comes, goes or moves.
                Some(known) if is_text_only => Arc::clone(known),
                known => Arc::new(Plans::of(&catalog, &look, self.options.search, known.map(Arc::as_ref))),
            },
        );
        if let Some(checks) = checks {
            self.problems.checks = checks;
            self.are_checks_of_latest = true;
        }
        self.is_latest_sound = diagnostic::errors(&found) == 0;
        self.problems.catalog = found;
        self.problems.theme.clear();
        Ok(Arc::new(State::new(Arc::clone(&self.root), catalog, look, plans)))
    }

    /// Draws the pages that most likely have, or had, a problem: those of what changed, those blamed before, the one looked at.
    fn draw_first(&mut self, state: &State, restyled: bool) {
        let blamed = self.problems.drawn.iter().map(|problem| &problem.file);
        let blamed: BTreeSet<&String> = blamed.filter(|file| self.content.knows(file)).collect();
        let files: BTreeSet<String> = self.content.changed().chain(blamed).take(MOST_FIRST).cloned().collect();
        let mut paths = BTreeSet::from([self.shared.looked()]);
        if restyled {
            paths.insert("index.html".to_owned());
        }
        for file in &files {
            for record in self.content.records_of(file) {
                let id = state.catalog.records.iter().position(|other| Arc::ptr_eq(other, record));
                let url = id.map_or("", |id| state.catalog.url(id));
                paths.insert(url.split('#').next().unwrap_or("").to_owned());
            }
        }
        let mut drawn = BTreeMap::new();
        let mut waiting = paths;
        // First the pages themselves, then those whose anchors they name.
        for _ in 0..2 {
            for path in &waiting {
                match state.draw(path) {
                    Some(Ok((_, page))) => drop(drawn.insert(path.clone(), page)),
                    Some(Err(message)) => self.problems.theme = vec![of_theme(message)],
                    None => {}
                }
            }
            let anchors = drawn.values().flat_map(|page: &Drawn| &page.anchors).map(|anchor| &anchor.page);
            waiting = anchors.filter(|page| !drawn.contains_key(*page)).take(MOST_FIRST).cloned().collect();
        }
        let pages: BTreeMap<&str, &Drawn> = drawn.iter().map(|(path, page)| (path.as_str(), page)).collect();
        let mut found: Vec<Diagnostic> = pages.values().flat_map(|page| page.diagnostics.iter().cloned()).collect();
        let site = state.site();
        found.extend(across(site.frames, site.paths, &pages));
        let mut drawn = std::mem::take(&mut self.problems.drawn);
        drawn.retain(|problem| self.content.knows(&problem.file) && !files.contains(&problem.file));
        // Of other files, and of links of the theme to pages that are not drawn yet, nothing is known.
        drawn.extend(found.into_iter().filter(|problem| files.contains(&problem.file)));
        self.problems.drawn = drawn;
    }

    /// Draws the rest of the pages in a thread of its own, and indexes them.
    fn verify_behind(&self, turn: u64, state: Arc<State>, indexed: bool) {
        let (current, behind) = (Arc::clone(&self.turn), Arc::clone(&self.behind));
        let (pool, events) = (Arc::clone(&self.pool), self.events.clone());
        std::thread::spawn(move || {
            let is_current = || current.load(Ordering::Relaxed) == turn;
            std::thread::sleep(QUIET);
            let _one_at_a_time = behind.lock().unwrap_or_else(PoisonError::into_inner);
            if !is_current() {
                return;
            }
            if let Some(verified) = pool.install(|| verify(&state, indexed, &is_current)) {
                // It fails only when the server is ending.
                let _ = events.send(Event::Verified { turn, verified });
            }
        });
    }

    fn conclude(&mut self, verified: Verified, tell: &dyn Fn(Notice<'_>)) {
        let is_drawn_well = match verified.found {
            Ok(found) => {
                let errors = diagnostic::errors(&found);
                self.problems.drawn = found;
                errors == 0
            }
            Err(message) => {
                self.problems.theme = vec![of_theme(message)];
                false
            }
        };
        let is_good = !self.has_errors();
        if is_good {
            self.verified.clone_from(&self.latest);
        }
        // What is served was good by what was drawn of it; where its other pages are not, the last that was wholly good comes back.
        if let Some(state) = self.verified.clone().filter(|_| is_good || !is_drawn_well) {
            self.serve(&state);
        }
        if let Some(index) = verified.index.filter(|_| is_good) {
            let documents = index.len();
            self.shared.live.send_modify(|live| {
                live.indexes.insert(0, Arc::new(index));
                live.indexes.truncate(2);
            });
            tell(Notice::Line(&format!("Buscador al día ({documents} archivos).")));
        }
        self.tell(tell);
    }

    /// Serves a state, unless it is the one being served.
    fn serve(&self, state: &Arc<State>) {
        // To forget ten thousand plans takes a while: not while those who ask wait.
        let mut before = None;
        self.shared.live.send_if_modified(|live| {
            let is_new = !live.state.as_ref().is_some_and(|known| Arc::ptr_eq(known, state));
            if is_new {
                before = live.state.replace(Arc::clone(state));
                live.site += 1;
            }
            is_new
        });
        drop(before);
    }

    fn has_errors(&self) -> bool {
        self.content.has_errors() || self.problems.has_errors()
    }

    /// One line for the terminal, and the problems.
    fn report(&mut self, files: usize, began: Instant, tell: &dyn Fn(Notice<'_>)) {
        let changed = match files {
            0 => "Sitio".to_owned(),
            1 => "1 archivo".to_owned(),
            n => format!("{n} archivos"),
        };
        let time = began.elapsed().as_millis();
        let line = match (self.has_errors(), self.shared.live.borrow().state.is_some()) {
            (false, _) => format!("{changed} al día en {time} ms."),
            (true, true) => format!("{changed} con errores: se sigue mostrando la última versión buena."),
            (true, false) => format!("{changed} con errores: no hay todavía qué mostrar."),
        };
        self.tell(tell);
        tell(Notice::Line(&line));
    }

    /// Tells the terminal and the browsers the problems, when they changed.
    fn tell(&mut self, tell: &dyn Fn(Notice<'_>)) {
        let mut all: Vec<Diagnostic> =
            self.content.diagnostics().chain(self.problems.all().flatten()).cloned().collect();
        locate(&self.root, &mut all);
        diagnostic::sort(&mut all);
        if all == self.told && self.shared.live.borrow().told > 0 {
            return;
        }
        tell(Notice::Problems(&all));
        let mut first: Vec<Diagnostic> = all.clone();
        first.sort_by_key(|problem| problem.severity);
        first.truncate(MOST_TOLD);
        let json = diagnostic::json(&first, &self.root).unwrap_or_else(|_| "[]".to_owned());
        self.shared.live.send_modify(|live| {
            live.told += 1;
            live.problems = Arc::from(json);
        });
        self.told = all;
    }
}

/// Whether an edit leaves all keys of a record as they were.
fn is_text_only((old, new): &Change) -> bool {
    let head =
        |text: &Option<Arc<str>>, start: u32| text.as_ref().and_then(|t| t.get(..start as usize).map(str::to_owned));
    let (a, b) = (&old.body, &new.body);
    a.is_empty == b.is_empty && head(&a.text, a.start) == head(&b.text, b.start)
}
