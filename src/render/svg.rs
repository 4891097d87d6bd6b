//! Charts as vector graphics, in a page or as a file.
//!
//! Lines differ by their dashes too, because not everybody tells colours apart; and the summary is
//! the text that is read instead of the picture.

use super::chart::{Axis, Chart, Frame, Scale, Series, Shape};
use super::safe;

/// The size of the picture, and of the part in which the lines are.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 704.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 312.0;

/// How the lines are broken, by their place.
const DASHES: [&str; 4] = [
    "",
    " stroke-dasharray=\"8 4\"",
    " stroke-dasharray=\"2 4\"",
    " stroke-dasharray=\"10 3 2 3\"",
];

/// What a file of its own looks like; a page has these colours already.
const STYLE: &str = "\
.chart{--paper:#ffffff;--ink:#1b1f24;--dim:#59636e;--rule:#e1e4e9;--accent:#3f5aa8;--good:#0f6a2c;\
--warn:#7d4e00;font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif}
@media(prefers-color-scheme:dark){.chart{--paper:#14171c;--ink:#e5e8ec;--dim:#a0a9b4;--rule:#2d333c;\
--accent:#9db4f5;--good:#74d08f;--warn:#e2b554}}
.chart text{fill:var(--dim)}
.chart .grid{stroke:var(--rule)}
.chart .paper{fill:var(--paper)}
.chart .line{fill:none;stroke-width:2.5;stroke-linejoin:round}
.chart .line-0{stroke:var(--accent)}
.chart .line-1{stroke:var(--good)}
.chart .line-2{stroke:var(--dim)}
.chart .line-3{stroke:var(--warn)}
.chart .area{stroke:var(--paper);stroke-width:1}
.chart .area-0{fill:var(--accent)}
.chart .area-1{fill:var(--good)}
.chart .area-2{fill:var(--dim)}
.chart .area-3{fill:var(--warn)}
";

/// A chart as a file.
pub(super) fn document(chart: &Chart<'_>) -> String {
    let style = format!(
        "<style>\n{STYLE}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    );
    drawn(chart, " xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"360\"", &style)
}

/// A chart as a part of a page, whose style draws it.
pub(super) fn inline(chart: &Chart<'_>) -> String {
    drawn(chart, "", "")
}

fn drawn(chart: &Chart<'_>, attributes: &str, style: &str) -> String {
    let (title, summary) = (safe::html(&chart.title), safe::html(&chart.summary));
    let mut svg = format!(
        "<svg{attributes} class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}. {summary}\">\n"
    );
    svg += &format!("<title>{title}</title>\n<desc>{summary}</desc>\n{style}");
    grid(chart, &mut svg);
    let frame = chart.frame();
    let (filled, lines): (Vec<usize>, Vec<usize>) =
        (0..chart.series.len()).partition(|at| chart.series[*at].is_filled());
    for at in filled {
        svg += &format!("<path{} d=\"{}\"/>\n", look(chart, at), area(chart, at, frame));
    }
    // The first line is drawn last, over all others.
    for at in lines.into_iter().rev() {
        svg += &format!("<path{} d=\"{}\"/>\n", look(chart, at), path(chart, at, frame));
    }
    legend(chart, &mut svg);
    svg += "</svg>\n";
    svg
}

fn look(chart: &Chart<'_>, at: usize) -> String {
    let place = at.min(DASHES.len() - 1);
    match chart.series[at].is_filled() {
        true => format!(" class=\"area area-{place}\""),
        false => format!(" class=\"line line-{place}\"{}", DASHES[place]),
    }
}

/// Lines at each quarter, with their numbers.
fn grid(chart: &Chart<'_>, svg: &mut String) {
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let (x, y) = (across(share), upwards(share));
        let below = if quarter == 4 { end(chart) } else { chart.x.told(chart.width() * share) };
        *svg += &format!("<path class=\"grid\" d=\"M{LEFT} {y}H{RIGHT}\"/>\n");
        *svg += &format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 8.0,
            y + 4.0,
            chart.height_told(share)
        );
        let anchor = if quarter == 4 { "end" } else { "middle" };
        *svg += &format!(
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{below}</text>\n",
            BOTTOM + 18.0
        );
    }
    let named = |axis: &Axis<'_>| match axis.unit.is_empty() {
        true => safe::html(&axis.name).into_owned(),
        false => safe::html(&format!("{}, {}", axis.name, axis.unit)).into_owned(),
    };
    *svg += &format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
        across(0.5),
        BOTTOM + 38.0,
        named(&chart.x)
    );
    // What a share is one of stands in the title.
    if chart.y.scale != Scale::Share {
        let (x, name) = (RIGHT, named(&chart.y));
        *svg +=
            &format!("<text x=\"{x}\" y=\"{}\" text-anchor=\"end\">{name}</text>\n", TOP - 16.0);
    }
}

