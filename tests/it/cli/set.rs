//! `set`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, shop};
use crate::support::Repo;

fn changed(repo: &Repo) -> String {
    repo.git(&["diff", "--numstat"])
}

#[test]
fn changes_one_line() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog set 7k3qd value=13"), @r#"
    $ git backlog set 7k3qd value=13
    set BL-7k3qd value 8 → 13 "Guest checkout"
    "#);
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT.replace("value: 8", "value: 13"));
}

#[test]
fn writes_the_days_of_the_flow() {
    let repo = shop();
    let commands = "
        git backlog set 7k3qd status=in-progress assignee=mira
        git backlog set 7k3qd status=done
        git diff -U0
        git backlog set 7k3qd status=ready
    ";
    let shown = repo.session(commands);
    let without_hashes: Vec<&str> =
        shown.lines().filter(|line| !line.starts_with("index ")).collect();
    assert_snapshot!(without_hashes.join("\n"), @r#"
    $ git backlog set 7k3qd status=in-progress assignee=mira
    set BL-7k3qd assignee mira "Guest checkout"
    set BL-7k3qd status ready → in-progress "Guest checkout"
    set BL-7k3qd started 2026-11-25 "Guest checkout"
    $ git backlog set 7k3qd status=done
    set BL-7k3qd status in-progress → done "Guest checkout"
    set BL-7k3qd done 2026-11-25 "Guest checkout"
    $ git diff -U0
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -3,0 +4 @@ title: Guest checkout
    +assignee: mira
    @@ -5 +6 @@ type: story
    -status: ready
    +status: done
    @@ -12,0 +14,2 @@ depends_on: [BL-9qqrt]
    +started: 2026-11-25
    +done: 2026-11-25
    $ git backlog set 7k3qd status=ready
    set BL-7k3qd status done → ready "Guest checkout"
    set BL-7k3qd done 2026-11-25 → none "Guest checkout"
    ! BL-7k3qd is at 1 of 3 again
    "#);
    assert!(!repo.read(CHECKOUT).contains("done: 2026"));
}

#[test]
fn adds_takes_away_and_clears() {
    let commands = "
        git backlog set 7k3qd labels+=mobile,summer
        git backlog set 7k3qd label-=checkout
        git backlog set 7k3qd labels=a,b effort=
        git backlog set 7k3qd labels=
        git backlog set 7k3qd depends_on+=7kx due=+2w
        git backlog set 7k3qd depends-on-=BL-9qqrt
        git backlog set 7k3qd title='Guest: checkout # now'
        git backlog set 7k3qd value=13
        git backlog set 7k3qd value=13
    ";
    let repo = shop();
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog set 7k3qd labels+=mobile,summer
    set BL-7k3qd labels checkout → checkout, mobile, summer "Guest checkout"
    $ git backlog set 7k3qd label-=checkout
    set BL-7k3qd labels checkout, mobile, summer → mobile, summer "Guest checkout"
    $ git backlog set 7k3qd labels=a,b effort=
    set BL-7k3qd labels mobile, summer → a, b "Guest checkout"
    set BL-7k3qd effort 3 → none "Guest checkout"
    $ git backlog set 7k3qd labels=
    set BL-7k3qd labels a, b → none "Guest checkout"
    $ git backlog set 7k3qd depends_on+=7kx due=+2w
    set BL-7k3qd depends_on BL-9qqrt → BL-9qqrt, BL-7kxxm "Guest checkout"
    set BL-7k3qd due 2026-12-09 "Guest checkout"
    $ git backlog set 7k3qd depends-on-=BL-9qqrt
    set BL-7k3qd depends_on BL-9qqrt, BL-7kxxm → BL-7kxxm "Guest checkout"
    $ git backlog set 7k3qd title='Guest: checkout # now'
    set BL-7k3qd title Guest checkout → Guest: checkout # now "Guest: checkout # now"
    $ git backlog set 7k3qd value=13
    set BL-7k3qd value 8 → 13 "Guest: checkout # now"
    $ git backlog set 7k3qd value=13
    ! nothing to change
    "#);
    assert_snapshot!(repo.session("git backlog list title~guest --columns id,title,labels,effort,due,depends_on --format csv"), @r"
    $ git backlog list title~guest --columns id,title,labels,effort,due,depends_on --format csv
    id,title,labels,effort,due,depends_on
    BL-7k3qd,Guest: checkout # now,,,2026-12-09,BL-7kxxm
    ");
}

#[test]
fn changes_several_at_once() {
    let commands = "
        git backlog set 7k3qd 9q sprint=2026-24
        git backlog set --where label=checkout moscow=must
        git backlog set 7k3qd --where type=task moscow=should
        git backlog set --where status=review value=1
    ";
    assert_snapshot!(shop().session(commands), @r#"
    $ git backlog set 7k3qd 9q sprint=2026-24
    set BL-7k3qd sprint 2026-24 "Guest checkout"
    $ git backlog set --where label=checkout moscow=must
    set BL-7k3qd moscow must "Guest checkout"
    set BL-7kxxm moscow must "Basket is empty after login"
    $ git backlog set 7k3qd --where type=task moscow=should
    ! error: ids and --where name the items twice
    ! hint: use one of them; a query can ask for ids too: id=7k,9q
    = 2
    $ git backlog set --where status=review value=1
    ! error: no item matches 'status=review'
    = 2
    "#);
}

#[test]
fn refuses_what_makes_no_sense_and_writes_nothing() {
    let repo = shop();
    let commands = "
        git backlog set 7k3qd value=much
        git backlog set 7k3qd valeu=1
        git backlog set EV-h2vkd rank=x
        git backlog set 7k3qd status=redy
        git backlog set 7k3qd status=
        git backlog set 7k3qd id=BL-22222
        git backlog set 7k3qd rank=mmmm
        git backlog set 7k3qd due=soon
        git backlog set 7k3qd goal=nowhere
        git backlog set 7k3qd release=x2
        git backlog set 7k3qd depends_on+=2026-24
        git backlog set 7k3qd parent=7k3qd
        git backlog set 7k3qd value+=1
        git backlog set 7k3qd =1
        git backlog set 7k3qd
        git backlog set value=1
        git backlog set
        git backlog set nothing value=1
        git backlog set 7k value=1
        git backlog set 7k3qd value=1 status=nowhere
        git backlog set --where 'value>' value=1
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog set 7k3qd value=much
    ! error: value is a number, not 'much'
    = 2
    $ git backlog set 7k3qd valeu=1
    ! error: unknown item field 'valeu'
    ! hint: did you mean 'value'?
    = 2
    $ git backlog set EV-h2vkd rank=x
    ! error: unknown evidence field 'rank'
    ! hint: use one of id, title, created, status, source, date, method, participants and 6 more
    = 2
    $ git backlog set 7k3qd status=redy
    ! error: unknown status 'redy'
    ! hint: did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    = 2
    $ git backlog set 7k3qd status=
    ! error: status cannot be empty
    = 2
    $ git backlog set 7k3qd id=BL-22222
    ! error: the id of a document never changes
    ! hint: add another name with: git backlog set BL-7k3qd aliases+=NAME
    = 2
    $ git backlog set 7k3qd rank=mmmm
    ! error: a rank is a key, not a number to choose
    ! hint: move it with: git backlog rank BL-7k3qd --top
    = 2
    $ git backlog set 7k3qd due=soon
    ! error: due is a day, not 'soon'
    ! hint: write it as 2026-11-23, or as today, -3d, +2w
    = 2
    $ git backlog set 7k3qd goal=nowhere
    ! error: goal: no document with id 'nowhere'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog set 7k3qd release=x2
    ! error: release: BL-x2ttv is of kind item
    = 2
    $ git backlog set 7k3qd depends_on+=2026-24
    ! error: depends_on: 2026-24 is of kind sprint
    = 2
    $ git backlog set 7k3qd parent=7k3qd
    ! error: BL-7k3qd cannot be its own parent
    = 2
    $ git backlog set 7k3qd value+=1
    ! error: value holds one value
    ! hint: write value=VALUE
    = 2
    $ git backlog set 7k3qd =1
    ! error: '=1' is not an assignment
    ! hint: write field=value, field+=value, field-=value or field= to clear it
    = 2
    $ git backlog set 7k3qd
    ! error: no assignment given
    ! hint: write: git backlog set ID FIELD=VALUE
    = 2
    $ git backlog set value=1
    ! error: no id given
    ! hint: write: git backlog set ID FIELD=VALUE
    = 2
    $ git backlog set
    ! error: the following required arguments were not provided:
    !   <ID… FIELD=VALUE…>...
    !
    ! Usage: git backlog set <ID… FIELD=VALUE…>...
    ! hint: see what there is with -h
    = 2
    $ git backlog set nothing value=1
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog set 7k value=1
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    $ git backlog set 7k3qd value=1 status=nowhere
    ! error: unknown status 'nowhere'
    ! hint: use one of proposed, ready, in-progress, review, done, rejected
    = 2
    $ git backlog set --where 'value>' value=1
    ! error: query: a value is missing after '>'
    !     value>
    !           ^
    ! hint: see the grammar with: git backlog list -h
    = 2
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn follows_the_flow_of_the_settings() {
    let repo = shop();
    let settings = "statuses:\n  proposed: {category: todo, to: [ready]}\n  ready: {category: todo}\n  in-progress: {category: doing}\n  done: {category: done}\n";
    repo.write(".backlog/config.yml", settings);
    let commands = "
        git backlog set 7kx status=done
        git backlog set 7kx status=ready
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog set 7kx status=done
    ! error: BL-7kxxm cannot go from 'proposed' to 'done'
    ! hint: from 'proposed' it may go to ready
    = 2
    $ git backlog set 7kx status=ready
    set BL-7kxxm status proposed → ready "Basket is empty after login"
    "#);
}

#[test]
fn shows_what_it_would_write() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog set 7k3qd value=13 --dry-run"), @r"
    $ git backlog set 7k3qd value=13 --dry-run
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -7,7 +7,7 @@
     rank: mbcd
     labels: [checkout]
     goal: GOAL-activation
    -value: 8
    +value: 13
     effort: 3
     depends_on: [BL-9qqrt]
     evidence: [EV-h2vkd]
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    // What it shows is what Git can apply.
    let difference = repo.run(&["set", "7k3qd", "value=13", "-n"]).out;
    repo.write("../change.diff", difference);
    repo.git(&["apply", "../change.diff"]);
    assert_eq!(changed(&repo), format!("1\t1\t{CHECKOUT}"));
}

#[test]
fn commits_with_a_reason() {
    let repo = shop();
    repo.write("src/main.rs", "fn other() {}\n");
    let commands = "
        git backlog set 7k3qd value=13 effort=5 -m 'Three shops asked'
        git log -1 --format=%an%n%n%B
        git status --short
        git backlog set 7k3qd value=21 -q -m again
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog set 7k3qd value=13 effort=5 -m 'Three shops asked'
    set BL-7k3qd value 8 → 13 "Guest checkout"
    set BL-7k3qd effort 3 → 5 "Guest checkout"
    ! [main HASH] backlog: set BL-7k3qd value, effort "Guest checkout"
    $ git log -1 --format=%an%n%n%B
    Mira

    backlog: set BL-7k3qd value, effort "Guest checkout"

    - set BL-7k3qd value 8 → 13 "Guest checkout"
    - set BL-7k3qd effort 3 → 5 "Guest checkout"

    Three shops asked

    Backlog: BL-7k3qd

    $ git status --short
     M src/main.rs
    $ git backlog set 7k3qd value=21 -q -m again
    "#);
}

#[test]
fn commits_without_being_asked_where_the_settings_say_so() {
    let repo = shop();
    repo.write(".backlog/config.yml", "commit: {auto: true, trailers: false}\n");
    let commands = "
        git backlog set 7k3qd value=13
        git log -1 --format=%B
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog set 7k3qd value=13
    set BL-7k3qd value 8 → 13 "Guest checkout"
    ! [main HASH] backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    $ git log -1 --format=%B
    backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    "#);
}

#[test]
fn keeps_every_other_byte() {
    let repo = shop();
    for text in [
        CHECKOUT_TEXT.replace('\n', "\r\n"),
        format!("\u{feff}{CHECKOUT_TEXT}"),
        CHECKOUT_TEXT.trim_end().to_owned(),
        CHECKOUT_TEXT.replace("value: 8", "'value' :   8   # what the shops said\nx-team: {a: 1,  b: [ 2 ]}\n\n# between\ntext: |\n  a\n\n  b"),
        CHECKOUT_TEXT.replace("value: 8", "value: \"8\""),
    ] {
        repo.write(CHECKOUT, &text);
        let run = repo.run(&["set", "7k3qd", "value=13"]);
        assert_eq!(run.code, Some(0), "{run}");
        let expected = text.replacen("8 ", "13 ", 1).replacen(": 8\r", ": 13\r", 1).replacen(": 8\n", ": 13\n", 1);
        let expected = expected.replacen("\"8\"", "13", 1);
        assert!([&expected, &expected.replacen(": 13\n", ": \"13\"\n", 1)].contains(&&repo.read(CHECKOUT)), "{}", repo.read(CHECKOUT));
    }
}
