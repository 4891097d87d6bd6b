//! What queries find by links and by scores.

use super::*;
use crate::domain::source::SourceFile;

const TODAY: Date = Date::constant(2026, 11, 25);

/// The ids that a query finds among a story, its epic and the goal of both.
fn found(text: &str) -> Vec<String> {
    let file = |path: &str, fields: &str| SourceFile {
        path: path.to_owned(),
        text: Ok(format!("---\n{fields}---\n")),
    };
    let backlog = Backlog::parse(vec![
        file("goals/GOAL-orders.md", "id: GOAL-orders\ntitle: Orders\naliases: [OKR-1]\n"),
        file("items/BL-7k3qd.md", "id: BL-7k3qd\ntitle: Checkout\ngoal: GOAL-orders\n"),
        file("items/BL-9qqrt.md", "id: BL-9qqrt\ntitle: Guest checkout\nparent: BL-7k3qd\n"),
    ]);
    let query = query(&backlog, text, TODAY).unwrap();
    let matches = |entry: &&Entry| query.matches(&backlog, entry);
    backlog.readable().filter(matches).map(|entry| entry.id().to_owned()).collect()
}

#[test]
fn links_are_found_by_the_beginning_of_an_id_and_by_an_alias() {
    assert_eq!(found("parent=7k"), ["BL-9qqrt"]);
    assert_eq!(found("goal=okr-1"), ["BL-7k3qd"]);
    assert_eq!(found("parent!=7k3qd"), ["BL-7k3qd", "GOAL-orders"]);
    assert_eq!(found("parent~7k"), ["BL-9qqrt"]);
    assert!(found("parent=zz").is_empty());
}

#[test]
fn an_id_is_found_by_its_beginning_and_what_fits_several_is_refused() {
    assert_eq!(found("id=7k"), ["BL-7k3qd"]);
    assert_eq!(found("id=9q,OKR-1"), ["BL-9qqrt", "GOAL-orders"]);
    assert_eq!(found("id!=bl-7k3qd"), ["BL-9qqrt", "GOAL-orders"]);
    let file = |id: &str| SourceFile {
        path: format!("items/{id}.md"),
        text: Ok(format!("---\nid: {id}\ntitle: T\n---\n")),
    };
    let backlog = Backlog::parse(["BL-7k3qd", "BL-7k4qd"].map(file).to_vec());
    let refused = query(&backlog, "status=ready or parent=7k", TODAY).unwrap_err();
    assert_eq!(refused.message, "'7k' is the beginning of 2 ids");
    assert_eq!(refused.hint.as_deref(), Some("type more of it: BL-7k3qd, BL-7k4qd"));
}

/// What a query finds among items with numbers, or why it is not understood.
fn scored(config: &str, text: &str) -> Result<Vec<String>, String> {
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text: Ok(text) };
    let item = |id: &str, fields: &str| {
        file(&format!("items/{id}.md"), format!("---\nid: {id}\ntitle: T\n{fields}\n---\n"))
    };
    let backlog = Backlog::parse(vec![
        file("config.yml", config.to_owned()),
        item("BL-aaaaa", "status: ready\nvalue: 8\neffort: 3\nscore: 1"),
        item("BL-bbbbb", "status: ready\nvalue: 1\neffort: 300000"),
        item("BL-ccccc", "status: ready\nvalue: 8"),
        item("BL-ddddd", "status: done\nvalue: 8\neffort: 1"),
    ]);
    let query = query(&backlog, text, TODAY).map_err(|error| error.message)?;
    let found = backlog.readable().filter(|entry| query.matches(&backlog, entry));
    Ok(found.map(|entry| entry.id().to_owned()).collect())
}

#[test]
fn the_score_of_open_items_is_a_number_like_others() {
    let ids = |ids: &[&str]| Ok(ids.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    assert_eq!(scored("", "score=2.67"), ids(&["BL-aaaaa"]));
    assert_eq!(scored("", "score<0.1"), ids(&["BL-bbbbb"]));
    assert_eq!(scored("", "score="), ids(&["BL-ccccc", "BL-ddddd"]));
    assert_eq!(scored("", "score>high"), Err("score is a number, not 'high'".to_owned()));
    // Settings with a model that there is not are a problem of their own; the usual one holds.
    assert_eq!(scored("score: {model: cd4}", "score>1"), ids(&["BL-aaaaa"]));
    assert_eq!(scored("score: {model: wsjf}", "score>0"), ids(&[]));
    assert_eq!(scored("score: {model: manual}", "score>0"), ids(&[]));
    // A field of the project's own comes first.
    assert_eq!(scored("fields: {score: {type: number}}", "score=1"), ids(&["BL-aaaaa"]));
}
