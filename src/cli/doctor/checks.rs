//! What is looked at, in this order: what comes first may be the reason for what comes later.

use super::{Found, Patient, found};
use crate::cli::conflicts;
use crate::cli::context::Context;
use crate::cli::init;
use crate::domain::backlog::Backlog;
use crate::domain::entry::{self, Entry};
use crate::domain::id;
use crate::domain::message::counted;
use crate::domain::source::{Edits, FileEdit};
use crate::domain::twins;
use crate::render::report::doctor::State::{Mended, Note, Problem, Sound};
use crate::store::{Error, LeftOver, Source, git_version, quoted};

/// A check: its subject, and how it is done. One that finds nothing to say found all in order.
pub(super) type Check = fn(&Patient<'_>, &mut Context) -> Found;

/// All checks.
pub(super) const ALL: &[(&str, Check)] = &[
    ("git", git),
    ("repository", repository),
    ("identity", identity),
    ("in progress", in_progress),
    ("interrupted change", interrupted),
    ("left behind", left_behind),
    ("unfinished list", unfinished_list),
    ("merge driver", driver),
    ("merge attribute", attribute),
    ("settings", settings),
    ("documents", documents),
    ("file names", file_names),
    ("ids", ids),
    ("conflicts", open_conflicts),
    ("hooks", hooks),
];

/// The oldest Git that can run hooks for another program.
const OLDEST: (u32, u32) = (2, 36);

fn git(_: &Patient<'_>, _: &mut Context) -> Found {
    Ok(vec![match git_version() {
        None => found(Problem, "git cannot be started, which hooks and `sync` need")
            .hint("see that it is found in PATH"),
        Some((major, minor)) if (major, minor) < OLDEST => {
            let (old, new) = OLDEST;
            found(Problem, format!("git {major}.{minor} is too old to run hooks"))
                .hint(format!("update it to {old}.{new} or newer"))
        }
        Some((major, minor)) => found(Sound, format!("git {major}.{minor}")),
    }])
}

fn repository(patient: &Patient<'_>, _: &mut Context) -> Found {
    let repository = patient.workspace.repository()?;
    if repository.workdir().is_none() {
        return Ok(vec![found(
            Note,
            "this repository is bare: it can be read, and not be changed",
        )]);
    }
    Ok(match repository.check_writable() {
        Ok(()) => Vec::new(),
        Err(error) => vec![problem(&error)],
    })
}

fn identity(patient: &Patient<'_>, _: &mut Context) -> Found {
    Ok(match patient.workspace.repository()?.check_committer() {
        Ok(()) => Vec::new(),
        Err(error) => vec![problem(&error)],
    })
}

fn in_progress(patient: &Patient<'_>, _: &mut Context) -> Found {
    Ok(match patient.workspace.repository()?.check_idle() {
        Ok(()) => Vec::new(),
        Err(error) => {
            let note = found(Note, format!("{error}, so nothing is committed meanwhile"));
            vec![match error.hint() {
                Some(hint) => note.hint(hint),
                None => note,
            }]
        }
    })
}

fn interrupted(patient: &Patient<'_>, _: &mut Context) -> Found {
    let Ok(worktree) = patient.workspace.worktree() else { return Ok(Vec::new()) };
    if !worktree.is_interrupted() {
        return Ok(Vec::new());
    }
    if !patient.fix {
        return Ok(vec![
            found(
                Problem,
                "a change was interrupted, and the next command that writes finishes it",
            )
            .hint("finish it now with: git backlog doctor --fix"),
        ]);
    }
    let files = worktree.recover()?.unwrap_or_default();
    Ok(vec![found(Mended, format!("finished an interrupted change: {files}"))])
}

fn left_behind(patient: &Patient<'_>, _: &mut Context) -> Found {
    let Ok(worktree) = patient.workspace.worktree() else { return Ok(Vec::new()) };
    let mut diagnoses = Vec::new();
    if patient.fix
        && let Some(commit) = patient.workspace.repository()?.finish_commit()?
    {
        diagnoses.push(found(Mended, format!("finished an interrupted commit: {commit}")));
    }
    for LeftOver { path, age, is_own } in worktree.left_over()? {
        diagnoses.push(match (is_own, patient.fix) {
            (true, true) => {
                worktree.remove_left_over(&path)?;
                found(Mended, format!("removed {path}, which an interrupted run left"))
            }
            (true, false) => found(Problem, format!("{path} was left by an interrupted run"))
                .hint("remove it with: git backlog doctor --fix"),
            (false, _) => found(Problem, format!("{path} is {age} old: Git holds it, or left it"))
                .hint(format!("if no git runs here: rm {}", quoted(&path))),
        });
    }
    Ok(diagnoses)
}

fn unfinished_list(patient: &Patient<'_>, _: &mut Context) -> Found {
    if !patient.workspace.repository()?.has_unfinished_list() {
        return Ok(Vec::new());
    }
    Ok(vec![found(Note, "a list of groom is unfinished").hint(
        "go on with: git backlog groom --continue, or throw it away: git backlog groom --abort",
    )])
}

fn driver(patient: &Patient<'_>, _: &mut Context) -> Found {
    let repository = patient.workspace.repository()?;
    if repository.workdir().is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![match (repository.has_driver(), patient.fix) {
        (true, _) => found(Sound, "Git merges items by field here"),
        (false, true) => {
            repository.install_driver()?;
            found(Mended, "Git merges items by field here now")
        }
        (false, false) => found(Problem, "Git merges items line by line in this clone")
            .hint("let it merge them by field with: git backlog doctor --fix"),
    }])
}

