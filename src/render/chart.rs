//! A chart as a value: lines that go by steps, bars and areas on top of each other. Each format
//! draws it, or tells it as a table.

mod tell;

use std::borrow::Cow;

use super::block::Tone;
use crate::domain::date::Date;

/// Lines, bars and areas over one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart<'a> {
    /// What it shows, in a few words.
    pub title: Cow<'a, str>,
    /// What there is to see, in a sentence or two, for who cannot see it.
    pub summary: Cow<'a, str>,
    /// What lies to the right.
    pub x: Axis<'a>,
    /// What lies upwards.
    pub y: Axis<'a>,
    /// What is drawn, the most important first.
    pub series: Vec<Series<'a>>,
    /// Whether a terminal shows the table instead: somebody has it read aloud.
    pub is_plain: bool,
}

/// An axis, from zero to the largest number that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis<'a> {
    /// What it measures: `effort`.
    pub name: Cow<'a, str>,
    /// In which unit, if it has one: `points`.
    pub unit: Cow<'a, str>,
    /// What its numbers are told as.
    pub scale: Scale,
}

/// What the numbers of an axis are told as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// As they are.
    Number,
    /// As shares of the largest one.
    Share,
    /// As days, counted from this one, which is 0.
    Days(Date),
}

/// One of the things that are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// What it tells of.
    pub name: Cow<'a, str>,
    /// The letter for it where there are neither colours nor dots.
    pub mark: char,
    /// How it is drawn.
    pub shape: Shape,
    /// The points, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line from the first point to the last, which stays as high as a point until the next one.
    Steps,
    /// What lies below a line that goes straight from each point to the next, down to the area before.
    Area,
    /// A bar for each point, so wide to its right, on top of the bar before it.
    Bars(u32),
}

// No point is without a number.
impl Eq for Series<'_> {}

impl<'a> Axis<'a> {
    /// An axis of numbers.
    pub fn numbers(name: impl Into<Cow<'a, str>>, unit: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), unit: unit.into(), scale: Scale::Number }
    }

    /// An axis of shares of the largest number.
    pub fn shares(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), unit: "".into(), scale: Scale::Share }
    }

    /// An axis of days; a point at 0 is that of the first day.
    pub fn days(name: impl Into<Cow<'a, str>>, first: Date) -> Self {
        Self { name: name.into(), unit: "".into(), scale: Scale::Days(first) }
    }

    /// What a place on it is called.
    pub(super) fn told(&self, at: f64) -> String {
        match self.scale {
            Scale::Days(first) => {
                let day = first.checked_add(jiff::Span::new().days(at.round() as i64));
                day.map_or_else(|_| String::new(), |day| day.to_string())
            }
            Scale::Number | Scale::Share => number(at),
        }
    }
}

impl<'a> Series<'a> {
    /// A line.
    pub fn steps(
        name: impl Into<Cow<'a, str>>,
        mark: char,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Self {
        let points = points.into_iter().collect();
        Self { name: name.into(), mark, shape: Shape::Steps, points }
    }

    /// The same in another shape.
    #[must_use]
    pub fn drawn(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// How high it is at `x`; `None` where there is nothing of it.
    pub fn at(&self, x: f64) -> Option<f64> {
        // A share of a sum of decimals may miss a point by its last bits.
        let (low, limit) = (x * (1.0 - SLACK), x * (1.0 + SLACK));
        let n = self.points.partition_point(|point| point.0 <= limit);
        let (from, height) = self.points[n.checked_sub(1)?];
        let next = self.points.get(n);
        match self.shape {
            Shape::Bars(wide) => (x < from + f64::from(wide)).then_some(height),
            Shape::Steps | Shape::Area if low <= from => Some(height),
            Shape::Steps => next.map(|_| height),
            Shape::Area => next.map(|(to, end)| height + (end - height) * (x - from) / (to - from)),
        }
    }

    /// Its right end.
    fn end(&self) -> f64 {
        let wide = match self.shape {
            Shape::Bars(wide) => f64::from(wide),
            Shape::Steps | Shape::Area => 0.0,
        };
        self.points.last().map_or(0.0, |point| point.0 + wide)
    }

    /// Whether it covers what is below it.
    pub(super) fn is_filled(&self) -> bool {
        self.shape != Shape::Steps
    }
}

/// The right and the upper end of a chart; neither is zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub width: f64,
    pub height: f64,
}

/// By which part of it a sum of decimals may be wrong.
const SLACK: f64 = 1e-9;

/// The tones of the series, by their place.
const TONES: [Tone; 4] = [Tone::Id, Tone::Good, Tone::Dim, Tone::Warn];

impl<'a> Chart<'a> {
    /// A chart that tells nothing yet of how it looks.
    pub fn new(
        title: impl Into<Cow<'a, str>>,
        x: Axis<'a>,
        y: Axis<'a>,
        series: Vec<Series<'a>>,
    ) -> Self {
        let (title, summary) = (title.into(), "".into());
        Self { title, summary, x, y, series, is_plain: false }
    }

