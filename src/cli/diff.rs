//! `micrositio diff`: what changed between two editions of the site.

use std::path::Path;
use std::process::ExitCode;

use super::args::{DiffFormat, DiffOptions};
use super::{CONTENT, say};
use crate::archive::diff::{Difference, Side, diff};
use crate::content::Kind;
use crate::content::huellas::cambios::{Cambio, Que};

pub(super) fn run(options: &DiffOptions) -> Result<ExitCode, String> {
    let found = diff(&options.before, &options.after)?;
    match options.format {
        DiffFormat::Human => human(&found, &options.before, &options.after),
        DiffFormat::Json => say(&serde_json::to_string_pretty(&found).map_err(|e| e.to_string())?),
    }
    Ok(if found.errors() > 0 { ExitCode::from(CONTENT) } else { ExitCode::SUCCESS })
}

fn human(found: &Difference, before: &Path, after: &Path) {
    let side = |side: &Side, path: &Path| {
        let corte = side.corte.as_deref().map_or(String::new(), |date| format!(" ({date})"));
        format!("{}{corte}, {} registros", path.display(), side.registros)
    };
    say(&format!("De:  {}\nA:   {}", side(&found.antes, before), side(&found.despues, after)));
    if found.is_none() {
        say("\nNo cambió nada: son la misma edición. Si alguna copia se dañó después, lo dice «micrositio verify».");
        return;
    }
    for que in Que::ALL {
        let of: Vec<&Cambio> = found.registros.iter().filter(|cambio| cambio.que == que).collect();
        if !of.is_empty() {
            let mark = if que.is_error() { "error: " } else { "" };
            say(&format!("\n{mark}{} ({})", que.heading(), of.len()));
        }
        of.into_iter().for_each(|cambio| say(&line(cambio)));
    }
    if !found.imagenes.is_empty() {
        say(&format!("\nImágenes reemplazadas ({})", found.imagenes.len()));
    }
    for imagen in &found.imagenes {
        let mark = if imagen.de_documento { "error: es de un documento: " } else { "" };
        say(&format!("  {mark}{}", imagen.ruta));
    }
    say(&format!(
        "\nArchivos: {} nuevos, {} cambiados, {} retirados",
        found.archivos_nuevos, found.archivos_cambiados, found.archivos_retirados
    ));
    match found.errors() {
        0 => {}
        1 => say("1 error: lo publicado no se respetó"),
        count => say(&format!("{count} errores: lo publicado no se respetó")),
    }
}

fn line(cambio: &Cambio) -> String {
    let kind = Kind::named(&cambio.tipo).map_or("registro", Kind::label);
    let version = cambio.version.as_deref().unwrap_or("no consta");
    let note = match (cambio.que, cambio.antes.as_deref()) {
        (Que::Version, before) => format!(", versión {} → {version}", before.unwrap_or("no consta")),
        (Que::SinVersion, _) => format!(", versión {version}"),
        (_, Some(before)) => format!(", antes {before}"),
        _ => String::new(),
    };
    format!("  {} {} ({kind}{note})", cambio.codigo, cambio.titulo)
}
