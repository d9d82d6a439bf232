//! `entidades/*.md`: a public entity, the site's own or one it refers to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Direccion, Textos};

/// Una entidad pública.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Entidad {
    /// Nombre oficial.
    pub nombre: Box<str>,
    /// Nombre corto, para el encabezado.
    #[serde(default)]
    pub nombre_corto: Option<Box<str>>,
    /// NIT con dígito de verificación.
    pub nit: Dato<Box<str>>,
    /// Municipio o distrito.
    pub municipio: Box<str>,
    /// Departamento.
    pub departamento: Dato<Box<str>>,
    /// Dirección de la sede electrónica principal.
    #[schemars(with = "Dato<Direccion>")]
    pub sede: Dato<Box<str>>,
    /// Datos de contacto del pie de página (Resolución 1519 de 2020, anexo 2).
    #[serde(default)]
    pub contacto: Box<Contacto>,
    /// Quiénes somos.
    pub quienes_somos: Dato<Box<str>>,
    /// Misión.
    pub mision: Dato<Box<str>>,
    /// Visión.
    pub vision: Dato<Box<str>>,
    /// Fines de la entidad, en su orden.
    pub fines: Dato<Textos>,
    /// Principios.
    pub principios: Dato<Box<[Nombrado]>>,
    /// Valores del código de integridad.
    pub valores: Dato<Box<[Nombrado]>>,
    /// Objetivos institucionales.
    pub objetivos_institucionales: Dato<Textos>,
    /// Política de calidad.
    pub politica_calidad: Dato<Box<str>>,
    /// Objetivos de calidad.
    pub objetivos_calidad: Dato<Textos>,
}

/// Datos de contacto institucionales.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Contacto {
    /// Dirección física.
    #[serde(default)]
    pub direccion: Dato<Box<str>>,
    /// Código postal.
    #[serde(default)]
    pub codigo_postal: Dato<Box<str>>,
    /// Horario de atención.
    #[serde(default)]
    pub horario: Dato<Box<str>>,
    /// Conmutador, con +57 e indicativo.
    #[serde(default)]
    pub conmutador: Dato<Box<str>>,
    /// Línea gratuita.
    #[serde(default)]
    pub linea_gratuita: Dato<Box<str>>,
    /// Línea anticorrupción.
    #[serde(default)]
    pub linea_anticorrupcion: Dato<Box<str>>,
    /// Correo institucional.
    #[serde(default)]
    pub correo: Dato<Box<str>>,
    /// Correo para notificaciones judiciales.
    #[serde(default)]
    pub correo_notificaciones: Dato<Box<str>>,
}

/// Un principio o valor y su explicación.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Nombrado {
    /// Nombre.
    pub nombre: Box<str>,
    /// Qué significa para la entidad.
    pub descripcion: Dato<Box<str>>,
}
