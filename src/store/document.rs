//! One document as bytes: how it is read without being led astray, and when it is text.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::error::reason;
use super::layout::{Shape, not_regular};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::MAX_DOCUMENT;
use crate::domain::span::Span;

/// The text of a file on disk, or why there is none; `None` if there is no file.
pub(super) fn read(path: &Path) -> Option<Result<String, Problem>> {
    match read_bytes(path) {
        Ok(bytes) => Some(bytes.and_then(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Err(unreadable(&error))),
    }
}

/// The text that bytes are.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Problem> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let message = format!("byte 0x{:02X} is not UTF-8", bytes[at]);
        Problem::at(ProblemKind::Encoding, &before, Span::new(at, at + 1), message)
            .hint("save the file as UTF-8")
    })?;
    match memchr::memchr(0, text.as_bytes()) {
        None => Ok(text),
        Some(at) => {
            let message = "byte 0x00 is not text";
            let problem = Problem::at(ProblemKind::Encoding, &text, Span::new(at, at + 1), message);
            Err(problem.hint("save the file as UTF-8"))
        }
    }
}

/// The problem of a document larger than any that is read; `None` if it is not.
pub(super) fn too_large(size: u64) -> Option<Problem> {
    (size > MAX_DOCUMENT).then(|| {
        let message = format!("the document is {}; the limit is 1 MiB", human(size));
        Problem::whole(ProblemKind::Limit, message)
    })
}

/// The problem of a document that the system does not hand out.
pub(super) fn unreadable(error: &io::Error) -> Problem {
    Problem::whole(ProblemKind::Unreadable, reason(error))
}

/// The bytes of a regular file of a sensible size.
pub(super) fn read_bytes(path: &Path) -> io::Result<Result<Vec<u8>, Problem>> {
    let (mut file, size) = match open_regular(path)? {
        Ok(opened) => opened,
        Err(problem) => return Ok(Err(problem)),
    };
    if let Some(problem) = too_large(size) {
        return Ok(Err(problem));
    }
    let bytes = fill(&mut file, size as usize)?;
    Ok(match too_large(bytes.len() as u64) {
        Some(problem) => Err(problem),
        None => Ok(bytes),
    })
}

/// A regular file, open, and its size.
///
/// Kind and size are asked of the open file, because what stands at the path may change between
/// two questions. A pipe is opened without waiting for somebody to write to it.
pub(super) fn open_regular(path: &Path) -> io::Result<Result<(File, u64), Problem>> {
    let file = match open(path) {
        Ok(file) => file,
        Err(error) => {
            return shape_behind(path).map_or(Err(error), |shape| Ok(Err(not_regular(shape))));
        }
    };
    let metadata = file.metadata()?;
    Ok(match shape(&metadata) {
        Shape::File => Ok((file, metadata.len())),
        shape => Err(not_regular(shape)),
    })
}

/// What stands where a file could not be opened, if that is why.
fn shape_behind(path: &Path) -> Option<Shape> {
    let shape = shape(&path.symlink_metadata().ok()?);
    (shape != Shape::File).then_some(shape)
}

/// What metadata that follows no link says.
pub(super) fn shape(metadata: &Metadata) -> Shape {
    let file_type = metadata.file_type();
    match () {
        () if file_type.is_file() => Shape::File,
        () if file_type.is_dir() => Shape::Folder,
        () if file_type.is_symlink() => Shape::Link { to_folder: false },
        () => Shape::Special,
    }
}

/// Reads a file of `size` bytes into one allocation. The spare byte tells a file that has grown
/// from one that has not, without a second call to the system.
fn fill(file: &mut File, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; size + 1];
    let mut n_read = 0;
    while n_read < bytes.len() {
        match file.read(&mut bytes[n_read..]) {
            Ok(0) => break,
            Ok(n) => n_read += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if n_read == size {
            break;
        }
    }
    let has_grown = n_read > size;
    bytes.truncate(n_read);
    if has_grown {
        file.take(MAX_DOCUMENT + 1).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    OpenOptions::new().read(true).open(path)
}

/// A size in its largest unit: `2.0 GB`.
fn human(size: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let unit = UNITS.iter().find(|(unit, _)| size >= *unit);
    unit.map_or_else(
        || format!("{size} bytes"),
        |(unit, name)| format!("{:.1} {name}", size as f64 / *unit as f64),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], message: &str, position: &str) {
        let problem = text(bytes.to_vec()).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Encoding);
        assert_eq!(
            (problem.message.as_str(), problem.position.to_string().as_str()),
            (message, position)
        );
    }

    #[test]
    fn names_the_first_byte_that_is_no_text() {
        check(b"a\n\xc3\xa9\xff", "byte 0xFF is not UTF-8", "2:2");
        check(b"\xff\xfea\0", "byte 0xFF is not UTF-8", "1:1");
        check(b"a\nb\0", "byte 0x00 is not text", "2:2");
        assert_eq!(text("\u{feff}a\r\n".into()).unwrap(), "\u{feff}a\r\n");
    }

    #[test]
    fn says_how_large_a_document_is() {
        assert_eq!(too_large(MAX_DOCUMENT), None);
        let problem = too_large(2_000_000_000).unwrap();
        assert_eq!(problem.message, "the document is 2.0 GB; the limit is 1 MiB");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_that_fails_when_it_is_read_is_shown() {
        // The memory of this process is a regular file, and its first page is never there.
        let problem = read(Path::new("/proc/self/mem")).unwrap().unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Unreadable);
        assert_eq!(problem.message, "input/output error");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_whose_size_the_system_does_not_know_is_read_to_its_end() {
        let text = read(Path::new("/proc/self/status")).unwrap().unwrap();
        assert!(text.starts_with("Name:") && text.ends_with('\n') && text.len() > 100);
    }
}
