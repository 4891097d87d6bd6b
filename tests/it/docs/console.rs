//! The `console` blocks of pages, run for real.
//!
//! The blocks of a page work in a copy of the demo repository, or in an empty folder or repository
//! from the block on before which a comment says so. `…` in a line of output stands for
//! anything, and a line of it alone for any lines. An id that `new`, `split` or `groom` has drawn is taken for the one
//! that the page shows from then on.

use std::fs;
use std::io::{Read, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::thread;

use git_backlog::domain::id;

use super::is_update;
use super::page::{Block, Page};
use crate::support::Repo;

const PROGRAM: &str = env!("CARGO_BIN_EXE_git-backlog");

/// The day on which all examples take place.
const TODAY: &str = "2026-11-25";

/// Any text in a line, or any lines.
const ANYTHING: &str = "…";

/// Runs the pages side by side, and returns what does not work as shown.
pub(super) fn run(pages: Vec<Page>) -> Vec<String> {
    let demo = demo();
    thread::scope(|scope| {
        let run = |page: Page| {
            let repo = demo.twin();
            scope.spawn(move || Session::start(repo).page(&page))
        };
        let has_commands = |page: &Page| page.blocks().iter().any(|block| block.info == "console");
        let running: Vec<_> = pages.into_iter().filter(has_commands).map(run).collect();
        running.into_iter().flat_map(|page| page.join().unwrap()).collect()
    })
}

/// The repository that `demo` makes, before it moves an item.
pub(super) fn demo() -> Repo {
    let repo = empty_folder();
    fs::remove_dir(repo.path("")).unwrap();
    let mut command = repo.command(PROGRAM);
    let command = command.current_dir(repo.beside("")).args(["demo", "repo", "--quiet"]);
    assert!(command.status().unwrap().success());
    repo.git(&["gc", "--quiet"]); // A few large files are copied faster than many small ones.
    repo
}

/// A folder, and a home in which somebody has told Git their name.
fn empty_folder() -> Repo {
    let repo = Repo::without_repository();
    let config =
        "[user]\n\tname = Mira\n\temail = mira@example.org\n[init]\n\tdefaultBranch = main\n";
    fs::write(repo.beside("home/.gitconfig"), config).unwrap();
    repo
}

/// Somebody who types what a page shows.
struct Session {
    repo: Repo,
    directory: PathBuf,
    /// Ids that the page shows, and those that were drawn instead.
    ids: Vec<(String, String)>,
}

/// A command in a block.
struct Command {
    words: Vec<String>,
    code: i32,
    /// The lines that it should print; none if the block does not show them.
    output: Vec<String>,
    /// Where these lines are in the page.
    range: Range<usize>,
}

impl Session {
    fn start(repo: Repo) -> Self {
        let directory = repo.path("");
        Self { repo, directory, ids: Vec::new() }
    }

    /// Runs the blocks of a page in their order.
    fn page(mut self, page: &Page) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut text = page.text.clone();
        let mut better: Vec<(Range<usize>, String)> = Vec::new();
        for block in page.blocks() {
            self.comment(&block);
            if block.info != "console" {
                continue;
            }
            for command in commands(&block) {
                if let Err((problem, lines)) = self.check(&command) {
                    wrong.push(format!("{}: {problem}", page.place(command.range.start - 1)));
                    better.extend(lines.map(|lines| (command.range, lines)));
                }
            }
        }
        if is_update() && !better.is_empty() {
            better.into_iter().rev().for_each(|(range, lines)| text.replace_range(range, &lines));
            page.write(&text);
        }
        wrong
    }

    /// Does what the comment before a block says.
    fn comment(&mut self, block: &Block<'_>) {
        match block.comment {
            "empty folder" => self.enter(empty_folder()),
            "empty repository" => {
                let repo = empty_folder();
                repo.git(&["init", "--quiet"]);
                self.enter(repo);
            }
            comment => {
                if let Some(path) = comment.strip_prefix("write ") {
                    let path = self.directory.join(self.real(path));
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, self.with_real_ids(block.text)).unwrap();
                }
            }
        }
    }

    fn enter(&mut self, repo: Repo) {
        self.directory = repo.path("");
        self.repo = repo;
        self.ids.clear();
    }

    /// Runs a command. If it does not do what is shown: the problem, and the lines to show.
    fn check(&mut self, command: &Command) -> Result<(), (String, Option<String>)> {
        let typed = command.words.join(" ");
        let words: Vec<String> = command.words.iter().map(|word| self.real(word)).collect();
        let (code, printed) = self.execute(&words);
        let makes = ["backlog new ", "backlog decide ", "backlog split ", "backlog groom"];
        if makes.iter().any(|it| typed.contains(it)) {
            self.learn(&command.output, &printed);
        }
        let printed = self.shown(&printed);
        let lines: Vec<String> =
            printed.trim_end().lines().map(|it| it.trim_end().to_owned()).collect();
        if code != command.code {
            return Err((format!("`{typed}` ends with {code}:\n{printed}"), None));
        }
        if !command.output.is_empty() && !lines_match(&command.output, &lines) {
            let problem = format!("`{typed}` prints:\n{printed}");
            return Err((problem, Some(better(&command.output, &lines))));
        }
        Ok(())
    }

    /// The exit code, and what appears on a terminal.
    fn execute(&mut self, words: &[String]) -> (i32, String) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["cd", folder] => {
                self.directory = self.directory.join(folder);
                (i32::from(!self.directory.is_dir()), String::new())
            }
            ["cat", path] => match fs::read_to_string(self.directory.join(path)) {
                Ok(text) => (0, text),
                Err(error) => (1, error.to_string()),
            },
            ["echo", text, "|", "git", ref words @ ..] => self.git(words, &format!("{text}\n")),
            ["git", ref words @ ..] => self.git(words, ""),
            _ => panic!("a page may not run {words:?}"),
        }
    }

    fn git(&self, words: &[&str], input: &str) -> (i32, String) {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let folder = PathBuf::from(PROGRAM).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::iter::once(folder).chain(std::env::split_paths(&path));
        let mut command = self.repo.command("git");
        command
            .args(words)
            .current_dir(&self.directory)
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("GIT_BACKLOG_TODAY", TODAY)
            .stdin(std::process::Stdio::piped())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer);
        let mut child = command.spawn().unwrap();
        drop(command); // It holds the other end of the pipe.
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap_or_default();
        let mut printed = String::new();
        reader.read_to_string(&mut printed).unwrap();
        (child.wait().unwrap().code().unwrap_or(-1), printed)
    }

    /// Takes the id in `add story BL-7k3qd "…"` for the one that was drawn.
    fn learn(&mut self, shown: &[String], printed: &str) {
        let id = |line: &str| {
            let word = line.strip_prefix("add ")?.split(' ').nth(1)?;
            id::is_random(word).then(|| word.to_owned())
        };
        let shown = shown.iter().find_map(|line| id(line));
        let drawn = printed.lines().find_map(id);
        self.ids.extend(shown.zip(drawn));
    }

    /// A word as it has to be typed here: whole ids and their beginnings are those that were drawn.
    fn real(&self, word: &str) -> String {
        let part = |part: &str| {
            let is_meant = |(shown, _): &&(String, String)| {
                let random = shown.split_once('-').map_or(&**shown, |(_, random)| random);
                part.len() > 1 && random.starts_with(part)
            };
            self.ids.iter().find(is_meant).map_or_else(|| part.to_owned(), |(_, real)| real.clone())
        };
        let parts = word.split_inclusive(['=', ',']).map(|it| {
            let end = it.trim_end_matches(['=', ',']).len();
            part(&it[..end]) + &it[end..]
        });
        self.with_real_ids(&parts.collect::<String>())
    }

    fn with_real_ids(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (shown, real)| text.replace(shown, real))
    }

    /// What was printed, with the ids that the page shows.
    fn shown(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (shown, real)| text.replace(real, shown))
    }
}

