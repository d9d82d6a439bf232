//! Controlled documents: listado maestro, types, and each document with its control de cambios.

use super::procesos::control_rows;
use super::relacionados::{related, rest};
use super::view::{citas, dato, dato_fecha, enlace};
use super::{Bloque, Campo, Celda, Page, Plan, Row, Section, alone, each, foreign_name, lista, of_plan, of_record};
use crate::catalog::Catalog;
use crate::catalog::address::slug;
use crate::content::Kind;
use crate::content::caracterizacion::Caracterizacion;
use crate::content::documento::{Clasificacion, Control, DatosPersonales, Documento, EstadoDocumento, Procedencia};
use crate::content::proceso::Proceso;
use crate::content::tipo_documental::TipoDocumental;
use crate::content::valor::Dato;

/// First page of the listado maestro.
pub const FIRST: &str = "documentos/index.html";

/// Path of the types of document.
pub const TYPES: &str = "documentos/tipos.html";

/// Most sessions on a document's page.
const SHOWN: usize = 20;

/// The listado maestro, the types, and one page each.
pub fn plan(catalog: &Catalog, plans: &mut Vec<Plan>) {
    let all = catalog.all::<Documento>().map(|(id, _, d)| (d.fecha_aprobacion.consta().copied(), id));
    let of_processes = catalog.all::<Proceso>();
    let of_processes = of_processes.filter_map(|(id, _, p)| Some((caracterizacion(p)?.1.fecha.consta().copied(), id)));
    let rows = lista::newest_first(catalog, all.chain(of_processes));
    let documents = catalog.ids(Kind::Documento).len();
    let told = told(documents, rows.len() - documents);
    lista::plan_with(FIRST, "Listado maestro de documentos", Some(told.into()), &rows, index, plans);
    plans.push(alone(TYPES, "Tipos de documento", types));
    each(catalog, catalog.ids(Kind::Documento), page, plans);
}

/// The caracterización of a process, with its code: then it is a controlled document too.
fn caracterizacion(proceso: &Proceso) -> Option<(&str, &Caracterizacion)> {
    let caracterizacion = proceso.caracterizacion.consta()?;
    Some((caracterizacion.codigo.consta()?, caracterizacion))
}

fn told(documentos: usize, caracterizaciones: usize) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut told = count(documentos, "documento controlado", "documentos controlados");
    if caracterizaciones > 0 {
        told = format!("{told} y {}", count(caracterizaciones, "caracterización", "caracterizaciones"));
    }
    format!("{told}, de lo aprobado más recientemente a lo más antiguo.")
}

fn index(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Documentos);
    page.add(Bloque::lista("Además", vec![Celda::link("Tipos de documento", TYPES)]));
    let row = |&(id, _): &Row| {
        let record = catalog.records.get(id)?;
        let Some(d) = catalog.get::<Documento>(id) else {
            let (codigo, c) = caracterizacion(catalog.get::<Proceso>(id)?)?;
            return Some(vec![
                vec![Celda::link(codigo, &format!("{}#caracterizacion", catalog.url(id)))],
                vec![
                    Celda::text(format!("Caracterización: {}", catalog.title(id)))
                        .with_note(foreign_name(catalog, record)),
                ],
                vec![Celda::text("Caracterización")],
                vec![Celda::record(catalog, id)],
                dato(&c.version),
                // Where a document says its state, the record of a process has none.
                vec![],
                dato_fecha(&c.fecha),
            ]);
        };
        Some(vec![
            vec![Celda::link(&record.comun.codigo, catalog.url(id))],
            vec![Celda::text(&*d.titulo).with_note(foreign_name(catalog, record))],
            vec![enlace(catalog, &d.tipo)],
            vec![d.proceso.consta().map_or_else(Celda::no_consta, |p| enlace(catalog, p))],
            dato(&d.version),
            vec![Celda::text(state(d.estado))],
            dato_fecha(&d.fecha_aprobacion),
        ])
    };
    let filas = plan.rows.iter().filter_map(row).collect();
    page.add(Bloque::tabla(
        "Listado maestro",
        &["Código", "Título", "Tipo", "Proceso", "Versión", "Estado", "Aprobado"],
        filas,
    ));
    page
}

