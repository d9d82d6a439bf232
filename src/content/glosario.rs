//! `glosario.toml`: terms with every definition that a source gives.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Cita, Textos};

/// Un término del glosario.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Termino {
    /// Término.
    pub termino: Box<str>,
    /// Siglas.
    #[serde(default)]
    pub siglas: Textos,
    /// Definiciones, cada una con su fuente.
    pub definiciones: Box<[Definicion]>,
}

/// Una definición.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Definicion {
    /// Texto, en palabras del sitio.
    pub texto: Box<str>,
    /// Dónde está.
    pub fuente: Box<[Cita]>,
}