/// What the right end is called.
fn end(chart: &Chart<'_>) -> String {
    match chart.x.scale {
        Scale::Days(_) => chart.end(),
        Scale::Number | Scale::Share => chart.x.told(chart.width()),
    }
}

fn legend(chart: &Chart<'_>, svg: &mut String) {
    const SAMPLE: f64 = 26.0;
    const LETTER: f64 = 7.5;
    let y = TOP - 20.0;
    let mut x = LEFT;
    for (at, series) in chart.series.iter().enumerate() {
        let (look, name) = (look(chart, at), safe::html(&series.name));
        *svg += &match series.is_filled() {
            true => format!("<path{look} d=\"M{x} {}h{SAMPLE}v10h-{SAMPLE}z\"/>\n", y - 5.0),
            false => format!("<path{look} d=\"M{x} {y}h{SAMPLE}\"/>\n"),
        };
        *svg += &format!("<text x=\"{}\" y=\"{}\">{name}</text>\n", x + SAMPLE + 6.0, y + 4.0);
        x += SAMPLE + 24.0 + LETTER * series.name.chars().count() as f64;
    }
}

/// The steps of a line. Points that nobody could tell apart are one.
fn path(chart: &Chart<'_>, at: usize, frame: Frame) -> String {
    let places: Vec<(f64, f64)> =
        chart.series[at].points.iter().map(|it| place(frame, *it)).collect();
    let mut groups = places.chunk_by(|a, b| a.0 == b.0).map(|group| group[group.len() - 1]);
    let Some((x, y)) = groups.next() else { return String::new() };
    let mut path = format!("M{x} {y}");
    for (x, y) in groups {
        path += &format!("H{x}V{y}");
    }
    path
}

/// The outline of what is filled: there along its top, and back along what lies below; a bar for
/// each point.
fn area(chart: &Chart<'_>, at: usize, frame: Frame) -> String {
    let series = &chart.series[at];
    let corners: Vec<[(f64, f64); 2]> =
        series.points.iter().map(|it| edge(chart, at, it.0, frame)).collect();
    match series.shape {
        Shape::Bars(wide) => bars(series, &corners, f64::from(wide) / frame.width),
        Shape::Area | Shape::Steps => outline(&corners),
    }
}

/// The places of the lower and of the upper edge of a series at `x`.
fn edge(chart: &Chart<'_>, at: usize, x: f64, frame: Frame) -> [(f64, f64); 2] {
    let (from, to) = chart.extent(at, x).unwrap_or_default();
    [place(frame, (x, from)), place(frame, (x, to))]
}

fn outline(corners: &[[(f64, f64); 2]]) -> String {
    let Some([(x, base), (_, y)]) = corners.first() else { return String::new() };
    let mut path = format!("M{x} {base}V{y}");
    for [_, (x, y)] in &corners[1..] {
        path += &format!("L{x} {y}");
    }
    for [(x, base), _] in corners.iter().skip(1).rev() {
        path += &format!("L{x} {base}");
    }
    path + "z"
}

