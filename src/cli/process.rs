//! From the process to a command and back: arguments, streams, clock, exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::context::Context;
use super::error::{self, exit};
use super::{App, Global, When, completions, pick, run};
use crate::domain::date::{self, Date};
use crate::render::{self, Style};
use crate::store;

/// Runs the program with the arguments of the process.
pub fn process() -> ExitCode {
    std::panic::set_hook(Box::new(report_panic));
    clap_complete::CompleteEnv::with_factory(completions::command).complete();
    let words: Vec<OsString> = std::env::args_os().collect();
    let app = match App::try_parse_from(&words) {
        Ok(app) => app,
        Err(error) => match pick::complete(&error, &words) {
            Ok(pick::Outcome::Complete(app)) => *app,
            Ok(pick::Outcome::Usage) => return usage(&error),
            Err(error) => return ExitCode::from(fail(&error, &mut context(&Global::default()))),
        },
    };
    store::install_signal_cleanup();
    // This thread works too instead of waiting for one more beside as many as there are cores. If
    // the pool is there already, that one serves as well.
    let _pool = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let mut cx = context(&app.global);
    let result = run(app, &mut cx).and_then(|code| {
        cx.out.flush()?;
        Ok(code)
    });
    let code = match result {
        Ok(code) => code,
        Err(error) => fail(&error, &mut cx),
    };
    ExitCode::from(code)
}

/// Help and version on standard output, everything else on standard error; a closed pipe ends
/// quietly.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr()
        || error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    {
        let _closed_pipe = error.print();
        return ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::DONE });
    }
    let mut err = io::stderr();
    let style = style(When::Auto, err.is_terminal(), |name| std::env::var_os(name));
    let text = error.render();
    let text = if style.color { text.ansi().to_string() } else { text.to_string() };
    // `git backlog --help` never gets here: Git takes it and looks for a manual page.
    let text = text.rsplit_once("For more information").map_or(&*text, |(text, _)| text);
    let hint = elsewhere(error).unwrap_or("see what there is with -h");
    let text = match elsewhere(error) {
        // The parser's own tip is a word that only looks alike.
        Some(_) => text.lines().next().unwrap_or_default(),
        None => text.trim_end(),
    };
    let _closed_pipe = write!(err, "{text}\nhint: {hint}\n");
    ExitCode::from(exit::USAGE)
}

/// What to type for a command of other tools.
fn elsewhere(error: &clap::Error) -> Option<&'static str> {
    const WORDS: &[(&[&str], &str)] = &[
        (
            &["status", "st", "overview", "home"],
            "see where things stand with: git backlog; what is not committed, with: git backlog diff",
        ),
        (&["history"], "see the history with: git backlog log"),
        (
            &["delete", "rm", "remove"],
            "an item is dropped with: git backlog set ID status=rejected",
        ),
        (&["move", "mv", "order", "sort"], "move an item with: git backlog rank ID --top"),
        (&["search", "find", "grep", "query"], "search with: git backlog list WORDS"),
        (&["done", "close", "start"], "change the status with: git backlog set ID status=done"),
        (&["help"], "see what there is with -h"),
    ];
    let typed = error.get(clap::error::ContextKind::InvalidSubcommand)?.to_string();
    WORDS.iter().find(|(words, _)| words.contains(&&*typed)).map(|(_, hint)| *hint)
}

fn fail(error: &anyhow::Error, cx: &mut Context) -> u8 {
    let _closed_pipe = cx.out.flush();
    if error.is::<pick::Left>() {
        return exit::LEFT;
    }
    let Some((code, message, hint)) = error::outcome(error) else { return exit::DONE };
    let message = match cx.saved && message.starts_with(error::NO_RESULT) {
        true => format!("saved, but {message}"),
        false => message,
    };
    let style = cx.err_style.clone();
    let _closed_pipe = render::error::error(&style, &message, hint.as_deref(), &mut cx.err);
    code
}

/// What a command gets from the process.
pub(super) fn context(global: &Global) -> Context {
    let env = |name: &str| std::env::var_os(name);
    let directory = std::env::current_dir().unwrap_or_else(|_| ".".into());
    let directory = match &global.directory {
        Some(dir) => directory.join(dir),
        None => directory,
    };
    let (out, err) = (io::stdout(), io::stderr());
    let terminal = out.is_terminal();
    Context {
        style: Style { today: terminal.then(|| today(env)), ..style(global.color, terminal, env) },
        err_style: style(global.color, err.is_terminal(), env),
        out: Box::new(io::BufWriter::with_capacity(1 << 16, out.lock())),
        err: Box::new(err),
        directory,
        today: today(env),
        interactive: io::stdin().is_terminal() && terminal,
        terminal,
        hyperlinks: hyperlinks(global.hyperlinks, terminal, env),
        env,
        verbosity: i8::from(global.verbose) - i8::from(global.quiet),
        saved: false,
    }
}

/// The day here and now; `GIT_BACKLOG_TODAY` sets another, for tests and for reproducible output.
fn today(env: fn(&str) -> Option<OsString>) -> Date {
    let set = env("GIT_BACKLOG_TODAY").and_then(|day| date::parse(&day.to_string_lossy()));
    set.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
}

/// Colour by the option, then by the conventions of `NO_COLOR` and `CLICOLOR_FORCE`, then by what
/// is at the other end.
fn style(when: When, terminal: bool, env: fn(&str) -> Option<OsString>) -> Style {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty() && value != "0");
    let dumb = env("TERM").is_some_and(|term| term == "dumb");
    let color = match when {
        When::Always => true,
        When::Never => false,
        When::Auto if is_set("NO_COLOR") => false,
        When::Auto if is_set("CLICOLOR_FORCE") => true,
        When::Auto => terminal && !dumb && env("CLICOLOR").is_none_or(|value| value != "0"),
    };
    let columns = || {
        let set = env("COLUMNS").and_then(|width| width.to_str()?.parse().ok());
        set.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
    };
    let width = terminal.then(|| columns().unwrap_or(80).max(20));
    let workflow = is_set("GITHUB_ACTIONS") || is_set("TF_BUILD");
    Style { color, width, unicode: !dumb, workflow, ..Style::default() }
}

/// Links by the option, then by what is known of the terminal. One at the other end of SSH cannot
/// open the files of this machine.
fn hyperlinks(when: When, terminal: bool, env: fn(&str) -> Option<OsString>) -> bool {
    let is_far = env("SSH_CONNECTION").is_some() || env("SSH_TTY").is_some();
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !is_far && supports_hyperlinks::supports_hyperlinks(),
    }
}

/// A panic is a bug of this program, and says so.
#[expect(clippy::print_stderr, reason = "there is no context left to print through")]
fn report_panic(info: &std::panic::PanicHookInfo<'_>) {
    let version = App::command().get_version().unwrap_or_default().to_owned();
    eprintln!("error: this is a bug in git-backlog {version}, and no fault of yours: {info}");
    eprintln!("hint: please report it with these lines, at the project's issue tracker");
}
