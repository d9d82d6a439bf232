//! What was published is remembered: the log of publications, the page of what changed, and the difference between two editions.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // a test may fail

mod sitio;

use std::fs;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use sitio::{ACTA, DOCUMENTO, NORMA, Sitio};

/// What a command said, which must end with this code.
fn said(sitio: &Sitio, args: &[&str], code: i32) -> String {
    let output = sitio.run(args);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    said
}

fn read(sitio: &Sitio, path: &str) -> String {
    fs::read_to_string(sitio.path().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A site with a document and an acta, whose first publication is sealed.
fn sealed() -> Sitio {
    let sitio = Sitio::new();
    sitio.write("content/documentos/ma.md", DOCUMENTO.as_bytes());
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    said(&sitio, &["build"], 0);
    let first = said(&sitio, &["sellar", "--fecha", "2024-05-02"], 0);
    assert!(first.contains("Publicación 1 del 2024-05-02: 7 registros"), "{first}");
    sitio
}

/// The edits that make a second edition: a new norm, a new version, a corrected process, an acta withdrawn.
fn second(sitio: &Sitio) {
    sitio.write("content/normas.toml", NORMA.as_bytes());
    sitio.edit("content/documentos/ma.md", "version = \"002\"\nestado", "version = \"003\"\nestado");
    sitio.edit(
        "content/documentos/ma.md",
        "nuevos\" },",
        "nuevos\" },\n{ version = \"003\", fecha = 2024-05-20, descripcion = \"Otra\" },",
    );
    sitio.edit("content/documentos/ma.md", "fecha_aprobacion = 2024-01-20", "fecha_aprobacion = 2024-05-20");
    sitio.edit("content/procesos/sec.md", "Servicio al ciudadano", "Servicio a la ciudadanía");
    fs::remove_file(sitio.path().join("content/actas/01.md")).expect("removed");
    let tombstone = "[[retirado]]\ncodigo = \"cigd-2024-01\"\ntipo = \"acta\"\ntitulo = \"Acta 1\"\nmotivo = \"Error\"\nfecha = 2024-05-20\n";
    sitio.write("content/retirados.toml", tombstone.as_bytes());
}

#[test]
fn publications_are_a_chain_that_the_site_shows() {
    let sitio = sealed();
    let contenido = hash(&read(&sitio, "public/micrositio.json"));
    // Nothing is shown before it is remembered, and remembering twice changes nothing.
    assert!(!sitio.path().join("public/publicaciones").exists());
    let memory = read(&sitio, "content/huellas.toml");
    assert!(said(&sitio, &["seal"], 0).contains("Nada cambió desde la publicación 1"));
    said(&sitio, &["build"], 0);
    assert_eq!(memory, read(&sitio, "content/huellas.toml"), "a build does not write to content");
    assert!(said(&sitio, &["seal"], 0).contains("Nada cambió desde la publicación 1"));

    second(&sitio);
    said(&sitio, &["build"], 0);
    let of_second = said(&sitio, &["seal", "--date", "2024-05-21"], 0);
    assert!(
        of_second.contains("Publicación 2 del 2024-05-21: 1 nuevo, 1 nueva versión, 1 cambiado, 1 retirado"),
        "{of_second}"
    );
    said(&sitio, &["build"], 0);
    let lines = read(&sitio, "public/datos/publicaciones.jsonl");
    let [first, last] = lines.lines().collect::<Vec<_>>()[..] else { panic!("{lines}") };
    let json = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    assert_eq!(json(first)["contenido"], contenido.as_str());
    assert_eq!(json(last)["anterior"], hash(first).as_str());
    // The list of records is the same after the build that shows the publication: who has the site can compare it.
    assert_eq!(json(last)["registros"], hash(&read(&sitio, "public/datos/registros.json")).as_str());
    assert!(of_second.contains(&hash(last)), "{of_second}");

    let register = read(&sitio, "public/publicaciones/registro.html");
    for shown in [
        hash(first),
        hash(last),
        contenido,
        "21 de mayo de 2024".into(),
        "href=\"../datos/publicaciones.jsonl\"".into(),
    ] {
        assert!(register.contains(&shown), "{shown}");
    }
    let list = read(&sitio, "public/publicaciones/index.html");
    let (newer, older) = (list.find("1 nueva versión"), list.find("Primera publicación: 7 registros"));
    assert!(newer.is_some() && newer < older, "newest first");
    let changes = read(&sitio, "public/publicaciones/2.html");
    for shown in [
        "href=\"../normograma/ley-1.html\"",
        "002 → 003",
        "href=\"../procesos/sec.html\"",
        "href=\"../actas/cigd-2024-01.html\"",
        "Retirados",
    ] {
        assert!(changes.contains(shown), "{shown}: {changes}");
    }
    assert!(read(&sitio, "public/index.html").contains("href=\"publicaciones/index.html\""));
    // A copy with its sources holds the memory too.
    said(&sitio, &["archive", "copia", "--con-fuentes"], 0);
    assert_eq!(read(&sitio, "content/huellas.toml"), read(&sitio, "copia/fuentes/content/huellas.toml"));
    said(&sitio, &["verify", "copia"], 0);
}

#[test]
fn what_was_sealed_is_respected() {
    let sitio = sealed();
    let memory = read(&sitio, "content/huellas.toml");
    assert!(said(&sitio, &["check"], 0).contains("ningún error"));
    // A note, another order of the keys, other line ends: the record says the same.
    sitio.edit(
        "content/procesos/sec.md",
        "nombre = \"Servicio al ciudadano\"\ntipo = \"misional\"",
        "# nota\r\ntipo = \"misional\"\r\nnombre = \"Servicio al ciudadano\"",
    );
    said(&sitio, &["build"], 0);
    assert!(said(&sitio, &["seal"], 0).contains("Nada cambió"));

    // A correction says its date; another file wants another version.
    sitio.edit("content/documentos/ma.md", "Manual de servicio", "Manual del servicio");
    assert!(said(&sitio, &["build"], 1).contains("[cambio-sin-version]"));
    sitio.edit("content/documentos/ma.md", "estado = \"vigente\"", "estado = \"vigente\"\nactualizado = 2024-05-20");
    said(&sitio, &["build"], 0);
    assert!(said(&sitio, &["seal", "--date", "2024-05-20"], 0).contains("1 cambiado"));
    assert!(said(&sitio, &["seal", "--date", "2024-05-01"], 0).contains("Nada cambió"));

    // A site that was built without its memory is not sealed over it.
    let kept = read(&sitio, "content/huellas.toml");
    fs::remove_file(sitio.path().join("content/huellas.toml")).expect("removed");
    fs::remove_file(sitio.path().join("content/actas/01.md")).expect("removed");
    said(&sitio, &["build"], 0);
    sitio.write("content/huellas.toml", kept.as_bytes());
    let refused = said(&sitio, &["seal", "--date", "2024-06-01"], 1);
    assert!(refused.contains("perdidos: acta «cigd-2024-01»"), "{refused}");
    assert_eq!(kept, read(&sitio, "content/huellas.toml"));
    // An old code leads on; so does a page that says why.
    sitio.write(
        "content/actas/01.md",
        ACTA.replace("\"cigd-2024-01\"\n", "\"cigd-2024-001\"\ncodigos_anteriores = [\"cigd-2024-01\"]\n").as_bytes(),
    );
    said(&sitio, &["build"], 0);
    assert!(said(&sitio, &["seal", "--date", "2024-05-01"], 2).contains("esta no puede ser de antes"));
    assert!(said(&sitio, &["seal", "--date", "2024-06-01"], 0).contains("1 con otro código"));

    // What is remembered cannot be changed without being seen, nor sealed over.
    sitio.write("content/huellas.toml", memory.replace("2024-05-02", "2023-05-02").as_bytes());
    assert!(said(&sitio, &["build"], 1).contains("[huellas-alteradas]"));
    assert!(said(&sitio, &["seal"], 1).contains("No se selló nada"));
    fs::write(sitio.path().join("public/index.html"), "x").expect("written");
    sitio.write("content/huellas.toml", kept.as_bytes());
    assert!(said(&sitio, &["seal"], 2).contains("no está como se construyó"));
}

#[test]
fn an_entry_is_corrected_twice_on_one_day() {
    let sitio = sealed();
    let correct = |from: &str, to: &str| sitio.edit("content/documentos/ma.md", from, to);
    correct("titulo = \"Manual de servicio\"", "titulo = \"Manual del servicio\"\nactualizado = 2024-06-03");
    said(&sitio, &["build"], 0);
    said(&sitio, &["seal", "--date", "2024-06-03"], 0);
    correct("Manual del servicio", "Manual de servicios");
    // No clock is asked here: whether it is still that day is for who seals to know.
    let told = said(&sitio, &["build"], 0);
    assert!(told.contains("aviso[cambio-sin-version]"), "{told}");
    assert!(said(&sitio, &["seal", "--date", "2024-06-04"], 1).contains("cambiados sin nueva versión"));
    said(&sitio, &["seal", "--date", "2024-06-03"], 0);
    // Another file is another document on any day.
    correct("archivo = \"no consta\"", "archivo = \"https://ejemplo.gov.co/ma.pdf\"");
    said(&sitio, &["build"], 0);
    said(&sitio, &["seal", "--date", "2024-06-03"], 0);
    correct("ma.pdf", "ma-2.pdf");
    assert!(said(&sitio, &["build"], 1).contains("error[cambio-sin-version]"));
}

#[test]
fn the_day_of_a_publication_can_be_given() {
    let sitio = Sitio::new();
    said(&sitio, &["build"], 0);
    let output = Command::new(env!("CARGO_BIN_EXE_micrositio"))
        .args(["seal"])
        .env("SOURCE_DATE_EPOCH", "1717200000")
        .current_dir(sitio.path())
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("del 2024-06-01"));
}

#[test]
fn what_is_withheld_is_not_in_the_hash() {
    let record = |hidden: &str| {
        let sitio = Sitio::new();
        let text = format!(
            "+++\ncodigo = \"a\"\ntitulo = \"A\"\nalias = [\"[[reservado: Ley 1581|{hidden}]]\"]\n+++\n\nOyó a [[reservado: Ley 1581|{hidden}]].\n"
        );
        sitio.write("content/paginas/a.md", text.as_bytes());
        said(&sitio, &["build"], 0);
        read(&sitio, "public/datos/registros.json")
    };
    assert_eq!(record("CC 1"), record("CC 2"));
}

#[test]
fn two_editions_are_compared() {
    let sitio = sealed();
    said(&sitio, &["archive", "antes.zip"], 0);
    said(&sitio, &["archive", "antes"], 0);
    assert!(said(&sitio, &["comparar", "antes.zip", "public"], 0).contains("No cambió nada: son la misma edición"));
    second(&sitio);
    sitio.write("content/paginas/x.png", b"\x89PNG");
    said(&sitio, &["build"], 0);
    said(&sitio, &["archive", "despues.zip"], 0);
    for (before, after) in [("antes.zip", "despues.zip"), ("antes", "public")] {
        let told = said(&sitio, &["diff", before, after], 0);
        for line in [
            "Nuevos (1)",
            "  SEC-MA-001 Manual de servicio (documento, versión 002 → 003)",
            "Cambiados (1)",
            "  SEC Servicio a la ciudadanía (proceso)",
            "Retirados (1)",
            "  cigd-2024-01 Acta 1 (acta)",
        ] {
            assert!(told.lines().any(|known| known == line), "{line}: {told}");
        }
    }
    let json = said(&sitio, &["diff", "antes.zip", "public", "--format", "json"], 0);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["registros"].as_array().map(Vec::len), Some(4));
    assert_eq!(json["registros"][0]["que"], "retirado");

    // A document replaced under the same version, and an address that died, are errors, wherever they came from.
    fs::remove_file(sitio.path().join("content/huellas.toml")).expect("removed");
    fs::remove_file(sitio.path().join("content/retirados.toml")).expect("removed");
    let address = "archivo = \"https://x.gov.co/a.pdf\"\nactualizado = 2024-05-21";
    sitio.edit("content/documentos/ma.md", "archivo = \"no consta\"", address);
    sitio.write("content/documentos/plano.png", b"\x89PNG 1");
    said(&sitio, &["build", "-o", "uno"], 0);
    sitio.edit("content/documentos/ma.md", address, &address.replace("a.pdf", "b.pdf").replace("21", "22"));
    sitio.write("content/documentos/plano.png", b"\x89PNG 2");
    sitio.write("content/paginas/x.png", b"\x89PNG 2");
    said(&sitio, &["build", "-o", "dos"], 0);
    let told = said(&sitio, &["diff", "uno", "dos"], 1);
    for line in [
        "error: Cambiados sin nueva versión (1)",
        "  SEC-MA-001 Manual de servicio (documento, versión 003)",
        "  error: es de un documento: imagenes/documentos/plano.png",
        "  imagenes/paginas/x.png",
        "2 errores: lo publicado no se respetó",
    ] {
        assert!(told.lines().any(|known| known == line), "{line}: {told}");
    }
    assert!(said(&sitio, &["diff", "antes", "dos"], 1).contains("error: Perdidos (1)\n  cigd-2024-01 Acta 001"));

    assert!(said(&sitio, &["diff", "content", "dos"], 2).contains("no es un sitio publicado ni una copia"));
    sitio.edit("dos/datos/registros.json", "Manual", "manual");
    assert!(said(&sitio, &["diff", "uno", "dos"], 2).contains("cambió después de publicado"));
}

#[test]
fn any_title_is_remembered_as_it_is() {
    let sitio = sealed();
    let page = "+++\ncodigo = \"a\"\ntitulo = \"Cafe\\u0301 \\\"\\\"\\\" '''\"\n+++\n\nHola.\n";
    sitio.write("content/paginas/a.md", page.as_bytes());
    said(&sitio, &["build"], 0);
    assert!(said(&sitio, &["seal", "--date", "2024-06-01"], 0).contains("1 nuevo"));
    said(&sitio, &["build"], 0);
    // Line ends of another system say nothing else.
    sitio.write("content/huellas.toml", read(&sitio, "content/huellas.toml").replace('\n', "\r\n").as_bytes());
    assert!(said(&sitio, &["check"], 0).contains("ningún error"));
}
