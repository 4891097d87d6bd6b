//! How early the value comes, and what the order costs: for people, with a chart.

mod object;

use serde_json::Value as Json;

use super::amount::{percent, points, rounded, value_weeks};
use super::values::{self, Field};
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::value::{Advice, Curve, Delivered, FEWEST, Inversion, Selling, Value, lack};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::chart::{Axis, Chart, Series};
use crate::render::{Format, View};

/// Which share of the effort is looked at first.
const EARLY: f64 = 0.25;

/// How many items of a list are shown.
const SHOWN: usize = 10;

/// How early the value comes, and what the order costs.
pub struct ValueView<'a> {
    /// What there is to say.
    pub value: &'a Value<'a>,
    /// Which items were asked for, if not all.
    pub query: Option<&'a str>,
    /// Whether the chart is to be a table.
    pub is_plain: bool,
}

impl View for ValueView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::heading(1, self.head())];
        blocks.extend(self.sentences().into_iter().map(Block::Text));
        blocks.extend(self.chart().into_iter().flat_map(|chart| {
            [Block::Blank, Block::heading(2, "Value over effort"), Block::Chart(chart)]
        }));
        blocks.extend(self.inversions());
        blocks.extend(self.starvation());
        blocks.extend(self.delivered());
        blocks.extend(self.selling());
        blocks.extend(self.unscored());
        blocks
    }

    fn json(&self) -> Json {
        object::object(self)
    }

    fn chart(&self) -> Option<Chart<'_>> {
        let value = self.value;
        let series = [
            ("today", 't', &value.today),
            ("best order", 'b', &value.best),
            ("cheapest first", 'c', &value.cheapest),
        ];
        let is_order = value.plan.items.len() > 1 && value.today.value() > 0.0;
        is_order.then(|| Chart {
            title: "How much of the value has come when so much effort is spent".into(),
            summary: self.early().unwrap_or_default().into(),
            x: Axis::numbers("effort", "points"),
            y: Axis::shares("value"),
            series: series.map(|(name, mark, curve)| self::series(name, mark, curve)).into(),
            is_plain: self.is_plain,
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::CHARTS
    }
}