/// Bars that take such a share of the whole width.
fn bars(series: &Series<'_>, corners: &[[(f64, f64); 2]], share: f64) -> String {
    let wide = (RIGHT - LEFT) * share;
    // A gap that is seen, and never the whole bar.
    let (gap, bar) = (round(wide * 0.1), round(wide * 0.8));
    let mut path = String::new();
    for ([(x, base), (_, y)], point) in corners.iter().zip(&series.points) {
        if point.1 > 0.0 {
            path += &format!("M{} {base}V{y}h{bar}V{base}z", x + gap);
        }
    }
    path
}

/// Where a point is in the picture.
fn place(frame: Frame, point: (f64, f64)) -> (f64, f64) {
    (across(point.0 / frame.width), upwards(point.1 / frame.height))
}

fn across(share: f64) -> f64 {
    round(LEFT + (RIGHT - LEFT) * share)
}

fn upwards(share: f64) -> f64 {
    round(BOTTOM - (BOTTOM - TOP) * share)
}

/// To a quarter of a dot.
fn round(number: f64) -> f64 {
    (number * 4.0).round() / 4.0
}

#[cfg(test)]
mod tests {
    use super::super::chart::tests::{areas, bars, chart, falling};
    use super::*;

    #[test]
    fn a_file_stands_alone_and_a_part_of_a_page_does_not() {
        insta::assert_snapshot!(document(&chart()), @r#"
        <svg xmlns="http://www.w3.org/2000/svg" width="720" height="360" class="chart" viewBox="0 0 720 360" role="img" aria-label="Value &lt;b&gt;. One is &quot;faster&quot;.">
        <title>Value &lt;b&gt;</title>
        <desc>One is &quot;faster&quot;.</desc>
        <style>
        .chart{--paper:#ffffff;--ink:#1b1f24;--dim:#59636e;--rule:#e1e4e9;--accent:#3f5aa8;--good:#0f6a2c;--warn:#7d4e00;font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        @media(prefers-color-scheme:dark){.chart{--paper:#14171c;--ink:#e5e8ec;--dim:#a0a9b4;--rule:#2d333c;--accent:#9db4f5;--good:#74d08f;--warn:#e2b554}}
        .chart text{fill:var(--dim)}
        .chart .grid{stroke:var(--rule)}
        .chart .paper{fill:var(--paper)}
        .chart .line{fill:none;stroke-width:2.5;stroke-linejoin:round}
        .chart .line-0{stroke:var(--accent)}
        .chart .line-1{stroke:var(--good)}
        .chart .line-2{stroke:var(--dim)}
        .chart .line-3{stroke:var(--warn)}
        .chart .area{stroke:var(--paper);stroke-width:1}
        .chart .area-0{fill:var(--accent)}
        .chart .area-1{fill:var(--good)}
        .chart .area-2{fill:var(--dim)}
        .chart .area-3{fill:var(--warn)}
        </style>
        <rect class="paper" width="100%" height="100%"/>
        <path class="grid" d="M56 312H704"/>
        <text x="48" y="316" text-anchor="end">0 %</text>
        <text x="56" y="330" text-anchor="middle">0</text>
        <path class="grid" d="M56 244H704"/>
        <text x="48" y="248" text-anchor="end">25 %</text>
        <text x="218" y="330" text-anchor="middle">2</text>
        <path class="grid" d="M56 176H704"/>
        <text x="48" y="180" text-anchor="end">50 %</text>
        <text x="380" y="330" text-anchor="middle">4</text>
        <path class="grid" d="M56 108H704"/>
        <text x="48" y="112" text-anchor="end">75 %</text>
        <text x="542" y="330" text-anchor="middle">6</text>
        <path class="grid" d="M56 40H704"/>
        <text x="48" y="44" text-anchor="end">100 %</text>
        <text x="704" y="330" text-anchor="end">8</text>
        <text x="380" y="350" text-anchor="middle">effort, points</text>
        <path class="line line-1" stroke-dasharray="8 4" d="M56 312H137V176H380V74H704V40"/>
        <path class="line line-0" d="M56 312H380V278H461V142H704V40"/>
        <path class="line line-0" d="M56 20h26"/>
        <text x="88" y="24">today</text>
        <path class="line line-1" stroke-dasharray="8 4" d="M143.5 20h26"/>
        <text x="175.5" y="24">best &amp; first</text>
        </svg>
        "#);
        let inline = inline(&chart());
        assert!(!inline.contains("<style>") && !inline.contains("xmlns"), "{inline}");
    }

    #[test]
    fn what_is_filled_has_an_outline() {
        let paths = |chart: &Chart<'_>| {
            let svg = inline(chart);
            let drawn =
                svg.lines().filter(|line| line.contains("\"line ") || line.contains("\"area "));
            drawn.map(str::to_owned).collect::<Vec<_>>().join("\n")
        };
        let all = [areas(), bars(), falling()].map(|chart| paths(&chart));
        insta::assert_snapshot!(all.join("\n\n"), @r#"
        <path class="area area-0" d="M56 312V312L272 278L488 244L704 159L704 312L488 312L272 312z"/>
        <path class="area area-1" d="M56 312V295L272 244L488 193L704 125L704 159L488 244L272 278z"/>
        <path class="area area-2" d="M56 295V227L272 142L488 91L704 40L704 125L488 193L272 244z"/>
        <path class="area area-0" d="M56 15h26v10h-26z"/>
        <path class="area area-1" d="M136 15h26v10h-26z"/>
        <path class="area area-2" d="M223.5 15h26v10h-26z"/>

        <path class="area area-0" d="M66.75 312V210h86.5V312zM282.75 312V142h86.5V312zM390.75 312V278h86.5V312zM498.75 312V74h86.5V312zM606.75 312V244h86.5V312z"/>
        <path class="area area-0" d="M56 15h26v10h-26z"/>

        <path class="line line-1" stroke-dasharray="8 4" d="M56 67.25H115V89.5H173.75V111.75H232.75V134H291.75V156.25H350.5V178.5H409.5V200.75H468.25V223H527.25V245.25H586.25V267.5H645V289.75H704V312"/>
        <path class="line line-0" d="M56 67.25H173.75V108H232.75V80.75H468.25V189.5"/>
        <path class="line line-0" d="M56 20h26"/>
        <path class="line line-1" stroke-dasharray="8 4" d="M136 20h26"/>
        "#);
    }

    #[test]
    fn days_stand_below_and_the_name_of_what_is_counted_above() {
        let svg = document(&bars());
        let texts = svg.lines().filter(|line| line.starts_with("<text"));
        insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"), @r#"
        <text x="48" y="316" text-anchor="end">0</text>
        <text x="56" y="330" text-anchor="middle">2026-10-10</text>
        <text x="48" y="248" text-anchor="end">2</text>
        <text x="218" y="330" text-anchor="middle">2026-10-21</text>
        <text x="48" y="180" text-anchor="end">4</text>
        <text x="380" y="330" text-anchor="middle">2026-10-31</text>
        <text x="48" y="112" text-anchor="end">6</text>
        <text x="542" y="330" text-anchor="middle">2026-11-11</text>
        <text x="48" y="44" text-anchor="end">8</text>
        <text x="704" y="330" text-anchor="end">2026-11-20</text>
        <text x="380" y="350" text-anchor="middle">week from</text>
        <text x="704" y="24" text-anchor="end">items</text>
        <text x="88" y="24">done</text>
        "#);
    }

    #[test]
    fn many_points_are_no_long_path() {
        let mut chart = chart();
        chart.series[0].points = (1..=100_000).map(|n| (f64::from(n), f64::from(n))).collect();
        let path = path(&chart, 0, chart.frame());
        assert!(path.len() < 60_000, "{}", path.len());
        assert!(path.ends_with("H704V40"), "{}", &path[path.len() - 40..]);
    }
}
