//! Processes: the list by level, and each process with its caracterización as a SIPOC table.

use std::collections::BTreeSet;

use super::celda::Celda;
use super::relacionados::{records, related};
use super::view::{cita, dato, dato_fecha, dato_lista, datos, enlace, parte, partes};
use super::{Bloque, Campo, Page, Plan, Section, Tarjeta, alone, each, of_plan, of_record};
use crate::catalog::relaciones::{actas_de, comites_de, politicas_de};
use crate::catalog::{Catalog, Id};
use crate::content::Kind;
use crate::content::caracterizacion::{Actividad, Caracterizacion, Phva};
use crate::content::documento::{Control, Documento};
use crate::content::norma::Norma;
use crate::content::proceso::Proceso;
use crate::content::valor::{Dato, Textos};

/// The list and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(Section::Procesos.url(), "Procesos", index));
    each(catalog, catalog.ids(Kind::Proceso), page, plans);
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Procesos);
    let own: Vec<(Id, &Proceso)> =
        catalog.all::<Proceso>().filter(|(_, r, _)| catalog.is_own(r)).map(|(id, _, p)| (id, p)).collect();
    let described = own.iter().filter(|(_, p)| p.caracterizacion.consta().is_some()).count();
    let below = own.iter().filter(|(_, p)| p.padre.is_some()).count();
    let within = match below {
        0 => String::new(),
        1 => " y uno que hace parte de otro".to_owned(),
        n => format!(" y {n} que hacen parte de otros"),
    };
    let (first, all) = (own.len() - below, own.len());
    page.resumen = Some(format!("{first} procesos{within}; caracterizaciones publicadas: {described} de {all}."));
    page.add(Bloque::lista(
        "Matrices",
        vec![
            Celda::link("Quién entrega a quién: proceso por proceso", "procesos/matriz-procesos.html"),
            Celda::link("Qué dependencia participa en qué proceso", "procesos/matriz-dependencias.html"),
            Celda::link("Qué dependencia responde por qué política", "politicas/matriz-dependencias.html"),
            Celda::link("Dependencias", "dependencias/index.html"),
        ],
    ));
    for nivel in &catalog.config.nivel {
        let roots = own.iter().filter(|(_, p)| p.tipo == nivel.tipo && p.padre.is_none());
        let mut roots: Vec<(u32, Id)> = roots.map(|(id, p)| (p.orden, *id)).collect();
        roots.sort_unstable();
        let cards = roots.into_iter().map(|(_, id)| card(catalog, id)).collect();
        page.add(Bloque::tarjetas(&nivel.nombre, cards));
    }
    page.add(levels(catalog));
    let foreign = catalog.all::<Proceso>().filter(|(_, r, p)| !catalog.is_own(r) && p.padre.is_none());
    let foreign = foreign.map(|(id, ..)| card(catalog, id)).collect();
    page.add(Bloque::tarjetas("Procesos de otras entidades, como referencia", foreign));
    page
}

/// What the processes of each level do, and where that is said.
fn levels(catalog: &Catalog) -> Bloque {
    let rows = catalog.config.nivel.iter().map(|nivel| {
        let sources = nivel.fuente.iter().map(|c| cita(catalog, c)).collect();
        vec![vec![Celda::text(&*nivel.nombre)], vec![Celda::text(&*nivel.texto)], sources]
    });
    Bloque::tabla("Niveles del mapa", &["Nivel", "Qué hacen sus procesos", "Fuente"], rows.collect())
}

fn card(catalog: &Catalog, id: Id) -> Tarjeta {
    let record = catalog.records.get(id);
    Tarjeta {
        titulo: catalog.title(id).to_owned(),
        url: catalog.url(id).to_owned(),
        codigo: record.map(|r| r.comun.codigo.to_string()),
        referencia_de: record.and_then(|r| super::foreign_name(catalog, r)),
        ..Tarjeta::default()
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Procesos, "Proceso");
    let Some(proceso) = catalog.get::<Proceso>(id) else {
        return page;
    };
    let nivel = catalog.config.nivel.iter().find(|n| n.tipo == proceso.tipo);
    page.add(Bloque::ficha(
        "Identidad",
        vec![
            Campo::new("Nivel", nivel.map(|n| Celda::text(&*n.nombre)).into_iter().collect()),
            Campo::new("Hace parte de", proceso.padre.iter().map(|p| enlace(catalog, p)).collect()),
            Campo::new("Responsables", partes(catalog, &proceso.responsables)),
            Campo::new("Participan", partes(catalog, &proceso.participan)),
        ],
    ));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    match &proceso.caracterizacion {
        Dato::Consta(c) => caracterizacion(catalog, c, &mut page),
        Dato::NoConsta => {
            page.add(Bloque::aviso("La caracterización de este proceso no consta en las fuentes del sitio."))
        }
    }
    let children = catalog
        .users::<Proceso>(id)
        .filter(|(_, _, p)| p.padre.as_ref().and_then(|padre| catalog.find(padre)) == Some(id));
    let children = children.map(|(id, ..)| Celda::record(catalog, id)).collect();
    page.add(Bloque::lista("Subprocesos", children));
    page.add(Bloque::lista("Documentos", related::<Documento>(catalog, id)));
    let listed = |kind: Kind, ids: BTreeSet<Id>| records(catalog, kind, ids.into_iter());
    page.add(Bloque::lista(
        "Políticas, suyas o de quien responde por él",
        listed(Kind::Politica, politicas_de(catalog, id)),
    ));
    page.add(Bloque::lista("Comités, suyos o de quien responde por él", listed(Kind::Comite, comites_de(catalog, id))));
    page.add(Bloque::lista(
        "Actas que lo nombran o deciden sobre sus documentos",
        listed(Kind::Acta, actas_de(catalog, id)),
    ));
    page.add(super::actas::compromisos_of(catalog, id));
    page.add(Bloque::lista("Normas", related::<Norma>(catalog, id)));
    page
}

