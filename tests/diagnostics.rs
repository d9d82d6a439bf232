//! A bad record in, the exact diagnostic out.

mod sitio;

use sitio::{ACTA, DOCUMENTO, NORMA, Sitio};

/// A site with one acta, edited.
fn acta(from: &str, to: &str) -> String {
    let sitio = Sitio::new();
    assert!(ACTA.contains(from), "the acta does not hold {from}");
    sitio.write("content/actas/01.md", ACTA.replace(from, to).as_bytes());
    sitio.check()
}

/// A site with one document, edited.
fn documento(from: &str, to: &str) -> String {
    let sitio = Sitio::new();
    assert!(DOCUMENTO.contains(from), "the document does not hold {from}");
    sitio.write("content/documentos/ma.md", DOCUMENTO.replace(from, to).as_bytes());
    sitio.check()
}

/// A site whose process is edited.
fn proceso(from: &str, to: &str) -> String {
    let sitio = Sitio::new();
    sitio.edit("content/procesos/sec.md", from, to);
    sitio.check()
}

#[test]
fn a_good_site_has_no_problem() {
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    sitio.write("content/documentos/ma.md", DOCUMENTO.as_bytes());
    assert_eq!(sitio.check(), "ningún error, ningún aviso\n[salida 0]");
}

#[test]
fn keys() {
    insta::assert_snapshot!("unknown_key", proceso("nombre =", "nonbre ="));
    insta::assert_snapshot!("wrong_word", proceso("\"misional\"", "\"misionel\""));
    insta::assert_snapshot!("wrong_type", proceso("\"Servicio al ciudadano\"", "12"));
    insta::assert_snapshot!(
        "misspelt_no_consta",
        proceso("responsables = \"no consta\"", "responsables = \"No Consta\"")
    );
    insta::assert_snapshot!("number_out_of_range", proceso("tipo =", "orden = -1\ntipo ="));
}

#[test]
fn references() {
    insta::assert_snapshot!("dangling", acta("\"CIGD\"", "\"CIGDD\""));
    // What is wrong with one key hides nothing of the others.
    insta::assert_snapshot!("dangling_beside_a_misspelt_key", acta("comite = \"CIGD\"", "x = 1\ncomite = \"CIGDD\""));
    let sitio = Sitio::new();
    sitio.write("content/comites/borrador.md", b"+++\ncodigo = \"B\"\nestado = \"borrador\"\nnombre = \"B\"\ntipo = \"comite\"\nparticipantes = \"no consta\"\nresponsabilidad = \"no consta\"\nactos = \"no consta\"\nquorum = \"no consta\"\n+++\n");
    sitio.write("content/actas/01.md", ACTA.replace("\"CIGD\"", "\"B\"").as_bytes());
    insta::assert_snapshot!("reference_to_draft", sitio.check());
    let sitio = Sitio::new();
    let copy = std::fs::read_to_string(sitio.path().join("content/procesos/sec.md")).expect("the process");
    sitio.write("content/procesos/Copia de sec.md", copy.as_bytes());
    insta::assert_snapshot!("copied_file", sitio.check());
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    let retired = "[[retirado]]\ncodigo = \"cigd-2024-01\"\ntipo = \"acta\"\ntitulo = \"Acta 1\"\nmotivo = \"Repetida\"\nfecha = 2025-05-03\n";
    sitio.write("content/retirados.toml", retired.as_bytes());
    insta::assert_snapshot!("withdrawn_and_still_there", sitio.check());
    let sitio = Sitio::new();
    sitio.write("content/retirados.toml", retired.as_bytes());
    sitio.write(
        "content/actas/02.md",
        ACTA.replace("cigd-2024-01", "cigd-2024-02")
            .replace("fecha = 2024-02-01", "fecha = 2024-02-01\nacta_anterior = \"cigd-2024-01\"")
            .as_bytes(),
    );
    insta::assert_snapshot!("withdrawn_and_cited", sitio.check());
}

