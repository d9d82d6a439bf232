//! The start page of a copy, for who opens it decades later with no program of ours.

use super::bag::Done;
use super::published::Published;
use super::sources;

/// What the page tells of.
pub(super) struct Told<'a> {
    pub(super) published: &'a Published,
    pub(super) done: &'a Done,
    pub(super) sources: bool,
}

/// A paragraph: text, a list of label and value, or a command to type.
enum Block {
    Title(String),
    Text(String),
    Facts(Vec<(&'static str, String)>),
    Command(String, String),
}

impl Told<'_> {
    fn blocks(&self) -> Vec<Block> {
        let about = &self.published.manifest.sitio;
        let mut facts = vec![("Sitio", about.titulo.clone()), ("Entidad", about.entidad.clone())];
        facts.extend(about.corte.clone().map(|date| ("Fecha de corte de la información", date)));
        facts.extend(about.direccion.clone().map(|url| ("Dirección donde se publicó", url)));
        facts.push(("Programa que construyó el sitio", self.published.manifest.generador.clone()));
        facts.push(("Programa que hizo esta copia", super::AGENT.to_owned()));
        facts.push(("Archivos del sitio", format!("{} ({} bytes)", self.done.files, self.done.bytes)));
        facts.push(("Huella del contenido (SHA-256 de data/micrositio.json)", self.published.hash.clone()));
        let mut blocks = vec![
            Block::Title("Qué es esto".into()),
            Block::Text(
                "Una copia completa, para archivo, de un sitio web de transparencia de una entidad pública de Colombia: sus \
                procesos, políticas, comités, actas, documentos y normas, tal como estaban publicados en la fecha que sigue."
                    .into(),
            ),
            Block::Facts(facts),
            Block::Title("Cómo se abre".into()),
            Block::Text(
                "Abra data/index.html con cualquier navegador. No hace falta internet, ni instalar nada, ni un servidor. Si el \
                navegador ya no existiera: las páginas son texto en HTML, codificado en UTF-8, y se leen con cualquier editor \
                de texto. El buscador necesita JavaScript; sin él, data/mapa-del-sitio.html lleva a todo."
                    .into(),
            ),
            Block::Text(
                "inventario.csv e inventario.xlsx son el inventario documental: por cada registro, en el orden del formato único (FUID), serie, \
                subserie, título, código, fechas extremas, medio, idioma, formato, tamaño y huella de su página, y de qué entidad es."
                    .into(),
            ),
            Block::Title("Cómo se comprueba que nada cambió".into()),
            Block::Text(
                "Esta carpeta sigue el estándar BagIt 1.0 (RFC 8493). manifest-sha256.txt y manifest-sha512.txt dicen la huella \
                de cada archivo del sitio; tagmanifest-sha256.txt y tagmanifest-sha512.txt, la de los demás archivos. Desde \
                esta carpeta:"
                    .into(),
            ),
            Block::Command("Linux".into(), "sha256sum -c manifest-sha256.txt\nsha256sum -c tagmanifest-sha256.txt".into()),
            Block::Command("macOS".into(), "shasum -a 256 -c manifest-sha256.txt\nshasum -a 256 -c tagmanifest-sha256.txt".into()),
            Block::Command(
                "Windows (PowerShell; no muestra nada si todo está bien)".into(),
                "Get-Content manifest-sha256.txt, tagmanifest-sha256.txt -Encoding UTF8 | ForEach-Object { $h, $f = $_ -split '  ', 2; \
                if ((Get-FileHash -LiteralPath $f).Hash -ne $h) { \"CAMBIÓ: $f\" } }".into(),
            ),
            Block::Command("Con el mismo programa, o con la herramienta de la Biblioteca del Congreso de los Estados Unidos".into(), "micrositio verify .\nbagit.py --validate .".into()),
            Block::Text(
                "Las huellas muestran que la copia no ha cambiado desde que se hizo, no quién la hizo. Para eso compare la huella \
                del contenido con la que la entidad anotó en otra parte: un acta, un oficio o un registro público."
                    .into(),
            ),
        ];
        if self.sources {
            let date = about.corte.as_ref().map(|date| format!(" --date {date}")).unwrap_or_default();
            let url = about.direccion.as_ref().map(|url| format!(" --base-url {url}")).unwrap_or_default();
            blocks.push(Block::Title("Las fuentes".into()));
            blocks.push(Block::Text(format!(
                "La carpeta {} tiene los textos con los que se construyó el sitio, sin borradores y sin lo reservado por ley. \
                De ellos sale otra vez el mismo sitio, byte por byte.",
                sources::FOLDER
            )));
            let command = format!("micrositio build -s {} -o NUEVA{date}{url}", sources::FOLDER);
            blocks.push(Block::Command(format!("Con {}", self.published.manifest.generador), command));
        }
        blocks
    }

    /// As plain text.
    pub(super) fn text(&self) -> String {
        let mut out = String::from("LÉAME\n");
        for block in self.blocks() {
            match block {
                Block::Title(title) => out.push_str(&format!("\n{title}\n{}\n", "=".repeat(title.chars().count()))),
                Block::Text(text) => out.push_str(&format!("\n{}\n", wrap(&text))),
                Block::Facts(facts) => {
                    out.push('\n');
                    facts.iter().for_each(|(label, value)| out.push_str(&format!("{label}: {value}\n")));
                }
                Block::Command(system, command) => {
                    out.push_str(&format!("\n{system}:\n\n    {}\n", command.replace('\n', "\n    ")));
                }
            }
        }
        out
    }

    /// As a page.
    pub(super) fn html(&self) -> String {
        let title = escape(&format!("Copia de archivo: {}", self.published.manifest.sitio.titulo));
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n\
            <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'\">\n\
            <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n<body>\n\
            <main>\n<h1>{title}</h1>\n<p><a href=\"data/index.html\">Abrir el sitio</a></p>\n"
        );
        for block in self.blocks() {
            match block {
                Block::Title(title) => out.push_str(&format!("<h2>{}</h2>\n", escape(&title))),
                Block::Text(text) => out.push_str(&format!("<p>{}</p>\n", escape(&text))),
                Block::Facts(facts) => {
                    out.push_str("<dl>\n");
                    for (label, value) in facts {
                        out.push_str(&format!("<dt>{}</dt>\n<dd>{}</dd>\n", escape(label), escape(&value)));
                    }
                    out.push_str("</dl>\n");
                }
                Block::Command(system, command) => {
                    out.push_str(&format!(
                        "<p>{}:</p>\n<pre><code>{}</code></pre>\n",
                        escape(&system),
                        escape(&command)
                    ));
                }
            }
        }
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }
}

/// Lines of about a hundred signs.
fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 {
            let breaks = width + 1 + length > 100;
            out.push(if breaks { '\n' } else { ' ' });
            width = if breaks { 0 } else { width + 1 };
        }
        out.push_str(word);
        width += length;
    }
    out
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
