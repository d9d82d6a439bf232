//! The vocabulary: base words first, then what Spanish word formation makes of them, each list in order of frequency.

use std::collections::BTreeSet;

use crate::morphology::{Conjugation, feminine, plural, prefixed};
use crate::rng::Rng;
use crate::vocabulary;
use crate::zipf::Zipf;

/// Fixes the order of the derived words; it is not the seed of a corpus, so all corpora share one vocabulary.
const ORDER: u64 = 20_260_105;

pub(crate) struct Noun {
    pub(crate) singular: String,
    pub(crate) plural: String,
    pub(crate) feminine: bool,
}

pub(crate) struct Verb {
    pub(crate) stem: String,
    pub(crate) conjugation: Conjugation,
}

/// Masculine, feminine, and their plurals.
pub(crate) type Adjective = [String; 4];

/// Words of a class, the commonest first.
pub(crate) struct Class<T> {
    pub(crate) words: Vec<T>,
    zipf: Zipf,
}

impl<T> Class<T> {
    /// The base words are the kernel; what is derived from them is the tail.
    fn new(words: Vec<T>, base: usize) -> Class<T> {
        Class { zipf: Zipf::new(words.len(), base), words }
    }

    /// The rank of a word, as often as its rank deserves.
    pub(crate) fn rank(&self, rng: &mut Rng) -> usize {
        self.zipf.rank(rng)
    }
}

pub(crate) struct Lexicon {
    pub(crate) nouns: Class<Noun>,
    pub(crate) verbs: Class<Verb>,
    pub(crate) adjectives: Class<Adjective>,
}

impl Lexicon {
    pub(crate) fn new() -> Lexicon {
        let mut order = Rng::new(ORDER, 0);
        let base = base_verbs();
        let derived = derive_verbs(&base, &mut order);
        let mut nouns = base_nouns();
        let mut adjectives: Vec<Adjective> = vocabulary::ADJECTIVES.split_whitespace().map(adjective).collect();
        let counts = (nouns.len(), base.len(), adjectives.len());
        // Derivatives of base verbs are commoner than those of prefixed ones.
        for verbs in [&base, &derived] {
            let (mut more_nouns, mut more_adjectives): (Vec<Noun>, Vec<Adjective>) = (Vec::new(), Vec::new());
            for verb in verbs {
                more_nouns.extend(nouns_of(verb));
                more_adjectives.extend(adjectives_of(verb));
            }
            order.shuffle(&mut more_nouns);
            order.shuffle(&mut more_adjectives);
            nouns.extend(more_nouns);
            adjectives.extend(more_adjectives);
        }
        let verbs: Vec<Verb> = base.into_iter().chain(derived).collect();
        Lexicon {
            nouns: Class::new(nouns, counts.0),
            verbs: Class::new(verbs, counts.1),
            adjectives: Class::new(adjectives, counts.2),
        }
    }
}

/// The items of the longer list with those of the shorter evenly among them.
fn interleave<T>(long: Vec<T>, short: Vec<T>) -> Vec<T> {
    let (n, m) = (long.len().max(1), short.len());
    let mut short = short.into_iter();
    let mut out = Vec::with_capacity(n + m);
    for (i, item) in long.into_iter().enumerate() {
        out.push(item);
        let due = (i + 1) * m / n - i * m / n;
        out.extend(short.by_ref().take(due));
    }
    out
}

fn base_nouns() -> Vec<Noun> {
    let list = |text: &str, feminine| -> Vec<Noun> {
        let mut seen = BTreeSet::new();
        let fresh = text.split_whitespace().filter(|word| seen.insert(word.to_string()));
        fresh.map(|word| noun(word.to_owned(), feminine)).collect()
    };
    interleave(list(vocabulary::NOUNS_M, false), list(vocabulary::NOUNS_F, true))
}

fn base_verbs() -> Vec<Verb> {
    let list = |text: &str, conjugation| -> Vec<Verb> {
        text.split_whitespace().map(|stem| Verb { stem: stem.to_owned(), conjugation }).collect()
    };
    let er_ir = interleave(list(vocabulary::VERBS_ER, Conjugation::Er), list(vocabulary::VERBS_IR, Conjugation::Ir));
    interleave(list(vocabulary::VERBS_AR, Conjugation::Ar), er_ir)
}

fn derive_verbs(base: &[Verb], order: &mut Rng) -> Vec<Verb> {
    let with = |prefix: &str, verb: &Verb| Verb { stem: prefixed(prefix, &verb.stem), conjugation: verb.conjugation };
    let mut verbs: Vec<Verb> =
        vocabulary::PREFIXES.iter().flat_map(|prefix| base.iter().map(|verb| with(prefix, verb))).collect();
    order.shuffle(&mut verbs);
    verbs
}

fn noun(singular: String, feminine: bool) -> Noun {
    Noun { plural: plural(&singular), singular, feminine }
}

fn adjective(masculine: &str) -> Adjective {
    let feminine = feminine(masculine);
    let (masculines, feminines) = (plural(masculine), plural(&feminine));
    [masculine.to_owned(), feminine, masculines, feminines]
}

fn nouns_of(verb: &Verb) -> Vec<Noun> {
    let suffixes: &[(&str, bool)] = match verb.conjugation {
        Conjugation::Ar => &[("ación", true), ("ador", false), ("amiento", false), ("adora", true), ("abilidad", true)],
        Conjugation::Er => &[("imiento", false), ("edor", false), ("edora", true), ("ibilidad", true)],
        Conjugation::Ir => &[("imiento", false), ("idor", false), ("idora", true), ("ibilidad", true)],
    };
    suffixes.iter().map(|(suffix, feminine)| noun(spelt(verb, suffix), *feminine)).collect()
}

fn adjectives_of(verb: &Verb) -> Vec<Adjective> {
    let suffixes: &[&str] = match verb.conjugation {
        Conjugation::Ar => &["able", "ado", "ativo", "atorio", "ante"],
        Conjugation::Er | Conjugation::Ir => &["ible", "ido", "itivo", "iente"],
    };
    suffixes.iter().map(|suffix| adjective(&spelt(verb, suffix))).collect()
}

fn spelt(verb: &Verb, suffix: &str) -> String {
    format!("{}{suffix}", verb.stem)
}
