//! `micrositio new` and `micrositio schema`.

use std::process::ExitCode;

use super::say;
use crate::content::{Home, Kind, skeleton};

pub(super) fn schema(kind: &str) -> Result<ExitCode, String> {
    let schema = serde_json::to_string_pretty(&kind_named(kind)?.schema()).map_err(|e| e.to_string())?;
    say(&schema);
    Ok(ExitCode::SUCCESS)
}

pub(super) fn record(kind: &str, codigo: Option<&str>) -> Result<ExitCode, String> {
    let kind = kind_named(kind)?;
    let home = match kind.home() {
        Home::Folder(folder) => format!("content/{folder}/"),
        Home::List(list) => format!("content/{list}"),
    };
    say(skeleton::skeleton(kind, codigo.unwrap_or("CODIGO")).trim_end());
    super::say_err(&format!("Guárdelo en {home} y revise con «micrositio check»."));
    Ok(ExitCode::SUCCESS)
}

fn kind_named(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
        format!("no existe el tipo de registro «{name}»; los que hay son: {}", known.join(", "))
    })
}