fn types(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Documentos);
    page.resumen = Some("Los documentos que cada proceso debe tener, según el manual de operación.".to_owned());
    for (id, record, tipo) in catalog.all::<TipoDocumental>() {
        let documents = related::<Documento>(catalog, id);
        page.add(Bloque::ficha_at(
            slug(&record.comun.codigo),
            &tipo.nombre,
            vec![
                Campo::new("Sigla", dato(&tipo.sigla)),
                Campo::new("Nivel", dato(&tipo.nivel)),
                Campo::new("Patrón de código", dato(&tipo.patron)),
                Campo::new("Nota", tipo.nota.iter().map(|texto| Celda::text(&**texto)).collect()),
                Campo::new("Documentos", documents),
                Campo::new("Fuente", citas(catalog, record)),
            ],
        ));
    }
    page
}

/// How a state is written.
pub fn state(estado: EstadoDocumento) -> &'static str {
    match estado {
        EstadoDocumento::Borrador => "Borrador",
        EstadoDocumento::Vigente => "Vigente",
        EstadoDocumento::EnRevision => "En revisión",
        EstadoDocumento::Obsoleto => "Obsoleto",
        EstadoDocumento::Anulado => "Anulado",
    }
}

fn page(catalog: &Catalog, plan: &Plan) -> Page {
    let (mut page, id) = of_record(catalog, plan, Section::Documentos, "Documento");
    let Some(d) = catalog.get::<Documento>(id) else {
        return page;
    };
    page.resumen = d.epigrafe.texto().map(str::to_owned);
    if matches!(d.estado, EstadoDocumento::Obsoleto | EstadoDocumento::Anulado) {
        page.add(Bloque::aviso(format!(
            "Documento {}: se conserva como memoria y no se aplica.",
            state(d.estado).to_lowercase()
        )));
    }
    page.add(Bloque::ficha("Ficha", card(catalog, d)));
    if page.cuerpo.is_some() {
        page.add(Bloque::Cuerpo);
    }
    if let Dato::Consta(changes) = &d.cambio {
        let rows = changes
            .iter()
            .rev()
            .map(|c| vec![vec![Celda::text(&*c.version)], dato_fecha(&c.fecha), vec![Celda::text(&*c.descripcion)]]);
        page.add(Bloque::tabla(
            "Control de cambios",
            &["Versión", "Fecha de aprobación", "Qué cambió"],
            rows.collect(),
        ));
    } else {
        page.add(Bloque::texto("Control de cambios", vec![Celda::no_consta()]));
    }
    let stages = [&d.elaboro, &d.reviso, &d.aprobo].map(|stage| stage.consta().map(AsRef::as_ref));
    page.add(control(catalog, "Control de elaboración", stages));
    let sessions = super::actas::sessions(catalog, id);
    let cards =
        sessions.iter().take(SHOWN).filter_map(|(acta, _)| super::actas::tarjeta(catalog, *acta, Some(id))).collect();
    page.add(Bloque::tarjetas("Sesiones que lo trataron", cards));
    let more = rest(sessions.len(), SHOWN, ("Actas y sesiones", super::actas::FIRST));
    page.add(Bloque::lista("Más sesiones", more.into_iter().collect()));
    page
}

/// Why a document has no file (Ley 1712 de 2014, artículos 18 y 19: what is classified or reserved is known to exist and not published).
fn without_file(d: &Documento) -> &'static str {
    match d.clasificacion.consta() {
        Some(Clasificacion::Clasificada) => {
            "No se publica: información pública clasificada (Ley 1712 de 2014, artículo 18)"
        }
        Some(Clasificacion::Reservada) => {
            "No se publica: información pública reservada (Ley 1712 de 2014, artículo 19)"
        }
        Some(Clasificacion::Publica) | None => "El archivo no está a mano",
    }
}

