//! What the place of an item rests on: its worth, the goal that it serves, evidence, decisions,
//! what waits for what.

use super::backlog::Backlog;
use super::case;
use super::entry::Entry;
use super::kind::EVIDENCE;
use super::progress::Way;

/// The fields that scores are made of, in the order in which they are told.
const INPUTS: [&str; 13] = [
    "value",
    "effort",
    "time_criticality",
    "risk_reduction",
    "reach",
    "impact",
    "confidence",
    "ease",
    "moscow",
    "urgency",
    "importance",
    "satisfaction",
    "due",
];

/// What the place of an item rests on.
#[derive(Debug, Default)]
pub struct Standing<'a> {
    /// The inputs of scores that it has, as they are written.
    pub inputs: Vec<(&'static str, String)>,
    /// Its value for each point of effort; `None` without both.
    pub ratio: Option<Ratio>,
    /// The goals that it serves, the nearest first.
    pub goals: Vec<Link<'a>>,
    /// How far these have come, where they have a metric.
    pub metrics: Vec<Way<'a>>,
    /// What could go wrong.
    pub risk: Option<String>,
    /// What speaks for it, and against it.
    pub evidence: Vec<Link<'a>>,
    /// The personas that it is for, by itself or by the nearest item above it.
    pub personas: Vec<Link<'a>>,
    /// The decisions that shaped it.
    pub decisions: Vec<Link<'a>>,
    /// What has to be done before.
    pub waits_for: Vec<Link<'a>>,
    /// What can only be done after.
    pub waited_for_by: Vec<Link<'a>>,
    /// The sprint and the release that it is planned for.
    pub plan: Vec<Link<'a>>,
}

/// Value for each point of effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The value divided by the effort.
    pub ratio: f64,
    /// Its place among those of all open items that have both, and itself, from 1; equal ones share
    /// a place.
    pub place: usize,
    /// How many these are.
    pub n_scored: usize,
}

/// A document that an item has to do with.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// Its id as it is written.
    pub id: String,
    /// The document, if there is one.
    pub entry: Option<&'a Entry>,
    /// What there is to say of it: its status, its strength.
    pub note: String,
    /// Whether it speaks against the item.
    pub is_against: bool,
}

/// What the place of `item` rests on.
pub fn standing<'a>(backlog: &'a Backlog, item: &'a Entry) -> Standing<'a> {
    let input = |name: &'static str| Some((name, item.text(name)?.into_owned()));
    let named = |field: &str| -> Vec<Link<'a>> {
        item.links(field).iter().map(|id| link(backlog, id, status)).collect()
    };
    let back = backlog.links_to(item);
    let from = |field: &str, note: fn(&Entry) -> String| -> Vec<Link<'a>> {
        let links = back.iter().filter(|it| it.field == field);
        links.map(|it| link(backlog, it.from.id(), note)).collect()
    };
    let against = from("contradicts", strength).into_iter();
    let mut evidence: Vec<Link<'a>> =
        item.links("evidence").iter().map(|id| link(backlog, id, strength)).collect();
    evidence.extend(from("supports", strength));
    evidence.extend(against.map(|it| Link { is_against: true, ..it }));
    let mut decisions = named("decisions");
    decisions.extend(from("affects", status).into_iter().filter(|it| !is_evidence(it)));
    let goals = goals(backlog, item);
    Standing {
        inputs: INPUTS.into_iter().filter_map(input).collect(),
        ratio: ratio(backlog, item),
        metrics: metrics(backlog, &goals),
        risk: case::risk(item),
        goals,
        evidence: unique(evidence),
        personas: personas(backlog, item),
        decisions: unique(decisions),
        waits_for: unique([named("depends_on"), from("blocks", status)].concat()),
        waited_for_by: unique([named("blocks"), from("depends_on", status)].concat()),
        plan: [named("sprint"), named("release")].concat(),
    }
}

/// A link to the document called `id`, with a note on it.
pub(super) fn link<'a>(backlog: &'a Backlog, id: &str, note: fn(&Entry) -> String) -> Link<'a> {
    let entry = backlog.called(id);
    let note = entry.map(note).unwrap_or_default();
    Link { id: id.to_owned(), entry, note, is_against: false }
}

fn is_evidence(link: &Link<'_>) -> bool {
    link.entry.is_some_and(|it| std::ptr::eq(it.kind, &EVIDENCE))
}

/// The status, and the day that it is about.
fn status(entry: &Entry) -> String {
    // The day of a release, of a sprint, of a goal.
    let day = ["target", "end", "by"].into_iter().find_map(|field| entry.date(field));
    match day {
        Some(day) => format!("{}, {day}", entry.status()),
        None => entry.status().into_owned(),
    }
}

