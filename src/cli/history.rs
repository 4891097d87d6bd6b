//! The history of the backlog as entries of a log, most of them from the cache beside Git's own.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::io;

use super::context::Context;
use super::standing::{Standing, settings};
use super::states::{short, side_by_side};
use super::workspace::Workspace;
use crate::domain::diff::{Diff, Direction, DocumentChange, Pairs, diff};
use crate::domain::log::{Followed, LogEntry};
use crate::domain::order;
use crate::domain::source::FileChange;
use crate::render::json_line;
use crate::store::{
    DEEPEN, Differ, Error, Mailmap, Moment, Recorded, Recorder, Repository, Shape, Source, Tree,
};

/// The number of the form of entries, and of what they tell; it rises with every change of either,
/// so that no entry of another form is taken from the cache.
const FORM: u32 = 2;

/// Which history is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk<'a> {
    /// Where it begins.
    pub rev: &'a str,
    /// Whether merges are told as what they brought in, and nothing of the commits behind them.
    pub first_parent: bool,
}

/// Tells what commits did.
pub(super) struct Teller<'a> {
    repository: &'a Repository,
    folder: &'a str,
    differ: Differ,
    mailmap: Mailmap,
    /// `None` before the first commit.
    standing: Option<Standing<'a>>,
}

impl Walk<'_> {
    fn shape(&self) -> Shape {
        if self.first_parent { Shape::FirstParent } else { Shape::Full }
    }
}

impl Recorder for Teller<'_> {
    fn record(&mut self, moment: &Moment) -> Result<Recorded, Error> {
        self.told(moment)
    }

    fn key(&self) -> String {
        FORM.to_string()
    }
}

impl<'a> Teller<'a> {
    /// A teller of the history of a backlog.
    pub(super) fn new(workspace: &'a Workspace) -> anyhow::Result<Self> {
        let repository = workspace.repository()?;
        let (differ, mailmap) = (repository.differ(), repository.mailmap());
        Ok(Self { repository, folder: &workspace.folder, differ, mailmap, standing: None })
    }

    /// Hands the entries of a history to `visit`, newest first and each as a line of JSON, until that
    /// says false. Gives back the commit at which a shallow clone ends, if the history came to it.
    pub(super) fn tell(
        &mut self,
        walk: Walk<'_>,
        visit: &mut dyn FnMut(&str) -> anyhow::Result<bool>,
    ) -> anyhow::Result<Option<String>> {
        let repository = self.repository;
        let mailmap = self.mailmap.clone();
        let mut chronicle = repository.chronicle(walk.rev, self.folder, walk.shape(), self)?;
        while let Some(line) = chronicle.next()? {
            if !visit(&by_todays_name(line, &mailmap))? {
                break;
            }
        }
        Ok(chronicle.cut_at().map(str::to_owned))
    }

    /// The same of some commits alone, which are looked at anew: those before them cost nothing.
    pub(super) fn tell_some(
        &mut self,
        walk: Walk<'_>,
        commits: &HashSet<String>,
        visit: &mut dyn FnMut(&str) -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let mut n_left = commits.len();
        for moment in self.repository.history(walk.rev, self.folder, walk.shape())? {
            let moment = moment?;
            if n_left == 0 {
                break;
            }
            if !commits.contains(&moment.commit.id) {
                continue;
            }
            n_left -= 1;
            let recorded = self.told(&moment)?;
            let line = if walk.first_parent { recorded.first_parent } else { recorded.own };
            if let Some(line) = line
                && !visit(&by_todays_name(&line, &self.mailmap))?
            {
                break;
            }
        }
        Ok(())
    }

    /// The entries about some documents, newest first, after those of what is not committed yet.
    /// Before the first commit there are no others.
    pub(super) fn history_of(
        &mut self,
        ids: &[&str],
        rev: &str,
        uncommitted: Option<LogEntry>,
        cx: &mut Context,
    ) -> anyhow::Result<Vec<LogEntry>> {
        let mut followed = Followed::new(ids.iter().copied());
        let newest = uncommitted.and_then(|entry| followed.part_of(entry));
        let mut entries: Vec<LogEntry> = newest.into_iter().collect();
        if self.repository.tree(rev, self.folder).is_err_and(|error| error.is_unborn()) {
            return Ok(entries);
        }
        let walk = Walk { rev, first_parent: false };
        let cut = self.tell(walk, &mut |line| {
            entries.extend(followed.read(line));
            Ok(true)
        })?;
        warn_of_cut(cut.as_deref(), cx)?;
        Ok(entries)
    }

