//! How severe the findings of a rule are.

use std::fmt;

use serde::Deserialize;

use super::Ordered;

/// How severe a finding of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not reported.
    Off,
    /// Worth a look.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended: `check` fails.
    Error,
}

impl Severity {
    /// The word for it in the settings and in every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A set of severities for all rules at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Only what is an error.
    Minimal,
    /// Each rule as it says itself.
    #[default]
    Recommended,
    /// Warnings are errors, and what is worth a look is a warning.
    Strict,
}

impl Preset {
    /// Every preset, from the least to the most severe.
    pub const ALL: [Self; 3] = [Self::Minimal, Self::Recommended, Self::Strict];

    /// The word for it in the settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Recommended => "recommended",
            Self::Strict => "strict",
        }
    }

    /// The severity that it gives to a rule. What is off by itself is off in every preset.
    pub fn severity(self, own: Severity) -> Severity {
        match (self, own) {
            (Self::Minimal, Severity::Warning | Severity::Info) => Severity::Off,
            (Self::Strict, Severity::Warning) => Severity::Error,
            (Self::Strict, Severity::Info) => Severity::Warning,
            (_, own) => own,
        }
    }
}

/// The setting of a rule or of a family: a severity, or one with more to it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum RuleSetting {
    /// The same everywhere.
    Severity(Severity),
    /// In detail.
    Detailed(RuleDetail),
}

/// The setting of a rule in detail.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleDetail {
    /// How severe its findings are.
    pub severity: Option<Severity>,
    /// How severe they are in items of a type.
    pub types: Ordered<Severity>,
    /// How severe they are in files below `.backlog`; `*` stands for any characters.
    pub paths: Ordered<Severity>,
    /// Numbers that it works with.
    pub parameters: Ordered<f64>,
}

impl RuleSetting {
    /// The severity of findings in a document of that path and type, if this setting says one. A
    /// path says more than a type, and a type more than the rule alone; of several paths that
    /// match, the last.
    pub fn severity(&self, path: &str, item_type: &str) -> Option<Severity> {
        match self {
            Self::Severity(severity) => Some(*severity),
            Self::Detailed(detail) => {
                let of_path = detail.paths.iter().filter(|(glob, _)| matches(glob, path)).last();
                let of_path = of_path.map(|(_, severity)| *severity);
                let of_type = || detail.types.get(item_type).copied();
                of_path.or_else(of_type).or(detail.severity)
            }
        }
    }

    /// The severity that it gives where it says nothing narrower.
    pub fn everywhere(&self) -> Option<Severity> {
        match self {
            Self::Severity(severity) => Some(*severity),
            Self::Detailed(detail) => detail.severity,
        }
    }

    /// Whether it says a severity other than off for some documents.
    pub fn reports_somewhere(&self) -> bool {
        match self {
            Self::Severity(_) => false,
            Self::Detailed(detail) => {
                let mut narrower = detail.types.iter().chain(detail.paths.iter());
                narrower.any(|(_, severity)| *severity != Severity::Off)
            }
        }
    }

    /// Its value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<f64> {
        match self {
            Self::Severity(_) => None,
            Self::Detailed(detail) => detail.parameters.get(name).copied(),
        }
    }
}

impl fmt::Display for RuleSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = match self {
            Self::Severity(severity) => return f.write_str(severity.word()),
            Self::Detailed(detail) => detail,
        };
        let mut parts: Vec<String> =
            detail.severity.iter().map(|it| it.word().to_owned()).collect();
        let narrower = detail.types.iter().chain(detail.paths.iter());
        parts.extend(narrower.map(|(word, severity)| format!("{word}: {}", severity.word())));
        parts.extend(detail.parameters.iter().map(|(name, value)| format!("{name} = {value}")));
        f.write_str(&parts.join(", "))
    }
}

/// Whether `path` is of the form `glob`, in which `*` stands for any characters, `/` included.
fn matches(glob: &str, path: &str) -> bool {
    let (mut glob, mut path) = (glob.as_bytes(), path.as_bytes());
    // Where to go on if the last star has to take one more byte.
    let mut retry: Option<(&[u8], &[u8])> = None;
    loop {
        match (glob.split_first(), path.split_first()) {
            (Some((b'*', rest)), _) => {
                glob = rest;
                retry = path.split_first().map(|(_, after)| (rest, after));
            }
            (Some((wanted, rest)), Some((byte, after))) if wanted == byte => {
                (glob, path) = (rest, after);
            }
            (None, None) => return true,
            _ => {
                let Some((rest, after)) = retry else { return false };
                (glob, path) = (rest, after);
                retry = after.split_first().map(|(_, after)| (rest, after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (glob, path) in [
            ("items/old-*", "items/old-1.md"),
            ("*", ""),
            ("*.md", "items/a.md"),
            ("items/*/b*c", "items/x/y/bbc"),
            ("a", "a"),
            ("*a*a*", "xaxax"),
        ] {
            assert!(matches(glob, path), "{glob} {path}");
        }
        for (glob, path) in
            [("items/old-*", "items/new.md"), ("a", "ab"), ("ab", "a"), ("*a", "ab")]
        {
            assert!(!matches(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn the_narrowest_setting_counts() {
        let (config, problems) = crate::domain::config::Config::parse(
            "rules:\n  AC001:\n    severity: error\n    types: {bug: info}\n    paths: {\"items/old-*\": off}\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let setting = config.rules.get("AC001").unwrap();
        assert_eq!(setting.severity("items/a.md", "story"), Some(Severity::Error));
        assert_eq!(setting.severity("items/a.md", "bug"), Some(Severity::Info));
        assert_eq!(setting.severity("items/old-a.md", "bug"), Some(Severity::Off));
    }
}
