//! The parts of pages that follow from the program: between `<!-- generated: … -->` and
//! `<!-- end -->`.

use clap::{Command, CommandFactory};
use git_backlog::cli::App;
use git_backlog::domain::config::Severity;
use git_backlog::domain::kind::{KINDS, Kind};
use git_backlog::domain::rules::{RULES, Rule};
use git_backlog::domain::select;

use super::page::Page;

const START: &str = "<!-- generated: ";
const END: &str = "<!-- end -->";

/// How wide help texts are.
const WIDTH: usize = 96;

/// The text of a page with its generated parts made anew.
pub(super) fn renew(page: &Page) -> String {
    let mut parts = page.text.split(START);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("the comment ends");
        let (_, after) = rest.split_once(END).unwrap_or_else(|| {
            panic!("{}: the part '{name}' has no {END}", page.name);
        });
        let content = content(name).unwrap_or_else(|| {
            panic!("{}: nobody generates '{name}'", page.name);
        });
        text.push_str(&format!("{START}{name} -->\n\n{}\n\n{END}{after}", content.trim()));
    }
    text
}

fn content(name: &str) -> Option<String> {
    match name {
        "commands" => Some(commands()),
        "rules" => Some(RULES.iter().map(|rule| self::rule(rule)).collect()),
        "kinds" => Some(kinds()),
        "derived fields" => {
            let row = |(name, summary): &(&str, &str)| [code(name), (*summary).to_owned()];
            Some(table(["field", "what it is"], select::DERIVED.iter().map(row)))
        }
        name => Kind::named(name.strip_prefix("fields of ")?).map(fields),
    }
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | ").trim_end());
    let mut text = line(&head.map(str::to_owned)) + &line(&[const { "---" }; N].map(str::to_owned));
    rows.into_iter().for_each(|row| text += &line(&row));
    text
}

fn code(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { format!("`{text}`") }
}

fn kinds() -> String {
    let row = |kind: &&Kind| {
        let files = match kind.folder.ends_with(".md") {
            true => code(kind.folder),
            false => code(&format!("{}/", kind.folder)),
        };
        [kind.name.to_owned(), files, code(kind.prefix), kind.summary.to_owned()]
    };
    table(["kind", "where", "prefix", "what it is"], KINDS.iter().map(row))
}

fn fields(kind: &'static Kind) -> String {
    let row = |field: &git_backlog::domain::kind::Field| {
        [code(field.name), field.value.word().to_owned(), field.summary.to_owned()]
    };
    let mut text = table(["field", "type", "what it means"], kind.fields.iter().map(row));
    if !kind.statuses.is_empty() {
        let words: Vec<String> = kind
            .statuses
            .iter()
            .map(|(word, category)| format!("`{word}` ({})", category.word()))
            .collect();
        text += &format!("\nStatuses, with their categories: {}.\n", words.join(", "));
    }
    text
}

fn rule(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Off => "off",
    };
    let mut text = format!(
        "## {} {}\n\n{}. Severity: {severity}.\n\n{}\n\n",
        rule.code, rule.name, rule.summary, rule.why
    );
    for (word, example) in [("Found", rule.bad), ("Not found", rule.good)] {
        if !example.is_empty() {
            let example = example.replace('\0', "\u{2400}");
            text += &format!("{word}:\n\n```markdown\n{}\n```\n\n", example.trim_end());
        }
    }
    text
}

fn commands() -> String {
    let mut app = App::command().term_width(WIDTH);
    app.build();
    let names: Vec<String> = app.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let mut text = help("##", "git backlog", &mut app);
    for name in names.iter().filter(|name| *name != "help") {
        let command = app.find_subcommand_mut(name).expect("it was listed");
        text += &pages(&format!("git backlog {name}"), command);
    }
    text
}

/// The help of a command, and of those below it.
fn pages(name: &str, command: &mut Command) -> String {
    let mut own = command.clone().term_width(WIDTH).mut_args(|arg| {
        let is_shared = arg.get_help_heading() == Some("Global options") || arg.get_id() == "help";
        if is_shared { arg.hide(true) } else { arg }
    });
    let mut text = help("##", name, &mut own);
    for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
        let name = format!("{name} {}", below.get_name());
        text += &pages(&name, below);
    }
    text
}

fn help(level: &str, name: &str, command: &mut Command) -> String {
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    format!("{level} {name}\n\n```text\n{}\n```\n\n", lines.join("\n").trim())
}