/// The commands of a block. Those of Cargo are for readers alone.
fn commands(block: &Block<'_>) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut at = block.range.start;
    for line in block.text.split_inclusive('\n') {
        at += line.len();
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(typed), _) => {
                let (words, code) = words(typed);
                commands.push(Command { words, code, output: Vec::new(), range: at..at });
            }
            (None, Some(command)) => {
                command.output.push(line.trim_end().to_owned());
                command.range.end = at;
            }
            (None, None) => panic!("a console block begins with '$ ': {line}"),
        }
    }
    for command in &mut commands {
        while command.output.pop_if(|line| line.is_empty()).is_some() {
            command.range.end -= 1;
        }
    }
    commands.retain(|command| command.words[0] != "cargo");
    commands
}

/// The words of a command as a shell takes them, and the exit code in `# exit 1` after it.
pub(super) fn words(typed: &str) -> (Vec<String>, i32) {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for (at, c) in typed.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('#', None) if word.is_none() => {
                let code = typed[at..].trim().strip_prefix("# exit ");
                return (words, code.map_or(0, |code| code.parse().unwrap()));
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    (words, 0)
}

fn lines_match(shown: &[String], printed: &[String]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, first) => first.is_none(),
        (Some((line, rest)), _) if line == ANYTHING => {
            (0..=printed.len()).any(|skipped| lines_match(rest, &printed[skipped..]))
        }
        (Some((line, rest)), Some((first, others))) => {
            line_matches(line, first) && lines_match(rest, others)
        }
        (Some(_), None) => false,
    }
}

fn line_matches(shown: &str, printed: &str) -> bool {
    let Some((start, rest)) = shown.split_once(ANYTHING) else { return shown == printed };
    let Some(printed) = printed.strip_prefix(start) else { return false };
    let mut ends = printed.char_indices().map(|(at, _)| at).chain([printed.len()]);
    ends.any(|at| line_matches(rest, &printed[at..]))
}

/// The lines to show instead. Those that are open and fit stay so.
fn better(shown: &[String], printed: &[String]) -> String {
    let open = |line: &&String| line.contains(ANYTHING) && *line != ANYTHING;
    let line = |printed: &String| {
        let fits = shown.iter().filter(open).find(|shown| line_matches(shown, printed));
        fits.cloned().unwrap_or_else(|| without_commits(printed)) + "\n"
    };
    printed.iter().map(line).collect()
}

/// The text with the names of commits, which are others each time, left open.
fn without_commits(text: &str) -> String {
    let is_hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
    let mut rest = text;
    let mut open = String::new();
    while let Some(start) = rest.find(is_hex) {
        let end = rest[start..].find(|c| !is_hex(c)).map_or(rest.len(), |length| start + length);
        open += &rest[..start];
        open += if end - start < 7 { &rest[start..end] } else { ANYTHING };
        rest = &rest[end..];
    }
    open + rest
}
