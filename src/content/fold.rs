//! Names and words as they are compared.

use unicode_normalization::UnicodeNormalization;

/// Lower case, without accents (ñ is kept), single spaces.
pub fn fold(name: &str) -> String {
    // A code, as most are.
    if name.bytes().all(|b| b.is_ascii_graphic()) {
        return name.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(name.len());
    let mut is_parted = false;
    for c in name.chars() {
        if c.is_whitespace() {
            is_parted = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut is_parted) {
            out.push(' ');
        }
        if c.is_ascii() {
            // A tenth of the time, for what nearly every letter is.
            out.push(c.to_ascii_lowercase());
            continue;
        }
        match c.to_lowercase().next().unwrap_or(c) {
            'ñ' => out.push('ñ'),
            lower => out.extend(std::iter::once(lower).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c))),
        }
    }
    out
}
