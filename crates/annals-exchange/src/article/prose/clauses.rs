//! From chunks to clauses: who does what, and what governs it.
//!
//! What comes in: the chunks of a sentence. What goes out: one [`Clause`] a verb group that can say
//! something, with its subject (its own, or that of the clause it hangs from) and the chunks after
//! its verb. What cannot be hung anywhere has no subject and will not be read.

use std::ops::Range;

use super::chunks::{Chunk, Group, Phrase, What};
use super::{likewise, relatives};
use crate::article::lexicon::{Form, Lexicon};

/// What opens a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intro {
    /// Nothing, or `and` with a subject of its own.
    Main,
    /// `and`, `but`, a comma before a further verb of one subject.
    Further,
    /// `who`, `which`.
    Relative,
    /// `after`, `when`, `because`.
    Subordinate(String),
    /// `, capturing …`, `by capturing …`; the preposition, if there is one.
    Participle(Option<String>),
    /// `an army led by …`
    Reduced,
    /// `as did Yarkand`
    Likewise,
}

/// Whose verb it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The chunks of its own subject.
    Own(Range<usize>),
    /// That of another clause.
    Of(usize),
    /// None is found.
    Missing,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub intro: Intro,
    pub subject: Subject,
    /// The chunk of its verb group.
    pub verb: usize,
    /// The chunks after it.
    pub rest: Range<usize>,
    /// All its chunks, for its dates.
    pub whole: Range<usize>,
    /// The number of its segment.
    pub segment: usize,
    /// Chunks after the verb that it shares with the last verb of its chain.
    pub shared: Option<usize>,
    /// The phrase before a relative pronoun that its verb acts on.
    pub object: Option<Range<usize>>,
}

/// A stretch between two breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub range: Range<usize>,
    pub intro: Intro,
}

/// A sentence taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub segments: Vec<Segment>,
    pub clauses: Vec<Clause>,
}

pub fn group(chunk: Option<&Chunk>) -> Option<&Group> {
    match chunk.map(|c| &c.what) {
        Some(What::Group(group)) => Some(group),
        _ => None,
    }
}

pub(super) fn is_phrase(chunk: Option<&Chunk>) -> bool {
    matches!(chunk.map(|c| &c.what), Some(What::Phrase(_)))
}

pub(super) fn is_of(chunk: Option<&Chunk>) -> bool {
    matches!(chunk.map(|c| &c.what), Some(What::Preposition(p)) if p == "of")
}

/// The end of the phrase that begins at a chunk, with what follows its `of`s.
pub fn phrase_end(chunks: &[Chunk], at: usize) -> usize {
    let mut end = at + 1;
    while is_of(chunks.get(end)) && is_phrase(chunks.get(end + 1)) {
        end += 2;
    }
    end
}

/// The end of a list of phrases that begins at a chunk.
pub fn list_end(chunks: &[Chunk], at: usize) -> usize {
    let mut end = phrase_end(chunks, at);
    let mut commas = Vec::new();
    let mut cursor = end;
    loop {
        match chunks.get(cursor).map(|c| &c.what) {
            Some(What::Comma) if is_phrase(chunks.get(cursor + 1)) => {
                cursor = phrase_end(chunks, cursor + 1);
                commas.push(cursor);
            }
            Some(What::Comma | What::Conjunction(_)) => {
                let joint = match chunks.get(cursor).map(|c| &c.what) {
                    Some(What::Comma) => cursor + 1,
                    _ => cursor,
                };
                let and = matches!(chunks.get(joint).map(|c| &c.what), Some(What::Conjunction(c)) if c == "and" || c == "or");
                if and && is_phrase(chunks.get(joint + 1)) {
                    end = phrase_end(chunks, joint + 1);
                }
                return end;
            }
            _ => return end,
        }
    }
}

/// The next chunk that is neither a small word nor a date.
fn skip(chunks: &[Chunk], mut at: usize) -> usize {
    while matches!(
        chunks.get(at).map(|c| &c.what),
        Some(What::Word(_) | What::Date(_))
    ) {
        at += 1;
    }
    at
}

