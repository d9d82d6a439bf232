//! Minutes: the list, each acta, the register of decisions and the board of compromisos.

use super::comites::calidad;
use super::relacionados::{MOST, rest};
use super::view::{Miga, cita, dato, dato_fecha, dato_lista, datos, enlace, fecha, parte};
use std::collections::BTreeMap;

use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, Tarjeta, each, foreign_name, lista, of_plan, of_record};
use crate::catalog::{Catalog, Id, relaciones};
use crate::content::Kind;
use crate::content::acta::{
    Acta, AlcanceActa, Asistencia, Caracter, Compromiso, Decision, EstadoCompromiso, Modalidad, Punto, TipoDecision,
};
use crate::content::comite::Comite;
use crate::content::valor::{Dato, Fecha};

/// First page of the list of sessions.
pub const FIRST: &str = "actas/index.html";
const DECISIONES: &str = "actas/decisiones.html";
const COMPROMISOS: &str = "actas/compromisos.html";

/// Lists and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let all = lista::newest_first(catalog, catalog.all::<Acta>().map(|(id, _, acta)| (acta.fecha, id)));
    let is_own = |(id, _): &&Row| catalog.records.get(*id).is_some_and(|record| catalog.is_own(record));
    let own: Vec<Row> = all.iter().filter(is_own).copied().collect();
    let told = format!(
        "{} de la entidad y {} de otras entidades, como referencia; de la más reciente a la más antigua.",
        own.len(),
        all.len() - own.len()
    );
    lista::plan_with(FIRST, "Actas y sesiones", Some(told.into()), &all, index, plans);
    for (first, (titulo, rows)) in by_year(catalog, &all) {
        lista::plan(&first, &titulo, &rows, facet, plans);
    }
    for (id, _, comite) in catalog.all::<Comite>() {
        let rows = sessions(catalog, id);
        if rows.is_empty() {
            continue;
        }
        let titulo = format!("Sesiones: {}", comite.nombre);
        lista::plan(&of_comite(catalog, id), &titulo, &rows, facet, plans);
    }
    let parts = |actas: &[Row], count: fn(&Acta) -> usize| -> Vec<Row> {
        let parts = |&(id, _): &Row| (0..catalog.get::<Acta>(id).map_or(0, count)).map(move |i| (id, i));
        actas.iter().flat_map(parts).collect()
    };
    let decisiones = parts(&all, |a| a.decisiones.items().len());
    lista::plan(DECISIONES, "Registro de decisiones", &decisiones, decisions_page, plans);
    let mut compromisos = parts(&own, |a| a.compromisos.items().len());
    compromisos.sort_by_cached_key(|row| urgency(catalog, row));
    let told = told_of_compromisos(catalog, &compromisos);
    lista::plan_with(COMPROMISOS, "Tablero de compromisos", Some(told.into()), &compromisos, compromisos_page, plans);
    each(catalog, catalog.ids(Kind::Acta), page, plans);
}

/// First page and title of each year's list, with its rows.
fn by_year(catalog: &Catalog, all: &[Row]) -> BTreeMap<String, (String, Vec<Row>)> {
    let mut years: BTreeMap<String, (String, Vec<Row>)> = BTreeMap::new();
    for row in all {
        if let Some(acta) = catalog.get::<Acta>(row.0) {
            let year = acta.fecha.0.year();
            let list = years.entry(of_year(year));
            list.or_insert_with(|| (format!("Sesiones de {year}"), Vec::new())).1.push(*row);
        }
    }
    years
}

/// First page of the list of a year's sessions.
pub fn of_year(year: i16) -> String {
    format!("{BY_YEAR}{year}.html")
}

/// The year whose list of sessions begins on that page.
pub fn year_of(path: &str) -> Option<i16> {
    path.strip_prefix(BY_YEAR)?.strip_suffix(".html")?.parse().ok()
}

const BY_YEAR: &str = "actas/por-anio/";

