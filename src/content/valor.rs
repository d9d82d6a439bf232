//! The value types that records share: [`Dato`], [`Ref`], [`Cita`], [`Parte`] and dates.

use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use ahash::RandomState;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
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
        // By pieces: `format!` takes a third longer, and a page has ten of these.
        [&self.0.day().to_string(), " de ", mes, " de ", &self.0.year().to_string()].concat()
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

impl<T> Dato<Box<[T]>> {
    /// The items, none when no source gives them.
    pub fn items(&self) -> &[T] {
        self.consta().map_or(&[], |items| items)
    }
}

impl<T: Deref<Target = str>> Dato<T> {
    /// The text, when a source gives it.
    pub fn texto(&self) -> Option<&str> {
        self.consta().map(|texto| &**texto)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Dato<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Hecho(PhantomData))
    }
}

/// Reads a fact as what it is, without a copy of what lies in it.
struct Hecho<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Hecho<T> {
    type Value = Dato<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "un dato, o {NO_CONSTA:?}")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Dato<T>, E> {
        T::deserialize(value.into_deserializer()).map(Dato::Consta)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Dato<T>, E> {
        T::deserialize(value.into_deserializer()).map(Dato::Consta)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Dato<T>, E> {
        T::deserialize(value.into_deserializer()).map(Dato::Consta)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Dato<T>, E> {
        T::deserialize(value.into_deserializer()).map(Dato::Consta)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Dato<T>, E> {
        match value {
            NO_CONSTA => Ok(Dato::NoConsta),
            value => T::deserialize(value.into_deserializer()).map(Dato::Consta),
        }
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Dato<T>, E> {
        match value.as_str() {
            NO_CONSTA => Ok(Dato::NoConsta),
            _ => T::deserialize(value.into_deserializer()).map(Dato::Consta),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Dato<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(values)).map(Dato::Consta)
    }

    fn visit_map<A: MapAccess<'de>>(self, values: A) -> Result<Dato<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(values)).map(Dato::Consta)
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

thread_local! {
    static SAID: RefCell<HashSet<Repetido, RandomState>> = RefCell::default();
}

/// A text that many records say alike: an office, a place, an hour, whom they name. Each thread that reads holds it once: of 74 texts of an
/// acta, 19 are its own. A box within an `Arc`, as what names it is then one word: a document has nine of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repetido(Arc<Box<str>>);

impl Borrow<str> for Repetido {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Deref for Repetido {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Repetido {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Repetido {
    fn from(texto: &str) -> Repetido {
        SAID.with_borrow_mut(|said| {
            said.get(texto).cloned().unwrap_or_else(|| {
                let texto = Repetido(Arc::new(texto.into()));
                said.insert(texto.clone());
                texto
            })
        })
    }
}

impl<'de> Deserialize<'de> for Repetido {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Dicho)
    }
}

/// Reads a text that may be held already.
struct Dicho;

impl Visitor<'_> for Dicho {
    type Value = Repetido;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("un texto")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Repetido, E> {
        Ok(value.into())
    }
}

impl JsonSchema for Repetido {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// Several texts.
pub type Textos = Box<[Box<str>]>;

/// The code, name or alias of another record. The reader collects each use with its span; the catalog resolves it.
#[derive(Debug)]
pub struct Ref<T>(pub Repetido, PhantomData<fn() -> T>);

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Ref(self.0.clone(), PhantomData)
    }
}

impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Repetido::deserialize(deserializer).map(|texto| Ref(texto, PhantomData))
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

/// The same, or `pendiente`, which is a reference by RFC 3986.
pub struct DireccionPendiente;

impl JsonSchema for DireccionPendiente {
    fn schema_name() -> Cow<'static, str> {
        "DireccionPendiente".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "uri-reference"})
    }
}

/// Dónde está lo que se afirma: la fuente y el lugar dentro de ella.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Cita {
    /// Código de la fuente (carpeta `fuentes`).
    pub codigo: Ref<Fuente>,
    /// Página, numeral, tabla o fila.
    #[serde(default)]
    pub lugar: Option<Repetido>,
}

/// Un grupo de dependencias o personas que no es una dependencia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
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
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Parte", extend("x-una-de" = ["dependencia", "proceso", "comite", "grupo", "texto"]))]
struct ParteEscrita {
    /// Código, nombre o alias de una dependencia.
    #[serde(default)]
    dependencia: Option<Ref<Dependencia>>,
    /// Código o nombre de un proceso.
    #[serde(default)]
    proceso: Option<Ref<Proceso>>,
    /// Código o nombre de un comité.
    #[serde(default)]
    comite: Option<Ref<Comite>>,
    /// Un grupo.
    #[serde(default)]
    grupo: Option<Grupo>,
    /// Una persona jurídica, población o grupo que no tiene registro.
    #[serde(default)]
    texto: Option<Repetido>,
    /// Cargo dentro de esa dependencia. Nunca el nombre de una persona.
    #[serde(default)]
    cargo: Option<Repetido>,
    /// Si es de la entidad o de fuera.
    #[serde(default)]
    ambito: Option<Procedencia>,
    /// Aclaración: cómo lo nombra la fuente, si delega, etc.
    #[serde(default)]
    nota: Option<Box<str>>,
}

/// Who answers, takes part, gives or receives. A site with many minutes has more of these than of anything else, so it holds one of the five
/// names that an editor may write, not a place for each.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "ParteEscrita")]
pub struct Parte {
    /// Who.
    pub quien: Quien,
    /// The office within that unit.
    pub cargo: Option<Repetido>,
    /// Whether it is of the entity.
    pub ambito: Option<Procedencia>,
    /// What the source adds.
    pub nota: Option<Box<str>>,
}

/// One of those that can answer.
#[derive(Debug, Clone)]
pub enum Quien {
    /// A unit.
    Dependencia(Ref<Dependencia>),
    /// A process.
    Proceso(Ref<Proceso>),
    /// A committee.
    Comite(Ref<Comite>),
    /// A group.
    Grupo(Grupo),
    /// Whoever has no record.
    Texto(Repetido),
}

impl From<ParteEscrita> for Parte {
    fn from(escrita: ParteEscrita) -> Parte {
        let ParteEscrita { dependencia, proceso, comite, grupo, texto, cargo, ambito, nota } = escrita;
        let quien = dependencia.map(Quien::Dependencia).or(proceso.map(Quien::Proceso)).or(comite.map(Quien::Comite));
        let quien =
            quien.or(grupo.map(Quien::Grupo)).unwrap_or_else(|| Quien::Texto(texto.unwrap_or_else(|| "".into())));
        Parte { quien, cargo, ambito, nota }
    }
}

impl JsonSchema for Parte {
    fn schema_name() -> Cow<'static, str> {
        ParteEscrita::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ParteEscrita::json_schema(generator)
    }
}

impl Parte {
    /// The unit, if it is one.
    pub fn dependencia(&self) -> Option<&Ref<Dependencia>> {
        if let Quien::Dependencia(dependencia) = &self.quien { Some(dependencia) } else { None }
    }

    /// The process, if it is one.
    pub fn proceso(&self) -> Option<&Ref<Proceso>> {
        if let Quien::Proceso(proceso) = &self.quien { Some(proceso) } else { None }
    }

    /// The group, if it is one.
    pub fn grupo(&self) -> Option<Grupo> {
        if let Quien::Grupo(grupo) = self.quien { Some(grupo) } else { None }
    }
}
