//! The part of a backlog that was asked for.

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::finding::Finding;
use crate::domain::id::Found;
use crate::domain::suggest;

/// The paths that were asked for, below the backlog's folder; none: everything.
pub(super) struct Selection(Vec<String>);

impl Selection {
    /// Files, folders and ids as the user named them.
    pub(super) fn of(
        paths: &[String],
        workspace: &Workspace,
        backlog: &Backlog,
        cx: &Context,
    ) -> anyhow::Result<Self> {
        let below = |path: &String| one(path, workspace, backlog, cx);
        Ok(Self(paths.iter().map(below).collect::<Result<_, _>>()?))
    }

    /// All of it.
    pub(super) fn everything() -> Self {
        Self(Vec::new())
    }

    /// Whether nothing was left out.
    pub(super) fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a file was asked for.
    pub(super) fn has(&self, path: &str) -> bool {
        let is_below = |folder: &String| {
            folder.is_empty()
                || path
                    .strip_prefix(folder.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0.is_empty() || self.0.iter().any(is_below)
    }

    /// Whether a finding belongs to what was asked for. One that says that something cannot be read
    /// always does: what links to it cannot be judged.
    pub(super) fn has_finding(&self, finding: &Finding) -> bool {
        finding.is_fatal || self.has(&finding.path)
    }
}

fn one(
    path: &str,
    workspace: &Workspace,
    backlog: &Backlog,
    cx: &Context,
) -> Result<String, Failure> {
    let root = workspace.root.as_deref().unwrap_or(Path::new(&workspace.folder));
    let full = cx.directory.join(path);
    if full.exists() {
        let full = full.canonicalize().unwrap_or(full);
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        return match full.strip_prefix(&root) {
            Ok(below) => Ok(below.to_string_lossy().replace('\\', "/")),
            Err(_) if root.starts_with(&full) => Ok(String::new()),
            Err(_) => Err(Failure::usage(format!("'{path}' is not in {}", workspace.folder))),
        };
    }
    // A file of another revision need not be in the worktree.
    let inside = path.strip_prefix(&format!("{}/", workspace.folder)).unwrap_or(path);
    let has_file = backlog.entries().any(|entry| {
        entry
            .path()
            .strip_prefix(inside)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    match backlog.find(path) {
        _ if has_file => Ok(inside.to_owned()),
        Found::One(entry) => Ok(entry.path().to_owned()),
        found => {
            let near = if let Found::None(near) = found { near } else { Vec::new() };
            Err(Failure::usage(format!("there is no file or document '{path}'"))
                .hint(suggest::document(backlog, path, &near)))
        }
    }
}
