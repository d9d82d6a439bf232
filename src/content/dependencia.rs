//! `dependencias.toml`: the units of an entity.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Fecha, Ref, Repetido};

/// Una dependencia de la entidad.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Dependencia {
    /// Nombre canónico.
    pub nombre: Box<str>,
    /// Dependencia de la que depende; la que encabeza la entidad no lleva esta clave.
    #[serde(default)]
    pub depende_de: Option<Dato<Ref<Dependencia>>>,
    /// Cargo de quien la dirige. Nunca el nombre de la persona.
    pub cargo: Dato<Repetido>,
    /// Correo institucional.
    #[serde(default)]
    pub correo: Dato<Box<str>>,
    /// Teléfono institucional.
    #[serde(default)]
    pub telefono: Dato<Box<str>>,
    /// Dónde atiende.
    #[serde(default)]
    pub ubicacion: Dato<Box<str>>,
    /// Desde cuándo existe con este nombre.
    #[serde(default)]
    pub vigente_desde: Option<Fecha>,
    /// Hasta cuándo existió.
    #[serde(default)]
    pub vigente_hasta: Option<Fecha>,
    /// Dependencias a las que sucede.
    #[serde(default)]
    pub sucede_a: Box<[Ref<Dependencia>]>,
    /// Aclaración, por ejemplo «por confirmar».
    #[serde(default)]
    pub nota: Option<Box<str>>,
}
