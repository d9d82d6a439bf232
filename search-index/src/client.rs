//! The browser's side, as it is published.

use std::iter::Peekable;
use std::str::Chars;

const SOURCE: &str = include_str!("../client/buscar.js");

/// `client/buscar.js` without what only its readers need: comments, indents, and blanks that part nothing.
pub fn client() -> String {
    let comment = |l: &str| l.starts_with("//") || (l.starts_with("/**") && l.ends_with("*/"));
    // Its parts are shown to tests alone.
    let for_tests = |l: &str| l.starts_with("buscar.partes = ");
    let code = SOURCE.lines().map(str::trim).filter(|l| !l.is_empty() && !comment(l) && !for_tests(l));
    without_blanks(&code.fold(String::new(), |out, line| out + line + "\n"))
}

/// Without the blanks that stand beside a sign; texts and patterns stay as they are.
fn without_blanks(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        let before = out.chars().next_back().unwrap_or(';');
        match c {
            '\'' | '"' | '`' => verbatim(c, &mut rest, &mut out),
            '/' if "(,=:[!&|?{};>".contains(before) || out.ends_with("return") => verbatim(c, &mut rest, &mut out),
            '\n' if "{;,([}".contains(before) => {}
            ' ' if parts_nothing(before, rest.peek().copied().unwrap_or(';')) => {}
            _ => out.push(c),
        }
    }
    out
}

/// `a + +b` is not `a ++b`, and two words are not one.
fn parts_nothing(before: char, after: char) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    !(word(before) && word(after) || before == after && "+-".contains(before))
}

/// Copies a text or a pattern up to its end; within `[…]` of a pattern a slash does not end it.
fn verbatim(quote: char, rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut class = false;
    out.push(quote);
    while let Some(c) = rest.next() {
        out.push(c);
        match c {
            '\\' => out.extend(rest.next()),
            '[' | ']' if quote == '/' => class = c == '[',
            _ if c == quote && !class => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    fn gzipped(text: &str) -> usize {
        let mut e = GzEncoder::new(Vec::new(), Compression::new(6));
        e.write_all(text.as_bytes()).unwrap();
        e.finish().unwrap().len()
    }

    #[test]
    fn the_client_is_small() {
        let published = gzipped(&super::client());
        assert!(published <= 12_000, "{published} bytes");
    }

    #[test]
    fn no_line_of_the_client_is_inside_a_text_of_several_lines() {
        // Only then may lines be trimmed and dropped.
        assert_eq!(super::SOURCE.lines().filter(|l| l.matches('`').count() % 2 == 1).count(), 0);
        assert!(!super::SOURCE.contains("eval(") && !super::SOURCE.contains("innerHTML"));
    }

    #[test]
    fn only_blanks_that_part_nothing_go() {
        let is = |code: &str, published: &str| assert_eq!(super::without_blanks(code), published);
        is(
            "const a = b + +c - -d;\nreturn /a [/] b/.test(' x  y ');",
            "const a=b+ +c- -d;return/a [/] b/.test(' x  y ');",
        );
        is("f(`a ${b} c`) / 2 / d\ng()", "f(`a ${b} c`)/2/d\ng()");
        is("x = { a: 1,\n b };\n", "x={a:1,b};");
    }
}
