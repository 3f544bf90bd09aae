//! What a change of the text may not change: the engine against itself.
//!
//! Another undoubted claim never makes a contradiction go away, and neither the order of lines
//! nor the names of labels and things decide anything.

use std::collections::BTreeSet;

use annals_chronicle::{
    Chronicle, ClaimId, Day, Edge, EntityId, EventId, Filler, Fluent, Moment, Part, Sentence,
    Verdict,
};
use annals_reason::{At, Reasoner};

use crate::case::{Case, anchors, describe_days, renamed};
use crate::compare::Check;
use crate::fluents::{self, Fluents};

/// Every conflict without the draft, and without the last line, is or contains one with it.
pub fn compare_added(case: &Case, check: &mut Check) -> Result<(), String> {
    let mut whole = case.clone();
    whole.lines.iter_mut().for_each(|l| l.draft = false);
    added(case, &whole, check)?;
    let last = whole.lines.len() - 1;
    let of_last = |p| anchors(p) == Some(last);
    let mut places = whole.lines.iter().flat_map(|l| &l.when);
    let hung_from = places.any(|p| p.alternatives.iter().any(of_last));
    let chosen = whole.choice.is_some_and(|(a, b)| a == last || b == last);
    match whole.without_line(last) {
        Some(before) if !hung_from && !chosen => added(&before, &whole, check),
        _ => Ok(()),
    }
}

fn added(before: &Case, after: &Case, check: &mut Check) -> Result<(), String> {
    let before = Reasoner::new(&before.chronicle());
    let after = Reasoner::new(&after.chronicle());
    if !after.conflicts_complete() {
        return Ok(());
    }
    for conflict in before.conflicts() {
        let within = |c: &[Part]| c.iter().all(|p| conflict.parts.contains(p));
        let stays = after.conflicts().iter().any(|c| within(&c.parts));
        check.same(&stays, &true, || format!("{conflict:?} stays"))?;
    }
    Ok(())
}

/// Every answer is the same with the claims, the events and the things in another order.
pub fn compare_shuffled(case: &Case, check: &mut Check) -> Result<(), String> {
    let chronicle = case.chronicle();
    let reasoner = Reasoner::new(&chronicle);
    for turn in [Turn::Back, Turn::Round] {
        let other = Shuffle::new(&chronicle, turn);
        other.compare(&reasoner, case.max, check)?;
    }
    Ok(())
}

/// How a list is put in another order.
#[derive(Clone, Copy)]
enum Turn {
    /// Last first.
    Back,
    /// First last.
    Round,
}

impl Turn {
    /// The new place of each member of a list.
    fn places(self, count: usize) -> Vec<u32> {
        let place = |old: usize| match self {
            Turn::Back => count - 1 - old,
            Turn::Round => (old + count - 1) % count,
        };
        (0..count).map(|old| place(old) as u32).collect()
    }
}

/// A chronicle in another order: the new number of everything by its old one.
struct Shuffle<'c> {
    old: &'c Chronicle,
    claims: Vec<u32>,
    events: Vec<u32>,
    things: Vec<u32>,
}

