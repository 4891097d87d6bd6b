//! Where things stand on a screen of some size. The state asks here too, because how far a page
//! goes and what a click means depend on it.

use ratatui::layout::Rect;

/// Below this many columns there is one pane.
const NARROW: u16 = 60;
/// From this many columns on, the two panes stand side by side.
const WIDE: u16 = 110;
/// From this many rows on, two panes have room one above the other.
const TALL: u16 = 18;
/// Below this there is no room for anything.
const LEAST: (u16, u16) = (20, 5);

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// One line above everything.
    pub(super) head: Rect,
    /// The list, the board, or a page; empty where only the document is shown.
    pub(super) main: Rect,
    /// The line between the two panes; empty if they are not both there.
    pub(super) rule: Rect,
    /// The selected document; empty where only the list is shown.
    pub(super) side: Rect,
    /// What was said, or what is asked.
    pub(super) talk: Rect,
    /// The keys.
    pub(super) hints: Rect,
}

impl Layout {
    /// The layout of a screen, of which `with_side` shows a document beside the list, and
    /// `is_side` shows it alone where there is no room for both. `None` if there is no room.
    pub(super) fn of(width: u16, height: u16, with_side: bool, is_side: bool) -> Option<Self> {
        if width < LEAST.0 || height < LEAST.1 {
            return None;
        }
        let line = |y| Rect { x: 0, y, width, height: 1 };
        let body = Rect { x: 0, y: 1, width, height: height - 3 };
        let (main, rule, side) = panes(body, with_side, is_side);
        Some(Self {
            head: line(0),
            main,
            rule,
            side,
            talk: line(height - 2),
            hints: line(height - 1),
        })
    }
}

fn panes(body: Rect, with_side: bool, is_side: bool) -> (Rect, Rect, Rect) {
    let none = Rect { width: 0, height: 0, ..body };
    if !with_side {
        return (body, none, none);
    }
    let has_room = body.width >= WIDE || body.width >= NARROW && body.height >= TALL;
    match (has_room, is_side) {
        (false, true) => (none, none, body),
        (false, false) => (body, none, none),
        _ if body.width >= WIDE => {
            let left = body.width * 11 / 20;
            let main = Rect { width: left, ..body };
            let rule = Rect { x: left, width: 1, ..body };
            let side = Rect { x: left + 2, width: body.width - left - 2, ..body };
            (main, rule, side)
        }
        _ => {
            let upper = body.height * 11 / 20;
            let main = Rect { height: upper, ..body };
            let rule = Rect { y: body.y + upper, height: 1, ..body };
            let side = Rect { y: body.y + upper + 1, height: body.height - upper - 1, ..body };
            (main, rule, side)
        }
    }
}

/// The first of `n` rows to show in a room of `height` so that `at` is visible, if `first` was shown
/// first before.
pub(super) fn scrolled(first: usize, at: usize, height: usize, n: usize) -> usize {
    let height = height.max(1);
    let first = first.min(n.saturating_sub(height));
    match at {
        _ if at < first => at,
        _ if at >= first + height => at + 1 - height,
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_fits_on_every_screen() {
        for (width, height) in [(20, 5), (40, 10), (59, 40), (60, 21), (80, 24), (200, 60)] {
            for (with_side, is_side) in [(true, true), (true, false), (false, false)] {
                let layout = Layout::of(width, height, with_side, is_side).unwrap();
                let screen = Rect { x: 0, y: 0, width, height };
                let parts = [layout.head, layout.main, layout.side, layout.talk, layout.hints];
                for part in parts.iter().filter(|part| part.area() > 0) {
                    assert_eq!(part.intersection(screen), *part, "{width}×{height}: {part:?}");
                }
                assert!(layout.main.area() + layout.side.area() > 0);
            }
        }
        assert_eq!(Layout::of(19, 24, true, false), None);
        assert_eq!(Layout::of(80, 4, true, false), None);
    }

    #[test]
    fn scrolls_as_little_as_it_takes() {
        assert_eq!(scrolled(0, 3, 5, 20), 0);
        assert_eq!(scrolled(0, 5, 5, 20), 1);
        assert_eq!(scrolled(7, 3, 5, 20), 3);
        assert_eq!(scrolled(18, 19, 5, 20), 15);
        assert_eq!(scrolled(4, 1, 5, 2), 0);
        assert_eq!(scrolled(0, 0, 0, 0), 0);
    }
}
