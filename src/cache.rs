//! What a build leaves for the next one of the same site, in a folder of its own that may be deleted at any time. Whatever does not match
//! is done anew: the next build gives the same bytes with it or without.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::content::valor::Textos;
use crate::diagnostic::Diagnostic;
use crate::facts::Ids;
use crate::publish::Published;
use crate::render::theme;
use crate::stamp::{Stamp, Stamps, stamps};

/// What belongs to one machine and may be deleted at any time.
pub const FOLDER: &str = ".micrositio";

/// A BLAKE3 digest.
pub type Digest = [u8; 32];

/// A source changed as late as this before a build, in nanoseconds, may change again within the same tick of the volume's clock (two
/// seconds on the coarsest): its time proves nothing.
const TICK: i64 = 2_000_000_000;

/// The last build: what it read, and what it published where.
#[derive(Debug, Serialize, Deserialize)]
pub struct Built {
    /// Program and options.
    pub by: Digest,
    /// Folder that was published to.
    pub output: PathBuf,
    /// Everything that was read.
    pub sources: Stamps,
    /// Everything that stood in the output.
    pub published: BTreeMap<Box<str>, Published>,
    /// What was told.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of the site.
    pub pages: usize,
    /// Documents of the search.
    pub indexed: usize,
}

impl Built {
    /// Whether nothing has changed since, and the same would be done: neither what is read, nor what was published.
    pub fn is_current(&self, by: &Digest, sources: &Stamps) -> bool {
        *by == self.by && self.is_of(sources)
    }

    /// Whether what is published is what these sources gave.
    pub fn is_of(&self, sources: &Stamps) -> bool {
        *sources == self.sources
            && stamps(&self.output, Stamp::of).is_some_and(|found| {
                found.len() == self.published.len()
                    && found.iter().all(|(path, stamp)| self.published.get(path).is_some_and(|p| p.stamp == *stamp))
            })
    }
}

/// What was drawn: by it a page is known without drawing it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Pages {
    /// What the search's index was made of.
    pub index: Digest,
    /// Documents in it.
    pub documents: usize,
    /// The pages, by path; those with something to tell are not among them.
    pub pages: BTreeMap<Box<str>, Remembered>,
    /// The other files that a link of the site could name.
    pub others: Box<[Box<str>]>,
}

/// A page that was drawn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Remembered {
    /// Of all that it was drawn from.
    pub print: Digest,
    /// The links of its Markdown, coded.
    pub links: Box<[u8]>,
    /// Its anchors.
    pub ids: Ids,
    /// Its links that only the whole site can judge.
    pub across: Textos,
}

/// The cache of a site while a build writes to it. Another build at the same time finds it taken and does without.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    started: i64,
    _lock: File,
}

/// Both files begin with it; it changes with what they hold.
const FORMAT: [u8; 4] = *b"mcs5";

const LOCK: &str = "candado";
const BUILT: &str = "construido";
const PAGES: &str = "paginas";

impl Cache {
    /// The cache of a site; `None` where it is taken, or the site cannot be written to: it is not needed to publish.
    pub fn take(site: &Path) -> Option<Cache> {
        let folder = site.join(FOLDER);
        fs::create_dir_all(&folder).ok()?;
        let lock = File::options().write(true).create(true).truncate(false).open(folder.join(LOCK)).ok()?;
        lock.try_lock().ok()?;
        // The clock of the volume, not ours, says when this build began.
        let mark = folder.join("inicio");
        fs::write(&mark, b"").ok()?;
        let started = Stamp::of(&fs::metadata(&mark).ok()?).time;
        let cache = Cache { folder, started, _lock: lock };
        // A build that was killed left half an index.
        remove(fs::remove_dir_all(cache.new_index())).ok()?;
        Some(cache)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a new index is built, until its site is published.
    pub fn new_index(&self) -> PathBuf {
        self.folder.join("indice.nuevo")
    }

    /// All that a build of the site reads; `None` where it cannot be listed.
    pub fn sources(&self, site: &Path) -> Option<Stamps> {
        let mut found = Vec::new();
        // The folder itself may be a link; those below it are not followed.
        for folder in ["content", theme::FOLDER] {
            if let Some(inside) = site.join(folder).is_dir().then(|| stamps(&site.join(folder), Stamp::of_source)) {
                found.extend(inside?.into_iter().map(|(path, stamp)| (format!("{folder}/{path}").into(), stamp)));
            }
        }
        let config = fs::metadata(site.join(crate::config::FILE)).ok()?;
        found.push((crate::config::FILE.into(), Stamp::of_source(&config)));
        Some(found.into_iter().collect())
    }

    /// What the last build left here.
    pub fn built(&self) -> Option<Built> {
        self.read(BUILT)
    }

    /// What the last build drew.
    pub fn pages(&self) -> Option<Pages> {
        self.read(PAGES)
    }

    /// Keeps what this build did, for the next. Where that cannot be written the next one does all anew.
    pub fn remember(&self, mut built: Built, pages: &Pages) {
        for stamp in built.sources.values_mut().filter(|stamp| stamp.time >= self.started - TICK) {
            stamp.time = -1;
        }
        // Both are of one build, or there is none.
        let kept = remove(fs::remove_file(self.folder.join(BUILT)))
            .and_then(|()| self.write(PAGES, pages))
            .and_then(|()| self.write(BUILT, &built));
        if kept.is_err() {
            let _ = fs::remove_file(self.folder.join(BUILT));
        }
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        postcard::from_bytes(bytes.strip_prefix(&FORMAT)?).ok()
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) -> std::io::Result<()> {
        let new = self.folder.join(format!("{name}.nuevo"));
        let mut file = BufWriter::new(File::create(&new)?);
        file.write_all(&FORMAT)?;
        postcard::to_io(value, file).map_err(std::io::Error::other)?.flush()?;
        fs::rename(&new, self.folder.join(name))
    }
}

/// What is not there need not be removed.
pub fn remove(removed: std::io::Result<()>) -> std::io::Result<()> {
    removed.or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })
}
