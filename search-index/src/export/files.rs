//! Where shards go as soon as they are made.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::document::Error;
use crate::script::{hash, letters, script};

/// Takes a file to publish: its name and its bytes. Called from several threads, for each name once.
pub type Out<'a> = dyn Fn(&str, &[u8]) -> Result<(), String> + Sync + 'a;

/// Puts out shards; those that hold the same are one file.
pub(crate) struct Files<'a> {
    out: &'a Out<'a>,
    names: Mutex<BTreeSet<String>>,
}

impl<'a> Files<'a> {
    /// Nothing is out yet.
    pub(crate) fn new(out: &'a Out<'a>) -> Self {
        Self { out, names: Mutex::default() }
    }

    /// A shard, named by its kind and content; gives the hash in its name.
    pub(crate) fn shard(&self, kind: char, payload: &str) -> Result<[u8; 8], Error> {
        let hash = hash(payload.as_bytes());
        let id = format!("{kind}-{}", letters(&hash));
        self.put(&id, &id, payload)?;
        Ok(hash)
    }

    /// A file that hands over a payload under the name `id`.
    pub(crate) fn put(&self, name: &str, id: &str, payload: &str) -> Result<(), Error> {
        let name = format!("{name}.js");
        if !self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
            return Ok(());
        }
        (self.out)(&name, &script(id, payload)).map_err(Error::Out)
    }
}
