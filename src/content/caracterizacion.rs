//! The caracterización inside a process record.

use schemars::JsonSchema;
use serde::Deserialize;

use super::documento::{Control, Documento};
use super::norma::Norma;
use super::valor::{Dato, Fecha, Parte, Ref, Repetido, Textos};

/// Caracterización de un proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Caracterizacion {
    /// Código del documento.
    pub codigo: Dato<Box<str>>,
    /// Versión.
    pub version: Dato<Repetido>,
    /// Fecha de aprobación.
    pub fecha: Dato<Fecha>,
    /// Quién elaboró.
    #[serde(default)]
    pub elaboro: Box<[Control]>,
    /// Quién revisó.
    #[serde(default)]
    pub reviso: Box<[Control]>,
    /// Quién aprobó.
    #[serde(default)]
    pub aprobo: Box<[Control]>,
    /// Objetivo.
    pub objetivo: Dato<Box<str>>,
    /// Alcance.
    pub alcance: Dato<Alcance>,
    /// Líder.
    pub lider: Dato<Parte>,
    /// Integrantes.
    pub integrantes: Dato<Box<[Parte]>>,
    /// Actividades del ciclo PHVA.
    pub actividades: Dato<Box<[Actividad]>>,
    /// Normas que lo rigen.
    pub normatividad: Dato<Box<[Ref<Norma>]>>,
    /// Requisitos del ciudadano, de ley o de norma técnica.
    #[serde(default)]
    pub requisitos: Dato<Textos>,
    /// Riesgos identificados.
    pub riesgos: Dato<Textos>,
    /// Controles existentes.
    pub controles: Dato<Textos>,
    /// Recursos.
    pub recursos: Dato<Recursos>,
    /// Documentos asociados.
    pub documentos: Dato<Box<[Ref<Documento>]>>,
    /// Trámites asociados.
    pub tramites: Dato<Textos>,
    /// Indicadores.
    pub indicadores: Dato<Textos>,
    /// Usuarios del proceso.
    #[serde(default)]
    pub usuarios: Dato<Textos>,
    /// Expectativas de los usuarios.
    #[serde(default)]
    pub expectativas: Dato<Textos>,
    /// Gestión del conocimiento.
    #[serde(default)]
    pub gestion_conocimiento: Dato<Textos>,
}

/// Dónde empieza y dónde termina el proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Alcance {
    /// Con qué inicia.
    pub inicia: Dato<Box<str>>,
    /// Con qué termina.
    pub termina: Dato<Box<str>>,
}

/// Etapa del ciclo: `P` planear, `H` hacer, `V` verificar, `A` actuar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Phva {
    /// Planear.
    P,
    /// Hacer.
    H,
    /// Verificar.
    V,
    /// Actuar.
    A,
}

/// Una fila del ciclo PHVA.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Actividad {
    /// Etapa.
    pub phva: Dato<Phva>,
    /// Quiénes entregan las entradas.
    pub proveedores: Dato<Box<[Parte]>>,
    /// Entradas o insumos.
    pub entradas: Dato<Textos>,
    /// Actividad clave.
    pub actividad: Box<str>,
    /// Cómo se hace.
    #[serde(default)]
    pub descripcion: Option<Box<str>>,
    /// Quién la hace.
    #[serde(default)]
    pub responsable: Option<Parte>,
    /// Salidas.
    pub salidas: Dato<Textos>,
    /// Quiénes reciben las salidas.
    pub clientes: Dato<Box<[Parte]>>,
}

/// Recursos del proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Recursos {
    /// Humanos.
    pub humanos: Dato<Textos>,
    /// Técnicos y tecnológicos.
    pub tecnologicos: Dato<Textos>,
    /// Infraestructura.
    #[serde(default)]
    pub infraestructura: Dato<Textos>,
    /// Financieros.
    #[serde(default)]
    pub financieros: Dato<Textos>,
    /// Otros.
    #[serde(default)]
    pub otros: Dato<Textos>,
}
