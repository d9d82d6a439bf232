//! Finds records by code, name or alias, whatever the case and accents.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ahash::RandomState;

use super::Id;
use crate::content::fold::fold;
use crate::content::{Kind, Record};
use crate::diagnostic::Diagnostic;

/// What each folded name means. Rules and pages ask some hundred thousand times, and the names are the site's own: a quick hash will do.
type Meanings<T> = HashMap<String, T, RandomState>;

/// Codes, titles and aliases of the records. What a new title leaves as it was is shared with the names of before.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    codes: Arc<BTreeMap<Kind, Meanings<Id>>>,
    others: BTreeMap<Kind, Arc<Meanings<Vec<Id>>>>,
}

impl Names {
    /// Indexes the records; a code used twice in a kind is reported on the second.
    pub fn new(records: &[Arc<Record>], titles: &[String], diagnostics: &mut Vec<Diagnostic>) -> Names {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        records.iter().for_each(|record| *counts.entry(record.kind).or_default() += 1);
        // With room for all: tables that grow cost more than what is put in them.
        let mut all_codes: BTreeMap<Kind, Meanings<Id>> =
            counts.iter().map(|(kind, n)| (*kind, with_room(*n))).collect();
        let mut all_others: BTreeMap<Kind, Meanings<Vec<Id>>> =
            counts.iter().map(|(kind, n)| (*kind, with_room(*n))).collect();
        for (id, (record, title)) in records.iter().zip(titles).enumerate() {
            let kind = record.kind;
            let code = fold(&record.comun.codigo);
            let codes = all_codes.entry(kind).or_default();
            if let Some(&first) = codes.get(&code) {
                if let Some(other) = records.get(first) {
                    diagnostics.push(duplicate(other, record));
                }
                continue;
            }
            codes.insert(code, id);
            let others = all_others.entry(kind).or_default();
            let aliases = record.comun.alias.iter().chain(&record.comun.codigos_anteriores);
            for name in std::iter::once(title.as_str()).chain(aliases.map(|alias| &**alias)) {
                let ids = others.entry(fold(name)).or_default();
                if !ids.contains(&id) {
                    // Nearly all names mean one record.
                    ids.reserve_exact(1);
                    ids.push(id);
                }
            }
        }
        let others = all_others.into_iter().map(|(kind, others)| (kind, Arc::new(others))).collect();
        Names { codes: Arc::new(all_codes), others }
    }

    /// Gives a record another title; it keeps its code and aliases.
    pub fn retitle(&mut self, id: Id, record: &Record, was: &str, is: &str) {
        let kind = record.kind;
        let aliases = || record.comun.alias.iter().chain(&record.comun.codigos_anteriores);
        let (was, is) = (fold(was), fold(is));
        let others = Arc::make_mut(self.others.entry(kind).or_default());
        if !aliases().any(|alias| fold(alias) == was) {
            remove(others, &was, id);
        }
        insert(others.entry(is).or_default(), id);
    }

