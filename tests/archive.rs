//! Copies that last: a bag is written, its bytes do not depend on anything but the site, and ordinary tools accept it.

#![allow(clippy::expect_used)] // a test may fail

mod sitio;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use sitio::{ACTA, DOCUMENTO, NORMA, Sitio};

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

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("no {path}"))).expect("UTF-8")
}

/// A small site, built.
fn built() -> Sitio {
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    done(&sitio.run(&["build"]));
    sitio
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a command that must fail said.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Whether an outside tool is on this machine; `tests/run` installs those that matter.
fn has(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}

#[test]
fn a_bag_holds_the_site_and_what_tells_of_it() {
    let sitio = built();
    let said = done(&sitio.run(&["archivar", "copia"]));
    assert!(said.contains("Huella del contenido: ") && said.contains("micrositio verify \"copia"), "{said}");
    let bag = files(&sitio.path().join("copia"));
    let public = files(&sitio.path().join("public"));
    for (path, bytes) in &public {
        assert_eq!(bag.get(&format!("data/{path}")), Some(bytes), "{path}");
    }
    let tags: Vec<&str> = bag.keys().map(String::as_str).filter(|path| !path.starts_with("data/")).collect();
    let expected = [
        "LEAME.html",
        "LEAME.txt",
        "bag-info.txt",
        "bagit.txt",
        "inventario.csv",
        "inventario.xlsx",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha512.txt",
    ];
    assert_eq!(tags, expected);
    assert_eq!(text(&bag, "bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let bytes: usize = public.values().map(Vec::len).sum();
    let info = text(&bag, "bag-info.txt");
    for line in [
        "Source-Organization: Alcaldía de Ejemplo\n".to_owned(),
        "Bagging-Date: 2024-05-01\n".to_owned(),
        format!("Payload-Oxum: {bytes}.{}\n", public.len()),
    ] {
        assert!(info.contains(&line), "{info}");
    }
    for start in ["LEAME.html", "LEAME.txt"] {
        let start = text(&bag, start);
        for said in ["data/index.html", "2024-05-01", "sha256sum -c manifest-sha256.txt", "RFC 8493"] {
            assert!(start.contains(said), "{said}");
        }
    }
    let csv = text(&bag, "inventario.csv");
    assert!(csv.starts_with(
        "serie,subserie,titulo,codigo,fecha_inicial,fecha_final,medio,idioma,formato,tamano_bytes,sha256"
    ));
    assert!(csv.contains(",cigd-2024-01,2024-02-"), "{csv}");
    if has("sha256sum") {
        for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            let mut sums = Command::new("sha256sum");
            sums.args(["-c", "--quiet", "--strict", manifest]).current_dir(sitio.path().join("copia"));
            done(&sums.output().expect("it runs"));
        }
    }
}

/// The cells of a spreadsheet, by row.
fn sheet(path: &Path) -> Vec<Vec<String>> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("the file")).expect("a zip");
    let mut xml = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").expect("the sheet").read_to_string(&mut xml).expect("UTF-8");
    let plain =
        |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let cell = regex::Regex::new("<(?:v|t xml:space=\"preserve\")>([^<]*)</").expect("a pattern");
    let row = |row: &str| cell.captures_iter(row).filter_map(|c| Some(plain(c.get(1)?.as_str()))).collect();
    xml.split("<row ").skip(1).map(row).collect()
}

/// The cells of a CSV, by row.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let cell = regex::Regex::new("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))").expect("a pattern");
    let text =
        |c: regex::Captures<'_>| c.get(1).or(c.get(2)).map_or(String::new(), |m| m.as_str().replace("\"\"", "\""));
    csv.lines().map(|line| cell.captures_iter(line).map(text).collect()).collect()
}

