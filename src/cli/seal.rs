//! `micrositio seal`: remembers what was published, and when.

use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use super::args::SealOptions;
use super::{CONTENT, build, check, say, say_err};
use crate::archive::seal::{Sealed, seal};
use crate::content::{huellas, locate};

pub(super) fn run(options: &SealOptions) -> Result<ExitCode, String> {
    let site = options.site.as_path();
    let published = options.output.clone().unwrap_or_else(|| site.join("public"));
    match seal(site, &published, day(options.date)?)? {
        Sealed::Done(last) => {
            let what = match last.cambios.as_slice() {
                [] => format!("{} registros", last.cuantos),
                cambios => huellas::summary(cambios),
            };
            say(&format!("Publicación {} del {}: {what}", last.numero, last.fecha));
            say(&format!("Huella de la publicación: {}", last.huella));
            say("Construya de nuevo para que el sitio la muestre, y anote la huella donde nadie la pueda cambiar.");
            Ok(ExitCode::SUCCESS)
        }
        Sealed::Same(last) => {
            say(&format!("Nada cambió desde la publicación {}, del {}", last.numero, last.fecha));
            Ok(ExitCode::SUCCESS)
        }
        Sealed::Refused(cambios) => {
            for cambio in &cambios {
                say_err(&format!(
                    "error: {}: {} «{}»",
                    cambio.que.heading().to_lowercase(),
                    cambio.tipo,
                    cambio.codigo
                ));
            }
            say_err("No se selló nada. Vea qué hacer con «micrositio check».");
            Ok(ExitCode::from(CONTENT))
        }
        Sealed::Altered(diagnostic) => {
            let mut diagnostics = vec![*diagnostic];
            locate(site, &mut diagnostics);
            check::show(&diagnostics, site);
            say_err("No se selló nada.");
            Ok(ExitCode::from(CONTENT))
        }
    }
}

/// The day that was asked for, else today in Colombia: here the clock is what is wanted. A day that has not come would bar all others
/// until it does, as publications are a chain; one day more is forgiven to clocks.
fn day(date: Option<Date>) -> Result<Date, String> {
    let today = Timestamp::now().to_zoned(TimeZone::fixed(offset(-5))).date();
    match build::cut_off(date)?.map_or(today, |date| date.0) {
        day if day.yesterday().is_ok_and(|before| before > today) => {
            Err(format!("{day} todavía no llega (hoy es {today}): una publicación no puede ser de un día que viene"))
        }
        day => Ok(day),
    }
}
