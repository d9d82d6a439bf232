//! `fuentes/*.md`: a document that the site's facts come from.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Direccion, Fecha};

/// Una fuente.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Fuente {
    /// Título.
    pub titulo: String,
    /// Quién la publicó.
    pub autor: String,
    /// Año.
    pub anio: Dato<u16>,
    /// Fecha.
    #[serde(default)]
    pub fecha: Dato<Fecha>,
    /// Páginas.
    #[serde(default)]
    pub paginas: Dato<u32>,
    /// Condiciones de uso.
    pub condiciones: Dato<String>,
    /// Dirección web.
    #[schemars(with = "Dato<Direccion>")]
    pub enlace: Dato<String>,
}
