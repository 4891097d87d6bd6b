//! `rank --by score`: the order that follows from the scores, shown or written.

use super::super::context::Context;
use super::super::error::{Failure, exit};
use super::super::save::{Writing, save};
use super::super::score::scoring;
use super::super::workspace::Workspace;
use super::edits;
use crate::domain::score::proposal::proposal;
use crate::domain::score::table::table;
use crate::render::Format;
use crate::render::report::proposal::ProposalView;

/// What was asked for.
pub(super) struct Request<'a> {
    pub(super) model: Option<&'a str>,
    pub(super) writes: bool,
    pub(super) format: Format,
    pub(super) writing: &'a Writing,
}

/// Prints the proposal, and writes it if that is asked for.
pub(super) fn run(
    request: &Request<'_>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    if request.writing.why.is_some() && !request.writes {
        return Err(Failure::usage("a reason is given, and nothing is to be written")
            .hint("write the proposal with: git backlog rank --by score --write -m WHY")
            .into());
    }
    let backlog = workspace.load_to_write(cx)?;
    let scoring = scoring(&backlog, request.model, cx.today)?;
    let proposal = proposal(&backlog, &scoring);
    if request.writes || request.writing.dry_run {
        let edits = edits(&backlog, &proposal.keys)?;
        return save(cx, workspace, &backlog, &edits, request.writing);
    }
    let table = table(&backlog, &scoring);
    let view = ProposalView {
        scoring: &scoring,
        table: &table,
        asked: request.model,
        proposal: &proposal,
    };
    cx.show(&view, request.format)?;
    Ok(exit::DONE)
}