impl Shuffle<'_> {
    fn new(old: &Chronicle, turn: Turn) -> Shuffle<'_> {
        Shuffle {
            old,
            claims: turn.places(old.claims.len()),
            events: turn.places(old.events.len()),
            things: turn.places(old.entities.len()),
        }
    }

    fn claim(&self, old: ClaimId) -> ClaimId {
        ClaimId(self.claims[old.index()])
    }

    fn event(&self, old: EventId) -> EventId {
        EventId(self.events[old.index()])
    }

    fn thing(&self, old: EntityId) -> EntityId {
        // What stands for an open role is no thing.
        let new = self.things.get(old.index());
        new.map_or(old, |new| EntityId(*new))
    }

    fn fluent(&self, old: &Fluent) -> Fluent {
        let roles = old.roles.iter().map(|e| self.thing(*e)).collect();
        fluents::fluent(self.old, old.relation, roles)
    }

    fn part(&self, old: Part) -> Part {
        match old {
            Part::Happened(c) => Part::Happened(self.claim(c)),
            Part::Date(c, i) => Part::Date(self.claim(c), i),
            Part::Role(c, i) => Part::Role(self.claim(c), i),
            Part::Detail(c, i) => Part::Detail(self.claim(c), i),
            Part::Identity(_) | Part::Choice(_) => old,
        }
    }

    fn parts(&self, old: &[Part]) -> BTreeSet<Part> {
        old.iter().map(|p| self.part(*p)).collect()
    }

    fn chronicle(&self) -> Chronicle {
        let mut new = self.old.clone();
        for claim in &mut new.claims {
            claim.id = self.claim(claim.id);
            claim.event = self.event(claim.event);
            if let Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } =
                &mut claim.sentence
            {
                roles.iter_mut().for_each(|filler| self.refill(filler));
            }
            for condition in &mut claim.when.conditions {
                for point in &mut condition.alternatives {
                    *point = renamed(point, &|e| self.event(e));
                }
            }
        }
        for event in &mut new.events {
            event.id = self.event(event.id);
            event.label = Some(format!("told{}", event.id.0).into());
            event.claims.iter_mut().for_each(|c| *c = self.claim(*c));
            event.claims.sort();
        }
        for entity in &mut new.entities {
            entity.id = self.thing(entity.id);
        }
        for identity in &mut new.identities {
            (identity.a, identity.b) = (self.thing(identity.a), self.thing(identity.b));
        }
        for choice in &mut new.choices {
            choice.events.iter_mut().for_each(|e| *e = self.event(*e));
        }
        new.claims.sort_by_key(|c| c.id);
        new.events.sort_by_key(|e| e.id);
        new.entities.sort_by_key(|e| e.id);
        new
    }

    fn refill(&self, filler: &mut Filler) {
        if let Filler::Entities(things) | Filler::OneOf(things) = filler {
            things.iter_mut().for_each(|e| *e = self.thing(*e));
        }
    }

    fn compare(&self, old: &Reasoner, max: i32, check: &mut Check) -> Result<(), String> {
        let new = Reasoner::new(&self.chronicle());
        let conflicts = |all: &Reasoner, f: &dyn Fn(&[Part]) -> BTreeSet<Part>| -> BTreeSet<_> {
            all.conflicts().iter().map(|c| f(&c.parts)).collect()
        };
        let as_it_is = |parts: &[Part]| parts.iter().copied().collect();
        let renamed = |parts: &[Part]| self.parts(parts);
        check.same(
            &conflicts(&new, &as_it_is),
            &conflicts(old, &renamed),
            || "conflicts in another order".to_string(),
        )?;
        let readings = |all: &Reasoner, f: &dyn Fn(&[Part]) -> BTreeSet<Part>| -> BTreeSet<_> {
            let all = all.readings().iter();
            all.map(|r| (f(&r.dropped), r.preferred)).collect()
        };
        check.same(&readings(&new, &as_it_is), &readings(old, &renamed), || {
            "readings in another order".to_string()
        })?;
        self.compare_states(old, &new, max, check)?;
        self.compare_days(old, &new, check)
    }

    fn compare_states(
        &self,
        old: &Reasoner,
        new: &Reasoner,
        max: i32,
        check: &mut Check,
    ) -> Result<(), String> {
        for fluent in &Fluents::new(self.old).list {
            for day in -1..=max + 1 {
                let shown = |reasoner: &Reasoner, fluent: &Fluent| {
                    let j = reasoner.judge(fluent, At::Day(Day(day)));
                    let disputed: BTreeSet<Verdict> = j.disputed.iter().map(|d| d.1).collect();
                    (
                        j.verdict,
                        (j.can_true, j.can_false, j.can_unrecorded),
                        j.proven,
                        disputed,
                    )
                };
                let words = || format!("{fluent:?} on day {day} in another order");
                check.same(
                    &shown(new, &self.fluent(fluent)),
                    &shown(old, fluent),
                    words,
                )?;
            }
        }
        Ok(())
    }

    fn compare_days(
        &self,
        old: &Reasoner,
        new: &Reasoner,
        check: &mut Check,
    ) -> Result<(), String> {
        for event in &self.old.events {
            for edge in [Edge::Start, Edge::End] {
                let of = |reasoner: &Reasoner, event: EventId| {
                    let bounds = reasoner.bounds(Moment { event, edge });
                    (describe_days(&bounds.days), bounds.proven)
                };
                let renamed = self.event(event.id);
                check.same(&of(new, renamed), &of(old, event.id), || {
                    format!("{edge:?} of {:?} in another order", event.id)
                })?;
            }
        }
        Ok(())
    }
}