    /// The record of a kind that a name means, when it means one.
    pub fn find(&self, kind: Kind, name: &str) -> Option<Id> {
        let name = fold(name);
        if let Some(&id) = self.codes.get(&kind).and_then(|codes| codes.get(&name)) {
            return Some(id);
        }
        match self.others.get(&kind)?.get(&name)?.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// The records of a kind that have a name for title or alias.
    pub fn titled(&self, kind: Kind, name: &str) -> &[Id] {
        self.others.get(&kind).and_then(|others| others.get(&fold(name))).map_or(&[], Vec::as_slice)
    }

    /// The record of any kind that a name means, when it means one. `glosario:calidad` says the kind.
    pub fn find_any(&self, name: &str) -> Option<Id> {
        if let Some((kind, name)) = with_kind(name) {
            return self.find(kind, name);
        }
        match self.meant(name).as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// Records of any kind that a name could mean: by code, else by title or alias.
    fn meant(&self, name: &str) -> Vec<Id> {
        let name = fold(name);
        let by_code: Vec<Id> = self.codes.values().filter_map(|codes| codes.get(&name)).copied().collect();
        if !by_code.is_empty() {
            return by_code;
        }
        self.others.values().filter_map(|others| others.get(&name)).flatten().copied().collect()
    }

    /// Written names of the records that a name could mean, when they are several.
    pub fn ambiguous(&self, kind: Kind, name: &str) -> Option<Vec<String>> {
        let ids = self.titled(kind, name);
        let codes = self.codes.get(&kind).into_iter().flatten();
        let mut codes: Vec<String> = codes.filter(|(_, id)| ids.contains(id)).map(|(code, _)| code.clone()).collect();
        codes.sort();
        (codes.len() > 1).then_some(codes)
    }

    /// The records of any kind that a name could mean, as `[[…]]` would tell them apart.
    pub fn ambiguous_any(&self, name: &str) -> Vec<String> {
        let ids = self.meant(name);
        let all = self.codes.iter().flat_map(|(kind, codes)| codes.iter().map(move |(code, id)| (kind, code, id)));
        let found = all.filter(|(.., id)| ids.contains(id));
        let mut codes: Vec<String> = found.map(|(kind, code, _)| format!("{}:{code}", kind.name())).collect();
        codes.sort();
        codes
    }
}

/// Codes, titles and aliases of records as they are written, each with the kind of its record.
pub(super) fn written<'a>(records: &'a [Arc<Record>], titles: &'a [String]) -> impl Iterator<Item = (Kind, &'a str)> {
    records.iter().zip(titles).flat_map(|(record, title)| {
        let names = [&*record.comun.codigo, title].into_iter();
        let more = record.comun.alias.iter().chain(&record.comun.codigos_anteriores);
        names.chain(more.map(|name| &**name)).map(|name| (record.kind, name))
    })
}

fn with_room<T>(names: usize) -> Meanings<T> {
    Meanings::with_capacity_and_hasher(names, RandomState::default())
}

fn remove(names: &mut Meanings<Vec<Id>>, name: &str, id: Id) {
    let Some(ids) = names.get_mut(name) else { return };
    ids.retain(|known| *known != id);
    if ids.is_empty() {
        names.remove(name);
    }
}

/// In the order of the records, as they are indexed.
fn insert(ids: &mut Vec<Id>, id: Id) {
    if let Err(place) = ids.binary_search(&id) {
        ids.insert(place, id);
    }
}

/// `glosario:calidad` as its kind and its name.
fn with_kind(name: &str) -> Option<(Kind, &str)> {
    let (kind, name) = name.split_once(':')?;
    Some((Kind::named(kind.trim())?, name.trim()))
}

/// Whether the file's name is one that Windows gives to a copy.
fn is_copy(record: &Record) -> bool {
    let name = record.file.rsplit('/').next().unwrap_or("").to_lowercase();
    name.starts_with("copia de") || name.contains("- copia") || name.contains(" copy") || name.contains("(1)")
}

fn duplicate(first: &Record, second: &Record) -> Diagnostic {
    // «acta - copia.md» comes before «acta.md».
    let (record, other) = if is_copy(first) && !is_copy(second) { (first, second) } else { (second, first) };
    let (codigo, other) = (&record.comun.codigo, &other.file);
    let (message, help) = if is_copy(record) {
        (
            format!("el archivo parece una copia: su código «{codigo}» ya está en {other}"),
            "borre la copia, o déle otro código si es otro registro".to_owned(),
        )
    } else {
        (
            format!("el código «{codigo}» ya está en {other}"),
            "cada registro tiene un código propio: cambie uno de los dos".to_owned(),
        )
    };
    Diagnostic::error("codigo-repetido", &record.file, record.key("codigo"), message, help)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_and_case_do_not_matter_but_enie_does() {
        assert_eq!(fold("  Planeación  Estratégica"), "planeacion estrategica");
        assert_eq!(fold("AÑO"), "año");
        assert_ne!(fold("ano"), fold("año"));
    }
}
