//! A small web server for a published folder, for whoever edits the site. It listens on this machine only.

use std::fs::File;
use std::path::{Path, PathBuf};

use tiny_http::{Header, Request, Response, Server};

/// Listens on a port of this machine; 0 takes a free one. Gives the server and its address.
///
/// # Errors
/// A port that is taken or forbidden.
pub fn listen(port: u16) -> Result<(Server, String), String> {
    let server = Server::http(("127.0.0.1", port))
        .map_err(|e| format!("no se pudo abrir el puerto {port}: {e}; pruebe otro con --port"))?;
    let address = server.server_addr();
    Ok((server, format!("http://{address}/")))
}

/// Answers requests with the files of `folder`, until the process ends.
pub fn run(server: &Server, folder: &Path) {
    for request in server.incoming_requests() {
        // A visitor that went away is no problem of ours.
        let _ = answer(request, folder);
    }
}

fn answer(request: Request, folder: &Path) -> std::io::Result<()> {
    let path = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    match file(folder, &path) {
        Some(found) => {
            let kind = kind(&found);
            request.respond(with_kind(Response::from_file(File::open(found)?), kind))
        }
        None => match File::open(folder.join("404.html")) {
            Ok(page) => {
                request.respond(with_kind(Response::from_file(page), "text/html; charset=utf-8").with_status_code(404))
            }
            Err(_) => request.respond(Response::empty(404)),
        },
    }
}

fn with_kind(response: Response<File>, kind: &str) -> Response<File> {
    let header = |name: &str, value: &str| Header::from_bytes(name.as_bytes(), value.as_bytes());
    let mut response = response;
    for (name, value) in [("Content-Type", kind), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    {
        if let Ok(header) = header(name, value) {
            response.add_header(header);
        }
    }
    response
}

/// The file that an address names; `None` when there is none inside the folder.
fn file(folder: &Path, address: &str) -> Option<PathBuf> {
    let decoded = decode(address)?;
    let mut path = folder.to_owned();
    for part in decoded.split('/').filter(|p| !p.is_empty()) {
        if part == ".." || part.contains(['\\', ':', '\0']) {
            return None;
        }
        path.push(part);
    }
    if path.is_dir() {
        path.push("index.html");
    }
    path.is_file().then_some(path)
}

fn decode(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        let pair = (byte == b'%').then(|| Some((hex(rest.next()?)?, hex(rest.next()?)?)));
        bytes.push(match pair {
            None => byte,
            Some(pair) => pair.map(|(high, low)| high * 16 + low)?,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("public");
        std::fs::create_dir(&site).unwrap();
        std::fs::write(site.join("índice.html"), "x").unwrap();
        std::fs::write(dir.path().join("secreto"), "x").unwrap();
        assert_eq!(file(&site, "/%C3%ADndice.html"), Some(site.join("índice.html")));
        for address in ["/../secreto", "/%2e%2e/secreto", "/..%2fsecreto", "/%", "/%ff", "/"] {
            assert_eq!(file(&site, address), None, "{address}");
        }
    }
}
