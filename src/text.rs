//! The text of a record: what it becomes, where its links lead, and what is wrong with it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use crate::catalog::{Catalog, address};
use crate::check::{enlaces, texto};
use crate::content::load::Broken;
use crate::content::{Body, path_of, source};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::facts::{Link, Target};
use crate::render::markdown;

/// Links of one text that lead wrong and are told: whoever has more has one cause, and judging each would take minutes.
const MOST_PROBLEMS: usize = 100;

/// A link of a record's Markdown to an anchor: it can be judged when all pages are drawn.
pub struct Anchor {
    /// File of the record.
    pub file: String,
    /// The link in it.
    pub span: (usize, usize),
    /// Page it leads to.
    pub page: String,
    /// Anchor there.
    pub anchor: String,
}

/// What is learnt of a text's links.
#[derive(Default)]
pub struct Linked {
    /// The links.
    pub links: Vec<Link>,
    /// Of what they lead to.
    pub targets: blake3::Hasher,
    /// What is wrong with them.
    pub problems: Vec<(Range<usize>, enlaces::Problem)>,
    /// How many lead wrong.
    errors: usize,
    /// Those that lead to an anchor.
    pub anchors: Vec<Anchor>,
}

/// A record's text in its site.
pub struct Text<'a> {
    /// The site's content.
    pub catalog: &'a Catalog,
    /// Knows the pages of the site, without the leading `/`.
    pub exists: &'a dyn Fn(&str) -> bool,
    /// Where it is read, and where it will be seen.
    pub place: enlaces::Place<'a>,
    /// Where in its file it begins, in bytes.
    pub start: usize,
}

impl Text<'_> {
    /// Where a link leads; what is learnt of it goes to `linked`.
    pub fn follow(&self, link: &Link, linked: &mut Linked) -> Option<Target> {
        // What leads nowhere is told once, here: no link of the page is left to be judged.
        let nowhere = || Some(Target { url: "#".to_owned(), text: link.text.clone() });
        if linked.errors >= MOST_PROBLEMS {
            return nowhere();
        }
        let (target, found) = enlaces::resolve(self.catalog, &self.place, link, self.exists);
        // An aviso says something of a link that is good.
        let is_wrong = found.iter().any(|(severity, ..)| *severity == Severity::Error);
        linked.errors += usize::from(is_wrong);
        linked.problems.extend(found.into_iter().map(|problem| (link.span.clone(), problem)));
        if let Some((page, anchor)) = target.as_ref().and_then(|t| t.url.strip_prefix('/')?.split_once('#')) {
            let span = (self.start + link.span.start, self.start + link.span.end);
            let (file, page, anchor) = (self.place.file.to_owned(), page.to_owned(), anchor.to_owned());
            linked.anchors.push(Anchor { file, span, page, anchor });
        }
        for part in target.iter().flat_map(|t| [&t.url, &t.text]) {
            linked.targets.update(part.as_bytes()).update(&[0]);
        }
        linked.targets.update(&[1]);
        linked.links.push(link.clone());
        if is_wrong { nowhere() } else { target }
    }

    /// The text as HTML, what its links are, and its problems. The rest of its page has `taken` its anchors.
    pub fn draw<'p>(&self, body: &str, taken: impl Iterator<Item = &'p str>) -> (String, Linked, Vec<Diagnostic>) {
        let linked = RefCell::new(Linked::default());
        let rendered = markdown::render(body, taken, &|link| self.follow(link, &mut linked.borrow_mut()));
        let mut linked = linked.into_inner();
        let found = std::mem::take(&mut linked.problems).into_iter().chain(texto::problems(&rendered));
        let told = found.map(|(span, (severity, code, message, help))| Diagnostic {
            code: code.into(),
            severity,
            file: self.place.file.to_owned(),
            span: Span::Bytes((self.start + span.start, self.start + span.end)),
            message,
            help,
        });
        let told = told.collect();
        (rendered.html, linked, told)
    }
}

/// The source text of a record's file.
///
/// # Errors
/// It is not what it was when the records were read.
pub fn whole<'b>(root: &Path, file: &str, body: &'b Body) -> Result<Cow<'b, str>, String> {
    if let Some(kept) = &body.text {
        return Ok(Cow::Borrowed(kept));
    }
    let path = path_of(root, file);
    let text = source::read(&path).ok();
    // What was saved since would be cut where the old text began: keys, and what they withhold, would be published.
    let text = text.filter(|text| <[u8; 32]>::from(blake3::hash(body.within(text).as_bytes())) == body.digest);
    let text = text.map(Cow::Owned);
    text.ok_or_else(|| format!("{} cambió mientras se construía: construya de nuevo", path.display()))
}

/// What is wrong with the texts of records whose keys could not be read: who mends the keys is not to find more problems afterwards.
pub fn of_broken(root: &Path, catalog: &Catalog, exists: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for Broken { kind, file, names, body, .. } in catalog.broken().iter().filter(|broken| !broken.is_draft) {
        let Some(body) = body.as_ref().filter(|body| !body.is_empty) else { continue };
        let Ok(text) = whole(root, file, body) else { continue };
        // Without a code it would be seen in the same folder.
        let url = address::of_code(*kind, names.first().map_or("x", String::as_str)).unwrap_or_default();
        let place = enlaces::Place { file, url: &url };
        let text_of = Text { catalog, exists, place, start: body.start as usize };
        found.extend(text_of.draw(body.within(&text), std::iter::empty()).2);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_saved_meanwhile_is_not_taken_for_the_one_that_was_read() {
        let site = tempfile::tempdir().expect("a folder");
        let (file, text) = ("p.md", "+++\ncodigo = \"p\"\n+++\nUno.\n");
        let start = text.find("Uno").expect("the text");
        let body = Body {
            start: u32::try_from(start).expect("a short text"),
            is_empty: false,
            digest: blake3::hash(b"Uno.\n").into(),
            text: None,
        };
        std::fs::write(site.path().join(file), text).expect("it is written");
        assert_eq!(whole(site.path(), file, &body).as_deref(), Ok(text));
        let saved = text.replace("codigo", "alias = [\"[[reservado: Ley 1581|Ana]]\"]\ncodigo");
        std::fs::write(site.path().join(file), saved).expect("it is written");
        assert!(whole(site.path(), file, &body).is_err_and(|told| told.contains("cambió mientras")));
    }
}
