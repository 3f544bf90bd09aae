//! Worlds: every way of settling who is who before any day is considered.
//!
//! A doubted identity holds or does not; an unnamed thing may be any other recorded in its
//! place; `A or B` in a role is one of them; `one of #a, #b` picks the event that happened. Each
//! of these is a dimension, a world settles all of them, and what is left of the chronicle is a
//! network. A question looks only along the dimensions that can have to do with it.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    ChoiceId, Chronicle, ClaimId, EntityId, EventId, Filler, Identity, IdentityId, Sentence,
};

use crate::premise::PremiseId;
use crate::scope::Scope;

/// More worlds than this are not looked at; answers then say that they are not proven.
const WORLDS_AT_MOST: usize = 256;

/// One way of settling who is who and which of several happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct World {
    /// Identities that hold.
    pub merged: Vec<IdentityId>,
    /// Unnamed things that are another.
    pub same: Vec<(EntityId, EntityId)>,
    /// Fillers of roles that leave a choice.
    pub fillers: BTreeMap<(ClaimId, u32), EntityId>,
    /// Whether each `unknown whether` that could lie within a stretch with movable ends does; the
    /// value is known there, so that it has no effect.
    pub within: BTreeMap<(ClaimId, ClaimId), bool>,
    /// The events of each `one of` that happened: one where the statement is accepted.
    pub chosen: Vec<(ChoiceId, Vec<EventId>)>,
}

/// One thing a world settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Matter {
    /// Whether an identity holds. An undoubted one holds wherever it is accepted.
    Identity(IdentityId),
    /// Who an unnamed thing is, if it is another.
    Unnamed(EntityId, Vec<EntityId>),
    /// Which of several fills a role.
    Filler(ClaimId, u32, Vec<EntityId>),
    /// Whether an `unknown whether` lies within the stretch that another claim tells of.
    Within(ClaimId, ClaimId),
    /// Which of several events happened.
    Choice(ChoiceId, Vec<EventId>),
}

/// A matter, and the premises whose constraints or bearings depend on how it is settled.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    pub matter: Matter,
    pub affects: BTreeSet<PremiseId>,
}

/// The entity that each entity stands for in a world, where it is another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Same(BTreeMap<EntityId, EntityId>);

impl Same {
    /// The entity that stands for one.
    pub fn of(&self, entity: EntityId) -> EntityId {
        self.0.get(&entity).copied().unwrap_or(entity)
    }
}

/// The worlds to be looked at, and whether these are all.
#[derive(Clone, Debug)]
pub(crate) struct Worlds {
    pub list: Vec<World>,
    pub complete: bool,
}

