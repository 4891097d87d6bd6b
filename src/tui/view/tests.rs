//! Screens as they are seen.

mod room;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};

use super::draw;
use crate::domain::backlog::Backlog;
use crate::domain::date;
use crate::domain::source::SourceFile;
use crate::render::Style;
use crate::tui::Event;
use crate::tui::state::State;
use crate::tui::state::tests::{state, type_keys};

fn terminal(state: &State, width: u16, height: u16) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(state, frame)).unwrap();
    terminal
}

/// The screen as text, without blanks at the ends of lines.
fn screen(state: &State, width: u16, height: u16) -> String {
    let terminal = terminal(state, width, height);
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    for y in 0..height {
        let mut line = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            line += symbol;
            x += u16::try_from(crate::render::width::of(symbol)).unwrap().max(1);
        }
        text += line.trim_end();
        text += "\n";
    }
    text
}

/// The screen after keys.
fn after(keys: &str, width: u16, height: u16) -> String {
    let mut state = state(width, height);
    type_keys(&mut state, keys);
    screen(&state, width, height)
}

#[test]
fn the_list_beside_the_document() {
    insta::assert_snapshot!(after("J", 120, 20), @r#"
    list  30 items  1 file changed (3)                                  value ▂▃▄▅▆▆▇█ 63 % at half the effort, delay −0.2 %
     #    id       status       val eff score title                   │ BL-7k3qd  Guest checkout
     1  ✓ BL-ptgvp review        13   3  4.33 Skip a week             │
     2› ✓ BL-7k3qd ready          8   3  2.67 Guest checkout          │ As a first-time shopper, I want to pay without an
     3  ✓ BL-v9fhj in-progress    ·   ·       A subscription that ben…│ account, so that I can buy in under a minute.
     4  ✓ BL-74d5x in-progress    8   5   1.6 Swap one vegetable      │
     5  ✓ BL-hhx49 in-progress    ·   ·       A checkout that people… │ Acceptance criteria 0/5
     6  ✓ BL-qc2v2 in-progress    8   3  2.67 See the whole price bef…│ ☐ Given a full basket and no account, when I choose
     7  ✓ BL-vsj8j review         3   2   1.5 Pick-up point shows las…│   "Continue as guest", then I reach payment in one
     8  ✓ BL-bmfbz in-progress    3   2   1.5 Rehearse the restore of…│   step.
    ── 2026-24 is full: 18 points ────────────────────────────────────│ ☐ The order confirmation offers to create an
     9  ✓ BL-s7xv9 ready          2   1     2 Confirmation mail greet…│   account, and never requires one.
    10  ✓ BL-2mvq8 ready          5   5     1 Pause a subscription fo…│ ☐ A guest can look at the order and cancel it with
    11  ✓ BL-kbqd5 ready          2   2     1 Retire the order form o…│   the link in the confirmation mail, for as long as
    12  ✓ BL-2htr9 ready          5   3  1.67 Choose a small or a lar…│   the deadline allows.
    13  ✓ BL-3xp5q ready          ·   ·       Farms harvest what is s…│ ☐ Given an address that has an account, when a guest
    14  ✓ BL-983dq ready          8   5   1.6 Harvest forecast by Sun…│   orders with it, then the order is accepted and the
    15  ✓ BL-qkkp5 ready          3   2   1.5 Can the van's route be… │   account's owner gets the mail.
    BL-7k3qd below BL-ptgvp
    J move  m position  Space mark  v value  e effort  s status  Enter open  / filter  u undo  c commit  ? keys  q quit
    "#);
}

#[test]
fn the_list_above_the_document() {
    insta::assert_snapshot!(after("j Space Space", 80, 24), @"
    list  30 items  2 marked                  value ▂▃▄▅▆▆▇█ 63 % at half the effort
     #    id       status       val eff score title
     1  ✓ BL-7k3qd ready          8   3  2.67 Guest checkout
     2 ●✓ BL-ptgvp review        13   3  4.33 Skip a week
     3 ●✓ BL-v9fhj in-progress    ·   ·       A subscription that bends
     4› ✓ BL-74d5x in-progress    8   5   1.6 Swap one vegetable
     5  ✓ BL-hhx49 in-progress    ·   ·       A checkout that people finish
     6  ✓ BL-qc2v2 in-progress    8   3  2.67 See the whole price before paying
     7  ✓ BL-vsj8j review         3   2   1.5 Pick-up point shows last week's openi…
     8  ✓ BL-bmfbz in-progress    3   2   1.5 Rehearse the restore of a backup
    ── 2026-24 is full: 18 points ──────────────────────────────────────────────────
     9  ✓ BL-s7xv9 ready          2   1     2 Confirmation mail greets everybody as…
    ────────────────────────────────────────────────────────────────────────────────
    BL-74d5x  Swap one vegetable

    As a parent of a child who hates beetroot, I want to swap one vegetable of the
    week, so that the whole box is eaten.

    Acceptance criteria 2/4
    ☑ For each vegetable I see at most three others of about the same price, with at
      most 20 cents between them.
    ☑ One swap a week is possible; a second one takes the place of the first.

    J move  m position  Space mark  v value  e effort  s status  ? keys  q quit
    ");
}

#[test]
fn one_pane_where_it_is_narrow() {
    insta::assert_snapshot!(after("", 40, 10), @"
    list  30 items
     #    id        val eff title
     1› ✓ BL-7k3qd    8   3 Guest checkout
     2  ✓ BL-ptgvp   13   3 Skip a week
     3  ✓ BL-v9fhj    ·   · A subscription…
     4  ✓ BL-74d5x    8   5 Swap one vegeta…
     5  ✓ BL-hhx49    ·   · A checkout that…
     6  ✓ BL-qc2v2    8   3 See the whole p…

    J move  m position  ? keys  q quit
    ");
    insta::assert_snapshot!(after("Tab", 40, 10), @"
    list  30 items

    As a first-time shopper, I want to pay
    without an account, so that I can buy in
    under a minute.

    Acceptance criteria 0/5
    ☐ Given a full basket and no account,

    Space tick  a add  ? keys  q quit
    ");
}

#[test]
fn a_sentence_where_it_is_tiny() {
    insta::assert_snapshot!(after("", 19, 4), @"
    too small: make the
    window larger, or q
    to quit
    ");
    insta::assert_snapshot!(after("", 1, 1), @"t");
}

#[test]
fn the_board() {
    insta::assert_snapshot!(after("2 L", 100, 14), @"
    board  30 items  1 file changed (3)                           value ▂▃▄▅▆▆▇█ 63 % at half the effort
    proposed 14              ready 8                  in-progress 6/5!         review 2/2
     BL-sc8br Invite a nei…   BL-s7xv9 Confirmation…  ›BL-7k3qd Guest checko…   BL-ptgvp Skip a week
     BL-fqfdz Order a box…    BL-2mvq8 Pause a subs…   BL-v9fhj A subscripti…   BL-vsj8j Pick-up poin…
     BL-tr5wf What would d…   BL-kbqd5 Retire the o…   BL-74d5x Swap one veg…
     BL-zvtx5 Deliver to t…   BL-2htr9 Choose a sma…   BL-hhx49 A checkout t…
     BL-6kbd3 Replace what…   BL-3xp5q Farms harves…   BL-qc2v2 See the whol…
     BL-5z3v8 Let a farm w…   BL-983dq Harvest fore…   BL-bmfbz Rehearse the…
     BL-2tfq3 Cancel a sub…   BL-qkkp5 Can the van'…
     BL-dqs2z Say in one s…   BL-3zsx3 Pick-up list…
     BL-kkhwj Recipe of th…
     BL-mrdwh A second tap…
    in-progress holds more than its limit of 5
    H move  v value  e effort  s status  Enter open  / filter  u undo  c commit  ? keys  q quit
    ");
    insta::assert_snapshot!(after("2", 44, 8), @"
    board  30 items
    proposed 14           ready 9 ›
     BL-sc8br Invite a…   ›BL-7k3qd Guest che…
     BL-fqfdz Order a b…   BL-s7xv9 Confirmat…
     BL-tr5wf What woul…   BL-2mvq8 Pause a s…
     BL-zvtx5 Deliver t…   BL-kbqd5 Retire th…

    H move  v value  e effort  ? keys  q quit
    ");
}

#[test]
fn the_changes() {
    insta::assert_snapshot!(after("J v '13' Enter u 3", 80, 18), @r#"
    changes  30 items  1 file changed (3)
    Not committed

      rank BL-7k3qd 1 → 2 "Guest checkout"

    Steps, the last one first: u takes it back

      BL-7k3qd below BL-ptgvp

    Taken back: U does it again

      BL-7k3qd value 8 → 13





    Enter go there  u undo  c commit  ? keys  q quit
    "#);
}

#[test]
fn the_value() {
    insta::assert_snapshot!(after("b 5", 80, 24), @"
    value  30 items  1 file changed (3)
           value  n now  s at the start
    100 % │                                                                 sssn
          │                                                         ssssnnnnnnn
          │                                                     sssnnnnn
          │                                            sssssnnnnnnn
          │                                 sssssssssnnnnnnn
          │                             nnnnnnnnnnnnn
     50 % │                         nnnn
          │                    ssnnn
          │            ssssnnnnnn
          │         nnnnnnn
          │    snnnns
          │nnnnn
      0 % └─────────────────────────────────────────────────────────────────────
           effort                                                      96 points

    Cost of delay: 6551, +7.4 % in this session
    3 open items without a value or an effort




    Enter go there  u undo  c commit  ? keys  q quit
    ");
}

#[test]
fn the_questions() {
    insta::assert_snapshot!(after("M 'box'", 80, 20), @"
    list  30 items                            value ▂▃▄▅▆▆▇█ 63 % at half the effort
     #    id       status       val eff score title
     1› ✓ BL-7k3qd ready          8   3  2.67 Guest checkout
     2  ✓ BL-ptgvp review        13   3  4.33 Skip a week
     3  ✓ BL-v9fhj in-progress    ·   ·       A subscription that bends
     4  ✓ BL-74d5x in-progress    8   5   1.6 Swap one vegetable
     5  ✓ BL-hhx49 in-progress    ·   ·       A checkout that people finish
     6  ✓ BL-qc2v2 in-progress    8   3  2.67 See the whole price before paying
     7  ✓ BL-vsj8j review         3   2   1.5 Pick-up point shows last week's openi…
     8  ✓ BL-bmfbz in-progress    3   2   1.5 Rehearse the restore of a backup
    ── 2026-24 is full: 18 points ──────────────────────────────────────────────────
     9  ✓ BL-s7xv9 ready          2   1     2 Confirmation mail greets everybody as…
    10  ✓ BL-2mvq8 ready          5   5     1 Pause a subscription for the holidays
    ┌below─────────────────────────────────────────────────────────────────────────┐
    │BL-2htr9 Choose a small or a large box                                        │
    │BL-fqfdz Order a box as a gift                                                │
    │BL-dqs2z Say in one sentence how the box was                                  │
    └──────────────────────────────────────────────────────────────────────────────┘
    BL-7k3qd below: box
    Up Down choose  Enter takes it  Esc leaves it
    ");
    insta::assert_snapshot!(after("v 'many' Enter", 60, 6), @"
    list  30 items        value ▂▃▄▅▆▆▇█ 63 % at half the effort
     #    id       status       val eff title
     1› ✓ BL-7k3qd ready          8   3 Guest checkout
     2  ✓ BL-ptgvp review        13   3 Skip a week
    value of BL-7k3qd (now 8): many
    value is a number, not 'many'
    ");
    insta::assert_snapshot!(after("s", 80, 6), @"
    list  30 items                            value ▂▃▄▅▆▆▇█ 63 % at half the effort
     #    id       status       val eff score title
     1› ✓ BL-7k3qd ready          8   3  2.67 Guest checkout
     2  ✓ BL-ptgvp review        13   3  4.33 Skip a week
     1 proposed  ›2 ready   3 in-progress   4 review   5 done   6 rejected
    a number, or Left Right and Enter  Esc leaves it
    ");
    insta::assert_snapshot!(after("R", 80, 6), @r#"
    list  30 items                            value ▂▃▄▅▆▆▇█ 63 % at half the effort
     #    id       status       val eff score title
     2  ✓ BL-ptgvp review        13   3  4.33 Skip a week
     3› ✓ BL-v9fhj in-progress    ·   ·       A subscription that bends
    effort of "A subscription that bends"? 3 to go
    1 2 3 5 8  e another number  j k skip  u undo  Esc ends it
    "#);
    insta::assert_snapshot!(after("/ 'status='", 60, 6), @"
    list  0 of 30 open items  /status=
     #    id       status       val eff title
    nothing fits the filter; Esc takes it away

    /status=
    Enter takes it  Esc leaves it
    ");
}

#[test]
fn the_keys() {
    insta::assert_snapshot!(after("?", 80, 30), @"
    list  30 items                            value ▂▃▄▅▆▆▇█ 63 % at half the effort
    ┌keys──────────────────────────────────────────────────────────────────────────┐
    │Everywhere                                                                    │
    │j Down                  down                                                  │
    │k Up                    up                                                    │
    │PgDn Ctrl-f             a page down                                           │
    │PgUp Ctrl-b             a page up                                             │
    │g Home                  to the first line                                     │
    │G End                   to the last line                                      │
    │u                       take the last step back, and the one before           │
    │U Ctrl-r                do again what was taken back                          │
    │c                       commit the changes, with a reason                     │
    │D Q                     take everything back that is not committed            │
    │1                       the list                                              │
    │2                       the board                                             │
    │3                       what this session has changed                         │
    │4                       what the rules find                                   │
    │5                       how early the value comes                             │
    │? F1                    these keys                                            │
    │Esc                     back: from a page, a filter, the marks                │
    │Ctrl-l                  paint the screen anew                                 │
    │Ctrl-z                  go to the shell; fg comes back                        │
    │q Ctrl-c                quit; everything is saved already                     │
    │                                                                              │
    │Order                                                                         │
    │J Shift-Down Alt-Down   move down by one                                      │
    │K Shift-Up Alt-Up       move up by one                                        │
    └──────────────────────────────────────────────────────────────────────────────┘

    j k scroll, any other key closes this
    ");
}

#[test]
fn nothing_from_a_document_steers_the_terminal() {
    let front = "id: BL-b2222\ntitle: \"Wide 日本語 and \u{1f469}\u{200d}\u{1f4bb}, hidden \\u202Eevil\\a\"\n";
    let text = format!(
        "---\n{front}type: task\nstatus: ready\nrank: mbbb\n---\n\nText \u{1b}[31m here.\n"
    );
    let file = SourceFile { path: "items/BL-b2222-wide.md".to_owned(), text: Ok(text) };
    let style = Style { unicode: true, ..Style::default() };
    let today = date::parse("2026-11-26").unwrap();
    let state = State::new(Backlog::parse(vec![file]), today, style, (70, 30));
    insta::assert_snapshot!(screen(&state, 70, 30), @r"
    list  1 item
     #    id       status       val eff score title
     1› 1 BL-b2222 ready          ·   ·       Wide 日本語 and 👩‍💻, hidden…












    ──────────────────────────────────────────────────────────────────────
    BL-b2222  Wide 日本語 and 👩‍💻, hidden ‹U+202E›evil\x07

    Text \e[31m here.

    position  1 of 1
    type      task
    status    ready






    J move  m position  Space mark  v value  e effort  ? keys  q quit
    ");
}

#[test]
fn colours_are_shown_where_there_are_any_and_the_cursor_always() {
    for color in [true, false] {
        let mut state = state(120, 20);
        state.style.color = color;
        state.update(Event::Resize(120, 20));
        let terminal = terminal(&state, 120, 20);
        let buffer = terminal.backend().buffer();
        let cells = || (0..20).flat_map(|y| (0..120).map(move |x| &buffer[(x, y)]));
        assert_eq!(cells().any(|cell| cell.fg != Color::Reset), color);
        assert!(cells().any(|cell| cell.modifier.contains(Modifier::REVERSED)));
    }
}

#[test]
fn a_screen_that_has_shrunk_since_is_left_alone() {
    let state = state(120, 40);
    assert_eq!(screen(&state, 30, 8).trim(), "");
}

#[test]
fn an_empty_backlog_says_how_to_begin() {
    let style = Style { unicode: true, ..Style::default() };
    let today = date::parse("2026-11-26").unwrap();
    let mut state = State::new(Backlog::parse(Vec::new()), today, style, (80, 20));
    assert!(screen(&state, 80, 20).contains("no open item; o writes one down"));
    type_keys(&mut state, "J t v m Space x Tab Enter Esc 2 h l L j 5 3 4 1 R u U");
    type_keys(&mut state, "o 'First' Enter");
    assert!(screen(&state, 80, 20).contains("First"));
}
