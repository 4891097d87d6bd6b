//! Markdown by example, and bodies that read the same after the way out.

use super::*;
use crate::render::block::Column;

fn check(blocks: &[Block<'_>], expected: &str) {
    assert_eq!(text(blocks), expected);
}

fn check_body(body: &str, expected: &str) {
    check(&[Block::Markdown(body.into())], expected);
}

#[test]
fn writes_every_block() {
    let mut table = Table::new([Column::whole("#").right(), Column::shrink("title")]);
    table.push([Cell::dim("1"), "a|b\n@c".into()]);
    let lane = Lane {
        title: Line::from(Cell::strong("ready")).then(" 2"),
        entries: vec!["a".into(), "- b".into()],
    };
    let blocks = [
        Block::heading(1, Line::from(Cell::id("BL-1")).then("  ").then(Cell::strong("Title #"))),
        Block::Fields(vec![("status".into(), "ready".into()), ("note".into(), Line::from("<b>"))]),
        Block::Blank,
        Block::text(Line::from("One ").then(Cell::strong("thing ")).then("more")),
        Block::Table(table),
        Block::Code {
            language: "",
            lines: vec!["```".into(), Line::default(), "\tx\u{1b}".into()],
        },
        Block::Lanes(vec![lane]),
        Block::Footer("2 items".into()),
    ];
    insta::assert_snapshot!(text(&blocks), @r"
    # BL-1  Title \#

    - **status**: ready
    - **note**: &lt;b&gt;

    One **thing** more

    | # | title |
    | ---: | --- |
    | 1 | a\|b @&#8203;c |

    ````
    ```

        x\e
    ````

    ## ready 2

    - a
    - \- b
    ");
}

#[test]
fn keeps_the_structure_of_a_body() {
    let body = "## Acceptance criteria\n\n- [ ] one\n  more\n- [x] two ^ac-k3\n  1. a\n\n> quoted *text*\n\
                > - b\n\n```gherkin\nGiven\n\n  x\n```\n\n| a | b |\n|--|--:|\n| `x\\|y` | **2** |\n\n---\n\nend  \nof it\n";
    insta::assert_snapshot!(text(&[Block::Markdown(body.into())]), @r"
    ## Acceptance criteria

    - [ ] one more
    - [x] two ^ac-k3
      1. a

    > quoted *text*
    >
    > - b

    ```gherkin
    Given

      x
    ```

    | a | b |
    | --- | ---: |
    | `x\|y` | **2** |

    ***

    end\
    of it
    ");
}

#[test]
fn lets_no_body_act() {
    check_body(
        "Ask @mira about #1 or GH-2",
        "Ask @&#8203;mira about #1 or GH-2\n"
            .replace("#1", "#&#8203;1")
            .replace("GH-2", "GH&#8203;-2")
            .as_str(),
    );
    check_body("[click](https://a.example)", "click (https:&#8203;//a.example)\n");
    check_body("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;\n");
    check_body("a <script>b</script>", "a &lt;script&gt;b&lt;/script&gt;\n");
    check_body("/close", "\\/close\n");
    check_body("![a][b]\n\n[b]: https://a.example/x.png", "a (https:&#8203;//a.example/x.png)\n");
    check_body("`@mira`", "`@mira`\n");
}

/// What is written for a body reads as the same body, so that nothing in it got a new meaning.
#[test]
fn reads_as_what_it_was_written_from() {
    for body in [
        "a\n\n- b\n\n  c\n- d\n",
        "1. a\n   - b\n     > c\n2. d\n",
        "- [x] a\n- [ ] b\n",
        "\\# a\n\n\\- b\n\n1\\. c\n\n\\*d\\*",
        "**a** *b* ~~c~~ `` d`e ``",
        "> > a\n\n    code\n",
        "# a\\#\n\n## b #c\n\ntext\n***\n",
        "a\\\n===\n",
    ] {
        let parts = prose::parse(body);
        assert_eq!(
            format!("{:?}", prose::parse(&text(&[Block::Markdown(body.into())]))),
            format!("{parts:?}"),
            "{body}"
        );
    }
}
