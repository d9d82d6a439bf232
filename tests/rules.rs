//! Each rule has a bad fixture: the exact diagnostic is a snapshot that bears the rule's name.

#![allow(clippy::expect_used)] // a test may fail

mod sitio;

use sitio::{ACTA, DIMENSION, DOCUMENTO, NORMA, POLITICA, PRACTICA, Sitio};

/// What `check` says of the good site with these files written over it; the rule must be among it.
fn told(rule: &str, files: &[(&str, &str)]) {
    let sitio = Sitio::new();
    for (path, text) in files {
        sitio.write(path, text.as_bytes());
    }
    told_of(rule, &sitio);
}

fn told_of(rule: &str, sitio: &Sitio) {
    let said = sitio.check();
    assert!(said.contains(&format!("[{rule}]")), "{rule} is not told:\n{said}");
    insta::assert_snapshot!(rule, said);
}

/// Replaces text that must be there.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no «{from}»");
    text.replace(from, to)
}

fn pagina(body: &str) -> String {
    format!("+++\ncodigo = \"pagina\"\ntitulo = \"Una página\"\n+++\n\n{body}\n")
}

#[test]
fn text_of_any_record() {
    for (rule, body) in [
        ("ruta-local", "Está en file:///C:/Users/alcaldia/acta.docx y en C:\\actas\\acta.docx."),
        ("marcador-de-word", "Como se ve en ¡Error! Marcador no definido."),
        ("texto-de-relleno", "Objetivo: Pendiente pendiente pendiente"),
        ("letras-danadas", "La PlaneaciÃ³n de la entidad."),
        ("reservado-mal-escrito", "Vive en [[reservado|la calle 1]]."),
        ("html-en-el-texto", "Un <b>texto</b>."),
        ("anidado-demasiado", &format!("{}hola", "- ".repeat(10_000))),
        ("clave-en-el-texto", "actualizado = 2025-04-28\n\nUno."),
        ("tabulador", "Uno.\n\n\tDos."),
        (
            "enlace-roto",
            "Vea [[SECC]] y [el proceso](../procesos/no.md) y [la lista](no-existe.html) y [otra](/otra.html) y [el canal](../novedades.xml).",
        ),
        ("columna-sin-titulo", "| | Valor |\n|---|---|\n| a | b |"),
        ("tabla-mal-escrita", "| Año | Valor |\n|---|\n| 2024 | 3 \\| 4 |"),
        ("signos-sueltos", "Uno, de 5*6 y 7*8 metros.\n\n##Dos\n\n| a | b |\n|---|---|\n| 1 | 2 |\nTres"),
        ("renglones-seguidos", "Se pide:\n\n- a) Uno.\n- b) Dos.\n\nTambién:\na) Tres.\nb) Cuatro."),
        ("celda-de-sobra", "Uno:\n\n| Año | Valor |\n|---|---|\n| 2023 | 1 | |\n| 2024 | 3 | 4 | 5 |"),
        (
            "linea-que-se-pierde",
            "Uno.\n\n[Ley]: https://ejemplo.gov.co/87\n[Anexo]: https://ejemplo.gov.co \"El anexo\"\n\nDos, y [la ley][LEY].\n\n[ley]: otra.pdf",
        ),
        ("enlace-mal-escrito", "| a |\n|---|\n| [[SEC|el proceso]] |"),
        ("ancla-rota", "Vea [el proceso](../procesos/sec.md#ficah) y [el otro](#título)."),
        ("enlace-que-no-dice-nada", "Vea [aquí](https://ejemplo.gov.co)."),
        ("enlace-no-permitido", "Vea [el menú](javascript:alert)."),
        ("imagen-no-existe", "![Mapa](mapa.svg)"),
        ("imagen-de-fuera", "![Mapa](https://ejemplo.gov.co/mapa.svg)"),
    ] {
        told(rule, &[("content/paginas/pagina.md", &pagina(body))]);
    }
    told(
        "imagen-sin-texto",
        &[("content/paginas/pagina.md", &pagina("![](mapa.svg)")), ("content/paginas/mapa.svg", "<svg/>")],
    );
}