#[test]
fn the_inventory_has_what_a_document_says() {
    let sitio = built();
    sitio.write(
        "content/documentos/ma.md",
        DOCUMENTO.replace("serie = \"no consta\"", "serie = \"Manuales, y \\\"guías\\\"\"").as_bytes(),
    );
    done(&sitio.run(&["build"]));
    done(&sitio.run(&["archive", "copia"]));
    let csv = fs::read_to_string(sitio.path().join("copia/inventario.csv")).expect("the inventory");
    let row = csv.lines().find(|line| line.contains("SEC-MA-001")).expect("its row");
    let start = "\"Manuales, y \"\"guías\"\"\",no consta,Manual de servicio,SEC-MA-001,2024-01-10,2024-01-20,electrónico,es,HTML,";
    assert!(
        row.starts_with(start) && row.ends_with(",documento,data/documentos/sec-ma-001.html,Alcaldía de Ejemplo"),
        "{row}"
    );
    assert_eq!(sheet(&sitio.path().join("copia/inventario.xlsx")), cells(&csv), "the spreadsheet has the same cells");
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (one, two) = (built(), built());
    for sitio in [&one, &two] {
        done(&sitio.run(&["archive", "copia.zip"]));
        done(&sitio.run(&["archive", "copia", "--con-fuentes"]));
    }
    let zip = |sitio: &Sitio| fs::read(sitio.path().join("copia.zip")).expect("the zip");
    assert!(zip(&one) == zip(&two));
    assert!(files(&one.path().join("copia")) == files(&two.path().join("copia")));
    if has("unzip") {
        // `unzip -t` warns of nothing, and gives what the folder has.
        let unzipped =
            Command::new("unzip").args(["-q", "copia.zip", "-d", "abierta"]).current_dir(one.path()).output();
        done(&unzipped.expect("it runs"));
        done(&one.run(&["archive", "carpeta"]));
        assert!(files(&one.path().join("carpeta")) == files(&one.path().join("abierta/micrositio-2024-05-01")));
    }
}

#[test]
fn the_site_is_built_again_from_the_sources_of_a_copy() {
    let secret = "Juana Pérez, CC 123";
    let sitio = built();
    sitio.edit(
        "content/procesos/sec.md",
        "+++\ncodigo",
        "+++\nalias = [\"[[reservado: Ley 1581|Juana Pérez, CC 123]]\"]\ncodigo",
    );
    sitio.write(
        "content/paginas/a.md",
        format!("+++\ncodigo = \"a\"\ntitulo = \"A\"\n+++\n\n## Uno\n\nOyó a [[reservado: Ley 1581|{secret}]].\n")
            .as_bytes(),
    );
    sitio.write(
        "content/paginas/b.md",
        format!("+++\ncodigo = \"b\"\ntitulo = \"{secret}\"\nestado = \"borrador\"\n+++\n").as_bytes(),
    );
    let draft = NORMA.replace("ley-1", "ley-2").replace("\"vigente\"", "\"borrador\"").replace("Congreso", secret);
    sitio.write("content/normas.toml", format!("{NORMA}\n# {secret}\n{draft}").as_bytes());
    sitio.write("content/paginas/mapa.png", b"\x89PNG");
    done(&sitio.run(&["build", "--date", "2024-07-01", "--base-url", "https://x.gov.co/"]));
    done(&sitio.run(&["archive", "copia", "--con-fuentes"]));
    let bag = files(&sitio.path().join("copia"));
    assert!(bag.contains_key("fuentes/content/paginas/mapa.png") && !bag.contains_key("fuentes/content/paginas/b.md"));
    for (path, bytes) in &bag {
        assert!(!String::from_utf8_lossy(bytes).contains(secret), "{path}");
    }
    let command = text(&bag, "LEAME.txt").split("micrositio build ").nth(1).expect("the command").split_whitespace();
    let command: Vec<&str> = std::iter::once("build").chain(command).collect();
    assert_eq!(
        command,
        ["build", "-s", "fuentes", "-o", "NUEVA", "--date", "2024-07-01", "--base-url", "https://x.gov.co/"]
    );
    let rebuilt =
        Command::new(env!("CARGO_BIN_EXE_micrositio")).args(&command).current_dir(sitio.path().join("copia")).output();
    done(&rebuilt.expect("it runs"));
    assert!(files(&sitio.path().join("public")) == files(&sitio.path().join("copia/NUEVA")));

    sitio.edit("content/procesos/sec.md", "Servicio al", "Servicio a la");
    assert!(refused(&sitio.run(&["archive", "otra", "--with-sources"])).contains("ya no son las del sitio publicado"));
    assert!(!sitio.path().join("otra").exists());
}

#[test]
fn what_cannot_be_withheld_for_sure_is_refused() {
    let sitio = Sitio::new();
    let hidden = "\\u005b[reservado: Ley 1581|Juana]]";
    sitio.edit("content/procesos/sec.md", "+++\ncodigo", &format!("+++\nalias = [\"{hidden}\"]\ncodigo"));
    done(&sitio.run(&["build"]));
    assert!(refused(&sitio.run(&["archive", "copia", "--con-fuentes"])).contains("sec.md"), "{hidden}");
    assert!(!sitio.path().join("copia").exists());
}

