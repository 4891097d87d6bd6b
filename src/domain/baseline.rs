//! A baseline: findings that are known, so that only new ones count.
//!
//! It is a file of JSON with one finding a line, sorted, so that it can be read in a pull request
//! and merged. A finding is known by its rule, its document and its message, whatever line it
//! stands on.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::finding::Finding;

/// Findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Rule, document and message, sorted. One that is known twice stands here twice.
    known: Vec<[String; 3]>,
}

/// What a baseline says about findings.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Those that are not known.
    pub new: Vec<Finding>,
    /// How many are known.
    pub n_known: usize,
    /// How many known ones are not found any more.
    pub n_gone: usize,
}

impl Baseline {
    /// These findings, apart from those that nothing may hide.
    pub fn of(findings: &[Finding]) -> Self {
        let known = findings.iter().filter(|finding| !finding.is_fatal);
        let mut known: Vec<[String; 3]> = known.map(key).collect();
        known.sort_unstable();
        Self { known }
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The baseline in a text, or what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if value["schema"] != json!(1) {
            return Err("it has no \"schema\": 1".to_owned());
        }
        let findings = value["findings"].as_array().ok_or("it has no \"findings\"")?;
        let known = findings.iter().map(|finding| {
            let part = |name: &str| finding[name].as_str().map(str::to_owned);
            let key = [part("code"), part("document"), part("message")];
            match key {
                [Some(code), Some(document), Some(message)] => Ok([code, document, message]),
                _ => Err(format!("not a finding: {finding}")),
            }
        });
        let mut known = known.collect::<Result<Vec<_>, _>>()?;
        known.sort_unstable();
        Ok(Self { known })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let line = |[code, document, message]: &[String; 3]| {
            json!({ "code": code, "document": document, "message": message }).to_string()
        };
        let lines: Vec<String> = self.known.iter().map(line).collect();
        match lines.is_empty() {
            true => "{\"schema\":1,\"findings\":[]}\n".to_owned(),
            false => format!("{{\"schema\":1,\"findings\":[\n{}\n]}}\n", lines.join(",\n")),
        }
    }

    /// Holds findings against what is known: each known one stands for one finding.
    pub fn judge(&self, findings: Vec<Finding>) -> Verdict {
        let mut left: HashMap<&[String; 3], usize> = HashMap::new();
        for known in &self.known {
            *left.entry(known).or_default() += 1;
        }
        let mut verdict = Verdict::default();
        for finding in findings {
            match left.get_mut(&key(&finding)) {
                Some(count) if *count > 0 && !finding.is_fatal => {
                    *count -= 1;
                    verdict.n_known += 1;
                }
                _ => verdict.new.push(finding),
            }
        }
        verdict.n_gone = left.values().sum();
        verdict
    }
}

fn key(finding: &Finding) -> [String; 3] {
    let (code, document, message) = finding.identity();
    [code.to_owned(), document.to_owned(), message.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::config::Severity;
    use crate::domain::span::{Position, Span};

    fn finding(message: &str, is_fatal: bool) -> Finding {
        Finding {
            code: "AC004",
            name: "vague-criterion",
            severity: Severity::Warning,
            path: "items/BL-7k3qd.md".to_owned(),
            id: Some("BL-7k3qd".to_owned()),
            span: Span::default(),
            position: Position::START,
            end: Position::START,
            message: message.to_owned(),
            hint: None,
            fix: None,
            is_fatal,
        }
    }

    #[test]
    fn what_is_known_counts_once_and_what_nothing_may_hide_is_never_known() {
        let old = [finding("a \"b\"", false), finding("c", false), finding("d", true)];
        let baseline = Baseline::parse(&Baseline::of(&old).text()).unwrap();
        assert_eq!((baseline.clone(), baseline.len()), (Baseline::of(&old), 2));
        let now = vec![finding("a \"b\"", false), finding("a \"b\"", false), finding("d", true)];
        let verdict = baseline.judge(now);
        let new: Vec<&str> = verdict.new.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!((new, verdict.n_known, verdict.n_gone), (vec!["a \"b\"", "d"], 1, 1));
    }

    #[test]
    fn the_file_has_one_finding_a_line() {
        assert_eq!(Baseline::parse(&Baseline::default().text()), Ok(Baseline::default()));
        let text = Baseline::of(&[finding("a", false), finding("b", false)]).text();
        assert_eq!(text.lines().count(), 4);
        for (text, why) in [("", "EOF"), ("{}", "schema"), ("{\"schema\":1}", "findings")] {
            assert!(Baseline::parse(text).unwrap_err().contains(why), "{text:?}");
        }
        let error = Baseline::parse("{\"schema\":1,\"findings\":[{\"code\":1}]}").unwrap_err();
        assert!(error.contains("not a finding"), "{error}");
    }
}
