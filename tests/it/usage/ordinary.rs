//! Ordinary use of Git and of an editor, as lines for a shell.

use super::snapshot::{Doc, Snapshot};
use crate::clones::Chance;

/// Lines that people type between our commands. Some fail, as they do for people.
pub(super) fn lines(chance: &mut Chance, now: &Snapshot, n: usize) -> Vec<String> {
    if let Some(operation) = now.operation()
        && chance.below(3) > 0
    {
        return end(chance, operation);
    }
    let docs = now.docs();
    match chance.below(10) {
        0 | 1 => branches(chance, n),
        2 | 3 => history(chance, n),
        4 | 5 => commits(chance, &docs, n),
        6 => outside(chance, n),
        7 => peer(chance, n),
        _ if docs.is_empty() => own(&["git checkout -q start -- .backlog"]),
        8 => by_hand(chance, &docs, n),
        _ => by_hand(chance, &docs, n),
    }
}

fn own(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// Goes on with what a conflict has stopped, or gives it up.
fn end(chance: &mut Chance, operation: &str) -> Vec<String> {
    let abort = format!("git {operation} --abort");
    if chance.below(3) == 0 {
        return vec![abort];
    }
    let side = *chance.of(&["ours", "theirs"]);
    let go_on = match operation {
        "merge" => "git commit -q --no-edit".to_owned(),
        operation => format!("git {operation} --continue > /dev/null"),
    };
    vec![
        format!("git checkout -q --{side} -- .backlog"),
        "git add -A .backlog".to_owned(),
        format!("{go_on} || {abort}"),
    ]
}

const BRANCHES: [&str; 4] = ["main", "main", "feature", "topic"];

fn branches(chance: &mut Chance, n: usize) -> Vec<String> {
    let branch = *chance.of(&BRANCHES);
    match chance.below(7) {
        0 => vec![format!("git switch -q {branch}")],
        1 | 2 => vec![
            "git stash push -q -u".to_owned(),
            format!("git switch -q {branch}"),
            chance.of(&["git stash pop -q --index", "git stash pop -q", "true"]).to_string(),
        ],
        3 => vec![format!("git switch -q -c b{n}")],
        4 => own(&["git checkout -q --detach"]),
        5 => vec![format!("git checkout -q {branch} -- .backlog")],
        _ => vec![format!("git checkout -q {branch}")],
    }
}

/// What rewrites or joins histories. It wants a clean worktree, so what is there is put away.
fn history(chance: &mut Chance, n: usize) -> Vec<String> {
    let branch = *chance.of(&BRANCHES);
    let is_ours = "git merge-base --is-ancestor start HEAD~1";
    let line = match chance.below(10) {
        0 => format!("{is_ours} && git reset -q --hard HEAD~1"),
        1 => format!("{is_ours} && git reset -q --soft HEAD~1"),
        2 => format!("{is_ours} && git reset -q HEAD~1"),
        3 | 4 => format!("git rebase -q --autostash {branch} > /dev/null"),
        5 => format!("git cherry-pick {branch} > /dev/null"),
        6 => format!("git revert --no-edit HEAD~{} > /dev/null", chance.below(2)),
        7 | 8 => format!("git merge -q --autostash -m 'Merge {n}' {branch} > /dev/null"),
        _ => format!("git merge -q --squash {branch} > /dev/null"),
    };
    if line.contains("autostash") || chance.below(3) == 0 {
        return vec![line];
    }
    let pop = chance.of(&["git stash pop -q --index", "git stash pop -q", "git stash list -1"]);
    vec!["git stash push -q".to_owned(), line, pop.to_string()]
}

fn commits(chance: &mut Chance, docs: &[Doc], n: usize) -> Vec<String> {
    let path = docs.get(chance.below(docs.len().max(1))).map_or(".backlog", |it| &it.path);
    match chance.below(12) {
        0 | 1 => vec![format!("git commit -q -a -m 'All {n}'")],
        2 => vec![format!("git commit -q -m 'Staged {n}'")],
        3 => own(&["git commit -q --amend --no-edit"]),
        4 => own(&["git commit -q -a --amend --no-edit"]),
        5 => vec![format!("git add {path}")],
        6 => vec![format!("git add -A .backlog && git commit -q -m 'Backlog {n}' -- .backlog")],
        // As `git add -p` does: a part of what was changed, or something else altogether.
        7 | 8 => vec![format!(
            "id=$(git show HEAD:{path} | sed 's/^value: .*/value: {n}/' | git hash-object -w --stdin) \
             && git update-index --cacheinfo 100644,$id,{path}"
        )],
        9 => vec![format!("git reset -q -- {path}")],
        10 => vec![format!("git checkout -q -- {path}")],
        _ => own(&[*chance.of(&["git gc -q", "git pack-refs --all", "git stash push -q -- src"])]),
    }
}

fn outside(chance: &mut Chance, n: usize) -> Vec<String> {
    let line = match chance.below(7) {
        0 => format!("echo '// {n}' >> src/a.rs; git add src/a.rs; echo '// on top' >> src/a.rs"),
        1 => format!("echo '// {n}' >> src/b.rs"),
        2 => format!("echo '{n}' >> notes-{n}.txt"),
        3 => "git rm -q --cached src/c.rs".to_owned(),
        4 => format!("echo new > src/n{n}.rs && git add -N src/n{n}.rs"),
        5 => "git update-index --assume-unchanged src/peer.rs".to_owned(),
        _ => format!("git tag -f t{n} > /dev/null"),
    };
    vec![line]
}

/// Somebody else changes the same backlog, and is done.
fn peer(chance: &mut Chance, n: usize) -> Vec<String> {
    let id = *chance.of(&["BL-22222", "BL-33333", "BL-44444", "BL-55555", "BL-99999"]);
    let field = *chance.of(&["value", "effort", "assignee"]);
    let edit = match chance.below(5) {
        0 => format!("echo '// {n}' >> src/peer.rs"),
        1 => "sed 's/^id: .*/id: BL-99999/; s/^title: .*/title: Of the other/' \
             .backlog/items/BL-22222*.md > .backlog/items/BL-99999-of-the-other.md"
            .to_owned(),
        _ => format!("sed -i 's/^{field}: .*/{field}: {n}/' .backlog/items/{id}*.md"),
    };
    vec![format!(
        "(cd ../other && git fetch -q && git reset -q --hard origin/main && {edit} \
         && git add -A && git commit -q -m 'peer {n}' && git push -q 2> /dev/null)"
    )]
}

fn by_hand(chance: &mut Chance, docs: &[Doc], n: usize) -> Vec<String> {
    let path = &chance.of(docs).path;
    // Of the same length as before, so that only the time of the file tells.
    let digits = 10 + n % 5;
    let line = match chance.below(12) {
        0..=2 => format!("sed -i 's/^value: .*/value: {digits}/' {path}"),
        3 => format!("sed -i 's/^None yet.*/By hand {n}/' {path}"),
        4 => format!("sed -i 's/^title: \\(.*\\)/title: \\1 x{n}/' {path}"),
        5 => format!("sed -i 's/^status: /status: [/' {path}"),
        6 | 7 => "sed -i 's/^status: \\[/status: /' .backlog/items/*.md".to_owned(),
        8 => format!("rm {path}"),
        9 => format!("git rm -q -f {path}"),
        10 => format!("git mv {path} {}-r{n}.md", path.trim_end_matches(".md")),
        _ => format!("mv {path} {}-m{n}.md", path.trim_end_matches(".md")),
    };
    vec![line]
}
