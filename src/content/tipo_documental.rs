//! `tipos-documentales.toml`: the types of controlled documents.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::Dato;

/// Un tipo de documento controlado.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TipoDocumental {
    /// Nombre del tipo.
    pub nombre: Box<str>,
    /// Sigla dentro del código del documento (`OD` en `DEP-OD-001`).
    pub sigla: Dato<Box<str>>,
    /// Expresión regular que cumplen los códigos de sus documentos.
    pub patron: Dato<Box<str>>,
    /// Nivel en la pirámide documental.
    pub nivel: Dato<Box<str>>,
    /// Aclaración.
    #[serde(default)]
    pub nota: Option<Box<str>>,
}
