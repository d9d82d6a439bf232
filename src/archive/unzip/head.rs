//! The two headers of a file in a zip, which must say the same.

use std::fs::File;
use std::io::Read;

use super::super::is_inside;
use super::fields::{Fields, read_at, read_exactly};
use super::{Entry, Refused, bad};

/// Longest name.
const MAX_NAME: usize = 1024;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
/// An extra field that names the file again.
const OTHER_NAME: u16 = 0x7075;

/// What a header says of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: String,
    flags: u16,
    method: u16,
    time: u32,
    crc: u32,
    packed: u64,
    pub(super) bytes: u64,
    pub(super) offset: u64,
}

/// Bit of the flags: sizes stand after the content.
const DESCRIBED: u16 = 1 << 3;
/// Bits that a sound file may have: compression level, that one, and names in UTF-8.
const KNOWN_FLAGS: u16 = 0b110 | DESCRIBED | 1 << 11;

impl Head {
    pub(super) fn central(reader: &mut impl Read) -> Result<Head, Refused> {
        let fixed = read_exactly(reader, 46)?;
        let mut f = Fields(&fixed);
        let mut read = || {
            (f.u32()? == CENTRAL).then_some(())?;
            let (made_by, _needed) = (f.u16()?, f.u16()?);
            let (flags, method, time, crc) = (f.u16()?, f.u16()?, f.u32()?, f.u32()?);
            let (packed, bytes) = (u64::from(f.u32()?), u64::from(f.u32()?));
            let lengths = (f.u16()?, f.u16()?, f.u16()?);
            (f.u16()? == 0).then_some(())?;
            let (_internal, external, offset) = (f.u16()?, f.u32()?, u64::from(f.u32()?));
            let head = Head { name: String::new(), flags, method, time, crc, packed, bytes, offset };
            Some((head, lengths, made_by >> 8, external))
        };
        let Some((mut head, (name, extra, comment), system, external)) = read() else {
            return bad("su índice está dañado");
        };
        head.name = name_of(&read_exactly(reader, name.into())?)?;
        let extra = read_exactly(reader, extra.into())?;
        if comment != 0 {
            return bad(format!("«{}» lleva un comentario", head.name));
        }
        head.widen(&extra)?;
        let mode = (external >> 16) & 0o170_000;
        let is_plain = match head.is_folder() {
            true => matches!(mode, 0 | 0o040_000),
            false => matches!(mode, 0 | 0o100_000),
        };
        if matches!(system, 3 | 19) && !is_plain {
            return bad(format!("«{}» es un enlace simbólico o algo que no es un archivo", head.name));
        }
        if head.flags & !KNOWN_FLAGS != 0 {
            return bad(format!("«{}» está cifrado o escrito de un modo que no se admite", head.name));
        }
        if !matches!(head.method, 0 | 8) {
            return bad(format!("«{}» está comprimido de un modo que no se admite", head.name));
        }
        if (head.method == 0 && head.packed != head.bytes) || (head.is_folder() && head.bytes != 0) {
            return bad(format!("las medidas de «{}» se contradicen", head.name));
        }
        Ok(head)
    }

    pub(super) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Takes sizes that do not fit in four bytes from where they then stand.
    fn widen(&mut self, mut extra: &[u8]) -> Result<(), Refused> {
        let wide = u64::from(u32::MAX);
        while !extra.is_empty() {
            let mut fields = Fields(extra);
            let (Some(id), Some(size)) = (fields.u16(), fields.u16()) else { return bad("su índice está dañado") };
            let Some((own, rest)) = fields.0.split_at_checked(size.into()) else {
                return bad("su índice está dañado");
            };
            if id == OTHER_NAME {
                return bad(format!("«{}» lleva un segundo nombre", self.name));
            }
            if id == 1 {
                let mut own = Fields(own);
                for value in [&mut self.bytes, &mut self.packed, &mut self.offset] {
                    if *value == wide {
                        let Some(found) = own.u64() else { return bad("su índice está dañado") };
                        *value = found;
                    }
                }
            }
            extra = rest;
        }
        Ok(())
    }

    /// Reads the header that stands before the content, which must begin at `place`, fill all up to `next`, and say the same.
    pub(super) fn local(&self, file: &mut File, place: u64, next: u64) -> Result<Entry, Refused> {
        let name = &self.name;
        if self.offset != place {
            return bad(format!("«{name}» se monta sobre otro archivo o deja bytes que no son de ninguno"));
        }
        let fixed = read_at(file, place, 30)?;
        let mut f = Fields(&fixed);
        let mut read = || {
            (f.u32()? == LOCAL).then_some(())?;
            let _needed = f.u16()?;
            let (flags, method, time, crc) = (f.u16()?, f.u16()?, f.u32()?, f.u32()?);
            let (packed, bytes) = (u64::from(f.u32()?), u64::from(f.u32()?));
            Some((
                Head { name: String::new(), flags, method, time, crc, packed, bytes, offset: place },
                f.u16()?,
                f.u16()?,
            ))
        };
        let Some((mut local, name_length, extra)) = read() else {
            return bad(format!("la cabecera de «{name}» está dañada"));
        };
        let rest = read_at(file, place + 30, usize::from(name_length) + usize::from(extra))?;
        let (own_name, extra) = rest.split_at_checked(name_length.into()).unwrap_or_default();
        local.widen(extra)?;
        let described = self.flags & DESCRIBED != 0;
        if described && (local.crc, local.packed, local.bytes) == (0, 0, 0) {
            (local.crc, local.packed, local.bytes) = (self.crc, self.packed, self.bytes);
        }
        local.name = name_of(own_name)?;
        if local != *self {
            return bad(format!("las dos cabeceras de «{name}» se contradicen"));
        }
        let at = place + 30 + rest.len() as u64;
        let Some(after) = at.checked_add(self.packed).and_then(|end| next.checked_sub(end)) else {
            return bad(format!("las medidas de «{name}» se contradicen"));
        };
        if !(after == 0 || (described && self.is_described(file, next - after, after)?)) {
            return bad(format!("después de «{name}» hay bytes que no son de ningún archivo"));
        }
        let deflated = self.method == 8;
        Ok(Entry { bytes: self.bytes, packed: self.packed, at, crc: self.crc, deflated })
    }

    /// Whether these bytes repeat the hash and the sizes, in one of the four ways there are.
    fn is_described(&self, file: &mut File, at: u64, length: u64) -> Result<bool, Refused> {
        let Some(length) = usize::try_from(length).ok().filter(|n| matches!(n, 12 | 16 | 20 | 24)) else {
            return Ok(false);
        };
        let bytes = read_at(file, at, length)?;
        let mut f = Fields(&bytes);
        let signed = matches!(length, 16 | 24);
        let mut read = || {
            (!signed || f.u32()? == DESCRIPTOR).then_some(())?;
            let crc = f.u32()?;
            let wide = length >= 20;
            let mut size = || if wide { f.u64() } else { f.u32().map(u64::from) };
            Some((crc, size()?, size()?))
        };
        Ok(read() == Some((self.crc, self.packed, self.bytes)))
    }
}

/// A name that leads nowhere but inside.
fn name_of(bytes: &[u8]) -> Result<String, Refused> {
    let Ok(name) = std::str::from_utf8(bytes) else { return bad("tiene un nombre que no está en UTF-8") };
    let inside = name.strip_suffix('/').unwrap_or(name);
    if name.len() > MAX_NAME || !is_inside(inside) || name.chars().any(char::is_control) {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        return bad(format!("tiene un nombre que lleva fuera o no sirve: «{shown}»"));
    }
    Ok(name.to_owned())
}
