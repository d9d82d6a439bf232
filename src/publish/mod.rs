//! Puts a finished site in its place: staged beside the output, swapped in whole, never half a site.

pub mod host;
pub mod manifest;
mod swap;

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, ErrorKind, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use manifest::{About, Archivo};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cache;
use crate::stamp::Stamp;
use crate::system::told;

/// A published file: what it holds, and when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// Its size, and the time by which it is known without reading it.
    pub stamp: Stamp,
}

/// A site being written beside its output. Dropped without [`Stage::publish`], it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    places: Places,
    /// What stands in the output since the last build, as far as it is known.
    before: BTreeMap<Box<str>, Published>,
    /// As they come; a map that grows beside the pages would take twice as much.
    written: Mutex<Vec<(Box<str>, Published)>>,
    /// Whether anything was published here before.
    has_output: bool,
    // Held while the stage lives; the system lets go of it even if the process is killed.
    _lock: File,
}

/// Neighbours of the output: they are on its volume, so that a rename is one step.
#[derive(Debug)]
struct Places {
    lock: PathBuf,
    staged: PathBuf,
    old: PathBuf,
    journal: PathBuf,
}

impl Places {
    fn of(output: &Path) -> Result<Places, String> {
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(format!(
                "«{}» no puede ser la carpeta de salida: escriba el nombre de una carpeta, como public",
                output.display()
            ));
        };
        let beside = |suffix: &str| parent.join(format!(".{}.{suffix}", name.to_string_lossy()));
        Ok(Places { lock: beside("lock"), staged: beside("nuevo"), old: beside("viejo"), journal: beside("cambio") })
    }
}

impl Stage {
    /// Takes the output for this run. `root` is the site's folder, which must not be inside the output.
    ///
    /// # Errors
    /// What is in the way, and what to do: another build, a mount point, a folder that is not ours, no permission.
    pub fn begin(output: &Path, root: &Path) -> Result<Stage, String> {
        let output = absolute(output)?;
        let places = Places::of(&output)?;
        let parent = output.parent().unwrap_or(&output);
        fs::create_dir_all(parent).map_err(|e| told("crear la carpeta", parent, &e))?;
        let lock = take_lock(&places.lock, &output)?;
        swap::recover(&output, &places.staged, &places.old, &places.journal)?;
        refuse(&output, root)?;
        clear(&places.staged)?;
        let has_output = output.exists();
        Ok(Stage { output, places, before: BTreeMap::new(), written: Mutex::default(), has_output, _lock: lock })
    }

    /// The folder that is published to.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Tells what the last build published here.
    pub fn knows(&mut self, before: BTreeMap<Box<str>, Published>) {
        self.before = before;
    }

    /// Keeps files as they were published last: the same files, with their times. All or none: `false` where one is not known, or
    /// another hand changed it.
    pub fn keep(&self, paths: &[&str]) -> bool {
        let stands = |path: &&str| {
            let published = self.before.get(*path)?;
            let meta = fs::symlink_metadata(self.output.join(path)).ok()?;
            (meta.is_file() && Stamp::of(&meta) == published.stamp).then_some(*published)
        };
        let Some(known) = paths.iter().map(stands).collect::<Option<Vec<_>>>() else { return false };
        if !paths.iter().all(|path| self.link(&self.output.join(path), path).is_ok()) {
            paths.iter().for_each(|path| drop(fs::remove_file(self.places.staged.join(path))));
            return false;
        }
        paths.iter().zip(known).for_each(|(path, published)| self.insert(path, published));
        true
    }

