//! The records that refer to one, in lists that end: what does not fit is counted, with a link to where all are.

use std::collections::BTreeMap;

use super::{Bloque, Campo, Celda, actas, documentos, foreign_name, lista, mapa_del_sitio, paginas, retirados};
use crate::catalog::{Catalog, Id};
use crate::content::{Clase, Kind};

/// Most records in one list: as links they are some 15 KB of HTML.
pub const MOST: usize = 100;

/// Title and address of a list that has all.
type Whole<'a> = (&'a str, &'a str);

/// Links to the records of a kind that refer to this one, newest first.
pub fn related<T: Clase>(catalog: &Catalog, id: Id) -> Vec<Celda> {
    related_in::<T>(catalog, id, whole(T::KIND))
}

/// The same, where a list of just these is elsewhere.
pub fn related_in<T: Clase>(catalog: &Catalog, id: Id, whole: Whole) -> Vec<Celda> {
    links(catalog, catalog.users::<T>(id).map(|(user, ..)| user), whole)
}

/// Links to records of a kind, newest first.
pub fn records(catalog: &Catalog, kind: Kind, ids: impl Iterator<Item = Id>) -> Vec<Celda> {
    links(catalog, ids, whole(kind))
}

/// Records of all kinds, each kind in a field of its own: they may have one title.
pub fn by_kind(catalog: &Catalog, titulo: &str, ids: impl Iterator<Item = Id>) -> Bloque {
    let mut kinds: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
    for id in ids {
        if let Some(record) = catalog.records.get(id) {
            kinds.entry(record.kind).or_default().push(id);
        }
    }
    let campo = |(kind, ids): (Kind, Vec<Id>)| Campo::new(whole(kind).0, records(catalog, kind, ids.into_iter()));
    Bloque::ficha(titulo, kinds.into_iter().map(campo).collect())
}

/// What stands for the items of a list that do not fit; `None` where all do.
pub fn rest(total: usize, shown: usize, (titulo, url): Whole) -> Option<Celda> {
    (total > shown).then(|| Celda::link(&format!("y {} más, en «{titulo}»", total - shown), url))
}

fn links(catalog: &Catalog, ids: impl Iterator<Item = Id>, whole: Whole) -> Vec<Celda> {
    let rows = lista::newest_first(catalog, ids.map(|id| (catalog.place_in_time(id), id)));
    let whose = |id: Id| foreign_name(catalog, catalog.records.get(id)?);
    let cells = rows.iter().take(MOST).map(|(id, _)| Celda::record(catalog, *id).with_note(whose(*id)));
    cells.chain(rest(rows.len(), MOST, whole)).collect()
}

/// The list that has all records of a kind.
fn whole(kind: Kind) -> Whole<'static> {
    match kind {
        Kind::Entidad => ("Entidades", "entidades/index.html"),
        Kind::Dependencia => ("Dependencias", "dependencias/index.html"),
        Kind::Proceso => ("Procesos", "procesos/index.html"),
        Kind::TipoDocumental => ("Tipos de documento", documentos::TYPES),
        Kind::Documento => ("Documentos", documentos::FIRST),
        Kind::Dimension => ("Dimensiones", "politicas/index.html"),
        Kind::Politica => ("Políticas", "politicas/index.html"),
        Kind::BuenaPractica => ("Buenas prácticas", "buenas-practicas/index.html"),
        Kind::Comite => ("Comités", "comites/index.html"),
        Kind::Acta => ("Actas y sesiones", actas::FIRST),
        Kind::Norma => ("Normas", "normograma/index.html"),
        Kind::Glosario => ("Glosario", "glosario/index.html"),
        Kind::Fuente => ("Fuentes", "fuentes/index.html"),
        Kind::Enlaces => ("Enlaces a la sede", mapa_del_sitio::PATH),
        Kind::Pagina => ("Páginas", paginas::FIRST),
        Kind::Retirado => ("Códigos retirados", retirados::PATH),
    }
}
