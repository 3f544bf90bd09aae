//! Questions of a draft: whether two names that look alike mean one thing.
//!
//! What comes in: pairs of names, what the article is found to say, and its text. What goes out: a
//! doubted claim a pair, which a person accepts or rejects as any other. What the article tells of two
//! in one claim is of two, and is not asked.

use std::ops::Range;

use super::document::{Document, Flow, Passage};
use super::names::{Alike, NameBook};
use super::statement::Statement;
use super::tokens::tokens;

/// The questions, in the order in which the names are met.
pub fn of_names(
    book: &NameBook,
    statements: &[Statement],
    document: &Document,
    passages: &[Passage],
) -> Vec<Statement> {
    let together = |pair: &&Alike| {
        let names = |s: &Statement, thing| s.uses.iter().any(|(used, _)| *used == thing);
        let both = |s: &Statement| names(s, pair.one) && names(s, pair.other);
        !statements.iter().any(both)
    };
    let pairs = book.alike.iter().filter(together);
    pairs
        .filter_map(|pair| {
            let one = mention(pair.one, book, document, passages)?;
            let other = mention(pair.other, book, document, passages)?;
            let (a, b) = (
                named(pair.one, book, statements),
                named(pair.other, book, statements),
            );
            let first = format!(
                "{} stands in “{}” (bytes {}-{})",
                book.things[pair.one].name, one.0, one.1.start, one.1.end
            );
            Some(Statement {
                sentence: format!("{a} is the same as {b}"),
                doubted: true,
                timeless: true,
                quote: other.0,
                bytes: other.1,
                rule: "names that look alike".to_owned(),
                remarks: vec![pair.why.to_owned(), first],
                asks: Some((pair.one, pair.other)),
                ..Statement::default()
            })
        })
        .collect()
}

/// A name, with its kind where the draft has things of several kinds under it.
fn named(thing: usize, book: &NameBook, statements: &[Statement]) -> String {
    let named = &book.things[thing];
    let own = named.class().word();
    let uses = statements.iter().flat_map(|s| &s.uses);
    let mut kinds = uses
        .filter(|(used, _)| *used == thing)
        .map(|(_, kind)| *kind);
    match kinds.any(|kind| kind != own) {
        true => format!("{} ({own})", named.name),
        false => named.name.clone(),
    }
}

/// Where a thing is named first: in the text, else in the box.
fn mention(
    thing: usize,
    book: &NameBook,
    document: &Document,
    passages: &[Passage],
) -> Option<(String, Range<usize>)> {
    let cells = document.rows.iter().flat_map(|r| &r.cells);
    let cells: Vec<Flow> = cells.flat_map(Flow::lines).collect();
    let flows = passages.iter().map(|p| &p.flow).chain(&cells);
    let mut found = flows.filter(|flow| {
        let all = tokens(flow.text());
        (0..all.len()).any(|at| book.at(&all, at).is_some_and(|(named, _)| named == thing))
    });
    // `Long TuqizhiPOW`: a mark may stand right at the end of a name in a box.
    let inside = || {
        cells
            .iter()
            .find(|c| c.text().contains(&book.things[thing].name))
    };
    let flow = found.next().or_else(inside)?;
    let words = flow.text().trim_start_matches(['*', ' ']);
    let words = words.replace('\n', "; ");
    Some((words, flow.origin_of(0..flow.text().len())))
}
