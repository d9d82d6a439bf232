//! Reads a source file as an editor's machine wrote it: BOM, Windows line ends, NFD and what nobody sees are put right, other encodings are
//! named.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::LazyLock;

use crate::system::why;
use aho_corasick::packed::{self, Searcher};
use memchr::memchr;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Largest source file, in bytes.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Nearly all source files are smaller.
const USUAL_BYTES: usize = 16 * 1024;

/// Why a file cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than [`MAX_BYTES`]; its size in bytes.
    TooLarge(u64),
    /// UTF-16, which Windows calls «Unicode».
    Utf16,
    /// Not UTF-8: most likely Windows-1252. The line of the first bad byte, from 1.
    NotUtf8 {
        /// Line of the first byte that is not UTF-8.
        line: usize,
    },
    /// The system said no.
    System(String),
}

impl Unreadable {
    /// Code, message and mend of the diagnostic.
    pub fn explain(&self) -> (&'static str, String, String) {
        match self {
            Unreadable::TooLarge(bytes) => (
                "archivo-demasiado-grande",
                format!("el archivo pesa {} MB y el límite es 2 MB", bytes.div_ceil(1024 * 1024)),
                "divida el texto en varios registros; los documentos largos van como archivo, no como Markdown".into(),
            ),
            Unreadable::Utf16 => (
                "codificacion-utf16",
                "el archivo está guardado en UTF-16 (el Bloc de notas lo llama «Unicode» o «UTF-16 LE»)".into(),
                "ábralo en el Bloc de notas, elija Guardar como… y en Codificación escoja UTF-8".into(),
            ),
            Unreadable::NotUtf8 { line } => (
                "codificacion-windows",
                format!(
                    "el archivo no está en UTF-8: la línea {line} tiene letras en la codificación antigua de Windows (ANSI, Windows-1252)"
                ),
                "ábralo en el Bloc de notas, elija Guardar como… y en Codificación escoja UTF-8".into(),
            ),
            Unreadable::System(error) => (
                "archivo-ilegible",
                format!("no se pudo leer el archivo: {error}"),
                "revise que exista, que no esté abierto en otro programa y que usted tenga permiso de lectura".into(),
            ),
        }
    }
}

/// The text of a file: UTF-8 without BOM, `\n` line ends, NFC.
///
/// # Errors
/// [`Unreadable`], with the reason that an editor can act on.
pub fn read(path: &Path) -> Result<String, Unreadable> {
    let system = |e: std::io::Error| Unreadable::System(why(&e).into_owned());
    let file = File::open(path).map_err(system)?;
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    // Asking for the size first would cost more than most files do.
    (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Unreadable::TooLarge(file.metadata().map_err(system)?.len()));
    }
    decode(bytes)
}

/// The bytes as text. The standard library's check takes ten times as long on Spanish, and a build checks each page three times.
///
/// # Errors
/// The standard library's, with the bytes.
pub fn utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => String::from_utf8(bytes),
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if matches!(bytes.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF])) {
        return Err(Unreadable::Utf16);
    }
    let text = utf8(bytes).map_err(|e| {
        let valid = e.utf8_error().valid_up_to();
        let before = e.as_bytes().get(..valid).unwrap_or_default();
        Unreadable::NotUtf8 { line: before.iter().filter(|&&b| b == b'\n').count() + 1 }
    })?;
    // UTF-16 without BOM is valid UTF-8 full of NULs when the text is plain ASCII.
    if text.bytes().take(200).filter(|&b| b == 0).count() > 20 {
        return Err(Unreadable::Utf16);
    }
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text =
        if memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let text = if has_unseen(&text) { text.chars().filter_map(seen).collect() } else { text };
    Ok(if is_nfc(&text) { text } else { text.nfc().collect() })
}

/// What PDF and Word leave between letters: hyphens and blanks that nobody sees, and those that only look like the usual ones.
const UNSEEN: [&str; 7] = ["\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}", "\u{a0}", "\u{202f}", "\u{2011}"];

fn has_unseen(text: &str) -> bool {
    static SEARCHER: LazyLock<Option<Searcher>> =
        LazyLock::new(|| packed::Config::new().builder().extend(UNSEEN).build());
    match &*SEARCHER {
        Some(searcher) => searcher.find(text).is_some(),
        None => UNSEEN.iter().any(|sign| text.contains(sign)),
    }
}

/// The letter that was meant: a word with a hyphen inside that nobody sees is found by nobody, and a key after such a blank is no key.
fn seen(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\u{2011}' => Some('-'),
        c => Some(c),
    }
}

/// Whether the text is in NFC for sure.
fn is_nfc(text: &str) -> bool {
    // All letters before U+0300 are, and theirs are the first bytes below 0xCC: a Spanish text needs no table. By blocks, which a
    // processor compares at once, it takes a tenth of the time.
    text.as_bytes().chunks(1024).all(|block| block.iter().fold(0, |most, b| most.max(*b)) < 0xCC)
        || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_text_is_put_right() {
        let bytes = "\u{feff}a\r\ncamio\u{301}n\r".as_bytes().to_vec();
        assert_eq!(decode(bytes).as_deref(), Ok("a\ncamión\n"));
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        let pasted =
            "lugar\u{a0}=\u{202f}\"conver\u{ad}sa\u{200b}torios «x» – ñ\"; cigd\u{2011}2025\u{2060}".to_owned();
        assert_eq!(decode(pasted.into_bytes()).as_deref(), Ok("lugar = \"conversatorios «x» – ñ\"; cigd-2025"));
    }

    #[test]
    fn other_encodings_are_named() {
        assert_eq!(decode(b"a\nA\xf1o".to_vec()), Err(Unreadable::NotUtf8 { line: 2 }));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0]), Err(Unreadable::Utf16));
    }
}
