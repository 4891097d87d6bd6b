//! `completions`, and the candidates that the scripts ask for.

use insta::assert_snapshot;

use super::shop;
use crate::support::{PROGRAM, Repo, has};

/// What the program offers at the end of a line, as fish asks for it: value, tab, help.
fn offered(repo: &Repo, line: &[&str]) -> String {
    let run =
        repo.output(repo.program().env("COMPLETE", "fish").arg("--").arg("git-backlog").args(line));
    assert_eq!(run.code, Some(0), "{run}");
    run.out
}

#[test]
fn prints_the_script_of_each_shell() {
    let repo = Repo::without_repository();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = repo.run(&["completions", shell]);
        assert!(run.code == Some(0) && run.err.is_empty(), "{shell}: {run}");
        assert!(run.out.contains("git-backlog") && run.out.contains("COMPLETE"), "{shell}: {run}");
    }
    assert_snapshot!(repo.session("
        git backlog completions tcsh
        git backlog completions
    "), @r"
    $ git backlog completions tcsh
    ! error: unknown shell 'tcsh'
    ! hint: use one of bash, elvish, fish, powershell, zsh
    = 2
    $ git backlog completions
    ! error: the following required arguments were not provided:
    !   <SHELL>
    !
    ! Usage: git backlog completions <SHELL>
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn offers_ids_with_their_titles() {
    let repo = shop();
    assert_snapshot!(offered(&repo, &["show", "BL-7"]), @r"
    BL-7k3qd	Guest checkout
    BL-7kxxm	Basket is empty after login
    ");
    assert_snapshot!(offered(&repo, &["rank", "BL-7k3qd", "--after", "BL-9"]), @"BL-9qqrt	Orders belong to an address");
}

#[test]
fn offers_types_fields_and_commands() {
    let repo = shop();
    assert_snapshot!(offered(&repo, &["new", ""]), @"
    story
    bug
    task
    spike
    epic
    goal	An objective under the Product Goal, with the number that shows it is reached
    evidence	What an interview, a survey, shadowing, a support ticket or a data query showed
    decision	A decision: its context, the options, the choice and what follows from it
    experiment	An experiment: hypothesis, measure, threshold and result
    metric	A number that the product owner must move, with its readings
    sprint	A sprint: its goal, dates and capacity, showcase and retrospective notes
    release	A release: what ships, to whom, and the announcement
    persona	A persona: a group of users as one person, with what they need
    stakeholder	A stakeholder: somebody with an interest in the product, and how they are kept posted
    --field	Set a field (can be repeated)
    --top	Put it before all others
    --before	Put it directly before this item
    --after	Put it directly after this item
    --id	Choose the id, for records that people name, such as sprints
    --edit	Open it in the editor before it is saved
    --help	Print help (see more with '--help')
    --message	Commit the change at once, with the reason for it
    --dry-run	Print the difference instead of writing it
    --no-verify	Commit without the hooks that may forbid it, pre-commit and commit-msg
    -C	Start in DIR
    --dir	Use the backlog in DIR (or in $GIT_BACKLOG_DIR) instead of .backlog
    --color	When to use colour
    --quiet	Print results only
    --verbose	Say more
    ");
    assert_snapshot!(offered(&repo, &["set", "BL-7k3qd", "e"]), @"
    effort=	what it costs, in the team's points
    ease=	how easy it is, 0 to 10, for ICE
    estimate_range=	the lowest and the highest effort, as [low, high]
    evidence=	the evidence that it rests on
    ");
    assert!(offered(&repo, &["crit"]).starts_with("criteria\t"));
}

#[test]
fn is_silent_where_there_is_no_backlog() {
    let repo = Repo::without_repository();
    assert_eq!(offered(&repo, &["show", "BL-"]), "");
}

#[test]
fn bash_completes_both_ways_of_typing() {
    if !has("bash") {
        return;
    }
    let repo = shop();
    let script = format!(
        "PATH={}:$PATH; source <(git-backlog completions bash)
        COMP_WORDS=(git-backlog show BL-9); COMP_CWORD=2; COMP_TYPE=9
        _clap_complete_git_backlog git-backlog BL-9 show; echo \"${{COMPREPLY[@]}}\"; COMPREPLY=()
        COMP_WORDS=(git backlog show BL-9); COMP_CWORD=3; _git_backlog; echo \"${{COMPREPLY[@]}}\"",
        std::path::Path::new(PROGRAM).parent().unwrap().display()
    );
    let run = repo.output(repo.command("bash").args(["-c", &script]));
    assert_eq!(run.to_string(), "BL-9qqrt\nBL-9qqrt\n");
}
