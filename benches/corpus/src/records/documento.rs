//! Controlled documents: metadata and control de cambios.

use jiff::civil::Date;

use super::Draft;
use crate::plan::{self, days_after, days_before};
use crate::sets::{Dependencia, PROCESOS, TIPOS, unit};

pub(super) fn write(draft: &mut Draft<'_>) -> String {
    let plan = plan::documento(draft.place.ordinal);
    let (Some(proceso), Some(tipo)) = (PROCESOS.get(plan.proceso), TIPOS.get(plan.tipo)) else {
        return String::new();
    };
    let unit = unit(1 + plan.proceso);
    let approved = plan::aprobacion(draft.i);
    let reviewed = days_before(approved, draft.prose.rng.between(3, 20));
    let made = days_before(reviewed, draft.prose.rng.between(3, 40));
    let titulo = format!("{} de {}", tipo.nombre, draft.prose.title().to_lowercase());
    let epigrafe = draft.prose.one();
    let versions = draft.prose.rng.between(1, 3);
    let state = if draft.prose.rng.chance(92) { "vigente" } else { draft.prose.rng.pick(&["en_revision", "obsoleto"]) };
    draft.front.text("titulo", &titulo).text("epigrafe", epigrafe);
    draft.front.text("tipo", tipo.codigo).text("proceso", proceso.codigo).text("dependencia", unit.codigo);
    draft.front.text("version", format_args!("{versions:03}")).text("estado", state);
    draft.front.raw("fecha_elaboracion", made).raw("fecha_aprobacion", approved);
    draft.front.raw("proxima_revision", days_after(approved, 730)).text("origen", "interno");
    draft.front.raw("elaboro", control("Profesional universitario", unit, made));
    draft.front.raw("reviso", control(unit.cargo, unit, reviewed));
    draft.front.raw("aprobo", control("Alcalde municipal", crate::sets::unit(0), approved));
    let file = format!("https://alcaldia.example.org/documentos/{}.pdf", draft.codigo.to_lowercase());
    draft.front.text("archivo", file).raw("paginas", draft.prose.rng.between(2, 80));
    draft.front.text("idioma", "es").text("medio", "Electrónico").text("formato", "PDF/A");
    draft.front.text("serie", format_args!("{}s", tipo.nombre)).text("clasificacion", "publica");
    draft.front.text("datos_personales", draft.prose.rng.pick(&["no_contiene", "no_contiene", "personales"]));
    changes(draft, versions, approved);
    titulo
}

fn control(cargo: &str, unit: Dependencia, fecha: Date) -> String {
    format!("[{{ cargo = \"{cargo}\", dependencia = \"{}\", fecha = {fecha} }}]", unit.codigo)
}

/// The versions, a year and something apart; the last one is the approved.
fn changes(draft: &mut Draft<'_>, versions: u64, approved: Date) {
    let rows: Vec<String> = (1..=versions)
        .map(|version| {
            let date = days_before(approved, (versions - version) * 400);
            let what = if version == 1 { "Primera versión.".to_owned() } else { draft.prose.one() };
            format!("{{ version = \"{version:03}\", fecha = {date}, descripcion = \"{what}\" }}")
        })
        .collect();
    draft.front.tables("cambio", &rows);
}
