//! Minimal sets of claims that force an answer, whichever other accepted claims are added.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{ClaimId, Constraint, Fluent, Support};

use crate::answer::At;
use crate::bearing::{Bearing, Status};
use crate::component::{Case, Component};
use crate::judge::{Cans, Question, STATUSES};
use crate::near::Near;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::rule::Body;
use crate::stretch::forced;

/// Ways of loosening assumptions that are looked at one by one.
const LOOSENINGS_AT_MOST: usize = 64;

/// A claim with a moment in the slot asked about, and what it can show there.
struct Witness {
    claim: ClaimId,
    shows: Cans,
}

/// What a bearing can show of a fluent of its slot.
fn shown_by(bearing: &Bearing, own: bool, once: bool) -> Cans {
    let required = bearing
        .before
        .map(|b| if b { Status::True } else { Status::False });
    let mut shows = Cans::default();
    for status in [required, bearing.after].into_iter().flatten() {
        match (status, own) {
            (status, true) => shows.set(status),
            // What makes a rival true makes this false, and nothing else is said of it.
            (Status::True, false) => shows.set(Status::False),
            (Status::False | Status::Unrecorded, false) => {}
        }
    }
    // Before what begins only once all is false.
    shows.can_false |= own && once && bearing.after == Some(Status::True);
    shows
}

impl Component {
    /// A minimal set of accepted claims and assumptions that forces the verdict on a fluent,
    /// whichever other accepted claims are added to it.
    ///
    /// Whatever is added, a value is shown by one moment, or by two with a gap between them, and
    /// further claims only restrict these. So it suffices to add the other claims one by one and
    /// two by two, without their assumptions. What forces stays forcing when enlarged, hence deletion yields a minimal set: assumptions are dropped first, then
    /// claims from the last to the first, then parts of what is left.
    pub fn support(&self, fluent: &Fluent, at: At) -> Support {
        if self.is_outside(at) {
            // No claim makes the chronicle end where it ends.
            return Support::default();
        }
        let near = self.near_at(fluent, at);
        let ways = self.ways_of_reading(&self.groups_near(&near), &near);
        let accepted = self.accepted_without(&ways.first);
        let question = Question {
            fluent,
            at,
            near: &near,
        };
        let cans = self.cans(&accepted, question);
        let witnesses = self.witnesses(&accepted, fluent, &near);
        let forces = |set: &Accepted| self.forces(set, &accepted, question, &cans, &witnesses);
        self.smallest(&accepted, &near, &forces)
    }

    /// Whether a set of premises shows no other values than `cans`, whatever is added: any one
    /// or two other claims as witnesses, and any others that loosen what it assumes. A claim that
    /// shows no other value only restricts, unless the set lacks just a moment before a gap.
    fn forces(
        &self,
        set: &Accepted,
        accepted: &Accepted,
        question: Question,
        cans: &Cans,
        witnesses: &[Witness],
    ) -> bool {
        let within = |shown: Cans| STATUSES.iter().all(|s| cans.has(*s) || !shown.has(*s));
        let outside: Vec<&Witness> = witnesses
            .iter()
            .filter(|w| !set.has_all(&self.said(w.claim, accepted)))
            .collect();
        let loosened = self.loosenings(set, accepted, question.near);
        loosened.iter().all(|set| {
            let case = |claims: &[ClaimId]| {
                self.fresh_case(&self.grown(set, claims, accepted), question.near)
            };
            let shown = |case: &Case, lent: bool| self.cans_in(case, question, lent);
            let bare = case(&[]);
            if !within(shown(&bare, false)) {
                return false;
            }
            // Any added moment can be the one that a gap needs before it.
            let opens = !within(shown(&bare, true));
            let mut added = outside.iter().filter(|w| opens || !within(w.shows));
            added.all(|witness| {
                let grown = case(&[witness.claim]);
                within(shown(&grown, false))
                        // A gap that another added claim could open is looked for only where
                        // one fits.
                        && (within(shown(&grown, true))
                            || outside.iter().all(|other| {
                                let grown = case(&[witness.claim, other.claim]);
                                within(shown(&grown, false))
                            }))
            })
        })
    }

    fn grown(&self, set: &Accepted, claims: &[ClaimId], accepted: &Accepted) -> Accepted {
        let mut grown = set.clone();
        for claim in claims {
            let said = self.said(*claim, accepted);
            said.into_iter().for_each(|p| grown.insert(p));
        }
        grown
    }

