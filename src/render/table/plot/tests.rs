//! Charts as a terminal shows them.

use insta::assert_snapshot;

use super::super::super::chart::tests::{areas, bars, chart, falling};
use super::*;

fn drawn(style: Style) -> String {
    plotted(&chart(), style)
}

fn plotted(chart: &Chart<'_>, style: Style) -> String {
    let mut page = Page::new(&style);
    write(chart, &mut page);
    page.text.replace('\u{1b}', "^")
}

fn letters() -> Style {
    Style { width: Some(56), ..Style::default() }
}

fn colours() -> Style {
    Style { width: Some(56), color: true, unicode: true, ..Style::default() }
}

#[test]
fn lines_are_letters_without_colours() {
    let ascii = drawn(letters());
    assert!(ascii.is_ascii(), "{ascii}");
    assert_snapshot!(ascii, @"
           value  t today  b best & first
    100 % |                                                t
          |                        bbbbbbbbbbbbbbbbbbbbbbbb
          |
          |
          |                              tttttttttttttttttt
          |
     50 % |      bbbbbbbbbbbbbbbbbb
          |
          |
          |
          |                        tttttt
          |tttttttttttttttttttttttt
      0 % +-------------------------------------------------
           effort                                   8 points
    ");
    let wide = drawn(Style { width: Some(400), ..Style::default() });
    assert!(wide.lines().all(|line| line.len() <= WIDEST), "{wide}");
}

#[test]
fn lines_are_dots_in_colours() {
    assert_snapshot!(drawn(colours()), @"
           ^[2mvalue^[0m  ^[36m━ today^[0m  ^[32m━ best & first^[0m
    ^[2m100 % │^[0m                                                ^[36m⢸^[0m
    ^[2m      │^[0m                        ^[32m⡤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤^[0m^[36m⢸^[0m
    ^[2m      │^[0m                        ^[32m⡇^[0m                       ^[36m⢸^[0m
    ^[2m      │^[0m                        ^[32m⡇^[0m                       ^[36m⢸^[0m
    ^[2m      │^[0m                        ^[32m⡇^[0m     ^[36m⢠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠼^[0m
    ^[2m      │^[0m                        ^[32m⡇^[0m     ^[36m⢸^[0m
    ^[2m 50 % │^[0m      ^[32m⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁^[0m     ^[36m⢸^[0m
    ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
    ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
    ^[2m      │^[0m      ^[32m⡇^[0m                       ^[36m⢸^[0m
    ^[2m      │^[0m      ^[32m⡇^[0m                 ^[36m⡤⠤⠤⠤⠤⠤⠼^[0m
    ^[2m      │^[0m^[36m⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇^[0m
    ^[2m  0 % └─────────────────────────────────────────────────^[0m
    ^[2m       effort                                   8 points^[0m
    ");
}

#[test]
fn a_pipe_and_a_narrow_terminal_get_a_table() {
    let piped = drawn(Style::default());
    assert_snapshot!(piped, @"
    effort  points  today  best & first
      10 %     0.8    0 %           0 %
      20 %     1.6    0 %          50 %
      30 %     2.4    0 %          50 %
      40 %     3.2    0 %          50 %
      50 %       4   13 %          88 %
      60 %     4.8   13 %          88 %
      70 %     5.6   63 %          88 %
      80 %     6.4   63 %          88 %
      90 %     7.2   63 %          88 %
     100 %       8  100 %         100 %
    ");
    assert_eq!(drawn(Style { width: Some(55), ..Style::default() }), piped);
    let style = Style { width: Some(80), ..Style::default() };
    let mut page = Page::new(&style);
    write(&Chart { is_plain: true, ..chart() }, &mut page);
    assert_eq!(page.text, piped);
}

#[test]
fn lines_fall_and_end_where_they_end() {
    let both = [letters(), colours()].map(|style| plotted(&falling(), style));
    assert_snapshot!(both.join("\n"), @"
           effort  l left  i ideal
       20 |
          |llllllll
          |    iiii     llllllllllllllllll
          |        lllll
          |             iiii
          |                 iiiii
       10 |                      iiii
          |                          iiiii
          |                               iiii
          |                                   iiiii
          |                                        iiii
          |                                            iiiii
        0 +-------------------------------------------------
           2026-11-16                             2026-11-27

           ^[2meffort^[0m  ^[36m━ left^[0m  ^[32m━ ideal^[0m
    ^[2m   20 │^[0m
    ^[2m      │^[0m^[36m⠒⠒⠒⠒⠒⠒⠒⠒⢲^[0m    ^[36m⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀^[0m
    ^[2m      │^[0m    ^[32m⠓⠒⠒⠒^[0m^[36m⢸^[0m    ^[36m⡇^[0m
    ^[2m      │^[0m        ^[36m⠈⠉⠉⠉⠉⠁^[0m
    ^[2m      │^[0m             ^[32m⠓⠒⠒⠒⢲^[0m
    ^[2m      │^[0m                 ^[32m⠘⠒⠒⠒⠒⡆^[0m
    ^[2m   10 │^[0m                      ^[32m⠉⠉⠉⠉⢹^[0m
    ^[2m      │^[0m                          ^[32m⠈⠉⠉⠉⠉⡇^[0m
    ^[2m      │^[0m                               ^[32m⠉⠉⠉⠉⢹^[0m
    ^[2m      │^[0m                                   ^[32m⠈⠉⠉⠉⠉⡇^[0m
    ^[2m      │^[0m                                        ^[32m⠉⠉⠉⠉⢹^[0m
    ^[2m      │^[0m                                            ^[32m⠈⠉⠉⠉⢹^[0m
    ^[2m    0 └─────────────────────────────────────────────────^[0m
    ^[2m       2026-11-16                             2026-11-27^[0m
    ");
}

#[test]
fn bars_are_equally_wide() {
    let plain = Style { color: false, ..colours() };
    let both = [letters(), plain].map(|style| plotted(&bars(), style));
    assert_snapshot!(both.join("\n"), @"
       items  d done
    8 |
      |                                ddddddd
      |                                ddddddd
      |                                ddddddd
      |                ddddddd         ddddddd
      |                ddddddd         ddddddd
    4 |                ddddddd         ddddddd
      |ddddddd         ddddddd         ddddddd
      |ddddddd         ddddddd         ddddddd
      |ddddddd         ddddddd         ddddddd ddddddd
      |ddddddd         ddddddd ddddddd ddddddd ddddddd
      |ddddddd         ddddddd ddddddd ddddddd ddddddd
    0 +------------------------------------------------
       2026-10-10                            2026-11-20

       items  █ done
    8 │
      │                                ▄▄▄▄▄▄▄
      │                                ███████
      │                                ███████
      │                ▄▄▄▄▄▄▄         ███████
      │                ███████         ███████
    4 │                ███████         ███████
      │▄▄▄▄▄▄▄         ███████         ███████
      │███████         ███████         ███████
      │███████         ███████         ███████ ███████
      │███████         ███████ ▄▄▄▄▄▄▄ ███████ ███████
      │███████         ███████ ███████ ███████ ███████
    0 └────────────────────────────────────────────────
       2026-10-10                            2026-11-20
    ");
    let mut many = bars();
    many.series[0].points = (0..200).map(|week| (f64::from(week) * 7.0, 1.0)).collect();
    let lines = plotted(&many, letters());
    assert!(lines.lines().all(|line| line.len() <= 56), "{lines}");
}

#[test]
fn areas_lie_on_each_other() {
    let both = [letters(), colours()].map(|style| plotted(&areas(), style));
    assert_snapshot!(both.join("\n"), @"
           items  d done  w doing  t todo
       16 |                                            ttttt
          |                                     tttttttttttt
          |                              ttttttttttttttttttt
          |                       tttttttttttttttttttttttttt
          |                tttttttttttttttttttttttttttttttww
          |           ttttttttttttttttttttttttttttttwwwwwwww
        8 |       tttttttttttttttttttttttttttttwwwwwwwwwdddd
          |  ttttttttttttttttttttttttttttwwwwwwwwwwwdddddddd
          |tttttttttttttttttttttttwwwwwwwwwwwwwddddddddddddd
          |tttttttttttttttwwwwwwwwwwwwwwwwdddddddddddddddddd
          |ttttttttwwwwwwwwwwwwwdddddddddddddddddddddddddddd
          |twwwwwwwwwddddddddddddddddddddddddddddddddddddddd
        0 +-------------------------------------------------
           2026-11-04                             2026-11-25

           ^[2mitems^[0m  ^[36m█ done^[0m  ^[32m█ doing^[0m  ^[2m█ todo^[0m
    ^[2m   16 │^[0m                                          ^[2m▁▂▄▅▆▇█^[0m
    ^[2m      │^[0m                                  ^[2m▁▂▃▄▅▆▇████████^[0m
    ^[2m      │^[0m                           ^[2m▁▂▃▄▅▆▇███████████████^[0m
    ^[2m      │^[0m                    ^[2m▁▂▃▄▆▇███████████████████████^[0m
    ^[2m      │^[0m              ^[2m▂▃▅▆▇████████████████████████████^[0m^[32m██^[0m
    ^[2m      │^[0m          ^[2m▂▄▆████████████████████████████^[0m^[32m████████^[0m
    ^[2m    8 │^[0m     ^[2m▁▃▅▇███████████████████████████^[0m^[32m█████████^[0m^[36m████^[0m
    ^[2m      │^[0m ^[2m▂▄▅▇█████████████████████████^[0m^[32m███████████^[0m^[36m████████^[0m
    ^[2m      │^[0m^[2m███████████████████████^[0m^[32m█████████████^[0m^[36m█████████████^[0m
    ^[2m      │^[0m^[2m███████████████^[0m^[32m████████████████^[0m^[36m██████████████████^[0m
    ^[2m      │^[0m^[2m████████^[0m^[32m█████████████^[0m^[36m████████████████████████████^[0m
    ^[2m      │^[0m^[2m█^[0m^[32m█████████^[0m^[36m███████████████████████████████████████^[0m
    ^[2m    0 └─────────────────────────────────────────────────^[0m
    ^[2m       2026-11-04                             2026-11-25^[0m
    ");
}
