//! `commit`.

use insta::assert_snapshot;

use super::{CHECKOUT, shop};

#[test]
fn says_what_changed() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13"]);
    repo.run(&["rank", "7kx", "--top"]);
    repo.run(&["criteria", "7k3qd", "check", "1"]);
    let commands = "
        git backlog commit --dry-run
        git backlog commit -m 'Refinement of 24 November'
        git log -1 --format=%an%n%B
        git backlog commit
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog commit --dry-run
    backlog: rank 1 document, set 1 document

    - set BL-7k3qd value 8 → 13 "Guest checkout"
    - criteria BL-7k3qd tick 1 "Guest checkout"
    - rank BL-7kxxm 3 → 1 "Basket is empty after login"

    Backlog: BL-7k3qd
    Backlog: BL-7kxxm
    $ git backlog commit -m 'Refinement of 24 November'
    ! [main HASH] backlog: rank 1 document, set 1 document
    $ git log -1 --format=%an%n%B
    Mira
    backlog: rank 1 document, set 1 document

    - set BL-7k3qd value 8 → 13 "Guest checkout"
    - criteria BL-7k3qd tick 1 "Guest checkout"
    - rank BL-7kxxm 3 → 1 "Basket is empty after login"

    Refinement of 24 November

    Backlog: BL-7k3qd
    Backlog: BL-7kxxm

    $ git backlog commit
    ! nothing to commit: the backlog is as HEAD has it
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn leaves_all_other_work_as_it_is() {
    let repo = shop();
    repo.write("src/main.rs", "staged\n");
    repo.write("other", "new\n");
    repo.git(&["add", "src/main.rs"]);
    repo.write("src/main.rs", "staged and more\n");
    repo.run(&["set", "7k3qd", "value=13"]);
    let commands = "
        git backlog commit -q
        git show --stat --format=%s
        git status --short
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog commit -q
    $ git show --stat --format=%s
    backlog: set BL-7k3qd value 8 → 13 "Guest checkout"

     .backlog/items/BL-7k3qd-guest-checkout.md | 2 +-
     1 file changed, 1 insertion(+), 1 deletion(-)
    $ git status --short
    MM src/main.rs
    ?? other
    "#);
}

#[test]
fn commits_what_was_written_by_hand() {
    let repo = shop();
    repo.write(
        CHECKOUT,
        repo.read(CHECKOUT).replace("Guest checkout", "Checkout for guests") + "\nMore.\n",
    );
    repo.git(&["rm", "--quiet", ".backlog/items/BL-x2ttv-pay-by-fax.md"]);
    repo.write(".backlog/items/notes.txt", "not a document\n");
    let commands = "
        git backlog commit
        git log -1 --format=%B
        git status --short
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog commit
    ! [main HASH] backlog: change 1 file, remove 1 document, set 1 document
    $ git log -1 --format=%B
    backlog: change 1 file, remove 1 document, set 1 document

    - set BL-7k3qd title Guest checkout → Checkout for guests "Checkout for guests"
    - edit BL-7k3qd "Checkout for guests"
    - remove story BL-x2ttv "Pay by fax"
    - change items/notes.txt

    Backlog: BL-7k3qd
    Backlog: BL-x2ttv

    $ git status --short
    "#);
}

#[test]
fn commits_settings_and_templates() {
    let repo = shop();
    repo.write(".backlog/config.yml", "saved: {next: status=review}\n");
    assert_snapshot!(repo.session("git backlog commit -m 'We review'"), @r"
    $ git backlog commit -m 'We review'
    ! [main HASH] backlog: change config.yml
    ");
    repo.write(".backlog/config.yml", "");
    repo.write(".backlog/templates/task.md", "---\nid:\n---\n");
    let commands = "
        git backlog commit
        git log -2 --format=%B
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog commit
    ! [main HASH] backlog: change 2 files
    $ git log -2 --format=%B
    backlog: change 2 files

    - change config.yml
    - change templates/task.md

    backlog: change config.yml

    We review
    ");
}

#[test]
fn works_from_a_subfolder() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13"]);
    assert_snapshot!(repo.session("git backlog -C src commit"), @r#"
    $ git backlog -C src commit
    ! [main HASH] backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn makes_the_first_commit() {
    let repo = crate::support::Repo::new();
    let commands = "
        git backlog init -q
        git backlog commit -m 'Start a backlog'
        git log --format=%B
        git status --short
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog init -q
    $ git backlog commit -m 'Start a backlog'
    ! [main HASH] backlog: add 1 document, change 16 files
    $ git log --format=%B
    backlog: add 1 document, change 16 files

    - add product "Our product"
    - change 16 files

    Start a backlog

    Backlog: product

    $ git status --short
    "#);
}
