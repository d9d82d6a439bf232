//! What `micrositio seal` remembers: what changed between publications, newest first, and the register that shows when each was made.

use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, Tarjeta, datos, lista, of_plan};
use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::huellas::cambios::{Cambio, Que};
use crate::content::huellas::{Publicacion, summary};
use crate::content::valor::Fecha;

/// Path of what changed.
pub const PATH: &str = "publicaciones/index.html";

/// Path of the register.
pub const REGISTER: &str = "publicaciones/registro.html";

/// What the first page is called.
pub const TITLE: &str = "Qué cambió";

/// Titles that stand for a publication in the list.
const NAMED: usize = 3;

/// The list, the register, and a page for the changes of each publication; nothing where nothing was sealed.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let all = publications(catalog);
    if all.is_empty() {
        return;
    }
    let newest: Vec<Row> = (0..all.len()).rev().map(|place| (place, 0)).collect();
    lista::plan(PATH, TITLE, &newest, index, plans);
    lista::plan(REGISTER, "Registro de publicaciones", &newest, register, plans);
    for (place, publicacion) in all.iter().enumerate().filter(|(_, p)| !p.cambios.is_empty()) {
        let rows: Vec<Row> = (0..publicacion.cambios.len()).map(|cambio| (place, cambio)).collect();
        let title = format!("{TITLE} el {}", day(publicacion));
        lista::plan(&path(publicacion), &title, &rows, changes, plans);
    }
}

/// Whether anything was sealed.
pub fn has_any(catalog: &Catalog) -> bool {
    !publications(catalog).is_empty()
}

fn publications(catalog: &Catalog) -> &[Publicacion] {
    catalog.memoria.as_ref().map_or(&[], |memoria| memoria.publicacion.as_slice())
}

/// Address of the changes of a publication; those of none are in the register only.
fn path(publicacion: &Publicacion) -> String {
    match publicacion.cambios.as_slice() {
        [] => REGISTER.to_owned(),
        _ => format!("publicaciones/{}.html", publicacion.numero),
    }
}

/// The day in words.
fn day(publicacion: &Publicacion) -> String {
    publicacion.fecha.parse().map_or_else(|_| publicacion.fecha.clone(), |date| Fecha(date).en_palabras())
}

fn what(publicacion: &Publicacion) -> String {
    match publicacion.cambios.as_slice() {
        [] if publicacion.numero == 1 => format!("Primera publicación: {} registros", publicacion.cuantos),
        [] => "Ningún registro cambió".to_owned(),
        cambios => summary(cambios),
    }
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    page.resumen =
        Some("Lo que se agregó, cambió o retiró en cada publicación, de la más reciente a la más antigua.".to_owned());
    page.add(Bloque::lista("Además", vec![Celda::link("Registro de publicaciones", REGISTER)]));
    let card = |publicacion: &Publicacion| {
        let mut named: Vec<&str> = publicacion.cambios.iter().take(NAMED).map(|c| c.titulo.as_str()).collect();
        let more = format!("y {} más", publicacion.cambios.len().saturating_sub(NAMED));
        if publicacion.cambios.len() > NAMED {
            named.push(&more);
        }
        Tarjeta {
            titulo: what(publicacion),
            url: path(publicacion),
            fecha: Some(day(publicacion)),
            resumen: Some(named.join(" · ")).filter(|text| !text.is_empty()),
            ..Tarjeta::default()
        }
    };
    let all = publications(catalog);
    let cards = plan.rows.iter().filter_map(|(place, _)| all.get(*place)).map(card).collect();
    page.add(Bloque::tarjetas("Publicaciones", cards));
    page
}

