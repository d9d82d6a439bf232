//! What a record is known by when it is published: its address, its version and the hash of what it says.

use super::{Catalog, Id};
use crate::content::huellas::{Huella, Publicado};
use crate::content::{Datos, Record};

/// Of a record.
pub fn of(catalog: &Catalog, id: Id, record: &Record) -> Huella {
    let (version, archivo) = match &record.datos {
        Datos::Documento(d) => (d.version.texto(), d.archivo.texto()),
        _ => (None, None),
    };
    Huella {
        tipo: record.kind.name().to_owned(),
        codigo: record.comun.codigo.to_string(),
        url: catalog.url(id).to_owned(),
        version: version.map(str::to_owned),
        actualizado: record.comun.actualizado.map(|date| date.0.to_string()),
        archivo: archivo.map(str::to_owned),
        sha256: base16ct::lower::encode_string(&record.sha256),
    }
}

/// All records as they would be published.
pub fn all(catalog: &Catalog) -> Vec<Publicado> {
    let all = catalog.records.iter().enumerate().map(|(id, record)| Publicado {
        huella: of(catalog, id, record),
        titulo: catalog.title(id).to_owned(),
        codigos_anteriores: record.comun.codigos_anteriores.iter().map(|codigo| codigo.to_string()).collect(),
    });
    all.collect()
}
