//! Sentences: a small grammar that chains words by class, each word drawn by its rank or from the subjects of the record.

use jiff::civil::date;

use crate::lexicon::{Class, Lexicon};
use crate::morphology::{Endings, GERUND, INFINITIVE, PARTICIPLE, PLURAL, SINGULAR, WE, capitalise, conjugate};
use crate::plan::{days_after, en_palabras};
use crate::rng::Rng;
use crate::sets::{PROCESOS, TIPOS};
use crate::vocabulary::{CONNECTORS, PREPOSITIONS};

/// Percentage of the words that come from the record's own subjects: a text repeats its subjects, and other texts do not
/// mention them.
const OWN: u64 = 55;

/// Writes the texts of one record.
pub(crate) struct Prose<'a> {
    lexicon: &'a Lexicon,
    /// The record's random numbers.
    pub(crate) rng: Rng,
    nouns: Vec<usize>,
    verbs: Vec<usize>,
    adjectives: Vec<usize>,
}

impl<'a> Prose<'a> {
    /// The writer of the record with this stream of random numbers.
    pub(crate) fn new(lexicon: &'a Lexicon, mut rng: Rng) -> Prose<'a> {
        let nouns = subjects(&lexicon.nouns, &mut rng, 24);
        let verbs = subjects(&lexicon.verbs, &mut rng, 12);
        let adjectives = subjects(&lexicon.adjectives, &mut rng, 10);
        Prose { lexicon, rng, nouns, verbs, adjectives }
    }

    /// Writes a noun; tells its gender.
    fn noun(&mut self, out: &mut String, determiner: Determiner, plural: bool) -> bool {
        let rank = rank(&self.lexicon.nouns, &mut self.rng, &self.nouns);
        let Some(noun) = self.lexicon.nouns.words.get(rank) else { return false };
        word(out, determiner.write(noun.feminine, plural));
        word(out, if plural { &noun.plural } else { &noun.singular });
        noun.feminine
    }

    fn adjective(&mut self, out: &mut String, feminine: bool, plural: bool) {
        let rank = rank(&self.lexicon.adjectives, &mut self.rng, &self.adjectives);
        let form = usize::from(feminine) + 2 * usize::from(plural);
        word(out, self.lexicon.adjectives.words.get(rank).and_then(|forms| forms.get(form)).map_or("", String::as_str));
    }

    /// Writes a form of a verb; of several forms, the first are the commonest.
    fn verb(&mut self, out: &mut String, forms: &[Endings]) {
        let form = self.rng.index(forms.len()).min(self.rng.index(forms.len())).min(self.rng.index(forms.len()));
        let rank = rank(&self.lexicon.verbs, &mut self.rng, &self.verbs);
        if let (Some(verb), Some(endings)) = (self.lexicon.verbs.words.get(rank), forms.get(form)) {
            word(out, "");
            conjugate(out, &verb.stem, verb.conjugation, *endings);
        }
    }

    /// Writes a noun phrase; tells whether it is plural.
    fn noun_phrase(&mut self, out: &mut String, depth: u32) -> bool {
        let plural = self.rng.chance(35);
        let determiner = match self.rng.below(20) {
            0..12 => Determiner::The,
            12..15 => Determiner::A,
            15..17 => Determiner::This,
            17..19 => Determiner::Its,
            _ => Determiner::All,
        };
        let feminine = self.noun(out, determiner, plural);
        if self.rng.chance(38) {
            self.adjective(out, feminine, plural);
        }
        if self.rng.chance(8) {
            word(out, "");
            let form = usize::from(feminine) + 2 * usize::from(plural);
            self.verb(out, PARTICIPLE.get(form..=form).unwrap_or_default());
        }
        if depth > 0 && self.rng.chance(45) {
            word(out, "de");
            self.noun_phrase(out, depth - 1);
        }
        plural
    }

    fn predicate(&mut self, out: &mut String, plural: bool) {
        let forms = if plural { PLURAL } else { SINGULAR };
        match self.rng.below(20) {
            0..11 => self.verb(out, forms),
            11..14 => {
                word(out, "se");
                self.verb(out, forms);
            }
            14..16 => {
                word(out, if plural { "deben" } else { "debe" });
                self.verb(out, INFINITIVE);
            }
            16..18 => {
                word(out, if plural { "han" } else { "ha" });
                self.verb(out, PARTICIPLE.get(..1).unwrap_or_default());
            }
            18 => {
                word(out, "no");
                self.verb(out, forms);
            }
            _ => self.verb(out, WE),
        }
        self.noun_phrase(out, 1);
        for _ in 0..self.rng.below(3) {
            word(out, self.rng.pick(PREPOSITIONS));
            self.noun_phrase(out, 1);
        }
    }

    /// A date, a sum, a code, a percentage: what a search must also find.
    fn fact(&mut self, out: &mut String) {
        let (a, b) = (self.rng.between(1, 999), self.rng.between(2006, 2025));
        let fact = match self.rng.below(5) {
            0 => format!("desde el {}", self.day()),
            1 => format!("por $ {}", self.money()),
            2 => format!("según el Decreto {a:03} de {b}"),
            3 => format!("con el {}", self.document_code()),
            _ => format!("en un {},{} %", a % 100, b % 10),
        };
        word(out, &fact);
    }

    /// `30 de diciembre de 2022`.
    pub(crate) fn day(&mut self) -> String {
        en_palabras(days_after(date(2006, 1, 2), self.rng.below(7000)))
    }

    /// `1.234.567`.
    pub(crate) fn money(&mut self) -> String {
        format!("{}.{:03}.{:03}", self.rng.between(1, 999), self.rng.below(1000), self.rng.below(1000))
    }

    fn document_code(&mut self) -> String {
        let proceso = self.rng.index(PROCESOS.len());
        let tipo = self.rng.index(TIPOS.len());
        let (proceso, sigla) =
            (PROCESOS.get(proceso).map_or("", |p| p.codigo), TIPOS.get(tipo).map_or("", |t| t.sigla));
        format!("{proceso}-{sigla}-{:03}", self.rng.between(1, 60))
    }

    /// Writes a sentence, with its full stop.
    pub(crate) fn sentence(&mut self, out: &mut String) {
        word(out, "");
        let start = out.len();
        if self.rng.chance(20) {
            out.push_str(self.rng.pick(CONNECTORS));
            out.push(',');
        }
        let plural = self.noun_phrase(out, 2);
        self.predicate(out, plural);
        match self.rng.below(12) {
            0..3 => {
                out.push_str(", y");
                self.predicate(out, plural);
            }
            3..5 => {
                word(out, "para");
                self.verb(out, INFINITIVE);
                self.noun_phrase(out, 1);
            }
            5 => {
                out.push(',');
                self.verb(out, GERUND);
                self.noun_phrase(out, 1);
            }
            6 => self.fact(out),
            _ => {}
        }
        out.push('.');
        capitalise(out, start);
    }

    /// A sentence alone.
    pub(crate) fn one(&mut self) -> String {
        let mut out = String::new();
        self.sentence(&mut out);
        out
    }

    /// Some sentences together.
    pub(crate) fn several(&mut self, count: u64) -> String {
        let mut out = String::new();
        for _ in 0..count {
            self.sentence(&mut out);
        }
        out
    }

    /// A title: nouns without determiner, «Seguimiento anual de la vivienda».
    pub(crate) fn title(&mut self) -> String {
        let mut out = String::new();
        let plural = self.rng.chance(25);
        let feminine = self.noun(&mut out, Determiner::None, plural);
        if self.rng.chance(60) {
            self.adjective(&mut out, feminine, plural);
        }
        word(&mut out, "de");
        self.noun_phrase(&mut out, 0);
        capitalise(&mut out, 0);
        out
    }

    /// A task: «Revisar el informe de la comunidad».
    pub(crate) fn task(&mut self) -> String {
        let mut out = String::new();
        self.verb(&mut out, INFINITIVE.get(..1).unwrap_or_default());
        self.noun_phrase(&mut out, 1);
        capitalise(&mut out, 0);
        out
    }

    /// Several tasks.
    pub(crate) fn tasks(&mut self, count: u64) -> Vec<String> {
        (0..count).map(|_| self.task()).collect()
    }
}

/// What stands before a noun.
#[derive(Clone, Copy)]
enum Determiner {
    None,
    The,
    A,
    This,
    Its,
    All,
}

impl Determiner {
    fn write(self, feminine: bool, plural: bool) -> &'static str {
        let [masculine, fem, masculines, feminines] = match self {
            Determiner::None => ["", "", "", ""],
            Determiner::The => ["el", "la", "los", "las"],
            Determiner::A => ["un", "una", "unos", "unas"],
            Determiner::This => ["este", "esta", "estos", "estas"],
            Determiner::Its => ["su", "su", "sus", "sus"],
            Determiner::All => ["cada", "cada", "todos los", "todas las"],
        };
        match (feminine, plural) {
            (false, false) => masculine,
            (true, false) => fem,
            (false, true) => masculines,
            (true, true) => feminines,
        }
    }
}

