//! The parts of pages that follow from the program: between `<!-- generated: … -->` and
//! `<!-- end -->`.

use std::collections::BTreeMap;

use clap::{Command, CommandFactory};
use git_backlog::cli::App;
use git_backlog::domain::kind::{KINDS, Kind};
use git_backlog::domain::rules::{FAMILIES, RULES, Rule};
use git_backlog::domain::select;
use git_backlog::render::report::rule;

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
        "rules" => Some(rules()),
        "kinds" => Some(kinds()),
        "derived fields" => {
            let row = |(name, summary): &(&str, &str)| [code(name), (*summary).to_owned()];
            Some(table(["field", "what it is"], select::DERIVED.iter().map(row)))
        }
        "keys" => Some(git_backlog::tui::keys::table()),
        name if name.starts_with("screen ") => super::screen::after(name),
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

/// A table of rules for each family, each with a link to its page.
fn rules() -> String {
    let mut text = String::new();
    for (family, words) in FAMILIES {
        let of_family = RULES.iter().filter(|rule| rule.family() == *family);
        let head = ["rule", "what is wrong", "minimal", "recommended", "strict", "fix"];
        text += &format!("## {family}: {words}\n\n{}\n", table(head, of_family.map(|it| row(it))));
    }
    text
}

fn row(rule: &Rule) -> [String; 6] {
    let [minimal, recommended, strict] = rule::severities(rule).map(str::to_owned);
    let link = format!("[{} {}]({}.md)", rule.code, rule.name, rule.code);
    let fix = rule::fix_word(rule).to_owned();
    [link, rule.summary.to_owned(), minimal, recommended, strict, fix]
}

/// The pages on rules, by name.
pub(super) fn rule_pages() -> BTreeMap<String, String> {
    let page = |rule: &&Rule| {
        let name = format!("docs/rules/{}.md", rule.code);
        let text = format!(
            "<!-- generated from the rule -->\n\n# {} {}\n\n{}\n[All rules](README.md)\n",
            rule.code,
            rule.name,
            rule::markdown(rule)
        );
        (name, text)
    };
    RULES.iter().map(page).collect()
}

fn commands() -> String {
    let mut app = App::command().term_width(WIDTH);
    app.build();
    let shown = app.get_subcommands().filter(|it| !it.is_hide_set());
    let names: Vec<String> = shown.map(|it| it.get_name().to_owned()).collect();
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
