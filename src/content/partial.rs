//! What can be read of a file in which the parser stumbles over some lines: who mends those is not to find more problems afterwards.

use std::ops::Range;

use toml::de::DeTable;

use super::fold::fold;

/// Lines that were not read.
pub struct Lost {
    lines: Vec<Range<usize>>,
    said: String,
}

impl Lost {
    /// Whether one of them stands in this part of the text.
    pub fn is_in(&self, part: &Range<usize>) -> bool {
        self.lines.iter().any(|line| part.contains(&line.start))
    }

    /// Whether one of them may be that of a key, however it was written.
    pub fn mentions(&self, key: &str) -> bool {
        self.said.contains(key)
    }
}

/// The text with the lines of these places blank, and what was lost; `None` where the rest is not understood without them either.
pub(super) fn without(toml: &str, places: &[Range<usize>]) -> Option<(String, Lost)> {
    let (mut text, mut lines, mut said) = (String::with_capacity(toml.len()), Vec::new(), String::new());
    for line in toml.split_inclusive('\n') {
        let range = text.len()..text.len() + line.len();
        if !places.iter().any(|place| range.contains(&place.start)) {
            text.push_str(line);
            continue;
        }
        // Without its title, a table's keys are those of another.
        if line.trim_start().starts_with('[') {
            return None;
        }
        text.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        said += &fold(line).replace([' ', '-'], "_");
        lines.push(range);
    }
    let (_, errors) = DeTable::parse_recoverable(&text);
    errors.is_empty().then_some((text, Lost { lines, said }))
}
