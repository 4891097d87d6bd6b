//! What a sprint would be filled with, and why other items do not come.

use serde_json::{Value, json};

use super::{goal, mean_delivered, points, rounded, values};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::sprint::{Left, Mean, Plan, Why};
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View};

/// How many items that do not come are told.
const SHOWN: usize = 10;

/// What a sprint would be filled with.
pub struct PlanView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// What the last sprints delivered on average.
    pub velocity: Option<Mean>,
}

impl View for PlanView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let plan = self.plan;
        let mut fields = vec![("goal".into(), goal(self.backlog, &plan.sprint))];
        fields.push(("capacity".into(), self.capacity()));
        fields.extend(self.velocity.map(|it| ("velocity".into(), mean_delivered(it))));
        let mut blocks = vec![values::heading(plan.sprint.record), Block::Fields(fields)];
        if !plan.taken.is_empty() {
            blocks.extend([Block::Blank, Block::heading(2, "Comes")]);
            blocks.push(Block::List(plan.taken.iter().map(|it| taken(it)).collect()));
        }
        let (planned, left): (Vec<&Left<'_>>, Vec<&Left<'_>>) =
            plan.left.iter().partition(|it| matches!(it.why, Why::Planned(_) | Why::Whole));
        if !left.is_empty() {
            blocks.extend([Block::Blank, Block::heading(2, "Does not come")]);
            let mut lines: Vec<Line<'_>> = left.iter().take(SHOWN).map(|it| line(it)).collect();
            let n_more = left.len().saturating_sub(SHOWN);
            if n_more > 0 {
                lines.push(Line::from(Cell::dim(format!("and {n_more} more"))));
            }
            blocks.push(Block::List(lines));
        }
        blocks.push(Block::Footer(Line::from(Cell::dim(rest(&planned, plan.n_below)))));
        blocks.push(Block::Blank);
        blocks
    }

    fn json(&self) -> Value {
        json!({
            "sprint": self.plan.sprint.record.id(),
            "taken": self.plan.taken.iter().map(|it| it.id()).collect::<Vec<_>>(),
            "left": self.plan.left.iter().map(|it| json!({
                "id": it.item.id(), "why": why(&it.why),
            })).collect::<Vec<_>>(),
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl PlanView<'_> {
    /// `18 points; 17 are planned, 3 of them already`
    fn capacity<'a>(&self) -> Line<'a> {
        let (before, after) = self.plan.points;
        let n = counted(self.plan.sprint.items.len() + self.plan.taken.len(), "item");
        let line = match self.plan.rules.capacity {
            Some(capacity) => Line::from(points(capacity)),
            None => Line::from(Cell::dim("not asked for")),
        };
        let already = match before > 0.0 {
            true => format!(", {} of them already", rounded(before)),
            false => String::new(),
        };
        line.then(format!("; {} planned in {n}{already}", rounded(after)))
    }
}

/// `BL-7k3qd Guest checkout (3)`
fn taken(item: &Entry) -> Line<'_> {
    let effort = item.text("effort").map(|it| it.into_owned()).unwrap_or_default();
    values::noted(values::named(item), &effort)
}

fn line<'a>(it: &'a Left<'a>) -> Line<'a> {
    values::named(it.item).then(": ").then(Cell::new(why(&it.why), Tone::Dim))
}

/// `6 are planned for another sprint, 2 by their parts; 19 open items below were not looked at`
fn rest(planned: &[&Left<'_>], n_below: usize) -> String {
    let n_whole = planned.iter().filter(|it| it.why == Why::Whole).count();
    let n_other = planned.len() - n_whole;
    let verb = |n: usize| if n == 1 { "is" } else { "are" };
    let was = if n_below == 1 { "was" } else { "were" };
    let parts = [
        (n_other, format!("{n_other} {} planned for other sprints", verb(n_other))),
        (n_whole, format!("{n_whole} {} planned by the parts", verb(n_whole))),
        (n_below, format!("{} below {was} not looked at", counted(n_below, "open item"))),
    ];
    let told = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, told)| told);
    let told: Vec<String> = told.collect();
    if told.is_empty() { "all open items were looked at".to_owned() } else { told.join("; ") }
}

/// Why an item does not come.
fn why(why: &Why) -> String {
    match why {
        Why::Whole => "is planned by its parts".to_owned(),
        Why::Planned(sprint) => format!("is planned for {sprint}"),
        Why::Unready(status) => format!("is {status}, and not ready"),
        Why::Lacks(what) => format!("lacks {}", what.join(", ")),
        Why::Unestimated => "has no effort".to_owned(),
        Why::Large(effort) => format!("is too large for a sprint with its {}", points(*effort)),
        Why::Full { needs, free } => {
            let verb = if *free == 1.0 { "is" } else { "are" };
            format!("needs {}, {} {verb} free", points(*needs), rounded(*free))
        }
        Why::Waits(id) => format!("waits for {id}"),
        Why::Circle => "waits for itself, over others".to_owned(),
    }
}
