//! What follows from the records and is written in none: who supplies whom, who takes part in what, what belongs to a process.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ahash::RandomState;

use super::{Catalog, Id};
use crate::content::acta::Acta;
use crate::content::buena_practica::BuenaPractica;
use crate::content::caracterizacion::Actividad;
use crate::content::comite::Comite;
use crate::content::dependencia::Dependencia;
use crate::content::documento::Documento;
use crate::content::fold::fold;
use crate::content::politica::{Politica, PoliticaEntidad};
use crate::content::proceso::Proceso;
use crate::content::valor::{Grupo, Parte, Quien};

/// What a unit does in a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Papel {
    /// It answers for it.
    Responde,
    /// It takes part.
    Participa,
    /// It takes part because the source says that all units do.
    ParticipanTodas,
}

impl Papel {
    /// How it is written.
    pub fn label(self) -> &'static str {
        match self {
            Papel::Responde => "Responde",
            Papel::Participa => "Participa",
            Papel::ParticipanTodas => "Participa, como todas",
        }
    }
}

/// The site's own processes of the first level, in the order of the map.
pub fn own_processes(catalog: &Catalog) -> Vec<Id> {
    let own = catalog.all::<Proceso>().filter(|(_, record, p)| catalog.is_own(record) && p.padre.is_none());
    let mut ids: Vec<_> = own.map(|(id, _, p)| (p.tipo, p.orden, id)).collect();
    ids.sort_unstable();
    ids.into_iter().map(|(.., id)| id).collect()
}

/// Whether a unit still exists on the cut-off date.
pub fn exists(catalog: &Catalog, unidad: Id) -> bool {
    let until = catalog.get::<Dependencia>(unidad).and_then(|unit| unit.vigente_hasta);
    until.zip(catalog.corte).is_none_or(|(until, corte)| until >= corte)
}

/// What a unit does in a process, by the strongest of its mentions.
pub fn papel(catalog: &Catalog, unidad: Id, proceso: &Proceso) -> Option<Papel> {
    let names =
        |parts: &[Parte]| parts.iter().any(|parte| parte.dependencia().and_then(|d| catalog.find(d)) == Some(unidad));
    let all = |parts: &[Parte]| parts.iter().any(|parte| parte.grupo() == Some(Grupo::Todas));
    if names(proceso.responsables.items()) {
        Some(Papel::Responde)
    } else if names(proceso.participan.items()) {
        Some(Papel::Participa)
    } else if (all(proceso.participan.items()) || all(proceso.responsables.items())) && exists(catalog, unidad) {
        Some(Papel::ParticipanTodas)
    } else {
        None
    }
}

/// The processes in which a unit of the site's own entity has a part, the strongest part first.
pub fn procesos_de(catalog: &Catalog, unidad: Id) -> Vec<(Papel, Id)> {
    let own = catalog.records.get(unidad).is_some_and(|record| catalog.is_own(record));
    let processes = catalog.all::<Proceso>().filter(|(_, record, _)| own && catalog.is_own(record));
    let mut found: Vec<_> =
        processes.filter_map(|(id, _, proceso)| Some((papel(catalog, unidad, proceso)?, id))).collect();
    found.sort_unstable();
    found
}

/// The processes that supply and receive, as the rows of a process say; `None` where it says nothing.
pub fn suppliers_and_clients(catalog: &Catalog, id: Id) -> Option<(BTreeSet<Id>, BTreeSet<Id>)> {
    let rows = catalog.get::<Proceso>(id)?.caracterizacion.consta()?.actividades.consta()?;
    Some((
        processes(catalog, rows, |row| row.proveedores.items()),
        processes(catalog, rows, |row| row.clientes.items()),
    ))
}

fn processes(catalog: &Catalog, rows: &[Actividad], side: fn(&Actividad) -> &[Parte]) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    for parte in rows.iter().flat_map(side) {
        match parte.grupo() {
            Some(Grupo::TodosLosProcesos) => found.extend(own_processes(catalog)),
            _ => found.extend(parte.proceso().and_then(|p| catalog.find(p))),
        }
    }
    found
}

/// What a policy is in the site's own entity.
pub fn own_policy<'a>(catalog: &Catalog, politica: &'a Politica) -> Option<&'a PoliticaEntidad> {
    let own = catalog.own_entity()?.0;
    politica.por_entidad.iter().find(|p| catalog.find(&p.entidad) == Some(own))
}

/// The units that answer for a process.
fn responsible_units(catalog: &Catalog, proceso: &Proceso) -> Vec<Id> {
    let units = proceso.responsables.items().iter().filter_map(|p| p.dependencia());
    units.filter_map(|unit| catalog.find::<Dependencia>(unit)).collect()
}