    /// The right end; zero without any point.
    pub fn width(&self) -> f64 {
        self.series.iter().map(Series::end).fold(0.0, f64::max)
    }

    /// The upper end: the largest height, up to the next number whose quarters are easy to read.
    pub fn height(&self) -> f64 {
        let tops = self.series.iter().enumerate().flat_map(|(at, series)| {
            series.points.iter().filter_map(move |point| Some(self.extent(at, point.0)?.1))
        });
        let highest = tops.fold(0.0, f64::max);
        match self.y.scale {
            Scale::Share => highest,
            Scale::Number | Scale::Days(_) => ceiling(highest),
        }
    }

    /// Both ends, which take a look at every point.
    pub(super) fn frame(&self) -> Frame {
        let at_least = |end: f64| end.max(f64::MIN_POSITIVE);
        Frame { width: at_least(self.width()), height: at_least(self.height()) }
    }

    /// From where to where a series reaches upwards at `x`: a line from its height to the same, what
    /// is filled from the top of what lies below.
    pub(super) fn extent(&self, series: usize, x: f64) -> Option<(f64, f64)> {
        let own = &self.series[series];
        let height = own.at(x)?;
        if !own.is_filled() {
            return Some((height, height));
        }
        let is_below = |it: &&Series<'_>| it.shape == own.shape;
        let below = self.series[..series].iter().filter(is_below).filter_map(|it| it.at(x));
        let base: f64 = below.sum();
        Some((base, base + height))
    }

    /// The tone of a series.
    pub(super) fn tone(&self, series: usize) -> Tone {
        TONES[series.min(TONES.len() - 1)]
    }

    /// What the right end is called: the last day, where a bar ends with its last.
    pub(super) fn end(&self) -> String {
        let is_bars = self.series.iter().any(|it| matches!(it.shape, Shape::Bars(_)));
        let width = self.width();
        match self.x.scale {
            Scale::Days(_) if is_bars => self.x.told(width - 1.0),
            Scale::Days(_) => self.x.told(width),
            Scale::Number | Scale::Share => format!("{} {}", number(width), self.x.unit),
        }
    }

    /// What a height is called, as a share of the upper end.
    pub(super) fn height_told(&self, share: f64) -> String {
        match self.y.scale {
            Scale::Share => crate::domain::progress::percent(share),
            Scale::Number | Scale::Days(_) => number(self.height() * share),
        }
    }
}

/// A number on an axis: one decimal below ten, none above.
pub(super) fn number(number: f64) -> String {
    let rounded = if number < 10.0 { (number * 10.0).round() / 10.0 } else { number.round() };
    rounded.to_string()
}

/// The smallest number from this one on whose quarters are round and whole.
fn ceiling(number: f64) -> f64 {
    const ROUND: [f64; 10] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    if number <= 0.0 {
        return 0.0;
    }
    let quarter = number / 4.0;
    let power = 10_f64.powf(quarter.log10().floor());
    let fits =
        |step: &f64| *step >= quarter * (1.0 - SLACK) && (*step < 1.0 || step.fract() == 0.0);
    let step = ROUND.iter().map(|it| it * power).find(fits);
    // What is counted has no quarters of one.
    (step.unwrap_or(quarter) * 4.0).max(4.0)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two lines that end at the same point.
    pub(in crate::render) fn chart() -> Chart<'static> {
        let mut chart = Chart::new(
            "Value <b>",
            Axis::numbers("effort", "points"),
            Axis::shares("value"),
            vec![
                Series::steps("today", 't', [(0.0, 0.0), (4.0, 1.0), (5.0, 5.0), (8.0, 8.0)]),
                Series::steps(
                    "best & first",
                    'b',
                    [(0.0, 0.0), (1.0, 4.0), (4.0, 7.0), (8.0, 8.0)],
                ),
            ],
        );
        chart.summary = "One is \"faster\".".into();
        chart
    }

