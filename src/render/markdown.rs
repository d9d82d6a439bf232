//! Markdown → HTML, with the facts that rules need: links, images, and what is not allowed.

use std::collections::HashMap;
use std::ops::Range;

use ahash::RandomState;
use memchr::{memchr, memchr_iter, memmem};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Options, Parser, RefDefs, Tag, TagEnd, html};

use crate::catalog::address::slug;
use crate::content::reservado;
use crate::facts::{Link, Target};

/// Deepest nesting of lists and quotes; deeper is a mistake, and browsers give up on it.
pub const MAX_DEPTH: usize = 30;

/// Signs at the beginning of a line that make no heading and no list: `##Título`, and the bullets of Word.
const LITERAL: [&str; 10] = ["##", "•", "●", "▪", "◦", "➢", "✓", "·", "\u{f0b7}", "\u{f0a7}"];

/// A body turned into HTML, and what was found on the way.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Links and images.
    pub links: Vec<Link>,
    /// Raw HTML, which is left out.
    pub raw_html: Vec<Range<usize>>,
    /// A mark of withheld text that is not closed or gives no reason; the HTML is then empty.
    pub bad_reservado: Option<Range<usize>>,
    /// A column of a table that has no heading.
    pub untitled_column: Option<Range<usize>>,
    /// What stands in a row of a table after as many cells as the table has headings: nobody would see it.
    pub extra_cells: Option<Range<usize>>,
    /// A line that was meant as a row of a table, and is none.
    pub no_table: Option<Range<usize>>,
    /// The address of a link that the text does not have: nobody would see it.
    pub unused: Option<Range<usize>>,
    /// Text that stands in a table because no blank line parts it from the table.
    pub glued: Option<Range<usize>>,
    /// Signs that were meant as bold, a heading or a list, and are printed.
    pub literal: Option<Range<usize>>,
    /// A line that numbers itself (`b)`, `2.1`) and would be printed behind the one above it.
    pub run_on: Option<Range<usize>>,
    /// Signs of emphasis in the middle of a word or a sum, which would not be printed.
    pub inside_word: Option<Range<usize>>,
    /// Brackets that were meant as a link and are none.
    pub stray: Option<Range<usize>>,
    /// Where nesting passes the limit; the HTML is then empty.
    pub too_deep: Option<Range<usize>>,
}

