//! The native side: the same plan, asked of Tantivy.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use serde::Serialize;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query as Ask,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use crate::builder::{SIDE, Side};
use crate::document::Error;
use crate::excerpt::{Excerpt, excerpt};
use crate::plan::{EACH, NAMED, Node, Notice, Plan, plan};
use crate::query::{is_question, parse};
use crate::schema::{BOOSTS, FIELDS, Fields, NAMES, VERSION, schema, tokenizers};

/// How results are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first: the last added.
    Date,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query<'a> {
    /// What was typed.
    pub text: &'a str,
    /// The last word may be unfinished.
    pub complete: bool,
    /// Facet and value; values of one facet are alternatives.
    pub filters: &'a [(usize, String)],
    /// The order.
    pub sort: Sort,
    /// How many at most.
    pub limit: usize,
}

/// A document found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its number: its place in the order of adding.
    pub doc: u32,
    /// Its score; 0 when sorted by date.
    pub score: f32,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: String,
    /// Its date, or nothing.
    pub date: String,
    /// Its codes.
    pub codes: Vec<String>,
    /// The section where the words stand: its id in the page, or nothing.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// A passage of it.
    pub excerpt: String,
}

/// An answer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Results {
    /// Documents that match.
    pub total: usize,
    /// No document has all the words: these have some of them.
    pub partial: bool,
    /// How the words were understood.
    pub notices: Vec<Notice>,
    /// The first of them.
    pub hits: Vec<Hit>,
}

/// Answers queries.
pub struct Searcher {
    searcher: tantivy::Searcher,
    fields: Fields,
    side: Side,
    published: PathBuf,
}

impl Searcher {
    /// The searcher of an index kept in a folder, whose files were published in another: what is shown of a document is read there.
    pub fn open(dir: &Path, published: &Path) -> Result<Self, Error> {
        let bytes = fs::read(dir.join(SIDE))?;
        let (found, _) = postcard::take_from_bytes(&bytes)?;
        if found != VERSION {
            return Err(Error::Version { found, read: VERSION });
        }
        let (side, published) = (postcard::from_bytes(&bytes)?, published.to_owned());
        let mut tantivy = tantivy::Index::open_in_dir(dir)?;
        tantivy.set_tokenizers(tokenizers());
        Ok(Self { searcher: tantivy.reader()?.searcher(), fields: schema().1, side, published })
    }

    /// Plans a query; for tests and the curious.
    pub(crate) fn plan(&self, text: &str, complete: bool) -> Plan {
        plan(&parse(text, complete), is_question(text), &self.side.lexicon, &self.side.synonyms)
    }

    /// The plan of a query as `FORMAT.md` writes it.
    pub fn explain(&self, text: &str, complete: bool) -> serde_json::Value {
        self.plan(text, complete).to_json()
    }

    /// Answers a query.
    pub fn search(&self, query: &Query<'_>) -> Result<Results, Error> {
        let plan = self.plan(query.text, query.complete);
        let wanted: Vec<&Node> = plan.want.iter().flatten().collect();
        let mut results = Results { notices: plan.notices.clone(), ..Results::default() };
        if wanted.is_empty() {
            return Ok(results);
        }
        let mut occur = Occur::Must;
        let all = self.ask(&wanted, occur, &plan, &[]);
        // Whether all words are in one document is asked before the filters: a filter never loosens the query.
        if wanted.len() < plan.want.len() || self.searcher.search(&all, &Count)? == 0 {
            occur = Occur::Should;
            results.partial = plan.want.len() > 1;
        }
        if plan.question {
            occur = Occur::Should;
        }
        let ask = self.ask(&wanted, occur, &plan, query.filters);
        results.total = self.searcher.search(&ask, &Count)?;
        results.partial &= results.total > 0;
        let found: Vec<(f32, DocAddress)> = match query.sort {
            Sort::Relevance if query.limit > 0 => {
                self.searcher.search(&ask, &TopDocs::with_limit(query.limit).order_by_score())?
            }
            Sort::Relevance => Vec::new(),
            Sort::Date => {
                let mut docs: Vec<DocAddress> = self.searcher.search(&ask, &DocSetCollector)?.into_iter().collect();
                docs.sort_by_key(|d| std::cmp::Reverse(d.doc_id));
                docs.into_iter().take(query.limit).map(|d| (0.0, d)).collect()
            }
        };
        let mut terms = FxHashSet::default();
        wanted.iter().for_each(|n| n.terms(&mut terms));
        results.hits = found.into_iter().map(|(score, at)| self.hit(score, at, &terms)).collect::<Result<_, _>>()?;
        Ok(results)
    }

