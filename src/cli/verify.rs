//! `micrositio verify`: whether a copy is as it was made.

use std::path::Path;
use std::process::ExitCode;

use super::archive::size;
use super::{CONTENT, say};
use crate::archive::verify::{self, Finding, What};

pub(super) fn run(dest: &Path) -> Result<ExitCode, String> {
    let report = verify::verify(dest)?;
    report.findings.iter().for_each(|finding| say(&told(finding)));
    report.notices.iter().for_each(|notice| say(&format!("aviso: {notice}")));
    let shown = dest.display();
    let count = match report.findings.len() {
        0 => {
            let sound = if report.notices.is_empty() {
                "Íntegro"
            } else {
                "Completo y sin cambios según sus manifiestos, con avisos"
            };
            say(&format!("{sound}: {shown} ({} archivos, {})", report.files, size(report.bytes)));
            if let Some(hash) = report.hash {
                say(&format!("Huella del contenido: {hash}"));
            }
            return Ok(ExitCode::SUCCESS);
        }
        1 => "1 problema".to_owned(),
        count => format!("{count} problemas"),
    };
    say(&format!("NO está íntegro: {shown} ({count})"));
    Ok(ExitCode::from(CONTENT))
}

fn told(finding: &Finding) -> String {
    let path = shown(&finding.path);
    match &finding.what {
        What::Changed => format!("cambió: {path}"),
        What::Missing => format!("falta: {path}"),
        What::Extra => format!("sobra: {path}"),
        What::Renamed(now) => format!("renombrado: {path} → {}", shown(now)),
        What::Duplicate(of) => format!("sobra: {path}, igual a {}", shown(of)),
        What::Bad(why) => format!("dañado: {path}: {}", shown(why)),
    }
}

/// A name without signs that could change what the terminal shows.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) { '\u{fffd}' } else { c })
        .collect()
}
