//! Where a sprint stands: for people, with a chart of its days.

pub mod close;
pub mod list;
mod object;
pub mod plan;

use serde_json::Value;

use super::amount::{percent, points, rounded};
use super::values::{self, Field};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::forecast::Unfit;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::sprint::{self, Amount, Mean, Odds, Point, Risk, Sprint, State, Step, Velocity};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::chart::{Axis, Chart, Series};
use crate::render::{Format, View};

/// Where a sprint stands.
pub struct SprintView<'a> {
    /// What there is to say.
    pub state: &'a State<'a>,
    /// Whether the chart is to be a table.
    pub is_plain: bool,
}

impl View for SprintView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let state = self.state;
        let mut blocks = vec![values::heading(state.sprint.record), Block::Fields(fields(state))];
        blocks.extend(self.chart().into_iter().flat_map(|chart| {
            [Block::Blank, Block::heading(2, "Day by day"), Block::Chart(chart)]
        }));
        if !state.sprint.items.is_empty() {
            blocks.extend([Block::Blank, Block::heading(2, "Items")]);
            blocks.push(Block::Table(items(state.backlog, &state.sprint.items)));
        }
        blocks.extend(changed(state));
        blocks.extend(at_risk(&state.risks));
        blocks
    }

    fn json(&self) -> Value {
        object::object(self.state)
    }

    fn chart(&self) -> Option<Chart<'_>> {
        let state = self.state;
        let days = &state.course.points;
        let last = state.course.last().filter(|it| days.len() > 1 && it.scope.items > 0)?;
        let unit = Unit::of(days);
        Some(Chart { is_plain: self.is_plain, ..chart(state, unit, last) })
    }

    fn formats(&self) -> &'static [Format] {
        Format::CHARTS
    }
}

/// What a chart counts: points, unless items have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Items,
    Points,
}

impl Unit {
    fn of(days: &[Point]) -> Self {
        let is_estimated = days.iter().all(|it| it.scope.unestimated == 0);
        if is_estimated { Self::Points } else { Self::Items }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Points => "points",
        }
    }

    fn of_amount(self, amount: Amount) -> f64 {
        match self {
            Self::Items => amount.items as f64,
            Self::Points => amount.points,
        }
    }
}

fn chart<'a>(state: &State<'_>, unit: Unit, last: Point) -> Chart<'a> {
    let days = &state.course.points;
    let line = |name, mark, height: &dyn Fn(&Point) -> f64| {
        let points = days.iter().enumerate().map(|(at, point)| (at as f64, height(point)));
        Series::steps(name, mark, points)
    };
    let open = |it: &Point| unit.of_amount(it.scope) - unit.of_amount(it.done);
    let series = vec![
        line("done", 'd', &|it| unit.of_amount(it.done)),
        line("planned", 'p', &|it| unit.of_amount(it.scope)),
        line("open", 'o', &open),
    ];
    let summary = format!(
        "On {}, {} of {} {} are done.",
        last.day,
        rounded(unit.of_amount(last.done)),
        rounded(unit.of_amount(last.scope)),
        unit.name()
    );
    let title = format!("What is in {}, and what of it is done", state.sprint.record.id());
    let first = days.first().map_or(last.day, |it| it.day);
    let axes = (Axis::days("day", first), Axis::numbers(unit.name(), ""));
    Chart { summary: summary.into(), ..Chart::new(title, axes.0, axes.1, series) }
}

/// What everybody wants to know first.
fn fields<'a>(state: &'a State<'a>) -> Vec<Field<'a>> {
    let (backlog, sprint) = (state.backlog, &state.sprint);
    let mut fields: Vec<Field<'a>> = vec![("status".into(), when(backlog, sprint, state.today))];
    fields.push(("goal".into(), goal(backlog, sprint)));
    fields.extend(match state.velocities.iter().find(|it| it.sprint == sprint.record) {
        Some(velocity) => over(sprint, velocity),
        None => [("capacity".into(), capacity(backlog, sprint)), ("done".into(), done(state))],
    });
    fields.extend(state.odds.map(|odds| ("chance".into(), chance(odds, sprint.end))));
    fields.extend(state.velocity().map(|it| ("velocity".into(), mean_delivered(it))));
    fields
}

