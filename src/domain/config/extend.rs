//! Settings from several files: one may extend another, as `extends: ../common/backlog.yml`.
//!
//! The nearer file goes before the farther one. Mappings are joined key by key; lists and single
//! values are replaced.

use serde::Deserialize;
use serde_yaml::Value;

use super::{Config, is_blank, problem_of};
use crate::domain::backlog::CONFIG;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::SourceFile;
use crate::domain::span::Span;

/// How many files may stand behind one another.
const MAX_FILES: usize = 8;

/// A problem of one file of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    /// The file, below the folder of the backlog.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl Config {
    /// The settings in `files`: [`CONFIG`], if it is among them, with what it extends. With a
    /// problem, the defaults stand in for what could not be read.
    pub fn of_files(files: &[SourceFile]) -> (Self, Vec<SettingsProblem>) {
        let mut problems = Vec::new();
        let (mut path, mut chain) = (CONFIG.to_owned(), Vec::new());
        while let Some(file) = files.iter().find(|file| file.path == path) {
            let problem_of_file = |problem| SettingsProblem { path: file.path.clone(), problem };
            let text = match &file.text {
                Ok(text) => text,
                Err(problem) => {
                    problems.push(problem_of_file(problem.clone()));
                    break;
                }
            };
            // What a value means, only all files together can say.
            problems.extend(unreadable(text).map(problem_of_file));
            chain.push((path.clone(), text.as_str()));
            let Some(next) = extended(&path, text) else { break };
            let is_behind = chain.len() < MAX_FILES && files.iter().any(|it| it.path == next);
            if !is_behind || next == CONFIG {
                let message = match is_behind {
                    true => format!("extends '{next}', which extends this file"),
                    false if chain.len() == MAX_FILES => {
                        format!("extends one of {MAX_FILES} files")
                    }
                    false => format!("extends '{next}', which is not there"),
                };
                let at = text.find("extends").unwrap_or(0);
                let kind = ProblemKind::Syntax;
                let problem = Problem::at(kind, text, Span::new(at, at + "extends".len()), message);
                problems.push(problem_of_file(problem));
                break;
            }
            path = next;
        }
        if !problems.is_empty() || chain.is_empty() {
            return (Self::default(), problems);
        }
        let config = match joined(&chain) {
            Ok(config) => config,
            Err(error) => {
                let problem = problem_of(&error);
                let problem = SettingsProblem { path: CONFIG.to_owned(), problem };
                return (Self::default(), vec![problem]);
            }
        };
        for it in config.nonsense() {
            let names = |(_, text): &&(String, &str)| text.contains(&it.needle);
            let (path, text) = chain.iter().find(names).unwrap_or(&chain[0]);
            problems.push(SettingsProblem { path: path.clone(), problem: it.problem_in(text) });
        }
        if problems.is_empty() { (config, problems) } else { (Self::default(), problems) }
    }
}

/// What keeps one file of the settings from being read.
fn unreadable(text: &str) -> Option<Problem> {
    let text = text.trim_start_matches('\u{feff}');
    match is_blank(text) {
        true => None,
        false => serde_yaml::from_str::<Config>(text).err().map(|error| problem_of(&error)),
    }
}

