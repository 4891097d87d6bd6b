//! A change as somebody who has to agree to it reads it: one page, the most important first.

mod bearing;

use serde_json::{Value, json};

use super::amount::{percent, points, rounded, value_weeks, weeks};
use super::diff::DiffView;
use super::findings::{FindingsView, shortened, tone};
use super::forecast;
use super::room::Room;
use crate::domain::bearing::Bearing;
use crate::domain::config::Severity;
use crate::domain::diff::summary;
use crate::domain::effect::{Early, Effect, Gain, Gap, Inverted, Load, Pair, Reach, Shift};
use crate::domain::finding::Finding;
use crate::domain::message::counted;
use crate::domain::prospect::Shifts;
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View, markdown};

/// What a program looks for to replace its own comment.
const MARKER: &str = "git-backlog review";

/// The most bytes of Markdown: GitHub takes comments of up to 65,536 characters.
const MOST: usize = 60_000;

/// The review of a change.
pub struct ReviewView<'a> {
    /// What differs, what deserves a look, and why.
    pub diff: DiffView<'a>,
    /// What rules find that was not there before.
    pub findings: FindingsView<'a>,
    /// What it does to the plan.
    pub effect: &'a Effect,
    /// Which dates it moves.
    pub shifts: &'a Shifts<'a>,
    /// What bears on it beside the order.
    pub bearing: &'a Bearing<'a>,
}

