//! What the claims of a component say, apart from where they stand: components that say the same
//! come to the same, whatever their claims, events and things are numbered in the whole.
//!
//! Everything that sorting looks at is taken in, with numbers of claims, events and things
//! replaced by their places in the component, which keep their order. What is left out, the text,
//! its places, figures and notes, changes nothing about what fits together.

use annals_chronicle::{
    Anchor, Assumption, Attestation, Chronicle, Claim, ClaimId, DaySet, DetailValue, EntityId,
    EventId, Filler, Fluent, Origin, Part, Point, Sentence,
};

use crate::answer::{Conflict, Reading};
use crate::encode::lasting;
use crate::finding::Change;
use crate::scope::Scope;
use crate::sorted::Outcome;
use crate::travel::{lies, news_of, places_somebody, site, stays};

/// A fingerprint of 128 bits.
pub(crate) type Print = (u64, u64);

/// The numbers of a component's claims, events and things by their places in it.
pub(crate) struct Places<'s> {
    chronicle: &'s Chronicle,
    scope: &'s Scope,
    entities: Vec<EntityId>,
}

impl<'s> Places<'s> {
    /// Lists what the claims of a scope name.
    pub fn new(chronicle: &'s Chronicle, scope: &'s Scope) -> Places<'s> {
        let claims = scope.claims(chronicle);
        let mut entities: Vec<EntityId> = Vec::new();
        for claim in claims {
            entities.extend(named(claim));
            for stay in stays(chronicle, claim) {
                entities.extend(stay.who.all().iter().chain(stay.place.all()));
            }
            for (slot, _) in site(chronicle, claim) {
                entities.extend(slot.all());
            }
        }
        for id in &scope.identities {
            let identity = &chronicle.identities[id.index()];
            entities.extend([identity.a, identity.b]);
        }
        entities.extend(&scope.unnamed);
        entities.sort_unstable();
        entities.dedup();
        Places {
            chronicle,
            scope,
            entities,
        }
    }

    /// An outcome as it would be if the component stood alone.
    pub fn placed(&self, outcome: &Outcome) -> Outcome {
        outcome.renamed(&Names {
            claim: &|c| ClaimId(place(&self.scope.claims, c)),
            identity: &|i| annals_chronicle::IdentityId(place(&self.scope.identities, i)),
            choice: &|c| annals_chronicle::ChoiceId(place(&self.scope.choices, c)),
            entity: &|e| EntityId(place(&self.entities, e)),
        })
    }

    /// The outcome of a component that says the same, for this one.
    pub fn told(&self, outcome: &Outcome) -> Outcome {
        outcome.renamed(&Names {
            claim: &|c| self.scope.claims[c.index()],
            identity: &|i| self.scope.identities[i.index()],
            choice: &|c| self.scope.choices[c.index()],
            entity: &|e| self.entities[e.index()],
        })
    }

    /// The fingerprint of what is said; `seed` is that of what all components share.
    pub fn print(&self, seed: Print) -> Print {
        let mut mix = Mix(seed);
        for id in self.scope.events.iter() {
            let event = &self.chronicle.events[id.index()];
            mix.add(event.kind as u64 * 2 + u64::from(event.lasting));
            for claim in &event.claims {
                let claim = &self.chronicle.claims[claim.index()];
                mix.add(u64::from(lasting(claim)) * 2 + u64::from(claim.draft));
            }
        }
        for claim in self.scope.claims(self.chronicle) {
            self.claim(claim, &mut mix);
        }
        for id in &self.scope.identities {
            let identity = &self.chronicle.identities[id.index()];
            mix.add(u64::from(identity.doubted));
            self.entity(identity.a, &mut mix);
            self.entity(identity.b, &mut mix);
            attested(&identity.attestations, &mut mix);
        }
        for id in &self.scope.choices {
            let choice = &self.chronicle.choices[id.index()];
            choice.events.iter().for_each(|e| self.event(*e, &mut mix));
            attested(&choice.attestations, &mut mix);
        }
        for entity in &self.entities {
            let of = &self.chronicle.entities[entity.index()];
            mix.add(u64::from(of.unnamed) * 2 + u64::from(of.words));
            if let Some(lies) = lies(self.chronicle, *entity) {
                mix.day(lies.point.latitude_micro);
                mix.day(lies.point.longitude_micro);
                mix.add(lies.spread_m);
            }
            mix.add(u64::from(of.kind.0));
        }
        mix.0
    }

    fn claim(&self, claim: &Claim, mix: &mut Mix) {
        self.event(claim.event, mix);
        mix.add(claim.mode as u64 * 2 + u64::from(claim.doubted));
        let (tag, of, roles) = match &claim.sentence {
            Sentence::Happens {
                event_type, roles, ..
            } => (1, event_type.0, roles.as_slice()),
            Sentence::Holds {
                relation, roles, ..
            } => (2, relation.0, roles.as_slice()),
            Sentence::Text(_) => (3, 0, &[][..]),
        };
        mix.add(tag);
        mix.add(u64::from(of));
        for filler in roles {
            let (tag, things) = match filler {
                Filler::Unfilled => (1, &[][..]),
                Filler::Entities(things) => (2, things.as_slice()),
                Filler::OneOf(things) => (3, things.as_slice()),
                Filler::Number(_) => (4, &[][..]),
            };
            mix.add(tag * 1000 + things.len() as u64);
            things.iter().for_each(|e| self.entity(*e, mix));
        }
        for condition in &claim.when.conditions {
            let origin = match condition.origin {
                Origin::Claim => 0,
                Origin::Section(_) => 1,
                Origin::Detail(d) => 2 + u64::from(d),
            };
            let said = u64::from(condition.reported) * 2 + u64::from(condition.doubted);
            mix.add(1 << 40 | origin << 2 | said);
            condition
                .alternatives
                .iter()
                .for_each(|p| self.point(p, mix));
            if let Some(soft) = &condition.soft {
                mix.add(99);
                self.point(&soft.point, mix);
            }
        }
        for (index, detail) in claim.details.iter().enumerate() {
            mix.add(2 << 40 | u64::from(detail.doubted));
            match &detail.value {
                DetailValue::Length { least, most } => {
                    mix.day(*least);
                    mix.day(*most);
                }
                DetailValue::Keeps(template) => mix.add(u64::from(template.relation.0)),
                DetailValue::Entities(_)
                | DetailValue::Event(_)
                | DetailValue::Figures(_)
                | DetailValue::Text(_) => {}
            }
            mix.add(u64::from(places_somebody(
                self.chronicle,
                claim,
                index as u32,
            )));
            attested(&detail.attestations, mix);
        }
        self.whereabouts(claim, mix);
        attested(&claim.attestations, mix);
    }

    /// Who is where by it, and of what it brings news.
    fn whereabouts(&self, claim: &Claim, mix: &mut Mix) {
        for stay in stays(self.chronicle, claim) {
            mix.add(4 << 40 | stay.edge as u64);
            for thing in stay.who.all().iter().chain(stay.place.all()) {
                self.entity(*thing, mix);
            }
            stay.details.iter().for_each(|d| mix.add(u64::from(*d)));
        }
        for (slot, detail) in site(self.chronicle, claim) {
            mix.add(5 << 40 | u64::from(detail.map_or(0, |d| d + 1)));
            slot.all().iter().for_each(|e| self.entity(*e, mix));
        }
        for (detail, event) in news_of(claim) {
            mix.add(6 << 40 | u64::from(detail));
            self.event(event, mix);
        }
    }

    fn point(&self, point: &Point, mix: &mut Mix) {
        let anchored = |tag: u64, anchor: &Anchor, mix: &mut Mix| {
            mix.add(tag << 8 | anchor.bound as u64);
            self.event(anchor.event, mix);
        };
        let bound = |days: &Option<i32>, mix: &mut Mix| match days {
            Some(days) => mix.day(*days),
            None => mix.add(u64::MAX),
        };
        match point {
            Point::Undated => mix.add(1),
            Point::Always => mix.add(2),
            Point::On(days) => mix.days(3, Some(days)),
            Point::Throughout(days) => mix.days(4, Some(days)),
            Point::Span { from, to } => {
                mix.days(5, from.as_ref());
                mix.days(6, to.as_ref());
            }
            Point::After(anchor) => anchored(7, anchor, mix),
            Point::Before(anchor) => anchored(8, anchor, mix),
            Point::During(anchor) => anchored(9, anchor, mix),
            Point::At(anchor) => anchored(10, anchor, mix),
            Point::Offset {
                anchor,
                least,
                most,
            } => {
                anchored(11, anchor, mix);
                bound(least, mix);
                bound(most, mix);
            }
            Point::Cell {
                anchor,
                grid,
                offset,
            } => {
                anchored(12, anchor, mix);
                mix.day(*offset);
                let starts = &self.chronicle.grids[grid.index()].starts;
                starts.iter().for_each(|day| mix.day(day.0));
            }
        }
    }

    fn event(&self, event: EventId, mix: &mut Mix) {
        mix.add(u64::from(place(&self.scope.events, event)));
    }

    fn entity(&self, entity: EntityId, mix: &mut Mix) {
        mix.add(u64::from(place(&self.entities, entity)));
    }
}

