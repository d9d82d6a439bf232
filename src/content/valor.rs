//! The value types that records share: [`Dato`], [`Ref`], [`Cita`], [`Parte`] and dates.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::Clase;
use super::comite::Comite;
use super::dependencia::Dependencia;
use super::fuente::Fuente;
use super::proceso::Proceso;

/// A calendar day, written `2022-12-30` in TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Fecha(pub jiff::civil::Date);

/// The months, as a date in words names them.
pub const MESES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

impl Fecha {
    /// `30 de diciembre de 2022`.
    pub fn en_palabras(self) -> String {
        let mes = usize::try_from(self.0.month() - 1).ok().and_then(|m| MESES.get(m)).unwrap_or(&"");
        format!("{} de {mes} de {}", self.0.day(), self.0.year())
    }
}

impl JsonSchema for Fecha {
    fn schema_name() -> Cow<'static, str> {
        "Fecha".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date"})
    }
}

/// What an editor writes where no source gives the fact.
pub const NO_CONSTA: &str = "no consta";

/// A fact, or the statement that no source gives it.
///
/// `"no consta"` satisfies completeness rules, is printed as such and counted; an absent key is another thing: an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Dato<T> {
    /// What the source says.
    Consta(T),
    /// No source says it.
    #[default]
    NoConsta,
}

impl<T> Dato<T> {
    /// The fact, when a source gives it.
    pub fn consta(&self) -> Option<&T> {
        match self {
            Dato::Consta(valor) => Some(valor),
            Dato::NoConsta => None,
        }
    }
}

impl<T> Dato<Vec<T>> {
    /// The items, none when no source gives them.
    pub fn items(&self) -> &[T] {
        self.consta().map_or(&[], Vec::as_slice)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Dato<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let valor = serde_json::Value::deserialize(deserializer)?;
        if valor.as_str() == Some(NO_CONSTA) {
            return Ok(Dato::NoConsta);
        }
        serde_json::from_value(valor).map(Dato::Consta).map_err(serde::de::Error::custom)
    }
}

impl<T: JsonSchema> JsonSchema for Dato<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Dato_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let hecho = generator.subschema_for::<T>();
        json_schema!({"anyOf": [{"const": NO_CONSTA}, hecho]})
    }
}

/// The code, name or alias of another record. The reader collects each use with its span; the catalog resolves it.
#[derive(Debug)]
pub struct Ref<T>(pub String, PhantomData<fn() -> T>);

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Ref(self.0.clone(), PhantomData)
    }
}

impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|texto| Ref(texto, PhantomData))
    }
}

impl<T: Clase> JsonSchema for Ref<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Ref_{}", T::KIND.name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-ref": T::KIND.name()})
    }
}

/// Schema of a web address; the value itself is a `String` (`#[schemars(with = "Direccion")]`).
pub struct Direccion;

impl JsonSchema for Direccion {
    fn schema_name() -> Cow<'static, str> {
        "Direccion".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "uri"})
    }
}

/// Dónde está lo que se afirma: la fuente y el lugar dentro de ella.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Cita {
    /// Código de la fuente (carpeta `fuentes`).
    pub codigo: Ref<Fuente>,
    /// Página, numeral, tabla o fila.
    #[serde(default)]
    pub lugar: Option<String>,
}

/// Un grupo de dependencias o personas que no es una dependencia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grupo {
    /// Todas las dependencias.
    Todas,
    /// Todos los procesos.
    TodosLosProcesos,
    /// Los líderes de los procesos.
    Lideres,
    /// El equipo jurídico de todas las dependencias.
    EquipoJuridico,
}

/// De dentro o de fuera de la entidad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Procedencia {
    /// De la entidad.
    Interno,
    /// De fuera de la entidad.
    Externo,
}

/// Quién responde, participa, entrega o recibe: escriba una sola de `dependencia`, `proceso`, `comite`, `grupo` o `texto`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[schemars(extend("x-una-de" = ["dependencia", "proceso", "comite", "grupo", "texto"]))]
pub struct Parte {
    /// Código, nombre o alias de una dependencia.
    #[serde(default)]
    pub dependencia: Option<Ref<Dependencia>>,
    /// Código o nombre de un proceso.
    #[serde(default)]
    pub proceso: Option<Ref<Proceso>>,
    /// Código o nombre de un comité.
    #[serde(default)]
    pub comite: Option<Ref<Comite>>,
    /// Un grupo.
    #[serde(default)]
    pub grupo: Option<Grupo>,
    /// Una persona jurídica, población o grupo que no tiene registro.
    #[serde(default)]
    pub texto: Option<String>,
    /// Cargo dentro de esa dependencia. Nunca el nombre de una persona.
    #[serde(default)]
    pub cargo: Option<String>,
    /// Si es de la entidad o de fuera.
    #[serde(default)]
    pub ambito: Option<Procedencia>,
    /// Aclaración: cómo lo nombra la fuente, si delega, etc.
    #[serde(default)]
    pub nota: Option<String>,
}
