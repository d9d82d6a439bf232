//! The caracterización inside a process record.

use schemars::JsonSchema;
use serde::Deserialize;

use super::documento::{Control, Documento};
use super::norma::Norma;
use super::valor::{Dato, Fecha, Parte, Ref};

/// Caracterización de un proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Caracterizacion {
    /// Código del documento.
    pub codigo: Dato<String>,
    /// Versión.
    pub version: Dato<String>,
    /// Fecha de aprobación.
    pub fecha: Dato<Fecha>,
    /// Quién elaboró.
    #[serde(default)]
    pub elaboro: Vec<Control>,
    /// Quién revisó.
    #[serde(default)]
    pub reviso: Vec<Control>,
    /// Quién aprobó.
    #[serde(default)]
    pub aprobo: Vec<Control>,
    /// Objetivo.
    pub objetivo: Dato<String>,
    /// Alcance.
    pub alcance: Dato<Alcance>,
    /// Líder.
    pub lider: Dato<Parte>,
    /// Integrantes.
    pub integrantes: Dato<Vec<Parte>>,
    /// Actividades del ciclo PHVA.
    pub actividades: Dato<Vec<Actividad>>,
    /// Normas que lo rigen.
    pub normatividad: Dato<Vec<Ref<Norma>>>,
    /// Requisitos del ciudadano, de ley o de norma técnica.
    #[serde(default)]
    pub requisitos: Dato<Vec<String>>,
    /// Riesgos identificados.
    pub riesgos: Dato<Vec<String>>,
    /// Controles existentes.
    pub controles: Dato<Vec<String>>,
    /// Recursos.
    pub recursos: Dato<Recursos>,
    /// Documentos asociados.
    pub documentos: Dato<Vec<Ref<Documento>>>,
    /// Trámites asociados.
    pub tramites: Dato<Vec<String>>,
    /// Indicadores.
    pub indicadores: Dato<Vec<String>>,
    /// Usuarios del proceso.
    #[serde(default)]
    pub usuarios: Dato<Vec<String>>,
    /// Expectativas de los usuarios.
    #[serde(default)]
    pub expectativas: Dato<Vec<String>>,
    /// Gestión del conocimiento.
    #[serde(default)]
    pub gestion_conocimiento: Dato<Vec<String>>,
}

/// Dónde empieza y dónde termina el proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Alcance {
    /// Con qué inicia.
    pub inicia: Dato<String>,
    /// Con qué termina.
    pub termina: Dato<String>,
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
    pub proveedores: Dato<Vec<Parte>>,
    /// Entradas o insumos.
    pub entradas: Dato<Vec<String>>,
    /// Actividad clave.
    pub actividad: String,
    /// Cómo se hace.
    #[serde(default)]
    pub descripcion: Option<String>,
    /// Quién la hace.
    #[serde(default)]
    pub responsable: Option<Parte>,
    /// Salidas.
    pub salidas: Dato<Vec<String>>,
    /// Quiénes reciben las salidas.
    pub clientes: Dato<Vec<Parte>>,
}

/// Recursos del proceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Recursos {
    /// Humanos.
    pub humanos: Dato<Vec<String>>,
    /// Técnicos y tecnológicos.
    pub tecnologicos: Dato<Vec<String>>,
    /// Infraestructura.
    #[serde(default)]
    pub infraestructura: Dato<Vec<String>>,
    /// Financieros.
    #[serde(default)]
    pub financieros: Dato<Vec<String>>,
    /// Otros.
    #[serde(default)]
    pub otros: Dato<Vec<String>>,
}
