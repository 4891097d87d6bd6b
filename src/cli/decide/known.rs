//! `decide` for a decision that is written down and still open: options, choice, another delay.

use super::{Args, Step, assignment, chosen, fields, supersede, warn_of_day};
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::save::save;
use crate::cli::workspace::{Workspace, find_to_write};
use crate::domain::assign::{self, Assignment, Operation};
use crate::domain::backlog::Backlog;
use crate::domain::decision::{self, record};
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::id::{self, Found};
use crate::domain::kind::{Category, DECISION};
use crate::domain::source::Edits;

/// The decision that the first word of the command means; `None` where it is the title of a new one.
///
/// A title of one word may begin like an id: so an id is one of a decision, or a whole one.
pub(super) fn meant<'a>(backlog: &'a Backlog, word: &str) -> Result<Option<&'a Entry>, Failure> {
    if word.is_empty() || word.contains(char::is_whitespace) {
        return Ok(None);
    }
    let is_decision = |it: &&Entry| std::ptr::eq(it.kind, &DECISION);
    let has_prefix = word.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("DEC-"));
    let is_id = has_prefix || id::is_random(&format!("DEC-{word}"));
    let found = match backlog.find(word) {
        Found::One(entry) if is_decision(&entry) => true,
        Found::One(entry) if entry.id().eq_ignore_ascii_case(word) => {
            let message = format!("{} is of kind {}, not a decision", entry.id(), entry.kind.name);
            return Err(Failure::usage(message).hint("see them with: git backlog list decisions"));
        }
        Found::Many(all) => is_id || all.iter().all(is_decision),
        Found::One(_) | Found::None(_) => is_id,
    };
    if found { find_to_write(backlog, word).map(Some) } else { Ok(None) }
}

/// Takes a decision, puts it off once more, or adds to what is known about it.
pub(super) fn run(
    args: &Args,
    known: &Entry,
    workspace: &Workspace,
    backlog: &Backlog,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    still_open(backlog, known)?;
    let options = all_options(args, known)?;
    let step = Step::of(args);
    let choice = chosen(args, &options)?;
    adds_something(args, known, step, &options)?;
    let decision = [
        choice.and_then(|at| decision::chosen(&options, at)),
        args.because.clone().filter(|it| !it.trim().is_empty()),
    ];
    let addition = record::Addition {
        options: &args.options,
        decision: &decision.into_iter().flatten().collect::<Vec<_>>(),
        consequences: &args.consequences,
    };
    let id = known.id();
    let text = record::extend(&known.document, &addition).ok_or_else(|| {
        Failure::usage(format!("the text of {id} leaves no room for what is to be added"))
            .hint(format!("close what is open in it: git backlog edit {id}"))
    })?;
    let document = Document::parse(known.path(), text);
    let entry = Entry::new(document, known.kind, &backlog.config);
    let fields = known_fields(args, &entry, step, backlog, cx)?;
    let text = assign::apply(backlog, &entry, &fields, cx.today).map_err(Failure::from)?;
    let mut edits = Edits::default();
    edits.rewrite(&known.document, text);
    supersede(backlog, args, cx.today, &mut edits)?;
    warn_of_day(args, cx)?;
    save(cx, workspace, backlog, &edits, &args.writing)
}

/// What was decided is replaced, and not written anew.
fn still_open(backlog: &Backlog, known: &Entry) -> Result<(), Failure> {
    let (id, status) = (known.id(), known.status());
    if backlog.category(known) == Category::Todo {
        return Ok(());
    }
    let failure = Failure::usage(format!("{id} is {status} already"));
    Err(match decision::superseding(backlog, known).next() {
        Some(newer) => failure.hint(format!("by {}; name that one", newer.id())),
        None => failure.hint(format!(
            "replace it with: git backlog decide TITLE --supersedes {id} --option … --choose …"
        )),
    })
}

/// The options that stand in the text and those of the command.
fn all_options(args: &Args, known: &Entry) -> Result<Vec<String>, Failure> {
    let mut options = record::options(&known.document);
    let is_known = |it: &&String| decision::options_meant(&options, it).len() == 1;
    if let Some(twice) = args.options.iter().find(is_known) {
        return Err(Failure::usage(format!("{} has the option '{twice}' already", known.id())));
    }
    options.extend(args.options.iter().cloned());
    Ok(options)
}

/// Refuses a command that says nothing, and a decision without a reason.
fn adds_something(
    args: &Args,
    known: &Entry,
    step: Step,
    options: &[String],
) -> Result<(), Failure> {
    let id = known.id();
    if !args.rest.is_empty() {
        return Err(Failure::usage(format!("{id} has a context"))
            .hint(format!("change it with: git backlog edit {id}")));
    }
    let lists = [&args.options, &args.consequences, &args.affects, &args.evidence];
    if step == Step::Propose && lists.iter().all(|it| it.is_empty()) {
        let all = options.iter().enumerate().map(|(at, it)| format!("{} {it}", at + 1));
        let all = all.collect::<Vec<_>>().join(", ");
        let known = if all.is_empty() { "it names no options" } else { "the options are " };
        return Err(Failure::usage(format!("nothing to write about {id}"))
            .hint(format!("--choose OPTION --because TEXT, --accept, or --defer; {known}{all}")));
    }
    let says_why = args.because.as_ref().is_some_and(|it| !it.trim().is_empty());
    let says_what = known.status() != "deferred" && record::says_what(&known.document);
    if args.accept && !says_why && !says_what {
        return Err(Failure::usage(format!("{id} does not say why it is taken"))
            .hint("say it in a sentence: --because TEXT"));
    }
    Ok(())
}

/// The fields; what brought it back is over once it is taken.
fn known_fields(
    args: &Args,
    known: &Entry,
    step: Step,
    backlog: &Backlog,
    cx: &Context,
) -> Result<Vec<Assignment>, Failure> {
    let mut all = fields(args, step, backlog, cx.today)?;
    if step == Step::Propose {
        all.retain(|it| it.field != "status");
    }
    if step == Step::Take {
        let is_set = |field: &str| all.iter().any(|it| it.field == field);
        let over: Vec<_> = ["revisit", "owner"]
            .into_iter()
            .filter(|field| known.document.get(field).is_some() && !is_set(field))
            .collect();
        all.extend(over.into_iter().map(|field| assignment(field, Operation::Clear)));
    }
    Ok(all)
}
