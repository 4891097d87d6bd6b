//! The keys, each in one place: what they do, and the words for it in the help, in the hints and in
//! the documentation.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the list, on the board, and in a document.
    Items,
    /// In the list.
    List,
    /// On the board.
    Board,
    /// In the document beside the list.
    Document,
    /// While items get the number that they lack, one after the other.
    Round,
    /// On a page of changes, findings or figures.
    Page,
    /// Wherever nothing is typed.
    Everywhere,
}

impl Place {
    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Items => "Items",
            Self::List => "Order",
            Self::Board => "On the board",
            Self::Document => "In the document",
            Self::Round => "Round the table",
            Self::Page => "On the other pages",
            Self::Everywhere => "Everywhere",
        }
    }
}

/// The places in the order in which the help tells them.
pub const PLACES: [Place; 7] = [
    Place::Everywhere,
    Place::List,
    Place::Items,
    Place::Document,
    Place::Board,
    Place::Round,
    Place::Page,
];

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table below says of each what it does")]
pub enum Action {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Left,
    Right,
    ItemDown,
    ItemUp,
    ItemTop,
    ItemBottom,
    ItemTo,
    ItemBelow,
    PutBelow,
    PutAbove,
    ItemLeft,
    ItemRight,
    Mark,
    MarkAll,
    Filter,
    Everything,
    Value,
    Effort,
    Status,
    Title,
    Field,
    Drop,
    Editor,
    NewBelow,
    NewAbove,
    Split,
    Focus,
    Tick,
    AddCriterion,
    Reword,
    RemoveCriterion,
    RoundOfEffort,
    RoundOfValue,
    Points(u8),
    OtherPoints,
    GoTo,
    Undo,
    Redo,
    Commit,
    TakeBack,
    ShowList,
    ShowBoard,
    ShowChanges,
    ShowFindings,
    ShowValue,
    Help,
    Back,
    Suspend,
    Redraw,
    Quit,
}

/// Some keys with what they do.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// The keys: a letter as it is typed, or the name of a key.
    pub keys: &'static [&'static str],
    /// What they do.
    pub action: Action,
    /// The words for it.
    pub words: &'static str,
    /// One word for the last line of the screen, for what is needed most.
    pub hint: Option<&'static str>,
}

const fn key(
    place: Place,
    keys: &'static [&'static str],
    action: Action,
    words: &'static str,
) -> Binding {
    Binding { place, keys, action, words, hint: None }
}

const fn hinted(binding: Binding, hint: &'static str) -> Binding {
    Binding { hint: Some(hint), ..binding }
}

use Action as A;
use Place::{Board, Document, Everywhere, Items, List, Page, Round};

/// All keys. Those of a narrower place come first where two places know one key.
pub const BINDINGS: &[Binding] = &[
    hinted(key(List, &["J", "Shift-Down", "Alt-Down"], A::ItemDown, "move down by one"), "move"),
    key(List, &["K", "Shift-Up", "Alt-Up"], A::ItemUp, "move up by one"),
    key(List, &["t"], A::ItemTop, "move to the top of the list"),
    key(List, &["b"], A::ItemBottom, "move to the bottom of the list"),
    hinted(key(List, &["m", ":"], A::ItemTo, "move to a position that you type"), "position"),
    key(List, &["M"], A::ItemBelow, "move below an item that you look for"),
    key(List, &["p"], A::PutBelow, "put what is marked below this item"),
    key(List, &["P"], A::PutAbove, "put what is marked above this item"),
    hinted(key(List, &["Space"], A::Mark, "mark, for a step on several items"), "mark"),
    key(List, &["A"], A::MarkAll, "mark all that are listed, or none"),
    key(List, &["R"], A::RoundOfEffort, "go through what has no effort, round the table"),
    key(List, &["V"], A::RoundOfValue, "go through what has no value"),
    key(Board, &["h", "Left"], A::Left, "one status to the left"),
    key(Board, &["l", "Right"], A::Right, "one status to the right"),
    hinted(
        key(Board, &["H", "Shift-Left", "Alt-Left"], A::ItemLeft, "move to the status on the left"),
        "move",
    ),
    key(Board, &["L", "Shift-Right", "Alt-Right"], A::ItemRight, "move to the status on the right"),
    hinted(
        key(Document, &["Space", "x"], A::Tick, "tick the criterion, or take the tick away"),
        "tick",
    ),
    hinted(key(Document, &["a"], A::AddCriterion, "add a criterion below"), "add"),
    key(Document, &["r"], A::Reword, "reword the criterion"),
    key(Document, &["d"], A::RemoveCriterion, "remove the criterion"),
    key(Round, &["1"], A::Points(1), "a 1"),
    key(Round, &["2"], A::Points(2), "a 2"),
    key(Round, &["3"], A::Points(3), "a 3"),
    key(Round, &["5"], A::Points(5), "a 5"),
    key(Round, &["8"], A::Points(8), "an 8"),
    key(Round, &["e", "v", "t"], A::OtherPoints, "another number, 13 for one"),
    hinted(key(Items, &["v"], A::Value, "set the value"), "value"),
    hinted(key(Items, &["e"], A::Effort, "set the effort"), "effort"),
    hinted(key(Items, &["s"], A::Status, "choose the status"), "status"),
    key(Items, &["r"], A::Title, "change the title"),
    key(Items, &["="], A::Field, "set any field: assignee=mira, labels+=checkout"),
    key(Items, &["x"], A::Drop, "drop: it will not be done"),
    hinted(key(Items, &["Enter", "E"], A::Editor, "open in your editor"), "open"),
    key(Items, &["o"], A::NewBelow, "write down a new item below"),
    key(Items, &["O"], A::NewAbove, "write down a new item above"),
    key(Items, &["S"], A::Split, "say how to split the item"),
    hinted(
        key(Items, &["/"], A::Filter, "filter: letters of id and title, or a query as of list"),
        "filter",
    ),
    key(Items, &["a"], A::Everything, "show done and dropped items too, or not"),
    key(Items, &["Tab"], A::Focus, "go to the document, or back to the list"),
    hinted(key(Page, &["Enter"], A::GoTo, "go to the item that the line is about"), "go there"),
    key(Everywhere, &["j", "Down"], A::Down, "down"),
    key(Everywhere, &["k", "Up"], A::Up, "up"),
    key(Everywhere, &["PgDn", "Ctrl-f"], A::PageDown, "a page down"),
    key(Everywhere, &["PgUp", "Ctrl-b"], A::PageUp, "a page up"),
    key(Everywhere, &["g", "Home"], A::First, "to the first line"),
    key(Everywhere, &["G", "End"], A::Last, "to the last line"),
    hinted(key(Everywhere, &["u"], A::Undo, "take the last step back, and the one before"), "undo"),
    key(Everywhere, &["U", "Ctrl-r"], A::Redo, "do again what was taken back"),
    hinted(key(Everywhere, &["c"], A::Commit, "commit the changes, with a reason"), "commit"),
    key(Everywhere, &["D", "Q"], A::TakeBack, "take everything back that is not committed"),
    key(Everywhere, &["1"], A::ShowList, "the list"),
    key(Everywhere, &["2"], A::ShowBoard, "the board"),
    key(Everywhere, &["3"], A::ShowChanges, "what this session has changed"),
    key(Everywhere, &["4"], A::ShowFindings, "what the rules find"),
    key(Everywhere, &["5"], A::ShowValue, "how early the value comes"),
    hinted(key(Everywhere, &["?", "F1"], A::Help, "these keys"), "keys"),
    key(Everywhere, &["Esc"], A::Back, "back: from a page, a filter, the marks"),
    key(Everywhere, &["Ctrl-l"], A::Redraw, "paint the screen anew"),
    key(Everywhere, &["Ctrl-z"], A::Suspend, "go to the shell; fg comes back"),
    hinted(key(Everywhere, &["q", "Ctrl-c"], A::Quit, "quit; everything is saved already"), "quit"),
];

