//! Copies of a published site that last: written as a BagIt bag (RFC 8493) or a WACZ, and verified to the byte; and what was published
//! when, remembered and compared.

pub mod bag;
mod bagit;
pub mod diff;
mod edition;
mod inventory;
mod published;
mod readme;
pub mod seal;
mod sources;
mod target;
mod tree;
mod unzip;
pub mod verify;
pub mod wacz;
mod warc;
mod whole;
mod xlsx;

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::publish::manifest::AGENT;

/// What the system said no to: what was being done, where, and why in words that help.
fn told(doing: &str, path: &Path, error: &Error) -> String {
    let why = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "no queda espacio en el disco".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "el disco es de solo lectura".to_owned(),
        ErrorKind::PermissionDenied => "usted no tiene permiso".to_owned(),
        ErrorKind::NotFound => "no existe".to_owned(),
        _ => error.to_string(),
    };
    format!("no se pudo {doing} {}: {why}", path.display())
}

/// Whether a path of an archive or of a manifest stays inside: relative, with `/`, and no part that leads elsewhere on any system.
fn is_inside(path: &str) -> bool {
    let part = |p: &str| !matches!(p, "" | "." | "..") && !p.contains(['\\', ':', '\0']);
    !path.starts_with('~') && path.split('/').all(part)
}
