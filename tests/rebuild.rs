//! A build after another gives the same bytes as one from nothing, whatever happened in between; and does no more than it must.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // a test may fail

mod sitio;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use sitio::Sitio;

/// What happens between two builds.
#[derive(Debug, Clone)]
enum Change {
    /// A sentence more in a record.
    Text(usize),
    /// Another title, which other pages show.
    Title(usize),
    /// A record more, which links to others.
    Added(usize),
    /// A record less.
    Withdrawn(usize),
    /// Another file name for the same record.
    Renamed(usize),
    /// A template, the style sheet, the configuration.
    Template,
    Style,
    Config,
    /// Another hand in what was published.
    Spoilt(usize),
    Lost(usize),
    Foreign,
    /// The cache is gone, or half of it.
    Forgotten,
    Half,
    /// A build that was killed: it left a stage, or did not come to remember what it published.
    Killed(usize),
}

fn exe() -> Command {
    Command::new(env!("CARGO_BIN_EXE_micrositio"))
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..1000usize).prop_map(Change::Text),
        2 => (0..1000usize).prop_map(Change::Title),
        2 => (0..1000usize).prop_map(Change::Added),
        1 => (0..1000usize).prop_map(Change::Withdrawn),
        1 => (0..1000usize).prop_map(Change::Renamed),
        1 => Just(Change::Template),
        1 => Just(Change::Style),
        1 => Just(Change::Config),
        1 => (0..1000usize).prop_map(Change::Spoilt),
        1 => (0..1000usize).prop_map(Change::Lost),
        1 => Just(Change::Foreign),
        1 => Just(Change::Forgotten),
        1 => Just(Change::Half),
        1 => (0..40usize).prop_map(Change::Killed),
    ]
}

fn pagina(n: usize, text: &str) -> String {
    format!(
        "+++\ncodigo = \"PAG-{n:03}\"\ntitulo = \"Página número {n}\"\npublicado = 2024-01-{:02}\n+++\n\n## Qué dice\n\n{text}\n",
        n % 28 + 1
    )
}

/// A site with pages that link to each other and a theme of its own.
fn sitio() -> Sitio {
    let sitio = Sitio::new();
    for n in 0..6 {
        let next = (n + 1) % 6;
        sitio.write(&format!("content/paginas/p{n}.md"), pagina(n, &format!("Vea [[PAG-{next:03}]].")).as_bytes());
    }
    for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/sede")) {
        sitio.write(&format!("themes/sede/{path}"), &bytes);
    }
    sitio
}

fn pages_of(sitio: &Sitio) -> Vec<String> {
    let names = fs::read_dir(sitio.path().join("content/paginas")).expect("a folder");
    let mut names: Vec<String> =
        names.map(|e| format!("content/paginas/{}", e.expect("an entry").file_name().display())).collect();
    names.sort();
    names
}

fn append(sitio: &Sitio, path: &str, text: &str) {
    let before = fs::read_to_string(sitio.path().join(path)).expect("a file");
    sitio.write(path, (before + text).as_bytes());
}

fn apply(sitio: &Sitio, change: &Change, step: usize) {
    let pages = pages_of(sitio);
    let pick = |n: &usize| pages[n % pages.len()].as_str();
    let published = |n: &usize| {
        let files: Vec<String> =
            tree(&sitio.path().join("public")).into_keys().filter(|p| p != "micrositio.json").collect();
        (!files.is_empty()).then(|| format!("public/{}", files[n % files.len()]))
    };
    match change {
        Change::Text(n) => append(sitio, pick(n), &format!("Frase {step}, con una palabra{n}.\n")),
        Change::Title(n) => {
            let path = pick(n);
            let text = fs::read_to_string(sitio.path().join(path)).expect("a page");
            sitio.write(path, text.replacen("titulo = \"", &format!("titulo = \"Otra {step} "), 1).as_bytes());
        }
        Change::Added(n) => {
            let text = "Vea [[PAG-000]] y [la otra](p1.md#que-dice).";
            sitio.write(&format!("content/paginas/x{n}.md"), pagina(100 + n, text).as_bytes());
        }
        // It may be an error: what was linked is gone. Then nothing is published, by either build.
        Change::Withdrawn(n) => fs::remove_file(sitio.path().join(pick(n))).expect("it was there"),
        Change::Renamed(n) => {
            let to = format!("content/paginas/renombrada{step}.md");
            fs::rename(sitio.path().join(pick(n)), sitio.path().join(to)).expect("it was there");
        }
        Change::Template => append(sitio, "themes/sede/templates/pie.html", &format!("<p>Pie {step}</p>\n")),
        Change::Style => append(sitio, "themes/sede/estilos/sede.css", &format!("/* {step} */\n")),
        Change::Config => sitio.edit("site.toml", "descripcion = \"", &format!("descripcion = \"{step} ")),
        Change::Spoilt(n) => published(n).iter().for_each(|path| {
            // The same length: only its time tells it.
            let length = fs::metadata(sitio.path().join(path)).expect("a file").len();
            sitio.write(path, &vec![b'x'; usize::try_from(length).expect("small")]);
        }),
        Change::Lost(n) => {
            published(n).iter().for_each(|path| fs::remove_file(sitio.path().join(path)).expect("it was there"));
        }
        Change::Foreign => {
            if sitio.path().join("public").exists() {
                sitio.write("public/de-otro.txt", b"otra mano");
            }
        }
        Change::Forgotten => drop(fs::remove_dir_all(sitio.path().join(".micrositio"))),
        Change::Half => drop(fs::write(sitio.path().join(".micrositio/paginas"), b"roto")),
        Change::Killed(ms) => {
            let mut child = exe().args(["build"]).current_dir(sitio.path()).spawn().expect("it starts");
            std::thread::sleep(std::time::Duration::from_millis(*ms as u64 * 5));
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Every file of a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            let path = e.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
            (path, fs::read(e.path()).expect("a file"))
        })
        .collect()
}

