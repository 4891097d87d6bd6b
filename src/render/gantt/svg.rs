//! Plans as a vector graphic: bars from today to the days by which something is done, over months or
//! quarters.
//!
//! The parts of a bar differ by how dark they are, and marks by their form, because not everybody tells
//! colours apart. All words come from documents and are escaped.

use super::{Axis, Gantt, Row, cut};
use crate::domain::date::Date;
use crate::render::safe;

/// Where the names end, where the bars lie, and how wide all is.
const BARS: f64 = 268.0;
const RIGHT: f64 = 936.0;
const WIDTH: f64 = 960.0;

/// The heights of what stands above the rows, of a heading and of a row.
const HEAD: f64 = 62.0;
const HEADING: f64 = 30.0;
const ROW: f64 = 42.0;

/// How many columns of letters a name and a note may take: so many that a wide, bold letter fits too,
/// since what does not is cut without a sign.
const LONGEST_NAME: usize = 29;
const LONGEST_NOTE: usize = 42;

/// What a file of its own looks like; a page has these colours already.
const STYLE: &str = "\
.gantt{--paper:#ffffff;--ink:#1b1f24;--dim:#59636e;--rule:#e1e4e9;--accent:#3f5aa8;--good:#0f6a2c;--bad:#b3122b;\
font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif}
@media(prefers-color-scheme:dark){.gantt{--paper:#14171c;--ink:#e5e8ec;--dim:#a0a9b4;--rule:#2d333c;\
--accent:#9db4f5;--good:#74d08f;--bad:#ff9296}}
.gantt .paper{fill:var(--paper)}
.gantt text{fill:var(--ink)}
.gantt .dim{fill:var(--dim);font-size:11px}
.gantt .name{font-weight:600}
.gantt .grid{stroke:var(--rule)}
.gantt .today{stroke:var(--dim);stroke-dasharray:3 3}
.gantt .bar{fill:var(--accent)}
.gantt .bar-1{opacity:.6}
.gantt .bar-2{opacity:.3}
.gantt .good{fill:var(--good);stroke:var(--paper)}
.gantt .bad{fill:var(--bad);stroke:var(--paper)}
";

/// Plans as a file.
pub(in crate::render) fn document(gantt: &Gantt<'_>) -> String {
    let height = height(gantt);
    let attributes =
        format!(" xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\"");
    let style = format!(
        "<style>\n{STYLE}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    );
    drawn(gantt, &attributes, &style)
}

/// Plans as a part of a page, whose style draws them.
pub(in crate::render) fn inline(gantt: &Gantt<'_>) -> String {
    drawn(gantt, "", "")
}

fn height(gantt: &Gantt<'_>) -> f64 {
    let n_rows = gantt.rows().count() as f64;
    HEAD + HEADING * gantt.sections.len() as f64 + ROW * n_rows + 12.0
}

fn drawn(gantt: &Gantt<'_>, attributes: &str, style: &str) -> String {
    let (title, summary) = (safe::html(&gantt.title), safe::html(&gantt.summary));
    let height = height(gantt);
    let mut svg = format!(
        "<svg{attributes} class=\"gantt\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}. {summary}\">\n<title>{title}</title>\n<desc>{summary}</desc>\n{style}"
    );
    let axis = Axis::of(gantt);
    legend(&mut svg);
    grid(&axis, height, &mut svg);
    let mut y = HEAD;
    for section in &gantt.sections {
        let name = safe::html(&section.name);
        svg += &format!("<text class=\"dim\" x=\"12\" y=\"{}\">{name}</text>\n", y + 20.0);
        svg += &format!("<path class=\"grid\" d=\"M12 {}H{RIGHT}\"/>\n", y + HEADING - 2.0);
        y += HEADING;
        for row in &section.rows {
            draw(row, (&axis, gantt.today), y, &mut svg);
            y += ROW;
        }
    }
    svg += &today(&axis, gantt.today, height);
    svg += "</svg>\n";
    svg
}

/// What the parts of a bar and the marks mean.
fn legend(svg: &mut String) {
    let mut x = BARS;
    for (at, words) in ["50 %", "85 %", "95 %"].iter().enumerate() {
        svg.push_str(&format!(
            "<rect class=\"bar bar-{at}\" x=\"{x}\" y=\"10\" width=\"18\" height=\"10\"/>\n"
        ));
        svg.push_str(&format!("<text class=\"dim\" x=\"{}\" y=\"19\">{words}</text>\n", x + 23.0));
        x += 58.0;
    }
    for (form, words, room) in [
        (diamond(x + 6.0, 15.0), "wanted", 66.0),
        (triangle(x + 72.0, 15.0), "wanted, at risk", 106.0),
        (circle(x + 178.0, 15.0), "shipped", 60.0),
    ] {
        svg.push_str(&form);
        svg.push_str(&format!("<text class=\"dim\" x=\"{}\" y=\"19\">{words}</text>\n", x + 17.0));
        x += room;
    }
}

/// A line at the beginning of each month or quarter, with its name where there is room for it.
fn grid(axis: &Axis, height: f64, svg: &mut String) {
    const LETTER: f64 = 6.5;
    let ticks = axis.ticks();
    for (at, tick) in ticks.iter().enumerate() {
        let x = across(tick.share);
        let end = ticks.get(at + 1).map_or(RIGHT, |next| across(next.share));
        *svg += &format!("<path class=\"grid\" d=\"M{x} {}V{}\"/>\n", HEAD - 14.0, height - 8.0);
        if x + 3.0 + LETTER * tick.name.len() as f64 <= end {
            *svg += &format!(
                "<text class=\"dim\" x=\"{}\" y=\"{}\">{}</text>\n",
                x + 3.0,
                HEAD - 6.0,
                tick.name
            );
        }
    }
}

fn today(axis: &Axis, today: Date, height: f64) -> String {
    let x = place(axis, today);
    let anchor = if x > RIGHT - 40.0 { "end" } else { "middle" };
    format!(
        "<path class=\"today\" d=\"M{x} {}V{}\"/>\n<text class=\"dim\" x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">today</text>\n",
        HEAD - 22.0,
        height - 8.0,
        HEAD - 26.0
    )
}

fn draw(row: &Row<'_>, (axis, today): (&Axis, Date), y: f64, svg: &mut String) {
    let told = [&*row.label, &*row.note].into_iter().filter(|it| !it.is_empty());
    let told = told.collect::<Vec<_>>().join(": ");
    *svg += &format!("<g>\n<title>{}</title>\n", safe::html(&told));
    // Letters may be wider than expected; what is outside of its own picture is not drawn.
    let room = BARS - 20.0;
    *svg += &format!("<svg x=\"12\" y=\"{y}\" width=\"{room}\" height=\"{ROW}\">\n");
    let name = cut(&row.label, LONGEST_NAME);
    *svg += &format!("<text class=\"name\" y=\"16\">{}</text>\n", safe::html(&name));
    let note = cut(&row.note, LONGEST_NOTE);
    *svg += &format!("<text class=\"dim\" y=\"32\">{}</text>\n</svg>\n", safe::html(&note));
    bar(row, (axis, today), y, svg);
    if let Some(day) = row.wanted {
        let mark = if row.is_at_risk { triangle } else { diamond };
        *svg += &mark(place(axis, day), y + 19.0);
    }
    if let Some(day) = row.done {
        *svg += &circle(place(axis, day), y + 19.0);
    }
    *svg += "</g>\n";
}

fn bar(row: &Row<'_>, (axis, today): (&Axis, Date), y: f64, svg: &mut String) {
    let Some(days) = row.bar else { return };
    let mut from = place(axis, today);
    for (at, day) in days.iter().enumerate() {
        let to = day.map_or(RIGHT, |day| place(axis, day));
        let wide = round(to - from);
        if wide > 0.0 {
            *svg += &format!(
                "<rect class=\"bar bar-{at}\" x=\"{from}\" y=\"{}\" width=\"{wide}\" height=\"14\"/>\n",
                y + 12.0
            );
        }
        from = to;
    }
    let is_beyond = days.iter().any(|day| day.is_none_or(|day| axis.is_beyond(day)));
    if is_beyond {
        let (x, y) = (RIGHT, y + 19.0);
        *svg += &format!("<path class=\"bar\" d=\"M{x} {}l9 7l-9 7z\"/>\n", y - 7.0);
    }
}

fn diamond(x: f64, y: f64) -> String {
    format!("<path class=\"good\" d=\"M{x} {}l7 7l-7 7l-7 -7z\"/>\n", y - 7.0)
}

fn triangle(x: f64, y: f64) -> String {
    format!("<path class=\"bad\" d=\"M{x} {}l8 14h-16z\"/>\n", y - 8.0)
}

fn circle(x: f64, y: f64) -> String {
    format!("<circle class=\"good\" cx=\"{x}\" cy=\"{y}\" r=\"5.5\"/>\n")
}

/// Where a day lies.
fn place(axis: &Axis, day: Date) -> f64 {
    across(axis.share(day))
}

fn across(share: f64) -> f64 {
    round(BARS + (RIGHT - BARS) * share)
}

/// To a quarter of a dot.
fn round(number: f64) -> f64 {
    (number * 4.0).round() / 4.0
}

#[cfg(test)]
mod tests {
    use super::super::tests::gantt;
    use super::*;

    #[test]
    fn a_file_stands_alone_and_a_part_of_a_page_does_not() {
        let file = document(&gantt());
        assert!(file.contains("xmlns=") && file.contains("<style>"), "{file}");
        let part = inline(&gantt());
        assert!(!part.contains("xmlns=") && !part.contains("<style>"), "{part}");
        insta::assert_snapshot!(part, @r#"
        <svg class="gantt" viewBox="0 0 960 260" role="img" aria-label="Roadmap &lt;b&gt;. One is &quot;late&quot;.">
        <title>Roadmap &lt;b&gt;</title>
        <desc>One is &quot;late&quot;.</desc>
        <rect class="bar bar-0" x="268" y="10" width="18" height="10"/>
        <text class="dim" x="291" y="19">50 %</text>
        <rect class="bar bar-1" x="326" y="10" width="18" height="10"/>
        <text class="dim" x="349" y="19">85 %</text>
        <rect class="bar bar-2" x="384" y="10" width="18" height="10"/>
        <text class="dim" x="407" y="19">95 %</text>
        <path class="good" d="M448 8l7 7l-7 7l-7 -7z"/>
        <text class="dim" x="459" y="19">wanted</text>
        <path class="bad" d="M514 7l8 14h-16z"/>
        <text class="dim" x="525" y="19">wanted, at risk</text>
        <circle class="good" cx="620" cy="15" r="5.5"/>
        <text class="dim" x="631" y="19">shipped</text>
        <path class="grid" d="M268 48V252"/>
        <text class="dim" x="271" y="56">Oct 2026</text>
        <path class="grid" d="M495.5 48V252"/>
        <text class="dim" x="498.5" y="56">Nov</text>
        <path class="grid" d="M715.75 48V252"/>
        <text class="dim" x="718.75" y="56">Dec</text>
        <text class="dim" x="12" y="82">Releases</text>
        <path class="grid" d="M12 90H936"/>
        <g>
        <title>Pilot</title>
        <svg x="12" y="92" width="248" height="42">
        <text class="name" y="16">Pilot</text>
        <text class="dim" y="32"></text>
        </svg>
        <circle class="good" cx="451.5" cy="111" r="5.5"/>
        </g>
        <g>
        <title>Winter opening: 9 open, 41 %</title>
        <svg x="12" y="134" width="248" height="42">
        <text class="name" y="16">Winter opening</text>
        <text class="dim" y="32">9 open, 41 %</text>
        </svg>
        <rect class="bar bar-0" x="679" y="146" width="102.75" height="14"/>
        <rect class="bar bar-1" x="781.75" y="146" width="102.75" height="14"/>
        <rect class="bar bar-2" x="884.5" y="146" width="51.5" height="14"/>
        <path class="bar" d="M936 146l9 7l-9 7z"/>
        <path class="bad" d="M811.25 145l8 14h-16z"/>
        </g>
        <text class="dim" x="12" y="196">Goals</text>
        <path class="grid" d="M12 204H936"/>
        <g>
        <title>section &lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;: #1; %%{init}</title>
        <svg x="12" y="206" width="248" height="42">
        <text class="name" y="16">section &lt;/text&gt;&lt;script&gt;alert…</text>
        <text class="dim" y="32"></text>
        </svg>
        <rect class="bar bar-0" x="679" y="218" width="51.5" height="14"/>
        <rect class="bar bar-2" x="730.5" y="218" width="102.75" height="14"/>
        </g>
        <path class="today" d="M679 40V252"/>
        <text class="dim" x="679" y="36" text-anchor="middle">today</text>
        </svg>
        "#);
    }

    #[test]
    fn a_title_is_text_and_nothing_else() {
        let file = document(&gantt());
        assert!(!file.contains("<script") && !file.contains("<b>"), "{file}");
        let is_known = |tag: &str| {
            let known = ["circle", "desc", "g", "path", "rect", "style", "svg", "text", "title"];
            known.contains(&tag.trim_start_matches('/'))
        };
        for part in file.split('<').skip(1) {
            let tag = part.split([' ', '>', '\n']).next().unwrap().trim_end_matches('/');
            assert!(is_known(tag), "{tag}");
        }
    }

    #[test]
    fn what_nobody_can_see_ends_at_the_edge() {
        let mut gantt = gantt();
        gantt.sections.truncate(1);
        gantt.sections[0].rows[1].bar = Some([None, None, None]);
        let file = inline(&gantt);
        assert!(file.contains(&format!("M{RIGHT} ")), "{file}");
    }
}
