//! `new`.

use insta::assert_snapshot;

use super::shop;
use crate::support::{Repo, Run};

/// The file of a new document.
fn file(repo: &Repo, run: &Run) -> String {
    let status = repo.git(&["status", "--porcelain", "--untracked-files=all"]);
    let id = run.new_id();
    let line = status.lines().find(|line| line.contains(&id));
    line.unwrap_or_else(|| panic!("{id} is not in {status}"))[3..].to_owned()
}

/// What a new document holds, without what chance decides.
fn made(repo: &Repo, run: &Run) -> String {
    let path = file(repo, run);
    let text = repo.read(&path);
    let lines =
        text.lines().map(|line| if line.starts_with("rank: ") { "rank: KEY" } else { line });
    let text = lines.collect::<Vec<_>>().join("\n");
    format!("{path}\n{text}").replace(&run.new_id(), "BL-NEW")
}

fn ranked(repo: &Repo) -> Vec<String> {
    super::ids(&repo.run(&["list", "--columns", "id", "--format", "csv"]))
}

#[test]
fn makes_an_item_from_the_template_that_ships() {
    let repo = shop();
    let run = repo.run(&["new", "bug", "Basket: empties, after #3 clicks"]);
    assert_snapshot!(made(&repo, &run), @r#"
    .backlog/items/BL-NEW-basket-empties-after-3-clicks.md
    ---
    id: BL-NEW
    title: "Basket: empties, after #3 clicks"
    type: bug
    status: proposed
    created: 2026-11-25
    rank: KEY
    depends_on: []
    ---

    ## What happens

    <!-- Who saw it, how often, and what does it cost them? -->

    ## Steps

    <!-- From a clean start to the fault, one step a line. -->

    ## What is expected

    <!-- One sentence. -->

    ## Acceptance criteria

    <!-- How can you tell that it is mended, and that it stays so? -->
    "#);
    let id = run.new_id();
    assert_snapshot!(run.replace(&id, "BL-NEW"), @r#"add bug BL-NEW "Basket: empties, after #3 clicks""#);
    assert_eq!(ranked(&repo).last(), Some(&id));
}

#[test]
fn makes_an_item_from_the_template_of_the_project() {
    let repo = shop();
    repo.write(
        ".backlog/templates/task.md",
        "---\nid:\ntitle:\n# ours\nx-team: blue\nstatus: ready\nlabels: []\n---\n\nOur words.\n",
    );
    let run = repo.run(&["new", "task", "Write it down", "-f", "value=3", "-f", "labels+=a,b"]);
    assert_snapshot!(made(&repo, &run), @"
    .backlog/items/BL-NEW-write-it-down.md
    ---
    id: BL-NEW
    title: Write it down
    type: task
    # ours
    x-team: blue
    status: ready
    created: 2026-11-25
    rank: KEY
    value: 3
    labels: [a, b]
    ---

    Our words.
    ");
}

#[test]
fn puts_it_where_it_is_wanted() {
    for (place, at) in
        [(&["--top"][..], 0), (&["--after", "7k3"], 1), (&["--before", "7kx"], 2), (&[], 3)]
    {
        let repo = shop();
        let run = repo.run(&[&["new", "story", "New"], place].concat());
        assert_eq!(ranked(&repo)[at], run.new_id(), "{place:?}");
        assert_eq!(repo.git(&["diff", "--stat"]), "", "{place:?}");
    }
}

#[test]
fn reads_the_body_from_standard_input() {
    let repo = shop();
    let run = repo.run_with(
        &["new", "story", "Gift cards", "-"],
        "As a guest …\r\n\r\n## Acceptance criteria\n\n- [ ] x",
    );
    assert_snapshot!(made(&repo, &run), @"
    .backlog/items/BL-NEW-gift-cards.md
    ---
    id: BL-NEW
    title: Gift cards
    type: story
    status: proposed
    created: 2026-11-25
    rank: KEY
    depends_on: []
    ---

    As a guest …

    ## Acceptance criteria

    - [ ] x
    ");
    let run = repo.run_with(&["new", "story", "Nothing said", "-"], "");
    assert!(made(&repo, &run).ends_with("---\n"), "{}", made(&repo, &run));
    let large = "x".repeat(1 << 20) + "x";
    assert_snapshot!(repo.run_with(&["new", "story", "Large", "-"], &large), @r"
    ! error: the body is larger than 1 MiB
    = 2
    ");
    assert_snapshot!(repo.run_with(&["new", "story", "Latin", "-"], b"caf\xe9"), @r"
    ! error: the body is not UTF-8 text
    = 2
    ");
    assert_eq!(repo.git(&["status", "--porcelain", "-uall"]).lines().count(), 2);
}

#[test]
fn makes_records() {
    let repo = shop();
    for (kind, title) in [
        ("evidence", "Hosts write lists"),
        ("goal", "Households"),
        ("decision", "Charge later"),
        ("experiment", "Photos"),
        ("metric", "Boxes"),
        ("release", "Winter"),
    ] {
        let run = repo.run(&["new", kind, title]);
        assert_eq!(run.code, Some(0), "{kind}: {run}");
        let path = file(&repo, &run);
        assert!(path.starts_with(".backlog/") && !path.contains("/items/"), "{kind}: {path}");
    }
    assert_snapshot!(repo.session("
        git backlog new sprint 'Pay without an account'
        git backlog new sprint 'Pay without an account' --id 2026-25 -f start=2026-11-30 -f end=+2w
        git backlog new sprint 'Again' --id 2026-25
        git backlog new sprint 'Away' --id ../x
        git backlog new product 'Other'
    "), @r#"
    $ git backlog new sprint 'Pay without an account'
    ! error: a sprint needs an id of your choice
    ! hint: git backlog new sprint 'Pay without an account' --id pay-without-an-account
    = 2
    $ git backlog new sprint 'Pay without an account' --id 2026-25 -f start=2026-11-30 -f end=+2w
    add sprint 2026-25 "Pay without an account"
    $ git backlog new sprint 'Again' --id 2026-25
    ! error: 2026-25 is taken
    = 2
    $ git backlog new sprint 'Away' --id ../x
    ! error: '../x' is not an id
    ! hint: use letters, digits, '-', '_' and '.'
    = 2
    $ git backlog new product 'Other'
    ! error: there is one product
    ! hint: write about it in product.md: git backlog edit product
    = 2
    "#);
    assert_eq!(repo.run(&["check"]).to_string(), "15 documents checked, nothing found\n");
}

#[test]
fn commits_with_a_reason() {
    let repo = shop();
    let run = repo.run(&["new", "task", "Write it down", "-m", "Said by Tarek"]);
    let id = run.new_id();
    let message = repo.git(&["log", "-1", "--format=%B"]).replace(&id, "BL-NEW");
    assert_snapshot!(message, @r#"
    backlog: add task BL-NEW "Write it down"

    Said by Tarek

    Backlog: BL-NEW
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn shows_what_it_would_write() {
    let repo = shop();
    let run = repo.run(&["new", "task", "Write it down", "--dry-run"]);
    let lines: Vec<&str> =
        run.out.lines().filter(|line| !line.contains("BL-") && !line.contains("rank")).collect();
    assert_snapshot!(lines.join("\n"), @"
    new file mode 100644
    --- /dev/null
    @@ -0,0 +1,19 @@
    +---
    +title: Write it down
    +type: task
    +status: proposed
    +created: 2026-11-25
    +depends_on: []
    +---
    +
    +<!-- Why does it have to be done, and what happens if it is not? -->
    +
    +## Acceptance criteria
    +
    +<!-- What is true afterwards that is not true today? -->
    +
    +## Notes
    +
    +<!-- Where to begin, whom to ask. -->
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn refuses_what_makes_no_sense_and_writes_nothing() {
    let repo = shop();
    let commands = "
        git backlog new strory 'Guest checkout'
        git backlog new story ''
        git backlog new story '   '
        git backlog new story Guest checkout
        git backlog new story
        git backlog new story x --after nothing
        git backlog new story x --after d4bcg
        git backlog new story x --top --after 7k3
        git backlog new story x -f value=much
        git backlog new story x -f valeu=1
        git backlog new story x -f id=BL-22222
        git backlog new story x -f value
        git backlog new item x
        git backlog new evidence x --top
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog new strory 'Guest checkout'
    ! error: unknown type 'strory'
    ! hint: did you mean 'story'?
    = 2
    $ git backlog new story ''
    ! error: the title is empty
    = 2
    $ git backlog new story '   '
    ! error: the title is empty
    = 2
    $ git backlog new story Guest checkout
    ! error: unexpected argument 'checkout'
    ! hint: put the title in quotes; '-' alone reads the body from standard input
    = 2
    $ git backlog new story
    ! error: the following required arguments were not provided:
    !   <TITLE>
    !
    ! Usage: git backlog new <TYPE> <TITLE> [-]...
    ! hint: see what there is with -h
    = 2
    $ git backlog new story x --after nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog new story x --after d4bcg
    ! error: BL-d4bcg is done, and only open items are ranked
    ! hint: open it again with: git backlog set BL-d4bcg status=proposed
    = 2
    $ git backlog new story x --top --after 7k3
    ! error: the argument '--top' cannot be used with '--after <ID>'
    !
    ! Usage: git backlog new --top <TYPE> <TITLE> [-]...
    ! hint: see what there is with -h
    = 2
    $ git backlog new story x -f value=much
    ! error: value is a number, not 'much'
    = 2
    $ git backlog new story x -f valeu=1
    ! error: unknown item field 'valeu'
    ! hint: did you mean 'value'?
    = 2
    $ git backlog new story x -f id=BL-22222
    ! error: id is no field to set here
    ! hint: choose one with --id
    = 2
    $ git backlog new story x -f value
    ! error: 'value' is not an assignment
    ! hint: write field=value, field+=value, field-=value or field= to clear it
    = 2
    $ git backlog new item x
    ! error: unknown type 'item'
    ! hint: use one of story, bug, task, spike, epic, goal, evidence, decision and 7 more
    = 2
    $ git backlog new evidence x --top
    ! error: only items are ranked
    = 2
    ");
    for title in ["a\nb", "a\u{1b}]52;c;x\u{7}", "a\u{2028}b"] {
        let expected = "! error: a title is one line without control characters\n= 2\n";
        assert_eq!(repo.run(&["new", "story", title]).to_string(), expected, "{title:?}");
    }
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn opens_the_editor_before_it_saves() {
    let repo = shop();
    repo.write("editor", "#!/bin/sh\nprintf 'More.\\n' >> \"$1\"\n");
    let run = repo.output(
        repo.program().args(["new", "task", "Write", "--edit"]).env("GIT_EDITOR", "sh editor"),
    );
    assert!(made(&repo, &run).ends_with("More."), "{run}");
}

#[test]
fn a_file_is_named_by_the_id_and_a_plain_slug() {
    let repo = shop();
    for (title, slug) in [
        ("Überraschung für Gäste!", "ueberraschung-fuer-gaeste"),
        ("../../etc/passwd", "etc-passwd"),
        ("$(rm -rf /)", "rm-rf"),
        ("日本", ""),
    ] {
        let run = repo.run(&["new", "task", title]);
        let name = file(&repo, &run).replace(&run.new_id(), "ID");
        let expected = if slug.is_empty() {
            ".backlog/items/ID.md".to_owned()
        } else {
            format!(".backlog/items/ID-{slug}.md")
        };
        assert_eq!(name, expected, "{title}");
    }
}