fn names_any(catalog: &Catalog, parts: &[Parte], units: &[Id]) -> bool {
    let unit = |parte: &Parte| catalog.find(parte.dependencia()?);
    parts.iter().filter_map(unit).any(|unit| units.contains(&unit))
}

/// The policies of a process: those that name it, and those for which its responsible units answer.
pub fn politicas_de(catalog: &Catalog, id: Id) -> BTreeSet<Id> {
    let mut found: BTreeSet<Id> = catalog.users::<Politica>(id).map(|(policy, ..)| policy).collect();
    let units = catalog.get::<Proceso>(id).map(|p| responsible_units(catalog, p)).unwrap_or_default();
    let answers = |politica: &Politica| {
        own_policy(catalog, politica).is_some_and(|p| names_any(catalog, p.responsables.items(), &units))
    };
    found.extend(catalog.all::<Politica>().filter(|(_, _, p)| answers(p)).map(|(id, ..)| id));
    found
}

/// The committees of a process: those that name it, and those in which its responsible units sit.
pub fn comites_de(catalog: &Catalog, id: Id) -> BTreeSet<Id> {
    let mut found: BTreeSet<Id> = catalog.users::<Comite>(id).map(|(committee, ..)| committee).collect();
    let units = catalog.get::<Proceso>(id).map(|p| responsible_units(catalog, p)).unwrap_or_default();
    let sits = |comite: &Comite| {
        comite.participantes.items().iter().any(|p| names_any(catalog, std::slice::from_ref(&p.parte), &units))
    };
    let own = catalog.all::<Comite>().filter(|(_, record, c)| catalog.is_own(record) && sits(c));
    found.extend(own.map(|(id, ..)| id));
    found
}

/// The actas of a process: those that name it, and those that decide on its documents.
pub fn actas_de(catalog: &Catalog, id: Id) -> BTreeSet<Id> {
    let mut found: BTreeSet<Id> = catalog.users::<Acta>(id).map(|(acta, ..)| acta).collect();
    for (document, ..) in catalog.users::<Documento>(id) {
        found.extend(catalog.users::<Acta>(document).map(|(acta, ..)| acta));
    }
    found
}

/// Practices by their policy and the number of an evidence, without regard to case and accents.
pub(super) type PorEvidencia = HashMap<(Id, String), Vec<Id>, RandomState>;

/// The other practices of the same policy that rest on an evidence of the same number. Who shares is looked up, not looked for: each
/// practice asking all of its policy took a tenth of a build of 100,000 records.
pub fn con_la_misma_evidencia(catalog: &Catalog, id: Id, practica: &BuenaPractica) -> BTreeSet<Id> {
    let all = catalog.por_evidencia.get_or_init(|| Arc::new(por_evidencia(catalog)));
    let keys = catalog.find(&practica.politica).into_iter().flat_map(|politica| numeros(politica, practica));
    keys.filter_map(|key| all.get(&key)).flatten().copied().filter(|other| *other != id).collect()
}

fn por_evidencia(catalog: &Catalog) -> PorEvidencia {
    let mut all = PorEvidencia::default();
    for (id, _, practica) in catalog.all::<BuenaPractica>() {
        for key in catalog.find(&practica.politica).into_iter().flat_map(|politica| numeros(politica, practica)) {
            all.entry(key).or_default().push(id);
        }
    }
    all
}

fn numeros(politica: Id, practica: &BuenaPractica) -> impl Iterator<Item = (Id, String)> {
    let numbered = practica.evidencias.items().iter().filter_map(|e| e.numero.as_deref());
    numbered.map(move |numero| (politica, fold(numero)))
}

/// The compromisos for which a unit, process or committee answers: acta and place in it.
pub fn compromisos_de(catalog: &Catalog, id: Id) -> Vec<(Id, usize)> {
    let is_it = |parte: &Parte| {
        let named = match &parte.quien {
            Quien::Dependencia(dependencia) => catalog.find(dependencia),
            Quien::Proceso(proceso) => catalog.find(proceso),
            Quien::Comite(comite) => catalog.find(comite),
            Quien::Grupo(_) | Quien::Texto(_) => None,
        };
        named == Some(id)
    };
    let own = catalog.users::<Acta>(id).filter(|(_, record, _)| catalog.is_own(record));
    own.flat_map(|(acta, _, datos)| {
        let rows = datos.compromisos.items().iter().enumerate();
        let mine = rows.filter(|(_, c)| c.responsable.consta().is_some_and(is_it));
        mine.map(|(i, _)| (acta, i)).collect::<Vec<_>>()
    })
    .collect()
}
