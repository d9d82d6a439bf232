//! The planner: from clauses to what is asked of the index. `client/buscar.js` plans the same.

use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::lexicon::{Lexicon, SAID};
use crate::query::Clause;
use crate::resolve::{Found, resolve, said};
use crate::text::{surface, term, title_term};

/// How much a synonym counts beside the words typed.
pub(crate) const SYNONYM: f32 = 0.7;
/// What each word that a document has adds to its score, where it need not have them all.
pub(crate) const EACH: f32 = 15.0;
/// What a document gains whose title and codes have all the words.
pub(crate) const NAMED: f32 = 15.0;
/// Synonyms tried for one expression.
const MOST_SYNONYMS: usize = 4;

/// A question to the index; each gives a document a score or nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// A term, in all fields.
    Term(String),
    /// Terms at these offsets, in one field.
    Phrase(Vec<(u32, String)>),
    /// The best of several.
    Max(Vec<Node>),
    /// All of several, summed.
    All(Vec<Node>),
    /// Another, weighted.
    Weight(f32, Box<Node>),
}

/// What the reader is told about how a word was understood.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Notice {
    /// `nada`: not found; `errata`: another spelling was taken; `enie`: with ñ; `prefijo`: words that begin so.
    #[serde(rename = "tipo")]
    pub kind: String,
    /// The word typed.
    #[serde(rename = "palabra")]
    pub word: String,
    /// The words taken in its place.
    #[serde(rename = "por")]
    pub taken: Vec<String>,
}

/// What is asked of the index.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// Wanted; nothing where a word stands for nothing.
    pub(crate) want: Vec<Option<Node>>,
    /// Unwanted.
    pub(crate) avoid: Vec<Node>,
    /// It is a question in plain words: any of them will do, and who has more of them comes first.
    pub(crate) question: bool,
    /// The term of a document whose whole title was typed; it adds to the score and demands nothing.
    pub(crate) title: Option<String>,
    /// What to tell the reader.
    pub(crate) notices: Vec<Notice>,
}

/// Groups of expressions that mean the same, each a list of terms.
pub(crate) type Synonyms = Vec<Vec<Vec<String>>>;

/// Plans a query; `question` if it was typed as one.
pub(crate) fn plan(clauses: &[Clause], question: bool, lexicon: &Lexicon, synonyms: &Synonyms) -> Plan {
    let mut out = Plan::default();
    if clauses.iter().all(|c| !c.not && !c.phrase) {
        out.question = question;
        out.title = title_term(clauses.iter().flat_map(|c| &c.words).map(String::as_str));
    }
    let mut i = 0;
    while let Some(clause) = clauses.get(i) {
        i += 1;
        if clause.not {
            out.avoid.extend(exact(clause, lexicon));
        } else if clause.phrase {
            let node = exact(clause, lexicon);
            if node.is_none() {
                let words: Vec<&str> = clause.words.iter().filter(|w| !w.is_empty()).map(String::as_str).collect();
                out.notices.push(said("nada", &words.join(" "), &[]));
            }
            out.want.push(node);
        } else if let Some((node, taken)) = synonym(clauses.get(i - 1..).unwrap_or_default(), lexicon, synonyms) {
            out.want.push(Some(node));
            i += taken - 1;
        } else {
            let found = if clause.key.is_empty() { loose(clause, lexicon) } else { code(clause, lexicon) };
            out.notices.extend(found.notices);
            out.want.push(found.node);
        }
    }
    out
}

fn loose(clause: &Clause, lexicon: &Lexicon) -> Found {
    clause.words.first().map_or_else(Found::default, |w| resolve(w, clause.open, lexicon))
}

/// The terms of a word that occurs.
fn terms_of(word: &str, lexicon: &Lexicon) -> Option<Node> {
    let own: Vec<Node> = lexicon.get(&surface(word))?.own().cloned().map(Node::Term).collect();
    (!own.is_empty()).then_some(Node::Max(own))
}

/// The clause as it stands: no completion, no typos, no synonyms.
fn exact(clause: &Clause, lexicon: &Lexicon) -> Option<Node> {
    if clause.phrase {
        return sequence(clause, lexicon);
    }
    let whole = (!clause.key.is_empty()).then(|| terms_of(&clause.key, lexicon)).flatten();
    whole.or_else(|| {
        let parts: Option<Vec<Node>> = clause.words.iter().map(|w| terms_of(w, lexicon)).collect();
        parts.map(Node::All)
    })
}

