//! Documents that a stranger wrote: their text reaches nobody as a command.

use insta::assert_snapshot;

use super::shop;
use crate::support::{Repo, Run};

/// A title with an escape sequence that writes to the clipboard, one that colours, a line end, a
/// bell, and letters that run the other way.
const ODD: &str = r#""a\e]52;c;eA==\a\e[31mred\nnext\r\u202Eback\u2066\x9B2J""#;

fn with_title(title: &str) -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/items/BL-bbbbb-odd.md",
        format!(
            "---\nid: BL-bbbbb\ntitle: {title}\ntype: task\nstatus: ready\nrank: mmmm\nassignee: {title}\nlabels: [{title}]\nx-own: {title}\n---\n\n\
             \u{1b}[2J body \u{202e} \u{7}\n\n::error::x\n\n##[group]x\n\n=cmd()\n\n<script>alert(1)</script>\n\n\
             ## Acceptance criteria\n\n- [ ] \u{1b}[31mred\n"
        ),
    );
    repo
}

/// The commands that show a document, and those that tell about a change of it.
const COMMANDS: &[&[&str]] = &[
    &["list"],
    &["list", "--columns", "id,title,labels,assignee,text,x_own"],
    &["list", "--format", "markdown"],
    &["list", "--format", "csv", "--columns", "id,title,text"],
    &["list", "--format", "json"],
    &["list", "--format", "jsonl"],
    &["show", "bbbbb"],
    &["show", "bbbbb", "--format", "markdown"],
    &["show", "bbbbb", "--format", "html"],
    &["show", "bbbbb", "--format", "json"],
    &["board"],
    &["value"],
    &["value", "--format", "html"],
    &["board", "--format", "markdown"],
    &["board", "--format", "html"],
    &["criteria", "bbbbb"],
    &["check"],
    &["commit", "--dry-run"],
    &["set", "bbbbb", "value=3", "--dry-run"],
    &["set", "bbbbb", "value=3"],
    &["undo"],
    &["show", "bb", "7k3qd", "nothing"],
    &["list", "title~\u{1b}[31m"],
];

