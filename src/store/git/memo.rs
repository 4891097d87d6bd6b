//! Small things that are remembered about the newest state of a folder.

use std::io::Read;
use std::path::PathBuf;

use gix::ObjectId;

use super::Repository;
use super::named::Tree;
use crate::store::document;
use crate::store::remember::write_file;

/// How a file begins, which goes on with the ids of the trees and ends with a checksum.
const MAGIC: &[u8] = concat!("git-backlog memo ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

/// A larger file is damaged.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

impl Repository {
    /// What is remembered under a name, if it is about this tree.
    pub fn memo(&self, name: &str, key: Tree) -> Option<Vec<u8>> {
        self.memo_any(name).filter(|(tree, _)| *tree == key).map(|(_, bytes)| bytes)
    }

    /// What is remembered under a name, and about which tree.
    pub fn memo_any(&self, name: &str) -> Option<(Tree, Vec<u8>)> {
        let (file, _) = document::open_regular(&self.memo_path(name)).ok()?.ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_SIZE).read_to_end(&mut bytes).ok()?;
        let sum = bytes.split_off(bytes.len().checked_sub(4)?);
        if crc32fast::hash(&bytes).to_le_bytes() != *sum {
            return None;
        }
        let n_id = self.repo.object_hash().len_in_bytes();
        let rest = bytes.strip_prefix(MAGIC).filter(|rest| rest.len() >= 2 * n_id)?;
        let id = |bytes: &[u8]| ObjectId::try_from(bytes).ok();
        let (root, folder) = (id(&rest[..n_id])?, id(&rest[n_id..2 * n_id])?);
        Some((Tree { root, folder }, rest[2 * n_id..].to_vec()))
    }

    /// Remembers something about a tree under a name, in place of what was there. Where nothing
    /// can be written, nothing is remembered.
    pub fn keep_memo(&self, name: &str, key: Tree, bytes: &[u8]) {
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(key.root.as_slice());
        file.extend_from_slice(key.folder.as_slice());
        file.extend_from_slice(bytes);
        let sum = crc32fast::hash(&file);
        file.extend_from_slice(&sum.to_le_bytes());
        // Not an error: it is computed anew the next time.
        let _ = write_file(&self.memo_path(name), &mut |out| out.write_all(&file));
    }

    fn memo_path(&self, name: &str) -> PathBuf {
        self.common_dir().join("backlog").join(format!("memo-{name}"))
    }
}
