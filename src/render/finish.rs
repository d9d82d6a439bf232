//! One pass over a drawn page: addresses become relative, ids unique, outside links safe; and the page's facts: ids, links, and its
//! text by section.
//!
//! The HTML is ours (the theme's templates and the Markdown stage, checked by tests with a real parser), so a scan from tag to tag is
//! enough. A general rewriter (lol_html) took a quarter of a build for the same work, and more to give the text.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::{memchr, memchr_iter};

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

/// Finishes the page that goes to `path`. Addresses that start with `/` are of the site.
pub fn finish(html: &str, path: &str, mode: Links<'_>, shared: &[Shared]) -> (String, PageFacts) {
    let parts: usize = shared.iter().map(|part| part.html.len()).sum();
    let mut page = Page {
        out: String::with_capacity(html.len() + html.len() / 16 + parts),
        path,
        up: "../".repeat(path.matches('/').count()),
        mode,
        ids: HashSet::new(),
        facts: PageFacts::default(),
        in_main: false,
        silent: 0,
        in_heading: false,
    };
    let mut rest = html;
    while let Some((text, tag)) = split_at(rest, b'<') {
        page.text(text);
        let Some((inside, after)) = tag_and_rest(tag) else {
            page.out.push('<');
            rest = tag;
            break;
        };
        rest = after;
        if inside.starts_with('!') {
            page.declaration(inside, shared);
            continue;
        }
        page.tag(inside);
        // What stands in these is no markup.
        if inside.starts_with("script") || inside.starts_with("style") {
            let end = rest.find("</s").unwrap_or(rest.len());
            let (raw, after) = rest.split_at(end);
            page.out.push_str(raw);
            rest = after;
        }
    }
    page.text(rest);
    (page.out, page.facts)
}

/// What stands before an ASCII byte, and what follows it. Four times as fast as `split_once` on pieces as short as those of HTML.
fn split_at(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr(byte, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The inside of a tag that was opened, and what follows it. A `>` within quotes or a comment does not close.
fn tag_and_rest(tag: &str) -> Option<(&str, &str)> {
    if tag.starts_with("!--") {
        let end = tag.find("-->")? + 2;
        return Some((tag.get(..end)?, tag.get(end + 1..)?));
    }
    let mut from = 0;
    let mut quotes = 0;
    loop {
        let piece = tag.get(from..)?;
        let length = memchr(b'>', piece.as_bytes())?;
        let end = from + length;
        quotes += memchr_iter(b'"', piece.as_bytes().get(..length)?).count();
        if quotes.is_multiple_of(2) {
            return Some((tag.get(..end)?, tag.get(end + 1..)?));
        }
        from = end + 1;
    }
}

struct Page<'a> {
    out: String,
    path: &'a str,
    up: String,
    mode: Links<'a>,
    ids: HashSet<String>,
    facts: PageFacts,
    in_main: bool,
    /// How many elements are open whose text is no content: menus and the like.
    silent: usize,
    in_heading: bool,
}

impl Page<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        if !self.in_main || self.silent > 0 || text.is_empty() {
            return;
        }
        let text = decoded(text);
        if self.facts.sections.is_empty() {
            self.facts.sections.push(Section::default());
        }
        if let Some(section) = self.facts.sections.last_mut() {
            let into = if self.in_heading { &mut section.heading } else { &mut section.text };
            push_words(into, &text);
        }
    }

    /// A comment, perhaps one that stands for a shared part; or the document's type.
    fn declaration(&mut self, inside: &str, shared: &[Shared]) {
        let name = inside.strip_prefix("!--").and_then(|rest| rest.strip_suffix("--")).unwrap_or("").trim();
        if let Some(part) = shared.iter().find(|part| part.name == name) {
            self.out.push_str(&part.html);
            self.ids.extend(part.facts.ids.iter().map(str::to_owned));
            return;
        }
        self.out.push('<');
        self.out.push_str(inside);
        self.out.push('>');
    }

    fn tag(&mut self, inside: &str) {
        let closes = inside.starts_with('/');
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let length = name.bytes().position(|b| matches!(b, b' ' | b'\n' | b'/')).unwrap_or(name.len());
        let name = name.get(..length).unwrap_or("");
        self.out.push('<');
        if closes || length == inside.len() {
            self.out.push_str(inside);
        } else {
            self.attributes(name, inside);
        }
        self.out.push('>');
        match name {
            "main" => self.in_main = !closes,
            "nav" | "aside" if closes => self.silent = self.silent.saturating_sub(1),
            "nav" | "aside" => self.silent += 1,
            // The title of the page is known; it is not text of it.
            "h1" if closes => self.silent = self.silent.saturating_sub(1),
            "h1" => self.silent += 1,
            "h2" | "h3" | "h4" | "h5" | "h6" if closes => self.in_heading = false,
            // An element within a line does not part words.
            "a" | "span" | "strong" | "em" | "b" | "i" | "code" | "mark" | "del" => {}
            "dt" if closes => self.part(": "),
            "dd" | "li" | "td" | "th" if closes => self.part(" · "),
            _ => self.part(" "),
        }
    }

    /// Parts the words before a tag from those after it.
    fn part(&mut self, mark: &str) {
        if let Some(section) = self.facts.sections.last_mut().filter(|s| !s.text.is_empty() && !s.text.ends_with(' ')) {
            section.text.push_str(mark);
        }
    }

    fn attributes(&mut self, name: &str, inside: &str) {
        let mut rest = inside;
        while let Some((before, after)) = split_at(rest, b'"') {
            let Some((value, after)) = split_at(after, b'"') else { break };
            let key = before.strip_suffix('=').and_then(|key| key.rsplit([' ', '\n']).next()).unwrap_or("");
            let outside = key == "href" && name == "a" && value.starts_with("http") && !inside.contains(" rel=");
            self.out.push_str(before);
            self.out.push('"');
            match key {
                "href" | "src" | "action" => self.address(value),
                "id" => self.id(name, value),
                _ => self.out.push_str(value),
            }
            self.out.push('"');
            if outside {
                self.out.push_str(" rel=\"noopener\"");
            }
            rest = after;
        }
        self.out.push_str(rest);
    }

    fn address(&mut self, value: &str) {
        if let Some(anchor) = value.strip_prefix('#') {
            self.facts.links.push(format!("{}#{anchor}", self.path));
            return self.out.push_str(value);
        }
        let Some(inside) = value.strip_prefix('/') else { return self.out.push_str(value) };
        self.facts.links.push(inside.to_owned());
        match self.mode {
            Links::Relative => {
                let anchor = inside.strip_prefix(self.path).filter(|rest| rest.starts_with('#'));
                if anchor.is_none() {
                    self.out.push_str(&self.up);
                }
                self.out.push_str(anchor.unwrap_or(inside));
            }
            Links::Absolute(base) => {
                self.out.push_str(base.trim_end_matches('/'));
                self.out.push_str(value);
            }
        }
    }

    /// Makes an id unique; a heading's begins a section.
    fn id(&mut self, name: &str, value: &str) {
        let mut unique = value.to_owned();
        let mut n = 2;
        while self.ids.contains(&unique) {
            unique = format!("{value}-{n}");
            n += 1;
        }
        self.out.push_str(&unique);
        self.facts.ids.push(&unique);
        if matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") && self.in_main && self.silent == 0 {
            self.in_heading = true;
            self.facts.sections.push(Section { anchor: unique.clone(), ..Section::default() });
        }
        self.ids.insert(unique);
    }
}

