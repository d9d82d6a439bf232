//! One pass over a drawn page: addresses become relative, ids unique, outside links safe; and the page's facts: ids, links, and its
//! text by section.
//!
//! The HTML is ours (the theme's templates and the Markdown stage, checked by tests with a real parser), so a scan from tag to tag is
//! enough. A general rewriter (lol_html) took a quarter of a build for the same work, and more to give the text.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use ahash::RandomState;
use memchr::memchr;

use crate::facts::{PageFacts, Section};

/// What addresses of the site become.
#[derive(Debug, Clone, Copy)]
pub enum Links<'a> {
    /// Relative to the page.
    Relative,
    /// Joined to the site's base address: the 404 page, which hosts serve at any depth.
    Absolute(&'a str),
}

/// A part that many pages share, finished for their depth: the comment `<!-- name -->` stands for it.
#[derive(Debug)]
pub struct Shared {
    /// Its name.
    pub name: &'static str,
    /// Its HTML.
    pub html: String,
    /// What it holds.
    pub facts: PageFacts,
}

/// Finishes the page that goes to `path`. Addresses that start with `/` are of the site. Its text is among its facts if `with_text`.
pub fn finish(html: &str, path: &str, mode: Links<'_>, shared: &[Shared], with_text: bool) -> (String, PageFacts) {
    let parts: usize = shared.iter().map(|part| part.html.len()).sum();
    let mut page = Page {
        html,
        copied: 0,
        out: String::with_capacity(html.len() + html.len() / 16 + parts),
        path,
        up: "../".repeat(path.matches('/').count()),
        mode,
        ids: HashSet::default(),
        facts: PageFacts::default(),
        in_main: false,
        // Text that nobody asked for is like that of a menu.
        silent: usize::from(!with_text),
        in_heading: false,
    };
    let mut at = 0;
    while let Some(open) = find(html, b'<', at) {
        page.text(at..open);
        at = open + 1;
        let Some(end) = page.tag(open, shared) else { break };
        at = end;
    }
    page.text(at..html.len());
    page.replace(html.len()..html.len(), "");
    (page.out, page.facts)
}

/// Where the next of an ASCII byte stands.
fn find(html: &str, byte: u8, from: usize) -> Option<usize> {
    Some(from + memchr(byte, html.as_bytes().get(from..)?)?)
}

/// A page that is being finished. Only what changes is copied by itself: piece by piece, the copying took longer than the reading.
struct Page<'a> {
    html: &'a str,
    /// How much of `html` stands in `out`.
    copied: usize,
    out: String,
    path: &'a str,
    up: String,
    mode: Links<'a>,
    ids: HashSet<String, RandomState>,
    facts: PageFacts,
    in_main: bool,
    /// How many elements are open whose text is no content: menus and the like.
    silent: usize,
    in_heading: bool,
}

