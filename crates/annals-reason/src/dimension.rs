//! Which matters claims leave open, and which premises depend on how each is settled.
//!
//! A question is asked only along the dimensions that can have to do with it, so what each
//! dimension affects must err on the side of too much: what differs between two worlds is looked
//! at from the usual world, and from those that settle a joined matter otherwise.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Claim, ClaimId, EntityId, Filler, Fluent, Part, Sentence};

use crate::bearing::{SlotKey, Status, slot_keys};
use crate::component::Component;
use crate::premise::PremiseId;
use crate::travel::{Slot, news_of, site, stays};
use crate::world::{Dimension, Matter, World, Worlds};

/// A matter, by its place among the dimensions, settled in one of its ways.
type Settled = (usize, usize);

impl Component {
    /// The world in which undoubted identities hold and all else is settled in the usual way.
    pub(crate) fn usual_world(&self) -> World {
        self.settled(&[])
    }

    /// The usual world, those that settle one matter otherwise, and those that settle two joined
    /// ones otherwise: together they show which premises any world can join.
    pub(crate) fn sample_worlds(&self) -> Vec<World> {
        let mut all = vec![self.usual_world()];
        for at in 0..self.dimensions.len() {
            for one in self.otherwise(at) {
                all.push(self.settled(&[one]));
                for partner in self.joined_to(at).filter(|p| *p > at) {
                    let pairs = self.otherwise(partner);
                    all.extend(pairs.map(|other| self.settled(&[one, other])));
                }
            }
        }
        all
    }

    fn settled(&self, otherwise: &[Settled]) -> World {
        let mut worlds = Worlds::start();
        for (at, dimension) in self.dimensions.iter().enumerate() {
            let own = otherwise.iter().find(|(a, _)| *a == at);
            let option = own.map_or_else(|| self.usual(&dimension.matter), |(_, option)| *option);
            worlds.split(&dimension.matter, &[option]);
        }
        worlds.list.swap_remove(0)
    }

    fn usual(&self, matter: &Matter) -> usize {
        match matter {
            Matter::Identity(i) => usize::from(!self.chronicle.identities[i.index()].doubted),
            _ => 0,
        }
    }

    /// A matter settled in each way but the usual one.
    fn otherwise(&self, at: usize) -> impl Iterator<Item = Settled> + use<> {
        let usual = self.usual(&self.dimensions[at].matter);
        let options = 0..self.dimensions[at].matter.samples();
        options.filter(move |o| *o != usual).map(move |o| (at, o))
    }

    /// The matters that claims leave open, each with the premises that depend on it: those of
    /// every constraint and bearing that differs from the usual world. Matters about one thing
    /// are taken together, because only settled together may they join others.
    pub(crate) fn find_dimensions(&mut self) -> Vec<Dimension> {
        let mut matters = Matter::all(&self.chronicle, &self.scope, self.unnamed_candidates());
        matters.extend(self.unknown_within_stretches());
        self.dimensions = matters
            .into_iter()
            .map(|matter| Dimension {
                matter,
                affects: BTreeSet::new(),
            })
            .collect();
        let affects: Vec<BTreeSet<PremiseId>> = (0..self.dimensions.len())
            .map(|at| self.affected(at))
            .collect();
        let mut dimensions = self.dimensions.clone();
        for (at, dimension) in dimensions.iter_mut().enumerate() {
            for (other, premises) in self.dimensions.iter().zip(&affects) {
                if self.share(&self.dimensions[at].matter, &other.matter) {
                    dimension.affects.extend(premises);
                }
            }
            dimension.affects.extend(&affects[at]);
        }
        dimensions
    }

    fn affected(&self, at: usize) -> BTreeSet<PremiseId> {
        let joined = self.joined_to(at);
        let mut contexts: Vec<Option<Settled>> = vec![None];
        contexts.extend(joined.flat_map(|partner| self.otherwise(partner)).map(Some));
        let mut premises = BTreeSet::new();
        for context in contexts {
            let context: Vec<Settled> = context.into_iter().collect();
            let usual = self.encoded(&self.settled(&context));
            for other in self.otherwise(at) {
                let world = self.settled(&[context.as_slice(), &[other]].concat());
                premises.extend(usual.differing(&self.encoded(&world)));
            }
        }
        match &self.dimensions[at].matter {
            Matter::Identity(i) => {
                premises.extend(self.premises.part(Part::Identity(*i)));
                let mut partners = self.joined_to(at).map(|p| &self.dimensions[p].matter);
                if partners.any(|p| matches!(p, Matter::Filler(..))) {
                    // Who fills a role may be one of these only once both matters are settled.
                    let things = self.things(&self.dimensions[at].matter);
                    premises.extend(self.naming(&things));
                }
            }
            Matter::Choice(choice, events) => {
                premises.extend(self.premises.part(Part::Choice(*choice)));
                // A world in which the chosen event has no possible date is none.
                for event in events {
                    let claims = &self.chronicle.events[event.index()].claims;
                    premises.extend(claims.iter().flat_map(|c| self.premises.of_claim(*c)));
                }
            }
            Matter::Filler(claim, ..) => premises.extend(self.travelling(*claim)),
            Matter::Unnamed(..) | Matter::Within(..) => {}
        }
        premises
    }

