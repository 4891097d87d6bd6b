//! `man`: the manual pages.

use std::path::PathBuf;

use clap::CommandFactory;

use super::App;
use super::context::Context;
use super::error::{Failure, exit};

/// Write the manual pages to a folder
///
/// `git backlog --help` makes Git look for the page git-backlog(1); put the folder's pages where
/// man finds them, such as ~/.local/share/man/man1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog man ~/.local/share/man/man1
  man git-backlog-rank")]
pub(super) struct Args {
    /// The folder
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: Args, cx: &mut Context) -> anyhow::Result<u8> {
    let folder = cx.directory.join(args.folder);
    let write = |error| Failure::io("write to", &folder, &error);
    std::fs::create_dir_all(&folder).map_err(write)?;
    clap_mangen::generate_to(command(), &folder).map_err(write)?;
    cx.say(&format!("wrote the pages to {}", folder.display()))?;
    Ok(exit::DONE)
}

/// The command as the manual names it.
fn command() -> clap::Command {
    App::command().bin_name("git-backlog").disable_help_subcommand(true)
}