    fn hit(&self, score: f32, at: DocAddress, terms: &FxHashSet<&str>) -> Result<Hit, Error> {
        let shown = self.side.blocks.read(&self.published, at.doc_id as usize)?;
        let Excerpt { anchor, heading, text: excerpt } = excerpt(&shown, terms);
        let (url, title, kind, date, codes, _) = shown;
        Ok(Hit { doc: at.doc_id, score, url, title, kind, date, codes, anchor, heading, excerpt })
    }

    fn ask(&self, want: &[&Node], occur: Occur, plan: &Plan, filters: &[(usize, String)]) -> BooleanQuery {
        let mut wanted: Vec<(Occur, Box<dyn Ask>)> = want.iter().map(|n| (occur, self.node(n, FIELDS))).collect();
        if occur == Occur::Should {
            let each = |n: &&Node| Box::new(ConstScoreQuery::new(self.node(n, FIELDS), EACH)) as Box<dyn Ask>;
            wanted.extend(want.iter().map(|n| (occur, each(n))));
        }
        let mut clauses: Vec<(Occur, Box<dyn Ask>)> = vec![(Occur::Must, Box::new(BooleanQuery::new(wanted)))];
        if want.len() > 1 && want.len() == plan.want.len() {
            let named = BooleanQuery::intersection(want.iter().map(|n| self.node(n, NAMES)).collect());
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(named), NAMED))));
        }
        clauses.extend(plan.title.iter().map(|t| (Occur::Should, self.node(&Node::Term(t.clone()), FIELDS))));
        // Twice, so that it is a union: what excludes seeks back, and a lone phrase in Tantivy 0.27 does not bear that
        // (tantivy issue 2811; an assertion in debug builds).
        let twice = |n: &Node| BooleanQuery::union(vec![self.node(n, FIELDS), self.node(n, FIELDS)]);
        clauses.extend(plan.avoid.iter().map(|n| (Occur::MustNot, Box::new(twice(n)) as Box<dyn Ask>)));
        let mut facets: Vec<usize> = filters.iter().map(|(f, _)| *f).collect();
        facets.sort_unstable();
        facets.dedup();
        for facet in facets {
            let values = filters.iter().filter(|(f, _)| *f == facet).map(|(f, v)| {
                let term = Term::from_field_text(self.fields.facet, &format!("{f}={v}"));
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Ask>
            });
            let any = Box::new(BooleanQuery::union(values.collect()));
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(any, 0.0))));
        }
        BooleanQuery::new(clauses)
    }

    /// In whichever of the first fields, each by its weight, summed.
    fn in_fields(&self, fields: usize, ask: impl Fn(Field) -> Box<dyn Ask>) -> Box<dyn Ask> {
        let each = (0..fields).filter_map(|i| {
            let boosted = BoostQuery::new(ask(*self.fields.text.get(i)?), *BOOSTS.get(i)?);
            Some((Occur::Should, Box::new(boosted) as Box<dyn Ask>))
        });
        Box::new(BooleanQuery::new(each.collect()))
    }

    fn node(&self, node: &Node, fields: usize) -> Box<dyn Ask> {
        match node {
            Node::Term(term) => self.in_fields(fields, |field| {
                Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
            }),
            // Tantivy's phrase needs two terms.
            Node::Phrase(terms) if terms.len() < 2 => terms.first().map_or_else(
                || Box::new(EmptyQuery) as Box<dyn Ask>,
                |(_, t)| self.node(&Node::Term(t.clone()), fields),
            ),
            Node::Phrase(terms) => self.in_fields(fields, |field| {
                let terms = terms.iter().map(|(at, t)| (*at as usize, Term::from_field_text(field, t)));
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }),
            Node::Max(nodes) => {
                Box::new(DisjunctionMaxQuery::new(nodes.iter().map(|n| self.node(n, fields)).collect()))
            }
            Node::All(nodes) => {
                Box::new(BooleanQuery::intersection(nodes.iter().map(|n| self.node(n, fields)).collect()))
            }
            Node::Weight(weight, node) => Box::new(BoostQuery::new(self.node(node, fields), *weight)),
        }
    }
}