/// Renders Markdown. No heading gets an anchor that is `taken` by the rest of its page. `resolve` turns a destination into a target;
/// `None` leaves it as written.
pub fn render<'t>(
    source: &str,
    taken: impl Iterator<Item = &'t str>,
    resolve: &dyn Fn(&Link) -> Option<Target>,
) -> Rendered {
    let mut out = Rendered::default();
    if let Some(span) = too_deep(source) {
        out.too_deep = Some(span);
        return out;
    }
    // What is withheld is gone before anything is made of it.
    let masked = match reservado::mask(source) {
        Ok(masked) => masked,
        Err(bad) => {
            out.bad_reservado = Some(mark_in(source, source.len() - bad.len()));
            return out;
        }
    };
    let source = &*masked;
    let mut events: Vec<Event<'_>> = Vec::with_capacity(source.len() / 32);
    // Links that are open: their event, and their place among the links.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut inner_links = 0;
    let mut used: Vec<usize> = Vec::new();
    // Of lists with numbers that are open, the first and the one that comes next.
    let mut lists: Vec<Option<(u64, u64)>> = Vec::new();
    let mut heading: Option<OpenHeading> = None;
    let mut anchors: Anchors = taken.map(|anchor| (anchor.to_owned(), 1)).collect();
    let mut table = OpenTable::default();
    let mut code: Vec<Range<usize>> = Vec::new();
    let mut parser = Parser::new_ext(source, options()).into_offset_iter();
    while let Some((event, range)) = parser.next() {
        match event {
            // Its lines are within it.
            Event::Html(_) => {}
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                if !is_comment(source.get(range.clone()).unwrap_or("").trim()) {
                    let line = source
                        .get(range.clone())
                        .and_then(|html| html.find('\n'))
                        .map_or(range.end, |end| range.start + end);
                    out.raw_html.push(range.start..line);
                }
            }
            Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Table(alignments)) => {
                // A wide table scrolls by itself; the keyboard reaches it.
                events.push(Event::Html(
                    "<div class=\"tabla\" tabindex=\"0\" role=\"group\" aria-label=\"Tabla\">".into(),
                ));
                events.push(Event::Start(Tag::Table(Vec::new())));
                table.alignments = alignments;
            }
            Event::End(TagEnd::Table) => {
                table.alignments.clear();
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>\n".into()));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                table.in_head = matches!(event, Event::Start(Tag::TableHead));
                table.column = 0;
                table.end = range.start;
                events.push(event);
            }
            Event::Start(Tag::TableCell) => {
                events.push(match table.class() {
                    // pulldown-cmark would write `style`, which our policy forbids.
                    Some([th, td]) => Event::Html(if table.in_head { th } else { td }.into()),
                    None => event,
                });
                table.start = events.len();
            }
            Event::End(TagEnd::TableRow) => {
                let row = source.get(range.clone()).unwrap_or_default();
                if table.alignments.len() > 1 && memchr(b'|', row.as_bytes()).is_none() {
                    out.glued.get_or_insert(range.start..range.start + row.trim_end().len());
                }
                let rest = source.get(table.end..range.end).unwrap_or_default();
                if rest.contains(|c: char| c != '|' && !c.is_whitespace()) {
                    let start = table.end + (rest.len() - rest.trim_start_matches([' ', '|']).len());
                    out.extra_cells.get_or_insert(start..table.end + rest.trim_end_matches([' ', '|', '\n']).len());
                }
                events.push(event);
            }
            Event::End(TagEnd::TableCell) => {
                table.end = range.end;
                if table.in_head && table.start == events.len() {
                    out.untitled_column.get_or_insert(range);
                }
                events.push(match table.class() {
                    Some(_) => Event::Html(if table.in_head { "</th>" } else { "</td>" }.into()),
                    None => event,
                });
                table.column += 1;
            }
            Event::Start(Tag::List(start)) => {
                lists.push(start.map(|start| (start, start)));
                events.push(event);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                events.push(event);
            }
            Event::Start(Tag::Item) => {
                // A numeral is cited by its number: `1. 2. 4.` is not published as 1, 2, 3. Who writes `1.` each time wants them counted.
                let number = lists.last_mut().and_then(Option::as_mut).and_then(|(first, next)| {
                    let written = written_number(source.get(range.start..)?)?;
                    let is_another = written != *next && written != *first;
                    *next = if is_another { written } else { *next } + 1;
                    is_another.then_some(written)
                });
                events.push(match number {
                    Some(number) => Event::Html(format!("<li value=\"{number}\">").into()),
                    None => event,
                });
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                code.push(range);
                events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                heading = Some((events.len(), String::new()));
                // The page's title is the only h1.
                let level = if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level };
                events.push(Event::Start(Tag::Heading { level, id: None, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some((at, text)) = heading.take() {
                    close_heading(&mut events, at, &text, &mut anchors);
                }
                let level = if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level };
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. })
                if reservado::shown(&dest_url).is_some() =>
            {
                let shown = reservado::shown(&dest_url).unwrap_or_default();
                // A mark is no link that went wrong.
                code.push(range);
                for (event, _) in parser.by_ref() {
                    if event == Event::End(TagEnd::Link) {
                        break;
                    }
                }
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&shown);
                }
                events.push(Event::InlineHtml("<mark class=\"reservado\">".into()));
                events.push(Event::Text(shown.into()));
                events.push(Event::InlineHtml("</mark>".into()));
            }
            // An address within a link is text of it: HTML knows no link in a link.
            Event::Start(Tag::Link { .. }) if !open.is_empty() => inner_links += 1,
            Event::End(TagEnd::Link) if inner_links > 0 => inner_links -= 1,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                open.push((events.len(), out.links.len()));
                used.extend(parser.reference_definitions().get(&id).map(|definition| definition.span.start));
                let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
                out.links.push(Link {
                    // In a table cell the bar is written `\\|`.
                    dest: match link_type {
                        LinkType::WikiLink { .. } => dest_url.trim_end_matches('\\').to_owned(),
                        LinkType::Email => format!("mailto:{dest_url}"),
                        _ => dest_url.to_string(),
                    },
                    text: String::new(),
                    span: range,
                    is_wiki,
                    is_image: false,
                });
                let dest_url = out.links.last().map_or(dest_url, |link| CowStr::from(link.dest.clone()));
                events.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }));
            }
            Event::End(TagEnd::Link) => {
                if let Some((at, link)) = open.pop()
                    && let Some(link) = out.links.get_mut(link)
                {
                    let said = link.text.len();
                    close_link(&mut events, at, link, resolve);
                    // A bare code is read as the title of its record.
                    if let Some((_, heading)) = heading.as_mut().filter(|_| link.is_wiki) {
                        heading.truncate(heading.len().saturating_sub(said));
                        heading.push_str(&link.text);
                    }
                }
                events.push(Event::End(TagEnd::Link));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                used.extend(parser.reference_definitions().get(&id).map(|definition| definition.span.start));
                let alt: String = alt_text(&mut parser);
                said(&alt, &mut heading, &open, &mut out.links);
                let link =
                    Link { dest: dest_url.to_string(), text: alt.clone(), span: range, is_wiki: false, is_image: true };
                let dest_url = resolve(&link).map_or(dest_url, |t| t.url.into());
                out.links.push(link);
                events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                events.push(Event::Text(alt.into()));
                events.push(Event::End(TagEnd::Image));
            }
            Event::Text(text) => {
                // Most texts begin with none of these; the last three are those of bullets.
                if matches!(text.as_bytes().first(), Some(b'|' | b'#' | b'*' | 0xC2 | 0xE2 | 0xEF)) {
                    let is_code = code.last().is_some_and(|code| code.contains(&range.start));
                    let begins = |signs: &str| text.starts_with(signs) && begins_a_line(source, range.start);
                    if !is_code && table.alignments.is_empty() && begins("|") {
                        out.no_table.get_or_insert(range.clone());
                    }
                    // A mark of bold that has no other is told in pieces.
                    let is_bold =
                        text.starts_with('*') && source.get(range.start..).is_some_and(|rest| rest.starts_with("**"));
                    if !is_code && (is_bold || LITERAL.into_iter().any(begins)) {
                        out.literal.get_or_insert(range);
                    }
                }
                said(&text, &mut heading, &open, &mut out.links);
                events.push(Event::Text(text));
            }
            Event::Code(text) => {
                code.push(range);
                said(&text, &mut heading, &open, &mut out.links);
                events.push(Event::Code(text));
            }
            Event::SoftBreak | Event::HardBreak => {
                if event == Event::SoftBreak && out.run_on.is_none() {
                    out.run_on = run_on(source, &range);
                }
                if event == Event::SoftBreak && out.no_table.is_none() {
                    out.no_table = pasted_row(source, &range);
                }
                said(" ", &mut heading, &open, &mut out.links);
                events.push(event);
            }
            other => {
                if matches!(other, Event::Start(Tag::Emphasis | Tag::Strong)) && is_inside_word(source, range.start) {
                    out.inside_word.get_or_insert(range);
                }
                events.push(other);
            }
        }
    }
    used.sort_unstable();
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone());
    let unused = definitions.filter(|span| used.binary_search(&span.start).is_err()).min_by_key(|span| span.start);
    out.unused = unused.or_else(|| second_definition(source, parser.reference_definitions()));
    out.html.reserve(source.len() * 3 / 2);
    html::push_html(&mut out.html, events.into_iter());
    if STRAY.iter().any(|mark| memmem::find(out.html.as_bytes(), mark.as_bytes()).is_some()) {
        out.stray = stray(source, &out.links, &code);
    }
    // A mark that is not closed, or gives no reason, must not publish what it was to withhold.
    if reservado::find(&out.html).is_some() || out.links.iter().any(|l| l.is_wiki && reservado::is_one(&l.dest)) {
        out.bad_reservado = Some(mark_in(source, 0));
        out.html.clear();
    }
    out
}

