//! From text to words: what a word is, what it is looked up by, and which term it stands for.
//!
//! `client/buscar.js` does the same; `tests/vectores.json` holds the two together.

use std::borrow::Cow;
use std::sync::OnceLock;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Letters a word may have at most; longer ones are not indexed.
pub(crate) const LONGEST: usize = 64;
/// Parts a code may have at most.
const MOST_PARTS: usize = 8;

/// The text in composed form: an accent apart would split its word in two.
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    // Letters before U+0300 are, and theirs are the first bytes below 0xCC: a Spanish text needs no table.
    if text.bytes().all(|b| b < 0xCC) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Lower case letter by letter, without the rule of the final sigma.
pub(crate) fn lower(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// Without accents; the ñ is a letter of its own and stays.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut previous = ' ';
    let kept = word.nfd().filter(|c| {
        let mark = ('\u{300}'..='\u{36f}').contains(c);
        let keep = !mark || (*c == '\u{303}' && previous == 'n');
        previous = *c;
        keep
    });
    kept.collect::<String>().nfc().collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn without_zeros(number: &str) -> &str {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { number.get(..1).unwrap_or_default() } else { bare }
}

/// What a lower-case word is looked up by: folded, and `016` is `16`.
pub(crate) fn surface(word: &str) -> String {
    if is_number(word) { without_zeros(word).to_owned() } else { fold(word) }
}

fn is_spanish(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || "áéíóúüñ".contains(c))
}

/// The term that a lower-case word stands for: its Spanish stem, folded; other than words are kept whole.
pub(crate) fn term(word: &str) -> String {
    if !is_spanish(word) {
        return surface(word);
    }
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    fold(&STEMMER.get_or_init(|| Stemmer::new(Algorithm::Spanish)).stem(word))
}

/// The other grammatical number of a folded word, as it may be: the stemmer leaves `acta` and `actas` apart.
pub(crate) fn other_number(form: &str) -> Vec<String> {
    let mut out = Vec::new();
    if form.chars().count() < 3 || !is_spanish(form) {
        return out;
    }
    let ends = |letters: &str| form.chars().next_back().is_some_and(|c| letters.contains(c));
    if let Some(bare) = form.strip_suffix("ces") {
        out.push(format!("{bare}z"));
    }
    out.extend(["es", "s"].iter().filter_map(|s| form.strip_suffix(s)).map(str::to_owned));
    if let Some(bare) = form.strip_suffix('z') {
        out.push(format!("{bare}ces"));
    } else if ends("aeiou") {
        out.push(format!("{form}s"));
    } else if !ends("s") {
        out.push(format!("{form}es"));
    }
    out
}

const STOPWORDS: &str = include_str!("stopwords.txt");

/// Whether a lower-case word is one that says nothing by itself.
pub(crate) fn is_stopword(word: &str) -> bool {
    static SET: OnceLock<FxHashSet<&str>> = OnceLock::new();
    SET.get_or_init(|| STOPWORDS.split_whitespace().collect()).contains(word)
}

/// Words that only ask: they are indexed, for they may be part of a phrase or a name, but nobody looks for them in a question.
const ASKING: &str = "cuál cuáles cuánto cuánta cuántos cuántas cómo quién quiénes dónde adónde cuándo cuyo cuya cuyos cuyas \
    hace hacen hacer hago puede puedo pueden podemos debe debo deben necesito quiero quisiera quiere saber conocer decir ver \
    encuentro encuentra encontrar busco buscar existe existen consiste consisten sirve sirven significa significan llama \
    llaman cada según hizo hicieron responsable responsables encargado encargada encargados encargadas encarga encargan \
    cargo responde responden respondió maneja manejan dice dicen trata tratan explica explican muestra mostrar muéstrame dame \
    dime acerca relacionado relacionada relacionados relacionadas respecto favor gustaría deseo pasó";

/// The stopwords, and the words that only ask, as they are typed without accents, in order.
pub(crate) fn folded_stopwords() -> &'static [String] {
    static LIST: OnceLock<Vec<String>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut words: Vec<String> = STOPWORDS.split_whitespace().chain(ASKING.split_whitespace()).map(fold).collect();
        words.sort();
        words.dedup();
        words
    })
}

/// Whether a lower-case word, typed with or without accents, is one that says nothing by itself.
pub(crate) fn is_stop_typed(word: &str) -> bool {
    folded_stopwords().binary_search(&fold(word)).is_ok()
}

/// Words that a title may have to be known whole.
const LONGEST_TITLE: usize = 20;

/// The term of a whole title, given its words in lower case: who types all of a title wants that document first.
pub(crate) fn title_term<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let says: Vec<String> = words.filter(|w| !is_stop_typed(w)).map(surface).collect();
    // Beside the postings of its first word, so that both are read from one shard.
    let first = says.first()?;
    let short = says.len() <= LONGEST_TITLE && says.iter().all(|w| w.len() <= LONGEST || w.chars().count() <= LONGEST);
    short.then(|| format!("{}={}", term(first), says.join("-")))
}

/// Words joined by single connectors: `DEP-OD-001`, `1.234.567`, `y/o`, or one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Chunk<'a> {
    /// Its words as written.
    pub(crate) parts: Vec<&'a str>,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends, in bytes.
    pub(crate) end: usize,
}

/// Bytes of the character at `at`, and whether it is of a word. Letters of Spanish are known without a table.
#[inline]
fn character(text: &str, at: usize) -> Option<(usize, bool)> {
    match *text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some((1, byte.is_ascii_alphanumeric())),
        // U+00C0 to U+00FF: all letters but × and ÷.
        0xC3 => Some((2, !matches!(text.as_bytes().get(at + 1), Some(0x97 | 0xB7)))),
        _ => text.get(at..)?.chars().next().map(|c| (c.len_utf8(), c.is_alphanumeric())),
    }
}

