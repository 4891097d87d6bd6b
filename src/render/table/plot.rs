//! Charts in letters and dots.

use super::super::block::Tone;
use super::super::chart::{Chart, number};
use super::super::page::Page;
use super::super::{safe, width};
use super::grid;

/// Narrower than this, a chart says less than its table.
const NARROWEST: usize = 56;

/// Wider than this, the eye does not follow.
const WIDEST: usize = 76;

/// How many lines a chart takes, without its axis.
const ROWS: usize = 12;

/// Room for `100 %` and the axis.
const LEFT: usize = 7;

/// Draws a chart on a terminal; a pipe, and who asks for it, gets the table.
pub(super) fn write(chart: &Chart<'_>, page: &mut Page<'_>) {
    let room = page.style.width.filter(|width| *width >= NARROWEST);
    let Some(room) = room.filter(|_| !chart.is_plain && chart.height() > 0.0) else {
        return grid::write(&chart.table(), page);
    };
    // Dots of several lines are told apart by colour alone, so without it there are letters.
    let ink = if page.style.unicode && page.style.color { Ink::Dots } else { Ink::Letters };
    let columns = room.min(WIDEST) - LEFT;
    legend(chart, ink, page);
    let canvas = Canvas::of(chart, ink, columns);
    for row in 0..ROWS {
        let label = match row {
            0 => "100 %",
            row if row == ROWS / 2 => "50 %",
            _ => "",
        };
        page.paint(
            Tone::Dim,
            &format!("{label:>5} {}", if page.style.unicode { "│" } else { "|" }),
        );
        canvas.row(row, chart, page);
        page.end();
    }
    axis(chart, columns, page);
}

fn legend(chart: &Chart<'_>, ink: Ink, page: &mut Page<'_>) {
    page.text.extend(std::iter::repeat_n(' ', LEFT));
    page.paint(Tone::Dim, &safe::line(&chart.y.name));
    for (at, series) in chart.series.iter().enumerate() {
        page.text.push_str("  ");
        let mark = if ink == Ink::Dots { '━' } else { series.mark };
        page.paint(chart.tone(at), &format!("{mark} {}", safe::line(&series.name)));
    }
    page.end();
}

/// The line below, with its ends.
fn axis(chart: &Chart<'_>, columns: usize, page: &mut Page<'_>) {
    let (corner, line) = if page.style.unicode { ("└", "─") } else { ("+", "-") };
    page.paint(Tone::Dim, &format!("{:>5} {corner}{}", "0 %", line.repeat(columns)));
    page.end();
    let end = format!("{} {}", number(chart.width()), chart.x.unit);
    let name = &chart.x.name;
    let (name, end) = (safe::line(name), safe::line(&end));
    let gap = columns.saturating_sub(width::of(&name) + width::of(&end)).max(1);
    let text = format!("{}{name}{}{end}", " ".repeat(LEFT), " ".repeat(gap));
    page.paint(Tone::Dim, text.trim_end());
    page.end();
}

/// What a line is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    /// A letter for each place.
    Letters,
    /// Two by four dots for each place (Braille patterns of Unicode).
    Dots,
}

impl Ink {
    /// How many dots a place is wide and high.
    fn dots(self) -> (usize, usize) {
        match self {
            Self::Letters => (1, 1),
            Self::Dots => (2, 4),
        }
    }
}

/// For each place the line that it shows, and its dots.
struct Canvas {
    ink: Ink,
    columns: usize,
    places: Vec<Option<(usize, u8)>>,
}

impl Canvas {
    fn of(chart: &Chart<'_>, ink: Ink, columns: usize) -> Self {
        let mut canvas = Self { ink, columns, places: vec![None; columns * ROWS] };
        // The first line is drawn last, over all others.
        for series in (0..chart.series.len()).rev() {
            canvas.draw(chart, series);
        }
        canvas
    }

    fn draw(&mut self, chart: &Chart<'_>, series: usize) {
        let (wide, high) = self.ink.dots();
        let (width, height) = (self.columns * wide, ROWS * high);
        let mut last = 0;
        for column in 0..width {
            let x = chart.width() * (column + 1) as f64 / width as f64;
            let share = chart.series[series].at(x) / chart.height();
            let level = ((share * height as f64).round() as usize).clamp(1, height) - 1;
            // What climbs steeply is one line, not two.
            let from = if self.ink == Ink::Dots { last.min(level) } else { level };
            for level in from..=level {
                self.dot(series, column, height - 1 - level);
            }
            last = level;
        }
    }