/// The name of a language, of those that are written by their code.
fn language(code: &str) -> &str {
    match code {
        "es" => "Español",
        "en" => "Inglés",
        other => other,
    }
}

fn card(catalog: &Catalog, d: &Documento) -> Vec<Campo> {
    let file = match d.archivo.consta() {
        Some(archivo) => Celda::link(archivo, archivo),
        None => Celda { texto: without_file(d).to_owned(), no_consta: true, ..Celda::default() },
    };
    vec![
        Campo::new("Tipo", vec![enlace(catalog, &d.tipo)]),
        Campo::new("Proceso", vec![d.proceso.consta().map_or_else(Celda::no_consta, |p| enlace(catalog, p))]),
        Campo::new("Dependencia que lo escribió", d.dependencia.iter().map(|u| enlace(catalog, u)).collect()),
        Campo::new("Versión", dato(&d.version)),
        Campo::new("Estado", vec![Celda::text(state(d.estado))]),
        Campo::new("Elaborado", dato_fecha(&d.fecha_elaboracion)),
        Campo::new("Aprobado", dato_fecha(&d.fecha_aprobacion)),
        Campo::new("Próxima revisión", dato_fecha(&d.proxima_revision)),
        Campo::new(
            "Origen",
            d.origen
                .iter()
                .map(|o| {
                    Celda::text(match o {
                        Procedencia::Interno => "Interno",
                        Procedencia::Externo => "Externo",
                    })
                })
                .collect(),
        ),
        Campo::new("Archivo", vec![file]),
        Campo::new("Páginas", d.paginas.iter().map(|n| Celda::text(n.to_string())).collect()),
        Campo::new("Idioma", vec![d.idioma.texto().map_or_else(Celda::no_consta, |code| Celda::text(language(code)))]),
        Campo::new("Medio", dato(&d.medio)),
        Campo::new("Formato", dato(&d.formato)),
        Campo::new("Serie", dato(&d.serie)),
        Campo::new("Subserie", dato(&d.subserie)),
        Campo::new(
            "Clasificación (Ley 1712 de 2014)",
            vec![d.clasificacion.consta().map_or_else(Celda::no_consta, |c| {
                Celda::text(match c {
                    Clasificacion::Publica => "Pública",
                    Clasificacion::Clasificada => "Pública clasificada",
                    Clasificacion::Reservada => "Pública reservada",
                })
            })],
        ),
        Campo::new(
            "Datos personales (Ley 1581 de 2012)",
            vec![d.datos_personales.consta().map_or_else(Celda::no_consta, |c| {
                Celda::text(match c {
                    DatosPersonales::NoContiene => "No contiene",
                    DatosPersonales::Personales => "Contiene datos personales",
                    DatosPersonales::Sensibles => "Contiene datos sensibles",
                    DatosPersonales::DeMenores => "Contiene datos de menores de edad",
                })
            })],
        ),
    ]
}

/// Who made, reviewed and approved; what no source gives has a row that says so.
pub fn control(catalog: &Catalog, titulo: &str, stages: [Option<&[Control]>; 3]) -> Bloque {
    if stages.iter().all(Option::is_none) {
        return Bloque::texto(titulo, vec![Celda::no_consta()]);
    }
    let rows = ["Elaboró", "Revisó", "Aprobó"].into_iter().zip(stages).flat_map(|(stage, rows)| match rows {
        Some(rows) => control_rows(catalog, stage, rows),
        None => {
            let unknown = vec![Celda::no_consta()];
            vec![vec![vec![Celda::text(stage)], unknown.clone(), unknown.clone(), unknown]]
        }
    });
    Bloque::tabla(titulo, &["Etapa", "Cargo", "Dependencia", "Fecha"], rows.collect())
}
