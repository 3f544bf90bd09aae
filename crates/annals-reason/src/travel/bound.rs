//! Which things are put in places so far apart that the way between binds dates.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Chronicle, Claim, EntityId};
use annals_travel::nights;

use super::distance::{Lies, fastest, lies, line_m};
use super::said::stays;

/// What is known of the stays of each thing while claims are noted.
pub(crate) struct Bound<'c> {
    chronicle: &'c Chronicle,
    /// For each thing the slowest pace of those it may be, and its places.
    stays: BTreeMap<EntityId, (u64, Vec<(EntityId, Lies)>)>,
    /// Names that may be another: a place among them may lie where the other does.
    open: BTreeSet<EntityId>,
    bound: BTreeSet<EntityId>,
}

impl<'c> Bound<'c> {
    /// Nothing noted yet.
    pub fn new(chronicle: &'c Chronicle) -> Bound<'c> {
        Bound {
            chronicle,
            stays: BTreeMap::new(),
            open: chronicle
                .identities
                .iter()
                .flat_map(|i| [i.a, i.b])
                .collect(),
            bound: BTreeSet::new(),
        }
    }

    /// Notes whom a claim puts where; `one` tells who stands for all that may be the same.
    pub fn note(&mut self, claim: &Claim, one: &dyn Fn(EntityId) -> EntityId) {
        if self.chronicle.movers.is_empty() {
            return;
        }
        for stay in stays(self.chronicle, claim) {
            for place in stay.place.all() {
                let Some(lies) = lies(self.chronicle, *place) else {
                    continue;
                };
                for who in stay.who.all() {
                    self.note_one(*who, one(*who), (*place, lies));
                }
            }
        }
    }

    fn note_one(&mut self, who: EntityId, root: EntityId, (place, lies): (EntityId, Lies)) {
        let kind = self.chronicle.entities[who.index()].kind;
        let Some((_, a_day)) = fastest(self.chronicle, kind) else {
            return;
        };
        let (slowest, places) = self.stays.entry(root).or_insert((a_day, Vec::new()));
        let slower = a_day < *slowest;
        *slowest = a_day.min(*slowest);
        let known = places.iter().any(|(p, _)| *p == place);
        if self.bound.contains(&root) || known && !slower {
            return;
        }
        // Places known before were compared already, unless by a faster pace.
        let compared = if slower { 0 } else { places.len() };
        if !known {
            places.push((place, lies));
        }
        let pace = *slowest;
        let open = |place: EntityId| self.open.contains(&place);
        let far = |a: &(EntityId, Lies), b: &(EntityId, Lies)| {
            open(a.0) || open(b.0) || nights(line_m(a.1, b.1), pace) > 0
        };
        let mut later = places.iter().enumerate().skip(compared);
        let apart = later.any(|(i, a)| places[..i].iter().any(|b| far(a, b)));
        if apart {
            self.bound.insert(root);
        }
    }

    /// The things that are bound.
    pub fn things(self) -> BTreeSet<EntityId> {
        self.bound
    }
}