/// Whether a terminal would take a character for more than a letter.
fn is_odd(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

fn text_of(run: &Run) -> String {
    format!("{}{}", run.out, run.err)
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let repo = with_title(ODD);
    for command in COMMANDS {
        let run = repo.run(command);
        let text = text_of(&run);
        let found = text.find(is_odd).map(|at| text[at..].chars().take(20).collect::<String>());
        assert_eq!(found, None, "{command:?}: {run}");
    }
    assert_snapshot!(repo.session("git backlog list status=ready --columns id,title"), @r"
    $ git backlog list status=ready --columns id,title
    id        title
    BL-7k3qd  Guest checkout
    BL-bbbbb  a\e]52;c;eA==\x07\e[31mred next\x0d‹U+202E›back‹U+2066›‹U+009B›2J
    2 items
    ");
}

#[test]
fn json_holds_every_character() {
    let repo = with_title(ODD);
    let document = repo.run(&["show", "bbbbb", "--format", "json"]).json()["documents"][0].clone();
    assert_eq!(
        document["title"],
        "a\u{1b}]52;c;eA==\u{7}\u{1b}[31mred\nnext\r\u{202e}back\u{2066}\u{9b}2J"
    );
    assert!(document["body"].as_str().unwrap().contains("\u{1b}[2J body \u{202e}"));
}

#[test]
fn a_commit_message_is_plain_and_has_the_trailers_that_are_meant() {
    let repo = with_title(r#""x\n\nSigned-off-by: Mallory\e[31m""#);
    let run = repo.run(&["commit", "-m", "Why"]);
    assert_eq!(run.code, Some(0), "{run}");
    let message = repo.git(&["log", "-1", "--format=%B"]);
    assert!(!message.contains('\u{1b}'), "{message:?}");
    assert_eq!(repo.git(&["log", "-1", "--format=%(trailers:key=Signed-off-by)"]), "");
    assert_eq!(
        repo.git(&["log", "-1", "--format=%(trailers:key=Backlog,valueonly)"]).trim(),
        "BL-bbbbb"
    );
}

#[test]
fn no_line_is_a_command_of_a_workflow_runner() {
    let repo = with_title("'::error file=x::y'");
    let titles = ["'##[error]y'", r#""x\n::stop-commands::y""#, "'  ::error::z'"];
    for (title, id) in titles.into_iter().zip(["22222", "33333", "44444"]) {
        let fields =
            format!("type: task\nstatus: ready\nrank: mmmm\nassignee: {title}\nx-own: {title}\n");
        let text = format!("---\nid: BL-{id}\ntitle: {title}\n{fields}---\n");
        repo.write(&format!(".backlog/items/BL-{id}.md"), text);
    }
    for command in COMMANDS {
        for variable in ["GITHUB_ACTIONS", "TF_BUILD"] {
            let run = repo.output(repo.program().args(*command).env(variable, "true"));
            let text = text_of(&run);
            // A runner looks for `::` at the start of a line, and for `##[` anywhere.
            let is_obeyed =
                |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
            assert_eq!(text.lines().find(is_obeyed), None, "{command:?}: {run}");
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let columns = "id,title,assignee,labels,text";
    for title in ["=cmd()", "+1x", "'-1+1'", "'@SUM(A1)'", r#""\t=1""#, "'  =1'"] {
        let repo = with_title(title);
        let rows = repo.run(&["list", "--columns", columns, "--format", "csv"]).csv();
        assert_eq!(rows.len(), 5);
        for cell in rows.iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{title}: {cell:?}");
        }
    }
}

#[test]
fn markdown_is_text_where_it_is_a_title() {
    let repo = with_title("'a | b [x](javascript:y) <img src=x onerror=y> @everyone #1 `c` *d*'");
    assert_snapshot!(repo.session("git backlog list --where title~onerror --columns id,title --format markdown"), @r"
    $ git backlog list --where title~onerror --columns id,title --format markdown
    | id | title |
    | --- | --- |
    | BL-bbbbb | a \| b \[x\](javascript:y) &lt;img src=x onerror=y&gt; @&#8203;everyone #&#8203;1 \`c\` \*d\* |
    ");
}

#[test]
fn a_page_runs_and_loads_nothing() {
    let repo = with_title(
        r#"'"></title></style><script>x</script> <img src=https://a.example/x onerror=y> [z](javascript:z) --><!--'"#,
    );
    for command in [&["show", "bbbbb"][..], &["board"], &["show", "bbbbb", "7k3qd"]] {
        let page = repo.run(&[command, &["--format", "html"]].concat());
        assert_eq!(page.code, Some(0), "{page}");
        assert!(page.out.contains("&lt;script&gt;x&lt;/script&gt;"), "{page}");
        assert!(page.out.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        for mark in ["<script", "<img", "<a>", "<link", "<iframe", "<!--", "src=\""] {
            assert!(!page.out.contains(mark), "{mark}: {page}");
        }
        // A link leads to a document of the backlog and nowhere else.
        let ours = page.out.matches("<a href=\".backlog/").count();
        let links = ["<a ", "href="].map(|mark| page.out.matches(mark).count());
        assert_eq!(links, [ours, ours], "{page}");
        assert_eq!(page.out.matches("</style>").count(), 1, "{page}");
        assert_eq!(page.out.matches("</title>").count(), 1, "{page}");
    }
}

#[test]
fn an_id_in_a_file_is_text_like_any_other() {
    let repo = shop();
    for id in [
        r#""BL-\e[31mx""#,
        "'../../x'",
        "'-rf'",
        r#""a\nb""#,
        "'::error::'",
        "[a, b]",
        "{a: b}",
        "",
        "12",
        "BL-ccccc",
    ] {
        repo.write(
            ".backlog/items/BL-bbbbb-odd.md",
            format!("---\nid: {id}\ntitle: x\ntype: task\nstatus: ready\nrank: mmmm\n---\n"),
        );
        let check = repo.run(&["check"]);
        assert_eq!(check.code, Some(1), "{id}: {check}");
        let list = repo.run(&["list"]);
        assert!(list.code == Some(0) && list.out.contains("BL-7k3qd"), "{id}: {list}");
        assert!(
            !text_of(&list).contains(is_odd) && !text_of(&check).contains(is_odd),
            "{id}: {list}"
        );
    }
}