/// First page of the list of a committee's sessions.
pub fn of_comite(catalog: &Catalog, comite: Id) -> String {
    catalog.url(comite).replacen("comites/", "actas/por-comite/", 1)
}

/// Sessions that refer to a record, newest first.
pub fn sessions(catalog: &Catalog, id: Id) -> Vec<Row> {
    lista::newest_first(catalog, catalog.users::<Acta>(id).map(|(user, _, acta)| (acta.fecha, user)))
}

/// An acta in a list, with what it decided first, or first about a document.
pub fn tarjeta(catalog: &Catalog, id: Id, about: Option<Id>) -> Option<Tarjeta> {
    let (record, acta) = (catalog.records.get(id)?, catalog.get::<Acta>(id)?);
    let mut decisions = acta.decisiones.items().iter();
    let told = decisions.find(|d| about.is_none() || d.documento.as_ref().and_then(|d| catalog.find(d)) == about);
    let mut etiquetas = Vec::new();
    if acta.alcance == AlcanceActa::Mencion {
        etiquetas.push("Solo mención".to_owned());
    }
    Some(Tarjeta {
        titulo: catalog.title(id).to_owned(),
        url: catalog.url(id).to_owned(),
        fecha: Some(fecha(acta.fecha)),
        resumen: told.map(|d| d.texto.to_string()),
        etiquetas,
        referencia_de: foreign_name(catalog, record),
        ..Tarjeta::default()
    })
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Comites);
    if plan.place.as_ref().is_some_and(|p| p.number == 0) {
        page.add(Bloque::lista(
            "También",
            vec![Celda::link("Registro de decisiones", DECISIONES), Celda::link("Tablero de compromisos", COMPROMISOS)],
        ));
        let comites =
            catalog.all::<Comite>().map(|(id, _, c)| (sessions(catalog, id).len(), c, of_comite(catalog, id)));
        let comites = comites.filter(|(n, ..)| *n > 0);
        let cell = |(n, c, url): (usize, &Comite, String)| Celda::link(&c.nombre, &url).with_note(Some(n.to_string()));
        page.add(Bloque::lista("Por comité", comites.map(cell).collect()));
        let all: Vec<Row> = catalog.ids(Kind::Acta).iter().map(|&id| (id, 0)).collect();
        let years = by_year(catalog, &all).into_iter().rev();
        let cell = |(url, (_, rows)): (String, (String, Vec<Row>))| {
            let year = url.rsplit('/').next().unwrap_or("").trim_end_matches(".html").to_owned();
            Celda::link(&year, &url).with_note(Some(rows.len().to_string()))
        };
        page.add(Bloque::lista("Por año", years.map(cell).collect()));
    }
    page.add(cards(catalog, plan));
    page
}

fn cards(catalog: &Catalog, plan: &Plan) -> Bloque {
    Bloque::tarjetas("Sesiones", plan.rows.iter().filter_map(|(id, _)| tarjeta(catalog, *id, None)).collect())
}

fn facet(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Comites);
    page.migas.push(Miga::new("Actas y sesiones", FIRST));
    page.add(cards(catalog, plan));
    if page.bloques.is_empty() {
        page.add(Bloque::aviso("Todavía no consta ninguna sesión."));
    }
    page
}

fn decisions_page(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Comites);
    page.migas.push(Miga::new("Actas y sesiones", FIRST));
    page.resumen = Some(
        "Lo que decidieron los comités, de lo más reciente a lo más antiguo. Las de otras entidades llevan su nombre."
            .to_owned(),
    );
    let row = |&(id, i): &Row| {
        let (record, acta) = (catalog.records.get(id)?, catalog.get::<Acta>(id)?);
        let d = acta.decisiones.items().get(i)?;
        Some(vec![
            vec![Celda::text(fecha(acta.fecha))],
            vec![Celda::record(catalog, id).with_note(foreign_name(catalog, record))],
            vec![Celda::text(decision(d.tipo))],
            vec![Celda::text(&*d.texto)],
            document(catalog, d),
        ])
    };
    let filas = plan.rows.iter().filter_map(row).collect();
    page.add(Bloque::tabla("Decisiones", &["Fecha", "Sesión", "Sentido", "Decisión", "Documento"], filas));
    if page.bloques.is_empty() {
        page.add(Bloque::aviso("Todavía no consta ninguna decisión."));
    }
    page
}

