//! What was changed is found and named; what is not a sound zip is not opened; and the Library of Congress's own program agrees.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // a test may fail

mod sitio;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use micrositio::archive::bag::{self, Order};
use micrositio::archive::verify::{Report, verify};
use micrositio::publish::manifest::{About, Archivo, Manifest};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use sitio::Sitio;

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("it fits")
    }
}

/// The smallest published folder, and copies of it.
fn tiny() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let public = dir.path().join("public");
    let files = [
        ("index.html", "<p>Inicio</p>"),
        ("actas/a.html", "<p>Acta</p>"),
        ("actas/b.html", "<p>Otra</p>"),
        ("datos/registros.json", "[]"),
    ];
    let archivos = files.iter().map(|(path, text)| ((*path).to_owned(), Archivo::of(text.as_bytes()))).collect();
    let sitio =
        About { titulo: "Sitio".into(), entidad: "Entidad".into(), corte: Some("2024-05-01".into()), direccion: None };
    let manifest = Manifest { generador: concat!("micrositio ", env!("CARGO_PKG_VERSION")).into(), sitio, archivos };
    let json = manifest.to_json().expect("JSON");
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    for (path, bytes) in files.chain([("micrositio.json", json.as_slice())]) {
        let path = public.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    for dest in ["copia", "copia.zip"] {
        let order = Order { published: &public, sources: None, dest: &dir.path().join(dest) };
        bag::write(&order).expect("a copy");
    }
    dir
}

fn is_sound(report: &Report) -> bool {
    report.findings.is_empty() && report.notices.is_empty()
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            (
                e.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned(),
                fs::read(e.path()).expect("bytes"),
            )
        })
        .collect()
}

fn write_tree(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// Makes a folder that holds `before` hold `after`: only what differs is written.
fn turn(folder: &Path, before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    for path in before.keys().filter(|path| !after.contains_key(*path)) {
        fs::remove_file(folder.join(path)).expect("removed");
    }
}

#[test]
fn what_changed_is_named() {
    let sitio = Sitio::new();
    assert!(sitio.run(&["build"]).status.success());
    for dest in ["copia", "copia.zip"] {
        assert!(sitio.run(&["archive", dest]).status.success());
    }
    let said = |dest: &str, code: i32| {
        let output = sitio.run(&["verificar", dest]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    };
    let hash = said("public", 0).lines().last().expect("the hash").to_owned();
    assert!(hash.starts_with("Huella del contenido: "));
    for dest in ["copia", "copia.zip"] {
        let said = said(dest, 0);
        assert!(said.starts_with("Íntegro: ") && said.contains(&hash), "{said}");
    }
    for (dest, inside) in [("public", ""), ("copia", "data/")] {
        let at = |path: &str| {
            sitio.path().join(dest).join(path.strip_prefix(inside).map_or(path.to_owned(), |p| format!("{inside}{p}")))
        };
        let page = |name: &str| at(&format!("{inside}{name}"));
        fs::write(page("404.html"), b"otra").expect("written");
        fs::remove_file(page("mapa-del-sitio.html")).expect("removed");
        fs::rename(page("procesos/sec.html"), page("procesos/pqr.html")).expect("renamed");
        fs::copy(page("index.html"), page("copia-de-index.html")).expect("copied");
        fs::write(page("nueva.html"), b"nueva").expect("written");
        let said = said(dest, 1);
        for line in [
            format!("cambió: {inside}404.html"),
            format!("falta: {inside}mapa-del-sitio.html"),
            format!("renombrado: {inside}procesos/sec.html → {inside}procesos/pqr.html"),
            format!("sobra: {inside}copia-de-index.html, igual a {inside}index.html"),
            format!("sobra: {inside}nueva.html"),
            format!("NO está íntegro: {dest} ({} problemas)", if inside.is_empty() { 5 } else { 6 }),
        ] {
            assert!(said.lines().any(|known| known == line), "{line}:\n{said}");
        }
    }
    assert_eq!(sitio.run(&["verify", "content"]).status.code(), Some(2));
    assert_eq!(sitio.run(&["verify", "nada"]).status.code(), Some(2));
}

#[test]
fn what_the_standard_allows_is_told() {
    let dir = tiny();
    let copia = dir.path().join("copia");
    fs::write(copia.join("nota.txt"), b"x").expect("written");
    fs::remove_file(copia.join("tagmanifest-sha512.txt")).expect("removed");
    let manifest = fs::read_to_string(copia.join("tagmanifest-sha256.txt")).expect("a manifest");
    let (hash, rest) = manifest.split_at(64);
    fs::write(copia.join("tagmanifest-sha256.txt"), hash.to_uppercase() + rest).expect("written");
    let report = verify(&copia).expect("a report");
    assert_eq!(report.findings, []);
    let expected = [
        "tagmanifest-sha256.txt no está como lo escribió micrositio, aunque no contradice a los demás",
        "falta tagmanifest-sha512.txt, que no es obligatorio pero micrositio escribe",
        "nota.txt no está en ningún manifiesto",
    ];
    assert_eq!(report.notices, expected);
}

/// A change of a folder, by its number; `true` when nothing changed after all.
fn damage(files: &mut BTreeMap<String, Vec<u8>>, random: &mut Random) -> bool {
    let before = files.clone();
    let names: Vec<String> = files.keys().cloned().collect();
    let name = names[random.below(names.len())].clone();
    let other = names[random.below(names.len())].clone();
    let new = ["data/zz.html", "data/actas/zz.html", "data/a b.html", "data/ñ.html"][random.below(4)].to_owned();
    let bytes = files.get_mut(&name).expect("the file");
    let at = random.below(bytes.len());
    match random.below(12) {
        0..4 => bytes[at] ^= 1 << random.below(8),
        4 => bytes[at] = u8::try_from(random.below(256)).expect("a byte"),
        5 => bytes.truncate(at),
        6 => bytes.insert(at, b'x'),
        7 => drop(files.remove(&name)),
        8 => drop(files.insert(new, b"nuevo".to_vec())),
        9 => drop(files.get(&name).cloned().map(|bytes| files.insert(new, bytes))),
        10 => drop(files.remove(&name).map(|bytes| files.insert(new, bytes))),
        _ => {
            let (a, b) = (files[&name].clone(), files[&other].clone());
            files.insert(name, b);
            files.insert(other, a);
        }
    }
    *files == before
}

#[test]
fn no_damaged_folder_is_sound() {
    let dir = tiny();
    let good = tree(&dir.path().join("copia"));
    let (place, mut random) = (dir.path().join("dañada"), Random(1));
    write_tree(&place, &good);
    for round in 0..4000 {
        let mut files = good.clone();
        let same = (0..=random.below(2)).all(|_| damage(&mut files, &mut random)) || files == good;
        turn(&place, &good, &files);
        let told = verify(&place);
        turn(&place, &files, &good);
        match told {
            Ok(report) if same => assert!(is_sound(&report), "{round}: {report:?}"),
            Ok(report) => {
                assert!(!is_sound(&report), "{round}");
                let data = |files: &BTreeMap<String, Vec<u8>>| -> Vec<_> {
                    files.clone().into_iter().filter(|(path, _)| path.starts_with("data/")).collect()
                };
                assert!(!report.findings.is_empty() || data(&files) == data(&good), "{round}: {report:?}");
            }
            Err(_) => assert!(!same),
        }
    }
}

/// A change of bytes anywhere.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let (at, to) = (random.below(bytes.len()), random.below(bytes.len()));
    let (from, until) = (at.min(to), at.max(to).min(at.min(to) + 100));
    match random.below(9) {
        0..4 => bytes[at] ^= 1 << random.below(8),
        4 => bytes[at] = [0, 1, 0xff, b'P', b'/'][random.below(5)],
        5 => bytes.truncate(at),
        6 => bytes.insert(at, bytes[to]),
        7 => drop(bytes.drain(from..until)),
        _ => {
            let piece = bytes[from..until].to_vec();
            bytes.splice(to..to, piece);
        }
    }
}

/// What another reader finds in a zip; none when it refuses it.
fn unzipped(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut found = BTreeMap::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).ok()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        found.insert(file.name().ok()?.into_owned(), content);
    }
    Some(found)
}

