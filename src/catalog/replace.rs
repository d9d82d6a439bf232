//! The catalog after an edit, made from the one before: of 10,000 records, one changed.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{Catalog, Id, dangling, is_broken, newest_date, title};
use crate::content::fold::fold;
use crate::content::valor::Fecha;
use crate::content::{Kind, Record};
use crate::diagnostic::Diagnostic;

/// More changes than these are not looked for one by one.
const MOST: usize = 500;

/// A record of the catalog, and what now stands in its place.
pub type Change = (Arc<Record>, Arc<Record>);

impl Catalog {
    /// The same catalog with some records changed, and their dangling references. `None` when a change touches what others call a
    /// record: then the catalog is made anew. This one has no dangling reference.
    pub fn with(&self, changes: &[Change], corte: Option<Fecha>) -> Option<(Catalog, Vec<Diagnostic>)> {
        if changes.len() > MOST || !changes.iter().all(|(old, new)| is_known_the_same(old, new)) {
            return None;
        }
        let mut records = self.records.clone();
        let (mut uses, mut titles, mut names) =
            (Arc::clone(&self.uses), Arc::clone(&self.titles), Arc::clone(&self.names));
        let mut diagnostics = Vec::new();
        for (old, new) in changes.iter().filter(|(old, _)| !old.is_borrador()) {
            let id = self.records.iter().position(|record| Arc::ptr_eq(record, old))?;
            let (was, is) = (title::own(old), title::own(new));
            if was != is {
                // Of two records that change at once, one may name the other by the title that it loses or gets.
                if changes.len() > 1 {
                    return None;
                }
                let (was, is) = (was?, is?);
                if self.is_called(id, old.kind, &was, &is) {
                    return None;
                }
                Arc::make_mut(&mut names).retitle(id, new, &was, &is);
                *Arc::make_mut(&mut titles).get_mut(id)? = is;
            }
            let targets = self.targets(new, &mut diagnostics);
            let before = self.targets(old, &mut Vec::new());
            if targets != before {
                let uses = Arc::make_mut(&mut uses);
                for target in before {
                    uses.get_mut(target)?.retain(|user| *user != id);
                }
                for target in targets {
                    let users = uses.get_mut(target)?;
                    if let Err(place) = users.binary_search(&id) {
                        users.insert(place, id);
                    }
                }
            }
            *records.get_mut(id)? = Arc::clone(new);
        }
        let corte = corte.or_else(|| records.iter().filter_map(|record| newest_date(record)).max());
        let catalog = Catalog {
            config: self.config.clone(),
            records,
            urls: Arc::clone(&self.urls),
            titles,
            uses,
            images: Arc::clone(&self.images),
            corte,
            memoria: self.memoria.clone(),
            names,
            draft_names: Arc::clone(&self.draft_names),
            broken: Arc::clone(&self.broken),
            by_kind: Arc::clone(&self.by_kind),
            por_evidencia: match changes.iter().any(|(_, new)| new.kind == Kind::BuenaPractica) {
                true => OnceLock::new(),
                false => self.por_evidencia.clone(),
            },
            own: self.own,
        };
        Some((catalog, diagnostics))
    }

    /// Whether some record refers to this one by the title that it loses, or to another by the one that it gets. Who refers to whom
    /// is known, as no reference dangles: of 200,000 references a few are looked at.
    fn is_called(&self, id: Id, kind: Kind, was: &str, is: &str) -> bool {
        let names = [fold(was), fold(is)];
        let users =
            std::iter::once(&id).chain(self.names.titled(kind, is)).filter_map(|id| self.uses.get(*id)).flatten();
        let mut refs = users.filter_map(|user| self.records.get(*user)).flat_map(|record| &record.refs);
        refs.any(|use_| use_.kind == kind && names.contains(&fold(&use_.text)))
    }

    /// The records that one refers to, in their order; what it names and is not there is reported.
    fn targets(&self, record: &Record, diagnostics: &mut Vec<Diagnostic>) -> Vec<Id> {
        let mut targets = Vec::new();
        for use_ in &record.refs {
            match self.names.find(use_.kind, &use_.text) {
                Some(target) => targets.push(target),
                None if is_broken(&self.broken, use_) => {}
                None => {
                    let known = (self.records.as_slice(), self.titles.as_slice());
                    diagnostics.push(dangling(&self.names, known, &self.draft_names, &self.broken, &record.file, use_));
                }
            }
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }
}

/// Whether no other record can tell the two apart by their code or alias, nor their address change.
fn is_known_the_same(old: &Record, new: &Record) -> bool {
    let (a, b) = (&old.comun, &new.comun);
    old.kind == new.kind
        && old.file == new.file
        && old.root == new.root
        && old.is_borrador() == new.is_borrador()
        && (&a.codigo, &a.alias, &a.codigos_anteriores) == (&b.codigo, &b.alias, &b.codigos_anteriores)
        // Another record's address may depend on what a withdrawn one was.
        && old.kind != Kind::Retirado
        // The title of a committee is in that of its minutes, and `site.toml` may name an entity by its own.
        && (title::own(old).is_some() && !matches!(old.kind, Kind::Comite | Kind::Entidad)
            || title::of(old, &HashMap::new()) == title::of(new, &HashMap::new()))
}
