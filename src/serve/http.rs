//! Answers requests: pages drawn on the spot, files, the search, and the channel that reloads the pages.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Taken};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::Response;
use tokio::net::TcpListener;

use super::{Live, Shared};
use crate::pages::buscar::FOLDER;
use crate::pages::mapa_del_sitio::NOT_FOUND;

/// Nothing that a site publishes begins with a dot.
const OWN: &str = ".micrositio/";
const SCRIPT: &str = include_str!("recarga.js");
const STYLE: &str = include_str!("recarga.css");

/// How long a browser waits for news before it asks again, and for a search that is not ready.
const PATIENCE: Duration = Duration::from_secs(25);

/// Tells this server from the one that ran before it, whose pages may still be open.
static RUN: LazyLock<String> = LazyLock::new(|| std::process::id().to_string());

/// Serves until the process ends.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // It retries by itself what a listener may refuse, and ends only with the process.
    let _ = axum::serve(listener, Router::new().fallback(answer).with_state(shared)).await;
}

async fn answer(Taken(shared): Taken<Arc<Shared>>, request: Request) -> Response {
    if !is_ours(request.uri(), request.headers(), shared.address) {
        // A page elsewhere whose name was made to lead here (DNS rebinding) would read all that is not yet published.
        return text(StatusCode::MISDIRECTED_REQUEST, "Este servidor solo atiende su propia dirección.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "Solo se puede leer.");
    }
    let Some(path) = decode(request.uri().path()) else {
        return text(StatusCode::BAD_REQUEST, "La dirección está mal escrita.");
    };
    let path = path.trim_start_matches('/');
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "cambios" => changes(&shared, request.uri().query().unwrap_or("")).await,
            "recarga.js" => respond(StatusCode::OK, kind("js"), SCRIPT.into()),
            "recarga.css" => respond(StatusCode::OK, kind("css"), STYLE.into()),
            _ => text(StatusCode::NOT_FOUND, "No existe."),
        };
    }
    if path.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/')) && shared.search {
        return searched(&shared, path).await;
    }
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let live = shared.live.borrow().clone();
    // Drawing a page is work, not waiting.
    let drawn = tokio::task::spawn_blocking(move || page_or_file(&shared, &live, &path)).await;
    drawn.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "No se pudo dibujar la página."))
}

fn page_or_file(shared: &Shared, live: &Live, path: &str) -> Response {
    let Some(state) = &live.state else {
        let html = "<!doctype html>\n<html lang=\"es\">\n<head><meta charset=\"utf-8\"><title>Micrositio</title></head>\n<body>\n\
            <h1>Todavía no hay sitio que mostrar</h1>\n<p>Corrija los errores del contenido: la página se carga sola.</p>\n</body>\n</html>";
        return page(StatusCode::SERVICE_UNAVAILABLE, html, live);
    };
    if let Some(drawn) = state.page(path) {
        shared.look(path);
        return match drawn {
            Ok(html) => page(StatusCode::OK, &html, live),
            Err(message) => {
                let told = message.replace('&', "&amp;").replace('<', "&lt;");
                page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    &format!(
                        "<!doctype html>\n<html lang=\"es\">\n<head><meta charset=\"utf-8\"><title>Error del tema</title></head>\n<body><pre>{told}</pre></body>\n</html>"
                    ),
                    live,
                )
            }
        };
    }
    if let Some(bytes) = state.file(path) {
        return respond(StatusCode::OK, kind(path.rsplit('.').next().unwrap_or("")), bytes.into());
    }
    if state.has_page(&format!("{path}/index.html")) {
        return moved(&format!("/{path}/"));
    }
    match state.page(NOT_FOUND) {
        // Its links are those of the address it is published at: here they are of wherever it is looked at from.
        Some(Ok(html)) => {
            let base = state.catalog.config.base_url.as_deref().unwrap_or("/");
            page(StatusCode::NOT_FOUND, &html.replace(base, "/"), live)
        }
        _ => text(StatusCode::NOT_FOUND, "No existe."),
    }
}