/// The sources, in another folder, built from nothing; what was said where they have errors.
fn from_nothing(sitio: &Sitio) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let fresh = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in tree(sitio.path()) {
        if path == "site.toml" || path.starts_with("content/") || path.starts_with("themes/") {
            let to = fresh.path().join(&path);
            fs::create_dir_all(to.parent().expect("a folder")).expect("it is made");
            fs::write(to, bytes).expect("it is written");
        }
    }
    let output = exe().arg("build").current_dir(fresh.path()).output().expect("it runs");
    match output.status.success() {
        true => Ok(tree(&fresh.path().join("public"))),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_gives_the_bytes_of_a_fresh_build(changes in prop::collection::vec(change(), 1..8)) {
        let sitio = sitio();
        prop_assert!(sitio.run(&["build"]).status.success());
        for (step, change) in changes.iter().enumerate() {
            apply(&sitio, change, step);
            let built = sitio.run(&["build"]);
            let said = String::from_utf8_lossy(&built.stderr).into_owned();
            match from_nothing(&sitio) {
                Ok(fresh) => {
                    prop_assert!(built.status.success(), "{change:?}: {said}");
                    let rebuilt = tree(&sitio.path().join("public"));
                    let paths = |t: &BTreeMap<String, Vec<u8>>| t.keys().cloned().collect::<Vec<_>>();
                    prop_assert_eq!(paths(&rebuilt), paths(&fresh), "{:?}", change);
                    for (path, bytes) in &fresh {
                        prop_assert!(rebuilt[path] == *bytes, "{path} after {change:?}");
                    }
                }
                Err(told) => prop_assert_eq!(built.status.code(), Some(1), "{:?}: {} and {}", change, said, told),
            }
        }
    }
}

