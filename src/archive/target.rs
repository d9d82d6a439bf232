//! Where an archive is written: a folder or a zip, beside its destination under a temporary name until it is whole.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256, Sha512};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{told, whole};

/// Bytes in flight.
pub(super) const CHUNK: usize = 128 * 1024;

/// From this size on a zip needs its larger headers.
const LARGE: u64 = 0xF000_0000;

/// What a written file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digests {
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
    pub(super) sha512: [u8; 64],
}

/// An archive being written. Dropped without [`Target::finish`], it leaves no trace.
pub(super) struct Target {
    dest: PathBuf,
    partial: PathBuf,
    lock: PathBuf,
    form: Form,
    // Held while the target lives; the system lets go of it even if the process is killed.
    _lock: File,
}

enum Form {
    Folder,
    Zip(Box<Zip>),
    Done,
}

struct Zip {
    writer: ZipWriter<BufWriter<File>>,
    top: String,
    options: SimpleFileOptions,
}

/// How a zip is written.
pub(super) struct ZipForm<'a> {
    /// The folder that holds everything; empty for none.
    pub(super) top: &'a str,
    /// The date of every entry.
    pub(super) date: Option<jiff::civil::Date>,
    /// Whether entries are compressed.
    pub(super) deflate: bool,
}

impl Target {
    /// Takes the destination: a zip when `zip` says how, else a folder.
    pub(super) fn begin(dest: &Path, zip: Option<&ZipForm<'_>>) -> Result<Target, String> {
        let dest = std::path::absolute(dest).map_err(|e| told("escribir", dest, &e))?;
        let (Some(parent), Some(name)) = (dest.parent(), dest.file_name()) else {
            return Err(format!(
                "«{}» no puede ser el destino: escriba el nombre de una carpeta nueva",
                dest.display()
            ));
        };
        refuse(&dest, zip.is_some())?;
        fs::create_dir_all(parent).map_err(|e| told("crear la carpeta", parent, &e))?;
        let beside = |suffix: &str| parent.join(format!(".{}.{suffix}", name.to_string_lossy()));
        let (partial, lock_path) = (beside("incompleto"), beside("lock"));
        let lock = take_lock(&lock_path, &dest)?;
        let form = begin_partial(&partial, zip).inspect_err(|_| drop(fs::remove_file(&lock_path)))?;
        Ok(Target { dest, partial, lock: lock_path, form, _lock: lock })
    }

    /// Writes a file by its path with `/`. `size` is about what it will have.
    pub(super) fn add_with(
        &mut self,
        path: &str,
        size: u64,
        fill: &mut dyn FnMut(&mut Output<'_>) -> Result<(), String>,
    ) -> Result<Digests, String> {
        match &mut self.form {
            Form::Folder => {
                let full = self.partial.join(path);
                if let Some(folder) = full.parent() {
                    fs::create_dir_all(folder).map_err(|e| told("crear la carpeta", folder, &e))?;
                }
                let file = File::options().write(true).create_new(true).open(&full);
                let mut file = file.map_err(|e| told("escribir", &full, &e))?;
                let mut output = Output::new(&mut file, self.dest.join(path));
                fill(&mut output)?;
                Ok(output.digests())
            }
            Form::Zip(zip) => {
                let name = if zip.top.is_empty() { path.to_owned() } else { format!("{}/{path}", zip.top) };
                let begun = zip.writer.start_file(name, zip.options.large_file(size > LARGE));
                begun.map_err(|e| told("escribir", &self.dest, &e.into()))?;
                let mut output = Output::new(&mut zip.writer, self.dest.clone());
                fill(&mut output)?;
                Ok(output.digests())
            }
            Form::Done => Err(format!("{} ya está terminado", self.dest.display())),
        }
    }

    /// Writes a file from a reader.
    pub(super) fn add(&mut self, path: &str, size: u64, from: &mut dyn Read, name: &Path) -> Result<Digests, String> {
        self.add_with(path, size, &mut |output| output.copy(from, name))
    }

    /// Writes a file from memory.
    pub(super) fn add_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Digests, String> {
        self.add_with(path, bytes.len() as u64, &mut |output| output.put(bytes))
    }

    /// Gives the whole archive its name.
    pub(super) fn finish(mut self) -> Result<(), String> {
        let system = |e: io::Error| told("escribir", &self.dest, &e);
        if let Form::Zip(zip) = std::mem::replace(&mut self.form, Form::Done) {
            let buffered = zip.writer.finish().map_err(|e| told("escribir", &self.dest, &e.into()))?;
            let mut file = buffered.into_inner().map_err(|e| system(e.into_error()))?;
            if !zip.top.is_empty() {
                whole::sign(&mut file).map_err(system)?;
            }
            file.sync_all().map_err(system)?;
        } else {
            settle(&self.partial).map_err(system)?;
        }
        if self.dest.is_dir() {
            // Empty, and on Windows in the way.
            fs::remove_dir(&self.dest).map_err(system)?;
        }
        fs::rename(&self.partial, &self.dest).map_err(system)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.form = Form::Done;
        clear(&self.partial);
        let _ = fs::remove_file(&self.lock);
    }
}

/// A file being written and hashed.
pub(super) struct Output<'a> {
    inner: &'a mut dyn Write,
    path: PathBuf,
    bytes: u64,
    sha256: Sha256,
    sha512: Sha512,
}

