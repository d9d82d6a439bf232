//! What can be typed, with its help.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Genera el micrositio de transparencia de una entidad pública.
#[derive(Debug, Parser)]
#[command(name = "micrositio", version, about, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Revisa el contenido y no escribe nada
    #[command(
        alias = "revisar",
        after_help = "Ejemplos:\n  micrositio check\n  micrositio check -s ../mi-sitio --format json"
    )]
    Check(CheckOptions),
    /// Escribe el esquema JSON de un tipo de registro
    #[command(alias = "esquema", after_help = "Ejemplo:\n  micrositio schema acta")]
    Schema {
        /// Tipo de registro: acta, proceso, documento…
        kind: String,
    },
    /// Escribe un registro nuevo, comentado, para llenar
    #[command(
        alias = "nuevo",
        after_help = "Ejemplo:\n  micrositio new acta > content/actas/cigd-2024-01.md"
    )]
    New {
        /// Tipo de registro: acta, proceso, documento…
        kind: String,
        /// Código del registro
        codigo: Option<String>,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckOptions {
    /// Carpeta del sitio
    #[arg(short, long = "site", visible_alias = "sitio", default_value = ".")]
    pub(super) site: PathBuf,
    /// Cómo se muestran los problemas
    #[arg(long, visible_alias = "formato", default_value = "human")]
    pub(super) format: Format,
    /// Fecha de corte que decide qué está vencido (año-mes-día)
    #[arg(long, visible_alias = "fecha")]
    pub(super) date: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Para personas
    Human,
    /// Para programas
    Json,
}
