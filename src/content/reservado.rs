//! `[[reservado: motivo|texto]]`: what an editor withholds (Ley 1712 de 2014, artículo 21) is taken out while reading, so that
//! it reaches no page, index or copy; only the reason is left.

use std::borrow::Cow;

use memchr::memmem;

/// How a mark begins.
pub const MARK: &str = "[[reservado";

/// Where the first mark begins.
pub fn find(text: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), MARK.as_bytes())
}

/// What stands before the first mark, and after its beginning.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = find(text)?;
    Some((text.get(..at)?, text.get(at + MARK.len()..)?))
}

/// What is shown of a mark's inside (`reservado: motivo`), when it is one that gives its reason.
pub fn shown(inside: &str) -> Option<String> {
    let reason = inside.strip_prefix("reservado")?.trim_start().strip_prefix(':')?.trim();
    (!reason.is_empty()).then(|| format!("Reservado: {reason}"))
}

/// The text with its marks replaced by their reasons.
///
/// # Errors
/// The mark that is not closed or gives no reason.
pub fn strip(text: &str) -> Result<Cow<'_, str>, &str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, mark)) = split(rest) {
        let bad = rest.get(before.len()..).unwrap_or(rest);
        let (inside, after) = mark.split_once("]]").ok_or(bad)?;
        let reason = inside.split('|').next().unwrap_or("");
        out.push_str(before);
        out.push('[');
        out.push_str(&shown(&format!("reservado{reason}")).ok_or(bad)?);
        out.push(']');
        rest = after;
    }
    if out.is_empty() && rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The text with its marks and their reasons, but without what they withhold: what it says to a reader, and to a later build, is the same.
///
/// # Errors
/// The mark that is not closed, gives no reason, or holds signs that could hide where it ends.
pub fn withhold(text: &str) -> Result<Cow<'_, str>, &str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, mark)) = split(rest) {
        let bad = rest.get(before.len()..).unwrap_or(rest);
        let (inside, after) = mark.split_once("]]").ok_or(bad)?;
        let (reason, withheld) = inside.split_once('|').unwrap_or((inside, ""));
        let reason = reason.trim_end_matches('\\');
        shown(&format!("reservado{reason}")).ok_or(bad)?;
        if withheld.contains(['[', '`', '<', '\\']) || after.starts_with(']') {
            return Err(bad);
        }
        out.push_str(before);
        out.push_str(MARK);
        out.push_str(reason);
        out.push_str("]]");
        rest = after;
    }
    if out.is_empty() && rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::{strip, withhold};

    #[test]
    fn the_mark_stays_and_its_text_goes() {
        assert_eq!(withhold("a [[reservado: x|Juana]] b").as_deref(), Ok("a [[reservado: x]] b"));
        assert_eq!(withhold("| [[reservado: x\\|Juana]] |").as_deref(), Ok("| [[reservado: x]] |"));
        for bad in [
            "[[reservado: x|`]]` Juana]]",
            "[[reservado: x|[a]] Juana]]",
            "[[reservado|Juana]]",
            "[[reservado: x|Juana",
        ] {
            assert!(withhold(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_withheld_is_gone() {
        assert_eq!(strip("a [[reservado: Ley 1581|Juana, CC 1]] b").as_deref(), Ok("a [Reservado: Ley 1581] b"));
        assert_eq!(strip("a [[reservado: Ley 1581]]").as_deref(), Ok("a [Reservado: Ley 1581]"));
        assert_eq!(strip("[[DEP]] x").as_deref(), Ok("[[DEP]] x"));
        assert!(strip("a [[reservado|secreto]]").is_err() && strip("[[reservado: x|y").is_err());
    }
}
