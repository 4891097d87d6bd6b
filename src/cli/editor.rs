//! The user's editor, and a text that is never lost in it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::Workspace;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::kind::{ITEM, Kind};
use crate::store;

/// A text as the user has left it, and the file that keeps it until it is saved.
pub(super) struct Edited {
    /// The text.
    pub text: String,
    copy: PathBuf,
}

impl Edited {
    /// Hands on how saving to `path` has ended. What could not be saved stays in its file, and the
    /// user is told where.
    pub(super) fn settle(
        self,
        cx: &mut Context,
        workspace: &Workspace,
        path: &str,
        saved: anyhow::Result<u8>,
    ) -> anyhow::Result<u8> {
        let is_there = |root: &PathBuf| {
            std::fs::read(root.join(path)).is_ok_and(|text| text == self.text.as_bytes())
        };
        if saved.is_ok() || workspace.root.as_ref().is_some_and(is_there) {
            let remove = std::fs::remove_file(&self.copy);
            remove.map_err(|error| Failure::io("remove", &self.copy, &error))?;
        } else {
            cx.warn(&kept(&self.copy))?;
        }
        saved
    }
}

/// Lets the user edit a text. What does not parse is offered again on a terminal; otherwise it is
/// kept in a file whose path is told.
pub(super) fn edit(
    cx: &mut Context,
    workspace: &Workspace,
    path: &str,
    text: &str,
) -> anyhow::Result<Edited> {
    edit_plan(cx, workspace, path, text, &|text| problem_in(workspace, path, text))
}

/// The same for a text that is no document; `problem_in` says what is wrong with it.
pub(super) fn edit_plan(
    cx: &mut Context,
    workspace: &Workspace,
    path: &str,
    text: &str,
    problem_in: &dyn Fn(&str) -> Option<String>,
) -> anyhow::Result<Edited> {
    let copy = copy_of(workspace, path, text)?;
    loop {
        open(cx, workspace, &copy, text)?;
        let edited = std::fs::read(&copy).map_err(|error| Failure::io("read", &copy, &error))?;
        let problem = match String::from_utf8(edited) {
            Ok(text) => match problem_in(&text) {
                None => return Ok(Edited { text, copy }),
                Some(problem) => problem,
            },
            Err(_) => "the text is not UTF-8".to_owned(),
        };
        if !again(cx, &problem)? {
            let message = format!("not saved: {problem}");
            return Err(Failure::new(exit::FOUND, message).hint(kept(&copy)).into());
        }
    }
}

fn kept(copy: &Path) -> String {
    format!("your text is kept in {}", copy.display())
}

/// A new file for the text while it is edited, inside the Git directory. One that an earlier run
/// has kept there stays, since nothing else may hold its text.
fn copy_of(workspace: &Workspace, path: &str, text: &str) -> anyhow::Result<PathBuf> {
    let folder = workspace.repository()?.git_dir().join("backlog").join("edit");
    std::fs::create_dir_all(&folder).map_err(|error| Failure::io("make", &folder, &error))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "md"));
    let mut number = 1;
    loop {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}.{number}.{ending}") };
        let copy = folder.join(name);
        match File::create_new(&copy).and_then(|mut file| file.write_all(text.as_bytes())) {
            Ok(()) => return Ok(copy),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(Failure::io("write", &copy, &error).into()),
        }
    }
}

/// The first thing that makes a document unreadable.
fn problem_in(workspace: &Workspace, path: &str, text: &str) -> Option<String> {
    let kind = Kind::of_path(path).unwrap_or(&ITEM);
    let entry = Entry::new(Document::parse(path, text), kind, &Default::default());
    let problem = entry.problems().find(|problem| problem.kind.is_fatal())?;
    let hint = problem.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let folder = &workspace.folder;
    Some(format!("{folder}/{path}:{}: {}{hint}", problem.position, problem.message))
}

fn again(cx: &mut Context, problem: &str) -> anyhow::Result<bool> {
    if !cx.interactive {
        return Ok(false);
    }
    cx.warn(problem)?;
    write!(cx.err, "edit again? [Y/n] ")?;
    cx.err.flush()?;
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer)?;
    Ok(read > 0 && !answer.trim().to_lowercase().starts_with('n'))
}

/// Opens the editor. Where it fails, a copy that holds more than `text` is kept.
fn open(cx: &mut Context, workspace: &Workspace, copy: &Path, text: &str) -> anyhow::Result<()> {
    let Err(failure) = run(cx, workspace, copy)? else { return Ok(()) };
    if std::fs::read(copy).is_ok_and(|edited| edited != text.as_bytes()) {
        return Err(failure.hint(kept(copy)).into());
    }
    let _unless_the_editor_did = std::fs::remove_file(copy);
    Err(failure.into())
}

/// Runs the editor as Git chooses and runs it; the inner error is that of the editor.
pub(super) fn run(
    cx: &mut Context,
    workspace: &Workspace,
    file: &Path,
) -> anyhow::Result<Result<(), Failure>> {
    let from_env = |name: &str| (cx.env)(name).filter(|value| !value.is_empty());
    let configured = || workspace.repository.as_ref()?.config_string("core.editor").map(Into::into);
    let editor = from_env("GIT_EDITOR")
        .or_else(configured)
        .or_else(|| from_env("VISUAL"))
        .or_else(|| from_env("EDITOR"))
        .unwrap_or_else(|| "vi".into());
    let editor = editor.to_string_lossy().into_owned();
    cx.out.flush()?;
    // The editor may have arguments, so a shell splits them, and the path is handed over apart.
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$@\""))
        .arg(&editor)
        .arg(file)
        .status();
    let failure = match status {
        Ok(status) if status.success() => return Ok(Ok(())),
        Ok(status) => format!("the editor '{editor}' ended with {status}"),
        Err(error) => format!("cannot run the editor '{editor}': {}", store::reason(&error)),
    };
    let hint = "choose another with: git config --global core.editor NAME";
    Ok(Err(Failure::new(exit::IO, failure).hint(hint)))
}
