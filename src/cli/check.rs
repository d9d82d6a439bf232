//! `micrositio check`.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use super::args::{CheckOptions, Format};
use super::{CONTENT, say, say_err};
use crate::catalog::Catalog;
use crate::content::valor::Fecha;
use crate::diagnostic::{self, Diagnostic};
use crate::{check, config, content};

pub(super) fn run(options: &CheckOptions) -> Result<ExitCode, String> {
    let diagnostics = diagnostics(&options.site, options.date.map(Fecha));
    report(&diagnostics, &options.site, options.format)
}

/// Every problem of the site, in order, with its place in bytes.
fn diagnostics(root: &Path, date: Option<Fecha>) -> Vec<Diagnostic> {
    let (config, refs) = match config::load(root) {
        Ok(loaded) => loaded,
        Err(diagnostics) => return diagnostics,
    };
    let (catalog, mut diagnostics) = Catalog::new(config, &refs, content::load(root), date);
    diagnostics.extend(check::catalog(&catalog));
    content::locate(root, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    diagnostics
}

fn report(diagnostics: &[Diagnostic], root: &Path, format: Format) -> Result<ExitCode, String> {
    let errors = diagnostic::errors(diagnostics);
    match format {
        Format::Json => say(&diagnostic::json(diagnostics, root).map_err(|e| e.to_string())?),
        Format::Human => {
            let color = std::io::stderr().is_terminal();
            let shown = diagnostic::human(diagnostics, root, color);
            say_err(shown.trim_end());
            say_err(&summary(errors, diagnostics.len() - errors));
        }
    }
    Ok(if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(CONTENT)
    })
}

/// «2 errores, 1 aviso».
fn summary(errors: usize, avisos: usize) -> String {
    let errors = match errors {
        0 => "ningún error".to_owned(),
        1 => "1 error".to_owned(),
        n => format!("{n} errores"),
    };
    let avisos = match avisos {
        0 => "ningún aviso".to_owned(),
        1 => "1 aviso".to_owned(),
        n => format!("{n} avisos"),
    };
    format!("{errors}, {avisos}")
}
