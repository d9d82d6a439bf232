//! `serve`, driven as an editor and a browser do: files change on the disk, pages are asked for over HTTP.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test may fail

mod sitio;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use micrositio::catalog::Catalog;
use micrositio::catalog::relaciones::con_la_misma_evidencia;
use micrositio::content::buena_practica::BuenaPractica;
use micrositio::{config, content};
use sitio::{ACTA, DIMENSION, DOCUMENTO, POLITICA, PRACTICA, Sitio};

const ACTA_FILE: &str = "content/actas/2024/cigd-2024-01.md";
const ACTA_PAGE: &str = "/actas/cigd-2024-01.html";

struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn of(sitio: &Sitio) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_micrositio"))
            .args(["servir", "--puerto", "0"])
            .current_dir(sitio.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap().parse().unwrap();
        Server { child, port }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    /// Asks for a page until it is as expected; nothing is told of how long that may take but that it ends.
    #[track_caller]
    fn until(&self, path: &str, expected: impl Fn(u16, &str) -> bool) -> String {
        let mut last = (0, String::new());
        for _ in 0..1000 {
            last = self.get(path);
            if expected(last.0, &last.1) {
                return last.1;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("{path} never came to be as expected; last: {last:?}");
    }

    #[track_caller]
    fn until_says(&self, path: &str, text: &str) -> String {
        self.until(path, |status, body| status == 200 && body.contains(text))
    }

    #[track_caller]
    fn until_told(&self, expected: impl Fn(&str) -> bool) -> String {
        self.until("/.micrositio/cambios?desde=", |_, body| expected(body))
    }
}

fn site() -> Sitio {
    let sitio = Sitio::new();
    sitio.write(ACTA_FILE, format!("{ACTA}\nTexto primero.\n").as_bytes());
    sitio
}

#[test]
fn an_edit_is_served_however_the_editor_writes_it() {
    let sitio = site();
    let server = Server::of(&sitio);
    server.until_says(ACTA_PAGE, "Texto primero");

    sitio.edit(ACTA_FILE, "Texto primero", "Texto escrito encima");
    server.until_says(ACTA_PAGE, "Texto escrito encima");

    // Written beside and renamed, with a copy kept, as vim and many others do.
    let (file, copy) = (sitio.path().join(ACTA_FILE), sitio.path().join(format!("{ACTA_FILE}~")));
    fs::rename(&file, &copy).unwrap();
    sitio.write(ACTA_FILE, format!("{ACTA}\nTexto con copia.\n").as_bytes());
    server.until_says(ACTA_PAGE, "Texto con copia");
    let fresh =
        sitio.write("content/actas/2024/.cigd-2024-01.md.swp", format!("{ACTA}\nTexto renombrado.\n").as_bytes());
    fs::rename(&fresh, &file).unwrap();
    server.until_says(ACTA_PAGE, "Texto renombrado");

    // What others show of it changes too.
    sitio.edit(ACTA_FILE, "numero = 1\nfecha", "numero = 7\nfecha");
    server.until_says("/actas/index.html", "Acta 007");
    sitio.edit(ACTA_FILE, "Se aprueba el plan.", "Se aprueba el plan de integridad.");
    server.until_says("/actas/decisiones.html", "plan de integridad");
}

#[test]
fn folders_go_and_come_back_and_hundreds_of_files_change_at_once() {
    let sitio = site();
    let server = Server::of(&sitio);
    let all = |text: &str| {
        for n in 1..=300 {
            let acta = ACTA
                .replace("cigd-2024-01", &format!("cigd-2024-{n:03}"))
                .replace("numero = 1\nf", &format!("numero = {n}\nf"));
            sitio.write(&format!("content/actas/2024/{n:03}.md"), format!("{acta}\n{text}\n").as_bytes());
        }
    };
    fs::remove_file(sitio.path().join(ACTA_FILE)).unwrap();
    all("Rama uno.");
    for n in [1, 150, 300] {
        server.until_says(&format!("/actas/cigd-2024-{n:03}.html"), "Rama uno");
    }
    all("Rama dos.");
    for n in [1, 150, 300] {
        server.until_says(&format!("/actas/cigd-2024-{n:03}.html"), "Rama dos");
    }

    fs::remove_dir_all(sitio.path().join("content/actas")).unwrap();
    server.until("/actas/cigd-2024-150.html", |status, _| status == 404);
    all("Otra vez.");
    server.until_says("/actas/cigd-2024-150.html", "Otra vez");

    // The whole content, moved away and back: in between the last good site stays.
    let (content, away) = (sitio.path().join("content"), sitio.path().join("guardado"));
    fs::rename(&content, &away).unwrap();
    server.until_told(|report| report.contains("\"gravedad\": \"error\""));
    assert!(server.get("/actas/cigd-2024-150.html").1.contains("Otra vez"));
    fs::rename(&away, &content).unwrap();
    server.until_told(|report| !report.contains("\"gravedad\": \"error\""));
    all("Después de volver.");
    server.until_says("/actas/cigd-2024-300.html", "Después de volver");
}

#[test]
fn a_broken_record_keeps_the_last_good_site_until_it_is_mended() {
    let sitio = site();
    let server = Server::of(&sitio);
    server.until_says(ACTA_PAGE, "Texto primero");
    for (from, to, told) in [
        ("numero = 1\nfecha", "numero = uno\nfecha", "valor"),
        ("comite = \"CIGD\"", "comite = \"OTRO\"", "OTRO"),
        ("Texto primero.", "Texto malo: [[no-existe]].", "no-existe"),
        ("Texto primero.", "Texto malo: [ver](#no-existe-aqui) y [[cigd-2024-01#nada]].", "no-existe"),
    ] {
        sitio.edit(ACTA_FILE, from, to);
        let report = server.until_told(|report| report.contains("\"gravedad\": \"error\""));
        assert!(report.contains(ACTA_FILE) && report.contains("\"linea\": "), "{to}: {report}");
        assert!(told == "valor" || report.contains(told), "{to}: {report}");
        let (status, page) = server.get(ACTA_PAGE);
        assert!(status == 200 && page.contains("Texto primero") && page.contains("Acta 001"), "{to}: {page}");
        sitio.edit(ACTA_FILE, to, from);
        server.until_told(|report| !report.contains("\"gravedad\": \"error\""));
    }
    sitio.edit(ACTA_FILE, "Texto primero", "Texto sano");
    server.until_says(ACTA_PAGE, "Texto sano");
}

#[test]
fn a_site_that_begins_broken_appears_when_it_is_mended() {
    let sitio = site();
    sitio.edit("site.toml", "titulo = ", "titlo = ");
    let server = Server::of(&sitio);
    assert_eq!(server.get("/").0, 503);
    server.until_told(|report| report.contains("titlo"));
    sitio.edit("site.toml", "titlo = ", "titulo = ");
    server.until_says("/", "Micrositio de Ejemplo");
}

#[test]
fn templates_and_styles_are_reloaded_and_a_bad_one_is_told() {
    let sitio = site();
    let server = Server::of(&sitio);
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    copy(&theme, &sitio.path().join("themes"));
    let template = "themes/sede/templates/pagina.html";
    sitio.edit("themes/sede/estilos/sede.css", "body", "/* cambiado */ body");
    server.until_says("/tema/estilos/sede.css", "cambiado");
    let text = fs::read_to_string(sitio.path().join(template)).unwrap();
    sitio.write(
        template,
        text.replace("{% block contenido %}", "{% block contenido %}<p>De la plantilla</p>").as_bytes(),
    );
    server.until_says(ACTA_PAGE, "De la plantilla");
    sitio.write(template, b"{% extends \"marco.html\" %}{% block contenido %}{{ mal");
    let report = server.until_told(|report| report.contains("tema-con-errores"));
    assert!(report.contains("pagina.html"), "{report}");
    assert!(server.get(ACTA_PAGE).1.contains("De la plantilla"));
    sitio.write(template, text.as_bytes());
    server.until(ACTA_PAGE, |_, page| !page.contains("De la plantilla"));
    server.until_told(|report| !report.contains("tema-con-errores"));
}

#[test]
fn the_search_follows_the_edits() {
    let sitio = site();
    let server = Server::of(&sitio);
    // The first time, the request waits for the index.
    let (status, first) = server.get("/buscar/indice.js");
    assert_eq!(status, 200, "{first}");
    sitio.edit(ACTA_FILE, "Texto primero", "Ornitorrinco");
    server.until("/buscar/indice.js", |status, now| status == 200 && now != first);
}

#[test]
fn only_serve_loosens_the_policy_and_nothing_is_written() {
    let sitio = site();
    let server = Server::of(&sitio);
    let page = server.until_says(ACTA_PAGE, "Texto primero");
    assert!(page.contains("connect-src &#x27;self&#x27;") || page.contains("connect-src 'self'"), "{page}");
    assert!(page.contains("/.micrositio/recarga.js?v="));
    assert!(!page.contains("<script>"));
    assert_eq!(server.get("/buscar/indice.js").0, 200);
    for made in ["public", ".micrositio"] {
        assert!(!sitio.path().join(made).exists(), "{made}");
    }
    assert!(sitio.run(&["build", "--no-search"]).status.success());
    for file in
        walkdir::WalkDir::new(sitio.path().join("public")).into_iter().flatten().filter(|f| f.file_type().is_file())
    {
        let bytes = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
        assert!(!bytes.contains("connect-src") && !bytes.contains("recarga.js"), "{}", file.path().display());
    }
}

#[test]
fn other_names_and_other_methods_are_refused() {
    let sitio = site();
    let server = Server::of(&sitio);
    let port = server.port;
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), "localhost".to_owned()] {
        assert_eq!(server.ask("GET", "/", &host).0, 200, "{host}");
    }
    for host in ["ejemplo.gov.co", "127.0.0.1.ejemplo.co", "10.1.2.3", ""] {
        assert_eq!(server.ask("GET", "/", host).0, 421, "{host}");
        assert_eq!(server.ask("GET", "/.micrositio/cambios?desde=", host).0, 421, "{host}");
    }
    let own = format!("127.0.0.1:{port}");
    assert_eq!(server.ask("POST", "/", &own).0, 405);
    assert_eq!(server.ask("HEAD", "/", &own), (200, String::new()));
    for path in ["/../site.toml", "/%2e%2e/site.toml", "/content/enlaces.toml", "/%ff", "/.micrositio/otro"] {
        assert!(matches!(server.get(path).0, 400 | 404), "{path}");
    }
    // A folder without its stroke leads to the one with it: links of the page count from there.
    assert_eq!(server.get("/actas").0, 307);
    let (status, missing) = server.get("/no/hay.html");
    assert!(status == 404 && missing.contains("href=\"/tema/estilos/sede.css\""), "{missing}");
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_catalog_made_from_the_one_before_is_the_one_made_anew() {
    let sitio = site();
    let documento = "content/documentos/sec-ma-001.md";
    sitio.write(documento, DOCUMENTO.as_bytes());
    sitio.write(
        "content/procesos/otr.md",
        fs::read_to_string(sitio.path().join("content/procesos/sec.md"))
            .unwrap()
            .replace("SEC", "OTR")
            .replace("Servicio al ciudadano", "Otro")
            .as_bytes(),
    );
    let (config, refs) = config::load(sitio.path()).unwrap();
    let read = || content::load(sitio.path());
    for (file, from, to, is_known_the_same) in [
        (documento, "proceso = \"SEC\"", "proceso = \"OTR\"", true),
        (documento, "proceso = \"OTR\"", "proceso = \"Servicio al ciudadano\"", true),
        ("content/procesos/sec.md", "2024-05-01", "2024-09-01", true),
        // It is called by its title.
        ("content/procesos/sec.md", "Servicio al ciudadano", "Servicio a la ciudadanía", false),
        (documento, "proceso = \"Servicio al ciudadano\"", "proceso = \"SEC\"", true),
        ("content/procesos/sec.md", "Servicio a la ciudadanía", "Atención a la ciudadanía", true),
        ("content/procesos/sec.md", "nombre = \"Atención", "alias = [\"La Atención\"]\nnombre = \"Atención", false),
        ("content/procesos/sec.md", "nombre = \"Atención a la ciudadanía\"", "nombre = \"La atención\"", true),
        ("content/procesos/sec.md", "nombre = \"La atención\"", "nombre = \"Otro\"", true),
        ("content/procesos/sec.md", "nombre = \"Otro\"", "nombre = \"Servicio\"", true),
        (ACTA_FILE, "fecha = 2024-02-01", "fecha = 2023-02-01", false),
        (ACTA_FILE, "codigo = \"cigd", "alias = [\"la primera\"]\ncodigo = \"cigd", false),
        // Another is called by the title that it gets.
        (documento, "proceso = \"SEC\"", "proceso = \"Otro\"", true),
        ("content/procesos/sec.md", "nombre = \"Servicio\"", "nombre = \"Otro\"", false),
        (documento, "proceso = \"Otro\"", "proceso = \"NADIE\"", true),
    ] {
        let (before, _) = Catalog::new(config.clone(), &refs, read(), None);
        sitio.edit(file, from, to);
        let now = read().records;
        let changes: Vec<_> = before.records.iter().cloned().zip(now).filter(|(old, _)| &*old.file == file).collect();
        let (anew, told) = Catalog::new(config.clone(), &refs, read(), None);
        let Some((made, found)) = before.with(&changes, None) else {
            assert!(!is_known_the_same, "{to}");
            continue;
        };
        assert!(is_known_the_same, "{to}");
        assert_eq!(
            (&made.urls, &made.titles, &made.uses, made.corte),
            (&anew.urls, &anew.titles, &anew.uses, anew.corte)
        );
        assert_eq!(made.names, anew.names, "{to}");
        assert_eq!(found, told.into_iter().filter(|d| &*d.file == file).collect::<Vec<_>>(), "{to}");
    }
}

#[test]
fn who_shares_an_evidence_follows_the_edits() {
    let sitio = site();
    sitio.write("content/mipg/dimensiones/d1.md", DIMENSION.as_bytes());
    sitio.write("content/mipg/politicas/i.md", POLITICA.as_bytes());
    let practica =
        PRACTICA.replace("evidencias = \"no consta\"", "evidencias = [{ tipo = \"oficio\", numero = \"Oficio 12\" }]");
    let second = "content/buenas-practicas/2.md";
    sitio.write("content/buenas-practicas/1.md", practica.as_bytes());
    sitio.write(second, practica.replace("bp-1", "bp-2").replace("una página", "dos páginas").as_bytes());
    let (config, refs) = config::load(sitio.path()).unwrap();
    let sharing = |catalog: &Catalog| {
        let (id, _, practica) = catalog.all::<BuenaPractica>().next().expect("the first practice");
        con_la_misma_evidencia(catalog, id, practica).len()
    };
    let (before, told) = Catalog::new(config, &refs, content::load(sitio.path()), None);
    assert_eq!((sharing(&before), told.len()), (1, 0), "{told:?}");
    sitio.edit(second, "Oficio 12", "Oficio 13");
    let now = content::load(sitio.path()).records;
    let changes: Vec<_> = before.records.iter().cloned().zip(now).filter(|(old, _)| &*old.file == second).collect();
    let (after, _) = before.with(&changes, None).expect("nobody calls it by its title");
    assert_eq!((sharing(&after), sharing(&before)), (0, 1));
}

#[test]
fn a_title_and_who_calls_it_change_at_once() {
    let sitio = site();
    let documento = "content/documentos/sec-ma-001.md";
    sitio.write(documento, DOCUMENTO.as_bytes());
    let (config, refs) = config::load(sitio.path()).unwrap();
    let (before, _) = Catalog::new(config.clone(), &refs, content::load(sitio.path()), None);
    sitio.edit("content/procesos/sec.md", "Servicio al ciudadano", "Atención");
    sitio.edit(documento, "proceso = \"SEC\"", "proceso = \"Servicio al ciudadano\"");
    let now = content::load(sitio.path());
    let changes: Vec<_> = before.records.iter().cloned().zip(now.records.iter().cloned()).collect();
    let changes: Vec<_> = changes.into_iter().filter(|(old, new)| old.sha256 != new.sha256).collect();
    assert_eq!(changes.len(), 2);
    let (_, told) = Catalog::new(config, &refs, now, None);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(before.with(&changes, None).is_none_or(|(_, found)| found == told));
}

#[test]
fn what_is_told_goes_when_its_cause_is_gone() {
    let sitio = site();
    let server = Server::of(&sitio);
    server.until_says(ACTA_PAGE, "Texto primero");
    // A file that is no record, and was never read.
    let stray = sitio.write("content/actas/nota.md.txt", b"hola");
    server.until_told(|told| told.contains("nota.md.txt"));
    fs::remove_file(&stray).unwrap();
    server.until_told(|told| !told.contains("nota.md.txt"));
    // A theme that is mended while a record cannot be read.
    sitio.edit(ACTA_FILE, "modalidad =", "modaldad =");
    server.until_told(|told| told.contains("modaldad"));
    let template = sitio.write("themes/sede/templates/pie.html", b"{% if %}");
    server.until_told(|told| told.contains("pie.html"));
    fs::remove_dir_all(template.parent().and_then(Path::parent).unwrap()).unwrap();
    server.until_told(|told| told.contains("modaldad") && !told.contains("pie.html"));
}

#[test]
fn a_sealed_document_is_judged_by_its_text_too() {
    let sitio = site();
    sitio.write("content/documentos/1.md", format!("{DOCUMENTO}\nTexto sellado.\n").as_bytes());
    for order in [&["build"][..], &["seal", "--date", "2024-06-01"]] {
        let done = sitio.run(order);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let server = Server::of(&sitio);
    server.until_says("/documentos/sec-ma-001.html", "Texto sellado");
    // A key first, so that the rules are those of the latest.
    sitio.edit(ACTA_FILE, "Sala de juntas", "Sala segunda");
    server.until_says(ACTA_PAGE, "Sala segunda");
    sitio.edit("content/documentos/1.md", "Texto sellado", "Texto cambiado");
    server.until_told(|told| told.contains("cambio-sin-version"));
    sitio.edit("content/documentos/1.md", "Texto cambiado", "Texto sellado");
    server.until_told(|told| !told.contains("cambio-sin-version"));
    fs::remove_file(sitio.path().join("content/huellas.toml")).unwrap();
    server.until("/publicaciones/index.html", |status, _| status == 404);
}
