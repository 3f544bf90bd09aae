//! Two compilations of one text side by side: which event, state and part of the one is which of
//! the other.
//!
//! Numbers may shift between them, places and names do not: a claim is known by its line, a thing
//! by its name and kind.

use std::collections::BTreeMap;

use annals_chronicle::{
    ClaimId, Day, Edge, EntityId, EventId, Fluent, KindId, Moment, Part, RelationId, Verdict,
};
use annals_reason::{Bounds, Reasoner, Stretch};
use annals_text::Span;

use crate::ask::Asker;

/// A claim by its line and its number among the claims of that line.
pub(crate) type ClaimKey = (Span, u32);

/// A state by its relation and the names and kinds that fill its roles.
pub(crate) type FluentKey = (RelationId, Vec<(String, KindId)>);

/// A part of a claim, an identity or a choice: its sort, its claim, its own place or number.
pub(crate) type PartKey = (u8, ClaimKey, Span, u32);

/// The days of an event's start, and of its end where it lasts.
pub(crate) type EventBounds = (Bounds, Option<Bounds>);

/// A run of days with a verdict on each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub first: Day,
    pub last: Day,
    pub verdicts: (Verdict, Verdict),
}

impl Asker<'_> {
    pub(crate) fn claim_key(&self, id: ClaimId) -> ClaimKey {
        let claim = self.claim(id);
        let before = self.chronicle.claims[..id.index()].iter().rev();
        let nth = before.take_while(|c| c.span == claim.span).count();
        (claim.span, nth as u32)
    }

    /// Events by the first claim that tells of them.
    pub(crate) fn events_by_key(&self) -> BTreeMap<ClaimKey, EventId> {
        let events = self.chronicle.events.iter();
        events
            .filter_map(|e| Some((self.claim_key(*e.claims.first()?), e.id)))
            .collect()
    }

    pub(crate) fn fluents_by_key(&self) -> BTreeMap<FluentKey, Fluent> {
        let fluents = self.reasoner.fluents().iter();
        fluents
            // What a thing is to itself is an echo of an identity.
            .filter(|f| f.roles.len() < 2 || f.roles.iter().any(|r| *r != f.roles[0]))
            .map(|f| {
                let roles = f.roles.iter().map(|id| {
                    let entity = &self.chronicle.entities[id.index()];
                    (entity.name.clone(), entity.kind)
                });
                ((f.relation, roles.collect()), f.clone())
            })
            .collect()
    }

    /// The state of a key with the numbers of this side; `None` where a name is not known here.
    pub(crate) fn fluent_of_key(&self, (relation, roles): &FluentKey) -> Option<Fluent> {
        let roles: Option<Vec<EntityId>> = roles
            .iter()
            .map(|(name, kind)| {
                let mut entities = self.chronicle.entities.iter();
                let found = entities.find(|e| e.name == *name && e.kind == *kind);
                // A name that is a thing of its own on one side may be a further name here.
                let further = || {
                    let mut entities = self.chronicle.entities.iter();
                    entities.find(|e| e.kind == *kind && e.names.iter().any(|n| n.text == *name))
                };
                found.or_else(further).map(|e| e.id)
            })
            .collect();
        roles.map(|roles| Fluent {
            relation: *relation,
            roles,
        })
    }

    /// Dates and details are known by their own words: those before them may be gone.
    pub(crate) fn part_key(&self, part: Part) -> PartKey {
        let whole = |id: ClaimId| self.claim(id).span;
        let chronicle = self.chronicle;
        match part {
            Part::Happened(id) => (0, self.claim_key(id), whole(id), 0),
            Part::Date(id, index) => {
                let condition = self.claim(id).when.conditions.get(index as usize);
                let span = condition.map_or(whole(id), |c| c.span);
                (1, self.claim_key(id), span, 0)
            }
            Part::Role(id, index) => (2, self.claim_key(id), whole(id), index),
            Part::Detail(id, index) => {
                let detail = self.claim(id).details.get(index as usize);
                let span = detail.map_or(whole(id), |d| d.span);
                (3, self.claim_key(id), span, 0)
            }
            Part::Identity(id) => {
                let span = chronicle.identities[id.index()].span;
                let before = chronicle.identities[..id.index()].iter();
                let nth = before.filter(|b| b.span == span).count() as u32;
                (4, (span, nth), span, 0)
            }
            Part::Choice(id) => {
                let span = chronicle.choices[id.index()].span;
                (5, (span, 0), span, 0)
            }
        }
    }

    /// The claim that a part is of, whichever of its parts it is; what is of no claim is itself.
    pub(crate) fn statement_key(&self, part: Part) -> PartKey {
        match part.claim() {
            Some(claim) => self.part_key(Part::Happened(claim)),
            None => self.part_key(part),
        }
    }

    pub(crate) fn part_keys(&self, parts: impl Iterator<Item = Part>) -> Vec<PartKey> {
        let mut keys: Vec<PartKey> = parts.map(|p| self.part_key(p)).collect();
        keys.sort();
        keys
    }

    /// The days the chronicle speaks of, for every one of some states.
    pub(crate) fn reach_of(&self, fluents: &[Option<Fluent>]) -> Option<(Day, Day)> {
        let times = fluents.iter().flatten().map(|f| self.whole_time_of(f));
        times.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// Everything the two sides answer, one thread a side: they share nothing.
pub(crate) fn both<T: Send>(
    sides: [&Asker<'_>; 2],
    ask: impl Fn(usize, &Reasoner) -> T + Sync,
) -> [T; 2] {
    let [first, second] = sides.map(|side| side.reasoner);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| ask(1, second));
        let one = ask(0, first);
        [one, other.join().expect("the engine does not panic")]
    })
}

