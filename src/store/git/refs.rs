//! The ids that any branch uses, so that a new one repeats none.

use std::collections::{BTreeSet, HashSet};

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};

use super::tree::{self, Leaf, Step};
use super::{Repository, failed};
use crate::store::error::Error;
use crate::store::layout::id_in_name;

impl Repository {
    /// The ids in the file names of a folder, on all local and remote-tracking branches.
    pub fn ids_in_refs(&self, folder: &str) -> Result<BTreeSet<String>, Error> {
        self.check_readable()?;
        let mut ids = BTreeSet::new();
        // Branches share most of their trees; each is read once.
        let mut seen = HashSet::new();
        for root in self.trees_of_branches()? {
            let tree = if seen.insert(root) { tree::folder(self, root, folder)? } else { None };
            let Some(tree) = tree.filter(|tree| seen.insert(*tree)) else { continue };
            let mut visit = |path: &BStr, leaf: Leaf| {
                if leaf.mode.is_tree() {
                    return Ok(if seen.insert(leaf.id) { Step::Enter } else { Step::Pass });
                }
                let name =
                    path.rsplit(|byte| *byte == b'/').next().and_then(|name| name.to_str().ok());
                ids.extend(name.and_then(id_in_name).map(str::to_owned));
                Ok(Step::Pass)
            };
            tree::walk(self, tree, &mut visit)?;
        }
        Ok(ids)
    }

    /// The local and remote-tracking branches whose names hold an id as a word, in any case.
    pub fn branches_naming(&self, id: &str) -> Result<Vec<String>, Error> {
        self.check_readable()?;
        let list = || {
            let references = self.repo.references()?;
            let branches = references.local_branches()?.chain(references.remote_branches()?);
            let name = |branch: gix::Reference<'_>| branch.name().shorten().to_string();
            let names = branches.filter_map(Result::ok).map(name);
            Ok(names.filter(|name| holds_word(name, id)).collect())
        };
        list().map_err(|error: gix::Error| failed("list the branches", error))
    }

    /// The root trees of all branches. A branch that leads nowhere, as `origin/HEAD` does after
    /// its branch was renamed, has none.
    fn trees_of_branches(&self) -> Result<Vec<ObjectId>, Error> {
        let list = || {
            let references = self.repo.references()?;
            let branches = references.local_branches()?.chain(references.remote_branches()?);
            let root = |mut branch: gix::Reference<'_>| Some(branch.peel_to_tree().ok()?.id);
            Ok(branches.filter_map(Result::ok).filter_map(root).collect())
        };
        list().map_err(|error: gix::Error| failed("list the branches", error))
    }
}

/// Whether a word stands in a text between other characters than letters and digits.
fn holds_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let is_free = |end: Option<char>| !end.is_some_and(char::is_alphanumeric);
    let mut places = text.match_indices(&word);
    !word.is_empty()
        && places.any(|(at, word)| {
            is_free(text[..at].chars().next_back())
                && is_free(text[at + word.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_word_of_a_branch() {
        for name in [
            "BL-7k3qd",
            "feature/bl-7k3qd-guest-checkout",
            "origin/mira_BL-7K3QD",
            "xBL-7k3qd/BL-7k3qd",
        ] {
            assert!(holds_word(name, "BL-7k3qd"), "{name}");
        }
        for name in ["main", "BL-7k3qdx", "xBL-7k3qd", "BL-7k3q", ""] {
            assert!(!holds_word(name, "BL-7k3qd"), "{name}");
        }
        assert!(!holds_word("main", ""));
    }
}