impl<'a> Output<'a> {
    fn new(inner: &'a mut dyn Write, path: PathBuf) -> Output<'a> {
        Output { inner, path, bytes: 0, sha256: Sha256::new(), sha512: Sha512::new() }
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.write_all(bytes).map_err(|e| told("escribir", &self.path, &e))
    }

    pub(super) fn copy(&mut self, from: &mut dyn Read, name: &Path) -> Result<(), String> {
        chunks(from, &mut |chunk| self.put(chunk), &|e| told("leer", name, e))
    }

    /// How many bytes it has.
    pub(super) fn written(&self) -> u64 {
        self.bytes
    }

    /// What tells the errors of writing here, while another holds the output.
    pub(super) fn failure(&self) -> impl Fn(&io::Error) -> String + use<> {
        let path = self.path.clone();
        move |e| told("escribir", &path, e)
    }

    fn digests(self) -> Digests {
        Digests { bytes: self.bytes, sha256: self.sha256.finalize().into(), sha512: self.sha512.finalize().into() }
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        let written = bytes.get(..count).unwrap_or(bytes);
        self.bytes += count as u64;
        self.sha256.update(written);
        self.sha512.update(written);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Everything of a reader, a chunk at a time.
pub(super) fn chunks(
    from: &mut dyn Read,
    take: &mut dyn FnMut(&[u8]) -> Result<(), String>,
    told: &dyn Fn(&io::Error) -> String,
) -> Result<(), String> {
    let mut buffer = vec![0; CHUNK];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => take(buffer.get(..count).unwrap_or_default())?,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(told(&e)),
        }
    }
}

/// On the disk before it has its name, so that not even a power cut leaves a folder that looks finished: one call for all files.
#[cfg(target_os = "linux")]
fn settle(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

fn begin_partial(partial: &Path, zip: Option<&ZipForm<'_>>) -> Result<Form, String> {
    clear(partial);
    let Some(zip) = zip else {
        fs::create_dir(partial).map_err(|e| told("crear", partial, &e))?;
        return Ok(Form::Folder);
    };
    let file = File::options().read(true).write(true).create_new(true).open(partial);
    let file = file.map_err(|e| told("crear", partial, &e))?;
    let date = zip.date.and_then(|d| {
        let (year, month, day) =
            (u16::try_from(d.year()).ok()?, u8::try_from(d.month()).ok()?, u8::try_from(d.day()).ok()?);
        DateTime::from_date_and_time(year, month, day, 0, 0, 0).ok()
    });
    let method = if zip.deflate { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(zip.deflate.then_some(6))
        .last_modified_time(date.unwrap_or_default())
        .unix_permissions(0o644)
        .system(System::Unix);
    Ok(Form::Zip(Box::new(Zip {
        writer: ZipWriter::new(BufWriter::with_capacity(CHUNK, file)),
        top: zip.top.to_owned(),
        options,
    })))
}

/// Destinations that hold something already.
fn refuse(dest: &Path, zip: bool) -> Result<(), String> {
    let Ok(meta) = fs::symlink_metadata(dest) else { return Ok(()) };
    let empty = meta.is_dir() && fs::read_dir(dest).map_err(|e| told("leer", dest, &e))?.next().is_none();
    if empty && !zip {
        return Ok(());
    }
    Err(format!("{} ya existe y una copia no se escribe encima de otra: elija un nombre nuevo", dest.display()))
}

fn take_lock(path: &Path, dest: &Path) -> Result<File, String> {
    let lock = File::options().write(true).create(true).truncate(false).open(path);
    let lock = lock.map_err(|e| told("escribir en", path.parent().unwrap_or(path), &e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(format!("otra ejecución de micrositio está escribiendo {}; espere a que termine", dest.display()))
        }
        Err(TryLockError::Error(e)) => Err(told("bloquear", path, &e)),
    }
}

/// What a run that did not finish left.
fn clear(partial: &Path) {
    let _ = if partial.is_dir() { fs::remove_dir_all(partial) } else { fs::remove_file(partial) };
}