impl View for ReviewView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        self.all(Room::SCREEN)
    }

    fn page(&self) -> Vec<Block<'_>> {
        // Less and less is shown until it fits, which the last of these always does.
        let rooms = [
            (100, 60, 2_000),
            (100, 0, 2_000),
            (30, 0, 1_000),
            (10, 0, 500),
            (3, 0, 200),
            (3, 0, 50),
        ];
        let page = |(most, n_lines, longest)| {
            let mut blocks = vec![Block::Marker(MARKER)];
            let all = self.all(Room { is_page: true, most, n_lines });
            blocks.extend(all.into_iter().map(|block| block.shortened(longest)));
            blocks
        };
        let fits = |blocks: &Vec<Block<'_>>| markdown::text(blocks).len() <= MOST;
        let last = rooms[rooms.len() - 1];
        rooms.into_iter().map(page).find(fits).unwrap_or_else(|| page(last))
    }

    fn json(&self) -> Value {
        let mut object = self.diff.json();
        let findings = self.findings.findings.iter().map(|it| self.findings.object(it));
        object["findings"] = findings.collect();
        object["effect"] = effect(self.effect);
        object["forecast"] = forecast::shifts_object(self.shifts);
        object["bearing"] = bearing::object(self.bearing);
        object
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("documents")
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl ReviewView<'_> {
    fn all(&self, room: Room) -> Vec<Block<'_>> {
        let title = Line::from("Backlog: ").then(summary::line(self.diff.diff));
        let mut blocks = vec![Block::heading(2, title)];
        blocks.extend(self.worth().into_iter().map(Block::Text));
        blocks.extend(self.diff.note.map(|note| Block::text(Cell::dim(note))));
        blocks.extend(self.diff.risks(room));
        blocks.extend(self.found(room));
        blocks.extend(self.diff.moves(room));
        blocks.extend(self.plan(room));
        blocks.extend(room.section("Forecast", forecast::shift_lines(self.shifts)));
        blocks.extend(bearing::blocks(self.bearing, room));
        blocks.extend(self.diff.rest(room));
        let states = format!("{} → {}", self.diff.states.0, self.diff.states.1);
        blocks.push(Block::Blank);
        blocks.push(Block::text(Cell::dim(states)));
        blocks
    }

    /// What the new order is worth, in one or two sentences.
    fn worth(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let gap = self.effect.gap.as_ref().and_then(gap).unwrap_or_default();
        lines.extend(self.effect.gain.as_ref().map(|gain| self.gain(gain).then(gap)));
        // What rounds to the same is the same to a reader.
        let differs = |it: &&Early| percent(it.before) != percent(it.after);
        if let Some(early) = self.effect.early.as_ref().filter(differs) {
            lines.push(Line::from(early_value(early)));
        }
        if self.effect.n_scored_before == 0 && self.effect.n_scored > 0 {
            lines.push(Line::from("No value before: nothing was scored."));
        }
        if !lines.is_empty() && self.effect.n_unscored > 0 {
            let count = counted(self.effect.n_unscored, "open item");
            let verb = if self.effect.n_unscored == 1 { "has" } else { "have" };
            lines.push(Line::from(Cell::dim(format!(
                "{count} {verb} no value or no effort, and {} not counted here.",
                if self.effect.n_unscored == 1 { "is" } else { "are" }
            ))));
        }
        lines
    }

    /// `The new order gains 34 value-weeks: BL-7k3qd (value 8) comes 3 weeks earlier, …`
    fn gain<'b>(&'b self, gain: &'b Gain) -> Line<'b> {
        let amount = gain.value_points;
        let (verb, tone) = match amount {
            amount if amount > 0.0 => ("gains", Tone::Good),
            amount if amount < 0.0 => ("costs", Tone::Bad),
            _ => ("neither gains nor costs", Tone::Plain),
        };
        let amount = match gain.value_weeks() {
            Some(weeks) => value_weeks(weeks.abs()),
            None => format!("{} value × points", rounded(amount.abs())),
        };
        let mut line = Line::from("The new order ").then(Cell::new(verb, tone)).then(" ");
        line = line.then(Cell::strong(amount));
        let earlier = (&gain.earlier, "earlier", gain.n_earlier);
        let later = (&gain.later, "later", gain.n_later);
        // What it is about comes first: the gain of a gain, the cost of a cost.
        let shifts = if amount_is_cost(gain) { [later, earlier] } else { [earlier, later] };
        let told = shifts.into_iter().filter_map(|(it, word, n)| Some((it.as_ref()?, word, n)));
        for (at, (shift, word, n_such)) in told.enumerate() {
            line = line.then(if at == 0 { ": " } else { "; " });
            line = self.shift(line, shift, word, gain.points_a_week);
            if n_such > 1 {
                line = line.then(format!(", with {}", counted(n_such - 1, "other")));
            }
        }
        let line = line.then(".");
        match gain.inverted.as_ref().filter(|_| amount_is_cost(gain)) {
            Some(inverted) => self.inverted(line, inverted),
            None => line,
        }
    }

    /// `Main reason: BL-7k3qd Guest checkout (5/8) is placed before BL-9qqrt Orders (13/3).`
    fn inverted<'b>(&'b self, line: Line<'b>, it: &'b Inverted) -> Line<'b> {
        let line = self.pair(line.then(" Main reason: "), &it.above);
        self.pair(line.then(" is placed before "), &it.below).then(".")
    }

    fn pair<'b>(&'b self, line: Line<'b>, it: &'b Pair) -> Line<'b> {
        let line = line.then(Cell::id(&*it.id)).then(" ");
        let line = match self.diff.titles.get(&it.id) {
            Some(title) => line.then(&**title).then(" "),
            None => line,
        };
        line.then(format!("({}/{})", rounded(it.value), rounded(it.effort)))
    }

    fn shift<'b>(
        &'b self,
        line: Line<'b>,
        shift: &'b Shift,
        word: &'static str,
        pace: Option<f64>,
    ) -> Line<'b> {
        let line = line.then(Cell::id(&*shift.id)).then(" ");
        let line = match self.diff.titles.get(&shift.id) {
            Some(title) => line.then(&**title).then(" "),
            None => line,
        };
        let by = match pace {
            Some(pace) => weeks(shift.points.abs() / pace),
            None => points(shift.points.abs()),
        };
        line.then(format!("(value {}) comes {by} {word}", rounded(shift.value)))
    }

    /// What the change brings in: errors and warnings in sight, what is only worth knowing folded.
    /// Many findings of one rule are one line.
    fn found(&self, room: Room) -> Vec<Block<'_>> {
        let mut groups: Vec<Vec<&Finding>> = Vec::new();
        for finding in self.findings.findings {
            let is_same = |group: &&mut Vec<&Finding>| {
                group[0].code == finding.code && group[0].severity == finding.severity
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.push(finding),
                None => groups.push(vec![finding]),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group[0].severity));
        let is_grave = |group: &Vec<&Finding>| group[0].severity >= Severity::Warning;
        let (grave, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_grave);
        let lines = |groups: Vec<Vec<&Finding>>| -> Vec<Line<'static>> {
            groups.iter().flat_map(|group| self.group(group)).collect()
        };
        let mut blocks = room.section("New findings", lines(grave));
        if !rest.is_empty() {
            let n: usize = rest.iter().map(Vec::len).sum();
            let summary = format!("{} worth knowing", counted(n, "finding"));
            match room.is_page {
                true => blocks.extend(room.folded(summary, vec![room.list(lines(rest))])),
                false => blocks.extend(room.section("Worth knowing", lines(rest))),
            }
        }
        blocks
    }

    /// The findings of one rule.
    fn group(&self, group: &[&Finding]) -> Vec<Line<'static>> {
        const EACH: usize = 3;
        if group.len() <= EACH {
            return group.iter().map(|it| self.finding(it)).collect();
        }
        let (first, mut ids) = (group[0], Vec::new());
        for id in group.iter().filter_map(|it| it.id.clone()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let shown = ids.iter().take(EACH).cloned().collect::<Vec<_>>().join(", ");
        let more = match ids.len().saturating_sub(EACH) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let word = format!("{} {}", first.severity.word(), first.code);
        let line = Line::from(Cell::new(word, tone(first.severity)));
        let line = line.then(format!(" {} times: {}, in {shown}{more}", group.len(), first.name));
        vec![line]
    }

    fn finding(&self, it: &Finding) -> Line<'static> {
        let word = format!("{} {} {}", it.severity.word(), it.code, it.name);
        let line = Line::from(Cell::new(word, tone(it.severity))).then(" ");
        let line = match &it.id {
            Some(id) => line.then(Cell::id(id.clone())).then(": "),
            None => line,
        };
        let place = format!(" ({}:{})", self.findings.path(it), it.position);
        line.then(shortened(&it.message).into_owned()).then(Cell::dim(place))
    }

    /// What it does to sprints and releases.
    fn plan(&self, room: Room) -> Vec<Block<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        lines.extend(self.effect.sprints.iter().map(|it| self.load(it)));
        lines.extend(self.effect.releases.iter().map(|it| self.reach(it)));
        room.section("Plan", lines)
    }

    fn load<'b>(&'b self, load: &'b Load) -> Line<'b> {
        let line = Line::from(Cell::id(&*load.id)).then(" ");
        let fits = load.capacity.map(|it| format!(" of {}", rounded(it))).unwrap_or_default();
        let is_over = load.capacity.is_some_and(|capacity| load.after > capacity);
        let load_text = format!("{} → {}{fits} points", rounded(load.before), rounded(load.after));
        let tone = if is_over { Tone::Bad } else { Tone::Plain };
        let mut line = line.then(Cell::new(load_text, tone));
        for (mark, ids, tone) in [("+", &load.came, Tone::Good), ("-", &load.left, Tone::Removed)] {
            for id in ids {
                line = line.then(" ").then(Cell::new(format!("{mark}{id}"), tone));
            }
        }
        line
    }

    fn reach<'b>(&'b self, reach: &'b Reach) -> Line<'b> {
        let line = Line::from(Cell::id(&*reach.id)).then(" ");
        let line = match self.diff.titles.get(&reach.id) {
            Some(title) => line.then(&**title).then(" "),
            None => line,
        };
        let text = match (reach.before, reach.after) {
            (Some(before), Some(after)) => format!(
                "is complete after {} of effort instead of {}",
                points(after),
                rounded(before)
            ),
            (None, Some(after)) => format!("is complete after {} of effort", points(after)),
            (_, None) => "has no open item any more".to_owned(),
        };
        let tone = match (reach.before, reach.after) {
            (Some(before), Some(after)) if after > before => Tone::Warn,
            _ => Tone::Plain,
        };
        let line = line.then(Cell::new(text, tone));
        match reach.n_unestimated {
            0 => line,
            n => line.then(Cell::dim(format!(", and {} without an estimate", counted(n, "item")))),
        }
    }
}

