//! `doctor`: what stands in the way of the backlog in this clone, and mending it.

mod checks;

use super::Global;
use super::context::Context;
use super::error::exit;
use super::workspace::Workspace;
use crate::render::Format;
use crate::render::report::doctor::{Diagnosis, DoctorView, State};

/// Look for what stands in the way, and mend it
///
/// Looks at Git, the repository, the settings of this clone, unfinished work and documents with
/// the same id. `check` looks at what the documents say. With --fix, everything is mended that can
/// be mended without a choice; nothing is removed that this program has not made.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog doctor
  git backlog doctor --fix")]
pub(super) struct Args {
    /// Mend what can be mended without a choice
    #[arg(long)]
    fix: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

/// What a check is given.
struct Patient<'a> {
    workspace: &'a Workspace,
    /// Whether to mend.
    fix: bool,
}

/// What a check found, one by one.
type Found = anyhow::Result<Vec<Diagnosis>>;

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    workspace.repository()?;
    let patient = Patient { workspace: &workspace, fix: args.fix };
    let mut diagnoses = Vec::new();
    for (subject, check) in checks::ALL {
        match check(&patient, cx) {
            Ok(found) if found.is_empty() => {
                diagnoses.push(diagnosis(subject, State::Sound, "nothing to mend"));
            }
            Ok(found) => diagnoses.extend(found.into_iter().map(|it| Diagnosis { subject, ..it })),
            // What cannot be looked at is a finding as well, and the rest is worth knowing.
            Err(error) => {
                let message = format!("{error:#}");
                diagnoses.push(diagnosis(subject, State::Problem, message));
            }
        }
    }
    cx.show(&DoctorView { diagnoses: &diagnoses }, args.format)?;
    let is_sound = diagnoses.iter().all(|it| it.state != State::Problem);
    Ok(if is_sound { exit::DONE } else { exit::FOUND })
}

fn diagnosis(subject: &'static str, state: State, message: impl Into<String>) -> Diagnosis {
    Diagnosis { subject, state, message: message.into(), hint: None }
}

fn found(state: State, message: impl Into<String>) -> Diagnosis {
    diagnosis("", state, message)
}

impl Diagnosis {
    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