impl Page<'_> {
    /// Puts `with` in the place of a range, which follows all that were replaced before.
    fn replace(&mut self, range: Range<usize>, with: &str) {
        self.out.push_str(self.html.get(self.copied..range.start).unwrap_or(""));
        self.out.push_str(with);
        self.copied = range.end;
    }

    fn text(&mut self, range: Range<usize>) {
        if !self.in_main || self.silent > 0 || range.is_empty() {
            return;
        }
        let text = decoded(self.html.get(range).unwrap_or(""));
        if self.facts.sections.is_empty() {
            self.facts.sections.push(Section::default());
        }
        if let Some(section) = self.facts.sections.last_mut() {
            let into = if self.in_heading { &mut section.heading } else { &mut section.text };
            push_words(into, &text);
        }
    }

    /// A declaration or a comment, perhaps one that stands for a shared part; gives what follows it.
    fn comment(&mut self, open: usize, shared: &[Shared]) -> Option<usize> {
        let Some(inside) = self.html.get(open..)?.strip_prefix("<!--") else {
            return Some(find(self.html, b'>', open)? + 1);
        };
        let length = inside.find("-->")?;
        let end = open + "<!--".len() + length + "-->".len();
        let name = inside.get(..length)?.trim();
        if let Some(part) = shared.iter().find(|part| part.name == name) {
            self.replace(open..end, &part.html);
            self.ids.extend(part.facts.ids.iter().map(str::to_owned));
        }
        Some(end)
    }

    /// The tag that begins at `open`; gives what follows it, or nothing if it has no end.
    fn tag(&mut self, open: usize, shared: &[Shared]) -> Option<usize> {
        let html = self.html;
        // Bytes, not text: comparing strings, be they of one letter, took a tenth of a build. Byte by byte: names are too short for a search by blocks.
        let (closes, start) = match html.as_bytes().get(open + 1)? {
            b'!' => return self.comment(open, shared),
            b'/' => (true, open + 2),
            _ => (false, open + 1),
        };
        let rest = html.as_bytes().get(start..)?;
        let length = rest.iter().position(|b| matches!(b, b'>' | b' ' | b'\n' | b'/'))?;
        let (name, rest) = rest.split_at_checked(length)?;
        let close = match rest.first()? {
            b'>' => start + length,
            _ if closes => find(html, b'>', start + length)?,
            _ => self.attributes(name, start + length)?,
        };
        match name {
            b"main" => self.in_main = !closes,
            b"nav" | b"aside" if closes => self.silent = self.silent.saturating_sub(1),
            b"nav" | b"aside" => self.silent += 1,
            // The title of the page is known; it is not text of it.
            b"h1" if closes => self.silent = self.silent.saturating_sub(1),
            b"h1" => self.silent += 1,
            [b'h', b'2'..=b'6'] if closes => self.in_heading = false,
            // An element within a line does not part words.
            b"a" | b"span" | b"strong" | b"em" | b"b" | b"i" | b"code" | b"mark" | b"del" => {}
            b"dt" if closes => self.part(": "),
            b"dd" | b"li" | b"td" | b"th" if closes => self.part(" · "),
            _ => self.part(" "),
        }
        // What stands in these is no markup.
        if matches!(name, b"script" | b"style") && !closes {
            return Some(html.get(close..)?.find("</s").map_or(html.len(), |length| close + length));
        }
        Some(close + 1)
    }

    /// Parts the words before a tag from those after it.
    fn part(&mut self, mark: &str) {
        if let Some(section) = self.facts.sections.last_mut()
            && !matches!(section.text.as_bytes().last(), None | Some(b' '))
        {
            section.text.push_str(mark);
        }
    }

    /// The attributes of a tag, from the end of its name on; gives where the `>` stands that closes it, which one within quotes does not.
    fn attributes(&mut self, name: &[u8], from: usize) -> Option<usize> {
        let html = self.html;
        let (mut at, mut leads_out, mut has_rel) = (from, false, false);
        loop {
            let rest = html.as_bytes().get(at..)?;
            let length = rest.iter().position(|b| matches!(b, b'"' | b'>'))?;
            let (before, rest) = rest.split_at_checked(length)?;
            let sign = at + length;
            if rest.first() == Some(&b'>') {
                if leads_out && !has_rel {
                    self.replace(sign..sign, " rel=\"noopener\"");
                }
                return Some(sign);
            }
            let close = find(html, b'"', sign + 1)?;
            let (place, value) = (sign + 1..close, html.get(sign + 1..close)?);
            let key = before.iter().rposition(|b| matches!(b, b' ' | b'\n')).map_or(0, |blank| blank + 1);
            match before.get(key..)? {
                b"href=" | b"src=" | b"action=" => {
                    leads_out |= name == b"a" && value.starts_with("http");
                    self.address(place, value);
                }
                b"id=" => self.id(name, place, value),
                b"rel=" => has_rel = true,
                _ => {}
            }
            at = close + 1;
        }
    }

    fn address(&mut self, place: Range<usize>, value: &str) {
        if let Some(anchor) = value.strip_prefix('#') {
            return self.facts.links.push(format!("{}#{anchor}", self.path));
        }
        let Some(inside) = value.strip_prefix('/') else { return };
        self.facts.links.push(inside.to_owned());
        // Up to the part of the address that stays.
        let before = |stays: &str| place.start..place.end - stays.len();
        match self.mode {
            Links::Relative => match inside.strip_prefix(self.path).filter(|rest| rest.starts_with('#')) {
                Some(anchor) => self.replace(before(anchor), ""),
                None => {
                    self.replace(before(inside), "");
                    self.out.push_str(&self.up);
                }
            },
            Links::Absolute(base) => self.replace(before(value), base.trim_end_matches('/')),
        }
    }

    /// Makes an id unique; a heading's begins a section.
    fn id(&mut self, name: &[u8], place: Range<usize>, value: &str) {
        let mut unique = value.to_owned();
        let mut n = 2;
        while self.ids.contains(&unique) {
            unique = format!("{value}-{n}");
            n += 1;
        }
        if n > 2 {
            self.replace(place, &unique);
        }
        self.facts.ids.push(&unique);
        if matches!(name, [b'h', b'2'..=b'6']) && self.in_main && self.silent == 0 {
            self.in_heading = true;
            self.facts.sections.push(Section { anchor: unique.clone(), ..Section::default() });
        }
        self.ids.insert(unique);
    }
}

