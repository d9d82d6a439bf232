//! `site.toml`: what the site is, read with the same walker and diagnostics as the records.

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::DeTable;

use crate::content::entidad::Entidad;
use crate::content::proceso::TipoProceso;
use crate::content::shape::{self, Shape};
use crate::content::valor::{Cita, Direccion, Ref};
use crate::content::walker::Walker;
use crate::content::{RefUse, source, syntax};
use crate::diagnostic::{Diagnostic, Span};

/// Name of the file.
pub const FILE: &str = "site.toml";

/// Configuración del sitio.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Config {
    /// Código de la entidad dueña del sitio.
    pub entidad: Ref<Entidad>,
    /// Nombre del sitio.
    pub titulo: String,
    /// Una frase que dice qué se encuentra aquí.
    pub descripcion: String,
    /// Dirección donde se publica, si se conoce: `https://…/`.
    #[serde(default)]
    #[schemars(with = "Option<Direccion>")]
    pub base_url: Option<String>,
    /// Lo que se agrega para el servidor web.
    #[serde(default)]
    pub publicacion: Publicacion,
    /// Niveles del mapa de procesos, de arriba abajo.
    pub nivel: Vec<Nivel>,
    /// Palabras con las que la gente busca lo que los documentos llaman de otro modo.
    #[serde(default)]
    pub habla: Vec<Habla>,
}

/// Lo que algunos servidores web aprovechan; sin esto, el sitio funciona igual.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Publicacion {
    /// Copias comprimidas (.gz y .br) junto a cada archivo de texto.
    #[serde(default)]
    pub comprimidos: bool,
    /// Cabeceras de seguridad: _headers, .htaccess y servidor/nginx.conf.
    #[serde(default)]
    pub cabeceras: bool,
}

/// Palabras que la gente escribe en el buscador en vez de una de los documentos.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Habla {
    /// La palabra de los documentos.
    pub documentos: String,
    /// Lo que la gente escribe en vez de ella, de a una palabra y en singular.
    pub gente: Vec<String>,
}

/// Un nivel del mapa de procesos.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Nivel {
    /// Tipo de proceso.
    pub tipo: TipoProceso,
    /// Nombre del nivel.
    pub nombre: String,
    /// Cuántos procesos de primer nivel debe tener.
    pub procesos: u32,
    /// Qué hacen los procesos de este nivel.
    pub texto: String,
    /// De dónde sale el texto.
    #[serde(default)]
    pub fuente: Vec<Cita>,
}

/// Refuses a folder that is no site, before anything is written there.
///
/// # Errors
/// What is missing, and how to say where the site is.
pub fn require(root: &Path) -> Result<(), String> {
    if root.join(FILE).is_file() {
        return Ok(());
    }
    let root = root.display();
    Err(format!("en {root} no hay un sitio: falta {FILE}; use -s CARPETA, o cree uno con «micrositio init CARPETA»"))
}

/// The configuration of the site in `root`, and the references it makes.
///
/// # Errors
/// The diagnostics of the file, when it has any.
pub fn load(root: &Path) -> Result<(Config, Vec<RefUse>), Vec<Diagnostic>> {
    let whole = |(code, message, help): (&'static str, String, String)| {
        vec![Diagnostic::error(code, FILE, Span::File, message, help)]
    };
    let path = root.join(FILE);
    if !path.is_file() {
        return Err(whole((
            "falta-site-toml",
            "aquí no hay un sitio: falta site.toml".into(),
            "vaya a la carpeta del sitio, use -s CARPETA, o cree uno con «micrositio init CARPETA»".into(),
        )));
    }
    let text = source::read(&path).map_err(|unreadable| whole(unreadable.explain()))?;
    let (tree, errors) = DeTable::parse_recoverable(&text);
    if !errors.is_empty() {
        let explained = syntax::explain_all(&text, &errors).into_iter();
        let told =
            explained.map(|(span, (code, message, help))| Diagnostic::error(code, FILE, span.into(), message, help));
        return Err(told.collect());
    }
    let schema = schemars::schema_for!(Config).to_value();
    let Shape::Table(shape) = shape::compile(&schema) else {
        return Err(Vec::new());
    };
    let mut walker = Walker {
        file: FILE,
        record: &shape,
        lost: None,
        head: 0..text.find('\n').unwrap_or(text.len()),
        base: 0,
        diagnostics: Vec::new(),
        refs: Vec::new(),
        no_consta: 0,
    };
    let value = walker.table(&shape, tree.get_ref(), 0..text.len());
    if !walker.diagnostics.is_empty() {
        return Err(walker.diagnostics);
    }
    Config::deserialize(&value).map(|config| (config, walker.refs)).map_err(|error| {
        whole(("registro-incomprensible", error.to_string(), "compárelo con el sitio de ejemplo".into()))
    })
}