/// What a closed sprint planned and delivered. What was not done has left it, so that its items alone
/// would say that all was done.
fn over<'a>(sprint: &Sprint<'a>, velocity: &Velocity<'a>) -> [Field<'a>; 2] {
    let verb = if velocity.planned.items == 1 { "was" } else { "were" };
    let line = match sprint.capacity {
        Some(capacity) => Line::from(points(capacity)),
        None => Line::from("none"),
    };
    let line = line.then(format!("; {} {verb} planned on the first day", told(velocity.planned)));
    [("capacity".into(), line), ("done".into(), Line::from(told(velocity.delivered)))]
}

/// `20 points in 4 items in the last sprint` as information.
pub(super) fn mean_delivered<'a>(mean: Mean) -> Line<'a> {
    let items = rounded(mean.items);
    let noun = if items == "1" { "item" } else { "items" };
    let over = match mean.n {
        1 => "by the last closed sprint".to_owned(),
        n => format!("on average of the last {n} closed sprints"),
    };
    Line::from(format!("{} in {items} {noun} delivered {over}", points(mean.points)))
}

/// `active, day 10 of 12, 2 days left (2026-11-16 to 2026-11-27)`
pub(super) fn when<'a>(backlog: &Backlog, sprint: &Sprint<'a>, today: Date) -> Line<'a> {
    let mut line = Line::from(values::status_cell(backlog, sprint.record));
    if let Some((day, all)) = sprint.day(today).zip(sprint.n_days()) {
        line = line.then(format!(", day {day} of {all}"));
    }
    if sprint.category == Category::Doing {
        line = match sprint.days_left(today) {
            Some(days @ 1..) => line.then(format!(", {} left", counted(days as usize, "day"))),
            Some(0) => line.then(", ").then(Cell::new("ends today", Tone::Warn)),
            Some(days) => {
                let days = counted(days.unsigned_abs() as usize, "day");
                line.then(", ").then(Cell::new(format!("over for {days}"), Tone::Warn))
            }
            None => line.then(", ").then(Cell::new("no last day", Tone::Warn)),
        };
    }
    let days = match (sprint.start, sprint.end) {
        (Some(start), Some(end)) => format!(" ({start} to {end})"),
        (Some(start), None) => format!(" (from {start})"),
        (None, Some(end)) => format!(" (to {end})"),
        (None, None) => String::new(),
    };
    line.then(Cell::dim(days))
}

pub(super) fn goal<'a>(backlog: &'a Backlog, sprint: &Sprint<'a>) -> Line<'a> {
    match sprint.goal(backlog) {
        Some(goal) => Line::from(goal),
        None => Line::from(Cell::new("none", Tone::Warn)),
    }
}

/// `18 points; 7 items with 17 points are planned`
pub(super) fn capacity<'a>(backlog: &'a Backlog, sprint: &Sprint<'a>) -> Line<'a> {
    let load = sprint::amount(backlog, &sprint.items);
    let line = match sprint.capacity {
        Some(capacity) => Line::from(points(capacity)),
        None => Line::from(Cell::new("none", Tone::Warn)),
    };
    let is_over = sprint.capacity.is_some_and(|capacity| load.points > capacity);
    let tone = if is_over { Tone::Warn } else { Tone::Plain };
    let verb = if load.items == 1 { "is" } else { "are" };
    line.then("; ").then(Cell::new(format!("{} {verb} planned", told(load)), tone))
}

/// `7 items with 17 points, 2 without an effort`
pub(super) fn told(amount: Amount) -> String {
    let items = counted(amount.items, "item");
    let effort = match amount.items == amount.unestimated {
        true => String::new(),
        false => format!(" with {}", points(amount.points)),
    };
    let rest = match amount.unestimated {
        0 => String::new(),
        n if n == amount.items => " without an effort".to_owned(),
        n => format!(", {n} without an effort"),
    };
    items + &effort + &rest
}

/// `1 of 7 items, 3 of 17 points`
fn done<'a>(state: &State<'_>) -> Line<'a> {
    let (backlog, sprint) = (state.backlog, &state.sprint);
    let is_done = |item: &&Entry| backlog.category(item) == Category::Done;
    let all = sprint::counted(backlog, &sprint.items);
    let done: Vec<&Entry> = all.iter().copied().filter(is_done).collect();
    let [all, done] = [all, done].map(|items| sprint::amount(backlog, &items));
    Line::from(format!(
        "{} of {}, {} of {}",
        done.items,
        counted(all.items, "item"),
        rounded(done.points),
        points(all.points)
    ))
}

