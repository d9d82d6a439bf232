//! Says whether a copy is as it was made, and names every file that is not.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256, Sha512};

use super::bagit::{self, ALGORITHMS, Expected, Listed};
use super::tree::{Found, Tree, Unread, name_key};
use super::{AGENT, is_inside};
use crate::publish::manifest::{self, Manifest, hex};

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Its bytes are others.
    Changed,
    /// It is not there.
    Missing,
    /// No manifest lists it.
    Extra,
    /// It has this other name now.
    Renamed(String),
    /// No manifest lists it; it is the same as this one.
    Duplicate(String),
    /// Something else, in words.
    Bad(String),
}

/// A file, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Its path in the copy.
    pub path: String,
    /// What is wrong.
    pub what: What,
}

/// The verdict.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is wrong; nothing, if the copy is sound.
    pub findings: Vec<Finding>,
    /// What the standard allows but was not so when the copy was made.
    pub notices: Vec<String>,
    /// Files that were verified, and their bytes.
    pub files: usize,
    /// Bytes of those files.
    pub bytes: u64,
    /// SHA-256 of the site's manifest: what the content is known by.
    pub hash: Option<String>,
}

/// Verifies a bag in a folder or a zip, or a published folder. Nothing is written.
///
/// # Errors
/// What is no copy, or cannot be read.
pub fn verify(dest: &Path) -> Result<Report, String> {
    let mut report = Report::default();
    let tree = match Tree::open(dest, &mut report.findings) {
        Ok(tree) => tree,
        Err(Unread::System(message)) => return Err(message),
        Err(Unread::Bad(why)) => {
            report.findings.push(Finding { path: dest.display().to_string(), what: What::Bad(why) });
            return Ok(report);
        }
    };
    let has = |name: &str| tree.files.contains_key(name);
    let looks_bag = |path: &String| path.starts_with("data/") || bagit::manifest_name(path).is_some();
    if has("bagit.txt") || (!has(manifest::NAME) && tree.files.keys().any(looks_bag)) {
        bag(&tree, &mut report)?;
    } else if has(manifest::NAME) {
        published(&tree, &mut report)?;
    } else {
        return Err(format!("{} no es una copia de archivo ni un sitio publicado", dest.display()));
    }
    report.findings.sort();
    report.findings.dedup();
    Ok(report)
}

/// The text of a tag file, or the finding of its fault.
fn text(tree: &Tree, path: &str, report: &mut Report) -> Result<Option<String>, String> {
    match tree.text(path) {
        Ok(text) => Ok(text),
        Err(Unread::System(message)) => Err(message),
        Err(Unread::Bad(why)) => {
            report.findings.push(Finding { path: path.to_owned(), what: What::Bad(why) });
            Ok(None)
        }
    }
}

