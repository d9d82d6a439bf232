//! The `micrositio` command.

/// A tenth faster than the system's on many small strings in several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    micrositio::cli::run()
}