    /// The files published last whose paths begin so.
    pub fn known<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let from_there = self.before.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        from_there.map(|(path, _)| &**path).take_while(move |p| p.starts_with(prefix))
    }

    /// Writes a file of the site. `path` is relative, with `/`.
    ///
    /// # Errors
    /// A path that leaves the output, or what the system said no to.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        is_inside(path)?;
        let sha256 = Sha256::digest(bytes).into();
        let len = bytes.len() as u64;
        if self.has_output && self.stay(path, len, &sha256, |old| fs::read(old).is_ok_and(|old| old == bytes)) {
            return Ok(());
        }
        let (mut file, full) = self.create(path)?;
        let told = |e: std::io::Error| told("escribir", &full, &e);
        file.write_all(bytes).map_err(told)?;
        let stamp = Stamp::of(&file.metadata().map_err(told)?);
        self.insert(path, Published { sha256, stamp });
        Ok(())
    }

    /// Writes a file of the site as it is made, for those too long to be held whole.
    ///
    /// # Errors
    /// As [`Stage::write`], and what `make` said no to.
    pub fn write_as_made(
        &self,
        path: &str,
        make: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), String> {
        is_inside(path)?;
        let (file, full) = self.create(path)?;
        let told = |e: std::io::Error| told("escribir", &full, &e);
        let mut to = Hashed { to: BufWriter::new(file), sha256: Sha256::new() };
        make(&mut to).and_then(|()| to.flush()).map_err(told)?;
        let sha256 = to.sha256.finalize().into();
        let stamp = Stamp::of(&to.to.get_ref().metadata().map_err(told)?);
        if self.has_output {
            // The old file can take its place only when the new one is out of it.
            let made = full.with_extension("hecho");
            fs::rename(&full, &made).map_err(told)?;
            let stays = self.stay(path, stamp.bytes, &sha256, |old| hash_of(old).is_ok_and(|old| old == sha256));
            let done = if stays { fs::remove_file(&made) } else { fs::rename(&made, &full) };
            done.map_err(told)?;
            if stays {
                return Ok(());
            }
        }
        self.insert(path, Published { sha256, stamp });
        Ok(())
    }

    /// Keeps the published file where it holds these bytes already; `is_same` reads it where the last build does not know it.
    fn stay(&self, path: &str, len: u64, sha256: &[u8; 32], is_same: impl Fn(&Path) -> bool) -> bool {
        let old = self.output.join(path);
        if !self.stands(path, &old, len, sha256, is_same) {
            return false;
        }
        let Ok(stamp) = self.link(&old, path) else { return false };
        self.insert(path, Published { sha256: *sha256, stamp });
        true
    }

    fn create(&self, path: &str) -> Result<(File, PathBuf), String> {
        let full = self.places.staged.join(path);
        let file = self.in_its_folder(path, |full| File::options().write(true).create_new(true).open(full));
        file.map_err(|e| told("crear", &full, &e)).map(|file| (file, full))
    }

    /// Whether the output holds these bytes already: then the file stays, and what copies by time and size passes it over.
    fn stands(&self, path: &str, old: &Path, len: u64, sha256: &[u8; 32], is_same: impl Fn(&Path) -> bool) -> bool {
        let Ok(meta) = fs::symlink_metadata(old) else { return false };
        if !meta.is_file() || meta.len() != len {
            return false;
        }
        match self.before.get(path) {
            Some(known) if known.stamp == Stamp::of(&meta) => known.sha256 == *sha256,
            _ => is_same(old),
        }
    }

    /// Stages a file that is published already: a second name for it, or a copy with its time where the volume has no such thing.
    fn link(&self, old: &Path, path: &str) -> std::io::Result<Stamp> {
        self.in_its_folder(path, |full| {
            match fs::hard_link(old, full) {
                Ok(()) => {}
                Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => return Err(e),
                Err(_) => copy(old, full)?,
            }
            Ok(Stamp::of(&fs::metadata(full)?))
        })
    }

    /// Does something with the staged path, and again once its folder exists: to ask before each file would cost as much as to write it.
    fn in_its_folder<T>(&self, path: &str, act: impl Fn(&Path) -> std::io::Result<T>) -> std::io::Result<T> {
        let full = self.places.staged.join(path);
        let folder = full.parent().unwrap_or(&full);
        match act(&full) {
            Err(e) if e.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                act(&full)
            }
            done => done,
        }
    }

    fn insert(&self, path: &str, published: Published) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push((path.into(), published));
    }

    /// Swaps the staged site in, and gives what now stands there.
    ///
    /// # Errors
    /// What the system said no to; what was published stays.
    pub fn publish(self, sitio: About) -> Result<BTreeMap<Box<str>, Published>, String> {
        let files = self.all_written();
        let archivo = |file: &Published| Archivo { bytes: file.stamp.bytes, sha256: manifest::hex(&file.sha256) };
        let archivos = files.iter().map(|(path, file)| (&**path, archivo(file)));
        self.write_as_made(manifest::NAME, |out| manifest::write(out, manifest::AGENT, &sitio, archivos))?;
        swap::swap(&self.output, &self.places.staged, &self.places.old, &self.places.journal)?;
        Ok(files.into_iter().chain(self.all_written()).collect())
    }

    /// What was written and not told yet, by path.
    fn all_written(&self) -> BTreeMap<Box<str>, Published> {
        let written = std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        written.into_iter().collect()
    }
}

