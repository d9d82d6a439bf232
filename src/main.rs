//! The `micrositio` command.

fn main() -> std::process::ExitCode {
    micrositio::cli::run()
}
