//! The command line: the edge where values become text, files and exit codes.

mod archive;
mod args;
mod build;
mod check;
mod diff;
mod init;
mod new;
mod seal;
mod search;
mod serve;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use args::Command;

/// The content has errors, or `verify`/`diff` found something.
const CONTENT: u8 = 1;
/// Wrong usage, or the system said no.
const SYSTEM: u8 = 2;

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let args = match args::parse() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let done = match &args.command {
        Command::Build(options) => build::run(options),
        Command::Serve(options) => serve::run(options),
        Command::Verify { dest } => verify::run(dest),
        Command::Archive(options) => archive::run(options),
        Command::Seal(options) => seal::run(options),
        Command::Diff(options) => diff::run(options),
        Command::Search(options) => search::run(options),
        Command::Init { folder } => init::run(folder),
        Command::Check(options) => check::run(options),
        Command::Schema { kind } => new::schema(kind),
        Command::New { kind, codigo, site } => new::record(kind, codigo.as_deref(), site),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            say_err(&format!("error: {message}"));
            ExitCode::from(SYSTEM)
        }
    }
}

/// Results go to stdout. A reader that went away is not an error of ours.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Diagnostics and progress go to stderr.
fn say_err(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
