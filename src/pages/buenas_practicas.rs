//! The bank of good practices: by policy, level, period and entity, and each practice with its CAR fields.

use std::collections::BTreeMap;

use super::view::{Miga, dato, dato_fecha, dato_lista, datos, enlace, partes};
use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, Tarjeta, each, foreign_name, lista, of_plan, of_record};
use crate::catalog::address::slug;
use crate::catalog::relaciones::con_la_misma_evidencia;
use crate::catalog::{Catalog, Id};
use crate::check::practicas::missing_criteria;
use crate::content::buena_practica::{BuenaPractica, EstadoPractica, Evidencia, TipoEvidencia};
use crate::content::valor::Dato;
use crate::content::{Kind, Record};

const FIRST: &str = "buenas-practicas/index.html";

/// The bank, its facets, and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let all =
        lista::newest_first(catalog, catalog.all::<BuenaPractica>().map(|(id, _, p)| (p.hasta.consta().copied(), id)));
    let own = catalog.all::<BuenaPractica>().filter(|(_, record, _)| catalog.is_own(record)).count();
    let told = format!(
        "{} prácticas: {own} propias y {} de otras entidades, publicadas como referencia. El nivel es el que cada entidad declara.",
        all.len(),
        all.len() - own
    );
    lista::plan_with(FIRST, "Banco de buenas prácticas", Some(told.into()), &all, index, plans);
    for facet in facets(catalog, &all) {
        lista::plan(&facet.url, &format!("Buenas prácticas: {}", facet.name), &facet.rows, facet_page, plans);
    }
    each(catalog, catalog.ids(Kind::BuenaPractica), page, plans);
}

/// A value by which practices are grouped.
struct Facet {
    group: &'static str,
    name: String,
    url: String,
    rows: Vec<Row>,
}

/// Group and folder of each way of grouping.
const GROUPS: [(&str, &str); 4] = [
    ("Por política", "por-politica"),
    ("Por nivel", "por-nivel"),
    ("Por período", "por-periodo"),
    ("Por entidad", "por-entidad"),
];

/// First page of the list of a policy's practices.
pub fn of_politica(titulo: &str) -> String {
    facet_url("por-politica", titulo)
}

fn facet_url(folder: &str, name: &str) -> String {
    format!("buenas-practicas/{folder}/{}.html", slug(name))
}

fn facets(catalog: &Catalog, all: &[Row]) -> Vec<Facet> {
    let mut groups: BTreeMap<(usize, String), Facet> = BTreeMap::new();
    // A few values come with every practice: to make their addresses anew each time was half of the planning of a site.
    let mut urls: BTreeMap<(usize, String), String> = BTreeMap::new();
    for &(id, _) in all {
        let (Some(record), Some(practica)) = (catalog.records.get(id), catalog.get::<BuenaPractica>(id)) else {
            continue;
        };
        let policy = enlace(catalog, &practica.politica).texto;
        let period = practica.periodo.texto().unwrap_or("No consta").to_owned();
        let entity = foreign_name(catalog, record).or_else(|| catalog.own_entity().map(|(_, e)| e.nombre.to_string()));
        let values = [policy, level(practica.nivel).to_owned(), period, entity.unwrap_or_default()];
        for (place, (name, (group, folder))) in values.into_iter().zip(GROUPS).enumerate() {
            let key = (place, name);
            let url = match urls.get(&key) {
                Some(url) => url.clone(),
                None => urls.entry(key.clone()).or_insert_with(|| facet_url(folder, &key.1)).clone(),
            };
            let facet = groups.entry((place, url)).or_insert_with_key(|(_, url)| Facet {
                group,
                name: key.1,
                url: url.clone(),
                rows: Vec::new(),
            });
            facet.rows.push((id, 0));
        }
    }
    groups.into_values().collect()
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::BuenasPracticas);
    if plan.place.as_ref().is_some_and(|p| p.number == 0) {
        let all: Vec<Row> = catalog.ids(Kind::BuenaPractica).iter().map(|&id| (id, 0)).collect();
        let mut groups: Vec<(&str, Vec<Celda>)> = Vec::new();
        for facet in facets(catalog, &all) {
            let cell = Celda::link(&facet.name, &facet.url).with_note(Some(facet.rows.len().to_string()));
            match groups.last_mut() {
                Some((group, cells)) if *group == facet.group => cells.push(cell),
                _ => groups.push((facet.group, vec![cell])),
            }
        }
        for (group, cells) in groups {
            page.add(Bloque::lista(group, cells));
        }
    }
    page.add(Bloque::tarjetas("Todas las prácticas", cards(catalog, plan)));
    page
}

fn facet_page(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::BuenasPracticas);
    page.resumen = plan.place.as_ref().map(|p| match p.total {
        1 => "1 práctica.".to_owned(),
        n => format!("{n} prácticas."),
    });
    page.add(Bloque::tarjetas("Prácticas", cards(catalog, plan)));
    page
}

fn cards(catalog: &Catalog, plan: &Plan) -> Vec<Tarjeta> {
    let card_of = |&(id, _): &Row| Some(card(catalog, id, catalog.records.get(id)?, catalog.get::<BuenaPractica>(id)?));
    plan.rows.iter().filter_map(card_of).collect()
}

fn card(catalog: &Catalog, id: Id, record: &Record, practica: &BuenaPractica) -> Tarjeta {
    Tarjeta {
        titulo: practica.nombre.to_string(),
        url: catalog.url(id).to_owned(),
        fecha: practica.periodo.texto().map(str::to_owned),
        resumen: Some(enlace(catalog, &practica.politica).texto),
        etiquetas: vec![level(practica.nivel).to_owned(), state(practica.estado).to_owned()],
        referencia_de: foreign_name(catalog, record),
        ..Tarjeta::default()
    }
}

