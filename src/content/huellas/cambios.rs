//! What changed between two publications, from what each says of its records.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Huella, Publicado};
use crate::content::Kind;

/// A change that a citizen should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cambio {
    /// What happened.
    pub que: Que,
    /// Kind of the record.
    pub tipo: String,
    /// Its code.
    pub codigo: String,
    /// Its title.
    pub titulo: String,
    /// Its address.
    pub url: String,
    /// Its version now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The version, or the code, that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antes: Option<String>,
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Que {
    /// It was not there.
    Nuevo,
    /// A document with another version.
    Version,
    /// It says something else.
    Cambiado,
    /// It has another code.
    Recodificado,
    /// It was withdrawn, and its page says so.
    Retirado,
    /// A document that is not the same and has the same version: an error.
    SinVersion,
    /// It is gone and nothing stands at its address: an error.
    Perdido,
}

impl Que {
    /// All, in the order in which they are told.
    pub const ALL: [Que; 7] =
        [Que::SinVersion, Que::Perdido, Que::Nuevo, Que::Version, Que::Cambiado, Que::Recodificado, Que::Retirado];

    /// Whether it must not happen.
    pub fn is_error(self) -> bool {
        matches!(self, Que::SinVersion | Que::Perdido)
    }

    /// What a list of them is called.
    pub fn heading(self) -> &'static str {
        match self {
            Que::Nuevo => "Nuevos",
            Que::Version => "Nuevas versiones",
            Que::Cambiado => "Cambiados",
            Que::Recodificado => "Con otro código",
            Que::Retirado => "Retirados",
            Que::SinVersion => "Cambiados sin nueva versión",
            Que::Perdido => "Perdidos",
        }
    }

    /// What so many are called.
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Que::Nuevo, 1) => "nuevo",
            (Que::Nuevo, _) => "nuevos",
            (Que::Version, 1) => "nueva versión",
            (Que::Version, _) => "nuevas versiones",
            (Que::Cambiado, 1) => "cambiado",
            (Que::Cambiado, _) => "cambiados",
            (Que::Recodificado, _) => "con otro código",
            (Que::Retirado, 1) => "retirado",
            (Que::Retirado, _) => "retirados",
            (Que::SinVersion, 1) => "cambiado sin nueva versión",
            (Que::SinVersion, _) => "cambiados sin nueva versión",
            (Que::Perdido, 1) => "perdido",
            (Que::Perdido, _) => "perdidos",
        }
    }
}

/// The changes, by kind and code: first those of what there was, then what is new. On the `day` of what was before, an entry may have
/// been corrected once more.
pub fn compare(before: &[Huella], after: &[Publicado], day: Option<&str>) -> Vec<Cambio> {
    let of = |huella: &Huella| (huella.tipo.clone(), huella.codigo.clone());
    let now: BTreeMap<(String, String), &Publicado> = after.iter().map(|p| (of(&p.huella), p)).collect();
    let old_codes = after
        .iter()
        .flat_map(|p| p.codigos_anteriores.iter().map(move |code| ((p.huella.tipo.clone(), code.clone()), p)));
    let old_codes: BTreeMap<(String, String), &Publicado> = old_codes.collect();
    let by_url: BTreeMap<&str, &Publicado> = after.iter().map(|p| (p.huella.url.as_str(), p)).collect();
    let mut cambios = Vec::new();
    // What is told as something else than new.
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for was in before {
        let key = of(was);
        known.insert(key.clone());
        let there = by_url.get(was.url.as_str()).copied();
        if let Some(is) = now.get(&key) {
            if let Some((que, antes)) = change(was, &is.huella, day) {
                cambios.push(cambio(que, is, antes));
            }
        } else if let Some(is) = old_codes.get(&key) {
            known.insert(of(&is.huella));
            cambios.push(cambio(Que::Recodificado, is, Some(was.codigo.clone())));
        } else if let Some(is) = there.filter(|is| is_tombstone(&is.huella)) {
            known.insert(of(&is.huella));
            cambios.push(Cambio { tipo: was.tipo.clone(), ..cambio(Que::Retirado, is, None) });
        } else if let Some(is) = there {
            // A code written in another way has the same address; what was withdrawn and is back is new.
            if !is_tombstone(was) {
                known.insert(of(&is.huella));
                cambios.push(cambio(Que::Recodificado, is, Some(was.codigo.clone())));
            }
        } else {
            // What has no page of its own has no address that could die.
            let que = if was.url.contains('#') { Que::Retirado } else { Que::Perdido };
            cambios.push(Cambio {
                que,
                tipo: was.tipo.clone(),
                codigo: was.codigo.clone(),
                titulo: was.codigo.clone(),
                url: was.url.clone(),
                version: was.version.clone(),
                antes: None,
            });
        }
    }
    for is in after.iter().filter(|is| !known.contains(&of(&is.huella))) {
        cambios.push(cambio(if is_tombstone(&is.huella) { Que::Retirado } else { Que::Nuevo }, is, None));
    }
    cambios
}

