//! What is wrong with a record's Markdown but for its links: judged while its page is drawn.

use std::ops::Range;

use super::enlaces::Problem;
use crate::content::shape::RESERVADO_HELP;
use crate::diagnostic::Severity;
use crate::render::markdown::{MAX_DEPTH, Rendered};

/// What is told of a text: the first of each kind, with its place in the Markdown.
pub fn problems(text: &Rendered) -> Vec<(Range<usize>, Problem)> {
    // The bar of a link parts cells too.
    let extra_cells = text.extra_cells.as_ref().filter(|_| text.stray.is_none());
    let told = [
        (
            text.raw_html.first(),
            Severity::Error,
            "html-en-el-texto",
            "el texto tiene HTML, que se deja por fuera",
            "escriba Markdown: **negrita**, listas con -, tablas con |; un signo < suelto se escribe \\<; una nota que no se \
             publica va sola, <!-- nota -->",
        ),
        (
            text.untitled_column.as_ref(),
            Severity::Error,
            "columna-sin-titulo",
            "una columna de la tabla no tiene título",
            "escríbalo en la primera fila: quien oye la tabla oye el título antes de cada dato",
        ),
        (
            text.no_table.as_ref(),
            Severity::Error,
            "tabla-mal-escrita",
            "esta línea no queda en ninguna tabla",
            "si sigue a una tabla, quite la línea en blanco que las separa; si empieza otra, van una línea en blanco, los títulos, \
             | Año | Valor |, y debajo una raya por título, |---|---|; una barra que es texto se escribe \\|",
        ),
        (
            extra_cells,
            Severity::Error,
            "celda-de-sobra",
            "esto no se publicaría: la fila tiene más celdas que títulos la tabla",
            "agregue en la primera fila el título que falta y en la segunda su raya (---), o quite las celdas que sobran; \
             una barra que es texto se escribe \\|",
        ),
        (
            text.glued.as_ref(),
            Severity::Error,
            "tabla-mal-escrita",
            "este texto quedaría como una fila de la tabla",
            "deje una línea en blanco entre la tabla y el texto",
        ),
        (
            text.literal.as_ref(),
            Severity::Aviso,
            "signos-sueltos",
            "estos signos saldrían tal cual",
            "un título lleva un espacio después de los signos: ## Título; la negrita va pegada a las palabras, **así**, y \
             separada de las demás; cada línea de una lista empieza con un guion y un espacio",
        ),
        (
            text.inside_word.as_ref(),
            Severity::Aviso,
            "signos-sueltos",
            "los asteriscos no saldrían: se leen como letra cursiva o negrita",
            "para multiplicar escriba × o x; para que se vea un asterisco ponga antes una contrabarra: \\*",
        ),
        (
            text.run_on.as_ref(),
            Severity::Aviso,
            "renglones-seguidos",
            "este renglón saldría seguido del de arriba, en el mismo párrafo",
            "haga una lista, cada renglón con un guion y un espacio delante: - a) …; o deje entre ellos una línea en blanco",
        ),
        (
            text.unused.as_ref(),
            Severity::Error,
            "linea-que-se-pierde",
            "esta línea no se publicaría: se lee como la dirección de un enlace que el texto no tiene, o que ya tiene otra",
            "escriba el enlace en su sitio, [texto](dirección); si la línea es texto, ponga una contrabarra antes del \
             corchete: \\[Anexo]: …",
        ),
        (
            text.stray.as_ref(),
            Severity::Error,
            "enlace-mal-escrito",
            "estos corchetes no forman un enlace",
            "un enlace se escribe [[código]], [[código|texto]] o [texto](dirección sin espacios); dentro de una tabla, la \
             barra lleva delante una contrabarra: [[código\\|texto]]",
        ),
        (
            text.bad_reservado.as_ref(),
            Severity::Error,
            "reservado-mal-escrito",
            "la marca de reserva no está cerrada, no dice el motivo o tiene adentro un signo ([ ] < ` \\) que esconde dónde \
             termina",
            RESERVADO_HELP,
        ),
    ];
    let problem = |(span, severity, code, message, help): (Option<&Range<usize>>, _, _, &str, &str)| {
        Some((span?.clone(), (severity, code, message.to_owned(), help.to_owned())))
    };
    let deep = text.too_deep.as_ref().map(|span| {
        let message = format!("hay más de {MAX_DEPTH} niveles de listas o citas, una dentro de otra");
        let help = "quite espacios o signos del comienzo de la línea".to_owned();
        (span.clone(), (Severity::Error, "anidado-demasiado", message, help))
    });
    told.into_iter().filter_map(problem).chain(deep).collect()
}
