//! `review`: a change as somebody who has to agree to it reads it.

use super::context::Context;
use super::error::{Failure, exit};
use super::states::States;
use super::timeline::timeline;
use super::workspace::{At, Workspace};
use super::{Global, check, pager};
use crate::domain::backlog::Backlog;
use crate::domain::bearing::bearing;
use crate::domain::config::Severity;
use crate::domain::diff::against;
use crate::domain::diff::reason;
use crate::domain::diff::risk::{self, Hazard};
use crate::domain::diff::{Direction, Pairs, diff};
use crate::domain::effect::effect;
use crate::domain::finding::Finding;
use crate::domain::forecast::SEED;
use crate::domain::order::{self, Order};
use crate::domain::outlook::Outlook;
use crate::domain::prospect::Shifts;
use crate::render::Format;
use crate::render::report::diff::{DiffView, Titles};
use crate::render::report::findings::FindingsView;
use crate::render::report::review::ReviewView;

/// Review a change: moves and reasons, new findings, effect on the plan
///
/// Compares the worktree, or --at REV, with the commit at which it branched off from BASE; what
/// BASE has done since does not count. Rules, definitions and policy are those of that commit, so
/// that a change cannot loosen what it is judged by.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog review main
  git backlog review origin/main --format markdown > review.md
  git backlog review v1.0 --at v1.1 --format html > review.html
  git backlog review main --exit-code")]
pub(super) struct Args {
    /// The branch that the change is meant for, or a commit
    #[arg(value_name = "BASE")]
    base: String,
    /// Exit with 1 if there is a risk or a new error to look at, else with 0
    #[arg(long)]
    exit_code: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    if let Some((base, head)) = args.base.split_once("..") {
        let (base, head) = (base, head.trim_start_matches('.'));
        let message =
            format!("'{}' is a range, and a review wants the base of a change", args.base);
        let hint = format!("try: git backlog review {base} --at {head}");
        return Err(Failure::usage(message).hint(hint).into());
    }
    let states = States::since(&args.base, at, &workspace)?;
    let after = workspace.load(cx, at)?;
    let news = check::news(&args.base, at, &after, &workspace, cx)?;
    let before = &news.base;
    let settings = (&before.config, &after.config);
    let files = match order::agree(settings.0, settings.1) {
        true => states.files.clone(),
        false => states.everything(workspace.repository()?, &workspace.folder)?,
    };
    let mut order = Order::of(before);
    let diff = diff(Pairs::of(files), settings, Some((&mut order, Direction::Forward)));
    let reasons = reason::of_steps(&news.steps, settings.1);
    let mut risks = risk::risks(
        &diff,
        risk::States { before, after: &after, order: &order, steps: &news.steps },
    );
    risks.extend(against::against(&diff, &after));
    let findings: Vec<Finding> =
        news.findings.into_iter().filter(|it| !is_told(it, &risks)).collect();
    let titles = titles(before, &after);
    let shifts = shifts(before, &after, at, &workspace, cx)?;
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let (from, to) = (&*states.names.0, &*states.names.1);
    let note = states.note.as_deref();
    let view = ReviewView {
        diff: DiffView {
            diff: &diff,
            risks: &risks,
            titles: &titles,
            reasons: &reasons,
            states: (from, to),
            note,
        },
        findings: FindingsView {
            findings: &findings,
            allowed: &[],
            folder: &workspace.folder,
            documents: &[],
            texts: &std::collections::BTreeMap::new(),
        },
        effect: &effect(before, &after),
        shifts: &shifts,
        bearing: &bearing(&diff, before, &after),
    };
    cx.show(&view, args.format)?;
    let is_error = |it: &Finding| it.severity == Severity::Error;
    let has_hazard = !risks.is_empty() || findings.iter().any(is_error);
    Ok(if args.exit_code && has_hazard { exit::FOUND } else { exit::DONE })
}

/// Which dates the change moves. The history is read only if it may move any.
fn shifts<'a>(
    before: &Backlog,
    after: &'a Backlog,
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Shifts<'a>> {
    let shifts = Shifts::of(before, after);
    if shifts.shifts.is_empty() {
        return Ok(shifts);
    }
    let timeline = timeline(after, at, workspace, cx)?;
    Ok(shifts.dated(&Outlook::of(after, &timeline, SEED)))
}

/// Whether a finding says what a risk says already.
fn is_told(finding: &Finding, risks: &[risk::Risk]) -> bool {
    let code = |hazard: &Hazard| match hazard {
        Hazard::NotAllowed { .. } => Some("PO001"),
        Hazard::NoReason { .. } => Some("PO002"),
        Hazard::AboveBlocker { .. } => Some("LK004"),
        _ => None,
    };
    risks.iter().any(|risk| {
        code(&risk.what) == Some(finding.code) && finding.id.as_deref() == Some(&risk.id)
    })
}

fn titles(before: &Backlog, after: &Backlog) -> Titles {
    let entries = before.entries().chain(after.entries());
    entries.map(|it| (it.id().to_owned(), it.title().into_owned())).collect()
}
