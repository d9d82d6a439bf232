//! `procesos/*.md`: a process of the map, with its caracterización.

use schemars::JsonSchema;
use serde::Deserialize;

use super::caracterizacion::Caracterizacion;
use super::valor::{Dato, Parte, Ref};

/// Nivel del mapa de procesos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoProceso {
    /// Estratégico.
    Estrategico,
    /// Misional.
    Misional,
    /// De apoyo.
    Apoyo,
    /// De evaluación.
    Evaluacion,
}

/// Un proceso, macroproceso o subproceso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Proceso {
    /// Nombre del proceso.
    pub nombre: Box<str>,
    /// Nivel del mapa.
    pub tipo: TipoProceso,
    /// Lugar dentro de su nivel.
    #[serde(default)]
    pub orden: u32,
    /// Proceso del que hace parte; sin él, es del primer nivel.
    #[serde(default)]
    pub padre: Option<Ref<Proceso>>,
    /// Responsables.
    pub responsables: Dato<Box<[Parte]>>,
    /// Dependencias y grupos que participan.
    pub participan: Dato<Box<[Parte]>>,
    /// Caracterización completa.
    pub caracterizacion: Dato<Box<Caracterizacion>>,
}
