//! Reads `content/` into typed records. A record that has an error is reported and left out; nothing stops at the first.
//!
//! `source` reads a file as an editor's machine wrote it, `front_matter` splits it, `shape` compares it with its kind's
//! description, and only a clean record becomes a value of its Rust type.

pub mod acta;
pub mod buena_practica;
pub mod caracterizacion;
pub mod comite;
pub mod comun;
pub mod dependencia;
pub mod dimension;
pub mod documento;
pub mod enlaces;
pub mod entidad;
pub mod fold;
pub mod front_matter;
pub mod fuente;
pub mod glosario;
pub mod huellas;
mod keys;
pub(crate) mod listing;
pub mod load;
pub mod node;
pub mod norma;
pub mod pagina;
pub mod partial;
pub mod politica;
pub mod proceso;
pub mod reservado;
pub mod residue;
pub mod retirado;
pub mod shape;
pub mod skeleton;
pub mod source;
pub mod syntax;
pub mod tipo_documental;
mod unclosed;
pub mod valor;
pub mod walker;
mod written;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de;
use serde_json::Value;

use crate::diagnostic::Span;

use comun::Comun;
use node::Node;
use shape::Shape;
use valor::Repetido;

pub(crate) use listing::{Entry, list};
pub use load::{Broken, Contenido, load, locate, path_of};

/// Where the records of a kind live under `content/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// One `.md` file a record, in this folder.
    Folder(&'static str),
    /// All in one `.toml` file, as `[[kind]]` tables.
    List(&'static str),
}

/// Ties a Rust type to its kind. Implemented by the list of kinds below.
pub trait Clase: Sized + 'static {
    /// The kind.
    const KIND: Kind;
    /// The value, when the record is of this kind.
    fn of(datos: &Datos) -> Option<&Self>;
}

/// The one place where kinds are listed: variant, type, name, home.
macro_rules! kinds {
    ($($variant:ident($type:path) $name:literal $home:expr;)*) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $name] $variant,)* }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Kind] = &[$(Kind::$variant,)*];

            /// The name used in references, schemas and commands.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }

            /// Where its records live.
            pub fn home(self) -> Home {
                match self { $(Kind::$variant => $home,)* }
            }

            fn own_schema(self) -> Value {
                match self { $(Kind::$variant => schemars::schema_for!($type).to_value(),)* }
            }

            fn read(self, value: &Node<'_>) -> Result<Datos, de::value::Error> {
                match self { $(Kind::$variant => <$type>::deserialize(value).map(Datos::$variant),)* }
            }
        }

        /// The data of a record, by kind.
        #[derive(Debug)]
        pub enum Datos { $(#[doc = $name] $variant($type),)* }

        $(impl Clase for $type {
            const KIND: Kind = Kind::$variant;
            fn of(datos: &Datos) -> Option<&Self> {
                match datos { Datos::$variant(valor) => Some(valor), _ => None }
            }
        })*
    };
}

kinds! {
    Entidad(entidad::Entidad) "entidad" Home::Folder("entidades");
    Dependencia(dependencia::Dependencia) "dependencia" Home::List("dependencias.toml");
    Proceso(proceso::Proceso) "proceso" Home::Folder("procesos");
    TipoDocumental(tipo_documental::TipoDocumental) "tipo_documental" Home::List("tipos-documentales.toml");
    Documento(documento::Documento) "documento" Home::Folder("documentos");
    Dimension(dimension::Dimension) "dimension" Home::Folder("mipg/dimensiones");
    Politica(politica::Politica) "politica" Home::Folder("mipg/politicas");
    BuenaPractica(buena_practica::BuenaPractica) "buena_practica" Home::Folder("buenas-practicas");
    Comite(comite::Comite) "comite" Home::Folder("comites");
    Acta(acta::Acta) "acta" Home::Folder("actas");
    Norma(norma::Norma) "norma" Home::List("normas.toml");
    Glosario(glosario::Termino) "glosario" Home::List("glosario.toml");
    Fuente(fuente::Fuente) "fuente" Home::Folder("fuentes");
    Enlaces(enlaces::Enlace) "enlaces" Home::List("enlaces.toml");
    Pagina(pagina::Pagina) "pagina" Home::Folder("paginas");
    Retirado(retirado::Retirado) "retirado" Home::List("retirados.toml");
}

