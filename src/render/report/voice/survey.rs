//! Surveys that were counted, a table each.

use serde_json::{Value, json};

use super::source;
use crate::domain::backlog::Backlog;
use crate::domain::voice::kano::Answers;
use crate::domain::voice::money::Purchase;
use crate::domain::voice::pairwise::Order;
use crate::domain::voice::{Broken, Counted, Outcome};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::report::values::plain;

/// What a survey says.
pub(super) fn blocks(backlog: &Backlog, counted: &Counted<'_>) -> Vec<Block<'static>> {
    match &counted.outcome {
        Ok(Outcome::Kano(answers)) => kano(backlog, answers),
        Ok(Outcome::Money(purchase)) => money(backlog, purchase),
        Ok(Outcome::Pairwise(order)) => pairwise(backlog, order),
        Err(Broken { line, message }) => {
            let place = line.map(|it| format!(":{it}")).unwrap_or_default();
            let path = counted.source.entry.path();
            let text = format!("{path}{place}: {message}");
            vec![Block::text(Cell::new(text, Tone::Bad))]
        }
    }
}

/// What the table names, with the title of the item if it is one.
fn item(backlog: &Backlog, name: &str) -> Cell<'static> {
    let id = name.trim_matches(['[', ']']);
    match backlog.called(id) {
        Some(entry) => Cell::from(format!("{} {}", entry.id(), entry.title())),
        None => Cell::from(name.to_owned()),
    }
}

fn kano(backlog: &Backlog, answers: &[Answers]) -> Vec<Block<'static>> {
    let columns = [
        Column::shrink("item"),
        Column::whole("class"),
        Column::whole("better").right(),
        Column::whole("worse").right(),
        Column::whole("n").right(),
    ];
    let mut table = Table::new(columns);
    for it in answers {
        let class = match it.class() {
            Some((class, false)) => Cell::from(class.word()),
            Some((class, true)) => Cell::new(format!("{}, a tie", class.word()), Tone::Warn),
            None => Cell::dim("no answers"),
        };
        let number = |number: Option<f64>| Cell::from(number.map(plain).unwrap_or_default());
        let n = Cell::from(it.n().to_string());
        table.push([item(backlog, &it.item), class, number(it.better()), number(it.worse()), n]);
    }
    vec![Block::Table(table)]
}

fn money(backlog: &Backlog, purchase: &Purchase) -> Vec<Block<'static>> {
    let columns = [
        Column::shrink("item"),
        Column::whole("money").right(),
        Column::whole("share").right(),
        Column::whole("price").right(),
        Column::whole("bought"),
    ];
    let mut table = Table::new(columns);
    for it in &purchase.features {
        let share = (purchase.total > 0.0).then(|| it.money / purchase.total * 100.0);
        let share = share.map(|share| format!("{share:.0} %")).unwrap_or_default();
        let bought = match it.is_bought() {
            Some(true) => Cell::new("yes", Tone::Good),
            Some(false) => Cell::from("no"),
            None => Cell::default(),
        };
        let price = it.price.map(plain).unwrap_or_default();
        let money = plain(it.money).into();
        table.push([item(backlog, &it.item), money, share.into(), price.into(), bought]);
    }
    vec![Block::Table(table)]
}

fn pairwise(backlog: &Backlog, order: &Order) -> Vec<Block<'static>> {
    let columns = [
        Column::shrink("item"),
        Column::whole("beats").right(),
        Column::whole("beaten by").right(),
    ];
    let mut table = Table::new(columns);
    for it in &order.places {
        let cells = [it.n_won.to_string().into(), it.n_lost.to_string().into()];
        table.push([item(backlog, &it.item)].into_iter().chain(cells));
    }
    let mut blocks = vec![Block::Table(table)];
    let circle = |[a, b, c]: &[String; 3]| {
        Line::from(Cell::new(format!("{a} beats {b} beats {c} beats {a}"), Tone::Warn))
    };
    let mut lines: Vec<Line<'static>> = order.circles.iter().map(circle).collect();
    let n_more = order.n_circles - order.circles.len();
    lines.extend((n_more > 0).then(|| Line::from(format!("and {n_more} more circles"))));
    if !lines.is_empty() {
        blocks.push(Block::text(
            "These beat each other in a circle, so there is no order among them:",
        ));
        blocks.push(Block::List(lines));
    }
    if order.n_open > 0 {
        let pairs =
            if order.n_open == 1 { "1 pair was" } else { &format!("{} pairs were", order.n_open) };
        blocks.push(Block::text(Cell::dim(format!("{pairs} not asked about"))));
    }
    blocks
}

/// A survey for programs.
pub(super) fn object(counted: &Counted<'_>) -> Value {
    let (result, broken) = match &counted.outcome {
        Ok(Outcome::Kano(answers)) => (answers.iter().map(kano_object).collect(), None),
        Ok(Outcome::Money(it)) => {
            let features = it.features.iter().map(|it| {
                json!({
                    "item": it.item, "money": it.money, "price": it.price, "bought": it.is_bought(),
                })
            });
            (
                json!({ "features": features.collect::<Vec<_>>(), "total": it.total, "people": it.n_people }),
                None,
            )
        }
        Ok(Outcome::Pairwise(it)) => {
            let places = it.places.iter().map(|it| {
                json!({
                    "item": it.item, "won": it.n_won, "lost": it.n_lost,
                })
            });
            (
                json!({
                    "places": places.collect::<Vec<_>>(), "circles": it.circles,
                    "circles_total": it.n_circles, "choices": it.n_choices, "open": it.n_open,
                }),
                None,
            )
        }
        Err(broken) => {
            (Value::Null, Some(json!({ "line": broken.line, "message": broken.message })))
        }
    };
    json!({ "evidence": source(&counted.source), "result": result, "problem": broken })
}

fn kano_object(it: &Answers) -> Value {
    json!({
        "item": it.item,
        "class": it.class().map(|(class, _)| class.word()),
        "tie": it.class().is_some_and(|(_, is_tie)| is_tie),
        "better": it.better(),
        "worse": it.worse(),
        "n": it.n(),
    })
}
