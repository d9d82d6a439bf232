//! The records that stand in lists: units, types of document, norms, glossary and links.

use super::{DAY, close};
use crate::lexicon::Lexicon;
use crate::morphology::capitalise;
use crate::prose::Prose;
use crate::rng::Rng;
use crate::sets::{DEPENDENCIAS, FUENTES, POLITICAS, PROCESOS, TIPOS};
use crate::toml::Toml;

const NORMS: usize = 120;
const TERMS: usize = 60;

/// Every eighth norm was derogated, and the next one replaces it.
const DEROGATED: usize = 8;

pub(super) fn dependencias() -> (String, String) {
    let mut toml = Toml::default();
    for (n, unit) in DEPENDENCIAS.iter().enumerate() {
        toml.header("[[dependencia]]").text("codigo", unit.codigo).text("nombre", unit.nombre);
        toml.text("depende_de", if n == 0 { "no consta" } else { "despacho" }).text("cargo", unit.cargo);
        toml.text("correo", format_args!("{}@alcaldia.example.org", unit.codigo));
        toml.text("telefono", format_args!("+57 600 000 0000, extensión {}", 100 + n));
        toml.text("ubicacion", "Casa municipal");
        close(&mut toml, "capítulo 1");
    }
    ("content/dependencias.toml".to_owned(), toml.finish())
}

pub(super) fn tipos() -> (String, String) {
    let mut toml = Toml::default();
    for tipo in TIPOS {
        toml.header("[[tipo_documental]]").text("codigo", tipo.codigo).text("nombre", tipo.nombre);
        toml.text("sigla", tipo.sigla).raw("patron", format_args!("'^[A-Z]{{3}}-{}-\\d{{3,4}}$'", tipo.sigla));
        toml.text("nivel", tipo.nivel);
        close(&mut toml, "anexo 1");
    }
    ("content/tipos-documentales.toml".to_owned(), toml.finish())
}

/// Type, number and year of a norm.
fn norm(n: usize) -> (&'static str, usize, usize) {
    let tipo = ["decreto", "resolucion", "acuerdo", "circular"].get(n % 4).copied().unwrap_or_default();
    (tipo, 5 + n * 7 % 300, 1990 + n / 8)
}

fn norm_code(n: usize) -> String {
    let (tipo, numero, anio) = norm(n);
    format!("{tipo}-{numero}-{anio}")
}

/// The code of a norm in force.
pub(super) fn vigentes(rng: &mut Rng) -> String {
    let n = rng.index(NORMS);
    norm_code(if n.is_multiple_of(DEROGATED) { n + 1 } else { n })
}

pub(super) fn normas(prose: &mut Prose<'_>) -> (String, String) {
    let mut toml = Toml::default();
    for n in 0..NORMS {
        let (tipo, numero, anio) = norm(n);
        toml.header("[[norma]]").text("codigo", norm_code(n)).text("tipo", tipo).text("numero", numero);
        toml.raw("anio", anio).text("epigrafe", prose.one());
        toml.text("emisor", if tipo == "acuerdo" { "Concejo Municipal de Ejemplo" } else { "Alcaldía de Ejemplo" });
        toml.raw("fecha", format_args!("{anio}-{:02}-{:02}", 1 + n % 12, 1 + n % 28));
        toml.text("ambito", if n % 3 == 0 { "interno" } else { "distrital" });
        let proceso = PROCESOS.get(n % PROCESOS.len()).map_or("", |p| p.codigo);
        let politica = POLITICAS.get(n % POLITICAS.len()).map_or("", |p| p.0);
        toml.texts("procesos", &[proceso.to_owned()]).texts("politicas", &[politica.to_owned()]);
        if n.is_multiple_of(DEROGATED) {
            toml.text("estado", "derogada").text("reemplazada_por", norm_code(n + 1));
        } else {
            toml.text("estado", "vigente");
        }
        toml.text("enlace", format_args!("https://alcaldia.example.org/normas/{}", norm_code(n)));
        let (fuente, _) = FUENTES.get(1).copied().unwrap_or_default();
        toml.fuente(fuente, format_args!("p. {}", n + 1)).raw("actualizado", DAY);
    }
    ("content/normas.toml".to_owned(), toml.finish())
}

pub(super) fn glosario(prose: &mut Prose<'_>, lexicon: &Lexicon) -> (String, String) {
    let mut toml = Toml::default();
    for (n, noun) in lexicon.nouns.words.iter().take(TERMS).enumerate() {
        let mut term = noun.singular.clone();
        capitalise(&mut term, 0);
        let (fuente, _) = FUENTES.get(n % FUENTES.len()).copied().unwrap_or_default();
        let definition =
            format!("{{ texto = \"{}\", fuente = [{{ codigo = \"{fuente}\", lugar = \"glosario\" }}] }}", prose.one());
        toml.header("[[glosario]]").text("codigo", format_args!("termino-{}", n + 1)).text("termino", term);
        toml.tables("definiciones", &[definition]).raw("actualizado", DAY);
    }
    ("content/glosario.toml".to_owned(), toml.finish())
}

pub(super) fn enlaces() -> (String, String) {
    let links = [
        ("sede", "Sede electrónica de la Alcaldía de Ejemplo"),
        ("transparencia", "Transparencia y acceso a la información pública"),
        ("atencion", "Atención y servicios a la ciudadanía"),
        ("participa", "Participa"),
        ("pqrsd", "Peticiones, quejas, reclamos, sugerencias y denuncias (PQRSD)"),
        ("tramites", "Trámites y servicios"),
        ("contacto", "Contacto y canales de atención"),
        ("datos-abiertos", "Datos abiertos"),
        ("privacidad", "Política de tratamiento de datos personales"),
        ("terminos", "Términos y condiciones"),
    ];
    let mut toml = Toml::default();
    for (codigo, nombre) in links {
        toml.header("[[enlaces]]").text("codigo", codigo).text("nombre", nombre);
        toml.text("url", format_args!("https://alcaldia.example.org/{codigo}"));
        toml.raw("actualizado", DAY);
    }
    ("content/enlaces.toml".to_owned(), toml.finish())
}
