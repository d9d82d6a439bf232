//! The names of the fixed sets: processes, units, committees, policies, types of document, sources. All fictional.

/// A process of the map.
pub(crate) struct Proceso {
    pub(crate) codigo: &'static str,
    pub(crate) nombre: &'static str,
    pub(crate) tipo: &'static str,
}

const fn proceso(codigo: &'static str, nombre: &'static str, tipo: &'static str) -> Proceso {
    Proceso { codigo, nombre, tipo }
}

/// 1 + 7 + 7 + 1.
pub(crate) const PROCESOS: &[Proceso] = &[
    proceso("DIR", "Direccionamiento y planeación", "estrategico"),
    proceso("EDU", "Gestión de la educación", "misional"),
    proceso("SAL", "Gestión de la salud pública", "misional"),
    proceso("INF", "Infraestructura y obras", "misional"),
    proceso("SOC", "Desarrollo social y comunitario", "misional"),
    proceso("AMB", "Ambiente y gestión del riesgo", "misional"),
    proceso("SEG", "Seguridad y convivencia", "misional"),
    proceso("CUL", "Cultura, deporte y turismo", "misional"),
    proceso("TAL", "Talento humano", "apoyo"),
    proceso("FIN", "Gestión financiera", "apoyo"),
    proceso("JUR", "Gestión jurídica", "apoyo"),
    proceso("CTR", "Contratación", "apoyo"),
    proceso("DOC", "Gestión documental", "apoyo"),
    proceso("TEC", "Tecnología de la información", "apoyo"),
    proceso("SER", "Servicio a la ciudadanía", "apoyo"),
    proceso("EVA", "Evaluación y mejora", "evaluacion"),
];

/// Levels of the map: type, name, text.
pub(crate) const NIVELES: &[(&str, &str, &str)] = &[
    ("estrategico", "Procesos estratégicos", "Fijan el rumbo de la Alcaldía y reparten los recursos."),
    ("misional", "Procesos misionales", "Entregan a la comunidad los servicios y las obras."),
    ("apoyo", "Procesos de apoyo", "Dan a los demás procesos la gente, el dinero y la información que necesitan."),
    ("evaluacion", "Procesos de evaluación", "Revisan con independencia lo que se hizo y ayudan a corregirlo."),
];

/// A unit and who directs it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Dependencia {
    pub(crate) codigo: &'static str,
    pub(crate) nombre: &'static str,
    pub(crate) cargo: &'static str,
}

const fn dependencia(codigo: &'static str, nombre: &'static str, cargo: &'static str) -> Dependencia {
    Dependencia { codigo, nombre, cargo }
}

