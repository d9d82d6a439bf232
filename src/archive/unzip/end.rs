//! The end of a zip: where its directory is.

use std::fs::File;

use super::fields::{Fields, read_at};
use super::{Refused, bad};

/// Most files of a zip that is read.
const MAX_ENTRIES: u64 = 1_000_000;

const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;

/// What the end of a zip says.
pub(super) struct End {
    /// Files.
    pub(super) count: u64,
    /// Where the directory begins, and how long it is.
    pub(super) central: u64,
    pub(super) central_bytes: u64,
    /// Where the comment begins, and what it says.
    pub(super) comment_at: u64,
    pub(super) comment: Vec<u8>,
}

impl End {
    pub(super) fn find(file: &mut File, length: u64) -> Result<End, Refused> {
        let tail = length.min(22 + 65_535);
        let start = length - tail;
        let bytes = read_at(file, start, usize::try_from(tail).unwrap_or(usize::MAX))?;
        let mut places = (0..=bytes.len().saturating_sub(22)).rev();
        // The comment must end where the file does; the last place where it does is the one every reader takes.
        let found = places.find_map(|at| {
            let mut at = Fields(bytes.get(at..)?);
            (at.u32()? == END).then_some(at)
        });
        let Some(mut fields) = found else { return bad("no es un zip, o está cortado") };
        let end_at = length - fields.0.len() as u64 - 4;
        let mut read = || {
            let (disk, start_disk) = (fields.u16()?, fields.u16()?);
            let (here, count) = (u64::from(fields.u16()?), u64::from(fields.u16()?));
            let (size, offset) = (u64::from(fields.u32()?), u64::from(fields.u32()?));
            let comment = fields.u16()?;
            (disk == 0 && start_disk == 0 && here == count && usize::from(comment) == fields.0.len())
                .then_some((count, size, offset))
        };
        let Some((mut count, mut size, mut offset)) = read() else { return bad("el final no es el de un zip entero") };
        let mut directory_end = end_at;
        if count == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff {
            (count, size, offset, directory_end) = end64(file, end_at)?;
        }
        if count > MAX_ENTRIES || offset.checked_add(size) != Some(directory_end) {
            return bad("su índice no está donde dice");
        }
        Ok(End { count, central: offset, central_bytes: size, comment_at: end_at + 22, comment: fields.0.to_vec() })
    }
}

/// The larger end of a zip that has many files or bytes: count, size and offset of the directory, and where this end begins.
fn end64(file: &mut File, end_at: u64) -> Result<(u64, u64, u64, u64), Refused> {
    let none = || Refused::Bad("el final no es el de un zip entero".into());
    let locator_at = end_at.checked_sub(20).ok_or_else(none)?;
    let bytes = read_at(file, locator_at, 20)?;
    let mut fields = Fields(&bytes);
    let mut read = || (fields.u32()? == LOCATOR64 && fields.u32()? == 0).then_some((fields.u64()?, fields.u32()?));
    let (at, disks) = read().ok_or_else(none)?;
    if disks != 1 || at.checked_add(56) != Some(locator_at) {
        return Err(none());
    }
    let bytes = read_at(file, at, 56)?;
    let mut fields = Fields(&bytes);
    let mut read = || {
        (fields.u32()? == END64 && fields.u64()? == 44).then_some(())?;
        let _versions = fields.u32()?;
        let (disk, start) = (fields.u32()?, fields.u32()?);
        let (here, count) = (fields.u64()?, fields.u64()?);
        (disk == 0 && start == 0 && here == count).then_some((count, fields.u64()?, fields.u64()?, at))
    };
    read().ok_or_else(none)
}