#[test]
fn nothing_is_written_over_or_left_half() {
    let sitio = built();
    let said = |args: &[&str]| refused(&sitio.run(args));
    sitio.write("llena/x.txt", b"x");
    sitio.write("archivo.zip", b"x");
    assert!(said(&["archive", "llena"]).contains("ya existe"));
    assert!(said(&["archive", "archivo.zip"]).contains("ya existe"));
    assert!(said(&["archive", "archivo.zip/copia"]).contains("no se pudo crear la carpeta"));
    assert!(said(&["archive", "public/copia"]).contains("no puede ir dentro de"));
    assert!(said(&["archive", "copia", "-o", "content"]).contains("no hay un sitio publicado"));
    assert!(said(&["archive"]).contains("falta <DESTINO>"));
    fs::create_dir(sitio.path().join("vacía")).expect("a folder");
    done(&sitio.run(&["archive", "vacía"]));

    sitio.write("public/nota.txt", b"x");
    assert!(said(&["archive", "copia"]).contains("nota.txt no lo escribió micrositio"));
    fs::remove_file(sitio.path().join("public/nota.txt")).expect("removed");
    sitio.edit("public/procesos/sec.html", "Servicio", "servicio");
    for dest in ["copia", "copia.zip"] {
        let said = said(&["archive", dest]);
        assert!(said.contains("sec.html cambió después de la construcción: construya de nuevo"), "{said}");
    }
    fs::remove_file(sitio.path().join("public/procesos/sec.html")).expect("removed");
    assert!(said(&["archive", "copia"]).contains("sec.html: no existe"));
    let left: Vec<String> =
        fs::read_dir(sitio.path()).expect("the site").filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    assert!(!left.iter().any(|name| name.contains("copia") || name.contains("incompleto")), "{left:?}");
}

/// On a disk of 40 KB, which only some systems let a test make.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let sitio = built();
    let script = "mkdir disco && mount -t tmpfs -o size=40k tmpfs disco && \"$0\" archive \"disco/$1\"; code=$?; ls -A disco; exit $code";
    let run = |script: &str, dest: &str| {
        let args = ["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_micrositio"), dest];
        let output = Command::new("unshare").args(args).current_dir(sitio.path()).output();
        let _ = fs::remove_dir(sitio.path().join("disco"));
        output
    };
    if !run("mkdir disco && mount -t tmpfs tmpfs disco", "").is_ok_and(|output| output.status.success()) {
        return;
    }
    for dest in ["copia", "copia.zip"] {
        let output = run(script, dest).expect("it runs");
        let said = refused(&output);
        assert!(said.contains("no queda espacio en el disco") && output.stdout.is_empty(), "{dest}: {said}");
    }
}

/// The same on a disk that cannot be written.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_cannot_be_written_is_told() {
    let sitio = built();
    let script = "mkdir disco && mount -t tmpfs -o ro tmpfs disco && exec \"$0\" archive disco/copia";
    let args = ["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_micrositio")];
    let Ok(output) = Command::new("unshare").args(args).current_dir(sitio.path()).output() else { return };
    let said = String::from_utf8_lossy(&output.stderr);
    if said.starts_with("error: ") {
        assert!(refused(&output).contains("el disco es de solo lectura"), "{said}");
    }
}

/// The system kills whoever writes more of a file than it is allowed: so a run dies at a place of its work, not at a moment of the clock.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing_that_looks_finished() {
    use std::os::unix::process::ExitStatusExt;
    let sitio = built();
    for dest in ["copia", "copia.zip", "sitio.wacz"] {
        let args = if dest == "sitio.wacz" { vec!["archive", "--wacz", dest] } else { vec!["archive", dest] };
        let mut killed = 0;
        // In blocks of 512 bytes: from the first that is written to after the last.
        for allowed in (0..20).chain((20..1000).step_by(13)) {
            let script = format!("ulimit -c 0; ulimit -f {allowed}; exec \"$0\" \"$@\"");
            let run = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_micrositio")])
                .args(&args)
                .current_dir(sitio.path())
                .output()
                .expect("it runs");
            if run.status.success() {
                break;
            }
            assert!(run.status.signal().is_some(), "{}", String::from_utf8_lossy(&run.stderr));
            assert!(!sitio.path().join(dest).exists(), "{dest} after {allowed} blocks");
            killed += 1;
        }
        assert!(killed > 10, "{dest}: {killed}");
        let path = sitio.path().join(dest);
        if dest != "sitio.wacz" {
            done(&sitio.run(&["verify", dest]));
        }
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        done(&sitio.run(&args));
    }
    let left = fs::read_dir(sitio.path()).expect("the site").filter_map(|e| e.ok()?.file_name().into_string().ok());
    assert!(!left.into_iter().any(|name| name.contains("incompleto")));
}