/// Whether the sign of emphasis at this place has a letter or digit on both sides.
fn is_inside_word(source: &str, at: usize) -> bool {
    let before = source.get(..at).and_then(|text| text.chars().next_back());
    let after = source.get(at..).and_then(|text| text.trim_start_matches('*').chars().next());
    [before, after].into_iter().all(|c| c.is_some_and(char::is_alphanumeric))
}

/// The line of a definition whose name another has: the first counts, and of the second nothing would be seen.
fn second_definition(source: &str, first: &RefDefs<'_>) -> Option<Range<usize>> {
    first.iter().next()?;
    let mut at = 0;
    let lines = source.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len() + (line.len() - line.trim_start().len())..at, line.trim())
    });
    let again = lines.filter(|(range, line)| {
        let name = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
        name.and_then(|name| first.get(name)).is_some_and(|first| first.span.start != range.start)
    });
    let again: Vec<Range<usize>> = again.map(|(range, _)| range).collect();
    if again.is_empty() {
        return None;
    }
    // What is printed, as code or in a paragraph, is not lost.
    let events = Parser::new_ext(source, options()).into_offset_iter();
    let printed: Vec<Range<usize>> = events.filter(|(event, _)| is_text(event)).map(|(_, range)| range).collect();
    let is_lost = |line: &Range<usize>| {
        let next = printed.get(printed.partition_point(|text| text.end <= line.start));
        next.is_none_or(|text| text.start >= line.end)
    };
    let line = again.into_iter().find(is_lost)?;
    let shown = source.get(line.clone())?.trim_end().len();
    Some(line.start..line.start + shown)
}

