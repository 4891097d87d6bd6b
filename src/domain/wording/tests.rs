//! What is a word and what is not, by example; and the laws that hold for any text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn prose(text: &str) -> Prose<'_> {
    Prose::of(text, Span::new(0, text.len()))
}

/// The tokens of a text: words as they are, numbers as `1`, what is no prose as `#`, each quoted
/// one with `'` before it.
fn tokens(text: &str) -> String {
    let prose = prose(text);
    let mut shown = String::new();
    for (at, token) in prose.tokens.iter().enumerate() {
        let word = match token.kind {
            Kind::Word | Kind::Mark => prose.word(at),
            Kind::Number => "1",
            Kind::Opaque => "#",
        };
        let quote = if token.is_quoted { "'" } else { "" };
        write!(shown, "{quote}{word} ").unwrap();
    }
    shown.trim_end().to_owned()
}

fn found(text: &str, class: Class) -> String {
    let prose = prose(text);
    prose.hits(class).into_iter().map(|hit| prose.text_of(hit)).collect::<Vec<_>>().join("|")
}

#[test]
fn code_comments_addresses_paths_and_names_are_no_words() {
    assert_eq!(tokens("Run `fast` it"), "Run # it");
    assert_eq!(tokens("``a ` b`` c"), "# c");
    assert_eq!(tokens("an ` open tick"), "an open tick");
    assert_eq!(tokens("a <!-- fast --> b"), "a b");
    assert_eq!(tokens("a <!-- fast"), "a");
    assert_eq!(tokens("see [the page](fast/slow.md) now"), "see [ the page now");
    assert_eq!(tokens("at https://fast.example/etc now"), "at # now");
    assert_eq!(tokens("<https://fast.example> now"), "# now");
    assert_eq!(tokens("in src/fast/mod.rs, ./etc and /etc"), "in # , # and #");
    assert_eq!(tokens("BL-7k3qd --fast -q someName some_name ab.cd"), "# # # # # #");
}

#[test]
fn numbers_have_their_units_and_words_their_hyphens() {
    assert_eq!(tokens("in < 200ms or 5 s, 99.9%"), "in < 1 or 1 s , 1");
    assert_eq!(
        tokens("user-friendly, and/or e.g. don\u{2019}t"),
        "user-friendly , and / or e.g . don\u{2019}t"
    );
    assert_eq!(tokens("**bold** _words_ ~~gone~~"), "bold words gone");
    assert_eq!(tokens("\\*fast\\*"), "fast");
    assert_eq!(tokens("Größe größer"), "Größe größer");
}

#[test]
fn what_others_say_is_quoted() {
    assert_eq!(tokens("says \"fast\" now"), "says '\" 'fast '\" now");
    assert_eq!(
        tokens("says \u{201c}so fast\u{201d} now"),
        "says '\u{201c} 'so 'fast '\u{201d} now"
    );
    assert_eq!(tokens("says 'so fast' now"), "says '' 'so 'fast '' now");
    assert_eq!(tokens("the guests' fast cart's"), "the guests ' fast cart's");
    assert_eq!(found("It says \"please be quick\" quickly", Class::Vague), "quickly");
}

#[test]
fn each_word_is_told_once_and_the_longest_phrase_wins() {
    assert_eq!(found("fast, Fast and easy to use fast", Class::Vague), "fast|easy to");
    assert_eq!(
        found("as soon as possible, if possible", Class::Escape),
        "as soon as possible|if possible"
    );
    assert_eq!(found("AS NEEDED", Class::Escape), "AS NEEDED");
    assert_eq!(found("as\nneeded", Class::Escape), "as\nneeded");
}

#[test]
fn words_of_a_project_are_found_in_any_case_and_language() {
    let lexicon =
        Lexicon::new(Class::Vague, ["Schnell", "übersichtlich", "state of the art"].into_iter());
    let text = "Lädt schnell und ÜBERSICHTLICH, state of the art.";
    let prose = prose(text);
    let hits = prose.hits_of(&lexicon, Class::Vague);
    let words: Vec<_> = hits.iter().map(|hit| prose.text_of(*hit)).collect();
    assert_eq!(words, ["schnell", "ÜBERSICHTLICH", "state of the art"]);
    assert!(prose.hits_of(&Lexicon::default(), Class::Vague).is_empty());
}

