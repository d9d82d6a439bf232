//! What Word, Windows and haste leave in a text: paths of one computer, dead bookmarks, filler, broken letters.

use std::sync::LazyLock;

use aho_corasick::packed::{self, Searcher};
use regex::Regex;

use crate::diagnostic::{Diagnostic, Span};

// No Unicode `\b`: on text with accents it makes the search some 30 times slower.

/// A residue: rule, message, mend, what it looks like, and what stands in every one: signs whose first two letters are rare, which is by what a
/// text is searched.
type Residue = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const RESIDUES: &[Residue] = &[
    (
        "ruta-local",
        "esto es una ruta de un computador, que nadie más puede abrir",
        "en el texto, enlace el registro con [[código]]; o publique el archivo en la web y use su dirección",
        r"(?i:file:/{2,3}|(?-u:\b)[a-z]:\\|\\\\[a-z0-9][a-z0-9.-]*\\)[^\s)\]]*",
        &["e:/", "E:/", ":\\", "\\\\"],
    ),
    (
        "marcador-de-word",
        "Word dejó aquí una referencia que ya no encuentra lo que nombraba",
        "escriba lo que decía el original, o quítelo; para enlazar un registro use [[código]]",
        r"(?i:¡?error! (?:bookmark not defined|reference source not found|marcador no definido|no se encuentra el origen de la referencia|hyperlink reference not valid|referencia de hiperv[ií]nculo no v[áa]lida))",
        &["! "],
    ),
    (
        "texto-de-relleno",
        "esto es un texto de relleno",
        "escriba el texto; si ninguna fuente da el dato, \"no consta\"",
        r"[Pp]endiente(?:[ \n,.;:]+[Pp]endiente(?-u:\b))+|PENDIENTE(?:[ \n,.;:]+PENDIENTE(?-u:\b))+|[Ll]orem [Ii]psum|LOREM IPSUM",
        &[
            "ndiente ",
            "ndiente\n",
            "ndiente,",
            "ndiente.",
            "ndiente;",
            "ndiente:",
            "NDIENTE ",
            "NDIENTE\n",
            "NDIENTE,",
            "NDIENTE.",
            "NDIENTE;",
            "NDIENTE:",
            "psum",
            "PSUM",
        ],
    ),
    (
        "letras-danadas",
        "hay letras dañadas: el texto pasó por una codificación equivocada («Ã³» era «ó»)",
        "escríbalas de nuevo, o vuelva a copiar el texto desde el original",
        r"Ã[\u{80}-\u{BF}‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|Â[\u{A0}-\u{BF}]|â€.|\u{FFFD}",
        &["Ã", "Â", "â€", "\u{FFFD}"],
    ),
];

/// The residues in a source file, each with its place. Nearly all text has none of their signs, and looking for these takes a fifth of the
/// time of looking for the residues.
pub fn find(text: &str, file: &str) -> Vec<Diagnostic> {
    static SIGNS: LazyLock<Option<Searcher>> = LazyLock::new(|| {
        let signs = RESIDUES.iter().flat_map(|(.., signs)| signs.iter());
        packed::Config::new().builder().extend(signs).build()
    });
    static EACH: LazyLock<Vec<Option<Regex>>> =
        LazyLock::new(|| RESIDUES.iter().map(|(.., pattern, _)| Regex::new(pattern).ok()).collect());
    // Not all processors can search so.
    let mut may_be = [SIGNS.is_none(); RESIDUES.len()];
    // No sign hides one of another residue.
    for sign in SIGNS.iter().flat_map(|signs| signs.find_iter(text)) {
        let sign = text.get(sign.start()..sign.end()).unwrap_or("");
        let owners = RESIDUES.iter().zip(&mut may_be).filter(|((.., signs), _)| signs.contains(&sign));
        owners.for_each(|(_, may_be)| *may_be = true);
    }
    let likely = RESIDUES.iter().zip(EACH.iter()).zip(may_be).filter_map(|(residue, may_be)| may_be.then_some(residue));
    likely
        .flat_map(|((code, message, help, ..), regex)| {
            let found = regex.iter().flat_map(|regex| regex.find_iter(text));
            found.map(|m| Diagnostic::error(code, file, Span::from(m.range()), *message, *help))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn each_residue_is_found_once_and_good_text_passes() {
        let codes = |text: &str| find(text, "x.md").iter().map(|d| d.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes("ver file:///C:/Users/x.docx"), ["ruta-local"]);
        assert_eq!(codes(r"ver C:\Users\x.docx"), ["ruta-local"]);
        assert_eq!(codes(r"ver \\servidor\x.docx"), ["ruta-local"]);
        assert_eq!(codes("¡Error! Marcador no definido."), ["marcador-de-word"]);
        assert_eq!(codes("Error! Bookmark not defined"), ["marcador-de-word"]);
        assert_eq!(codes("Pendiente pendiente pendiente"), ["texto-de-relleno"]);
        assert_eq!(codes("ERROR! REFERENCE SOURCE NOT FOUND"), ["marcador-de-word"]);
        assert_eq!(codes("Vea FILE:///c:/x, PENDIENTE. PENDIENTE"), ["ruta-local", "texto-de-relleno"]);
        assert_eq!(codes("pendiente;\npendiente, Lorem Ipsum"), ["texto-de-relleno", "texto-de-relleno"]);
        assert_eq!(codes("PlaneaciÃ³n y diseÃ±o"), ["letras-danadas", "letras-danadas"]);
        assert_eq!(codes("está pendiente; https://x.co/C:/a ÁREA Ã de São Paulo, Â, 3.ª «no»"), [""; 0]);
    }
}
