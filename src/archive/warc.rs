//! WARC 1.1 (ISO 28500:2017): each file of the site as the answer that a server would have given, each record a gzip member of its own.

use std::io::{Read, Write};
use std::path::Path;

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use super::target::{Output, chunks};
use super::{AGENT, told};
use crate::publish::manifest::hex;

/// A file of the site as an answer.
pub(super) struct Response<'a> {
    /// Its address.
    pub(super) url: &'a str,
    /// Its kind.
    pub(super) mime: &'static str,
    /// Its size and SHA-256, as the manifest says.
    pub(super) bytes: u64,
    pub(super) sha256: &'a str,
}

/// Where a record is in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// What is kept of the beginning of a file: enough to find its title.
const HEAD: usize = 8 * 1024;

/// Kind of a file, by its name.
pub(super) fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ext)| ext) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The first record: what made the file.
pub(super) fn info(output: &mut Output<'_>, date: &str, name: &str) -> Result<(), String> {
    let body = format!("software: {AGENT}\r\nformat: WARC File Format 1.1\r\n");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: {}\r\nWARC-Filename: {name}\r\nWARC-Date: {date}\r\n\
        Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n",
        id(&[name, date]),
        body.len()
    );
    record(output, &[&head, &body], &mut std::io::empty(), Path::new(name)).map(drop)
}

/// A file's record; gives its place and how the file begins.
pub(super) fn response(
    output: &mut Output<'_>,
    response: &Response<'_>,
    date: &str,
    file: &mut dyn Read,
    name: &Path,
) -> Result<(Place, Vec<u8>), String> {
    let http =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n", response.mime, response.bytes);
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: {date}\r\n\
        WARC-Payload-Digest: sha256:{}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        id(&[response.url, date, response.sha256]),
        response.url,
        response.sha256,
        http.len() as u64 + response.bytes
    );
    let offset = output.written();
    let body = record(output, &[&head, &http], file, name)?;
    if (body.bytes, hex(&body.sha256.finalize()).as_str()) != (response.bytes, response.sha256) {
        return Err(format!(
            "{} cambió después de la construcción: construya de nuevo antes de archivar",
            name.display()
        ));
    }
    Ok((Place { offset, length: output.written() - offset }, body.head))
}

/// What passed through a record.
#[derive(Default)]
struct Body {
    bytes: u64,
    sha256: Sha256,
    head: Vec<u8>,
}

fn record(output: &mut Output<'_>, heads: &[&str], file: &mut dyn Read, name: &Path) -> Result<Body, String> {
    let mut body = Body::default();
    let failed = output.failure();
    let mut gzip = GzBuilder::new().mtime(0).operating_system(255).write(output, Compression::new(6));
    for head in heads {
        gzip.write_all(head.as_bytes()).map_err(|e| failed(&e))?;
    }
    let mut take = |chunk: &[u8]| {
        body.bytes += chunk.len() as u64;
        body.sha256.update(chunk);
        let room = HEAD.saturating_sub(body.head.len());
        body.head.extend(chunk.iter().take(room));
        gzip.write_all(chunk).map_err(|e| failed(&e))
    };
    chunks(file, &mut take, &|e| told("leer", name, e))?;
    gzip.write_all(b"\r\n\r\n").and_then(|()| gzip.finish().map(drop)).map_err(|e| failed(&e))?;
    Ok(body)
}

/// A record's name: the same for the same content (RFC 9562, version 8).
fn id(parts: &[&str]) -> String {
    let mut bytes: Vec<u8> = Sha256::digest(parts.join("\n")).iter().copied().take(16).collect();
    if let Some(byte) = bytes.get_mut(6) {
        *byte = (*byte & 0x0f) | 0x80;
    }
    if let Some(byte) = bytes.get_mut(8) {
        *byte = (*byte & 0x3f) | 0x80;
    }
    let mut out = String::from("<urn:uuid:");
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push_str(&hex(&[*byte]));
    }
    out + ">"
}
