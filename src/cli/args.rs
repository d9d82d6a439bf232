//! What can be typed, with its help.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// Genera el micrositio de transparencia de una entidad pública.
#[derive(Debug, Parser)]
#[command(
    name = "micrositio",
    version,
    about = "Genera el micrositio de transparencia de una entidad pública",
    help_template = TEMPLATE,
    override_usage = "micrositio ORDEN [OPCIONES]",
    subcommand_help_heading = "Órdenes",
    next_help_heading = "Opciones",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Muestra esta ayuda
    #[arg(short, long, visible_alias = "ayuda", global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Muestra la versión
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// clap's own has English headings.
const TEMPLATE: &str = "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}";

/// What was typed wrong, in Spanish; help and version are asked for, not wrong.
pub(super) fn parse() -> Result<Args, ExitCode> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let command = Args::command()
        .mut_subcommands(|order| order.help_template(TEMPLATE).mut_args(|arg| arg.help_heading("Opciones")));
    let matched = command.try_get_matches().and_then(|matches| Args::from_arg_matches(&matches));
    matched.map_err(|error| {
        let said = |kind| match error.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            _ => String::new(),
        };
        let message = match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                super::say(error.to_string().trim_end());
                return ExitCode::SUCCESS;
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
                super::say_err(Args::command().render_help().to_string().trim_end());
                return ExitCode::from(super::SYSTEM);
            }
            ErrorKind::UnknownArgument => match said(ContextKind::InvalidArg) {
                option if option.starts_with('-') => format!("no existe la opción «{option}»"),
                word => format!(
                    "sobra «{word}»: la carpeta del sitio va después de -s, y lo que tiene espacios va entre comillas"
                ),
            },
            ErrorKind::InvalidSubcommand => format!("no existe la orden «{}»", said(ContextKind::InvalidSubcommand)),
            ErrorKind::MissingRequiredArgument => format!("falta {}", said(ContextKind::InvalidArg)),
            ErrorKind::ArgumentConflict => format!("«{}» está de más", said(ContextKind::InvalidArg)),
            ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => {
                format!("falta el valor de {}", said(ContextKind::InvalidArg))
            }
            _ => {
                let (value, option) = (said(ContextKind::InvalidValue), said(ContextKind::InvalidArg));
                let how = if option.contains("date") { ": escriba año-mes-día, como 2025-12-31" } else { "" };
                format!("«{value}» no sirve para {option}{how}")
            }
        };
        super::say_err(&format!("error: {message}\nVea las órdenes y opciones con «micrositio --help»."));
        ExitCode::from(super::SYSTEM)
    })
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Construye el sitio y lo publica en una carpeta
    #[command(
        visible_alias = "construir",
        override_usage = "micrositio build [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio build\n  micrositio build -s mi-sitio -o /srv/micrositio --base-url https://micrositio.example.org/"
    )]
    Build(BuildOptions),
    /// Muestra el sitio en este computador mientras se edita
    #[command(
        visible_alias = "servir",
        override_usage = "micrositio serve [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio serve --open\n  micrositio servir -s mi-sitio --puerto 8080 --abrir"
    )]
    Serve(ServeOptions),
    /// Hace una copia para archivo del sitio construido
    #[command(
        visible_alias = "archivar",
        override_usage = "micrositio archive DESTINO [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio archive copia-2025.zip\n  micrositio archive -s mi-sitio --con-fuentes D:\\archivo\\2025\n  micrositio archive --wacz sitio.wacz"
    )]
    Archive(ArchiveOptions),
    /// Comprueba que una copia, o lo publicado, no ha cambiado
    #[command(
        visible_alias = "verificar",
        override_usage = "micrositio verify DESTINO",
        after_help = "Ejemplos:\n  micrositio verify copia-2025.zip\n  micrositio verify public\nTermina con 0 si está íntegro, con 1 si encontró algo, con 2 si no se pudo leer."
    )]
    Verify {
        /// Copia (carpeta o .zip), o carpeta publicada
        #[arg(value_name = "DESTINO")]
        dest: PathBuf,
    },
    /// Anota que lo construido se publicó, y cuándo
    #[command(
        visible_alias = "sellar",
        override_usage = "micrositio seal [OPCIONES]",
        after_help = "Ejemplo:\n  micrositio build && micrositio seal && micrositio build\nEscribe en content/huellas.toml; la segunda construcción lo muestra en el sitio."
    )]
    Seal(SealOptions),
    /// Muestra qué cambió entre dos publicaciones
    #[command(
        visible_alias = "comparar",
        override_usage = "micrositio diff ANTES DESPUÉS [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio diff copia-2024.zip copia-2025.zip\n  micrositio diff copia-2025.zip public --format json\nTermina con 1 si un documento cambió sin nueva versión o se perdió una dirección."
    )]
    Diff(DiffOptions),
    /// Busca en el sitio construido
    #[command(
        visible_alias = "buscar",
        override_usage = "micrositio search CONSULTA [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio search \"comite de gestion\"\n  micrositio search DEP-OD-001 --json"
    )]
    Search(SearchOptions),
    /// Crea un sitio nuevo, a partir del ejemplo
    #[command(
        visible_alias = "iniciar",
        override_usage = "micrositio init CARPETA",
        after_help = "Ejemplo:\n  micrositio init mi-sitio"
    )]
    Init {
        /// Carpeta nueva o vacía
        #[arg(value_name = "CARPETA")]
        folder: PathBuf,
    },
    /// Revisa el contenido y no escribe nada
    #[command(
        visible_alias = "revisar",
        override_usage = "micrositio check [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio check\n  micrositio check -s ../mi-sitio --format json"
    )]
    Check(CheckOptions),
    /// Escribe el esquema JSON de un tipo de registro
    #[command(
        visible_alias = "esquema",
        override_usage = "micrositio schema TIPO",
        after_help = "Ejemplo:\n  micrositio schema acta"
    )]
    Schema {
        /// Tipo de registro: acta, proceso, documento…
        #[arg(value_name = "TIPO")]
        kind: String,
    },
    /// Crea un registro nuevo, comentado, para llenar
    #[command(
        visible_alias = "nuevo",
        override_usage = "micrositio new TIPO [CÓDIGO] [OPCIONES]",
        after_help = "Ejemplos:\n  micrositio new acta cigd-2024-01   crea content/actas/cigd-2024-01.md\n  micrositio new acta                muestra el registro y no escribe nada"
    )]
    New {
        /// Tipo de registro: acta, proceso, documento…
        #[arg(value_name = "TIPO")]
        kind: String,
        /// Código del registro; sin él, el registro se muestra y no se escribe
        #[arg(value_name = "CÓDIGO")]
        codigo: Option<String>,
        /// Carpeta del sitio
        #[arg(
            short,
            long = "site",
            visible_alias = "sitio",
            value_name = "CARPETA",
            default_value = ".",
            hide_default_value = true
        )]
        site: PathBuf,
    },
}