fn document(catalog: &Catalog, decision: &Decision) -> Vec<Celda> {
    let version = decision.version.as_ref().map(|v| format!("versión {v}"));
    decision.documento.iter().map(|d| enlace(catalog, d).with_note(version.clone())).collect()
}

/// State of a compromiso at the cut-off date.
fn state(compromiso: &Compromiso, corte: Option<Fecha>) -> &'static str {
    let open = matches!(compromiso.estado, EstadoCompromiso::Pendiente | EstadoCompromiso::EnCurso);
    let late = matches!((compromiso.fecha_limite.consta(), corte), (Some(limit), Some(today)) if *limit < today);
    match compromiso.estado {
        _ if open && late => "Vencido",
        EstadoCompromiso::Pendiente => "Pendiente",
        EstadoCompromiso::EnCurso => "En curso",
        EstadoCompromiso::Cumplido => "Cumplido",
        EstadoCompromiso::Retirado => "Retirado",
    }
}

fn told_of_compromisos(catalog: &Catalog, rows: &[Row]) -> String {
    let compromisos = rows.iter().filter_map(|&(id, i)| catalog.get::<Acta>(id)?.compromisos.items().get(i));
    match (rows.len(), catalog.corte) {
        (0, _) => "Ninguna fuente da todavía compromisos de los comités de la entidad.".to_owned(),
        (n, Some(corte)) => {
            let late = compromisos.filter(|c| state(c, Some(corte)) == "Vencido").count();
            format!("{n} compromisos, {late} vencidos a {}.", fecha(corte))
        }
        (n, None) => format!("{n} compromisos."),
    }
}

fn compromisos_page(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Comites);
    page.migas.push(Miga::new("Actas y sesiones", FIRST));
    let filas = plan.rows.iter().filter_map(|&(id, i)| {
        let mut row = compromiso_row(catalog, catalog.get::<Acta>(id)?.compromisos.items().get(i)?);
        row.push(vec![Celda::record(catalog, id)]);
        Some(row)
    });
    page.add(Bloque::tabla(
        "Compromisos",
        &["Compromiso", "Responsable", "Fecha límite", "Estado", "Sesión"],
        filas.collect(),
    ));
    if page.bloques.is_empty() {
        page.add(Bloque::aviso("Todavía no consta ningún compromiso."));
    }
    page
}

/// The compromisos for which a unit, process or committee answers, the overdue first.
pub fn compromisos_of(catalog: &Catalog, id: Id) -> Bloque {
    let mut rows = relaciones::compromisos_de(catalog, id);
    rows.sort_by_cached_key(|row| urgency(catalog, row));
    let total = rows.len();
    let filas = rows.into_iter().take(MOST).filter_map(|(id, i)| {
        let mut row = compromiso_row(catalog, catalog.get::<Acta>(id)?.compromisos.items().get(i)?);
        // Whose they are is the page's title.
        row.remove(1);
        row.push(vec![Celda::record(catalog, id)]);
        Some(row)
    });
    let more =
        rest(total, MOST, ("Tablero de compromisos", COMPROMISOS)).map(|cell| vec![vec![cell], vec![], vec![], vec![]]);
    let filas = filas.chain(more).collect();
    Bloque::tabla("Compromisos a su cargo", &["Compromiso", "Fecha límite", "Estado", "Sesión"], filas)
}

/// Overdue, then open by date, then closed; the oldest limit first.
fn urgency(catalog: &Catalog, &(id, i): &Row) -> (u8, Option<Fecha>, Id) {
    let compromiso = catalog.get::<Acta>(id).and_then(|acta| acta.compromisos.items().get(i));
    let Some(compromiso) = compromiso else { return (3, None, id) };
    let order = match (compromiso.estado, state(compromiso, catalog.corte)) {
        (_, "Vencido") => 0,
        (EstadoCompromiso::Pendiente | EstadoCompromiso::EnCurso, _) => 1,
        _ => 2,
    };
    (order, compromiso.fecha_limite.consta().copied(), id)
}

