//! A shard as a classic script: one call with one string of plain ASCII, whatever the text was.

use std::fmt::Write;

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A file to publish: its name and its bytes.
pub type File = (String, Vec<u8>);

/// Eight letters of a content's hash: enough to tell apart, and alike on file systems that fold case.
pub(crate) fn hash(content: &[u8]) -> [u8; 8] {
    let hash = blake3::hash(content);
    let (head, _) = hash.as_bytes().split_at(8);
    let mut out = [b'a'; 8];
    for (letter, byte) in out.iter_mut().zip(head) {
        *letter = BASE32.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
    }
    out
}

/// The five bits of a letter of a hash.
pub(crate) fn digit(letter: u8) -> u64 {
    BASE32.iter().position(|b| *b == letter).unwrap_or_default() as u64
}

/// The script that hands over `payload` under the name `id`.
pub(crate) fn script(id: &str, payload: &str) -> Vec<u8> {
    let mut out = String::with_capacity(payload.len() + 32);
    out.push_str("buscar(\"");
    out.push_str(id);
    out.push(':');
    for c in payload.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // `<` so that no content looks like the end of a script, should someone inline it.
            ' '..='~' if c != '<' => out.push(c),
            // Writing to a string does not fail.
            '\0'..='\u{ff}' => write!(out, "\\x{:02x}", u32::from(c)).unwrap_or_default(),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").unwrap_or_default();
                }
            }
        }
    }
    out.push_str("\")\n");
    out.into_bytes()
}

/// A file named by its kind and content.
pub(crate) fn shard(kind: char, payload: &str) -> ([u8; 8], File) {
    let hash = hash(payload.as_bytes());
    let id = format!("{kind}-{}", hash.map(char::from).iter().collect::<String>());
    let bytes = script(&id, payload);
    (hash, (format!("{id}.js"), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_ascii() {
        let text = "a\"\\</script>\u{2028}\0é😀\n";
        let made = String::from_utf8(script("f1", text)).unwrap();
        assert_eq!(made, "buscar(\"f1:a\\\"\\\\\\x3c/script>\\u2028\\x00\\xe9\\ud83d\\ude00\\x0a\")\n");
    }
}
