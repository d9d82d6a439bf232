//! `normas.toml`: the normograma.

use schemars::JsonSchema;
use serde::Deserialize;

use super::politica::Politica;
use super::proceso::Proceso;
use super::valor::{Dato, Direccion, Fecha, Ref, Textos};

/// Una norma. La identifican tipo, número, año y quién la expide.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Norma {
    /// Tipo.
    pub tipo: TipoNorma,
    /// Número, como se cita.
    pub numero: Dato<Box<str>>,
    /// Año.
    #[schemars(range(min = 1810, max = 2100))]
    pub anio: u16,
    /// Quién la expide.
    pub emisor: Box<str>,
    /// Epígrafe: de qué trata.
    pub epigrafe: Dato<Box<str>>,
    /// Fecha de expedición.
    pub fecha: Dato<Fecha>,
    /// Artículos que aplican.
    #[serde(default)]
    pub articulos: Textos,
    /// Ámbito.
    pub ambito: Ambito,
    /// Procesos a los que aplica.
    #[serde(default)]
    pub procesos: Box<[Ref<Proceso>]>,
    /// Políticas a las que aplica.
    #[serde(default)]
    pub politicas: Box<[Ref<Politica>]>,
    /// Vigencia.
    pub estado: EstadoNorma,
    /// Norma que la reemplaza o modifica.
    #[serde(default)]
    pub reemplazada_por: Option<Ref<Norma>>,
    /// Dirección del texto oficial.
    #[schemars(with = "Dato<Direccion>")]
    pub enlace: Dato<Box<str>>,
    /// Día en que alguien verificó su vigencia.
    #[serde(default)]
    pub verificada: Option<Fecha>,
    /// Aclaración.
    #[serde(default)]
    pub nota: Option<Box<str>>,
}

/// Tipo de norma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoNorma {
    /// Constitución.
    Constitucion,
    /// Ley.
    Ley,
    /// Decreto ley.
    DecretoLey,
    /// Decreto.
    Decreto,
    /// Resolución.
    Resolucion,
    /// Acuerdo.
    Acuerdo,
    /// Circular.
    Circular,
    /// Documento CONPES.
    Conpes,
    /// Norma técnica.
    NormaTecnica,
}

/// Ámbito de una norma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ambito {
    /// Nacional.
    Nacional,
    /// Departamental.
    Departamental,
    /// Distrital o municipal.
    Distrital,
    /// Interno de la entidad.
    Interno,
}

/// Vigencia de una norma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EstadoNorma {
    /// Fuera de lo publicado.
    Borrador,
    /// Nadie ha verificado si rige.
    SinVerificar,
    /// Vigente.
    Vigente,
    /// Modificada.
    Modificada,
    /// Derogada en parte.
    DerogadaParcialmente,
    /// Derogada.
    Derogada,
}