/// The first one directs the others.
pub(crate) const DEPENDENCIAS: &[Dependencia] = &[
    dependencia("despacho", "Despacho de la Alcaldía", "Alcalde municipal"),
    dependencia("planeacion", "Secretaría de Planeación", "Secretario de Planeación"),
    dependencia("hacienda", "Secretaría de Hacienda", "Secretario de Hacienda"),
    dependencia("general", "Secretaría General", "Secretario General"),
    dependencia("gobierno", "Secretaría de Gobierno", "Secretario de Gobierno"),
    dependencia("educacion", "Secretaría de Educación", "Secretario de Educación"),
    dependencia("salud", "Secretaría de Salud", "Secretario de Salud"),
    dependencia("obras", "Secretaría de Obras Públicas", "Secretario de Obras Públicas"),
    dependencia("desarrollo", "Secretaría de Desarrollo Social", "Secretario de Desarrollo Social"),
    dependencia("ambiente", "Secretaría de Ambiente", "Secretario de Ambiente"),
    dependencia("movilidad", "Secretaría de Movilidad", "Secretario de Movilidad"),
    dependencia("cultura", "Secretaría de Cultura y Deporte", "Secretario de Cultura y Deporte"),
    dependencia("juridica", "Oficina Jurídica", "Jefe de la Oficina Jurídica"),
    dependencia("control-interno", "Oficina de Control Interno", "Jefe de la Oficina de Control Interno"),
    dependencia("disciplinario", "Oficina de Control Disciplinario", "Jefe de la Oficina de Control Disciplinario"),
    dependencia("comunicaciones", "Oficina de Comunicaciones", "Jefe de la Oficina de Comunicaciones"),
    dependencia("contratacion", "Oficina de Contratación", "Jefe de la Oficina de Contratación"),
    dependencia("tecnologia", "Oficina de Tecnología", "Jefe de la Oficina de Tecnología"),
    dependencia(
        "atencion-ciudadano",
        "Oficina de Atención al Ciudadano",
        "Jefe de la Oficina de Atención al Ciudadano",
    ),
    dependencia("riesgo", "Oficina de Gestión del Riesgo", "Jefe de la Oficina de Gestión del Riesgo"),
    dependencia("talento", "Dirección de Talento Humano", "Director de Talento Humano"),
    dependencia("archivo", "Grupo de Archivo", "Coordinador del Grupo de Archivo"),
    dependencia("presupuesto", "Grupo de Presupuesto", "Coordinador del Grupo de Presupuesto"),
    dependencia("tesoreria", "Grupo de Tesorería", "Coordinador del Grupo de Tesorería"),
    dependencia("almacen", "Grupo de Almacén e Inventarios", "Coordinador del Grupo de Almacén"),
    dependencia("turismo", "Grupo de Turismo", "Coordinador del Grupo de Turismo"),
];

/// The unit in this place, counting round and round.
pub(crate) fn unit(place: usize) -> Dependencia {
    DEPENDENCIAS.get(place % DEPENDENCIAS.len()).copied().unwrap_or_default()
}

/// A committee.
pub(crate) struct Comite {
    pub(crate) codigo: &'static str,
    pub(crate) nombre: &'static str,
    pub(crate) tipo: &'static str,
    /// Members with vote, besides the one who presides.
    pub(crate) votos: usize,
}

const fn comite(codigo: &'static str, nombre: &'static str, tipo: &'static str, votos: usize) -> Comite {
    Comite { codigo, nombre, tipo, votos }
}

/// Seven, as many as actas in a block.
pub(crate) const COMITES: &[Comite] = &[
    comite("cigd", "Comité Institucional de Gestión y Desempeño", "comite", 8),
    comite("ccci", "Comité de Coordinación de Control Interno", "comite", 6),
    comite("cconc", "Comité de Conciliación", "comite", 4),
    comite("carch", "Comité de Archivo", "comite", 5),
    comite("ccontr", "Comité de Contratación", "comite", 5),
    comite("gatenc", "Grupo de Mejora de la Atención", "grupo_interno", 4),
    comite("gdatos", "Grupo de Datos Abiertos", "grupo_interno", 4),
];

impl Comite {
    /// Members with vote.
    pub(crate) fn miembros(&self) -> usize {
        self.votos + 1
    }

    /// Members with vote that must be present.
    pub(crate) fn quorum(&self) -> usize {
        self.miembros() / 2 + 1
    }

    /// Unit and quality of each participant: who presides, those who vote, the secretary, a permanent guest.
    pub(crate) fn participantes(&self) -> Vec<(Dependencia, &'static str)> {
        // Each committee begins at another unit; unit 0 presides them all.
        let first = self.codigo.len() + self.votos;
        let voting = (0..self.votos).map(|v| (unit(1 + (first + v) % 12), "con_voto"));
        let others = [(unit(21), "secretaria"), (unit(13), "invitado_permanente")];
        std::iter::once((unit(0), "preside")).chain(voting).chain(others).collect()
    }
}

/// A type of document: code, acronym, name, level.
pub(crate) struct Tipo {
    pub(crate) codigo: &'static str,
    pub(crate) sigla: &'static str,
    pub(crate) nombre: &'static str,
    pub(crate) nivel: &'static str,
}

const fn tipo(codigo: &'static str, sigla: &'static str, nombre: &'static str, nivel: &'static str) -> Tipo {
    Tipo { codigo, sigla, nombre, nivel }
}

