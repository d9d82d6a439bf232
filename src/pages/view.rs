//! What a page shows, as data: a few kinds of block that the theme knows how to draw.

use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::Serialize;

use super::Section;
use super::celda::{Campo, Celda, rows, several};
use crate::catalog::address::slug;
use crate::catalog::{Catalog, Id};
use crate::content::valor::{Cita, Dato, Fecha, Grupo, Parte, Procedencia, Quien, Ref, Textos};
use crate::content::{Clase, Record};

/// A page: its place, its template and its data.
#[derive(Debug, Serialize)]
pub struct Page {
    /// Path in the output, with `/`.
    pub path: String,
    /// Template that draws it.
    pub template: &'static str,
    /// Title.
    pub titulo: String,
    /// Section of the menu.
    pub seccion: &'static str,
    /// What kind of thing it is.
    pub etiqueta: Option<String>,
    /// Code of its record.
    pub codigo: Option<String>,
    /// What else it is called.
    #[serde(serialize_with = "several")]
    pub alias: Vec<Celda>,
    /// Codes it had before.
    #[serde(serialize_with = "several")]
    pub codigos_anteriores: Vec<Celda>,
    /// A sentence under the title.
    pub resumen: Option<String>,
    /// Where it was published first.
    pub publicado: Option<String>,
    /// When it was last changed.
    pub actualizado: Option<String>,
    /// Name of the other entity it belongs to.
    pub referencia_de: Option<String>,
    /// Breadcrumb, without home and the page itself.
    pub migas: Vec<Miga>,
    /// Sources.
    #[serde(serialize_with = "several")]
    pub fuentes: Vec<Celda>,
    /// Blocks, in order.
    pub bloques: Vec<Bloque>,
    /// Whether a table needs the whole width.
    pub ancha: bool,
    /// Headings of the blocks, as links.
    pub indice: Vec<Miga>,
    /// Pages of a list.
    pub paginacion: Option<Paginacion>,
    /// Data of a template of its own (the home).
    pub propio: Option<serde_json::Value>,
    /// Record whose Markdown is the body.
    #[serde(skip)]
    pub cuerpo: Option<Id>,
}

impl Page {
    /// An empty page.
    pub fn new(path: &str, titulo: &str, section: Section) -> Page {
        let migas = if section == Section::Inicio || path == section.url() {
            Vec::new()
        } else {
            vec![Miga::new(section.title(), section.url())]
        };
        Page {
            path: path.to_owned(),
            template: "pagina.html",
            titulo: titulo.to_owned(),
            seccion: section.url(),
            etiqueta: None,
            codigo: None,
            alias: Vec::new(),
            codigos_anteriores: Vec::new(),
            resumen: None,
            publicado: None,
            actualizado: None,
            referencia_de: None,
            migas,
            fuentes: Vec::new(),
            bloques: Vec::new(),
            ancha: false,
            indice: Vec::new(),
            paginacion: None,
            propio: None,
            cuerpo: None,
        }
    }

    /// Adds a block unless it is empty.
    pub fn add(&mut self, bloque: Bloque) {
        if bloque.is_empty() {
            return;
        }
        if let Some((id, titulo)) = bloque.heading() {
            self.indice.push(Miga::new(titulo, id));
        }
        self.ancha |= matches!(&bloque, Bloque::Tabla { columnas, .. } if columnas.len() > 5);
        self.bloques.push(bloque);
    }

    /// Anchors of its blocks.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.indice.iter().map(|heading| &*heading.url)
    }
}

impl Hash for Page {
    fn hash<H: Hasher>(&self, to: &mut H) {
        // All that is shown. Not the number of the record, which is another when one is added before it.
        let Page {
            path,
            template,
            titulo,
            seccion,
            etiqueta,
            codigo,
            alias,
            codigos_anteriores,
            resumen,
            publicado,
            actualizado,
            referencia_de,
            migas,
            fuentes,
            bloques,
            ancha,
            indice,
            paginacion,
            propio,
            cuerpo: _,
        } = self;
        (path, template, titulo, seccion, etiqueta, codigo, resumen, publicado, actualizado).hash(to);
        (alias, codigos_anteriores, referencia_de, migas, fuentes, bloques, ancha, indice, paginacion, propio).hash(to);
    }
}

/// A step of the breadcrumb.
#[derive(Debug, Hash, Serialize)]
pub struct Miga {
    titulo: String,
    url: String,
}

