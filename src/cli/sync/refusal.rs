//! When `sync` refuses: what is seldom meant, and what would lose something.

use std::collections::HashSet;

use super::{Args, Sync};
use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::message::counted;
use crate::domain::source::FileChange;
use crate::store::quoted;

/// A change that removes more than one document in so many, and more than a handful, is taken
/// for an accident.
const ONE_IN: usize = 5;
const HANDFUL: usize = 4;

/// A build that pushes is seldom what somebody meant.
pub(super) fn in_ci(args: &Args, cx: &Context) -> anyhow::Result<()> {
    let is_set =
        |name: &str| (cx.env)(name).is_some_and(|value| !value.is_empty() && value != "false");
    if args.allow_ci || args.dry_run || !is_set("CI") {
        return Ok(());
    }
    Err(Failure::new(exit::REFUSED, "CI is set, and a build seldom means to merge and push")
        .hint("if it does: git backlog sync --allow-ci")
        .into())
}

/// Refuses a remote that has taken back what was there: merging would bring it to life again.
pub(super) fn rewritten(
    sync: &Sync<'_>,
    seen: Option<&str>,
    theirs: Option<&str>,
    head: Option<&str>,
) -> anyhow::Result<()> {
    let Some(seen) = seen else { return Ok(()) };
    let has_seen = |tip: Option<&str>| {
        let bases = tip.and_then(|tip| sync.repository.merge_bases(seen, tip).ok());
        bases.is_some_and(|bases| bases.iter().any(|base| base == seen))
    };
    // Who has taken it back here as well brings nothing to life.
    if has_seen(theirs) || !has_seen(head) || sync.args.accept_rewrite {
        return Ok(());
    }
    let name = sync.upstream.name();
    let what = if theirs.is_some() { "rewritten" } else { "removed" };
    let message = format!("{name} was {what}: it does not hold {} any more", &seen[..10]);
    Err(Failure::new(exit::REMOTE, message)
        .hint("ask who did it; to merge all the same: git backlog sync --accept-rewrite")
        .into())
}

/// Refuses a remote that removes most of what there was.
pub(super) fn mass_removal(
    sync: &Sync<'_>,
    before: &Backlog,
    changes: &[FileChange],
) -> anyhow::Result<()> {
    let id = |text: &Option<Result<String, _>>| {
        let text = text.as_ref()?.as_ref().ok()?;
        Some(Document::parse("", text.as_str()).text_of("id")?.into_owned())
    };
    let kept: HashSet<String> = changes.iter().filter_map(|it| id(&it.after)).collect();
    let is_removed = |it: &&FileChange| {
        it.after.is_none()
            && before.at_path(&it.path).is_some()
            && id(&it.before).is_none_or(|id| !kept.contains(&id))
    };
    let n_removed = changes.iter().filter(is_removed).count();
    // The product is no part of what can be removed from a backlog.
    let n_all = before.entries().filter(|entry| entry.path().contains('/')).count();
    let is_much = n_removed > HANDFUL && n_removed * ONE_IN > n_all || n_removed >= n_all;
    if n_removed < 2 || !is_much || sync.args.allow_mass_delete {
        return Ok(());
    }
    let name = sync.upstream.name();
    let message = format!("{name} removes {n_removed} of {}", counted(n_all, "document"));
    Err(Failure::new(exit::REFUSED, message)
        .hint("ask who did it; to merge all the same: git backlog sync --allow-mass-delete")
        .into())
}

/// A file that somebody here has changed, and the remote too.
pub(super) fn in_the_way(path: &str) -> anyhow::Error {
    let message =
        format!("{path} has changes that are not committed, and the remote changed it too");
    Failure::new(exit::CHANGED, message)
        .hint("commit them first: git backlog sync -m 'Why', or git commit for other files")
        .into()
}

/// A file that differs in the index alone, as an interrupted merge can leave it.
pub(super) fn staged(path: &str) -> anyhow::Error {
    let message = format!("{path} is staged otherwise than it is, and the remote changed it too");
    let paths: Vec<_> = path.split(", ").map(quoted).collect();
    Failure::new(exit::CHANGED, message)
        .hint(format!("if that is not meant: git restore --staged {}", paths.join(" ")))
        .into()
}