/// Which site, and at what date.
#[derive(Debug, ClapArgs)]
pub(super) struct SiteOptions {
    /// Carpeta del sitio; si no se dice, esta
    #[arg(
        short,
        long = "site",
        visible_alias = "sitio",
        value_name = "CARPETA",
        default_value = ".",
        hide_default_value = true
    )]
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
    /// Construye un sitio sin buscador
    #[arg(long, visible_alias = "sin-buscador")]
    pub(super) no_search: bool,
    /// Muestra cuánto tardó cada etapa
    #[arg(long, visible_alias = "tiempos")]
    pub(super) timings: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ArchiveOptions {
    /// Carpeta nueva, o archivo que termina en .zip
    #[arg(value_name = "DESTINO", required_unless_present = "wacz")]
    pub(super) dest: Option<PathBuf>,
    /// Carpeta del sitio; si no se dice, esta
    #[arg(
        short,
        long = "site",
        visible_alias = "sitio",
        value_name = "CARPETA",
        default_value = ".",
        hide_default_value = true
    )]
    pub(super) site: PathBuf,
    /// Carpeta donde está publicado; si no se dice, public/ en la carpeta del sitio
    #[arg(short, long, visible_alias = "salida", value_name = "CARPETA")]
    pub(super) output: Option<PathBuf>,
    /// Agrega las fuentes, sin borradores ni textos reservados, para poder reconstruir el sitio
    #[arg(long, visible_alias = "con-fuentes")]
    pub(super) with_sources: bool,
    /// Escribe además, o solo, un archivo .wacz para archivos de la web
    #[arg(long, value_name = "ARCHIVO")]
    pub(super) wacz: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SealOptions {
    /// Carpeta del sitio; si no se dice, esta
    #[arg(
        short,
        long = "site",
        visible_alias = "sitio",
        value_name = "CARPETA",
        default_value = ".",
        hide_default_value = true
    )]
    pub(super) site: PathBuf,
    /// Día en que se publica (año-mes-día); si no se dice, hoy
    #[arg(long, visible_alias = "fecha", value_name = "FECHA")]
    pub(super) date: Option<jiff::civil::Date>,
    /// Carpeta donde está publicado; si no se dice, public/ en la carpeta del sitio
    #[arg(short, long, visible_alias = "salida", value_name = "CARPETA")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DiffOptions {
    /// La publicación anterior: carpeta publicada, o copia (carpeta o .zip)
    #[arg(value_name = "ANTES")]
    pub(super) before: PathBuf,
    /// La que se compara con ella
    #[arg(value_name = "DESPUÉS")]
    pub(super) after: PathBuf,
    /// Cómo se muestra: human (para personas), json (para programas)
    #[arg(
        long,
        visible_alias = "formato",
        value_name = "FORMATO",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: DiffFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// Para personas
    Human,
    /// Para programas
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SearchOptions {
    /// Lo que se busca; entre comillas si son varias palabras
    #[arg(value_name = "CONSULTA")]
    pub(super) query: String,
    /// Carpeta del sitio; si no se dice, esta
    #[arg(
        short,
        long = "site",
        visible_alias = "sitio",
        value_name = "CARPETA",
        default_value = ".",
        hide_default_value = true
    )]
    pub(super) site: PathBuf,
    /// Cuántos resultados se muestran, 10 si no se dice
    #[arg(long, visible_alias = "limite", value_name = "N", default_value_t = 10, hide_default_value = true)]
    pub(super) limit: usize,
    /// Los más recientes primero
    #[arg(long, visible_alias = "por-fecha")]
    pub(super) by_date: bool,
    /// La respuesta, para programas
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    pub(super) site: SiteOptions,
    /// Puerto, 4000 si no se dice; 0 toma uno libre
    #[arg(long, visible_alias = "puerto", value_name = "N", default_value_t = 4000, hide_default_value = true)]
    pub(super) port: u16,
    /// Dirección IP en que se atiende; si no se dice, solo se ve en este computador; 0.0.0.0 lo muestra a toda la red
    #[arg(
        long,
        visible_alias = "direccion",
        value_name = "IP",
        default_value = "127.0.0.1",
        hide_default_value = true
    )]
    pub(super) address: std::net::IpAddr,
    /// Abre el navegador
    #[arg(long, visible_alias = "abrir")]
    pub(super) open: bool,
    /// Muestra un sitio sin buscador
    #[arg(long, visible_alias = "sin-buscador")]
    pub(super) no_search: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) site: SiteOptions,
    /// Cómo se muestran los problemas: human (para personas), json (para programas), html (una página)
    #[arg(
        long,
        visible_alias = "formato",
        value_name = "FORMATO",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Para personas
    Human,
    /// Para programas
    Json,
    /// Una página para abrir en el navegador
    Html,
}
