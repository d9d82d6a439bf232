//! `paginas/*.md`: a free page.

use schemars::JsonSchema;
use serde::Deserialize;

/// Una página de texto.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Pagina {
    /// Título.
    pub titulo: Box<str>,
    /// Una frase que la resume.
    #[serde(default)]
    pub resumen: Option<Box<str>>,
    /// Lugar en las listas.
    #[serde(default)]
    pub orden: u32,
}
