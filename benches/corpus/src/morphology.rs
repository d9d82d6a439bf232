//! Spanish inflection, as far as the vocabulary of `words` needs it.

/// Conjugation of a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conjugation {
    Ar,
    Er,
    Ir,
}

/// Endings of a form in -ar, -er, -ir.
pub(crate) type Endings = [&'static str; 3];

/// Third person singular, the commonest tenses first.
pub(crate) const SINGULAR: &[Endings] = &[
    ["a", "e", "e"],
    ["ó", "ió", "ió"],
    ["ará", "erá", "irá"],
    ["aba", "ía", "ía"],
    ["e", "a", "a"],
    ["aría", "ería", "iría"],
    ["ara", "iera", "iera"],
];

/// Third person plural, in the same order.
pub(crate) const PLURAL: &[Endings] = &[
    ["an", "en", "en"],
    ["aron", "ieron", "ieron"],
    ["arán", "erán", "irán"],
    ["aban", "ían", "ían"],
    ["en", "an", "an"],
    ["arían", "erían", "irían"],
    ["aran", "ieran", "ieran"],
];

/// First person plural.
pub(crate) const WE: &[Endings] = &[
    ["amos", "emos", "imos"],
    ["aremos", "eremos", "iremos"],
    ["emos", "amos", "amos"],
    ["aríamos", "eríamos", "iríamos"],
    ["ábamos", "íamos", "íamos"],
];

/// Infinitive, alone and with pronouns.
pub(crate) const INFINITIVE: &[Endings] = &[
    ["ar", "er", "ir"],
    ["arse", "erse", "irse"],
    ["arlo", "erlo", "irlo"],
    ["arla", "erla", "irla"],
    ["arlos", "erlos", "irlos"],
    ["arlas", "erlas", "irlas"],
];

/// Gerund, alone and with pronouns.
pub(crate) const GERUND: &[Endings] =
    &[["ando", "iendo", "iendo"], ["ándose", "iéndose", "iéndose"], ["ándolo", "iéndolo", "iéndolo"]];

/// Participle: masculine, feminine and their plurals.
pub(crate) const PARTICIPLE: &[Endings] =
    &[["ado", "ido", "ido"], ["ada", "ida", "ida"], ["ados", "idos", "idos"], ["adas", "idas", "idas"]];

/// Writes a form of a verb, with the spelling that the ending asks for (`c` → `qu`, `zc`; `g` → `gu`, `j`; `u` → `ú`).
pub(crate) fn conjugate(out: &mut String, stem: &str, conjugation: Conjugation, [ar, er, ir]: Endings) {
    let ending = match conjugation {
        Conjugation::Ar => ar,
        Conjugation::Er => er,
        Conjugation::Ir => ir,
    };
    let soft = ending.starts_with(['e', 'é', 'i', 'í']);
    let (cut, spelt) = match (conjugation, stem.chars().last()) {
        (Conjugation::Ar, Some('u')) if matches!(ending, "a" | "an" | "e" | "en") => (1, "ú"),
        (Conjugation::Ar, Some('c')) if soft => (1, "qu"),
        (Conjugation::Ar, Some('g')) if soft => (0, "u"),
        (Conjugation::Ar, Some('z')) if soft => (1, "c"),
        (Conjugation::Er | Conjugation::Ir, Some('c')) if !soft => (1, "zc"),
        (Conjugation::Er | Conjugation::Ir, Some('g')) if !soft => (1, "j"),
        _ => (0, ""),
    };
    out.push_str(stem.get(..stem.len() - cut).unwrap_or(stem));
    out.push_str(spelt);
    out.push_str(ending);
}

/// The plural of a noun or adjective.
pub(crate) fn plural(word: &str) -> String {
    if word.ends_with(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'ó']) {
        return format!("{word}s");
    }
    if let Some(stem) = word.strip_suffix('z') {
        return format!("{stem}ces");
    }
    for (accented, plain) in [("án", "an"), ("én", "en"), ("ín", "in"), ("ón", "on"), ("és", "es")] {
        if let Some(stem) = word.strip_suffix(accented) {
            return format!("{stem}{plain}es");
        }
    }
    format!("{word}es")
}

/// The feminine of an adjective.
pub(crate) fn feminine(adjective: &str) -> String {
    match adjective.strip_suffix('o') {
        Some(stem) => format!("{stem}a"),
        None if adjective.ends_with("dor") => format!("{adjective}a"),
        None => adjective.to_owned(),
    }
}

/// A word with a prefix; between vowels an initial `r` doubles.
pub(crate) fn prefixed(prefix: &str, word: &str) -> String {
    let doubles = word.starts_with('r') && prefix.ends_with(['a', 'e', 'i', 'o', 'u']);
    format!("{prefix}{}{word}", if doubles { "r" } else { "" })
}

/// Capitalises the first letter of what was written from byte `start` on.
pub(crate) fn capitalise(text: &mut String, start: usize) {
    let Some(first) = text.get(start..).and_then(|rest| rest.chars().next()) else { return };
    let upper: String = first.to_uppercase().collect();
    text.replace_range(start..start + first.len_utf8(), &upper);
}

/// The word as people type it who leave accents out: `ñ` stays.
pub(crate) fn without_accents(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected() {
        assert_eq!(
            ["sesión", "raíz", "andén", "control", "comité"].map(plural),
            ["sesiones", "raíces", "andenes", "controles", "comités"]
        );
        assert_eq!(["nuevo", "digital", "evaluador"].map(feminine), ["nueva", "digital", "evaluadora"]);
        assert_eq!(without_accents("planeación de un año"), "planeacion de un año");
        assert_eq!(prefixed("contra", "riesgo"), "contrarriesgo");
        let form = |stem, conjugation, endings| {
            let mut out = String::new();
            conjugate(&mut out, stem, conjugation, endings);
            out
        };
        assert_eq!(form("public", Conjugation::Ar, ["e", "a", "a"]), "publique");
        assert_eq!(form("establec", Conjugation::Er, ["e", "a", "a"]), "establezca");
        assert_eq!(form("dirig", Conjugation::Ir, ["e", "a", "a"]), "dirija");
    }
}
