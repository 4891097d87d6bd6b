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
    --hyperlinks	When ids are links to files
    --quiet	Print results only
    --verbose	Say more
    ");
    assert_snapshot!(offered(&repo, &["set", "BL-7k3qd", "e"]), @"
    ease=	how easy it is, 0 to 10, for ICE
    effort=	what it costs, in the team's points
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
fn offers_the_values_of_a_field() {
    let repo = shop();
    assert_snapshot!(offered(&repo, &["set", "BL-7k3qd", "status="]), @"
    status=proposed
    status=ready
    status=in-progress
    status=review
    status=done
    status=rejected
    status=active
    status=reached
    status=dropped
    status=new
    status=assessed
    status=withdrawn
    status=deferred
    status=accepted
    status=superseded
    status=planned
    status=running
    status=finished
    status=abandoned
    status=retired
    status=closed
    status=cancelled
    status=shipped
    status=gone
    ");
    assert_snapshot!(offered(&repo, &["set", "BL-7k3qd", "goal="]), @"goal=GOAL-activation	Who fills a basket also orders");
    assert_snapshot!(offered(&repo, &["set", "BL-7k3qd", "labels+=m"]), @"labels+=mobile");
    assert_snapshot!(offered(&repo, &["list", "--where", "assignee="]), @"assignee=mira");
    assert_snapshot!(offered(&repo, &["list", "@"]), @"@next");
    assert_snapshot!(offered(&repo, &["list", "dec"]), @"
    decisions	A decision: its context, the options, the choice and what follows from it
    decided_by=	who took it
    decisions=	the decisions that shaped it
    ");
    assert_snapshot!(offered(&repo, &["list", "--columns", "id,ti"]), @"
    id,title
    id,time_criticality
    ");
    assert_snapshot!(offered(&repo, &["score", "--model", "w"]), @"wsjf");
    assert_snapshot!(offered(&repo, &["check", "--explain", "AC001"]), @"AC001	A story past its first status has no acceptance criteria, or another item whose type asks for some");
    assert_snapshot!(offered(&repo, &["completions", "z"]), @"zsh");
}

/// A repository in which everything that a file can say tries to be run by a shell.
fn hostile() -> Repo {
    let repo = shop();
    let title = r#"'"`touch pwned`$(touch pwned);touch pwned|\\x"#;
    let path = ".backlog/items/BL-hhhhh-x.md";
    let title = title.replace('\'', "''");
    let fields = "type: task\nstatus: ready\nrank: mmmm\nlabels: ['$(touch pwned)', plain]\n";
    repo.write(path, format!("---\nid: BL-hhhhh\ntitle: '{title}'\n{fields}---\n"));
    repo.write(".backlog/config.yml", "saved: {'$(touch pwned)': status=ready, mine: value=1}\n");
    repo
}

/// What a shell makes of a script in which the program is found.
fn in_shell(repo: &Repo, shell: &[&str], script: &str) -> String {
    let folder = std::path::Path::new(PROGRAM).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(folder.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let run = repo
        .output(repo.command(shell[0]).args(&shell[1..]).arg(script).env("PATH", path.unwrap()));
    assert!(!repo.path("pwned").exists(), "{run}");
    run.to_string()
}

/// Their scripts put what they get on the command line as it is, and PowerShell gives up at a help
/// that is empty or has a tab in it.
#[test]
fn other_shells_get_plain_words_and_a_help_that_is_not_empty() {
    let repo = hostile();
    repo.write(
        ".backlog/items/BL-kkkkk-x.md",
        "---\nid: BL-kkkkk\ntitle: \"\\t\"\nrank: mm\n---\n",
    );
    repo.write(".backlog/items/BL-mmmmm-x.md", "---\nid: BL-mmmmm\nrank: mn\n---\n");
    for line in [&["show", "BL-"][..], &["set", "BL-9qqrt", "labels="], &["list", "@"]] {
        let ask = |shell: &str| {
            let mut program = repo.program();
            program.env("COMPLETE", shell).env("_CLAP_IFS", "\n");
            program.env("_CLAP_COMPLETE_INDEX", line.len().to_string());
            repo.output(program.arg("--").arg("git-backlog").args(line)).out
        };
        let offered = ask("powershell");
        let parts = |it: &str| it.split('\t').map(str::to_owned).collect::<Vec<_>>();
        let offers: Vec<Vec<String>> = offered.lines().map(parts).collect();
        assert!(!offers.is_empty(), "{line:?}");
        let is_plain =
            |word: &str| word.chars().all(|it| it.is_ascii_alphanumeric() || "-=@_.".contains(it));
        for offer in &offers {
            assert!(offer.len() <= 2 && is_plain(&offer[0]), "{offer:?}");
            assert!(offer.iter().all(|part| !part.trim().is_empty()), "{offer:?}");
        }
        let words: Vec<&str> = offers.iter().map(|offer| offer[0].as_str()).collect();
        assert_eq!(ask("elvish").lines().collect::<Vec<_>>(), words);
    }
}

#[test]
fn bash_completes_both_ways_of_typing() {
    if !has("bash") {
        return;
    }
    let repo = hostile();
    let script = |words: &str, at: usize, function: &str| {
        format!(
            "source <(git-backlog completions bash)
            COMP_WORDS=({words}); COMP_CWORD={at}; COMP_TYPE=9; {function}; echo \"${{COMPREPLY[@]}}\""
        )
    };
    let check = |words: &str, at: usize, function: &str, expected: &str| {
        let shown = in_shell(&repo, &["bash", "-c"], &script(words, at, function));
        assert_eq!(shown.trim_end(), expected, "{words}");
    };
    let (direct, git) = ("_git_backlog_complete", "_git_backlog");
    check("git-backlog show BL-9", 2, direct, "BL-9qqrt");
    check("git backlog show BL-9", 3, git, "BL-9qqrt");
    check("git-backlog show BL-h", 2, direct, "BL-hhhhh");
    check(
        "git-backlog set BL-9qqrt status = re",
        5,
        direct,
        "ready review rejected reached retired",
    );
    check("git backlog set BL-9qqrt status = in", 6, git, "in-progress");
    check("git-backlog set BL-9qqrt sprint = ''", 5, direct, "2026-24");
    check("git-backlog set BL-9qqrt labels = ''", 5, direct, "checkout mobile plain");
    check("git-backlog set BL-9qqrt stat", 3, direct, "status=");
    check("git-backlog list @", 2, direct, "@mine");
}

#[test]
fn fish_completes_both_ways_of_typing() {
    if !has("fish") {
        return;
    }
    let repo = hostile();
    let check = |typed: &str, expected: &str| {
        let script = format!("git-backlog completions fish | source; complete -C '{typed}'");
        let shown = in_shell(&repo, &["fish", "--no-config", "-c"], &script);
        assert!(shown.contains(expected), "{typed}: {shown}");
    };
    check("git-backlog show BL-9", "BL-9qqrt\tOrders belong to an address");
    check("git backlog show BL-9", "BL-9qqrt\tOrders belong to an address");
    check("git-backlog show BL-h", "BL-hhhhh\t'\"`touch pwned`$(touch pwned)");
    check("git backlog set BL-9qqrt status=re", "status=ready");
}

#[test]
fn zsh_completes_both_ways_of_typing() {
    if !has("zsh") || !has("script") {
        return;
    }
    let repo = hostile();
    let check = |typed: &str, expected: &str| {
        let setup = "autoload -U compinit; compinit -u -D; source <(git-backlog completions zsh)";
        let line = format!(
            "{{ sleep 1; printf '{setup}\\n'; sleep 2; printf '{typed}\\t'; sleep 2; printf '\\025exit\\n'; }} \
             | script -qec 'zsh -f' /dev/null"
        );
        let shown = in_shell(&repo, &["bash", "-c"], &line);
        assert!(shown.contains(expected), "{typed}: {shown}");
    };
    check("git-backlog show BL-9", "BL-9qqrt");
    check("git backlog show BL-9", "BL-9qqrt");
    check("git-backlog show BL-h", "BL-hhhhh");
    check("git backlog set BL-9qqrt status=rev", "status=review");
}
