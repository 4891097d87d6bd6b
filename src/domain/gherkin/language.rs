//! The keywords of Gherkin in each of its languages.

use std::sync::LazyLock;

use super::{HeaderKind, StepKind};

/// A line for each language; the order of the fields is that of the kinds below.
const TABLE: &str = include_str!("languages.txt");

const HEADERS: [HeaderKind; 6] = [
    HeaderKind::Feature,
    HeaderKind::Background,
    HeaderKind::Rule,
    HeaderKind::Scenario,
    HeaderKind::Outline,
    HeaderKind::Examples,
];
const STEPS: [StepKind; 5] =
    [StepKind::Given, StepKind::When, StepKind::Then, StepKind::And, StepKind::But];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut languages: Vec<Language> = TABLE.lines().filter_map(Language::read).collect();
    languages.sort_by_key(|language| language.code);
    languages
});

/// The keywords of one language.
#[derive(Debug)]
pub struct Language {
    /// Its code, such as `en`.
    pub code: &'static str,
    /// The longest first, since one may begin like another.
    headers: Vec<(HeaderKind, &'static str)>,
    /// With the blank that follows, if one has to; the longest first.
    steps: Vec<(StepKind, &'static str)>,
}

/// Languages are the same if their codes are.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Language {}

impl Language {
    /// The language with that code, in any case.
    pub fn named(code: &str) -> Option<&'static Self> {
        let exact = LANGUAGES.binary_search_by(|language| language.code.cmp(code)).ok();
        let any_case =
            || LANGUAGES.iter().position(|language| language.code.eq_ignore_ascii_case(code));
        exact.or_else(any_case).map(|at| &LANGUAGES[at])
    }

    /// English, which a text is in that does not say otherwise.
    pub fn english() -> &'static Self {
        Self::named("en").expect("the table has English")
    }

    /// Whether the words are English.
    pub fn is_english(&self) -> bool {
        self.code == "en"
    }

    /// The language, other than English, that the most of these lines begin in; at least two
    /// steps or one header. Cucumber can be told the language outside of the text.
    pub fn guessed(lines: &[&str]) -> Option<&'static Self> {
        let score = |language: &Language| -> usize {
            let of = |line: &&str| match language.header(line) {
                Some(_) => 2,
                None => usize::from(language.step(line).is_some_and(|(_, word)| word != "* ")),
            };
            lines.iter().map(of).sum()
        };
        // Of equals the first by code, so that the answer is always the same.
        let best = LANGUAGES.iter().rev().max_by_key(|language| score(language))?;
        (score(best) >= 2 && !best.is_english()).then_some(best)
    }

    /// The header that a line begins with, and its keyword without the colon.
    pub(super) fn header(&self, line: &str) -> Option<(HeaderKind, &'static str)> {
        let is = |(_, word): &&(HeaderKind, &'static str)| {
            line.strip_prefix(word).is_some_and(|rest| rest.starts_with(':'))
        };
        self.headers.iter().find(is).copied()
    }

    /// The step that a line begins with, and its keyword with the blank.
    pub(super) fn step(&self, line: &str) -> Option<(StepKind, &'static str)> {
        let is = |(_, word): &&(StepKind, &'static str)| line.starts_with(word);
        self.steps.iter().find(is).copied()
    }

    /// The keywords of headers.
    pub(super) fn headers(&self) -> &[(HeaderKind, &'static str)] {
        &self.headers
    }

    /// The keywords of steps.
    pub(super) fn steps(&self) -> &[(StepKind, &'static str)] {
        &self.steps
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('|');
        let code = fields.next().filter(|code| !code.starts_with('#'))?;
        let mut headers = Vec::new();
        for kind in HEADERS {
            headers.extend(words(fields.next()?).map(|word| (kind, word)));
        }
        let mut steps = vec![(StepKind::Any, "* ")];
        for kind in STEPS {
            for word in words(fields.next()?) {
                // A word that stands for several kinds says nothing of the kind.
                match steps.iter_mut().find(|(_, known)| *known == word) {
                    Some((known, _)) => *known = StepKind::Any,
                    None => steps.push((kind, word)),
                }
            }
        }
        headers.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
        steps.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
        Some(Self { code, headers, steps })
    }
}

fn words(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(';').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_keyword() {
        assert!(LANGUAGES.len() > 70);
        for language in LANGUAGES.iter() {
            for kind in HEADERS {
                assert!(
                    language.headers.iter().any(|it| it.0 == kind),
                    "{} {kind:?}",
                    language.code
                );
            }
            assert!(language.steps.len() > 3, "{}", language.code);
        }
    }

    #[test]
    fn takes_the_longest_keyword() {
        let haitian = Language::named("ht").unwrap();
        assert_eq!(haitian.step("Le sa a there"), Some((StepKind::Then, "Le sa a ")));
        assert_eq!(haitian.step("Le I erase"), Some((StepKind::When, "Le ")));
        assert_eq!(
            Language::english().header("Scenario Outline: x").unwrap().0,
            HeaderKind::Outline
        );
        assert_eq!(Language::english().header("Scenario x: y"), None);
    }

    #[test]
    fn guesses_a_language_by_its_keywords_alone() {
        let guess = |text: &str| {
            let lines: Vec<_> = text.lines().collect();
            Language::guessed(&lines).map(|language| language.code)
        };
        assert_eq!(guess("Szenario: Gast zahlt"), Some("de"));
        assert_eq!(guess("Angenommen ein Korb\nWenn ich zahle"), Some("de"));
        assert_eq!(guess("Scénario: le client paie\nÉtant donné un panier"), Some("fr"));
        assert_eq!(guess("one line of prose\nand another"), None);
        assert_eq!(guess("Scenario: a\nGiven b"), None);
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Language::named("DE").map(|it| it.code), Some("de"));
        assert_eq!(Language::named("zh-cn").map(|it| it.code), Some("zh-CN"));
        assert_eq!(Language::named("no-such"), None);
    }
}