/// How many lines the help has: each place has a heading and an empty line.
pub(super) const HELP_LINES: usize = BINDINGS.len() + 2 * PLACES.len();

/// What a key does in the first of these places that knows it.
pub fn action(event: KeyEvent, places: &[Place]) -> Option<Action> {
    let name = name(event)?;
    let of_place = |place: &Place| {
        let bindings = BINDINGS.iter().filter(|binding| binding.place == *place);
        bindings.into_iter().find(|it| it.keys.contains(&name.as_str())).map(|it| it.action)
    };
    places.iter().find_map(of_place)
}

/// The name of a key, as the table has it.
fn name(event: KeyEvent) -> Option<String> {
    let name = match event.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::F(1) => "F1".to_owned(),
        _ => return None,
    };
    // A letter says itself whether it is a large one.
    let is_letter = matches!(event.code, KeyCode::Char(_));
    let held = |modifier| event.modifiers.contains(modifier);
    Some(match () {
        () if held(KeyModifiers::CONTROL) => format!("Ctrl-{}", name.to_lowercase()),
        () if held(KeyModifiers::ALT) => format!("Alt-{name}"),
        () if held(KeyModifiers::SHIFT) && !is_letter => format!("Shift-{name}"),
        () => name,
    })
}

/// The keys as a table of Markdown, for the documentation.
pub fn table() -> String {
    let mut text = String::new();
    for place in PLACES {
        text += &format!("**{}**\n\n| key | what it does |\n| --- | --- |\n", place.title());
        for binding in BINDINGS.iter().filter(|binding| binding.place == place) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
            text += &format!("| {} | {} |\n", keys.join(" "), binding.words);
        }
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_place_knows_a_key_twice() {
        let mut seen = BTreeSet::new();
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(seen.insert((binding.place.title(), key)), "{:?}: {key}", binding.place);
            }
        }
    }

    #[test]
    fn the_narrower_place_decides() {
        let check = |code, modifiers, places: &[Place], expected| {
            assert_eq!(action(KeyEvent::new(code, modifiers), places), expected);
        };
        let none = KeyModifiers::NONE;
        check(KeyCode::Char('J'), KeyModifiers::SHIFT, &[List, Everywhere], Some(A::ItemDown));
        check(KeyCode::Down, KeyModifiers::ALT, &[List, Everywhere], Some(A::ItemDown));
        check(KeyCode::Char('r'), none, &[Document, Items], Some(A::Reword));
        check(KeyCode::Char('r'), none, &[List, Items], Some(A::Title));
        check(KeyCode::Char('1'), none, &[Round, Everywhere], Some(A::Points(1)));
        check(KeyCode::Char('1'), none, &[List, Everywhere], Some(A::ShowList));
        check(KeyCode::Char('r'), KeyModifiers::CONTROL, &[List, Everywhere], Some(A::Redo));
        check(KeyCode::Char('J'), none, &[Board, Everywhere], None);
    }
}