#[test]
fn names_and_addresses() {
    let bp = with(PRACTICA, "\"bp-1\"", "\"cigd\"");
    let files = [
        ("content/mipg/dimensiones/d1.md", DIMENSION),
        ("content/mipg/politicas/integridad.md", POLITICA),
        ("content/buenas-practicas/bp.md", &bp),
        ("content/paginas/pagina.md", &pagina("Vea [[cigd]].")),
    ];
    told("referencia-ambigua", &files);
    told(
        "direccion-repetida",
        &[
            ("content/paginas/a.md", &pagina("a")),
            ("content/paginas/b.md", &with(&pagina("b"), "\"pagina\"", "\"Página.\"")),
        ],
    );
    told("imagen-repetida", &[("content/paginas/mapa.svg", "<svg/>"), ("content/paginas/Mapa.SVG", "<svg/>")]);
    let sitio = Sitio::new();
    sitio.edit("content/enlaces.toml", "https://ejemplo.gov.co/pqrsd", "javascript:alert(1)");
    told_of("direccion-no-permitida", &sitio);
    let sitio = Sitio::new();
    sitio.edit("content/enlaces.toml", "https://ejemplo.gov.co/pqrsd", "pendiente");
    told_of("pqrsd-pendiente", &sitio);
}

#[test]
fn minutes() {
    let acta = |rule: &str, from: &str, to: &str| told(rule, &[("content/actas/01.md", &with(ACTA, from, to))]);
    acta("acta-sin-numero", "numero = 1\nfecha", "numero = \"no consta\"\nfecha");
    acta("acta-sin-texto", "caracter", "alcance = \"mencion\"\ncaracter");
    acta(
        "punto-repetido",
        "[{ numero = 1, texto = \"Verificar",
        "[{ numero = 1, texto = \"a\" }, { numero = 1, texto = \"Verificar",
    );
    acta("decision-sin-quorum", "exigido = 2, hay = true", "exigido = 3, hay = false");
    acta(
        "votos-de-mas",
        "tipo = \"aprueba\"",
        "tipo = \"aprueba\", votos = { a_favor = 3, en_contra = 0, en_blanco = 0 }",
    );
    acta("acta-anterior-imposible", "caracter", "acta_anterior = \"cigd-2024-01\"\ncaracter");
    acta(
        "clave-fuera-de-lugar",
        "{ compromiso = \"Publicar el plan\",",
        "{ actualizado = 2024-02-02, compromiso = \"Publicar el plan\",",
    );

    let sitio = Sitio::new();
    sitio.edit(
        "content/comites/cigd.md",
        "quorum = \"no consta\"",
        "quorum = { miembros = 3, deliberatorio = 2, decisorio = 2 }",
    );
    let votes = "tipo = \"aprueba\", votos = { a_favor = 1, en_contra = 1, en_blanco = 0 }";
    sitio.write("content/actas/01.md", with(ACTA, "tipo = \"aprueba\"", votes).as_bytes());
    told_of("votos-insuficientes", &sitio);

    let decides =
        |more: &str| with(ACTA, "tipo = \"aprueba\"", &format!("tipo = \"aprueba\", documento = \"SEC-MA-001\"{more}"));
    told(
        "version-inexistente",
        &[("content/documentos/ma.md", DOCUMENTO), ("content/actas/01.md", &decides(", version = \"009\""))],
    );
    told(
        "aprobacion-distinta",
        &[(
            "content/documentos/ma.md",
            &with(DOCUMENTO, "fecha_aprobacion = 2024-01-20", "fecha_aprobacion = 2024-01-21"),
        )],
    );
    told("aprobacion-en-otra-fecha", &[("content/documentos/ma.md", DOCUMENTO), ("content/actas/01.md", &decides(""))]);

    let second = |number: &str, code: &str| {
        let other = with(ACTA, "numero = 1\nfecha = 2024-02-01", &format!("numero = {number}\nfecha = 2024-02-15"));
        with(&other, "cigd-2024-01", code)
    };
    told("acta-repetida", &[("content/actas/01.md", ACTA), ("content/actas/02.md", &second("1", "cigd-2024-02"))]);
    told("acta-faltante", &[("content/actas/01.md", ACTA), ("content/actas/03.md", &second("3", "cigd-2024-03"))]);
}