fn series(name: &'static str, mark: char, curve: &Curve) -> Series<'static> {
    let points = curve.points.iter().map(|point| (point.effort, point.value));
    Series::steps(name, mark, [(0.0, 0.0)].into_iter().chain(points))
}

impl<'a> ValueView<'a> {
    /// `Value: 94 in 27 items, for 85 points of effort`
    fn head(&self) -> Line<'a> {
        let today = &self.value.today;
        let n = counted(self.value.plan.items.len(), "item");
        let text =
            format!("Value: {} in {n}, for {}", rounded(today.value()), points(today.effort()));
        let line = Line::from(text).then(" of effort");
        match self.query {
            Some(query) => line.then(Cell::dim(format!(" ({query})"))),
            None => line,
        }
    }

    /// What everybody should know.
    fn sentences(&self) -> Vec<Line<'a>> {
        let mut lines = vec![self.gap()];
        lines.extend(self.early().map(Line::from));
        lines.extend(self.bias());
        lines.extend(self.bound());
        lines
    }

    fn gap(&self) -> Line<'a> {
        let value = self.value;
        let Some(gap) = value.gap() else {
            let is_empty = value.plan.items.is_empty() && value.plan.unscored.is_empty();
            return match value.plan.items.is_empty() {
                true if is_empty && self.query.is_some() => "The query finds no open item.".into(),
                true if is_empty => "No item is open.".into(),
                true => Line::from("No open item here has a value and an effort. Give them with: ")
                    .then(Cell::new("git backlog set ID value=8 effort=3", Tone::Code)),
                false => "No item here has a value above zero: all orders are as good.".into(),
            };
        };
        if value.lost() <= 0.0 {
            return Line::from("Today's order costs ")
                .then(Cell::new("as little delay", Tone::Good))
                .then(" as the best one that is known.");
        }
        let share = match gap {
            gap if gap < 0.005 => "less than 1 %".to_owned(),
            gap => percent(gap),
        };
        let line = Line::from("Today's order costs ")
            .then(Cell::new(format!("{share} more delay"), Tone::Warn))
            .then(" than the best one: ");
        match (value.weeks(value.lost()), value.points_a_week) {
            (Some(weeks), Some(pace)) => {
                let pace = rounded(pace);
                line.then(Cell::strong(value_weeks(weeks)))
                    .then(format!(", at {pace} points a week."))
            }
            _ => line.then(Cell::strong(format!("{} value × points", rounded(value.lost())))).then(
                ". How many weeks that is nobody can say: no sprint has dates and a capacity.",
            ),
        }
    }

    /// `A quarter of the effort, 21 points, brings 31 % of the value; …`
    fn early(&self) -> Option<String> {
        let value = self.value;
        if value.plan.items.len() < 2 {
            return None;
        }
        let share = |curve: &Curve| curve.share_at(EARLY).map(percent);
        let (today, best) = (share(&value.today)?, share(&value.best)?);
        let cheapest = share(&value.cheapest)?;
        let effort = points(value.today.effort() * EARLY);
        Some(format!(
            "The first quarter of the effort, {effort}, brings {today} of the value; in the best order {best}, the cheapest first {cheapest}."
        ))
    }

    fn bias(&self) -> Option<Line<'a>> {
        let bias = self.value.bias.filter(|bias| bias.is_cheap_first())?;
        let text = format!(
            "The order follows effort (τ {:.2}) more than value (τ {:.2})",
            bias.effort, bias.value
        );
        Some(Line::from(Cell::new(text, Tone::Warn)).then(": what is cheap comes first."))
    }

    /// What stands where it cannot be done.
    fn bound(&self) -> Vec<Line<'a>> {
        let plan = &self.value.plan;
        let mut lines = Vec::new();
        let above: Vec<&Entry> = plan.above_what_they_need().map(|it| plan.items[it]).collect();
        let (stand, count) = match above.len() {
            1 => ("stands above what it waits for", "it counts"),
            _ => ("stand above what they wait for", "they count"),
        };
        if !above.is_empty() {
            let line = Line::from(format!("{} {stand}: ", counted(above.len(), "item")));
            lines.push(ids(line, &above).then(format!(". Here {count} after that.")));
        }
        if plan.n_in_circles > 0 {
            let n = counted(plan.n_in_circles, "open item");
            lines.push(Line::from(format!(
                "{n} wait for themselves, round a circle: what binds them to each other does not count here."
            )).then(Cell::dim(" See them with: git backlog check")));
        }
        lines
    }

    fn inversions(&self) -> Vec<Block<'a>> {
        if self.value.inversions.is_empty() {
            return Vec::new();
        }
        let text = format!(
            "What it costs that two items stand as they do, in {}, the worst first and each item once; and what would help.",
            self.unit()
        );
        let pairs = &self.value.inversions;
        let fields = pairs.iter().flat_map(|(pair, advice)| self.inversion(pair, advice.as_ref()));
        vec![
            Block::Blank,
            Block::heading(2, "The wrong way round"),
            Block::text(Cell::dim(text)),
            Block::Fields(fields.collect()),
        ]
    }

    /// `BL-7k3qd Guest checkout (8/3) stands below BL-2mvq8 Pause (5/5)`, and the move.
    fn inversion(&self, pair: &Inversion, advice: Option<&Advice<'a>>) -> [Field<'a>; 2] {
        let line = self.item(Line::default(), pair.below).then(" stands below ");
        let line = self.item(line, pair.above);
        let help = match advice {
            Some(advice) => Line::from(Cell::new(advice.command(), Tone::Code))
                .then(" gains ")
                .then(Cell::new(self.amount(advice.gain), Tone::Good)),
            None => Line::from(Cell::dim("no single move helps: what lies between is better")),
        };
        [(self.amount(pair.loss).into(), line), ("".into(), help)]
    }

    /// `BL-7k3qd Guest checkout (8/3)`
    fn item(&self, line: Line<'a>, item: usize) -> Line<'a> {
        let (entry, job) = (self.value.plan.items[item], self.value.plan.jobs[item]);
        let worth = format!(" ({}/{})", rounded(job.weight), rounded(job.size));
        line.then(Cell::id(entry.id())).then(" ").then(entry.title()).then(worth)
    }

    fn unit(&self) -> &'static str {
        match self.value.points_a_week {
            Some(_) => "value-weeks",
            None => "value × points",
        }
    }

    fn amount(&self, value_points: f64) -> String {
        rounded(self.value.weeks(value_points).unwrap_or(value_points))
    }

    fn starvation(&self) -> Vec<Block<'a>> {
        let it = &self.value.starvation;
        let Some(from) = it.from_value else { return Vec::new() };
        let heading = [Block::Blank, Block::heading(2, "Waiting")];
        let from = rounded(from);
        let Some(usual) = it.usual_days else {
            let n = it.n_done;
            let text = format!(
                "How long is too long cannot be told: it takes {FEWEST} done items that say when they were created and done, and there {} {n}.",
                if n == 1 { "is" } else { "are" }
            );
            return heading.into_iter().chain([Block::text(Cell::dim(text))]).collect();
        };
        let usual = counted(usual.unsigned_abs() as usize, "day");
        let of =
            format!("85 % of the {} were done within {usual}.", counted(it.n_done, "done item"));
        let undated = match it.n_undated {
            0 => String::new(),
            1 => " One of these does not say when it was created.".to_owned(),
            n => format!(" {n} of these do not say when they were created."),
        };
        if it.items.is_empty() {
            let text = format!(
                "{of} No open item with a value of {from} and more, the upper quarter, waits longer.{undated}"
            );
            return heading.into_iter().chain([Block::text(text)]).collect();
        }
        let text = format!(
            "{of} Of the open items with a value of {from} and more, the upper quarter, these wait longer:{undated}"
        );
        let lines = it.items.iter().map(|it| {
            let worth = format!(" (value {}, {})", rounded(it.value), it.item.status());
            values::named(it.item).then(Cell::dim(worth)).then(format!(" for {} days", it.days))
        });
        let list = self.list(lines.collect());
        heading.into_iter().chain([Block::text(text), list]).collect()
    }

    fn delivered(&self) -> Vec<Block<'a>> {
        let Some(it) = &self.value.delivered else { return Vec::new() };
        let Delivered { n, since, done, open, n_unmeasured } = it;
        let whole = if self.query.is_some() { " of the whole backlog" } else { "" };
        let of = match n {
            1 => format!("The last done item{whole} was"),
            n => format!("The last {n} done items{whole}, since {since}, were"),
        };
        let mean = if *n == 1 { "" } else { " on average" };
        let first = format!("{of} worth {} for {}{mean}", rounded(done.value), points(done.effort));
        let second = match open {
            Some(open) => format!(
                "; what else was open then is worth {} for {}.",
                rounded(open.value),
                points(open.effort)
            ),
            None => "; nothing else was open then.".to_owned(),
        };
        let line = Line::from(first + &second);
        let line = match n_unmeasured {
            0 => line,
            n => line.then(Cell::dim(format!(
                " Without a value, an effort or the day: {}.",
                counted(*n, "done item")
            ))),
        };
        vec![Block::Blank, Block::heading(2, "Done"), Block::Text(line)]
    }

    fn selling(&self) -> Vec<Block<'a>> {
        let shares = &self.value.selling;
        let total: f64 = shares.iter().map(|it| it.value).sum();
        if total <= 0.0 {
            return Vec::new();
        }
        let heading = [Block::Blank, Block::heading(2, "Unique selling proposition")];
        let is_unknown = |selling: Selling| selling == Selling::Unknown;
        if shares.iter().all(|it| it.n == 0 || is_unknown(it.selling)) {
            let line =
                Line::from("No item says what it does to it. Say so with: ").then(Cell::new(
                    format!("git backlog set {} usp=strengthens", self.value.plan.items[0].id()),
                    Tone::Code,
                ));
            let line = line.then(" (or parity, or none)");
            return heading.into_iter().chain([Block::Text(line)]).collect();
        }
        let mut table = Table::new([
            Column::whole("usp"),
            Column::whole("value").right(),
            Column::whole("share").right(),
            Column::whole("effort").right(),
            Column::whole("items").right(),
        ]);
        for it in shares.iter().filter(|it| it.n > 0) {
            let tone = if is_unknown(it.selling) { Tone::Dim } else { Tone::Plain };
            table.push([
                Cell::new(it.selling.word(), tone),
                rounded(it.value).into(),
                percent(it.value / total).into(),
                rounded(it.effort).into(),
                it.n.to_string().into(),
            ]);
        }
        heading.into_iter().chain([Block::Table(table)]).collect()
    }

    fn unscored(&self) -> Vec<Block<'a>> {
        let unscored = &self.value.plan.unscored;
        if unscored.is_empty() {
            return Vec::new();
        }
        let (is, are) = match unscored.len() {
            1 => ("is", "counts"),
            _ => ("are", "count"),
        };
        let text = format!(
            "{} {is} not scored, and {are} nowhere above:",
            counted(unscored.len(), "open item")
        );
        let lines = unscored.iter().map(|item| {
            let kind = match item.item_type() {
                kind if kind.is_empty() => String::new(),
                kind => format!("{kind}, "),
            };
            values::named(item).then(Cell::dim(format!(" ({kind}{})", lack(item))))
        });
        let list = self.list(lines.collect());
        vec![Block::Blank, Block::heading(2, "Not scored"), Block::text(text), list]
    }

    fn list(&self, mut lines: Vec<Line<'a>>) -> Block<'a> {
        let n = lines.len();
        lines.truncate(SHOWN);
        if n > SHOWN {
            lines.push(Line::from(Cell::dim(format!("and {} more", n - SHOWN))));
        }
        Block::List(lines)
    }
}

fn ids<'a>(line: Line<'a>, items: &[&'a Entry]) -> Line<'a> {
    let shown = items.iter().take(SHOWN).enumerate();
    let line = shown.fold(line, |line, (at, item)| {
        line.then(if at == 0 { "" } else { ", " }).then(Cell::id(item.id()))
    });
    match items.len().saturating_sub(SHOWN) {
        0 => line,
        more => line.then(format!(" and {more} more")),
    }
}
