//! `groom`: what a list does that comes back from the editor.

use insta::assert_snapshot;

use super::{commit, document, edit, ids, shop};
use crate::support::{Repo, Run};

/// Runs `groom` with a shell script as the editor.
pub(super) fn groom(repo: &Repo, script: &str, arguments: &[&str]) -> Run {
    repo.output(&mut program(repo, script, arguments))
}

/// The program, ready to run so.
pub(super) fn program(repo: &Repo, script: &str, arguments: &[&str]) -> std::process::Command {
    repo.write("../editor.sh", script);
    let editor = format!("sh '{}'", repo.beside("editor.sh").display());
    let mut program = repo.program();
    program.arg("groom").args(arguments).env("GIT_EDITOR", editor);
    program
}

/// What lies in the Git directory for later.
pub(super) fn kept(repo: &Repo) -> Option<String> {
    std::fs::read_to_string(repo.path(".git/backlog/groom/list.txt")).ok()
}

fn order(repo: &Repo) -> String {
    let ids = ids(&repo.run(&["list", "--columns", "id", "--format", "csv"]));
    ids.join(" ")
}

#[test]
fn a_list_that_is_left_as_it_is_changes_nothing() {
    let repo = shop();
    assert_snapshot!(groom(&repo, "cat \"$1\"", &[]), @"
    BL-7k3qd  ready        v8 e3  Guest checkout
    BL-9qqrt  in-progress  v5 e-  Orders belong to an address
    BL-7kxxm  proposed     v- e-  Basket is empty after login

    # 3 open items, the first at the top.
    #
    # Move lines to change the order. Change the words of a line:
    #   status    proposed, ready, in-progress, review, done, rejected
    #   numbers   v value, e effort; v- for none
    #   title     the rest of the line
    #
    # d, drop ID …          the item gets the status 'rejected'
    # n, new TITLE          a new story at this place
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    #
    # An item whose line is deleted stays as it is, where it is.
    # If you delete all lines, nothing is changed.
    ! nothing changed
    ");
    assert_eq!((repo.git(&["status", "--porcelain"]), kept(&repo)), (String::new(), None));
}

#[test]
fn the_least_is_written_and_committed_once() {
    let repo = shop();
    let script = "sed -i -e '1{h;d}' -e '3G' -e '2s/^/drop /' -e 's/v8/v13/' \"$1\"
echo 'new bug: v3 Totals are rounded twice' >> \"$1\"";
    let dry = groom(&repo, script, &["--dry-run"]);
    assert!(dry.out.contains("-status: in-progress\n+status: rejected"), "{dry}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert!(kept(&repo).is_some_and(|text| text.contains("drop BL-9qqrt")));
    repo.run(&["groom", "--abort"]);
    let run = groom(&repo, script, &["-m", "Refined with the team"]);
    let id = run.out.split(' ').find(|word| {
        word.starts_with("BL-") && !["BL-7k3qd", "BL-9qqrt", "BL-7kxxm"].contains(word)
    });
    let id = id.unwrap().to_owned();
    let run = run.replace(&id, "BL-nnnnn").to_string();
    let hash = repo.git(&["rev-parse", "--short", "HEAD"]);
    assert_snapshot!(run.replace(hash.trim(), "HASH"), @r#"
    set BL-9qqrt status in-progress → rejected "Orders belong to an address"
    set BL-7k3qd value 8 → 13 "Guest checkout"
    add bug BL-nnnnn "Totals are rounded twice"
    rank BL-7kxxm 3 → 1 "Basket is empty after login"
    ! 1 moved, 1 changed, 1 dropped, 1 new
    ! [main HASH] backlog: add 1 document, rank 1 document, set 2 documents
    "#);
    assert_snapshot!(repo.git(&["log", "-1", "--format=%B"]).replace(&id, "BL-nnnnn"), @r#"
    backlog: add 1 document, rank 1 document, set 2 documents

    - set BL-9qqrt status in-progress → rejected "Orders belong to an address"
    - set BL-7k3qd value 8 → 13 "Guest checkout"
    - add bug BL-nnnnn "Totals are rounded twice"
    - rank BL-7kxxm 3 → 1 "Basket is empty after login"

    Refined with the team

    Backlog: BL-9qqrt
    Backlog: BL-7k3qd
    Backlog: BL-nnnnn
    Backlog: BL-7kxxm
    "#);
    assert_eq!(order(&repo).replace(&id, "new"), "BL-7kxxm BL-7k3qd new");
    let orders = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
    let changed = repo.git(&["diff", "--numstat", "HEAD~", "--", orders]);
    assert_eq!(changed.split('\t').collect::<Vec<_>>(), ["1", "1", orders]);
}

#[test]
fn a_new_item_is_what_new_would_have_made() {
    let repo = shop();
    groom(&repo, "sed -i '1i new task: v5 e2 Rotate the keys' \"$1\"", &[]);
    let first = order(&repo).split(' ').next().unwrap().to_owned();
    let path = format!(".backlog/items/{first}-rotate-the-keys.md");
    let text = repo.read(&path);
    repo.git(&["clean", "--quiet", "--force", ".backlog"]);
    let run =
        repo.run(&["new", "task", "Rotate the keys", "--top", "-f", "value=5", "-f", "effort=2"]);
    let other = run.new_id();
    let wanted = repo.read(&format!(".backlog/items/{other}-rotate-the-keys.md"));
    let without_rank = |text: &str| {
        let lines = text.lines().map(|it| if it.starts_with("rank: ") { "rank:" } else { it });
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_rank(&text.replace(&first, &other)), without_rank(&wanted));
}

#[test]
fn a_part_of_the_backlog_changes_places_within() {
    let repo = shop();
    document(&repo, "items/BL-z2222-gifts", "type: story\nstatus: ready\nrank: mbgd\n");
    document(&repo, "items/BL-z3333-wishes", "type: story\nstatus: ready\nrank: mbhd\n");
    commit(&repo, "Mira", "more");
    let reverse = "tac \"$1\" > \"$1.new\"; mv \"$1.new\" \"$1\"";
    assert_snapshot!(groom(&repo, &format!("grep -v '^#  ' \"$1\"; {reverse}"), &["status=ready"]), @r#"
    BL-7k3qd  ready  v8 e3  Guest checkout
    BL-z2222  ready  v- e-  Gifts
    BL-z3333  ready  v- e-  Wishes

    # 3 of 5 open items. They change places with each other; all others stay where they are.
    #
    # Move lines to change the order. Change the words of a line:
    #
    # d, drop ID …          the item gets the status 'rejected'
    # n, new TITLE          a new story at this place
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    #
    # An item whose line is deleted stays as it is, where it is.
    # If you delete all lines, nothing is changed.
    rank BL-7k3qd 1 → 5 "Guest checkout"
    rank BL-z3333 5 → 1 "Wishes"
    "#);
    assert_eq!(order(&repo), "BL-z3333 BL-9qqrt BL-7kxxm BL-z2222 BL-7k3qd");
    assert_snapshot!(groom(&repo, &format!("head -3 \"$1\"; {reverse}"), &["--top", "2"]), @r#"
    BL-z3333  ready        v- e-  Wishes
    BL-9qqrt  in-progress  v5 e-  Orders belong to an address

    rank BL-9qqrt 2 → 1 "Orders belong to an address"
    "#);
    assert_eq!(order(&repo), "BL-9qqrt BL-z3333 BL-7kxxm BL-z2222 BL-7k3qd");
}

#[test]
fn the_numbers_of_the_score_are_listed_or_those_that_are_asked_for() {
    let repo = shop();
    edit(&repo, ".backlog/config.yml", "saved:", "score: {model: wsjf}\nsaved:");
    let run =
        groom(&repo, "sed -n 1p \"$1\"; grep numbers \"$1\"; sed -i '1s/t-/t13/' \"$1\"", &[]);
    assert_snapshot!(run, @r#"
    BL-7k3qd  ready        v8 e3 t- r-  Guest checkout
    #   numbers   v value, e effort, t time_criticality, r risk_reduction; v- for none
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    set BL-7k3qd time_criticality 13 "Guest checkout"
    "#);
    let columns = ["--columns", "effort,risk-reduction"];
    assert_snapshot!(groom(&repo, "sed -n 1p \"$1\"; sed -i '1s/r-/r5/' \"$1\"", &columns), @r#"
    BL-7k3qd  ready        e3 r-  Guest checkout
    set BL-7k3qd risk_reduction 5 "Guest checkout"
    "#);
    assert_snapshot!(groom(&repo, "exit 0", &["--columns", "valeu"]), @"
    ! error: valeu cannot stand on a line
    ! hint: did you mean 'value'?
    = 2
    ");
    assert_snapshot!(groom(&repo, "exit 0", &["--columns", "title"]), @"
    ! error: title cannot stand on a line
    ! hint: use one of assignee, type, value, effort, time_criticality, risk_reduction, reach, impact and 9 more
    = 2
    ");
}

#[test]
fn titles_from_files_are_harmless_and_stay_as_they_are() {
    let repo = shop();
    let title = r##"  #1 v8 \e[31mred\e[0m \u202Eevil\u202C\nnew drop  👩‍🌾 "##;
    repo.write(
        ".backlog/items/BL-z2222.md",
        format!("---\nid: BL-z2222\ntitle: \"{title}\"\nstatus: \"in progress\"\nrank: mbbb\nvalue: a lot\n---\n"),
    );
    let before = repo.read(".backlog/items/BL-z2222.md");
    let run = groom(&repo, "sed -n 1,2p \"$1\"; sed -i '1{h;d};2G' \"$1\"", &[]);
    assert_snapshot!(run, @r#"
    BL-z2222  in progress  v? e-  #1 v8 \e[31mred\e[0m ‹U+202E›evil‹U+202C› new drop  👩‍🌾
    BL-7k3qd  ready        v8 e3  Guest checkout
    rank BL-7k3qd 2 → 1 "Guest checkout"
    "#);
    let after = repo.read(".backlog/items/BL-z2222.md");
    let rank = |text: &str| text.lines().find(|it| it.starts_with("rank")).unwrap().to_owned();
    assert_eq!(after.replace(&rank(&after), ""), before.replace(&rank(&before), ""));
}

#[test]
fn what_cannot_be_written_to_is_not_listed_and_told() {
    let repo = shop();
    document(&repo, "items/BL-z2222-one", "status: ready\nrank: mbbb\n");
    document(&repo, "items/BL-z2222-other", "status: ready\nrank: mbbc\n");
    repo.write(".backlog/items/BL-z3333-broken.md", "---\ntitle: a: b\n---\n");
    let run = groom(&repo, "sed -n '1,/^#/p' \"$1\"; sed -i '1{h;d};2G' \"$1\"", &[]);
    assert_snapshot!(run, @r#"
    BL-7k3qd  ready        v8 e3  Guest checkout
    BL-9qqrt  in-progress  v5 e-  Orders belong to an address
    BL-7kxxm  proposed     v- e-  Basket is empty after login

    # 3 of 5 open items. They change places with each other; all others stay where they are.
    rank BL-9qqrt 4 → 1 "Orders belong to an address"
    ! warning: .backlog/items/BL-z3333-broken.md:2:9: cannot be read: a colon inside a value without quotes
    ! warning: 2 open items with an id that is not its own left out; see: git backlog check
    ! warning: .backlog/items/BL-z3333-broken.md:2:9: cannot be read: a colon inside a value without quotes
    "#);
}

#[test]
fn what_others_write_meanwhile_stays() {
    let repo = shop();
    let other = env!("CARGO_BIN_EXE_git-backlog");
    let script = format!(
        "'{other}' set 7k3 value=13 assignee=mira
'{other}' rank 7kx --top
'{other}' set 9qq status=done
'{other}' groom; echo \"= $?\"
sed -i -e '1s/ready/proposed/' -e '1s/e3/e5/' -e '$a new Last' \"$1\""
    );
    let run = groom(&repo, &script, &[]);
    let new = order(&repo).split(' ').nth(1).unwrap().to_owned();
    assert_snapshot!(run.replace(&new, "BL-nnnnn"), @r#"
    set BL-7k3qd assignee mira "Guest checkout"
    set BL-7k3qd value 8 → 13 "Guest checkout"
    rank BL-7kxxm 3 → 1 "Basket is empty after login"
    set BL-9qqrt status in-progress → done "Orders belong to an address"
    set BL-9qqrt done 2026-11-25 "Orders belong to an address"
    = 8
    set BL-7k3qd status ready → proposed "Guest checkout"
    set BL-7k3qd effort 3 → 5 "Guest checkout"
    add story BL-nnnnn "Last"
    ! error: a list is open in the editor of another groom
    ! hint: close that editor first
    "#);
    // The new one stands below the line that was above it.
    assert_eq!(order(&repo).replace(&new, "new"), "BL-7kxxm new BL-7k3qd");
}

#[test]
fn what_cannot_be_is_refused_before_the_editor_opens() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog groom status=done
        git backlog groom --top 0
        git backlog groom statsu=ready
        git backlog groom --continue
        git backlog groom --abort
        git backlog groom --continue --top 3
        git backlog groom --abort -m why
    "), @"
    $ git backlog groom status=done
    ! error: no open item is to be listed
    = 2
    $ git backlog groom --top 0
    ! error: no open item is to be listed
    = 2
    $ git backlog groom statsu=ready
    ! error: query: unknown field 'statsu'
    !     statsu=ready
    !     ^^^^^^
    ! hint: did you mean 'status'?
    = 2
    $ git backlog groom --continue
    ! error: no list is unfinished
    ! hint: begin one with: git backlog groom
    = 2
    $ git backlog groom --abort
    ! error: no list is unfinished
    ! hint: begin one with: git backlog groom
    = 2
    $ git backlog groom --continue --top 3
    ! error: the argument '--continue' cannot be used with '--top <N>'
    !
    ! Usage: git backlog groom --continue [QUERY]...
    ! hint: see what there is with -h
    = 2
    $ git backlog groom --abort -m why
    ! error: the argument '--abort' cannot be used with '--message <WHY>'
    !
    ! Usage: git backlog groom --abort [QUERY]...
    ! hint: see what there is with -h
    = 2
    ");
    let empty = Repo::new();
    empty.write(".backlog/config.yml", "");
    assert_snapshot!(groom(&empty, "cat \"$1\"", &[]), @"
    # 0 open items, the first at the top.
    #
    # Move lines to change the order. Change the words of a line:
    #   status    proposed, ready, in-progress, review, done, rejected
    #   numbers   v value, e effort; v- for none
    #   title     the rest of the line
    #
    # d, drop ID …          the item gets the status 'rejected'
    # n, new TITLE          a new story at this place
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    #
    # An item whose line is deleted stays as it is, where it is.
    # If you delete all lines, nothing is changed.
    ! nothing changed
    ");
    assert_snapshot!(groom(&empty, "echo 'new First' > \"$1\"", &["--dry-run", "-q"]).out.lines().filter(|it| it.starts_with("+title")).collect::<String>(), @"+title: First");
    empty.write(".backlog/config.yml", "statuses: 3\n");
    assert_snapshot!(groom(&Repo::without_repository(), "exit 0", &[]), @"
    ! error: this folder is not in a Git repository
    ! hint: make one with: git init
    = 3
    ");
    assert_eq!(groom(&empty, "exit 0", &[]).code, Some(4));
    empty.run(&["groom", "--abort"]);
    assert_eq!(groom(&empty, "exit 0", &[]).code, Some(3));
}
