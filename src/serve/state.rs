//! One state of the site, complete and never changed: whoever answers a request holds it, and an edit makes another.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::cache::Digest;
use crate::catalog::{Catalog, address};
use crate::content;
use crate::draw::{Drawn, Site};
use crate::out::{Files, Out};
use crate::pages::{self, Plan, datos, direcciones, sitio};
use crate::render::{Frames, Theme};
use crate::site::{self, Paths};

/// The pages' policy, loosened for the script that reloads them.
static POLICY: LazyLock<String> = LazyLock::new(|| format!("{}; connect-src 'self'", sitio::POLICY));

/// The theme with the site's data, and the frames drawn with it.
pub(super) struct Look {
    theme: Theme,
    frames: Frames,
    /// The data that was shared, to know when it changes.
    sitio: String,
}

impl Look {
    /// The look of a catalog; that of before where nothing it shows changed.
    pub(super) fn of(
        root: &Path,
        catalog: &Catalog,
        search: bool,
        before: Option<&Arc<Look>>,
    ) -> Result<Arc<Look>, String> {
        let mut data = sitio::sitio(catalog, search);
        data.politica = &POLICY;
        let sitio = serde_json::to_string(&data).map_err(|e| e.to_string())?;
        if let Some(before) = before.filter(|before| before.sitio == sitio) {
            return Ok(Arc::clone(before));
        }
        let mut theme = Theme::load(root)?;
        theme.share(&data)?;
        Ok(Arc::new(Look { theme, frames: Frames::default(), sitio }))
    }
}

/// The pages to be, and every path that the site has.
pub(super) struct Plans {
    pub(super) list: Vec<Plan>,
    places: Arc<Places>,
}

/// Where everything is.
struct Places {
    by_path: HashMap<Arc<str>, usize>,
    paths: Paths,
    /// Source of each image, from the site's folder.
    images: HashMap<String, String>,
}

impl Plans {
    /// The plans of a catalog. `before`: those of one with the same images and theme, whose places stand while no page comes, goes or moves.
    pub(super) fn of(catalog: &Catalog, look: &Look, search: bool, before: Option<&Plans>) -> Plans {
        let list = pages::plan(catalog, search);
        let are_the_same = |before: &&Plans| list.iter().map(|plan| &plan.path).eq(before.list.iter().map(|p| &p.path));
        if let Some(before) = before.filter(are_the_same) {
            return Plans { list, places: Arc::clone(&before.places) };
        }
        let by_path = list.iter().enumerate().map(|(number, plan)| (Arc::clone(&plan.path), number)).collect();
        let paths = site::paths(catalog, &list, &look.theme);
        let images = catalog.images.iter().map(|i| (address::image(i), format!("content/{i}"))).collect();
        Plans { list, places: Arc::new(Places { by_path, paths, images }) }
    }
}

/// Pages that a state keeps.
const MOST_KEPT: usize = 200;

/// A state of the site.
pub(super) struct State {
    root: Arc<Path>,
    pub(super) catalog: Catalog,
    pub(super) look: Arc<Look>,
    pub(super) plans: Arc<Plans>,
    /// Pages drawn so far; whoever looks at one asks for it again and again.
    drawn: Mutex<HashMap<String, Arc<str>>>,
}

impl State {
    pub(super) fn new(root: Arc<Path>, catalog: Catalog, look: Arc<Look>, plans: Arc<Plans>) -> State {
        State { root, catalog, look, plans, drawn: Mutex::default() }
    }

    /// What draws its pages.
    pub(super) fn site(&self) -> Site<'_> {
        Site {
            root: &self.root,
            catalog: &self.catalog,
            theme: &self.look.theme,
            frames: &self.look.frames,
            paths: &self.plans.places.paths,
            files: Files { out: Out::Nowhere, twins: false },
            shared: Digest::default(),
            is_searched: false,
        }
    }

    /// The page of a path; `None` where there is none.
    pub(super) fn page(&self, path: &str) -> Option<Result<Arc<str>, String>> {
        let known = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.map(Ok).or_else(|| Some(self.draw(path)?.map(|(html, _)| html)))
    }

    /// Draws the page of a path, with what can be told of it.
    pub(super) fn draw(&self, path: &str) -> Option<Result<(Arc<str>, Drawn), String>> {
        let plan = self.plans.list.get(*self.plans.places.by_path.get(path)?)?;
        let page = (plan.build)(&self.catalog, plan);
        let (html, drawn): (Arc<str>, Drawn) = match self.site().write(plan, &page, false) {
            Ok((written, drawn)) => (written.html.into(), drawn),
            Err(message) => return Some(Err(message)),
        };
        let mut kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.insert(path.to_owned(), Arc::clone(&html));
        }
        Some(Ok((html, drawn)))
    }

    /// Whether a path is a page.
    pub(super) fn has_page(&self, path: &str) -> bool {
        self.plans.places.by_path.contains_key(path)
    }

    /// A file that is no page.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        if let Some((_, bytes)) = self.look.theme.assets.iter().find(|(asset, _)| asset == path) {
            return Some(bytes.clone());
        }
        if let Some(image) = self.plans.places.images.get(path) {
            return fs::read(content::path_of(&self.root, image)).ok();
        }
        match path {
            datos::RECORDS => {
                let mut bytes = Vec::new();
                return datos::records(&self.catalog, &mut bytes).ok().map(|()| bytes);
            }
            datos::PUBLICATIONS => return datos::publications(&self.catalog).map(String::into_bytes),
            _ => {}
        }
        if !matches!(path, "sitemap.xml" | "robots.txt" | direcciones::FEED) {
            return None;
        }
        let files = direcciones::files(&self.catalog, &self.plans.list);
        files.into_iter().find(|(name, _)| *name == path).map(|(_, text)| text.into_bytes())
    }
}
