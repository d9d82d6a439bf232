//! `mipg/dimensiones/*.md`: a dimension of MIPG.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Textos};

/// Una dimensión del MIPG.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Dimension {
    /// Nombre.
    pub nombre: Box<str>,
    /// Lugar entre las siete.
    pub orden: u32,
    /// Para qué sirve.
    pub proposito: Dato<Box<str>>,
    /// Atributos de calidad.
    #[serde(default)]
    pub atributos: Dato<Textos>,
}