/// Appends words with single spaces.
fn push_words(into: &mut String, text: &str) {
    let mut after_space = into.is_empty() || into.ends_with(' ');
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
    if !text.contains('&') {
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
        finish(html, path, Links::Relative, &[]).0
    }

    #[test]
    fn addresses_are_relative() {
        let html = "<a class=\"x\" href=\"/procesos/dep.html#a\">x</a>";
        assert_eq!(finished(html, "actas/1.html"), "<a class=\"x\" href=\"../procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "index.html"), "<a class=\"x\" href=\"procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "procesos/dep.html"), "<a class=\"x\" href=\"#a\">x</a>");
        let (absolute, facts) = finish(html, "404.html", Links::Absolute("https://x.co/t/"), &[]);
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
        let html = "<nav>menú</nav><main><h1>Acta 1</h1><p>uno<b>dos</b> &amp; tres</p><h2 id=\"s\">Se <i>dijo</i></h2>\n<ul><li>a</li><li>b</li></ul>\
            <nav>índice</nav></main><footer>pie</footer>";
        let sections = finish(html, "a.html", Links::Relative, &[]).1.sections;
        let told: Vec<_> = sections.iter().map(|s| (&*s.anchor, &*s.heading, s.text.trim())).collect();
        assert_eq!(told, [("", "", "unodos & tres"), ("s", "Se dijo", "a · b ·")]);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC*", value in "\\PC*") {
            let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            let html = format!("<main><p title=\"{}\">{}</p></main>", escape(&value), escape(&text));
            let (out, facts) = finish(&html, "a.html", Links::Relative, &[]);
            prop_assert_eq!(out, html);
            let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(facts.sections.first().map_or(Vec::new(), |s| words(&s.text)), words(&text));
        }

        #[test]
        fn any_input_is_passed_on(html in "[<>\"/=a-z! #-]*") {
            let (out, _) = finish(&html, "a/b.html", Links::Relative, &[]);
            prop_assert!(out.len() + 16 >= html.len() || html.contains('/'));
        }
    }
}
