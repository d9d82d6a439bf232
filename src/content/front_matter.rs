//! Splits a `.md` file into its TOML front matter and its Markdown.

use std::ops::Range;

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
    let mut offset = start;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Ok(Parts { toml: start..offset, body: offset + line.len()..text.len() });
        }
        offset += line.len();
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
