//! Files of a backlog that cannot be read: told with a place, never written to, never in the way of
//! the others.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, document, listed, shop};
use crate::support::{Repo, has, link, pipe, skip};

/// The file of the item that is broken.
const BROKEN: &str = ".backlog/items/BL-bbbbb-broken.md";

/// The longest that a command may take over any file, in a build without optimisation and on a
/// machine with other work. What grows with the square of a file takes minutes.
const LONGEST: Duration = Duration::from_secs(3);

/// Asserts that a command that lists shows the others and tells of the broken file, that `check`
/// fails there, and that a command that writes refuses. Returns what `check` says.
fn check_told(repo: &Repo, message: &str) -> String {
    let start = Instant::now();
    let list = repo.run(&["list"]);
    assert!(start.elapsed() < LONGEST, "{:?}: {message}", start.elapsed());
    assert!(list.code == Some(0) && list.out.contains("BL-7k3qd"), "{list}");
    let warning = list.err.lines().find(|line| line.contains("BL-bbbbb-broken.md"));
    assert!(warning.is_some_and(|line| line.contains(message)), "{message:?} is not in {list}");
    for arguments in [&["set", "bbbbb", "value=1"][..], &["criteria", "BL-bbbbb", "add", "x"]] {
        let run = repo.run(arguments);
        assert!(run.code == Some(1) && run.err.contains(message), "{arguments:?}: {run}");
    }
    // The others can be changed as ever.
    assert_eq!(
        repo.run(&["set", "7k3qd", "value=13", "effort=5", "value=8", "effort=3"]).code,
        Some(0)
    );
    let check = repo.run(&["check", "--format", "jsonl"]);
    assert_eq!(check.code, Some(1), "{check}");
    let finding = check.out.lines().find(|line| line.contains("BL-bbbbb-broken.md"));
    finding.unwrap_or_else(|| panic!("nothing is found: {check}")).to_owned()
}