fn finite(chunks: &[Chunk], at: usize) -> bool {
    group(chunks.get(at)).is_some_and(Group::finite)
}

/// Takes a sentence apart.
///
/// `person` tells whether a phrase names a person, for whom `who` may stand.
pub fn parts(chunks: &[Chunk], lexicon: &Lexicon, person: &dyn Fn(&Phrase) -> bool) -> Parts {
    let segments = segments(chunks, lexicon);
    let mut clauses: Vec<Clause> = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        if segment.intro == Intro::Likewise {
            clauses.extend(likewise::clause(chunks, number, segment, &clauses));
        } else {
            of_segment(chunks, &segments, number, &mut clauses);
        }
    }
    hang(chunks, &segments, &mut clauses, person);
    relatives::close(chunks, &segments, &mut clauses);
    share(chunks, &mut clauses);
    Parts { segments, clauses }
}

/// Cuts a sentence at its breaks.
fn segments(chunks: &[Chunk], lexicon: &Lexicon) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut intro = Intro::Main;
    let mut at = 0;
    while at < chunks.len() {
        let Some((next_intro, next)) = opening(chunks, at, from, lexicon) else {
            at += 1;
            continue;
        };
        if at > from {
            found.push(Segment {
                range: from..at,
                intro: intro.clone(),
            });
        }
        intro = next_intro;
        from = next;
        at = next.max(at + 1);
    }
    if chunks.len() > from {
        found.push(Segment {
            range: from..chunks.len(),
            intro,
        });
    }
    found
}

/// Whether a segment opens at a chunk: what opens it, and its first chunk.
fn opening(chunks: &[Chunk], at: usize, from: usize, lexicon: &Lexicon) -> Option<(Intro, usize)> {
    match &chunks[at].what {
        What::Break => Some((Intro::Main, at + 1)),
        What::Relative(_) => Some((Intro::Relative, at + 1)),
        What::Subordinator(word) => Some((Intro::Subordinate(word.clone()), at + 1)),
        What::Preposition(_) if likewise::opens(chunks, at).is_some() => {
            likewise::opens(chunks, at).map(|next| (Intro::Likewise, next))
        }
        What::Preposition(word) if group(chunks.get(at + 1)).is_some_and(Group::ing) => {
            Some((Intro::Participle(Some(word.clone())), at + 1))
        }
        What::Group(g) if g.ing() && at == 0 => Some((Intro::Participle(None), at)),
        What::Conjunction(_) if listed(chunks, from, at) => None,
        What::Conjunction(_) => conjoined(chunks, at, at + 1, lexicon),
        What::Comma
            if matches!(
                chunks.get(at + 1).map(|c| &c.what),
                Some(What::Conjunction(_))
            ) =>
        {
            if listed(chunks, from, at) {
                return None;
            }
            conjoined(chunks, at + 1, at + 2, lexicon)
        }
        What::Comma => after_comma(chunks, at, from),
        _ => None,
    }
}

/// Whether a conjunction joins subjects: a phrase stands before it, one after it, and no verb yet.
fn listed(chunks: &[Chunk], from: usize, joint: usize) -> bool {
    let verb = (from..joint).any(|i| matches!(chunks[i].what, What::Group(_)));
    let before = joint > from && is_phrase(chunks.get(joint - 1));
    let after = match chunks.get(joint).map(|c| &c.what) {
        Some(What::Comma) => joint + 2,
        _ => joint + 1,
    };
    !verb && before && is_phrase(chunks.get(after))
}

