//! Finds records by code, name or alias, whatever the case and accents.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::Id;
use crate::content::shape::closest;
use crate::content::{Kind, Record};
use crate::diagnostic::Diagnostic;

/// Codes, titles and aliases of the records.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    codes: HashMap<(Kind, String), Id>,
    others: HashMap<(Kind, String), Vec<Id>>,
    any_code: HashMap<String, Vec<Id>>,
    any_other: HashMap<String, Vec<Id>>,
    written: Vec<(Kind, String)>,
}

/// Lower case, without accents (ñ is kept), single spaces.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if c.is_ascii() {
                // A tenth of the time, for what nearly every letter is.
                out.push(c.to_ascii_lowercase());
                continue;
            }
            match c.to_lowercase().next().unwrap_or(c) {
                'ñ' => out.push('ñ'),
                lower => out.extend(std::iter::once(lower).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c))),
            }
        }
    }
    out
}

impl Names {
    /// Indexes the records; a code used twice in a kind is reported on the second.
    pub fn new(records: &[Arc<Record>], titles: &[String], diagnostics: &mut Vec<Diagnostic>) -> Names {
        let mut names = Names::default();
        for (id, (record, title)) in records.iter().zip(titles).enumerate() {
            let kind = record.kind;
            let code = fold(&record.comun.codigo);
            if let Some(&first) = names.codes.get(&(kind, code.clone())) {
                if let Some(other) = records.get(first) {
                    diagnostics.push(duplicate(other, record));
                }
                continue;
            }
            names.any_code.entry(code.clone()).or_default().push(id);
            names.codes.insert((kind, code), id);
            names.written.push((kind, record.comun.codigo.clone()));
            let aliases = record.comun.alias.iter().chain(&record.comun.codigos_anteriores);
            for name in std::iter::once(title).chain(aliases) {
                let name_folded = fold(name);
                let ids = names.others.entry((kind, name_folded.clone())).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
                let ids = names.any_other.entry(name_folded).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
                names.written.push((kind, name.clone()));
            }
        }
        names
    }

    /// Gives a record another title; it keeps its code and aliases.
    pub fn retitle(&mut self, id: Id, record: &Record, was: &str, is: &str) {
        let kind = record.kind;
        let aliases = || record.comun.alias.iter().chain(&record.comun.codigos_anteriores);
        if let Some(at) = self.written.iter().position(|(k, name)| *k == kind && *name == record.comun.codigo)
            && let Some((_, title)) = self.written.get_mut(at + 1)
        {
            is.clone_into(title);
        }
        let (was, is) = (fold(was), fold(is));
        if !aliases().any(|alias| fold(alias) == was) {
            remove(&mut self.others, &(kind, was.clone()), id);
            remove(&mut self.any_other, &was, id);
        }
        insert(self.others.entry((kind, is.clone())).or_default(), id);
        insert(self.any_other.entry(is).or_default(), id);
    }

    /// The record of a kind that a name means, when it means one.
    pub fn find(&self, kind: Kind, name: &str) -> Option<Id> {
        let key = (kind, fold(name));
        if let Some(&id) = self.codes.get(&key) {
            return Some(id);
        }
        match self.others.get(&key)?.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// The record of any kind that a name means, when it means one. `glosario:calidad` says the kind.
    pub fn find_any(&self, name: &str) -> Option<Id> {
        if let Some((kind, name)) = with_kind(name) {
            return self.find(kind, name);
        }
        match self.meant(name) {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// Records of any kind that a name could mean: by code, else by title or alias.
    fn meant(&self, name: &str) -> &[Id] {
        let name = fold(name);
        self.any_code.get(&name).or_else(|| self.any_other.get(&name)).map_or(&[], Vec::as_slice)
    }

    /// Written names of the records that a name could mean, when they are several.
    pub fn ambiguous(&self, kind: Kind, name: &str) -> Option<Vec<String>> {
        let ids = self.others.get(&(kind, fold(name)))?;
        let mut codes: Vec<String> = self
            .codes
            .iter()
            .filter(|((k, _), id)| *k == kind && ids.contains(id))
            .map(|((_, code), _)| code.clone())
            .collect();
        codes.sort();
        (codes.len() > 1).then_some(codes)
    }

    /// The records of any kind that a name could mean, as `[[…]]` would tell them apart.
    pub fn ambiguous_any(&self, name: &str) -> Vec<String> {
        let ids = self.meant(name);
        let found = self.codes.iter().filter(|(_, id)| ids.contains(id));
        let mut codes: Vec<String> = found.map(|((kind, code), _)| format!("{}:{code}", kind.name())).collect();
        codes.sort();
        codes
    }

    /// All names of a kind, as written.
    pub fn of_kind(&self, kind: Kind) -> Vec<String> {
        self.written.iter().filter(|(k, _)| *k == kind).map(|(_, name)| name.clone()).collect()
    }

    /// The written name nearest to one.
    pub fn closest_any(&self, name: &str) -> Option<&str> {
        closest(name, self.written.iter().map(|(_, name)| name.as_str()))
    }
}

fn remove<K: Eq + Hash>(names: &mut HashMap<K, Vec<Id>>, name: &K, id: Id) {
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
