//! Plans over time on a terminal: a bar for each, over months or quarters.

use super::super::block::Tone;
use super::super::gantt::{Axis, Gantt, Row, cut};
use super::super::page::Page;
use super::super::width;
use crate::domain::date::Date;

/// Narrower than this, bars say less than the table beside them.
const NARROWEST: usize = 70;

/// Wider than this, the eye does not follow.
const WIDEST: usize = 110;

/// The room of the names.
const LEFT: usize = 24;

/// What bars and marks are drawn with.
struct Ink {
    bar: [&'static str; 3],
    wanted: &'static str,
    at_risk: &'static str,
    done: &'static str,
    today: &'static str,
}

const LINES: Ink =
    Ink { bar: ["█", "▓", "░"], wanted: "◆", at_risk: "▲", done: "●", today: "│" };
const LETTERS: Ink = Ink { bar: ["#", "=", "-"], wanted: "w", at_risk: "!", done: "o", today: "|" };

/// Draws plans on a terminal; a pipe has the table beside them.
pub(super) fn write(gantt: &Gantt<'_>, page: &mut Page<'_>) {
    let Some(room) = page.style.width.filter(|width| *width >= NARROWEST) else { return };
    if gantt.rows().next().is_none() {
        return;
    }
    let ink = if page.style.unicode { &LINES } else { &LETTERS };
    let canvas = Canvas { ink, axis: Axis::of(gantt), columns: room.min(WIDEST) - LEFT };
    canvas.ticks(page);
    for row in gantt.rows() {
        let name = cut(&row.label, LEFT - 2);
        page.text.push_str(&name);
        page.text.extend(std::iter::repeat_n(' ', LEFT - width::of(&name)));
        canvas.row(row, gantt.today, page);
        page.end();
    }
    canvas.legend(page);
    page.gap();
}

struct Canvas {
    ink: &'static Ink,
    axis: Axis,
    columns: usize,
}

impl Canvas {
    fn column(&self, day: Date) -> usize {
        self.at(self.axis.share(day))
    }

    fn at(&self, share: f64) -> usize {
        ((share * self.columns as f64) as usize).min(self.columns - 1)
    }

    /// The names of months or quarters, each where it begins; those without room are left out.
    fn ticks(&self, page: &mut Page<'_>) {
        let mut line = String::new();
        for tick in self.axis.ticks() {
            let column = self.at(tick.share);
            let has_room = line.is_empty() || line.len() < column;
            if has_room && column + tick.name.len() <= self.columns {
                line.extend(std::iter::repeat_n(' ', column - line.len()));
                line.push_str(&tick.name);
            }
        }
        page.paint(Tone::Dim, &format!("{}{line}", " ".repeat(LEFT)));
        page.end();
    }

    fn row(&self, row: &Row<'_>, today: Date, page: &mut Page<'_>) {
        let mut places: Vec<(Tone, &str)> = vec![(Tone::Plain, " "); self.columns];
        let mut from = self.column(today);
        places[from] = (Tone::Dim, self.ink.today);
        for (day, look) in row.bar.into_iter().flatten().zip(self.ink.bar) {
            let to = day.map_or(self.columns - 1, |day| self.column(day));
            places[from..=to.max(from)].fill((Tone::Code, look));
            from = (to + 1).min(self.columns - 1);
        }
        if let Some(day) = row.wanted {
            places[self.column(day)] = match row.is_at_risk {
                true => (Tone::Bad, self.ink.at_risk),
                false => (Tone::Good, self.ink.wanted),
            };
        }
        if let Some(day) = row.done {
            places[self.column(day)] = (Tone::Good, self.ink.done);
        }
        let n_used = places.iter().rposition(|place| place.1 != " ").map_or(0, |last| last + 1);
        for group in places[..n_used].chunk_by(|one, other| one.0 == other.0) {
            let text: String = group.iter().map(|place| place.1).collect();
            page.paint(group[0].0, &text);
        }
    }

    fn legend(&self, page: &mut Page<'_>) {
        let Ink { bar: [half, likely, sure], wanted, at_risk, done, today } = self.ink;
        let text = format!(
            "{}{half} 50 %  {likely} 85 %  {sure} 95 %  {wanted} wanted  {at_risk} wanted, at risk  {done} shipped  {today} today",
            " ".repeat(LEFT)
        );
        page.paint(Tone::Dim, &text);
        page.end();
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::block::Block;
    use super::super::super::gantt::tests::gantt;
    use super::super::super::{Style, table};

    fn drawn(width: Option<usize>, unicode: bool) -> String {
        table::text(&[Block::Gantt(gantt())], &Style { width, unicode, ..Style::default() })
    }

    #[test]
    fn a_terminal_draws_bars_and_a_pipe_does_not() {
        assert_snapshot!(drawn(Some(90), true), @"
                                Oct 2026              Nov                   Dec
        Pilot                                     ●                     │
        Winter opening                                                  ███████████▓▓▲▓▓▓▓▓▓▓░░░░░
        section </text><scrip…                                          ██████░░░░░░░░░░
                                █ 50 %  ▓ 85 %  ░ 95 %  ◆ wanted  ▲ wanted, at risk  ● shipped  │ today
        ");
        assert_snapshot!(drawn(Some(72), false), @"
                                Oct 2026        Nov             Dec
        Pilot                                o               |
        Winter opening                                       ########==!=====---
        section </text><scrip…                               #####-------
                                # 50 %  = 85 %  - 95 %  w wanted  ! wanted, at risk  o shipped  | today
        ");
        assert_eq!(drawn(None, true), "");
        assert_eq!(drawn(Some(60), true), "");
    }
}