/// A page with the script that reloads it. Its address says which state of the site the page is of.
fn page(status: StatusCode, html: &str, live: &Live) -> Response {
    let script = format!("<script src=\"/{OWN}recarga.js?v={}.{}\"></script>\n", *RUN, live.site);
    let (before, after) = html.rfind("</body>").and_then(|at| html.split_at_checked(at)).unwrap_or((html, ""));
    respond(status, kind("html"), [before, &script, after].concat().into())
}

/// A file of the search; the first time, it waits for the index.
async fn searched(shared: &Shared, path: &str) -> Response {
    let mut news = shared.live.subscribe();
    let ready = tokio::time::timeout(PATIENCE, news.wait_for(|live| !live.indexes.is_empty())).await;
    let indexes = match ready {
        Ok(Ok(live)) => live.indexes.clone(),
        _ => return text(StatusCode::SERVICE_UNAVAILABLE, "El buscador todavía no está listo."),
    };
    match indexes.iter().find_map(|index| index.get(path)) {
        Some(bytes) => respond(StatusCode::OK, kind(path.rsplit('.').next().unwrap_or("")), bytes.clone().into()),
        None => text(StatusCode::NOT_FOUND, "No existe."),
    }
}

/// Waits until there is news after what the browser knows (`desde=…`), and gives it.
async fn changes(shared: &Shared, query: &str) -> Response {
    let known = query.strip_prefix("desde=").unwrap_or("");
    let version = |live: &Live| format!("{}.{}.{}", *RUN, live.site, live.told);
    let mut news = shared.live.subscribe();
    // Without news the answer is what is known: it keeps no connection open for ever.
    let _ = tokio::time::timeout(PATIENCE, news.wait_for(|live| version(live) != known)).await;
    let live = shared.live.borrow().clone();
    let (version, site, problems) =
        (version(&live), live.site, if live.problems.is_empty() { "[]" } else { &live.problems });
    let is_shown = live.state.is_some();
    let json = format!(
        "{{\"version\":\"{version}\",\"sitio\":\"{}.{site}\",\"se_ve\":{is_shown},\"problemas\":{problems}}}",
        *RUN
    );
    respond(StatusCode::OK, kind("json"), json.into())
}

/// Whether a request names this server and not another that a browser was led from.
fn is_ours(uri: &Uri, headers: &HeaderMap, address: IpAddr) -> bool {
    let told = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(told) = told.filter(|_| headers.get_all(header::HOST).iter().count() == 1) else { return false };
    [Some(told), uri.authority().map(|a| a.as_str())].into_iter().flatten().all(|host| is_host_ours(host, address))
}

fn is_host_ours(host: &str, address: IpAddr) -> bool {
    let Ok(authority) = host.parse::<axum::http::uri::Authority>() else { return false };
    let name = authority.host();
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    // An address is no name: nobody can make it lead elsewhere. One of the network counts only where the network is served.
    literal.is_ok_and(|ip| ip.is_loopback() || !address.is_loopback())
}

fn decode(path: &str) -> Option<String> {
    percent_encoding::percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

fn moved(to: &str) -> Response {
    let to = percent_encoding::utf8_percent_encode(to, percent_encoding::CONTROLS).to_string();
    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(to) = to.parse() {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn text(status: StatusCode, text: &'static str) -> Response {
    respond(status, kind("txt"), text.into())
}

fn respond(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

fn kind(extension: &str) -> &'static str {
    match extension {
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
    fn only_its_own_names_are_answered() {
        let loopback: IpAddr = "127.0.0.1".parse().unwrap();
        let network: IpAddr = "0.0.0.0".parse().unwrap();
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "127.9.9.9"] {
            assert!(is_host_ours(host, loopback), "{host}");
        }
        for host in ["ejemplo.gov.co", "localhost.ejemplo.co", "127.0.0.1.nip.io:4000", "10.0.0.7", "", "a b", "@"] {
            assert!(!is_host_ours(host, loopback), "{host}");
        }
        assert!(is_host_ours("10.0.0.7:4000", network));
        assert!(!is_host_ours("ejemplo.gov.co", network));
    }
}