fn is_text(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_))
}

/// The number at the beginning of an item.
fn written_number(item: &str) -> Option<u64> {
    let digits = item.find(|c: char| !c.is_ascii_digit())?;
    item.get(..digits)?.parse().ok()
}

/// Whether it is a remark for who writes, and nothing more: what stands behind it would not be published either.
fn is_comment(html: &str) -> bool {
    html.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).is_some_and(|(_, after)| after.is_empty())
}

/// The line below a break, where it and the one above number themselves as Markdown's lists do not.
fn run_on(source: &str, gap: &Range<usize>) -> Option<Range<usize>> {
    let said = |line: &str| line.trim_start_matches([' ', '>', '-', '*', '+']).len();
    let below = source.get(gap.end..)?.lines().next()?;
    let start = gap.end + below.len() - said(below);
    let above = source.get(..gap.start)?.rsplit('\n').next()?;
    let end = gap.end + below.trim_end().len();
    let both = [source.get(start..end)?, above.get(above.len() - said(above)..)?];
    both.into_iter().all(is_numbered).then_some(start..end)
}

/// The line below a break, where tabs part it and the one above as a spreadsheet does: a table that would be a paragraph.
fn pasted_row(source: &str, gap: &Range<usize>) -> Option<Range<usize>> {
    let below = source.get(gap.end..)?.lines().next()?.trim_end();
    let above = source.get(..gap.start)?.rsplit('\n').next()?;
    let both = [above, below].into_iter().all(|line| line.trim().contains('\t'));
    both.then_some(gap.end..gap.end + below.len())
}

/// Whether a line begins with `a)`, `b.`, `iv)`, `2)`, `2.1`; not with `2024.`, the end of a sentence, or `3.500`.
fn is_numbered(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(' ') else { return false };
    let number = mark.trim_start_matches('(').trim_end_matches([')', '.', '-', '°', 'º']);
    let is_digits = |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|b| b.is_ascii_digit());
    let is_count = number.split('.').all(is_digits);
    let is_letter = matches!(number.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z']);
    let is_roman = !number.is_empty() && number.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let is_closed = number.len() < mark.len();
    is_closed && (is_letter || is_roman || is_count) || is_count && number.contains('.')
}

/// Whether nothing but the marks of a quote or list stands before it in its line.
fn begins_a_line(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.bytes().all(|b| matches!(b, b' ' | b'>' | b'-' | b'*' | b'+'))
}

