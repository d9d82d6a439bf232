//! The guide's recipes to publish by difference do what they say.

#![cfg(unix)]
#![allow(clippy::expect_used)] // a test may fail

mod sitio;

use std::fs;
use std::path::Path;
use std::process::Command;

use sitio::{ACTA, Sitio};

/// The indented lines that follow a mark in the guide's section.
fn recipe(mark: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guia-de-publicacion.md");
    let guide = fs::read_to_string(path).expect("the guide");
    let section = guide.split("\n### ").find(|s| s.starts_with("Subir solo lo que cambió")).expect("the section");
    let after = section.split(mark).nth(1).expect("the recipe");
    let lines = after.lines().skip_while(|line| !line.starts_with("    ")).take_while(|line| line.starts_with("    "));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn what_is_online_becomes_what_was_built() {
    let sitio = Sitio::new();
    let run = |lines: &[String]| {
        let script = format!("set -eu\n{}", lines.join("\n"));
        let output = Command::new("bash").args(["-c", &script]).current_dir(sitio.path()).output().expect("it runs");
        assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    let read = |path: &str| fs::read_to_string(sitio.path().join(path)).expect("the file");
    assert!(sitio.run(&["build"]).status.success());
    run(&["cp -r public listas; cp -r public rsync".into()]);
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    sitio.write("content/paginas/x.png", b"\x89PNG");
    assert!(sitio.run(&["build"]).status.success());
    // A file that is online and not in what was built now.
    sitio.write("listas/vieja.html", b"x");
    sitio.edit(
        "listas/micrositio.json",
        "\"archivos\": {\n",
        "\"archivos\": {\n\"vieja.html\": {\"sha256\":\"2d7\"},\n",
    );

    let lists = |online: &str| {
        let mut lines = recipe("**Las listas**");
        let first = lines.first_mut().expect("lines");
        assert!(first.starts_with("curl "), "{first}");
        *first = format!("cp {online} en-linea.json");
        lines
    };
    run(&lists("listas/micrositio.json"));
    let gather: Vec<String> = recipe("**Por FTP**").into_iter().filter(|line| !line.starts_with("lftp ")).collect();
    assert_eq!(gather.len(), 3);
    run(&gather);
    run(&["cp -r diferencia/. public/micrositio.json listas".into()]);
    run(&["while read -r f; do rm listas/$f; done < borrar; find listas -type d -empty -delete".into()]);
    run(&["diff -r public listas".into()]);
    assert!(read("borrar").lines().any(|line| line == "vieja.html"));
    assert!(read("subir").lines().count() < read("ahora").lines().count(), "only what changed");

    // The first time all is sent.
    run(&["touch nada".into()]);
    run(&lists("nada"));
    assert_eq!(read("subir").lines().count(), read("ahora").lines().count());
    assert_eq!(read("borrar"), "");

    if Command::new("rsync").arg("--version").output().is_ok() {
        let copy = recipe("**Con rsync**").concat().replace("usuario@servidor:/srv/micrositio/", "rsync/");
        run(&[copy, "diff -r public rsync".into()]);
    }
}
