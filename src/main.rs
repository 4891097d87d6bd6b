//! The process: arguments, streams, clock and directory in; exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    git_backlog::cli::process()
}
