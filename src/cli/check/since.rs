//! What a state is compared with: the revision of `--since`.

use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::cli::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::config::SettingsProblem;
use crate::domain::history::Step;
use crate::domain::rules::Since;
use crate::domain::source::{Edits, FileEdit};
use crate::store::Source;

/// An earlier state, and what was done since.
pub(super) struct Comparison {
    /// The earlier state.
    pub base: Backlog,
    /// What was done since, commit by commit.
    pub steps: Vec<Step>,
}

impl Comparison {
    /// The state from which the one at `at` went its own way since it left `rev`. A base whose
    /// settings cannot be read is an error: nobody could say what the rules were.
    pub(super) fn of(
        rev: &str,
        at: Option<&str>,
        workspace: &Workspace,
        cx: &mut Context,
    ) -> anyhow::Result<Self> {
        let repository = workspace.repository()?;
        let head = at.unwrap_or("HEAD");
        let base = repository.merge_base(rev, head)?;
        let backlog = Backlog::parse(repository.revision(&base, &workspace.folder)?.files()?);
        if let Some(SettingsProblem { path, problem }) = backlog.config_problems.first() {
            let short = &base[..base.len().min(12)];
            let place = format!("{}/{path}:{}", workspace.folder, problem.position);
            let message =
                format!("the settings at {short} cannot be read: {place}: {}", problem.message);
            return Err(Failure::new(exit::REPOSITORY, message)
                .hint("mend the settings there first, or name another revision")
                .into());
        }
        cx.detail(&format!("compared with {base}"))?;
        let mut steps = repository.steps(&base, head, &workspace.folder)?;
        if at.is_none() {
            steps.extend(uncommitted(workspace)?);
        }
        Ok(Self { base: backlog, steps })
    }

    /// What rules look at.
    pub(super) fn since(&self) -> Since<'_> {
        Since { base: &self.base, steps: &self.steps }
    }
}

/// What is in the worktree and not in a commit yet, as a change by whoever would commit it.
fn uncommitted(workspace: &Workspace) -> anyhow::Result<Option<Step>> {
    let repository = workspace.repository()?;
    let mut edits = Edits::default();
    for file in repository.changed(&workspace.folder)? {
        let (before, after) = (file.before.transpose(), file.after.transpose());
        if let (Ok(before), Ok(after)) = (before, after) {
            edits.push(FileEdit { path: file.path, before, after });
        }
    }
    let author = repository.config_string("user.email").unwrap_or_default();
    let step = Step { commit: None, author, message: String::new(), edits };
    Ok((!step.edits.is_empty()).then_some(step))
}
