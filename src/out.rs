//! Where finished files go: to be published, to who looks at them, or nowhere.

use std::io::Write;
use std::path::Path;

use crate::publish::{Stage, host};
use crate::search;
use crate::system::told;

/// Takes a finished file: path with `/`, and bytes. Called from several threads.
pub type Reader<'a> = dyn Fn(&str, &[u8]) -> Result<(), String> + Sync + 'a;

/// Where finished files go.
#[derive(Clone, Copy)]
pub enum Out<'a> {
    /// Nowhere: the site is only judged.
    Nowhere,
    /// To be published.
    Stage(&'a Stage),
    /// To who looks at them.
    Reader(&'a Reader<'a>),
}

impl<'a> Out<'a> {
    /// The stage, if they are to be published.
    pub fn stage(self) -> Option<&'a Stage> {
        if let Out::Stage(stage) = self { Some(stage) } else { None }
    }

    /// Whether files go nowhere.
    pub fn is_nowhere(self) -> bool {
        matches!(self, Out::Nowhere)
    }

    fn write(self, path: &str, bytes: &[u8]) -> Result<(), String> {
        match self {
            Out::Nowhere => Ok(()),
            Out::Stage(stage) => stage.write(path, bytes),
            Out::Reader(reader) => reader(path, bytes),
        }
    }
}

/// Where finished files go, and whether compressed twins of them go with them.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// Where they go.
    pub out: Out<'a>,
    /// Whether those that are published have twins.
    pub twins: bool,
}

impl Files<'_> {
    /// Gives out a file and its compressed twins.
    ///
    /// # Errors
    /// What the system said no to.
    pub fn put(self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.out.write(path, bytes)?;
        if self.out.stage().is_none() || !self.twins {
            return Ok(());
        }
        for (twin, bytes) in host::compressed(path, bytes).map_err(|e| told("comprimir", Path::new(path), &e))? {
            self.out.write(&twin, &bytes)?;
        }
        Ok(())
    }

    /// Gives out a file as it is made, where nobody needs it whole.
    ///
    /// # Errors
    /// What the system said no to.
    pub fn put_as_made(self, path: &str, make: impl Fn(&mut dyn Write) -> std::io::Result<()>) -> Result<(), String> {
        match self.out {
            Out::Stage(stage) if !self.twins => stage.write_as_made(path, make),
            _ => {
                let mut bytes = Vec::new();
                make(&mut bytes).map_err(|e| told("escribir", Path::new(path), &e))?;
                self.put(path, &bytes)
            }
        }
    }

    /// Gives out a file of the search.
    ///
    /// # Errors
    /// What the system said no to.
    pub fn put_search(self, name: &str, bytes: &[u8]) -> Result<(), String> {
        self.put(&search::path(name), bytes)
    }
}
