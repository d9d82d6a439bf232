//! What is wrong with the site that is being edited, by the stage that found it.

use crate::diagnostic::{Diagnostic, Severity, Span};

const THEME: &str = "themes/sede";

/// Problems, but for those of reading the records, which stay with their files.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) config: Vec<Diagnostic>,
    pub(super) catalog: Vec<Diagnostic>,
    pub(super) checks: Vec<Diagnostic>,
    pub(super) theme: Vec<Diagnostic>,
    pub(super) drawn: Vec<Diagnostic>,
}

impl Problems {
    /// Of each stage.
    pub(super) fn all(&self) -> impl Iterator<Item = &Vec<Diagnostic>> {
        [&self.config, &self.catalog, &self.checks, &self.theme, &self.drawn].into_iter()
    }

    /// Whether some of them is an error.
    pub(super) fn has_errors(&self) -> bool {
        self.all().flatten().any(|problem| problem.severity == Severity::Error)
    }
}

/// The problem of a theme that could not be read or drawn with.
pub(super) fn of_theme(message: String) -> Diagnostic {
    Diagnostic {
        code: "tema-con-errores".into(),
        severity: Severity::Error,
        file: THEME.to_owned(),
        span: Span::File,
        message,
        help: "corrija la plantilla que se nombra, o compárela con la del tema original".to_owned(),
    }
}
