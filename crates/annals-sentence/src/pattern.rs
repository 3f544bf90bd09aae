//! Patterns as written, and their expansion into every order of words and slots they allow.
//!
//! In comes the text of a pattern; out come its pieces with their places, and later the
//! *variants*: plain rows of words and slots, one for each choice of word forms and optional
//! parts. What may fill a slot is decided elsewhere.

use std::rc::Rc;

use annals_chronicle::{Pattern, PatternPiece};
use annals_text::Span;

use crate::token::{normalise, words};

/// Most variants one pattern may have; more are refused rather than tried for ever.
const VARIANTS_MAX: usize = 512;
/// Most words and slots in a row.
const LENGTH_MAX: usize = 64;
/// Deepest nesting of optional parts.
const DEPTH_MAX: usize = 8;

/// A piece of a pattern before its slots are understood.
#[derive(Clone, Debug)]
pub(crate) enum Raw<'a> {
    Word(Vec<String>),
    Slot { inner: &'a str, span: Span },
    Optional(Vec<Raw<'a>>),
}

/// What is wrong with a pattern's text, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) span: Span,
    pub(crate) words: String,
}

/// A span within `outer`, from offsets of the text it covers.
pub(crate) fn inside(outer: Span, from: usize, to: usize) -> Span {
    let start = (outer.start.saturating_add(from as u32)).min(outer.end);
    Span::new(
        outer.file,
        start,
        (outer.start.saturating_add(to as u32)).min(outer.end),
    )
}

/// Reads the text of a pattern into pieces.
pub(crate) fn parse<'a>(text: &'a str, span: Span) -> Result<Vec<Raw<'a>>, Fault> {
    let fault = |from: usize, to: usize, words: &str| Fault {
        span: inside(span, from, to),
        words: words.to_owned(),
    };
    let mut open: Vec<(usize, Vec<Raw>)> = vec![(0, vec![])];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let depth = open.len();
        let row = &mut open.last_mut().expect("the outer row is never closed").1;
        match c {
            _ if c.is_whitespace() => at = next,
            '{' => {
                let length = text[next..]
                    .find('}')
                    .ok_or_else(|| fault(at, text.len(), "this slot is not closed with `}`"))?;
                row.push(Raw::Slot {
                    inner: &text[next..next + length],
                    span: inside(span, at, next + length + 1),
                });
                at = next + length + 1;
            }
            '}' => return Err(fault(at, next, "this `}` closes no slot")),
            '[' if depth > DEPTH_MAX => {
                return Err(fault(at, next, "optional parts are nested too deeply"));
            }
            '[' => {
                open.push((at, vec![]));
                at = next;
            }
            ']' => {
                let (from, pieces) = open.pop().expect("the outer row is never closed");
                let Some((_, outer)) = open.last_mut() else {
                    return Err(fault(at, next, "this `]` closes no optional part"));
                };
                if pieces.is_empty() {
                    return Err(fault(from, next, "this optional part is empty"));
                }
                outer.push(Raw::Optional(pieces));
                at = next;
            }
            _ => {
                let (forms, length) = forms(&text[at..]);
                if forms.iter().any(String::is_empty) {
                    let words = "`/` stands between two forms of one word";
                    return Err(fault(at, at + length, words));
                }
                row.push(Raw::Word(forms));
                at += length;
            }
        }
    }
    match open.pop() {
        Some((_, pieces)) if open.is_empty() => Ok(pieces),
        Some((from, _)) => Err(fault(
            from,
            text.len(),
            "this optional part is not closed with `]`",
        )),
        None => Ok(vec![]),
    }
}

/// The forms of the word that a text begins with, and its length.
fn forms(text: &str) -> (Vec<String>, usize) {
    let ends = |c: char| c.is_whitespace() || "{}[]".contains(c);
    let length = text.find(ends).unwrap_or(text.len());
    (text[..length].split('/').map(normalise).collect(), length)
}

/// A word or a slot in a row of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Element {
    /// One token, lower-case.
    Word(Rc<str>),
    /// A slot, by the index of its role.
    Slot(u32),
}

/// One variant of a pattern.
pub(crate) type Row = Vec<Element>;

/// Every row of words and slots a pattern allows, without repetitions, in the order written;
/// `None` where there are too many or they are too long.
pub(crate) fn expand(pattern: &Pattern) -> Option<Vec<Row>> {
    let mut rows = expand_row(&pattern.pieces)?;
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| !row.is_empty() && seen.insert(row.clone()));
    Some(rows)
}

fn expand_row(pieces: &[PatternPiece]) -> Option<Vec<Row>> {
    let mut rows: Vec<Row> = vec![vec![]];
    for piece in pieces {
        let choices = match piece {
            PatternPiece::Word(forms) => {
                let mut choices: Vec<Row> = vec![];
                for form in forms {
                    let row = words(form)
                        .iter()
                        .map(|t| Element::Word(t.lower().into()))
                        .collect();
                    if !choices.contains(&row) {
                        choices.push(row);
                    }
                }
                choices
            }
            PatternPiece::Slot(role) => vec![vec![Element::Slot(*role)]],
            PatternPiece::Optional(inner) => {
                let mut choices = expand_row(inner)?;
                choices.push(vec![]);
                choices
            }
        };
        if rows.len() * choices.len() > VARIANTS_MAX {
            return None;
        }
        rows = rows
            .iter()
            .flat_map(|row| {
                choices
                    .iter()
                    .map(move |choice| [row.as_slice(), choice].concat())
            })
            .collect();
        if rows.iter().any(|row| row.len() > LENGTH_MAX) {
            return None;
        }
    }
    Some(rows)
}

/// What stands for a slot in a skeleton; no word contains braces.
pub(crate) const BLANK: &str = "{}";

/// A row with its slots blank: two declarations must not share one.
pub(crate) fn skeleton(row: &[Element]) -> Vec<String> {
    row.iter()
        .map(|e| match e {
            Element::Word(word) => word.to_string(),
            Element::Slot(_) => BLANK.to_owned(),
        })
        .collect()
}

/// The roles of a row's slots, in order.
pub(crate) fn slots(row: &[Element]) -> Vec<u32> {
    row.iter()
        .filter_map(|e| match e {
            Element::Slot(role) => Some(*role),
            Element::Word(_) => None,
        })
        .collect()
}

/// The fixed words of a pattern in their first forms, optional parts left out.
pub(crate) fn fixed_words(pieces: &[PatternPiece]) -> Vec<&str> {
    pieces
        .iter()
        .filter_map(|p| match p {
            PatternPiece::Word(forms) => forms.first().map(String::as_str),
            PatternPiece::Slot(_) | PatternPiece::Optional(_) => None,
        })
        .collect()
}
