//! The manifest of a published site: every file with its size and hash, and what made it. By it a host is brought up to date by
//! difference, a copy is verified, and a folder is known as ours.

use std::collections::BTreeMap;
use std::io::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Its name in every published folder: a folder with files and without it is not ours to replace.
pub const NAME: &str = "micrositio.json";

/// What made a site, as its manifest says.
pub const AGENT: &str = concat!("micrositio ", env!("CARGO_PKG_VERSION"));

/// What the manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Program and version.
    pub generador: String,
    /// What the site is.
    #[serde(flatten)]
    pub sitio: About,
    /// Files but for the manifest itself, by path with `/`.
    pub archivos: BTreeMap<String, Archivo>,
}

/// What a site says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Title.
    pub titulo: String,
    /// Entity.
    pub entidad: String,
    /// Cut-off date, `yyyy-mm-dd`.
    pub corte: Option<String>,
    /// Public address.
    pub direccion: Option<String>,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archivo {
    /// Size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Archivo {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Archivo {
        Archivo { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// Writes the manifest of a site and its files, in the order of their paths: one line a file, so that two manifests can be compared by eye.
///
/// # Errors
/// What `out` said no to.
pub fn write<'a, A: Serialize>(
    out: &mut dyn Write,
    generador: &str,
    sitio: &About,
    archivos: impl Iterator<Item = (&'a str, A)>,
) -> std::io::Result<()> {
    let about = serde_json::to_string(sitio)?;
    let generador = serde_json::to_string(generador)?;
    write!(out, "{{\n\"generador\": {generador},\n{},\n\"archivos\": {{", about.trim_matches(['{', '}']))?;
    let mut line = Vec::new();
    for (n, (path, file)) in archivos.enumerate() {
        line.clear();
        line.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut line, path)?;
        line.extend_from_slice(b": ");
        serde_json::to_writer(&mut line, &file)?;
        out.write_all(&line)?;
    }
    out.write_all(b"\n}\n}\n")
}

impl Manifest {
    /// As it is published.
    ///
    /// # Errors
    /// Only if serialisation fails, which plain strings do not.
    pub fn to_json(&self) -> std::io::Result<Vec<u8>> {
        let mut json = Vec::new();
        let archivos = self.archivos.iter().map(|(path, file)| (path.as_str(), file));
        write(&mut json, &self.generador, &self.sitio, archivos).map(|()| json)
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let sitio = About { titulo: "El \"sitio\"".into(), entidad: "Alcaldía".into(), ..About::default() };
        let files = [("a/b.html", &b"hola"[..]), ("á.txt", b"")].map(|(path, bytes)| (path, Archivo::of(bytes)));
        let archivos = files.map(|(path, file)| (path.to_owned(), file)).into();
        let manifest = Manifest { generador: "micrositio 1".into(), sitio, archivos };
        let json = String::from_utf8(manifest.to_json().unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Manifest>(&json).unwrap(), manifest);
        assert!(json.contains("\n\"a/b.html\": {\"bytes\":4,\"sha256\":\"b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79\"},\n"));
    }
}
