//! The laws of a session: undo is exact, redo is exact, and nothing that others write is lost.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tests::{files, session};
use super::*;
use crate::domain::assign::Assignment;
use crate::domain::rank::Place;

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    Move(usize, usize),
    Set(usize, u8),
    Status(usize, usize),
    Tick(usize, usize),
    Add(String),
    Undo,
    Redo,
    TakeBack,
    Commit,
    /// What is to be written is, if nobody else has written meanwhile.
    Write,
    /// Somebody else writes a line into a file.
    Elsewhere(usize),
    /// What others wrote is seen.
    Look,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..4usize, 0..4usize).prop_map(|(a, b)| Event::Move(a, b)),
        3 => (0..4usize, 0..9u8).prop_map(|(a, n)| Event::Set(a, n)),
        2 => (0..4usize, 0..4usize).prop_map(|(a, b)| Event::Status(a, b)),
        2 => (0..4usize, 1..3usize).prop_map(|(a, n)| Event::Tick(a, n)),
        1 => "[a-z]{1,5}".prop_map(Event::Add),
        2 => Just(Event::Undo),
        2 => Just(Event::Redo),
        1 => Just(Event::TakeBack),
        1 => Just(Event::Commit),
        3 => Just(Event::Write),
        2 => (0..4usize).prop_map(Event::Elsewhere),
        2 => Just(Event::Look),
    ]
}

const IDS: [&str; 4] = ["BL-b2222", "BL-c2222", "BL-d2222", "BL-f2222"];
const STATUSES: [&str; 4] = ["proposed", "ready", "in-progress", "done"];

/// Texts by path.
type Texts = BTreeMap<String, String>;

fn texts(session: &Session) -> Texts {
    let entries = session.backlog().entries();
    entries.map(|it| (it.path().to_owned(), it.document.text().to_owned())).collect()
}

/// A session and the disk that it writes to.
struct World {
    session: Session,
    disk: Texts,
    /// The lines that somebody else has written.
    lines: Vec<(String, String)>,
    n_added: usize,
}

impl World {
    fn new() -> Self {
        let disk = files().into_iter().map(|file| (file.path, file.text.unwrap())).collect();
        Self { session: session(), disk, lines: Vec::new(), n_added: 0 }
    }

    fn happens(&mut self, event: &Event) {
        let session = &mut self.session;
        let assign = |session: &mut Session, id: &str, what: String| {
            let _refused = session.assign(&[id], &[Assignment::parse(&what).unwrap()]);
        };
        match event {
            Event::Move(a, b) => {
                let _refused = session.place(&[IDS[*a]], Place::After(IDS[*b]));
            }
            Event::Set(a, n) => assign(session, IDS[*a], format!("value={n}")),
            Event::Status(a, b) => assign(session, IDS[*a], format!("status={}", STATUSES[*b])),
            Event::Tick(a, n) => {
                let _refused = session.criterion(IDS[*a], &CriterionEdit::Tick(*n));
            }
            Event::Add(title) => {
                self.n_added += 1;
                let id = format!("BL-n{:04}", self.n_added);
                let draft =
                    Draft { item_type: "task".to_owned(), title: title.clone(), beside: None };
                session.add(&draft, &id, "---\nid:\ntitle:\n---\n").unwrap();
            }
            Event::Undo => drop(session.undo()),
            Event::Redo => drop(session.redo()),
            Event::TakeBack => drop(session.take_back()),
            Event::Commit => session.committed(),
            Event::Write => self.write(),
            Event::Elsewhere(a) => self.elsewhere(*a),
            Event::Look => self.look(),
        }
    }

    /// The store refuses to write over any other text than the one that the edit was made from.
    fn write(&mut self) {
        let edits = self.session.unwritten();
        let is_as_before = |edit: &FileEdit| {
            self.disk.get(&edit.path).map(String::as_str) == edit.before.as_deref()
        };
        if !edits.files().iter().all(is_as_before) {
            return self.look();
        }
        for edit in edits.files() {
            match &edit.after {
                Some(text) => drop(self.disk.insert(edit.path.clone(), text.clone())),
                None => drop(self.disk.remove(&edit.path)),
            }
        }
        self.session.written(&edits);
    }

    fn elsewhere(&mut self, a: usize) {
        let path = files()[a].path.clone();
        let Some(text) = self.disk.get_mut(&path) else { return };
        let line = format!("Line {} from elsewhere.", self.lines.len());
        *text += &format!("\n{line}\n");
        self.lines.push((path, line));
    }

    fn look(&mut self) {
        let paths: Vec<String> = files().into_iter().map(|file| file.path).collect();
        let read = |path: &String| (path.clone(), self.disk.get(path).cloned().map(Ok));
        self.session.meet(paths.iter().map(read).collect());
    }

    fn settle(&mut self) {
        self.look();
        self.write();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn undo_and_redo_are_exact(events in proptest::collection::vec(event(), 0..40)) {
        let mut world = World::new();
        let is_ours = |event: &&Event| !matches!(event, Event::Elsewhere(_));
        events.iter().filter(is_ours).for_each(|event| world.happens(event));
        let session = &mut world.session;
        while let Some(redone) = session.redo() {
            redone.unwrap();
        }
        let end = texts(session);
        while let Some(undone) = session.undo() {
            undone.unwrap();
        }
        let start: Texts = World::new().disk;
        prop_assert_eq!(texts(session), start.clone());
        world.settle();
        prop_assert_eq!(&world.disk, &start);
        while let Some(redone) = world.session.redo() {
            redone.unwrap();
        }
        prop_assert_eq!(texts(&world.session), end.clone());
        world.settle();
        prop_assert_eq!(&world.disk, &end);
    }

    #[test]
    fn nothing_that_others_write_is_lost(events in proptest::collection::vec(event(), 0..40)) {
        let mut world = World::new();
        events.iter().for_each(|event| world.happens(event));
        world.settle();
        prop_assert_eq!(&texts(&world.session), &world.disk);
        prop_assert!(world.session.unwritten().is_empty());
        for (path, line) in &world.lines {
            prop_assert!(world.disk[path].contains(line.as_str()), "{} in {}", line, path);
        }
        while world.session.undo().is_some() {}
        world.settle();
        for (path, line) in &world.lines {
            prop_assert!(world.disk[path].contains(line.as_str()), "{} in {}", line, path);
        }
    }
}