#[test]
fn a_second_record_in_a_file_is_told() {
    let sitio = Sitio::new();
    let body = "Uno.\n\n```\n+++\n```\n\n+++\ncodigo = \"otra\"\n+++\n";
    sitio.write("content/paginas/p.md", format!("+++\ncodigo = \"p\"\ntitulo = \"P\"\n+++\n{body}").as_bytes());
    insta::assert_snapshot!("second_record_in_a_file", sitio.check());
}

#[test]
fn what_editors_machines_do() {
    let with = |from: &str, to: &str| proceso(from, to);
    insta::assert_snapshot!("curly_quotes", with("\"SEC\"", "“SEC”"));
    insta::assert_snapshot!("slashed_date", with("2024-05-01", "31/12/2022"));
    insta::assert_snapshot!("quoted_slashed_date", with("2024-05-01", "\"31/12/2022\""));
    insta::assert_snapshot!("impossible_date", with("2024-05-01", "2023-02-30"));
    insta::assert_snapshot!("year_of_a_slip", with("2024-05-01", "0204-05-01"));
    insta::assert_snapshot!("decimal_comma", with("tipo =", "orden = 3,5\ntipo ="));
    insta::assert_snapshot!("no_quotes", with("\"Servicio al ciudadano\"", "Servicio al ciudadano"));
    insta::assert_snapshot!("unclosed_quote", with("\"Servicio al ciudadano\"", "\"Servicio al ciudadano"));
    insta::assert_snapshot!("colon", with("tipo = \"misional\"", "tipo: misional"));
    insta::assert_snapshot!("local_path", with("\"Servicio al ciudadano\"", "\"C:\\Users\\x\""));
    insta::assert_snapshot!("marks_in_a_key", with("\"Servicio al ciudadano\"", "\"Servicio [[SEC|al ciudadano]]\""));
    insta::assert_snapshot!("nothing_said", with("\"Servicio al ciudadano\"", "\"N/A\""));
    insta::assert_snapshot!("repeated_key", with("tipo =", "nombre = \"Otro\"\ntipo ="));
    insta::assert_snapshot!("missing_close", with("2024-05-01\n+++", "2024-05-01"));
    insta::assert_snapshot!("missing_open", with("+++\ncodigo", "codigo"));

    let sitio = Sitio::new();
    sitio.write("content/procesos/ansi.md", b"+++\ncodigo = \"A\xf1o\"\n+++\n");
    sitio.write("content/procesos/utf16.md", b"\xff\xfe+\0+\0+\0");
    sitio.write("content/procesos/acta.md.txt", b"hola");
    sitio.write("content/proceso/otro.md", b"hola");
    sitio.write("content/notas.docx", b"hola");
    for junk in ["~$x.docx", "Thumbs.db", ".DS_Store"] {
        sitio.write(&format!("content/procesos/{junk}"), b"junk");
    }
    insta::assert_snapshot!("files", sitio.check());
}

#[test]
fn windows_files_just_work() {
    let sitio = Sitio::new();
    let text = std::fs::read_to_string(sitio.path().join("content/procesos/sec.md")).expect("the process");
    let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    sitio.write("content/procesos/sec.md", text.as_bytes());
    assert_eq!(sitio.check(), "ningún error, ningún aviso\n[salida 0]");
}

#[test]
fn hostile_files_are_told_not_suffered() {
    let sitio = Sitio::new();
    sitio.write("content/procesos/big.md", &vec![b'a'; 50 * 1024 * 1024]);
    let keys: String = (0..100_000).map(|i| format!("k{i} = 1\n")).collect();
    sitio.write("content/procesos/keys.md", format!("+++\n{keys}+++\n").as_bytes());
    sitio.write("content/procesos/deep.md", format!("+++\na = {}\n+++\n", "[".repeat(100_000)).as_bytes());
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", sitio.path().join("content/procesos/out.md")).expect("a link");
    let said = sitio.check();
    for code in ["archivo-demasiado-grande", "demasiadas-claves", "enlace-simbolico-afuera"] {
        assert!(said.contains(code) || (cfg!(windows) && code.starts_with("enlace")), "{code}: {said:.2000}");
    }
    assert!(said.ends_with("[salida 1]"));
}

