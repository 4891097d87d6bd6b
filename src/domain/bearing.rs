//! What bears on a change beside the order: what nobody has answered yet about the items that come
//! up, for whom there is more or less now, and the decisions and the evidence that came in.

use super::backlog::Backlog;
use super::diff::{Change, Diff, DocumentChange};
use super::entry::Entry;
use super::kind::{DECISION, EVIDENCE};
use super::note::Note;
use super::question;
use super::voice;

/// How many places from the top on count as near it: about what a team looks at when it plans.
pub const NEAR_TOP: usize = 10;

/// What bears on a change.
#[derive(Debug, Default)]
pub struct Bearing<'a> {
    /// The open questions about items that came or moved up to a place near the top.
    pub questions: Vec<Asked<'a>>,
    /// The personas for whom there is more or less than before.
    pub personas: Vec<Served<'a>>,
    /// The decisions and the evidence that came in, and the decisions that were taken.
    pub records: Vec<&'a Entry>,
}

/// An open question.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The item that it is about.
    pub item: &'a Entry,
    /// The place of the item.
    pub position: usize,
    /// The question.
    pub question: Note,
}

/// What is planned for a persona, before and after.
#[derive(Debug)]
pub struct Served<'a> {
    /// The persona.
    pub persona: &'a Entry,
    /// Before; `None` where the persona is new, or was not in use.
    pub before: Option<Share>,
    /// After.
    pub after: Share,
}

/// The open items that are for a persona.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub n_items: usize,
    /// The sum of their values.
    pub value: f64,
}

/// What bears on the way from `before` to `after`.
pub fn bearing<'a>(diff: &Diff, before: &Backlog, after: &'a Backlog) -> Bearing<'a> {
    Bearing {
        questions: questions(diff, after),
        personas: personas(before, after),
        records: records(diff, after),
    }
}

fn questions<'a>(diff: &Diff, after: &'a Backlog) -> Vec<Asked<'a>> {
    let risen = diff.documents.iter().filter(|it| it.kind.is_ranked() && has_risen(it));
    let items = risen.filter_map(|it| after.called(&it.id));
    let near = items.filter_map(|item| Some((item, after.position(item)?)));
    let mut near: Vec<_> = near.filter(|(_, position)| *position <= NEAR_TOP).collect();
    near.sort_by_key(|(_, position)| *position);
    let asked = |(item, position): (&'a Entry, usize)| {
        let open = question::open(item).into_iter();
        open.map(move |it| Asked { item, position, question: it.note })
    };
    near.into_iter().flat_map(asked).collect()
}

fn has_risen(document: &DocumentChange) -> bool {
    let (before, after) = document.positions;
    let is_new = before.is_none() && after.is_some();
    is_new
        || document.changes.iter().any(|change| match change {
            Change::Moved(it) => it.is_up(),
            Change::Added => true,
            _ => false,
        })
}

fn personas<'a>(before: &Backlog, after: &'a Backlog) -> Vec<Served<'a>> {
    let share = |it: &voice::Coverage<'_>| Share { n_items: it.n_items, value: it.value };
    let old = voice::served(before);
    let served = |it: voice::Coverage<'a>| {
        let was = old.iter().find(|was| was.persona.id() == it.persona.id()).map(share);
        Served { persona: it.persona, before: was, after: share(&it) }
    };
    let mut served: Vec<Served<'_>> = voice::served(after).into_iter().map(served).collect();
    served.retain(|it| it.before != Some(it.after));
    served
}