    /// A set of premises with other claims that loosen what it assumes: an ending follows one of
    /// the sources there are, so each source left out, once added, may be what it follows. One
    /// for each ending is enough, since more only restrict. Where these are too many ways, the
    /// assumptions concerned are left out, which allows no less.
    pub(crate) fn loosenings(
        &self,
        set: &Accepted,
        accepted: &Accepted,
        near: &Near,
    ) -> Vec<Accepted> {
        let mut sources = self.sources_left_out(set, accepted, near);
        sources.retain(|_, claims| !claims.is_empty());
        let ways: usize = sources.values().map(|c| c.len() + 1).product();
        if ways > LOOSENINGS_AT_MOST {
            let mut without = set.clone();
            sources.keys().for_each(|p| without.remove(*p));
            return vec![without];
        }
        let mut all = vec![set.clone()];
        for claims in sources.values() {
            let grown = all
                .iter()
                .flat_map(|set| claims.iter().map(|c| self.grown(set, &[*c], accepted)));
            let grown: Vec<Accepted> = grown.collect();
            all.extend(grown);
        }
        all
    }

    /// The claims outside a set that could be what its assumed endings follow.
    fn sources_left_out(
        &self,
        set: &Accepted,
        accepted: &Accepted,
        near: &Near,
    ) -> BTreeMap<PremiseId, BTreeSet<ClaimId>> {
        let mut all: BTreeMap<PremiseId, BTreeSet<ClaimId>> = BTreeMap::new();
        let assumes = set.iter().any(|p| self.premises.is_assumption(p));
        if !assumes {
            return all;
        }
        for world in &self.worlds(accepted, near).list {
            let encoded = self.encoded(world);
            for at in encoded.index(&self.chronicle).follows() {
                let rule = &encoded.rules[*at as usize];
                let Body::Follows { sources, .. } = &rule.body else {
                    continue;
                };
                let assumed = rule.needs.iter().copied();
                for assumption in assumed.filter(|p| self.premises.is_assumption(*p)) {
                    if !set.contains(assumption) {
                        continue;
                    }
                    let left_out = sources
                        .iter()
                        .filter(|(_, needs)| !set.has_all(needs))
                        .filter(|(_, needs)| {
                            let held = |p: &PremiseId| {
                                accepted.contains(*p) || self.premises.doubted[p.0 as usize]
                            };
                            needs.iter().all(held)
                        })
                        .flat_map(|(_, needs)| {
                            needs.iter().filter_map(|p| self.premises.claim(*p))
                        });
                    all.entry(assumption).or_default().extend(left_out);
                }
            }
        }
        all
    }

    /// What a claim adds: a date doubted by itself would only restrict it further.
    fn said(&self, claim: ClaimId, accepted: &Accepted) -> Vec<PremiseId> {
        let own = self.premises.of_claim(claim);
        own.filter(|p| !self.premises.is_assumption(*p))
            .filter(|p| {
                accepted.contains(*p) || self.premises.is_doubted(*p) && !self.doubted_itself(*p)
            })
            .collect()
    }

    /// Claims, doubted ones included, with a moment in the fluent's slot.
    fn witnesses(&self, accepted: &Accepted, fluent: &Fluent, near: &Near) -> Vec<Witness> {
        let bearing = self.bearing_premises(accepted, fluent, near);
        let shows = |claim: ClaimId| {
            let own = self.premises.of_claim(claim);
            own.filter_map(|p| bearing.get(&p).copied())
                .reduce(Cans::union)
        };
        let said = near.iter().filter(|p| accepted.contains(*p));
        let mut all: Vec<ClaimId> = said.filter_map(|p| self.premises.claim(p)).collect();
        let doubted = self.doubts(near).into_iter().map(|d| d.claim);
        let fits =
            |c: &ClaimId| shows(*c).is_some() && self.with_claim(accepted, *c, near).is_some();
        all.extend(doubted.filter(fits));
        all.sort_unstable();
        all.dedup();
        let witnesses = all.into_iter().filter_map(|claim| {
            let shows = shows(claim)?;
            Some(Witness { claim, shows })
        });
        witnesses.collect()
    }

