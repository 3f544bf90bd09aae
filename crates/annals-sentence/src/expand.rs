//! From the best ways of reading to readings: homonyms that fit alike make several of one.

use annals_chronicle::{EntityId, Role};

use crate::filler::{Chain, Content, Fill, Joiner};
use crate::matcher::{Matcher, quoted_words, unfilled};
use crate::parse::Candidate;
use crate::reading::{Reading, SlotContent, SlotFill, Target};
use crate::sentence::Sentence;
use crate::trie::Owner;

/// Most readings made of one sentence.
const READINGS_MAX: usize = 16;

/// Distinct readings, in the order found.
pub(crate) struct Expansion {
    pub(crate) readings: Vec<Reading>,
}

/// All distinct readings of equally good candidates, up to a bound.
pub(crate) fn readings(matcher: &Matcher, sentence: &Sentence, best: &[Candidate]) -> Expansion {
    let mut readings: Vec<Reading> = vec![];
    for candidate in best {
        for reading in of_candidate(matcher, sentence, candidate) {
            if readings.len() < READINGS_MAX && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    Expansion { readings }
}

/// The roles of a target.
pub(crate) fn roles_of(matcher: &Matcher, target: Target) -> &[Role] {
    match target {
        Target::Event(id) => &matcher.vocabulary.event_types[id.index()].roles,
        Target::Relation(id) => &matcher.vocabulary.relations[id.index()].roles,
    }
}

fn of_candidate(matcher: &Matcher, sentence: &Sentence, candidate: &Candidate) -> Vec<Reading> {
    let end = &matcher.sentences.ends[candidate.end as usize];
    let Owner::Sentence(target) = end.owner else {
        return vec![];
    };
    let roles = roles_of(matcher, target);
    let mut readings = vec![Reading {
        target,
        roles: vec![unfilled(sentence); roles.len()],
        tail: vec![],
        fixed_words: end.fixed_words,
    }];
    for (role, fill) in end.roles.iter().zip(&candidate.fills) {
        let choices = role_fills(sentence, fill, &roles[*role as usize]);
        readings = product(&readings, &choices, |reading, choice| {
            reading.roles[*role as usize] = choice;
        });
    }
    for part in &candidate.tail.parts {
        let Owner::Circumstance(id) = part.owner else {
            continue;
        };
        let choices = match &part.fill {
            Some(fill) => {
                let roles = &matcher.vocabulary.circumstances[id.index()].roles;
                role_fills(sentence, fill, &roles[0])
            }
            None => vec![unfilled(sentence)],
        };
        readings = product(&readings, &choices, |reading, choice| {
            reading.tail.push((id, choice));
        });
    }
    readings
}

fn product(
    readings: &[Reading],
    choices: &[SlotFill],
    put: impl Fn(&mut Reading, SlotFill),
) -> Vec<Reading> {
    let mut all = vec![];
    for reading in readings {
        for choice in choices {
            if all.len() < READINGS_MAX {
                let mut reading = reading.clone();
                put(&mut reading, choice.clone());
                all.push(reading);
            }
        }
    }
    all
}

/// What a fill may mean in a slot that takes things together (`2+`) or one by one.
fn role_fills(sentence: &Sentence, fill: &Fill, role: &Role) -> Vec<SlotFill> {
    let mut fills = slot_fills(sentence, fill);
    if role.together {
        for fill in &mut fills {
            if let SlotContent::List(things) = &mut fill.content {
                fill.content = SlotContent::Together(std::mem::take(things));
            }
        }
    }
    fills
}

/// What a fill may mean: several things where homonyms fit alike.
pub(crate) fn slot_fills(sentence: &Sentence, fill: &Fill) -> Vec<SlotFill> {
    let span = sentence.place(fill.start, fill.end);
    let contents = match &fill.content {
        Content::Hole => vec![SlotContent::Hole],
        Content::Text => vec![SlotContent::Text(quoted_words(sentence, fill.start))],
        Content::Number => {
            vec![SlotContent::Number(
                sentence.slice(fill.start, fill.end).to_owned(),
            )]
        }
        Content::Names(chain) => choices(chain)
            .into_iter()
            .map(|c| named(chain, c))
            .collect(),
    };
    contents
        .into_iter()
        .map(|content| SlotFill { content, span })
        .collect()
}

/// One thing for each name of a chain, in every way.
fn choices(chain: &Chain) -> Vec<Vec<EntityId>> {
    let mut rows: Vec<Vec<EntityId>> = vec![vec![]];
    for item in &chain.items {
        let mut longer = vec![];
        for row in &rows {
            for thing in item.things.iter() {
                if longer.len() < READINGS_MAX {
                    longer.push([row.as_slice(), &[*thing]].concat());
                }
            }
        }
        rows = longer;
    }
    rows
}

fn named(chain: &Chain, things: Vec<EntityId>) -> SlotContent {
    match (chain.joiner, &things[..]) {
        (Joiner::Single, [thing]) => SlotContent::One(*thing),
        (Joiner::Or, _) => SlotContent::OneOf(things),
        _ if chain.together => SlotContent::Together(things),
        _ => SlotContent::List(things),
    }
}