/// `62 % that 6 more items are done by 2026-11-27, in 3 days; drawn from 26 weeks with …`
pub(super) fn chance<'a>(odds: Result<Odds, Unfit>, end: Option<Date>) -> Line<'a> {
    match odds {
        Ok(odds) => {
            let items = counted(odds.n_items, "more item");
            let days = counted(odds.n_days as usize, "day");
            let end = end.map(|day| format!(" by {day}")).unwrap_or_default();
            let verb = if odds.n_items == 1 { "is" } else { "are" };
            let share = match odds.share {
                share if share < 0.01 => "less than 1 %".to_owned(),
                share if share > 0.99 => "more than 99 %".to_owned(),
                share => percent(share),
            };
            let line = Line::from(Cell::strong(share))
                .then(format!(" that {items} {verb} done{end}, in {days}"));
            line.then(Cell::dim(format!(
                " (drawn from {} with {}, seed {})",
                counted(odds.n_weeks, "week"),
                counted(odds.n_done as usize, "done item"),
                odds.seed
            )))
        }
        Err(unfit) => Line::from(Cell::dim(format!("not told: {}", unfit.reason()))),
    }
}

/// The items, those in work first and those that are done last.
pub(super) fn items<'a>(backlog: &'a Backlog, items: &[&'a Entry]) -> Table<'a> {
    let columns = [
        Column::whole("#").keyed("position").right(),
        Column::whole("id"),
        Column::whole("status"),
        Column::whole("effort").right(),
        Column::whole("met").keyed("criteria"),
        Column::whole("assignee"),
        Column::shrink("title"),
    ];
    let order = |item: &&Entry| match backlog.category(item) {
        Category::Doing => 0,
        Category::Todo => 1,
        Category::Done => 2,
        Category::Dropped => 3,
    };
    let mut items = items.to_vec();
    items.sort_by_key(order);
    let mut table = Table::new(columns);
    for item in items {
        let position = backlog.position(item).map(|it| it.to_string()).unwrap_or_default();
        table.push([
            Cell::dim(position),
            Cell::id(item.id()),
            values::status_cell(backlog, item),
            Cell::from(item.text("effort").unwrap_or_default()),
            Cell::from(values::met(backlog, item)),
            Cell::from(item.text("assignee").unwrap_or_default()),
            Cell::from(item.title()),
        ]);
    }
    table
}

/// What came and what left after the first day.
fn changed<'a>(state: &'a State<'a>) -> Vec<Block<'a>> {
    let (came, left) = (&state.course.came, &state.course.left);
    if came.is_empty() && left.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<(Date, Line<'a>)> = Vec::new();
    lines.extend(came.iter().map(|it| (it.day, step(it, Cell::strong("+")))));
    lines.extend(left.iter().map(|it| (it.day, step(it, Cell::strong("-")))));
    lines.sort_by_key(|(day, _)| *day);
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    vec![Block::Blank, Block::heading(2, "Came and left since the first day"), Block::List(lines)]
}

/// `+ 2026-11-18 BL-7k3qd Guest checkout`
fn step<'a>(it: &'a Step<'a>, sign: Cell<'a>) -> Line<'a> {
    let line = Line::from(sign).then(" ").then(Cell::day(it.day.to_string())).then(" ");
    let line = line.then(Cell::id(&*it.id));
    match it.item {
        Some(item) => line.then(" ").then(item.title()),
        None => line.then(Cell::dim(" (gone)")),
    }
}

/// What may go wrong.
fn at_risk<'a>(risks: &'a [Risk<'a>]) -> Vec<Block<'a>> {
    if risks.is_empty() {
        return Vec::new();
    }
    let lines = risks.iter().map(risk).collect();
    vec![Block::Blank, Block::heading(2, "Risks"), Block::List(lines)]
}

/// `BL-7k3qd Guest checkout: waits for BL-9qqrt, outside of the sprint`
pub(super) fn risk<'a>(risk: &'a Risk<'a>) -> Line<'a> {
    let line = match risk.item {
        Some(item) => values::named(item),
        None => Line::from("The sprint"),
    };
    line.then(": ").then(&*risk.told)
}
