//! Puts a finished site in its place: staged beside the output, swapped in whole, never half a site.

pub mod host;
pub mod manifest;
mod swap;

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use manifest::{About, Archivo, Manifest};

/// A site being written beside its output. Dropped without [`Stage::publish`], it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    places: Places,
    written: Mutex<BTreeMap<String, Archivo>>,
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
        fs::create_dir_all(parent).map_err(|e| format!("no se pudo crear la carpeta {}: {e}", parent.display()))?;
        let lock = take_lock(&places.lock, &output)?;
        swap::recover(&output, &places.staged, &places.old, &places.journal)?;
        refuse(&output, root)?;
        clear(&places.staged)?;
        fs::create_dir(&places.staged).map_err(|e| format!("no se pudo crear {}: {e}", places.staged.display()))?;
        Ok(Stage { output, places, written: Mutex::default(), _lock: lock })
    }

    /// Writes a file of the site. `path` is relative, with `/`.
    ///
    /// # Errors
    /// A path that leaves the output, or what the system said no to.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let safe =
            !path.is_empty() && path.split('/').all(|p| !matches!(p, "" | "." | "..") && !p.contains(['\\', ':']));
        if !safe {
            return Err(format!("«{path}» no es una ruta dentro del sitio"));
        }
        let full = self.places.staged.join(path);
        let create = || File::options().write(true).create_new(true).open(&full);
        let told = |e: std::io::Error| format!("no se pudo crear {}: {e}", full.display());
        let mut file = match create() {
            // The first file of its folder: to ask before each would cost as much as to create it.
            Err(e) if e.kind() == ErrorKind::NotFound => {
                full.parent().map_or(Ok(()), fs::create_dir_all).map_err(told)?;
                create()
            }
            created => created,
        }
        .map_err(told)?;
        file.write_all(bytes).map_err(|e| format!("no se pudo escribir {}: {e}", full.display()))?;
        let archivo = Archivo::of(bytes);
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), archivo);
        Ok(())
    }

    /// Swaps the staged site in.
    ///
    /// # Errors
    /// What the system said no to; what was published stays.
    pub fn publish(self, sitio: About) -> Result<PathBuf, String> {
        let archivos = std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        let generador = concat!("micrositio ", env!("CARGO_PKG_VERSION")).to_owned();
        let json = Manifest { generador, sitio, archivos }.to_json().map_err(|e| e.to_string())?;
        self.write(manifest::NAME, json.as_bytes())?;
        swap::swap(&self.output, &self.places.staged, &self.places.old, &self.places.journal)?;
        Ok(self.output.clone())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Whatever remains under this name is a site that was not published.
        let _ = fs::remove_dir_all(&self.places.staged);
    }
}

fn absolute(output: &Path) -> Result<PathBuf, String> {
    let told = |e: std::io::Error| format!("no se pudo leer la carpeta de salida {}: {e}", output.display());
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
    let lock = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|e| format!("no se pudo crear {}: {e}", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(format!("otra ejecución de micrositio está escribiendo en {}; espere a que termine", output.display()))
        }
        Err(TryLockError::Error(e)) => Err(format!("no se pudo bloquear {}: {e}", path.display())),
    }
}

/// Outputs that a swap would harm.
fn refuse(output: &Path, root: &Path) -> Result<(), String> {
    let shown = output.display();
    let root =
        fs::canonicalize(root).map_err(|e| format!("no se pudo leer la carpeta del sitio {}: {e}", root.display()))?;
    if root.starts_with(output) || ["content", "themes"].iter().any(|d| output.starts_with(root.join(d))) {
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
    let mut entries = fs::read_dir(output).map_err(|e| format!("no se pudo leer {shown}: {e}"))?;
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
        Err(e) => Err(format!("no se pudo borrar {}: {e}", path.display())),
    }
}
