//! Behind the page that is looked at: all pages are drawn for what only they can tell, and the search is indexed.

use std::collections::BTreeMap;

use super::Index;
use super::state::State;
use crate::diagnostic::Diagnostic;
use crate::draw::{Drawn, Out, Site, turns};
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
    let until_stale = |_: &str, _: &[u8]| if is_current() { Ok(()) } else { Err(String::new()) };
    let site = Site { out: Out::Reader(&until_stale), ..state.site() };
    let turns = turns(&state.catalog, &state.plans.list);
    let (drawn, index) =
        site.draw_all(&turns, turns.iter().map(|_| None).collect(), indexed.then_some(None), &|_, _, _| {})?;
    let pages: BTreeMap<&str, Drawn> =
        turns.iter().zip(drawn).filter_map(|((plan, _), drawn)| Some((plan.path.as_str(), drawn?))).collect();
    let mut found: Vec<Diagnostic> = pages.values().flat_map(|drawn| drawn.diagnostics.iter().cloned()).collect();
    found.extend(across(&site, &pages));
    if !is_current() {
        return Ok((found, None));
    }
    let index = index.map(|index| search::files(&index)).transpose()?;
    Ok((found, index.map(|files| files.into_iter().collect())))
}
