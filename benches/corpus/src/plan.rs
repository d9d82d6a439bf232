//! What record `i` is, without looking at any other record: kind, code, date, file. So a larger corpus only adds records.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::sets::{COMITES, PROCESOS, TIPOS, TIPOS_EN_ORDEN};

/// Kind of a numbered record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A controlled document.
    Documento,
    /// The minutes of a session.
    Acta,
    /// A good practice.
    BuenaPractica,
    /// A free page.
    Pagina,
}

use Kind::{Acta as A, BuenaPractica as B, Documento as D, Pagina as P};

/// Kinds of a block of records, over and over. Each committee meets once a block, and decides on the document before.
const BLOCK: [Kind; 25] = [D, A, D, B, D, A, D, P, D, A, D, B, D, A, D, A, D, B, D, A, D, P, D, A, D];

/// Year of the first record.
const FIRST_YEAR: i16 = 2006;

/// Blocks of each year: an office publishes some 28 % more every year. A thousand records span three years, ten thousand
/// ten, a hundred thousand nineteen, and a new record is always the newest.
const BLOCKS_A_YEAR: [u64; 20] =
    [10, 13, 16, 21, 27, 34, 44, 56, 72, 92, 118, 151, 193, 247, 316, 405, 518, 663, 849, 1086];

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    /// Block of the record, from 0.
    pub(crate) block: u64,
    /// Place among those of its kind in the block.
    pub(crate) nth: u64,
    /// Place among all of its kind, from 0.
    pub(crate) ordinal: u64,
}

pub(crate) fn place(i: u64) -> Place {
    let (block, slot) = (i / BLOCK.len() as u64, usize::try_from(i % BLOCK.len() as u64).unwrap_or(0));
    let kind = BLOCK.get(slot).copied().unwrap_or(D);
    let count = |kinds: &[Kind]| kinds.iter().filter(|k| **k == kind).count() as u64;
    let nth = count(BLOCK.get(..slot).unwrap_or_default());
    Place { kind, block, nth, ordinal: block * count(&BLOCK) + nth }
}

/// Year of a block, the first block of that year, and how many the year has.
fn year(block: u64) -> (i16, u64, u64) {
    let (mut year, mut first, mut size) = (FIRST_YEAR, 0, 0);
    for blocks in BLOCKS_A_YEAR {
        if block < first + blocks {
            return (year, first, blocks);
        }
        (year, first, size) = (year + 1, first + blocks, blocks);
    }
    (year, first, size)
}

/// Day of a record, never before that of the record before it.
pub(crate) fn fecha(i: u64) -> Date {
    let (year, first, blocks) = year(i / BLOCK.len() as u64);
    let size = BLOCK.len() as u64;
    let day = (i - first * size) * 362 / (blocks * size);
    days_after(date(year, 1, 2), day)
}

/// A later day.
pub(crate) fn days_after(date: Date, days: u64) -> Date {
    date.saturating_add(i64::try_from(days).unwrap_or(0).days())
}

/// An earlier day.
pub(crate) fn days_before(date: Date, days: u64) -> Date {
    date.saturating_sub(i64::try_from(days).unwrap_or(0).days())
}

/// `30 de diciembre de 2022`.
pub(crate) fn en_palabras(date: Date) -> String {
    const MESES: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    let mes = usize::try_from(date.month() - 1).ok().and_then(|m| MESES.get(m)).unwrap_or(&"");
    format!("{} de {mes} de {}", date.day(), date.year())
}

/// Process, type and number of the document in this place among documents.
pub(crate) struct DocumentPlan {
    pub(crate) proceso: usize,
    pub(crate) tipo: usize,
    pub(crate) numero: usize,
}

pub(crate) fn documento(ordinal: u64) -> DocumentPlan {
    let ordinal = usize::try_from(ordinal).unwrap_or(0);
    let (round, proceso) = (ordinal / PROCESOS.len(), ordinal % PROCESOS.len());
    let (cycle, step, len) = (round / TIPOS_EN_ORDEN.len(), round % TIPOS_EN_ORDEN.len(), TIPOS_EN_ORDEN.len());
    // Each process goes through the types from another one on, so that a block has documents of many types.
    let nth = |step: usize| TIPOS_EN_ORDEN.get((step + proceso * 7) % len).copied().unwrap_or(0);
    let tipo = nth(step);
    let count = |steps: usize| (0..steps).filter(|&s| nth(s) == tipo).count();
    DocumentPlan { proceso, tipo, numero: cycle * count(len) + count(step) + 1 }
}

/// Place among the records of the document in this place among documents.
pub(crate) fn record_of_documento(ordinal: u64) -> u64 {
    let per_block = BLOCK.iter().filter(|k| **k == D).count() as u64;
    // Documents stand in the even places of a block.
    ordinal / per_block * BLOCK.len() as u64 + ordinal % per_block * 2
}

/// Number of an acta in its committee and year.
pub(crate) fn numero_acta(place: Place) -> u64 {
    place.block - year(place.block).1 + 1
}

/// Place among the records of the last session of the same committee on an earlier day: in the largest corpora a committee
/// meets more than once a day, and an acta must not read one of its own day.
pub(crate) fn acta_anterior(i: u64) -> Option<u64> {
    let blocks = 1..=i / BLOCK.len() as u64;
    blocks.map(|back| i - back * BLOCK.len() as u64).find(|&before| fecha(before) < fecha(i))
}

/// Code of a record.
pub(crate) fn codigo(i: u64) -> String {
    let place = place(i);
    match place.kind {
        D => {
            let plan = documento(place.ordinal);
            let proceso = PROCESOS.get(plan.proceso).map_or("", |p| p.codigo);
            let sigla = TIPOS.get(plan.tipo).map_or("", |t| t.sigla);
            format!("{proceso}-{sigla}-{:03}", plan.numero)
        }
        A => {
            let comite = usize::try_from(place.nth).ok().and_then(|c| COMITES.get(c)).map_or("", |c| c.codigo);
            format!("{comite}-{}-{:03}", year(place.block).0, numero_acta(place))
        }
        B => format!("BP-{:05}", place.ordinal + 1),
        P => format!("pagina-{:05}", place.ordinal + 1),
    }
}

/// File of a record, from the site's folder.
pub(crate) fn path(i: u64) -> String {
    let folder = match place(i).kind {
        D => "documentos",
        A => "actas",
        B => "buenas-practicas",
        P => "paginas",
    };
    format!("content/{folder}/{}.md", codigo(i).to_lowercase())
}

/// Day of approval of document `i`: that of the session that decides on it, where one does.
pub(crate) fn aprobacion(i: u64) -> Date {
    fecha(if place(i + 1).kind == A { i + 1 } else { i })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_dates_never_go_back() {
        let mut codes = BTreeSet::new();
        for i in 0..100_000 {
            assert!(codes.insert(codigo(i)), "{i}");
            assert!(i == 0 || fecha(i - 1) <= fecha(i), "{i}");
        }
        assert_eq!([0, 1000, 10_000, 99_999].map(|i| fecha(i).year()), [2006, 2009, 2016, 2025]);
    }

    #[test]
    fn a_session_follows_the_document_it_decides_on() {
        assert_eq!(BLOCK.iter().filter(|k| **k == A).count(), COMITES.len());
        for i in 0..200 {
            assert!(place(i).kind != A || place(i - 1).kind == D);
            let place = place(i);
            assert!(place.kind != D || record_of_documento(place.ordinal) == i);
        }
    }
}
