//! The fixed sets: everything that an entity has a known number of.

mod entidad;
mod listas;
mod mipg;
mod procesos;

use crate::lexicon::Lexicon;
use crate::prose::Prose;
use crate::rng::Rng;
use crate::sets::{FUENTES, NIVELES, PROCESOS};
use crate::toml::Toml;

/// The day on which the fixed sets were published, that of the first records.
const DAY: &str = "2006-01-02";

/// Stream of the first fixed record; numbered records use the low numbers.
const STREAM: u64 = 1 << 40;

/// Path and text of every fixed file.
pub(crate) fn files(lexicon: &Lexicon, seed: u64) -> Vec<(String, String)> {
    let mut stream = STREAM;
    // Each family has its own random numbers, so that one can change without the others.
    let mut prose = || {
        stream += 1;
        Prose::new(lexicon, Rng::new(seed, stream))
    };
    let mut files = vec![("site.toml".to_owned(), site())];
    files.push(entidad::entidad(&mut prose()));
    files.extend(entidad::fuentes(&mut prose()));
    files.extend(procesos::procesos(&mut prose()));
    files.extend(mipg::dimensiones(&mut prose()));
    files.extend(mipg::politicas(&mut prose()));
    files.extend(mipg::comites(&mut prose()));
    files.push(listas::dependencias());
    files.push(listas::tipos());
    files.push(listas::normas(&mut prose()));
    files.push(listas::glosario(&mut prose(), lexicon));
    files.push(listas::enlaces());
    files
}

fn site() -> String {
    let mut toml = Toml::default();
    toml.text("entidad", "ejemplo").text("titulo", "Micrositio de procesos y transparencia");
    toml.text("descripcion", "Procesos, políticas, comités, actas, documentos y normas de la Alcaldía de Ejemplo.");
    toml.text("base_url", "https://procesos.alcaldia.example.org/");
    for (tipo, nombre, texto) in NIVELES {
        let count = PROCESOS.iter().filter(|proceso| proceso.tipo == *tipo).count();
        toml.header("[[nivel]]").text("tipo", tipo).text("nombre", nombre).raw("procesos", count).text("texto", texto);
        source(&mut toml, "capítulo 2");
    }
    toml.finish()
}

/// Where the fixed records come from: the manual.
fn source(toml: &mut Toml, place: &str) {
    let (manual, _) = FUENTES.first().copied().unwrap_or_default();
    toml.fuente(manual, place);
}

/// The keys that a fixed record ends with.
fn close(toml: &mut Toml, place: &str) {
    source(toml, place);
    toml.raw("publicado", DAY).raw("actualizado", DAY);
}
