//! Controlled documents: codes of their type's pattern, versions that increase, dates that follow one another.

use std::collections::BTreeMap;

use regex::Regex;

use super::at;
use crate::catalog::{Catalog, Id};
use crate::content::Record;
use crate::content::documento::{Clasificacion, DatosPersonales, Documento};
use crate::content::tipo_documental::TipoDocumental;
use crate::content::valor::Dato;
use crate::diagnostic::{Diagnostic, Severity};

/// Codes, versions, dates and classification.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    // Compiled once: doing it for each document was a twentieth of a build.
    let mut patterns: BTreeMap<Id, (&str, Regex)> = BTreeMap::new();
    for (id, record, tipo) in catalog.all::<TipoDocumental>() {
        let Some(written) = tipo.patron.consta() else { continue };
        match Regex::new(written) {
            Ok(pattern) => {
                patterns.insert(id, (written, pattern));
            }
            Err(_) => out.push(at(
                record,
                "patron",
                Severity::Error,
                "patron-invalido",
                "el patrón no es una expresión regular",
                "por ejemplo, para DEP-OD-001: '^[A-Z]{3}-OD-\\d{3}$'",
            )),
        }
    }
    for (_, record, documento) in catalog.all::<Documento>() {
        if !catalog.is_own(record) {
            continue;
        }
        code(catalog, &patterns, record, documento, out);
        versions(record, documento, out);
        dates(record, documento, out);
        if documento.clasificacion == Dato::Consta(Clasificacion::Publica)
            && matches!(
                documento.datos_personales,
                Dato::Consta(DatosPersonales::Sensibles | DatosPersonales::DeMenores)
            )
        {
            out.push(at(
                record,
                "clasificacion",
                Severity::Error,
                "clasificacion-contradictoria",
                "el documento se clasifica como público y dice tener datos sensibles o de menores",
                "publique una versión sin esos datos, o corrija la clasificación (Leyes 1712 de 2014 y 1581 de 2012)",
            ));
        }
    }
}

fn code(
    catalog: &Catalog,
    patterns: &BTreeMap<Id, (&str, Regex)>,
    record: &Record,
    documento: &Documento,
    out: &mut Vec<Diagnostic>,
) {
    let codigo = &record.comun.codigo;
    if let Some((written, pattern)) = catalog.find(&documento.tipo).and_then(|id| patterns.get(&id))
        && !pattern.is_match(codigo)
    {
        out.push(at(
            record,
            "codigo",
            Severity::Error,
            "codigo-fuera-de-patron",
            format!("el código «{codigo}» no cumple el patrón de su tipo documental: {written}"),
            "corrija el código, o el patrón en tipos-documentales.toml",
        ));
    }
    let process = documento.proceso.consta().and_then(|p| catalog.find(p));
    let process_code = process.and_then(|id| catalog.records.get(id)).map(|r| &*r.comun.codigo);
    if let (Some(process), Some((prefix, _))) = (process_code, codigo.split_once('-'))
        && codigo.strip_prefix(process).is_none_or(|rest| !rest.starts_with('-'))
    {
        out.push(at(
            record,
            "codigo",
            Severity::Aviso,
            "codigo-de-otro-proceso",
            format!("el código empieza por {prefix} y el documento es del proceso {process}"),
            "corrija el código o el proceso",
        ));
    }
}

/// `001`, `2`, `1.3` as numbers to compare.
fn version_number(version: &str) -> Option<Vec<u32>> {
    let digits = version.trim_start_matches(['v', 'V', ' ', '.']);
    digits.split('.').map(|part| part.parse().ok()).collect()
}

fn versions(record: &Record, documento: &Documento, out: &mut Vec<Diagnostic>) {
    let changes = documento.cambio.items();
    for (i, pair) in changes.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let key = format!("cambio.{}.version", i + 1);
        let (a, b) = (version_number(&before.version), version_number(&after.version));
        let grows = match (a, b) {
            (Some(a), Some(b)) => a < b,
            _ => before.version < after.version,
        };
        if !grows {
            out.push(at(
                record,
                &key,
                Severity::Error,
                "version-no-crece",
                format!("la versión «{}» viene después de «{}»", after.version, before.version),
                "ordene el control de cambios de la versión más vieja a la más nueva, sin repetir",
            ));
        }
        if let (Some(a), Some(b)) = (before.fecha.consta(), after.fecha.consta())
            && b < a
        {
            out.push(at(
                record,
                &format!("cambio.{}.fecha", i + 1),
                Severity::Error,
                "fecha-en-desorden",
                format!("la versión «{}» es anterior a la que reemplaza", after.version),
                "corrija una de las dos fechas",
            ));
        }
    }
    if let (Some(approved), Some(Some(last))) =
        (documento.fecha_aprobacion.consta(), changes.last().map(|c| c.fecha.consta()))
        && approved != last
    {
        out.push(at(
            record,
            "fecha_aprobacion",
            Severity::Aviso,
            "aprobacion-distinta",
            format!("se aprobó el {} y el control de cambios termina el {}", approved.0, last.0),
            "corrija una de las dos fechas, o agregue el cambio que falta",
        ));
    }
    if let (Some(version), Some(last)) = (documento.version.consta(), changes.last())
        && *version != last.version
    {
        out.push(at(
            record,
            "version",
            Severity::Error,
            "version-distinta",
            format!("la versión vigente es «{version}» y el control de cambios termina en «{}»", last.version),
            "agregue el cambio que falta o corrija la versión",
        ));
    }
}

fn dates(record: &Record, documento: &Documento, out: &mut Vec<Diagnostic>) {
    if let (Some(approved), Some(review)) = (documento.fecha_aprobacion.consta(), documento.proxima_revision.consta())
        && review < approved
    {
        out.push(at(
            record,
            "proxima_revision",
            Severity::Error,
            "fecha-en-desorden",
            "la próxima revisión es anterior a la aprobación",
            "corrija una de las dos fechas",
        ));
    }
    if let (Some(made), Some(approved)) = (documento.fecha_elaboracion.consta(), documento.fecha_aprobacion.consta())
        && approved < made
    {
        out.push(at(
            record,
            "fecha_aprobacion",
            Severity::Error,
            "fecha-en-desorden",
            "el documento se aprobó antes de elaborarse",
            "corrija una de las dos fechas",
        ));
    }
}
