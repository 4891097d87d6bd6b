//! Whether a text is English, as far as a linter has to know: the grammar reads no other language.

use super::words;

/// Words that hardly any English sentence does without, and that other languages do not have.
const COMMON: &[&str] = &[
    "the", "and", "of", "to", "is", "for", "that", "with", "this", "are", "be", "it", "on", "as",
    "we", "i", "should", "when", "not", "can", "from", "by", "has", "have", "if", "or", "an",
];

/// How much of a text is looked at.
const WORDS: usize = 200;

/// The fewest words that show a language.
const FEWEST: usize = 5;

/// Whether a text is in another language. Of a few words nobody can say it.
pub fn is_foreign(text: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric();
    let all = text.split(char::is_whitespace).map(|word| word.trim_matches(is_mark));
    let (mut count, mut common, mut letters) = (0, 0, 0);
    for word in all.filter(|word| word.contains(char::is_alphabetic)).take(WORDS) {
        count += 1;
        common += usize::from(words::is_one_of(word, COMMON));
        // A script without blanks has few words.
        letters += word.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    }
    let is_long_enough = count >= FEWEST || letters >= FEWEST;
    is_long_enough && (common * 12 < count || letters > count * 3)
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn other_languages_are_told_by_the_words_they_do_not_have() {
        for text in [
            "Als Käuferin möchte ich ohne Konto bezahlen, damit es schnell geht.",
            "En tant que client, je veux payer sans compte, afin de gagner du temps.",
            "Como comprador, quiero pagar sin cuenta para ahorrar tiempo.",
            "作为买家，我想要不用账户付款，以便节省时间。",
        ] {
            assert!(is_foreign(text), "{text}");
        }
        for text in [
            "",
            "Upload file",
            "The page is slow when the basket holds many lines.",
            "Pay without an account, with the card of the café.",
        ] {
            assert!(!is_foreign(text), "{text}");
        }
    }
}