#[test]
fn small_words_tell_the_language() {
    for text in
        ["Die Seite ist fast leer", "La page est rapide pour les clients", "El pago se guarda"]
    {
        assert!(prose(text).foreignness() > 0, "{text}");
    }
    for text in ["The page is fast", "A café is shown to the guest", "Loads on the van"] {
        assert!(prose(text).foreignness() < 0, "{text}");
    }
    assert_eq!(prose("Loads fast").foreignness(), 0);
}

#[test]
fn an_explanation_follows_the_word() {
    let is_defined = |text: &str| {
        let prose = prose(text);
        let hit = prose.hits(Class::Vague)[0];
        prose.is_defined_after(hit)
    };
    for text in [
        "fails gracefully (hidden in read mode)",
        "loads fast: at once",
        "is fast, e.g. the list",
        "appropriate errors naming the field",
        "appropriate `E12`",
        "useful \"Try again\"",
    ] {
        assert!(is_defined(text), "{text}");
    }
    for text in ["loads fast", "e.g. loads fast", "(here) loads fast", "works properly (M)"] {
        assert!(!is_defined(text), "{text}");
    }
}

#[test]
fn the_lists_have_lower_case_words_once() {
    for (class, list) in words::LISTS {
        let mut words: Vec<&str> = list.split(',').map(str::trim).collect();
        assert!(
            words.iter().all(|word| !word.is_empty() && *word == word.to_lowercase()),
            "{class:?}"
        );
        let count = words.len();
        words.sort_unstable();
        let doubled: Vec<_> =
            words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(doubled.is_empty(), "{class:?}: {doubled:?} of {count}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn hostile_texts_cost_no_more_than_letters() {
    const PARTS: &[&str] = &[
        "as needed ",
        "\"",
        "'",
        "' a",
        "“",
        "(",
        "[",
        "](",
        "](a",
        "<",
        "<a",
        "<!--",
        "`",
        "` ``",
        "``a`",
        "a/",
        "a'",
        "fast, ",
        "e.g.",
        "-",
        "\\",
        "…",
        ", ...",
        "ß",
        "a.b ",
        "TBD ",
        "within 5 ",
        "that may ",
        "easy to ",
        "\u{301}",
        "_a",
    ];
    // Without optimisation all is some twenty times as slow, and other tests run beside this one.
    let (bytes, limit) = if cfg!(debug_assertions) { (1 << 16, 500) } else { (1 << 20, 50) };
    for part in PARTS {
        let text = part.repeat(bytes / part.len());
        let start = Instant::now();
        let n_tokens = scan::tokens(&text).len();
        assert!(start.elapsed() < Duration::from_millis(limit), "{part:?}: {:?}", start.elapsed());
        assert!(n_tokens <= text.len(), "{part:?}");
        let prose = prose(&text);
        for (class, _) in words::LISTS {
            assert!(prose.hits(*class).len() <= 20, "{part:?} {class:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 3000 }))]

    #[test]
    fn spans_are_in_order_and_on_letters(text in r#"([a-zäß0-9 \n"'“”„`<>!\-\[\]()/\\.,…_*’]|as needed|fast|<!--|-->|e\.g\.|https://a|\PC){0,60}"#) {
        let prose = prose(&text);
        let mut end = 0;
        for at in 0..prose.tokens.len() {
            let span = prose.tokens[at].span();
            prop_assert!(end <= span.start && span.start < span.end, "{text:?} {span:?}");
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            end = span.end;
        }
        for (class, _) in words::LISTS {
            for hit in prose.hits(*class) {
                prop_assert_eq!(prose.span_of(hit).of(&text), prose.text_of(hit));
                prose.is_defined_after(hit);
                prose.is_in_brackets(hit);
            }
        }
        prose.plain();
    }

    #[test]
    fn a_part_of_a_document_is_read_like_a_text_of_its_own(before in "[a-zé`\" ]{0,9}", text in "[a-zé`\" ]{0,20}") {
        let document = format!("{before}{text}after");
        let part = Prose::of(&document, Span::new(before.len(), before.len() + text.len()));
        let alone = prose(&text);
        prop_assert_eq!(&part.tokens, &alone.tokens);
        for hit in part.hits(Class::Vague) {
            prop_assert_eq!(part.span_of(hit).of(&document), part.text_of(hit));
        }
    }
}