fn check(repo: &Repo, text: impl AsRef<[u8]>, place: &str, message: &str) {
    repo.write(BROKEN, text.as_ref());
    let finding: serde_json::Value = serde_json::from_str(&check_told(repo, message)).unwrap();
    assert_eq!(format!("{}:{}", finding["line"], finding["column"]), place, "{finding}");
    assert!(fs::read(repo.path(BROKEN)).unwrap() == text.as_ref(), "the file was written to");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn front_matter_that_is_none() {
    let repo = shop();
    check(&repo, "", "1:1", "the file is empty");
    check(&repo, "# Only text\n", "1:1", "front matter");
    check(&repo, "---\nid: BL-bbbbb\ntitle: x\n", "1:1", "is not closed");
    check(&repo, "---\n- a\n---\n", "2:1", "");
    check(&repo, "---\nid: BL-bbbbb\ntitle: x\n  y: z\n---\n", "4:4", "");
    check(&repo, "---\nid: BL-bbbbb\n\ttitle: x\n---\n", "2:5", "tab");
    check(&repo, "---\nid: BL-bbbbb\ntitle: 'x\n---\n", "3:8", "");
}

#[test]
fn yaml_that_a_backlog_does_not_use() {
    let repo = shop();
    check(
        &repo,
        "---\nid: BL-bbbbb\ntitle: x\nid: BL-bbbbb\n---\n",
        "4:1",
        "duplicate key 'id', first at line 2",
    );
    check(&repo, "---\nid: BL-bbbbb\ntitle: &a x\n---\n", "3:11", "anchor");
    check(&repo, "---\nid: BL-bbbbb\ntitle: *a\n---\n", "3:8", "alias");
    check(&repo, "---\nid: BL-bbbbb\ntitle: !!str x\n---\n", "3:14", "tag");
    check(&repo, "---\nid: BL-bbbbb\n<<: {a: b}\n---\n", "3:1", "merge key");
    check(&repo, "---\n%YAML 1.2\n---\nid: BL-bbbbb\n---\n", "2:1", "directive");
}

#[test]
fn bombs() {
    let repo = shop();
    let laughs: String = (1..10)
        .map(|n| {
            format!("a{n}: &a{n} [*a{0},*a{0},*a{0},*a{0},*a{0},*a{0},*a{0},*a{0},*a{0}]\n", n - 1)
        })
        .collect();
    check(&repo, format!("---\nid: BL-bbbbb\na0: &a0 x\n{laughs}---\n"), "3:9", "anchor");
    check(
        &repo,
        format!("---\nid: BL-bbbbb\na: {}\n---\n", "[".repeat(200_000)),
        "2:1",
        "the front matter is",
    );
    check(
        &repo,
        format!("---\nid: BL-bbbbb\na: {}{}\n---\n", "[".repeat(100), "]".repeat(100)),
        "3:36",
        "deep",
    );
    let keys: String = (0..200_000).map(|n| format!("k{n}: 1\n")).collect();
    check(&repo, format!("---\nid: BL-bbbbb\n{keys}---\n"), "1:1", "limit");
    check(
        &repo,
        format!("---\nid: BL-bbbbb\ntitle: x\n---\n{}", "x".repeat(1 << 20)),
        "1:1",
        "limit is 1 MiB",
    );
}

#[test]
fn a_file_larger_than_memory_is_not_read() {
    let repo = shop();
    let file = fs::File::create(repo.path(BROKEN)).unwrap();
    file.set_len(2 << 30).unwrap();
    check_told(&repo, "the document is 2.1 GB; the limit is 1 MiB");
}

#[test]
fn bodies_that_would_take_a_reader_for_ever_do_not() {
    let repo = shop();
    let head = "---\nid: BL-bbbbb\ntitle: x\ntype: task\nstatus: ready\nrank: mmmm\n---\n\n## Acceptance criteria\n\n";
    for body in [
        "[".repeat(100_000),
        "> ".repeat(50_000),
        "*a_ ".repeat(30_000),
        "`".repeat(100_000),
        "- [ ] x\n".repeat(20_000),
        "- ".repeat(20_000),
        "<!--".repeat(30_000),
        "|".repeat(60_000),
        "[a](".repeat(30_000),
        "#".repeat(100_000),
    ] {
        repo.write(BROKEN, format!("{head}{body}\n"));
        for arguments in [&["list"][..], &["show", "bbbbb"], &["check"]] {
            let start = Instant::now();
            let run = repo.run(arguments);
            assert!(
                matches!(run.code, Some(0 | 1)),
                "{arguments:?} {:?}: {:?}",
                &body[..8],
                run.code
            );
            assert!(
                start.elapsed() < LONGEST,
                "{arguments:?} {:?}: {:?}",
                &body[..8],
                start.elapsed()
            );
        }
    }
}

#[test]
fn conflict_markers() {
    let repo = shop();
    let text = "---\nid: BL-bbbbb\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> other\n---\n";
    check(&repo, text, "3:1", "");
    let text = "---\nid: BL-bbbbb\ntitle: a\n---\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n";
    check(&repo, text, "6:1", "");
}

#[test]
fn bytes_that_are_no_text() {
    let repo = shop();
    let utf16: Vec<u8> = "---\nid: BL-bbbbb\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&repo, [&b"\xff\xfe"[..], &utf16].concat(), "1:1", "byte 0xFF is not UTF-8");
    check(&repo, b"---\nid: BL-bbbbb\ntitle: caf\xe9\n---\n", "3:11", "byte 0xE9 is not UTF-8");
    check(&repo, b"---\nid: BL-bbbbb\ntitle: a\0b\n---\n", "3:9", "byte 0x00 is not text");
}

#[test]
fn what_is_no_file() {
    let repo = shop();
    repo.write("secret", CHECKOUT_TEXT.replace("7k3qd", "bbbbb"));
    link("../../secret", repo.path(BROKEN));
    check_told(&repo, "symbolic link");
    fs::remove_file(repo.path(BROKEN)).unwrap();
    link("/dev/zero", repo.path(BROKEN));
    check_told(&repo, "symbolic link");
    fs::remove_file(repo.path(BROKEN)).unwrap();
    pipe(&repo.path(BROKEN));
    check_told(&repo, "a pipe, socket or device");
    fs::remove_file(repo.path(BROKEN)).unwrap();
    fs::create_dir(repo.path(BROKEN)).unwrap();
    check_told(&repo, "a folder where a file belongs");
    fs::remove_dir(repo.path(BROKEN)).unwrap();
    assert_eq!(listed(&repo).len(), 5);
}

#[test]
fn a_file_that_may_not_be_read() {
    let repo = shop();
    repo.write(BROKEN, "");
    fs::set_permissions(repo.path(BROKEN), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(repo.path(BROKEN)).is_ok() {
        return skip("root may read every file");
    }
    check_told(&repo, "permission denied");
}

#[test]
fn a_name_that_is_not_the_id() {
    let repo = shop();
    document(&repo, "items/BL-bbbbb-another", "type: task\nstatus: ready\nrank: mmmm\n");
    let text = repo.read(".backlog/items/BL-bbbbb-another.md");
    fs::rename(
        repo.path(".backlog/items/BL-bbbbb-another.md"),
        repo.path(".backlog/items/BL-ccccc-another.md"),
    )
    .unwrap();
    assert_snapshot!(repo.session("
        git backlog check
        git backlog list --where title=Another --columns id,title
        git backlog show ccccc
    "), @r"
    $ git backlog check
    .backlog/items/BL-ccccc-another.md:2:5: error[ID001]: id is BL-bbbbb, but the file name says BL-ccccc

    9 documents checked: 1 error, 0 warnings
    = 1
    $ git backlog list --where title=Another --columns id,title
    id        title
    BL-bbbbb  Another
    1 item
    $ git backlog show ccccc
    ! error: no document with id 'ccccc'
    ! hint: see the ids with: git backlog list --all
    = 2
    ");
    assert_eq!(repo.read(".backlog/items/BL-ccccc-another.md"), text);
}

#[test]
fn two_documents_with_one_id() {
    let repo = shop();
    document(&repo, "items/BL-7k3qd-another", "type: task\nstatus: ready\nrank: mmmm\n");
    assert_snapshot!(repo.session("
        git backlog check
        git backlog list --columns id,title
        git backlog set 7k3qd value=1
        git backlog set BL-7k3qd value=1
        git backlog rank 7k3qd --bottom
        git backlog rank 9q --before 7k3qd
        git backlog edit 7k3qd
        git backlog criteria BL-7k3qd check 1
    "), @r"
    $ git backlog check
    .backlog/items/BL-7k3qd-another.md:2:5: error[ID002]: BL-7k3qd is also the id of items/BL-7k3qd-guest-checkout.md
        give one of them a new id and file name, and mend the links to it
    .backlog/items/BL-7k3qd-guest-checkout.md:2:5: error[ID002]: BL-7k3qd is also the id of items/BL-7k3qd-another.md
        give one of them a new id and file name, and mend the links to it

    9 documents checked: 2 errors, 0 warnings
    = 1
    $ git backlog list --columns id,title
    id        title
    BL-7k3qd  Guest checkout
    BL-9qqrt  Orders belong to an address
    BL-7kxxm  Basket is empty after login
    BL-7k3qd  Another
    4 items; 2 done or dropped (--all shows them)
    $ git backlog set 7k3qd value=1
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    $ git backlog set BL-7k3qd value=1
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    $ git backlog rank 7k3qd --bottom
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    $ git backlog rank 9q --before 7k3qd
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    $ git backlog edit 7k3qd
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    $ git backlog criteria BL-7k3qd check 1
    ! error: BL-7k3qd is the id of 2 documents: items/BL-7k3qd-guest-checkout.md, items/BL-7k3qd-another.md
    ! hint: give one of them another id and file name first
    = 1
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn values_that_do_not_fit_leave_the_item_usable() {
    let repo = shop();
    repo.write(
        CHECKOUT,
        CHECKOUT_TEXT
            .replace("status: ready", "status: no")
            .replace("value: 8", "value: 1e3x")
            .replace("rank: mbcd", "rank: 123"),
    );
    assert_snapshot!(repo.session("
        git backlog list --all --columns id,status,value
        git backlog check
        git backlog set 7k3qd status=ready value=8
        git backlog rank 7k3qd --top
    "), @r#"
    $ git backlog list --all --columns id,status,value
    id        status       value
    BL-9qqrt  in-progress      5
    BL-7kxxm  proposed
    BL-7k3qd  no            1e3x
    BL-d4bcg  done             3
    BL-x2ttv  rejected
    5 items
    $ git backlog check
    .backlog/items/BL-7k3qd-guest-checkout.md:5:9: error[FM012]: unknown status 'no'
        use one of proposed, ready, in-progress, review, done, rejected
    .backlog/items/BL-7k3qd-guest-checkout.md:7:7: error[RK001]: '123' is not a rank key
        give it a place: git backlog rank BL-7k3qd --bottom
    .backlog/items/BL-7k3qd-guest-checkout.md:10:8: error[FM011]: value: '1e3x' is not a number

    8 documents checked: 3 errors, 0 warnings
    = 1
    $ git backlog set 7k3qd status=ready value=8
    set BL-7k3qd status no → ready "Guest checkout"
    set BL-7k3qd value 1e3x → 8 "Guest checkout"
    $ git backlog rank 7k3qd --top
    rank BL-7k3qd 3 → 1 "Guest checkout"
    "#);
    let settled = repo.read(CHECKOUT);
    let rank = settled.lines().find(|line| line.starts_with("rank: ")).unwrap();
    assert_eq!(settled, CHECKOUT_TEXT.replace("rank: mbcd", rank));
}

#[test]
fn endings_that_are_kept_are_no_findings() {
    let repo = shop();
    for text in [
        CHECKOUT_TEXT.replace('\n', "\r\n"),
        format!("\u{feff}{CHECKOUT_TEXT}"),
        CHECKOUT_TEXT.trim_end().to_owned(),
        CHECKOUT_TEXT.replacen('\n', "\r\n", 20),
    ] {
        repo.write(CHECKOUT, &text);
        assert_eq!(repo.run(&["check"]).code, Some(0));
        assert_eq!(repo.run(&["criteria", "7k3qd", "check", "1"]).code, Some(0));
        assert_eq!(repo.read(CHECKOUT), text.replacen("- [ ] A guest", "- [x] A guest", 1));
    }
}

#[test]
fn copies_that_other_programs_leave_are_no_documents() {
    let repo = shop();
    let before = listed(&repo);
    let name = CHECKOUT.strip_suffix(".md").unwrap();
    for copy in [
        format!("{CHECKOUT}~"),
        format!("{CHECKOUT}.orig"),
        format!("{CHECKOUT}.rej"),
        format!("{name} (conflicted copy).md"),
        format!("{name}.sync-conflict-20261101-120000.md"),
        ".backlog/items/.DS_Store".to_owned(),
        ".backlog/items/.BL-7k3qd.md.swp".to_owned(),
        ".backlog/items/#BL-7k3qd.md#".to_owned(),
    ] {
        repo.write(&copy, CHECKOUT_TEXT);
    }
    assert_eq!(listed(&repo), before);
    assert_eq!(repo.run(&["check"]).code, Some(0));
    assert_eq!(repo.run(&["set", "BL-7k3qd", "value=1"]).code, Some(0));
}

#[test]
fn links_in_a_circle_end() {
    let repo = shop();
    for (id, other) in [("22222", "33333"), ("33333", "22222"), ("44444", "44444")] {
        let links = format!(
            "type: epic\nstatus: ready\nrank: mmmm\nparent: BL-{other}\ndepends_on: [BL-{other}]\n"
        );
        document(&repo, &format!("items/BL-{id}-circle"), &links);
    }
    for arguments in [
        &["list"][..],
        &["show", "22222"],
        &["show", "44444"],
        &["board"],
        &["value"],
        &["rank", "22222", "--top"],
        &["list", "blocked=yes"],
    ] {
        let start = Instant::now();
        assert_eq!(repo.run(arguments).code, Some(0), "{arguments:?}");
        assert!(start.elapsed() < LONGEST);
    }
}

#[test]
fn a_clock_that_is_far_off_changes_nothing() {
    let repo = shop();
    for day in ["1970-01-01", "2082-12-31", "soon"] {
        let run = repo.output(repo.program().args(["list"]).env("GIT_BACKLOG_TODAY", day));
        assert_eq!(run.out, repo.run(&["list"]).out);
    }
    if has("faketime") {
        let run = repo.output(repo.command("faketime").args([
            "1970-01-02",
            crate::support::PROGRAM,
            "new",
            "task",
            "x",
        ]));
        assert_eq!(run.code, Some(0), "{run}");
    }
}
