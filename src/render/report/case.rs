//! A business case on one page, and the budgets of the releases.

use serde_json::{Value, json};

use super::values::{self, Field, money, plain};
use crate::domain::backlog::Backlog;
use crate::domain::case::{Case, Money, Sum, have_none};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// A business case.
pub struct CaseView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The case.
    pub case: &'a Case<'a>,
}

impl View for CaseView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let subject = self.case.subject;
        let mut blocks = vec![values::heading(subject), Block::Fields(self.fields())];
        let has_parts = self.case.items.iter().any(|it| *it != subject);
        if has_parts {
            blocks.extend([Block::Blank, Block::heading(2, "Items"), Block::Table(self.items())]);
        }
        blocks.extend(values::missing(&self.case.missing));
        blocks
    }

    fn json(&self) -> Value {
        let case = self.case;
        json!({
            "id": case.subject.id(),
            "kind": case.subject.kind.name,
            "title": case.subject.title(),
            "status": case.subject.status(),
            "problem": case.problem,
            "evidence": case.evidence.iter().map(values::link_object).collect::<Vec<_>>(),
            "items": case.items.iter().map(|it| json!({
                "id": it.id(), "title": it.title(), "status": it.status(),
                "value": it.number("value"), "effort": it.number("effort"),
            })).collect::<Vec<_>>(),
            "value": sum(&case.value),
            "effort": sum(&case.effort),
            "currency": self.backlog.config.budget.currency,
            "money": money_object(&case.money),
            "value_per_effort": self.ratio(),
            "risk": case.risk,
            "goals": case.goals.iter().map(|it| json!({
                "id": it.goal.id(), "title": it.goal.title(),
                "progress": values::way_object(&it.way),
            })).collect::<Vec<_>>(),
            "decisions": case.decisions.iter().map(|it| json!({
                "id": it.id(), "title": it.title(), "status": it.status(),
            })).collect::<Vec<_>>(),
            "questions": case.questions.iter().map(|(item, question)| json!({
                "id": item.id(), "question": question,
            })).collect::<Vec<_>>(),
            "missing": values::missing_objects(&case.missing),
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

/// A sum for programs.
/// A sum for programs.
pub(super) fn sum(sum: &Sum) -> Value {
    json!({
        "own": sum.own, "done": sum.done, "open": sum.open,
        "open_without": sum.n_open_without, "done_without": sum.n_done_without,
    })
}

fn money_object(money: &Money) -> Value {
    json!({
        "spent": money.spent, "remaining": money.remaining, "budget": money.budget,
        "left": money.left, "yearly": money.yearly, "payback_months": money.payback_months,
    })
}

/// `21 in all: 13 done, 8 open; 2 open items have none`
fn told(sum: &Sum) -> String {
    let own = match sum.own {
        Some(own) if own != sum.all() => format!("; its own is {}", plain(own)),
        _ => String::new(),
    };
    let without = [(sum.n_open_without, "open"), (sum.n_done_without, "done")];
    let without = without.into_iter().filter_map(|(n, state)| have_none(n, state));
    let without: String = without.map(|it| format!("; {it}")).collect();
    let (all, done, open) = (plain(sum.all()), plain(sum.done), plain(sum.open));
    format!("{all} in all: {done} done, {open} open{without}{own}")
}

impl<'a> CaseView<'a> {
    fn fields(&self) -> Vec<Field<'a>> {
        let case = self.case;
        let mut fields: Vec<Field<'a>> = Vec::new();
        let status = values::status_cell(self.backlog, case.subject);
        fields.push(("status".into(), Line::from(status)));
        fields.extend(case.problem.as_deref().map(|it| ("problem".into(), Line::from(it))));
        fields.extend(values::under("evidence", case.evidence.iter().map(values::link)));
        fields.push(("value".into(), Line::from(told(&case.value))));
        fields.push(("effort".into(), Line::from(told(&case.effort))));
        fields.extend(self.money());
        fields.extend(self.returned());
        fields.extend(case.risk.as_deref().map(|it| ("risk".into(), Line::from(it))));
        let goals = case
            .goals
            .iter()
            .map(|it| values::named(it.goal).then(format!(": {}", it.way.words())));
        fields.extend(values::under("moves", goals));
        let status = |it: &&'a Entry| values::noted(values::named(it), &it.status());
        fields.extend(values::under("decisions", case.decisions.iter().map(status)));
        let question = |(item, it): &'a (&'a Entry, String)| {
            Line::from(Cell::id(item.id())).then(format!(" {it}"))
        };
        fields.extend(values::under("questions", case.questions.iter().map(question)));
        fields
    }

    fn money(&self) -> Vec<Field<'a>> {
        let it = &self.case.money;
        let (Some(spent), Some(remaining)) = (it.spent, it.remaining) else { return Vec::new() };
        let currency = self.backlog.config.budget.currency.as_deref();
        let told = |amount: f64| money(amount, currency);
        let cost = format!(
            "{} in all: {} spent, {} to come",
            told(spent + remaining),
            told(spent),
            told(remaining)
        );
        let mut fields: Vec<Field<'a>> = vec![("cost".into(), Line::from(cost))];
        if let (Some(budget), Some(left)) = (it.budget, it.left) {
            let line = Line::from(format!("{}, ", told(budget))).then(left_cell(left, currency));
            fields.push(("budget".into(), line));
        }
        fields
    }

    /// The open value for each point of the open effort; `None` without both.
    fn ratio(&self) -> Option<f64> {
        let (value, effort) = (self.case.value.open, self.case.effort.open);
        (effort > 0.0 && value > 0.0).then(|| value / effort)
    }

    fn returned(&self) -> Option<Field<'a>> {
        let mut text = format!("{} of value for a point of effort", plain(self.ratio()?));
        let it = &self.case.money;
        let currency = self.backlog.config.budget.currency.as_deref();
        if let Some(remaining) = it.remaining.filter(|it| *it > 0.0) {
            let per = self.case.value.open / remaining * 1000.0;
            text += &format!(", {} for {}", plain(per), money(1000.0, currency));
        }
        if let (Some(yearly), Some(months)) = (it.yearly, it.payback_months) {
            let yearly = money(yearly, currency);
            text += &format!("; {yearly} in a year, paid back after {} months", plain(months));
        }
        if self.case.effort.n_open_without > 0 {
            text += "; too good, because effort is missing";
        }
        Some(("return".into(), Line::from(text)))
    }

    fn items(&self) -> Table<'a> {
        let columns = [
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("value").right(),
            Column::whole("effort").right(),
            Column::shrink("title"),
        ];
        let mut table = Table::new(columns);
        for it in self.case.items.iter().filter(|it| **it != self.case.subject) {
            let text = |field: &str| Cell::from(it.text(field).unwrap_or_default());
            let status = values::status_cell(self.backlog, it);
            table.push([
                Cell::id(it.id()),
                status,
                text("value"),
                text("effort"),
                it.title().into(),
            ]);
        }
        table
    }
}