/// Adds what is read to the text of the heading and of the link in which it stands.
fn said(text: &str, heading: &mut Option<OpenHeading>, open: &[(usize, usize)], links: &mut [Link]) {
    if let Some((_, heading)) = heading {
        heading.push_str(text);
    }
    if let Some(link) = open.last().and_then(|(_, link)| links.get_mut(*link)) {
        link.text.push_str(text);
    }
}

/// The anchors of a page, each with the number up to which `anchor-n` is taken.
type Anchors = HashMap<String, usize, RandomState>;

/// Its event, and its text.
type OpenHeading = (usize, String);

/// The first mark from `at` on.
fn mark_in(source: &str, at: usize) -> Range<usize> {
    source.get(at..).and_then(reservado::find).map_or(at..at, |found| at + found.start..at + found.end)
}

/// What remains of a link that is none.
const STRAY: [&str; 3] = ["[[", "](", "] (http"];

/// The first of these that stands in no link and no code.
fn stray(source: &str, links: &[Link], code: &[Range<usize>]) -> Option<Range<usize>> {
    // By their beginning, each with how far those up to it reach: a text may have thousands of both.
    let mut spans: Vec<(usize, usize)> = links.iter().map(|l| &l.span).chain(code).map(|s| (s.start, s.end)).collect();
    spans.sort_unstable();
    let mut reach = 0;
    for (_, end) in &mut spans {
        reach = reach.max(*end);
        *end = reach;
    }
    let known = |at: usize| {
        let before = spans.partition_point(|(start, _)| *start <= at);
        before.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|(_, reach)| *reach > at)
    };
    let mut marks = STRAY.into_iter().flat_map(|mark| source.match_indices(mark));
    let (at, _) =
        marks.find(|(at, mark)| !known(*at) && source.get(at + mark.len()..).is_some_and(|rest| !rest.is_empty()))?;
    let line = source.get(at..)?.lines().next()?;
    Some(at..at + line.len().min(line.find("]]").map_or(line.len(), |end| end + 2)))
}

/// The table that is being read.
#[derive(Default)]
struct OpenTable {
    alignments: Vec<Alignment>,
    in_head: bool,
    column: usize,
    /// First event of the cell.
    start: usize,
    /// Where the last cell ends in the source.
    end: usize,
}