    /// What tells of the ways of those whom a claim may put somewhere, where it leaves open whom or
    /// where: which way matters may show only once another claim's choice is settled too.
    fn travelling(&self, claim: ClaimId) -> Vec<PremiseId> {
        let open = |slot: &Slot| matches!(slot, Slot::OneOf(..));
        let chronicle = &self.chronicle;
        let own = &chronicle.claims[claim.index()];
        let put = stays(chronicle, own);
        let told = site(chronicle, own).iter().any(|(slot, _)| open(slot));
        if chronicle.movers.is_empty()
            || !told && !put.iter().any(|s| open(&s.who) || open(&s.place))
        {
            return vec![];
        }
        let known: BTreeSet<EntityId> = put.iter().flat_map(|s| s.who.all()).copied().collect();
        // Where names may be one, anybody's way may be theirs.
        let all = !self.scope.identities.is_empty() || !self.scope.unnamed.is_empty();
        let concerned = |other: &Claim| {
            let mut ways = stays(chronicle, other).into_iter();
            ways.any(|s| all || s.who.all().iter().any(|e| known.contains(e)))
                || news_of(other).next().is_some()
        };
        let claims = self.scope.claims(chronicle).filter(|c| concerned(c));
        claims.flat_map(|c| self.premises.of_claim(c.id)).collect()
    }

    /// That the claims happened which name one of some things, or may name it.
    fn naming(&self, things: &[EntityId]) -> Vec<PremiseId> {
        let names = |filler: &Filler| match filler {
            Filler::Entities(list) | Filler::OneOf(list) => list.iter().any(|e| things.contains(e)),
            _ => false,
        };
        let claims = self.scope.claims(&self.chronicle);
        let named: Vec<ClaimId> = claims
            .filter(|c| match &c.sentence {
                Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => {
                    roles.iter().any(names)
                }
                Sentence::Text(_) => false,
            })
            .map(|c| c.id)
            .collect();
        named
            .into_iter()
            .filter_map(|c| self.premises.part(Part::Happened(c)))
            .collect()
    }

    /// The matters that can change what another does: which event happened bears on all that is
    /// told of it, and who fills a role on whether it matters who that is.
    fn joined_to(&self, at: usize) -> impl Iterator<Item = usize> {
        let own = &self.dimensions[at].matter;
        let all = self.dimensions.iter().enumerate();
        all.filter(move |(index, _)| *index != at)
            .filter(move |(_, other)| match (own, &other.matter) {
                (Matter::Choice(..), _) | (_, Matter::Choice(..)) => true,
                (Matter::Filler(..), Matter::Filler(..)) => false,
                (Matter::Filler(..), other) | (other, Matter::Filler(..)) => {
                    self.share(own, other) || self.share(other, own)
                }
                _ => false,
            })
            .map(|(index, _)| index)
    }

    fn share(&self, a: &Matter, b: &Matter) -> bool {
        let (a, b) = (self.things(a), self.things(b));
        a.iter().any(|e| b.contains(e))
    }

    fn things(&self, matter: &Matter) -> Vec<EntityId> {
        match matter {
            Matter::Identity(i) => {
                let identity = &self.chronicle.identities[i.index()];
                vec![identity.a, identity.b]
            }
            Matter::Unnamed(entity, _) => vec![*entity],
            Matter::Filler(_, _, options) => options.clone(),
            Matter::Within(..) | Matter::Choice(..) => vec![],
        }
    }

    /// Whom an unnamed thing may be: those recorded in a slot where it is recorded too.
    fn unnamed_candidates(&self) -> Vec<(EntityId, Vec<EntityId>)> {
        if self.scope.unnamed.is_empty() {
            return vec![];
        }
        let slots = self.slots_by_any_filling();
        let mut all = Vec::new();
        for unnamed in &self.scope.unnamed {
            let mut others = Vec::new();
            for fluents in slots.values() {
                for fluent in fluents {
                    let Some(role) = fluent.roles.iter().position(|e| e == unnamed) else {
                        continue;
                    };
                    let rivals = fluents
                        .iter()
                        .filter(|f| f.roles.len() == fluent.roles.len());
                    others.extend(rivals.map(|f| f.roles[role]));
                }
            }
            others.retain(|e| e != unnamed);
            others.sort_unstable();
            others.dedup();
            all.push((*unnamed, others));
        }
        all
    }

    /// The fluents of every slot, whichever of several fills a role.
    fn slots_by_any_filling(&self) -> BTreeMap<SlotKey, BTreeSet<Fluent>> {
        let mut worlds = vec![World::default()];
        for matter in Matter::all(&self.chronicle, &self.scope, vec![]) {
            if let Matter::Filler(_, _, options) = &matter {
                for option in 0..options.len() {
                    let mut world = World::default();
                    matter.settle(&mut world, option);
                    worlds.push(world);
                }
            }
        }
        let mut slots: BTreeMap<SlotKey, BTreeSet<Fluent>> = BTreeMap::new();
        for world in worlds {
            let encoded = self.encoded(&world);
            let borne = encoded.bearings.iter().map(|b| &b.fluent);
            for fluent in borne.chain(&encoded.recorded) {
                for key in slot_keys(&self.chronicle, fluent) {
                    slots.entry(key).or_default().insert(fluent.clone());
                }
            }
        }
        slots
    }

    /// Every `unknown whether` beside a stretch whose ends are moments and which settles the same
    /// fluent: what the stretch tells is known, so nothing becomes unrecorded within it.
    fn unknown_within_stretches(&self) -> Vec<Matter> {
        let encoded = self.encoded(&World::default());
        let claims = |needs: &[PremiseId]| needs.first().and_then(|p| self.premises.claim(*p));
        let mut pairs = BTreeSet::new();
        for stretch in encoded
            .stretches
            .iter()
            .filter(|s| !s.period.moving.is_empty())
        {
            for bearing in &encoded.bearings {
                if bearing.after == Some(Status::Unrecorded)
                    && stretch.settles(&self.chronicle, &bearing.fluent)
                {
                    pairs.extend(claims(&bearing.needs).zip(claims(&stretch.needs)));
                }
            }
        }
        let matters = pairs.into_iter();
        matters.map(|(u, s)| Matter::Within(u, s)).collect()
    }
}
