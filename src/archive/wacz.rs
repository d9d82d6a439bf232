//! Writes a WACZ 1.1.1: the site as a web archive keeps it, so that its readers can replay it. Made from the published folder, without a browser.

use std::path::Path;

use serde_json::json;

use super::AGENT;
use super::bag::Done;
use super::published::Published;
use super::target::{Digests, Target, ZipForm};
use super::warc::{self, Place, Response};
use crate::publish::manifest::{self, hex};

/// Where the site is said to be when its address is not known: a name that can never exist (RFC 2606).
pub const ADDRESS: &str = "https://micrositio.invalid/";

const WARC: &str = "sitio.warc.gz";
/// The home page, which is also what the bare address shows.
const HOME: &str = "index.html";

/// A record of the index.
struct Captured {
    url: String,
    mime: &'static str,
    sha256: String,
    place: Place,
    /// Title of a page; none for what is no page.
    title: Option<String>,
}

/// Writes a WACZ. The same published folder gives the same bytes.
///
/// # Errors
/// A folder that is not as it was built, or what the system said no to; nothing stays at the destination.
pub fn write(folder: &Path, dest: &Path) -> Result<Done, String> {
    let published = Published::open(folder)?;
    super::bag::refuse_inside(dest, &[folder.to_owned()])?;
    let about = &published.manifest.sitio;
    let files = published.files();
    let bytes = files.iter().map(|(_, bytes)| bytes).sum();
    let done = Done { files: files.len(), bytes, hash: published.hash.clone() };
    let day = about.corte.as_deref().unwrap_or("1980-01-01");
    let date = format!("{day}T00:00:00Z");
    let base = format!("{}/", about.direccion.as_deref().unwrap_or(ADDRESS).trim_end_matches('/'));

    let form = ZipForm { top: "", date: day.parse().ok(), deflate: false };
    let mut target = Target::begin(dest, Some(&form))?;
    let mut captured = Vec::new();
    let warc = target.add_with(&format!("archive/{WARC}"), bytes, &mut |output| {
        warc::info(output, &date, WARC)?;
        let home = files.iter().find(|(path, _)| *path == HOME).map(|(path, bytes)| (base.clone(), *path, *bytes));
        let all = files.iter().map(|(path, bytes)| (format!("{base}{path}"), *path, *bytes));
        for (url, path, bytes) in home.into_iter().chain(all) {
            let sha256 = published.manifest.archivos.get(path).map_or(&published.hash, |file| &file.sha256);
            let response = Response { url: &url, mime: warc::mime(path), bytes, sha256 };
            let mut file = published.read(path)?;
            let (place, head) = warc::response(output, &response, &date, &mut file, &published.folder.join(path))?;
            let is_page = path.ends_with(".html") && path != crate::pages::mapa_del_sitio::NOT_FOUND;
            let is_page = is_page && !(path == HOME && url != base);
            let title = is_page.then(|| title(&String::from_utf8_lossy(&head)).unwrap_or_else(|| path.to_owned()));
            captured.push(Captured { mime: response.mime, sha256: sha256.clone(), url, place, title });
        }
        Ok(())
    })?;
    let mut resources = vec![resource("archive", WARC, &warc)];
    let index = target.add_bytes("indexes/index.cdx", index(&captured, day).as_bytes())?;
    resources.push(resource("indexes", "index.cdx", &index));
    let pages = target.add_bytes("pages/pages.jsonl", pages(&captured, &date).as_bytes())?;
    resources.push(resource("pages", "pages.jsonl", &pages));

    let package = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": about.titulo,
        "description": format!("{}. Huella del contenido (SHA-256 de {}): {}", about.entidad, manifest::NAME, published.hash),
        "created": date,
        "software": AGENT,
        "mainPageUrl": base,
        "mainPageDate": date,
        "resources": resources,
    });
    let package = serde_json::to_string_pretty(&package).map_err(|e| e.to_string())?;
    let digests = target.add_bytes("datapackage.json", package.as_bytes())?;
    let digest = json!({ "path": "datapackage.json", "hash": format!("sha256:{}", hex(&digests.sha256)) });
    target.add_bytes("datapackage-digest.json", digest.to_string().as_bytes())?;
    target.finish()?;
    Ok(done)
}

fn resource(folder: &str, name: &str, digests: &Digests) -> serde_json::Value {
    json!({
        "name": name,
        "path": format!("{folder}/{name}"),
        "hash": format!("sha256:{}", hex(&digests.sha256)),
        "bytes": digests.bytes,
    })
}

/// The index (CDXJ): sorted by address turned around, each with the place of its record.
fn index(captured: &[Captured], day: &str) -> String {
    let stamp = format!("{}000000", day.replace('-', ""));
    let mut lines: Vec<String> = captured
        .iter()
        .map(|c| {
            let fields = json!({
                "url": c.url,
                "mime": c.mime.split(';').next().unwrap_or_default(),
                "status": "200",
                "digest": format!("sha256:{}", c.sha256),
                "length": c.place.length.to_string(),
                "offset": c.place.offset.to_string(),
                "filename": WARC,
            });
            format!("{} {stamp} {fields}\n", surt(&c.url))
        })
        .collect();
    lines.sort_unstable();
    lines.concat()
}

/// An address by which an index is sorted: `https://www.a.gov.co/b` is `co,gov,a)/b`.
fn surt(url: &str) -> String {
    let lower = url.to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let bare = host.strip_prefix("www").map(|h| h.trim_start_matches(|c: char| c.is_ascii_digit()));
    let host = bare.and_then(|h| h.strip_prefix('.')).unwrap_or(host);
    let host: Vec<&str> = host.split('.').rev().collect();
    let port = if port.is_empty() { String::new() } else { format!(":{port}") };
    format!("{}{port})/{}", host.join(","), path.trim_end_matches('/'))
}

/// The pages, for who looks for one by its title.
fn pages(captured: &[Captured], date: &str) -> String {
    let mut out = json!({ "format": "json-pages-1.0", "id": "pages", "title": "Páginas" }).to_string() + "\n";
    for (number, page) in captured.iter().enumerate() {
        if let Some(title) = &page.title {
            let line = json!({ "id": format!("p{number}"), "url": page.url, "ts": date, "title": title });
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    let plain = title.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    Some(plain.replace("&#x27;", "'").replace("&amp;", "&").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_turned_around() {
        assert_eq!(surt("https://www.a.gov.co/T/x.html"), "co,gov,a)/t/x.html");
        assert_eq!(surt("http://localhost:8080/"), "localhost:8080)/");
        assert_eq!(surt("https://wwwa.co/b/"), "co,wwwa)/b");
        assert_eq!(title("<title>A &amp; B</title>").as_deref(), Some("A & B"));
    }
}
