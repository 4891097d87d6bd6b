//! `check --baseline`: the file of known findings.

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::domain::baseline::Baseline;
use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::store;

/// The known findings. One that is to be written need not be there yet.
pub(super) fn read(file: &Path, is_new: bool, cx: &Context) -> anyhow::Result<Baseline> {
    let path = cx.directory.join(file);
    let text = store::read_text(&path).map_err(|error| Failure::io("read", file, &error))?;
    let update = "make it with: git backlog check --baseline FILE --update-baseline";
    match text {
        None if is_new => Ok(Baseline::default()),
        None => {
            let message = format!("there is no file {}", file.display());
            Err(Failure::usage(message).hint(update).into())
        }
        // Also one that is to be written: whatever else stands there is not written over.
        Some(text) => Baseline::parse(&text).map_err(|why| {
            let message = format!("{} is no baseline: {why}", file.display());
            Failure::usage(message).hint(update).into()
        }),
    }
}

/// Writes the findings as known ones. What nothing may hide stays found.
pub(super) fn update(file: &Path, findings: &[Finding], cx: &mut Context) -> anyhow::Result<u8> {
    let baseline = Baseline::of(findings);
    let path = cx.directory.join(file);
    store::write_text(&path, &baseline.text())
        .map_err(|error| Failure::io("write", file, &error))?;
    cx.say(&format!("{} known from now on, in {}", baseline.len(), file.display()))?;
    let fatal = findings.iter().filter(|it| it.is_fatal && it.severity == Severity::Error).count();
    if fatal > 0 {
        cx.warn(&format!("{fatal} more say that something cannot be read; nothing hides these"))?;
        return Ok(exit::FOUND);
    }
    Ok(exit::DONE)
}
