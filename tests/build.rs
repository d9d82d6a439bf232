//! A site in, files out: what is published, and what is never touched.

#![allow(clippy::expect_used)] // a test may fail

mod sitio;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sitio::{ACTA, DIMENSION, DOCUMENTO, NORMA, POLITICA, PRACTICA, Sitio};

/// Every file under a folder: its path with `/`, and its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
            found.insert(inside, fs::read(entry.path()).expect("a readable file"));
        }
    }
    found
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files.get(path).unwrap_or_else(|| panic!("no {path}")).clone()).expect("UTF-8")
}

fn repo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The example, built with these options.
fn example(args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a folder");
    let public = out.path().join("sitio público");
    let built = Command::new(env!("CARGO_BIN_EXE_micrositio"))
        .args(["build", "-s", "ejemplo", "-o"])
        .arg(&public)
        .args(args)
        .current_dir(repo())
        .output()
        .expect("the command runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    files(&public)
}

#[test]
fn what_keys_say_is_shown_as_they_say_it() {
    let sitio = Sitio::new();
    let acta = ACTA
        .replace("numero = 1, texto", "numero = 7, texto")
        .replace("\"Hubo quórum.\"", "\"\"\"Hubo\nquórum.\n\nSe sigue.\"\"\"");
    sitio.write("content/actas/1.md", acta.as_bytes());
    sitio.write("content/mipg/dimensiones/d1.md", DIMENSION.as_bytes());
    sitio.write("content/mipg/politicas/i.md", POLITICA.as_bytes());
    let practica = PRACTICA
        .replace("nivel = 2", "nivel = 1")
        .replace("problema = \"Nadie leía el código.\"", "problema = \"no consta\"");
    let practica = practica.replace("[\"Se cita en las inducciones.\"]", "\"no consta\"");
    sitio.write("content/buenas-practicas/1.md", practica.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    let acta = text(&out, "actas/cigd-2024-01.html");
    assert!(acta.contains("7. Verificar el quórum") && acta.contains("7. Hubo quórum.\n\nSe sigue."), "{acta}");
    // What the first level does not ask for is shown, and what it lacks is not missed.
    let practica = text(&out, "buenas-practicas/bp-1.html");
    let results = practica.rsplit("Criterios y resultados").next().expect("the results");
    assert!(
        results.contains("Servidores que lo leyeron: 80 ") && results.contains("Universidad de Ejemplo"),
        "{results}"
    );
    assert!(!results.contains("Problema") && !results.contains("Resultados en palabras"), "{results}");
}

#[test]
fn a_heading_of_the_text_does_not_take_the_anchor_of_a_block() {
    let sitio = Sitio::new();
    let acta = format!(
        "{ACTA}\n## Compromisos\n\nVéase [la tabla](#compromisos).\n\n## Compromisos\n\n## Contenido\n\n## Buscar\n"
    );
    sitio.write("content/actas/1.md", acta.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = text(&files(&sitio.path().join("public")), "actas/cigd-2024-01.html");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an anchor stands twice: {page}");
    assert!(page.contains("<h2 id=\"compromisos\">Compromisos</h2>\n<div"), "{page}");
    assert!(ids.contains(&"compromisos-2") && ids.contains(&"compromisos-3"), "{ids:?}");
}

#[test]
fn fields_cells_and_lists_show_all_that_they_hold() {
    let files = example(&[]);
    let (acta, vecina, proceso) = (
        text(&files, "actas/ccci-2025-001.html"),
        text(&files, "actas/mesa-vecina-2024-10-17.html"),
        text(&files, "procesos/dir.html"),
    );
    for (page, shown) in [
        (
            &acta,
            r#"<dd><ul><li>Alcalde municipal, presidente del comité <small class="nota">firmada</small></li><li>Jefe de"#,
        ),
        (
            &acta,
            r#"<ol class="numerada"><li>Verificación del quórum.</li><li>Política de administración del riesgo.</li>"#,
        ),
        (&vecina, r#"<p class="unico"><span class="no-consta">No consta</span></p>"#),
        (
            &proceso,
            r#"<ul><li><a href="../comites/cigd.html">Comité Institucional de Gestión y Desempeño</a></li><li><a href="../procesos/eva.html">"#,
        ),
        (
            &proceso,
            "<ul><li>Informe de evaluación del sistema de control interno</li><li>Decisiones del comité</li></ul></div></td>",
        ),
    ] {
        assert!(page.contains(shown), "no {shown}");
    }
}

#[test]
fn what_a_record_is_also_called_is_on_its_page() {
    let files = example(&[]);
    for (path, shown) in [
        ("procesos/ser.html", "<dt>También se le nombra</dt><dd>Atención al ciudadano</dd>"),
        ("comites/cigd.html", "<dd><ul><li>Comité de gestión</li><li>Comité institucional</li></ul></dd>"),
        ("normograma/ley-1712-2014.html", "<dd>Ley de transparencia</dd>"),
    ] {
        assert!(text(&files, path).contains(shown), "{path}: no {shown}");
    }
    assert!(!text(&files, "documentos/des-fo-001.html").contains("También se le nombra"));
}

#[test]
fn what_cites_a_source_says_what_it_is() {
    let page = text(&example(&[]), "fuentes/manual-ejemplo.html");
    // A link to the list outlives a record more.
    assert!(page.contains("id=\"registros-que-la-citan\""), "{page}");
    for (kind, first) in [("Procesos", "../procesos/"), ("Documentos", "../documentos/")] {
        assert!(page.contains(&format!("<dt>{kind}</dt><dd><ul><li><a href=\"{first}")), "{kind}: {page}");
    }
}

#[test]
fn a_link_of_which_something_is_said_still_leads_there() {
    let sitio = Sitio::new();
    let many = "[[SEC|aquí]] ".repeat(120);
    let page =
        format!("+++\ncodigo = \"p\"\ntitulo = \"P\"\n+++\nVea [aquí](https://a.co/x). {many}[[SEC|el proceso]]\n");
    sitio.write("content/paginas/p.md", page.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = text(&files(&sitio.path().join("public")), "paginas/p.html");
    assert!(page.contains("<a href=\"https://a.co/x\" rel=\"noopener\">aquí</a>"), "{page}");
    assert!(page.contains(">el proceso</a>") && !page.contains("href=\"#\""), "{page}");
}

#[test]
fn what_another_entity_published_is_marked_wherever_it_is_listed() {
    let page = text(&example(&[]), "fuentes/boletin-vecina.html");
    assert!(
        page.contains("Trueque") && page.contains("</a> <small class=\"nota\">Alcaldía de Vecina</small>"),
        "{page}"
    );
}

#[test]
fn the_codes_of_a_matrix_are_explained_where_nothing_can_be_pointed_at() {
    let files = example(&[]);
    for matrix in ["procesos/matriz-dependencias.html", "procesos/matriz-procesos.html"] {
        let page = text(&files, matrix);
        assert!(page.contains("ser.html\">Servicio a la ciudadanía</a> <small class=\"nota\">SER</small>"), "{page}");
    }
}

#[test]
fn a_list_that_is_cut_says_where_the_rest_is() {
    let sitio = Sitio::new();
    let mut compromisos = String::new();
    for n in 1..=130 {
        let code = format!("SEC-MA-{n:03}");
        let documento = DOCUMENTO.replace("SEC-MA-001", &code).replace("Manual de servicio", &format!("Manual {n}"));
        sitio.write(&format!("content/documentos/{n}.md"), documento.as_bytes());
        compromisos += &format!(
            "  {{ compromiso = \"Tarea {n}\", responsable = {{ proceso = \"SEC\" }}, fecha_limite = 2024-03-01, estado = \"pendiente\" }},\n"
        );
    }
    let (start, _) = ACTA.split_once("compromisos = ").expect("an acta has compromisos");
    sitio.write("content/actas/1.md", format!("{start}compromisos = [\n{compromisos}]\n+++\n").as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = text(&files(&sitio.path().join("public")), "procesos/sec.html");
    let listed = |what: &str| (1..=130).filter(|n| page.contains(&format!("{what} {n}<"))).count();
    assert_eq!((listed("Manual"), listed("Tarea")), (100, 100));
    for rest in [
        "<a href=\"../documentos/index.html\">y 30 más, en «Documentos»</a>",
        "<a href=\"../actas/compromisos.html\">y 30 más, en «Tablero de compromisos»</a>",
    ] {
        assert!(page.contains(rest), "no {rest}: {page}");
    }
}

#[test]
fn the_place_in_each_source_is_shown() {
    let pages: String = example(&[])
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
        .collect();
    let sources: Vec<(String, Vec<u8>)> = files(&repo().join("ejemplo")).into_iter().collect();
    let mut places = 0;
    for (path, bytes) in sources.iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".toml")) {
        let text = String::from_utf8_lossy(bytes);
        for place in text.split("lugar = \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(pages.contains(place), "{path}: «{place}» is on no page");
            places += 1;
        }
    }
    assert!(places > 100, "only {places} places");
}

#[test]
fn facts_are_called_what_they_are() {
    let files = example(&[]);
    for (page, shown, missing) in [
        ("normograma/resolucion-45-2024-ejemplo.html", "<dt>La modifica</dt>", "La reemplaza"),
        ("normograma/resolucion-12-2025-ejemplo.html", "<dt>Modifica a</dt>", "Reemplaza a"),
        (
            "normograma/decreto-12-2024-ejemplo.html",
            "<dt>Reemplaza a</dt>",
            "decreto-8-2019-ejemplo.html\">Decreto 8 de 2019</a></li>",
        ),
        ("documentos/eva-in-002.html", "No se publica: información pública clasificada", "no está a mano"),
        ("documentos/ser-gu-001.html", "data-col=\"Etapa\"><div>Revisó</div>", "La reemplaza"),
        (
            "actas/compromisos.html",
            "Vencido <small class=\"nota\">estaba en curso</small>",
            "Vencido <small class=\"nota\">pendiente",
        ),
        ("entidades/vecina.html", "<h2 id=\"valores\">Valores</h2>", "Qué significa"),
    ] {
        let text = text(&files, page);
        assert!(text.contains(shown), "{page}: no {shown}");
        assert!(!text.contains(missing), "{page}: {missing}");
    }
}

#[test]
fn what_a_norm_does_to_another_is_not_guessed() {
    let sitio = Sitio::new();
    let older = NORMA.replace("estado = \"vigente\"", "estado = \"sin_verificar\"\nreemplazada_por = \"ley-2\"");
    let newer = NORMA.replace("ley-1", "ley-2").replace("numero = \"1\"", "numero = \"2\"");
    sitio.write("content/normas.toml", format!("{older}\n{newer}").as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    assert!(text(&out, "normograma/ley-1.html").contains("<dt>La reemplaza o modifica</dt>"));
    assert!(text(&out, "normograma/ley-2.html").contains("<dt>Reemplaza o modifica a</dt>"));
}

#[test]
fn a_unit_that_is_no_more_takes_part_in_nothing() {
    let files = example(&[]);
    let gone = text(&files, "dependencias/planeacion-obras.html");
    for shown in ["Existió hasta el 31 de diciembre de 2023.", "<dt>La dirigía</dt>", "id=\"la-suceden\""] {
        assert!(gone.contains(shown), "no {shown}");
    }
    assert!(!gone.contains("Participa, como todas"), "{gone}");
    let matrix = text(&files, "procesos/matriz-dependencias.html");
    assert!(!matrix.contains("planeacion-obras.html"), "{matrix}");
    assert!(matrix.contains("«Líderes de los procesos», sin marca en la tabla, en: "), "{matrix}");
    assert!(
        text(&files, "dependencias/index.html").contains("12 dependencias, en orden alfabético; una ya no existe.")
    );
    // What is counted as the entity's is its own.
    let home = text(&files, "index.html");
    assert!(home.contains("por nivel; además, 1 de otras entidades."), "{home}");
    // Before the day it ended, it takes part.
    let before = example(&["--date", "2023-12-31"]);
    assert!(text(&before, "dependencias/planeacion-obras.html").contains("Participa, como todas"));
    assert!(text(&before, "procesos/index.html").contains("8 procesos y 3 que hacen parte de otros; "));
}

#[test]
fn names_work_on_every_system() {
    let out = example(&[]);
    assert!(out.len() > 150);
    let mut folded = std::collections::BTreeSet::new();
    for path in out.keys() {
        let safe = path.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-.".contains(c));
        assert!(safe && path.len() < 200, "{path}");
        assert!(folded.insert(path.to_lowercase()), "{path} twice");
    }
}

#[test]
fn threads_and_order_of_files_change_no_byte() {
    let one = example(&["--jobs", "1"]);
    assert_eq!(one, example(&["--jobs", "4"]));
    // The same site written in the opposite order, elsewhere.
    let copy = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files(&repo().join("ejemplo")).iter().rev() {
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let built = Command::new(env!("CARGO_BIN_EXE_micrositio")).arg("build").current_dir(copy.path()).output();
    assert!(built.expect("the command runs").status.success());
    assert_eq!(one, files(&copy.path().join("public")));
}

#[test]
fn pages_are_small_and_carry_code_dates_and_where_to_report() {
    let out = example(&[]);
    for (path, bytes) in out.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(bytes.len() <= 100_000, "{path}: {} bytes", bytes.len());
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains(" style=") && !html.contains("<script>"), "{path}");
    }
    let acta = text(&out, "actas/cigd-2025-003.html");
    for shown in ["cigd-2025-003", "Repórtelo por PQRSD", "Actualizado", "Fuente"] {
        assert!(acta.contains(shown), "{shown}");
    }
}

#[test]
fn a_failed_build_leaves_what_was_published() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["build"]).status.success());
    let before = files(&sitio.path().join("public"));
    sitio.edit("content/procesos/sec.md", "nombre =", "nonbre =");
    let failed = sitio.run(&["build"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("No se publicó nada: 1 error,"));
    assert_eq!(before, files(&sitio.path().join("public")));
    assert!(!sitio.path().join(".public.nuevo").exists());
}

#[test]
fn a_new_build_takes_the_place_of_the_old_and_leaves_nothing_beside() {
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    assert!(sitio.run(&["build"]).status.success());
    assert!(sitio.path().join("public/actas/cigd-2024-01.html").is_file());
    fs::remove_file(sitio.path().join("content/actas/01.md")).expect("the acta goes");
    assert!(sitio.run(&["construir"]).status.success());
    assert!(!sitio.path().join("public/actas/cigd-2024-01.html").exists());
    let hidden = |e: &fs::DirEntry| e.file_name().to_string_lossy().starts_with(".public");
    let left: Vec<_> = fs::read_dir(sitio.path()).expect("the site").filter_map(Result::ok).filter(hidden).collect();
    assert_eq!(left.iter().map(fs::DirEntry::file_name).collect::<Vec<_>>(), [".public.lock"]);
}

#[test]
fn outputs_that_are_not_ours_are_refused() {
    let sitio = Sitio::new();
    sitio.write("public/tesis.docx", b"years of work");
    let refused = sitio.run(&["build"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("archivos que micrositio no escribió"));
    assert_eq!(files(&sitio.path().join("public")).len(), 1);
    for bad in [".", "content", "content/procesos", ".."] {
        let refused = sitio.run(&["build", "-o", bad]);
        assert_eq!(refused.status.code(), Some(2), "{bad}");
    }
    assert!(sitio.path().join("content/procesos/sec.md").is_file());
}

#[test]
fn a_lock_refuses_a_second_build() {
    let sitio = Sitio::new();
    let lock = fs::File::create(sitio.path().join(".public.lock")).expect("the lock");
    lock.lock().expect("it is locked");
    let refused = sitio.run(&["build"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("otra ejecución de micrositio"));
    lock.unlock().expect("it is free");
    assert!(sitio.run(&["build"]).status.success());
}

#[test]
fn a_killed_build_leaves_what_was_published() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["build"]).status.success());
    let before = files(&sitio.path().join("public"));
    for i in 0..400 {
        let page = format!("+++\ncodigo = \"p{i}\"\ntitulo = \"Página {i}\"\n+++\n\n{}\n", "texto ".repeat(2000));
        sitio.write(&format!("content/paginas/p{i}.md"), page.as_bytes());
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_micrositio"))
        .arg("build")
        .current_dir(sitio.path())
        .spawn()
        .expect("the command runs");
    let staged = sitio.path().join(".public.nuevo/paginas");
    while !staged.exists() && child.try_wait().expect("a status").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("it is killed");
    let killed = !child.wait().expect("a status").success();
    assert!(killed, "the build ended before it could be killed");
    assert_eq!(before, files(&sitio.path().join("public")));
    assert!(sitio.run(&["build"]).status.success());
    assert!(sitio.path().join("public/paginas/p399.html").is_file());
    assert!(!sitio.path().join(".public.nuevo").exists());
}

#[test]
fn what_is_withheld_reaches_no_byte() {
    let sitio = Sitio::new();
    let secret = "Pepita";
    let page = format!(
        "+++\ncodigo = \"p\"\ntitulo = \"Caso [[reservado: Ley 1581|{secret}]]\"\n+++\n\n## De [[reservado: Ley 1581|{secret}]]\n\nVive [[reservado: Ley 1581|{secret} 1]].\n\n<!-- {secret} -->\n\n\
        Y [[ reservado: Ley 1581|{secret}]], **[[\nreservado: Ley 1581|*{secret}*]]**.\n\n\
        | a | b |\n|---|---|\n| [[reservado: Ley 1581\\|{secret}]] | c |\n"
    );
    sitio.write("content/paginas/p.md", page.as_bytes());
    let draft = format!("+++\ncodigo = \"q\"\nestado = \"borrador\"\ntitulo = \"{secret}\"\n+++\n");
    sitio.write("content/paginas/q.md", draft.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    let page = text(&out, "paginas/p.html");
    assert_eq!(page.matches("<mark class=\"reservado\">Reservado: Ley 1581</mark>").count(), 5, "{page}");
    for (path, bytes) in &out {
        assert!(!String::from_utf8_lossy(bytes).contains(secret), "{path}");
    }
}

#[test]
fn a_mark_that_hides_its_end_publishes_nothing() {
    for mark in [
        "[[reservado: x|la quejosa, <quejosa@example.org>, Pepita]]",
        "[[reservado: x|una [nota]] y Pepita]]",
        "[[reservado: x|uno [[SEC]] Pepita]]",
        "[[reservado: x|`]]` Pepita]]",
        "[[reservado: x|\\\\u0060Pepita]]",
        "[[ reservado | Pepita ]]",
    ] {
        for page in [
            format!("+++\ncodigo = \"p\"\ntitulo = \"Caso\"\n+++\n\nVive {mark} lejos.\n"),
            format!("+++\ncodigo = \"p\"\ntitulo = \"Caso\"\nresumen = \"Vive {mark} lejos.\"\n+++\n"),
        ] {
            let sitio = Sitio::new();
            sitio.write("content/paginas/p.md", page.as_bytes());
            let built = sitio.run(&["build"]);
            assert!(!built.status.success() && !sitio.path().join("public").exists(), "{page}");
            assert!(String::from_utf8_lossy(&built.stderr).contains("reservado-mal-escrito"), "{page}");
        }
    }
}

#[test]
fn hostile_text_is_text() {
    let sitio = Sitio::new();
    let nasty = "<script>alert(1)</script> \\\"'& \u{2028} 😀 \u{202e}abc";
    sitio.edit("content/procesos/sec.md", "Servicio al ciudadano", nasty);
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    // Data is data; a page that reads it must show it as text.
    for (path, bytes) in files(&sitio.path().join("public")).iter().filter(|(path, _)| !path.ends_with(".json")) {
        assert!(!String::from_utf8_lossy(bytes).contains("<script>alert"), "{path}");
    }
}

#[test]
fn the_404_page_works_at_any_depth() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["build"]).status.success());
    let bare = text(&files(&sitio.path().join("public")), "404.html");
    assert!(!bare.contains("href=") && !bare.contains("src="));
    assert!(sitio.run(&["build", "--url-base", "https://x.gov.co/t"]).status.success());
    let out = files(&sitio.path().join("public"));
    assert!(text(&out, "404.html").contains("href=\"https://x.gov.co/t/index.html\""));
    assert!(text(&out, "sitemap.xml").contains("<loc>https://x.gov.co/t/procesos/sec.html</loc>"));
    assert_eq!(sitio.run(&["build", "--base-url", "javascript:x"]).status.code(), Some(2));
}

