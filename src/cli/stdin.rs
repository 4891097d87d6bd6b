//! Texts from standard input, and files that people hand over.

use std::io::Read;
use std::path::Path;

use super::context::Context;
use super::error::Failure;
use crate::domain::source::MAX_DOCUMENT;

/// What stands on standard input; `what` is its name in messages: "the body".
pub(super) fn text(what: &str) -> anyhow::Result<String> {
    read(&mut std::io::stdin().lock(), "standard input".as_ref(), what)
}

/// A text that was typed as an argument, or that of standard input for `-`. Without one, whoever sits
/// at a terminal is asked; `None` if nobody does.
pub(super) fn typed(
    given: Option<&str>,
    what: &str,
    cx: &mut Context,
) -> anyhow::Result<Option<String>> {
    match given {
        Some("-") => Ok(Some(text(what)?)),
        Some(given) => Ok(Some(given.to_owned())),
        None if cx.interactive => {
            cx.say(&format!("type {what}, then Ctrl-D on a line of its own"))?;
            Ok(Some(text(what)?))
        }
        None => Ok(None),
    }
}

/// What a file holds, `-` being standard input.
pub(super) fn file(path: &Path, what: &str, cx: &Context) -> anyhow::Result<String> {
    if path == Path::new("-") {
        return text(what);
    }
    let path = cx.directory.join(path);
    let mut file =
        std::fs::File::open(&path).map_err(|error| Failure::io("read", &path, &error))?;
    read(&mut file, &path, what)
}

fn read(from: &mut dyn Read, path: &Path, what: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    from.take(MAX_DOCUMENT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(Failure::usage(format!("{what} is larger than 1 MiB")).into());
    }
    Ok(String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{what} is not UTF-8 text")))?)
}
