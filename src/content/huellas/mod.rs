//! `huellas.toml`: what was published and when. `micrositio seal` writes it, a build only reads it. Each publication holds the hash of the
//! one before, and the last one that of the list of records, so that nothing can be changed afterwards without being seen.

pub mod cambios;

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::source::Unreadable;
use crate::diagnostic::{Diagnostic, Span};
use crate::system::why;
use cambios::{Cambio, Que};

/// The file, in the site's folder.
pub const FILE: &str = "content/huellas.toml";

/// Largest file: some 200,000 records.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A record as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Huella {
    /// Kind.
    pub tipo: String,
    /// Code.
    pub codigo: String,
    /// Address within the site.
    pub url: String,
    /// Version, of a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// When it says to have been changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actualizado: Option<String>,
    /// Where the file of a document is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archivo: Option<String>,
    /// SHA-256 of what the record says, without what is withheld.
    #[serde(default)]
    pub sha256: String,
}

/// A record of a publication: its hash, and what it is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Publicado {
    /// Its hash, under its code.
    #[serde(flatten)]
    pub huella: Huella,
    /// Title.
    pub titulo: String,
    /// Codes it had before.
    #[serde(default)]
    pub codigos_anteriores: Vec<String>,
}

/// A publication: an entry of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publicacion {
    /// From 1.
    pub numero: usize,
    /// Day, `yyyy-mm-dd`.
    pub fecha: String,
    /// Program and version.
    pub generador: String,
    /// SHA-256 of `micrositio.json`: what a copy of this publication is known by.
    pub contenido: String,
    /// SHA-256 of `datos/registros.json`.
    pub registros: String,
    /// How many records.
    pub cuantos: usize,
    /// SHA-256 of the list of hashes that this publication left.
    pub vigente: String,
    /// What changed since the one before; of the first, nothing.
    pub cambios: Vec<Cambio>,
    /// Hash of the one before; of the first, empty.
    pub anterior: String,
    /// Its own hash: of its line in `datos/publicaciones.jsonl`, which does not hold it.
    #[serde(skip_serializing)]
    pub huella: String,
}

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memoria {
    /// Oldest first.
    pub publicacion: Vec<Publicacion>,
    /// What the last one left.
    pub vigente: Vigente,
}

/// The records of the last publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vigente {
    /// In the order of kind and code.
    pub registros: Vec<Huella>,
}

impl Publicacion {
    /// As it is hashed and published: one line of JSON.
    pub fn line(&self) -> String {
        // Strings and numbers always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Hash of a list of records.
pub fn hash_of(registros: &[Huella]) -> String {
    sha256(&serde_json::to_string(registros).unwrap_or_default())
}

/// SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(text))
}

/// Reads what is remembered of the site in `root`; none when nothing was ever sealed.
///
/// # Errors
/// The diagnostic of a file that is not as `seal` wrote it.
pub fn read(root: &Path) -> Result<Option<Memoria>, Box<Diagnostic>> {
    let path = root.join(FILE);
    if !path.exists() {
        return Ok(None);
    }
    let altered = |span: Span, message: String| {
        let help =
            "no se edita a mano: recupere el archivo de su copia de seguridad, tal como lo dejó «micrositio seal»";
        Box::new(Diagnostic::error("huellas-alteradas", FILE, span, message, help))
    };
    // As it was written, to the byte: what is put right in an editor's file would be a change here.
    let text = match fs::metadata(&path).map(|meta| meta.len()) {
        Ok(0..=MAX_BYTES) => fs::read_to_string(&path),
        Ok(bytes) => return Err(altered(Span::File, format!("la memoria de lo publicado pesa {bytes} bytes"))),
        Err(e) => Err(e),
    };
    let text = match text {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            return Err(altered(Span::File, "la memoria de lo publicado no está en UTF-8".to_owned()));
        }
        Err(e) => {
            let (code, message, help) = Unreadable::System(why(&e).into_owned()).explain();
            return Err(Box::new(Diagnostic::error(code, FILE, Span::File, message, help)));
        }
    };
    let memoria: Memoria = toml::from_str(&text).map_err(|error| {
        let span = error.span().map_or(Span::File, Span::from);
        altered(span, format!("la memoria de lo publicado no se entiende: {}", error.message()))
    })?;
    match fault(&memoria) {
        Some((key, message)) => Err(altered(Span::Key(key), message)),
        None => Ok(Some(memoria)),
    }
}

/// The first place where the chain does not hold.
fn fault(memoria: &Memoria) -> Option<(String, String)> {
    let mut before = ("", "");
    for (i, publicacion) in memoria.publicacion.iter().enumerate() {
        let number = i + 1;
        let at = |key: &str, message: String| Some((format!("publicacion.{i}.{key}"), message));
        if publicacion.numero != number {
            return at("numero", format!("en este lugar va la publicación {number}: falta una, sobra o está repetida"));
        }
        if publicacion.fecha.parse::<jiff::civil::Date>().is_err() || publicacion.fecha.as_str() < before.0 {
            return at("fecha", format!("la publicación {number} no puede ser de esta fecha"));
        }
        if publicacion.anterior != before.1 {
            return at("anterior", format!("la publicación {number} no sigue a la que tiene antes"));
        }
        if sha256(&publicacion.line()) != publicacion.huella {
            return at("huella", format!("la publicación {number} cambió después de sellada"));
        }
        before = (&publicacion.fecha, &publicacion.huella);
    }
    let listed = hash_of(&memoria.vigente.registros);
    let last = memoria.publicacion.last().map(|publicacion| publicacion.vigente.as_str());
    (last != Some(listed.as_str()))
        .then(|| ("vigente".to_owned(), "la lista de lo publicado no es la que dejó la última publicación".to_owned()))
}