#[test]
fn the_cut_off_date_decides_what_is_overdue() {
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    let board = |sitio: &Sitio| text(&files(&sitio.path().join("public")), "actas/compromisos.html");
    assert!(sitio.run(&["build", "--fecha", "2024-02-15"]).status.success());
    assert!(!board(&sitio).contains("Vencido"));
    assert!(sitio.run(&["build", "--date", "2024-03-02"]).status.success());
    assert!(board(&sitio).contains("Vencido"));
    let epoch = Command::new(env!("CARGO_BIN_EXE_micrositio"))
        .arg("build")
        .env("SOURCE_DATE_EPOCH", "1707955200") // 2024-02-15
        .current_dir(sitio.path())
        .status();
    assert!(epoch.expect("the command runs").success());
    assert!(!board(&sitio).contains("Vencido"));
}

#[test]
fn init_gives_a_site_that_builds() {
    let dir = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_micrositio")).args(args).current_dir(dir.path()).output().expect("it runs")
    };
    assert!(run(&["iniciar", "mi sitio"]).status.success());
    assert_eq!(run(&["init", "mi sitio"]).status.code(), Some(2), "a folder with files is left alone");
    let given: Vec<String> = files(&dir.path().join("mi sitio")).into_keys().collect();
    assert!(given.iter().all(|path| path == "site.toml" || path.starts_with("content/")), "{given:?}");
    let built = run(&["build", "-s", "mi sitio"]);
    assert!(built.status.success());
    assert!(String::from_utf8_lossy(&built.stdout).contains("ningún error, ningún aviso"));
    assert_eq!(example(&[]), files(&dir.path().join("mi sitio/public")));
}