#[test]
fn documents_processes_policies_practices_norms() {
    let sitio = Sitio::new();
    sitio.edit("content/tipos-documentales.toml", "'^[A-Z]{3}-MA-\\d{3}$'", "'^[A-Z{3}-MA'");
    told_of("patron-invalido", &sitio);

    let sitio = Sitio::new();
    sitio.edit("content/procesos/sec.md", "\"misional\"", "\"apoyo\"");
    sitio.edit("site.toml", "procesos = 1", "procesos = 0");
    told_of("nivel-sin-declarar", &sitio);

    let sitio = Sitio::new();
    let habla = "[[habla]]\ndocumentos = \"salud\"\ngente = [\"hospital\", \"puesto de salud\"]\n\n[[nivel]]";
    sitio.edit("site.toml", "[[nivel]]", habla);
    told_of("habla-de-varias-palabras", &sitio);

    let sitio = Sitio::new();
    sitio.write(
        "content/dependencias.toml",
        b"[[dependencia]]\ncodigo = \"general\"\nnombre = \"General\"\ncargo = \"no consta\"\n",
    );
    sitio.edit(
        "content/procesos/sec.md",
        "responsables = \"no consta\"",
        "responsables = [{ dependencia = \"general\" }]",
    );
    sitio.edit("content/procesos/sec.md", "participan = \"no consta\"", "participan = [{ dependencia = \"general\" }]");
    told_of("participa-solo-el-responsable", &sitio);

    let mipg = ("content/mipg/dimensiones/d1.md", DIMENSION);
    let nobody = with(POLITICA, "[{ texto = \"Secretaría General\" }]", "\"no consta\"");
    told("politica-sin-responsable", &[mipg, ("content/mipg/politicas/i.md", &nobody)]);
    let policy = ("content/mipg/politicas/i.md", POLITICA);
    let poor = with(
        &with(PRACTICA, "problema = \"Nadie leía el código.\"\n", ""),
        "alianzas = [\"Universidad de Ejemplo\"]\n",
        "",
    );
    told("segundo-nivel-incompleto", &[mipg, policy, ("content/buenas-practicas/bp.md", &poor)]);

    let gone = with(NORMA, "\"vigente\"", "\"derogada\"");
    let sitio = Sitio::new();
    sitio.write("content/normas.toml", gone.as_bytes());
    sitio.write("content/paginas/pagina.md", pagina("Según la [[ley-1]].").as_bytes());
    sitio.edit("content/comites/cigd.md", "actos = \"no consta\"", "actos = [\"ley-1\"]");
    told_of("norma-derogada", &sitio);
}

