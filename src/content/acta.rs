//! `actas/*.md`: the minutes of a session.

use schemars::JsonSchema;
use serde::Deserialize;

use super::comite::{Calidad, Comite};
use super::documento::Documento;
use super::valor::{Cita, Dato, Fecha, Parte, Ref, Repetido, Textos};

/// El acta de una sesión.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Acta {
    /// Comité que se reunió.
    pub comite: Ref<Comite>,
    /// Número consecutivo del año.
    pub numero: Dato<u32>,
    /// Día de la sesión.
    pub fecha: Fecha,
    /// Qué es lo que la fuente da: el acta entera o datos sueltos de la sesión.
    #[serde(default)]
    pub alcance: AlcanceActa,
    /// Ordinaria o extraordinaria.
    pub caracter: Dato<Caracter>,
    /// Presencial, virtual o mixta.
    pub modalidad: Dato<Modalidad>,
    /// Lugar.
    pub lugar: Dato<Repetido>,
    /// Hora de inicio, `08:00`.
    pub hora_inicio: Dato<Repetido>,
    /// Hora de cierre, `10:30`.
    pub hora_fin: Dato<Repetido>,
    /// Quién convocó, cuándo y por qué medio.
    #[serde(default)]
    pub convocatoria: Dato<Box<str>>,
    /// Asistentes, invitados y ausentes. Cargos, no cédulas ni firmas.
    pub asistentes: Dato<Box<[Asistente]>>,
    /// Quórum.
    pub quorum: Dato<Quorum>,
    /// Acta anterior, que esta lee y aprueba.
    #[serde(default)]
    pub acta_anterior: Dato<Ref<Acta>>,
    /// Orden del día.
    pub orden_del_dia: Dato<Box<[Punto]>>,
    /// Desarrollo de cada punto, con el mismo número.
    pub desarrollo: Dato<Box<[Punto]>>,
    /// Decisiones.
    pub decisiones: Dato<Box<[Decision]>>,
    /// Compromisos.
    pub compromisos: Dato<Box<[Compromiso]>>,
    /// Proposiciones y varios.
    #[serde(default)]
    pub proposiciones: Dato<Textos>,
    /// Próxima convocatoria.
    #[serde(default)]
    pub proxima: Dato<Fecha>,
    /// Anexos.
    #[serde(default)]
    pub anexos: Dato<Textos>,
    /// Quiénes firman.
    #[serde(default)]
    pub firmas: Dato<Box<[Firma]>>,
    /// Quién proyectó o transcribió (cargo).
    #[serde(default)]
    pub proyecto: Dato<Repetido>,
}

/// Cuánto del acta da la fuente.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlcanceActa {
    /// El acta entera.
    #[default]
    Completa,
    /// Solo datos de la sesión que otro documento menciona.
    Mencion,
}

/// Carácter de la sesión.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Caracter {
    /// Ordinaria.
    Ordinaria,
    /// Extraordinaria.
    Extraordinaria,
}

/// Modalidad de la sesión.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modalidad {
    /// Presencial.
    Presencial,
    /// Virtual.
    Virtual,
    /// Mixta.
    Mixta,
}

/// Un asistente, invitado o ausente.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Asistente {
    /// Cargo.
    pub parte: Parte,
    /// Calidad.
    pub calidad: Dato<Calidad>,
    /// Si estuvo.
    pub asistencia: Asistencia,
    /// Cargo de quien fue en su lugar, con delegación.
    #[serde(default)]
    pub delegado: Option<Repetido>,
}

/// Asistencia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asistencia {
    /// Asistió.
    Asistio,
    /// Asistió su delegado.
    Delego,
    /// No asistió, con excusa.
    AusenteConExcusa,
    /// No asistió, sin excusa.
    AusenteSinExcusa,
}

/// Quórum de la sesión.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Quorum {
    /// Miembros con voto que tiene el comité.
    pub miembros: u32,
    /// Miembros con voto que estuvieron.
    pub presentes: u32,
    /// Los que se exigen para deliberar.
    pub exigido: u32,
    /// Si lo hubo.
    pub hay: bool,
}

/// Un punto del orden del día o su desarrollo.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Punto {
    /// Número del punto.
    pub numero: u32,
    /// Texto.
    pub texto: Box<str>,
}

/// Una decisión.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Decision {
    /// Qué se decidió.
    pub texto: Box<str>,
    /// Sentido.
    pub tipo: TipoDecision,
    /// Documento sobre el que se decide.
    #[serde(default)]
    pub documento: Option<Ref<Documento>>,
    /// Versión de ese documento.
    #[serde(default)]
    pub version: Option<Repetido>,
    /// Votos.
    #[serde(default)]
    pub votos: Dato<Votos>,
    /// De dónde sale, si no es de la fuente del acta.
    #[serde(default)]
    pub fuente: Box<[Cita]>,
}

/// Sentido de una decisión.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoDecision {
    /// Aprueba.
    Aprueba,
    /// Niega.
    Niega,
    /// Aplaza.
    Aplaza,
    /// Se debatió, sin que conste lo decidido.
    Debate,
}

/// Votos de una decisión.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Votos {
    /// A favor.
    pub a_favor: u32,
    /// En contra.
    pub en_contra: u32,
    /// En blanco o abstenciones.
    pub en_blanco: u32,
}

/// Un compromiso.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Compromiso {
    /// Qué se hará.
    pub compromiso: Box<str>,
    /// Quién responde.
    pub responsable: Dato<Parte>,
    /// Hasta cuándo.
    pub fecha_limite: Dato<Fecha>,
    /// Estado.
    pub estado: EstadoCompromiso,
    /// Cómo se sabe.
    #[serde(default)]
    pub evidencia: Option<Box<str>>,
}

/// Estado de un compromiso; «vencido» se deduce de la fecha de corte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EstadoCompromiso {
    /// Pendiente.
    Pendiente,
    /// En curso.
    EnCurso,
    /// Cumplido.
    Cumplido,
    /// Retirado por el comité.
    Retirado,
}

/// Una firma del acta (nunca su imagen).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Firma {
    /// Cargo.
    pub cargo: Repetido,
    /// Si firmó.
    pub firmada: Dato<bool>,
}