fn said(sitio: &Sitio) -> String {
    let output = sitio.run(&["build"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn only_what_changed_is_drawn_and_written() {
    let sitio = sitio();
    said(&sitio);
    let published = |path: &str| fs::metadata(sitio.path().join("public").join(path)).expect("it is published");
    let (other, page) = (published("paginas/pag-003.html"), published("paginas/pag-002.html"));
    append(&sitio, "content/paginas/p2.md", "Una frase más.\n");
    let told = said(&sitio);
    assert!(told.contains("(1 dibujadas de nuevo)"), "{told}");
    assert_eq!(
        published("paginas/pag-003.html").modified().expect("a time"),
        other.modified().expect("a time"),
        "a file that did not change keeps its time"
    );
    assert_ne!(published("paginas/pag-002.html").len(), page.len());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(published("paginas/pag-003.html").ino(), other.ino(), "and is the same file");
    }
    // A title is shown by whoever links to it.
    sitio.edit("content/paginas/p3.md", "titulo = \"", "titulo = \"Otra ");
    let told = said(&sitio);
    assert!(told.contains("dibujadas de nuevo"), "{told}");
    let linking = fs::read_to_string(sitio.path().join("public/paginas/pag-002.html")).expect("a page");
    assert!(linking.contains("Otra Página número 3"), "{linking}");
}

#[test]
fn nothing_changed_and_nothing_is_done() {
    let sitio = sitio();
    said(&sitio);
    // What was written in the same tick of the clock as a build proves nothing.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    said(&sitio);
    let folder = fs::metadata(sitio.path().join("public")).expect("a folder").modified().expect("a time");
    let told = said(&sitio);
    assert!(told.contains("sin cambios"), "{told}");
    assert_eq!(fs::metadata(sitio.path().join("public")).expect("a folder").modified().expect("a time"), folder);
    sitio.write("public/de-otro.txt", b"otra mano");
    assert!(!said(&sitio).contains("sin cambios"));
    assert!(!sitio.path().join("public/de-otro.txt").exists());
}

#[cfg(unix)]
#[test]
fn files_of_the_same_bytes_stay_with_the_memory_of_the_last_build_or_without() {
    use std::os::unix::fs::MetadataExt;
    let sitio = sitio();
    said(&sitio);
    let file = |path: &str| {
        let meta = fs::metadata(sitio.path().join("public").join(path)).expect("it is published");
        (meta.ino(), meta.modified().expect("a time"))
    };
    for forget in [false, true] {
        let paths = ["datos/registros.json", "index.html", "paginas/pag-003.html"];
        let before = paths.map(file);
        if forget {
            fs::remove_dir_all(sitio.path().join(".micrositio")).expect("it is there");
        }
        said(&sitio);
        assert_eq!(paths.map(file), before, "forget: {forget}");
    }
    let before = file("datos/registros.json");
    append(&sitio, "content/paginas/p2.md", "Una frase más.\n");
    said(&sitio);
    assert_ne!(file("datos/registros.json"), before, "its hash of that page is another");
    let left: Vec<_> = fs::read_dir(sitio.path().join("public/datos")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

/// Copies the theme into a site, to `to`.
fn own_theme(sitio: &Sitio, to: &str) {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/sede");
    for entry in walkdir::WalkDir::new(&theme).into_iter().map(|entry| entry.expect("the theme is read")) {
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(&theme).expect("a file of the theme");
            sitio.write(&format!("{to}/{}", inside.display()), &fs::read(entry.path()).expect("it is read"));
        }
    }
}

#[test]
fn a_file_that_is_gone_is_missed_by_the_pages_that_were_kept() {
    let sitio = Sitio::new();
    own_theme(&sitio, "themes/sede");
    assert!(sitio.run(&["build"]).status.success());
    fs::remove_file(sitio.path().join("themes/sede/estilos/sede.css")).expect("it is removed");
    let again = sitio.run(&["build"]);
    let told = String::from_utf8_lossy(&again.stderr);
    assert!(!again.status.success() && told.contains("enlace-del-tema-roto"), "{told}");
}

#[test]
#[cfg(unix)]
fn a_theme_behind_a_link_is_a_source_as_any_other() {
    let sitio = Sitio::new();
    own_theme(&sitio, "otra/sede");
    fs::create_dir(sitio.path().join("themes")).expect("a folder");
    std::os::unix::fs::symlink("../otra/sede", sitio.path().join("themes/sede")).expect("a link");
    assert!(sitio.run(&["build"]).status.success());
    sitio.edit("otra/sede/templates/pie.html", "</footer>", "<p>Otro pie</p></footer>");
    assert!(sitio.run(&["build"]).status.success());
    let page = fs::read_to_string(sitio.path().join("public/index.html")).expect("the page");
    assert!(page.contains("Otro pie"));
    assert!(sitio.run(&["archive", "copia", "--with-sources"]).status.success());
    assert!(sitio.path().join("copia/fuentes/themes/sede/templates/pie.html").is_file());
}

#[test]
fn an_index_that_is_gone_is_made_again() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["build"]).status.success());
    fs::remove_dir_all(sitio.path().join(".micrositio/indice")).expect("it is removed");
    assert!(sitio.run(&["build"]).status.success());
    let found = sitio.run(&["search", "ciudadano"]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("procesos/sec.html"), "{found:?}");
    // Where it cannot be kept, the site is published all the same.
    fs::remove_file(sitio.path().join(".micrositio/indice.json")).expect("it is removed");
    sitio.write(".micrositio/indice.json/x", b"");
    let built = sitio.run(&["build"]);
    assert!(built.status.success() && String::from_utf8_lossy(&built.stderr).contains("índice"), "{built:?}");
    assert_eq!(sitio.run(&["build", "-o", ".micrositio"]).status.code(), Some(2));
}
