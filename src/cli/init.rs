//! `micrositio init`: a new site from the example inside the binary.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::say;
use crate::system::told;

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ejemplo");

/// Writes the files of the example; what begins with a dot was left there by who built it.
fn write(from: &Dir<'_>, folder: &Path) -> std::io::Result<()> {
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    for file in from.files().filter(|file| !hidden(file.path())) {
        fs::write(folder.join(file.path()), file.contents())?;
    }
    for dir in from.dirs().filter(|dir| !hidden(dir.path()) && dir.path() != Path::new("public")) {
        fs::create_dir_all(folder.join(dir.path()))?;
        write(dir, folder)?;
    }
    Ok(())
}

pub(super) fn run(folder: &Path) -> Result<ExitCode, String> {
    let shown = folder.display();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{shown} ya tiene archivos: elija una carpeta nueva o vacía"));
    }
    fs::create_dir_all(folder).map_err(|e| told("crear", folder, &e))?;
    write(&EXAMPLE, folder).map_err(|e| told("escribir el sitio de ejemplo en", folder, &e))?;
    say(&format!(
        "Sitio de ejemplo en {shown}. Siga con:\n  micrositio serve -s \"{shown}\"\ny cambie site.toml y content/ por lo de su entidad."
    ));
    Ok(ExitCode::SUCCESS)
}
