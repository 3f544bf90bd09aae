//! The words of a sentence that none of its claims holds.
//!
//! What comes in: a sentence with the claims made of it, each with the stretches that its rule went
//! through. What goes out: every stretch of words that is found again in no claim, so that it can be
//! listed. Only words of the class `unlisted` (articles, copulas and the like) need no claim.

use std::ops::Range;

use super::Prose;
use super::chunks::What;
use super::clauses::{Clause, Intro, Subject};
use super::search::Hit;
use super::sentence::{Desk, State};
use super::verbs::Plan;
use crate::article::covered::{Known, Written, note_marks, runs};
use crate::article::statement::Statement;
use crate::article::tokens::{Kind, Token, tokens};

impl State<'_> {
    /// Lists what the claims of a sentence, those from `first` on, leave out of it.
    pub(super) fn list_left_out(&self, desk: &mut Desk<'_>, prose: &Prose, first: usize) {
        let made = &prose.statements[first..];
        if made.is_empty() {
            return;
        }
        let all = tokens(desk.text);
        let known = self.known(desk, &all, made);
        let mut left = runs(desk.text, &all, &known);
        left.retain(|words| !desk.whys.iter().any(|why| names(why, words)));
        if !left.is_empty() {
            desk.whole = false;
            desk.whys.push(format!("left out: {}", left.join(", ")));
        }
    }

    /// What is known of each token of a sentence.
    fn known(&self, desk: &Desk<'_>, all: &[Token], made: &[Statement]) -> Vec<Known> {
        let lexicon = self.lexicon;
        let written = |s: &Statement| Written::of(s, self.book, lexicon);
        let written: Vec<Written> = made.iter().map(written).collect();
        let beside = |s: &Statement| Written::beside(s, self.book, lexicon);
        let beside: Vec<Written> = made.iter().map(beside).collect();
        let marks = note_marks(all);
        let mut depth = 0usize;
        let mut known = Vec::new();
        for (at, token) in all.iter().enumerate() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let within =
                |ranges: &[Range<usize>]| ranges.iter().any(|r| r.contains(&token.range.start));
            let read = desk
                .tokens
                .iter()
                .any(|t| t.range == token.range && t.kind == token.kind);
            let reached = read && made.iter().any(|s| within(&s.reach));
            known.push(match token.kind {
                Kind::Quote | Kind::Possessive => Known::Small,
                Kind::Word | Kind::Number if marks[at] => Known::Small,
                Kind::Word | Kind::Number => {
                    let claims = made.iter().zip(&written);
                    let held = claims.clone().any(|(s, w)| {
                        read && (within(&s.taken) || within(&s.reach) && w.holds(token, lexicon))
                    });
                    // What stands in brackets, and words that govern the whole, are of no clause.
                    let around = !read && beside.iter().any(|w| w.holds(token, lexicon));
                    let on = made.iter().any(|s| s.later) && super::sentence::goes_on(&token.lower);
                    let small = lexicon.is("unlisted", &token.lower) && !token.lower.is_empty();
                    match () {
                        () if held || around || on => Known::Claimed,
                        () if small && (reached || depth > 0) => Known::Small,
                        () if small => Known::Loose,
                        () => Known::Left,
                    }
                }
                _ => Known::Mark,
            });
        }
        known
    }

    /// The chunks that the sentence found speaks of: who acts, what is acted on, what it keeps.
    pub(super) fn told_of(&self, desk: &Desk<'_>, clause: &Clause, hit: &Hit) -> Vec<Range<usize>> {
        let mut ranges = hit.kept.clone();
        ranges.extend(clause.object.clone());
        ranges.extend(subject_chunks(desk, clause));
        ranges
    }

    /// Notes what of a sentence a clause was read from.
    pub(super) fn reached(
        &self,
        desk: &Desk<'_>,
        clause: &Clause,
        plan: &Plan,
        hit: &Hit,
        statement: &mut Statement,
    ) {
        let mut ranges = self.told_of(desk, clause, hit);
        ranges.push(clause.verb..plan.after);
        for range in ranges {
            // `the king of Tashkent, Chabish,`
            let beside = self.named_beside(&desk.chunks, range.clone()).is_some();
            let end = range.end + if beside { 2 } else { 0 };
            statement.reach.extend(bytes(desk, range.start..end));
        }
        if clause.intro == Intro::Likewise {
            let opener = clause.whole.start.saturating_sub(2)..clause.whole.start;
            statement.taken.extend(bytes(desk, opener));
        }
    }

    /// Notes that a claim has its date from a chunk: its figures and months are looked for in the claim,
    /// its other words are what the date says.
    pub(super) fn dated_by(&self, desk: &Desk<'_>, at: usize, statement: &mut Statement) {
        let Some(chunk) = desk.chunks.get(at) else {
            return;
        };
        for token in &desk.tokens[chunk.tokens.clone()] {
            let checked = token.text.starts_with(|c: char| c.is_ascii_digit())
                || self.lexicon.is_any(&["month", "not"], &token.lower)
                || matches!(&*token.text, "BC" | "BCE" | "AD" | "CE");
            match checked {
                true => statement.reach.push(token.range.clone()),
                false => statement.taken.push(token.range.clone()),
            }
        }
    }
}

/// The chunks of the subject of a clause, its own or that of the clause it hangs from.
fn subject_chunks(desk: &Desk<'_>, clause: &Clause) -> Option<Range<usize>> {
    let mut clause = clause;
    for _ in 0..desk.parts.clauses.len() {
        match &clause.subject {
            Subject::Own(range) => return Some(range.clone()),
            Subject::Of(other) => clause = desk.parts.clauses.get(*other)?,
            Subject::Missing => return None,
        }
    }
    None
}

/// The bytes of some chunks in their sentence.
pub(super) fn bytes(desk: &Desk<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let chunks = desk
        .chunks
        .get(range.start..range.end.min(desk.chunks.len()))?;
    let (first, last) = (chunks.first()?, chunks.last()?);
    let from = desk.tokens.get(first.tokens.start)?.range.start;
    let to = desk.tokens.get(last.tokens.end.checked_sub(1)?)?.range.end;
    Some(from..to)
}

/// The chunk that opens the segment of a clause: `after`.
pub(super) fn opener(desk: &Desk<'_>, clause: &Clause) -> Option<Range<usize>> {
    let at = desk.parts.segments.get(clause.segment)?.range.start;
    let at = at.checked_sub(1)?;
    let opens = matches!(
        desk.chunks[at].what,
        What::Subordinator(_) | What::Preposition(_)
    );
    bytes(desk, at..at + 1).filter(|_| opens)
}

/// Whether a reason already names some words whole.
fn names(why: &str, words: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    why.match_indices(words).any(|(at, _)| {
        edge(why[..at].chars().next_back()) && edge(why[at + words.len()..].chars().next())
    })
}
