//! Minutes: who was there, agenda, development, decisions and commitments.

use super::Draft;
use crate::plan::{self, days_after, days_before};
use crate::prose::Prose;
use crate::sets::{COMITES, Comite, DEPENDENCIAS, unit};

pub(super) fn write(draft: &mut Draft<'_>) -> String {
    let Some(comite) = usize::try_from(draft.place.nth).ok().and_then(|c| COMITES.get(c)) else {
        return String::new();
    };
    session(draft, comite);
    let present = attendance(draft, comite);
    let before = plan::acta_anterior(draft.i).map_or_else(|| "no consta".to_owned(), plan::codigo);
    draft.front.text("acta_anterior", before);
    let points = agenda(draft);
    decisions(draft, present, comite.quorum());
    commitments(draft);
    draft.front.texts("proposiciones", &[draft.prose.one()]);
    draft.front.raw("proxima", days_after(draft.fecha, 30));
    draft.front.texts("anexos", &["Lista de asistencia, que no se publica.".to_owned(), draft.prose.title()]);
    draft.front.tables(
        "firmas",
        &[
            "{ cargo = \"Alcalde municipal, presidente\", firmada = true }".to_owned(),
            "{ cargo = \"Coordinador del Grupo de Archivo, secretaría técnica\", firmada = true }".to_owned(),
        ],
    );
    draft.front.text("proyecto", "Profesional universitario");
    points.into_iter().next().unwrap_or_default()
}

fn session(draft: &mut Draft<'_>, comite: &Comite) {
    let (prose, fecha) = (&mut draft.prose, draft.fecha);
    let start = prose.rng.between(7, 14);
    let minutes = prose.rng.pick(&["00", "15", "30"]);
    let caracter = if prose.rng.chance(85) { "ordinaria" } else { "extraordinaria" };
    let called = plan::en_palabras(days_before(fecha, prose.rng.between(4, 9)));
    let front = &mut draft.front;
    front.text("comite", comite.codigo).raw("numero", plan::numero_acta(draft.place)).raw("fecha", fecha);
    front
        .text("caracter", caracter)
        .text("modalidad", prose.rng.pick(&["presencial", "presencial", "virtual", "mixta"]));
    front.text("lugar", "Sala de juntas de la casa municipal");
    front.text("hora_inicio", format_args!("{start:02}:{minutes}"));
    front.text("hora_fin", format_args!("{:02}:{minutes}", start + prose.rng.between(1, 4)));
    front.text("convocatoria", format_args!("La secretaría técnica convocó por correo el {called}."));
}

/// The participants, and how many with vote came: never fewer than the quorum asks for.
fn attendance(draft: &mut Draft<'_>, comite: &Comite) -> usize {
    let prose = &mut draft.prose;
    let mut may_miss = comite.miembros() - comite.quorum();
    let mut present = 0;
    let rows: Vec<String> = comite
        .participantes()
        .into_iter()
        .map(|(unit, quality)| {
            let votes = matches!(quality, "preside" | "con_voto");
            let came = match prose.rng.below(20) {
                0 if votes && may_miss > 0 => "asistencia = \"ausente_con_excusa\"",
                1 if votes && may_miss > 0 => "asistencia = \"ausente_sin_excusa\"",
                2 | 3 => "asistencia = \"delego\", delegado = \"Profesional especializado\"",
                _ => "asistencia = \"asistio\"",
            };
            if came.contains("ausente") {
                may_miss -= 1;
            } else if votes {
                present += 1;
            }
            let who = format!("dependencia = \"{}\", cargo = \"{}\"", unit.codigo, unit.cargo);
            format!("{{ parte = {{ {who} }}, calidad = \"{quality}\", {came} }}")
        })
        .collect();
    draft.front.tables("asistentes", &rows);
    let (members, asked) = (comite.miembros(), comite.quorum());
    let quorum = format!("{{ miembros = {members}, presentes = {present}, exigido = {asked}, hay = true }}");
    draft.front.raw("quorum", quorum);
    present
}

/// Agenda and development; gives the titles of the points of its own.
fn agenda(draft: &mut Draft<'_>) -> Vec<String> {
    let prose = &mut draft.prose;
    let own: Vec<String> = (0..prose.rng.between(2, 5)).map(|_| prose.title()).collect();
    let first = "Verificación del quórum y aprobación del orden del día".to_owned();
    let points: Vec<String> = std::iter::once(first).chain(own.iter().cloned()).collect();
    let numbered = |texts: &mut dyn Iterator<Item = String>| -> Vec<String> {
        texts.enumerate().map(|(n, text)| format!("{{ numero = {}, texto = \"{text}\" }}", n + 1)).collect()
    };
    let agenda = numbered(&mut points.iter().map(|point| format!("{point}.")));
    let development = numbered(&mut points.iter().map(|_| {
        let sentences = prose.rng.between(1, 3);
        prose.several(sentences)
    }));
    draft.front.tables("orden_del_dia", &agenda).tables("desarrollo", &development);
    own
}

/// The first decision approves the document before this record; the others are of all kinds.
fn decisions(draft: &mut Draft<'_>, present: usize, quorum: usize) {
    let prose = &mut draft.prose;
    let document = draft.i.checked_sub(1).map(plan::codigo).unwrap_or_default();
    let mut rows = vec![format!(
        "{{ texto = \"{}\", tipo = \"aprueba\", documento = \"{document}\", votos = {} }}",
        prose.one(),
        votes(prose, present, quorum)
    )];
    for _ in 0..prose.rng.below(3) {
        let tipo = prose.rng.pick(&["aprueba", "aprueba", "aprueba", "niega", "aplaza", "debate"]);
        let votes = if tipo == "debate" { "\"no consta\"".to_owned() } else { votes(prose, present, quorum) };
        rows.push(format!("{{ texto = \"{}\", tipo = \"{tipo}\", votos = {votes} }}", prose.one()));
    }
    draft.front.tables("decisiones", &rows);
}

/// All who came vote, one of them at times against; the others are enough to decide.
fn votes(prose: &mut Prose<'_>, present: usize, quorum: usize) -> String {
    let against = usize::from(present > quorum && prose.rng.chance(20));
    format!("{{ a_favor = {}, en_contra = {against}, en_blanco = 0 }}", present - against)
}

fn commitments(draft: &mut Draft<'_>) {
    let prose = &mut draft.prose;
    let rows: Vec<String> = (0..prose.rng.between(1, 3))
        .map(|_| {
            let who = unit(prose.rng.index(DEPENDENCIAS.len()));
            let limit = days_after(draft.fecha, prose.rng.between(15, 120));
            let state = match prose.rng.below(20) {
                0 => "estado = \"pendiente\"".to_owned(),
                1 => "estado = \"en_curso\"".to_owned(),
                2 => "estado = \"retirado\"".to_owned(),
                _ => format!("estado = \"cumplido\", evidencia = \"{}\"", prose.one()),
            };
            let task = prose.task();
            let who = format!("{{ dependencia = \"{}\", cargo = \"{}\" }}", who.codigo, who.cargo);
            format!("{{ compromiso = \"{task}.\", responsable = {who}, fecha_limite = {limit}, {state} }}")
        })
        .collect();
    draft.front.tables("compromisos", &rows);
}