#[test]
fn what_is_typed_wrong_is_told_in_spanish() {
    let sitio = Sitio::new();
    for (args, said) in [
        (&["build", "--foo"][..], "no existe la opción «--foo»"),
        (&["bild"], "no existe la orden «bild»"),
        (&["check", "--format", "pdf"], "«pdf» no sirve para --format"),
        (&["build", "--date", "30/06/2024"], "«30/06/2024» no sirve para --date <FECHA>: escriba año-mes-día"),
        (&["check", "mi-sitio"], "sobra «mi-sitio»: la carpeta del sitio va después de -s"),
        (&["search", "plan", "de"], "sobra «de»"),
        (&["new", "enlaces", "pqrsd"], "ya hay un registro con el código pqrsd"),
        (&["seal", "--date", "2999-01-01"], "2999-01-01 todavía no llega"),
        (&["archive", "copia.wacz"], "un .wacz se pide con --wacz \"copia.wacz\""),
        (&["archive", "copia.RAR"], "la copia es una carpeta o un .zip: \"copia.zip\""),
        (&["schema", "cosa"], "no existe el tipo de registro «cosa»"),
        (&["new", "acta", "¿?"], "«¿?» no sirve de código"),
    ] {
        let output = sitio.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    let help = sitio.run(&["--help"]);
    let help = String::from_utf8_lossy(&help.stdout);
    assert!(help.contains("Órdenes:") && help.contains("construir") && !help.contains("Options"), "{help}");
    let page = sitio.run(&["check", "--formato", "html"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("No hay ningún problema."));
}

#[test]
fn the_search_answers_what_is_published() {
    let sitio = Sitio::new();
    let absent = sitio.run(&["search", "servicio"]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("construya el sitio"));

    sitio.write("content/actas/01.md", ACTA.as_bytes());
    let page = "+++\ncodigo = \"canales\"\ntitulo = \"Canales de atención\"\n+++\n\n## Cuáles\n\nLos canales de atención: el teléfono y la ventanilla.\n";
    sitio.write("content/paginas/canales.md", page.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(String::from_utf8_lossy(&built.stdout).contains("en el buscador"));
    let answer = |query: &str| -> serde_json::Value {
        let output = sitio.run(&["buscar", query, "--json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    assert_eq!(answer("servico al ciudadano")["hits"][0]["url"], "procesos/sec.html");
    assert_eq!(answer("acta 1")["hits"][0]["url"], "actas/cigd-2024-01.html");
    // The kind and the code stand beside a result: its passage says something else, and they are found all the same.
    let acta = answer("acta cigd-2024-01");
    assert_eq!(acta["hits"][0]["url"], "actas/cigd-2024-01.html");
    let passage = acta["hits"][0]["excerpt"].as_str().expect("a passage");
    assert!(!passage.is_empty() && !passage.contains("cigd-2024-01"), "{passage}");
    // Where the title says all that was typed its page answers, not the section that says it too.
    for (query, anchor) in [("canales de atencion", ""), ("canales telefono", "cuales")] {
        let named = answer(query);
        let hit = &named["hits"][0];
        assert_eq!((&hit["url"], &hit["anchor"]), (&"paginas/canales.html".into(), &anchor.into()), "{query}: {named}");
    }
    // One word between quotes is meant as it stands.
    assert_eq!(answer("ciudadanos")["total"].as_u64().map(|n| n > 0), Some(true));
    assert_eq!(answer("\"ciudadanos\"")["total"], 0);
    let page = text(&files(&sitio.path().join("public")), "buscar.html");
    assert!(!page.contains("aria-current=\"true\""), "the search stands in no section");
    assert!(page.contains("src=\"buscar/buscar.js\"") && page.contains("Por tipo"));

    // Another hand published over it.
    let without = sitio.run(&["build", "--sin-buscador"]);
    assert!(without.status.success() && !String::from_utf8_lossy(&without.stdout).contains("en el buscador"));
    assert!(!sitio.path().join("public/buscar").exists() && !sitio.path().join("public/buscar.html").exists());
    let stale = sitio.run(&["search", "servicio"]);
    assert_eq!(stale.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&stale.stderr).contains("construya de nuevo"));
}

#[test]
fn what_is_in_bold_is_found_and_its_links_lead_somewhere() {
    let sitio = Sitio::new();
    let acta = format!("{}\nSe pintó **el zaguán, como pidió [[SEC]],** de azul.\n", ACTA.trim_end());
    sitio.write("content/actas/01.md", acta.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = text(&files(&sitio.path().join("public")), "actas/cigd-2024-01.html");
    assert!(page.contains("<strong>el zaguán, como pidió <a href=\"../procesos/sec.html\">"), "{page}");
    let found = sitio.run(&["search", "zaguan", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(found["hits"][0]["url"], "actas/cigd-2024-01.html", "{found}");
}

#[test]
fn what_hosts_want_is_there_when_asked_for() {
    let sitio = Sitio::new();
    let asked = "\n[publicacion]\ncomprimidos = true\ncabeceras = true\n\n[[nivel]]";
    sitio.edit("site.toml", "\n[[nivel]]", &format!("base_url = \"https://x.gov.co/t/\"\n{asked}"));
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    let policy = "default-src 'none'; script-src 'self'";
    for path in ["_headers", ".htaccess", "servidor/nginx.conf", "index.html"] {
        assert!(text(&out, path).contains(policy), "{path}");
    }
    assert!(text(&out, ".htaccess").contains("ErrorDocument 404 /t/404.html"));
    assert!(out.contains_key("index.html.gz") && out.contains_key("buscar/buscar.js.br"));
    assert!(text(&out, "robots.txt").contains("Sitemap: https://x.gov.co/t/sitemap.xml"));
    assert!(text(&out, "novedades.xml").contains("<id>https://x.gov.co/t/procesos/sec.html</id>"));
    let page = text(&out, "procesos/sec.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://x.gov.co/t/procesos/sec.html\">"), "{page}");
    assert!(page.contains("href=\"../novedades.xml\""));
    // Its manifest knows every file but itself.
    let manifest: serde_json::Value = serde_json::from_str(&text(&out, "micrositio.json")).expect("JSON");
    let known = manifest["archivos"].as_object().expect("files");
    assert_eq!(known.len() + 1, out.len());
    assert!(known.iter().all(|(path, file)| out[path].len() as u64 == file["bytes"].as_u64().expect("a size")));
}

#[test]
fn the_day_of_an_edit_is_not_the_date_of_what_was_edited() {
    let sitio = Sitio::new();
    sitio.edit("site.toml", "\n[[nivel]]", "base_url = \"https://x.gov.co/\"\n\n[[nivel]]");
    let norma = NORMA.replace("fecha = 2000-01-01", "fecha = \"no consta\"\nactualizado = 2024-06-01");
    sitio.write("content/normas.toml", norma.as_bytes());
    let acta = ACTA.replace("numero = 1\n", "numero = 1\nactualizado = 2024-07-01\n");
    sitio.write("content/actas/1.md", acta.as_bytes());
    let practica =
        PRACTICA.replace("nivel = 2\n", "nivel = 2\npublicado = 2024-05-02\n").replace("2024-12-31", "2025-12-31");
    sitio.write("content/mipg/dimensiones/d1.md", DIMENSION.as_bytes());
    sitio.write("content/mipg/politicas/i.md", POLITICA.as_bytes());
    sitio.write("content/buenas-practicas/1.md", practica.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    let records = text(&out, "datos/registros.json");
    let norma = records.lines().find(|line| line.contains("\"ley-1\"")).expect("the norm");
    assert!(!norma.contains("\"fecha\"") && norma.contains("2024-06-01"), "{norma}");
    let found = sitio.run(&["search", "ley 1", "--json"]);
    let found = String::from_utf8_lossy(&found.stdout);
    assert!(found.contains("ley-1") && !found.contains("2024-06-01"), "{found}");
    let found = sitio.run(&["search", "servicio al ciudadano", "--json"]);
    let found = String::from_utf8_lossy(&found.stdout);
    assert!(found.contains("procesos/sec.html") && !found.contains("2024-05-01"), "{found}");
    // The feed tells what changed, when it did, and nothing that is still to come.
    let feed = text(&out, "novedades.xml");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    let days: Vec<&str> = entries.iter().filter_map(|e| e.split_once("<updated>")?.1.get(..10)).collect();
    assert!(entries.first().is_some_and(|e| e.contains("cigd-2024-01")), "{feed}");
    assert_eq!(days, ["2024-07-01", "2024-06-01", "2024-05-02", "2024-05-01"], "{feed}");
    assert!(!feed.contains("mapa-del-sitio.html"), "{feed}");
}

#[test]
fn addresses_outlive_their_records() {
    let sitio = Sitio::new();
    sitio.edit("content/procesos/sec.md", "nombre =", "codigos_anteriores = [\"SAC\", \"SEC\"]\nnombre =");
    let gone = "[[retirado]]\ncodigo = \"SEC-MA-009\"\ntipo = \"documento\"\ntitulo = \"Manual viejo\"\nmotivo = \"Se unió a otro.\"\nfecha = 2024-01-02\nen_su_lugar = \"SEC\"\n";
    sitio.write("content/retirados.toml", gone.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    assert!(text(&out, "procesos/sac.html").contains("href=\"../procesos/sec.html\""), "an old code leads on");
    let lives = text(&out, "procesos/sec.html");
    assert!(lives.contains("Servicio al ciudadano"), "an address that lives is not taken");
    assert!(lives.contains("<dt>Antes tuvo el código</dt><dd><ul><li>SAC</li>"), "what finds a record is on its page");
    let tombstone = text(&out, "documentos/sec-ma-009.html");
    assert!(tombstone.contains("Se unió a otro.") && tombstone.contains("2 de enero de 2024"), "{tombstone}");
    assert!(text(&out, "codigos-anteriores.html").contains("procesos/sac.html"));
    assert!(text(&out, "mapa-del-sitio.html").contains("codigos-anteriores.html"));
}

#[test]
fn a_process_shows_what_follows_from_other_records() {
    let out = example(&[]);
    // The acta names the document, not the process.
    let process = text(&out, "procesos/ser.html");
    assert!(process.contains("Actas que lo nombran o deciden sobre sus documentos"), "{process}");
    let board = text(&out, "actas/compromisos.html");
    let first = |state: &str| board.find(&format!(">{state}<")).unwrap_or(usize::MAX);
    assert!(first("Vencido") < first("Pendiente") && first("Pendiente") < first("Cumplido"), "the overdue come first");
    assert!(text(&out, "dependencias/hacienda.html").contains("Compromisos a su cargo"));
}

#[test]
fn practices_of_a_policy_that_share_an_evidence_name_each_other() {
    let sitio = Sitio::new();
    sitio.write("content/mipg/dimensiones/d1.md", DIMENSION.as_bytes());
    sitio.write("content/mipg/politicas/i.md", POLITICA.as_bytes());
    let other = POLITICA.replace("\"integridad\"", "\"transparencia\"").replace("\"Integridad\"", "\"Transparencia\"");
    sitio.write("content/mipg/politicas/t.md", other.as_bytes());
    for (n, policy, number) in [
        (1, "integridad", "Oficio 12"),
        (2, "integridad", "OFICIO 12"),
        (3, "integridad", "Oficio 13"),
        (4, "transparencia", "Oficio 12"),
    ] {
        let practica = PRACTICA
            .replace("bp-1", &format!("bp-{n}"))
            .replace("a una página", &format!("a {n} páginas"))
            .replace("\"integridad\"", &format!("\"{policy}\""))
            .replace(
                "evidencias = \"no consta\"",
                &format!("evidencias = [{{ tipo = \"oficio\", numero = \"{number}\" }}]"),
            );
        sitio.write(&format!("content/buenas-practicas/{n}.md"), practica.as_bytes());
    }
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let out = files(&sitio.path().join("public"));
    let named = |n: usize| {
        let page = text(&out, &format!("buenas-practicas/bp-{n}.html"));
        let list = page.split("Otras prácticas con la misma evidencia</h2>").nth(1).unwrap_or("").to_owned();
        (1..=4).filter(|other| list.contains(&format!("bp-{other}.html"))).collect::<Vec<_>>()
    };
    assert_eq!([1, 2, 3, 4].map(named), [vec![2], vec![1], vec![], vec![]]);
}

#[test]
fn each_page_of_a_list_says_what_all_of_it_holds() {
    let sitio = Sitio::new();
    let row = "{ compromiso = \"Publicar el plan\", responsable = { texto = \"Secretario\" }, fecha_limite = 2024-03-01, estado = \"pendiente\" }";
    assert!(ACTA.contains(row));
    let rows = [row; 89].join(",\n") + ",\n" + &row.replace("2024-03-01", "2024-06-01");
    sitio.write("content/actas/01.md", ACTA.replace(row, &rows).as_bytes());
    assert!(sitio.run(&["build", "--date", "2024-03-02"]).status.success());
    let out = files(&sitio.path().join("public"));
    for page in ["actas/compromisos.html", "actas/compromisos-2.html"] {
        let page = text(&out, page);
        assert!(page.contains("90 compromisos, 89 vencidos a 2 de marzo de 2024."), "{page}");
    }
    assert!(text(&out, "actas/index.html").contains("1 de la entidad y 0 de otras entidades"));
    assert!(text(&out, "buenas-practicas/index.html").contains("0 prácticas: 0 propias y 0 de otras entidades"));
}

#[test]
fn an_address_at_the_end_of_a_text_is_a_link() {
    let sitio = Sitio::new();
    let acta = ACTA
        .replace("estado = \"pendiente\" }", "estado = \"cumplido\", evidencia = \"https://ejemplo.gov.co/plan.pdf\" }")
        .replace(
            "\n+++\n",
            "\nanexos = [\"Lista: https://ejemplo.gov.co/l?a=1&b=2.\", \"Acta (en https://ejemplo.gov.co/a.pdf)\", \"Wiki: https://ejemplo.gov.co/A_(b)\", \"Está en https://a.co y en papel\"]\n+++\n",
        );
    sitio.write("content/actas/1.md", acta.as_bytes());
    let built = sitio.run(&["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = text(&files(&sitio.path().join("public")), "actas/cigd-2024-01.html");
    for shown in [
        "<li>Publicar el plan</li><li><a href=\"https://ejemplo.gov.co/plan.pdf\" rel=\"noopener\">Evidencia: https://ejemplo.gov.co/plan.pdf</a></li>",
        "<a href=\"https://ejemplo.gov.co/l?a=1&amp;b=2\" rel=\"noopener\">Lista: https://ejemplo.gov.co/l?a=1&amp;b=2.</a>",
        "<li>Está en https://a.co y en papel</li>",
        "<a href=\"https://ejemplo.gov.co/a.pdf\" rel=\"noopener\">Acta (en https://ejemplo.gov.co/a.pdf)</a>",
        "<a href=\"https://ejemplo.gov.co/A_(b)\" rel=\"noopener\">",
    ] {
        assert!(page.contains(shown), "no {shown}: {page}");
    }
}

#[test]
fn a_folder_that_is_no_site_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [&["build"][..], &["serve"], &["search", "plan"], &["new", "acta", "A-1"]] {
        let run = Command::new(env!("CARGO_BIN_EXE_micrositio"))
            .args(command)
            .current_dir(folder.path())
            .output()
            .expect("the command runs");
        assert_eq!(run.status.code(), Some(2), "{command:?}");
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(told.contains("no hay un sitio: falta site.toml; use -s CARPETA"), "{command:?}: {told}");
    }
    assert!(files(folder.path()).is_empty(), "nothing is made there");
}

#[test]
fn a_caracterizacion_with_a_code_is_in_the_listado_maestro() {
    let page = text(&example(&[]), "documentos/index.html");
    let row = page.split("<tr>").find(|row| row.contains(">SER-CA-001</a>")).expect("its row");
    assert!(row.contains("../procesos/ser.html#caracterizacion") && row.contains("Caracterización: "), "{row}");
    assert!(page.contains("12 documentos controlados y 3 caracterizaciones, de lo aprobado"), "{page}");
}
