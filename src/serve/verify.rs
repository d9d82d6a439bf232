//! Behind the page that is looked at: all pages are drawn for what only they can tell, and the search is indexed.

use std::sync::{Mutex, PoisonError};

use super::Index;
use super::state::State;
use crate::diagnostic::Diagnostic;
use crate::draw::{Site, by_path, turns};
use crate::out::{Files, Out};
use crate::search;
use crate::site::across;

/// What drawing all pages of a state found.
pub(super) struct Verified {
    /// Problems of links and texts; or why the theme could not draw them.
    pub(super) found: Result<Vec<Diagnostic>, String>,
    /// The files of the search.
    pub(super) index: Option<Index>,
}

/// Draws every page of a state; `None` as soon as it is not the current one.
pub(super) fn verify(state: &State, indexed: bool, is_current: &(dyn Fn() -> bool + Sync)) -> Option<Verified> {
    let found = draw(state, indexed, is_current);
    if !is_current() {
        return None;
    }
    Some(match found {
        Ok((found, index)) => Verified { found: Ok(found), index },
        Err(message) => Verified { found: Err(message), index: None },
    })
}

type Found = (Vec<Diagnostic>, Option<Index>);

fn draw(state: &State, indexed: bool, is_current: &(dyn Fn() -> bool + Sync)) -> Result<Found, String> {
    let files = Mutex::new(Index::new());
    let until_stale = |path: &str, bytes: &[u8]| {
        if !is_current() {
            return Err(String::new());
        }
        if path.starts_with(search::path("").as_str()) {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_owned());
        }
        Ok(())
    };
    let out = Files { out: Out::Reader(&until_stale), twins: false };
    let site = Site { files: out, is_searched: indexed, ..state.site() };
    let turns = turns(&state.catalog, &state.plans.list);
    let put = |name: &str, bytes: &[u8]| site.files.put_search(name, bytes);
    let index = indexed.then(|| site.builder(&turns, None, &put)).transpose()?;
    let (drawn, words) = site.draw_all(&turns, turns.iter().map(|_| None).collect(), index.as_ref(), &|_, _, _| {})?;
    let pages = by_path(&turns, &drawn);
    let mut found: Vec<Diagnostic> = pages.values().flat_map(|drawn| drawn.diagnostics.iter().cloned()).collect();
    found.extend(across(site.frames, site.paths, &pages));
    let Some(index) = index else { return Ok((found, None)) };
    search::finish(index, &words, &put)?;
    Ok((found, Some(files.into_inner().unwrap_or_else(PoisonError::into_inner))))
}
