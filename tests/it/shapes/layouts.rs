//! Where the repository and its worktree lie, and how Git stores what it holds. Where the codes of
//! a shape are surprising, the reason stands here.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use super::judge::frozen;
use super::made::{
    Shape, after, and, broken, by_mira, cloned, empty, fill, in_superproject, set, shape, with,
    write,
};
use crate::support::{Repo, link};

/// The first shapes.
pub(super) const SHAPES: &[Shape] = &[
    shape("plain", |repo| repo),
    shape("unborn", |_| {
        let repo = empty(&[]);
        write(&repo);
        repo
    }),
    shape("orphan-branch", |repo| {
        after(
            repo,
            &[
                &["switch", "--quiet", "--orphan", "new"],
                &["checkout", "--quiet", "main", "--", "."],
            ],
        )
    }),
    // A backlog is found by its repository.
    shape("no-repository", |repo| {
        fs::remove_dir_all(repo.path(".git")).unwrap();
        repo
    }),
    // To Git as well, this is no repository.
    shape("empty-git-folder", |repo| {
        fs::remove_dir_all(repo.path(".git")).unwrap();
        fs::create_dir(repo.path(".git")).unwrap();
        repo
    }),
    shape("detached", |repo| after(repo, &[&["checkout", "--quiet", "--detach"]])),
    // Read from HEAD; there is no file to write to.
    shape("bare", bare),
    // Git refuses to work in the worktree as well.
    shape("said-to-be-bare", |repo| after(repo, &[&["config", "core.bare", "true"]])),
    // Git wants to be in the worktree; to know which one it is, is enough.
    shape("inside-of-git-folder", |repo| repo.at("repo/.git")),
    shape("linked-worktree", |repo| linked(repo).at("linked")),
    shape("worktree-of-bare", |repo| {
        let repo = by_mira(bare(repo));
        linked(repo).at("linked")
    }),
    shape("locked-worktree", |repo| {
        after(linked(repo), &[&["worktree", "lock", "../linked"]]).at("linked")
    }),
    shape("moved-worktree", |repo| {
        after(linked(repo), &[&["worktree", "move", "../linked", "../moved"]]).at("moved")
    }),
    // To Git, this is no repository any more.
    shape("worktree-of-moved", |repo| {
        let repo = linked(repo);
        fs::rename(repo.path(""), repo.beside("elsewhere")).unwrap();
        repo.at("linked")
    }),
    shape("worktree-settings", |repo| {
        let repo = after(linked(repo), &[&["config", "extensions.worktreeConfig", "true"]]);
        after(repo.at("linked"), &[&["config", "--worktree", "user.name", "Ana"]])
    }),
    shape("superproject", |repo| in_superproject(repo, true)),
    shape("submodule", |repo| by_mira(in_superproject(repo, true).at("super/sub"))),
    shape("submodule-not-absorbed", |repo| by_mira(in_superproject(repo, false).at("super/sub"))),
    shape("separate-git-dir", |_| with(&["--separate-git-dir=../elsewhere"])),
    Shape {
        variables: |repo| {
            let path = |name: &str| repo.beside(name).to_str().unwrap().to_owned();
            vec![("GIT_DIR", path("repo/.git")), ("GIT_WORK_TREE", path("repo"))]
        },
        ..shape("git-dir-and-work-tree", |repo| repo.at("repo/src"))
    },
    Shape {
        variables: |repo| {
            vec![("GIT_INDEX_FILE", repo.beside("index").to_str().unwrap().to_owned())]
        },
        ..shape("index-elsewhere", |repo| {
            fs::copy(repo.path(".git/index"), repo.beside("index")).unwrap();
            repo
        })
    },
    shape("core-worktree", |repo| {
        let worktree = repo.path("").canonicalize().unwrap();
        after(repo, &[&["config", "core.worktree", worktree.to_str().unwrap()]])
    }),
    shape("subfolder", |repo| repo.at("repo/src")),
    // Items outside of the cone are not on the disk: nothing could be read or saved as usual.
    shape("sparse-with", |repo| sparse(repo, &["--cone", ".backlog"])),
    shape("sparse-without", |repo| sparse(repo, &["--cone", "src"])),
    shape("sparse-index-with", |repo| sparse(repo, &["--cone", "--sparse-index", ".backlog"])),
    shape("sparse-index-without", |repo| sparse(repo, &["--cone", "--sparse-index", "src"])),
    shape("sparse-patterns", |repo| sparse(repo, &["--no-cone", "/.backlog/", "!/src/"])),
    shape("split-index", |repo| after(repo, &[&["update-index", "--split-index"]])),
    shape("untracked-cache", |repo| {
        after(repo, &[&["update-index", "--force-untracked-cache"], &["status"]])
    }),
    shape("index-v4", |repo| after(repo, &[&["update-index", "--index-version", "4"]])),
    shape("skip-hash", |repo| set(repo, "index.skipHash", "true")),
    shape("many-files", |repo| set(repo, "feature.manyFiles", "true")),
    // To Git, every file is staged to be removed; each commit brings back its own alone.
    Shape {
        left: None,
        ..shape("index-missing", |repo| {
            fs::remove_file(repo.path(".git/index")).unwrap();
            repo
        })
    },
    shape("sha256", |_| with(&["--object-format=sha256"])),
    // Git's library reads no such branches yet: what needs no history works.
    shape("reftable", |_| with(&["--ref-format=reftable"])),
    shape("shallow", |repo| cloned(repo, &["--depth=2"])),
    // There is no base to review against.
    shape("shallow-of-one", |repo| cloned(repo, &["--depth=1"])),
    shape("partial", |repo| cloned(repo, &["--filter=blob:none"])),
    // The text of the first version is nowhere to be had.
    broken_partial(),
    shape("cloned", |repo| cloned(repo, &[])),
    shape("shared-clone", |repo| cloned(repo, &["--shared"])),
    // Nothing can be pushed into a bundle; the commit is safe here.
    shape("clone-of-bundle", |repo| {
        repo.git(&["bundle", "create", "--quiet", "../bundle", "main", "HEAD"]);
        repo.git(&["clone", "--quiet", "../bundle", "../clone"]);
        by_mira(repo.at("clone"))
    }),
    // Git's library does not know this variable.
    Shape {
        variables: |repo| {
            let store = repo.beside("store").to_str().unwrap().to_owned();
            vec![("GIT_ALTERNATE_OBJECT_DIRECTORIES", store)]
        },
        ..shape("alternate-objects", |repo| {
            fs::rename(repo.path(".git/objects"), repo.beside("store")).unwrap();
            fs::create_dir(repo.path(".git/objects")).unwrap();
            repo
        })
    },
    shape("packed", |repo| {
        after(
            repo,
            &[
                &["pack-refs", "--all"],
                &["repack", "-adq", "--write-midx", "--write-bitmap-index"],
                &["commit-graph", "write", "--reachable"],
            ],
        )
    }),
    shape("symref-branch", |repo| {
        after(repo, &[&["branch", "real"], &["symbolic-ref", "refs/heads/main", "refs/heads/real"]])
    }),
    shape("shared-by-group", |_| with(&["--shared=group"])),
    Shape {
        left: Some("?? .backlog/inner/"),
        ..shape("nested-repository", |repo| {
            repo.git(&["init", "--quiet", ".backlog/inner"]);
            and(repo, ".backlog/inner/items/BL-22222-inner.md", "---\nid: BL-22222\n---\n")
        })
    },
    shape("inside-of-another", |repo| {
        repo.git(&["init", "--quiet", "--template=", "--initial-branch=main", "src/inner"]);
        let repo = by_mira(repo.at("repo/src/inner"));
        fill(&repo);
        repo
    }),
    // It may lead anywhere, and Git would commit the link only.
    shape("backlog-is-a-link", |repo| {
        fs::rename(repo.path(".backlog"), repo.beside("away")).unwrap();
        link("../away", repo.path(".backlog"));
        repo
    }),
    shape("folder-is-a-link", |repo| {
        link("repo", repo.beside("link"));
        repo.at("link")
    }),
    // Who writes keeps a lock and a journal there, and so do `resolve` and `commit --dry-run`.
    Shape {
        read_only: Some(".git"),
        can: || *CAN_MOUNT,
        ..shape("read-only-git-folder", |repo| repo)
    },
    Shape { read_only: Some(""), can: || *CAN_MOUNT, ..shape("read-only", |repo| repo) },
    Shape {
        read_only: Some(".backlog"),
        can: || *CAN_MOUNT,
        ..shape("read-only-backlog", |repo| repo)
    },
    Shape { can: is_root, ..shape("owned-by-another", owned_by_another) },
    Shape {
        can: is_root,
        ..shape("owned-but-trusted", |repo| {
            let repo = owned_by_another(repo);
            let trust = "[safe]\n\tdirectory = *\n";
            fs::write(repo.beside("home/.gitconfig"), trust).unwrap();
            repo
        })
    },
];

