//! Whether a file is still the one that was read or written: its size and time, in place of its bytes.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

/// Size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub bytes: u64,
    /// Nanoseconds since 1970.
    pub time: i64,
}

impl Stamp {
    /// Of a file that a program writes: when it was modified.
    pub fn of(meta: &Metadata) -> Stamp {
        let time = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Stamp { bytes: meta.len(), time: time.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or(0) }
    }

    /// Of a file that people write: a copy that keeps its time of modification is a change too, where the system tells.
    pub fn of_source(meta: &Metadata) -> Stamp {
        let stamp = Stamp::of(meta);
        Stamp { time: stamp.time.max(changed(meta)), ..stamp }
    }
}

#[cfg(unix)]
fn changed(meta: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    meta.ctime().saturating_mul(1_000_000_000).saturating_add(meta.ctime_nsec())
}

/// Windows has no such time.
#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

/// Files by path, with `/`.
pub type Stamps = BTreeMap<Box<str>, Stamp>;

/// The files under a folder, by path relative to it, with `/`; `None` where something in it cannot be read.
pub fn stamps(folder: &Path, of: fn(&Metadata) -> Stamp) -> Option<Stamps> {
    let stamped = |entry: &DirEntry| {
        let inside = entry.path().strip_prefix(folder).ok()?;
        // A link is judged by what it leads to.
        let meta = if entry.path_is_symlink() { fs::metadata(entry.path()).ok() } else { entry.metadata().ok() };
        let stamp = meta.map_or(Stamp { bytes: 0, time: 0 }, |meta| of(&meta));
        Some((inside.to_string_lossy().replace('\\', "/").into(), stamp))
    };
    let entries: Vec<DirEntry> = WalkDir::new(folder).into_iter().collect::<Result<_, _>>().ok()?;
    let files = entries.par_iter().filter(|entry| !entry.file_type().is_dir());
    // At once: a map that grows in this order is half empty.
    let found: Vec<_> = files.map(stamped).collect::<Option<_>>()?;
    Some(found.into_iter().collect())
}
