//! `fuentes/*.md`: a document that the site's facts come from.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Direccion, Fecha};

/// Una fuente.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Fuente {
    /// Título.
    pub titulo: Box<str>,
    /// Quién la publicó.
    pub autor: Box<str>,
    /// Año.
    pub anio: Dato<u16>,
    /// Fecha.
    #[serde(default)]
    pub fecha: Dato<Fecha>,
    /// Páginas.
    #[serde(default)]
    pub paginas: Dato<u32>,
    /// Condiciones de uso.
    pub condiciones: Dato<Box<str>>,
    /// Dirección web.
    #[schemars(with = "Dato<Direccion>")]
    pub enlace: Dato<Box<str>>,
}