#[test]
fn map() {
    let sitio = Sitio::new();
    sitio.edit("site.toml", "procesos = 1", "procesos = 2");
    insta::assert_snapshot!("map_composition", sitio.check());
    insta::assert_snapshot!("tree_loop", proceso("tipo =", "padre = \"SEC\"\ntipo ="));
    insta::assert_snapshot!(
        "ambiguous_part",
        proceso("participan = \"no consta\"", "participan = [{ grupo = \"todas\", texto = \"Todas\" }]")
    );
}

#[test]
fn caracterizacion() {
    let rows = r#"{ codigo = "no consta", version = "no consta", fecha = "no consta", objetivo = "no consta", alcance = "no consta", lider = "no consta", integrantes = "no consta", normatividad = "no consta", riesgos = "no consta", controles = "no consta", recursos = "no consta", documentos = "no consta", tramites = "no consta", indicadores = "no consta", actividades = [
  { phva = "P", proveedores = [{ grupo = "todas" }], entradas = ["Necesidades"], actividad = "Planear", salidas = [], clientes = [{ proceso = "OBR" }] },
  { phva = "H", proveedores = [{ grupo = "todas" }], entradas = ["Plan"], actividad = "Hacer", salidas = ["Obra"], clientes = [] },
] }"#;
    let sitio = Sitio::new();
    let sec = std::fs::read_to_string(sitio.path().join("content/procesos/sec.md")).expect("the process");
    let other = sec.replace("SEC", "OBR").replace("Servicio al ciudadano", "Obras");
    sitio.edit("site.toml", "procesos = 1", "procesos = 2");
    sitio.edit("content/procesos/sec.md", "caracterizacion = \"no consta\"", &format!("caracterizacion = {rows}"));
    let other_rows = rows
        .replace("salidas = []", "salidas = [\"Plan\"]")
        .replace("clientes = []", "clientes = [{ grupo = \"todas\" }]");
    sitio.write(
        "content/procesos/obr.md",
        other.replace("caracterizacion = \"no consta\"", &format!("caracterizacion = {other_rows}")).as_bytes(),
    );
    insta::assert_snapshot!("caracterizacion", sitio.check());
}

#[test]
fn documents() {
    insta::assert_snapshot!("code_pattern", documento("SEC-MA-001", "SEC-MA-1"));
    insta::assert_snapshot!("code_of_another_process", documento("SEC-MA-001", "OBR-MA-001"));
    insta::assert_snapshot!("version_does_not_grow", documento("version = \"001\"", "version = \"003\""));
    insta::assert_snapshot!("version_differs", documento("version = \"002\"\nestado", "version = \"004\"\nestado"));
    insta::assert_snapshot!("dates_out_of_order", documento("2024-01-10", "2024-06-10"));
    insta::assert_snapshot!("contradictory_class", documento("\"no_contiene\"", "\"sensibles\""));
}

