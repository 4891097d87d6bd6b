//! A chart as a value: lines that climb by steps. Each format draws it, or tells it as a table.

use std::borrow::Cow;

use super::block::{Cell, Column, Table, Tone};
use crate::domain::progress::percent;

/// Lines over one axis.
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
    /// The lines, the most important first.
    pub series: Vec<Series<'a>>,
    /// Whether a terminal shows the table instead: somebody has it read aloud.
    pub is_plain: bool,
}

/// An axis, from zero to the largest number that a line reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis<'a> {
    /// What it measures: `effort`.
    pub name: Cow<'a, str>,
    /// In which unit, if it has one: `points`.
    pub unit: Cow<'a, str>,
}

/// A line that stays where it is until the next point, and climbs there.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// What it is the line of.
    pub name: Cow<'a, str>,
    /// The letter for it where there are neither colours nor dots.
    pub mark: char,
    /// The points, from left to right; the line begins at zero.
    pub points: Vec<(f64, f64)>,
}

// No point is without a number.
impl Eq for Series<'_> {}

impl Series<'_> {
    /// How high the line is at `x`.
    pub fn at(&self, x: f64) -> f64 {
        // A share of a sum of decimals may miss a point by its last bit.
        let limit = x * (1.0 + f64::EPSILON * 16.0);
        let n = self.points.partition_point(|point| point.0 <= limit);
        n.checked_sub(1).map_or(0.0, |last| self.points[last].1)
    }
}

/// The tones of the lines, by their place.
const TONES: [Tone; 3] = [Tone::Id, Tone::Good, Tone::Dim];

impl<'a> Chart<'a> {
    /// The right end; zero without any point.
    pub fn width(&self) -> f64 {
        self.ends().map(|end| end.0).fold(0.0, f64::max)
    }

    /// The upper end.
    pub fn height(&self) -> f64 {
        self.ends().map(|end| end.1).fold(0.0, f64::max)
    }

    fn ends(&self) -> impl Iterator<Item = (f64, f64)> {
        self.series.iter().filter_map(|series| series.points.last().copied())
    }

    /// The tone of a line.
    pub(super) fn tone(&self, series: usize) -> Tone {
        TONES[series.min(TONES.len() - 1)]
    }

    /// The heights in percent at each tenth of the way.
    pub fn table(&self) -> Table<'a> {
        const STEPS: u32 = 10;
        let mut columns = vec![
            Column::whole(self.x.name.clone()).right(),
            Column::whole(self.x.unit.clone()).right(),
        ];
        columns.extend(self.series.iter().map(|it| Column::whole(it.name.clone()).right()));
        let mut table = Table::new(columns);
        for step in 1..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let x = self.width() * share;
            let height = |series: &Series<'_>| Cell::from(percent(series.at(x) / self.height()));
            let heights = self.series.iter().map(height);
            let place = [percent(share).into(), Cell::dim(number(x))];
            table.push(place.into_iter().chain(heights));
        }
        table
    }
}

/// A number on an axis: one decimal below ten, none above.
pub(super) fn number(number: f64) -> String {
    let rounded = if number < 10.0 { (number * 10.0).round() / 10.0 } else { number.round() };
    rounded.to_string()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two lines that end at the same point.
    pub(in crate::render) fn chart() -> Chart<'static> {
        let series = |name: &'static str, mark, points: &[(f64, f64)]| Series {
            name: name.into(),
            mark,
            points: points.to_vec(),
        };
        Chart {
            title: "Value <b>".into(),
            summary: "One is \"faster\".".into(),
            x: Axis { name: "effort".into(), unit: "points".into() },
            y: Axis { name: "value".into(), unit: "".into() },
            series: vec![
                series("today", 't', &[(4.0, 1.0), (5.0, 5.0), (8.0, 8.0)]),
                series("best & first", 'b', &[(1.0, 4.0), (4.0, 7.0), (8.0, 8.0)]),
            ],
            is_plain: false,
        }
    }

    #[test]
    fn a_line_stays_where_it_is_until_the_next_point() {
        let at = |x: f64| chart().series[0].at(x);
        assert_eq!(
            [0.0, 3.9, 4.0, 4.9, 5.0, 8.0, 9.0].map(at),
            [0.0, 0.0, 1.0, 1.0, 5.0, 8.0, 8.0]
        );
        // Ten times a tenth is not quite one.
        let tenths = Series { points: vec![(0.1 + 0.2, 1.0)], ..chart().series.remove(0) };
        assert_eq!(tenths.at(0.3), 1.0);
    }
}
