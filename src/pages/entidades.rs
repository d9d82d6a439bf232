//! Entities: the site's own, and those it takes references from.

use super::view::{Miga, dato, datos};
use super::{Bloque, Campo, Celda, Page, Plan, Section, Tarjeta, alone, each, of_plan, of_record};
use crate::catalog::Catalog;
use crate::content::Kind;
use crate::content::entidad::{Entidad, Nombrado};
use crate::content::valor::Dato;

const FIRST: &str = "entidades/index.html";

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(FIRST, "Entidades", index));
    each(catalog, catalog.ids(Kind::Entidad), page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Consulta);
    page.resumen =
        Some("La entidad dueña del sitio y aquellas cuyos registros se publican como referencia.".to_owned());
    let own = catalog.own_entity().map(|(id, _)| id);
    let cards = catalog.all::<Entidad>().map(|(id, _, e)| Tarjeta {
        titulo: e.nombre.to_string(),
        url: catalog.url(id).to_owned(),
        resumen: Some(place(e)),
        etiquetas: vec![if Some(id) == own { "Dueña del sitio" } else { "Referencia" }.to_owned()],
        ..Tarjeta::default()
    });
    page.add(Bloque::tarjetas("Todas", cards.collect()));
    page
}

/// Municipality and, when a source gives it, department.
pub fn place(e: &Entidad) -> String {
    match e.departamento.consta() {
        Some(departamento) => format!("{}, {departamento}", e.municipio),
        None => e.municipio.to_string(),
    }
}

/// Names and what each means, or that no source gives them.
fn named(titulo: &str, column: &str, dato: &Dato<Box<[Nombrado]>>) -> Bloque {
    let row = |n: &Nombrado| vec![vec![Celda::text(&*n.nombre)], super::view::dato(&n.descripcion)];
    match dato.consta() {
        Some(names) => Bloque::tabla(titulo, &[column, "Qué significa"], names.iter().map(row).collect()),
        None => Bloque::texto(titulo, vec![Celda::no_consta()]),
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Consulta, "Entidad");
    page.migas.push(Miga::new("Entidades", FIRST));
    let Some(e) = catalog.get::<Entidad>(id) else {
        return page;
    };
    page.add(Bloque::texto("Quiénes somos", dato(&e.quienes_somos)));
    page.add(Bloque::texto("Misión", dato(&e.mision)));
    page.add(Bloque::texto("Visión", dato(&e.vision)));
    page.add(Bloque::numerada("Fines", datos(&e.fines)));
    page.add(named("Principios", "Principio", &e.principios));
    page.add(named("Valores", "Valor", &e.valores));
    page.add(Bloque::lista("Objetivos institucionales", datos(&e.objetivos_institucionales)));
    page.add(Bloque::texto("Política de calidad", dato(&e.politica_calidad)));
    page.add(Bloque::numerada("Objetivos de calidad", datos(&e.objetivos_calidad)));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    let c = &e.contacto;
    page.add(Bloque::ficha(
        "Datos y contacto",
        vec![
            Campo::new("NIT", dato(&e.nit)),
            Campo::new("Municipio", vec![Celda::text(place(e))]),
            Campo::new("Sede electrónica", vec![e.sede.consta().map_or_else(Celda::no_consta, |u| Celda::link(u, u))]),
            Campo::new("Dirección", dato(&c.direccion)),
            Campo::new("Código postal", dato(&c.codigo_postal)),
            Campo::new("Horario", dato(&c.horario)),
            Campo::new("Conmutador", dato(&c.conmutador)),
            Campo::new("Línea gratuita", dato(&c.linea_gratuita)),
            Campo::new("Línea anticorrupción", dato(&c.linea_anticorrupcion)),
            Campo::new("Correo", dato(&c.correo)),
            Campo::new("Notificaciones judiciales", dato(&c.correo_notificaciones)),
        ],
    ));
    page
}
