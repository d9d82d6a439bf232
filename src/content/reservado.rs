//! `[[reservado: motivo|texto]]`: what an editor withholds (Ley 1712 de 2014, artículo 21) is taken out while reading, so that
//! it reaches no page, index or copy; only the reason is left.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

/// How a mark begins.
pub const MARK: &str = "[[reservado";

const WORD: &str = "reservado";

/// What follows the word, where the inside of brackets begins with it. Blanks may stand before it, and capitals are no other word.
fn after_word(inside: &str) -> Option<&str> {
    let (word, rest) = inside.trim_start().split_at_checked(WORD.len())?;
    word.eq_ignore_ascii_case(WORD).then_some(rest)
}

/// Where the first mark begins: from its brackets to the end of its word. Where the second bracket was forgotten it is one if it would
/// withhold a text.
pub fn find(text: &str) -> Option<Range<usize>> {
    memchr_iter(b'[', text.as_bytes()).find_map(|at| {
        let rest = text.get(at + 1..)?;
        let inside = rest.strip_prefix('[');
        let after = after_word(inside.unwrap_or(rest))?;
        let withholds = after.split(['[', ']']).next().is_some_and(|inside| inside.contains('|'));
        (inside.is_some() || withholds).then(|| at..text.len() - after.len())
    })
}

/// Whether the inside of double brackets is that of a mark, good or bad.
pub fn is_one(inside: &str) -> bool {
    after_word(inside).is_some()
}

/// What is shown of a mark's inside (`reservado: motivo`), when it is one that gives its reason.
pub fn shown(inside: &str) -> Option<String> {
    let reason = after_word(inside)?.trim_start().strip_prefix(':')?;
    // In a table the bar after it is written `\|`.
    let reason = reason.trim().trim_end_matches('\\').trim_end();
    (!reason.is_empty()).then(|| format!("Reservado: {reason}"))
}

struct Mark<'t> {
    before: &'t str,
    /// From its `[[` to its bar.
    head: &'t str,
    shown: String,
    /// What follows the bar, where there is one.
    withheld: Option<&'t str>,
    after: &'t str,
}

/// The first mark of a text; nothing where it is not closed, gives no reason, or holds signs that could hide where it ends.
fn read(text: &str, found: Range<usize>) -> Option<Mark<'_>> {
    let (inside, after) = text.get(found.end..)?.split_once("]]")?;
    let (reason, withheld) = inside.split_once('|').map_or((inside, None), |(reason, text)| (reason, Some(text)));
    let hides = withheld.is_some_and(|text| text.contains(['`', '<', '\\']));
    let head = text.get(found.start..found.end + reason.len())?;
    if hides || inside.contains('[') || after.starts_with(']') || !head.starts_with("[[") {
        return None;
    }
    Some(Mark { before: text.get(..found.start)?, head, shown: shown(head.trim_start_matches('['))?, withheld, after })
}

/// The text with each of its marks as `write` writes it; else what stands from the bad mark on.
fn replaced<'t>(text: &'t str, write: &dyn Fn(&mut String, &Mark<'t>)) -> Result<Cow<'t, str>, &'t str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(found) = find(rest) {
        let bad = rest.get(found.start..).unwrap_or(rest);
        let mark = read(rest, found).ok_or(bad)?;
        out.push_str(mark.before);
        write(&mut out, &mark);
        rest = mark.after;
    }
    if rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The text with its marks replaced by their reasons.
///
/// # Errors
/// What stands from the mark on that is not closed, gives no reason, or holds signs that could hide where it ends.
pub fn strip(text: &str) -> Result<Cow<'_, str>, &str> {
    replaced(text, &|out, mark| out.extend(["[", &mark.shown, "]"]))
}

/// The text with its marks and their reasons, but without what they withhold: what it says to a reader, and to a later build, is the same.
///
/// # Errors
/// As of [`strip`].
pub fn withhold(text: &str) -> Result<Cow<'_, str>, &str> {
    replaced(text, &|out, mark| out.extend([mark.head.trim_end_matches('\\'), "]]"]))
}

/// The text with an `x` for each byte that is withheld: whoever reads it as Markdown meets nothing of it, and all else stands where it did.
///
/// # Errors
/// As of [`strip`].
pub fn mask(text: &str) -> Result<Cow<'_, str>, &str> {
    replaced(text, &|out, mark| {
        out.push_str(mark.head);
        if let Some(withheld) = mark.withheld {
            out.push('|');
            out.extend(withheld.bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
        }
        out.push_str("]]");
    })
}

#[cfg(test)]
mod tests {
    use super::{mask, strip, withhold};

    #[test]
    fn the_mark_stays_and_its_text_goes() {
        assert_eq!(withhold("a [[reservado: x|Juana]] b").as_deref(), Ok("a [[reservado: x]] b"));
        assert_eq!(withhold("| [[reservado: x\\|Juana]] |").as_deref(), Ok("| [[reservado: x]] |"));
        for bad in [
            "[[reservado: x|`]]` Juana]]",
            "[[reservado: x|[a]] Juana]]",
            "[[reservado|Juana]]",
            "[[reservado: x|Juana",
            "[[reservado: x|uno [[DIR]] Juana]]",
            "[[reservado: x|una [nota]] y Juana]]",
            "[[reservado: ver [[DIR]] Juana]]",
            "[[ reservado | Juana ]]",
            "[reservado: x|Juana] y [[DIR]]",
            "[Reservado: x|Juana]",
        ] {
            assert!(withhold(bad).is_err() && strip(bad).is_err() && mask(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn blanks_before_the_word_make_it_no_link() {
        for mark in [
            "[[ reservado: x|Juana]]",
            "[[\nreservado: x|Juana]]",
            "[[\u{a0}reservado : x |Juana]]",
            "[[RESERVADO: x|Juana]]",
        ] {
            assert_eq!(strip(mark).as_deref(), Ok("[Reservado: x]"), "{mark}");
            assert!(withhold(mark).is_ok_and(|text| !text.contains("Juana")), "{mark}");
        }
    }

    #[test]
    fn a_mask_moves_nothing() {
        let text = "a [[ reservado: x|Juana, ñ\n y]] b [[reservado: z]] [[reservado: z|]]";
        assert_eq!(mask(text).as_deref(), Ok("a [[ reservado: x|xxxxxxxxx\nxx]] b [[reservado: z]] [[reservado: z|]]"));
        assert_eq!(mask(text).map(|masked| masked.len()), Ok(text.len()));
    }

    #[test]
    fn what_is_withheld_is_gone() {
        assert_eq!(strip("a [[reservado: Ley 1581|Juana, CC 1]] b").as_deref(), Ok("a [Reservado: Ley 1581] b"));
        assert_eq!(strip("a [[reservado: Ley 1581]]").as_deref(), Ok("a [Reservado: Ley 1581]"));
        assert_eq!(strip("[[DEP]] x").as_deref(), Ok("[[DEP]] x"));
        assert_eq!(strip("[Reservado: x]").as_deref(), Ok("[Reservado: x]"));
        assert!(strip("a [[reservado|secreto]]").is_err() && strip("[[reservado: x|y").is_err());
    }
}