/// Types of document.
pub(crate) const TIPOS: &[Tipo] = &[
    tipo("procedimiento", "PR", "Procedimiento", "3. Operación"),
    tipo("formato", "FO", "Formato", "4. Registros"),
    tipo("guia", "GU", "Guía", "3. Operación"),
    tipo("informe", "IN", "Informe", "4. Registros"),
    tipo("protocolo", "PT", "Protocolo", "3. Operación"),
    tipo("manual", "MA", "Manual", "1. Direccionamiento"),
    tipo("plan", "PL", "Plan", "1. Direccionamiento"),
    tipo("politica-operacion", "PO", "Política de operación", "1. Direccionamiento"),
    tipo("mapa-riesgos", "MR", "Mapa de riesgos", "4. Registros"),
];

/// Places in [`TIPOS`] of the documents of a process, one after the other: their proportions.
pub(crate) const TIPOS_EN_ORDEN: [usize; 20] = [0, 1, 2, 1, 0, 3, 0, 5, 1, 0, 4, 1, 0, 2, 3, 6, 0, 1, 7, 8];

/// Dimensions of MIPG.
pub(crate) const DIMENSIONES: &[&str] = &[
    "Talento Humano",
    "Direccionamiento Estratégico y Planeación",
    "Gestión con Valores para Resultados",
    "Evaluación de Resultados",
    "Información y Comunicación",
    "Gestión del Conocimiento y la Innovación",
    "Control Interno",
];

/// Policies of MIPG: code, name, number of the dimension.
pub(crate) const POLITICAS: &[(&str, &str, u8)] = &[
    ("gestion-talento-humano", "Gestión estratégica del talento humano", 1),
    ("integridad", "Integridad", 1),
    ("planeacion-institucional", "Planeación institucional", 2),
    ("gestion-presupuestal", "Gestión presupuestal y eficiencia del gasto público", 2),
    ("compras-contratacion", "Compras y contratación pública", 2),
    ("fortalecimiento-organizacional", "Fortalecimiento organizacional y simplificación de procesos", 3),
    ("gobierno-digital", "Gobierno digital", 3),
    ("seguridad-digital", "Seguridad digital", 3),
    ("defensa-juridica", "Defensa jurídica", 3),
    ("mejora-normativa", "Mejora normativa", 3),
    ("servicio-al-ciudadano", "Servicio al ciudadano", 3),
    ("racionalizacion-tramites", "Racionalización de trámites", 3),
    ("participacion-ciudadana", "Participación ciudadana en la gestión pública", 3),
    ("seguimiento-evaluacion", "Seguimiento y evaluación del desempeño institucional", 4),
    ("transparencia-acceso", "Transparencia y acceso a la información pública", 5),
    ("gestion-documental", "Gestión documental y administración de archivos", 5),
    ("gestion-estadistica", "Gestión de la información estadística", 5),
    ("conocimiento-innovacion", "Gestión del conocimiento y la innovación", 6),
    ("politica-control-interno", "Control interno", 7),
];

/// Sources: code and title. The first is the manual that the fixed records come from.
pub(crate) const FUENTES: &[(&str, &str)] = &[
    ("manual-ejemplo", "Manual de operación por procesos"),
    ("actos-ejemplo", "Recopilación de actos administrativos"),
    ("actas-ejemplo", "Archivo de actas de los comités"),
    ("plan-ejemplo", "Plan de desarrollo municipal"),
    ("inventario-ejemplo", "Inventario de documentos controlados"),
    ("informe-ejemplo", "Informe de gestión"),
    ("boletin-ejemplo", "Boletín de experiencias"),
    ("anuario-ejemplo", "Anuario estadístico municipal"),
    ("tablas-ejemplo", "Tablas de retención documental"),
    ("auditoria-ejemplo", "Informe de auditoría interna"),
    ("encuesta-ejemplo", "Encuesta de satisfacción"),
    ("gaceta-ejemplo", "Gaceta municipal"),
];