fn level(nivel: u8) -> &'static str {
    if nivel < 2 { "Primer nivel" } else { "Segundo nivel" }
}

/// How a state is written.
pub fn state(estado: EstadoPractica) -> &'static str {
    match estado {
        EstadoPractica::Borrador => "Borrador",
        EstadoPractica::Hecha => "Hecha",
        EstadoPractica::EnCurso => "En curso",
        EstadoPractica::Prevista => "Prevista",
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::BuenasPracticas, "Buena práctica");
    let Some(practica) = catalog.get::<BuenaPractica>(id) else {
        return page;
    };
    let policy = enlace(catalog, &practica.politica);
    page.migas.push(Miga::new(&policy.texto, &of_politica(&policy.texto)));
    if practica.nombre_del_editor {
        page.add(Bloque::aviso("La fuente no le pone nombre a esta práctica: el título es de quien edita el sitio."));
    }
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    let declared = practica.nivel_autodeclarado.then(|| "declarado por la entidad, sin verificar".to_owned());
    page.add(Bloque::ficha(
        "Ficha",
        vec![
            Campo::new("Política", vec![policy]),
            Campo::new("Componente", practica.componente.iter().map(|texto| Celda::text(&**texto)).collect()),
            Campo::new("Período", dato(&practica.periodo)),
            Campo::new("Estado", vec![Celda::text(state(practica.estado))]),
            Campo::new("Nivel", vec![Celda::text(level(practica.nivel)).with_note(declared)]),
            Campo::new("Responsables", partes(catalog, &practica.responsables)),
        ],
    ));
    page.add(Bloque::ficha(
        "Método CAR",
        vec![
            Campo::new("Contextualizar", dato(&practica.contextualizar)),
            Campo::new("Analizar", dato(&practica.analizar)),
            Campo::new("Recolectar", dato(&practica.recolectar)),
        ],
    ));
    results(practica, &mut page);
    page.add(evidence(&practica.evidencias));
    let sharing = con_la_misma_evidencia(catalog, id, practica).into_iter().map(|other| Celda::record(catalog, other));
    page.add(Bloque::lista("Otras prácticas con la misma evidencia", sharing.collect()));
    page
}

fn results(practica: &BuenaPractica, page: &mut Page) {
    // What the first level does not ask for is shown where it is known, and is not missed where it is not.
    let asked = |known: bool, cells: Vec<Celda>| if practica.nivel > 1 || known { cells } else { Vec::new() };
    page.add(Bloque::ficha(
        "Criterios y resultados",
        vec![
            Campo::new("Problema", asked(practica.problema.consta().is_some(), dato(&practica.problema))),
            Campo::new("Criterios que cumple", practica.criterios.iter().map(|texto| Celda::text(&**texto)).collect()),
            Campo::new(
                "Resultados con número",
                asked(
                    practica.resultados_cuantitativos.consta().is_some(),
                    dato_lista(&practica.resultados_cuantitativos, |r| {
                        let value = r.valor.to_string().replace('.', ",");
                        Celda::text(format!("{}: {value} {}", r.indicador, r.unidad))
                            .with_note(Some(r.periodo.to_string()))
                    }),
                ),
            ),
            Campo::new(
                "Resultados en palabras",
                asked(practica.resultados_cualitativos.consta().is_some(), datos(&practica.resultados_cualitativos)),
            ),
            Campo::new(
                "Sostenibilidad",
                asked(practica.sostenibilidad.consta().is_some(), dato(&practica.sostenibilidad)),
            ),
            Campo::new("Alianzas", asked(practica.alianzas.consta().is_some(), datos(&practica.alianzas))),
            Campo::new(
                "Le falta para el segundo nivel",
                if practica.nivel < 2 {
                    Vec::new()
                } else {
                    missing_criteria(practica).into_iter().map(Celda::text).collect()
                },
            ),
        ],
    ));
}

fn evidence(evidencias: &Dato<Box<[Evidencia]>>) -> Bloque {
    let Dato::Consta(rows) = evidencias else {
        return Bloque::texto("Evidencias", vec![Celda::no_consta()]);
    };
    let filas = rows
        .iter()
        .map(|e| {
            let number = match (&e.numero, &e.enlace) {
                (Some(numero), Some(url)) => Celda::link(numero, url),
                (Some(numero), None) => Celda::text(&**numero),
                (None, Some(url)) => Celda::link(url, url),
                (None, None) => Celda::no_consta(),
            };
            let about = e.descripcion.iter().map(|texto| Celda::text(&**texto)).collect();
            vec![vec![Celda::text(kind(e.tipo))], vec![number], dato_fecha(&e.fecha), about]
        })
        .collect();
    Bloque::tabla("Evidencias", &["Tipo", "Número", "Fecha", "Qué prueba"], filas)
}

fn kind(tipo: TipoEvidencia) -> &'static str {
    match tipo {
        TipoEvidencia::Memorando => "Memorando",
        TipoEvidencia::Oficio => "Oficio",
        TipoEvidencia::Circular => "Circular",
        TipoEvidencia::Decreto => "Decreto",
        TipoEvidencia::Resolucion => "Resolución",
        TipoEvidencia::Contrato => "Contrato",
        TipoEvidencia::Acta => "Acta",
        TipoEvidencia::Informe => "Informe",
        TipoEvidencia::Correo => "Correo",
        TipoEvidencia::Enlace => "Enlace",
        TipoEvidencia::Otra => "Otra",
    }
}
