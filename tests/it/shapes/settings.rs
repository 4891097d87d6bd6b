//! What the repository is set to. Where the codes of a shape are surprising, the reason stands
//! here.

use std::fs;

use super::made::{ITEM, Shape, after, and, broken, hook, set, shape};
use crate::support::Repo;

/// More shapes.
pub(super) const SHAPES: &[Shape] = &[
    // Reading means no harm; what a new extension asks of who writes, nobody knows.
    shape("unknown-extension", |repo| {
        after(
            repo,
            &[
                &["config", "core.repositoryFormatVersion", "1"],
                &["config", "extensions.fancy", "true"],
            ],
        )
    }),
    // Git refuses all of it as well.
    shape("format-version-2", |repo| {
        after(repo, &[&["config", "core.repositoryFormatVersion", "2"]])
    }),
    shape("settings-broken", |repo| {
        let before = repo.read(".git/config");
        and(repo, ".git/config", &(before + "[core\n"))
    }),
    // Refused before anything is written.
    shape("no-identity", |repo| {
        after(
            repo,
            &[&["config", "--unset-all", "user.name"], &["config", "--unset-all", "user.email"]],
        )
    }),
    shape("autocrlf", |repo| again(after(repo, &[&["config", "core.autocrlf", "true"]]))),
    shape("attribute-crlf", |repo| {
        again(and(repo, ".git/info/attributes", ".backlog/** text eol=crlf\n"))
    }),
    shape("attribute-ident", |repo| {
        again(and(repo, ".git/info/attributes", ".backlog/** ident\n"))
    }),
    shape("filter", |repo| {
        let repo = and(repo, ".git/info/attributes", ".backlog/** filter=up\n");
        repo.git(&["config", "filter.up.clean", "sed s/Fax/FAX/"]);
        repo.git(&["config", "filter.up.smudge", "sed s/FAX/Fax/"]);
        repo
    }),
    shape("filter-without-driver", |repo| {
        and(repo, ".git/info/attributes", ".backlog/** filter=lfs\n")
    }),
    shape("filter-that-fails", |repo| {
        let repo = and(repo, ".git/info/attributes", ".backlog/** filter=no\n");
        repo.git(&["config", "filter.no.clean", "false"]);
        after(repo, &[&["config", "filter.no.required", "true"]])
    }),
    shape("replaced", |repo| {
        let tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
        let other = repo.git(&["commit-tree", &tree, "-p", "HEAD~1", "-m", "other"]);
        after(repo, &[&["replace", "HEAD", &other]])
    }),
    shape("grafted", |repo| {
        let head = repo.git(&["rev-parse", "HEAD"]);
        let repo = and(repo, ".git/info/grafts", &format!("{head}\n"));
        after(repo, &[&["config", "advice.graftFileDeprecated", "false"]])
    }),
    shape("ignore-case", |repo| set(repo, "core.ignoreCase", "true")),
    shape("precompose-unicode", |repo| set(repo, "core.precomposeUnicode", "true")),
    shape("no-modes", |repo| set(repo, "core.fileMode", "false")),
    shape("no-symbolic-links", |repo| set(repo, "core.symlinks", "false")),
    shape("no-times", |repo| set(repo, "core.checkStat", "minimal")),
    shape("fsmonitor", |repo| {
        let repo = hook(repo, "watch", r"printf '0\0/\0'");
        repo.git(&["config", "core.fsmonitor", ".git/hooks/watch"]);
        after(repo, &[&["update-index", "--fsmonitor"], &["status"]])
    }),
    shape("hook-forbids", |repo| hook(repo, "pre-commit", "echo no >&2; exit 1")),
    shape("hook-changes-words", |repo| hook(repo, "commit-msg", "echo '(checked)' >>\"$1\"")),
    shape("hook-fails-afterwards", |repo| hook(repo, "post-commit", "exit 1")),
    shape("signs", |repo| {
        let repo =
            hook(repo, "sign", "cat >/dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo signed");
        let program = repo.path(".git/hooks/sign");
        repo.git(&["config", "gpg.program", program.to_str().unwrap()]);
        after(repo, &[&["config", "commit.gpgSign", "true"]])
    }),
    shape("signs-without-a-key", |repo| {
        let repo = after(repo, &[&["config", "gpg.program", "false"]]);
        after(repo, &[&["config", "commit.gpgSign", "true"]])
    }),
    // As for `git add`, a new document has to be forced; those that are known go on.
    shape("ignored", |repo| and(repo, ".git/info/exclude", ".backlog/\n")),
    shape("branch-of-any-name", |repo| after(repo, &[&["branch", "-m", "küche/日本"]])),
    broken("branch-unreadable", |repo| and(repo, ".git/refs/heads/main", "nonsense\n")),
    // To Git, this is no repository any more.
    broken("head-unreadable", |repo| and(repo, ".git/HEAD", "nonsense\n")),
    broken("head-is-lost", |repo| {
        let head = repo.git(&["rev-parse", "HEAD"]);
        let path = format!(".git/objects/{}/{}", &head[..2], &head[2..]);
        fs::remove_file(repo.path(&path)).unwrap();
        repo
    }),
    // Nothing needs the text as long as the file is there.
    broken("text-is-lost", |repo| {
        let id = repo.git(&["rev-parse", &format!("HEAD:{ITEM}")]);
        let path = format!(".git/objects/{}/{}", &id[..2], &id[2..]);
        fs::remove_file(repo.path(&path)).unwrap();
        repo
    }),
];

/// Everything is checked out once more, as is now said.
fn again(repo: Repo) -> Repo {
    repo.git(&["rm", "--quiet", "-r", "--cached", "."]);
    after(repo, &[&["reset", "--quiet", "--hard"]])
}
