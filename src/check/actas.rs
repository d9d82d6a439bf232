//! Minutes: agenda and development agree, quórum adds up, commitments have who and when, numbers follow dates.

use std::collections::{BTreeMap, BTreeSet};

use super::at;
use crate::catalog::{Catalog, Id};
use crate::content::acta::{Acta, AlcanceActa, Asistencia, Asistente, Decision, Punto, Quorum, TipoDecision};
use crate::content::comite::{Calidad, Comite};
use crate::content::documento::Documento;
use crate::content::valor::Dato;
use crate::content::{Kind, Record};
use crate::diagnostic::{Diagnostic, Severity};

/// One acta at a time, then each committee's numbers.
pub fn check(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    for (id, record, acta) in catalog.all::<Acta>() {
        if !catalog.is_own(record) {
            continue;
        }
        agenda(record, acta, out);
        hours(record, acta, out);
        dates(record, acta, out);
        quorum(catalog, record, acta, out);
        decisions(catalog, record, acta, out);
        compromisos(record, acta, out);
        previous(catalog, id, record, acta, out);
        if acta.alcance == AlcanceActa::Mencion {
            out.push(at(
                record,
                "alcance",
                Severity::Aviso,
                "acta-sin-texto",
                "de esta sesión solo se conoce lo que otra fuente menciona; el acta no está a mano",
                "cuando tenga el acta, complete los campos y quite alcance = \"mencion\"",
            ));
        }
        if acta.numero == Dato::NoConsta {
            out.push(at(
                record,
                "numero",
                Severity::Aviso,
                "acta-sin-numero",
                "la fuente no da el número del acta",
                "escriba el número cuando lo conozca",
            ));
        }
    }
    numbers(catalog, out);
}

fn previous(catalog: &Catalog, id: Id, record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    let Some(before) = acta.acta_anterior.consta().and_then(|a| catalog.find(a)) else { return };
    // Two sessions may stand on one day.
    let later = catalog.get::<Acta>(before).is_some_and(|a| a.fecha > acta.fecha);
    if before == id || later {
        let message =
            if before == id { "el acta se nombra a sí misma" } else { "el acta anterior es posterior a esta" };
        let help = "escriba el código del acta de la sesión anterior";
        out.push(at(record, "acta_anterior", Severity::Error, "acta-anterior-imposible", message, help));
    }
}

fn agenda(record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    let (Some(agenda), Some(developed)) = (acta.orden_del_dia.consta(), acta.desarrollo.consta()) else {
        return;
    };
    let sides: [(&str, &[Punto], &[Punto], &str); 2] = [
        ("orden_del_dia", agenda, developed, "no tiene desarrollo"),
        ("desarrollo", developed, agenda, "no está en el orden del día"),
    ];
    for (key, points, others, message) in sides {
        let mut seen = BTreeSet::new();
        for (i, point) in points.iter().enumerate() {
            if !others.iter().any(|other| other.numero == point.numero) {
                out.push(at(
                    record,
                    &format!("{key}.{i}"),
                    Severity::Error,
                    "agenda-sin-desarrollo",
                    format!("el punto {} {message}", point.numero),
                    "cada punto del orden del día tiene su desarrollo, con el mismo número",
                ));
            }
            if !seen.insert(point.numero) {
                out.push(at(
                    record,
                    &format!("{key}.{i}.numero"),
                    Severity::Error,
                    "punto-repetido",
                    format!("el punto {} está dos veces", point.numero),
                    "numere los puntos 1, 2, 3…",
                ));
            }
        }
    }
}

fn hours(record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    let mut times = Vec::new();
    for (key, hour) in [("hora_inicio", &acta.hora_inicio), ("hora_fin", &acta.hora_fin)] {
        let Some(hour) = hour.consta() else { continue };
        // `1430` and `14:30:00` are hours too, and no page shows them so.
        match hour.parse::<jiff::civil::Time>() {
            Ok(time) if time.strftime("%H:%M").to_string() == **hour => times.push(time),
            _ => out.push(at(
                record,
                key,
                Severity::Error,
                "hora-imposible",
                format!("«{hour}» no es una hora"),
                "escriba la hora de 00:00 a 23:59, con dos cifras: 08:15, 14:30",
            )),
        }
    }
    if let [start, end] = times.as_slice()
        && end <= start
    {
        out.push(at(
            record,
            "hora_fin",
            Severity::Error,
            "hora-imposible",
            "la sesión termina antes de empezar",
            "corrija una de las dos horas; de las 2 de la tarde en adelante escriba 14:00, 15:00…",
        ));
    }
}

