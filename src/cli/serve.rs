//! `micrositio serve`: shows the site on this machine while it is edited.

use std::process::ExitCode;

use super::args::ServeOptions;
use super::{build, check, say, say_err};
use crate::config;
use crate::serve::{self, Notice};
use crate::system::told;

pub(super) fn run(options: &ServeOptions) -> Result<ExitCode, String> {
    let site = &options.site.site;
    // Changes are told by whole paths.
    let root = std::fs::canonicalize(site).map_err(|e| told("abrir", site, &e))?;
    config::require(&root)?;
    let date = build::cut_off(options.site.date)?;
    let (search, address, port) = (!options.no_search, options.address, options.port);
    let serving = serve::Options { root: root.clone(), date, search, address, port };
    serve::run(&serving, &|notice| match notice {
        Notice::Ready(address) => {
            say(&format!("El sitio está en {address} — para terminar, Ctrl+C"));
            if options.open {
                open(address);
            }
        }
        Notice::Line(line) => say_err(line),
        Notice::Problems(problems) => {
            check::show(problems, &root);
            say_err(&check::summary(problems));
        }
    })?;
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