#[test]
fn keys_in_the_text_are_told_wherever_they_stand() {
    let sitio = Sitio::new();
    let told = |body: &str| {
        let page = format!("+++\ncodigo = \"p\"\ntitulo = \"Una\"\n+++\n\n{body}\n");
        sitio.write("content/paginas/p.md", page.as_bytes());
        let said = sitio.check();
        said.lines()
            .find(|line| line.contains("[clave-en-el-texto]"))
            .map(|line| line.split('«').nth(1).unwrap_or("+++").to_owned())
    };
    for body in
        ["Uno.\n\nestado = \"borrador\"", "Uno.\n\nEstado: Borrador\n", "estado: \"borrador\"\n\nUno.", "estado = si"]
    {
        assert!(told(body).is_some_and(|key| key.to_lowercase().starts_with("estado»")), "{body}");
    }
    assert!(told("Uno.\n\norden = 4").is_some_and(|key| key.starts_with("orden»")));
    assert!(told("Uno.\n\n  actualizado = 2024-01-01").is_some_and(|key| key.starts_with("actualizado»")));
    for body in [
        "Uno.\n\n```\nestado = \"borrador\"\n```\n",
        "El orden = el alfabético.",
        "Estado: vigente",
        "[titulo](https://x.co/a=1)",
    ] {
        assert_eq!(told(body), None, "{body}");
    }
    sitio.write("content/paginas/p.md", b"+++\ncodigo = \"p\"\ntitulo = \"Una\"\n+++\n");
    let entidad = std::fs::read_to_string(sitio.path().join("content/entidades/ejemplo.md")).expect("the entity");
    sitio.write(
        "content/entidades/ejemplo.md",
        format!("{entidad}\nUno.\n\n[contacto]\ncorreo = \"a@b.co\"\n").as_bytes(),
    );
    assert!(sitio.check().contains("la clave «contacto» quedó debajo"));
}

#[test]
fn texts_that_are_not_what_they_seem() {
    let told = |to: &str| acta("lugar = \"Sala de juntas\"", to);
    for text in ["no consta.", "No  consta", " no_consta", "NO CONSTA"] {
        assert!(told(&format!("lugar = \"{text}\"")).contains("[no-consta-mal-escrito]"), "{text}");
    }
    assert!(!told("lugar = \"Nada\"").contains("no-consta"));
    insta::assert_snapshot!("contrabarras", told("lugar = \"interno\\externo\"\nanexos = [\"actas\\temas\"]"));
    assert!(!told("lugar = \"\"\"Sala\tdos\"\"\"").contains("[contrabarra]"));
    insta::assert_snapshot!("listas", told("alias = [4, \"5\"]\nanexos = [\"no consta\"]"));
    for hour in ["1430", "14:30:00", "8:30"] {
        assert!(acta("hora_fin = \"10:00\"", &format!("hora_fin = \"{hour}\"")).contains("[hora-imposible]"), "{hour}");
    }
}

/// What is one mistake is told once, where it is.
#[test]
fn marks_left_open() {
    insta::assert_snapshot!("open_brace", acta("quórum\" }]", "quórum\" ]"));
    insta::assert_snapshot!("open_table", acta("exigido = 2, hay = true }", "exigido = 2, hay = true"));
    insta::assert_snapshot!("open_list", acta("lugar = \"Sala de juntas\"", "anexos = [\"Sala de juntas\""));
    insta::assert_snapshot!("text_in_two_lines", acta("Hubo quórum.\" }]", "Hubo\nquórum.\" }]"));
    insta::assert_snapshot!("quotes_inside_a_list", acta("Hubo quórum.", "Hubo \"quórum\"."));
}

/// Who mends the lines that the parser stumbles over is not to find more problems afterwards.
#[test]
fn what_else_is_wrong_is_told_at_once() {
    let sitio = Sitio::new();
    let acta = ACTA
        .replace("caracter =", "caracter:")
        .replace("fecha = 2024-02-01", "fecha = 01/02/2024")
        .replace("\"presencial\"", "\"presecial\"")
        .replace("comite = \"CIGD\"", "comite = \"CICCI\"")
        .replace("numero = 1\n", "");
    let text = "\nVea [[NO-EXISTE]], [el comité](../comites/cigd.html) y [aquí](../comites/cgid.html).\n\n##Pegado\n";
    sitio.write("content/actas/01.md", (acta + text).as_bytes());
    let second = NORMA.replace("ley-1", "ley-2").replace("\"nacional\"", "\"mundial\"");
    sitio.write("content/normas.toml", format!("{}\n{second}", NORMA.replace("emisor =", "emisor:")).as_bytes());
    insta::assert_snapshot!("at_once", sitio.check());
    sitio.edit("site.toml", "titulo =", "titulo:");
    let told = sitio.check();
    assert!(told.contains("site.toml:2:1") && told.contains("[valor-desconocido]"), "{told}");
    sitio.edit("site.toml", "titulo:", "titulo =");
    // What is wrong with a draft's text blocks nobody.
    let draft = ACTA.replace("\"presencial\"", "\"presecial\"").replace("numero = 1\n", "estado = \"borrador\"\n");
    sitio.write("content/actas/01.md", (draft + text).as_bytes());
    assert!(!sitio.check().contains("NO-EXISTE"));
}