/// What comes of a session comes after it.
fn dates(record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    let after = [
        ("proxima", acta.proxima.consta().copied(), "la próxima sesión es anterior a esta"),
        ("publicado", record.comun.publicado, "el acta se publicó antes de la sesión"),
        ("actualizado", record.comun.actualizado, "el acta se actualizó antes de la sesión"),
    ];
    for (key, date, message) in after {
        if date.is_some_and(|date| date < acta.fecha) {
            let help = format!("corrija esta fecha, o la de la sesión: {}", acta.fecha.0);
            out.push(at(record, key, Severity::Error, "fecha-en-desorden", message, help));
        }
    }
}

fn votes(asistente: &Asistente) -> bool {
    matches!(asistente.calidad, Dato::Consta(Calidad::Preside | Calidad::ConVoto | Calidad::SecretariaConVoto))
}

fn present(asistente: &Asistente) -> bool {
    matches!(asistente.asistencia, Asistencia::Asistio | Asistencia::Delego)
}

fn quorum(catalog: &Catalog, record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    let Some(quorum) = acta.quorum.consta() else {
        return;
    };
    let mut wrong = |key: &str, message: String, help: &str| {
        out.push(at(record, key, Severity::Error, "quorum-no-cuadra", message, help));
    };
    let Quorum { miembros, presentes, exigido, hay } = *quorum;
    if (presentes >= exigido) != hay {
        let verdict = if hay { "sí" } else { "no" };
        wrong(
            "quorum.hay",
            format!("se exigen {exigido}, estuvieron {presentes}, y el acta dice que {verdict} hubo quórum"),
            "corrija los números o el valor de hay",
        );
    }
    if presentes > miembros {
        wrong(
            "quorum.presentes",
            format!("estuvieron {presentes} de {miembros} miembros"),
            "cuente solo los miembros con voto",
        );
    }
    if let Some(attendees) = acta.asistentes.consta()
        && attendees.iter().all(|a| a.calidad != Dato::NoConsta)
    {
        let counted = attendees.iter().filter(|a| votes(a) && present(a)).count();
        if usize::try_from(presentes) != Ok(counted) {
            wrong(
                "quorum.presentes",
                format!("el quórum dice {presentes} presentes y la lista tiene {counted} con voto"),
                "corrija el número o la calidad y la asistencia de cada quien",
            );
        }
    }
    let rule =
        catalog.find(&acta.comite).and_then(|id| catalog.get::<Comite>(id)).and_then(|comite| comite.quorum.consta());
    if let Some(rule) = rule {
        for (key, says, has) in
            [("quorum.exigido", rule.deliberatorio, exigido), ("quorum.miembros", rule.miembros, miembros)]
        {
            if says != has {
                let message = format!("el comité dice {says} y el acta dice {has}");
                wrong(key, message, "corrija el número, o el quórum del comité");
            }
        }
    }
    if !hay && !acta.decisiones.items().is_empty() {
        out.push(at(
            record,
            "decisiones",
            Severity::Error,
            "decision-sin-quorum",
            "se tomaron decisiones sin quórum",
            "revise el quórum; sin él la sesión no decide",
        ));
    }
}

fn decisions(catalog: &Catalog, record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    for (i, decision) in acta.decisiones.items().iter().enumerate() {
        if let (Some(votos), Some(quorum)) = (decision.votos.consta(), acta.quorum.consta()) {
            let cast = u64::from(votos.a_favor) + u64::from(votos.en_contra) + u64::from(votos.en_blanco);
            if cast > u64::from(quorum.presentes) {
                out.push(at(
                    record,
                    &format!("decisiones.{i}.votos"),
                    Severity::Error,
                    "votos-de-mas",
                    format!("hay {cast} votos y {} miembros presentes", quorum.presentes),
                    "corrija los votos o el quórum",
                ));
            }
        }
        let needed =
            catalog.find(&acta.comite).and_then(|id| catalog.get::<Comite>(id)?.quorum.consta()?.decisorio.consta());
        if let (TipoDecision::Aprueba, Some(votos), Some(needed)) = (decision.tipo, decision.votos.consta(), needed)
            && votos.a_favor < *needed
        {
            out.push(at(
                record,
                &format!("decisiones.{i}.votos"),
                Severity::Error,
                "votos-insuficientes",
                format!("para decidir se necesitan {needed} votos y hubo {} a favor", votos.a_favor),
                "corrija los votos o el sentido de la decisión, o el quórum decisorio del comité",
            ));
        }
        version(catalog, record, i, decision, out);
        let document = decision.documento.as_ref().and_then(|d| catalog.find(d));
        let approved = document.and_then(|id| approval(catalog, id, decision.version.as_deref()));
        if let (TipoDecision::Aprueba, Some(approved)) = (decision.tipo, approved)
            && approved != acta.fecha
        {
            out.push(at(
                record,
                &format!("decisiones.{i}.documento"),
                Severity::Aviso,
                "aprobacion-en-otra-fecha",
                format!("el acta es del {} y el documento dice que se aprobó el {}", acta.fecha.0, approved.0),
                "corrija una de las dos fechas, o escriba en version cuál se aprobó",
            ));
        }
    }
}

