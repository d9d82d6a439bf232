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

use crate::publish::manifest::AGENT;
use crate::system::told;

/// Whether a path of an archive or of a manifest stays inside: relative, with `/`, and no part that leads elsewhere on any system.
fn is_inside(path: &str) -> bool {
    let part = |p: &str| !matches!(p, "" | "." | "..") && !p.contains(['\\', ':', '\0']);
    !path.starts_with('~') && path.split('/').all(part)
}
