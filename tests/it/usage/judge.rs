//! What may differ after a command of ours, and what must.

use super::commands::{Kind, Order};
use super::place::Place;
use super::snapshot::Snapshot;
use crate::support::Run;

/// A command that was run, and all that is known about it.
pub(super) struct Case<'a> {
    pub(super) place: &'a Place,
    pub(super) before: &'a Snapshot,
    pub(super) after: &'a Snapshot,
    pub(super) order: &'a Order,
    pub(super) run: &'a Run,
}

/// What is not as it has to be; nothing if all is well.
pub(super) fn judge(case: &Case<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    wrong.extend(end(case));
    wrong.extend(elsewhere(case));
    wrong.extend(index(case));
    if case.before.branch != case.after.branch {
        wrong.push(format!("the branch is {:?} now", case.after.branch));
    }
    match case.before.head == case.after.head {
        true => {}
        false if matches!(case.order.kind, Kind::Sync) => wrong.extend(moved_forward(case)),
        false => wrong.extend(commit(case)),
    }
    wrong.extend(effect(case));
    wrong.extend(harmful(&case.place.trace()));
    wrong
}

fn end(case: &Case<'_>) -> Vec<String> {
    let Run { code, err, .. } = case.run;
    let Some(code @ 0..=8) = code else { return vec![format!("it ended with {code:?}: {err}")] };
    let mut wrong = Vec::new();
    let has = |start: &str| err.lines().any(|line| line.starts_with(start));
    // What is found is told as a result, and no error. A wrong word is its own next step.
    let is_told = has("error: ") && (*code == 2 || has("hint: "));
    if *code > 1 && !is_told {
        wrong.push(format!("exit code {code} without a next step: {err}"));
    }
    if *code == 1 && case.run.out.is_empty() && !has("error: ") {
        wrong.push(format!("exit code 1 without a word: {err}"));
    }
    wrong
}

/// The files that differ, other than those of the backlog in use.
fn elsewhere(case: &Case<'_>) -> Vec<String> {
    let Case { before, after, order, .. } = case;
    let own = after.own();
    let inside = format!("{}/.backlog/", case.place.at);
    let is_sync = matches!(order.kind, Kind::Sync);
    let mut ours = vec![format!("{own}index")];
    if order.commits {
        ours.extend([format!("{own}logs/HEAD"), format!("{own}COMMIT_EDITMSG")]);
        match &before.branch {
            Some(branch) => ours.extend(
                ["refs", "logs/refs"].map(|kind| format!("repo/.git/{kind}/heads/{branch}")),
            ),
            None => ours.push(format!("{own}HEAD")),
        }
    }
    // What every `git merge` writes, or clears away after another.
    let is_of_merging = |path: &str| {
        let notes = ["ORIG_HEAD", "AUTO_MERGE", "MERGE_MSG"];
        notes.iter().any(|name| path == format!("{own}{name}"))
    };
    let is_of_sync = |path: &str| {
        is_sync
            && (path.starts_with("repo/.git/refs/remotes/origin/")
                || path.starts_with("repo/.git/logs/refs/remotes/origin/")
                || path.starts_with("origin.git/refs/heads/")
                || path == format!("{own}FETCH_HEAD")
                || path == "repo/.git/FETCH_HEAD"
                || is_of_merging(path)
                || came_in(case, path))
    };
    let is_setting = |path: &str| {
        matches!(order.kind, Kind::Setup)
            && path == "repo/.git/config"
            && without_driver(before, path) == without_driver(after, path)
    };
    let changed = after.changed(before).into_iter();
    let foreign = changed.filter(|path| {
        !path.starts_with(&inside) && !ours.contains(path) && !is_of_sync(path) && !is_setting(path)
    });
    foreign.map(|path| format!("it changed {path}")).collect()
}

