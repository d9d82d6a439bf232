//! The keys that every kind of record has.

use schemars::JsonSchema;
use serde::Deserialize;

use super::entidad::Entidad;
use super::valor::{Cita, Fecha, Ref, Repetido, Textos};

/// Claves comunes a todos los registros.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Comun {
    /// Código único y permanente del registro; de él sale su dirección.
    pub codigo: Box<str>,
    /// Otros nombres con los que se le conoce.
    #[serde(default)]
    pub alias: Textos,
    /// `borrador` deja el registro fuera de todo lo publicado.
    #[serde(default = "publicado")]
    #[schemars(with = "String", extend("enum" = ["publicado", "borrador"]))]
    pub estado: Repetido,
    /// Entidad a la que pertenece; si falta, la del sitio. Los de otra entidad se publican como referencia.
    #[serde(default)]
    pub entidad: Option<Ref<Entidad>>,
    /// De dónde sale lo que se afirma.
    #[serde(default)]
    pub fuente: Box<[Cita]>,
    /// Día en que se publicó por primera vez.
    #[serde(default)]
    pub publicado: Option<Fecha>,
    /// Día de la última actualización.
    #[serde(default)]
    pub actualizado: Option<Fecha>,
    /// Códigos que tuvo antes.
    #[serde(default)]
    pub codigos_anteriores: Textos,
}

fn publicado() -> Repetido {
    "publicado".into()
}
