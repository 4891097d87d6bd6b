//! What is seen where there is little room.

use super::*;
use crate::domain::assign::Refusal;

/// The last lines of the screen after keys.
fn end(keys: &str, width: u16, height: u16, n: usize) -> String {
    last(&after(keys, width, height), n)
}

fn last(screen: &str, n: usize) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    lines[lines.len() - n..].join("\n")
}

#[test]
fn the_help_can_be_read_to_its_end_and_turns_back_at_once() {
    let to_the_end = "? ".to_owned() + &"Space ".repeat(40);
    insta::assert_snapshot!(end(&to_the_end, 40, 10, 9), @"
    ┌keys──────────────────────────────────┐
    │e v t                another number,… │
    │                                      │
    │On the other pages                    │
    │Enter                go to the item t…│
    │                                      │
    └──────────────────────────────────────┘

    j k scroll, any other key closes this
    ");
    insta::assert_snapshot!(end(&(to_the_end + "k k"), 40, 10, 9), @"
    ┌keys──────────────────────────────────┐
    │5                    a 5              │
    │8                    an 8             │
    │e v t                another number,… │
    │                                      │
    │On the other pages                    │
    └──────────────────────────────────────┘

    j k scroll, any other key closes this
    ");
}

#[test]
fn what_is_typed_has_room_beside_the_question() {
    insta::assert_snapshot!(end("o 'bug: The basket is empty'", 40, 10, 2), @"
    new item, tit… bug: The basket is empty
    Enter takes it  Esc leaves it
    ");
    insta::assert_snapshot!(end("o 'Fax'", 40, 10, 2), @"
    new item, title or type: title: Fax
    Enter takes it  Esc leaves it
    ");
    insta::assert_snapshot!(end("o '日本語日本語日本語日本語'", 20, 5, 2), @"
    new i… 日本語日本語
    Enter takes it  Esc…
    ");
}

#[test]
fn a_text_of_any_length_may_be_pasted() {
    let mut state = state(40, 10);
    type_keys(&mut state, "o");
    state.update(Event::Paste("é".repeat(300_000)));
    insta::assert_snapshot!(last(&screen(&state, 40, 10), 2), @"
    new item, ti… ééééééééééééééééééééééééé
    Enter takes it  Esc leaves it
    ");
}

#[test]
fn a_long_message_is_read_to_its_end() {
    let mut state = state(40, 10);
    let refusal = Refusal::new("not saved: items/BL-7k3qd-guest-checkout.md:1:1: no front matter");
    let refusal = refusal.hint("your text is kept in .git/backlog/edit/BL-7k3qd-guest-checkout.md");
    state.update(Event::Failed(refusal));
    insta::assert_snapshot!(screen(&state, 40, 10), @"
    list  30 items
     #    id        val eff title
     1› ✓ BL-7k3qd    8   3 Guest checkout
     2  ✓ BL-ptgvp   13   3 Skip a week
    not saved:
    items/BL-7k3qd-guest-checkout.md:1:1: no
    front matter (your text is kept in
    .git/backlog/edit/BL-7k3qd-guest-checkou
    t.md)
    J move  m position  ? keys  q quit
    ");
    insta::assert_snapshot!(end("= 'valeu=5' Enter", 40, 10, 4), @"
    unknown item field 'valeu' (did you mean
    'value'?)
    BL-7k3qd, field=value: valeu=5
    Enter takes it  Esc leaves it
    ");
}

#[test]
fn the_status_that_is_chosen_is_in_sight() {
    insta::assert_snapshot!(end("s", 40, 10, 2), @"
     1 proposed  ›2 ready   3 in-progress  …
    a number, or Left Right and Enter  Esc…
    ");
    insta::assert_snapshot!(end("s l l l", 40, 10, 2), @"
     3 in-progress   4 review  ›5 done   6…
    a number, or Left Right and Enter  Esc…
    ");
    insta::assert_snapshot!(end("s l l l", 20, 5, 2), @"
     4 review  ›5 done
    a number, or Left R…
    ");
}

#[test]
fn a_round_asks_on_and_says_what_was_done() {
    insta::assert_snapshot!(end("R 3", 80, 24, 2), @r#"
    effort of "A checkout that people finish"? 2 to go  BL-v9fhj effort 3
    1 2 3 5 8  e another number  j k skip  u undo  Esc ends it
    "#);
}

#[test]
fn everything_is_counted_where_everything_is_listed() {
    let first = |keys| after(keys, 60, 5).lines().next().unwrap_or_default().to_owned();
    insta::assert_snapshot!(first("a"), @"list  55 items        value ▂▃▄▅▆▆▇█ 63 % at half the effort");
    insta::assert_snapshot!(first("a / 'gift' Enter"), @"list  3 of 55 items  /gift");
    insta::assert_snapshot!(first("/ 'gift' Enter"), @"list  1 of 30 open items  /gift");
}

#[test]
fn the_document_names_what_it_mentions() {
    let screen = after("j", 120, 40);
    assert!(screen.contains("EV-wtsgq Families"), "{screen}");
}
