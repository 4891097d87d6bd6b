//! What the grammar reads, clause by clause.

use proptest::prelude::*;

use super::*;

/// The story of a body, for an item of the type story with the title `Title`.
fn story(body: &str) -> (String, Story) {
    let text = format!("Title\n\n{body}");
    let whole = Span::new(7, text.len());
    let headings = ["Acceptance criteria".to_owned()];
    let story = locate::find_in(&text, whole, Some(Span::new(0, 5)), &headings, true);
    let story = story.expect("an item of the type story has one");
    (text, story)
}

fn words(text: &str, clause: Option<Clause>) -> String {
    let plain = clause.map(|clause| clause.span.of(text)).unwrap_or_default();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `expected`: role, means and ends.
fn check(body: &str, template: Template, expected: [&str; 3]) {
    let (text, story) = story(body);
    let found = [story.role, story.means, story.ends].map(|clause| words(&text, clause));
    assert_eq!(found, expected, "{body}");
    assert_eq!(story.template, template, "{body}");
}

#[test]
fn the_clauses_may_come_in_any_order() {
    use Template as T;
    let parts = ["buyer", "pay later", "I can try it on"];
    check("As a buyer, I want to pay later, so that I can try it on.", T::RoleFirst, parts);
    check("As a buyer I want to pay later so I can try it on", T::RoleFirst, parts);
    check("As a buyer, so that I can try it on, I want to pay later.", T::RoleFirst, parts);
    check("So that I can try it on, as a buyer, I want to pay later.", T::EndsFirst, parts);
    check("I want to pay later, as a buyer, so that I can try it on.", T::MeansFirst, parts);
    let parts = ["buyer", "pay later", "try it on"];
    check("In order to try it on, as a buyer, I want to pay later.", T::EndsFirst, parts);
    check("In order to try it on\nAs a buyer\nI want to pay later", T::EndsFirst, parts);
}

#[test]
fn a_wish_has_many_words() {
    for wish in [
        "I want to",
        "I want to be able to",
        "I'd like to",
        "I’d like to",
        "I would like to",
        "I would really like to",
        "I need to",
        "I can",
        "I should be able to",
        "I am able to",
        "I must",
        "I don't want to",
        "I do not want to",
        "we want to",
        "I also want to",
        "want to",
        "I wish to",
        "I have to",
        "I'm able to",
    ] {
        check(
            &format!("As a buyer, {wish} pay later."),
            Template::RoleFirst,
            ["buyer", "pay later", ""],
        );
    }
    check("As a buyer, I see the price.", Template::RoleFirst, ["buyer", "see the price", ""]);
    check(
        "As a buyer, I can find what I need.",
        Template::RoleFirst,
        ["buyer", "find what I need", ""],
    );
    let role = "parent whose child says they can go";
    check(&format!("As a {role}, I want to pay."), Template::RoleFirst, [role, "pay", ""]);
    check("As buyer, I want to pay.", Template::RoleFirst, ["buyer", "pay", ""]);
    check("As the\nbuyer I want photos", Template::RoleFirst, ["buyer", "photos", ""]);
}

#[test]
fn job_stories_and_needs_have_no_role() {
    let body = "When I am on a train, I want to pay offline, so I can use the time.";
    check(body, Template::Job, ["", "pay offline", "I can use the time"]);
    let (text, story) = story(body);
    assert_eq!(words(&text, story.trigger), "I am on a train");
    let body = "I need to know the fee\n\nSo that I can plan";
    check(body, Template::Need, ["", "know the fee", "I can plan"]);
}

#[test]
fn markdown_does_not_matter() {
    let parts = ["buyer", "pay later", "I can try it on"];
    for body in [
        "**As a** buyer,\n**I want to** pay later\n**so that** I can try it on.",
        "- As a buyer\n- I want to pay later\n- so that I can try it on",
        "As a buyer\n\nI want to pay later\n\nSo that I can try it on\n\nI think it helps.",
        "> _As a_ buyer, _I want to_ pay later, _so that_ I can try it on.",
        "# Story\n\n1. As a buyer, I want to pay later, so that I can try it on.\n2. Another",
        "**As a:** buyer<br>\n**I want to:** pay later<br>\n**So that:** I can try it on",
        "<!-- As a tester, I want to go. -->\nAs a buyer, I want to pay later, so that I can try it on",
        "```\nAs a tester, I want to go.\n```\nAs a buyer, I want to pay later, so that I can try it on",
        "Some words.\n\nUS-12: As a buyer, I want to pay later, so that I can try it on.",
        "#G17# As a buyer, I want to pay later, so that I can try it on.",
        "## Acceptance criteria\n- As a tester, I can go.\n## Story\nAs a buyer, I want to pay later, so that I can try it on.",
        "As a buyer\r\nI want to pay later\r\nso that I can try it on\r\n",
    ] {
        check(body, Template::RoleFirst, parts);
    }
}

#[test]
fn so_is_not_always_the_reason() {
    for means in [
        "see why so many orders fail",
        "know if it is useful to do so",
        "export, copy and so on",
        "see so far unpaid orders",
        "use the filter if so inclined",
    ] {
        let body = format!("As a buyer, I want to {means}.");
        check(&body, Template::RoleFirst, ["buyer", means, ""]);
    }
    let parts = ["buyer", "rename reports", "patrons are able to find them"];
    check(
        "As a buyer, I want to rename reports so patrons are able to find them.",
        Template::RoleFirst,
        parts,
    );
}

#[test]
fn what_is_no_role_tells_no_story() {
    for body in [
        "As a result, I want to stop.",
        "As soon as I can, I want to stop.",
        "The page loads as a guest would expect.",
    ] {
        let text = format!("Title\n\n{body}");
        let found = locate::find_in(&text, Span::new(7, text.len()), None, &[], false);
        assert_eq!(found, None, "{body}");
    }
    let (_, nothing) = story("Fix the build.");
    assert!(nothing.is_empty());
    assert_eq!(nothing.span, Span::new(0, 5));
}

#[test]
fn a_title_tells_the_story_if_the_body_does_not() {
    let text = "As a buyer, I want to pay later\n\nSee the mockup.";
    let title = Some(Span::new(0, 31));
    let story = locate::find_in(text, Span::new(33, text.len()), title, &[], false);
    let story = story.expect("the title has a role and a wish");
    assert_eq!(story.means.expect("it has a wish").span.of(text), "pay later");
}

#[test]
fn the_role_has_a_name() {
    for (role, name) in [
        ("buyer who has an account", "buyer"),
        ("member of the public", "member of the public"),
        ("buyer, when signed in", "buyer"),
    ] {
        let (text, story) = story(&format!("As a {role}, I want to pay."));
        assert_eq!(story.role_name(&text), Some(name));
    }
}

fn check_head(means: &str, verb: &str, objects: &[&str]) {
    let (text, story) = story(&format!("As a buyer, {means}, so that I win."));
    assert_eq!(story.verb.map(|verb| verb.of(&text)).unwrap_or_default(), verb, "{means}");
    let found: Vec<&str> = story.objects.iter().map(|span| span.of(&text)).collect();
    assert_eq!(found, objects, "{means}");
}

#[test]
fn the_verb_and_what_it_acts_on() {
    check_head("I want to see all my open orders", "see", &["open orders"]);
    check_head("I want to easily search for a shop", "search", &["shop"]);
    check_head(
        "I want to enter my name, address and phone",
        "enter",
        &["name", "address", "phone"],
    );
    check_head("I want to be notified when it ships", "be notified", &[]);
    check_head("I want to save or share a basket of fruit", "save", &["basket"]);
    check_head("I want prices to include taxes", "include", &["taxes"]);
    check_head("I want to write reports and send them", "write", &["reports"]);
    check_head("I want photos", "", &["photos"]);
}

/// `expected`: each coordination with a `!` before it if it joins actions.
fn check_joined(means: &str, expected: &[&str]) {
    let (text, story) = story(&format!("As a buyer, I want to {means}, so that I win."));
    let shown = |it: &Coordination| {
        let mark = if it.joined == Joined::Actions { "!" } else { "" };
        format!("{mark}{} {}", it.span.of(&text), it.right.of(&text))
    };
    let found: Vec<String> = story.coordinations(&text).iter().map(shown).collect();
    assert_eq!(found, expected, "{means}");
}

#[test]
fn actions_are_told_from_other_coordinations() {
    check_joined("view and download invoices", &["!and download invoices"]);
    check_joined("save a basket and share it", &["!and share it"]);
    check_joined("search and filter", &["!and filter"]);
    check_joined("create, change or delete a list", &["!, change", "!or delete a list"]);
    check_joined("see prices and reports", &["and reports"]);
    check_joined("see the sales report and order history", &["and order history"]);
    check_joined("pay, and I expect a receipt", &["!and I expect a"]);
    check_joined("define questions a user can ask and answer", &["and answer"]);
    check_joined("see the list I own and share it", &["and share it"]);
    check_joined("know that it failed and why it did", &["and why it did"]);
    check_joined("show/hide taxes", &["/ hide taxes"]);
    check_joined("get a receipt that shows or hides taxes", &["or hides taxes"]);
}

#[test]
fn pairs_quotes_and_conditions_are_one_thing() {
    for means in [
        "drag and drop photos",
        "accept the terms and conditions",
        "log in with my name and password",
        "choose a price between 5 and 10",
        "see a \"yes and no\" question",
        "see orders (paid and open)",
        "ensure that orders and invoices match",
        "know whether it is open or closed",
        "export lists and so on",
        "copy/paste lines",
        "run `a and b`",
        "see readable and predictable addresses",
    ] {
        check_joined(means, &[]);
    }
}

#[test]
fn noise_is_what_a_story_can_do_without() {
    for (body, kind, text) in [
        ("As a buyer, I want to pay (cards only).", NoiseKind::Brackets, "(cards only)"),
        ("As a buyer, I want to pay – by card.", NoiseKind::Dash, "– by"),
        ("As a buyer, I want to pay. See the mockup.", NoiseKind::Sentence, "See the mockup."),
        ("As a buyer, I want to use cards, e.g. Visa.", NoiseKind::Example, "e.g."),
        ("As a buyer, I want to maybe pay later.", NoiseKind::Hedge, "maybe"),
        ("As a buyer, I want to pay so that so that I win.", NoiseKind::SecondEnds, "so that"),
        ("As a buyer, I want to pay the the fee.", NoiseKind::Doubled, "the the"),
    ] {
        let (whole, story) = story(body);
        let noise = story.noise(&whole);
        let found: Vec<_> = noise.iter().map(|it| (it.kind, it.span.of(&whole))).collect();
        assert_eq!(found, [(kind, text)], "{body}");
    }
    let (text, story) = story(
        "As a buyer, I want to pick or (re-)use the file(s) at shop.example.org, so that I win.",
    );
    assert_eq!(story.noise(&text), []);
    let (text, story) =
        self::story("As a buyer - I want to pay pre- and post-tax - so that I win.");
    assert_eq!(story.noise(&text), []);
}

/// Everything about a story, with its spans held to be places in the text.
fn visit(text: &str) {
    for is_story in [false, true] {
        let body = Span::new(0, text.len());
        let Some(story) = locate::find_in(text, body, Some(body), &[], is_story) else { continue };
        let clauses = [story.trigger, story.role, story.means, story.ends];
        for clause in clauses.into_iter().flatten() {
            assert!(clause.indicator.end <= clause.span.start);
            assert!(!clause.span.of(text).is_empty() && !clause.indicator.of(text).is_empty());
            assert!(story.words(text, clause).all(|(span, word)| span.of(text) == word));
        }
        let spans = story.verb.iter().chain(&story.objects).chain([&story.span]);
        assert!(spans.map(|span| span.of(text).len()).sum::<usize>() <= text.len() * 3);
        let _ = story.role_name(text);
        assert!(story.coordinations(text).iter().all(|it| it.span.end <= it.right.start));
        assert!(story.noise(text).iter().all(|it| !it.span.of(text).is_empty()));
    }
}

proptest! {
    #[test]
    fn any_text_has_spans_within_it(text in "\\PC{0,80}|(\\PC|\n){0,80}") {
        visit(&text);
    }

    #[test]
    fn any_story_has_spans_within_it(pieces in prop::collection::vec(prop::sample::select(&[
        "As a ", "as an ", "I want ", "to ", "so that ", "so ", "in order to ", "and ", "or", "/",
        ", ", ". ", "\n", "\n\n", "- ", "**", "\"", "“", "”", "(", ")", "[", "](", "`", "``", "<!--",
        "-->", "é", "🎉", "view ", "download ", "I can ", "When ", "the ", "be able to ", "#G1# ", "such as ",
        "```\n", "~~~", "## ", "http://a.b/c ", "’", "1. ", "\u{fffd}", "that ", "if ", "<b>", "\\", ": ",
    ][..]), 0..40)) {
        visit(&pieces.concat());
    }
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for piece in [
        "and ",
        "so that ",
        "As a ",
        "As a\n\n",
        "I want to ",
        "As a x, I want to view and ",
        "(",
        "[",
        "\"",
        "`",
        "``` ",
        "<!--",
        "<a ",
        "](",
        "- As a\n",
        "- I want\n\n",
        "“",
        "when ",
        "As x ",
        "As a x\n\nI want\n\n",
        "/",
        "e.g. ",
        "a-",
        "1. ",
        "> ",
        "aaaaaaaa",
        "In order to\n\n",
        "# As a\n",
        "I x, ",
    ] {
        let text = piece.repeat((1 << 18) / piece.len());
        // A quadratic reading would never end.
        visit(&text);
    }
}
