//! A stretch of text that should fill a slot but does not: which of its names are to blame.

use annals_chronicle::{EntityId, RoleContent};

use crate::filler::{Chain, Item, Joiner, enough, fitting};
use crate::names::NameIndex;
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::trie::SlotSpec;

/// What is wrong with a stretch of text in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Tokens that are no declared name.
    Unknown { from: usize, to: usize },
    /// A declared name of things that do not fit.
    WrongKind {
        from: usize,
        to: usize,
        things: Vec<EntityId>,
    },
    /// Names that fit one by one but are joined in a way no list is.
    NoList,
    /// Fewer names than the slot asks for.
    TooFew,
    /// Words that must be quoted.
    Unquoted,
    /// No figure.
    NoFigure,
}

/// A name, or what stands in the place of one.
struct Piece {
    from: usize,
    to: usize,
    things: Vec<EntityId>,
    /// How unlikely it is as a name that nobody has declared.
    unknown: u32,
}

/// A stretch of tokens that should fill a slot, divided into names.
pub(super) struct Segment {
    from: usize,
    to: usize,
    pieces: Vec<Piece>,
    alternatives: bool,
}

impl Segment {
    pub(super) fn new(
        sentence: &Sentence,
        names: &NameIndex,
        (from, to): (usize, usize),
    ) -> Segment {
        let (pieces, alternatives) = pieces(sentence, names, from, to);
        Segment {
            from,
            to,
            pieces,
            alternatives,
        }
    }

    /// Everything wrong with the tokens, which do not fill the slot as they stand. Never empty.
    pub(super) fn problems(&self, names: &NameIndex, spec: &SlotSpec) -> Vec<Problem> {
        match spec.content {
            RoleContent::Text => return vec![Problem::Unquoted],
            RoleContent::Number => return vec![Problem::NoFigure],
            RoleContent::Kinds(_) | RoleContent::Any => {}
        }
        let mut problems = vec![];
        for piece in &self.pieces {
            let (from, to) = (piece.from, piece.to);
            if piece.things.is_empty() {
                problems.push(Problem::Unknown { from, to });
            } else if fitting(names, spec, &piece.things).is_empty() {
                problems.push(Problem::WrongKind {
                    from,
                    to,
                    things: piece.things.clone(),
                });
            }
        }
        if problems.is_empty() {
            problems.push(self.joined_badly(spec));
        }
        problems
    }

    /// What is wrong where every name fits by itself.
    fn joined_badly(&self, spec: &SlotSpec) -> Problem {
        let item = |p: &Piece| Item {
            start: p.from,
            end: p.to,
            things: Vec::new().into(),
        };
        let chain = Chain {
            items: self.pieces.iter().map(item).collect(),
            joiner: if self.alternatives {
                Joiner::Or
            } else {
                Joiner::And
            },
            together: false,
            end: self.to,
        };
        if enough(spec, &chain) {
            Problem::NoList
        } else {
            Problem::TooFew
        }
    }

    /// How unlikely it is that the stretch was meant for the slot.
    pub(super) fn cost(&self, problems: &[Problem]) -> u32 {
        let all = (self.to - self.from) as u32;
        let each = |problem: &Problem| match problem {
            Problem::Unknown { from, .. } => {
                let piece = self.pieces.iter().find(|p| p.from == *from);
                6 + piece.map_or(0, |p| p.unknown)
            }
            Problem::WrongKind { from, to, .. } => 6 + (to - from) as u32,
            Problem::TooFew | Problem::NoList => 8,
            Problem::Unquoted => 8 + 2 * all,
            Problem::NoFigure => 9 + 2 * all,
        };
        problems.iter().map(each).sum()
    }
}

/// A stretch of text divided at commas, `and` and `or`, save where these belong to a name.
fn pieces(sentence: &Sentence, names: &NameIndex, from: usize, to: usize) -> (Vec<Piece>, bool) {
    let to = if to > from + 1 && sentence.is_word(to - 1, "together") {
        to - 1
    } else {
        to
    };
    let joins = |at: usize| {
        sentence.kind(at) == Some(TokenKind::Comma)
            || sentence.is_word(at, "and")
            || sentence.is_word(at, "or")
    };
    let piece = |from, to, things: Vec<EntityId>| Piece {
        from,
        to,
        unknown: match things[..] {
            [] => unknown_cost(sentence, names, from, to),
            _ => 0,
        },
        things,
    };
    let mut pieces = vec![];
    let mut alternatives = false;
    let mut at = from;
    while at < to {
        if joins(at) {
            alternatives |= sentence.is_word(at, "or");
            at += 1;
            continue;
        }
        let spans = sentence.names_at(names, at);
        let known = spans
            .iter()
            .find(|s| s.end == to || s.end < to && joins(s.end));
        let (end, things) = match known {
            Some(span) => (span.end, span.things.to_vec()),
            None => ((at + 1..to).find(|i| joins(*i)).unwrap_or(to), vec![]),
        };
        pieces.push(piece(at, end, things));
        at = end;
    }
    if pieces.is_empty() {
        pieces.push(piece(from, to, vec![]));
    }
    (pieces, alternatives)
}

/// Names have capitals, or are of scripts without case; small words may stand between two such.
fn unknown_cost(sentence: &Sentence, names: &NameIndex, from: usize, to: usize) -> u32 {
    if names.is_name_in_other_case(&sentence.tokens[from..to]) {
        return 0;
    }
    let name_like = |at: usize| (from..to).contains(&at) && sentence.tokens[at].looks_like_name();
    let mut cost = 0;
    for at in from..to {
        let small = sentence.text(at).chars().count() <= 3;
        let between = small && at > from && name_like(at - 1) && name_like(at + 1);
        cost += if name_like(at) || between { 1 } else { 4 };
    }
    // `Karasahr in 648` is a declared name with something after it, not one long new name.
    let opens_known = sentence.names_at(names, from).iter().any(|s| s.end < to);
    if opens_known && (from..to).any(|at| !name_like(at)) {
        cost + 8
    } else {
        cost
    }
}