fn bag(tree: &Tree, report: &mut Report) -> Result<(), String> {
    // Bad: against the standard. Ours: what only a copy of ours promises.
    let (mut bad, mut ours) = (Vec::new(), Vec::new());
    match text(tree, "bagit.txt", report)? {
        Some(declaration) => bad.extend(bagit::check_declaration(&declaration).err().map(|why| ("bagit.txt", why))),
        None => bad.push(("bagit.txt", "no está o no se puede leer".to_owned())),
    }
    let (mut listed, mut manifests) = (Listed::new(), Vec::new());
    let mut tags: Option<Vec<String>> = None;
    for name in tree.files.keys() {
        let Some((algorithm, is_tag)) = bagit::manifest_name(name) else { continue };
        let Some(place) = ALGORITHMS.iter().position(|known| *known == algorithm) else {
            report.notices.push(format!("{name} usa un algoritmo que aquí no se comprueba"));
            continue;
        };
        let Some(text) = text(tree, name, report)? else { continue };
        let mut own = Listed::new();
        let empty = |line: usize| format!("la línea {line} no tiene una huella y un nombre");
        match bagit::read_manifest(&text, place, &mut own) {
            Err(why) => bad.push((name.as_str(), why)),
            Ok(Some(line)) if !is_tag => bad.push((name.as_str(), empty(line))),
            Ok(Some(line)) => report.notices.push(format!("{name}: {}", empty(line))),
            Ok(None) => {}
        }
        if !is_tag {
            manifests.push((place, own.clone()));
        } else if !is_canonical(&text, place, &own) || tags.as_ref().is_some_and(|other| !own.keys().eq(other)) {
            ours.push(format!("{name} no está como lo escribió micrositio, aunque no contradice a los demás"));
        }
        if is_tag {
            tags = Some(own.keys().cloned().collect());
        }
        for (key, expected) in own {
            let known = listed.entry(key).or_default();
            known.path = expected.path;
            for (slot, hash) in known.hashes.iter_mut().zip(expected.hashes) {
                *slot = hash.or(slot.take());
            }
        }
    }
    if manifests.is_empty() {
        bad.push(("manifest-sha256.txt", "no hay ningún manifiesto que se pueda comprobar".to_owned()));
    }
    if !tree.files.keys().any(|path| path.starts_with("data/")) {
        bad.push(("data", "no está o está vacía".to_owned()));
    }
    report.findings.extend(bad.into_iter().map(|(path, why)| Finding { path: path.to_owned(), what: What::Bad(why) }));
    // Every payload manifest lists the whole payload.
    for (place, own) in &manifests {
        let name = format!("manifest-{}.txt", ALGORITHMS.get(*place).copied().unwrap_or_default());
        for (key, expected) in listed.iter().filter(|(key, _)| key.starts_with("data/") && !own.contains_key(*key)) {
            if tree.files.contains_key(key) {
                let what = What::Bad(format!("{name} no lo nombra"));
                report.findings.push(Finding { path: expected.path.clone(), what });
            }
        }
    }
    let info = text(tree, "bag-info.txt", report)?.unwrap_or_default();
    match bagit::tags(&info) {
        Ok(tags) => {
            check_oxum(tree, &tags, report);
            let absent = ALGORITHMS.map(|algorithm| format!("tagmanifest-{algorithm}.txt"));
            let absent = absent.into_iter().filter(|name| !tree.files.contains_key(name));
            ours.extend(absent.map(|name| format!("falta {name}, que no es obligatorio pero micrositio escribe")));
            if bagit::tag(&tags, "Bag-Software-Agent").is_some_and(|agent| agent.starts_with("micrositio ")) {
                report.notices.extend(ours);
            }
        }
        Err(why) => report.findings.push(Finding { path: "bag-info.txt".into(), what: What::Bad(why) }),
    }
    let site = format!("data/{}", manifest::NAME);
    report.hash = listed.get(&site).and_then(|expected| expected.hashes.first()?.clone());
    compare(tree, &listed, &|path| path.starts_with("data/"), report)?;
    // Tag files that no manifest lists are allowed (RFC 8493, 2.2.4), and told.
    let free = |path: &str| bagit::manifest_name(path).is_some_and(|(_, is_tag)| is_tag);
    let renamed: Vec<String> = report
        .findings
        .iter()
        .filter_map(|finding| match &finding.what {
            What::Renamed(path) => Some(path.clone()),
            _ => None,
        })
        .collect();
    for (key, found) in &tree.files {
        if !key.starts_with("data/") && !listed.contains_key(key) && !free(key) && !renamed.contains(&found.path) {
            report.notices.push(format!("{} no está en ningún manifiesto", found.path));
        }
    }
    Ok(())
}

/// Whether a tag manifest is written as ours are.
fn is_canonical(text: &str, place: usize, own: &Listed) -> bool {
    let mut lines = text.split_terminator('\n');
    let same = own.values().all(|expected| {
        let hash = expected.hashes.get(place).and_then(Option::as_deref).unwrap_or_default();
        lines.next().is_some_and(|line| line.strip_prefix(hash).is_some_and(|rest| rest.starts_with("  ")))
    });
    same && lines.next().is_none() && text.ends_with('\n')
}

fn check_oxum(tree: &Tree, tags: &[(&str, &str)], report: &mut Report) {
    let Some(value) = bagit::tag(tags, "Payload-Oxum") else { return };
    let payload = tree.files.iter().filter(|(key, _)| key.starts_with("data/"));
    let found = payload.fold((0, 0), |(bytes, files), (_, found)| (bytes + found.bytes, files + 1));
    if bagit::oxum(value) != Some(found) {
        let why = format!("dice {value} (bytes y archivos de data) y hay {}.{}", found.0, found.1);
        report.findings.push(Finding { path: "bag-info.txt".into(), what: What::Bad(why) });
    }
}