impl Miga {
    /// A step.
    pub fn new(titulo: &str, url: &str) -> Miga {
        Miga { titulo: titulo.to_owned(), url: url.to_owned() }
    }
}

/// Where a list's page stands among its pages.
#[derive(Debug, Hash, Serialize)]
pub struct Paginacion {
    /// This page, from 1.
    pub actual: usize,
    /// How many items in all.
    pub total: usize,
    /// How many pages.
    pub cuantas: usize,
    /// Number and address of those that are linked.
    pub paginas: Vec<(usize, String)>,
}

/// An item of a list of records.
#[derive(Debug, Default, Hash, Serialize)]
pub struct Tarjeta {
    /// Title.
    pub titulo: String,
    /// Address.
    pub url: String,
    /// Code.
    pub codigo: Option<String>,
    /// Date, as shown; lists are newest first.
    pub fecha: Option<String>,
    /// A sentence.
    pub resumen: Option<String>,
    /// Labels.
    pub etiquetas: Vec<String>,
    /// Name of the other entity it belongs to.
    pub referencia_de: Option<String>,
}

/// A block of a page.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "tipo", rename_all = "snake_case")]
pub enum Bloque {
    /// Names and values.
    Ficha {
        /// Anchor.
        id: String,
        /// Heading.
        titulo: String,
        /// Fields.
        campos: Vec<Campo>,
    },
    /// Paragraphs.
    Texto {
        /// Anchor.
        id: String,
        /// Heading.
        titulo: String,
        /// Paragraphs.
        celdas: Vec<Celda>,
    },
    /// A list.
    Lista {
        /// Anchor.
        id: String,
        /// Heading.
        titulo: String,
        /// Whether the order means something.
        ordenada: bool,
        /// Items.
        celdas: Vec<Celda>,
    },
    /// A table; its first column heads each row.
    Tabla {
        /// Anchor.
        id: String,
        /// Heading, which is its caption too.
        titulo: String,
        /// Headers.
        columnas: Vec<Celda>,
        /// Rows of cells, each with one or more values.
        #[serde(serialize_with = "rows")]
        filas: Vec<Vec<Vec<Celda>>>,
        /// Whether it is a matrix of marks.
        matriz: bool,
    },
    /// Records.
    Tarjetas {
        /// Anchor.
        id: String,
        /// Heading.
        titulo: String,
        /// A link under the heading.
        entrada: Option<Celda>,
        /// Items.
        tarjetas: Vec<Tarjeta>,
    },
    /// The Markdown of the record.
    Cuerpo,
    /// Something the reader must know.
    Aviso {
        /// Text.
        texto: String,
    },
}

impl Bloque {
    /// A ficha.
    pub fn ficha(titulo: &str, campos: Vec<Campo>) -> Bloque {
        Bloque::ficha_at(slug(titulo), titulo, campos)
    }

    /// A ficha with an anchor that its heading does not give.
    pub fn ficha_at(id: String, titulo: &str, campos: Vec<Campo>) -> Bloque {
        let campos = campos.into_iter().filter(|c| !c.celdas.is_empty()).collect();
        Bloque::Ficha { id, titulo: titulo.into(), campos }
    }

    /// Paragraphs.
    pub fn texto(titulo: &str, celdas: Vec<Celda>) -> Bloque {
        Bloque::Texto { id: slug(titulo), titulo: titulo.into(), celdas }
    }

    /// A list whose order means nothing.
    pub fn lista(titulo: &str, celdas: Vec<Celda>) -> Bloque {
        Bloque::Lista { id: slug(titulo), titulo: titulo.into(), ordenada: false, celdas }
    }

    /// A numbered list.
    pub fn numerada(titulo: &str, celdas: Vec<Celda>) -> Bloque {
        Bloque::Lista { id: slug(titulo), titulo: titulo.into(), ordenada: true, celdas }
    }

    /// A table.
    pub fn tabla(titulo: &str, columnas: &[&str], filas: Vec<Vec<Vec<Celda>>>) -> Bloque {
        let columnas = columnas.iter().map(|c| Celda::text(*c)).collect();
        Bloque::Tabla { id: slug(titulo), titulo: titulo.into(), columnas, filas, matriz: false }
    }

    /// A list of records.
    pub fn tarjetas(titulo: &str, tarjetas: Vec<Tarjeta>) -> Bloque {
        Bloque::Tarjetas { id: slug(titulo), titulo: titulo.into(), entrada: None, tarjetas }
    }

