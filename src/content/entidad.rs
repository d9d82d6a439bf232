//! `entidades/*.md`: a public entity, the site's own or one it refers to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::valor::{Dato, Direccion};

/// Una entidad pública.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Entidad {
    /// Nombre oficial.
    pub nombre: String,
    /// Nombre corto, para el encabezado.
    #[serde(default)]
    pub nombre_corto: Option<String>,
    /// NIT con dígito de verificación.
    pub nit: Dato<String>,
    /// Municipio o distrito.
    pub municipio: String,
    /// Departamento.
    pub departamento: Dato<String>,
    /// Dirección de la sede electrónica principal.
    #[schemars(with = "Dato<Direccion>")]
    pub sede: Dato<String>,
    /// Datos de contacto del pie de página (Resolución 1519 de 2020, anexo 2).
    #[serde(default)]
    pub contacto: Box<Contacto>,
    /// Quiénes somos.
    pub quienes_somos: Dato<String>,
    /// Misión.
    pub mision: Dato<String>,
    /// Visión.
    pub vision: Dato<String>,
    /// Fines de la entidad, en su orden.
    pub fines: Dato<Vec<String>>,
    /// Principios.
    pub principios: Dato<Vec<Nombrado>>,
    /// Valores del código de integridad.
    pub valores: Dato<Vec<Nombrado>>,
    /// Objetivos institucionales.
    pub objetivos_institucionales: Dato<Vec<String>>,
    /// Política de calidad.
    pub politica_calidad: Dato<String>,
    /// Objetivos de calidad.
    pub objetivos_calidad: Dato<Vec<String>>,
}

/// Datos de contacto institucionales.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Contacto {
    /// Dirección física.
    #[serde(default)]
    pub direccion: Dato<String>,
    /// Código postal.
    #[serde(default)]
    pub codigo_postal: Dato<String>,
    /// Horario de atención.
    #[serde(default)]
    pub horario: Dato<String>,
    /// Conmutador, con +57 e indicativo.
    #[serde(default)]
    pub conmutador: Dato<String>,
    /// Línea gratuita.
    #[serde(default)]
    pub linea_gratuita: Dato<String>,
    /// Línea anticorrupción.
    #[serde(default)]
    pub linea_anticorrupcion: Dato<String>,
    /// Correo institucional.
    #[serde(default)]
    pub correo: Dato<String>,
    /// Correo para notificaciones judiciales.
    #[serde(default)]
    pub correo_notificaciones: Dato<String>,
}

/// Un principio o valor y su explicación.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Nombrado {
    /// Nombre.
    pub nombre: String,
    /// Qué significa para la entidad.
    pub descripcion: Dato<String>,
}