/// `12,000 EUR left`, or how much is missing.
fn left_cell(left: f64, currency: Option<&str>) -> Cell<'static> {
    match left < 0.0 {
        true => Cell::new(format!("{} over", money(-left, currency)), Tone::Bad),
        false => Cell::new(format!("{} left", money(left, currency)), Tone::Good),
    }
}

/// The budgets of the releases.
pub struct BudgetsView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The releases with what they cost and may cost.
    pub rows: Vec<(&'a Entry, Sum, Money)>,
}

impl View for BudgetsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        if self.rows.is_empty() {
            let hint = "no release is planned: git backlog new release 'Winter opening'";
            return vec![Block::text(Cell::dim(hint))];
        }
        let mut blocks = vec![Block::Table(self.table())];
        let budget = &self.backlog.config.budget;
        let foot = match (budget.cost_per_point, budget.currency.as_deref()) {
            (Some(cost), currency) => format!("a point costs {}", money(cost, currency)),
            (None, _) => "no costs: set budget.cost_per_point in config.yml".to_owned(),
        };
        let n = counted(self.rows.len(), "release");
        blocks.push(Block::Footer(Line::from(Cell::dim(format!("{n}; {foot}")))));
        blocks
    }

    fn json(&self) -> Value {
        let rows = self.rows.iter().map(|(release, effort, money)| {
            json!({
                "id": release.id(), "title": release.title(), "status": release.status(),
                "effort": sum(effort), "money": money_object(money),
            })
        });
        let currency = &self.backlog.config.budget.currency;
        json!({ "releases": rows.collect::<Vec<_>>(), "currency": currency })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("releases")
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> BudgetsView<'a> {
    fn table(&self) -> Table<'a> {
        let columns = [
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("budget").right(),
            Column::whole("spent").right(),
            Column::whole("to come").right(),
            Column::whole("left").right(),
            Column::whole("not estimated").right(),
            Column::shrink("title"),
        ];
        let mut table = Table::new(columns);
        for (release, effort, it) in &self.rows {
            let amount = |amount: Option<f64>| {
                Cell::from(amount.map(|it| money(it, None)).unwrap_or_default())
            };
            let is_open = self.backlog.category(release) != Category::Done;
            let left = match it.left {
                Some(left) if left < 0.0 => Cell::new(money(left, None), Tone::Bad),
                left => amount(left),
            };
            let n_without = effort.n_open_without;
            let without = Cell::new(
                n_without.to_string(),
                if n_without > 0 && is_open { Tone::Warn } else { Tone::Dim },
            );
            table.push([
                Cell::id(release.id()),
                values::status_cell(self.backlog, release),
                amount(it.budget),
                amount(it.spent),
                amount(it.remaining),
                left,
                without,
                release.title().into(),
            ]);
        }
        table
    }
}
