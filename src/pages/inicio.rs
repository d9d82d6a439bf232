//! The home: the process map and the ways in.

use serde::Serialize;

use super::{Page, Plan, Section, alone, lista, view};
use crate::catalog::{Catalog, Id, relaciones};
use crate::content::acta::Acta;
use crate::content::dependencia::Dependencia;
use crate::content::proceso::Proceso;
use crate::content::{Kind, Record};

/// One page.
pub fn plan(_: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone("index.html", "", page));
}

/// A band of the map.
#[derive(Debug, Serialize)]
pub struct Banda {
    tipo: String,
    nombre: String,
    texto: String,
    procesos: Vec<Casilla>,
}

/// A process of the map.
#[derive(Debug, Serialize)]
struct Casilla {
    codigo: String,
    nombre: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Inicio {
    bandas: Vec<Banda>,
    entradas: Vec<Entrada>,
    sesiones: Vec<view::Tarjeta>,
}

#[derive(Debug, Serialize)]
struct Entrada {
    titulo: String,
    url: String,
    texto: String,
    cuenta: usize,
}

/// First-level processes of the site's own entity, in the order of the map.
pub fn bandas(catalog: &Catalog) -> Vec<Banda> {
    catalog
        .config
        .nivel
        .iter()
        .map(|nivel| {
            let mut procesos: Vec<(u32, Id, &Record, &Proceso)> = catalog
                .all::<Proceso>()
                .filter(|(_, r, p)| catalog.is_own(r) && p.tipo == nivel.tipo && p.padre.is_none())
                .map(|(id, r, p)| (p.orden, id, r, p))
                .collect();
            procesos.sort_by_key(|(orden, id, ..)| (*orden, *id));
            Banda {
                tipo: format!("{:?}", nivel.tipo).to_lowercase(),
                nombre: nivel.nombre.clone(),
                texto: nivel.texto.clone(),
                procesos: procesos
                    .into_iter()
                    .map(|(_, id, record, proceso)| Casilla {
                        codigo: record.comun.codigo.to_string(),
                        nombre: proceso.nombre.to_string(),
                        url: catalog.url(id).to_owned(),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = Page::new(&plan.path, &catalog.config.titulo, Section::Inicio);
    page.template = "inicio.html";
    page.resumen = Some(catalog.config.descripcion.clone());
    let own = |kind: Kind| {
        let ids = catalog.ids(kind).iter();
        ids.filter(|id| catalog.records.get(**id).is_some_and(|r| catalog.is_own(r))).count()
    };
    let entrada = |titulo: &str, url: &str, texto: &str, cuenta| Entrada {
        titulo: titulo.to_owned(),
        url: url.to_owned(),
        texto: texto.to_owned(),
        cuenta,
    };
    let units = catalog.all::<Dependencia>().filter(|(id, r, _)| catalog.is_own(r) && relaciones::exists(catalog, *id));
    let practices = own(Kind::BuenaPractica);
    let bank = match catalog.ids(Kind::BuenaPractica).len() - practices {
        0 => "El banco de prácticas, por política y por nivel.".to_owned(),
        n => format!("El banco de prácticas, por política y por nivel; además, {n} de otras entidades."),
    };
    let actas =
        catalog.all::<Acta>().filter(|(_, record, _)| catalog.is_own(record)).map(|(id, _, acta)| (acta.fecha, id));
    let newest = lista::newest_first(catalog, actas);
    let sesiones = newest.into_iter().take(4).filter_map(|(id, _)| super::actas::tarjeta(catalog, id, None)).collect();
    let inicio = Inicio {
        bandas: bandas(catalog),
        entradas: vec![
            entrada(
                "Actas y sesiones",
                "actas/index.html",
                "Qué decidió cada comité, cuándo y con qué compromisos.",
                own(Kind::Acta),
            ),
            entrada(
                "Documentos controlados",
                "documentos/index.html",
                "El listado maestro: versión, fechas y cambios.",
                own(Kind::Documento),
            ),
            entrada(
                "Políticas de MIPG",
                "politicas/index.html",
                "Las dimensiones, sus políticas y quién responde.",
                own(Kind::Politica),
            ),
            entrada("Comités", "comites/index.html", "Quiénes los integran y de qué se ocupan.", own(Kind::Comite)),
            entrada(
                "Dependencias",
                "dependencias/index.html",
                "Las oficinas y los procesos en que participan.",
                units.count(),
            ),
            entrada("Buenas prácticas", "buenas-practicas/index.html", &bank, practices),
            entrada(
                "Normograma",
                "normograma/index.html",
                "Las normas, su vigencia y a qué aplican.",
                own(Kind::Norma),
            ),
            entrada(
                "Glosario",
                "glosario/index.html",
                "Cada término con su definición y su fuente.",
                own(Kind::Glosario),
            ),
        ],
        sesiones,
    };
    page.propio = serde_json::to_value(&inicio).ok();
    page
}
