//! Reads a zip as a judge: every byte must be accounted for, and both headers of a file must say the same. Ordinary readers forgive
//! what a verifier should find (names twice, files that overlap, sizes that lie), so they are no help here. Nothing is written.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use super::tree::name_key;
use super::whole;

mod end;
mod fields;
mod head;

use end::End;
use head::Head;

/// Why a zip is not opened.
#[derive(Debug)]
pub(super) enum Refused {
    /// What is wrong with it.
    Bad(String),
    /// The system said no.
    System(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Refused::Bad("está cortado".into()),
            _ => Refused::System(error),
        }
    }
}

/// A file of the zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) bytes: u64,
    packed: u64,
    at: u64,
    crc: u32,
    deflated: bool,
}

/// A zip whose structure is sound.
#[derive(Debug)]
pub(super) struct Unzip {
    file: File,
    /// Files by name.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Why some byte is not as it was written, where that is known.
    pub(super) unsound: Option<&'static str>,
}

/// More than this is no text that was compressed: a bomb.
const MAX_RATIO: u64 = 200;
/// What any zip may hold.
const MAX_SMALL: u64 = 64 * 1024 * 1024;

fn bad<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err(Refused::Bad(why.into()))
}

impl Unzip {
    /// Reads and judges the structure; contents are read by [`Unzip::read`].
    pub(super) fn open(mut file: File) -> Result<Unzip, Refused> {
        let length = file.metadata()?.len();
        let end = End::find(&mut file, length)?;
        let unsound = check_comment(&mut file, &end)?;
        let mut reader = BufReader::new(&file);
        reader.seek(SeekFrom::Start(end.central))?;
        let mut directory = reader.take(end.central_bytes);
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut keys = std::collections::BTreeSet::new();
        let mut total = 0u64;
        let mut heads = Vec::new();
        for _ in 0..end.count {
            let head = Head::central(&mut directory)?;
            total = total.saturating_add(head.bytes);
            if !keys.insert(name_key(head.name.trim_end_matches('/'))) {
                return bad(format!("tiene dos veces el nombre «{}»", head.name));
            }
            heads.push(head);
        }
        if directory.limit() != 0 {
            return bad("su índice no mide lo que dice");
        }
        if total > MAX_SMALL && total / MAX_RATIO > length {
            return bad(format!("promete {total} bytes y no puede tenerlos: es una bomba"));
        }
        heads.sort_by_key(|head| head.offset);
        let mut place = 0;
        let last = heads.len();
        let ends: Vec<u64> = heads.iter().skip(1).map(|head| head.offset).chain([end.central]).take(last).collect();
        for (head, next) in heads.into_iter().zip(ends) {
            let (name, folder) = (head.name.clone(), head.is_folder());
            let entry = head.local(&mut file, place, next)?;
            place = next;
            if !folder {
                entries.insert(name, entry);
            }
        }
        if place != end.central {
            return bad("tiene bytes que no son de ningún archivo");
        }
        if let Some(name) =
            entries.keys().find(|name| super::tree::parents(name).any(|parent| entries.contains_key(parent)))
        {
            return bad(format!("«{name}» está dentro de otro archivo"));
        }
        Ok(Unzip { file, entries, unsound })
    }

    /// Gives the content of a file, a chunk at a time, and judges it.
    pub(super) fn read(&self, entry: &Entry, take: &mut dyn FnMut(&[u8])) -> Result<(), Refused> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(entry.at))?;
        let packed = BufReader::new(file).take(entry.packed);
        let mut rest = 0;
        let (bytes, crc) = if entry.deflated {
            let mut decoder = DeflateDecoder::new(packed);
            let found = drain(&mut decoder, entry.bytes, take)?;
            rest += entry.packed.abs_diff(decoder.total_in());
            found
        } else {
            drain(packed, entry.bytes, take)?
        };
        if bytes != entry.bytes || rest != 0 {
            return bad("no mide lo que dice su cabecera");
        }
        if crc != entry.crc {
            return bad("su contenido no es el que dice su cabecera");
        }
        Ok(())
    }
}

/// All bytes, but no more than one beyond `limit`; how many they are, and their CRC-32.
fn drain(from: impl Read, limit: u64, take: &mut dyn FnMut(&[u8])) -> Result<(u64, u32), Refused> {
    let mut from = from.take(limit.saturating_add(1));
    let (mut crc, mut bytes, mut buffer) = (flate2::Crc::new(), 0, vec![0; super::target::CHUNK]);
    loop {
        let count = match from.read(&mut buffer) {
            Ok(count) => count,
            Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
                return bad("no se puede descomprimir");
            }
            Err(e) => return Err(e.into()),
        };
        if count == 0 {
            return Ok((bytes, crc.sum()));
        }
        let chunk = buffer.get(..count).unwrap_or_default();
        crc.update(chunk);
        bytes += count as u64;
        take(chunk);
    }
}

/// A comment of ours holds the hash of all before it; another's says nothing that could be verified.
fn check_comment(file: &mut File, end: &End) -> Result<Option<&'static str>, Refused> {
    if end.comment.is_empty() {
        return Ok(None);
    }
    let comment = String::from_utf8_lossy(&end.comment);
    let Some(hash) = comment.strip_prefix(whole::PREFIX) else {
        return Ok(Some("su comentario no es el de una copia"));
    };
    let same = whole::hash(file, end.comment_at)? == hash;
    Ok((!same).then_some("cambió después de escrito: su huella no es la que lleva al final"))
}
