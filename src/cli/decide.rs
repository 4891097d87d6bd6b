//! `decide`: write down a decision in one go, or take one that is written down.

mod known;

use super::Global;
use super::context::Context;
use super::error::Failure;
use super::new::{self, Fresh};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::assign::{self, Assignment, Operation};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::decision::{self, Wording};
use crate::domain::entry::Entry;
use crate::domain::kind::DECISION;
use crate::domain::source::Edits;

/// Write down a decision with its options and its reason, or take one that waits
///
/// Without `--choose` it is proposed, with `--defer` it is put off until `--revisit` by its
/// `--owner`. What it supersedes becomes `superseded` in the same change.
///
/// With the ID of one that is proposed or put off, that one is decided: the choice and the reason
/// go to the end of its section `Decision`, and what stands there stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog decide 'Guests need no account' --option 'A shorter form' --option 'No account' \\
      --choose 2 --because 'Eleven of eighteen left at the form' --affects 7k --evidence h2vkd
  git backlog decide 'No door delivery' --defer --owner mira --revisit 2027-03-01
  git backlog decide 'Mails go out on Tuesday' --supersedes DEC-v6rbk --choose 1 --option Tuesday \\
      --because 'The farms know on Monday' - < context.md
  git backlog list decisions --overdue
  git backlog decide s3qr4 --choose 2 --because 'A reminder halves what is left behind'
  git backlog decide s3qr4 --defer --owner mira --revisit +4w")]
pub(super) struct Args {
    /// The decision in one line, or the ID of one that is still open
    #[arg(value_name = "TITLE|ID", add = super::completions::ids())]
    title: String,
    /// `-`: read the context from standard input
    #[arg(value_name = "-", allow_hyphen_values = true)]
    rest: Vec<String>,
    /// An option (can be repeated; doing nothing is one of them)
    #[arg(short, long = "option", value_name = "OPTION")]
    options: Vec<String>,
    /// The option that was chosen: its number, or words of it
    #[arg(short, long, value_name = "OPTION", conflicts_with = "defer")]
    choose: Option<String>,
    /// It is taken as its text says, without naming an option
    #[arg(long, conflicts_with_all = ["choose", "defer"])]
    accept: bool,
    /// The reason, in a sentence
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    because: Option<String>,
    /// What follows from it (can be repeated)
    #[arg(long = "consequence", value_name = "TEXT")]
    consequences: Vec<String>,
    /// The documents that it changes
    #[arg(short, long, value_name = "ID", value_delimiter = ',', num_args = 1.., add = super::completions::ids())]
    affects: Vec<String>,
    /// The evidence that it rests on
    #[arg(short, long, value_name = "ID", value_delimiter = ',', num_args = 1.., add = super::completions::ids())]
    evidence: Vec<String>,
    /// The decisions that it replaces
    #[arg(short, long, value_name = "ID", value_delimiter = ',', num_args = 1.., add = super::completions::ids())]
    supersedes: Vec<String>,
    /// Put it off
    #[arg(long, requires = "owner", requires = "revisit")]
    defer: bool,
    /// Who takes it later
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// The day or the event at which to look at it again
    #[arg(long, value_name = "DAY|EVENT", allow_hyphen_values = true)]
    revisit: Option<String>,
    /// Who took it; without this, the owner of the product if there is one
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// The day on which it was taken, if it was not today
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    date: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// What becomes of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Propose,
    Defer,
    Take,
}

impl Step {
    fn of(args: &Args) -> Self {
        match (args.defer, args.accept || args.choose.is_some()) {
            (true, _) => Self::Defer,
            (false, true) => Self::Take,
            (false, false) => Self::Propose,
        }
    }

    fn status(self) -> &'static str {
        match self {
            Self::Propose => "proposed",
            Self::Defer => "deferred",
            Self::Take => "accepted",
        }
    }
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let title = assign::title(&args.title).map_err(Failure::from)?;
    nothing_empty(&args)?;
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    match known::meant(&backlog, title)? {
        Some(known) => known::run(&args, known, &workspace, &backlog, cx),
        None => new_one(&args, title, &workspace, &backlog, cx),
    }
}

fn new_one(
    args: &Args,
    title: &str,
    workspace: &Workspace,
    backlog: &Backlog,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let chosen = chosen(args, &args.options)?;
    let because = args.because.as_deref().unwrap_or_default();
    if args.accept && because.trim().is_empty() {
        return Err(no_reason().into());
    }
    let context = new::body(&args.rest)?.unwrap_or_default();
    let body = Wording {
        context: &context,
        options: &args.options,
        chosen,
        because,
        consequences: &args.consequences,
    }
    .body();
    let fields = fields(args, Step::of(args), backlog, cx.today)?;
    let mut older = Edits::default();
    supersede(backlog, args, cx.today, &mut older)?;
    let fresh = Fresh { kind: &DECISION, title, fields, body };
    let mut edits = Edits::default();
    edits.push(fresh.file(workspace, backlog, cx)?);
    older.files().iter().for_each(|file| edits.push(file.clone()));
    if chosen.is_some() && args.options.len() < 2 {
        cx.warn("there is one option only; doing nothing is another")?;
    }
    warn_of_day(args, cx)?;
    save(cx, workspace, backlog, &edits, &args.writing)
}

fn warn_of_day(args: &Args, cx: &mut Context) -> anyhow::Result<()> {
    let revisit = args.revisit.as_deref().and_then(|it| assign::date_of(it, cx.today));
    match revisit.filter(|day| *day < cx.today) {
        Some(day) => {
            Ok(cx.warn(&format!("{day} is over, so that it is overdue from the beginning"))?)
        }
        None => Ok(()),
    }
}