impl Kind {
    /// The kind of this name; `-` and `_` are the same.
    pub fn named(name: &str) -> Option<Kind> {
        let name = name.replace('-', "_");
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// What a message calls a record of this kind.
    pub fn label(self) -> &'static str {
        match self {
            Kind::TipoDocumental => "tipo documental",
            Kind::Dimension => "dimensión",
            Kind::Politica => "política",
            Kind::BuenaPractica => "buena práctica",
            Kind::Comite => "comité",
            Kind::Glosario => "término del glosario",
            Kind::Enlaces => "enlace",
            Kind::Pagina => "página",
            other => other.name(),
        }
    }

    /// JSON Schema of the kind, common keys included; a kind's own key wins over a common one (`estado`).
    pub fn schema(self) -> Value {
        let mut schema = self.own_schema();
        let common = schemars::schema_for!(Comun).to_value();
        for part in ["properties", "$defs"] {
            let Some(Value::Object(extra)) = common.get(part) else {
                continue;
            };
            let Some(own) = schema
                .as_object_mut()
                .map(|s| s.entry(part).or_insert_with(|| serde_json::json!({})))
                .and_then(Value::as_object_mut)
            else {
                continue;
            };
            for (key, value) in extra {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
            required.insert(0, Value::from("codigo"));
        }
        schema
    }

    /// The compiled schema that the reader walks with.
    pub fn shape(self) -> &'static Shape {
        static SHAPES: OnceLock<Vec<Shape>> = OnceLock::new();
        let shapes = SHAPES.get_or_init(|| Kind::ALL.iter().map(|k| shape::compile(&k.schema())).collect());
        shapes.get(self as usize).unwrap_or(&Shape::Any)
    }
}

/// A use of another record's name, found while reading.
#[derive(Debug, Clone)]
pub struct RefUse {
    /// Kind it must be of.
    pub kind: Kind,
    /// What the editor wrote.
    pub text: Repetido,
    /// Where, in bytes of the source text, which has 2 MiB at most.
    at: (u32, u32),
}

impl RefUse {
    /// A use of `text`, which stands there.
    pub fn new(kind: Kind, text: &str, at: Range<usize>) -> RefUse {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        RefUse { kind, text: text.into(), at: (place(at.start), place(at.end)) }
    }

    /// Where it stands, for a diagnostic.
    pub fn span(&self) -> Span {
        Span::Bytes((self.at.0 as usize, self.at.1 as usize))
    }
}

/// A Markdown body. A build leaves it in its file: memory is bounded by what is in flight.
#[derive(Debug, Clone)]
pub struct Body {
    /// First byte of the body in the source text, which has 2 MiB at most.
    pub start: u32,
    /// Whether only white space follows the front matter.
    pub is_empty: bool,
    /// BLAKE3 of the body: what was drawn from the same one need not be drawn again.
    pub digest: [u8; 32],
    /// The whole source text, for who must still show it when the file has changed.
    pub text: Option<Arc<str>>,
}

impl Body {
    /// The body, within the source text.
    pub fn within<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..).unwrap_or("")
    }
}

/// A record: common keys, its own data, and where it was read. Of 496 bytes: 100,000 of them, each in its `Arc`, take 51 MB of an allocator whose
/// rooms are of 512, 640 and so on.
#[derive(Debug)]
pub struct Record {
    /// Common keys.
    pub comun: Comun,
    /// The kind's own data.
    pub datos: Datos,
    /// Kind.
    pub kind: Kind,
    /// Source file, relative to the site, with `/`.
    pub file: Arc<str>,
    /// Key path of the record in its file: empty for a `.md`, `norma.3` in a list.
    pub root: Box<str>,
    /// Its Markdown.
    pub body: Body,
    /// Names of other records that it uses.
    pub refs: Box<[RefUse]>,
    /// How many of its facts no source gives.
    pub no_consta: u32,
    /// SHA-256 of what it says: its keys in the order of their names and its body, without what is withheld.
    pub sha256: [u8; 32],
}

impl Record {
    /// Whether the record stays out of everything published.
    pub fn is_borrador(&self) -> bool {
        &*self.comun.estado == "borrador"
    }

    /// The span of a key of this record, for a diagnostic.
    pub fn key(&self, key: &str) -> Span {
        let path = match (self.root.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (false, true) => self.root.to_string(),
            (false, false) => format!("{}.{key}", self.root),
        };
        Span::Key(path)
    }
}
