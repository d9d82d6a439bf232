//! Splits a `.md` file into its TOML front matter and its Markdown.

use std::ops::Range;

use memchr::memmem;

/// The line before the keys, and after them.
const FENCE: &[u8] = b"+++";

/// The parts of a record's file, as byte ranges of its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The TOML between the `+++` lines.
    pub toml: Range<usize>,
    /// The Markdown after them.
    pub body: Range<usize>,
}

/// What is missing.
#[derive(Debug, PartialEq, Eq)]
pub enum Missing {
    /// The first line is not `+++`.
    Opening,
    /// No later line is `+++`.
    Closing,
}

/// Finds the two `+++` lines.
///
/// # Errors
/// [`Missing`], when the file does not open or close its front matter.
pub fn split(text: &str) -> Result<Parts, Missing> {
    let first = text.lines().next().unwrap_or("");
    if first.trim_end() != "+++" {
        return Err(Missing::Opening);
    }
    let start = (first.len() + 1).min(text.len());
    let rest = text.get(start..).unwrap_or("");
    // Lines that begin so; among hundreds, there is one.
    for at in
        memmem::find_iter(rest.as_bytes(), FENCE).filter(|at| *at == 0 || rest.as_bytes().get(at - 1) == Some(&b'\n'))
    {
        let line = rest.get(at..).and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or("");
        if line.trim_end().as_bytes() == FENCE {
            return Ok(Parts { toml: start..start + at, body: start + at + line.len()..text.len() });
        }
    }
    Err(Missing::Closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_lines_are_found_or_named() {
        let parts = split("+++\na = 1\n+++\nHola\n");
        assert_eq!(parts, Ok(Parts { toml: 4..10, body: 14..19 }));
        assert_eq!(split("a = 1\n+++\n"), Err(Missing::Opening));
        assert_eq!(split("+++\na = 1\n"), Err(Missing::Closing));
        assert_eq!(split(""), Err(Missing::Opening));
    }
}
