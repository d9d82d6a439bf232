//! `enlaces.toml`: where the sede has what the micrositio does not repeat (PQRSD, trámites, contact).

use schemars::JsonSchema;
use serde::Deserialize;

/// Un enlace a la sede electrónica. Su código dice qué es: `pqrsd`, `tramites`, `contacto`, `transparencia`…
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Enlace {
    /// Texto del enlace.
    pub nombre: String,
    /// Dirección, o `pendiente` mientras no se conozca.
    pub url: String,
    /// Dónde se muestra: `pie`, `menu`, o solo en el mapa del sitio.
    #[serde(default)]
    pub lugar: Option<LugarEnlace>,
}

/// Dónde se muestra un enlace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LugarEnlace {
    /// En el pie.
    Pie,
    /// En el menú.
    Menu,
}
