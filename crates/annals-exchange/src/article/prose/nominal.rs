//! Events told by a noun: `after the conquest of Turfan`, `three days after Guo's departure`, `as a
//! result of a Tibetan invasion of the Tarim Basin`.
//!
//! Only where the words before it say that it happened is it claimed: after `after`, `during`,
//! `as a result of` and the like, and as the object of a verb that only an event can have: whoever
//! crushed a rebellion had one. A noun under any other word may be planned, feared or demanded.

use std::ops::Range;

use super::Prose;
use super::chunks::{Chunk, Phrase, What};
use super::clauses::phrase_end;
use super::dates::DateRef;
use super::leftovers::bytes;
use super::phrases::{Said, Saying, chains};
use super::sentence::{Desk, State};
use crate::article::lexicon::{Form, Lexicon};

/// How the clause around it stands to the event.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tie {
    /// A condition of its date, before the label: `after`.
    When(String),
    /// It is the reason.
    Because,
    /// The verb before it acts on it.
    Object,
}

impl State<'_> {
    /// Reads the nouns of events that a sentence asserts.
    pub(super) fn nominals(&mut self, desk: &mut Desk<'_>, prose: &mut Prose) {
        for at in 0..desk.chunks.len() {
            let object = acted_on(&desk.chunks, at, self.lexicon).filter(|_| desk.cues.is_empty());
            let found = tie(&desk.chunks, at, self.lexicon)
                .or_else(|| object.map(|phrase| (Tie::Object, phrase)));
            let Some((tie, phrase)) = found else {
                continue;
            };
            if desk.guards.at(desk.chunks[at].tokens.start).is_some() {
                continue;
            }
            self.look(desk, phrase);
            self.nominal(desk, at, phrase, tie, prose);
        }
    }

    fn nominal(
        &mut self,
        desk: &mut Desk<'_>,
        at: usize,
        phrase: usize,
        tie: Tie,
        prose: &mut Prose,
    ) {
        let end = phrase_end(&desk.chunks, phrase);
        let all = chains(&desk.chunks[phrase..end]);
        let Some(chain) = all.first() else { return };
        // `as a result of an invasion`: the noun behind the first `of` is meant.
        let (chain, opener): (&[&Phrase], _) = match chain.first().and_then(|p| p.head.as_deref()) {
            Some("result" | "consequence" | "course" | "wake" | "aftermath") => {
                (&chain[1..], at..phrase + 1)
            }
            _ => (chain, at..phrase),
        };
        let Some(head) = chain.first().and_then(|p| p.head.as_deref()) else {
            return;
        };
        if !self.lexicon.is_nominal(head) {
            return;
        }
        let sight = self.sight();
        let saying = Saying {
            context: &self.context,
            sight: &sight,
            apart: &[],
            subject: None,
            quotes: false,
        };
        let ways = saying.chain(chain);
        let by = agent(&saying, &desk.chunks, end);
        let read = ways
            .iter()
            .flat_map(|way| texts(way, &by))
            .find_map(|(text, why)| {
                let read = self.reader.read(&text, self.lexicon).filter(|r| r.event)?;
                Some((text, why, read))
            });
        let Some((text, why, read)) = read else {
            return;
        };
        let mut statement = self.bare(desk, &text, &read, "an event told by a noun");
        statement.remarks.extend(why);
        statement.reach.extend(bytes(desk, phrase..end));
        if by.is_some_and(|by| text.ends_with(&format!(" by {}", by.text))) {
            let upto = phrase_end(&desk.chunks, end + 1);
            statement.reach.extend(bytes(desk, end..upto));
        }
        if let Some(date) = own_date(&desk.chunks, end) {
            statement.when.push(date);
            self.dated_by(desk, end, &mut statement);
        }
        prose.statements.push(statement);
        let index = prose.statements.len() - 1;
        self.tie(desk, opener, index, &tie, prose);
    }

    /// Ties the clause around to the event.
    fn tie(
        &self,
        desk: &Desk<'_>,
        opener: Range<usize>,
        index: usize,
        tie: &Tie,
        prose: &mut Prose,
    ) {
        let at = opener.start;
        if prose.statements[index].label.is_none() {
            return;
        }
        let clauses = &desk.parts.clauses;
        let around = clauses.iter().position(|c| c.whole.contains(&at));
        let around = around.or_else(|| clauses.iter().position(|c| c.whole.start > at));
        let Some(around) = around else { return };
        let mut made = desk.made[around].clone();
        // `he came three days after X and took it`: what follows is later too.
        for (number, clause) in clauses.iter().enumerate().skip(around + 1) {
            let further = clause.intro == super::clauses::Intro::Further
                && matches!(tie, Tie::When(w) if w == "after");
            if further && clause.subject == super::clauses::Subject::Of(around) {
                made.extend(&desk.made[number]);
            }
        }
        for (number, one) in made.iter().enumerate() {
            let statement = &mut prose.statements[*one];
            if statement.timeless || *one == index {
                continue;
            }
            match tie {
                Tie::When(words) => {
                    let words = if number > 0 && words.contains(' ') {
                        "after"
                    } else {
                        words
                    };
                    statement.when.push(format!("{words} #{{{index}}}"));
                    statement.taken.extend(bytes(desk, opener.clone()));
                }
                Tie::Because => {
                    statement.details.push(format!("because of #{{{index}}}"));
                    statement.taken.extend(bytes(desk, opener.clone()));
                }
                Tie::Object => {}
            }
        }
    }
}