/// `and defeated …`, `and the city fell`.
fn conjoined(
    chunks: &[Chunk],
    joint: usize,
    next: usize,
    _lexicon: &Lexicon,
) -> Option<(Intro, usize)> {
    let mut at = skip(chunks, next);
    // `and in 1467 at X defeated`
    while matches!(chunks.get(at).map(|c| &c.what), Some(What::Preposition(_)))
        && is_phrase(chunks.get(at + 1))
    {
        let after = skip(chunks, list_end(chunks, at + 1));
        if !(finite(chunks, after) || is_phrase(chunks.get(after))) {
            break;
        }
        at = after;
    }
    if group(chunks.get(at))
        .is_some_and(|g| g.finite() || g.bare() && !matches!(&g.verb, Some((Form::Base, _))))
    {
        return Some((Intro::Further, joint + 1));
    }
    if is_phrase(chunks.get(at)) {
        let end = skip(chunks, list_end(chunks, at));
        if finite(chunks, end) {
            return Some((Intro::Main, joint + 1));
        }
    }
    matches!(
        chunks.get(at).map(|c| &c.what),
        Some(What::Subordinator(_) | What::Relative(_) | What::Comma)
    )
    .then_some((Intro::Further, joint + 1))
}

fn after_comma(chunks: &[Chunk], comma: usize, from: usize) -> Option<(Intro, usize)> {
    let at = skip(chunks, comma + 1);
    if let Some(g) = group(chunks.get(at)) {
        if g.ing() {
            return Some((Intro::Participle(None), comma + 1));
        }
        return Some((Intro::Further, comma + 1));
    }
    if !is_phrase(chunks.get(at)) {
        return None;
    }
    let end = skip(chunks, phrase_end(chunks, at));
    let listed = skip(chunks, list_end(chunks, at));
    if finite(chunks, end) || finite(chunks, listed) && !listed_before(chunks, comma, from) {
        return Some((Intro::Main, comma + 1));
    }
    // A list goes on; anything else stands beside what came before.
    let mut start = comma;
    while start > from
        && (matches!(chunks[start - 1].what, What::Phrase(_) | What::Comma)
            || is_of(chunks.get(start - 1)))
    {
        start -= 1;
    }
    let begins = (start..comma).find(|i| is_phrase(chunks.get(*i)));
    let listed = begins.is_some_and(|b| list_end(chunks, b) > comma) && names_only(chunks, at);
    (!listed).then_some((Intro::Main, comma + 1))
}

/// Whether the phrases before a comma and the one after it make one list.
fn listed_before(chunks: &[Chunk], comma: usize, from: usize) -> bool {
    let begins = (from..comma)
        .rev()
        .take_while(|i| !matches!(chunks[*i].what, What::Group(_)))
        .find(|i| is_phrase(chunks.get(*i)));
    begins.is_some_and(|b| list_end(chunks, b) > comma + 1) && names_only(chunks, comma + 1)
}

pub(super) fn names_only(chunks: &[Chunk], at: usize) -> bool {
    match chunks.get(at).map(|c| &c.what) {
        Some(What::Phrase(p)) => p.final_name().is_some() && p.owner.is_none(),
        _ => false,
    }
}

/// The clauses of one segment.
fn of_segment(chunks: &[Chunk], segments: &[Segment], number: usize, clauses: &mut Vec<Clause>) {
    let segment = &segments[number];
    let range = segment.range.clone();
    let relative = segment.intro == Intro::Relative;
    let groups: Vec<usize> = range
        .clone()
        .filter(|i| {
            let after_to = *i > range.start
                && matches!(&chunks[i - 1].what, What::Preposition(p) if p == "to");
            group(chunks.get(*i)).is_some_and(|g| !(after_to && g.bare()))
        })
        .collect();
    let main = match relative {
        true => relatives::main_verb(chunks, &groups),
        false => main_group(chunks, &groups, &segment.intro),
    };
    let Some(main) = main else { return };
    for g in &groups {
        let own = *g == main;
        let bare = group(chunks.get(*g)).is_some_and(|g| g.bare() && !g.ing());
        let hangs = *g > range.start && is_phrase(chunks.get(g - 1));
        let end = groups.iter().find(|o| *o > g).copied().unwrap_or(range.end);
        let contact = relatives::contact(chunks, range.start, *g);
        if relative && *g > main && relatives::outer(chunks, *g) || !own && contact.is_some() {
            clauses.push(relatives::unread(number, *g, end));
            continue;
        }
        if !(own || bare && hangs) {
            continue;
        }
        // A verb group that hangs from the object ends what belongs to the verb before it.
        let before = groups.iter().take_while(|o| *o < g);
        let inner = before.filter_map(|o| relatives::contact(chunks, range.start, *o));
        let subject = match inner.min() {
            _ if !own => nearest_phrase(chunks, range.start, *g),
            Some(actor) => subject_of(chunks, range.start, actor),
            None => subject_of(chunks, range.start, *g),
        };
        clauses.push(Clause {
            intro: if own {
                segment.intro.clone()
            } else {
                Intro::Reduced
            },
            subject: subject.map_or(Subject::Missing, Subject::Own),
            verb: *g,
            rest: g + 1..end,
            whole: if own { range.clone() } else { *g..end },
            segment: number,
            shared: None,
            object: relatives::acted_on(chunks, segments, number, *g).filter(|_| own),
        });
    }
}