    /// What differs between two trees, and in which files. The state that is known goes to the older of them, because
    /// that is where the next commit of a log begins, unless it is there already.
    fn difference(&mut self, before: Tree, after: Tree) -> Result<(Diff, BTreeSet<String>), Error> {
        let files = self.differ.edits(before, after)?;
        let paths = files.iter().map(|file| file.path.clone()).collect();
        let known = match &self.standing {
            Some(standing) => Some(standing.tree()),
            None => Standing::remembered_tree(self.repository),
        };
        let direction =
            if known == Some(before) { Direction::Forward } else { Direction::Backward };
        let (here, there) = match direction {
            Direction::Forward => (before, after),
            Direction::Backward => (after, before),
        };
        let standing = match &mut self.standing {
            Some(standing) => {
                standing.go_to(here)?;
                standing
            }
            empty => empty.insert(Standing::at(self.repository, self.folder, here)?),
        };
        let has_other_settings = standing.may_change_settings(&files);
        let settings_here = standing.settings();
        let settings_there = match has_other_settings {
            true => Standing::at(self.repository, self.folder, there)?.settings(),
            false => standing.settings(),
        };
        let settings = match direction {
            Direction::Forward => (&*settings_here, &*settings_there),
            Direction::Backward => (&*settings_there, &*settings_here),
        };
        let all = match order::agree(settings.0, settings.1) {
            true => files,
            false => self.everything(before, after)?,
        };
        let standing = self.standing.as_mut().expect("it was put there above");
        let pairs = Pairs::of(all);
        let touches = pairs.touch_order(settings);
        let order = match touches {
            true => Some(standing.order()?),
            false => standing.known_order(),
        };
        let diff = diff(pairs, settings, order.map(|order| (order, direction)));
        standing.arrive(there, has_other_settings)?;
        if direction == Direction::Forward {
            standing.keep();
        }
        Ok((diff, paths))
    }

    /// Every file of both trees, changed or not: where other statuses count as open, items change
    /// their places without a change of their own.
    fn everything(&self, before: Tree, after: Tree) -> Result<Vec<FileChange>, Error> {
        let read = |tree| self.repository.at_tree(tree, self.folder).files();
        Ok(side_by_side(read(before)?, read(after)?))
    }

    /// What a commit did; `None` if that is nothing, and its message names nothing.
    fn told(&mut self, moment: &Moment) -> Result<Recorded, Error> {
        let commit = &moment.commit;
        let entry = LogEntry {
            commit: commit.id.clone(),
            date: commit.date(),
            author: commit.author.clone(),
            email: commit.email.clone(),
            is_merge: moment.parents.len() > 1,
            ..LogEntry::default()
        };
        let entry = entry.with_message(&commit.message);
        let before = moment.parents.first().copied().unwrap_or(self.repository.empty_tree());
        // Where the history is cut off, nobody can say what the first commit did.
        if before == moment.tree || moment.is_cut {
            let line = line(&entry);
            return Ok(Recorded { first_parent: line.clone(), own: line });
        }
        let (diff, paths) = self.difference(before, moment.tree)?;
        let whole = entry.clone().with_changes(&diff, &|_| true);
        if !entry.is_merge {
            let line = line(&whole);
            return Ok(Recorded { first_parent: line.clone(), own: line });
        }
        let own = self.own(moment, entry, &diff, paths)?;
        Ok(Recorded { first_parent: line(&whole), own: line(&own) })
    }

    /// What a merge did itself: Git may have put together a file of what both sides did, and then
    /// nobody did anything.
    fn own(
        &mut self,
        moment: &Moment,
        entry: LogEntry,
        diff: &Diff,
        mut paths: BTreeSet<String>,
    ) -> Result<LogEntry, Error> {
        let others: Vec<Vec<FileChange>> = moment
            .parents
            .iter()
            .skip(1)
            .map(|parent| self.differ.edits(*parent, moment.tree))
            .collect::<Result<_, _>>()?;
        for other in &others {
            let other: BTreeSet<&str> = other.iter().map(|file| &*file.path).collect();
            paths.retain(|path| other.contains(&**path));
        }
        let is_own = |it: &DocumentChange| {
            let mut entries = [&it.before, &it.after].into_iter().flatten();
            entries.any(|entry| paths.contains(entry.path()))
        };
        let mut own = entry.with_changes(diff, &is_own);
        own.files.retain(|file| paths.contains(&file.path));
        if !own.documents.is_empty() {
            let source = self.repository.at_tree(moment.tree, self.folder);
            let settings = settings(&source)?;
            for files in others {
                own.keep_own(&self::diff(Pairs::of(files), (&settings, &settings), None));
            }
        }
        Ok(own)
    }
}

/// Warns that a shallow clone does not hold the whole history.
pub(super) fn warn_of_cut(cut: Option<&str>, cx: &mut Context) -> io::Result<()> {
    let Some(commit) = cut else { return Ok(()) };
    let commit = short(commit);
    cx.warn(&format!("the history ends at {commit}, because this clone is shallow; {DEEPEN}"))
}

/// An entry with the name and the address that its author goes by now. They are not kept that way,
/// since they can change.
fn by_todays_name<'a>(line: &'a str, mailmap: &Mailmap) -> Cow<'a, str> {
    let now = || {
        let entry = LogEntry::from_json(line)?;
        let (author, email) = mailmap.now(&entry.author, &entry.email)?;
        Some(json_line(&LogEntry { author, email, ..entry }.to_json()))
    };
    match mailmap.is_empty() {
        true => Cow::Borrowed(line),
        false => now().map_or(Cow::Borrowed(line), Cow::Owned),
    }
}

/// The entry as a line; `None` if it tells nothing.
fn line(entry: &LogEntry) -> Option<String> {
    let tells = entry.has_changes() || !entry.mentions.is_empty();
    tells.then(|| json_line(&entry.to_json()))
}