/// The fingerprint of what all components share beside the vocabulary.
pub(crate) fn seed(chronicle: &Chronicle) -> Print {
    let mut mix = Mix((0x9e37_79b9_7f4a_7c15, 0x2545_f491_4f6c_dd1d));
    for day in chronicle.covers.iter().flat_map(|(f, l)| [f, l]) {
        mix.day(day.0);
    }
    for preference in &chronicle.preferences {
        mix.add(u64::from(preference.better.0));
        mix.add(u64::from(preference.worse.0));
    }
    for mover in &chronicle.movers {
        mix.add(mover.most_m);
        mover.carries.iter().for_each(|k| mix.add(u64::from(k.0)));
    }
    mix.0
}

/// New numbers for old ones.
pub(crate) struct Names<'n> {
    pub claim: &'n dyn Fn(ClaimId) -> ClaimId,
    pub identity: &'n dyn Fn(annals_chronicle::IdentityId) -> annals_chronicle::IdentityId,
    pub choice: &'n dyn Fn(annals_chronicle::ChoiceId) -> annals_chronicle::ChoiceId,
    pub entity: &'n dyn Fn(EntityId) -> EntityId,
}

impl Names<'_> {
    pub fn part(&self, part: Part) -> Part {
        match part {
            Part::Happened(c) => Part::Happened((self.claim)(c)),
            Part::Date(c, i) => Part::Date((self.claim)(c), i),
            Part::Role(c, i) => Part::Role((self.claim)(c), i),
            Part::Detail(c, i) => Part::Detail((self.claim)(c), i),
            Part::Identity(i) => Part::Identity((self.identity)(i)),
            Part::Choice(c) => Part::Choice((self.choice)(c)),
        }
    }

    pub fn assumption(&self, assumption: Assumption) -> Assumption {
        match assumption {
            Assumption::EndingFollows(c) => Assumption::EndingFollows((self.claim)(c)),
            Assumption::Width(c, i) => Assumption::Width((self.claim)(c), i),
        }
    }

    pub fn reading(&self, reading: &Reading) -> Reading {
        Reading {
            dropped: reading.dropped.iter().map(|p| self.part(*p)).collect(),
            preferred: reading.preferred,
        }
    }

    pub fn conflict(&self, conflict: &Conflict) -> Conflict {
        Conflict {
            parts: conflict.parts.iter().map(|p| self.part(*p)).collect(),
        }
    }

    pub fn fluent(&self, fluent: &Fluent) -> Fluent {
        Fluent {
            relation: fluent.relation,
            roles: fluent.roles.iter().map(|e| (self.entity)(*e)).collect(),
        }
    }

    pub fn change(&self, change: &Change) -> Change {
        change.renamed(self)
    }
}