/// A phrase: where a word stands for several terms, each of them in turn.
fn sequence(clause: &Clause, lexicon: &Lexicon) -> Option<Node> {
    let mut ways: Vec<Vec<(u32, String)>> = vec![Vec::new()];
    for (offset, word) in clause.words.iter().enumerate().filter(|(_, w)| !w.is_empty()) {
        let word = lexicon.get(&surface(word))?;
        let longer = ways
            .iter()
            .flat_map(|way| word.own().map(move |t| way.iter().cloned().chain([(offset as u32, t.clone())]).collect()));
        ways = longer.take(8).collect();
        if ways.is_empty() {
            return None;
        }
    }
    Some(Node::Max(ways.into_iter().map(Node::Phrase).collect()))
}

/// A code, number or date: whole if it occurs, else its parts.
fn code(clause: &Clause, lexicon: &Lexicon) -> Found {
    let mut terms: Vec<Node> = Vec::new();
    if let Some(word) = lexicon.get(&clause.key) {
        terms.extend(word.terms.iter().map(|term| Node::of(term)));
    }
    if clause.open {
        let longer = lexicon.starting(&clause.key).iter().filter(|w| w.word != clause.key);
        terms.extend(longer.take(8).flat_map(|w| w.terms.iter().map(|term| Node::of(term))));
    }
    if !terms.is_empty() {
        return Found { node: Some(Node::Max(terms)), notices: Vec::new() };
    }
    let mut parts = clause.words.as_slice();
    // `OD-0` on its way to `OD-001`.
    if clause.open
        && let Some((last, head)) = parts.split_last()
        && last.bytes().all(|b| b == b'0')
    {
        parts = head;
    }
    let mut found = Found::default();
    let mut nodes: Vec<Option<Node>> = Vec::new();
    for (i, word) in parts.iter().enumerate() {
        let part = resolve(word, clause.open && i + 1 == clause.words.len(), lexicon);
        found.notices.extend(part.notices);
        nodes.push(part.node);
    }
    found.node = nodes.into_iter().collect::<Option<Vec<Node>>>().map(Node::All);
    found
}

/// If the clauses begin with an expression of a group: it, or any other of the group, and how many clauses it takes.
fn synonym(clauses: &[Clause], lexicon: &Lexicon, synonyms: &Synonyms) -> Option<(Node, usize)> {
    let plain = |c: &&Clause| !c.not && !c.phrase && c.key.is_empty() && !c.open;
    let typed: Vec<String> =
        clauses.iter().take_while(plain).filter_map(|c| c.words.first()).map(|w| term(w)).collect();
    let (group, member) = synonyms
        .iter()
        .flat_map(|group| group.iter().map(move |member| (group, member)))
        .filter(|(_, member)| !member.is_empty() && typed.starts_with(member))
        .max_by_key(|(_, member)| member.len())?;
    let own: Option<Vec<Node>> =
        clauses.iter().take(member.len()).map(|c| terms_of(c.words.first()?, lexicon)).collect();
    let others = group.iter().filter(|m| *m != member).take(MOST_SYNONYMS).map(|m| {
        let all = Node::All(m.iter().cloned().map(Node::Term).collect());
        Node::Weight(SYNONYM, Box::new(all))
    });
    Some((Node::Max(own.map(Node::All).into_iter().chain(others).collect()), member.len()))
}

impl Node {
    /// What a term of the lexicon asks: that of what a word is said for counts like a synonym.
    pub(crate) fn of(term: &str) -> Self {
        match term.strip_prefix(SAID) {
            Some(said) => Self::Weight(SYNONYM, Box::new(Self::Term(said.to_owned()))),
            None => Self::Term(term.to_owned()),
        }
    }

    /// The node as the test vectors and the browser write it.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Term(term) => json!(["t", term]),
            Self::Phrase(terms) => json!(["f", terms]),
            Self::Max(nodes) => json!(["m", nodes.iter().map(Self::to_json).collect::<Vec<_>>()]),
            Self::All(nodes) => json!(["y", nodes.iter().map(Self::to_json).collect::<Vec<_>>()]),
            // Through its shortest decimal: 0.7, not the nearest f64 of the f32.
            Self::Weight(w, node) => json!(["p", w.to_string().parse::<f64>().unwrap_or(1.0), node.to_json()]),
        }
    }
}

impl Node {
    /// Adds every term it names.
    pub(crate) fn terms<'a>(&'a self, out: &mut FxHashSet<&'a str>) {
        match self {
            Self::Term(term) => {
                out.insert(term);
            }
            Self::Phrase(terms) => out.extend(terms.iter().map(|(_, t)| t.as_str())),
            Self::Max(nodes) | Self::All(nodes) => nodes.iter().for_each(|n| n.terms(out)),
            Self::Weight(_, node) => node.terms(out),
        }
    }
}

impl Plan {
    /// The plan as the test vectors write it.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "si": self.want.iter().map(|n| n.as_ref().map(Node::to_json)).collect::<Vec<_>>(),
            "no": self.avoid.iter().map(Node::to_json).collect::<Vec<_>>(),
            "titulo": self.title,
            "pregunta": self.question,
            "avisos": self.notices,
        })
    }
}
