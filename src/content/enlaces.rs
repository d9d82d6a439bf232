//! `enlaces.toml`: where the sede has what the micrositio does not repeat (PQRSD, trámites, contact).

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::DireccionPendiente;

/// Code of the link to the sede's form for petitions, complaints, claims, suggestions and reports.
pub const PQRSD: &str = "pqrsd";

/// What stands in a slot whose address nobody knows yet.
pub const PENDING: &str = "pendiente";

/// Un enlace a la sede electrónica. Su código dice qué es: `pqrsd`, `tramites`, `contacto`, `transparencia`…
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Enlace {
    /// Texto del enlace.
    pub nombre: Box<str>,
    /// Dirección, o `pendiente` mientras no se conozca.
    #[schemars(with = "DireccionPendiente")]
    pub url: Box<str>,
}
