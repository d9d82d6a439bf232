//! Writes TOML keys. The generated texts hold no quotes and no backslashes, so nothing needs escaping.

use std::fmt::Display;

/// TOML being written.
#[derive(Default)]
pub(crate) struct Toml(String);

impl Toml {
    /// `key = "text"`.
    pub(crate) fn text(&mut self, key: &str, text: impl Display) -> &mut Toml {
        self.raw(key, format_args!("\"{text}\""))
    }

    /// `key = value`, for dates, numbers and inline tables.
    pub(crate) fn raw(&mut self, key: &str, value: impl Display) -> &mut Toml {
        self.0.push_str(&format!("{key} = {value}\n"));
        self
    }

    /// `key = ["…", "…"]`.
    pub(crate) fn texts(&mut self, key: &str, texts: &[String]) -> &mut Toml {
        let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
        self.tables(key, &quoted)
    }

    /// `key = [{ … }, { … }]`, one item a line.
    pub(crate) fn tables(&mut self, key: &str, items: &[String]) -> &mut Toml {
        self.0.push_str(&format!("{key} = [\n"));
        for item in items {
            self.0.push_str(&format!("  {item},\n"));
        }
        self.0.push_str("]\n");
        self
    }

    /// `[name]` or `[[name]]`.
    pub(crate) fn header(&mut self, header: &str) -> &mut Toml {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
        self
    }

    /// `fuente = [{ codigo = …, lugar = … }]`.
    pub(crate) fn fuente(&mut self, codigo: &str, lugar: impl Display) -> &mut Toml {
        self.raw("fuente", format_args!("[{{ codigo = \"{codigo}\", lugar = \"{lugar}\" }}]"))
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// A `.md` file: front matter and Markdown.
pub(crate) fn record(front: Toml, body: &str) -> String {
    let separator = if body.is_empty() { "" } else { "\n" };
    format!("+++\n{}+++\n{separator}{body}", front.finish())
}
