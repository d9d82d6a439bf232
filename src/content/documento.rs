//! `documentos/*.md`: a controlled document (its metadata and its control de cambios).

use schemars::JsonSchema;
use serde::Deserialize;

use super::dependencia::Dependencia;
use super::proceso::Proceso;
use super::tipo_documental::TipoDocumental;
use super::valor::{Dato, Direccion, Fecha, Ref, Repetido};

/// Un documento controlado.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Documento {
    /// Título.
    pub titulo: Box<str>,
    /// Descripción corta (Resolución 1519 de 2020, anexo 2, literal 2.4.1.g).
    pub epigrafe: Dato<Box<str>>,
    /// Tipo documental.
    pub tipo: Ref<TipoDocumental>,
    /// Proceso al que pertenece.
    pub proceso: Dato<Ref<Proceso>>,
    /// Dependencia que lo escribió.
    #[serde(default)]
    pub dependencia: Option<Ref<Dependencia>>,
    /// Versión vigente.
    pub version: Dato<Repetido>,
    /// Estado.
    pub estado: EstadoDocumento,
    /// Fecha de elaboración.
    pub fecha_elaboracion: Dato<Fecha>,
    /// Fecha de aprobación.
    pub fecha_aprobacion: Dato<Fecha>,
    /// Próxima revisión.
    #[serde(default)]
    pub proxima_revision: Dato<Fecha>,
    /// Origen.
    #[serde(default)]
    pub origen: Option<Procedencia>,
    /// Control de elaboración: quién elaboró.
    pub elaboro: Dato<Box<[Control]>>,
    /// Quién revisó.
    pub reviso: Dato<Box<[Control]>>,
    /// Quién aprobó.
    pub aprobo: Dato<Box<[Control]>>,
    /// Dirección web del archivo del documento.
    #[schemars(with = "Dato<Direccion>")]
    pub archivo: Dato<Box<str>>,
    /// Número de páginas.
    #[serde(default)]
    pub paginas: Option<u32>,
    /// Idioma (`es`).
    pub idioma: Dato<Repetido>,
    /// Medio de conservación.
    pub medio: Dato<Repetido>,
    /// Formato del archivo.
    #[serde(default)]
    pub formato: Dato<Repetido>,
    /// Serie de la tabla de retención.
    pub serie: Dato<Repetido>,
    /// Subserie.
    #[serde(default)]
    pub subserie: Dato<Repetido>,
    /// Clasificación según la Ley 1712 de 2014.
    pub clasificacion: Dato<Clasificacion>,
    /// Clase de datos personales según la Ley 1581 de 2012.
    pub datos_personales: Dato<DatosPersonales>,
    /// Control de cambios, de la versión más vieja a la más nueva.
    pub cambio: Dato<Box<[Cambio]>>,
}

pub use super::valor::Procedencia;

/// Estado de un documento.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EstadoDocumento {
    /// Fuera de lo publicado.
    Borrador,
    /// Vigente.
    Vigente,
    /// En revisión.
    EnRevision,
    /// Obsoleto.
    Obsoleto,
    /// Anulado.
    Anulado,
}

/// Clasificación de la información.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clasificacion {
    /// Pública.
    Publica,
    /// Pública clasificada.
    Clasificada,
    /// Pública reservada.
    Reservada,
}

/// Clase de datos personales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatosPersonales {
    /// No contiene.
    NoContiene,
    /// Personales.
    Personales,
    /// Sensibles.
    Sensibles,
    /// De menores de edad.
    DeMenores,
}

/// Una firma del control de elaboración. Cargos, no nombres.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Control {
    /// Cargo.
    pub cargo: Dato<Repetido>,
    /// Dependencia.
    #[serde(default)]
    pub dependencia: Dato<Ref<Dependencia>>,
    /// Fecha.
    pub fecha: Dato<Fecha>,
}

/// Una versión en el control de cambios.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Cambio {
    /// Versión.
    pub version: Repetido,
    /// Fecha de aprobación.
    pub fecha: Dato<Fecha>,
    /// Qué cambió.
    pub descripcion: Box<str>,
}