#[test]
fn what_was_published() {
    let sealed = || {
        let sitio = Sitio::new();
        sitio.write("content/documentos/ma.md", DOCUMENTO.as_bytes());
        sitio.write("content/actas/01.md", ACTA.as_bytes());
        for args in [&["build"][..], &["seal", "--date", "2024-05-02"]] {
            let output = sitio.run(args);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        sitio
    };
    let sitio = sealed();
    sitio.edit("content/documentos/ma.md", "Manual de servicio", "Manual");
    told_of("cambio-sin-version", &sitio);
    let sitio = sealed();
    std::fs::remove_file(sitio.path().join("content/actas/01.md")).expect("the acta goes");
    told_of("codigo-desaparecido", &sitio);
    sitio.write("content/actas/01.md", with(ACTA, "comite =", "estado = \"borrador\"\ncomite =").as_bytes());
    assert!(sitio.check().contains("el registro es ahora un borrador"));
    let sitio = sealed();
    sitio.edit("content/huellas.toml", "2024-05-02", "2024-05-32");
    told_of("huellas-alteradas", &sitio);
}

#[test]
fn files() {
    for (rule, line) in [
        ("no-consta-no-admitido", "titulo = \"no consta\""),
        ("texto-vacio", "titulo = \"\""),
        ("clave-mal-escrita", "título = \"Una\""),
        ("comillas-adentro", "titulo = \"La \"mejor\" página\""),
        ("cero-a-la-izquierda", "titulo = \"Una\"\norden = 003"),
        ("numero-con-unidad", "titulo = \"Una\"\norden = 3 %"),
        ("hora-sin-comillas", "titulo = \"Una\"\nresumen = 8:00 a.m."),
        ("si-o-no", "titulo = \"Una\"\norden = sí"),
        ("fecha-mal-escrita", "titulo = \"Una\"\npublicado = 31 de julio de 2025"),
        ("falta-coma", "titulo = \"Una\"\nalias = [\"a\" \"b\"]"),
        ("lista-sin-cerrar", "titulo = \"Una\"\nalias = [\"a\",\norden = 1"),
    ] {
        let page = format!("+++\ncodigo = \"p\"\n{line}\n+++\n");
        told(rule, &[("content/paginas/pagina.md", &page)]);
    }
    let practica = PRACTICA.replace("valor = 80.0", "valor = 1.240");
    told(
        "punto-de-miles",
        &[
            ("content/mipg/dimensiones/d1.md", DIMENSION),
            ("content/mipg/politicas/i.md", POLITICA),
            ("content/buenas-practicas/1.md", &practica),
        ],
    );
    told("valor-vacio", &[("content/paginas/pagina.md", "+++\ncodigo = \"p\"\ntitulo =\n+++\n")]);
    told("toml-incomprensible", &[("content/paginas/pagina.md", "+++\ncodigo = \"p\"\ntitulo = ]\n+++\n")]);
    told("archivo-demasiado-grande", &[("content/paginas/pagina.md", &"a".repeat(3 << 20))]);
    let sitio = Sitio::new();
    sitio.write("content/paginas/pagina.md", b"\xff\xfe+\0+\0+\0\n\0");
    told_of("codificacion-utf16", &sitio);
    let sitio = Sitio::new();
    std::fs::remove_file(sitio.path().join("site.toml")).expect("site.toml goes");
    told_of("falta-site-toml", &sitio);
    let sitio = Sitio::new();
    let keys: String = (0..20_001).map(|i| format!("k{i} = 1\n")).collect();
    sitio.write("content/paginas/pagina.md", format!("+++\n{keys}+++\n").as_bytes());
    told_of("demasiadas-claves", &sitio);
}

#[cfg(unix)]
#[test]
fn files_of_unix() {
    let sitio = Sitio::new();
    std::os::unix::fs::symlink("/etc/hostname", sitio.path().join("content/procesos/fuera.md")).expect("a link");
    told_of("enlace-simbolico-afuera", &sitio);
    let sitio = Sitio::new();
    std::os::unix::fs::symlink("nada.md", sitio.path().join("content/procesos/roto.md")).expect("a link");
    assert!(sitio.check().contains("enlace-simbolico"), "a link to nothing is told");
}

#[test]
fn a_broken_record_blames_only_itself() {
    let sitio = Sitio::new();
    sitio.write("content/documentos/ma.md", DOCUMENTO.as_bytes());
    sitio.write("content/paginas/pagina.md", pagina("Vea [[SEC]] y [el proceso](../procesos/sec.md).").as_bytes());
    sitio.edit("content/procesos/sec.md", "nombre =", "nonbre =");
    let said = sitio.check();
    let codes: Vec<&str> = said.lines().filter(|l| l.starts_with("error[")).collect();
    assert_eq!(codes.len(), 1, "the unknown key, nothing else:\n{said}");
}

#[test]
fn the_theme_is_checked_too() {
    let sitio = Sitio::new();
    let theme = include_dir::include_dir!("$CARGO_MANIFEST_DIR/themes/sede");
    for file in theme.dirs().flat_map(|folder| folder.files()) {
        sitio.write(&format!("themes/sede/{}", file.path().display()), file.contents());
    }
    sitio.edit("themes/sede/templates/pie.html", "href=\"/glosario/index.html\"", "href=\"/glosarios/index.html\"");
    let said = sitio.check();
    assert!(said.contains("[enlace-del-tema-roto]") && said.contains("enlaza «glosarios/index.html»"), "{said}");
}

#[test]
fn a_file_full_of_mistakes_is_told_in_a_moment() {
    let sitio = Sitio::new();
    let body: String = (0..40_000).map(|i| format!("Vea [[NO-EXISTE-{i}]] y ![x](no-{i}.png).\n")).collect();
    sitio.write("content/paginas/pagina.md", pagina(&body).as_bytes());
    let said = sitio.check();
    assert!(said.ends_with("100 errores, ningún aviso\n[salida 1]"), "{}", said.lines().last().unwrap_or(""));
}

#[test]
fn another_number_is_not_a_slip() {
    let sitio = Sitio::new();
    sitio.write("content/normas.toml", NORMA.as_bytes());
    sitio.edit("content/comites/cigd.md", "actos = \"no consta\"", "actos = [\"Ley 2 de 2000\"]");
    let said = sitio.check();
    assert!(said.contains("cree ese registro con «micrositio new norma»") && !said.contains("quiso decir"), "{said}");
}

#[test]
fn addresses_that_lead_nowhere() {
    let documento = with(DOCUMENTO, "archivo = \"no consta\"", "archivo = \"ser-ma-001.pdf\"");
    let norma = with(NORMA, "enlace = \"no consta\"", "enlace = \"pendiente\"");
    let sitio = "[[enlaces]]\ncodigo = \"pqrsd\"\nnombre = \"PQRSD\"\nurl = \"pendiente\"\n\n\
        [[enlaces]]\ncodigo = \"sede\"\nnombre = \"Sede\"\nurl = \"https://ejemplo.gov.co/una sede\"\n";
    let site = Sitio::new();
    for (path, text) in [("documentos/1.md", &*documento), ("normas.toml", &*norma), ("enlaces.toml", sitio)] {
        site.write(&format!("content/{path}"), text.as_bytes());
    }
    insta::assert_snapshot!("direcciones", site.check());
}

#[test]
fn dates_in_an_order_that_cannot_be() {
    let documento = with(DOCUMENTO, "fecha_elaboracion = 2024-01-10", "fecha_elaboracion = 2024-02-10");
    let acta = with(ACTA, "fecha = 2024-02-01", "fecha = 2024-02-01\nproxima = 2023-03-01\npublicado = 2024-01-31");
    let pagina = with(&pagina("Uno."), "titulo", "publicado = 2025-02-01\nactualizado = 2024-02-01\ntitulo");
    told(
        "fecha-en-desorden",
        &[
            ("content/documentos/1.md", &documento),
            ("content/actas/1.md", &acta),
            ("content/paginas/pagina.md", &pagina),
        ],
    );
    // Its year is that of no other record, and rules what is overdue in all of them.
    let acta = with(ACTA, "fecha = 2024-02-01", "fecha = 2024-02-01\nactualizado = 2052-02-09");
    told("fecha-lejana", &[("content/actas/1.md", &acta)]);
}