fn bare(repo: Repo) -> Repo {
    after(repo, &[&["clone", "--quiet", "--bare", ".", "../bare"]]).at("bare")
}

fn linked(repo: Repo) -> Repo {
    after(repo, &[&["worktree", "add", "--quiet", "-b", "topic", "../linked"]])
}

fn sparse(repo: Repo, arguments: &[&str]) -> Repo {
    // Files of which Git does not know that they are unchanged would stay.
    repo.git(&["update-index", "--refresh"]);
    repo.git(&[&["sparse-checkout", "set"], arguments].concat());
    repo
}

const fn broken_partial() -> Shape {
    broken("partial-without-origin", |repo| {
        let repo = cloned(repo, &["--filter=blob:none"]);
        fs::remove_dir_all(repo.beside("origin")).unwrap();
        repo
    })
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout == b"0\n")
}

fn owned_by_another(repo: Repo) -> Repo {
    let chown = Command::new("chown").args(["-R", "12345:12345"]).arg(repo.path("")).status();
    assert!(chown.unwrap().success());
    repo
}

/// Whether a folder can be made read-only for one program.
static CAN_MOUNT: LazyLock<bool> = LazyLock::new(|| {
    let repo = Repo::without_repository();
    let tried = frozen(&repo.command("true"), &repo.path("")).output();
    tried.is_ok_and(|output| output.status.success())
});
