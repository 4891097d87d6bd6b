//! The lock that keeps two runs of the program from writing at once.
//!
//! The system frees it when the process ends, however it ends, so that it is never left behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::Error;
use super::home::Home;

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The lock of a repository, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock, but not for ever.
    pub(super) fn acquire(home: &Home) -> Result<Self, Error> {
        home.make(&home.common)?;
        let path = home.common.join("lock");
        let failed = |error: &std::io::Error| Error::write(home.name(&path), error);
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| failed(&error))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if start.elapsed() < home.wait => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Busy { path: home.name(&path), waited: start.elapsed() });
                }
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
    }
}
