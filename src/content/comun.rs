//! The keys that every kind of record has.

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entidad::Entidad;
use super::valor::{Cita, Fecha, Ref};

/// Claves comunes a todos los registros.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Comun {
    /// Código único y permanente del registro; de él sale su dirección.
    pub codigo: String,
    /// Otros nombres con los que se le conoce.
    #[serde(default)]
    pub alias: Vec<String>,
    /// `borrador` deja el registro fuera de todo lo publicado.
    #[serde(default = "publicado")]
    #[schemars(with = "String", extend("enum" = ["publicado", "borrador"]))]
    pub estado: CompactString,
    /// Entidad a la que pertenece; si falta, la del sitio. Los de otra entidad se publican como referencia.
    #[serde(default)]
    pub entidad: Option<Ref<Entidad>>,
    /// De dónde sale lo que se afirma.
    #[serde(default)]
    pub fuente: Vec<Cita>,
    /// Día en que se publicó por primera vez.
    #[serde(default)]
    pub publicado: Option<Fecha>,
    /// Día de la última actualización.
    #[serde(default)]
    pub actualizado: Option<Fecha>,
    /// Códigos que tuvo antes.
    #[serde(default)]
    pub codigos_anteriores: Vec<String>,
}

fn publicado() -> CompactString {
    CompactString::const_new("publicado")
}
