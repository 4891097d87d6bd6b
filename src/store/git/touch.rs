//! Who changed a file last.

use gix::ObjectId;

use super::{Repository, failed, tree};
use crate::domain::date::Date;
use crate::store::error::Error;

/// How many commits that touched the folder are looked at. In a folder of ten thousand files each
/// costs a millisecond, and an older change is a matter for `git log`.
const LOOKED_AT: usize = 100;

/// How many commits are walked in all.
const WALKED: usize = 20_000;

/// The commit that changed a file last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The first digits of its id.
    pub short: String,
    /// The name of its author, as it is now.
    pub author: String,
    /// The address of its author, as the commit has it.
    pub email: String,
    /// The day on which it was written, where its author was.
    pub day: Date,
    /// The first line of its message.
    pub subject: String,
}

impl Repository {
    /// The last commit up to `rev` that changed the file at `path` in `folder`. `None` if there is
    /// no such commit, or if it is too long ago or cut off from this clone, which is shallow.
    pub fn last_touch(&self, rev: &str, folder: &str, path: &str) -> Result<Option<Touch>, Error> {
        self.check_readable()?;
        let failed = |error| failed("read the history", error);
        let Ok(found) = self.repo.rev_parse_single(rev) else { return Ok(None) };
        let Ok(tip) = found.object().map_err(failed)?.peel_to_commit() else { return Ok(None) };
        let mut id = tip.id;
        let mut n_looked_at = 0;
        let cut = self.repo.shallow_commits().map_err(failed)?;
        let Some(mut now) = self.state(id, folder, path)? else { return Ok(None) };
        for _ in 0..WALKED {
            if cut.as_ref().is_some_and(|cut| cut.contains(&id)) {
                return Ok(None);
            }
            let commit = self.repo.find_commit(id).map_err(failed)?;
            let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
            let mut same = None;
            for parent in parents {
                let before = self.state_like(parent, folder, path, now)?;
                n_looked_at += usize::from(before.is_none_or(|before| before.folder != now.folder));
                // Like Git, a merge is passed on the side on which the file is the same.
                if let Some(before) = before.filter(|before| before.file == now.file) {
                    same = Some((parent, before));
                    break;
                }
            }
            match same {
                None => {
                    let mut touch = touch(&commit, self.short(id)).map_err(failed)?;
                    if let Some((name, _)) = self.mailmap().now(&touch.author, &touch.email) {
                        touch.author = name;
                    }
                    return Ok(Some(touch));
                }
                Some(_) if n_looked_at > LOOKED_AT => return Ok(None),
                Some(next) => (id, now) = next,
            }
        }
        Ok(None)
    }

    fn state(&self, commit: ObjectId, folder: &str, path: &str) -> Result<Option<State>, Error> {
        let root = self.tree_of(Some(commit))?;
        let Some(tree) = tree::folder(self, root, folder)? else { return Ok(None) };
        let leaf = tree::lookup(self, tree, path)?;
        Ok(leaf.map(|leaf| State { folder: tree, file: leaf.id }))
    }

    /// The state in another commit; where the folder is the same, so is the file.
    fn state_like(
        &self,
        commit: ObjectId,
        folder: &str,
        path: &str,
        like: State,
    ) -> Result<Option<State>, Error> {
        let root = self.tree_of(Some(commit))?;
        match tree::folder(self, root, folder)? {
            Some(tree) if tree == like.folder => Ok(Some(like)),
            Some(_) => self.state(commit, folder, path),
            None => Ok(None),
        }
    }
}

/// A file in a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    folder: ObjectId,
    file: ObjectId,
}

fn touch(commit: &gix::Commit<'_>, short: String) -> Result<Touch, gix::Error> {
    let author = commit.author()?;
    let time = author.time().unwrap_or_default();
    let offset = jiff::tz::Offset::from_seconds(time.offset).unwrap_or(jiff::tz::Offset::UTC);
    let moment = jiff::Timestamp::from_second(time.seconds).unwrap_or_default();
    let subject = commit.message()?.summary().to_string();
    Ok(Touch {
        short,
        author: author.name.to_string(),
        email: author.email.to_string(),
        day: offset.to_datetime(moment).date(),
        subject,
    })
}
