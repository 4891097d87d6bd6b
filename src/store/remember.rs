//! Adding to the file that remembers a history, and keeping it small.
//!
//! Nothing here can fail: what cannot be written, or not without waiting for somebody, is not
//! remembered. A file that is half written does no harm, so that nothing waits for the disk either.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::chronicle::{Draft, Link, Reader, header, run};

/// A file smaller than this is never made smaller.
pub(super) const SHRINK_FROM: u64 = 64 * 1024 * 1024;

/// Where a history is remembered.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    pub(super) path: PathBuf,
    /// What the texts depend on.
    pub(super) key: String,
    /// How many bytes an id has.
    pub(super) n_id: usize,
}

/// The record on which new ones stand.
#[derive(Clone, Debug)]
pub(super) struct Below {
    pub(super) link: Link,
    pub(super) id: Vec<u8>,
    pub(super) is_complete: bool,
}

impl Memory {
    /// The file, if there is one that fits.
    pub(super) fn open(&self) -> Option<Reader> {
        Reader::open(&self.path, &self.key, self.n_id)
    }

    /// Adds records, newest first, and returns where the newest is.
    pub(super) fn add(&self, drafts: Vec<Draft>, below: Option<&Below>) -> Option<Link> {
        fs::create_dir_all(self.path.parent()?).ok()?;
        let _lock = self.lock()?;
        let Some(mut reader) = self.open() else {
            // What the new records would stand on is gone.
            return if below.is_some() { None } else { self.replace(drafts) };
        };
        if below.is_some_and(|below| !holds(&mut reader, below)) {
            return None;
        }
        let last = reader.last();
        if let Some(link) = last
            && let Some(record) = reader.record(link)
            && reader.id(&record) == drafts.first()?.id(self.n_id)
            && record.is_complete
        {
            return Some(link);
        }
        let end = last.map_or(header(&self.key).len() as u64, Link::end);
        let is_complete = below.is_none_or(|below| below.is_complete);
        let run = run(drafts, end, below.map(|below| below.link), is_complete)?;
        self.append(&run.bytes, end).ok()?;
        run.tip
    }

    /// Puts records in the place of all that was remembered.
    pub(super) fn put(&self, drafts: Vec<Draft>) -> Option<Link> {
        fs::create_dir_all(self.path.parent()?).ok()?;
        let _lock = self.lock()?;
        self.replace(drafts)
    }

    /// Forgets all that does not belong to the history of one record, if that is the most.
    pub(super) fn shrink(&self, tip: Link, from: u64) -> Option<()> {
        let mut reader = self.open().filter(|reader| reader.len > from)?;
        let mut chain = Vec::new();
        let mut next = Some(tip);
        while let Some(link) = next {
            next = reader.record(link)?.below;
            chain.push(link);
        }
        let n_bytes: u64 = chain.iter().map(|link| u64::from(link.len)).sum();
        if 2 * n_bytes >= reader.len {
            return None;
        }
        let _lock = self.lock()?;
        let mut at = header(&self.key).len() as u64;
        let mut below = None;
        let mut write = |file: &mut dyn Write| {
            for link in chain.iter().rev() {
                let bytes = reader.moved(*link, below).ok_or(io::ErrorKind::InvalidData)?;
                file.write_all(&bytes)?;
                below = Some(Link { at, len: link.len });
                at += u64::from(link.len);
            }
            Ok(())
        };
        self.write_new(&mut write).ok()
    }

    fn replace(&self, drafts: Vec<Draft>) -> Option<Link> {
        let run = run(drafts, header(&self.key).len() as u64, None, true)?;
        self.write_new(&mut |file| file.write_all(&run.bytes)).ok()?;
        run.tip
    }

    /// Writes a new file and puts it in the place of the old one.
    fn write_new(&self, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        write_file(&self.path, &mut |file| {
            file.write_all(&header(&self.key))?;
            write(file)
        })
    }

