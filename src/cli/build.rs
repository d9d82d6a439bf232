//! `micrositio build`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BuildOptions, SiteOptions};
use super::{CONTENT, check, say, say_err};
use crate::cache::{Built, Cache, Digest, Pages};
use crate::config;
use crate::content::valor::Fecha;
use crate::diagnostic::{self, Diagnostic};
use crate::out::Out;
use crate::publish::Stage;
use crate::search;
use crate::site::{self, Done, Search};
use crate::stamp::Stamp;

pub(super) fn run(options: &BuildOptions) -> Result<ExitCode, String> {
    threads(options.jobs)?;
    let started = Instant::now();
    let output = output(options);
    // By one of the threads that read and draw: what they let go of is the memory that it needs.
    let (done, published) = rayon::scope(|_| build(options, &output))?;
    check::show(&done.diagnostics, &options.site.site);
    if options.timings {
        for (stage, time) in &done.timings {
            say_err(&format!("{stage:>10} {:>7.0} ms", time.as_secs_f64() * 1000.0));
        }
    }
    let Some(place) = published else {
        say_err(&format!(
            "No se publicó nada: {}. Lo que estaba en {} sigue igual.",
            check::summary(&done.diagnostics),
            output.display()
        ));
        return Ok(ExitCode::from(CONTENT));
    };
    say(&format!(
        "{} páginas{}{} en {:.2} s, {}: {}",
        done.pages,
        match done.drawn {
            _ if done.is_unchanged => " sin cambios".to_owned(),
            drawn if drawn < done.pages => format!(" ({drawn} dibujadas de nuevo)"),
            _ => String::new(),
        },
        if done.indexed > 0 { format!(", {} en el buscador", done.indexed) } else { String::new() },
        started.elapsed().as_secs_f64(),
        check::summary(&done.diagnostics),
        shown(&place).display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Where the site goes: `-o`, else `public` in the site's folder.
pub(super) fn output(options: &BuildOptions) -> PathBuf {
    options.output.clone().unwrap_or_else(|| options.site.site.join("public"))
}

/// Builds and, when the content has no error, publishes; gives the folder.
pub(super) fn build(options: &BuildOptions, output: &Path) -> Result<(Done, Option<PathBuf>), String> {
    let (site, base_url) = (&options.site, options.base_url.clone());
    if let Some(bad) = base_url.as_deref().filter(|url| !["https://", "http://"].iter().any(|s| url.starts_with(s))) {
        return Err(format!("--base-url es una dirección que empieza por https://, y se escribió «{bad}»"));
    }
    config::require(&site.site)?;
    let mut stage = Stage::begin(output, &site.site)?;
    let cache = Cache::take(&site.site);
    let search = match options.no_search {
        true => Search::Absent,
        false => Search::Indexed(cache.as_ref().map(Cache::new_index)),
    };
    let options = site::Options { date: cut_off(site.date)?, base_url, search, program: program() };
    let by: Digest = blake3::hash(format!("{options:?}").as_bytes()).into();
    let sources = cache.as_ref().and_then(|cache| cache.sources(&site.site));
    // Without its index there is something to be done, whatever else is as it was.
    let has_index = |cache: &&Cache| matches!(options.search, Search::Absent) || search::is_kept(cache);
    let built = cache.as_ref().filter(has_index).and_then(Cache::built).filter(|built| built.output == stage.output());
    let mut before = Pages::default();
    if let (Some(cache), Some(built)) = (&cache, built) {
        if sources.as_ref().is_some_and(|sources| built.is_current(&by, sources)) {
            let Built { diagnostics, pages, indexed, output, .. } = built;
            return Ok((Done { diagnostics, pages, indexed, is_unchanged: true, ..Done::default() }, Some(output)));
        }
        stage.knows(built.published);
        before = cache.pages().unwrap_or_default();
    }
    let bar = progress();
    let done = site::run(&site.site, &options, Out::Stage(&stage), &before, &|stage, done, total| {
        // A look at the clock for each page would cost more than it tells.
        if done.is_multiple_of(PAGES_A_STEP) {
            bar.set_message(stage);
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    });
    bar.finish_and_clear();
    let done = done?;
    if diagnostic::errors(&done.diagnostics) > 0 {
        return Ok((done, None));
    }
    let output = stage.output().to_owned();
    let published = stage.publish(done.about.clone())?;
    if let Some(cache) = cache {
        // The site is published: what only this machine needs does not undo that.
        if let Some(message) = done.has_new_index.then(|| search::keep(&cache, &output).err()).flatten() {
            say_err(&format!("aviso: {message}; la orden search no podrá responder"));
        }
        let (diagnostics, pages, indexed) = (done.diagnostics.clone(), done.pages, done.indexed);
        if let Some(sources) = sources {
            let output = output.clone();
            cache.remember(Built { by, output, sources, published, diagnostics, pages, indexed }, &done.remembered);
        }
    }
    Ok((done, Some(output)))
}

/// Pages from one move of the progress bar to the next.
const PAGES_A_STEP: usize = 32;

/// A bar over what takes long, on a terminal; nothing elsewhere.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    // The template is ours; without it the bar looks plain, and says as much.
    if let Ok(style) = ProgressStyle::with_template("{msg:<24} {wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

/// What this program is: its version, and its file, which changes with every change of the code.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    format!("{} {:?}", env!("CARGO_PKG_VERSION"), file.map(|meta| Stamp::of(&meta)))
}

/// The cut-off date: `--date`, else `SOURCE_DATE_EPOCH`, else none.
pub(super) fn cut_off(date: Option<jiff::civil::Date>) -> Result<Option<Fecha>, String> {
    if let Some(date) = date {
        return Ok(Some(Fecha(date)));
    }
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = epoch.to_str().and_then(|s| s.parse::<i64>().ok());
    let day =
        seconds.and_then(|s| jiff::Timestamp::from_second(s).ok()).map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date());
    match day {
        Some(day) => Ok(Some(Fecha(day))),
        None => Err(format!("SOURCE_DATE_EPOCH no es un número de segundos: {}", epoch.to_string_lossy())),
    }
}

fn threads(jobs: Option<usize>) -> Result<(), String> {
    let Some(jobs) = jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    pool.map_err(|e| format!("no se pudieron crear {jobs} hilos: {e}"))
}

/// The folder as the user would type it.
fn shown(place: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    place.strip_prefix(&here).map_or_else(|_| place.to_owned(), Path::to_owned)
}

/// Whether problems are shown in colour.
pub(super) fn color() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Problems, for those who only look.
pub(super) fn only_check(site: &SiteOptions) -> Result<Vec<Diagnostic>, String> {
    let options = site::Options { date: cut_off(site.date)?, ..site::Options::default() };
    Ok(site::run(&site.site, &options, Out::Nowhere, &Pages::default(), &|_, _, _| {})?.diagnostics)
}
