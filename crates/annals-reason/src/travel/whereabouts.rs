//! Who is said to be where, thing by thing: what journeys lead between.

use std::collections::BTreeMap;

use annals_chronicle::{Chronicle, Claim, ClaimId, Edge, EntityId, Mode, Moment};

use super::distance::lies;
use super::journey::Stop;
use super::said::{Slot, Stay, stays_if_true};

/// A stop as a claim of a mode tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub stop: Stop,
    /// Every place that it may be: one, unless the claim leaves a choice.
    pub places: Vec<EntityId>,
    pub mode: Mode,
}

/// What the claims of a chronicle say of who is where.
pub(super) struct Whereabouts<'r> {
    chronicle: &'r Chronicle,
    /// Of things that are surely the same, the name that stands for all.
    same: BTreeMap<EntityId, EntityId>,
    /// Who would be where by which claim.
    stays: Vec<(ClaimId, Vec<Stay>)>,
    /// The claims by which a thing comes to a place, by both.
    pub arrivals: BTreeMap<(EntityId, EntityId), Vec<ClaimId>>,
}

/// Whether a claim says what was meant to be.
pub(super) fn is_plan(mode: Mode) -> bool {
    matches!(mode, Mode::Planned | Mode::Expected | Mode::Ordered)
}

impl<'r> Whereabouts<'r> {
    /// Gathers it.
    pub fn new(chronicle: &'r Chronicle) -> Whereabouts<'r> {
        let mut whereabouts = Whereabouts {
            chronicle,
            same: same(chronicle),
            stays: Vec::new(),
            arrivals: BTreeMap::new(),
        };
        let stays = |claim: &Claim| (claim.id, stays_if_true(chronicle, claim));
        let told = whereabouts.claims().map(stays);
        whereabouts.stays = told.filter(|(_, stays)| !stays.is_empty()).collect();
        for (claim, stays) in &whereabouts.stays {
            for stay in stays.iter().filter(|s| s.edge == Edge::End) {
                let Slot::Things(places) = &stay.place else {
                    continue;
                };
                let [place] = places[..] else { continue };
                for who in stay.who.all() {
                    let key = (one(&whereabouts.same, *who), one(&whereabouts.same, place));
                    let known = whereabouts.arrivals.entry(key).or_default();
                    if known.last() != Some(claim) {
                        known.push(*claim);
                    }
                }
            }
        }
        whereabouts
    }

    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        let claims = self.chronicle.claims.iter();
        claims.filter(|c| !c.draft && !c.doubted && (c.mode == Mode::Asserted || is_plan(c.mode)))
    }

    /// The name that stands for a thing and all that are surely the same.
    pub fn one(&self, thing: EntityId) -> EntityId {
        one(&self.same, thing)
    }

    /// The stops of every thing that is told in two places.
    pub fn stops(&self) -> Vec<(EntityId, Vec<Told>)> {
        let mut all: BTreeMap<EntityId, Vec<Told>> = BTreeMap::new();
        for (claim, stays) in &self.stays {
            let claim = &self.chronicle.claims[claim.index()];
            for stay in stays {
                let Slot::Things(who) = &stay.who else {
                    continue;
                };
                let mut places: Vec<EntityId> = match &stay.place {
                    Slot::Things(places) if places.len() != 1 => continue,
                    of => of.all().iter().map(|p| self.one(*p)).collect(),
                };
                places.sort_unstable();
                places.dedup();
                let spots = places.iter().all(|p| lies(self.chronicle, *p).is_some());
                if !spots || places.is_empty() || doubted(claim, &stay.details) {
                    continue;
                }
                let stop = Stop {
                    claim: claim.id,
                    moment: self.moment(claim, stay.edge),
                    place: places[0],
                };
                for who in who {
                    let stops = all.entry(self.one(*who)).or_default();
                    // Several accounts of one event put somebody there once.
                    let known = |t: &Told| {
                        (t.stop.moment, &t.places, t.mode) == (stop.moment, &places, claim.mode)
                    };
                    if !stops.iter().any(known) {
                        let (places, mode) = (places.clone(), claim.mode);
                        stops.push(Told { stop, places, mode });
                    }
                }
            }
        }
        let several = |stops: &[Told]| stops.iter().any(|t| t.places != stops[0].places);
        all.into_iter()
            .filter(|(_, stops)| several(stops))
            .collect()
    }

    /// Start and end are one moment of what does not last.
    pub fn moment(&self, claim: &Claim, edge: Edge) -> Moment {
        let lasting = self.chronicle.events[claim.event.index()].lasting;
        let edge = if lasting { edge } else { Edge::Start };
        Moment {
            event: claim.event,
            edge,
        }
    }
}

/// Of things that are surely the same, the one declared first; the others by it.
fn same(chronicle: &Chronicle) -> BTreeMap<EntityId, EntityId> {
    let mut same: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for tie in chronicle.identities.iter().filter(|i| !i.doubted) {
        let (a, b) = (one(&same, tie.a), one(&same, tie.b));
        let (first, other) = (a.min(b), a.max(b));
        for stands in same.values_mut().filter(|s| **s == other) {
            *stands = first;
        }
        same.insert(other, first);
    }
    same
}

fn one(same: &BTreeMap<EntityId, EntityId>, thing: EntityId) -> EntityId {
    same.get(&thing).copied().unwrap_or(thing)
}

/// Whether one of these details is doubted.
pub(super) fn doubted(claim: &Claim, details: &[u32]) -> bool {
    let mut details = details.iter();
    details.any(|d| claim.details[*d as usize].doubted)
}
