//! Pages by example, and texts that stay texts.

use proptest::prelude::*;

use super::*;
use crate::render::table;
use crate::render::{Format, Style, write};

/// The elements that a page may have, each with the attributes it may have.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "name", "content"]),
    ("title", &[]),
    ("style", &[]),
    ("body", &[]),
    ("main", &[]),
    ("h1", &["class"]),
    ("h2", &["class"]),
    ("h3", &["class"]),
    ("h4", &["class"]),
    ("h5", &["class"]),
    ("h6", &["class"]),
    ("p", &["class"]),
    ("br", &[]),
    ("hr", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("div", &["class", "role", "aria-label", "tabindex"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "class"]),
    ("td", &["class"]),
    ("pre", &[]),
    ("code", &[]),
    ("ins", &[]),
    ("del", &[]),
    ("strong", &["class"]),
    ("em", &[]),
    ("s", &[]),
    ("span", &["class", "role", "aria-label"]),
    ("bdi", &[]),
    ("section", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &["class"]),
    ("blockquote", &[]),
    ("details", &[]),
    ("summary", &[]),
];

/// Elements without an end.
const VOID: &[&str] = &["meta", "br", "hr"];

/// What is wrong with the marks of a page: an element or an attribute that no page has, an end
/// without a beginning, a heading that leaves a level out, a `<` or `&` that is neither.
fn fault(page: &str) -> Option<String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n")?.replace(STYLE, "");
    let mut open: Vec<String> = Vec::new();
    let mut level = 0;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let found = rest.split_off(at);
        let end = found.find(['>', ';']).map_or(found.len(), |at| at + 1);
        let (mark, after) = found.split_at(end);
        if mark.starts_with('&') {
            if !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(&mark) {
                return Some(format!("reference {mark}"));
            }
        } else if let Some(tag) = mark.strip_prefix("</") {
            if open.pop().as_deref() != tag.strip_suffix('>') {
                return Some(format!("end {mark}"));
            }
        } else {
            let is_policy = mark.contains("Content-Security-Policy");
            let (mark, after) = if is_policy { found.split_once('>')? } else { (mark, after) };
            let words = mark.trim_start_matches('<').trim_end_matches('>');
            let name = words.split(' ').next()?;
            let known = ELEMENTS.iter().find(|(known, _)| *known == name);
            let Some((_, attributes)) = known else { return Some(format!("element {mark}")) };
            let mut names = words.split('"').step_by(2).filter_map(|part| part.strip_suffix('='));
            if let Some(odd) = names.find(|name| {
                let name = name.trim().rsplit(' ').next().unwrap_or_default();
                !attributes.contains(&name)
            }) {
                return Some(format!("attribute {odd} in {mark}"));
            }
            if let Some(next) = name.strip_prefix('h').and_then(|it| it.parse::<usize>().ok()) {
                if next > level + 1 || (level > 0 && next == 1) {
                    return Some(format!("{name} below h{level}"));
                }
                level = next;
            }
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
            rest = after.to_owned();
            continue;
        }
        rest = after.to_owned();
    }
    open.last().map(|last| format!("no end of {last}"))
}

/// What a page holds, without what every page holds.
fn main_of(page: &str) -> &str {
    assert_eq!(fault(page), None, "{page}");
    let (_, main) = page.split_once("<main>\n").unwrap();
    main.split_once("</main>").unwrap().0
}

