//! Lists in front matter, in brackets or one element a line.

use super::scalar::{self, Context};
use super::{Front, refusal};
use crate::domain::document::{Document, Layout, Node, Style, Value as Written};
use crate::domain::problem::Problem;
use crate::domain::span::Span;

/// A list in brackets.
pub(super) fn flow(elements: &[String]) -> String {
    let written = |element: &String| scalar::write(element, Style::Plain, Context::Flow);
    format!("[{}]", elements.iter().map(written).collect::<Vec<_>>().join(", "))
}

/// The text with other elements in a list. One in brackets is written anew on its line; otherwise
/// the elements change one by one, so that comments between them stay.
pub(super) fn replace(
    front: &Front<'_>,
    node: &Node,
    nodes: &[Node],
    layout: Layout,
    elements: &[String],
) -> Result<String, Problem> {
    let is_one_line = !node.span().of(front.text).contains('\n');
    if layout == Layout::Flow && is_one_line {
        return Ok(front.splice(node.span(), &flow(elements)));
    }
    if elements.len() != nodes.len() {
        let message =
            "the list is written over several lines, and has another number of elements now";
        return Err(refusal(front.document, message));
    }
    let mut text = front.text.to_owned();
    for (old, new) in nodes.iter().zip(elements).rev() {
        text.replace_range(old.span().start..old.span().end, &element(old, new, layout));
    }
    Ok(text)
}

/// The text with elements after the last one of the list at `key`.
pub(super) fn append(
    front: &Front<'_>,
    document: &Document,
    key: &str,
    elements: &[String],
    layout: Layout,
) -> Result<String, Problem> {
    let node = document.get(key).ok_or_else(|| refusal(document, "no such list"))?;
    let Written::Sequence(nodes, _) = node.value() else {
        return Err(refusal(document, "not a list"));
    };
    let Some(last) = nodes.last() else { return Ok(front.splice(node.span(), &flow(elements))) };
    let span = Span::at(last.span().end);
    let start = front.line_start(last.span().start);
    let before = &front.text[start..last.span().start];
    match layout {
        Layout::Flow => {
            let is_own_line = before.trim().is_empty();
            let gap = match is_own_line {
                true => format!("{}{before}", front.line_break(start)),
                false => " ".to_owned(),
            };
            let written = |new: &String| format!(",{gap}{}", element(last, new, layout));
            Ok(front.splice(span, &elements.iter().map(written).collect::<String>()))
        }
        Layout::Block => {
            if before.trim() != "-" {
                return Err(refusal(document, &format!("{key} does not have one element a line")));
            }
            let end = front.line_end(last.span().end);
            let line_break = front.line_break(end);
            let written =
                |new: &String| format!("{before}{}{line_break}", element(last, new, layout));
            Ok(front.splice(Span::at(end), &elements.iter().map(written).collect::<String>()))
        }
    }
}

/// The text without the elements of the list at `key` that are `gone`.
pub(super) fn without(
    front: &Front<'_>,
    document: &Document,
    key: &str,
    gone: &[bool],
    layout: Layout,
) -> Result<String, Problem> {
    let node = document.get(key).ok_or_else(|| refusal(document, "no such list"))?;
    let Written::Sequence(nodes, _) = node.value() else {
        return Err(refusal(document, "not a list"));
    };
    let spans = match layout {
        _ if gone.iter().all(|gone| *gone) => return emptied(front, document, key, node),
        Layout::Flow => flow_cuts(nodes, gone),
        Layout::Block => {
            let cut = |node: &Node| {
                Span::new(front.line_start(node.span().start), front.line_end(node.span().end))
            };
            nodes.iter().zip(gone).filter(|(_, gone)| **gone).map(|(node, _)| cut(node)).collect()
        }
    };
    let mut text = front.text.to_owned();
    for span in spans.into_iter().rev() {
        if layout == Layout::Flow && span.of(front.text).contains('#') {
            return Err(refusal(
                document,
                &format!("a comment stands beside the elements of {key}"),
            ));
        }
        text.replace_range(span.start..span.end, "");
    }
    Ok(text)
}

/// What to cut from a list in brackets: each element with the comma after it, or with the one
/// before it if none of the rest stays.
fn flow_cuts(nodes: &[Node], gone: &[bool]) -> Vec<Span> {
    let last_kept = gone.iter().rposition(|gone| !gone).unwrap_or(0);
    let mut cuts: Vec<Span> = (0..last_kept)
        .filter(|&at| gone[at])
        .map(|at| Span::new(nodes[at].span().start, nodes[at + 1].span().start))
        .collect();
    if let Some(last) = nodes.last().filter(|_| last_kept + 1 < nodes.len()) {
        cuts.push(Span::new(nodes[last_kept].span().end, last.span().end));
    }
    cuts
}

/// The text with `[]` in place of a whole list.
fn emptied(
    front: &Front<'_>,
    document: &Document,
    key: &str,
    node: &Node,
) -> Result<String, Problem> {
    let span = node.span();
    let is_on_key_line = front.line_start(span.start)
        == document.pair(key).map_or(0, |pair| front.line_start(pair.key_span().start));
    if is_on_key_line {
        return Ok(front.splice(span, "[]"));
    }
    let lines = Span::new(front.line_start(span.start), front.line_end(span.end));
    let after_colon = document.pair(key).map_or(0, |pair| pair.key_span().end);
    let after_colon =
        front.text[after_colon..].find(':').map_or(after_colon, |at| after_colon + at + 1);
    let text = front.splice(lines, "");
    Ok([&text[..after_colon], " []", &text[after_colon..]].concat())
}

/// An element written like its neighbour.
fn element(like: &Node, text: &str, layout: Layout) -> String {
    let style = match like.value() {
        Written::Scalar(old) => old.style,
        _ => Style::Plain,
    };
    let context = if layout == Layout::Flow { Context::Flow } else { Context::Line };
    scalar::write(text, style, context)
}
