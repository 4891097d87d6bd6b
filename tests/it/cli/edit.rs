//! `edit`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, shop};
use crate::support::{Repo, Run};

/// Edits the first item with a shell script as the editor.
fn edit(repo: &Repo, script: &str, arguments: &[&str]) -> Run {
    repo.write("../editor.sh", script);
    let editor = format!("sh '{}'", repo.beside("editor.sh").display());
    repo.output(repo.program().args(["edit", "7k3"]).args(arguments).env("GIT_EDITOR", editor))
}

/// What the editor has left in the Git directory.
fn kept(repo: &Repo) -> Vec<String> {
    let folder = repo.path(".git/backlog/edit");
    let files = std::fs::read_dir(folder).into_iter().flatten();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn saves_what_the_editor_leaves() {
    let repo = shop();
    let run = edit(&repo, "sed -i 's/^value: 8/value: 13/; $a More.' \"$1\"", &[]);
    assert_snapshot!(run, @r#"
    set BL-7k3qd value 8 → 13 "Guest checkout"
    edit BL-7k3qd "Guest checkout"
    "#);
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT.replace("value: 8", "value: 13") + "More.\n");
    assert!(kept(&repo).is_empty());
}

#[test]
fn an_unchanged_text_changes_nothing() {
    let repo = shop();
    assert_snapshot!(edit(&repo, "exit 0", &[]), @"! nothing to change");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn commits_with_a_reason_or_shows_what_it_would_write() {
    let repo = shop();
    let script = "sed -i 's/^value: 8/value: 13/' \"$1\"";
    let run = edit(&repo, script, &["--dry-run"]);
    assert!(run.out.contains("-value: 8\n+value: 13"), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    edit(&repo, script, &["-m", "Asked for"]);
    assert_snapshot!(repo.git(&["log", "-1", "--format=%B"]), @r#"
    backlog: set BL-7k3qd value 8 → 13 "Guest checkout"

    Asked for

    Backlog: BL-7k3qd
    "#);
}

#[test]
fn a_broken_text_is_kept_and_not_saved() {
    let repo = shop();
    let run = edit(&repo, "sed -i '2i title: twice' \"$1\"", &[]);
    assert_snapshot!(run, @r"
    ! error: not saved: .backlog/items/BL-7k3qd-guest-checkout.md:4:1: duplicate key 'title', first at line 2 (remove one of them)
    ! hint: your text is kept in [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.md
    = 1
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
    let name = CHECKOUT.rsplit('/').next().unwrap();
    assert_eq!(kept(&repo), [name]);
    let text = repo.read(&format!(".git/backlog/edit/{name}"));
    assert_eq!(text, CHECKOUT_TEXT.replacen("id:", "title: twice\nid:", 1));
    // A second run begins with what is saved, and the first text is still there.
    edit(&repo, "printf '\\377' > \"$1\"", &[]);
    assert!(kept(&repo).len() == 2, "{:?}", kept(&repo));
}

#[test]
fn a_text_that_is_none_is_not_saved() {
    let repo = shop();
    assert_snapshot!(edit(&repo, "printf '\\377' > \"$1\"", &[]), @r"
    ! error: not saved: the text is not UTF-8
    ! hint: your text is kept in [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.md
    = 1
    ");
    assert_snapshot!(edit(&repo, ": > \"$1\"", &[]), @r"
    ! error: not saved: .backlog/items/BL-7k3qd-guest-checkout.md:1:1: the file is empty (begin the file with a line of ---)
    ! hint: your text is kept in [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.2.md
    = 1
    ");
    assert_snapshot!(edit(&repo, "rm \"$1\"", &[]), @r"
    ! error: cannot read [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.3.md: no such file or directory
    = 5
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let repo = shop();
    let run = edit(&repo, "sed -i 's/^value: 8/value: 13/' \"$1\"; exit 3", &[]);
    let editor = format!("sh '{}'", repo.beside("editor.sh").canonicalize().unwrap().display());
    assert_snapshot!(run.replace(&editor, "EDITOR"), @r"
    ! error: the editor 'sh '[TMP]/editor.sh'' ended with exit status: 3
    ! hint: your text is kept in [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.md
    = 5
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
    assert_snapshot!(repo.session("
        GIT_EDITOR=no-such-program git backlog edit 7k3
        git backlog edit nothing
        git backlog edit
    "), @r"
    $ GIT_EDITOR=no-such-program git backlog edit 7k3
    ! no-such-program: 1: no-such-program: not found
    ! error: the editor 'no-such-program' ended with exit status: 127
    ! hint: choose another with: git config --global core.editor NAME
    = 5
    $ git backlog edit nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog edit
    ! error: the following required arguments were not provided:
    !   <ID>
    !
    ! Usage: git backlog edit <ID>
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn an_item_that_changed_while_it_was_edited_is_not_overwritten() {
    let repo = shop();
    let script = format!(
        "printf 'other\\n' >> '{}'; printf 'mine\\n' >> \"$1\"",
        repo.path(CHECKOUT).display()
    );
    assert_snapshot!(edit(&repo, &script, &[]), @r"
    ! warning: your text is kept in [TMP]/repo/.git/backlog/edit/BL-7k3qd-guest-checkout.md
    ! error: .backlog/items/BL-7k3qd-guest-checkout.md changed meanwhile; nothing was written
    ! hint: run the command again
    = 4
    ");
    assert_eq!(repo.read(CHECKOUT), format!("{CHECKOUT_TEXT}other\n"));
    let name = CHECKOUT.rsplit('/').next().unwrap();
    assert_eq!(repo.read(&format!(".git/backlog/edit/{name}")), format!("{CHECKOUT_TEXT}mine\n"));
}

#[test]
fn the_editor_is_chosen_as_git_chooses_it() {
    let repo = shop();
    let wrote = |variables: &[(&str, &str)]| {
        let run = repo.output(repo.program().args(["edit", "7k3"]).envs(variables.iter().copied()));
        let text = repo.read(CHECKOUT);
        repo.git(&["checkout", "--quiet", "--", ".backlog"]);
        assert_eq!(run.code, Some(0), "{run}");
        text.lines().last().unwrap().to_owned()
    };
    let append = |word: &str| format!("f() {{ echo {word} >> \"$1\"; }}; f");
    let [git, visual, plain] = ["git", "visual", "plain"].map(append);
    assert_eq!(wrote(&[("EDITOR", &plain)]), "plain");
    assert_eq!(wrote(&[("EDITOR", &plain), ("VISUAL", &visual)]), "visual");
    repo.git(&["config", "core.editor", &append("configured")]);
    assert_eq!(wrote(&[("EDITOR", &plain), ("VISUAL", &visual)]), "configured");
    assert_eq!(wrote(&[("EDITOR", &plain), ("GIT_EDITOR", &git)]), "git");
}