fn check(blocks: &[Block<'_>], expected: &str) {
    assert_eq!(main_of(&page(blocks, "T")), format!("<h1>T</h1>\n{expected}"));
}

fn check_body(body: &str, expected: &str) {
    check(&[Block::Markdown(body.into())], expected);
}

/// One of each.
fn every_block() -> Vec<Block<'static>> {
    let mut table = Table::new([
        Column::whole("#").right(),
        Column::whole("id"),
        Column::shrink("title"),
        Column::whole(""),
    ]);
    table.push(["9".into(), Cell::id("BL-7k3qd"), "Guests & <others>".into(), "x".into()]);
    table.push(["10".into(), Cell::id("BL-9qqrt"), Cell::new("late", Tone::Bad)]);
    let title = Line::from(Cell::id("BL-7k3qd")).then("  ").then(Cell::strong("Guest checkout"));
    let patch = ["--- a/x", "+++ b/x", "@@ -1 +1 @@", " same", "-old\t<b>", "", "+new", "--- x"];
    let entry = Line::from(Cell::id("BL-7k3qd")).then(" ").then("הזמנה").then(Cell::dim(" (mira)"));
    vec![
        Block::heading(1, title),
        Block::Fields(vec![
            ("status".into(), Cell::new("done", Tone::Good).into()),
            ("due".into(), Line::default()),
        ]),
        Block::Blank,
        Block::text(
            Line::from("All tones: ")
                .then(Cell::dim("dim "))
                .then(Cell::new("good ", Tone::Good))
                .then(Cell::new("warn ", Tone::Warn))
                .then(Cell::new("bad ", Tone::Bad))
                .then(Cell::new("removed ", Tone::Removed))
                .then(Cell::strong("strong "))
                .then(Cell::new("emphasis ", Tone::Emphasis))
                .then(Cell::new("struck ", Tone::Struck))
                .then(Cell::new("code", Tone::Code)),
        ),
        Block::Table(table),
        Block::heading(2, Line::from("What ").then(Cell::strong("changed"))),
        Block::Code { language: "diff", lines: patch.map(Line::from).to_vec() },
        Block::Code { language: "", lines: vec![Line::from("a: ").then(Cell::strong("b"))] },
        Block::Folded {
            summary: Line::from("More"),
            blocks: vec![Block::heading(4, "Deep"), Block::text("Folded away")],
        },
        Block::Lanes(vec![
            Lane {
                title: Line::from(Cell::strong("ready")).then(Cell::dim(" 2")),
                entries: vec![entry, Cell::dim("and 1 more").into()],
            },
            Lane { title: "review".into(), entries: Vec::new() },
        ]),
        Block::Footer("2 items".into()),
    ]
}

