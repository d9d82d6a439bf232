//! `buenas-practicas/*.md`: a good practice, documented with the CAR method.

use schemars::JsonSchema;
use serde::Deserialize;

use super::politica::Politica;
use super::valor::{Dato, Direccion, Fecha, Parte, Ref};

/// Una buena práctica.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct BuenaPractica {
    /// Nombre de la práctica.
    pub nombre: String,
    /// `true` si el nombre lo puso quien editó el sitio, porque la fuente no lo trae.
    #[serde(default)]
    pub nombre_del_editor: bool,
    /// Política a la que aporta.
    pub politica: Ref<Politica>,
    /// Componente, categoría o etapa.
    #[serde(default)]
    pub componente: Option<String>,
    /// Período, como lo da la fuente («primer semestre de 2024»).
    pub periodo: Dato<String>,
    /// Último día del período; ordena las listas.
    pub hasta: Dato<Fecha>,
    /// Estado.
    pub estado: EstadoPractica,
    /// Nivel declarado: 1 o 2.
    #[schemars(range(min = 1, max = 2))]
    pub nivel: u8,
    /// `true` si el nivel lo declara la propia entidad y nadie lo ha verificado.
    #[serde(default = "si")]
    pub nivel_autodeclarado: bool,
    /// Responsables.
    #[serde(default)]
    pub responsables: Dato<Vec<Parte>>,
    /// Qué pasaba: problema, antecedentes, actores.
    pub contextualizar: Dato<String>,
    /// Qué se hizo y por qué funcionó.
    pub analizar: Dato<String>,
    /// Qué prueba hay de ello.
    pub recolectar: Dato<String>,
    /// Problema o situación que se quería mejorar (segundo nivel).
    #[serde(default)]
    pub problema: Dato<String>,
    /// Criterios de descripción o selección que cumple.
    #[serde(default)]
    pub criterios: Vec<String>,
    /// Resultados medidos con número.
    #[serde(default)]
    pub resultados_cuantitativos: Dato<Vec<ResultadoCuantitativo>>,
    /// Resultados en palabras.
    #[serde(default)]
    pub resultados_cualitativos: Dato<Vec<String>>,
    /// Cómo se sostiene en el tiempo.
    #[serde(default)]
    pub sostenibilidad: Dato<String>,
    /// Alianzas.
    #[serde(default)]
    pub alianzas: Dato<Vec<String>>,
    /// Evidencias; la misma puede sustentar varias prácticas.
    pub evidencias: Dato<Vec<Evidencia>>,
}

fn si() -> bool {
    true
}

/// Estado de una práctica.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EstadoPractica {
    /// Fuera de lo publicado.
    Borrador,
    /// Hecha.
    Hecha,
    /// En curso o parcial.
    EnCurso,
    /// Prevista.
    Prevista,
}

/// Un resultado con número.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ResultadoCuantitativo {
    /// Qué se midió.
    pub indicador: String,
    /// Valor; los decimales con punto.
    pub valor: f64,
    /// Unidad.
    pub unidad: String,
    /// Período de la medición.
    pub periodo: String,
}

/// Una evidencia.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Evidencia {
    /// Tipo.
    pub tipo: TipoEvidencia,
    /// Número o radicado, como está impreso.
    #[serde(default)]
    pub numero: Option<String>,
    /// Fecha.
    #[serde(default)]
    pub fecha: Dato<Fecha>,
    /// Qué prueba.
    #[serde(default)]
    pub descripcion: Option<String>,
    /// Dirección web.
    #[serde(default)]
    #[schemars(with = "Option<Direccion>")]
    pub enlace: Option<String>,
}

/// Tipo de evidencia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoEvidencia {
    /// Memorando.
    Memorando,
    /// Oficio.
    Oficio,
    /// Circular.
    Circular,
    /// Decreto.
    Decreto,
    /// Resolución.
    Resolucion,
    /// Contrato.
    Contrato,
    /// Acta.
    Acta,
    /// Informe.
    Informe,
    /// Correo.
    Correo,
    /// Página o enlace.
    Enlace,
    /// Otra.
    Otra,
}
