//! One pass over a finished page: addresses become relative, ids unique, outside links safe; and its facts.

use std::cell::RefCell;

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::facts::PageFacts;

/// What addresses of the site become.
#[derive(Debug, Clone, Copy)]
pub enum Links<'a> {
    /// Relative to the page.
    Relative,
    /// Joined to the site's base address: the 404 page, which hosts serve at any depth.
    Absolute(&'a str),
}

/// Elements whose ids are known and made unique. A list of names, and not `[id]`: it lets the rewriter pass over the attributes
/// of all others, which halves its time.
const WITH_ID: &str = "h1[id], h2[id], h3[id], h4[id], h5[id], h6[id], main[id], section[id], article[id], aside[id], nav[id], \
    form[id], input[id], figure[id], table[id]";

/// Finishes the page that goes to `path`. Addresses that start with `/` are of the site.
///
/// # Errors
/// The rewriter's message, when the HTML cannot be read.
pub fn finish(html: &str, path: &str, mode: Links<'_>) -> Result<(String, PageFacts), String> {
    let facts = RefCell::new(PageFacts::default());
    let up = "../".repeat(path.matches('/').count());
    let address = |el: &mut Element<'_, '_>, name: &str| {
        let Some(value) = el.get_attribute(name) else {
            return Ok(());
        };
        if let Some(inside) = value.strip_prefix('/') {
            facts.borrow_mut().links.push(inside.to_owned());
            let (file, anchor) = inside.split_once('#').map_or((inside, None), |(f, a)| (f, Some(a)));
            let target = match (mode, anchor) {
                (Links::Relative, Some(anchor)) if file == path => format!("#{anchor}"),
                (Links::Relative, _) => format!("{up}{inside}"),
                (Links::Absolute(base), _) => format!("{}/{inside}", base.trim_end_matches('/')),
            };
            el.set_attribute(name, &target)?;
        } else if let Some(anchor) = value.strip_prefix('#') {
            facts.borrow_mut().links.push(format!("{path}#{anchor}"));
        } else if el.tag_name() == "a" && value.starts_with("http") {
            el.set_attribute("rel", "noopener")?;
        }
        Ok(())
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("a[href], link[href]", |el| address(el, "href")))
        .append_element_content_handler(element!("img[src], script[src]", |el| address(el, "src")))
        .append_element_content_handler(element!("form[action]", |el| address(el, "action")))
        .append_element_content_handler(element!(WITH_ID, |el| {
            if let Some(id) = el.get_attribute("id") {
                let mut facts = facts.borrow_mut();
                let mut unique = id.clone();
                let mut n = 2;
                while facts.ids.contains(&unique) {
                    unique = format!("{id}-{n}");
                    n += 1;
                }
                if unique != id {
                    el.set_attribute("id", &unique)?;
                }
                facts.ids.insert(unique);
            }
            Ok(())
        }));
    let html = rewrite_str(html, settings).map_err(|e| format!("{path}: {e}"))?;
    Ok((html, facts.into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(html: &str, path: &str) -> String {
        finish(html, path, Links::Relative).map(|(html, _)| html).unwrap_or_default()
    }

    #[test]
    fn addresses_are_relative() {
        let html = "<a href=\"/procesos/dep.html#a\">x</a>";
        assert_eq!(finished(html, "actas/1.html"), "<a href=\"../procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "index.html"), "<a href=\"procesos/dep.html#a\">x</a>");
        assert_eq!(finished(html, "procesos/dep.html"), "<a href=\"#a\">x</a>");
        let absolute = finish(html, "404.html", Links::Absolute("https://x.co/t/")).map(|(html, _)| html);
        assert_eq!(absolute.as_deref(), Ok("<a href=\"https://x.co/t/procesos/dep.html#a\">x</a>"));
    }

    #[test]
    fn ids_are_unique() {
        assert_eq!(
            finished("<h2 id=\"a\"></h2><h2 id=\"a\"></h2>", "x.html"),
            "<h2 id=\"a\"></h2><h2 id=\"a-2\"></h2>"
        );
    }
}
