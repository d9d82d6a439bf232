//! What is shown of a document, as the payload of its shard: JSON, so that it can be read by eye too.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::text::nfc;

/// Address, title, kind, date, codes, sections (anchor, heading, text).
pub(crate) type Shown = (String, String, String, String, Vec<String>, Vec<(String, String, String)>);

/// The payload of a document's fragment.
pub(crate) fn payload(document: &Document) -> String {
    #[derive(Serialize, Deserialize)]
    struct Wrap(Shown);
    let own = |s: &str| nfc(s).into_owned();
    let sections = document.sections.iter().map(|s| (s.anchor.clone(), own(&s.heading), own(&s.text))).collect();
    let shown = Wrap((
        document.url.clone(),
        own(&document.title),
        own(&document.kind),
        document.date.clone().unwrap_or_default(),
        document.codes.iter().map(|c| own(c)).collect(),
        sections,
    ));
    // Strings and numbers always serialise.
    serde_json::to_string(&shown).unwrap_or_default()
}

/// Reads a payload back.
pub(crate) fn read(payload: &str) -> Result<Shown, serde_json::Error> {
    serde_json::from_str(payload)
}