    /// Work that is left, day by day, and how it should be.
    pub(in crate::render) fn falling() -> Chart<'static> {
        let first = Date::constant(2026, 11, 16);
        let left = [(0.0, 18.0), (2.0, 15.0), (3.0, 17.0), (7.0, 9.0)];
        let ideal = (0..=11).map(|day| (f64::from(day), 18.0 - 18.0 * f64::from(day) / 11.0));
        let (left, ideal) = (Series::steps("left", 'l', left), Series::steps("ideal", 'i', ideal));
        let (x, y) = (Axis::days("day", first), Axis::numbers("effort", "points"));
        Chart::new("Work that is left", x, y, vec![left, ideal])
    }

    /// Items by the week in which they were done.
    pub(in crate::render) fn bars() -> Chart<'static> {
        let first = Date::constant(2026, 10, 10);
        let weeks = [3.0, 0.0, 5.0, 1.0, 7.0, 2.0].into_iter().enumerate();
        let points = weeks.map(|(week, n)| (week as f64 * 7.0, n));
        let done = Series::steps("done", 'd', points).drawn(Shape::Bars(7));
        let (x, y) = (Axis::days("week from", first), Axis::numbers("items", ""));
        Chart::new("Items done in each week", x, y, vec![done])
    }

    /// Items by what their status meant.
    pub(in crate::render) fn areas() -> Chart<'static> {
        let area = |name: &'static str, mark, heights: [f64; 4]| {
            let points = heights.into_iter().enumerate().map(|(day, n)| (day as f64 * 7.0, n));
            Series::steps(name, mark, points).drawn(Shape::Area)
        };
        let series = vec![
            area("done", 'd', [0.0, 2.0, 4.0, 9.0]),
            area("doing", 'w', [1.0, 2.0, 3.0, 2.0]),
            area("todo", 't', [4.0, 6.0, 6.0, 5.0]),
        ];
        let (x, y) = (Axis::days("day", Date::constant(2026, 11, 4)), Axis::numbers("items", ""));
        Chart::new("Items by state", x, y, series)
    }

    #[test]
    fn a_line_stays_where_it_is_until_the_next_point_and_ends_with_the_last() {
        let at = |x: f64| chart().series[0].at(x);
        let heights = [0.0, 3.9, 4.0, 4.9, 5.0, 8.0].map(|x| at(x).unwrap());
        assert_eq!(heights, [0.0, 0.0, 1.0, 1.0, 5.0, 8.0]);
        assert_eq!(at(9.0), None);
        // Ten times a tenth is not quite one.
        assert_eq!(Series::steps("", 't', [(0.1 + 0.2, 1.0)]).at(0.3), Some(1.0));
        assert_eq!(Series::steps("", 't', [(2.0, 1.0)]).at(1.0), None);
    }

    #[test]
    fn a_bar_is_as_wide_as_it_is() {
        let bars = bars();
        let at = |x: f64| bars.series[0].at(x);
        assert_eq!([0.0, 6.9, 7.0, 14.0, 41.9].map(at), [3.0, 3.0, 0.0, 5.0, 2.0].map(Some));
        assert_eq!((at(42.0), bars.width(), bars.height()), (None, 42.0, 8.0));
        assert_eq!(bars.end(), "2026-11-20");
    }

    #[test]
    fn what_falls_is_as_high_as_its_highest_point() {
        assert_eq!((falling().height(), falling().width()), (20.0, 11.0));
        assert_eq!(falling().end(), "2026-11-27");
    }

    #[test]
    fn areas_lie_on_each_other() {
        let areas = areas();
        assert_eq!(areas.extent(2, 7.0), Some((4.0, 10.0)));
        assert_eq!(areas.extent(1, 3.5), Some((1.0, 2.5)));
        assert_eq!(areas.extent(1, 22.0), None);
        assert_eq!(areas.height(), 16.0);
    }

    #[test]
    fn the_upper_end_has_quarters_that_can_be_read() {
        let ceilings = [0.0, 0.3, 3.0, 4.0, 5.0, 7.0, 13.0, 16.0, 26.0, 100.0, 578.0].map(ceiling);
        assert_eq!(ceilings, [0.0, 4.0, 4.0, 4.0, 8.0, 8.0, 16.0, 16.0, 32.0, 100.0, 600.0]);
    }
}
