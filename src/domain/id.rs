//! Ids: how they look and how new ones are drawn.
//!
//! New ids are random, because people who make documents on two branches would both take the next
//! free number. They are short, because people type them.

mod find;
mod slug;

pub use find::{Found, find};
pub use slug::slug;

/// The characters of a random id: none that is easily taken for another, and no vowels, so that no
/// id is a word.
const ALPHABET: &[u8; 26] = b"23456789bcdfghjkmpqrstvwxz";

/// The longest id.
const LONGEST: usize = 64;

/// How often a draw is repeated before it is given up.
const TRIES: usize = 1_000;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Whether `text` has the form of a drawn id: `BL-7k3qd`.
pub fn is_random(text: &str) -> bool {
    text.split_once('-').is_some_and(|(prefix, random)| {
        is_prefix(prefix)
            && (4..=8).contains(&random.len())
            && random.bytes().all(|letter| ALPHABET.contains(&letter))
    })
}

/// Whether `text` can stand before the dash of an id: a capital letter and up to 9 capitals or
/// digits.
pub fn is_prefix(text: &str) -> bool {
    text.len() <= 10
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether `text` can be an id and a part of a file name on every system.
pub fn is_safe(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !text.is_empty()
        && text.len() <= LONGEST
        && text.bytes().all(is_plain)
        && !text.starts_with(['.', '-'])
        && !text.ends_with(['.', '-'])
        && !text.ends_with(".md")
        && !text.contains("..")
        && !is_device(text)
}

/// The name of a document's file. The slug is for people who read lists of files; nothing else
/// depends on it.
pub fn file_name(id: &str, slug: &str) -> String {
    if slug.is_empty() { format!("{id}.md") } else { format!("{id}-{slug}.md") }
}

/// A new id with `length` random characters that is not `taken`; `None` if no free one turns up.
pub fn draw(
    prefix: &str,
    length: usize,
    mut random: impl FnMut() -> u32,
    taken: impl Fn(&str) -> bool,
) -> Option<String> {
    let drawn = |_| {
        let letters: Option<String> = (0..length).map(|_| letter(random())).collect();
        // All digits would look like a running number.
        let letters =
            letters.filter(|letters| letters.contains(|c: char| c.is_ascii_lowercase()))?;
        Some(format!("{prefix}-{letters}"))
    };
    (0..TRIES).filter_map(drawn).find(|id| !taken(id))
}

/// The character for a random number; `None` for the few highest numbers, which would make some
/// characters likelier than others.
fn letter(random: u32) -> Option<char> {
    let n_letters = ALPHABET.len() as u32;
    let end = u32::MAX - u32::MAX % n_letters;
    (random < end).then(|| char::from(ALPHABET[(random % n_letters) as usize]))
}

/// Whether Windows would take a file of this name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    };
    DEVICES.contains(&stem.as_str()) || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_ids_have_a_form_of_their_own() {
        for id in ["BL-7k3qd", "EV-h2vk", "SHOP2-22222222"] {
            assert!(is_random(id), "{id}");
        }
        for id in
            ["BL-7k3", "BL-7k3qd7k3q", "BL-7K3QD", "bl-7k3qd", "BL7k3qd", "BL-hello", "2026-24"]
        {
            assert!(!is_random(id), "{id}");
        }
    }

    #[test]
    fn a_prefix_is_a_capital_and_up_to_nine_capitals_or_digits() {
        assert!(["B", "BL", "SHOP2", "ABCDEFGHIJ"].into_iter().all(is_prefix));
        assert!(!["", "bl", "2B", "B-", "Ä", "ABCDEFGHIJK"].into_iter().any(is_prefix));
    }

    #[test]
    fn an_id_is_a_safe_part_of_a_file_name() {
        let long = "a".repeat(64);
        for id in ["BL-7k3qd", "2026-24", "v1.2_rc", "console", "com10", &long] {
            assert!(is_safe(id), "{id}");
        }
        let too_long = "a".repeat(65);
        for id in ["", ".", "..", "a..b", "-rf", ".git", "a/b", "a\\b", "a b", "ä", "a\0", "x."] {
            assert!(!is_safe(id), "{id}");
        }
        for id in ["con", "NUL", "aux.txt", "Com1", "lpt9.md", "com0", &too_long] {
            assert!(!is_safe(id), "{id}");
        }
    }

    #[test]
    fn a_file_is_named_after_the_id_and_the_slug() {
        assert_eq!(file_name("BL-7k3qd", "guest-checkout"), "BL-7k3qd-guest-checkout.md");
        assert_eq!(file_name("2026-24", ""), "2026-24.md");
    }

    /// Random numbers from a list, and zeros after it.
    fn numbers(numbers: &[u32]) -> impl FnMut() -> u32 {
        let mut numbers = numbers.iter().copied();
        move || numbers.next().unwrap_or(0)
    }

    #[test]
    fn an_id_is_drawn_from_the_alphabet() {
        let id = draw("BL", 5, numbers(&[5, 15, 1 + 26, 18, 10]), |_| false);
        assert_eq!(id.as_deref(), Some("BL-7k3qd"));
    }

    #[test]
    fn ids_of_digits_alone_and_taken_ones_are_drawn_again() {
        let id =
            draw("BL", 4, numbers(&[0, 1, 2, 3, 8, 8, 8, 8, 9, 9, 9, 9]), |id| id == "BL-bbbb");
        assert_eq!(id.as_deref(), Some("BL-cccc"));
    }

    #[test]
    fn a_draw_without_a_free_id_ends() {
        assert_eq!(draw("BL", 4, numbers(&[]), |_| false), None);
        assert_eq!(draw("BL", 4, || 8, |_| true), None);
        assert_eq!(draw("BL", 4, || u32::MAX, |_| false), None);
    }

    #[test]
    fn all_letters_are_equally_likely() {
        let accepted_end = u64::from(u32::MAX) / 26 * 26;
        assert_eq!(letter(accepted_end as u32), None);
        assert_eq!(letter(accepted_end as u32 - 1), Some('z'));
        assert_eq!(letter(0), Some('2'));
    }
}
