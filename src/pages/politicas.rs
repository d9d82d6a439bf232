//! MIPG: dimensions with their policies, and what each entity says of each policy.

use super::relacionados::{related, related_in};
use super::view::{cita, dato, datos, partes};
use super::{Bloque, Campo, Celda, Page, Plan, Section, Tarjeta, alone, buenas_practicas, each, of_plan, of_record};
use crate::catalog::address::slug;
use crate::catalog::relaciones::own_policy;
use crate::catalog::{Catalog, Id};
use crate::content::acta::Acta;
use crate::content::buena_practica::BuenaPractica;
use crate::content::dimension::Dimension;
use crate::content::norma::Norma;
use crate::content::politica::Politica;
use crate::content::{Kind, Record};

/// The page of dimensions and one page a policy.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(Section::Mipg.url(), "MIPG: dimensiones y políticas", index));
    each(catalog, catalog.ids(Kind::Dimension), dimension, plans);
    each(catalog, catalog.ids(Kind::Politica), page, plans);
}

fn dimensions(catalog: &Catalog) -> Vec<(Id, &Record, &Dimension)> {
    let mut dimensions: Vec<_> = catalog.all::<Dimension>().collect();
    dimensions.sort_by_key(|(id, _, d)| (d.orden, *id));
    dimensions
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Mipg);
    let politicas = catalog.ids(Kind::Politica).len();
    let dimensions = dimensions(catalog);
    page.resumen = Some(format!("{} dimensiones y {politicas} políticas de gestión y desempeño.", dimensions.len()));
    page.add(Bloque::lista(
        "Además",
        vec![Celda::link("Qué dependencia responde por qué política", "politicas/matriz-dependencias.html")],
    ));
    for (id, _, dimension) in dimensions {
        let titulo = format!("{}. {}", dimension.orden, dimension.nombre);
        let lead = Celda::link(&format!("Sobre la dimensión {}", dimension.orden), catalog.url(id));
        page.add(Bloque::Tarjetas { id: slug(&titulo), titulo, entrada: Some(lead), tarjetas: policies(catalog, id) });
    }
    page
}

/// Policies of a dimension, in its order.
fn policies(catalog: &Catalog, id: Id) -> Vec<Tarjeta> {
    let mut policies: Vec<(u32, Tarjeta)> = catalog
        .users::<Politica>(id)
        .filter(|(_, _, p)| catalog.find(&p.dimension) == Some(id))
        .map(|(policy, _, p)| (p.orden, card(catalog, policy, p)))
        .collect();
    policies.sort_by(|a, b| (a.0, &a.1.titulo).cmp(&(b.0, &b.1.titulo)));
    policies.into_iter().map(|(_, card)| card).collect()
}

fn dimension(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Mipg, "Dimensión");
    let Some(dimension) = catalog.get::<Dimension>(id) else {
        return page;
    };
    page.add(Bloque::texto("Para qué sirve", dato(&dimension.proposito)));
    page.add(Bloque::tarjetas("Políticas", policies(catalog, id)));
    let also = catalog.users::<Politica>(id).filter(|(_, _, p)| catalog.find(&p.dimension) != Some(id));
    page.add(Bloque::lista(
        "Políticas que alguna fuente también pone aquí",
        also.map(|(p, ..)| Celda::record(catalog, p)).collect(),
    ));
    page.add(Bloque::lista("Atributos de calidad", datos(&dimension.atributos)));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    page
}

fn card(catalog: &Catalog, id: Id, politica: &Politica) -> Tarjeta {
    let responsible = own_policy(catalog, politica)
        .map(|p| partes(catalog, &p.responsables))
        .unwrap_or_else(|| vec![Celda::no_consta()]);
    let names: Vec<String> = responsible.into_iter().map(|c| c.texto).collect();
    Tarjeta {
        titulo: politica.nombre.to_string(),
        url: catalog.url(id).to_owned(),
        resumen: Some(format!("Responde: {}", names.join("; "))),
        ..Tarjeta::default()
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Mipg, "Política de gestión y desempeño");
    let Some(politica) = catalog.get::<Politica>(id) else {
        return page;
    };
    let dimension = super::view::enlace(catalog, &politica.dimension);
    let also = politica.tambien_en.iter().map(|d| super::view::enlace(catalog, d)).collect();
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    page.add(Bloque::ficha(
        "Lugar en el modelo",
        vec![
            Campo::new("Dimensión", vec![dimension]),
            Campo::new("También en", also),
            Campo::new("Perspectiva", datos(&politica.perspectiva)),
            Campo::new("La lideran en el país", datos(&politica.lideres_nacionales)),
        ],
    ));
    for facts in &politica.por_entidad {
        let entity = super::view::enlace(catalog, &facts.entidad);
        let foreign = catalog.find(&facts.entidad) != catalog.own_entity().map(|(id, _)| id);
        let titulo = if foreign { format!("Referencia: {}", entity.texto) } else { format!("En la {}", entity.texto) };
        page.add(Bloque::ficha(
            &titulo,
            vec![
                Campo::new("Responsables", partes(catalog, &facts.responsables)),
                Campo::new("Propósito", dato(&facts.proposito)),
                Campo::new("Declaratoria", dato(&facts.declaratoria)),
                Campo::new("Fuente", facts.fuente.iter().map(|c| cita(catalog, c)).collect()),
            ],
        ));
    }
    let practicas = (format!("Buenas prácticas: {}", page.titulo), buenas_practicas::of_politica(&page.titulo));
    let practicas = related_in::<BuenaPractica>(catalog, id, (&practicas.0, &practicas.1));
    page.add(Bloque::lista("Buenas prácticas", practicas));
    page.add(Bloque::lista("Actas", related::<Acta>(catalog, id)));
    page.add(Bloque::lista("Normas", related::<Norma>(catalog, id)));
    page
}