fn attribute(patient: &Patient<'_>, _: &mut Context) -> Found {
    let Ok(worktree) = patient.workspace.worktree() else { return Ok(Vec::new()) };
    let repository = patient.workspace.repository()?;
    let path = format!("{}/items/any.md", patient.workspace.folder);
    if repository.is_merged_by_fields(&path)? {
        return Ok(Vec::new());
    }
    let file = worktree.file(init::ATTRIBUTES)?;
    let before = file.and_then(|file| file.text.ok());
    let name = format!("{}/{}", patient.workspace.folder, init::ATTRIBUTES);
    if !patient.fix {
        return Ok(vec![
            found(Problem, format!("{name} does not say that items are merged by field"))
                .hint("add it with: git backlog doctor --fix, and commit it"),
        ]);
    }
    let text = init::attributes(before.as_deref().unwrap_or_default());
    let mut edits = Edits::default();
    edits.push(FileEdit { path: init::ATTRIBUTES.to_owned(), before, after: Some(text) });
    worktree.apply(&edits)?;
    Ok(vec![found(Mended, format!("wrote {name}")).hint("commit it with: git backlog commit")])
}

fn settings(patient: &Patient<'_>, _: &mut Context) -> Found {
    let folder = &patient.workspace.folder;
    let describe = |it: &crate::domain::config::SettingsProblem| {
        let place = format!("{folder}/{}:{}", it.path, it.problem.position);
        let problem = found(Problem, format!("{place}: {}", it.problem.message));
        match &it.problem.hint {
            Some(hint) => problem.hint(hint.clone()),
            None => problem.hint("mend it with an editor; until then no command writes"),
        }
    };
    Ok(backlog(patient)?.config_problems.iter().map(describe).collect())
}

fn documents(patient: &Patient<'_>, _: &mut Context) -> Found {
    let backlog = backlog(patient)?;
    let n_unreadable = backlog.unreadable().count();
    if n_unreadable == 0 {
        let all = counted(backlog.entries().len(), "document");
        return Ok(vec![found(Sound, format!("{all}, all readable"))]);
    }
    let message = format!("{} cannot be read", counted(n_unreadable, "document"));
    Ok(vec![found(Problem, message).hint("see why with: git backlog check")])
}

