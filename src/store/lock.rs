//! The lock that keeps two runs of the program from writing at once.
//!
//! The system frees it when the process ends, however it ends, so that it is never left behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::Error;
use super::home::Home;

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// A lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Waits for the lock of the repository, but not for ever.
    pub(super) fn acquire(home: &Home) -> Result<Self, Error> {
        home.make(&home.common)?;
        Self::wait(home, &home.common.join("lock"))
    }

    /// Waits for the lock of a file, but not for ever.
    pub(super) fn wait(home: &Home, path: &Path) -> Result<Self, Error> {
        let start = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(home, path)? {
                return Ok(lock);
            }
            if start.elapsed() >= home.wait {
                return Err(Error::Busy { path: home.name(path), waited: start.elapsed() });
            }
            sleep(PAUSE);
        }
    }

    /// Takes the lock of a file; `None` if another process has it.
    pub(super) fn try_take(home: &Home, path: &Path) -> Result<Option<Self>, Error> {
        let failed = |error: &std::io::Error| Error::write(home.name(path), error);
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).read(true).write(true);
        let file = options.open(path).map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }

    /// The file that is locked.
    pub(super) fn file(&self) -> &File {
        &self.file
    }
}