fn caracterizacion(catalog: &Catalog, c: &Caracterizacion, page: &mut Page) {
    let recursos = c.recursos.consta();
    let resource = |get: fn(&crate::content::caracterizacion::Recursos) -> &Dato<Textos>| {
        recursos.map_or_else(|| vec![Celda::no_consta()], |r| datos(get(r)))
    };
    page.add(Bloque::ficha(
        "Caracterización",
        vec![
            Campo::new("Código", dato(&c.codigo)),
            Campo::new("Versión", dato(&c.version)),
            Campo::new("Fecha", dato_fecha(&c.fecha)),
            Campo::new("Objetivo", dato(&c.objetivo)),
            Campo::new(
                "Inicia con",
                c.alcance.consta().map_or_else(|| dato(&Dato::<Box<str>>::NoConsta), |a| dato(&a.inicia)),
            ),
            Campo::new(
                "Termina con",
                c.alcance.consta().map_or_else(|| dato(&Dato::<Box<str>>::NoConsta), |a| dato(&a.termina)),
            ),
            Campo::new("Líder", vec![c.lider.consta().map_or_else(Celda::no_consta, |p| parte(catalog, p))]),
            Campo::new("Integrantes", partes(catalog, &c.integrantes)),
        ],
    ));
    match &c.actividades {
        Dato::Consta(rows) => page.add(Bloque::tabla(
            "Ciclo PHVA",
            &["Etapa", "Proveedores", "Entradas", "Actividad", "Responsable", "Salidas", "Clientes"],
            rows.iter().map(|row| sipoc_row(catalog, row)).collect(),
        )),
        Dato::NoConsta => page.add(Bloque::aviso("Las actividades del ciclo PHVA no constan en la fuente.")),
    }
    page.add(Bloque::ficha(
        "Entorno y recursos",
        vec![
            Campo::new("Normatividad", dato_lista(&c.normatividad, |n| enlace(catalog, n))),
            Campo::new("Requisitos", datos(&c.requisitos)),
            Campo::new("Riesgos", datos(&c.riesgos)),
            Campo::new("Controles", datos(&c.controles)),
            Campo::new("Recursos humanos", resource(|r| &r.humanos)),
            Campo::new("Recursos tecnológicos", resource(|r| &r.tecnologicos)),
            Campo::new("Infraestructura", resource(|r| &r.infraestructura)),
            Campo::new("Recursos financieros", resource(|r| &r.financieros)),
            Campo::new("Otros recursos", resource(|r| &r.otros)),
            Campo::new("Documentos", dato_lista(&c.documentos, |d| enlace(catalog, d))),
            Campo::new("Trámites", datos(&c.tramites)),
            Campo::new("Indicadores", datos(&c.indicadores)),
            Campo::new("Usuarios", datos(&c.usuarios)),
            Campo::new("Expectativas", datos(&c.expectativas)),
            Campo::new("Gestión del conocimiento", datos(&c.gestion_conocimiento)),
        ],
    ));
    page.add(super::documentos::control(
        catalog,
        "Control de la caracterización",
        [&c.elaboro, &c.reviso, &c.aprobo].map(|stage| Some(&**stage)),
    ));
}

fn sipoc_row(catalog: &Catalog, row: &Actividad) -> Vec<Vec<Celda>> {
    let stage = row.phva.consta().map_or_else(Celda::no_consta, |s| Celda::text(stage(*s)));
    let activity = Celda::text(&*row.actividad).with_note(row.descripcion.as_deref().map(str::to_owned));
    vec![
        vec![stage],
        partes(catalog, &row.proveedores),
        datos(&row.entradas),
        vec![activity],
        row.responsable.iter().map(|p| parte(catalog, p)).collect(),
        datos(&row.salidas),
        partes(catalog, &row.clientes),
    ]
}

fn stage(phva: Phva) -> &'static str {
    match phva {
        Phva::P => "Planear",
        Phva::H => "Hacer",
        Phva::V => "Verificar",
        Phva::A => "Actuar",
    }
}

/// Rows of a control block.
pub fn control_rows(catalog: &Catalog, stage: &str, rows: &[Control]) -> Vec<Vec<Vec<Celda>>> {
    rows.iter()
        .map(|row| {
            let unit = row.dependencia.consta().map_or_else(Celda::no_consta, |d| enlace(catalog, d));
            vec![vec![Celda::text(stage)], dato(&row.cargo), vec![unit], dato_fecha(&row.fecha)]
        })
        .collect()
}