#[test]
fn no_damaged_zip_is_sound() {
    let dir = tiny();
    let good = fs::read(dir.path().join("copia.zip")).expect("the zip");
    // Without the hash in its comment, as if another program had packed it.
    let mut plain = good[..good.len() - 82].to_vec();
    let length = plain.len();
    plain[length - 2..].fill(0);
    let content = unzipped(&plain);
    assert!(content.as_ref().is_some_and(|files| files.len() > 10));
    let (place, mut random) = (dir.path().join("dañada.zip"), Random(2));
    for (whole, signed) in [(&good, true), (&plain, false)] {
        fs::write(&place, whole).expect("written");
        assert!(is_sound(&verify(&place).expect("a report")));
        for round in 0..3000 {
            let mut bytes = whole.clone();
            (0..=random.below(2)).for_each(|_| mutate(&mut bytes, &mut random));
            fs::write(&place, &bytes).expect("written");
            let sound = verify(&place).is_ok_and(|report| report.findings.is_empty());
            assert!(!sound || bytes == **whole || (!signed && unzipped(&bytes) == content), "{round}");
        }
    }
}

/// A zip made of these files.
fn zipped(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// Every place of some bytes replaced by others as long.
fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= out.len() {
        if out[at..].starts_with(from) {
            out[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    out
}

#[test]
fn hostile_zips_are_refused_and_nothing_is_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let stored = |files: &[(&str, &[u8])]| zipped(files, CompressionMethod::Stored);
    let named = |name: &str| {
        let safe = "x".repeat(name.len());
        replace(&stored(&[("copia/bagit.txt", b"1"), (&safe, b"2")]), safe.as_bytes(), name.as_bytes())
    };
    let symlink = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("copia/data", "/etc", SimpleFileOptions::default()).expect("a link");
        zip.finish().expect("a zip").into_inner()
    };
    let zeros = vec![0; 80 * 1024 * 1024];
    let one = stored(&[("copia/bagit.txt", b"0123456789")]);
    let central = one.windows(4).position(|w| w == b"PK\x01\x02").expect("the directory");
    let patched = |at: usize, to: &[u8]| {
        let mut bytes = one.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    let mut overlapping = stored(&[("copia/a", b"1"), ("copia/b", b"1")]);
    let second = overlapping.windows(4).rposition(|w| w == b"PK\x01\x02").expect("the second");
    overlapping[second + 42..second + 46].fill(0);
    for (what, bytes, why) in [
        ("traversal", named("copia/../../etc/x"), "lleva fuera"),
        ("absolute", named("/etc/passwd-x"), "lleva fuera"),
        ("drive", named("C:/windows-x"), "lleva fuera"),
        ("backslash", named("copia\\..\\..\\x"), "lleva fuera"),
        ("no UTF-8", replace(&named("copia/zzzz"), b"zzzz", b"\xff\xfe\xfd\xfc"), "UTF-8"),
        ("symlink", symlink, "enlace simbólico"),
        ("bomb", zipped(&[("copia/bagit.txt", &zeros)], CompressionMethod::Deflated), "bomba"),
        ("twice", replace(&stored(&[("copia/a", b"1"), ("copia/b", b"2")]), b"copia/b", b"copia/a"), "dos veces"),
        ("inside a file", stored(&[("copia/a", b"1"), ("copia/a/b", b"2")]), "dentro de otro archivo"),
        ("overlap", overlapping, "contradicen"),
        ("sizes lie in the first header", patched(22, &[9]), "contradicen"),
        ("sizes lie in the directory", patched(central + 24, &[9]), "contradicen"),
        (
            "encrypted",
            replace(&patched(6, &[1]), b"PK\x01\x02\x0a\x03\x0a\x00\x00", b"PK\x01\x02\x0a\x03\x0a\x00\x01"),
            "",
        ),
        ("cut", one[..one.len() - 1].to_vec(), "cortado"),
        ("joined", [one.as_slice(), one.as_slice()].concat(), "no está donde dice"),
        ("text", b"hola".to_vec(), "no es un zip"),
        ("empty", Vec::new(), "no es un zip"),
    ] {
        let place = dir.path().join("x.zip");
        fs::write(&place, &bytes).expect("written");
        let report = verify(&place).unwrap_or_else(|e| panic!("{what}: {e}"));
        let said = format!("{:?}", report.findings);
        assert!(!report.findings.is_empty() && said.contains(why), "{what}: {said}");
    }
    // A size that is only found to lie when the content is read.
    let liar = zipped(&[("copia/bagit.txt", &[b'x'; 1000])], CompressionMethod::Deflated);
    let liar = replace(&liar, &1000u32.to_le_bytes(), &900u32.to_le_bytes());
    fs::write(dir.path().join("x.zip"), liar).expect("written");
    let said = format!("{:?}", verify(&dir.path().join("x.zip")).expect("a report").findings);
    assert!(said.contains("no mide lo que dice"), "{said}");
    assert_eq!(fs::read_dir(dir.path()).expect("the folder").count(), 1);
}

#[test]
fn a_zip_of_another_program_is_read() {
    let dir = tiny();
    let files = tree(&dir.path().join("copia"));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Written without going back: sizes stand after the contents.
    let mut zip = ZipWriter::new_stream(File::create(dir.path().join("otra.zip")).expect("a file"));
    zip.add_directory("carpeta/", options).expect("a folder");
    for (path, bytes) in &files {
        zip.start_file(format!("carpeta/{path}"), options).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip");
    assert!(is_sound(&verify(&dir.path().join("otra.zip")).expect("a report")));
}

/// Python with the tools that `tests/run` installs.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/venv/bin/python");
    python.exists().then_some(python)
}

#[test]
fn the_library_of_congress_agrees() {
    let Some(python) = python() else { return };
    let dir = tiny();
    let good = tree(&dir.path().join("copia"));
    let mut random = Random(3);
    let bags: Vec<PathBuf> = (0..250).map(|n| dir.path().join(format!("bolsa-{n}"))).collect();
    for (n, place) in bags.iter().enumerate() {
        let mut files = good.clone();
        // The first ten are left as they are.
        (0..n.min(10) / 10 * (1 + random.below(2))).for_each(|_| {
            damage(&mut files, &mut random);
        });
        write_tree(place, &files);
    }
    let script = "import bagit, logging, sys\nlogging.disable(logging.CRITICAL)\nfor path in sys.argv[1:]:\n    try:\n        print(int(bagit.Bag(path).is_valid()))\n    except Exception:\n        print(0)\n";
    let output = Command::new(python).args(["-c", script]).args(&bags).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let verdicts = String::from_utf8(output.stdout).expect("text");
    assert_eq!(verdicts.lines().count(), bags.len());
    let mut valid = 0;
    for (place, verdict) in bags.iter().zip(verdicts.lines()) {
        let ours = verify(place);
        let sound = ours.as_ref().is_ok_and(|report| report.findings.is_empty());
        assert_eq!(sound, verdict == "1", "{}: {ours:?}", place.display());
        valid += usize::from(sound);
    }
    assert!((10..100).contains(&valid), "{valid}");
}
