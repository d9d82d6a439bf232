//! `micrositio archive`: a copy of what was published.

use std::process::ExitCode;

use super::args::ArchiveOptions;
use super::say;
use crate::archive::bag::{self, Order};

pub(super) fn run(options: &ArchiveOptions) -> Result<ExitCode, String> {
    let published = options.output.clone().unwrap_or_else(|| options.site.join("public"));
    let sources = options.with_sources.then_some(options.site.as_path());
    let done = bag::write(&Order { published: &published, sources, dest: &options.dest })?;
    let dest = options.dest.display();
    say(&format!(
        "{} archivos del sitio, {} en {dest}\nHuella del contenido: {}\nCompruebe la copia con: micrositio verify {dest}",
        done.files,
        size(done.bytes),
        done.hash
    ));
    Ok(ExitCode::SUCCESS)
}

/// A size as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
