//! `criteria`: the acceptance criteria of one item.

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::assign::unreadable;
use crate::domain::criteria::{self, Criteria};
use crate::domain::entry::Entry;
use crate::domain::source::Edits;
use crate::render::Format;
use crate::render::report::criteria::CriteriaView;

/// Show, add, tick, reword, move or remove acceptance criteria
///
/// A criterion is named by its number or by its id (the `^ac-k3` at the end of its line).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog criteria 7k
  git backlog criteria 7k add 'A guest reaches payment in one step'
  git backlog criteria 7k check 1 2
  git backlog criteria 7k edit 2 'The p95 of the payment step is at most 800 ms'
  git backlog criteria 7k move 3 1")]
pub(super) struct Args {
    /// The item
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// How to print the criteria
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add a criterion after the last, or after another
    Add {
        /// The criterion, in one line
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// The criterion to add it after
        #[arg(long, value_name = "WHICH")]
        after: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Tick criteria
    Check {
        /// Numbers or ids
        #[arg(required = true)]
        which: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Take ticks away
    Uncheck {
        /// Numbers or ids
        #[arg(required = true)]
        which: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Reword a criterion; its tick and its id stay
    Edit {
        /// Its number or id
        which: String,
        /// The new words
        #[arg(allow_hyphen_values = true)]
        text: String,
        #[command(flatten)]
        writing: Writing,
    },
    /// Remove a criterion
    Remove {
        /// Its number or id
        which: String,
        #[command(flatten)]
        writing: Writing,
    },
    /// Move a criterion to another place
    Move {
        /// Its number or id
        which: String,
        /// The place that it is to have, from 1
        to: usize,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let Some(action) = args.action else {
        let backlog = workspace.load(cx, None)?;
        let entry = super::workspace::find(&backlog, &args.id)?;
        if !entry.is_readable() {
            let failure = Failure::from(unreadable(entry));
            return Err(Failure { code: exit::FOUND, ..failure }.into());
        }
        cx.show(&CriteriaView { entry, config: &backlog.config }, args.format)?;
        return Ok(super::error::exit::DONE);
    };
    let backlog = match workspace.load_only(cx, &[&args.id])? {
        Some(backlog) => backlog,
        None => workspace.load_to_write(cx)?,
    };
    let entry = find_to_write(&backlog, &args.id)?;
    if let Action::Add { text, .. } | Action::Edit { text, .. } = &action
        && text.trim().is_empty()
    {
        return Err(Failure::usage("the criterion is empty").into());
    }
    let (text, writing) =
        Target { entry, sections: &backlog.config.criteria.sections }.apply(&action)?;
    let mut edits = Edits::default();
    edits.rewrite(&entry.document, text);
    save(cx, &workspace, &backlog, &edits, writing)
}

/// The item whose criteria change.
struct Target<'a> {
    entry: &'a Entry,
    sections: &'a [String],
}

impl Target<'_> {
    fn apply<'w>(&self, action: &'w Action) -> Result<(String, &'w Writing), Failure> {
        let text = self.entry.document.text();
        let criteria = self.criteria(text);
        Ok(match action {
            Action::Add { text: new, after, writing } => {
                let after =
                    after.as_deref().map(|which| self.find(&criteria, which)).transpose()?;
                (self.done(criteria::add(text, &criteria, new, after))?, writing)
            }
            Action::Check { which, writing } => (self.tick(which, true)?, writing),
            Action::Uncheck { which, writing } => (self.tick(which, false)?, writing),
            Action::Edit { which, text: new, writing } => {
                let ordinal = self.find(&criteria, which)?;
                (self.done(criteria::reword(text, &criteria, ordinal, new))?, writing)
            }
            Action::Remove { which, writing } => {
                let ordinal = self.find(&criteria, which)?;
                (self.done(criteria::remove(text, &criteria, ordinal))?, writing)
            }
            Action::Move { which, to, writing } => {
                let ordinal = self.find(&criteria, which)?;
                (self.done(criteria::move_to(text, &criteria, ordinal, *to))?, writing)
            }
        })
    }

    fn tick(&self, which: &[String], checked: bool) -> Result<String, Failure> {
        let mut text = self.entry.document.text().to_owned();
        for which in which {
            let criteria = self.criteria(&text);
            let ordinal = self.find(&criteria, which)?;
            text = self.done(criteria::check(&text, &criteria, ordinal, checked))?;
        }
        Ok(text)
    }

    fn criteria(&self, text: &str) -> Criteria {
        let body = self.entry.document.body_span().start;
        criteria::criteria(text, body, self.sections)
    }

    fn find(&self, criteria: &Criteria, which: &str) -> Result<usize, Failure> {
        let found = criteria::find(criteria, which).map(|criterion| criterion.ordinal);
        found.ok_or_else(|| {
            let id = self.entry.id();
            let count = criteria.list.len();
            Failure::usage(format!("{id} has no criterion '{which}', but {count} criteria"))
                .hint(format!("see them with: git backlog criteria {id}"))
        })
    }

    fn done(&self, text: Option<String>) -> Result<String, Failure> {
        text.ok_or_else(|| {
            let id = self.entry.id();
            Failure::usage("that would change more than this criterion, so nothing was written")
                .hint(format!("change it by hand with: git backlog edit {id}"))
        })
    }
}
