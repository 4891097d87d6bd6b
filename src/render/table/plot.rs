//! Charts in letters and dots.

#[cfg(test)]
mod tests;

use super::super::block::Tone;
use super::super::chart::{Chart, Frame, Scale, Shape};
use super::super::page::Page;
use super::super::{Style, safe, width};
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
    let ink = Ink::of(chart, page.style);
    let columns = whole_bars(chart, room.min(WIDEST) - LEFT);
    legend(chart, ink, page);
    let canvas = Canvas::of(chart, ink, columns);
    for row in 0..ROWS {
        let label = match row {
            0 => chart.height_told(1.0),
            row if row == ROWS / 2 => chart.height_told(0.5),
            _ => String::new(),
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

/// So many columns that each bar has equally many, if there is one for each.
fn whole_bars(chart: &Chart<'_>, columns: usize) -> usize {
    match n_bars(chart) {
        Some(n) if n <= columns => columns / n * n,
        _ => columns,
    }
}

/// For how many bars there is room on the axis.
fn n_bars(chart: &Chart<'_>) -> Option<usize> {
    let wide = chart.series.iter().find_map(|it| match it.shape {
        Shape::Bars(wide) if wide > 0 => Some(wide),
        _ => None,
    })?;
    Some((chart.width() / f64::from(wide)).ceil() as usize).filter(|n| *n > 0)
}

fn legend(chart: &Chart<'_>, ink: Ink, page: &mut Page<'_>) {
    page.text.extend(std::iter::repeat_n(' ', LEFT));
    page.paint(Tone::Dim, &safe::line(&chart.y.name));
    for (at, series) in chart.series.iter().enumerate() {
        page.text.push_str("  ");
        let mark = match (series.is_filled(), ink) {
            (true, Ink { blocks: true, .. }) => '█',
            (false, Ink { dots: true, .. }) => '━',
            _ => series.mark,
        };
        page.paint(chart.tone(at), &format!("{mark} {}", safe::line(&series.name)));
    }
    page.end();
}

/// The line below, with its ends.
fn axis(chart: &Chart<'_>, columns: usize, page: &mut Page<'_>) {
    let (corner, line) = if page.style.unicode { ("└", "─") } else { ("+", "-") };
    let zero = chart.height_told(0.0);
    page.paint(Tone::Dim, &format!("{zero:>5} {corner}{}", line.repeat(columns)));
    page.end();
    let is_days = matches!(chart.x.scale, Scale::Days(_));
    let begin = if is_days { chart.x.told(0.0) } else { chart.x.name.to_string() };
    let (begin, end) = (safe::line(&begin).into_owned(), chart.end());
    let end = safe::line(&end);
    let gap = columns.saturating_sub(width::of(&begin) + width::of(&end)).max(1);
    let text = format!("{}{begin}{}{end}", " ".repeat(LEFT), " ".repeat(gap));
    page.paint(Tone::Dim, text.trim_end());
    page.end();
}

/// What there is to draw with, beside letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ink {
    /// Two by four dots for each place (Braille patterns of Unicode), for lines.
    dots: bool,
    /// Blocks of eight heights, for what is filled.
    blocks: bool,
}

impl Ink {
    /// What a terminal shows. Several of a kind are told apart by colour alone, so without it there
    /// are letters.
    fn of(chart: &Chart<'_>, style: &Style) -> Self {
        let is_alone = chart.series.iter().filter(|it| it.is_filled()).count() == 1;
        Self {
            dots: style.unicode && style.color,
            blocks: style.unicode && (style.color || is_alone),
        }
    }

    /// How many dots of a line a place is wide and high.
    fn grain(self) -> (usize, usize) {
        if self.dots { (2, 4) } else { (1, 1) }
    }
}

/// What a place shows of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Its letter.
    Letter,
    /// Dots, as the bits of a Braille pattern.
    Dots(u8),
    /// A block of so many eighths of the height.
    Block(u8),
}

/// For each place the series that it shows, and how.
struct Canvas {
    ink: Ink,
    frame: Frame,
    columns: usize,
    places: Vec<Option<(usize, Mark)>>,
}

/// The eighths of a place.
const EIGHTHS: usize = 8;

impl Canvas {
    fn of(chart: &Chart<'_>, ink: Ink, columns: usize) -> Self {
        let mut canvas =
            Self { ink, frame: chart.frame(), columns, places: vec![None; columns * ROWS] };
        let (filled, lines): (Vec<usize>, Vec<usize>) =
            (0..chart.series.len()).partition(|at| chart.series[*at].is_filled());
        for series in filled {
            canvas.fill(chart, series);
        }
        // The first line is drawn last, over all others.
        for series in lines.into_iter().rev() {
            canvas.draw(chart, series);
        }
        canvas
    }

