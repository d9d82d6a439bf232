//! `pares hugo|zola|cobalt SITE DIR`: the records of a site as content for another generator, with the facts that our page of each
//! shows already found (titles, dates in words, what other records say of it) and links already resolved, as the other
//! generators could not.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use micrositio::catalog::address::slug;
use micrositio::catalog::{Catalog, Id};
use micrositio::content::{self, Kind};
use micrositio::pages::{self, Page, Plan};
use micrositio::{config, diagnostic};
use serde_json::{Map, Value, json};

/// What the records without a date are given: lists by date leave out who has none.
const NO_DATE: &str = "2006-01-01";

/// Keys of our page that the themes of the others use.
const FACTS: [&str; 8] =
    ["codigo", "etiqueta", "resumen", "publicado", "actualizado", "referencia_de", "fuentes", "bloques"];

type Done<T> = Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tool {
    Hugo,
    Zola,
    Cobalt,
}

fn main() -> Done<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [tool, site, dir] = args.as_slice() else { return Err("usage: pares hugo|zola|cobalt SITE DIR".into()) };
    let tool = match tool.as_str() {
        "hugo" => Tool::Hugo,
        "zola" => Tool::Zola,
        "cobalt" => Tool::Cobalt,
        other => return Err(format!("{other} is none of hugo, zola, cobalt").into()),
    };
    let (site, dir) = (Path::new(site), PathBuf::from(dir));
    let (config, refs) = config::load(site).map_err(|found| diagnostic::human(&found, site, false))?;
    let (catalog, _) = Catalog::new(config, &refs, content::load(site), None);
    let mut lists: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for plan in pages::plan(&catalog, false) {
        let id = plan.rows.first().map(|row| row.0).filter(|id| *catalog.url(*id) == *plan.path);
        let (Some(id), Some((section, name))) = (id, plan.path.split_once('/')) else { continue };
        let folder = dir.join("content").join(section);
        if !folder.exists() {
            fs::create_dir_all(&folder)?;
            start(tool, &folder, section)?;
        }
        let record = Found::of(&catalog, &plan, id);
        fs::write(folder.join(name).with_extension("md"), text(tool, &catalog, site, &record)?)?;
        for list in record.lists(section) {
            lists.entry(list).or_default().push(record.row());
        }
    }
    if tool == Tool::Cobalt { ready_made(&dir, lists) } else { Ok(()) }
}

/// The list of a section, fifty a page.
fn start(tool: Tool, folder: &Path, section: &str) -> Done<()> {
    let text = match tool {
        Tool::Hugo => format!("+++\ntitle = \"{section}\"\n+++\n"),
        Tool::Zola => format!("+++\ntitle = \"{section}\"\nsort_by = \"date\"\npaginate_by = 50\n+++\n"),
        Tool::Cobalt => return Ok(()),
    };
    Ok(fs::write(folder.join("_index.md"), text)?)
}

/// The page of a record, and what lists say of it.
struct Found<'a> {
    id: Id,
    page: Page,
    date: String,
    procesos: Vec<&'a str>,
}

/// A record in a list: date, code, address, title, summary.
type Row = (String, Value);