#[test]
fn what_habit_types() {
    insta::assert_snapshot!(
        "habitos",
        acta(
            "lugar = \"Sala de juntas\"",
            "alias = \"Primera\", \"Inicial\"\nproyecto = N/A\nproxima = 30-abr-24\nfirmas = [{ cargo: \"Alcalde\" }]\nresumen = \"Uno\"; // nota\nlugar: Sala de juntas",
        )
    );
}

#[test]
fn minutes() {
    insta::assert_snapshot!(
        "point_without_development",
        acta("desarrollo = [{ numero = 1", "desarrollo = [{ numero = 2")
    );
    insta::assert_snapshot!("quorum_recomputed", acta("presentes = 2", "presentes = 1"));
    insta::assert_snapshot!("hours", acta("\"10:00\"", "\"07:00\""));
    insta::assert_snapshot!("born_overdue", acta("2024-03-01", "2023-03-01"));
    insta::assert_snapshot!("commitment_without_date", acta("fecha_limite = 2024-03-01, ", ""));
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    let second = ACTA
        .replace("cigd-2024-01", "cigd-2024-03")
        .replace("numero = 1\nfecha = 2024-02-01", "numero = 3\nfecha = 2024-01-15");
    sitio.write("content/actas/03.md", second.as_bytes());
    insta::assert_snapshot!("numbers_against_dates", sitio.check());
    // One that cannot be read is not missing.
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.replace("fecha = 2024-02-01", "fecha = 01/02/2024").as_bytes());
    let second = ACTA.replace("cigd-2024-01", "cigd-2024-02").replace("numero = 1\nfecha", "numero = 2\nfecha");
    sitio.write("content/actas/02.md", second.as_bytes());
    insta::assert_snapshot!("unreadable_is_not_missing", sitio.check());
}

#[test]
fn json_is_for_machines() {
    let sitio = Sitio::new();
    sitio.edit("content/procesos/sec.md", "nombre =", "nonbre =");
    let output = sitio.run(&["check", "--format", "json"]);
    insta::assert_snapshot!("json", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_skeleton_passes_once_its_references_are_filled() {
    let sitio = Sitio::new();
    for kind in ["documento", "acta", "buena_practica", "proceso", "comite", "norma", "glosario", "fuente"] {
        let output = sitio.run(&["new", kind]);
        assert!(output.status.success(), "{kind}");
        let schema = sitio.run(&["schema", kind]);
        let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
        assert!(schema["properties"]["codigo"].is_object(), "{kind}");
    }
    assert!(sitio.run(&["new", "comite", "NUEVO"]).status.success());
    assert_eq!(sitio.run(&["new", "comite", "NUEVO"]).status.code(), Some(2), "nothing is written over");
    insta::assert_snapshot!(
        "skeleton",
        std::fs::read_to_string(sitio.path().join("content/comites/nuevo.md")).expect("it")
    );
    insta::assert_snapshot!("skeleton_not_filled", sitio.check());
    sitio.edit("content/comites/nuevo.md", "nombre = \"…\"", "nombre = \"Comité nuevo\"");
    sitio.edit("content/comites/nuevo.md", "tipo = \"…\"", "tipo = \"comite\"");
    assert_eq!(sitio.check(), "ningún error, ningún aviso\n[salida 0]");
}

#[test]
fn a_skeleton_gives_no_fact_that_nobody_wrote() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["new", "norma", "ley-1"]).status.success());
    let told = sitio.check();
    assert!(told.contains("«anio» está sin llenar: debe ser un número entero, sin comillas"), "{told}");
    assert!(told.contains("anio = 2022"), "{told}");
}

