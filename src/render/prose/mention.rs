//! What people write for the program within a text, as a reader wants it: an id in double brackets
//! with the title of its document, the anchor of a criterion out of the way.

use std::collections::HashMap;

use super::{Item, Prose};
use crate::domain::mention::{Mention, mentions};
use crate::render::block::{Cell, Line, Named, Tone};

/// Puts titles to the ids in brackets that have one, and dims anchors.
pub(super) fn resolve(parts: &mut [Prose], names: &HashMap<String, Named>) {
    for part in parts {
        match part {
            Prose::Heading(_, line) => link(line, names),
            Prose::Paragraph(lines) => {
                lines.iter_mut().for_each(|line| link(line, names));
                lines.last_mut().into_iter().for_each(dim_anchor);
            }
            Prose::Quote(parts) => resolve(parts, names),
            Prose::List(list) => {
                let parts = |item: &mut Item| resolve(&mut item.parts, names);
                list.items.iter_mut().for_each(parts);
            }
            Prose::Table(_, rows) => {
                rows.iter_mut().flatten().for_each(|line| link(line, names));
            }
            Prose::Code(..) | Prose::Rule => {}
        }
    }
}

fn link(line: &mut Line<'static>, names: &HashMap<String, Named>) {
    if !names.is_empty() {
        let cells = std::mem::take(&mut line.cells);
        line.cells = cells.into_iter().flat_map(|cell| linked(cell, names)).collect();
    }
}

/// The cells for one: each id that has a name is one of its own.
fn linked(cell: Cell<'static>, names: &HashMap<String, Named>) -> Vec<Cell<'static>> {
    if cell.tone == Tone::Code || !cell.text.contains("[[") {
        return vec![cell];
    }
    let (text, tone) = (&*cell.text, cell.tone);
    let plain = |text: &str| Cell::new(text.to_owned(), tone);
    let (mut cells, mut done): (Vec<Cell<'static>>, usize) = (Vec::new(), 0);
    let mut push = |cell: Cell<'static>| match cells.last_mut() {
        _ if cell.text.is_empty() => {}
        Some(last) if last.tone == cell.tone && cell.tone != Tone::Id => {
            last.text.to_mut().push_str(&cell.text);
        }
        _ => cells.push(cell),
    };
    for mention in mentions(text).filter(|it| it.in_brackets) {
        let Some(name) = names.get(&mention.id.to_lowercase()) else { continue };
        let Some((start, words, end)) = brackets(text, &mention) else { continue };
        push(plain(&text[done..start]));
        push(Cell { target: Some(name.target.clone()), ..Cell::id(name.id.clone()) });
        push(plain(&format!(" {}", words.unwrap_or(&name.title))));
        done = end;
    }
    push(plain(&text[done..]));
    cells
}

/// Where the brackets around an id begin and end, and the words of `[[BL-7k3qd|the checkout]]`.
fn brackets<'a>(text: &'a str, mention: &Mention<'_>) -> Option<(usize, Option<&'a str>, usize)> {
    let start = text[..mention.start].rfind("[[")?;
    let inner = &text[mention.start + mention.id.len()..];
    // The end is not looked for beyond the next, or many that nobody closed would take minutes.
    let near = inner.split("[[").next().unwrap_or_default();
    let length = near.find("]]")?;
    let words = inner[..length].split_once('|').map(|(_, words)| words.trim());
    let end = text.len() - inner.len() + length + 2;
    Some((start, words.filter(|it| !it.is_empty()), end))
}

/// Sets `^ac-k3` at the end of a line apart from its words.
fn dim_anchor(line: &mut Line<'static>) {
    let Some(last) = line.cells.last_mut().filter(|it| it.tone == Tone::Plain) else { return };
    let Some((words, anchor)) = last.text.rsplit_once(" ^") else { return };
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !anchor.is_empty() && anchor.bytes().all(is_id) {
        let anchor = Cell::dim(format!(" ^{anchor}"));
        last.text = words.to_owned().into();
        line.cells.push(anchor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::prose;

    fn check(text: &str, expected: &[(&str, Tone)]) {
        let named = |written: &str, title: &str| Named {
            id: written.to_uppercase(),
            title: title.to_owned(),
            target: format!("items/{written}.md"),
        };
        let names = [("bl-a", "One"), ("bl-b", "*Two* [[BL-A]]")];
        let names = names.map(|(id, title)| (id.to_owned(), named(id, title))).into();
        let mut parts = prose::parse(text);
        resolve(&mut parts, &names);
        let [Prose::Paragraph(lines)] = &parts[..] else { panic!("{parts:?}") };
        let cells: Vec<(&str, Tone)> =
            lines[0].cells.iter().map(|it| (&*it.text, it.tone)).collect();
        assert_eq!(cells, expected, "{text}");
        let has_target = |it: &Cell<'_>| it.target.is_some() == (it.tone == Tone::Id);
        assert!(lines[0].cells.iter().all(has_target), "{text}");
    }

    #[test]
    fn an_id_in_brackets_has_the_title_behind_it() {
        use Tone::{Code, Id, Plain, Strong};
        check(
            "See [[BL-a]], and **[[BL-B]]**.",
            &[
                ("See ", Plain),
                ("BL-A", Id),
                (" One, and ", Plain),
                ("BL-B", Id),
                (" *Two* [[BL-A]]", Strong),
                (".", Plain),
            ],
        );
        check("[[bl-a|the first]]", &[("BL-A", Id), (" the first", Plain)]);
        check("[[bl-a|]] [[BL-x]] [[", &[("BL-A", Id), (" One [[BL-x]] [[", Plain)]);
        check(
            "[[bl-a|x [[BL-b]]",
            &[("[[bl-a|x ", Plain), ("BL-B", Id), (" *Two* [[BL-A]]", Plain)],
        );
        check("`[[BL-a]]` BL-a [[BL-a", &[("[[BL-a]]", Code), (" BL-a [[BL-a", Plain)]);
    }

    #[test]
    fn an_anchor_steps_back() {
        use Tone::{Dim, Plain};
        check("It holds ^ac-k3", &[("It holds", Plain), (" ^ac-k3", Dim)]);
        check("2 ^ 3 or x ^y z", &[("2 ^ 3 or x ^y z", Plain)]);
        check("x ^", &[("x ^", Plain)]);
    }
}