/// `strength 4, interview, 18 people`
pub fn strength(entry: &Entry) -> String {
    let strength = entry.text("strength").map(|it| format!("strength {it}"));
    let method = entry.text("method").map(|it| it.into_owned());
    let people = entry.text("participants").map(|it| format!("{it} people"));
    [strength, method, people].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The goal of an item, or that of the nearest item above it, and the goals that this one serves.
pub(super) fn goals<'a>(backlog: &'a Backlog, item: &'a Entry) -> Vec<Link<'a>> {
    let mut goals: Vec<Link<'a>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut at = Some(item);
    while let Some(entry) = at.filter(|entry| !seen.contains(&entry.id())) {
        seen.push(entry.id());
        let field = if entry.kind.is_ranked() { "goal" } else { "parent" };
        let next = entry.links(field).first().map(|id| link(backlog, id, status));
        at = match next {
            Some(goal) => {
                let entry = goal.entry;
                goals.push(goal);
                entry
            }
            None => backlog.parent(entry),
        };
    }
    goals
}

/// How far the goals have come, each metric once.
fn metrics<'a>(backlog: &'a Backlog, goals: &[Link<'a>]) -> Vec<Way<'a>> {
    let mut metrics: Vec<Way<'a>> = Vec::new();
    for goal in goals.iter().filter_map(|it| it.entry) {
        let way = Way::of_goal(backlog, goal);
        if way.metric.is_some() && !metrics.iter().any(|it| it.metric == way.metric) {
            metrics.push(way);
        }
    }
    metrics
}

/// The personas of an item, or of the nearest item above it that names some.
fn personas<'a>(backlog: &'a Backlog, item: &'a Entry) -> Vec<Link<'a>> {
    let mut nearest =
        std::iter::once(item).chain(backlog.above(item)).map(|it| it.links("personas"));
    let ids = nearest.find(|ids| !ids.is_empty()).unwrap_or_default();
    ids.iter().map(|id| link(backlog, id, |_| String::new())).collect()
}

fn ratio(backlog: &Backlog, item: &Entry) -> Option<Ratio> {
    let of = |item: &Entry| {
        let effort = item.number("effort").filter(|effort| *effort > 0.0)?;
        Some(item.number("value")? / effort)
    };
    let ratio = of(item).filter(|_| backlog.category(item).is_open())?;
    let others = backlog.open_items().filter(|other| other.id() != item.id());
    let others: Vec<f64> = others.filter_map(of).collect();
    let place = others.iter().filter(|other| **other > ratio).count() + 1;
    Some(Ratio { ratio, place, n_scored: others.len() + 1 })
}

/// Each document once, the first time that it is named.
fn unique(links: Vec<Link<'_>>) -> Vec<Link<'_>> {
    let mut unique: Vec<Link<'_>> = Vec::new();
    for link in links {
        if !unique.iter().any(|it| it.id == link.id) {
            unique.push(link);
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    #[test]
    fn gathers_what_speaks_for_an_item_and_what_waits() {
        let file = |path: &str, front: &str| SourceFile {
            path: path.to_owned(),
            text: Ok(format!("---\n{front}\n---\n")),
        };
        let backlog = Backlog::parse(vec![
            file(
                "items/BL-a.md",
                "id: BL-a\ntitle: A\nstatus: ready\nrank: bbbb\nvalue: 8\neffort: 4\nparent: BL-e\ndepends_on: [BL-b, BL-x]\nevidence: [EV-1]",
            ),
            file(
                "items/BL-b.md",
                "id: BL-b\ntitle: B\nstatus: ready\nrank: cccc\nvalue: 3\neffort: 1",
            ),
            file(
                "items/BL-e.md",
                "id: BL-e\ntitle: E\ntype: epic\nstatus: ready\nrank: dddd\ngoal: GOAL-g",
            ),
            file(
                "items/BL-c.md",
                "id: BL-c\ntitle: C\nstatus: done\nrank: ffff\ndepends_on: [BL-a]",
            ),
            file("goals/GOAL-g.md", "id: GOAL-g\ntitle: G\nstatus: active\nparent: GOAL-h"),
            file("goals/GOAL-h.md", "id: GOAL-h\ntitle: H\nstatus: active\nparent: GOAL-g"),
            file(
                "evidence/EV-1.md",
                "id: EV-1\ntitle: One\nstrength: 4\nmethod: interview\nparticipants: 18\nsupports: [BL-a]",
            ),
            file("evidence/EV-2.md", "id: EV-2\ntitle: Two\ncontradicts: [BL-a]"),
        ]);
        let it = standing(&backlog, backlog.called("BL-a").unwrap());
        let ids = |links: &[Link<'_>]| -> Vec<String> {
            let mark = |it: &Link<'_>| {
                if it.entry.is_none() {
                    "?"
                } else if it.is_against {
                    "!"
                } else {
                    ""
                }
            };
            links.iter().map(|link| format!("{}{}", link.id, mark(link))).collect()
        };
        assert_eq!(it.inputs, [("value", "8".to_owned()), ("effort", "4".to_owned())]);
        assert_eq!(it.ratio, Some(Ratio { ratio: 2.0, place: 2, n_scored: 2 }));
        // A circle of goals ends.
        assert_eq!(ids(&it.goals), ["GOAL-g", "GOAL-h", "GOAL-g"]);
        assert_eq!(ids(&it.evidence), ["EV-1", "EV-2!"]);
        assert_eq!(it.evidence[0].note, "strength 4, interview, 18 people");
        assert_eq!(ids(&it.waits_for), ["BL-b", "BL-x?"]);
        assert_eq!(ids(&it.waited_for_by), ["BL-c"]);
    }
}
