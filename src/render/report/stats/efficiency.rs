//! Flow efficiency.

use serde_json::{Value as Json, json};

use super::super::amount::percent;
use super::{Section, no_chart, nothing};
use crate::domain::message::counted;
use crate::domain::stats::Stats;
use crate::domain::stats::efficiency::Unmeasured;
use crate::render::block::Block;

pub(super) const SECTION: Section = Section {
    key: "flow_efficiency",
    title: "Flow efficiency",
    blocks,
    chart: no_chart,
    json: object,
};

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    match &stats.efficiency {
        Ok(it) => vec![Block::text(format!(
            "{} of the days under way somebody worked: {} of work and {} of waiting ({}), over {}.",
            percent(it.share()),
            super::days(it.working),
            super::days(it.waiting),
            it.waiting_statuses.join(", "),
            counted(it.n_items, "item")
        ))],
        Err(why) => nothing(format!("Not measurable: {}.", reason(*why))),
    }
}

fn reason(why: Unmeasured) -> &'static str {
    match why {
        Unmeasured::NoStatus => {
            "no status of category doing says that an item waits, as 'waiting', 'blocked' or 'ready-for-test' would"
        }
        Unmeasured::NoItem => {
            "the history tells of no done item on which days it was worked on and on which it waited"
        }
    }
}

fn object(stats: &Stats<'_>) -> Json {
    match &stats.efficiency {
        Ok(it) => json!({
            "share": it.share(),
            "working_days": it.working,
            "waiting_days": it.waiting,
            "waiting_statuses": it.waiting_statuses,
            "items": it.n_items,
        }),
        Err(why) => json!({ "share": null, "why": reason(*why) }),
    }
}