/// The days of events.
pub(crate) fn bounds_of(
    reasoner: &Reasoner,
    events: &[Option<EventId>],
) -> Vec<Option<EventBounds>> {
    let known = &reasoner.chronicle().events;
    let of = |event: EventId, edge| reasoner.bounds(Moment { event, edge });
    events
        .iter()
        .map(|event| {
            let event = (*event)?;
            let lasting = known[event.index()].lasting;
            Some((
                of(event, Edge::Start),
                lasting.then(|| of(event, Edge::End)),
            ))
        })
        .collect()
}

/// The verdicts on states through a time; unknown throughout where a state cannot be said.
pub(crate) fn histories_of(
    reasoner: &Reasoner,
    fluents: &[Option<Fluent>],
    (first, last): (Day, Day),
) -> Vec<Vec<Stretch>> {
    let unsaid = Stretch {
        first,
        last,
        verdict: Verdict::Unknown,
    };
    fluents
        .iter()
        .map(|fluent| match fluent {
            Some(fluent) => reasoner.history(fluent, first, last),
            None => vec![unsaid],
        })
        .collect()
}

/// Two tilings of one time cut wherever either changes.
pub(crate) fn paired(one: &[Stretch], other: &[Stretch]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut next = None;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        let first = next.unwrap_or(a.first.max(b.first));
        let last = a.last.min(b.last);
        let verdicts = (a.verdict, b.verdict);
        match pairs.last_mut() {
            Some(before) if before.verdicts == verdicts => before.last = last,
            _ => pairs.push(Pair {
                first,
                last,
                verdicts,
            }),
        }
        next = Some(Day(last.0.saturating_add(1)));
        let (a_ends, b_ends) = (a.last == last, b.last == last);
        if a_ends {
            one.next();
        }
        if b_ends {
            other.next();
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(first: i32, last: i32, verdict: Verdict) -> Stretch {
        Stretch {
            first: Day(first),
            last: Day(last),
            verdict,
        }
    }

    #[test]
    fn tilings_are_cut_where_either_changes() {
        let one = [
            stretch(1, 4, Verdict::Unknown),
            stretch(5, 9, Verdict::Certain),
        ];
        let other = [
            stretch(1, 6, Verdict::Unknown),
            stretch(7, 9, Verdict::Possible),
        ];
        let cut: Vec<_> = paired(&one, &other)
            .iter()
            .map(|p| (p.first.0, p.last.0, p.verdicts))
            .collect();
        assert_eq!(
            cut,
            [
                (1, 4, (Verdict::Unknown, Verdict::Unknown)),
                (5, 6, (Verdict::Certain, Verdict::Unknown)),
                (7, 9, (Verdict::Certain, Verdict::Possible)),
            ]
        );
    }
}
