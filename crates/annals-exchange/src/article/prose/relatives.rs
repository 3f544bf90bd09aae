//! Relative clauses in which the pronoun is acted on: `the king whom Bruno defeated`, and those
//! without a pronoun: `the man Otto killed`.
//!
//! What comes in: chunks and the segments of a sentence. What goes out: which phrase a verb acts on,
//! whose a verb is, and which verbs belong to the clause around. Whoever acts stands right before
//! the verb; to take the phrase before the pronoun for the one who acts would turn the deed round.

use std::ops::Range;

use super::chunks::{Chunk, What};
use super::clauses::{
    Clause, Intro, Segment, Subject, group, is_of, is_phrase, list_end, names_only, subject_of,
};
use crate::article::lexicon::Form;

fn by_follows(chunks: &[Chunk], verb: usize) -> bool {
    matches!(chunks.get(verb + 1).map(|c| &c.what), Some(What::Preposition(p)) if p == "by")
}

/// What the verb of a relative clause acts on, where somebody else acts in it.
pub(super) fn acted_on(
    chunks: &[Chunk],
    segments: &[Segment],
    number: usize,
    verb: usize,
) -> Option<Range<usize>> {
    let segment = segments.get(number)?;
    let pronoun = segment.range.start.checked_sub(1)?;
    let object = match &chunks[pronoun].what {
        What::Relative(word) => matches!(word.as_str(), "whom" | "which" | "that" | "who"),
        _ => false,
    };
    // `against whom Otto marched`: the verb does not act on him.
    let governed = pronoun > 0 && matches!(chunks[pronoun - 1].what, What::Preposition(_));
    subject_of(chunks, segment.range.start, verb)?;
    // `who Zelaya feared might invade`: a further verb acts, and what is feared is not he.
    if matches!(chunks.get(verb + 1).map(|c| &c.what), Some(What::Group(_))) {
        return None;
    }
    (object && !governed && segment.intro == Intro::Relative)
        .then(|| antecedent(chunks, segments, number))?
}

/// The phrase that a relative pronoun stands for: the last one before it.
pub(super) fn antecedent(
    chunks: &[Chunk],
    segments: &[Segment],
    segment: usize,
) -> Option<Range<usize>> {
    let start = segments.get(segment)?.range.start.checked_sub(1)?;
    let mut last = start;
    while last > 0 && !is_phrase(chunks.get(last)) {
        last -= 1;
        if matches!(chunks[last].what, What::Group(_)) {
            return None;
        }
    }
    is_phrase(chunks.get(last)).then_some(())?;
    let mut from = last;
    while from >= 2 && is_of(chunks.get(from - 1)) && is_phrase(chunks.get(from - 2)) {
        from -= 2;
    }
    // `sent a fleet against Tripoli, which was destroyed`: the one or the other.
    let which = matches!(&chunks[start].what, What::Relative(w) if w == "which");
    let governed = from > 0 && matches!(chunks[from - 1].what, What::Preposition(_));
    let object = |at: &usize| !matches!(chunks[*at].what, What::Group(_));
    let mut verb_object = (0..from.saturating_sub(1)).rev().take_while(object);
    if which && governed && verb_object.any(|at| is_phrase(chunks.get(at))) {
        let told = (0..from).any(|at| matches!(chunks[at].what, What::Group(_)));
        if told {
            return None;
        }
    }
    // `Guo Xiaoke, protector-general of Anxi, who`: the remark's own noun is not meant.
    if from >= 2 && matches!(chunks[from - 1].what, What::Comma) && !names_only(chunks, from) {
        let before = (0..from - 1).rev().find(|i| is_phrase(chunks.get(*i)))?;
        return Some(before..before + 1);
    }
    Some(from..last + 1)
}

/// Ends relative clauses between commas at the second one: of `sent Otto, who had been wounded, to
/// Verona`, what stands behind it is of the clause around.
pub(super) fn close(chunks: &[Chunk], segments: &[Segment], clauses: &mut [Clause]) {
    for clause in clauses.iter_mut() {
        let Some(segment) = segments.get(clause.segment) else {
            continue;
        };
        let comma = |at: Option<usize>| {
            at.and_then(|at| chunks.get(at))
                .is_some_and(|c| c.what == What::Comma)
        };
        let opened = comma(segment.range.start.checked_sub(2));
        if segment.intro != Intro::Relative || !opened || clause.intro == Intro::Reduced {
            continue;
        }
        let mut at = clause.verb + 1;
        while at < clause.rest.end && chunks[at].what != What::Comma {
            at = match is_phrase(chunks.get(at)) {
                true => list_end(chunks, at),
                false => at + 1,
            };
        }
        if at < clause.rest.end {
            clause.rest.end = at.max(clause.rest.start);
            clause.whole.end = clause.whole.end.min(at).max(clause.whole.start);
        }
    }
}

/// The verb that a relative clause is about: its first, but for a participle within its subject.
pub(super) fn main_verb(chunks: &[Chunk], groups: &[usize]) -> Option<usize> {
    let first = groups.first().copied()?;
    let bare = group(chunks.get(first)).is_some_and(|g| g.bare());
    let hangs = first > 0 && is_phrase(chunks.get(first - 1));
    match groups.get(1) {
        Some(second) if bare && hangs && by_follows(chunks, first) => Some(*second),
        _ => Some(first),
    }
}

/// Whether a further verb of a relative clause is likely that of the clause around it: `the king
/// who captured Bruno died`.
pub(super) fn outer(chunks: &[Chunk], verb: usize) -> bool {
    let Some(found) = group(chunks.get(verb)) else {
        return false;
    };
    let past = matches!(&found.verb, Some((Form::Past, _)));
    !by_follows(chunks, verb) && (!found.bare() || past)
}

/// `the man Otto killed`: where the phrase begins that a verb acts on, and the one who acts.
pub(super) fn contact(chunks: &[Chunk], from: usize, verb: usize) -> Option<usize> {
    let actor = verb.checked_sub(1)?;
    let found = actor > from
        && is_phrase(chunks.get(actor))
        && is_phrase(chunks.get(actor - 1))
        && !by_follows(chunks, verb);
    found.then_some(actor)
}

/// A clause that is known to be there and is not read.
pub(super) fn unread(number: usize, verb: usize, end: usize) -> Clause {
    Clause {
        intro: Intro::Reduced,
        subject: Subject::Missing,
        verb,
        rest: verb + 1..end,
        whole: verb..end,
        segment: number,
        shared: None,
        object: None,
    }
}