/// Adds a word, after a space where one is due; «de el» and «a el» become one word.
fn word(out: &mut String, word: &str) {
    if word == "el" && (out.ends_with(" de") || out.ends_with(" a")) {
        return out.push('l');
    }
    if !(out.is_empty() || out.ends_with([' ', '\n'])) {
        out.push(' ');
    }
    out.push_str(word);
}

/// Ranks of a record's own words of a class, the commonest first.
fn subjects<T>(class: &Class<T>, rng: &mut Rng, count: usize) -> Vec<usize> {
    let mut ranks: Vec<usize> = (0..count).map(|_| class.rank(rng)).collect();
    ranks.sort_unstable();
    ranks
}

/// The rank of the next word of a class: one of the record's own, most often of the first, or any.
fn rank<T>(class: &Class<T>, rng: &mut Rng, own: &[usize]) -> usize {
    if !rng.chance(OWN) {
        return class.rank(rng);
    }
    let place = rng.index(own.len()).min(rng.index(own.len()));
    own.get(place).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_put_together() {
        let mut out = String::from("Parte de");
        word(&mut out, "el");
        word(&mut out, "municipio");
        assert_eq!(out, "Parte del municipio");
        let mut out = String::from("Va a");
        word(&mut out, "el");
        assert_eq!(out, "Va al");
    }
}