/// Hashes what it writes.
struct Hashed<W> {
    to: W,
    sha256: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.to.write_all(bytes)?;
        self.sha256.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

fn hash_of(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut to = Hashed { to: std::io::sink(), sha256: Sha256::new() };
    std::io::copy(&mut File::open(path)?, &mut to)?;
    Ok(to.sha256.finalize().into())
}

/// Whether a path of the site stays inside of the output.
fn is_inside(path: &str) -> Result<(), String> {
    let safe = !path.is_empty() && path.split('/').all(|p| !matches!(p, "" | "." | "..") && !p.contains(['\\', ':']));
    if safe { Ok(()) } else { Err(format!("«{path}» no es una ruta dentro del sitio")) }
}

/// A copy with the time of the original, or nothing. It never writes to a file that exists, which may be the original by another name.
fn copy(old: &Path, new: &Path) -> std::io::Result<()> {
    let (mut from, mut to) = (File::open(old)?, File::options().write(true).create_new(true).open(new)?);
    let copied =
        std::io::copy(&mut from, &mut to).and_then(|_| from.metadata()?.modified()).and_then(|t| to.set_modified(t));
    copied.inspect_err(|_| drop(fs::remove_file(new)))
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Whatever remains under this name is a site that was not published.
        let _ = fs::remove_dir_all(&self.places.staged);
    }
}

fn absolute(output: &Path) -> Result<PathBuf, String> {
    let told = |e: std::io::Error| told("leer la carpeta de salida", output, &e);
    match fs::canonicalize(output) {
        Ok(real) => Ok(real),
        Err(_) if output.is_symlink() => Err(format!("{} es un enlace simbólico roto: bórrelo", output.display())),
        Err(_) => {
            let full = std::path::absolute(output).map_err(told)?;
            // The parent may exist under another name, as on macOS.
            match (full.parent().and_then(|p| fs::canonicalize(p).ok()), full.file_name()) {
                (Some(parent), Some(name)) => Ok(parent.join(name)),
                _ => Ok(full),
            }
        }
    }
}

fn take_lock(path: &Path, output: &Path) -> Result<File, String> {
    let lock =
        File::options().write(true).create(true).truncate(false).open(path).map_err(|e| told("crear", path, &e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(format!("otra ejecución de micrositio está escribiendo en {}; espere a que termine", output.display()))
        }
        Err(TryLockError::Error(e)) => Err(told("bloquear", path, &e)),
    }
}

/// Outputs that a swap would harm.
fn refuse(output: &Path, root: &Path) -> Result<(), String> {
    let shown = output.display();
    let root = fs::canonicalize(root).map_err(|e| told("leer la carpeta del sitio", root, &e))?;
    if root.starts_with(output) || ["content", "themes", cache::FOLDER].iter().any(|d| output.starts_with(root.join(d)))
    {
        return Err(format!(
            "{shown} contiene las fuentes del sitio o está entre ellas: elija otra carpeta con -o, como public"
        ));
    }
    let Ok(meta) = fs::metadata(output) else { return Ok(()) };
    if !meta.is_dir() {
        return Err(format!("{shown} es un archivo: elija con -o el nombre de una carpeta"));
    }
    if is_mount_point(output, &meta) {
        return Err(format!(
            "{shown} es un punto de montaje, que no se puede cambiar de un solo golpe: elija con -o una carpeta dentro de él, como {}",
            output.join("sitio").display()
        ));
    }
    let mut entries = fs::read_dir(output).map_err(|e| told("leer", output, &e))?;
    if entries.next().is_some() && !output.join(manifest::NAME).exists() {
        return Err(format!(
            "{shown} tiene archivos que micrositio no escribió y que se perderían: vacíela o elija otra carpeta con -o"
        ));
    }
    Ok(())
}

#[cfg(unix)]
fn is_mount_point(output: &Path, meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let parent = output.parent().and_then(|p| fs::metadata(p).ok());
    parent.is_none_or(|p| p.dev() != meta.dev())
}

/// On Windows a mounted folder is a reparse point, which `canonicalize` has already followed to its volume.
#[cfg(not(unix))]
fn is_mount_point(output: &Path, _: &fs::Metadata) -> bool {
    output.parent().is_none()
}

fn clear(path: &Path) -> Result<(), String> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(told("borrar", path, &e)),
    }
}
