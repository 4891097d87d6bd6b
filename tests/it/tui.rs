//! The full-screen view as a person uses it: on a terminal of its own, in tmux.

mod asking;
mod pane;

use crate::support::{PROGRAM, Repo, has};
use pane::Pane;

/// The full-screen view of a demo. `None` without tmux, which is said.
fn groomed() -> Option<Pane> {
    let pane = shell()?;
    pane.open();
    Some(pane)
}

/// A shell in a demo. `None` without tmux.
fn shell() -> Option<Pane> {
    if !has("tmux") {
        return None;
    }
    let folder = Repo::without_repository();
    let made = folder.command(PROGRAM).args(["demo", "shop"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let repo = folder.at("repo/shop");
    repo.isolate();
    Some(Pane::new(repo))
}

/// The ids of the open items in the order of the worktree.
fn order(repo: &Repo) -> Vec<String> {
    let arguments = ["list", "--columns", "id", "--format", "csv"];
    let listed = repo.command(PROGRAM).args(arguments).output().unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn twenty_items_with_a_kill_in_the_middle() {
    let Some(pane) = groomed() else { return };
    let repo = &pane.repo;
    let start = order(repo);
    // Ten items get a value, each of them moves, and the process is killed at once.
    for n in 0..10 {
        pane.keys(&["v"]);
        pane.text(&(20 + n).to_string());
        pane.keys(&["Enter", "J", "j"]);
    }
    let moved = || order(repo) != start && repo.git(&["diff", "--stat"]).contains("10 files");
    pane.wait_until("ten items are on disk", moved);
    let killed = order(repo);
    pane.kill("KILL");
    assert_eq!(order(repo), killed);
    pane.begin_again();
    pane.open();
    for _ in 0..10 {
        pane.keys(&["J", "j"]);
    }
    pane.keys(&["c"]);
    pane.text("The shops asked for it");
    pane.keys(&["Enter"]);
    pane.wait_for("[", |screen| screen.contains("backlog:"));
    pane.keys(&["q"]);
    pane.wait_for("$", |screen| screen.trim_end().ends_with('$'));
    let log = repo.git(&["log", "-1", "--format=%B"]);
    assert!(log.contains("The shops asked for it"), "{log}");
    // What the first session has changed was not committed by the second, unless it changed it too.
    let values = repo.git(&["grep", "--count", "-E", "^value: 2[0-9]$", "--", ".backlog/items"]);
    assert_eq!(values.lines().count(), 10, "{values}");
}

#[test]
fn the_terminal_is_given_back_after_a_signal() {
    let ends: [fn(&Pane); 3] =
        [|pane| pane.kill("TERM"), |pane| pane.kill("INT"), |pane| pane.keys(&["C-c"])];
    for end in ends {
        let Some(pane) = groomed() else { return };
        pane.keys(&["J"]);
        pane.wait_for("1 file changed", |_| true);
        end(&pane);
        pane.wait_for("saved, not committed", |screen| !screen.contains("J move"));
        // What is typed is seen again, and lines end where they should.
        pane.shell("stty -a | grep -c -- ' -echo '; echo done");
        pane.wait_for("0\ndone", |_| true);
    }
}

#[test]
fn the_shell_comes_back_on_suspend_and_the_view_on_fg() {
    let Some(pane) = groomed() else { return };
    let repo = &pane.repo;
    pane.keys(&["J"]);
    pane.wait_for("1 file changed", |_| true);
    pane.keys(&["C-z"]);
    pane.wait_for("Stopped", |screen| !screen.contains("J move"));
    pane.shell(&format!("{PROGRAM} set BL-ptgvp value=21 >/dev/null; fg"));
    pane.wait_for("1 file changed", |screen| screen.contains("  21 "));
    pane.keys(&["u", "q"]);
    pane.wait_for("$", |screen| !screen.contains("J move"));
    let changed = repo.git(&["diff", "--name-only"]);
    assert_eq!(changed.lines().count(), 1, "{changed}");
    assert!(changed.contains("BL-ptgvp"), "{changed}");
}

#[test]
fn the_editor_and_a_hook_that_refuses_have_the_terminal() {
    let Some(pane) = groomed() else { return };
    let repo = &pane.repo;
    repo.write_program("editor", "#!/bin/sh\nprintf '\\nSeen in the editor.\\n' >>\"$1\"\n");
    repo.write_program(".git/hooks/pre-commit", "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
    pane.keys(&["q"]);
    pane.wait_for("$", |screen| !screen.contains("J move"));
    pane.shell("export GIT_EDITOR=$PWD/editor; clear");
    pane.open();
    pane.keys(&["Enter"]);
    pane.wait_for("BL-7k3qd edited", |_| true);
    pane.wait_until("the text is on disk", || repo.git(&["diff"]).contains("+Seen in the editor."));
    pane.keys(&["c", "Enter"]);
    pane.wait_for("not on a Friday", |screen| screen.contains("Enter goes back"));
    pane.keys(&["Enter"]);
    pane.wait_for("not committed", |screen| screen.contains("J move"));
    pane.keys(&["D", "y"]);
    pane.wait_until("all is as it was", || repo.git(&["diff", "--stat"]).is_empty());
    pane.keys(&["q"]);
    pane.wait_for("$", |screen| !screen.contains("J move"));
}

#[test]
fn a_terminal_that_goes_away_ends_it_and_loses_nothing() {
    let Some(pane) = groomed() else { return };
    pane.keys(&["v"]);
    pane.text("21");
    pane.keys(&["Enter"]);
    let child = pane.child();
    pane.close();
    let is_there = || pane.repo.command("kill").args(["-0", &child]).output().unwrap();
    pane.wait_until("the end", || !is_there().status.success());
    assert!(pane.repo.git(&["diff"]).contains("+value: 21"));
}

#[test]
fn a_terminal_that_goes_away_ends_a_choice() {
    let Some(pane) = shell() else { return };
    pane.shell(&format!("{PROGRAM} show"));
    pane.wait_for("Skip a week", |_| true);
    let child = pane.child();
    pane.close();
    let is_there = || pane.repo.command("kill").args(["-0", &child]).output().unwrap();
    pane.wait_until("the end", || !is_there().status.success());
}
