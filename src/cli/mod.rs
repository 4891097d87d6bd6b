//! The command line: one file per command, and the one list of them.

mod accept;
mod agenda;
mod answer;
mod ask;
mod blame;
mod board;
mod case;
mod changed;
mod check;
mod commit;
mod completions;
mod conclude;
mod conflicts;
mod context;
mod criteria;
mod decide;
mod demo;
mod diff;
mod doctor;
mod edit;
mod editor;
mod error;
mod forecast;
mod groom;
mod groom_tui;
mod history;
mod import;
mod init;
mod list;
mod log;
mod man;
mod merge_driver;
mod metric;
mod new;
mod overview;
mod pager;
mod pick;
mod process;
mod rank;
mod reject;
mod release;
mod report;
mod resolve;
mod review;
mod roadmap;
mod save;
mod schema;
mod score;
mod set;
mod show;
mod split;
mod sprint;
mod standing;
mod states;
mod stats;
mod stdin;
mod sync;
mod timeline;
mod undo;
mod untrusted;
mod value;
mod voice;
mod watch;
mod why;
mod workspace;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use context::Context;
use error::Failure;
pub use process::process;

use crate::render::Format;

/// Keep a product backlog inside its Git repository
///
/// Each item is a Markdown file under .backlog/, each change a commit. Every command takes ids
/// in short: `show 7k` finds BL-7k3qd.
///
/// Without a command: where the product stands, and what needs attention.
#[derive(Debug, Parser)]
#[command(name = "git-backlog", bin_name = "git backlog", version, max_term_width = 100)]
#[command(after_help = "Examples:
  git backlog                  # where the product stands, and what needs attention
  git backlog list             # the open items in their order
  git backlog show 7k          # one of them
  git backlog rank 7k --top -m 'Guests first'")]
pub struct App {
    #[command(flatten)]
    global: Global,
    /// Without a command: how to print where the product stands
    #[arg(long, value_name = "FORMAT", value_parser = Format::of_pages())]
    format: Option<Format>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// Start in DIR
    #[arg(short = 'C', value_name = "DIR", global = true, help_heading = "Global options")]
    directory: Option<PathBuf>,
    /// Use the backlog in DIR (or in $GIT_BACKLOG_DIR) instead of .backlog
    #[arg(long, value_name = "DIR", global = true, help_heading = "Global options")]
    dir: Option<PathBuf>,
    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        help_heading = "Global options"
    )]
    color: When,
    /// When ids are links to files
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        help_heading = "Global options"
    )]
    hyperlinks: When,
    /// Print results only
    #[arg(short, long, global = true, help_heading = "Global options")]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,
}

/// When to use colour or links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Even into a pipe.
    Always,
    /// Not at all.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Demo(demo::Args),
    Import(import::Args),
    #[command(alias = "ls")]
    List(list::Args),
    Show(show::Args),
    Board(board::Args),
    #[command(aliases = ["add", "create"])]
    New(new::Args),
    Edit(edit::Args),
    Set(set::Args),
    Rank(rank::Args),
    Groom(groom::Args),
    Score(score::Args),
    Criteria(criteria::Args),
    Split(split::Args),
    Ask(ask::Args),
    Answer(answer::Args),
    Metric(metric::Args),
    Release(release::Args),
    Roadmap(roadmap::Args),
    Accept(accept::Args),
    Reject(reject::Args),
    Check(check::Args),
    Diff(diff::Args),
    Report(report::Args),
    Review(review::Args),
    Log(log::Args),
    Why(why::Args),
    Voice(voice::Args),
    Case(case::Args),
    Decide(decide::Args),
    Conclude(conclude::Args),
    Value(value::Args),
    Stats(stats::Args),
    Forecast(forecast::Args),
    Sprint(sprint::Args),
    Agenda(agenda::Args),
    Blame(blame::Args),
    Commit(commit::Args),
    Undo(undo::Args),
    Sync(sync::Args),
    Resolve(resolve::Args),
    Doctor(doctor::Args),
    MergeDriver(merge_driver::Args),
    Completions(completions::Args),
    Man(man::Args),
    Schema(schema::Args),
}

/// Runs a command and returns its exit code.
fn run(app: App, cx: &mut Context) -> anyhow::Result<u8> {
    let global = &app.global;
    if let Some(dir) = &global.directory
        && !cx.directory.is_dir()
    {
        return Err(Failure::usage(format!("there is no folder '{}'", dir.display())).into());
    }
    let Some(command) = app.command else {
        return overview::run(app.format.unwrap_or(Format::Table), global, cx);
    };
    overview::refuse_format(app.format)?;
    match command {
        Command::Init(args) => init::run(args, global, cx),
        Command::Demo(args) => demo::run(args, cx),
        Command::Import(args) => import::run(args, global, cx),
        Command::List(args) => list::run(args, global, cx),
        Command::Show(args) => show::run(args, global, cx),
        Command::Board(args) => board::run(args, global, cx),
        Command::New(args) => new::run(args, global, cx),
        Command::Edit(args) => edit::run(args, global, cx),
        Command::Set(args) => set::run(args, global, cx),
        Command::Rank(args) => rank::run(args, global, cx),
        Command::Groom(args) => groom::run(args, global, cx),
        Command::Score(args) => score::run(args, global, cx),
        Command::Criteria(args) => criteria::run(args, global, cx),
        Command::Split(args) => split::run(args, global, cx),
        Command::Ask(args) => ask::run(args, global, cx),
        Command::Answer(args) => answer::run(args, global, cx),
        Command::Metric(args) => metric::run(args, global, cx),
        Command::Release(args) => release::run(args, global, cx),
        Command::Roadmap(args) => roadmap::run(args, global, cx),
        Command::Accept(args) => accept::run(args, global, cx),
        Command::Reject(args) => reject::run(args, global, cx),
        Command::Check(args) => check::run(args, global, cx),
        Command::Diff(args) => diff::run(args, global, cx),
        Command::Blame(args) => blame::run(args, global, cx),
        Command::Why(args) => why::run(args, global, cx),
        Command::Voice(args) => voice::run(args, global, cx),
        Command::Case(args) => case::run(args, global, cx),
        Command::Decide(args) => decide::run(args, global, cx),
        Command::Conclude(args) => conclude::run(args, global, cx),
        Command::Value(args) => value::run(args, global, cx),
        Command::Stats(args) => stats::run(args, global, cx),
        Command::Forecast(args) => forecast::run(args, global, cx),
        Command::Sprint(args) => sprint::run(args, global, cx),
        Command::Agenda(args) => agenda::run(args, global, cx),
        Command::Log(args) => log::run(args, global, cx),
        Command::Report(args) => report::run(args, global, cx),
        Command::Review(args) => review::run(args, global, cx),
        Command::Commit(args) => commit::run(args, global, cx),
        Command::Undo(args) => undo::run(args, global, cx),
        Command::Sync(args) => sync::run(args, global, cx),
        Command::Resolve(args) => resolve::run(args, global, cx),
        Command::Doctor(args) => doctor::run(args, global, cx),
        Command::MergeDriver(args) => merge_driver::run(args, global, cx),
        Command::Completions(args) => completions::run(args, cx),
        Command::Man(args) => man::run(args, cx),
        Command::Schema(args) => schema::run(args, global, cx),
    }
}