    /// Draws a line.
    fn draw(&mut self, chart: &Chart<'_>, series: usize) {
        let (wide, high) = self.ink.grain();
        let (width, height) = (self.columns * wide, ROWS * high);
        let mut last = None;
        for column in 0..width {
            let x = self.frame.width * (column + 1) as f64 / width as f64;
            let Some(y) = chart.series[series].at(x) else {
                last = None;
                continue;
            };
            let share = y / self.frame.height;
            let level = ((share * height as f64).round() as usize).clamp(1, height) - 1;
            // What goes up or down steeply is one line, not two. A line that starts at zero comes
            // from there.
            let before =
                last.unwrap_or(if column == 0 { self.start(chart, series, level) } else { level });
            let from = if self.ink.dots { before } else { level };
            for level in from.min(level)..=from.max(level) {
                self.dot(series, column, height - 1 - level);
            }
            last = Some(level);
        }
    }

    /// The level at which a line comes into the picture.
    fn start(&self, chart: &Chart<'_>, series: usize, level: usize) -> usize {
        let is_zero = chart.series[series].points.first() == Some(&(0.0, 0.0));
        if is_zero { 0 } else { level }
    }

    fn dot(&mut self, series: usize, column: usize, row: usize) {
        let (wide, high) = self.ink.grain();
        let place = &mut self.places[row / high * self.columns + column / wide];
        let bit = dot_bit(column % wide, row % high);
        let mark = match *place {
            _ if !self.ink.dots => Mark::Letter,
            Some((of, Mark::Dots(bits))) if of == series => Mark::Dots(bits | bit),
            _ => Mark::Dots(bit),
        };
        *place = Some((series, mark));
    }

    /// Draws an area or bars. Bars of several columns leave the last one free.
    fn fill(&mut self, chart: &Chart<'_>, series: usize) {
        let is_bars = matches!(chart.series[series].shape, Shape::Bars(_));
        let per_bar = n_bars(chart).filter(|_| is_bars).map_or(1, |n| self.columns / n);
        for column in 0..self.columns {
            if per_bar > 1 && column % per_bar == per_bar - 1 {
                continue;
            }
            let middle = if is_bars { 0.5 } else { 1.0 };
            let x = self.frame.width * (column as f64 + middle) / self.columns as f64;
            if let Some((from, to)) = chart.extent(series, x) {
                let height = self.frame.height;
                self.column(series, column, from / height, to / height);
            }
        }
    }

    /// Fills a column from one height to another. Where blocks are whole, they end where the next
    /// series begins; a part of a block shows how high the last one is.
    fn column(&mut self, series: usize, column: usize, from: f64, to: f64) {
        let eighths = |share: f64| (share * (ROWS * EIGHTHS) as f64).round() as usize;
        let (from, mut to) = (eighths(from) / EIGHTHS, eighths(to));
        if !self.ink.blocks {
            to = (to + EIGHTHS / 2) / EIGHTHS * EIGHTHS;
        }
        for row in from..to.div_ceil(EIGHTHS).min(ROWS) {
            let mark = match (to - row * EIGHTHS).min(EIGHTHS) {
                _ if !self.ink.blocks => Mark::Letter,
                eighths => Mark::Block(eighths as u8),
            };
            self.places[(ROWS - 1 - row) * self.columns + column] = Some((series, mark));
        }
    }

    fn row(&self, row: usize, chart: &Chart<'_>, page: &mut Page<'_>) {
        let places = &self.places[row * self.columns..(row + 1) * self.columns];
        let n_drawn = places.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        for run in places[..n_drawn].chunk_by(|a, b| a.map(|it| it.0) == b.map(|it| it.0)) {
            let tone = run[0].map_or(Tone::Plain, |(series, _)| chart.tone(series));
            let letters = run.iter().map(|place| match place {
                None => ' ',
                Some((series, Mark::Letter)) => chart.series[*series].mark,
                Some((_, Mark::Dots(bits))) => symbol(0x2800 + u32::from(*bits)),
                Some((_, Mark::Block(eighths))) => symbol(0x2580 + u32::from(*eighths)),
            });
            page.paint(tone, &letters.collect::<String>());
        }
    }
}

fn symbol(code: u32) -> char {
    char::from_u32(code).unwrap_or(' ')
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