/// The path of the file that the settings in `text`, which stand at `path`, extend. Paths are below
/// the folder of the backlog, and may begin with `../`.
pub fn extended(path: &str, text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Extends {
        extends: Option<String>,
    }
    if !text.contains("extends") {
        return None;
    }
    let text = text.trim_start_matches('\u{feff}');
    let extends = serde_yaml::from_str::<Extends>(text).ok()?.extends?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(extends.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The settings of several files, the nearest first.
fn joined(chain: &[(String, &str)]) -> Result<Config, serde_yaml::Error> {
    let mut joined = Value::Null;
    for (_, text) in chain.iter().rev() {
        join(&mut joined, serde_yaml::from_str(text.trim_start_matches('\u{feff}'))?);
    }
    match joined {
        Value::Null => Ok(Config::default()),
        joined => serde_yaml::from_value(joined),
    }
}

/// Puts the nearer value over the farther one.
fn join(far: &mut Value, near: Value) {
    match (far, near) {
        (_, Value::Null) => {}
        (Value::Mapping(far), Value::Mapping(near)) => {
            for (key, value) in near {
                match far.get_mut(&key) {
                    Some(old) => join(old, value),
                    None => {
                        far.insert(key, value);
                    }
                }
            }
        }
        (far, near) => *far = near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::config::{Preset, Severity};

    fn of(files: &[(&str, &str)]) -> (Config, Vec<String>) {
        let file = |(path, text): &(&str, &str)| SourceFile {
            path: (*path).to_owned(),
            text: Ok((*text).to_owned()),
        };
        let files: Vec<SourceFile> = files.iter().map(file).collect();
        let (config, problems) = Config::of_files(&files);
        let line = |it: &SettingsProblem| {
            format!("{}:{}: {}", it.path, it.problem.position, it.problem.message)
        };
        (config, problems.iter().map(line).collect())
    }

    #[test]
    fn the_nearer_file_goes_before_the_farther_one() {
        let near = "extends: ../common/rules.yml\nrules: {AC001: off}\n";
        let far = "preset: strict\nrules: {AC001: error, RK002: info}\n";
        let (config, problems) = of(&[("config.yml", near), ("../common/rules.yml", far)]);
        assert_eq!(problems, [""; 0]);
        assert_eq!(config.preset, Preset::Strict);
        let severity = |code| config.rules.get(code).and_then(|it| it.severity("", ""));
        assert_eq!(severity("AC001"), Some(Severity::Off));
        assert_eq!(severity("RK002"), Some(Severity::Info));
    }

    #[test]
    fn a_file_may_name_what_the_other_defines() {
        let near = "extends: far.yml\nready: {from: groomed, fields: [team]}\n";
        let far = "statuses: {groomed: {category: todo}}\nfields: {team: {type: text}}\n";
        let (config, problems) = of(&[("config.yml", near), ("far.yml", far)]);
        assert_eq!(problems, [""; 0]);
        assert_eq!(config.ready.from.as_deref(), Some("groomed"));
        let far = "id: {length: 3}\nstatuses: {groomed: {category: todo}}\n";
        let (_, problems) = of(&[("config.yml", near), ("far.yml", far)]);
        assert_eq!(
            problems,
            [
                "far.yml:1:6: id.length is 3, not 4 to 8",
                "config.yml:2:33: ready.fields names 'team', which is no field",
            ]
        );
    }

    #[test]
    fn paths_are_seen_from_the_file_that_names_them() {
        assert_eq!(extended("config.yml", "extends: a/b.yml").as_deref(), Some("a/b.yml"));
        assert_eq!(extended("../x/a.yml", "extends: ./b.yml").as_deref(), Some("../x/b.yml"));
        assert_eq!(extended("../x/a.yml", "extends: ../b.yml").as_deref(), Some("../b.yml"));
        assert_eq!(extended("config.yml", "id: {}\n"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_file() {
        let near = "extends: far.yml\n";
        let (config, problems) = of(&[("config.yml", near)]);
        assert_eq!(problems, ["config.yml:1:1: extends 'far.yml', which is not there"]);
        assert_eq!(config.preset, Preset::Recommended);
        let (_, problems) = of(&[("config.yml", near), ("far.yml", "id: {}\nprset: strict\n")]);
        assert_eq!(problems, ["far.yml:2:1: unknown key 'prset'"]);
        let (_, problems) = of(&[("config.yml", near), ("far.yml", "extends: config.yml\n")]);
        assert_eq!(problems, ["far.yml:1:1: extends 'config.yml', which extends this file"]);
        let (_, problems) = of(&[("config.yml", near), ("far.yml", "extends: far.yml\n")]);
        assert_eq!(problems, ["far.yml:1:1: extends one of 8 files"]);
    }
}
