//! `init`: start a backlog in this repository.

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{FOLDER, Workspace};
use crate::domain::assign;
use crate::domain::backlog::CONFIG;
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::id;
use crate::domain::kind::PRODUCT;
use crate::domain::source::{Edits, FileEdit};
use crate::domain::template::EXAMPLE;
use crate::store::{DRIVER, Worktree};

/// The file that tells Git how to merge documents.
pub(super) const ATTRIBUTES: &str = ".gitattributes";

/// Start a backlog in this repository
///
/// Makes .backlog/ with its settings, a product to describe and a template for each type, and tells
/// Git in this clone to merge items by field. What is already there stays as it is, so that a
/// second `init` only adds what is missing; in a further clone it adds the setting of Git.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog init
  git backlog init --prefix SHOP --owner mira@example.org")]
pub(super) struct Args {
    /// The letters before the dash of new ids
    #[arg(long, default_value = "BL")]
    prefix: String,
    /// The product owner, by e-mail address
    #[arg(long, value_name = "EMAIL")]
    owner: Option<String>,
    /// Print the difference instead of writing it
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    if !id::is_prefix(&args.prefix) {
        return Err(Failure::usage(format!("'{}' is not a prefix", args.prefix))
            .hint("use a capital letter and up to 9 capitals or digits, such as BL or SHOP2")
            .into());
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let Some(root) = &workspace.root else {
        return Err(Failure::new(exit::REPOSITORY, "this repository is bare: it has no worktree")
            .hint("clone it, and start the backlog in the clone")
            .into());
    };
    let repository = workspace.repository()?;
    match root.is_dir() {
        true if !args.dry_run => workspace.recover(cx)?,
        true => {}
        false => workspace.check_checked_out()?,
    }
    let edits = missing(root, &args)?;
    let has_settings = edits.files().iter().all(|file| file.path != CONFIG);
    if has_settings && args.prefix != "BL" {
        let config = format!("{}/{CONFIG}", workspace.folder);
        cx.warn(&format!("{config} is there already; set id.prefix in it to change the prefix"))?;
    }
    if args.dry_run {
        crate::render::diff::write(&edits, &workspace.folder, &cx.style, &mut cx.out)?;
        return Ok(exit::DONE);
    }
    if edits.is_empty() {
        cx.say(&format!(
            "there is a backlog already, and nothing is missing in {}",
            workspace.folder
        ))?;
    } else {
        Worktree::create(root, workspace.repository.as_ref())?.apply(&edits)?;
    }
    for file in edits.files() {
        cx.say(&format!("made {}/{}", workspace.folder, file.path))?;
    }
    if !repository.has_driver() {
        repository.install_driver()?;
        cx.say("told Git to merge items by field in this clone: merge.backlog in .git/config")?;
    }
    if !edits.is_empty() {
        cx.say("next: git backlog new story 'Guest checkout'")?;
    }
    Ok(exit::DONE)
}

/// The files of a new backlog that are not there yet.
fn missing(root: &std::path::Path, args: &Args) -> anyhow::Result<Edits> {
    let mut files = vec![
        ("config.yml".to_owned(), settings(&args.prefix)),
        ("product.md".to_owned(), product(args.owner.as_deref())?),
        (ATTRIBUTES.to_owned(), attributes("")),
    ];
    let templates = EXAMPLE.get_dir("templates").into_iter().flat_map(|dir| dir.files());
    for file in templates {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, file.contents_utf8().unwrap_or_default().to_owned()));
    }
    let mut edits = Edits::default();
    for (path, text) in files {
        if root.join(&path).symlink_metadata().is_err() {
            edits.push(FileEdit { path, before: None, after: Some(text) });
        }
    }
    Ok(edits)
}

/// The attributes of documents, after those that are there.
pub(super) fn attributes(before: &str) -> String {
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!(
        "{before}{end}\
         # Documents are merged field by field, in clones that were told how: git backlog init\n\
         *.md text=auto eol=lf merge={DRIVER}\n"
    )
}

fn settings(prefix: &str) -> String {
    format!(
        "# Settings of the backlog in {FOLDER}. Every key has a default; see docs/format.md of\n\
         # git-backlog for all of them.\n\
         id:\n  prefix: {prefix}\n"
    )
}

fn product(owner: Option<&str>) -> Result<String, Failure> {
    const TEXT: &str = "---\nid: product\ntitle: Our product\n---\n\n\
         ## Vision\n\n<!-- What changes for whom when this succeeds? One sentence. -->\n\n\
         ## Target group\n\n<!-- Who uses it, and who pays for it? -->\n\n\
         ## Needs\n\n<!-- Which problem does it solve for them, and how do you know? -->\n\n\
         ## Unique selling proposition\n\n<!-- Why this and not what they use today? -->\n\n\
         ## Competitors\n\n<!-- What do they use instead, and what is good about it? -->\n\n\
         ## Product Goal\n\n<!-- The state of the product that the team works towards now. -->\n";
    let Some(owner) = owner else { return Ok(TEXT.to_owned()) };
    let document = Document::parse(PRODUCT.folder, TEXT);
    let value = Value::Text(owner.to_owned());
    let text = edit::set(&document, "owner", &value, &assign::order(&PRODUCT));
    text.map_err(|problem| Failure::from(assign::Refusal::from(problem)))
}
