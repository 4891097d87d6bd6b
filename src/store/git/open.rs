//! Finding and making repositories, with the configuration that Git would use.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use gix::discover::upwards;
use gix::sec::trust::Mapping;

use super::{Repository, one_line};
use crate::store::error::Error;

impl Repository {
    /// The repository that a directory is in, as Git finds it: the environment may name another.
    pub fn discover(dir: &Path) -> Result<Self, Error> {
        let options = options();
        let trust = Mapping { full: options.clone(), reduced: options };
        // With a relative path, Git's own directory would not be found from inside of it.
        let dir =
            std::path::absolute(dir).map_err(|error| Error::read(dir.to_string_lossy(), &error))?;
        let found = gix::ThreadSafeRepository::discover_with_environment_overrides_opts(
            &dir,
            upwards::Options::default(),
            trust,
        );
        Self::absolute(found.map_err(|error| not_opened(&dir, &error))?, dir)
    }

    /// Makes a new repository with the branch `main`, in which this person commits.
    pub fn init(path: &Path, name: &str, email: &str) -> Result<Self, Error> {
        let options = options().config_overrides(["init.defaultBranch=main"]);
        let kind = gix::create::Kind::WithWorktree;
        let made = gix::ThreadSafeRepository::init_opts(path, kind, Default::default(), options);
        let made = made.map_err(|error| not_opened(path, &error))?;
        let config = made.git_dir().join("config");
        // Hooks of all the user's repositories are not about this one. The path is a whole one, as a
        // linked worktree would look for another below itself.
        let hooks = std::path::absolute(made.git_dir().join("hooks"))
            .map_err(|error| Error::read(path.to_string_lossy(), &error))?;
        let person = format!(
            "[core]\n\thooksPath = {}\n[user]\n\tname = {}\n\temail = {}\n",
            quoted(&hooks.to_string_lossy()),
            quoted(name),
            quoted(email)
        );
        let file = OpenOptions::new().append(true).open(&config);
        let written = file.and_then(|mut file| file.write_all(person.as_bytes()));
        written.map_err(|error| Error::write(config.to_string_lossy(), &error))?;
        Self::discover(path)
    }

    fn absolute(repo: gix::ThreadSafeRepository, start: PathBuf) -> Result<Self, Error> {
        let mut repo = repo.to_thread_local();
        repo.make_paths_absolute().map_err(|error| not_opened(Path::new("."), &error))?;
        Ok(Self { repo, start, counters: Default::default() })
    }
}

fn options() -> gix::open::Options {
    let parameters = std::env::var("GIT_CONFIG_PARAMETERS").unwrap_or_default();
    gix::open::Options::default()
        .bail_if_untrusted(true)
        .strict_config(true)
        .cli_overrides(config_parameters(&parameters))
}

/// A value as it stands in a file of Git's configuration.
fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n");
    format!("\"{escaped}\"")
}

fn not_opened(dir: &Path, error: &gix::Error) -> Error {
    use upwards::Error as Discover;
    let dir = dir.display();
    match error.downcast_any_ref::<Discover>() {
        Some(Discover::NoTrustedGitRepository { .. }) | None => {}
        Some(_) => return Error::NoRepository,
    }
    let reason = one_line(error);
    if error.is_permission_denied() && reason.contains("not owned") {
        let message = format!("the repository in {dir} belongs to another user");
        return Error::unusable(
            message,
            format!("trust it with: git config --global --add safe.directory '{dir}'"),
        );
    }
    Error::unusable(
        format!("cannot use the repository in {dir}: {reason}"),
        "see what Git says with: git status",
    )
}

/// The settings of `git -c name=value backlog …`. Git hands them on in this variable, each in
/// single quotes: as `'name=value'`, or as `'name'='value'` by newer versions.
fn config_parameters(text: &str) -> Vec<String> {
    let mut parameters = Vec::new();
    let mut rest = text.trim_start();
    while let Some((name, after)) = unquoted(rest) {
        let (parameter, after) = match after.strip_prefix('=') {
            Some(after) => match unquoted(after) {
                Some((value, after)) => (format!("{name}={value}"), after),
                None => (name, after),
            },
            None => (name, after),
        };
        parameters.push(parameter);
        rest = after.trim_start();
    }
    parameters
}

/// The first word in single quotes, and what follows. Inside, `'\''` stands for a quote and
/// `'\!'` for an exclamation mark.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let (part, after) = rest.split_once('\'')?;
        word.push_str(part);
        let escaped = ['\'', '!'].into_iter().find_map(|char| {
            let after = after.strip_prefix('\\')?.strip_prefix(char)?.strip_prefix('\'')?;
            Some((char, after))
        });
        let Some((char, after)) = escaped else { return Some((word, after)) };
        word.push(char);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(config_parameters(text), expected, "{text}");
    }

    #[test]
    fn reads_the_parameters_of_old_and_new_versions_of_git() {
        check("", &[]);
        check("'user.name=Mira'", &["user.name=Mira"]);
        check("'user.name'='Mira M'  'a.b'='c=d'", &["user.name=Mira M", "a.b=c=d"]);
        check("'core.bare'=", &["core.bare"]);
        check(r"'user.name'='O'\''Hara'\!''", &["user.name=O'Hara!"]);
        check("'unclosed", &[]);
    }
}