fn records<'a>(diff: &Diff, after: &'a Backlog) -> Vec<&'a Entry> {
    let is_taken = |it: &Change| matches!(it, Change::Set(set) if set.field == "status");
    let is_meant = |it: &&DocumentChange| {
        let is_decision = std::ptr::eq(it.kind, &DECISION);
        let is_new = it.changes.contains(&Change::Added);
        is_new && (is_decision || std::ptr::eq(it.kind, &EVIDENCE))
            || is_decision && it.changes.iter().any(is_taken)
    };
    let meant = diff.documents.iter().filter(is_meant);
    let mut records: Vec<&Entry> = meant.filter_map(|it| after.called(&it.id)).collect();
    records.sort_by_key(|it| (std::ptr::eq(it.kind, &EVIDENCE), it.id()));
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff::{Direction, Pairs, diff};
    use crate::domain::order::Order;
    use crate::domain::source::{FileChange, SourceFile};

    fn item(id: &str, rank: &str, more: &str) -> (String, String) {
        let front = format!("id: {id}\ntitle: {id}\nstatus: ready\nrank: {rank}\n{more}");
        (format!("items/{id}.md"), format!("---\n{front}---\n"))
    }

    fn record(path: &str, more: &str) -> (String, String) {
        let id = path.split(['/', '.']).nth(1).unwrap();
        (path.to_owned(), format!("---\nid: {id}\ntitle: {id}\n{more}---\n"))
    }

    fn told(old: &[(String, String)], new: &[(String, String)]) -> (Vec<String>, Vec<String>) {
        let parse = |files: &[(String, String)]| {
            let file = |(path, text): &(String, String)| SourceFile {
                path: path.clone(),
                text: Ok(text.clone()),
            };
            Backlog::parse(files.iter().map(file).collect())
        };
        let (before, after) = (parse(old), parse(new));
        let text = |files: &[(String, String)], path: &str| {
            files.iter().find(|it| it.0 == path).map(|it| Ok(it.1.clone()))
        };
        let mut paths: Vec<&str> = old.iter().chain(new).map(|it| &*it.0).collect();
        paths.sort_unstable();
        paths.dedup();
        let pair = |path: &&str| FileChange {
            path: (*path).to_owned(),
            before: text(old, path),
            after: text(new, path),
        };
        let mut order = Order::of(&before);
        let diff = diff(
            Pairs::of(paths.iter().map(pair).collect()),
            (&before.config, &after.config),
            Some((&mut order, Direction::Forward)),
        );
        let it = bearing(&diff, &before, &after);
        let asked = |it: &Asked<'_>| format!("{} {} {}", it.position, it.item.id(), it.question);
        let mut lines: Vec<String> = it.questions.iter().map(asked).collect();
        lines.extend(it.personas.iter().map(|it| {
            let of = |it: Share| format!("{}/{}", it.n_items, it.value);
            let before = it.before.map_or_else(|| "-".to_owned(), of);
            format!("{} {before} → {}", it.persona.id(), of(it.after))
        }));
        (lines, it.records.iter().map(|it| it.id().to_owned()).collect())
    }

    #[test]
    fn what_comes_up_brings_its_questions() {
        let old = [
            item("BL-a", "bbbb", "questions: [Stays?]\n"),
            item("BL-b", "cccc", "questions: [Which?, When?]\n"),
            item("BL-c", "dddd", "questions: [Down?]\n"),
        ];
        let new = [
            item("BL-a", "dddd", "questions: [Stays?]\n"),
            item("BL-b", "cbbb", "questions: [Which?]\n"),
            item("BL-c", "ffff", "questions: [Down?]\n"),
            item("BL-n", "bbbb", "questions: [New?]\n"),
        ];
        // The item that stays is passed by the one that falls, and has not come up.
        assert_eq!(told(&old, &new).0, ["1 BL-n New?"]);
        let up =
            [old[0].clone(), item("BL-b", "bbbc", ""), item("BL-c", "bbbb", "questions: [Up?]\n")];
        assert_eq!(told(&old, &up).0, ["2 BL-c Up?"]);
    }

    #[test]
    fn whom_it_serves_and_what_came_in_is_told() {
        let persona = |id: &str| record(&format!("personas/{id}.md"), "status: active\n");
        let old = [
            item("BL-a", "bbbb", "value: 3\npersonas: [PER-a]\n"),
            item("BL-b", "cccc", "value: 2\npersonas: [PER-b]\n"),
            persona("PER-a"),
            persona("PER-b"),
            record("decisions/DEC-a.md", "status: proposed\n"),
            record("decisions/DEC-c.md", "status: proposed\n"),
            record("evidence/EV-a.md", ""),
        ];
        let mut new = old.to_vec();
        new[0].1 = new[0].1.replace("value: 3", "value: 5");
        new[4].1 = new[4].1.replace("proposed", "accepted");
        new[5].1 = new[5].1.replace("title: DEC-c", "title: C");
        new[6].1 = new[6].1.replace("title: EV-a", "title: E");
        new.extend([
            persona("PER-c"),
            record("decisions/DEC-b.md", "status: proposed\n"),
            record("evidence/EV-b.md", ""),
        ]);
        let (lines, records) = told(&old, &new);
        assert_eq!(lines, ["PER-a 1/3 → 1/5", "PER-c - → 0/0"]);
        assert_eq!(records, ["DEC-a", "DEC-b", "EV-b"]);
        assert_eq!(told(&old, &old), (Vec::new(), Vec::new()));
    }
}