/// The verb group that the segment is about.
fn main_group(chunks: &[Chunk], groups: &[usize], intro: &Intro) -> Option<usize> {
    let first = groups.first().copied()?;
    if matches!(intro, Intro::Participle(_)) {
        return Some(first);
    }
    let helped = groups
        .iter()
        .copied()
        .find(|g| group(chunks.get(*g)).is_some_and(|g| !g.bare()));
    let first_bare = group(chunks.get(first)).is_some_and(Group::bare);
    if let Some(helped) = helped.filter(|h| *h != first && first_bare) {
        return Some(helped);
    }
    let by = |g: usize| matches!(chunks.get(g + 1).map(|c| &c.what), Some(What::Preposition(p)) if p == "by");
    if first_bare && by(first) && groups.len() > 1 {
        return groups.get(1).copied();
    }
    Some(first)
}

/// The last phrase before a verb that no preposition governs.
pub(super) fn subject_of(chunks: &[Chunk], from: usize, verb: usize) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = from;
    while at < verb {
        match &chunks[at].what {
            What::Preposition(_) if is_phrase(chunks.get(at + 1)) => at = list_end(chunks, at + 1),
            What::Phrase(_) => {
                let end = list_end(chunks, at).min(verb);
                found = Some(at..end);
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The phrase right before a verb that hangs from it.
fn nearest_phrase(chunks: &[Chunk], from: usize, verb: usize) -> Option<Range<usize>> {
    let last = (from..verb).rev().find(|i| is_phrase(chunks.get(*i)))?;
    let mut start = last;
    while start >= from + 2 && is_of(chunks.get(start - 1)) && is_phrase(chunks.get(start - 2)) {
        start -= 2;
    }
    Some(start..verb)
}

/// Gives clauses without a subject the one they hang from.
fn hang(
    chunks: &[Chunk],
    segments: &[Segment],
    clauses: &mut [Clause],
    person: &dyn Fn(&Phrase) -> bool,
) {
    for at in 0..clauses.len() {
        if clauses[at].subject != Subject::Missing {
            continue;
        }
        let clause = clauses[at].clone();
        let earlier = |wanted: &dyn Fn(&Clause) -> bool| {
            (0..at)
                .rev()
                .find(|i| wanted(&clauses[*i]) && clauses[*i].intro != Intro::Reduced)
        };
        clauses[at].subject = match &clause.intro {
            Intro::Relative => who(chunks, segments, clause.segment, person)
                .or_else(|| super::relatives::antecedent(chunks, segments, clause.segment))
                .map_or(Subject::Missing, Subject::Own),
            Intro::Participle(_) => {
                let main = earlier(&|c| !matches!(c.intro, Intro::Participle(_)))
                    .or_else(|| (at + 1..clauses.len()).find(|i| clauses[*i].intro == Intro::Main));
                main.map_or(Subject::Missing, Subject::Of)
            }
            Intro::Further | Intro::Main => {
                // A comma closed a remark: the phrase before it waits for its verb.
                let pending = pending(chunks, segments, clauses, clause.segment);
                match pending {
                    Some(range) => Subject::Own(range),
                    None => {
                        let closed = clause.segment > 0
                            && matches!(segments[clause.segment - 1].intro, Intro::Relative)
                            && clauses[..at].iter().any(|c| c.intro == Intro::Main)
                            && clause.verb > 0
                            && matches!(
                                chunks[segments[clause.segment - 1].range.end].what,
                                What::Comma
                            );
                        let before = if closed {
                            earlier(&|c| c.intro != Intro::Relative)
                        } else {
                            earlier(&|c| !matches!(c.intro, Intro::Participle(_)))
                        };
                        // `Otto came while Ugo slept, and fled`: either may have fled.
                        let under = |i: &usize| {
                            matches!(clauses[*i].intro, Intro::Subordinate(_))
                                && clauses[..*i].iter().any(|c| c.intro == Intro::Main)
                        };
                        let before = before.filter(|i| !under(i));
                        before.map_or(Subject::Missing, Subject::Of)
                    }
                }
            }
            Intro::Subordinate(_) | Intro::Reduced | Intro::Likewise => Subject::Missing,
        };
    }
}

/// The nearest person before `who`, if the pronoun is that.
fn who(
    chunks: &[Chunk],
    segments: &[Segment],
    segment: usize,
    person: &dyn Fn(&Phrase) -> bool,
) -> Option<Range<usize>> {
    let pronoun = segments.get(segment)?.range.start.checked_sub(1)?;
    if !matches!(&chunks[pronoun].what, What::Relative(w) if w == "who") {
        return None;
    }
    for at in (0..pronoun).rev() {
        match &chunks[at].what {
            What::Group(_) => return None,
            What::Phrase(phrase) if person(phrase) => return Some(at..at + 1),
            _ => {}
        }
    }
    None
}

/// A phrase of an earlier segment without a verb that no clause has taken.
fn pending(
    chunks: &[Chunk],
    segments: &[Segment],
    clauses: &[Clause],
    segment: usize,
) -> Option<Range<usize>> {
    for number in (0..segment).rev() {
        let taken = clauses
            .iter()
            .any(|c| c.segment == number && c.intro != Intro::Reduced);
        let relative = segments[number].intro == Intro::Relative;
        if taken && !relative {
            return None;
        }
        if taken {
            continue;
        }
        let range = segments[number].range.clone();
        let opens = number == 0 || clauses.iter().all(|c| c.segment != number - 1);
        let subject = subject_of(chunks, range.start, range.end);
        if let Some(subject) = subject
            .filter(|_| opens && (number == 0 || matches!(segments[number].intro, Intro::Main)))
        {
            // A remark beside another phrase is no subject.
            let remark = number > 0
                && segments[number - 1].range.end > 0
                && clauses.iter().all(|c| c.segment != number - 1)
                && subject_of(
                    chunks,
                    segments[number - 1].range.start,
                    segments[number - 1].range.end,
                )
                .is_some();
            if !remark {
                return Some(subject);
            }
        }
    }
    None
}

/// Verbs joined without objects between share what follows the last: `pursued, captured and
/// executed him`.
fn share(chunks: &[Chunk], clauses: &mut [Clause]) {
    for at in (0..clauses.len()).rev() {
        let nothing = clauses[at].rest.clone().all(|i| {
            matches!(
                chunks[i].what,
                What::Comma | What::Word(_) | What::Conjunction(_)
            )
        });
        let next = (at + 1..clauses.len()).find(|i| clauses[*i].intro != Intro::Reduced);
        if let Some(next) = next.filter(|n| {
            nothing
                && clauses[*n].intro == Intro::Further
                && matches!(clauses[*n].subject, Subject::Of(_))
        }) {
            let own_start = clauses[next].verb;
            let between = clauses[at].verb + 1..own_start;
            let close = between.clone().all(|i| {
                matches!(
                    chunks[i].what,
                    What::Comma | What::Word(_) | What::Conjunction(_)
                )
            });
            if close {
                clauses[at].shared = Some(clauses[next].shared.unwrap_or(next));
            }
        }
    }
}
