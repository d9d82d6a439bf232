//! A file to publish as a classic script: one call with one string of plain ASCII, whatever the text was.

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

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

/// A hash as text.
pub(crate) fn letters(hash: &[u8; 8]) -> String {
    hash.map(char::from).iter().collect()
}

const BEFORE: &str = "buscar(\"";
const AFTER: &str = "\")\n";

/// Whether a byte stands for itself in a script. `<` does not, so that no content looks like the end of a script, should someone
/// inline it.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        #[allow(clippy::indexing_slicing)] // when compiled
        {
            plain[byte as usize] = !matches!(byte, b'"' | b'\\' | b'<');
        }
        byte += 1;
    }
    plain
};

/// The script that hands over `payload` under the name `id`.
pub(crate) fn script(id: &str, payload: &str) -> Vec<u8> {
    let mut out = String::with_capacity(payload.len() + payload.len() / 8 + 64);
    out.extend([BEFORE, id, ":"]);
    let mut rest = payload;
    while let Some(at) = rest.bytes().position(|byte| !PLAIN.get(usize::from(byte)).is_some_and(|plain| *plain)) {
        let (plain, other) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = other.chars();
        match chars.next() {
            Some(c @ ('"' | '\\')) => out.extend(['\\', c]),
            Some(c @ '\0'..='\u{ff}') => escape(&mut out, 'x', 2, u32::from(c)),
            Some(c) => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| escape(&mut out, 'u', 4, u32::from(*unit))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.extend([rest, AFTER]);
    out.into_bytes()
}

/// A number of so many hexadecimal digits, after a letter.
fn escape(out: &mut String, letter: char, digits: u32, value: u32) {
    out.push('\\');
    out.push(letter);
    for i in (0..digits).rev() {
        out.push(char::from_digit(value >> (4 * i) & 15, 16).unwrap_or('0'));
    }
}

/// The payload that a script hands over under the name `id`; what is not such a script gives nothing that could be read.
pub(crate) fn payload(id: &str, script: &str) -> String {
    let inside = script.strip_prefix(BEFORE).and_then(|s| s.strip_prefix(id)?.strip_prefix(':')?.strip_suffix(AFTER));
    let mut units: Vec<u16> = Vec::new();
    let mut rest = inside.unwrap_or_default();
    while let Some((plain, escaped)) = rest.split_once('\\') {
        units.extend(plain.encode_utf16());
        let digits = match escaped.as_bytes().first() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            _ => 0,
        };
        let code = escaped.get(1..=digits).and_then(|code| u16::from_str_radix(code, 16).ok());
        units.extend(code.or(escaped.encode_utf16().next()));
        rest = escaped.get(1 + digits..).unwrap_or_default();
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_ascii() {
        let text = "a\"\\</script>\u{2028}\0é😀\n";
        let made = String::from_utf8(script("f1", text)).unwrap();
        assert_eq!(made, "buscar(\"f1:a\\\"\\\\\\x3c/script>\\u2028\\x00\\xe9\\ud83d\\ude00\\x0a\")\n");
        assert_eq!(payload("f1", &made), text);
        assert_eq!(payload("f2", &made), "");
    }
}
