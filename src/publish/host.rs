//! What some hosts want beside the pages, when `site.toml` asks for it: compressed twins of text files, and the security headers
//! (Resolución 1519 de 2020, anexo 3) in the languages of Netlify-like hosts, Apache and nginx.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use crate::pages::sitio::POLICY;

const TEXT: &[&str] = &["html", "css", "js", "json", "xml", "svg", "txt", "csv"];

/// Smaller files gain nothing.
const LEAST: usize = 1024;

/// Headers and values, the same for every file.
fn headers() -> [(&'static str, String); 6] {
    [
        // Frames cannot be forbidden from a page's <meta>.
        ("Content-Security-Policy", format!("{POLICY}; frame-ancestors 'none'")),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "DENY".to_owned()),
        ("Referrer-Policy", "same-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
        ("X-XSS-Protection", "0".to_owned()),
    ]
}

/// The files of headers. `root` is the path of the site on its host, without a last `/`, when it is known.
pub fn header_files(root: Option<&str>) -> [(&'static str, String); 3] {
    let each = |line: &dyn Fn(&str, &str) -> String| headers().iter().map(|(name, value)| line(name, value)).collect();
    let netlify: String = each(&|name, value| format!("  {name}: {value}\n"));
    let apache: String = each(&|name, value| format!("  Header always set {name} \"{value}\"\n"));
    let nginx: String = each(&|name, value| format!("add_header {name} \"{value}\" always;\n"));
    let (apache_404, nginx_404) = match root {
        Some(root) => (format!("ErrorDocument 404 {root}/404.html\n"), format!("error_page 404 {root}/404.html;\n")),
        None => (String::new(), String::new()),
    };
    let types = [("html", "text/html"), ("css", "text/css"), ("js", "text/javascript"), ("json", "application/json")];
    let more = [("xml", "application/xml"), ("svg", "image/svg+xml"), ("txt", "text/plain"), ("csv", "text/csv")];
    let twins: String = types
        .iter()
        .chain(&more)
        .map(|(ext, kind)| {
            format!(
                "<FilesMatch \"\\.{ext}\\.(br|gz)$\">\n  ForceType \"{kind}; charset=utf-8\"\n  <IfModule mod_headers.c>\n    Header append Vary Accept-Encoding\n  </IfModule>\n</FilesMatch>\n"
            )
        })
        .collect();
    let htaccess = format!(
        "# Lo escribe micrositio.\nOptions -Indexes\nAddDefaultCharset utf-8\nAddCharset utf-8 .css .js .json .xml .svg .csv\n{apache_404}<IfModule mod_headers.c>\n{apache}</IfModule>\n\
         <IfModule mod_rewrite.c>\n  RewriteEngine On\n  RewriteCond %{{HTTP:Accept-Encoding}} br\n  RewriteCond %{{REQUEST_FILENAME}}.br -f\n  \
         RewriteRule ^(.+)$ $1.br [L,E=CON_BR:1]\n  RewriteCond %{{HTTP:Accept-Encoding}} gzip\n  RewriteCond %{{REQUEST_FILENAME}}.gz -f\n  \
         RewriteRule ^(.+)$ $1.gz [L,E=CON_GZ:1]\n</IfModule>\n<IfModule mod_headers.c>\n  Header set Content-Encoding br env=REDIRECT_CON_BR\n  \
         Header set Content-Encoding gzip env=REDIRECT_CON_GZ\n</IfModule>\n{twins}"
    );
    let snippet = format!(
        "# Lo escribe micrositio. Se incluye en el bloque location del sitio: include …/servidor/nginx.conf;\n\
         # Con HTTPS agregue: add_header Strict-Transport-Security \"max-age=31536000\" always;\n\
         charset utf-8;\ngzip_static on;\n{nginx_404}{nginx}"
    );
    [("_headers", format!("/*\n{netlify}")), (".htaccess", htaccess), ("servidor/nginx.conf", snippet)]
}

/// How the names of compressed twins end.
pub const TWINS: [&str; 2] = [".gz", ".br"];

/// The compressed twins of a file: path and bytes; none where it is no text, or is small.
///
/// # Errors
/// What the compressor said, which memory alone can cause.
pub fn compressed(path: &str, bytes: &[u8]) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let is_text = path.rsplit_once('.').is_some_and(|(_, ext)| TEXT.contains(&ext));
    if !is_text || bytes.len() < LEAST {
        return Ok(Vec::new());
    }
    // No time and no name in the header: the same text gives the same bytes.
    let mut gz = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    gz.write_all(bytes)?;
    let mut br = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut br, &params)?;
    Ok(vec![(format!("{path}.gz"), gz.finish()?), (format!("{path}.br"), br)])
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn twins_hold_the_same_text() {
        let text = "Acta de la sesión. ".repeat(200);
        let twins = compressed("a/b.html", text.as_bytes()).unwrap();
        let [(gz_path, gz), (br_path, br)] = twins.as_slice() else { panic!("two twins") };
        assert_eq!((gz_path.as_str(), br_path.as_str()), ("a/b.html.gz", "a/b.html.br"));
        let mut plain = String::new();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        assert!(compressed("a.png", text.as_bytes()).unwrap().is_empty());
    }
}
