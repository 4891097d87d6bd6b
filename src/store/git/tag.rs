//! Tags: whether one is there, of which day it is, and how one is made.

use gix::bstr::ByteSlice;
use gix::objs::{Kind, Tag as Object};
use gix::refs::transaction::PreviousValue;

use super::{Repository, failed};
use crate::domain::date::Date;
use crate::store::error::Error;

/// A tag of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The full id of the commit that it names.
    pub commit: String,
    /// The day on which it was made; that of its commit, if the tag is nothing but a name. `None` if
    /// it names something that has no day.
    pub date: Option<Date>,
}

impl Repository {
    /// The tag of a name; `None` if there is none, or if no tag can be called so.
    pub fn tag(&self, name: &str) -> Result<Option<Tag>, Error> {
        self.check_readable()?;
        let Some(full) = full_name(name) else { return Ok(None) };
        let read = || {
            let Some(mut reference) = self.repo.try_find_reference(full.as_str())? else {
                return Ok(None);
            };
            let own = reference.target().try_id().and_then(|id| {
                let tag = self.repo.find_object(id).ok()?.try_into_tag().ok()?;
                day(tag.tagger().ok()??.time().ok()?)
            });
            let id = reference.peel_to_id()?.detach();
            let commit = self.repo.find_object(id)?.try_into_commit().ok();
            let of_commit = || day(commit.as_ref()?.time().ok()?);
            let date = own.or_else(of_commit);
            Ok(Some(Tag { commit: id.to_string(), date }))
        };
        read().map_err(|error: gix::Error| failed(&format!("read the tag {name}"), error))
    }

    /// Refuses a tag that cannot be made: before anything is written that is meant to be tagged.
    pub fn check_tag(&self, name: &str) -> Result<(), Error> {
        self.free_tag(name).map(drop)
    }

    /// The full name of a tag that can be made.
    fn free_tag(&self, name: &str) -> Result<String, Error> {
        self.check_committer()?;
        let Some(full) = full_name(name) else {
            return Err(Error::refused(
                format!("Git has no tag that could be called '{name}'"),
                "write it without blanks, as v1.2.0",
            ));
        };
        if let Some(tag) = self.tag(name)? {
            let commit = self.short_of(&tag.commit);
            return Err(Error::refused(
                format!("there is a tag {name} already, at {commit}"),
                "leave --create-tag out to name that one, or choose another name",
            ));
        }
        let config = self.repo.config_snapshot();
        let signs = |key: &str| config.boolean(key).unwrap_or(false);
        if signs("tag.gpgSign") || signs("tag.forceSignAnnotated") {
            return Err(Error::refused(
                "Git is set up to sign tags, which is left to Git itself",
                format!("git backlog release notes ID | git tag --sign --file=- {name}"),
            ));
        }
        Ok(full)
    }

    /// Makes an annotated tag of the commit that is checked out, and gives back that commit's id.
    pub fn create_tag(&self, name: &str, message: &str) -> Result<String, Error> {
        let full = self.free_tag(name)?;
        let commit = self.commit_named("HEAD")?;
        let tag = Object {
            target: commit,
            target_kind: Kind::Commit,
            name: name.into(),
            tagger: Some(self.people(None)?.committer()),
            message: format!("{}\n", message.trim_end()).into(),
            signature: None,
        };
        let failed = |error: gix::Error| failed(&format!("make the tag {name}"), error);
        let id = self.repo.write_object(&tag).map_err(failed)?.detach();
        self.sync_objects(&[id])?;
        let reference = self.repo.reference(full, id, PreviousValue::MustNotExist, "tag");
        reference.map_err(failed)?;
        Ok(self.short(commit))
    }

    /// The first digits of a full id.
    fn short_of(&self, id: &str) -> String {
        match gix::ObjectId::from_hex(id.as_bytes()) {
            Ok(id) => self.short(id),
            Err(_) => id.to_owned(),
        }
    }
}

/// The full name of the reference of a tag, if Git allows such a name.
fn full_name(name: &str) -> Option<String> {
    let full = format!("refs/tags/{name}");
    let is_valid = !name.is_empty()
        && !name.starts_with('-')
        && gix::validate::reference::name(full.as_bytes().as_bstr()).is_ok();
    is_valid.then_some(full)
}

/// The day of a time, where that was.
fn day(time: gix::date::Time) -> Option<Date> {
    let offset = jiff::tz::Offset::from_seconds(time.offset).ok()?;
    let time = jiff::Timestamp::from_second(time.seconds).ok()?;
    Some(offset.to_datetime(time).date())
}