fn published(tree: &Tree, report: &mut Report) -> Result<(), String> {
    let mut bad = |why: String| report.findings.push(Finding { path: manifest::NAME.into(), what: What::Bad(why) });
    let json = match tree.text(manifest::NAME) {
        Ok(json) => json.unwrap_or_default(),
        Err(Unread::System(message)) => return Err(message),
        Err(Unread::Bad(why)) => {
            bad(why);
            return Ok(());
        }
    };
    let manifest: Manifest = match serde_json::from_str(&json) {
        Ok(manifest) => manifest,
        Err(e) => {
            bad(format!("no se entiende: {e}"));
            return Ok(());
        }
    };
    if manifest.generador == AGENT && manifest.to_json().ok().as_deref() != Some(json.as_bytes()) {
        bad("no está como se escribió".into());
    }
    let mut listed = Listed::new();
    for (path, file) in manifest.archivos {
        if !is_inside(&path) {
            bad(format!("nombra un archivo de fuera, «{path}»"));
            continue;
        }
        let hashes = [Some(file.sha256), None];
        listed.insert(name_key(&path), Expected { path, hashes, bytes: Some(file.bytes) });
    }
    report.hash = Some(hex(&Sha256::digest(&json)));
    compare(tree, &listed, &|path| path != manifest::NAME, report)
}

/// The hashes of a file, in the order of [`ALGORITHMS`].
type Hashes = [String; 2];

fn hashes(tree: &Tree, found: &Found, wanted: [bool; 2]) -> Result<(u64, Hashes), Unread> {
    let (mut sha256, mut sha512, mut bytes) = (Sha256::new(), Sha512::new(), 0);
    let [wants256, wants512] = wanted;
    tree.read(found, &mut |chunk| {
        bytes += chunk.len() as u64;
        if wants256 {
            sha256.update(chunk);
        }
        if wants512 {
            sha512.update(chunk);
        }
    })?;
    Ok((bytes, [hex(&sha256.finalize()), hex(&sha512.finalize())]))
}

/// Compares what is listed with what is there. `must` says which files must be listed.
fn compare(tree: &Tree, listed: &Listed, must: &dyn Fn(&str) -> bool, report: &mut Report) -> Result<(), String> {
    let judge = |(key, expected): (&String, &Expected)| -> Result<(u64, Option<What>), String> {
        let Some(found) = tree.files.get(key) else { return Ok((0, Some(What::Missing))) };
        match hashes(tree, found, expected.hashes.each_ref().map(Option::is_some)) {
            Ok((bytes, own)) => {
                let other =
                    expected.hashes.iter().zip(&own).any(|(hash, own)| hash.as_ref().is_some_and(|hash| hash != own));
                let other = other || expected.bytes.is_some_and(|known| known != bytes);
                Ok((bytes, other.then_some(What::Changed)))
            }
            Err(Unread::Bad(why)) => Ok((0, Some(What::Bad(why)))),
            Err(Unread::System(message)) => Err(message),
        }
    };
    let judged: Result<Vec<_>, String> =
        if tree.is_folder() { listed.par_iter().map(judge).collect() } else { listed.iter().map(judge).collect() };
    let mut missing = Vec::new();
    for (expected, (bytes, what)) in listed.values().zip(judged?) {
        report.files += 1;
        report.bytes += bytes;
        match what {
            Some(What::Missing) => missing.push(expected),
            Some(what) => report.findings.push(Finding { path: expected.path.clone(), what }),
            None => {}
        }
    }
    let unlisted = tree.files.iter().filter(|(key, _)| !listed.contains_key(*key)).map(|(_, found)| found);
    let unlisted: Vec<&Found> = unlisted.filter(|found| must(&found.path) || !missing.is_empty()).collect();
    let mut by_hash: BTreeMap<&str, &Expected> = BTreeMap::new();
    for expected in listed.values() {
        by_hash.extend(expected.hashes.iter().flatten().map(|hash| (hash.as_str(), expected)));
    }
    for found in unlisted {
        let own = match hashes(tree, found, [true, true]) {
            Ok((_, own)) => own,
            Err(Unread::Bad(_)) => Hashes::default(),
            Err(Unread::System(message)) => return Err(message),
        };
        let is_it = |expected: &&Expected| expected.hashes.iter().flatten().any(|hash| own.contains(hash));
        if let Some(at) = missing.iter().position(is_it) {
            let what = What::Renamed(found.path.clone());
            report.findings.push(Finding { path: missing.swap_remove(at).path.clone(), what });
        } else if must(&found.path) {
            let same = own.iter().find_map(|hash| by_hash.get(hash.as_str()));
            let what = same.map_or(What::Extra, |expected| What::Duplicate(expected.path.clone()));
            report.findings.push(Finding { path: found.path.clone(), what });
        }
    }
    let missing = missing.into_iter().map(|expected| Finding { path: expected.path.clone(), what: What::Missing });
    report.findings.extend(missing);
    Ok(())
}
