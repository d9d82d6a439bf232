//! The web archive: what its own tools accept, and that what they do not look at is there.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // a test may fail

mod sitio;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use serde_json::Value;
use zip::{CompressionMethod, ZipArchive};

use sitio::{ACTA, Sitio};

fn archived(args: &[&str]) -> (Sitio, BTreeMap<String, Vec<u8>>) {
    let sitio = Sitio::new();
    sitio.write("content/actas/01.md", ACTA.as_bytes());
    for args in [&[&["build"], args].concat()[..], &["archivar", "--wacz", "sitio.wacz"]] {
        let output = sitio.run(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let bytes = fs::read(sitio.path().join("sitio.wacz")).expect("the file");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = BTreeMap::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).expect("a file");
        assert_eq!(file.compression(), CompressionMethod::Stored);
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its bytes");
        files.insert(file.name().expect("a name").into_owned(), content);
    }
    (sitio, files)
}

fn json_lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(&line[line.find('{').expect("JSON")..]).expect("JSON")).collect()
}

fn tool(name: &str) -> Option<PathBuf> {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/venv/bin").join(name);
    tool.exists().then_some(tool)
}

#[test]
fn every_file_is_where_the_index_says() {
    let (sitio, files) = archived(&[]);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "archive/sitio.warc.gz",
        "datapackage-digest.json",
        "datapackage.json",
        "indexes/index.cdx",
        "pages/pages.jsonl",
    ];
    assert_eq!(names, expected);
    let (warc, index) = (&files["archive/sitio.warc.gz"], &files["indexes/index.cdx"]);
    let lines: Vec<&str> = std::str::from_utf8(index).expect("UTF-8").lines().collect();
    assert!(lines.is_sorted() && lines[0].starts_with("invalid,micrositio)/ 20240501000000 {"), "{}", lines[0]);
    let mut end = 0;
    let mut urls = Vec::new();
    for entry in json_lines(index) {
        let number = |key: &str| entry[key].as_str().and_then(|n| n.parse::<usize>().ok()).expect("a number");
        let (offset, length) = (number("offset"), number("length"));
        end = end.max(offset + length);
        let mut record = Vec::new();
        GzDecoder::new(&warc[offset..offset + length]).read_to_end(&mut record).expect("a record");
        let url = entry["url"].as_str().expect("an address");
        assert!(record.starts_with(b"WARC/1.1\r\nWARC-Type: response\r\n") && record.ends_with(b"\r\n\r\n"));
        assert!(String::from_utf8_lossy(&record).contains(&format!("WARC-Target-URI: {url}\r\n")));
        let path = url.strip_prefix("https://micrositio.invalid/").expect("the fixed address");
        let path = if path.is_empty() { "index.html" } else { path };
        let bytes = fs::read(sitio.path().join("public").join(path)).expect("the file");
        assert!(record[..record.len() - 4].ends_with(&bytes), "{url}");
        urls.push(url.to_owned());
    }
    assert_eq!(end, warc.len(), "the index goes on to the last record");
    let published = walkdir::WalkDir::new(sitio.path().join("public")).into_iter().filter_map(Result::ok);
    assert_eq!(urls.len(), 1 + published.filter(|e| e.file_type().is_file()).count());

    let pages = json_lines(&files["pages/pages.jsonl"]);
    assert_eq!(pages[0]["format"], "json-pages-1.0");
    assert!(pages[1..].iter().all(|page| urls.contains(&page["url"].as_str().expect("an address").to_owned())));
    let home = &pages[1];
    assert_eq!((&home["url"], &home["ts"]), (&"https://micrositio.invalid/".into(), &"2024-05-01T00:00:00Z".into()));
    assert!(pages.iter().any(|page| page["title"].as_str().is_some_and(|title| title.contains("Acta 001 de 2024"))));
}

#[test]
fn the_same_site_gives_the_same_bytes_at_its_address() {
    let args = ["--base-url", "https://www.x.gov.co/t"];
    let ((_one, files), (_two, again)) = (archived(&args), archived(&args));
    assert!(files == again);
    let index = std::str::from_utf8(&files["indexes/index.cdx"]).expect("UTF-8");
    assert!(index.contains(
        "co,gov,x)/t/procesos/sec.html 20240501000000 {\"url\":\"https://www.x.gov.co/t/procesos/sec.html\""
    ));
}

#[test]
fn the_tools_of_web_archives_accept_it() {
    let (Some(wacz), Some(warcio), Some(indexer)) = (tool("wacz"), tool("warcio"), tool("cdxj-indexer")) else {
        return;
    };
    let (sitio, files) = archived(&["--base-url", "https://www.x.gov.co/t/"]);
    let run = |program: &Path, args: &[&str]| {
        let output = Command::new(program).args(args).current_dir(sitio.path()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    };
    let said = run(&wacz, &["validate", "-f", "sitio.wacz"]);
    assert!(said.contains("the passed WACZ is valid"), "{said}");
    sitio.write("sitio.warc.gz", &files["archive/sitio.warc.gz"]);
    run(&warcio, &["check", "sitio.warc.gz"]);
    // An index made by others from the records has the same keys, places and lengths.
    let key = |line: &str| {
        let entry: Value = serde_json::from_str(&line[line.find('{').expect("JSON")..]).expect("JSON");
        let head: Vec<&str> = line.split(' ').take(2).collect();
        let text = |name: &str| entry[name].as_str().expect("a text").to_owned();
        (head.join(" "), ["url", "offset", "length", "mime", "status"].map(text))
    };
    let theirs = run(&indexer, &["-s", "sitio.warc.gz"]);
    let mut theirs: Vec<_> = theirs.lines().map(key).collect();
    let mut ours: Vec<_> = std::str::from_utf8(&files["indexes/index.cdx"]).expect("UTF-8").lines().map(key).collect();
    theirs.sort();
    ours.sort();
    assert_eq!(ours, theirs);
}