#[test]
fn is_whole_and_loads_nothing() {
    let page = page(&every_block(), "unused");
    assert_eq!(fault(&page), None);
    insta::assert_snapshot!(page.replace(STYLE, "[style]\n"), @r#"
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="git-backlog">
    <title>BL-7k3qd Guest checkout</title>
    <style>
    [style]
    </style>
    </head>
    <body>
    <main>
    <h1 class="of-id"><span class="id">BL-7k3qd</span>  Guest checkout</h1>
    <dl>
    <dt>status</dt>
    <dd><span class="good">done</span></dd>
    <dt>due</dt>
    <dd></dd>
    </dl>
    <p>All tones: <span class="dim">dim </span><span class="good">good </span><span class="warn">warn </span><strong class="bad">bad </strong><del>removed </del><strong>strong </strong><em>emphasis </em><s>struck </s><code>code</code></p>
    <div class="wide" role="group" aria-label="Table" tabindex="0">
    <table>
    <thead>
    <tr><th scope="col" class="number">#</th><th scope="col">id</th><th scope="col">title</th><td></td></tr>
    </thead>
    <tbody>
    <tr><td class="number">9</td><td class="whole"><span class="id">BL-7k3qd</span></td><td>Guests &amp; &lt;others&gt;</td><td class="whole">x</td></tr>
    <tr><td class="number">10</td><td class="whole"><span class="id">BL-9qqrt</span></td><td><strong class="bad">late</strong></td><td class="whole"></td></tr>
    </tbody>
    </table>
    </div>
    <h2>What changed</h2>
    <pre><code><strong>--- a/x
    </strong><strong>+++ b/x
    </strong><span class="dim">@@ -1 +1 @@
    </span> same
    <del>-old    &lt;b&gt;
    </del>
    <ins>+new
    </ins><del>--- x
    </del></code></pre>
    <pre><code>a: <strong>b</strong>
    </code></pre>
    <details>
    <summary>More</summary>
    <h3>Deep</h3>
    <p>Folded away</p>
    </details>
    <div class="lanes">
    <section>
    <h2>ready<span class="dim"> 2</span></h2>
    <ul>
    <li><span class="id">BL-7k3qd</span> <bdi>הזמנה</bdi><span class="dim"> (mira)</span></li>
    <li class="rest"><span class="dim">and 1 more</span></li>
    </ul>
    </section>
    <section>
    <h2>review</h2>
    </section>
    </div>
    <p class="footer">2 items</p>
    </main>
    </body>
    </html>
    "#);
    assert!(!STYLE.contains('<') && !STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn keeps_the_structure_of_a_body() {
    let body = "### Acceptance criteria\n\n- [ ] one\n  more\n- [x] two ^ac-k3\n\n  3. a\n\n     b\n\n> quoted *text*\n\
                > - b\n\n```diff\n-a\n+b\n```\n\n| a | b |\n|--|--:|\n| `x` | **2** |\n\n---\n\n# Notes\n\n##\n\n#### Deeper\n\nend  \nof it\n";
    insta::assert_snapshot!(main_of(&page(&[Block::Markdown(body.into())], "T")), @r#"
    <h1>T</h1>
    <h2>Acceptance criteria</h2>
    <ul>
    <li class="task"><span class="tick" role="img" aria-label="not ticked">[ ]</span> <p>one more</p>
    </li>
    <li class="task"><span class="tick on" role="img" aria-label="ticked">[x]</span> <p>two<span class="dim"> ^ac-k3</span></p>
    <ol start="3">
    <li><p>a</p>
    <p>b</p>
    </li>
    </ol>
    </li>
    </ul>
    <blockquote>
    <p>quoted <em>text</em></p>
    <ul>
    <li>b</li>
    </ul>
    </blockquote>
    <pre><code><del>-a
    </del><ins>+b
    </ins></code></pre>
    <div class="wide" role="group" aria-label="Table" tabindex="0">
    <table>
    <thead>
    <tr><th scope="col">a</th><th scope="col" class="number">b</th></tr>
    </thead>
    <tbody>
    <tr><td><code>x</code></td><td class="number"><strong>2</strong></td></tr>
    </tbody>
    </table>
    </div>
    <hr>
    <h2>Notes</h2>
    <h3>Deeper</h3>
    <p>end<br>
    of it</p>
    "#);
}

#[test]
fn has_one_title_and_no_gap_below_it() {
    let levels = |blocks: &[Block<'_>]| {
        let page = page(blocks, "T");
        let marks = main_of(&page).split("<h").skip(1);
        marks.map(|mark| mark[..1].to_owned()).collect::<Vec<_>>().join("")
    };
    let body = || Block::Markdown("## a\n\n#### b\n\n### c\n\n# d\n\n###### e".into());
    assert_eq!(levels(&[Block::heading(1, "a"), Block::heading(2, "b"), body()]), "1234434");
    assert_eq!(levels(&[Block::heading(1, "a"), body(), Block::heading(1, "b")]), "12344342");
    assert_eq!(levels(&[Block::heading(2, "a"), Block::heading(1, " ")]), "12");
    assert_eq!(levels(&[]), "1");
}

#[test]
fn takes_its_title_from_the_heading() {
    let title = |blocks: &[Block<'_>]| {
        let page = page(blocks, "Board");
        page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0.to_owned()
    };
    let heading = Line::from(Cell::id("BL-1")).then("  ").then(Cell::strong("</title><script>"));
    assert_eq!(title(&[Block::heading(1, heading)]), "BL-1 &lt;/title&gt;&lt;script&gt;");
    assert_eq!(title(&[Block::text("a")]), "Board");
    assert_eq!(title(&[Block::heading(1, "a"), Block::heading(1, "b")]), "Board");
}

#[test]
fn lets_no_body_act() {
    check_body(
        "[click](javascript:alert(1))",
        "<p>click<span class=\"dim\"> (javascript:alert(1))</span></p>\n",
    );
    check_body("<https://a.example>", "<p>https://a.example</p>\n");
    check_body(
        "![a](https://a.example/x.png \"t\")",
        "<p>a<span class=\"dim\"> (https://a.example/x.png)</span></p>\n",
    );
    check_body("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>\n");
    check_body("`</code>` &lt;b&gt;", "<p><code>&lt;/code&gt;</code> &lt;b&gt;</p>\n");
    check_body("```x\" onclick=\"y\n</pre>\n```", "<pre><code>&lt;/pre&gt;\n</code></pre>\n");
    check_body("a\u{202e}b\u{1b}[0m", "<p>a‹U+202E›b\\e[0m</p>\n");
}

#[test]
fn marks_where_the_other_direction_ends() {
    let line = Line::from("שלום").then(" (7)");
    check(&[Block::text(line)], "<p><bdi>שלום</bdi> (7)</p>\n");
    check(&[Block::text("שלום")], "<p>שלום</p>\n");
    check_body("שלום **x**", "<p>שלום <strong>x</strong></p>\n");
}

#[test]
fn leaves_out_what_is_empty() {
    check(&[Block::Fields(Vec::new()), Block::Table(Table::new([]))], "");
}

/// A view of one line, which a workflow runner would obey.
struct Command;

impl View for Command {
    fn blocks(&self) -> Vec<Block<'_>> {
        vec![Block::Code { language: "", lines: vec!["x".into(), "::error::y ##[z]".into()] }]
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({})
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

#[test]
fn gives_no_command_to_a_workflow_runner() {
    let style = Style { workflow: true, ..Style::default() };
    let mut out = Vec::new();
    write(&Command, Format::Html, &style, &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert_eq!(
        main_of(&page),
        "<h1>Backlog</h1>\n<pre><code>x\n: :error::y # #[z]\n</code></pre>\n"
    );
}

/// The text of a page, as somebody reads it.
fn read(page: &str) -> String {
    let mut text = String::new();
    let mut rest = main_of(page);
    while let Some((before, after)) = rest.split_once('<') {
        text += before;
        rest = after.split_once('>').unwrap().1;
    }
    let references =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    references.iter().fold(text + rest, |text, (from, to)| text.replace(from, to))
}

proptest! {
    /// Whatever a document says is text, in every place where it can stand.
    #[test]
    fn lets_no_text_act(text in "([ -~\n\t]|[<>&\"'`*_|#~\\[\\]()-]|</?[a-z]{1,4}|\u{202e}|\u{fffe}|\u{1b}|é|ש){0,60}") {
        let line = || Line::from(Cell::id(text.clone())).then(text.clone()).then(Cell::dim(text.clone()));
        let mut table = Table::new([Column::whole(text.clone()), Column::shrink(text.clone()).right()]);
        table.push([Cell::from(text.clone()), Cell::new(text.clone(), Tone::Bad)]);
        let blocks = [
            Block::heading(1, line()),
            Block::Markdown(text.as_str().into()),
            Block::heading(3, line()),
            Block::Fields(vec![(text.as_str().into(), line())]),
            Block::Table(table),
            Block::Code { language: "diff", lines: vec![line()] },
            Block::Folded { summary: line(), blocks: vec![Block::Footer(line())] },
            Block::Lanes(vec![Lane { title: line(), entries: vec![line()] }]),
        ];
        let page = page(&blocks, &text);
        prop_assert_eq!(fault(&page), None, "{}", page);
        let is_odd = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{fffe}'));
        prop_assert!(!page.contains(is_odd), "{:?}", page);
    }

    /// A page says what a terminal says.
    #[test]
    fn says_what_the_body_says(body in "[a-zé<&\"' ]{0,40}(\n\n[a-z&<]{1,10}){0,3}") {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let blocks = [Block::Markdown(body.into())];
        let terminal = table::text(&blocks, &Style::default());
        let html = read(&page(&blocks, "")).replace("\\e", "");
        prop_assert_eq!(words(&html), words(&terminal));
    }
}

/// A rule that is not closed takes all that follow with it, and nothing says so.
#[test]
fn every_rule_of_the_style_is_closed_before_the_next() {
    let mut depth = 0_usize;
    for (number, line) in STYLE.lines().enumerate() {
        let is_rule = line.ends_with('{');
        let room = if line.starts_with(' ') || line == "}" { 2 } else { 0 };
        assert!(!is_rule || depth <= room, "line {}: {line}", number + 1);
        depth += usize::from(is_rule);
        depth = depth.checked_sub(usize::from(line.trim() == "}")).expect("it closes what is open");
    }
    assert_eq!(depth, 0);
}
