//! `micrositio serve`: builds, and shows the site on this machine.

use std::process::ExitCode;

use super::args::ServeOptions;
use super::{CONTENT, build, check, say, say_err};
use crate::serve;

pub(super) fn run(options: &ServeOptions) -> Result<ExitCode, String> {
    let output = build::output(&options.build);
    let (done, published) = build::build(&options.build, &output)?;
    check::show(&done.diagnostics, &options.build.site.site);
    say_err(&check::summary(&done.diagnostics));
    let Some(folder) = published else { return Ok(ExitCode::from(CONTENT)) };
    let (server, address) = serve::listen(options.port)?;
    say(&format!("El sitio está en {address} — para terminar, Ctrl+C"));
    if options.open {
        open(&address);
    }
    serve::run(&server, &folder);
    Ok(ExitCode::SUCCESS)
}

/// Asks the system's browser; where there is none, the address is on the screen.
fn open(address: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    if std::process::Command::new(program).args(args).arg(address).spawn().is_err() {
        say_err("No se pudo abrir el navegador: abra usted esa dirección.");
    }
}