/// A record that cannot be read blames only itself.
#[test]
fn a_broken_record_makes_no_other_wrong() {
    let sitio = Sitio::new();
    let numbered =
        |n: u32| ACTA.replace("2024-01", &format!("2024-0{n}")).replace("numero = 1\n", &format!("numero = {n}\n"));
    for n in 1..=3 {
        sitio.write(&format!("content/actas/{n}.md"), numbered(n).as_bytes());
    }
    sitio.write("content/actas/2.md", numbered(2).replace("modalidad", "modaldad").as_bytes());
    for code in ["A", "B"] {
        let acta = ACTA.replace("\"CIGD\"", &format!("\"{code}\"")).replace("cigd-2024-01", &format!("{code}-1"));
        sitio.write(&format!("content/actas/{code}.md"), acta.as_bytes());
        let comite = format!("+++\ncodigo = \"{code}\"\nnombre = \"Comité {code}\"\ntipo = \"comte\"\n+++\n");
        sitio.write(&format!("content/comites/{code}.md"), comite.as_bytes());
    }
    let foreign = "+++\ncodigo = \"vecina\"\nnombre = \"Vecina\"\nnt = \"x\"\n+++\n";
    sitio.write("content/entidades/vecina.md", foreign.as_bytes());
    let process = std::fs::read_to_string(sitio.path().join("content/procesos/sec.md")).expect("the process");
    let process = process.replace("\"SEC\"", "\"V-SEC\"").replace("tipo =", "entidad = \"vecina\"\ntipo =");
    sitio.write("content/procesos/v-sec.md", process.as_bytes());
    let told = sitio.check();
    for rule in ["acta-faltante", "acta-repetida", "mapa-incompleto"] {
        assert!(!told.contains(rule), "{rule}: {told}");
    }
}

#[test]
fn a_draft_with_a_wrong_key_blocks_nobody() {
    let sitio = Sitio::new();
    let draft = "+++\ncodigo = \"p\"\ntitlo = \"P\"\nestado = \"borrador\"\n+++\nError! Reference source not found.\n";
    sitio.write("content/paginas/p.md", draft.as_bytes());
    let told = sitio.check();
    assert!(told.contains("ningún error") && told.contains("aviso["), "{told}");
}

#[test]
fn what_is_code_or_a_remark_is_no_key() {
    let sitio = Sitio::new();
    let page = "+++\ncodigo = \"p\"\ntitulo = \"P\"\n+++\nUno.\n\n~~~\ntitulo = \"Otro\"\n~~~\n\n<!--\ntitulo = \"Otro\"\n-->\n";
    sitio.write("content/paginas/p.md", page.as_bytes());
    let told = sitio.check();
    assert!(told.contains("ningún error"), "{told}");
    // What only looks as if it went on hides nothing: a draft would be published.
    for before in ["~~~\n```\n~~~", "```\n```toml\n```", "````\n```\n````", "<!-- nota -->."] {
        let page = format!("+++\ncodigo = \"p\"\ntitulo = \"P\"\n+++\nUno.\n\n{before}\n\nestado = \"borrador\"\n");
        sitio.write("content/paginas/p.md", page.as_bytes());
        let told = sitio.check();
        assert!(told.contains("clave-en-el-texto"), "{before}: {told}");
    }
}

/// On some systems names come with their accents apart.
#[test]
fn a_name_in_another_form_is_the_same_file() {
    let sitio = Sitio::new();
    let acta = ACTA.replace("\"presencial\"", "\"presecial\"");
    sitio.write("content/actas/sesio\u{301}n.md", acta.as_bytes());
    let told = sitio.check();
    assert!(told.contains("content/actas/sesión.md:7:13"), "{told}");
}
