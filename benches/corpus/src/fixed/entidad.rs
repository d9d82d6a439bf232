//! The entity and the sources.

use super::{DAY, close};
use crate::prose::Prose;
use crate::sets::FUENTES;
use crate::toml::{Toml, record};

pub(super) fn entidad(prose: &mut Prose<'_>) -> (String, String) {
    let mut toml = Toml::default();
    toml.text("codigo", "ejemplo").text("nombre", "Alcaldía de Ejemplo").text("nombre_corto", "Ejemplo");
    toml.text("nit", "000.000.000-0").text("municipio", "Ejemplo").text("departamento", "Departamento de Ejemplo");
    toml.text("sede", "https://alcaldia.example.org/");
    for key in ["quienes_somos", "mision", "vision", "politica_calidad"] {
        toml.text(key, prose.several(2));
    }
    for key in ["fines", "objetivos_institucionales", "objetivos_calidad"] {
        toml.texts(key, &prose.tasks(5));
    }
    let named = |names: &[&str], prose: &mut Prose<'_>| -> Vec<String> {
        names.iter().map(|name| format!("{{ nombre = \"{name}\", descripcion = \"{}\" }}", prose.one())).collect()
    };
    toml.tables("principios", &named(&["Publicidad", "Eficacia", "Participación", "Economía"], prose));
    toml.tables("valores", &named(&["Honestidad", "Respeto", "Compromiso", "Diligencia", "Justicia"], prose));
    close(&mut toml, "capítulo 1");
    toml.header("[contacto]").text("direccion", "Casa municipal, plaza principal").text("codigo_postal", "000000");
    toml.text("horario", "Lunes a viernes, de 8:00 a. m. a 5:00 p. m.").text("conmutador", "+57 600 000 0000");
    toml.text("linea_gratuita", "+57 01 8000 000 000").text("linea_anticorrupcion", "+57 600 000 0001");
    toml.text("correo", "contacto@alcaldia.example.org");
    toml.text("correo_notificaciones", "notificaciones@alcaldia.example.org");
    ("content/entidades/ejemplo.md".to_owned(), record(toml, &format!("{}\n", prose.several(3))))
}

pub(super) fn fuentes(prose: &mut Prose<'_>) -> Vec<(String, String)> {
    let file = |(codigo, titulo): &(&str, &str)| {
        let mut toml = Toml::default();
        toml.text("codigo", codigo).text("titulo", titulo).text("autor", "Alcaldía de Ejemplo");
        toml.raw("anio", 2005).raw("fecha", "2005-12-15").raw("paginas", prose.rng.between(20, 400));
        toml.text("condiciones", "Se puede copiar si se dice de dónde salió.");
        toml.text("enlace", format_args!("https://alcaldia.example.org/fuentes/{codigo}.pdf"));
        toml.raw("publicado", DAY).raw("actualizado", DAY);
        (format!("content/fuentes/{codigo}.md"), record(toml, &format!("{}\n", prose.several(2))))
    };
    FUENTES.iter().map(file).collect()
}
