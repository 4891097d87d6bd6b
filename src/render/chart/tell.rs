//! A chart as a table, for pipes, for pages, and for who has it read aloud.

use super::super::block::{Cell, Column, Table};
use super::{Chart, Scale, Series, Shape, number};
use crate::domain::progress::percent;

/// How many rows tell of lines and areas; bars have a row each.
const ROWS: usize = 26;

impl<'a> Chart<'a> {
    /// The same as a table: shares at each tenth of the way, or the heights where something changes.
    pub fn table(&self) -> Table<'a> {
        match self.y.scale {
            Scale::Share => self.tenths(),
            Scale::Number | Scale::Days(_) => self.heights(),
        }
    }

    /// The heights in percent at each tenth of the way.
    fn tenths(&self) -> Table<'a> {
        const STEPS: u32 = 10;
        let mut columns = vec![
            Column::whole(self.x.name.clone()).right(),
            Column::whole(self.x.unit.clone()).right(),
        ];
        columns.extend(self.names());
        let mut table = Table::new(columns);
        for step in 1..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let x = self.width() * share;
            let height = |series: &Series<'_>| match series.at(x) {
                Some(height) => Cell::from(percent(height / self.height())),
                None => Cell::default(),
            };
            let heights = self.series.iter().map(height);
            let place = [percent(share).into(), Cell::dim(number(x))];
            table.push(place.into_iter().chain(heights));
        }
        table
    }

    /// The heights themselves at the places where there are points.
    fn heights(&self) -> Table<'a> {
        let mut table = Table::new(
            [Column::whole(self.x.name.clone()).right()].into_iter().chain(self.names()),
        );
        for x in self.places() {
            let height = |series: &Series<'_>| match series.at(x) {
                Some(height) => Cell::from(number(height)),
                None => Cell::default(),
            };
            table.push(
                [Cell::from(self.place(x))].into_iter().chain(self.series.iter().map(height)),
            );
        }
        table
    }

    fn names(&self) -> impl Iterator<Item = Column<'a>> + use<'a, '_> {
        self.series.iter().map(|it| Column::whole(it.name.clone()).right())
    }

    /// The places at which heights are told, from left to right, the last one among them.
    fn places(&self) -> Vec<f64> {
        let bars = self.series.iter().find(|it| matches!(it.shape, Shape::Bars(_)));
        if let Some(bars) = bars {
            return bars.points.iter().map(|point| point.0).collect();
        }
        let mut all: Vec<f64> =
            self.series.iter().flat_map(|it| it.points.iter().map(|point| point.0)).collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        let step = all.len().div_ceil(ROWS).max(1);
        let is_told = |at: usize| (all.len() - 1 - at).is_multiple_of(step);
        (0..all.len()).filter(|at| is_told(*at)).map(|at| all[at]).collect()
    }

    /// What a place is called; a bar that stands for several numbers by the first and the last.
    fn place(&self, x: f64) -> String {
        let wide = self.series.iter().find_map(|it| match it.shape {
            Shape::Bars(wide) if self.x.scale == Scale::Number && wide > 1 => Some(wide),
            _ => None,
        });
        match wide {
            Some(wide) => format!("{}–{}", number(x), number(x + f64::from(wide) - 1.0)),
            None => self.x.told(x),
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::{Style, table};
    use super::super::tests::{areas, bars, falling};
    use super::super::{Axis, Chart};
    use super::*;
    use crate::render::block::Block;

    fn told(chart: &Chart<'_>) -> String {
        table::text(&[Block::Table(chart.table())], &Style::default())
    }

    #[test]
    fn days_are_told_as_days_and_what_has_ended_not_at_all() {
        assert_snapshot!(told(&falling()), @"
               day  left  ideal
        2026-11-16    18     18
        2026-11-17    18     16
        2026-11-18    15     15
        2026-11-19    17     13
        2026-11-20    17     11
        2026-11-21    17    9.8
        2026-11-22    17    8.2
        2026-11-23     9    6.5
        2026-11-24          4.9
        2026-11-25          3.3
        2026-11-26          1.6
        2026-11-27            0
        ");
    }

    #[test]
    fn each_bar_has_a_row() {
        let days = [(0.0, 4.0), (5.0, 2.0)];
        let days = Series::steps("items", 'i', days).drawn(Shape::Bars(5));
        let (x, y) = (Axis::numbers("days", "days"), Axis::numbers("items", ""));
        let both = [bars(), Chart::new("", x, y, vec![days])].map(|chart| told(&chart));
        assert_snapshot!(both.join("\n"), @"
         week from  done
        2026-10-10     3
        2026-10-17     0
        2026-10-24     5
        2026-10-31     1
        2026-11-07     7
        2026-11-14     2

        days  items
         0–4      4
         5–9      2
        ");
    }

    #[test]
    fn areas_are_told_by_their_own_heights_and_many_of_them_in_part() {
        assert_snapshot!(told(&areas()), @"
               day  done  doing  todo
        2026-11-04     0      1     4
        2026-11-11     2      2     6
        2026-11-18     4      3     6
        2026-11-25     9      2     5
        ");
        let mut areas = areas();
        areas.series[0].points = (0..100).map(|day| (f64::from(day), 1.0)).collect();
        let table = areas.table();
        assert_eq!(table.rows().len(), 25);
        assert_eq!(table.rows()[24][0].text, "2027-02-11");
    }
}
