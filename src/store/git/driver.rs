//! The merge driver: what a clone is configured to merge documents with.
//!
//! Which files it merges is an attribute, which is committed; how to call it is a setting, which
//! is not, so that each clone is asked once.

use std::io::Write;

use gix::bstr::{BStr, ByteSlice};
use gix::config::{File, Source};

use super::{Repository, failed};
use crate::store::error::Error;

/// The value of the attribute `merge` of documents.
pub const DRIVER: &str = "backlog";

/// How Git calls the driver, by its shell.
///
/// Git takes every status up to 128 for a conflict with whatever the file holds then, so that a
/// driver that is missing (127), too old to know the command (2) or that crashes (101) would hide
/// the other side. In all these cases Git's own merge of lines is done instead, on a copy of the
/// file that was made before: it leaves its marks.
const COMMAND: &str = "cp %A %A.keep || exit 129; \
    git-backlog merge-driver %O %A %B %L %P; s=$?; \
    if [ $s -gt 1 ]; then cp %A.keep %A; git merge-file --marker-size=%L %A %O %B; s=$?; fi; \
    rm -f %A.keep; exit $s";

const NAME: &str = "fields of a backlog";

impl Repository {
    /// Whether this clone calls the driver as this version of the program wants it.
    pub fn has_driver(&self) -> bool {
        self.config_string(&format!("merge.{DRIVER}.driver")).as_deref() == Some(COMMAND)
    }

    /// Configures the driver in this clone.
    pub fn install_driver(&self) -> Result<(), Error> {
        let path = self.common_dir().join("config");
        let name = self.name_of(&path);
        let mut lock = self.lock_file(&path)?;
        let failed = |error| failed("change the configuration", error);
        let mut config =
            File::from_path_no_includes(path.clone(), Source::Local).map_err(failed)?;
        for (key, value) in [("name", NAME), ("driver", COMMAND)] {
            let key = format!("merge.{DRIVER}.{key}");
            config.set_raw_value(key.as_str(), BStr::new(value)).map_err(failed)?;
        }
        let mut text = Vec::new();
        let written = lock.with_mut(|file| {
            config.write_to(&mut text)?;
            file.write_all(&text)?;
            // Whoever may read the settings still may.
            file.set_permissions(path.metadata()?.permissions())?;
            file.sync_all()
        });
        written.map_err(|error| Error::write(&name, &error))?;
        lock.commit().map_err(|error| Error::write(&name, &error.error))?;
        Ok(())
    }

    /// Whether Git would merge the file at a path from the root with the driver.
    pub fn is_merged_by_fields(&self, path: &str) -> Result<bool, Error> {
        use gix::worktree::stack::state::attributes::Source as From;
        let index = self.read_index()?;
        let read = || {
            let mut attributes = self.repo.attributes_only(&index, From::WorktreeThenIdMapping)?;
            let mut outcome = attributes.selected_attribute_matches(["merge"]);
            let entry = attributes
                .at_entry(path.as_bytes().as_bstr(), Some(gix::index::entry::Mode::FILE))
                .map_err(gix::Error::from_error)?;
            entry.matching_attributes(&mut outcome);
            let is_driver = |found: gix::attrs::search::Match<'_>| {
                found.assignment.state == gix::attrs::StateRef::from_bytes(DRIVER.as_bytes())
            };
            Ok(outcome.iter_selected().any(is_driver))
        };
        read().map_err(|error: gix::Error| super::failed("read the Git attributes", error))
    }
}
