//! Charts as vector graphics, in a page or as a file.
//!
//! Lines differ by their dashes too, because not everybody tells colours apart; and the summary is
//! the text that is read instead of the picture.

use super::chart::{Chart, number};
use super::safe;
use crate::domain::progress::percent;

/// The size of the picture, and of the part in which the lines are.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 704.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 312.0;

/// How the lines are broken, by their place.
const DASHES: [&str; 3] = ["", " stroke-dasharray=\"8 4\"", " stroke-dasharray=\"2 4\""];

/// What a file of its own looks like; a page has these colours already.
const STYLE: &str = "\
.chart{--paper:#ffffff;--ink:#1b1f24;--dim:#59636e;--rule:#e1e4e9;--accent:#3f5aa8;--good:#0f6a2c;\
font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif}
@media(prefers-color-scheme:dark){.chart{--paper:#14171c;--ink:#e5e8ec;--dim:#a0a9b4;--rule:#2d333c;\
--accent:#9db4f5;--good:#74d08f}}
.chart text{fill:var(--dim)}
.chart .grid{stroke:var(--rule)}
.chart .paper{fill:var(--paper)}
.chart .line{fill:none;stroke-width:2.5;stroke-linejoin:round}
.chart .line-0{stroke:var(--accent)}
.chart .line-1{stroke:var(--good)}
.chart .line-2{stroke:var(--dim)}
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
        "<svg{attributes} class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}. {summary}\">\n{style}"
    );
    grid(chart, &mut svg);
    // The first line is drawn last, over all others.
    for at in (0..chart.series.len()).rev() {
        let (look, path) = (look(at), path(chart, at));
        svg += &format!("<path{look} d=\"{path}\"/>\n");
    }
    legend(chart, &mut svg);
    svg += "</svg>\n";
    svg
}

fn look(at: usize) -> String {
    let at = at.min(DASHES.len() - 1);
    format!(" class=\"line line-{at}\"{}", DASHES[at])
}

/// Lines at each quarter, with their numbers.
fn grid(chart: &Chart<'_>, svg: &mut String) {
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let (x, y) = (across(share), upwards(share));
        let below = number(chart.width() * share);
        *svg += &format!("<path class=\"grid\" d=\"M{LEFT} {y}H{RIGHT}\"/>\n");
        *svg += &format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 8.0,
            y + 4.0,
            percent(share)
        );
        let anchor = if quarter == 4 { "end" } else { "middle" };
        *svg += &format!(
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{below}</text>\n",
            BOTTOM + 18.0
        );
    }
    let name = safe::html(&format!("{}, {}", chart.x.name, chart.x.unit)).into_owned();
    *svg += &format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{name}</text>\n",
        across(0.5),
        BOTTOM + 38.0
    );
}

fn legend(chart: &Chart<'_>, svg: &mut String) {
    const SAMPLE: f64 = 26.0;
    const LETTER: f64 = 7.5;
    let y = TOP - 20.0;
    let mut x = LEFT;
    for (at, series) in chart.series.iter().enumerate() {
        let (look, name) = (look(at), safe::html(&series.name));
        *svg += &format!("<path{look} d=\"M{x} {y}h{SAMPLE}\"/>\n");
        *svg += &format!("<text x=\"{}\" y=\"{}\">{name}</text>\n", x + SAMPLE + 6.0, y + 4.0);
        x += SAMPLE + 24.0 + LETTER * series.name.chars().count() as f64;
    }
}

/// The steps of a line. Points that nobody could tell apart are one.
fn path(chart: &Chart<'_>, at: usize) -> String {
    let mut path = format!("M{LEFT} {BOTTOM}");
    let points = chart.series[at].points.iter();
    let place = |point: &(f64, f64)| {
        let x = across(point.0 / chart.width().max(f64::MIN_POSITIVE));
        let y = upwards(point.1 / chart.height().max(f64::MIN_POSITIVE));
        (round(x), round(y))
    };
    let places: Vec<(f64, f64)> = points.map(place).collect();
    for group in places.chunk_by(|a, b| a.0 == b.0) {
        let (x, y) = group[group.len() - 1];
        path += &format!("H{x}V{y}");
    }
    path
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
    use super::super::chart::tests::chart;
    use super::*;

    #[test]
    fn a_file_stands_alone_and_a_part_of_a_page_does_not() {
        insta::assert_snapshot!(document(&chart()), @r#"
        <svg xmlns="http://www.w3.org/2000/svg" width="720" height="360" class="chart" viewBox="0 0 720 360" role="img" aria-label="Value &lt;b&gt;. One is &quot;faster&quot;.">
        <style>
        .chart{--paper:#ffffff;--ink:#1b1f24;--dim:#59636e;--rule:#e1e4e9;--accent:#3f5aa8;--good:#0f6a2c;font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        @media(prefers-color-scheme:dark){.chart{--paper:#14171c;--ink:#e5e8ec;--dim:#a0a9b4;--rule:#2d333c;--accent:#9db4f5;--good:#74d08f}}
        .chart text{fill:var(--dim)}
        .chart .grid{stroke:var(--rule)}
        .chart .paper{fill:var(--paper)}
        .chart .line{fill:none;stroke-width:2.5;stroke-linejoin:round}
        .chart .line-0{stroke:var(--accent)}
        .chart .line-1{stroke:var(--good)}
        .chart .line-2{stroke:var(--dim)}
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
    fn many_points_are_no_long_path() {
        let mut chart = chart();
        chart.series[0].points = (1..=100_000).map(|n| (f64::from(n), f64::from(n))).collect();
        let path = path(&chart, 0);
        assert!(path.len() < 60_000, "{}", path.len());
        assert!(path.ends_with("H704V40"), "{}", &path[path.len() - 40..]);
    }
}
