//! What every page shows of the site: name, menu, footer. Built once, shared by all.

use serde::Serialize;

use super::Section;
use super::celda::Celda;
use super::view::fecha;
use crate::catalog::Catalog;
use crate::content::enlaces::{Enlace, PENDING, PQRSD};

/// The one security policy, of every page and of the header files: nothing inline, nothing from elsewhere. Without `file:` Firefox
/// blocks the search form on a disk.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    form-action 'self' file:; base-uri 'none'";

/// The shared data of the templates.
#[derive(Debug, Serialize)]
pub struct Sitio {
    titulo: String,
    descripcion: String,
    entidad: String,
    entidad_corta: String,
    lugar: String,
    base_url: Option<String>,
    menu: Vec<Celda>,
    sede: Option<String>,
    pqrsd: Option<String>,
    enlaces: Vec<Celda>,
    contacto: Vec<(&'static str, String)>,
    sin_dato: Vec<&'static str>,
    corte: Option<String>,
    buscador: bool,
    publicaciones: bool,
    /// The policy that the pages carry.
    pub politica: &'static str,
}

/// Builds it.
pub fn sitio(catalog: &Catalog, buscador: bool) -> Sitio {
    let link = |code: &str| {
        catalog
            .all::<Enlace>()
            .find(|(_, r, e)| *r.comun.codigo == *code && *e.url != *PENDING)
            .map(|(_, _, e)| e.url.to_string())
    };
    let own = catalog.own_entity().map(|(_, e)| e);
    let mut contacto = Vec::new();
    let mut sin_dato = Vec::new();
    if let Some(e) = own {
        let c = &e.contacto;
        for (name, value) in [
            ("NIT", &e.nit),
            ("Dirección", &c.direccion),
            ("Código postal", &c.codigo_postal),
            ("Horario de atención", &c.horario),
            ("Conmutador", &c.conmutador),
            ("Línea gratuita", &c.linea_gratuita),
            ("Línea anticorrupción", &c.linea_anticorrupcion),
            ("Correo institucional", &c.correo),
            ("Notificaciones judiciales", &c.correo_notificaciones),
        ] {
            match value.texto() {
                Some(value) => contacto.push((name, value.to_owned())),
                None => sin_dato.push(name),
            }
        }
    }
    Sitio {
        titulo: catalog.config.titulo.clone(),
        descripcion: catalog.config.descripcion.clone(),
        entidad: own.map_or_else(String::new, |e| e.nombre.to_string()),
        entidad_corta: own.map_or_else(String::new, |e| e.nombre_corto.as_ref().unwrap_or(&e.nombre).to_string()),
        lugar: own.map_or_else(String::new, super::entidades::place),
        base_url: catalog.config.base_url.as_ref().map(|base| base.trim_end_matches('/').to_owned()),
        menu: Section::MENU.iter().map(|s| Celda::link(s.title(), s.url())).collect(),
        sede: own.and_then(|e| e.sede.texto().map(str::to_owned)).or_else(|| link("sede")),
        pqrsd: link(PQRSD),
        enlaces: catalog
            .all::<Enlace>()
            .filter(|(_, _, e)| *e.url != *PENDING)
            .map(|(_, _, e)| Celda::link(&e.nombre, &e.url))
            .collect(),
        contacto,
        sin_dato,
        corte: catalog.corte.map(fecha),
        buscador,
        publicaciones: super::publicaciones::has_any(catalog),
        politica: POLICY,
    }
}
