//! What all commands share: where they start, colours, quiet, the pager, usage.

use insta::assert_snapshot;

use super::{CHECKOUT, listed, shop};
use crate::support::{PROGRAM, Repo};

#[test]
fn finds_the_backlog_from_a_subfolder() {
    let repo = shop();
    let all = listed(&repo);
    repo.write("src/deep/er/x", "");
    let at =
        |arguments: &[&str]| {
            super::ids(&repo.run(
                &[arguments, &["list", "--all", "--columns", "id", "--format", "csv"]].concat(),
            ))
        };
    assert_eq!(at(&["-C", "src/deep/er"]), all);
    assert_eq!(at(&["-C", ".backlog/items"]), all);
    let outside = Repo::without_repository();
    let folder = repo.path("src");
    let run = outside.run(&[
        "-C",
        folder.to_str().unwrap(),
        "list",
        "--all",
        "--columns",
        "id",
        "--format",
        "csv",
    ]);
    assert_eq!(super::ids(&run), all);
}

#[test]
fn takes_another_folder_by_option_or_variable() {
    let repo = shop();
    repo.write(
        "plans/web/items/BL-22222-web.md",
        "---\nid: BL-22222\ntitle: Web\ntype: task\nstatus: ready\nrank: mmmm\n---\n",
    );
    let commands = "
        git backlog --dir plans/web list
        git backlog -C src --dir ../plans/web list --columns id
        GIT_BACKLOG_DIR=plans/web git backlog list --columns id
        GIT_BACKLOG_DIR=plans/web git backlog list --columns id --dir .backlog --limit 1
        git backlog --dir plans/web set 22222 value=3 -m 'In another folder'
        git log -1 --format=%s --name-only
        git backlog --dir plans/web list --columns id,value --at HEAD
        git backlog --dir nowhere list
        git backlog -C nowhere list
        git backlog -C src/main.rs list
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog --dir plans/web list
    #  id        type  status  value  effort  met  title
    1  BL-22222  task  ready                       Web
    1 item
    $ git backlog -C src --dir ../plans/web list --columns id
    id
    BL-22222
    1 item
    $ GIT_BACKLOG_DIR=plans/web git backlog list --columns id
    id
    BL-22222
    1 item
    $ GIT_BACKLOG_DIR=plans/web git backlog list --columns id --dir .backlog --limit 1
    id
    BL-7k3qd
    3 items; the first is shown; 2 done or dropped (--all shows them)
    $ git backlog --dir plans/web set 22222 value=3 -m 'In another folder'
    set BL-22222 value 3 "Web"
    ! [main HASH] backlog: add task BL-22222 "Web"
    $ git log -1 --format=%s --name-only
    backlog: add task BL-22222 "Web"

    plans/web/items/BL-22222-web.md
    $ git backlog --dir plans/web list --columns id,value --at HEAD
    id        value
    BL-22222      3
    1 item
    $ git backlog --dir nowhere list
    ! error: no backlog here: there is no nowhere
    ! hint: start one with: git backlog init
    = 3
    $ git backlog -C nowhere list
    ! error: there is no folder 'nowhere'
    = 2
    $ git backlog -C src/main.rs list
    ! error: there is no folder 'src/main.rs'
    = 2
    "#);
}

