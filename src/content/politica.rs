//! `mipg/politicas/*.md`: one of the 19 policies, with what each entity says of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::dimension::Dimension;
use super::entidad::Entidad;
use super::valor::{Cita, Dato, Parte, Ref};

/// Una política de gestión y desempeño.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Politica {
    /// Nombre.
    pub nombre: String,
    /// Dimensión.
    pub dimension: Ref<Dimension>,
    /// Otras dimensiones en las que alguna fuente también la pone.
    #[serde(default)]
    pub tambien_en: Vec<Ref<Dimension>>,
    /// Lugar dentro de la dimensión.
    #[serde(default)]
    pub orden: u32,
    /// Perspectiva (de la ventanilla hacia adentro, relación Estado-ciudadano).
    #[serde(default)]
    pub perspectiva: Dato<Vec<String>>,
    /// Entidades que la lideran en el país.
    #[serde(default)]
    pub lideres_nacionales: Dato<Vec<String>>,
    /// Lo que cada entidad dice de la política.
    pub por_entidad: Vec<PoliticaEntidad>,
}

/// La política en una entidad.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PoliticaEntidad {
    /// Entidad.
    pub entidad: Ref<Entidad>,
    /// Responsables.
    pub responsables: Dato<Vec<Parte>>,
    /// Propósito o alcance.
    pub proposito: Dato<String>,
    /// Declaratoria o acto con que se adoptó.
    pub declaratoria: Dato<String>,
    /// De dónde sale.
    pub fuente: Vec<Cita>,
}
