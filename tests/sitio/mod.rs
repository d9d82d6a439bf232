//! A site in a temporary folder, driven by the real command.

#![allow(dead_code, clippy::expect_used)] // each test file uses a part of the driver; a test may fail

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) struct Sitio {
    dir: tempfile::TempDir,
}

/// The smallest site that has no problem.
const BASE: &[(&str, &str)] = &[
    (
        "site.toml",
        r#"entidad = "ejemplo"
titulo = "Micrositio de Ejemplo"
descripcion = "Un sitio de prueba."

[[nivel]]
tipo = "misional"
nombre = "Procesos misionales"
procesos = 1
texto = "Atienden a la ciudadanía."
"#,
    ),
    (
        "content/entidades/ejemplo.md",
        r#"+++
codigo = "ejemplo"
nombre = "Alcaldía de Ejemplo"
nit = "no consta"
municipio = "Ejemplo"
departamento = "Ejemplo"
sede = "no consta"
quienes_somos = "no consta"
mision = "no consta"
vision = "no consta"
fines = "no consta"
principios = "no consta"
valores = "no consta"
objetivos_institucionales = "no consta"
politica_calidad = "no consta"
objetivos_calidad = "no consta"
+++
"#,
    ),
    (
        "content/procesos/sec.md",
        r#"+++
codigo = "SEC"
nombre = "Servicio al ciudadano"
tipo = "misional"
responsables = "no consta"
participan = "no consta"
caracterizacion = "no consta"
actualizado = 2024-05-01
+++
"#,
    ),
    (
        "content/comites/cigd.md",
        r#"+++
codigo = "CIGD"
nombre = "Comité de Gestión"
tipo = "comite"
participantes = "no consta"
responsabilidad = "no consta"
actos = "no consta"
quorum = "no consta"
+++
"#,
    ),
    (
        "content/enlaces.toml",
        r#"[[enlaces]]
codigo = "pqrsd"
nombre = "PQRSD"
url = "https://ejemplo.gov.co/pqrsd"
"#,
    ),
    (
        "content/tipos-documentales.toml",
        r#"[[tipo_documental]]
codigo = "manual"
nombre = "Manual"
sigla = "MA"
patron = '^[A-Z]{3}-MA-\d{3}$'
nivel = "no consta"
"#,
    ),
];

impl Sitio {
    pub(crate) fn new() -> Self {
        let sitio = Sitio { dir: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in BASE {
            sitio.write(path, text.as_bytes());
        }
        sitio
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, bytes).expect("the file is written");
        path
    }

    /// Replaces text in a file of the base site.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path().join(path)).expect("the file is there");
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replace(from, to).as_bytes());
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_micrositio"))
            .args(args)
            .current_dir(self.path())
            .output()
            .expect("the command runs")
    }

    /// What `check` says to a person.
    pub(crate) fn check(&self) -> String {
        let output = self.run(&["check"]);
        let code = output.status.code().unwrap_or(-1);
        format!("{}[salida {code}]", String::from_utf8_lossy(&output.stderr))
    }
}

/// An acta that has no problem.
pub(crate) const ACTA: &str = r#"+++
codigo = "cigd-2024-01"
comite = "CIGD"
numero = 1
fecha = 2024-02-01
caracter = "ordinaria"
modalidad = "presencial"
lugar = "Sala de juntas"
hora_inicio = "08:00"
hora_fin = "10:00"
asistentes = [
  { parte = { texto = "Alcalde" }, calidad = "preside", asistencia = "asistio" },
  { parte = { texto = "Secretario" }, calidad = "con_voto", asistencia = "asistio" },
]
quorum = { miembros = 3, presentes = 2, exigido = 2, hay = true }
orden_del_dia = [{ numero = 1, texto = "Verificar el quórum" }]
desarrollo = [{ numero = 1, texto = "Hubo quórum." }]
decisiones = [{ texto = "Se aprueba el plan.", tipo = "aprueba" }]
compromisos = [{ compromiso = "Publicar el plan", responsable = { texto = "Secretario" }, fecha_limite = 2024-03-01, estado = "pendiente" }]
+++
"#;

/// A dimension and a policy that have no problem.
pub(crate) const DIMENSION: &str =
    "+++\ncodigo = \"D1\"\nnombre = \"Talento humano\"\norden = 1\nproposito = \"no consta\"\n+++\n";
pub(crate) const POLITICA: &str = r#"+++
codigo = "integridad"
nombre = "Integridad"
dimension = "D1"

[[por_entidad]]
entidad = "ejemplo"
responsables = [{ texto = "Secretaría General" }]
proposito = "no consta"
declaratoria = "no consta"
fuente = []
+++
"#;

/// A good practice of the second level that has no problem.
pub(crate) const PRACTICA: &str = r#"+++
codigo = "bp-1"
nombre = "Código de integridad a una página"
politica = "integridad"
periodo = "2024"
hasta = 2024-12-31
estado = "hecha"
nivel = 2
contextualizar = "Nadie leía el código."
analizar = "Se redujo a una página."
recolectar = "Encuesta."
problema = "Nadie leía el código."
resultados_cuantitativos = [{ indicador = "Servidores que lo leyeron", valor = 80.0, unidad = "% de servidores", periodo = "2024" }]
resultados_cualitativos = ["Se cita en las inducciones."]
sostenibilidad = "La oficina lo repite cada año."
alianzas = ["Universidad de Ejemplo"]
evidencias = "no consta"
+++
"#;

/// A norm that has no problem.
pub(crate) const NORMA: &str = r#"[[norma]]
codigo = "ley-1"
tipo = "ley"
numero = "1"
anio = 2000
emisor = "Congreso"
epigrafe = "no consta"
fecha = 2000-01-01
ambito = "nacional"
estado = "vigente"
enlace = "no consta"
"#;

/// A document that has no problem.
pub(crate) const DOCUMENTO: &str = r#"+++
codigo = "SEC-MA-001"
titulo = "Manual de servicio"
epigrafe = "Cómo se atiende."
tipo = "manual"
proceso = "SEC"
version = "002"
estado = "vigente"
fecha_elaboracion = 2024-01-10
fecha_aprobacion = 2024-01-20
elaboro = "no consta"
reviso = "no consta"
aprobo = "no consta"
archivo = "no consta"
idioma = "es"
medio = "no consta"
serie = "no consta"
clasificacion = "publica"
datos_personales = "no_contiene"
cambio = [
  { version = "001", fecha = 2023-01-20, descripcion = "Creación" },
  { version = "002", fecha = 2024-01-20, descripcion = "Horarios nuevos" },
]
+++
"#;
