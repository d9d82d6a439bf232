//! Writes the bag: the published site as `data/`, what tells of it as tag files, and every file's hashes in the manifests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::published::Published;
use super::target::{Digests, Target, ZipForm};
use super::{AGENT, inventory, readme, sources};
use crate::publish::manifest::hex;

/// What is asked for.
#[derive(Debug)]
pub struct Order<'a> {
    /// The published folder.
    pub published: &'a Path,
    /// The site's folder, when its sources go with the copy.
    pub sources: Option<&'a Path>,
    /// Where the copy goes: a new folder, or a `.zip`.
    pub dest: &'a Path,
}

/// What was archived.
#[derive(Debug, PartialEq, Eq)]
pub struct Done {
    /// Files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// SHA-256 of the site's manifest.
    pub hash: String,
}

/// A file's hash, in hexadecimal.
type Hash = fn(&Digests) -> String;

/// The manifests' algorithms and how a file's hash is taken.
const ALGORITHMS: [(&str, Hash); 2] =
    [("sha256", |digests| hex(&digests.sha256)), ("sha512", |digests| hex(&digests.sha512))];

/// Writes a bag. The same published folder and sources give the same bytes.
///
/// # Errors
/// A folder that is not as it was built, or what the system said no to; nothing stays at the destination.
pub fn write(order: &Order<'_>) -> Result<Done, String> {
    let published = Published::open(order.published)?;
    let content = order.sources.map(|root| root.join("content"));
    let folders: Vec<PathBuf> = content.into_iter().chain([order.published.to_owned()]).collect();
    refuse_inside(order.dest, &folders)?;
    let about = &published.manifest.sitio;
    let files = published.files();
    let done =
        Done { files: files.len(), bytes: files.iter().map(|(_, bytes)| bytes).sum(), hash: published.hash.clone() };
    let sources = order.sources.map(|root| sources::list(root, &published)).transpose()?;
    let top = about.corte.as_ref().map_or_else(|| "micrositio".to_owned(), |date| format!("micrositio-{date}"));
    let date = about.corte.as_ref().and_then(|date| date.parse().ok());
    let form = ZipForm { top: &top, date, deflate: true };
    let mut target = Target::begin(order.dest, is_zip(order.dest).then_some(&form))?;

    let mut tags = Listed::default();
    tags.add(&mut target, "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")?;
    tags.add(&mut target, "bag-info.txt", info(&published, &done).as_bytes())?;
    let told = readme::Told { published: &published, done: &done, sources: sources.is_some() };
    tags.add(&mut target, "LEAME.html", told.html().as_bytes())?;
    tags.add(&mut target, "LEAME.txt", told.text().as_bytes())?;

    let mut payload = Listed::default();
    for (path, size) in files {
        let mut file = published.read(path)?;
        let name = format!("data/{path}");
        let digests = target.add(&name, size, &mut file, &published.folder.join(path))?;
        let expected = published.manifest.archivos.get(path).map_or(&published.hash, |file| &file.sha256);
        if hex(&digests.sha256) != *expected {
            return Err(published.changed(path));
        }
        payload.0.insert(name, digests);
    }
    for source in sources.iter().flatten() {
        let name = format!("{}/{}", sources::FOLDER, source.name);
        if let Some(digests) = source.write(&mut target, &name)? {
            tags.0.insert(name, digests);
        }
    }
    let rows = inventory::rows(&published)?;
    tags.add(&mut target, "inventario.csv", inventory::csv(&rows).as_bytes())?;
    tags.add(&mut target, "inventario.xlsx", &inventory::xlsx(&rows, &published.manifest.sitio)?)?;

    for (algorithm, hash) in ALGORITHMS {
        tags.add(&mut target, &format!("manifest-{algorithm}.txt"), payload.manifest(hash).as_bytes())?;
    }
    for (algorithm, hash) in ALGORITHMS {
        target.add_bytes(&format!("tagmanifest-{algorithm}.txt"), tags.manifest(hash).as_bytes())?;
    }
    target.finish()?;
    Ok(done)
}

/// Whether a destination is a zip, by its name.
pub fn is_zip(dest: &Path) -> bool {
    dest.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("zip"))
}

/// Files of a manifest, by path.
#[derive(Default)]
struct Listed(BTreeMap<String, Digests>);

impl Listed {
    fn add(&mut self, target: &mut Target, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.0.insert(path.to_owned(), target.add_bytes(path, bytes)?);
        Ok(())
    }

    /// As `sha256sum -c` reads it too.
    fn manifest(&self, hash: Hash) -> String {
        self.0.iter().map(|(path, digests)| format!("{}  {}\n", hash(digests), encode(path))).collect()
    }
}

/// A path as manifests write it (RFC 8493, 2.1.3).
fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn info(published: &Published, done: &Done) -> String {
    let about = &published.manifest.sitio;
    let mut out = String::new();
    let mut line = |label: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            out.push_str(&format!("{label}: {value}\n"));
        }
    };
    line("Source-Organization", &about.entidad);
    line("External-Description", &format!("{}: copia del sitio publicado", about.titulo));
    line("External-Identifier", &format!("sha256:{}", published.hash));
    line("Internal-Sender-Identifier", about.direccion.as_deref().unwrap_or_default());
    line("Bagging-Date", about.corte.as_deref().unwrap_or_default());
    line("Payload-Oxum", &format!("{}.{}", done.bytes, done.files));
    line("Bag-Software-Agent", AGENT);
    out
}

/// A copy inside the published folder would be part of the site.
pub(super) fn refuse_inside(dest: &Path, folders: &[PathBuf]) -> Result<(), String> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let dest = std::path::absolute(dest).unwrap_or_else(|_| dest.to_owned());
    let dest = dest.ancestors().find_map(real);
    let inside = |folder: &PathBuf| dest.as_ref().is_some_and(|dest| dest.starts_with(folder));
    match folders.iter().filter_map(|path| real(path)).find(inside) {
        Some(folder) => Err(format!("la copia no puede ir dentro de {}: elija otra carpeta", folder.display())),
        None => Ok(()),
    }
}
