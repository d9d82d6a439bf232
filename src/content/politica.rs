//! `mipg/politicas/*.md`: one of the 19 policies, with what each entity says of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::dimension::Dimension;
use super::entidad::Entidad;
use super::valor::{Cita, Dato, Parte, Ref, Textos};

/// Una política de gestión y desempeño.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Politica {
    /// Nombre.
    pub nombre: Box<str>,
    /// Dimensión.
    pub dimension: Ref<Dimension>,
    /// Otras dimensiones en las que alguna fuente también la pone.
    #[serde(default)]
    pub tambien_en: Box<[Ref<Dimension>]>,
    /// Lugar dentro de la dimensión.
    #[serde(default)]
    pub orden: u32,
    /// Perspectiva (de la ventanilla hacia adentro, relación Estado-ciudadano).
    #[serde(default)]
    pub perspectiva: Dato<Textos>,
    /// Entidades que la lideran en el país.
    #[serde(default)]
    pub lideres_nacionales: Dato<Textos>,
    /// Lo que cada entidad dice de la política.
    pub por_entidad: Box<[PoliticaEntidad]>,
}

/// La política en una entidad.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PoliticaEntidad {
    /// Entidad.
    pub entidad: Ref<Entidad>,
    /// Responsables.
    pub responsables: Dato<Box<[Parte]>>,
    /// Propósito o alcance.
    pub proposito: Dato<Box<str>>,
    /// Declaratoria o acto con que se adoptó.
    pub declaratoria: Dato<Box<str>>,
    /// De dónde sale.
    pub fuente: Box<[Cita]>,
}
