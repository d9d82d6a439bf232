//! The words of the people in `site.toml`: the search takes them one by one.

use crate::catalog::Catalog;
use crate::config::FILE;
use crate::diagnostic::{Diagnostic, Span};

/// Each is one word.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for (i, habla) in catalog.config.habla.iter().enumerate() {
        let people = habla.gente.iter().enumerate().map(|(k, word)| (format!("habla.{i}.gente.{k}"), word));
        for (key, word) in std::iter::once((format!("habla.{i}.documentos"), &habla.documentos)).chain(people) {
            if word.is_empty() || !word.chars().all(char::is_alphanumeric) {
                let message = format!("«{word}» no es una sola palabra");
                let help = "escriba una sola palabra en cada lugar, sin espacios ni signos";
                out.push(Diagnostic::error("habla-de-varias-palabras", FILE, Span::Key(key), message, help));
            }
        }
    }
}