    /// What the bearings in the fluent's slot rest on, in any world, with what they can show of
    /// the fluent.
    fn bearing_premises(
        &self,
        accepted: &Accepted,
        fluent: &Fluent,
        near: &Near,
    ) -> BTreeMap<PremiseId, Cans> {
        let mut all: BTreeMap<PremiseId, Cans> = BTreeMap::new();
        let relation = &self.chronicle.vocabulary.relations[fluent.relation.index()];
        let once = relation.constraints.contains(&Constraint::Once);
        for world in &self.worlds(accepted, near).list {
            let encoded = self.encoded(world);
            let spelled = encoded.spelled(&self.chronicle, fluent);
            let index = encoded.index(&self.chronicle);
            for at in index.bearings().beside(&self.chronicle, &spelled) {
                let bearing = &encoded.bearings[at as usize];
                let shows = shown_by(bearing, bearing.fluent == spelled, once);
                for premise in &bearing.needs {
                    let known = all.entry(*premise).or_default();
                    *known = known.union(shows);
                }
            }
            for at in index.stretches().beside(&self.chronicle, &spelled) {
                let stretch = &encoded.stretches[at as usize];
                let Some(value) = forced(&self.chronicle, stretch, &spelled) else {
                    continue;
                };
                for premise in &stretch.needs {
                    if let Some(known) = all.get_mut(premise) {
                        known.can_true |= value;
                        known.can_false |= !value;
                    }
                }
            }
        }
        all
    }

    /// A minimal subset of the near premises with a property that larger sets keep.
    pub(crate) fn smallest(
        &self,
        accepted: &Accepted,
        near: &Near,
        forces: &dyn Fn(&Accepted) -> bool,
    ) -> Support {
        // What is assumed about a doubted claim is needed where that claim is added.
        let assumed =
            |p: &PremiseId| self.premises.is_assumption(*p) && self.premises.is_doubted(*p);
        let all = near.iter();
        let mut kept = Accepted::of(
            self.premises.len(),
            all.filter(|p| accepted.contains(*p) || assumed(p)),
        );
        if !forces(&kept) {
            // Nothing near should be missing; if it is, nothing is left out.
            kept = accepted.clone();
        }
        kept = self.without_units(kept, forces);
        for premise in kept.clone().iter() {
            let mut without = kept.clone();
            without.remove(premise);
            if forces(&without) {
                kept = without;
            }
        }
        let mut support = Support::default();
        for premise in kept.iter() {
            match self.premises.grounds[premise.0 as usize] {
                Ground::Part(part) => support.parts.push(part),
                Ground::Assumption(assumption) => support.assumptions.push(assumption),
            }
        }
        support.parts.sort();
        support.assumptions.sort();
        support
    }

    /// Drops units as long as what is left forces, first many at a time, then one by one.
    fn without_units(&self, mut kept: Accepted, forces: &dyn Fn(&Accepted) -> bool) -> Accepted {
        let units = self.units(&kept);
        let mut size = units.len().div_ceil(2);
        let mut open: Vec<Vec<PremiseId>> = units;
        while size > 0 {
            let mut left = Vec::new();
            for chunk in open.chunks(size) {
                let mut without = kept.clone();
                chunk.iter().flatten().for_each(|p| without.remove(*p));
                if forces(&without) {
                    kept = without;
                } else {
                    left.extend(chunk.iter().cloned());
                }
            }
            open = left;
            if size == 1 {
                break;
            }
            size = size.div_ceil(2);
        }
        kept
    }

    /// What deletion tries to drop together: each assumption, then each claim from the last on.
    fn units(&self, kept: &Accepted) -> Vec<Vec<PremiseId>> {
        let (assumed, said): (Vec<PremiseId>, Vec<PremiseId>) =
            kept.iter().partition(|p| self.premises.is_assumption(*p));
        let mut units: Vec<Vec<PremiseId>> = assumed.into_iter().rev().map(|p| vec![p]).collect();
        let mut claims: Vec<(Option<ClaimId>, Vec<PremiseId>)> = Vec::new();
        for premise in said {
            let claim = self.premises.claim(premise);
            match claims.iter_mut().find(|(c, _)| c.is_some() && *c == claim) {
                Some((_, unit)) => unit.push(premise),
                None => claims.push((claim, vec![premise])),
            }
        }
        units.extend(claims.into_iter().rev().map(|(_, unit)| unit));
        units
    }
}
