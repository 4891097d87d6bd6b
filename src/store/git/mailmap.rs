//! The names and addresses that people go by now: what `.mailmap` says, as for `git log`.
//!
//! Only what is told of the past is mapped. Who may change what is decided by the address that
//! stands in the commit, since a pull request can bring a mailmap of its own.

use std::path::Path;

use gix::actor::SignatureRef;
use gix::bstr::BStr;
use gix::mailmap::Snapshot;
use gix::objs::tree::EntryKind;

use super::{Repository, object, tree};
use crate::store::document;

/// Who people are now.
#[derive(Clone, Debug, Default)]
pub struct Mailmap(Snapshot);

impl Mailmap {
    /// Whether everybody goes by what the commits say.
    pub fn is_empty(&self) -> bool {
        self.0.iter().next().is_none()
    }

    /// The name and the address that somebody goes by now, if these are others.
    pub fn now(&self, name: &str, email: &str) -> Option<(String, String)> {
        let (name, email) = (BStr::new(name), BStr::new(email));
        let found = self.0.try_resolve(SignatureRef { name, email, time: "" })?;
        Some((found.name.to_string(), found.email.to_string()))
    }
}

impl Repository {
    /// The mailmap of the worktree, or of HEAD where there is no worktree, and the user's own. One
    /// that cannot be read is none, as with Git.
    pub fn mailmap(&self) -> Mailmap {
        if self.repo.config_snapshot().boolean("log.mailmap") == Some(false) {
            return Mailmap::default();
        }
        let own = match self.workdir() {
            Some(workdir) => read(&workdir.join(".mailmap")),
            None => self.mailmap_at_head(),
        };
        let users = self.config_string_of_user("mailmap.file");
        let users = users.and_then(|path| match path.strip_prefix("~/") {
            Some(below) => read(&gix::path::env::home_dir()?.join(below)),
            None => read(Path::new(&path)),
        });
        let mut snapshot = Snapshot::default();
        for text in own.iter().chain(&users) {
            snapshot.merge(gix::mailmap::parse_ignore_errors(text));
        }
        Mailmap(snapshot)
    }

    fn mailmap_at_head(&self) -> Option<Vec<u8>> {
        let root = self.tree_of(self.head().ok()?.commit).ok()?;
        let leaf = tree::lookup(self, root, ".mailmap").ok()??;
        match leaf.mode.kind() {
            EntryKind::Blob | EntryKind::BlobExecutable => object::bytes(self, leaf.id).ok(),
            _ => None,
        }
    }
}

/// No link is followed, and nothing is read that is no file, or that is huge.
fn read(path: &Path) -> Option<Vec<u8>> {
    document::read_bytes(path).ok()?.ok()
}
