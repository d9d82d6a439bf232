//! What rendering finds in the pages, for the rules that look across them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A link or an image in a record's Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads, as written.
    pub dest: String,
    /// Its text, or the image's description.
    pub text: String,
    /// Where it stands, in bytes of the Markdown.
    pub span: Range<usize>,
    /// Whether it was written `[[…]]`.
    pub is_wiki: bool,
    /// Whether it is an image.
    pub is_image: bool,
}

/// What a link becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Address within the site (with a leading `/`), or outside.
    pub url: String,
    /// Text to show when the editor wrote none.
    pub text: String,
}

/// What a finished page holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PageFacts {
    /// Anchors.
    pub ids: Ids,
    /// Addresses within the site, without the leading `/`, as `path#anchor`.
    pub links: Vec<String>,
    /// What the page says, by section.
    pub sections: Vec<Section>,
}

/// Anchors of a page, one a line: a site keeps those of all its pages, and an allocation for each would weigh more than they do.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ids(String);

impl Ids {
    /// Adds one, which has no white space.
    pub fn push(&mut self, id: &str) {
        self.0.push_str(id);
        self.0.push('\n');
    }

    /// Gives back the room that is not used.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// All, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }

    /// Whether it is one of them.
    pub fn contains(&self, id: &str) -> bool {
        self.iter().any(|known| known == id)
    }
}

/// The text under a heading of a page's content.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Section {
    /// Anchor of the heading; empty for what stands before the first.
    pub anchor: String,
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
}
