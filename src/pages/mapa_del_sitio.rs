//! The site map, and the page for addresses that do not exist.

use super::view::citas;
use super::{
    Bloque, Campo, Celda, Page, Plan, Section, alone, datos, documentos, lista, of_plan, paginas, publicaciones,
    retirados,
};
use crate::catalog::Catalog;
use crate::catalog::address::slug;
use crate::content::Kind;
use crate::content::enlaces::{Enlace, PENDING, PQRSD};

/// Path of the site map.
pub const PATH: &str = "mapa-del-sitio.html";

/// Path of the page that hosts serve for an address that does not exist.
pub const NOT_FOUND: &str = "404.html";

/// Two pages.
pub fn plan(_: &Catalog, plans: &mut Vec<Plan>) {
    plans.push(alone(PATH, "Mapa del sitio", map));
    plans.push(alone(NOT_FOUND, "Esta página no existe", not_found));
}

fn map(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Consulta);
    let sections = Section::MENU.iter().map(|s| Celda::link(s.title(), s.url())).collect();
    page.add(Bloque::lista("Secciones", sections));
    let lists = [
        ("Actas y sesiones", "actas/index.html"),
        ("Registro de decisiones", "actas/decisiones.html"),
        ("Tablero de compromisos", "actas/compromisos.html"),
        ("Dependencias", "dependencias/index.html"),
        ("Tipos de documento", documentos::TYPES),
        ("Matriz de procesos", "procesos/matriz-procesos.html"),
        ("Matriz de dependencias por proceso", "procesos/matriz-dependencias.html"),
        ("Matriz de dependencias por política", "politicas/matriz-dependencias.html"),
        ("Páginas", paginas::FIRST),
        ("Glosario", "glosario/index.html"),
        ("Fuentes", "fuentes/index.html"),
        ("Entidades", "entidades/index.html"),
        ("Los registros del sitio, como datos (JSON)", datos::RECORDS),
    ];
    let mut lists: Vec<Celda> = lists.iter().map(|(t, u)| Celda::link(t, u)).collect();
    if retirados::has_list(catalog) {
        lists.push(Celda::link("Códigos retirados o cambiados", retirados::PATH));
    }
    if publicaciones::has_any(catalog) {
        lists.push(Celda::link(publicaciones::TITLE, publicaciones::PATH));
        lists.push(Celda::link("Registro de publicaciones", publicaciones::REGISTER));
    }
    page.add(Bloque::lista("Listas y tableros", lists));
    let pages =
        paginas::in_order(catalog).into_iter().take(lista::PER_PAGE).map(|id| Celda::record(catalog, id)).collect();
    page.add(Bloque::lista("Páginas", pages));
    page.add(unknown(catalog));
    let enlaces: Vec<_> = catalog.all::<Enlace>().collect();
    if !enlaces.iter().any(|(_, record, _)| *record.comun.codigo == *PQRSD) {
        // Every page's foot leads here to report a problem.
        let texto = "Pendiente: la dirección no consta".to_owned();
        let celdas = vec![Celda { texto, no_consta: true, ..Celda::default() }];
        page.add(Bloque::Texto { id: PQRSD.to_owned(), titulo: "PQRSD".to_owned(), celdas });
    }
    for (_, record, enlace) in enlaces {
        let address = match &*enlace.url {
            PENDING => {
                Celda { texto: "Pendiente: la dirección no consta".to_owned(), no_consta: true, ..Celda::default() }
            }
            url => Celda::link(url, url),
        };
        let campos = vec![Campo::new("Dirección", vec![address]), Campo::new("Fuente", citas(catalog, record))];
        page.add(Bloque::ficha_at(slug(&record.comun.codigo), &enlace.nombre, campos));
    }
    page
}

/// How much no source gives, by kind: what is not known is counted, not hidden.
fn unknown(catalog: &Catalog) -> Bloque {
    let rows = Kind::ALL.iter().filter_map(|&kind| {
        let ids = catalog.ids(kind);
        let own = ids.iter().filter_map(|id| catalog.records.get(*id)).filter(|record| catalog.is_own(record));
        let (records, facts) = own.fold((0, 0), |(n, sum), record| (n + 1, sum + record.no_consta));
        let cell = |n: u32| vec![Celda::text(n.to_string())];
        (facts > 0).then(|| vec![vec![Celda::text(kind.label())], cell(records), cell(facts)])
    });
    Bloque::tabla("Datos que no constan", &["Tipo de registro", "Registros", "Datos sin fuente"], rows.collect())
}

/// Hosts serve it at any depth: without a base address it has no link and no style, which would be broken ones.
fn not_found(catalog: &Catalog, plan: &Plan) -> Page {
    let mut page = of_plan(plan, Section::Inicio);
    if catalog.config.base_url.is_none() {
        page.template = "suelta.html";
    }
    page.resumen = Some("La dirección no está en este sitio. Puede haber cambiado, o estar mal escrita.".to_owned());
    page
}