impl Matter {
    /// Every matter that the claims of a scope leave open.
    pub fn all(
        chronicle: &Chronicle,
        scope: &Scope,
        unnamed: Vec<(EntityId, Vec<EntityId>)>,
    ) -> Vec<Matter> {
        let identities = scope.identities.iter();
        let mut all: Vec<Matter> = identities.map(|i| Matter::Identity(*i)).collect();
        all.extend(
            unnamed
                .into_iter()
                .map(|(entity, others)| Matter::Unnamed(entity, others)),
        );
        for claim in scope.claims(chronicle) {
            let (Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. }) = &claim.sentence
            else {
                continue;
            };
            for (role, filler) in roles.iter().enumerate() {
                if let Filler::OneOf(options) = filler {
                    all.push(Matter::Filler(claim.id, role as u32, options.to_vec()));
                }
            }
        }
        for id in &scope.choices {
            let events = chronicle.choices[id.index()].events.clone();
            all.push(Matter::Choice(*id, events));
        }
        all
    }

    /// The ways of settling the matter where what it says is accepted.
    pub fn options(&self) -> usize {
        match self {
            Matter::Identity(_) | Matter::Within(..) => 2,
            Matter::Unnamed(_, others) => others.len() + 1,
            Matter::Filler(_, _, options) => options.len(),
            Matter::Choice(_, events) => events.len(),
        }
    }

    /// The ways that together show all that settling the matter can touch.
    pub fn samples(&self) -> usize {
        match self {
            Matter::Choice(_, events) => events.len() + 1,
            _ => self.options(),
        }
    }

    /// The ways of settling a `one of` that is not accepted: any of its events may have
    /// happened. It makes what is told of them conditional all the same.
    pub fn unaccepted(&self) -> Vec<usize> {
        match self {
            Matter::Choice(_, events) => (0..subsets(events.len()).len()).collect(),
            _ => vec![0],
        }
    }

    /// Settles the matter in a world in one of its ways.
    pub fn settle(&self, world: &mut World, option: usize) {
        match self {
            Matter::Identity(id) if option == 1 => world.merged.push(*id),
            Matter::Identity(_) => {}
            Matter::Unnamed(entity, others) => {
                let other = option.checked_sub(1).and_then(|o| others.get(o));
                world.same.extend(other.map(|o| (*entity, *o)));
            }
            Matter::Filler(claim, role, options) => {
                if let Some(entity) = options.get(option) {
                    world.fillers.insert((*claim, *role), *entity);
                }
            }
            Matter::Within(unknown, stretch) => {
                world.within.insert((*unknown, *stretch), option == 1);
            }
            Matter::Choice(choice, events) => {
                let subset = subsets(events.len()).get(option).copied().unwrap_or(0);
                let happened = events
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| subset & (1 << at) != 0)
                    .map(|(_, event)| *event);
                world.chosen.push((*choice, happened.collect()));
            }
        }
    }
}

/// The subsets of so many events, as bits: each event alone, all of them, then the others. Of
/// more than eight events there are more subsets than worlds that are looked at.
fn subsets(count: usize) -> Vec<u64> {
    let count = count.min(60);
    let all = (1u64 << count) - 1;
    let single = (0..count).map(|at| 1u64 << at);
    let others = (0..all.min(1 << 9)).filter(|set| set.count_ones() != 1);
    single.chain([all]).chain(others).collect()
}

impl Worlds {
    /// The one world in which nothing is settled yet.
    pub fn start() -> Worlds {
        Worlds {
            list: vec![World::default()],
            complete: true,
        }
    }

    /// Settles a matter in all the given ways, in every world so far.
    pub fn split(&mut self, matter: &Matter, options: &[usize]) {
        let Some(first) = options.first() else { return };
        if self.list.len() * options.len() > WORLDS_AT_MOST {
            self.complete = false;
            self.list.iter_mut().for_each(|w| matter.settle(w, *first));
            return;
        }
        let before = std::mem::take(&mut self.list);
        for world in before {
            for option in options {
                let mut next = world.clone();
                matter.settle(&mut next, *option);
                self.list.push(next);
            }
        }
    }
}

impl World {
    /// The entity each entity stands for: of those that are one, the one declared first.
    pub fn representatives(&self, chronicle: &Chronicle) -> Same {
        let mut same = Same::default();
        let merged = self.merged.iter().map(|i| {
            let Identity { a, b, .. } = &chronicle.identities[i.index()];
            (*a, *b)
        });
        for (a, b) in merged.chain(self.same.iter().copied()) {
            let (x, y) = (same.of(a), same.of(b));
            let (first, other) = (x.min(y), x.max(y));
            let of = same.0.values_mut();
            of.filter(|e| **e == other).for_each(|e| *e = first);
            same.0.extend([(a, first), (b, first), (other, first)]);
        }
        same
    }

    /// Whether an event happens in this world as far as `one of` statements go.
    pub fn happens(&self, chronicle: &Chronicle, event: EventId) -> bool {
        self.chosen.iter().all(|(choice, happened)| {
            happened.contains(&event) || !chronicle.choices[choice.index()].events.contains(&event)
        })
    }
}
