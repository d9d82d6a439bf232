//! The inner stages of a build, one by one and in one thread each unless the stage has its own: `cargo bench -p corpus`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use corpus::{Corpus, SEED};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use micrositio::catalog::{Catalog, Id};
use micrositio::content::{self, Contenido};
use micrositio::pages::{self, Page, Plan};
use micrositio::render::finish::{Links, finish};
use micrositio::render::{Frames, Theme, markdown};
use micrositio::{check, config};
use mimalloc::MiMalloc;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const RECORDS: u64 = 1000;

fn main() {
    divan::main();
}

/// A site on disk and all that its pages are drawn from.
struct Site {
    root: PathBuf,
    catalog: Catalog,
    theme: Theme,
    plans: Vec<Plan>,
}

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| prepared().unwrap_or_else(|error| panic!("{error}")))
}

fn prepared() -> Result<Site, String> {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("stages-{RECORDS}"));
    if root.exists() {
        fs::remove_dir_all(&root).map_err(|e| e.to_string())?;
    }
    Corpus::new(SEED).write(RECORDS, &root).map_err(|e| e.to_string())?;
    let catalog = catalog(&root, content::load(&root));
    let mut theme = Theme::load(&root)?;
    theme.share(&pages::sitio::sitio(&catalog, true))?;
    let plans = pages::plan(&catalog, true);
    Ok(Site { root, catalog, theme, plans })
}

fn catalog(root: &Path, contenido: Contenido) -> Catalog {
    let (config, refs) = config::load(root).unwrap_or_else(|found| panic!("{found:?}"));
    Catalog::new(config, &refs, contenido, None).0
}

/// The page and the Markdown of a record of middle size of each of the four kinds that are counted.
struct One<'a> {
    plan: &'a Plan,
    page: Page,
    body: String,
}

fn one(folder: &str) -> One<'static> {
    let site = site();
    let mut found: Vec<One<'_>> = site.plans.iter().filter_map(|plan| record(site, plan, folder)).collect();
    found.sort_by_key(|one| one.body.len());
    let middle = found.len() / 2;
    found.into_iter().nth(middle).unwrap_or_else(|| panic!("no page in {folder}"))
}

fn record(site: &'static Site, plan: &'static Plan, folder: &str) -> Option<One<'static>> {
    let id: Id = plan.rows.first()?.0;
    let own = plan.path.starts_with(folder) && *site.catalog.url(id) == *plan.path;
    let record = site.catalog.records.get(id).filter(|record| own && !record.body.is_empty)?;
    let text = fs::read_to_string(content::path_of(&site.root, &record.file)).ok()?;
    let body = record.body.within(&text).to_owned();
    Some(One { plan, page: (plan.build)(&site.catalog, plan), body })
}

const FOLDERS: [&str; 4] = ["documentos/", "actas/", "buenas-practicas/", "paginas/"];

#[divan::bench]
fn content_load(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| content::load(black_box(&site.root)));
}

#[divan::bench]
fn catalog_new(bencher: Bencher<'_, '_>) {
    let site = site();
    let read = || content::load(&site.root);
    bencher.counter(ItemsCount::new(RECORDS)).with_inputs(read).bench_values(|read| catalog(&site.root, read));
}

#[divan::bench]
fn check_catalog(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.counter(ItemsCount::new(RECORDS)).bench(|| check::catalog(black_box(&site.catalog)));
}

#[divan::bench]
fn pages_plan(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.counter(ItemsCount::new(site.plans.len())).bench(|| pages::plan(black_box(&site.catalog), true));
}

#[divan::bench(args = FOLDERS)]
fn page_view(bencher: Bencher<'_, '_>, folder: &str) {
    let (site, one) = (site(), one(folder));
    bencher.bench(|| (one.plan.build)(black_box(&site.catalog), one.plan));
}

#[divan::bench(args = FOLDERS)]
fn page_markdown(bencher: Bencher<'_, '_>, folder: &str) {
    let one = one(folder);
    bencher
        .counter(BytesCount::of_str(&one.body))
        .bench(|| markdown::render(black_box(&one.body), [].into_iter(), &|_| None));
}

#[divan::bench(args = FOLDERS)]
fn page_template(bencher: Bencher<'_, '_>, folder: &str) {
    let (site, one) = (site(), one(folder));
    let body = markdown::render(&one.body, [].into_iter(), &|_| None).html;
    bencher.bench(|| site.theme.draw(black_box(&one.page), &body));
}

#[divan::bench(args = FOLDERS)]
fn page_finish(bencher: Bencher<'_, '_>, folder: &str) {
    finishing(bencher, folder, false);
}

#[divan::bench(args = FOLDERS)]
fn page_finish_with_text(bencher: Bencher<'_, '_>, folder: &str) {
    finishing(bencher, folder, true);
}

fn finishing(bencher: Bencher<'_, '_>, folder: &str, with_text: bool) {
    let (site, one) = (site(), one(folder));
    let body = markdown::render(&one.body, [].into_iter(), &|_| None).html;
    let html = site.theme.draw(&one.page, &body).unwrap_or_else(|error| panic!("{error}"));
    let path = one.page.path.as_str();
    let shared = Frames::default().of(&site.theme, one.page.seccion, path, false, Links::Relative);
    let shared = shared.unwrap_or_else(|error| panic!("{error}"));
    let size = BytesCount::of_str(&html);
    bencher.counter(size).bench(|| finish(black_box(&html), path, Links::Relative, &shared, with_text));
}