/// The version that was decided on is one that the document knows.
fn version(catalog: &Catalog, record: &Record, i: usize, decision: &Decision, out: &mut Vec<Diagnostic>) {
    let document = decision.documento.as_ref().and_then(|d| catalog.get::<Documento>(catalog.find(d)?));
    let (Some(document), Some(version)) = (document, &decision.version) else { return };
    let Some(changes) = document.cambio.consta() else { return };
    if decision.tipo == TipoDecision::Aprueba
        && document.version.consta() != Some(version)
        && !changes.iter().any(|c| c.version == *version)
    {
        let known: Vec<&str> = changes.iter().map(|c| &*c.version).collect();
        out.push(at(
            record,
            &format!("decisiones.{i}.version"),
            Severity::Error,
            "version-inexistente",
            format!("el documento no tiene la versión {version}"),
            format!("corrija la versión, o agréguela al control de cambios; las que tiene: {}", known.join(", ")),
        ));
    }
}

/// When a version of a document was approved, as the document says.
fn approval(catalog: &Catalog, id: Id, version: Option<&str>) -> Option<crate::content::valor::Fecha> {
    let document = catalog.get::<Documento>(id)?;
    let change = version.and_then(|v| document.cambio.items().iter().find(|c| *c.version == *v));
    match change {
        Some(change) => change.fecha.consta().copied(),
        None => document.fecha_aprobacion.consta().copied(),
    }
}

fn compromisos(record: &Record, acta: &Acta, out: &mut Vec<Diagnostic>) {
    for (i, compromiso) in acta.compromisos.items().iter().enumerate() {
        if let Some(limit) = compromiso.fecha_limite.consta()
            && *limit < acta.fecha
        {
            out.push(at(
                record,
                &format!("compromisos.{i}.fecha_limite"),
                Severity::Error,
                "compromiso-vencido-al-nacer",
                "el compromiso vence antes de la sesión en que se hizo",
                "corrija la fecha límite",
            ));
        }
    }
}

/// Numbers of a committee in a year: none twice, in the order of dates, gaps told.
fn numbers(catalog: &Catalog, out: &mut Vec<Diagnostic>) {
    type Numbered<'a> = (u32, &'a Record, &'a Acta);
    let mut series: BTreeMap<(Id, i16), Vec<Numbered<'_>>> = BTreeMap::new();
    for (_, record, acta) in catalog.all::<Acta>() {
        // Of a committee that cannot be read, nobody knows which series it is.
        if let (true, Some(comite), Some(numero)) =
            (catalog.is_own(record), catalog.find(&acta.comite), acta.numero.consta())
        {
            series.entry((comite, acta.fecha.0.year())).or_default().push((*numero, record, acta));
        }
    }
    for actas in series.values_mut() {
        actas.sort_by_key(|(numero, record, _)| (*numero, record.file.clone()));
        if let Some((numero @ 2.., record, _)) = actas.first().filter(|_| !catalog.has_broken(Kind::Acta)) {
            let message = format!("la primera acta del año en el sitio es la {numero}");
            let help = "publique las que faltan, o diga en el texto por qué no existen";
            out.push(at(record, "numero", Severity::Aviso, "acta-faltante", message, help));
        }
        for pair in actas.windows(2) {
            let [(before, _, first), (numero, record, acta)] = pair else {
                continue;
            };
            let (severity, code, message, help) = if numero == before {
                (
                    Severity::Error,
                    "acta-repetida",
                    format!("hay dos actas con el número {numero} en el mismo año"),
                    "corrija el número de una",
                )
            } else if acta.fecha < first.fecha {
                (
                    Severity::Error,
                    "acta-en-desorden",
                    format!("el acta {numero} es anterior al acta {before}"),
                    "los números siguen el orden de las fechas: corrija uno",
                )
            } else if *numero > before + 1 && !catalog.has_broken(Kind::Acta) {
                (
                    Severity::Aviso,
                    "acta-faltante",
                    format!("entre el acta {before} y el acta {numero} faltan números"),
                    "publique las actas que faltan, o diga en el texto por qué no existen",
                )
            } else {
                continue;
            };
            out.push(at(record, "numero", severity, code, message, help));
        }
    }
}
