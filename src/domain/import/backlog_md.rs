//! The folder of Backlog.md: one Markdown file a task, in folders by state.
//!
//! Its files are close to ours, and the bodies stay as they are but for the numbers that it writes
//! before each criterion. It reads `assignee: @ana`, which is not YAML, so this reader does too.
mod flow;
mod foreign;
mod reader;

use super::{Format, Import, Request};
use foreign::Names;
use reader::Reader;

pub(super) const FORMAT: Format = Format {
    name: "backlog-md",
    summary: "the folder of Backlog.md, with its tasks, drafts, archive, milestones and decisions",
    reads: |path| path.ends_with(".md"),
    import,
};

fn import(request: &Request<'_>) -> Import {
    let mut import = Import::default();
    let foreign = foreign::read(request, &mut import);
    let names = Names::of(&foreign);
    let ranks = flow::ranks(request, &foreign);
    for it in &foreign {
        if it.is_known {
            import.n_known += 1;
            continue;
        }
        let draft =
            Reader { request, names: &names, it, import: &mut import }.draft(ranks.get(&it.id));
        match draft.into_file() {
            Ok(file) => {
                import.n_new += 1;
                import.edits.push(file);
            }
            Err(problem) => import.problems.push((it.document.path().to_owned(), problem)),
        }
    }
    import.fields.sort_by(|a, b| (a.became.is_err(), &a.field).cmp(&(b.became.is_err(), &b.field)));
    import
}