fn is_tombstone(huella: &Huella) -> bool {
    huella.tipo == Kind::Retirado.name()
}

fn cambio(que: Que, is: &Publicado, antes: Option<String>) -> Cambio {
    let Huella { tipo, codigo, url, version, .. } = is.huella.clone();
    Cambio { que, tipo, codigo, titulo: is.titulo.clone(), url, version, antes }
}

/// What happened to a record that is still there, and the version that it had.
fn change(was: &Huella, is: &Huella, day: Option<&str>) -> Option<(Que, Option<String>)> {
    if was.version != is.version && is.version.is_some() {
        return Some((Que::Version, was.version.clone()));
    }
    if was.sha256 == is.sha256 {
        return None;
    }
    let controlled = was.tipo == Kind::Documento.name() && was.version.is_some();
    let replaced = was.archivo.is_some() && was.archivo != is.archivo;
    // A correction of the record, not of the document, says when it was made.
    let corrected = is.actualizado > was.actualizado || day.is_some() && is.actualizado.as_deref() == day;
    Some((if controlled && (replaced || !corrected) { Que::SinVersion } else { Que::Cambiado }, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(codigo: &str, version: &str, more: [&str; 3]) -> Publicado {
        let [actualizado, archivo, sha256] = more.map(str::to_owned);
        let huella = Huella {
            tipo: "documento".into(),
            codigo: codigo.into(),
            url: format!("documentos/{codigo}.html"),
            version: Some(version.into()),
            actualizado: Some(actualizado),
            archivo: Some(archivo),
            sha256,
        };
        Publicado { huella, titulo: codigo.into(), codigos_anteriores: Vec::new() }
    }

    fn told(before: &[Publicado], after: &[Publicado]) -> Vec<(Que, String)> {
        let before: Vec<Huella> = before.iter().map(|p| p.huella.clone()).collect();
        compare(&before, after, None).into_iter().map(|c| (c.que, c.codigo)).collect()
    }

    #[test]
    fn each_change_has_its_name() {
        let was = document("a", "1", ["2024-01-01", "x.pdf", "h1"]);
        let one = std::slice::from_ref(&was);
        let told_of = |is: Publicado| told(one, &[is]).first().map(|(que, _)| *que);
        assert_eq!(told_of(was.clone()), None);
        assert_eq!(told_of(document("a", "2", ["2024-01-01", "y.pdf", "h2"])), Some(Que::Version));
        assert_eq!(told_of(document("a", "1", ["2024-02-01", "y.pdf", "h2"])), Some(Que::SinVersion));
        assert_eq!(told_of(document("a", "1", ["2024-01-01", "x.pdf", "h2"])), Some(Que::SinVersion));
        assert_eq!(told_of(document("a", "1", ["2024-02-01", "x.pdf", "h2"])), Some(Que::Cambiado));
        assert_eq!(told(&[], one), [(Que::Nuevo, "a".to_owned())]);
        assert_eq!(told(one, &[]), [(Que::Perdido, "a".to_owned())]);

        let mut moved = document("b", "1", ["2024-01-01", "x.pdf", "h2"]);
        moved.codigos_anteriores = vec!["a".into()];
        assert_eq!(told(one, &[moved]), [(Que::Recodificado, "b".to_owned())]);

        let mut gone = was.clone();
        gone.huella.tipo = "retirado".into();
        assert_eq!(told(one, std::slice::from_ref(&gone)), [(Que::Retirado, "a".to_owned())]);
        assert_eq!(told(std::slice::from_ref(&gone), one), [(Que::Nuevo, "a".to_owned())]);
        assert_eq!(told(&[gone], &[]), [(Que::Perdido, "a".to_owned())]);
    }
}