fn changes(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    page.migas.push(super::Miga::new(TITLE, PATH));
    let rows = plan.rows.iter().filter_map(|(place, change)| {
        let publicacion = publications(catalog).get(*place)?;
        Some((publicacion, publicacion.cambios.get(*change)?))
    });
    let rows: Vec<(&Publicacion, &Cambio)> = rows.collect();
    let Some((publicacion, _)) = rows.first() else { return page };
    page.resumen = Some(format!("Publicación {}: {}.", publicacion.numero, what(publicacion)));
    for que in Que::ALL {
        let of = rows.iter().filter(|(_, cambio)| cambio.que == que).map(|(_, cambio)| row(catalog, cambio));
        page.add(Bloque::tabla(
            que.heading(),
            &["Registro", "Código", "Tipo", "Versión o código anterior"],
            of.collect(),
        ));
    }
    page
}

fn row(catalog: &Catalog, cambio: &Cambio) -> Vec<Vec<Celda>> {
    let kind = Kind::named(&cambio.tipo);
    // Where it is now, whatever became of it since.
    let is = kind.and_then(|kind| catalog.find_of(kind, &cambio.codigo));
    let id = is.or_else(|| catalog.find_of(Kind::Retirado, &cambio.codigo));
    let title = match id {
        Some(id) => Celda::link(&cambio.titulo, catalog.url(id)),
        None => Celda::text(&*cambio.titulo),
    };
    let kind = kind.map_or("registro", Kind::label);
    let before = match (cambio.que, &cambio.version, &cambio.antes) {
        (Que::Version, Some(now), Some(before)) => Some(format!("{before} → {now}")),
        (Que::Version, now, _) => now.clone(),
        (_, _, before) => before.clone(),
    };
    vec![
        vec![title],
        vec![Celda::text(&*cambio.codigo)],
        vec![Celda::text(kind)],
        before.into_iter().map(Celda::text).collect(),
    ]
}

fn register(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    page.migas.push(super::Miga::new(TITLE, PATH));
    page.resumen = Some("Qué se publicó y cuándo, de modo que se pueda comprobar y no solo afirmar.".to_owned());
    let all = publications(catalog);
    if let Some(last) = all.last() {
        page.add(Bloque::ficha(
            "La última",
            vec![
                Campo::new("Publicación", vec![Celda::text(last.numero.to_string())]),
                Campo::new("Fecha", vec![Celda::text(day(last))]),
                Campo::new("Huella de la publicación", vec![Celda::text(&*last.huella)]),
            ],
        ));
    }
    page.add(Bloque::texto(
        "Cómo se comprueba",
        vec![
            Celda::text(
                "Cada publicación es un renglón de publicaciones.jsonl. Su huella es el SHA-256 de ese renglón, sin el fin de \
                línea, y está escrita en el renglón siguiente, en «anterior»: si alguien cambia una publicación vieja, la cadena \
                se rompe. La huella de la última es la que se anota en un acta o un oficio.",
            ),
            Celda::text(
                "«Registros» es el SHA-256 de registros.json, la lista de lo publicado con la huella de cada registro. \
                «Contenido» es el de micrositio.json, la lista de los archivos, como era al anotar la publicación. Desde que el sitio \
                la muestra hay un archivo más y ese SHA-256 es otro, sin que nadie haya alterado nada; el de «Registros» sigue \
                siendo el mismo hasta la publicación siguiente.",
            ),
            Celda::link("datos/publicaciones.jsonl", datos::PUBLICATIONS),
            Celda::link(datos::RECORDS, datos::RECORDS),
        ],
    ));
    let row = |p: &Publicacion| {
        vec![
            vec![Celda::text(p.numero.to_string())],
            vec![Celda::text(day(p))],
            vec![match p.cambios.as_slice() {
                [] => Celda::text(what(p)),
                _ => Celda::link(&what(p), &path(p)),
            }],
            [(&p.huella, "publicación"), (&p.registros, "registros"), (&p.contenido, "contenido")]
                .map(|(hash, of)| Celda::text(hash.as_str()).with_note(Some(of.to_owned())))
                .to_vec(),
        ]
    };
    let rows = plan.rows.iter().filter_map(|(place, _)| all.get(*place)).map(row).collect();
    page.add(Bloque::tabla("Publicaciones", &["N.º", "Fecha", "Qué cambió", "Huellas"], rows));
    page
}
