//! Committees and internal groups.

use super::view::{dato, dato_lista, enlace, parte};
use super::{Bloque, Campo, Celda, Page, Plan, Section, Tarjeta, alone, each, foreign_name, of_plan, of_record};
use crate::catalog::{Catalog, Id};
use crate::content::Kind;
use crate::content::acta::Acta;
use crate::content::comite::{Calidad, Comite, TipoComite};
use crate::content::valor::Dato;

/// Most sessions on a committee's page; its list of actas has the rest.
const SHOWN: usize = 20;

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(Section::Comites.url(), "Comités y actas", index));
    each(catalog, catalog.ids(Kind::Comite), page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Comites);
    page.resumen = Some("Quiénes integran cada comité, de qué responde y qué ha decidido.".to_owned());
    page.add(Bloque::lista(
        "Lo que han hecho",
        vec![
            Celda::link("Actas y sesiones", "actas/index.html"),
            Celda::link("Registro de decisiones", "actas/decisiones.html"),
            Celda::link("Tablero de compromisos", "actas/compromisos.html"),
        ],
    ));
    for (tipo, titulo) in [(TipoComite::Comite, "Comités"), (TipoComite::GrupoInterno, "Grupos internos de trabajo")] {
        let mut cards: Vec<(u32, Tarjeta)> = catalog
            .all::<Comite>()
            .filter(|(_, r, c)| catalog.is_own(r) && c.tipo == tipo)
            .map(|(id, _, c)| (c.orden, card(catalog, id, c)))
            .collect();
        cards.sort_by(|a, b| (a.0, &a.1.titulo).cmp(&(b.0, &b.1.titulo)));
        page.add(Bloque::tarjetas(titulo, cards.into_iter().map(|(_, c)| c).collect()));
    }
    let foreign = catalog.all::<Comite>().filter(|(_, r, _)| !catalog.is_own(r));
    let foreign = foreign.map(|(id, _, c)| card(catalog, id, c)).collect();
    page.add(Bloque::tarjetas("De otras entidades, como referencia", foreign));
    page
}

fn card(catalog: &Catalog, id: Id, comite: &Comite) -> Tarjeta {
    let actas = catalog.users::<Acta>(id).count();
    Tarjeta {
        titulo: comite.nombre.to_string(),
        url: catalog.url(id).to_owned(),
        resumen: comite.responsabilidad.texto().map(str::to_owned),
        etiquetas: (actas > 0)
            .then(|| if actas == 1 { "1 sesión".to_owned() } else { format!("{actas} sesiones") })
            .into_iter()
            .collect(),
        referencia_de: catalog.records.get(id).and_then(|r| foreign_name(catalog, r)),
        ..Tarjeta::default()
    }
}

/// How a quality is written.
pub fn calidad(calidad: &Dato<Calidad>) -> Vec<Celda> {
    let name = |c: &Calidad| match c {
        Calidad::Preside => "Preside, con voz y voto",
        Calidad::ConVoto => "Con voz y voto",
        Calidad::SinVoto => "Con voz, sin voto",
        Calidad::Secretaria => "Secretaría técnica",
        Calidad::SecretariaConVoto => "Secretaría técnica, con voz y voto",
        Calidad::InvitadoPermanente => "Invitado permanente",
        Calidad::Invitado => "Invitado",
    };
    vec![calidad.consta().map_or_else(Celda::no_consta, |c| Celda::text(name(c)))]
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Comites, "Comité");
    let Some(comite) = catalog.get::<Comite>(id) else {
        return page;
    };
    if comite.tipo == TipoComite::GrupoInterno {
        page.etiqueta = Some("Grupo interno de trabajo".to_owned());
    }
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    let quorum = comite.quorum.consta().map_or_else(Celda::no_consta, |q| {
        let decide = q
            .decisorio
            .consta()
            .map_or_else(|| "no consta con cuántos decide".to_owned(), |n| format!("decide con {n}"));
        Celda::text(format!("{} miembros con voto; delibera con {} y {decide}", q.miembros, q.deliberatorio))
    });
    page.add(Bloque::ficha(
        "Datos",
        vec![
            Campo::new("Responsabilidad", dato(&comite.responsabilidad)),
            Campo::new("Actos que lo crean o reglamentan", dato_lista(&comite.actos, |n| enlace(catalog, n))),
            Campo::new("Quórum", vec![quorum]),
            Campo::new("Periodicidad", dato(&comite.periodicidad)),
        ],
    ));
    match &comite.participantes {
        Dato::Consta(rows) => {
            let filas = rows.iter().map(|p| vec![vec![parte(catalog, &p.parte)], calidad(&p.calidad)]).collect();
            page.add(Bloque::tabla("Participantes", &["Quién", "Calidad"], filas));
        }
        Dato::NoConsta => page.add(Bloque::texto("Participantes", vec![Celda::no_consta()])),
    }
    page.add(super::actas::compromisos_of(catalog, id));
    let sessions = super::actas::sessions(catalog, id);
    let cards =
        sessions.iter().take(SHOWN).filter_map(|(acta, _)| super::actas::tarjeta(catalog, *acta, None)).collect();
    page.add(Bloque::tarjetas("Sesiones, de la más reciente a la más antigua", cards));
    if sessions.len() > SHOWN {
        let all = Celda::link(&format!("Ver las {} sesiones", sessions.len()), &super::actas::of_comite(catalog, id));
        page.add(Bloque::lista("Todas las sesiones", vec![all]));
    }
    page
}