    /// A remark that stands out.
    pub fn aviso(texto: impl Into<String>) -> Bloque {
        Bloque::Aviso { texto: texto.into() }
    }

    fn heading(&self) -> Option<(&str, &str)> {
        match self {
            Bloque::Ficha { id, titulo, .. }
            | Bloque::Texto { id, titulo, .. }
            | Bloque::Lista { id, titulo, .. }
            | Bloque::Tabla { id, titulo, .. }
            | Bloque::Tarjetas { id, titulo, .. } => Some((id, titulo)),
            Bloque::Cuerpo | Bloque::Aviso { .. } => None,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Bloque::Ficha { campos, .. } => campos.is_empty(),
            Bloque::Texto { celdas, .. } | Bloque::Lista { celdas, .. } => celdas.is_empty(),
            Bloque::Tabla { filas, .. } => filas.is_empty(),
            Bloque::Tarjetas { tarjetas, .. } => tarjetas.is_empty(),
            Bloque::Cuerpo | Bloque::Aviso { .. } => false,
        }
    }
}

/// `30 de diciembre de 2022`.
pub fn fecha(fecha: Fecha) -> String {
    fecha.en_palabras()
}

/// A text, or «no consta».
pub fn dato(dato: &Dato<impl Deref<Target = str>>) -> Vec<Celda> {
    vec![dato.texto().map_or_else(Celda::no_consta, Celda::text)]
}

/// A date, or «no consta».
pub fn dato_fecha(dato: &Dato<Fecha>) -> Vec<Celda> {
    vec![dato.consta().map_or_else(Celda::no_consta, |f| Celda::text(fecha(*f)))]
}

/// Texts, or «no consta».
pub fn datos(dato: &Dato<Textos>) -> Vec<Celda> {
    dato_lista(dato, |texto| Celda::text(&**texto))
}

/// Items, or «no consta».
pub fn dato_lista<T>(dato: &Dato<Box<[T]>>, cell: impl Fn(&T) -> Celda) -> Vec<Celda> {
    match dato {
        Dato::Consta(items) if items.is_empty() => vec![Celda::text("Ninguno")],
        Dato::Consta(items) => items.iter().map(cell).collect(),
        Dato::NoConsta => vec![Celda::no_consta()],
    }
}

/// A link to the record that a reference names.
pub fn enlace<T: Clase>(catalog: &Catalog, name: &Ref<T>) -> Celda {
    match catalog.find(name) {
        Some(id) => Celda::record(catalog, id),
        None => Celda::text(&*name.0),
    }
}

/// A source and the place in it.
pub fn cita(catalog: &Catalog, cita: &Cita) -> Celda {
    enlace(catalog, &cita.codigo).with_note(cita.lugar.as_deref().map(str::to_owned))
}

/// The sources of a record.
pub fn citas(catalog: &Catalog, record: &Record) -> Vec<Celda> {
    record.comun.fuente.iter().map(|c| cita(catalog, c)).collect()
}

/// Who it is, linked where it has a page.
pub fn parte(catalog: &Catalog, parte: &Parte) -> Celda {
    let cell = match &parte.quien {
        Quien::Dependencia(unit) => enlace(catalog, unit),
        Quien::Proceso(process) => enlace(catalog, process),
        Quien::Comite(committee) => enlace(catalog, committee),
        Quien::Grupo(group) => Celda::text(grupo(*group)),
        Quien::Texto(text) => Celda::text(&**text),
    };
    let mut notes: Vec<String> = parte.cargo.as_deref().map(str::to_owned).into_iter().collect();
    if parte.ambito == Some(Procedencia::Externo) {
        notes.push("externo".to_owned());
    }
    notes.extend(parte.nota.as_deref().map(str::to_owned));
    cell.with_note((!notes.is_empty()).then(|| notes.join("; ")))
}

/// How a group is written.
pub fn grupo(grupo: Grupo) -> &'static str {
    match grupo {
        Grupo::Todas => "Todas las dependencias",
        Grupo::TodosLosProcesos => "Todos los procesos",
        Grupo::Lideres => "Líderes de los procesos",
        Grupo::EquipoJuridico => "Equipo jurídico de todas las dependencias",
    }
}

/// Parts, or «no consta».
pub fn partes(catalog: &Catalog, dato: &Dato<Box<[Parte]>>) -> Vec<Celda> {
    dato_lista(dato, |p| parte(catalog, p))
}