/// Whether an event's noun stands at a chunk in a way that says that it happened: how it ties, and
/// the chunk of its phrase.
fn tie(chunks: &[Chunk], at: usize, lexicon: &Lexicon) -> Option<(Tie, usize)> {
    let phrase =
        |i: usize| matches!(chunks.get(i).map(|c| &c.what), Some(What::Phrase(_))).then_some(i);
    match &chunks[at].what {
        What::Date(DateRef::From(words)) => Some((Tie::When(words.clone()), phrase(at + 1)?)),
        What::Preposition(p) if lexicon.is_any(&["before", "after"], p) => {
            Some((Tie::When(p.clone()), phrase(at + 1)?))
        }
        What::Preposition(p) if p == "following" => {
            Some((Tie::When("after".to_owned()), phrase(at + 1)?))
        }
        What::Preposition(p) if p == "during" => Some((Tie::When(p.clone()), phrase(at + 1)?)),
        What::Preposition(p) if p == "by" => Some((Tie::Because, phrase(at + 1)?)),
        What::Preposition(p) | What::Subordinator(p) if p == "as" || p == "in" => {
            let found = phrase(at + 1)?;
            match &chunks[found].what {
                What::Phrase(p)
                    if matches!(
                        p.head.as_deref(),
                        Some("result" | "consequence" | "aftermath" | "wake")
                    ) =>
                {
                    Some((Tie::Because, found))
                }
                _ => None,
            }
        }
        What::Subordinator(p) if p == "because" => {
            let of = matches!(chunks.get(at + 1).map(|c| &c.what), Some(What::Preposition(p)) if p == "of");
            Some((Tie::Because, phrase(at + 2).filter(|_| of)?))
        }
        _ => None,
    }
}

/// `crushed Carinthia's rebellion`: the phrase after a verb that tells of its object that it was.
fn acted_on(chunks: &[Chunk], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let What::Group(group) = &chunks[at].what else {
        return None;
    };
    let told = group.bare() && !group.negated && matches!(&group.verb, Some((Form::Past, _)));
    let What::Phrase(phrase) = &chunks.get(at + 1)?.what else {
        return None;
    };
    let event = phrase.head.as_deref();
    let event = event.is_some_and(|h| lexicon.is("event-noun", h));
    (told && event && lexicon.is("meeting-event", &group.word)).then_some(at + 1)
}

/// `by the Tibetans` after the noun.
fn agent(saying: &Saying<'_>, chunks: &[Chunk], end: usize) -> Option<Said> {
    let by = matches!(chunks.get(end).map(|c| &c.what), Some(What::Preposition(p)) if p == "by");
    let phrase = matches!(chunks.get(end + 1).map(|c| &c.what), Some(What::Phrase(_)));
    if !by || !phrase {
        return None;
    }
    saying
        .list(&chains(&chunks[end + 1..phrase_end(chunks, end + 1)]))
        .into_iter()
        .next()
}

fn texts(way: &Said, by: &Option<Said>) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    if let Some(by) = by {
        let why = way.why.iter().chain(&by.why).cloned().collect();
        all.push((format!("{} by {}", way.text, by.text), why));
    }
    all.push((way.text.clone(), way.why.clone()));
    all
}

/// The date right after the noun's phrase.
fn own_date(chunks: &[Chunk], end: usize) -> Option<String> {
    match chunks.get(end).map(|c| &c.what) {
        Some(What::Date(DateRef::Absolute(words, _))) => Some(words.clone()),
        _ => None,
    }
}

/// Whether a date stands right after an event's noun, so that it is the noun's and not the clause's.
pub fn owns_date(chunks: &[Chunk], date: usize, lexicon: &Lexicon) -> bool {
    let Some(mut at) = date.checked_sub(1) else {
        return false;
    };
    loop {
        let What::Phrase(phrase) = &chunks[at].what else {
            return false;
        };
        let nominal = phrase
            .head
            .as_deref()
            .is_some_and(|h| lexicon.is_nominal(h) && lexicon.is("event-noun", h));
        let of = at >= 2 && matches!(&chunks[at - 1].what, What::Preposition(p) if p == "of");
        if nominal && at > 0 {
            return tie(chunks, at - 1, lexicon).is_some();
        }
        if !of {
            return false;
        }
        at -= 2;
    }
}