/// Appends words with single spaces.
fn push_words(into: &mut String, text: &str) {
    let mut after_space = matches!(into.as_bytes().last(), None | Some(b' '));
    // What was read and not yet appended: it has single spaces already.
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let is_space = byte.is_ascii_whitespace();
        if is_space && (after_space || byte != b' ') {
            into.push_str(text.get(from..at).unwrap_or(""));
            if !after_space {
                into.push(' ');
            }
            from = at + 1;
        }
        after_space = is_space;
    }
    into.push_str(text.get(from..).unwrap_or(""));
}

/// The text that a browser shows: the references that templates and Markdown write.
fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        match known {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finished(html: &str, path: &str) -> String {
        finish(html, path, Links::Relative, &[], true).0
    }

    #[test]
    fn addresses_are_relative() {
        let html = "<a class=\"x\" href=\"/procesos/dep.html#a\">x</a>";
        assert_eq!(finished(html, "actas/1.html"), "<a class=\"x\" href=\"../procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "index.html"), "<a class=\"x\" href=\"procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "procesos/dep.html"), "<a class=\"x\" href=\"#a\">x</a>");
        let (absolute, facts) = finish(html, "404.html", Links::Absolute("https://x.co/t/"), &[], true);
        assert_eq!(absolute, "<a class=\"x\" href=\"https://x.co/t/procesos/dep.html#a\">x</a>");
        assert_eq!(facts.links, ["procesos/dep.html#a"]);
        assert_eq!(finished("<a href=\"https://x.co\">x</a>", "a"), "<a href=\"https://x.co\" rel=\"noopener\">x</a>");
    }

    #[test]
    fn ids_are_unique() {
        assert_eq!(finished("<p id=\"a\"></p><p id=\"a\"></p>", "x.html"), "<p id=\"a\"></p><p id=\"a-2\"></p>");
    }

    #[test]
    fn what_looks_like_markup_in_text_values_and_scripts_is_left() {
        for html in [
            "a href=\"/x\" b",
            "<p title=\"a > href=\"></p>",
            "<!-- <a href=\"/x\"> -->",
            "<script>a<b; \"<a href='/x'>\"</script>",
            "<p",
            "a < b",
        ] {
            assert_eq!(finished(html, "a/b.html"), html);
        }
    }

    #[test]
    fn text_is_parted_by_the_headings_of_main() {
        let html = "<nav>menú</nav><main><h1>Acta 1</h1><p>uno<b>dos</b> &amp; <strong>tres <a href=\"/x\">y</a></strong></p><h2 id=\"s\">Se <i>dijo</i></h2>\n<ul><li>a</li><li>b</li></ul>\
            <nav>índice</nav></main><footer>pie</footer>";
        let sections = finish(html, "a.html", Links::Relative, &[], true).1.sections;
        let told: Vec<_> = sections.iter().map(|s| (&*s.anchor, &*s.heading, s.text.trim())).collect();
        assert_eq!(told, [("", "", "unodos & tres y"), ("s", "Se dijo", "a · b ·")]);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC*", value in "\\PC*") {
            let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            let html = format!("<main><p title=\"{}\">{}</p></main>", escape(&value), escape(&text));
            let (out, facts) = finish(&html, "a.html", Links::Relative, &[], true);
            prop_assert_eq!(out, html);
            let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(facts.sections.first().map_or(Vec::new(), |s| words(&s.text)), words(&text));
        }

        #[test]
        fn any_input_is_passed_on(html in "[<>\"/=a-z! #-]*") {
            let (out, _) = finish(&html, "a/b.html", Links::Relative, &[], true);
            prop_assert!(out.len() + 16 >= html.len() || html.contains('/'));
        }
    }
}
