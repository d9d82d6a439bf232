//! `micrositio search`: the same answers as the page, from the index of the last build.

use std::process::ExitCode;

use search_index::{Query, Results, Sort};

use super::args::SearchOptions;
use super::{say, say_err};
use crate::search;

pub(super) fn run(options: &SearchOptions) -> Result<ExitCode, String> {
    let searcher = search::open(&options.site)?;
    let sort = if options.by_date { Sort::Date } else { Sort::Relevance };
    let query = Query { text: &options.query, sort, limit: options.limit, ..Query::default() };
    let results = searcher.search(&query).map_err(|e| search::refused(&e))?;
    if options.json {
        say(&serde_json::to_string_pretty(&results).map_err(|e| e.to_string())?);
    } else {
        show(&results);
    }
    Ok(ExitCode::SUCCESS)
}

fn show(results: &Results) {
    for notice in &results.notices {
        match (notice.kind.as_str(), notice.taken.first()) {
            ("nada", _) => say_err(&format!("«{}» no aparece en ningún documento.", notice.word)),
            ("prefijo", _) | (_, None) => {}
            (_, Some(near)) => say_err(&format!("«{}» no aparece. ¿Quiso decir «{near}»?", notice.word)),
        }
    }
    if results.partial && results.total > 0 {
        say_err("Ningún documento tiene todas las palabras; estos tienen algunas.");
    }
    for (i, hit) in results.hits.iter().enumerate() {
        let facts = [hit.kind.as_str(), &hit.codes.first().cloned().unwrap_or_default(), &hit.date].map(str::to_owned);
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let anchor = if hit.anchor.is_empty() { String::new() } else { format!("#{}", hit.anchor) };
        say(&format!("{}. {} ({})\n   {}{anchor}\n   {}", i + 1, hit.title, facts.join(", "), hit.url, hit.excerpt));
    }
    say_err(&match results.total {
        0 => "Sin resultados.".to_owned(),
        1 => "1 resultado.".to_owned(),
        n => format!("{n} resultados."),
    });
}