/// `Against the best order, delay costs 24 % more instead of 31 %.`; nothing where that is the same.
fn gap(gap: &Gap) -> Option<String> {
    let (before, after) = (percent(gap.before), percent(gap.after));
    (before != after)
        .then(|| format!(" Against the best order, delay costs {after} more instead of {before}."))
}

fn amount_is_cost(gain: &Gain) -> bool {
    gain.value_points < 0.0
}

/// `In the first 18 points (sprint 2026-24) comes 41 % of the value instead of 35 %.`
fn early_value(early: &Early) -> String {
    let points = match &early.sprint {
        Some(sprint) => {
            format!("{}, as many as fit into {sprint},", points(early.effort))
        }
        None => format!("{}, a quarter of all,", points(early.effort)),
    };
    format!(
        "The first {points} bring {} of the value instead of {}.",
        percent(early.after),
        percent(early.before)
    )
}

fn effect(effect: &Effect) -> Value {
    let shift = |it: &Option<Shift>| {
        it.as_ref().map(|it| json!({ "id": it.id, "value": it.value, "points": it.points }))
    };
    let pair = |it: &Pair| json!({ "id": it.id, "value": it.value, "effort": it.effort });
    json!({
        "scored": effect.n_scored,
        "scored_before": effect.n_scored_before,
        "unscored": effect.n_unscored,
        "early": effect.early.as_ref().map(|it| json!({
            "effort": it.effort,
            "sprint": it.sprint,
            "share_before": it.before,
            "share_after": it.after,
        })),
        "gain": effect.gain.as_ref().map(|it| json!({
            "value_points": it.value_points,
            "points_a_week": it.points_a_week,
            "n_earlier": it.n_earlier,
            "n_later": it.n_later,
            "value_weeks": it.value_weeks(),
            "earlier": shift(&it.earlier),
            "later": shift(&it.later),
            "inverted": it.inverted.as_ref().map(|it| json!({
                "above": pair(&it.above), "below": pair(&it.below), "loss_value_points": it.loss,
            })),
        })),
        "gap": effect.gap.map(|it| json!({ "before": it.before, "after": it.after })),
        "releases": effect.releases.iter().map(|it| json!({
            "id": it.id,
            "effort_before": it.before,
            "effort_after": it.after,
            "unestimated": it.n_unestimated,
        })).collect::<Vec<_>>(),
        "sprints": effect.sprints.iter().map(|it| json!({
            "id": it.id,
            "effort_before": it.before,
            "effort_after": it.after,
            "capacity": it.capacity,
            "came": it.came,
            "left": it.left,
        })).collect::<Vec<_>>(),
    })
}
