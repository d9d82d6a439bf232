//! `retirados.toml`: codes that were published and are no longer; each keeps a page that says why, so that no permanent link dies.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Kind;
use super::valor::Fecha;

/// Un código que estuvo publicado y se retiró. Su dirección se conserva, con el motivo y la fecha.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Retirado {
    /// Qué era.
    pub tipo: TipoRetirado,
    /// Título con que se publicó.
    pub titulo: Box<str>,
    /// Por qué se retiró, para el ciudadano.
    pub motivo: Box<str>,
    /// Día en que se retiró.
    pub fecha: Fecha,
    /// Código del registro que hace sus veces, si lo hay.
    #[serde(default)]
    pub en_su_lugar: Option<Box<str>>,
}

/// Qué era lo retirado.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TipoRetirado {
    /// Proceso.
    Proceso,
    /// Documento.
    Documento,
    /// Política.
    Politica,
    /// Buena práctica.
    BuenaPractica,
    /// Comité.
    Comite,
    /// Acta.
    Acta,
    /// Dependencia.
    Dependencia,
    /// Norma.
    Norma,
    /// Término del glosario.
    Glosario,
    /// Página.
    Pagina,
    /// Fuente.
    Fuente,
    /// Dimensión.
    Dimension,
    /// Entidad.
    Entidad,
}

impl TipoRetirado {
    /// The kind whose folder its address is in.
    pub fn kind(self) -> Kind {
        match self {
            TipoRetirado::Proceso => Kind::Proceso,
            TipoRetirado::Documento => Kind::Documento,
            TipoRetirado::Politica => Kind::Politica,
            TipoRetirado::BuenaPractica => Kind::BuenaPractica,
            TipoRetirado::Comite => Kind::Comite,
            TipoRetirado::Acta => Kind::Acta,
            TipoRetirado::Dependencia => Kind::Dependencia,
            TipoRetirado::Norma => Kind::Norma,
            TipoRetirado::Glosario => Kind::Glosario,
            TipoRetirado::Pagina => Kind::Pagina,
            TipoRetirado::Fuente => Kind::Fuente,
            TipoRetirado::Dimension => Kind::Dimension,
            TipoRetirado::Entidad => Kind::Entidad,
        }
    }
}
