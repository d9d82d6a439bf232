//! `micrositio init`: a new site from the example inside the binary.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::say;

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ejemplo");

pub(super) fn run(folder: &Path) -> Result<ExitCode, String> {
    let shown = folder.display();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{shown} ya tiene archivos: elija una carpeta nueva o vacía"));
    }
    fs::create_dir_all(folder).map_err(|e| format!("no se pudo crear {shown}: {e}"))?;
    EXAMPLE.extract(folder).map_err(|e| format!("no se pudo escribir el sitio de ejemplo en {shown}: {e}"))?;
    say(&format!(
        "Sitio de ejemplo en {shown}. Siga con:\n  micrositio serve -s {shown}\ny cambie site.toml y content/ por lo de su entidad."
    ));
    Ok(ExitCode::SUCCESS)
}
