//! `buenas-practicas/*.md`: a good practice, documented with the CAR method.

use schemars::JsonSchema;
use serde::Deserialize;

use super::politica::Politica;
use super::valor::{Dato, Direccion, Fecha, Parte, Ref, Repetido, Textos};

/// Una buena práctica.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct BuenaPractica {
    /// Nombre de la práctica.
    pub nombre: Box<str>,
    /// `true` si el nombre lo puso quien editó el sitio, porque la fuente no lo trae.
    #[serde(default)]
    pub nombre_del_editor: bool,
    /// Política a la que aporta.
    pub politica: Ref<Politica>,
    /// Componente, categoría o etapa.
    #[serde(default)]
    pub componente: Option<Repetido>,
    /// Período, como lo da la fuente («primer semestre de 2024»).
    pub periodo: Dato<Repetido>,
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
    pub responsables: Dato<Box<[Parte]>>,
    /// Qué pasaba: problema, antecedentes, actores.
    pub contextualizar: Dato<Box<str>>,
    /// Qué se hizo y por qué funcionó.
    pub analizar: Dato<Box<str>>,
    /// Qué prueba hay de ello.
    pub recolectar: Dato<Box<str>>,
    /// Problema o situación que se quería mejorar (segundo nivel).
    #[serde(default)]
    pub problema: Dato<Box<str>>,
    /// Criterios de descripción o selección que cumple.
    #[serde(default)]
    pub criterios: Textos,
    /// Resultados medidos con número.
    #[serde(default)]
    pub resultados_cuantitativos: Dato<Box<[ResultadoCuantitativo]>>,
    /// Resultados en palabras.
    #[serde(default)]
    pub resultados_cualitativos: Dato<Textos>,
    /// Cómo se sostiene en el tiempo.
    #[serde(default)]
    pub sostenibilidad: Dato<Box<str>>,
    /// Alianzas.
    #[serde(default)]
    pub alianzas: Dato<Textos>,
    /// Evidencias; la misma puede sustentar varias prácticas.
    pub evidencias: Dato<Box<[Evidencia]>>,
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
    pub indicador: Repetido,
    /// Valor; los decimales con punto.
    pub valor: f64,
    /// Unidad.
    pub unidad: Repetido,
    /// Período de la medición.
    pub periodo: Repetido,
}

/// Una evidencia.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Evidencia {
    /// Tipo.
    pub tipo: TipoEvidencia,
    /// Número o radicado, como está impreso.
    #[serde(default)]
    pub numero: Option<Box<str>>,
    /// Fecha.
    #[serde(default)]
    pub fecha: Dato<Fecha>,
    /// Qué prueba.
    #[serde(default)]
    pub descripcion: Option<Box<str>>,
    /// Dirección web.
    #[serde(default)]
    #[schemars(with = "Option<Direccion>")]
    pub enlace: Option<Box<str>>,
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