#[test]
fn a_folder_outside_of_a_repository_can_be_read_and_not_written() {
    let repo = Repo::without_repository();
    repo.write(
        "plans/items/BL-22222-web.md",
        "---\nid: BL-22222\ntitle: Web\ntype: task\nstatus: ready\nrank: mmmm\n---\n",
    );
    let commands = "
        git backlog --dir plans list
        git backlog --dir plans check
        git backlog --dir plans set 22222 value=1
        git backlog --dir plans list --at HEAD
        git backlog list
    ";
    assert_snapshot!(repo.session(commands), @r"
    $ git backlog --dir plans list
    #  id        type  status  value  effort  met  title
    1  BL-22222  task  ready                       Web
    1 item
    $ git backlog --dir plans check
    1 document checked, nothing found
    $ git backlog --dir plans set 22222 value=1
    ! error: [TMP]/repo/plans is not in a Git repository, so nothing can be written
    ! hint: make one with: git init
    = 3
    $ git backlog --dir plans list --at HEAD
    ! error: this folder is not in a Git repository
    ! hint: make one with: git init
    = 3
    $ git backlog list
    ! error: this folder is not in a Git repository
    ! hint: make one with: git init
    = 3
    ");
}

#[test]
fn reads_a_bare_repository() {
    let repo = shop();
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let repo = repo.at("bare");
    let commands = "
        git backlog list --columns id,title
        git backlog show 7k3qd --at main --format jsonl
        git backlog board --where type=task
        git backlog check
        git backlog set 7k3qd value=1
        git backlog new task x
        git backlog undo
    ";
    let shown = repo.session(commands);
    let short: Vec<String> = shown.lines().map(|line| line.chars().take(100).collect()).collect();
    assert_snapshot!(short.join("\n"), @r#"
    $ git backlog list --columns id,title
    id        title
    BL-7k3qd  Guest checkout
    BL-9qqrt  Orders belong to an address
    BL-7kxxm  Basket is empty after login
    3 items; 2 done or dropped (--all shows them)
    $ git backlog show 7k3qd --at main --format jsonl
    {"kind":"item","path":"items/BL-7k3qd-guest-checkout.md","id":"BL-7k3qd","title":"Guest checkout","t
    $ git backlog board --where type=task
    proposed 0

    ready 0

    in-progress 1
      BL-9qqrt Orders belong to an address (mira)

    review 0
    $ git backlog check
    8 documents checked, nothing found
    $ git backlog set 7k3qd value=1
    ! error: this repository is bare: it has no worktree to write to
    ! hint: read it with --at REV, or clone it to change something
    = 3
    $ git backlog new task x
    ! error: this repository is bare: it has no worktree to write to
    ! hint: read it with --at REV, or clone it to change something
    = 3
    $ git backlog undo
    ! error: this repository is bare: it has no worktree to write to
    ! hint: read it with --at REV, or clone it to change something
    = 3
    "#);
}

#[test]
fn says_where_there_is_no_backlog() {
    let repo = Repo::new();
    let commands = "
        git backlog list
        git backlog new task x
        git backlog check
        git backlog commit
        git backlog list --at HEAD
    ";
    assert_snapshot!(repo.session(commands), @r"
    $ git backlog list
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog new task x
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog check
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog commit
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog list --at HEAD
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    ");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let repo = shop();
    let has_colour = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = repo.output(repo.program().args(arguments).envs(variables.iter().copied()));
        (run.out + &run.err).contains('\u{1b}')
    };
    for (arguments, variables, expected) in [
        (&["list"][..], &[][..], false),
        (&["list", "--color=always"], &[], true),
        (&["list", "--color=always"], &[("NO_COLOR", "1")], true),
        (&["list", "--color=never"], &[("CLICOLOR_FORCE", "1")], false),
        (&["list"], &[("CLICOLOR_FORCE", "1")], true),
        (&["list"], &[("CLICOLOR_FORCE", "0")], false),
        (&["list"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&["list"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
        (&["show", "nothing", "--color=always"], &[], true),
        (&["show", "nothing"], &[], false),
        (&["list", "--format=json", "--color=always"], &[], false),
        (&["list", "--format=csv", "--color=always"], &[], false),
        (&["--bogus"], &[], false),
    ] {
        assert_eq!(has_colour(arguments, variables), expected, "{arguments:?} {variables:?}");
    }
}

#[test]
fn is_quiet_when_asked() {
    let repo = shop();
    assert_eq!(repo.run(&["-q", "set", "7k3", "value=1"]).to_string(), "");
    assert_eq!(repo.run(&["set", "7k3", "value=1", "--quiet"]).to_string(), "");
    assert_eq!(repo.run(&["-q", "undo"]).to_string(), "");
    assert_snapshot!(repo.session("git backlog -q show nothing"), @r"
    $ git backlog -q show nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    ");
    assert!(repo.run(&["-q", "list"]).out.contains("BL-7k3qd"));
}

#[test]
fn a_pipe_gets_no_pager() {
    let repo = shop();
    let mark = repo.path("mark");
    let pager = format!("touch {}; cat", mark.display());
    for variable in ["GIT_PAGER", "PAGER"] {
        let run = repo.output(repo.program().args(["list"]).env(variable, &pager));
        assert!(run.out.contains("Guest checkout"));
    }
    assert!(!mark.exists());
}

#[test]
fn a_terminal_gets_the_pager_colours_and_its_width() {
    if !crate::support::has("script") {
        return;
    }
    let repo = shop();
    let typed = |variables: &str, arguments: &str| {
        let line = format!("stty cols 64 rows 24; env {variables} {PROGRAM} {arguments}");
        let mut script = repo.command("script");
        script
            .args(["-qec", &line, "/dev/null"])
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .stdin(std::process::Stdio::null());
        let run = repo.output(&mut script);
        assert_eq!(run.code, Some(0), "{run}");
        run.out
    };
    let paged = typed("GIT_PAGER='sed s/^/PAGED:/'", "list");
    assert!(
        paged.lines().all(|line| line.starts_with("PAGED:")) && paged.contains('\u{1b}'),
        "{paged}"
    );
    for (variables, arguments) in
        [("GIT_PAGER=", "list"), ("GIT_PAGER=cat", "list"), ("PAGER=false", "list --format json")]
    {
        assert!(typed(variables, arguments).contains("BL-7k3qd"), "{variables} {arguments}");
    }
    let narrow = typed("GIT_PAGER= NO_COLOR=1", "list");
    assert!(narrow.lines().all(|line| line.trim_end().chars().count() <= 64), "{narrow}");
    let dumb = typed("GIT_PAGER= TERM=dumb", "list");
    assert!(!dumb.contains('\u{1b}') && dumb.contains("BL-7k3qd"), "{dumb}");
    for columns in ["1", "0", "x", "-5", "99999999999999999999"] {
        let shown = typed(&format!("GIT_PAGER= NO_COLOR=1 COLUMNS={columns}"), "list");
        assert!(shown.contains("BL-7k3qd") && !shown.contains("panicked"), "{columns}: {shown}");
        assert!(typed(&format!("GIT_PAGER= COLUMNS={columns}"), "show 7k3qd").contains("BL-7k3qd"));
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let repo = Repo::new();
    for number in 0..2_000_u32 {
        let id: String = (0..5)
            .rev()
            .map(|place| char::from(b"23456789bc"[(number / 10_u32.pow(place)) as usize % 10]))
            .collect();
        let path = repo.path(&format!(".backlog/items/BL-{id}.md"));
        if number == 0 {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        std::fs::write(path, format!("---\nid: BL-{id}\ntitle: Item {number}\ntype: task\nstatus: ready\nrank: mbbb\n---\n")).unwrap();
    }
    for arguments in ["list", "list --format json", "list --format csv", "-h"] {
        let script =
            format!("{{ {PROGRAM} {arguments}; echo \"code $?\" >&2; }} | head -n 1 >/dev/null");
        let run = repo.output(repo.command("sh").args(["-c", &script]));
        assert_eq!(run.err, "code 0\n", "{arguments}");
    }
    let script = format!("{PROGRAM} list >&- ; echo \"code $?\"");
    let run = repo.output(repo.command("sh").args(["-c", &script]));
    assert!(!run.err.contains("panicked") && !run.err.contains("bug"), "{run}");
    let script = format!("{PROGRAM} show nothing 2>&- ; echo \"code $?\"");
    assert_eq!(repo.output(repo.command("sh").args(["-c", &script])).out, "code 2\n");
}

#[test]
fn a_full_device_is_told() {
    if !std::path::Path::new("/dev/full").exists() {
        crate::support::skip("there is no /dev/full");
        return;
    }
    let repo = shop();
    for arguments in [
        "list",
        "show 7k3",
        "list --format json",
        "schema",
        "completions bash",
        "set 7k3 value=99 -n",
    ] {
        let script = format!("{PROGRAM} {arguments} > /dev/full; echo \"code $?\"");
        let run = repo.output(repo.command("sh").args(["-c", &script]));
        assert_eq!(run.out, "code 5\n", "{arguments}: {run}");
        assert!(
            run.err.starts_with("error: ") && run.err.contains("no space left"),
            "{arguments}: {run}"
        );
    }
}

#[test]
fn usage_is_told_on_the_right_stream() {
    let repo = shop();
    let commands = "
        git backlog lst
        git backlog list --bogus
        git backlog --color sometimes list
        git backlog set -h
        git backlog --version
    ";
    let shown = repo.session(commands).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    assert_snapshot!(shown, @"
    $ git backlog lst
    ! error: unrecognized subcommand 'lst'
    !
    !   tip: some similar subcommands exist: 'ls', 'list'
    !
    ! Usage: git backlog [OPTIONS] [COMMAND]
    ! hint: see what there is with -h
    = 2
    $ git backlog list --bogus
    ! error: unexpected argument '--bogus' found
    !
    !   tip: to pass '--bogus' as a value, use '-- --bogus'
    !
    ! Usage: git backlog list [OPTIONS] [KIND|QUERY]...
    ! hint: see what there is with -h
    = 2
    $ git backlog --color sometimes list
    ! error: invalid value 'sometimes' for '--color <WHEN>'
    !   [possible values: auto, always, never]
    ! hint: see what there is with -h
    = 2
    $ git backlog set -h
    Set fields of one or many documents

    Usage: git backlog set [OPTIONS] <ID… FIELD=VALUE…>...

    Arguments:
      <ID… FIELD=VALUE…>...  Ids of documents, then assignments

    Options:
          --where <QUERY>  The items that a query finds, instead of ids
      -h, --help           Print help (see more with '--help')

    Writing:
      -m, --message <WHY>  Commit the change at once, with the reason for it
      -n, --dry-run        Print the difference instead of writing it
          --no-verify      Commit without the hooks that may forbid it, pre-commit and commit-msg

    Global options:
      -C <DIR>                 Start in DIR
          --dir <DIR>          Use the backlog in DIR (or in $GIT_BACKLOG_DIR) instead of .backlog
          --color <WHEN>       When to use colour [default: auto] [possible values: auto, always, never]
          --hyperlinks <WHEN>  When ids are links to files [default: auto] [possible values: auto,
                               always, never]
      -q, --quiet              Print results only
      -v, --verbose            Say more

    Examples:
      git backlog set 7k status=in-progress assignee=mira
      git backlog set 7k 9q labels+=checkout
      git backlog set --where 'status=proposed and value>=8' status=ready -m 'Refined with the team'
    $ git backlog --version
    git-backlog VERSION
    ");
    let help = repo.run(&["-h"]);
    assert!(help.code == Some(0) && help.err.is_empty(), "{help}");
    assert!(help.out.contains("Usage: git backlog [OPTIONS] [COMMAND]"), "{help}");
}

#[test]
fn every_command_has_help_that_reads_well() {
    let repo = Repo::without_repository();
    let help = repo.run(&["help"]).out;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> =
        list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands.iter().filter(|command| **command != "help") {
        let run = repo.run(&[command, "--help"]);
        assert!(run.code == Some(0) && run.out.contains("Usage: git backlog"), "{command}: {run}");
        let first = run.out.lines().next().unwrap();
        assert!(
            first.starts_with(|letter: char| letter.is_uppercase()) && !first.ends_with('.'),
            "{first}"
        );
        let is_short = |line: &str| line.chars().count() <= 100 || line.starts_with("Usage:");
        assert!(run.out.lines().all(is_short), "{command}: {run}");
    }
}

#[test]
fn a_change_says_the_id_and_the_title_that_were_meant() {
    let repo = shop();
    let run = repo.run(&["set", "7k3", "value=1"]);
    assert_eq!(run.out, "set BL-7k3qd value 8 → 1 \"Guest checkout\"\n");
    assert!(repo.path(CHECKOUT).exists());
}