fn compromiso_row(catalog: &Catalog, c: &Compromiso) -> Vec<Vec<Celda>> {
    // That time ran out does not say that nobody had begun.
    let state = state(c, catalog.corte);
    let begun = (state == "Vencido" && c.estado == EstadoCompromiso::EnCurso).then(|| "estaba en curso".to_owned());
    let who = c.responsable.consta().map_or_else(Celda::no_consta, |p| parte(catalog, p));
    let evidence = c.evidencia.as_deref().map(|e| Celda::text(format!("Evidencia: {e}")));
    let task = match evidence {
        Some(evidence) if evidence.url.is_some() => vec![Celda::text(&*c.compromiso), evidence],
        evidence => vec![Celda::text(&*c.compromiso).with_note(evidence.map(|e| e.texto))],
    };
    vec![task, vec![who], dato_fecha(&c.fecha_limite), vec![Celda::text(state).with_note(begun)]]
}

fn decision(tipo: TipoDecision) -> &'static str {
    match tipo {
        TipoDecision::Aprueba => "Aprueba",
        TipoDecision::Niega => "Niega",
        TipoDecision::Aplaza => "Aplaza",
        TipoDecision::Debate => "Debate, sin decisión que conste",
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Comites, "Acta");
    let Some(acta) = catalog.get::<Acta>(id) else {
        return page;
    };
    page.migas.push(Miga::new("Actas y sesiones", FIRST));
    if acta.alcance == AlcanceActa::Mencion {
        page.add(Bloque::aviso("El acta no está a mano: aquí solo está lo que la fuente menciona de la sesión."));
    }
    page.add(Bloque::ficha("Sesión", session(catalog, acta)));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    page.add(points("Orden del día", &acta.orden_del_dia));
    page.add(points("Desarrollo", &acta.desarrollo));
    decisions_of(catalog, acta, &mut page);
    match &acta.compromisos {
        Dato::Consta(rows) if rows.is_empty() => page.add(Bloque::texto("Compromisos", vec![Celda::text("Ninguno")])),
        Dato::Consta(rows) => page.add(Bloque::tabla(
            "Compromisos",
            &["Compromiso", "Responsable", "Fecha límite", "Estado"],
            rows.iter().map(|c| compromiso_row(catalog, c)).collect(),
        )),
        Dato::NoConsta => page.add(Bloque::texto("Compromisos", vec![Celda::no_consta()])),
    }
    attendance(catalog, acta, &mut page);
    page.add(Bloque::ficha("Cierre", closing(acta)));
    page
}

fn session(catalog: &Catalog, acta: &Acta) -> Vec<Campo> {
    let caracter = acta.caracter.consta().map_or_else(Celda::no_consta, |c| {
        Celda::text(match c {
            Caracter::Ordinaria => "Ordinaria",
            Caracter::Extraordinaria => "Extraordinaria",
        })
    });
    let modalidad = acta.modalidad.consta().map_or_else(Celda::no_consta, |m| {
        Celda::text(match m {
            Modalidad::Presencial => "Presencial",
            Modalidad::Virtual => "Virtual",
            Modalidad::Mixta => "Mixta",
        })
    });
    let quorum = acta.quorum.consta().map_or_else(Celda::no_consta, |q| {
        let verdict = if q.hay { "hubo quórum" } else { "no hubo quórum" };
        Celda::text(format!("{} de {} miembros con voto; se exigen {}: {verdict}", q.presentes, q.miembros, q.exigido))
    });
    let number = acta.numero.consta().map_or_else(Celda::no_consta, |n| Celda::text(format!("{n:03}")));
    vec![
        Campo::new("Comité", vec![enlace(catalog, &acta.comite)]),
        Campo::new("Número", vec![number]),
        Campo::new("Fecha", vec![Celda::text(fecha(acta.fecha))]),
        Campo::new("Carácter", vec![caracter]),
        Campo::new("Modalidad", vec![modalidad]),
        Campo::new("Lugar", dato(&acta.lugar)),
        Campo::new("Hora de inicio", dato(&acta.hora_inicio)),
        Campo::new("Hora de cierre", dato(&acta.hora_fin)),
        Campo::new("Convocatoria", dato(&acta.convocatoria)),
        Campo::new("Quórum", vec![quorum]),
        Campo::new(
            "Acta anterior",
            vec![acta.acta_anterior.consta().map_or_else(Celda::no_consta, |a| enlace(catalog, a))],
        ),
    ]
}

