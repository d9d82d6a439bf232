//! The theme: templates and assets, from the site's folder or from the copy inside the binary.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Context, Tera};

use crate::content::source::utf8;
use crate::pages::Page;
use crate::pages::sitio::Sitio;
use crate::system::told;

/// Where a site has a theme of its own.
pub const FOLDER: &str = "themes/sede";

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/sede");

/// Room for a page, drawn or as data; most need less.
pub const PAGE_BYTES: usize = 32 * 1024;

/// Templates ready to draw, and the files that go beside the pages.
pub struct Theme {
    tera: Tera,
    /// Path in the output and bytes.
    pub assets: Vec<(String, Vec<u8>)>,
    /// BLAKE3 of its templates.
    pub digest: [u8; 32],
}

impl Theme {
    /// The theme in `root/themes/sede` where there is one, else the embedded one.
    ///
    /// # Errors
    /// A message that names the file or template, and what was being done.
    pub fn load(root: &Path) -> Result<Theme, String> {
        let folder = root.join(FOLDER);
        let files = if folder.is_dir() { files_in(&folder)? } else { embedded(&EMBEDDED) };
        let mut templates = Vec::new();
        let mut assets = Vec::new();
        let mut digest = blake3::Hasher::new();
        for (path, bytes) in files {
            match path.strip_prefix("templates/") {
                Some(name) => {
                    let text = String::from_utf8(bytes).map_err(|_| format!("la plantilla {path} no está en UTF-8"))?;
                    digest.update(name.as_bytes()).update(&[0]).update(blake3::hash(text.as_bytes()).as_bytes());
                    templates.push((name.to_owned(), text));
                }
                None => assets.push((format!("tema/{path}"), bytes)),
            }
        }
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_templates(templates).map_err(|e| format!("las plantillas del tema tienen errores: {e}"))?;
        Ok(Theme { tera, assets, digest: digest.finalize().into() })
    }

    /// Shares the site's data with every template.
    ///
    /// # Errors
    /// When the data does not serialise.
    pub fn share(&mut self, sitio: &Sitio) -> Result<(), String> {
        let value = tera::Value::try_from_serializable(sitio).map_err(|e| e.to_string())?;
        self.tera.global_context().insert_value("sitio", value);
        Ok(())
    }

    /// Draws a page around its body.
    ///
    /// # Errors
    /// The template's message.
    pub fn draw(&self, page: &Page, body: &str) -> Result<String, String> {
        let mut context = Context::from_serialize(page).map_err(|e| e.to_string())?;
        context.insert_value("cuerpo", tera::Value::safe_string(body));
        self.render(page.template, &page.path, &context)
    }

    /// Draws a part that the pages of a section share. `path` is empty where it is the same for all of them.
    ///
    /// # Errors
    /// The template's message.
    pub fn draw_part(&self, name: &str, seccion: &str, path: &str) -> Result<String, String> {
        let mut context = Context::new();
        context.insert_value("seccion", seccion.into());
        context.insert_value("path", path.into());
        self.render(&format!("{name}.html"), seccion, &context)
    }

    fn render(&self, template: &str, path: &str, context: &Context) -> Result<String, String> {
        let told = |e: &dyn std::fmt::Display| {
            format!(
                "la plantilla {template} del tema no pudo dibujar {path}: {e}; si el sitio tiene su propio themes/sede, compárelo con el de esta versión"
            )
        };
        let mut out = Vec::with_capacity(PAGE_BYTES);
        self.tera.render_to(template, context, &mut out).map_err(|e| told(&e))?;
        utf8(out).map_err(|e| told(&e))
    }
}

fn embedded(dir: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, file.contents().to_vec()));
    }
    for folder in dir.dirs() {
        files.extend(embedded(folder));
    }
    files.sort();
    files
}

fn files_in(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|e| told("leer el tema", folder, &e.into()))?;
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_file() || name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path = inside.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(entry.path()).map_err(|e| told("leer", entry.path(), &e))?;
        files.push((path, bytes));
    }
    Ok(files)
}
