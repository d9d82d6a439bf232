//! `glosario.toml`: terms with every definition that a source gives.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::Cita;

/// Un término del glosario.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Termino {
    /// Término.
    pub termino: String,
    /// Siglas.
    #[serde(default)]
    pub siglas: Vec<String>,
    /// Definiciones, cada una con su fuente.
    pub definiciones: Vec<Definicion>,
}

/// Una definición.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Definicion {
    /// Texto, en palabras del sitio.
    pub texto: String,
    /// Dónde está.
    pub fuente: Vec<Cita>,
}
