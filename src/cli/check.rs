//! `micrositio check`, and how problems are shown.

use std::path::Path;
use std::process::ExitCode;

use super::args::{CheckOptions, Format};
use super::{CONTENT, build, say, say_err};
use crate::diagnostic::{self, Diagnostic};

pub(super) fn run(options: &CheckOptions) -> Result<ExitCode, String> {
    let root = &options.site.site;
    let diagnostics = build::only_check(&options.site)?;
    match options.format {
        Format::Json => say(&diagnostic::json(&diagnostics, root).map_err(|e| e.to_string())?),
        Format::Html => say(&diagnostic::html(&diagnostics, root)),
        Format::Human => {
            show(&diagnostics, root);
            say_err(&summary(&diagnostics));
        }
    }
    Ok(if diagnostic::errors(&diagnostics) == 0 { ExitCode::SUCCESS } else { ExitCode::from(CONTENT) })
}

/// Every problem with its place and its mend.
pub(super) fn show(diagnostics: &[Diagnostic], root: &Path) {
    let shown = diagnostic::human(diagnostics, root, build::color());
    if !diagnostics.is_empty() {
        say_err(&format!("{}\n", shown.trim_end()));
    }
}

/// «2 errores, 1 aviso».
pub(super) fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = match diagnostic::errors(diagnostics) {
        0 => "ningún error".to_owned(),
        1 => "1 error".to_owned(),
        n => format!("{n} errores"),
    };
    let avisos = match diagnostics.len() - diagnostic::errors(diagnostics) {
        0 => "ningún aviso".to_owned(),
        1 => "1 aviso".to_owned(),
        n => format!("{n} avisos"),
    };
    format!("{errors}, {avisos}")
}
