//! Ids in running text: `[[BL-7k3qd]]`, or bare as in "after BL-7k3qd".

use super::id;

/// An id in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The id as it is written.
    pub id: &'a str,
    /// The byte at which it begins.
    pub start: usize,
    /// Whether it stands in double brackets, and so is meant as a link.
    pub in_brackets: bool,
}

/// The ids in `text`, in their order. A bare one has the form of a random id, so that words with a
/// dash are none.
pub fn mentions(text: &str) -> impl Iterator<Item = Mention<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        while let Some(at) = text[rest..].find(['-', '[']) {
            let at = rest + at;
            rest = at + 1;
            let found =
                if text.as_bytes()[at] == b'[' { in_brackets(text, at) } else { bare(text, at) };
            if let Some(mention) = found {
                rest = mention.start + mention.id.len();
                return Some(mention);
            }
        }
        None
    })
}

fn in_brackets(text: &str, at: usize) -> Option<Mention<'_>> {
    let inner = text[at..].strip_prefix("[[")?;
    let end = inner.find(['\n', '[', ']', '|'])?;
    let closes = inner[end..].starts_with("]]") || inner[end..].starts_with('|');
    let id = inner[..end].trim();
    let start = at + 2 + (inner[..end].len() - inner[..end].trim_start().len());
    (closes && id::is_safe(id)).then_some(Mention { id, start, in_brackets: true })
}

/// The id around the dash at `dash`.
fn bare(text: &str, dash: usize) -> Option<Mention<'_>> {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let length = bytes[..dash]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        .count();
    let start = dash - length;
    let end = dash + 1 + bytes[dash + 1..].iter().take_while(|&&byte| is_word(byte)).count();
    let is_inside =
        start > 0 && (is_word(bytes[start - 1]) || matches!(bytes[start - 1], b'-' | b'/'));
    let id = text.get(start..end)?;
    (!is_inside && id::is_random(id)).then_some(Mention { id, start, in_brackets: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = mentions(text)
            .map(|it| if it.in_brackets { format!("[{}]", it.id) } else { it.id.to_owned() })
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn finds_ids_in_text() {
        check("After BL-7k3qd, see [[GOAL-activation]].", &["BL-7k3qd", "[GOAL-activation]"]);
        check("[[BL-7k3qd|Guest checkout]] (BL-9qqrt) bl-7k3qd", &["[BL-7k3qd]", "BL-9qqrt"]);
        check("BL-7k3qd-guest-checkout.md and xBL-7k3qd", &["BL-7k3qd"]);
        check("UTF-8 e-mail well-known [a-b] [[ ]] [[open", &[]);
        check("é-é [[../x]] BL-", &[]);
        check("[[[[BL-7k3qd]] [[a [[BL-9qqrt]]", &["[BL-7k3qd]", "[BL-9qqrt]"]);
    }

    #[test]
    fn the_end_of_a_bracket_is_not_looked_for_beyond_the_next() {
        // Otherwise this takes minutes.
        assert_eq!(mentions(&"[".repeat(1 << 20)).count(), 0);
    }
}
