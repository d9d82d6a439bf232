//! What a citizen should know of two editions of the site: which records are new, changed or withdrawn, and which files were replaced.

use std::path::Path;

use serde::Serialize;

use super::edition::{self, Edition};
use crate::content::huellas::Huella;
use crate::content::huellas::cambios::{Cambio, compare};

/// The images of documents, which are as controlled as their texts.
const CONTROLLED: &str = "imagenes/documentos/";
const IMAGES: &str = "imagenes/";

/// The difference.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The edition that was first.
    pub antes: Side,
    /// The other.
    pub despues: Side,
    /// What happened to records.
    pub registros: Vec<Cambio>,
    /// Images with the same name and other bytes.
    pub imagenes: Vec<Imagen>,
    /// Files that only the second has.
    pub archivos_nuevos: usize,
    /// Files of both with other bytes.
    pub archivos_cambiados: usize,
    /// Files that only the first has.
    pub archivos_retirados: usize,
}

/// An edition.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Cut-off date.
    pub corte: Option<String>,
    /// What its content is known by.
    pub huella: String,
    /// How many records.
    pub registros: usize,
}

/// An image that was replaced.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Imagen {
    /// Its path.
    pub ruta: String,
    /// Whether it belongs to a document, which must not change without a new version.
    pub de_documento: bool,
}

impl Difference {
    /// How much of it must not happen.
    pub fn errors(&self) -> usize {
        self.registros.iter().filter(|cambio| cambio.que.is_error()).count()
            + self.imagenes.iter().filter(|imagen| imagen.de_documento).count()
    }

    /// Whether no file is another.
    pub fn is_none(&self) -> bool {
        self.antes.huella == self.despues.huella
    }
}

/// Compares two published folders or copies (folder or zip), the older first.
///
/// # Errors
/// What is neither, or cannot be read.
pub fn diff(before: &Path, after: &Path) -> Result<Difference, String> {
    let (before, after) = (edition::open(before)?, edition::open(after)?);
    let known: Vec<Huella> = before.registros.iter().map(|p| p.huella.clone()).collect();
    let mut registros = compare(&known, &after.registros, None);
    for cambio in registros.iter_mut().filter(|cambio| cambio.que.is_error()) {
        // What is gone has its title in the first edition only.
        let same = |h: &Huella| h.tipo == cambio.tipo && h.codigo == cambio.codigo;
        if let Some(was) = before.registros.iter().find(|p| same(&p.huella)) {
            cambio.titulo.clone_from(&was.titulo);
        }
    }
    let (old, new) = (&before.manifest.archivos, &after.manifest.archivos);
    let changed = old.iter().filter(|(path, file)| new.get(*path).is_some_and(|n| n != *file));
    let changed: Vec<&String> = changed.map(|(path, _)| path).collect();
    let image = |path: &&String| Imagen { ruta: (*path).clone(), de_documento: path.starts_with(CONTROLLED) };
    Ok(Difference {
        imagenes: changed.iter().filter(|path| path.starts_with(IMAGES)).map(image).collect(),
        archivos_nuevos: new.keys().filter(|path| !old.contains_key(*path)).count(),
        archivos_cambiados: changed.len(),
        archivos_retirados: old.keys().filter(|path| !new.contains_key(*path)).count(),
        antes: side(&before),
        despues: side(&after),
        registros,
    })
}

fn side(edition: &Edition) -> Side {
    Side {
        corte: edition.manifest.sitio.corte.clone(),
        huella: edition.hash.clone(),
        registros: edition.registros.len(),
    }
}
