//! `micrositio new` and `micrositio schema`.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use super::say;
use crate::catalog::address;
use crate::config;
use crate::content::{Home, Kind, skeleton, source};
use crate::system::told;

pub(super) fn schema(kind: &str) -> Result<ExitCode, String> {
    let schema = serde_json::to_string_pretty(&kind_named(kind)?.schema()).map_err(|e| e.to_string())?;
    say(&schema);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn record(kind: &str, codigo: Option<&str>, site: &Path) -> Result<ExitCode, String> {
    let kind = kind_named(kind)?;
    let Some(codigo) = codigo else {
        say(skeleton::skeleton(kind, "CODIGO").trim_end());
        return Ok(ExitCode::SUCCESS);
    };
    let slug = address::slug(codigo);
    if slug.is_empty() || codigo.contains(['"', '\\', '\n']) {
        return Err(format!("«{codigo}» no sirve de código: use letras, números y guiones, como CIGD-2024-01"));
    }
    config::require(site)?;
    let skeleton = skeleton::skeleton(kind, codigo);
    // Written here and not by `>`: PowerShell's redirection gives UTF-16.
    let path = match kind.home() {
        Home::Folder(folder) => site.join("content").join(folder).join(format!("{slug}.md")),
        Home::List(list) => site.join("content").join(list),
    };
    let list = matches!(kind.home(), Home::List(_)) && path.exists();
    let text = if list { format!("\n{skeleton}") } else { skeleton };
    if list {
        // What is added to a file of another encoding makes it one of none.
        let known = source::read(&path).map_err(|e| {
            let (_, message, help) = e.explain();
            format!("{}: {message}; {help}", path.display())
        })?;
        let is_same = |line: &str| {
            line.trim()
                .split_once('=')
                .is_some_and(|(key, value)| key.trim() == "codigo" && address::slug(value) == slug)
        };
        if known.lines().any(is_same) {
            return Err(format!("en {} ya hay un registro con el código {codigo}", path.display()));
        }
    }
    let refused = |e: std::io::Error| match e.kind() {
        ErrorKind::AlreadyExists => format!("{} ya existe: use otro código", path.display()),
        _ => told("escribir", &path, &e),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| told("crear la carpeta", folder, &e))?;
    }
    let mut options = File::options();
    let file = if list { options.append(true) } else { options.write(true).create_new(true) }.open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(refused)?;
    let place = if list { "al final de " } else { "" };
    say(&format!("Está {place}{}. Llénelo y revise con «micrositio check».", path.display()));
    Ok(ExitCode::SUCCESS)
}

fn kind_named(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
        format!("no existe el tipo de registro «{name}»; los que hay son: {}", known.join(", "))
    })
}