fn without_driver(snapshot: &Snapshot, path: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(&snapshot.files[path]).into_owned();
    let mut is_driver = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            is_driver = line == "[merge \"backlog\"]";
        }
        if !is_driver {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Whether a file outside the backlog is what the merged commits have made of it, and was clean.
fn came_in(case: &Case<'_>, path: &str) -> bool {
    let Some(name) = path.strip_prefix(&format!("{}/", case.place.at)) else { return false };
    let at = |snapshot: &Snapshot| {
        let output =
            case.place.try_ask(&["cat-file", "blob", &format!("{}:{name}", snapshot.head)]);
        output.status.success().then_some(output.stdout)
    };
    let is_as_committed = |it: &Snapshot| it.files.get(path) == at(it).as_ref();
    is_as_committed(case.before) && is_as_committed(case.after)
}

fn index(case: &Case<'_>) -> Vec<String> {
    let Case { before, after, order, .. } = case;
    let may_change = order.commits || matches!(order.kind, Kind::Resolve);
    if !may_change {
        let path = format!("{}index", after.own());
        let is_same = before.files.get(&path) == after.files.get(&path);
        return if is_same { Vec::new() } else { vec!["it wrote the index".to_owned()] };
    }
    let staged = after.staged(before).into_iter();
    let foreign = staged.filter(|path| {
        let is_of_sync = || {
            matches!(order.kind, Kind::Sync) && came_in(case, &format!("{}/{path}", case.place.at))
        };
        !path.starts_with(".backlog/") && !is_of_sync()
    });
    foreign.map(|path| format!("it changed what is staged of {path}")).collect()
}

/// A branch never leaves a commit behind.
fn moved_forward(case: &Case<'_>) -> Vec<String> {
    let (from, to) = (&case.before.head, &case.after.head);
    let output = case.place.try_ask(&["merge-base", "--is-ancestor", from, to]);
    match output.status.success() {
        true => Vec::new(),
        false => vec![format!("HEAD moved from {from} to {to}, which does not hold it")],
    }
}

/// A commit of ours: on top of HEAD, only of the backlog, as the hooks want it, and clean.
fn commit(case: &Case<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    if !case.order.commits {
        wrong.push("it moved HEAD".to_owned());
    }
    let log = case.place.ask(&[
        "log",
        "-1",
        "--first-parent",
        "-m",
        "--format=%P%n%B%x00",
        "--raw",
        "-r",
        "--no-abbrev",
        "--no-renames",
        "HEAD",
    ]);
    let (said, raw) = log.split_once('\0').unwrap();
    let (parents, message) = said.split_once('\n').unwrap();
    if parents != case.before.head {
        wrong.push(format!("HEAD stands on {parents} and not on {}", case.before.head));
    }
    if case.order.verifies() && case.place.at == "repo" && !message.contains("Hooked: yes") {
        wrong.push(format!("the hook commit-msg has no say: {message}"));
    }
    let mut paths = Vec::new();
    for line in raw.lines().filter(|line| line.starts_with(':')) {
        let (modes, path) = line.split_once('\t').unwrap();
        let words: Vec<&str> = modes.split(' ').collect();
        let (mode, id) = (words[1], words[3]);
        if !path.starts_with(".backlog/") {
            wrong.push(format!("the commit takes {path} along"));
        }
        let entry = case.after.index.get(path).map(String::as_str);
        let wanted = format!("H {mode} {id} 0;");
        let wanted = (mode != "000000").then_some(wanted.as_str());
        if entry != wanted {
            wrong.push(format!("the index has {entry:?} of {path}, the commit {wanted:?}"));
        }
        paths.push(path);
    }
    if paths.is_empty() {
        wrong.push("the commit holds nothing".to_owned());
    }
    let status = [&["status", "--porcelain", "-uall", "--"], paths.as_slice()].concat();
    let status = case.place.ask(&status);
    if !status.is_empty() {
        wrong.push(format!("not clean after the commit: {status}"));
    }
    wrong
}

/// Whether the documents hold what the command says it did, and nothing else.
fn effect(case: &Case<'_>) -> Vec<String> {
    let Case { before, after, order, run, .. } = case;
    let (old, new) = (before.backlog(), after.backlog());
    let all: std::collections::BTreeSet<&&str> = old.keys().chain(new.keys()).collect();
    let changed: Vec<&str> =
        all.into_iter().copied().filter(|path| old.get(path) != new.get(path)).collect();
    let is_refused =
        run.code.is_some_and(|code| code > 1) || run.code == Some(1) && run.err.contains("error: ");
    let is_saved = run.err.contains("saved, not committed");
    // A sync may have committed what it could not bring together with the rest.
    let is_halfway = matches!(order.kind, Kind::Sync) && !is_saved && before.head != after.head;
    if is_refused && !is_halfway {
        if before.head != after.head || !after.staged(before).is_empty() {
            return vec![format!("it was refused, and HEAD or the index moved: {}", run.err)];
        }
        if !is_saved && !changed.is_empty() {
            return vec![format!("it was refused, and changed {changed:?}: {}", run.err)];
        }
    }
    let lines = |path: &str, keys: &[&str]| {
        let without = |text: Option<&str>| -> Vec<String> {
            // Whoever sets a field that is in conflict decides it.
            let starts = |line: &str, key: &str| {
                [format!("{key}:"), format!("- {key}: ")].iter().any(|it| line.starts_with(it))
            };
            let is_of_field =
                |line: &&str| *line == "conflicts:" || keys.iter().any(|key| starts(line, key));
            let lines = text.unwrap_or_default().split('\n').filter(|line| !is_of_field(line));
            lines.map(str::to_owned).collect()
        };
        (without(before.text(path)), without(after.text(path)))
    };
    let mut wrong = Vec::new();
    let is_done = run.code == Some(0) || is_saved;
    match &order.kind {
        Kind::Read | Kind::Commit if !changed.is_empty() => {
            wrong.push(format!("it changed {changed:?}"));
        }
        Kind::Fields { paths, keys, line } => {
            for path in &changed {
                let (old, new) = lines(path, keys);
                if !paths.iter().any(|it| it == path) || old != new {
                    wrong.push(format!("it changed more than {keys:?} of {path}"));
                }
            }
            let has_line = |line: &String| {
                let mut texts = paths.iter().filter_map(|path| after.text(path));
                texts.any(|text| text.lines().any(|it| it == line))
            };
            if let Some(line) = line.as_ref().filter(|line| is_done && !has_line(line)) {
                wrong.push(format!("it said it did, and {} has no {line:?}", paths[0]));
            }
        }
        Kind::New { title } if is_done => {
            let is_new = |path: &&&str| !old.contains_key(**path);
            let made: Vec<&&str> = changed.iter().filter(is_new).collect();
            let is_there = made.len() == 1
                && after.text(made[0]).is_some_and(|it| it.contains(&format!("title: {title}\n")));
            let others = changed.iter().filter(|path| old.contains_key(**path));
            let only_ranks = others.clone().all(|path| {
                let (old, new) = lines(path, &["rank"]);
                old == new
            });
            if !is_there || !only_ranks {
                wrong.push(format!("not one new document: {changed:?}"));
            }
        }
        Kind::Line { path } => {
            let (old, new) = lines(path, &[]);
            let n_same = |a: &mut dyn Iterator<Item = (&String, &String)>| {
                a.take_while(|(a, b)| a == b).count()
            };
            let start = n_same(&mut old.iter().zip(&new));
            let end = n_same(&mut old.iter().rev().zip(new.iter().rev()));
            // One line is replaced or taken away, or lines are put between others.
            let n_same = start + end;
            let is_one = n_same + 1 >= old.len().max(new.len()) || n_same >= old.len();
            if changed.iter().any(|it| it != path) || !changed.is_empty() && !is_one {
                wrong.push(format!("not one line of {path}: {changed:?}"));
            }
        }
        _ => {}
    }
    wrong
}

/// Commands of Git that throw something away.
fn harmful(trace: &str) -> Vec<String> {
    let is_harmful = |line: &&str| {
        let Some((_, command)) = line.split_once("trace: built-in: git ") else { return false };
        let mut words = command.split(' ').map(|word| word.trim_matches('\''));
        match words.next().unwrap_or_default() {
            "reset" | "checkout" | "clean" | "restore" | "switch" | "stash" | "rebase" => true,
            "push" => words.any(|it| it.starts_with(['+', ':']) || it.starts_with("--force")),
            _ => false,
        }
    };
    trace.lines().filter(is_harmful).map(|line| format!("it ran {line}")).collect()
}
