//! `check --format` on documents whose words try to be more than words.

use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::check_formats::{FORMATS, sarif, shop};
use super::document;
use crate::support::Repo;

/// A document whose words try to be more than words, wherever a finding quotes them.
fn hostile_shop() -> Repo {
    let repo = shop();
    let words = r#""::error::x ##[error]y\n::warning::z\r ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07\u202E\uFFFE %0A,:\"'|""#;
    repo.write(
        ".backlog/items/BL-22222-a,b;c=%0A::d <e>&f.md",
        format!("---\nid: BL-22222\ntitle: {words}\ntype: {words}\nstatus: {words}\nrank: {words}\ngoal: {words}\n{words}: 1\n---\n"),
    );
    repo
}

#[test]
fn words_of_a_document_are_words_in_every_format() {
    let repo = hostile_shop();
    for format in FORMATS {
        let run = repo.output(
            repo.program().args(["check", "--format", format]).env("GITHUB_ACTIONS", "true"),
        );
        assert_eq!(run.code, Some(1), "{format}: {run}");
        let is_odd = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert_eq!(run.out.find(is_odd), None, "{format}: {run}");
        assert!(!run.out.contains("##["), "{format}: {run}");
        let commands = run.out.lines().filter(|line| line.trim_start().starts_with("::"));
        let wanted = if format == "github" { run.out.lines().count() - 1 } else { 0 };
        assert_eq!(commands.count(), wanted, "{format}: {run}");
        let takes_html = matches!(format, "markdown" | "junit");
        assert!(!takes_html || !run.out.contains("<script"), "{format}: {run}");
    }
    sarif(&repo);
    assert_snapshot!(repo.session("git backlog check --format github"), @r#"
    $ git backlog check --format github
    ::error file=.backlog/items/BL-22222-a%2Cb;c=%250A%3A%3Ad <e>&f.md,line=4,col=7,endColumn=132,endLine=4,title=FM012 unknown-word::unknown type '::error::x # #[error]y ::warning::z\x0d ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07‹U+202E›￾ %250A,:"'|'%0Ause one of story, bug, task, spike, epic
    ::error file=.backlog/items/BL-22222-a%2Cb;c=%250A%3A%3Ad <e>&f.md,line=5,col=9,endColumn=134,endLine=5,title=FM012 unknown-word::unknown status '::error::x # #[error]y ::warning::z\x0d ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07‹U+202E›￾ %250A,:"'|'%0Ause one of proposed, ready, in-progress, review, done, rejected
    ::error file=.backlog/items/BL-22222-a%2Cb;c=%250A%3A%3Ad <e>&f.md,line=6,col=7,endColumn=132,endLine=6,title=RK001 invalid-rank::'::error::x # #[error]y ::warning::z\x0d ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07‹U+202E›￾ %250A,:"'|' is not a rank key%0Agive it a place: git backlog rank BL-22222 --bottom
    ::warning file=.backlog/items/BL-22222-a%2Cb;c=%250A%3A%3Ad <e>&f.md,line=8,col=1,endColumn=126,endLine=8,title=FM013 unknown-field::unknown field '::error::x # #[error]y ::warning::z\x0d ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07‹U+202E›￾ %250A,:"'|'%0Adeclare it under 'fields' in config.yml to use '::error::x # #[error]y ::warning::z\x0d ]]> <script>alert(1)</script> [a](javascript:b) @all \e[31m\x07‹U+202E›￾ %250A,:"'|'
    3 documents checked: 3 errors, 1 warning
    = 1
    "#);
    assert_snapshot!(repo.session("git backlog check --format junit .backlog/items"), @r#"
    $ git backlog check --format junit .backlog/items
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="git-backlog" tests="2" failures="1" errors="0" time="0">
      <testsuite name="git backlog check" tests="2" failures="1" errors="0" skipped="0" time="0">
        <testcase classname="items" name="BL-22222-a,b;c=%0A::d &lt;e&gt;&amp;f.md" time="0">
          <failure message="3 errors, the first: unknown type '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|'" type="FM012">.backlog/items/BL-22222-a,b;c=%0A::d &lt;e&gt;&amp;f.md:4:7: error[FM012]: unknown type '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|'
        use one of story, bug, task, spike, epic
    .backlog/items/BL-22222-a,b;c=%0A::d &lt;e&gt;&amp;f.md:5:9: error[FM012]: unknown status '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|'
        use one of proposed, ready, in-progress, review, done, rejected
    .backlog/items/BL-22222-a,b;c=%0A::d &lt;e&gt;&amp;f.md:6:7: error[RK001]: '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|' is not a rank key
        give it a place: git backlog rank BL-22222 --bottom</failure>
          <system-out>.backlog/items/BL-22222-a,b;c=%0A::d &lt;e&gt;&amp;f.md:8:1: warning[FM013]: unknown field '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|'
        declare it under 'fields' in config.yml to use '::error::x &#35;#[error]y ::warning::z\x0d ]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) @all \e[31m\x07‹U+202E›� %0A,:&quot;'|'</system-out>
        </testcase>
        <testcase classname="items" name="BL-7k3qd-guest-checkout.md" time="0"/>
      </testsuite>
    </testsuites>
    = 1
    "#);
}

#[test]
fn a_line_of_a_megabyte_is_cut() {
    let repo = shop();
    let long = "fast ".repeat(200_000);
    repo.write(
        ".backlog/items/BL-22222-long.md",
        format!("---\nid: BL-22222\ntitle: Long\ntype: task\nstatus: ready\nrank: mbgd\n---\n\n{long}[[BL-nowhere]]{long}\n").get(..1_040_000).unwrap(),
    );
    document(
        &repo,
        "items/BL-33333-long",
        &format!("type: task\nstatus: {}\nrank: mbhd\n", &long[..900_000]),
    );
    for format in FORMATS {
        let start = Instant::now();
        let run = repo.run(&["check", "--format", format]);
        assert_eq!(run.code, Some(1), "{format}");
        assert!(start.elapsed() < Duration::from_secs(20), "{format}: {:?}", start.elapsed());
    }
    let run = repo.run(&["check", "--format", "github"]);
    assert!(run.out.lines().all(|line| line.len() < 10_000));
}
