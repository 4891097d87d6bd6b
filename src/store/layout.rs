//! What is a document, judged by its path and by what stands there.
//!
//! The worktree and a revision ask the same questions here, so that a backlog reads the same
//! from both.

use super::error::Error;
use crate::domain::problem::{Problem, ProblemKind};

/// The settings, the one file beside the documents that is read.
const SETTINGS: &str = "config.yml";

/// The folders of a backlog. One of these that is no folder hides documents, and has to be told.
const FOLDERS: [&str; 11] = [
    "items",
    "goals",
    "evidence",
    "decisions",
    "experiments",
    "metrics",
    "sprints",
    "releases",
    "personas",
    "stakeholders",
    "templates",
];

/// More documents than this are taken for a mistake.
const MAX_FILES: usize = 250_000;

/// How the name of a file ends while it is being written.
pub(super) const UNFINISHED: &str = ".backlog-tmp";

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link {
        /// Whether it leads to a folder, as far as that can be known.
        to_folder: bool,
    },
    /// Another repository.
    Submodule,
    /// A pipe, a socket or a device.
    Special,
}

/// What to do about it.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Read it.
    Document,
    /// Look inside.
    Enter,
    /// Show that nothing can be read here.
    Unreadable(Problem),
    /// It is none of the backlog's business.
    Ignore,
}

/// Judges what stands at a path below the folder of the backlog.
pub(super) fn judge(path: &str, shape: Shape) -> Verdict {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Editors and systems keep locks, copies and caches under such names: `.#x.md`, `._x.md`.
    if name.starts_with('.') {
        return Verdict::Ignore;
    }
    let is_document = is_document(path, name);
    let is_folder = FOLDERS.contains(&path);
    match shape {
        Shape::File if is_document => Verdict::Document,
        Shape::Folder if !is_document => Verdict::Enter,
        Shape::Link { to_folder: true } => Verdict::Unreadable(not_regular(shape)),
        _ if is_document || is_folder => Verdict::Unreadable(not_regular(shape)),
        _ => Verdict::Ignore,
    }
}

/// Whether a file of this name is a document or the settings. Copies that synchronisation leaves
/// behind are not: they repeat a document under its own id.
fn is_document(path: &str, name: &str) -> bool {
    let is_copy = name.contains("conflicted copy") || name.contains(".sync-conflict-");
    path == SETTINGS || name.ends_with(".md") && !is_copy
}

/// The problem of a path where something else than a regular file stands.
pub(super) fn not_regular(shape: Shape) -> Problem {
    let what = match shape {
        Shape::File => "a file where a folder belongs",
        Shape::Folder => "a folder where a file belongs",
        Shape::Link { .. } => "a symbolic link, which is not followed",
        Shape::Submodule => "a submodule, which is not entered",
        Shape::Special => "a pipe, socket or device, not a regular file",
    };
    Problem::whole(ProblemKind::NotRegular, what).hint("put a regular file or folder in its place")
}

/// The error for more documents than any backlog has, raised while they are counted.
pub(super) fn check_count(folder: &str, n_files: usize) -> Result<(), Error> {
    if n_files <= MAX_FILES {
        return Ok(());
    }
    let message = format!("{folder} has more than {MAX_FILES} documents");
    Err(Error::unusable(message, "name the folder of the backlog with --dir"))
}

/// Whether a path stays below the folder: no step up, no root, nothing that is
/// Git's own.
pub(super) fn is_safe_path(path: &str) -> bool {
    let is_unsafe = |part: &str| {
        matches!(part, "" | "." | "..")
            || part.eq_ignore_ascii_case(".git")
            || part.contains('\0')
            || cfg!(windows) && part.contains(['\\', ':'])
    };
    !path.split('/').any(is_unsafe)
}

/// A path that leads out of a folder, `../common/backlog.yml`, as seen from the root of the
/// repository; `None` if it leads out of that too.
pub(super) fn beside(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    is_safe_path(&path).then_some(path)
}

