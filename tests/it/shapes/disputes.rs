//! What somebody has begun and not ended. Where the codes of a shape are surprising, the reason
//! stands here.

use super::made::{ITEM, Shape, after, and, item, shape, stopped};

/// The last shapes. As long as an operation of Git is in progress, changes are saved and not
/// committed: a commit would become part of it.
pub(super) const SHAPES: &[Shape] = &[
    shape("merging", |repo| stopped(repo, &["merge", "topic"])),
    shape("rebasing", |repo| stopped(repo, &["rebase", "topic"])),
    shape("cherry-picking", |repo| stopped(repo, &["cherry-pick", "topic"])),
    shape("reverting", |repo| stopped(repo, &["revert", "--no-edit", "topic"])),
    shape("applying", |repo| stopped(repo, &["am", "../patches/0001-one.patch"])),
    shape("bisecting", |repo| {
        after(repo, &[&["bisect", "start"], &["bisect", "bad"], &["bisect", "good", "HEAD~1"]])
    }),
    shape("item-in-conflict", |repo| {
        repo.git(&["switch", "--quiet", "--create", "topic"]);
        let repo = after(and(repo, ITEM, &item(8)), &[&["commit", "--quiet", "-am", "8"]]);
        repo.git(&["switch", "--quiet", "main"]);
        let repo = after(and(repo, ITEM, &item(9)), &[&["commit", "--quiet", "-am", "9"]]);
        assert!(!repo.try_git(&["merge", "topic"]).status.success());
        repo
    }),
    shape("item-staged", |repo| after(and(repo, ITEM, &item(8)), &[&["add", ".backlog"]])),
    shape("item-unchecked", |repo| after(repo, &[&["update-index", "--assume-unchanged", ITEM]])),
    shape("item-skipped", |repo| after(repo, &[&["update-index", "--skip-worktree", ITEM]])),
    shape("item-intended", |repo| {
        let path = ".backlog/items/BL-22222-new.md";
        let text = "---\nid: BL-22222\ntitle: New\ntype: task\nstatus: ready\n---\n\nNew.\n";
        after(and(repo, path, text), &[&["add", "--intent-to-add", path]])
    }),
    shape("index-locked", |repo| {
        let repo = after(repo, &[&["config", "backlog.lockTimeout", "50"]]);
        and(repo, ".git/index.lock", "")
    }),
    // To us it is a branch that others move all the time.
    shape("branch-locked", |repo| {
        let repo = after(repo, &[&["config", "backlog.lockTimeout", "50"]]);
        and(repo, ".git/refs/heads/main.lock", "")
    }),
    shape("index-corrupt", |repo| and(repo, ".git/index", "DIRC nonsense")),
];
