//! The real site is the same bytes wherever and however it is built: pages, data, search, memory and every copy.

#![cfg(unix)]
#![allow(clippy::expect_used)] // a test may fail

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Every file under a folder: its path, and its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let found = found.filter(|entry| entry.file_type().is_file());
    let inside = |path: &Path| path.strip_prefix(folder).expect("inside").to_owned();
    found.map(|entry| (inside(entry.path()), fs::read(entry.path()).expect("its bytes"))).collect()
}

/// What is not the site's: where it is, how many work on it, in what language and hour, who may read it, and the order of its files.
struct Circumstances {
    folder: &'static str,
    jobs: &'static str,
    locale: &'static str,
    zone: &'static str,
    umask: &'static str,
    reverse: bool,
}

/// The real site copied to a folder of its own.
fn copied(at: &Circumstances) -> (TempDir, PathBuf) {
    // Another file system lists the same files in another order.
    let dir = match at.reverse {
        true => tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()),
        false => tempfile::tempdir(),
    };
    let dir = dir.expect("a folder");
    let (repo, site) = (Path::new(env!("CARGO_MANIFEST_DIR")), dir.path().join(at.folder));
    let mut sources = BTreeMap::from([(PathBuf::from("site.toml"), fs::read(repo.join("site.toml")).expect("a file"))]);
    for part in ["content", "themes"] {
        sources.extend(files(&repo.join(part)).into_iter().map(|(path, bytes)| (Path::new(part).join(path), bytes)));
    }
    let mut sources: Vec<_> = sources.into_iter().collect();
    if at.reverse {
        sources.reverse();
    }
    for (path, bytes) in sources {
        let path = site.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    (dir, site)
}

/// All that the site gives: what is published, before and after it is sealed, and every copy of that.
fn made(at: &Circumstances) -> BTreeMap<PathBuf, Vec<u8>> {
    let (_dir, site) = copied(at);
    let run = |args: &[&str]| {
        let output = Command::new("sh")
            .args(["-c", &format!("umask {}; exec \"$0\" \"$@\"", at.umask), env!("CARGO_BIN_EXE_micrositio")])
            .args(args)
            .env_remove("SOURCE_DATE_EPOCH")
            .envs([("LC_ALL", at.locale), ("LANG", at.locale), ("TZ", at.zone)])
            .current_dir(&site)
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    run(&["build", "--jobs", at.jobs, "-o", "hecho/antes"]);
    run(&["build", "--jobs", at.jobs]);
    run(&["seal", "--date", "2024-12-31"]);
    run(&["build", "--jobs", at.jobs, "--base-url", "https://x.gov.co/t/", "-o", "hecho/public"]);
    run(&["archive", "-o", "hecho/public", "--con-fuentes", "hecho/copia.zip", "--wacz", "hecho/sitio.wacz"]);
    run(&["archive", "-o", "hecho/public", "hecho/copia"]);
    let mut made = files(&site.join("hecho"));
    made.insert("huellas.toml".into(), fs::read(site.join("content/huellas.toml")).expect("the memory"));
    made
}

#[test]
fn nothing_around_the_site_changes_a_byte() {
    let one = made(&Circumstances {
        folder: "sitio",
        jobs: "1",
        locale: "C",
        zone: "America/Bogota",
        umask: "022",
        reverse: false,
    });
    let other = made(&Circumstances {
        folder: "otra carpeta/más honda/el sitio",
        jobs: "4",
        locale: "tr_TR.UTF-8",
        zone: "Pacific/Kiritimati",
        umask: "077",
        reverse: true,
    });
    let names = |made: &BTreeMap<PathBuf, Vec<u8>>| made.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    let differ: Vec<&PathBuf> =
        one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).map(|(p, _)| p).collect();
    assert!(differ.is_empty(), "{differ:?}");
    for name in ["copia.zip", "sitio.wacz", "copia/manifest-sha512.txt", "public/publicaciones/registro.html"] {
        assert!(one.contains_key(Path::new(name)), "{name}");
    }
}
