//! The Sprint Retrospective: how the team works, and what it changes.

use super::facts::{first, points_of};
use super::{About, Ceremony, Facts, Part, Point, TimeBox};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::mention::mentions;
use crate::domain::message::counted;
use crate::domain::note::Note;
use crate::domain::sprint::{ACTIONS, Amount, CHANGES, Group, Sprint, WENT_WELL, aged, notes};

pub(super) const RETRO: Ceremony = Ceremony {
    name: "retro",
    title: "Sprint Retrospective",
    purpose: "The team finds out what helped and what did not, and picks what it changes first.",
    time: TimeBox::Month(3 * 60),
    about: About::Current,
    parts,
};

fn parts<'a>(facts: &Facts<'a>) -> Vec<Part<'a>> {
    let record = facts.sprint().map(|it| it.record);
    vec![
        Part {
            title: "What became of the last changes",
            question: "Did they help?",
            share: 15,
            points: last_time(facts),
            without: "No retrospective before this one has noted anything.",
        },
        Part {
            title: "Figures",
            question: "What do they say, and what do they hide?",
            share: 15,
            points: figures(facts),
            without: "The sprint has no days behind it.",
        },
        Part {
            title: "What went well",
            question: "What do we want to keep?",
            share: 20,
            points: noted(record, WENT_WELL),
            without: "Note it with: git backlog sprint note --went-well …",
        },
        Part {
            title: "What we change",
            question: "What kept us, and what would help most?",
            share: 30,
            points: noted(record, CHANGES),
            without: "Note it with: git backlog sprint note --change …",
        },
        Part {
            title: "Actions",
            question: "Who does what until when? One or two are enough.",
            share: 20,
            points: record.map(|it| actions(facts, it)).unwrap_or_default(),
            without: "Make items of them with: git backlog sprint note --action …",
        },
    ]
}

/// The sprint before this one that was closed.
fn before<'f, 'a>(facts: &'f Facts<'a>) -> Option<&'f Sprint<'a>> {
    let own = facts.sprint()?;
    let is_before = |it: &&Sprint<'_>| {
        it.category == Category::Done && it.record != own.record && it.start <= own.start
    };
    facts.sprints.iter().rfind(is_before)
}

/// The changes and the actions of the retrospective before.
fn last_time<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some(sprint) = before(facts) else { return Vec::new() };
    let changes = noted(Some(sprint.record), CHANGES);
    first(actions(facts, sprint.record).into_iter().chain(changes))
}

fn noted<'a>(record: Option<&Entry>, group: Group) -> Vec<Point<'a>> {
    let notes = record.map(|it| notes(&it.document, group)).unwrap_or_default();
    notes.into_iter().map(|it: Note| Point::words(it.to_string())).collect()
}

/// The actions of a record, each with what became of its item.
fn actions<'a>(facts: &Facts<'a>, record: &Entry) -> Vec<Point<'a>> {
    let point = |note: Note| {
        let id = mentions(&note.text).next().map(|it| it.id.to_owned());
        match id.and_then(|id| facts.backlog.called(&id)) {
            Some(item) => Point::of(item, item.status().into_owned()),
            None => Point::words(note.to_string()),
        }
    };
    notes(&record.document, ACTIONS).into_iter().map(point).collect()
}

fn figures<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some(state) = &facts.state else { return Vec::new() };
    let mut points = Vec::new();
    let told = |it: Amount| format!("{} in {}", points_of(it.points), counted(it.items, "item"));
    if let (Some(planned), Some(last)) = (state.course.planned(), state.course.last()) {
        points.push(Point::words(format!("Planned on the first day: {}", told(planned))));
        points.push(Point::words(format!("Done: {}", told(last.done))));
    }
    for (steps, word) in [(&state.course.came, "Came"), (&state.course.left, "Left")] {
        points.extend(steps.iter().map(|it| {
            let told = format!("{} after the first day, on {}", word.to_lowercase(), it.day);
            match it.item {
                Some(item) => Point::of(item, told),
                None => Point::words(format!("{} {told}", it.id)),
            }
        }));
    }
    for life in facts.timeline.lives.iter().filter(|life| life.n_reopened > 0) {
        let item = life.item.filter(|item| state.sprint.has(item));
        let times = counted(life.n_reopened as usize, "time");
        points.extend(item.map(|item| Point::of(item, format!("was opened again {times}"))));
    }
    let old = aged(facts.timeline, facts.today).into_iter();
    points.extend(old.filter_map(|(life, told)| Some(Point::of(life.item?, told))));
    first(points)
}