/// Files under the name of another id than theirs. `set` with a full id does not find those.
fn file_names(patient: &Patient<'_>, _: &mut Context) -> Found {
    let backlog = backlog(patient)?;
    let is_free =
        |path: &str, edits: &Edits| backlog.at_path(path).is_none() && edits.at(path).is_none();
    let (mut edits, mut diagnoses) = (Edits::default(), Vec::new());
    for entry in backlog.readable().filter(|entry| is_misnamed(entry)) {
        let path = format!("{}/{}", patient.workspace.folder, entry.path());
        let to = new_path(entry);
        let message = format!("{path} holds {}", entry.id());
        if !patient.fix || !is_free(&to, &edits) {
            let hint = "give the file the name of its id with: git backlog doctor --fix";
            diagnoses.push(found(Problem, message).hint(hint));
            continue;
        }
        let text = Some(entry.document.text().to_owned());
        edits.push(FileEdit { path: entry.path().to_owned(), before: text.clone(), after: None });
        edits.push(FileEdit { path: to.clone(), before: None, after: text });
        diagnoses.push(found(Mended, format!("{message}, and is {to} now")));
    }
    if !edits.is_empty() {
        patient.workspace.worktree()?.apply(&edits)?;
    }
    Ok(diagnoses)
}

fn is_misnamed(entry: &Entry) -> bool {
    let has_field = entry.text("id").is_some_and(|id| id::is_random(&id));
    let named = entry::id_of_path(entry.path(), entry.kind);
    has_field && !named.eq_ignore_ascii_case(entry.id())
}

fn new_path(entry: &Entry) -> String {
    let folder = entry.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = id::file_name(entry.id(), &id::slug(&entry.title()));
    format!("{folder}/{name}")
}

fn ids(patient: &Patient<'_>, _: &mut Context) -> Found {
    let backlog = backlog(patient)?;
    let groups = backlog.duplicates();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    if !patient.fix {
        let describe = |group: &Vec<&Entry>| {
            let paths: Vec<&str> = group.iter().map(|entry| entry.path()).collect();
            found(Problem, format!("{} is the id of {}", group[0].id(), paths.join(", ")))
                .hint("give the later one a new id with: git backlog doctor --fix")
        };
        return Ok(groups.iter().map(describe).collect());
    }
    let repository = patient.workspace.repository()?;
    let folder = &patient.workspace.folder;
    let came_with =
        |path: &str, other: &str| repository.came_with(folder, path, other).unwrap_or_default();
    let (edits, renamed) = twins::repair(&backlog, &came_with);
    patient.workspace.worktree()?.apply(&edits)?;
    let mut diagnoses: Vec<_> =
        renamed.iter().map(|it| found(Mended, conflicts::renamed(it))).collect();
    for group in backlog.after(&edits).duplicates() {
        let id = group[0].id();
        diagnoses.push(
            found(Problem, format!("{id} has a meaning, and cannot be replaced by another id"))
                .hint("bring the documents together in one of them, and remove the others"),
        );
    }
    Ok(diagnoses)
}

fn open_conflicts(patient: &Patient<'_>, _: &mut Context) -> Found {
    let backlog = backlog(patient)?;
    let is_open = |entry: &&Entry| !conflicts::open(&entry.document).is_empty();
    let mut paths: Vec<String> =
        backlog.entries().filter(is_open).map(|entry| entry.path().to_owned()).collect();
    let unmerged = patient.workspace.repository()?.unmerged(&patient.workspace.folder)?;
    paths.extend(unmerged.into_keys());
    paths.sort_unstable();
    paths.dedup();
    let describe = |path: String| {
        found(Problem, format!("{path} is not decided")).hint("see: git backlog resolve")
    };
    Ok(paths.into_iter().map(describe).collect())
}

fn hooks(patient: &Patient<'_>, _: &mut Context) -> Found {
    const NOT_RUN: [&str; 2] = ["reference-transaction", "post-index-change"];
    let repository = patient.workspace.repository()?;
    let names: Vec<&str> = NOT_RUN.into_iter().filter(|name| repository.has_hook(name)).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let message = format!("not run when this program commits: {}", names.join(", "));
    Ok(vec![found(Note, message).hint("commit with Git where they matter: git commit .backlog")])
}

/// The backlog of the worktree; an empty one where there is none.
fn backlog(patient: &Patient<'_>) -> anyhow::Result<Backlog> {
    match patient.workspace.source(None) {
        Ok(source) => Ok(Backlog::parse(source.files()?)),
        Err(_) => Ok(Backlog::parse(Vec::new())),
    }
}

fn problem(error: &Error) -> crate::render::report::doctor::Diagnosis {
    let problem = found(Problem, error.to_string());
    match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
