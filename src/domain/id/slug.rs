//! Slugs: titles as parts of file names.

/// The longest slug.
const LONGEST: usize = 40;

/// Latin letters beyond ASCII, and how they are written without.
const LATIN: &[(&str, &str)] = &[
    ("àáâãåāăą", "a"),
    ("äæ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõōŏő", "o"),
    ("öøœ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûũūŭůűų", "u"),
    ("ü", "ue"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

/// A title as words of ASCII letters and digits joined by dashes, as many as fit in 40 characters;
/// empty if there is nothing of that in the title.
pub fn slug(title: &str) -> String {
    let text = plain(title);
    let mut slug = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(LONGEST)]);
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

/// The text in lower case, with ASCII letters for Latin ones. Accents that stand apart and
/// apostrophes are dropped, so that they do not cut a word in two.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ if c.is_ascii() => plain.push(c),
            _ => plain.push_str(
                LATIN
                    .iter()
                    .find(|(letters, _)| letters.contains(c))
                    .map_or(" ", |(_, ascii)| ascii),
            ),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &str) {
        assert_eq!(slug(title), expected, "{title}");
    }

    #[test]
    fn words_are_joined_by_dashes() {
        check("Guest checkout", "guest-checkout");
        check("  --Pay: in 60 s!  ", "pay-in-60-s");
        check("Don't lose the customer’s basket", "dont-lose-the-customers-basket");
    }

    #[test]
    fn latin_letters_are_written_in_ascii() {
        check("Größe der Äpfel", "groesse-der-aepfel");
        check("Crème brûlée à la carte", "creme-brulee-a-la-carte");
        check("Łódź, İstanbul, Ørsted", "lodz-istanbul-oersted");
        check("Cafe\u{301}", "cafe");
    }

    #[test]
    fn nothing_that_a_title_holds_reaches_the_file_system() {
        check("../../etc/passwd", "etc-passwd");
        check("-rf $(x) C:\\con\0", "rf-x-c-con");
        check("日本語", "");
        check("", "");
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let words = "one two three four five six seven eight nine ten";
        check(words, "one-two-three-four-five-six-seven-eight");
        check(&"x".repeat(50), &"x".repeat(40));
    }
}
