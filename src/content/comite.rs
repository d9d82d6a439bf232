//! `comites/*.md`: a committee or internal group.

use schemars::JsonSchema;
use serde::Deserialize;

use super::norma::Norma;
use super::valor::{Dato, Parte, Ref};

/// Un comité o grupo interno.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Comite {
    /// Nombre.
    pub nombre: Box<str>,
    /// Clase.
    pub tipo: TipoComite,
    /// Lugar en la lista.
    #[serde(default)]
    pub orden: u32,
    /// Participantes.
    pub participantes: Dato<Box<[Participante]>>,
    /// Responsabilidad.
    pub responsabilidad: Dato<Box<str>>,
    /// Actos que lo crean o reglamentan.
    pub actos: Dato<Box<[Ref<Norma>]>>,
    /// Reglas de quórum, de su acto de creación.
    pub quorum: Dato<ReglaQuorum>,
    /// Cada cuánto se reúne.
    #[serde(default)]
    pub periodicidad: Dato<Box<str>>,
}

/// Clase de cuerpo colegiado.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoComite {
    /// Comité.
    Comite,
    /// Grupo interno de trabajo.
    GrupoInterno,
}

/// Un participante y su calidad.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Participante {
    /// Quién.
    pub parte: Parte,
    /// En qué calidad.
    pub calidad: Dato<Calidad>,
}

/// Calidad en que se participa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Calidad {
    /// Preside, con voz y voto.
    Preside,
    /// Miembro con voz y voto.
    ConVoto,
    /// Miembro con voz, sin voto.
    SinVoto,
    /// Secretaría técnica.
    Secretaria,
    /// Secretaría técnica, con voz y voto.
    SecretariaConVoto,
    /// Invitado permanente.
    InvitadoPermanente,
    /// Invitado.
    Invitado,
}

/// Regla de quórum.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ReglaQuorum {
    /// Cuántos miembros con voto tiene.
    pub miembros: u32,
    /// Cuántos deben estar para deliberar.
    pub deliberatorio: u32,
    /// Cuántos votos se necesitan para decidir.
    pub decisorio: Dato<u32>,
}
