//! Remembers a publication in `content/huellas.toml`: what was published, on what day, and the hash of what was published before.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::{edition, told, verify};
use crate::content::huellas::cambios::{Cambio, compare};
use crate::content::huellas::{self, Memoria, Publicacion};
use crate::diagnostic::Diagnostic;

/// What came of it.
#[derive(Debug)]
pub enum Sealed {
    /// It is remembered.
    Done(Box<Publicacion>),
    /// Nothing changed since the last publication, which is this one.
    Same(Box<Publicacion>),
    /// It must not be published: what was is not respected.
    Refused(Vec<Cambio>),
    /// What is remembered is not as it was written.
    Altered(Box<Diagnostic>),
}

/// Remembers that what is in `published` is published on `date`. `root` is the site's folder.
///
/// # Errors
/// A folder that is not as it was built, a date before the last one, or what the system said no to; nothing is written then.
pub fn seal(root: &Path, published: &Path, date: jiff::civil::Date) -> Result<Sealed, String> {
    let mut memoria = match huellas::read(root) {
        Ok(memoria) => memoria.unwrap_or_default(),
        Err(diagnostic) => return Ok(Sealed::Altered(diagnostic)),
    };
    let shown = published.display();
    let edition = edition::open(published)?;
    let report = verify::verify(published)?;
    if let Some(finding) = report.findings.first() {
        return Err(format!(
            "{shown} no está como se construyó ({}): construya de nuevo antes de sellar",
            finding.path
        ));
    }
    if let Some(last) = memoria.publicacion.last() {
        if last.registros == edition.records_hash {
            return Ok(Sealed::Same(Box::new(last.clone())));
        }
        if date.to_string() < last.fecha {
            return Err(format!(
                "la publicación {} es del {}: esta no puede ser de antes ({date})",
                last.numero, last.fecha
            ));
        }
    }
    if edition.registros.iter().any(|p| p.huella.sha256.is_empty()) {
        return Err(format!("{shown} lo hizo una versión anterior de micrositio: construya de nuevo antes de sellar"));
    }
    let day = memoria.publicacion.last().map(|last| last.fecha.as_str()).filter(|day| *day == date.to_string());
    let cambios = compare(&memoria.vigente.registros, &edition.registros, day);
    let errors: Vec<Cambio> = cambios.iter().filter(|cambio| cambio.que.is_error()).cloned().collect();
    if !errors.is_empty() {
        return Ok(Sealed::Refused(errors));
    }
    let new = Publicacion {
        numero: 0,
        fecha: date.to_string(),
        generador: edition.manifest.generador,
        contenido: edition.hash,
        registros: edition.records_hash,
        cuantos: 0,
        vigente: String::new(),
        cambios: Vec::new(),
        anterior: String::new(),
        huella: String::new(),
    };
    memoria.append(new, &edition.registros, cambios);
    write(root, &memoria)?;
    let last = memoria.publicacion.pop().ok_or("no quedó ninguna publicación")?;
    Ok(Sealed::Done(Box::new(last)))
}

/// Whole or not at all: beside its place, then renamed.
fn write(root: &Path, memoria: &Memoria) -> Result<(), String> {
    let path = root.join(huellas::FILE);
    let text = memoria.to_toml().map_err(|e| format!("no se pudo escribir {}: {e}", path.display()))?;
    let partial = path.with_file_name(".huellas.toml.nuevo");
    let written = File::create(&partial).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&partial, &path)).map_err(|e| {
        let _ = fs::remove_file(&partial);
        told("escribir", &path, &e)
    })
}