/// The place of a number that is in a list.
pub(crate) fn place<T: Ord>(list: &[T], of: T) -> u32 {
    list.partition_point(|other| *other < of) as u32
}

fn named(claim: &Claim) -> impl Iterator<Item = EntityId> + '_ {
    let roles = match &claim.sentence {
        Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles.as_slice(),
        Sentence::Text(_) => &[],
    };
    roles.iter().flat_map(|filler| match filler {
        Filler::Entities(list) | Filler::OneOf(list) => list.iter().copied(),
        Filler::Unfilled | Filler::Number(_) => [].iter().copied(),
    })
}

fn attested(attestations: &[Attestation], mix: &mut Mix) {
    mix.add(3 << 40 | attestations.len() as u64);
    for attestation in attestations {
        mix.add(u64::from(attestation.source.0));
    }
}

/// Mixes numbers into a fingerprint, in their order.
struct Mix(Print);

impl Mix {
    fn add(&mut self, number: u64) {
        let (a, b) = &mut self.0;
        *a = (a.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
        *a ^= *a >> 29;
        *b = (b.rotate_left(23) ^ number.wrapping_add(0x9e37_79b9))
            .wrapping_mul(0xff51_afd7_ed55_8ccd);
        *b ^= *b >> 33;
    }

    fn day(&mut self, day: i32) {
        self.add(i64::from(day) as u64);
    }

    fn days(&mut self, tag: u64, days: Option<&DaySet>) {
        self.add(tag << 8);
        for range in days.iter().flat_map(|d| d.ranges()) {
            for day in [range.first, range.last] {
                match day {
                    Some(day) => self.day(day.0),
                    None => self.add(u64::MAX),
                }
            }
        }
    }
}
