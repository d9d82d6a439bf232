//! `micrositio archive`: a copy of what was published.

use std::path::Path;
use std::process::ExitCode;

use super::args::ArchiveOptions;
use super::say;
use crate::archive::bag::{self, Done, Order};
use crate::archive::wacz;

pub(super) fn run(options: &ArchiveOptions) -> Result<ExitCode, String> {
    let published = options.output.clone().unwrap_or_else(|| options.site.join("public"));
    let sources = options.with_sources.then_some(options.site.as_path());
    if let Some(dest) = &options.dest {
        refuse_other_forms(dest)?;
        let done = bag::write(&Order { published: &published, sources, dest })?;
        told(&done, dest);
        say(&format!("Compruebe la copia con: micrositio verify \"{}\"", dest.display()));
    }
    if let Some(dest) = &options.wacz {
        told(&wacz::write(&published, dest)?, dest);
    }
    Ok(ExitCode::SUCCESS)
}

/// What is no .zip becomes a folder: a name that asks for another file would be one that no program opens.
fn refuse_other_forms(dest: &Path) -> Result<(), String> {
    let extension = dest.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let shown = dest.display();
    match extension.as_deref() {
        Some("wacz") => Err(format!("{shown} sería una carpeta; un .wacz se pide con --wacz \"{shown}\"")),
        Some("rar" | "7z" | "tar" | "gz" | "tgz" | "bz2" | "xz") => {
            let zip = dest.with_extension("zip");
            Err(format!("{shown} sería una carpeta; la copia es una carpeta o un .zip: \"{}\"", zip.display()))
        }
        _ => Ok(()),
    }
}

fn told(done: &Done, dest: &Path) {
    let dest = dest.display();
    say(&format!("{} archivos del sitio, {} en {dest}", done.files, size(done.bytes)));
    say(&format!("Huella del contenido: {}", done.hash));
}

/// A size as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
