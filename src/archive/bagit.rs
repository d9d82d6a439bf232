//! Reads the tag files of a bag (RFC 8493), as strictly as the Library of Congress's own program.

use std::collections::BTreeMap;

use super::is_inside;
use super::tree::name_key;

/// The hash algorithms that are verified.
pub(super) const ALGORITHMS: [&str; 2] = ["sha256", "sha512"];

/// What the manifests say of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    /// Its name as written there.
    pub(super) path: String,
    /// Its hashes, by the place of the algorithm in [`ALGORITHMS`].
    pub(super) hashes: [Option<String>; 2],
    /// Its size, where it is known.
    pub(super) bytes: Option<u64>,
}

/// Files by their name key.
pub(super) type Listed = BTreeMap<String, Expected>;

/// The algorithm of a manifest's name, and whether it is of tag files: `manifest-sha256.txt`.
pub(super) fn manifest_name(name: &str) -> Option<(&str, bool)> {
    let (stem, is_tag) = match name.strip_prefix("tagmanifest-") {
        Some(stem) => (stem, true),
        None => (name.strip_prefix("manifest-")?, false),
    };
    let algorithm = stem.strip_suffix(".txt")?;
    (!algorithm.is_empty() && algorithm.chars().all(|c| c.is_ascii_alphanumeric())).then_some((algorithm, is_tag))
}

/// Adds what a manifest lists; gives the first line that lists nothing.
///
/// # Errors
/// The first fault that no reader forgives: a file twice, or outside.
pub(super) fn read_manifest(text: &str, algorithm: usize, listed: &mut Listed) -> Result<Option<usize>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut fault, mut empty) = (Ok(()), None);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut tell = |why: &str| {
            if fault.is_ok() {
                fault = Err(format!("la línea {} {why}", number + 1));
            }
        };
        let Some((hash, path)) = line.split_once(char::is_whitespace) else {
            empty = empty.or(Some(number + 1));
            continue;
        };
        let path = plain(&decode(path.trim_start().trim_start_matches('*')));
        if !is_inside(&path) {
            tell("nombra un archivo de fuera");
            continue;
        }
        let expected = listed.entry(name_key(&path)).or_default();
        expected.path = path;
        if let Some(slot) = expected.hashes.get_mut(algorithm) {
            if slot.is_some() {
                tell("nombra un archivo que ya estaba");
            }
            *slot = Some(hash.to_ascii_lowercase());
        }
    }
    fault.map(|()| empty)
}

/// The labels of `bagit.txt` or `bag-info.txt`.
pub(super) fn tags(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut tags = Vec::new();
    for (number, line) in text.lines().enumerate() {
        // What begins with white space goes on with the value before.
        if line.trim().is_empty() || line.starts_with([' ', '\t']) {
            continue;
        }
        let (label, value) =
            line.split_once(':').ok_or_else(|| format!("la línea {} no tiene etiqueta", number + 1))?;
        tags.push((label.trim(), value.trim()));
    }
    Ok(tags)
}

/// The value of a label.
pub(super) fn tag<'a>(tags: &[(&str, &'a str)], label: &str) -> Option<&'a str> {
    tags.iter().find(|(known, _)| *known == label).map(|(_, value)| *value)
}

/// What `bagit.txt` must say.
pub(super) fn check_declaration(text: &str) -> Result<(), String> {
    if text.starts_with('\u{feff}') {
        return Err("empieza con una marca de orden de bytes".into());
    }
    let tags = tags(text)?;
    let version = tag(&tags, "BagIt-Version").ok_or("no dice la versión")?;
    let encoding = tag(&tags, "Tag-File-Character-Encoding").ok_or("no dice la codificación")?;
    let number = version.split_once('.').and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
    match number {
        Some(number) if ((0, 96)..(2, 0)).contains(&number) => {}
        _ => return Err(format!("dice una versión que no se conoce, «{version}»")),
    }
    match encoding.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" => Ok(()),
        _ => Err(format!("dice una codificación que no se lee, «{encoding}»")),
    }
}

/// Bytes and files that `Payload-Oxum` says.
pub(super) fn oxum(value: &str) -> Option<(u64, u64)> {
    let (bytes, files) = value.split_once('.')?;
    Some((bytes.parse().ok()?, files.parse().ok()?))
}

/// A path without steps that lead nowhere.
fn plain(path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    path.split('/').filter(|part| !matches!(*part, "" | ".")).collect::<Vec<_>>().join("/")
}

fn decode(path: &str) -> String {
    path.replace("%0D", "\r").replace("%0d", "\r").replace("%0A", "\n").replace("%0a", "\n").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_its_authority_reads_it() {
        let mut listed = Listed::new();
        let text = "\u{feff}# nota\nAB  data/./a%0Ab%25.txt\ncd *data/c d\n\n";
        assert_eq!(read_manifest(text, 0, &mut listed), Ok(None));
        let found: Vec<_> = listed.values().map(|e| (e.path.as_str(), e.hashes[0].as_deref())).collect();
        assert_eq!(found, [("data/a\nb%.txt", Some("ab")), ("data/c d", Some("cd"))]);
        assert_eq!(read_manifest("# x\nab\n", 0, &mut Listed::new()), Ok(Some(2)));
        for (bad, why) in [
            ("ab  ../x\n", "la línea 1 nombra un archivo de fuera"),
            ("ab  /etc/passwd\n", "la línea 1 nombra un archivo de fuera"),
            ("ab  data/x\nab  data/x\n", "la línea 2 nombra un archivo que ya estaba"),
        ] {
            assert_eq!(read_manifest(bad, 0, &mut Listed::new()), Err(why.to_owned()), "{bad}");
        }
    }

    #[test]
    fn the_declaration_is_exact() {
        let good = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        assert_eq!(check_declaration(good), Ok(()));
        for bad in
            [good.replace("1.0", "3.0"), good.replace("UTF-8", "UTF-7"), format!("\u{feff}{good}"), String::new()]
        {
            assert!(check_declaration(&bad).is_err(), "{bad}");
        }
        assert_eq!(oxum("12.3"), Some((12, 3)));
        assert_eq!(oxum("12"), None);
        assert_eq!(manifest_name("tagmanifest-sha512.txt"), Some(("sha512", true)));
        assert_eq!(manifest_name("manifest-sha256.txt.bak"), None);
    }
}