impl Memoria {
    /// Adds a publication. `numero`, `cambios` and the hashes of the chain are filled in here.
    pub fn append(&mut self, mut new: Publicacion, published: &[Publicado], cambios: Vec<Cambio>) {
        self.vigente.registros = published.iter().map(|p| p.huella.clone()).collect();
        new.numero = self.publicacion.len() + 1;
        new.cuantos = published.len();
        new.vigente = hash_of(&self.vigente.registros);
        // Of the first, all is new: a list of everything would say nothing.
        new.cambios = if self.publicacion.is_empty() { Vec::new() } else { cambios };
        new.anterior = self.publicacion.last().map_or_else(String::new, |last| last.huella.clone());
        new.huella = sha256(&new.line());
        self.publicacion.push(new);
    }

    /// As the file holds it.
    ///
    /// # Errors
    /// Only if serialisation fails, which plain strings and numbers do not.
    pub fn to_toml(&self) -> serde_json::Result<String> {
        let mut out = String::from(
            "# Memoria de lo publicado. La escribe «micrositio seal»; no se edita a mano, y se guarda con el resto de content.\n\
             # Cada publicación lleva la huella de la anterior: si algo se cambia aquí, «micrositio check» lo dice.\n",
        );
        for p in &self.publicacion {
            out.push_str(&format!("\n[[publicacion]]\nnumero = {}\nfecha = \"{}\"\n", p.numero, p.fecha));
            for (key, value) in [("generador", &p.generador), ("contenido", &p.contenido), ("registros", &p.registros)]
            {
                out.push_str(&format!("{key} = {}\n", inline(value)?));
            }
            out.push_str(&format!("cuantos = {}\nvigente = {}\ncambios = [\n", p.cuantos, inline(&p.vigente)?));
            for cambio in &p.cambios {
                out.push_str(&format!("  {},\n", inline(cambio)?));
            }
            out.push_str(&format!("]\nanterior = {}\nhuella = {}\n", inline(&p.anterior)?, inline(&p.huella)?));
        }
        out.push_str("\n[vigente]\nregistros = [\n");
        for huella in &self.vigente.registros {
            out.push_str(&format!("  {},\n", inline(huella)?));
        }
        out.push_str("]\n");
        Ok(out)
    }
}

/// A text, or a table of texts, on one line. A text in JSON is one in TOML too, but for one sign.
fn inline(value: &impl Serialize) -> serde_json::Result<String> {
    let line = match serde_json::to_value(value)? {
        Value::Object(table) => {
            let pairs: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    };
    Ok(line.replace('\u{7f}', "\\u007f"))
}

/// How many changes of each sort, in words: «2 nuevos, 1 nueva versión».
pub fn summary(cambios: &[Cambio]) -> String {
    let counted = Que::ALL.iter().filter_map(|que| {
        let count = cambios.iter().filter(|cambio| cambio.que == *que).count();
        (count > 0).then(|| format!("{count} {}", que.noun(count)))
    });
    counted.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotes, line ends, another Unicode form, signs that are not text.
    const ODD: &str = "a \"b\" 'c' \"\"\" ''' \\u0041 \r\n\n\t e\u{301} \u{7f} \u{1} \u{2028} \u{1f600}";

    fn publicado(codigo: &str, sha256: &str) -> Publicado {
        let huella = Huella {
            tipo: "pagina".into(),
            codigo: codigo.into(),
            url: format!("paginas/{codigo}.html"),
            version: None,
            actualizado: None,
            archivo: None,
            sha256: sha256.into(),
        };
        Publicado { huella, titulo: ODD.into(), codigos_anteriores: Vec::new() }
    }

    fn sealed() -> Memoria {
        let mut memoria = Memoria::default();
        for (fecha, records) in [("2024-01-01", vec![publicado("a", "1")]), ("2024-02-01", vec![publicado("a", "2")])] {
            let cambios = cambios::compare(&memoria.vigente.registros, &records, None);
            let new = Publicacion {
                numero: 0,
                fecha: fecha.into(),
                generador: "micrositio".into(),
                contenido: "c".into(),
                registros: "r".into(),
                cuantos: 0,
                vigente: String::new(),
                cambios: Vec::new(),
                anterior: String::new(),
                huella: String::new(),
            };
            memoria.append(new, &records, cambios);
        }
        memoria
    }

    #[test]
    fn what_is_written_is_read() {
        let memoria = sealed();
        let text = memoria.to_toml().unwrap();
        assert_eq!(toml::from_str::<Memoria>(&text).unwrap(), memoria);
        assert_eq!(fault(&memoria), None);
        assert_eq!(memoria.publicacion[1].cambios.len(), 1);
    }

    #[test]
    fn no_change_of_a_value_goes_unseen() {
        let text = sealed().to_toml().unwrap();
        let begin = text.find("[[publicacion]]").unwrap();
        let values = regex::Regex::new("[0-9a-zé]+").unwrap();
        let mut tried = 0;
        for found in values.find_iter(&text[begin..]) {
            let mut other = text.clone();
            let last = begin + found.end() - 1;
            let now = if other.as_bytes()[last] == b'1' { "2" } else { "1" };
            other.replace_range(last..last + 1, now);
            tried += 1;
            // Either it is no memory any more, or its chain is broken.
            assert!(toml::from_str::<Memoria>(&other).map_or(true, |memoria| fault(&memoria).is_some()), "{other}");
        }
        assert!(tried > 60, "{tried}");
        let mut shorter = sealed();
        shorter.publicacion.remove(0);
        assert!(fault(&shorter).is_some());
    }
}
