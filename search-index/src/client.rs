//! The browser's side, as it is published.

const SOURCE: &str = include_str!("../client/buscar.js");

/// `client/buscar.js` without the lines that only its readers need: comments, and what indents the rest.
pub fn client() -> String {
    let comment = |l: &str| l.starts_with("//") || (l.starts_with("/**") && l.ends_with("*/"));
    // Its parts are shown to tests alone.
    let for_tests = |l: &str| l.starts_with("buscar.partes = ");
    let code = SOURCE.lines().map(str::trim_start).filter(|l| !l.is_empty() && !comment(l) && !for_tests(l));
    code.fold(String::new(), |out, line| out + line + "\n")
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
        assert!(published <= 12 * 1024, "{published} bytes");
    }

    #[test]
    fn no_line_of_the_client_is_inside_a_text_of_several_lines() {
        // Only then may lines be trimmed and dropped.
        assert_eq!(super::SOURCE.lines().filter(|l| l.matches('`').count() % 2 == 1).count(), 0);
        assert!(!super::SOURCE.contains("eval(") && !super::SOURCE.contains("innerHTML"));
    }
}
