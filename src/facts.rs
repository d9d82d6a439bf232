//! What rendering finds in the pages, for the rules that look across them.

use std::collections::HashSet;
use std::ops::Range;

/// A link or an image in a record's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub ids: HashSet<String>,
    /// Addresses within the site, without the leading `/`, as `path#anchor`.
    pub links: Vec<String>,
    /// What the page says, by section.
    pub sections: Vec<Section>,
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