/// The word at or after `at`: where it begins and ends.
fn word_from(text: &str, mut at: usize) -> Option<(usize, usize)> {
    loop {
        match character(text, at)? {
            (_, true) => break,
            (bytes, false) => at += bytes,
        }
    }
    let start = at;
    while let Some((bytes, true)) = character(text, at) {
        at += bytes;
    }
    Some((start, at))
}

/// The next chunk at or after `at`, into one that is used again.
pub(crate) fn next_chunk<'a>(text: &'a str, at: usize, chunk: &mut Chunk<'a>) -> bool {
    chunk.parts.clear();
    let Some((start, mut end)) = word_from(text, at) else { return false };
    chunk.start = start;
    chunk.parts.extend(text.get(start..end));
    while let Some(b'-' | b'.' | b'/' | b'_') = text.as_bytes().get(end)
        && let Some((from, to)) = word_from(text, end + 1).filter(|(from, _)| *from == end + 1)
    {
        chunk.parts.extend(text.get(from..to));
        end = to;
    }
    chunk.end = end;
    true
}

/// Cuts a text into chunks.
pub(crate) fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut chunk = Chunk::default();
        let found = next_chunk(text, at, &mut chunk);
        at = chunk.end;
        found.then_some(chunk)
    })
}

/// Whether a chunk is a code, a number or a date, which are also found whole.
pub(crate) fn is_compound(parts: &[&str]) -> bool {
    (2..=MOST_PARTS).contains(&parts.len())
        && parts.iter().all(|p| p.chars().count() <= LONGEST)
        && parts.iter().any(|p| p.bytes().any(|b| b.is_ascii_digit()))
}

/// The one spelling of a compound: `1.234.567` → `1234567`, `4/5/2023` → `20230504`, `DEP-OD-001` → `dep-od-1`.
pub(crate) fn compound_key(parts: &[&str]) -> String {
    if parts.iter().all(|p| is_number(p)) {
        return date_key(parts).unwrap_or_else(|| without_zeros(&parts.concat()).to_owned());
    }
    let normal: Vec<String> = parts.iter().map(|p| surface(&lower(p))).collect();
    normal.join("-")
}

fn date_key(parts: &[&str]) -> Option<String> {
    let (year, month, day) = match parts {
        [y, m, d] if y.len() == 4 => (y, m, d),
        [d, m, y] if y.len() == 4 => (y, m, d),
        _ => return None,
    };
    let month: u32 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day: u32 = day.parse().ok().filter(|d| (1..=31).contains(d))?;
    Some(format!("{year}{month:02}{day:02}"))
}

/// All the ways a published code is found: its runs of parts in their one spelling, and without separators.
pub(crate) fn code_keys(parts: &[&str]) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return keys;
    }
    for from in 0..parts.len() - 1 {
        for to in from + 2..=parts.len() {
            keys.push((from, compound_key(parts.get(from..to).unwrap_or_default())));
        }
    }
    keys.push((0, surface(&lower(&parts.concat()))));
    keys.push((0, parts.iter().map(|p| surface(&lower(p))).collect()));
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::tokenizer::{Language, RawTokenizer, StopWordFilter, TextAnalyzer, TokenStream};

    #[test]
    fn letters_are_known_by_their_bytes() {
        for c in ('\0'..='\u{2ff}').chain(['一', '\u{301}', '😀', '٣', '…']) {
            assert_eq!(character(&c.to_string(), 0), Some((c.len_utf8(), c.is_alphanumeric())), "{c:?}");
        }
    }

    #[test]
    fn accents_go_and_the_enie_stays() {
        assert_eq!(fold("camión pingüino añó são"), "camion pinguino año sao");
        assert_eq!(fold(&nfc("man\u{303}ana")), "mañana");
        assert_eq!(term("contratación"), "contrat");
        assert_eq!(surface("016"), "16");
        assert_eq!(surface("000"), "0");
        assert_eq!(other_number("actas"), ["acta"]);
        assert_eq!(other_number("luces"), ["luz", "luc", "luce"]);
    }

    #[test]
    fn the_stopwords_are_those_of_tantivy() {
        let filter = StopWordFilter::new(Language::Spanish).unwrap();
        let mut analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(filter).build();
        for word in STOPWORDS.split_whitespace() {
            assert!(!analyzer.token_stream(word).advance(), "{word}");
        }
        assert_eq!(STOPWORDS.split_whitespace().count(), 308);
    }

    #[test]
    fn codes_numbers_and_dates_have_one_spelling() {
        let key = |s: &str| chunks(s).map(|c| compound_key(&c.parts)).collect::<Vec<_>>().join(" ");
        assert_eq!(key("DEP-OD-001"), "dep-od-1");
        assert_eq!(key("1.234.567,89 pesos"), "1234567 89 pesos");
        assert_eq!(key("2023-05-04 4/5/2023 04-05-2023"), "20230504 20230504 20230504");
        assert_eq!(key("99/99/2023"), "99992023");
        let keys: Vec<String> = code_keys(&["DEP", "OD", "001"]).into_iter().map(|(_, k)| k).collect();
        assert_eq!(keys, ["dep-od", "dep-od-1", "depod001", "depod1", "od-1"]);
    }

    #[test]
    fn chunks_are_words_and_joined_words() {
        let of = |s| chunks(s).map(|c| c.parts.join("|")).collect::<Vec<_>>();
        assert_eq!(of("Ley 1712. y/o -DEP-OD-001-"), ["Ley", "1712", "y|o", "DEP|OD|001"]);
        assert_eq!(of("…"), [""; 0]);
    }
}