/// Writes down that the older decisions are replaced.
fn supersede(
    backlog: &Backlog,
    args: &Args,
    today: Date,
    edits: &mut Edits,
) -> Result<(), Failure> {
    for entry in superseded(backlog, args)? {
        let set = [assignment("status", Operation::Set("superseded".to_owned()))];
        let text = assign::apply(backlog, entry, &set, today).map_err(Failure::from)?;
        edits.rewrite(&entry.document, text);
    }
    Ok(())
}

/// Refuses what would be written as if it said something.
fn nothing_empty(args: &Args) -> Result<(), Failure> {
    let is_blank = |text: &String| text.trim().is_empty();
    if args.options.iter().any(is_blank) {
        return Err(Failure::usage("an option is empty"));
    }
    let mut options = args.options.iter().enumerate();
    if let Some((_, twice)) = options.find(|(at, it)| args.options[..*at].contains(it)) {
        return Err(Failure::usage(format!("the option '{twice}' is given twice")));
    }
    if args.revisit.as_ref().is_some_and(is_blank) || args.owner.as_ref().is_some_and(is_blank) {
        return Err(Failure::usage(
            "a decision that is put off needs somebody, and a day or an event",
        )
        .hint("write --owner WHO --revisit DAY|EVENT"));
    }
    if args.because.is_some() && Step::of(args) == Step::Propose {
        return Err(Failure::usage("a reason, and nothing is chosen").hint(
            "add --choose OPTION, or put it into the context: - reads it from standard input",
        ));
    }
    Ok(())
}

/// The place of the option that was chosen.
fn chosen(args: &Args, options: &[String]) -> Result<Option<usize>, Failure> {
    let Some(word) = &args.choose else { return Ok(None) };
    let known = || match options.is_empty() {
        true => "name the options with --option".to_owned(),
        false => {
            let all = options.iter().enumerate();
            let all = all.map(|(at, option)| format!("{} {option}", at + 1));
            format!("the options are {}", all.collect::<Vec<_>>().join(", "))
        }
    };
    let found = match decision::options_meant(options, word)[..] {
        [one] => one,
        [] => return Err(Failure::usage(format!("no option '{word}'")).hint(known())),
        _ => {
            return Err(Failure::usage(format!("'{word}' may be several options")).hint(known()));
        }
    };
    match args.because.as_deref().is_some_and(|it| !it.trim().is_empty()) {
        true => Ok(Some(found)),
        false => Err(no_reason()),
    }
}

fn no_reason() -> Failure {
    Failure::usage("a choice without a reason").hint("say it in a sentence: --because TEXT")
}

/// The decisions that this one replaces; each is still in force.
fn superseded<'a>(backlog: &'a Backlog, args: &Args) -> Result<Vec<&'a Entry>, Failure> {
    let mut older: Vec<&Entry> = Vec::new();
    for id in &args.supersedes {
        let entry = find_to_write(backlog, id)?;
        let id = entry.id();
        if !std::ptr::eq(entry.kind, &DECISION) {
            let message = format!("{id} is of kind {}, not a decision", entry.kind.name);
            return Err(Failure::usage(message).hint("see them with: git backlog list decisions"));
        }
        if entry.status() == "superseded" {
            let newer = decision::superseding(backlog, entry).next();
            let failure = Failure::usage(format!("{id} is superseded already"));
            return Err(match newer {
                Some(newer) => failure.hint(format!("by {}; name that one", newer.id())),
                None => failure.hint(format!("see it with: git backlog show {id}")),
            });
        }
        if Step::of(args) != Step::Take {
            let message = format!("{id} stays in force until there is a choice");
            return Err(Failure::usage(message).hint("add --choose OPTION --because TEXT"));
        }
        if !older.contains(&entry) {
            older.push(entry);
        }
    }
    Ok(older)
}

fn fields(
    args: &Args,
    step: Step,
    backlog: &Backlog,
    today: Date,
) -> Result<Vec<Assignment>, Failure> {
    let set = |field: &str, value: &str| assignment(field, Operation::Set(value.to_owned()));
    let mut fields = vec![set("status", step.status())];
    if step != Step::Propose {
        fields.push(set("date", args.date.as_deref().unwrap_or("today")));
        let owners = backlog.product().map(|it| it.list("owner")).unwrap_or_default();
        let by = args.by.clone().or_else(|| owners.first().map(|it| it.clone().into_owned()));
        fields.extend(by.map(|by| set("decided_by", &by)));
    } else if args.date.is_some() || args.by.is_some() {
        return Err(Failure::usage("a day or a person, and nothing is decided")
            .hint("add --choose OPTION, or --defer"));
    }
    let ids = [
        ("affects", &args.affects),
        ("supersedes", &args.supersedes),
        ("evidence", &args.evidence),
    ];
    for (field, ids) in ids.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        fields.push(assignment(field, Operation::Add(ids.clone())));
    }
    if let Some(revisit) = &args.revisit {
        // A relative day is written as the day that it is; an event stays as it is.
        let day = assign::date_of(revisit, today).map(|day| day.to_string());
        fields.push(set("revisit", &day.unwrap_or_else(|| revisit.clone())));
    }
    fields.extend(args.owner.as_deref().map(|owner| set("owner", owner)));
    Ok(fields)
}

fn assignment(field: &str, operation: Operation) -> Assignment {
    Assignment { field: field.to_owned(), operation }
}
