//! Header and foot are the same for all pages of a section and depth: they are drawn and finished once for each, and the pages'
//! template has the comments `<!-- encabezado -->` and `<!-- pie -->` in their places. Drawn in every page, they were a fifth of a build.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Theme;
use super::finish::{Links, Shared, finish};

/// Anchors that every page has from its frame.
pub const IDS: [&str; 2] = ["contenido", "buscar"];

const PARTS: [&str; 2] = ["encabezado", "pie"];

/// Section of the menu; and the page, where its frame is its own, else the way up from its folder.
type Key = (&'static str, String);

/// The frames drawn so far.
#[derive(Debug, Default)]
pub struct Frames {
    drawn: Mutex<BTreeMap<Key, Arc<Vec<Shared>>>>,
}

impl Frames {
    /// The shared parts of the page that goes to `path`. `own` says that the menu tells this page from others of its section, or that
    /// its links are of another mode.
    ///
    /// # Errors
    /// The template's message.
    pub fn of(
        &self,
        theme: &Theme,
        seccion: &'static str,
        path: &str,
        own: bool,
        mode: Links<'_>,
    ) -> Result<Arc<Vec<Shared>>, String> {
        let depth = path.matches('/').count();
        let key = (seccion, if own { path.to_owned() } else { "../".repeat(depth) });
        let known = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let draw = |name: &'static str| {
            let html = theme.draw_part(name, seccion, if own { path } else { "" })?;
            let (html, facts) = finish(&html, if own { path } else { &key.1 }, mode, &[], false);
            Ok::<_, String>(Shared { name, html, facts })
        };
        let parts = Arc::new(PARTS.into_iter().map(draw).collect::<Result<Vec<_>, _>>()?);
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&parts));
        Ok(parts)
    }

    /// The links of all frames, each with the page of the menu whose section has it; sorted.
    pub fn links(&self) -> Vec<(&'static str, String)> {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut links: Vec<_> = drawn
            .iter()
            .flat_map(|((seccion, _), parts)| parts.iter().map(move |part| (*seccion, part)))
            .flat_map(|(seccion, part)| part.facts.links.iter().map(move |link| (seccion, link.clone())))
            .collect();
        links.sort_unstable();
        links.dedup();
        links
    }
}