impl OpenTable {
    /// The tags of a cell whose text is not on the left, in the head and below it.
    fn class(&self) -> Option<[&'static str; 2]> {
        match self.alignments.get(self.column)? {
            Alignment::Right => Some(["<th class=\"derecha\">", "<td class=\"derecha\">"]),
            Alignment::Center => Some(["<th class=\"centro\">", "<td class=\"centro\">"]),
            Alignment::Left | Alignment::None => None,
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS | Options::ENABLE_TASKLISTS
}

fn too_deep(source: &str) -> Option<Range<usize>> {
    // A line can open a level with two characters: this bounds the work before the parser meets it.
    let mut start = 0;
    for end in memchr_iter(b'\n', source.as_bytes()).chain([source.len()]) {
        let line = source.get(start..end).unwrap_or("");
        // A mark of a list has a blank after it: a row of hyphens opens nothing.
        let begins = line.bytes().take_while(|b| matches!(b, b'-' | b'*' | b'+' | b'>' | b' '));
        let next = line.bytes().skip(1).chain([b' ']);
        let marks = begins.zip(next).filter(|(b, next)| *b == b'>' || (*b != b' ' && *next == b' ')).count();
        let indent = line.bytes().take_while(|b| *b == b' ').count();
        let is_rule = || line.trim().bytes().all(|b| matches!(b, b'-' | b'*' | b' '));
        if (marks > MAX_DEPTH && !is_rule()) || indent > MAX_DEPTH * 8 {
            return Some(start..start + line.trim_end().len().min(80));
        }
        start = end + 1;
    }
    None
}

fn alt_text<'a>(parser: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) -> String {
    let mut alt = String::new();
    let mut depth = 1;
    for (event, _) in parser.by_ref() {
        match event {
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    alt
}

fn close_heading(events: &mut [Event<'_>], at: usize, text: &str, anchors: &mut Anchors) {
    if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(at) {
        let base = slug(text);
        let base = if base.is_empty() { "seccion".to_owned() } else { base };
        *id = Some(free(base, anchors).into());
    }
}

/// The anchor, or the first of `anchor-2`, `anchor-3`… that is free.
fn free(base: String, anchors: &mut Anchors) -> String {
    let mut anchor = base.clone();
    let mut n = anchors.get(&base).copied().unwrap_or_default();
    while anchors.contains_key(&anchor) {
        n += 1;
        anchor = format!("{base}-{n}");
    }
    anchors.insert(base, n.max(1));
    anchors.insert(anchor.clone(), 1);
    anchor
}

fn close_link(events: &mut [Event<'_>], at: usize, link: &mut Link, resolve: &dyn Fn(&Link) -> Option<Target>) {
    let Some(target) = resolve(link) else { return };
    let bare = link.is_wiki && link.text == link.dest;
    if let Some(Event::Start(Tag::Link { dest_url, .. })) = events.get_mut(at) {
        *dest_url = target.url.into();
    }
    if bare {
        if let Some(Event::Text(text)) = events.get_mut(at + 1) {
            *text = target.text.clone().into();
        }
        link.text = target.text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(source: &str) -> String {
        render(source, [].into_iter(), &|link| {
            (link.dest == "DEP").then(|| Target { url: "/procesos/dep.html".into(), text: "Direccionamiento".into() })
        })
        .html
    }

    #[test]
    fn records_are_linked_by_code() {
        assert_eq!(html_of("[[DEP]]"), "<p><a href=\"/procesos/dep.html\">Direccionamiento</a></p>\n");
        let heading =
            "<h2 id=\"de-direccionamiento-y-mas\">De <a href=\"/procesos/dep.html\">Direccionamiento</a> y más</h2>\n";
        assert_eq!(html_of("## De [[DEP]] y más"), heading);
        assert_eq!(html_of("[[DEP|el proceso]]"), "<p><a href=\"/procesos/dep.html\">el proceso</a></p>\n");
    }

    #[test]
    fn html_is_left_out_and_told() {
        let rendered = render("<script>x</script>\n\nhola <b>x</b>\n", [].into_iter(), &|_| None);
        assert!(!rendered.html.contains("script") && !rendered.html.contains("<b>"), "{}", rendered.html);
        assert_eq!(rendered.raw_html.len(), 3);
        let told = |source: &str| {
            let html = render(source, [].into_iter(), &|_| None).raw_html;
            html.first().map(|range| source[range.clone()].to_owned())
        };
        assert_eq!(told("<!-- nota -->\n\nUno <!-- dos --> tres\n\n<!--\nuno\n\ndos\n-->\n"), None);
        assert_eq!(told("<!-- nota --> Atendemos.\n").as_deref(), Some("<!-- nota --> Atendemos."));
        assert_eq!(told("<!-- Atendemos.\n\nDos\n").as_deref(), Some("<!-- Atendemos."));
    }

    #[test]
    fn links_in_tables_and_of_mail() {
        let table = "| a |\n|---|\n| [[DEP\\|x]] |\n";
        assert!(html_of(table).contains("<a href=\"/procesos/dep.html\">x</a>"), "{}", html_of(table));
        assert_eq!(html_of("<a@b.co>"), "<p><a href=\"mailto:a@b.co\">a@b.co</a></p>\n");
        let stray =
            |source: &str| render(source, [].into_iter(), &|_| None).stray.map(|range| source[range].to_owned());
        assert_eq!(stray("| a |\n|---|\n| [[DEP|x]] |\n").as_deref(), Some("[[DEP|x]]"));
        assert_eq!(stray("un [texto](con espacios.md) más").as_deref(), Some("](con espacios.md) más"));
        assert_eq!(stray("[[DEP]] y `[[codigo]]` y [a](b)"), None);
    }

    #[test]
    fn a_link_says_all_that_stands_in_it_and_holds_no_other() {
        let html = html_of("[[DEP|escriba a <a@b.co> ya]] y [texto](DEP)");
        let link = "<a href=\"/procesos/dep.html\">";
        assert_eq!(html, format!("<p>{link}escriba a a@b.co ya</a> y {link}texto</a></p>\n"));
        let rendered =
            render("[![Ciclo](a.svg)](b) y [![Ciclo](a.svg) el\nciclo](c)\n\nUno\ndos\n---\n", [].into_iter(), &|_| {
                None
            });
        let said: Vec<_> = rendered.links.iter().map(|l| (&*l.dest, &*l.text)).collect();
        assert_eq!(said, [("b", "Ciclo"), ("a.svg", "Ciclo"), ("c", "Ciclo el ciclo"), ("a.svg", "Ciclo")]);
        assert!(rendered.html.contains("<h2 id=\"uno-dos\">"), "{}", rendered.html);
    }

    #[test]
    fn what_is_withheld_is_gone() {
        let html = html_of("## A [[reservado: Ley 1581|Juana *de*]]\n\n[[reservado: x|oculto]] z\n");
        assert!(html.contains("<mark class=\"reservado\">Reservado: Ley 1581</mark>"), "{html}");
        assert!(!html.contains("Juana") && !html.contains("oculto"), "{html}");
        for bad in ["[[reservado|secreto]]", "[[reservado: x|secreto", "[[reservado: x|a\n\nsecreto]]"] {
            let rendered = render(bad, [].into_iter(), &|_| None);
            assert!(rendered.bad_reservado.is_some() && rendered.html.is_empty(), "{bad}: {}", rendered.html);
        }
    }

    #[test]
    fn tables_have_classes_and_no_style() {
        let html = html_of("| a | b |\n|---|--:|\n| 1 | 2 |\n");
        assert!(html.starts_with("<div class=\"tabla\""), "{html}");
        assert!(html.contains("<tr><th>a</th><th class=\"derecha\">b</th></tr>"), "{html}");
        assert!(html.contains("<tr><td>1</td><td class=\"derecha\">2</td></tr>"), "{html}");
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn numbers_are_those_that_were_written() {
        let numbers = |source: &str| {
            let html = html_of(source);
            html.split("<li")
                .skip(1)
                .map(|item| item.split('>').next().unwrap_or("").trim().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers("1. a\n2. b\n4. c\n5. d\n"), ["", "", "value=\"4\"", ""]);
        assert_eq!(numbers("10. a\n9. b\n8. c\n"), ["", "value=\"9\"", "value=\"8\""]);
        assert_eq!(numbers("1. a\n1. b\n\n   3. x\n   4. y\n1. c\n"), ["", "", "", "", ""]);
        assert_eq!(numbers("- a\n- b\n"), ["", ""]);
    }

    #[test]
    fn signs_that_are_printed_are_told() {
        let told = |source: &str| {
            let rendered = render(source, [].into_iter(), &|_| None);
            rendered
                .literal
                .or(rendered.glued)
                .or(rendered.stray)
                .or(rendered.run_on)
                .or(rendered.inside_word)
                .map(|range| source[range].to_owned())
        };
        for (source, signs) in [
            ("Uno\n\n##Título pegado\n", "##Título pegado"),
            ("**Objetivo: **texto\n", "*"),
            ("Uno:\n• dos\n• tres\n", "• dos"),
            ("Uno:\n\u{f0b7}\tdos\n", "\u{f0b7}\tdos"),
            ("·  dos\n·  tres\n", "·  dos"),
            ("(1) uno\n(2) dos\n", "(2) dos"),
            ("1° uno\n2° dos\n", "2° dos"),
            ("I. uno\nII. dos\n", "II. dos"),
            ("| a | b |\n|--|--|\n| 1 | 2 |\nTexto pegado\n", "Texto pegado"),
            ("Vea [el enlace] (https://a.co).\n", "] (https://a.co)."),
            ("Se pide:\na) Uno.\nb) Dos.\n", "b) Dos."),
            ("- Uno:\n  2.1 dos\n  2.2. tres\n", "2.2. tres"),
            ("i. uno\nii. dos\n", "ii. dos"),
            ("Son 5*6 y 7*8 metros.\n", "*6 y 7*"),
            ("Uno**dos**tres\n", "**dos**"),
        ] {
            assert_eq!(told(source).as_deref(), Some(signs), "{source}");
        }
        for good in [
            "**Objetivo:** texto\n",
            "`**` y\n\n```\n##a\n• b\n```\n",
            "#Etiqueta\n",
            "| a |\n|--|\n1\n",
            "[a] (b)\n",
            "a) uno\n\nb) dos\n",
            "- a) uno\n- b) dos\n",
            "a) uno  \nb) dos\n",
            "en\n2024. Fue\n2025. Es\n",
            "(*uno*) y *dos*; **tres**s\n",
        ] {
            assert_eq!(told(good), None, "{good}");
        }
    }

    #[test]
    fn what_nobody_would_see_is_told() {
        let lost = |source: &str| {
            let rendered = render(source, [].into_iter(), &|_| None);
            let told = [rendered.no_table, rendered.extra_cells, rendered.unused];
            told.map(|range| range.map_or("", |range| &source[range]).to_owned())
        };
        let table = "| a | b |\n|---|---|\n";
        assert_eq!(lost("- uno\n- | a | b |\n  | 1 | 2 |\n"), ["| a | b |", "", ""]);
        assert_eq!(lost("Mes\tQuejas\nEnero\t3\nMayo\t4\n"), ["Enero\t3", "", ""]);
        assert_eq!(lost(&format!("{table}| 1 | 2 |\n\n| 1 | 2 |\n")), ["| 1 | 2 |", "", ""]);
        assert_eq!(lost(&format!("> {}| 1 | 2 | 3 |\n", table.replace('\n', "\n> "))), ["", "3", ""]);
        assert_eq!(lost("[a]: b\n[c]: d\n\n![x][c]\n"), ["", "", "[a]: b"]);
        assert_eq!(lost("[x][a]\n\n[a]: b\n[Á]: c\n\n[A]: c\n\n[á]\n"), ["", "", "[A]: c"]);
        // A bar that is text, a row without its last bar or with one more, code, and addresses that are used.
        let good = format!(
            "\\| a\n\nx | y\n\n{table}| \\| 1 | 2\n| 1 | 2 | |\n\n```\n| a |\n```\n\n[a] [x][A]\n\n[a]: b\n\n    [a]: c\n\n> x\n[a]: otra\n"
        );
        assert_eq!(lost(&good), ["", "", ""]);
        assert_eq!(lost("[a]\n\n[a]: b\n\n```\nx\n[a]: c\n```\n"), ["", "", ""]);
    }

    #[test]
    fn deep_nesting_is_told() {
        assert!(render(&"- ".repeat(10_000), [].into_iter(), &|_| None).too_deep.is_none());
        assert!(render(&format!("{}a", "- ".repeat(10_000)), [].into_iter(), &|_| None).too_deep.is_some());
        let stairs: String = (0..1000).map(|i| format!("{}- x\n", "  ".repeat(i))).collect();
        assert!(render(&stairs, [].into_iter(), &|_| None).too_deep.is_some());
        assert!(render("---\n\n***\n", [].into_iter(), &|_| None).too_deep.is_none());
        let table = format!("a | b\n{}|---\n1 | 2\n", "-".repeat(40));
        assert!(render(&table, [].into_iter(), &|_| None).too_deep.is_none());
    }

    #[test]
    fn anchors_are_unique() {
        let source = "## Uno\n\n## Uno\n\n## Uno 2\n\n## Uno 4\n\n## Uno\n\n## Uno\n\n# Título\n";
        let html = render(source, ["titulo"].into_iter(), &|_| None).html;
        let anchors: Vec<&str> = html.split("<h2 id=\"").skip(1).filter_map(|h| Some(h.split_once('"')?.0)).collect();
        assert_eq!(anchors, ["uno", "uno-2", "uno-2-2", "uno-4", "uno-3", "uno-5", "titulo-2"]);
    }
}