fn points(title: &str, points: &Dato<Box<[Punto]>>) -> Bloque {
    match points.items().iter().zip(1..).all(|(point, n)| point.numero == n) {
        true => Bloque::numerada(title, dato_lista(points, |p| Celda::text(&*p.texto))),
        // As the acta numbers them, which a list would not.
        false => Bloque::lista(title, dato_lista(points, |p| Celda::text(format!("{}. {}", p.numero, p.texto)))),
    }
}

fn decisions_of(catalog: &Catalog, acta: &Acta, page: &mut Page) {
    let Dato::Consta(rows) = &acta.decisiones else {
        page.add(Bloque::texto("Decisiones", vec![Celda::no_consta()]));
        return;
    };
    if rows.is_empty() {
        page.add(Bloque::texto("Decisiones", vec![Celda::text("Ninguna")]));
    }
    let filas = rows
        .iter()
        .map(|d| {
            let votes = d.votos.consta().map_or_else(Celda::no_consta, |v| {
                Celda::text(format!("{} a favor, {} en contra, {} en blanco", v.a_favor, v.en_contra, v.en_blanco))
            });
            vec![
                vec![Celda::text(decision(d.tipo))],
                vec![Celda::text(&*d.texto)],
                document(catalog, d),
                vec![votes],
                d.fuente.iter().map(|c| cita(catalog, c)).collect(),
            ]
        })
        .collect();
    page.add(Bloque::tabla("Decisiones", &["Sentido", "Decisión", "Documento", "Votos", "Fuente"], filas));
}

fn attendance(catalog: &Catalog, acta: &Acta, page: &mut Page) {
    let Dato::Consta(rows) = &acta.asistentes else {
        page.add(Bloque::texto("Asistencia", vec![Celda::no_consta()]));
        return;
    };
    let filas = rows
        .iter()
        .map(|a| {
            let attended = match a.asistencia {
                Asistencia::Asistio => "Asistió",
                Asistencia::Delego => "Asistió su delegado",
                Asistencia::AusenteConExcusa => "Ausente, con excusa",
                Asistencia::AusenteSinExcusa => "Ausente, sin excusa",
            };
            let attended = Celda::text(attended).with_note(a.delegado.as_deref().map(str::to_owned));
            vec![vec![parte(catalog, &a.parte)], calidad(&a.calidad), vec![attended]]
        })
        .collect();
    page.add(Bloque::tabla("Asistencia", &["Cargo", "Calidad", "Asistencia"], filas));
}

fn closing(acta: &Acta) -> Vec<Campo> {
    let signed = dato_lista(&acta.firmas, |f| {
        let state = match f.firmada.consta() {
            Some(true) => "firmada",
            Some(false) => "pendiente de firma",
            None => "no consta si firmó",
        };
        Celda::text(&*f.cargo).with_note(Some(state.to_owned()))
    });
    vec![
        Campo::new("Proposiciones y varios", datos(&acta.proposiciones)),
        Campo::new("Próxima sesión", dato_fecha(&acta.proxima)),
        Campo::new("Anexos", datos(&acta.anexos)),
        Campo::new("Firmas", signed),
        Campo::new("Proyectó", dato(&acta.proyecto)),
    ]
}