    fn dot(&mut self, series: usize, column: usize, row: usize) {
        let (wide, high) = self.ink.dots();
        let place = &mut self.places[row / high * self.columns + column / wide];
        let bit = dot_bit(column % wide, row % high);
        *place = match *place {
            Some((of, bits)) if self.ink == Ink::Dots && of == series => Some((of, bits | bit)),
            _ => Some((series, bit)),
        };
    }

    fn row(&self, row: usize, chart: &Chart<'_>, page: &mut Page<'_>) {
        let places = &self.places[row * self.columns..(row + 1) * self.columns];
        let n_drawn = places.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        for run in places[..n_drawn].chunk_by(|a, b| a.map(|it| it.0) == b.map(|it| it.0)) {
            let tone = run[0].map_or(Tone::Plain, |(series, _)| chart.tone(series));
            let letters = run.iter().map(|place| match place {
                None => ' ',
                Some((series, _)) if self.ink == Ink::Letters => chart.series[*series].mark,
                Some((_, bits)) => char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' '),
            });
            page.paint(tone, &letters.collect::<String>());
        }
    }
}

/// The bit of a dot in a Braille pattern: three rows of two, then a fourth.
fn dot_bit(column: usize, row: usize) -> u8 {
    match (column, row) {
        (0, 3) => 0x40,
        (_, 3) => 0x80,
        (0, row) => 1 << row,
        (_, row) => 8 << row,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::Style;
    use super::super::super::chart::tests::chart;
    use super::*;

    fn drawn(style: Style) -> String {
        let mut page = Page::new(&style);
        write(&chart(), &mut page);
        page.text
    }

    #[test]
    fn lines_are_letters_without_colours() {
        let ascii = drawn(Style { width: Some(56), ..Style::default() });
        assert!(ascii.is_ascii(), "{ascii}");
        assert_snapshot!(ascii, @"
               value  t today  b best & first
        100 % |                                                t
              |                        bbbbbbbbbbbbbbbbbbbbbbbb
              |
              |
              |                              tttttttttttttttttt
              |
         50 % |      bbbbbbbbbbbbbbbbbb
              |
              |
              |
              |                        tttttt
              |tttttttttttttttttttttttt
          0 % +-------------------------------------------------
               effort                                   8 points
        ");
        let wide = drawn(Style { width: Some(400), ..Style::default() });
        assert!(wide.lines().all(|line| line.len() <= WIDEST), "{wide}");
    }

    #[test]
    fn lines_are_dots_in_colours() {
        let style = Style { width: Some(56), color: true, unicode: true, ..Style::default() };
        assert_snapshot!(drawn(style).replace('\u{1b}', "^"), @"
               ^[2mvalue^[0m  ^[36m━ today^[0m  ^[32m━ best & first^[0m
        ^[2m100 % │^[0m                                                ^[36m⢸^[0m
        ^[2m      │^[0m                        ^[32m⡤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤^[0m^[36m⢸^[0m
        ^[2m      │^[0m                        ^[32m⡇^[0m                       ^[36m⢸^[0m
        ^[2m      │^[0m                        ^[32m⡇^[0m                       ^[36m⢸^[0m
        ^[2m      │^[0m                        ^[32m⡇^[0m     ^[36m⢠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠼^[0m
        ^[2m      │^[0m                        ^[32m⡇^[0m     ^[36m⢸^[0m
        ^[2m 50 % │^[0m      ^[32m⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁^[0m     ^[36m⢸^[0m
        ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
        ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
        ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
        ^[2m      │^[0m      ^[32m⡇^[0m                 ^[36m⡤⠤⠤⠤⠤⠤⠼^[0m
        ^[2m      │^[0m^[36m⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇^[0m
        ^[2m  0 % └─────────────────────────────────────────────────^[0m
        ^[2m       effort                                   8 points^[0m
        ");
    }

    #[test]
    fn a_pipe_and_a_narrow_terminal_get_a_table() {
        let piped = drawn(Style::default());
        assert_snapshot!(piped, @"
        effort  points  today  best & first
          10 %     0.8    0 %           0 %
          20 %     1.6    0 %          50 %
          30 %     2.4    0 %          50 %
          40 %     3.2    0 %          50 %
          50 %       4   13 %          88 %
          60 %     4.8   13 %          88 %
          70 %     5.6   63 %          88 %
          80 %     6.4   63 %          88 %
          90 %     7.2   63 %          88 %
         100 %       8  100 %         100 %
        ");
        assert_eq!(drawn(Style { width: Some(55), ..Style::default() }), piped);
        let style = Style { width: Some(80), ..Style::default() };
        let mut page = Page::new(&style);
        write(&Chart { is_plain: true, ..chart() }, &mut page);
        assert_eq!(page.text, piped);
    }
}
