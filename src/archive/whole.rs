//! The hash of a whole zip, in its own comment: so that not even a byte that no file of it uses can change unseen.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

use crate::publish::manifest::hex;

/// How the comment begins; the hash follows in hexadecimal.
pub(super) const PREFIX: &str = "micrositio sha256 ";

/// Length of the comment.
const LENGTH: u16 = 82;

/// Signs a finished zip that has no comment. The hash is of all that stands before the comment, its length too.
pub(super) fn sign(zip: &mut File) -> io::Result<()> {
    zip.seek(SeekFrom::End(-2))?;
    zip.write_all(&LENGTH.to_le_bytes())?;
    let end = zip.stream_position()?;
    let hash = hash(zip, end)?;
    zip.seek(SeekFrom::Start(end))?;
    zip.write_all(format!("{PREFIX}{hash}").as_bytes())
}

/// SHA-256 of the first bytes of a file, in hexadecimal.
pub(super) fn hash(file: &mut File, length: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; super::target::CHUNK]);
    let mut reader = file.take(length);
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            count => hasher.update(buffer.get(..count).unwrap_or_default()),
        }
    }
}