impl<'a> Found<'a> {
    fn of(catalog: &'a Catalog, plan: &Plan, id: Id) -> Found<'a> {
        let date = catalog.date(id).map_or_else(|| NO_DATE.to_owned(), |date| date.0.to_string());
        Found { id, page: (plan.build)(catalog, plan), date, procesos: procesos(catalog, id) }
    }

    /// Lists that it stands in: its section's, those of its type and of its processes.
    fn lists(&self, section: &str) -> Vec<String> {
        let tipo = self.page.etiqueta.iter().map(|name| format!("tipo/{}", slug(name)));
        let procesos = self.procesos.iter().map(|name| format!("proceso/{}", slug(name)));
        std::iter::once(section.to_owned()).chain(tipo).chain(procesos).collect()
    }

    fn row(&self) -> Row {
        let Page { path, titulo, codigo, resumen, .. } = &self.page;
        let mut row =
            json!({ "fecha": self.date, "codigo": codigo, "url": path, "titulo": titulo, "resumen": resumen });
        tidy(Tool::Cobalt, &mut row);
        (self.date.clone(), row)
    }
}

/// Cobalt's own lists are of posts, and it copies the data of all posts for each one it draws, which takes the square of their number.
/// So records are pages, and it is given the rows of each list: fifty a page in sections, all in terms.
fn ready_made(dir: &Path, lists: BTreeMap<String, Vec<Row>>) -> Done<()> {
    for (name, mut rows) in lists {
        rows.sort_by(|(a, _), (b, _)| b.cmp(a));
        let size = if name.contains('/') { rows.len() } else { 50 };
        let count = rows.len().div_ceil(size);
        for (number, rows) in rows.chunks(size).enumerate() {
            let path =
                |n: usize| format!("{name}/index{}.html", if n == 0 { String::new() } else { format!("-{}", n + 1) });
            let rows: Vec<&Value> = rows.iter().map(|(_, row)| row).collect();
            let mut data =
                json!({ "filas": rows, "numero": number + 1, "cuantas": count, "corta": name.contains('/') });
            if let Value::Object(data) = &mut data {
                data.extend((number > 0).then(|| ("anterior".to_owned(), json!(path(number - 1)))));
                data.extend((number + 1 < count).then(|| ("siguiente".to_owned(), json!(path(number + 1)))));
            }
            let front = json!({ "title": name, "layout": "lista.liquid", "permalink": format!("/{}", path(number)), "data": data });
            let file = dir.join("listas").join(path(number)).with_extension("md");
            fs::create_dir_all(file.parent().unwrap_or(dir))?;
            fs::write(file, format!("---\n{front}\n---\n"))?;
        }
    }
    Ok(())
}

/// The file of a record.
fn text(tool: Tool, catalog: &Catalog, root: &Path, record: &Found<'_>) -> Done<String> {
    let Found { id, page, date, procesos } = record;
    let Value::Object(mut shown) = serde_json::to_value(page)? else { return Err("a page is a map".into()) };
    let mut facts = Map::new();
    for key in FACTS {
        facts.extend(shown.remove(key).map(|value| (key.to_owned(), value)));
    }
    spell_out(&mut facts);
    let mut facts = Value::Object(facts);
    tidy(tool, &mut facts);
    let tipo: Vec<&str> = page.etiqueta.as_deref().into_iter().collect();
    let body = match page.cuerpo {
        Some(_) => body(tool, catalog, root, *id)?,
        None => String::new(),
    };
    let title = &page.titulo;
    Ok(match tool {
        Tool::Hugo => {
            // A taxonomy «proceso» would take the section «procesos» for its own.
            let mut front = json!({ "title": title, "date": date, "por-tipo": tipo, "por-proceso": procesos });
            if let (Value::Object(front), Value::Object(facts)) = (&mut front, facts) {
                front.extend(facts);
            }
            format!("{front}\n\n{body}")
        }
        Tool::Zola => {
            let taxonomies = json!({ "tipo": tipo, "proceso": procesos });
            let front = json!({ "title": title, "date": date, "taxonomies": taxonomies, "extra": facts });
            format!("+++\n{}+++\n\n{body}", toml::to_string(&front)?)
        }
        Tool::Cobalt => {
            let front = json!({ "title": title, "layout": "pagina.liquid", "permalink": format!("/{}", page.path), "data": facts });
            format!("---\n{front}\n---\n\n{body}")
        }
    })
}

/// Our templates tell a text from a cell and one cell from several; the others get lists of cells, but for a field that is a text.
fn spell_out(facts: &mut Map<String, Value>) {
    change(facts, "fuentes", &cells);
    let blocks = facts.get_mut("bloques").and_then(Value::as_array_mut);
    for block in blocks.into_iter().flatten().filter_map(Value::as_object_mut) {
        change(block, "celdas", &cells);
        change(block, "columnas", &cells);
        change(block, "entrada", &cell);
        change(block, "filas", &|rows| each(rows, &|row| each(row, &cells)));
        let fields = block.get_mut("campos").and_then(Value::as_array_mut);
        for field in fields.into_iter().flatten().filter_map(Value::as_object_mut) {
            let value = field.remove("valor").map(cells);
            field.extend(value.map(|value| ("celdas".to_owned(), value)));
        }
    }
}

fn change(map: &mut Map<String, Value>, key: &str, make: &dyn Fn(Value) -> Value) {
    if let Some(value) = map.get_mut(key) {
        *value = make(value.take());
    }
}

fn each(list: Value, make: &dyn Fn(Value) -> Value) -> Value {
    match list {
        Value::Array(items) => items.into_iter().map(make).collect(),
        other => other,
    }
}

fn cells(value: Value) -> Value {
    match value {
        Value::Array(_) => each(value, &cell),
        Value::Object(mut several) if several.contains_key("lista") => {
            each(several.remove("lista").unwrap_or_default(), &cell)
        }
        none if none == "" => json!([]),
        one => json!([cell(one)]),
    }
}

fn cell(value: Value) -> Value {
    if value.is_string() { json!({ "texto": value }) } else { value }
}

/// Leaves out what says nothing, and writes addresses as the tool publishes them.
fn tidy(tool: Tool, value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            for (key, value) in map {
                match value {
                    Value::String(url) if key == "url" && !url.contains(':') => *url = address(tool, url),
                    other => tidy(tool, other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tidy(tool, item)),
        _ => {}
    }
}

/// Zola has a folder for each page, the others a file.
fn address(tool: Tool, url: &str) -> String {
    let (path, anchor) = url.split_once('#').map_or((url, String::new()), |(path, id)| (path, format!("#{id}")));
    match path.strip_suffix(".html") {
        Some(stem) if tool == Tool::Zola => format!("/{}/{anchor}", stem.trim_end_matches("/index")),
        _ => format!("/{path}{anchor}"),
    }
}

/// Titles of the processes that a record names.
fn procesos(catalog: &Catalog, id: Id) -> Vec<&str> {
    let refs = catalog.records.get(id).map_or(&[][..], |record| &record.refs);
    let named = refs.iter().filter(|use_| use_.kind == Kind::Proceso);
    let found: BTreeSet<&str> =
        named.filter_map(|use_| Some(catalog.title(catalog.find_of(Kind::Proceso, &use_.text)?))).collect();
    found.into_iter().collect()
}

/// The Markdown of a record, with `[[code]]` written as others write links.
fn body(tool: Tool, catalog: &Catalog, root: &Path, id: Id) -> Done<String> {
    let record = catalog.records.get(id).ok_or("no such record")?;
    let text = fs::read_to_string(content::path_of(root, &record.file))?;
    let mut parts = record.body.within(&text).split("[[");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (link, rest) = part.split_once("]]").ok_or("a link is not closed")?;
        let (code, shown) = link.split_once('|').map_or((link, None), |(code, shown)| (code, Some(shown)));
        let target = catalog.find_any(code).ok_or_else(|| format!("{code} is no record"))?;
        let shown = shown.unwrap_or_else(|| catalog.title(target));
        out.push_str(&format!("[{shown}]({}){rest}", address(tool, catalog.url(target))));
    }
    Ok(out)
}