    /// Writes what follows the sound records of the file.
    fn append(&self, bytes: &[u8], end: u64) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        let written = file.write_all(bytes);
        if written.is_err() {
            file.set_len(end)?;
        }
        written
    }

    /// The right to write, if nobody else has it.
    fn lock(&self) -> Option<Lock> {
        let mut options = OpenOptions::new();
        let path = self.path.with_file_name("history.lock");
        let file = options.create(true).truncate(false).write(true).open(path).ok()?;
        file.try_lock().ok()?;
        Some(Lock { file })
    }
}

/// The right to write.
struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A process that was started meanwhile has the file open as well, for a moment: closing
        // alone would leave the lock to it.
        let _ = self.file.unlock();
    }
}

/// Writes a file under another name first, so that nobody sees it half written.
pub(super) fn write_file(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    // Whoever shares the repository shares this: the mask of the process decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let mut buffered = io::BufWriter::with_capacity(1 << 16, file.as_file_mut());
    write(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    file.persist(path)?;
    Ok(())
}

/// Whether a record is there that others shall stand on.
fn holds(reader: &mut Reader, below: &Below) -> bool {
    let record = reader.record(below.link);
    record.is_some_and(|record| reader.id(&record) == below.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::chronicle::Texts;

    /// A record of one commit, whose id is a byte.
    fn draft(id: u8, text: &str) -> Draft {
        let mut draft = Draft::default();
        draft.push(&[id], Texts { own: Some(text), first: Some(text) });
        draft
    }

    /// The texts of a history, newest first.
    fn told(memory: &Memory, tip: Option<Link>) -> Vec<String> {
        let mut reader = memory.open().unwrap();
        let mut told = Vec::new();
        let mut next = tip;
        while let Some(link) = next {
            let mut record = reader.record(link).unwrap();
            while let Some(commit) = reader.commit(&mut record) {
                told.push(String::from_utf8(reader.at(commit.own.unwrap()).to_vec()).unwrap());
            }
            next = record.below;
        }
        told
    }

    #[test]
    fn what_no_longer_belongs_to_a_history_is_forgotten_once_it_is_the_most() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory { path: folder.path().join("history"), key: "1".to_owned(), n_id: 1 };
        let tip = memory.add(vec![draft(2, "two"), draft(1, "one")], None);
        let below = Below { link: tip.unwrap(), id: vec![2], is_complete: true };
        let large = "three, on another branch ".repeat(100);
        memory.add(vec![draft(3, &large)], Some(&below)).unwrap();
        let tip = memory.add(vec![draft(4, "four")], Some(&below));
        assert_eq!(told(&memory, tip), ["four", "two", "one"]);
        let size = || fs::metadata(&memory.path).unwrap().len();
        let before = size();
        assert_eq!(memory.shrink(tip.unwrap(), before), None, "it is small enough");
        memory.shrink(tip.unwrap(), 10).unwrap();
        assert!(size() < before / 2);
        let mut reader = memory.open().unwrap();
        let tip = reader.last();
        assert_eq!(told(&memory, tip), ["four", "two", "one"]);
        assert_eq!(memory.shrink(tip.unwrap(), 10), None, "all of it is needed");
    }

    #[test]
    fn nothing_is_put_above_a_record_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory { path: folder.path().join("history"), key: "1".to_owned(), n_id: 1 };
        let tip = memory.add(vec![draft(1, "one")], None).unwrap();
        let below = |id: u8| Below { link: tip, id: vec![id], is_complete: true };
        assert_eq!(memory.add(vec![draft(3, "three")], Some(&below(2))), None);
        assert!(memory.add(vec![draft(3, "three")], Some(&below(1))).is_some());
        fs::remove_file(&memory.path).unwrap();
        assert_eq!(memory.add(vec![draft(4, "four")], Some(&below(1))), None);
        assert!(!memory.path.exists());
    }
}
