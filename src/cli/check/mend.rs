//! `check --fix`: mends what the rules can mend.

use super::{Args, Check};
use crate::cli::context::Context;
use crate::cli::save;
use crate::cli::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::finding::Safety;
use crate::domain::message::counted;
use crate::domain::rules::{self, Outcome};
use crate::domain::source::Edits;

/// How often fixes are made on top of fixes; more would mean that two undo each other.
const ROUNDS: usize = 10;

/// Makes the fixes of what counts, writes them or shows them, and gives the state after them with
/// what is left. With `--dry-run`, the state stays as it is.
pub(super) fn mend(
    check: &Check,
    before: Backlog,
    args: &Args,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<(Backlog, Outcome)> {
    let up_to = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let mut outcome = check.run(&before, cx);
    let (mut edits, mut n_made) = (Edits::default(), 0);
    let mut after = None;
    for _ in 0..ROUNDS {
        let state = after.as_ref().unwrap_or(&before);
        let counts = match &check.known {
            Some(known) => known.judge(outcome.findings.clone()).new,
            None => outcome.findings.clone(),
        };
        let (more, n) = rules::fixes(state, &counts, up_to);
        if more.is_empty() {
            break;
        }
        n_made += n;
        let next = state.after(&more);
        more.files().iter().for_each(|file| edits.push(file.clone()));
        outcome = check.run(&next, cx);
        after = Some(next);
    }
    let Some(after) = after else { return Ok((before, outcome)) };
    if args.dry_run {
        save::write(cx, workspace, &before, &edits, true)?;
        let outcome = check.run(&before, cx);
        return Ok((before, outcome));
    }
    workspace.apply(cx, &edits)?;
    cx.say(&format!(
        "mended {} in {}",
        counted(n_made, "finding"),
        counted(edits.files().len(), "document")
    ))?;
    Ok((after, outcome))
}
