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
    /// Construye el sitio y lo publica en una carpeta
    #[command(
        visible_alias = "construir",
        after_help = "Ejemplos:\n  micrositio build\n  micrositio build -s mi-sitio -o /srv/micrositio --base-url https://micrositio.example.org/"
    )]
    Build(BuildOptions),
    /// Construye el sitio y lo muestra en este computador
    #[command(visible_alias = "servir", after_help = "Ejemplo:\n  micrositio serve --open")]
    Serve(ServeOptions),
    /// Crea un sitio nuevo, a partir del ejemplo
    #[command(visible_alias = "iniciar", after_help = "Ejemplo:\n  micrositio init mi-sitio")]
    Init {
        /// Carpeta nueva o vacía
        folder: PathBuf,
    },
    /// Revisa el contenido y no escribe nada
    #[command(
        visible_alias = "revisar",
        after_help = "Ejemplos:\n  micrositio check\n  micrositio check -s ../mi-sitio --format json"
    )]
    Check(CheckOptions),
    /// Escribe el esquema JSON de un tipo de registro
    #[command(visible_alias = "esquema", after_help = "Ejemplo:\n  micrositio schema acta")]
    Schema {
        /// Tipo de registro: acta, proceso, documento…
        kind: String,
    },
    /// Escribe un registro nuevo, comentado, para llenar
    #[command(visible_alias = "nuevo", after_help = "Ejemplo:\n  micrositio new acta > content/actas/cigd-2024-01.md")]
    New {
        /// Tipo de registro: acta, proceso, documento…
        kind: String,
        /// Código del registro
        codigo: Option<String>,
    },
}

/// Which site, and at what date.
#[derive(Debug, ClapArgs)]
pub(super) struct SiteOptions {
    /// Carpeta del sitio
    #[arg(short, long = "site", visible_alias = "sitio", value_name = "CARPETA", default_value = ".")]
    pub(super) site: PathBuf,
    /// Fecha de corte que decide qué está vencido (año-mes-día)
    #[arg(long, visible_alias = "fecha", value_name = "FECHA")]
    pub(super) date: Option<jiff::civil::Date>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub(super) site: SiteOptions,
    /// Carpeta de salida; si no se dice, public/ en la carpeta del sitio
    #[arg(short, long, visible_alias = "salida", value_name = "CARPETA")]
    pub(super) output: Option<PathBuf>,
    /// Dirección donde se publicará, para el mapa del sitio y la página de error
    #[arg(long, visible_alias = "url-base", value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Cuántos hilos se usan
    #[arg(long, visible_alias = "hilos", value_name = "N")]
    pub(super) jobs: Option<usize>,
    /// Muestra cuánto tardó cada etapa
    #[arg(long, visible_alias = "tiempos")]
    pub(super) timings: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    pub(super) build: BuildOptions,
    /// Puerto; 0 toma uno libre
    #[arg(long, visible_alias = "puerto", default_value_t = 4000)]
    pub(super) port: u16,
    /// Abre el navegador
    #[arg(long, visible_alias = "abrir")]
    pub(super) open: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) site: SiteOptions,
    /// Cómo se muestran los problemas
    #[arg(long, visible_alias = "formato", value_name = "FORMATO", default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Para personas
    Human,
    /// Para programas
    Json,
}
