//! `dependencias.toml`: the units of an entity.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Fecha, Ref};

/// Una dependencia de la entidad.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Dependencia {
    /// Nombre canónico.
    pub nombre: String,
    /// Dependencia de la que depende; la que encabeza la entidad no lleva esta clave.
    #[serde(default)]
    pub depende_de: Option<Dato<Ref<Dependencia>>>,
    /// Cargo de quien la dirige. Nunca el nombre de la persona.
    pub cargo: Dato<String>,
    /// Correo institucional.
    #[serde(default)]
    pub correo: Dato<String>,
    /// Teléfono institucional.
    #[serde(default)]
    pub telefono: Dato<String>,
    /// Dónde atiende.
    #[serde(default)]
    pub ubicacion: Dato<String>,
    /// Desde cuándo existe con este nombre.
    #[serde(default)]
    pub vigente_desde: Option<Fecha>,
    /// Hasta cuándo existió.
    #[serde(default)]
    pub vigente_hasta: Option<Fecha>,
    /// Dependencias a las que sucede.
    #[serde(default)]
    pub sucede_a: Vec<Ref<Dependencia>>,
    /// Aclaración, por ejemplo «por confirmar».
    #[serde(default)]
    pub nota: Option<String>,
}