/// A path of this system with `/`. Elsewhere than on Windows, a `\` is a letter like any other.
pub(super) fn slashes(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

/// The id that a file name holds: all before the second dash of `BL-7k3qd-guest-checkout.md`.
pub(super) fn id_in_name(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".md")?;
    let first = stem.find('-')?;
    let second = stem[first + 1..].find('-').map(|at| first + 1 + at);
    let id = &stem[..second.unwrap_or(stem.len())];
    (first > 0 && id.len() > first + 1).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, shape: Shape, expected: &str) {
        let verdict = match judge(path, shape) {
            Verdict::Document => "read",
            Verdict::Enter => "enter",
            Verdict::Unreadable(_) => "tell",
            Verdict::Ignore => "ignore",
        };
        assert_eq!(verdict, expected, "{path} {shape:?}");
    }

    #[test]
    fn reads_documents_and_leaves_out_what_other_programs_put_beside_them() {
        check("config.yml", Shape::File, "read");
        check("items/BL-7k3qd.md", Shape::File, "read");
        check("items/deep/er/x.md", Shape::File, "read");
        check("items/x.md~", Shape::File, "ignore");
        check("items/x.md.orig", Shape::File, "ignore");
        check("items/.#x.md", Shape::Link { to_folder: false }, "ignore");
        check("items/x (Mira's conflicted copy 2026-01-01).md", Shape::File, "ignore");
        check("items/x.sync-conflict-20260101-ABC.md", Shape::File, "ignore");
        check("items/.DS_Store", Shape::File, "ignore");
        check("items/config.yml", Shape::File, "ignore");
        check(".obsidian", Shape::Folder, "ignore");
    }

    #[test]
    fn tells_of_whatever_hides_a_document() {
        check("items/x.md", Shape::Link { to_folder: false }, "tell");
        check("items/x.md", Shape::Folder, "tell");
        check("items/x.md", Shape::Special, "tell");
        check("items/x.md", Shape::Submodule, "tell");
        check("items", Shape::Link { to_folder: false }, "tell");
        check("items", Shape::File, "tell");
        check("sub", Shape::Link { to_folder: true }, "tell");
        check("config.yml", Shape::Folder, "tell");
        check("notes.txt", Shape::Link { to_folder: false }, "ignore");
    }

    #[test]
    fn no_path_leaves_the_folder() {
        for path in [
            "",
            "/etc/x.md",
            "../x.md",
            "items/../../x.md",
            "items//x.md",
            "./x.md",
            ".git/x",
            "a/.GIT/x",
        ] {
            assert!(!is_safe_path(path), "{path}");
        }
        assert!(!is_safe_path("a\0.md"));
        assert_eq!(is_safe_path("items\\x.md") || is_safe_path("C:x.md"), !cfg!(windows));
        assert!(is_safe_path("items/BL-7k3qd-guest-checkout.md"));
    }

    #[test]
    fn no_path_leaves_the_repository() {
        assert_eq!(beside("app/.backlog", "../../x.yml").as_deref(), Some("x.yml"));
        assert_eq!(beside(".backlog", "../common/x.yml").as_deref(), Some("common/x.yml"));
        assert_eq!(beside(".backlog", "../../x.yml"), None);
        assert_eq!(beside(".backlog", "../.git/config"), None);
    }

    #[test]
    fn finds_the_id_in_a_file_name() {
        assert_eq!(id_in_name("BL-7k3qd-guest-checkout.md"), Some("BL-7k3qd"));
        assert_eq!(id_in_name("BL-7k3qd.md"), Some("BL-7k3qd"));
        assert_eq!(id_in_name("product.md"), None);
        assert_eq!(id_in_name("BL-.md"), None);
        assert_eq!(id_in_name("-x.md"), None);
        assert_eq!(id_in_name("BL-7k3qd.txt"), None);
    }

    #[test]
    fn counts_up_to_the_limit() {
        assert!(check_count(".backlog", MAX_FILES).is_ok());
        assert_eq!(check_count(".backlog", MAX_FILES + 1).unwrap_err().exit_code(), 3);
    }
}
