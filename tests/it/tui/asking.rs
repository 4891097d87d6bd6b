//! `groom` in the editor, at a terminal: what is asked before a list is written.

use super::shell;
use crate::support::PROGRAM;

const QUESTION: &str = "Write it? [Y]es, [e]dit again, [n]o:";

#[test]
fn a_drop_is_asked_about_and_may_be_edited_again_kept_or_written() {
    let Some(pane) = shell() else { return };
    let repo = &pane.repo;
    let status = || repo.git(&["status", "--porcelain"]);
    repo.write("../drop", "sed -i -e '1s/ v[0-9-]*/ v21/' -e '2s/^BL/drop BL/' \"$1\"");
    repo.write("../look", "grep -c '^drop' \"$1\" >>../looked");
    let editor = |name: &str| {
        format!("export GIT_EDITOR=\"sh '{}'\"; clear", repo.path(&format!("../{name}")).display())
    };
    let groom = |arguments: &str| format!("{PROGRAM} groom {arguments}; echo \"ended $?\"");
    pane.shell(&editor("drop"));
    pane.shell(&groom("--top 5"));
    let told = "set BL-ptgvp status review → rejected";
    pane.wait_for(QUESTION, |screen| screen.contains(told));
    let summary = "1 changed, 1 dropped. Write it?";
    pane.wait_for(summary, |_| true);
    pane.shell("n");
    pane.wait_for("ended 1", |screen| screen.contains("the list is kept; go on with"));
    assert_eq!(status(), "");
    // The end of the input answers nothing.
    pane.shell(&editor("look"));
    pane.shell(&groom("--continue"));
    pane.wait_for(QUESTION, |_| true);
    pane.keys(&["C-d"]);
    pane.wait_for("ended 1", |_| true);
    // Editing again begins with the text as it was saved last; then it is written, and told once.
    pane.shell("clear");
    pane.shell(&groom("--continue"));
    pane.wait_for(QUESTION, |_| true);
    pane.shell("e");
    pane.wait_until("the editor was there again", || repo.read("../looked") == "1\n1\n1\n");
    pane.wait_for(QUESTION, |screen| screen.matches(QUESTION).count() == 2);
    pane.keys(&["Enter"]);
    pane.wait_for("ended 0", |screen| screen.matches(told).count() == 2);
    assert_eq!(status().lines().count(), 2, "{}", status());
}

#[test]
fn a_few_values_are_written_without_a_question() {
    let Some(pane) = shell() else { return };
    let repo = &pane.repo;
    repo.write("../value", "sed -i '1s/ v[0-9-]*/ v21/' \"$1\"");
    pane.shell(&format!("export GIT_EDITOR=\"sh '{}'\"; clear", repo.path("../value").display()));
    pane.shell(&format!("{PROGRAM} groom; echo \"ended $?\""));
    pane.wait_for("ended 0", |screen| !screen.contains("Write it?"));
    assert!(repo.git(&["diff"]).contains("+value: 21"));
}
