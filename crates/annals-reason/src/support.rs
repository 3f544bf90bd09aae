//! Minimal sets of claims that force an answer, whichever other accepted claims are added.

use std::collections::BTreeSet;

use annals_chronicle::{ClaimId, Fluent, Moment, Part, Support};
use annals_network::Var;

use crate::answer::At;
use crate::bearing::slot_keys;
use crate::encode::Encoded;
use crate::judge::{Cans, Question, STATUSES};
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reasoner::Reasoner;
use crate::rule::Body;
use crate::world::{Dimension, World};

impl Reasoner {
    /// A minimal set of accepted claims and assumptions that forces the verdict on a fluent,
    /// whichever other accepted claims are added to it.
    ///
    /// Whatever is added, a value is shown by one moment, or by two with a gap between them, and
    /// further claims only restrict these. So it suffices to add the other claims one by one and
    /// two by two, without their assumptions. What forces stays forcing when enlarged, hence deletion yields a minimal set: assumptions are dropped first, then
    /// claims from the last to the first, then parts of what is left.
    pub fn support(&self, fluent: &Fluent, at: At) -> Support {
        let near = self.near_at(fluent, at);
        let (choices, _) = self.reading_choices(&self.groups_near(&near), true);
        let dropped = choices.into_iter().next().unwrap_or_default();
        let accepted = self.accepted_without(&dropped);
        let question = Question {
            fluent,
            at,
            near: &near,
        };
        let cans = self.cans(&accepted, question);
        let near: BTreeSet<PremiseId> = match at {
            At::Day(_) => self.near_fluent(fluent),
            At::Before(moment) | At::Close(moment) => self
                .near_fluent(fluent)
                .union(&self.near_moments(&[moment]))
                .copied()
                .collect(),
        };
        let witnesses = self.witness_claims(&accepted, fluent, &near);
        let forces = |set: &Accepted| self.forces(set, &accepted, question, &cans, &witnesses);
        self.smallest(&accepted, &near, &forces)
    }

    /// Whether a set of premises shows no other values than `cans`, alone and with any one other
    /// claim of `accepted` as the witness.
    fn forces(
        &self,
        set: &Accepted,
        accepted: &Accepted,
        question: Question,
        cans: &Cans,
        witnesses: &[ClaimId],
    ) -> bool {
        let within = |shown: Cans| STATUSES.iter().all(|s| cans.has(*s) || !shown.has(*s));
        let shown = |claims: &[ClaimId], lent: bool| {
            let mut grown = set.clone();
            for claim in claims {
                self.said(*claim, accepted)
                    .into_iter()
                    .for_each(|p| grown.insert(p));
            }
            self.cans_in(
                &self.fresh_case(&grown, question.near, accepted),
                question,
                lent,
            )
        };
        if !within(shown(&[], false)) {
            return false;
        }
        let outside: Vec<ClaimId> = witnesses
            .iter()
            .copied()
            .filter(|c| !set.has_all(&self.said(*c, accepted)))
            .collect();
        outside.iter().all(|claim| {
            if !within(shown(&[*claim], false)) {
                return false;
            }
            // A gap that another added claim could open is looked for only where one fits.
            within(shown(&[*claim], true))
                || outside
                    .iter()
                    .all(|other| within(shown(&[*claim, *other], false)))
        })
    }

    fn said(&self, claim: ClaimId, accepted: &Accepted) -> Vec<PremiseId> {
        let own = self.premises.of_claim(claim).into_iter();
        own.filter(|p| {
            !self.premises.is_assumption(*p)
                && (accepted.contains(*p) || self.premises.doubted[p.0 as usize])
        })
        .collect()
    }

    /// Claims, doubted ones included, with a moment in the fluent's slot.
    fn witness_claims(
        &self,
        accepted: &Accepted,
        fluent: &Fluent,
        near: &BTreeSet<PremiseId>,
    ) -> Vec<ClaimId> {
        let mut all: Vec<ClaimId> = near
            .iter()
            .filter(|p| accepted.contains(**p))
            .filter_map(|p| self.premises.claim(*p))
            .collect();
        for with in self
            .with_doubted(accepted, fluent, near)
            .into_iter()
            .skip(1)
        {
            let doubted = with.iter().filter(|p| !accepted.contains(*p));
            all.extend(doubted.filter_map(|p| self.premises.claim(p)));
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|claim| {
            let own = self.premises.of_claim(*claim);
            self.worlds(accepted, near).list.iter().any(|world| {
                let encoded = self.encoded(world);
                let spelled = spelled(self, &encoded, fluent);
                let keys = slot_keys(&self.chronicle, &spelled);
                encoded.bearings.iter().any(|b| {
                    b.needs.iter().any(|p| own.contains(p)) && {
                        b.fluent == spelled
                            || slot_keys(&self.chronicle, &b.fluent)
                                .iter()
                                .any(|k| keys.contains(k))
                    }
                })
            })
        });
        all
    }

    /// A minimal subset of the near premises with a property that larger sets keep.
    pub(crate) fn smallest(
        &self,
        accepted: &Accepted,
        near: &BTreeSet<PremiseId>,
        forces: &dyn Fn(&Accepted) -> bool,
    ) -> Support {
        let count = self.premises.len();
        let mut kept = Accepted::of(
            count,
            near.iter().copied().filter(|p| accepted.contains(*p)),
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

    /// Every premise that can have to do with a fluent: those of its slot and all that rules
    /// join to them.
    pub(crate) fn near_fluent(&self, fluent: &Fluent) -> BTreeSet<PremiseId> {
        self.near(|encoded| {
            let spelled = spelled(self, encoded, fluent);
            let keys = slot_keys(&self.chronicle, &spelled);
            let close = |other: &Fluent| {
                *other == spelled
                    || slot_keys(&self.chronicle, other)
                        .iter()
                        .any(|k| keys.contains(k))
            };
            let bearings = encoded.bearings.iter().filter(|b| close(&b.fluent));
            let mut vars = Vec::new();
            let mut premises = Vec::new();
            for bearing in bearings {
                vars.push(bearing.var);
                premises.extend(&bearing.needs);
            }
            for stretch in encoded.stretches.iter().filter(|s| close(&s.fluent)) {
                premises.extend(&stretch.needs);
            }
            (vars, premises)
        })
    }

    /// Every premise that can have to do with the days of some moments.
    pub(crate) fn near_moments(&self, moments: &[Moment]) -> BTreeSet<PremiseId> {
        self.near(|encoded| {
            let edge = |m: &Moment| match m.edge {
                annals_chronicle::Edge::Start => encoded.starts[m.event.index()],
                annals_chronicle::Edge::End => encoded.ends[m.event.index()],
            };
            (moments.iter().map(edge).collect(), vec![])
        })
    }

    /// Identities and choices shape every world; deletion drops those that do not matter.
    fn shaping(&self, world: &World) -> Vec<PremiseId> {
        let merged = world.merged.iter().map(|i| Part::Identity(*i));
        let chosen = world.chosen.iter().map(|(c, _)| Part::Choice(*c));
        merged
            .chain(chosen)
            .filter_map(|part| self.premises.part(part))
            .filter(|p| !self.premises.doubted[p.0 as usize])
            .collect()
    }

    /// Everything that rules join to what `seed` names in each world, and whatever settling a
    /// matter that touches it can change: a world that cannot be elsewhere cannot be here.
    fn near(&self, seed: impl Fn(&Encoded) -> (Vec<Var>, Vec<PremiseId>)) -> BTreeSet<PremiseId> {
        let worlds = self.sample_worlds();
        let mut reached: BTreeSet<PremiseId> = BTreeSet::new();
        let mut reaches: Vec<Reach> = Vec::new();
        for world in &worlds {
            reached.extend(self.shaping(world));
            let encoded = self.encoded(world);
            let (vars, premises) = seed(&encoded);
            reached.extend(premises);
            let seen = vec![false; encoded.count];
            let mut reach = Reach { encoded, seen };
            reach.spread(vars, &mut reached);
            reaches.push(reach);
        }
        let mut open: Vec<&Dimension> = self.dimensions.iter().collect();
        loop {
            let (near, far): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|d| d.affects.iter().any(|p| reached.contains(p)));
            let settled = near.iter().flat_map(|d| d.affects.iter().copied());
            let excluded = reaches.iter().flat_map(|r| r.excluded_by(&reached));
            let affected: BTreeSet<PremiseId> = settled
                .chain(excluded)
                .filter(|p| !reached.contains(p))
                .collect();
            if affected.is_empty() {
                return reached;
            }
            reached.extend(&affected);
            for reach in &mut reaches {
                let vars = reach.resting_on(&affected);
                reach.spread(vars, &mut reached);
            }
            open = far;
        }
    }
}

/// What has been reached in one world.
struct Reach {
    encoded: std::sync::Arc<Encoded>,
    seen: Vec<bool>,
}

impl Reach {
    /// Goes from variables to all that rules join to them.
    fn spread(&mut self, vars: Vec<Var>, reached: &mut BTreeSet<PremiseId>) {
        let mut open = Vec::new();
        for var in vars {
            if !std::mem::replace(&mut self.seen[var], true) {
                open.push(var);
            }
        }
        while let Some(var) = open.pop() {
            for rule in &self.encoded.touching[var] {
                let rule = &self.encoded.rules[*rule];
                reached.extend(rule.needs.iter().copied());
                if let Body::Follows { sources, .. } = &rule.body {
                    reached.extend(sources.iter().flat_map(|(_, needs)| needs.iter().copied()));
                }
                for other in rule.vars() {
                    if !std::mem::replace(&mut self.seen[other], true) {
                        open.push(other);
                    }
                }
            }
        }
    }

    /// The premises that cannot stand beside some others, whatever the days.
    fn excluded_by(&self, reached: &BTreeSet<PremiseId>) -> Vec<PremiseId> {
        let rules = self.encoded.rules.iter();
        rules
            .filter(|r| matches!(&r.body, Body::OneOf(ways) if ways.is_empty()))
            .filter(|r| r.needs.iter().any(|p| reached.contains(p)))
            .flat_map(|r| r.needs.iter().copied())
            .collect()
    }

    /// The variables of every rule and bearing that rests on one of some premises.
    fn resting_on(&self, premises: &BTreeSet<PremiseId>) -> Vec<Var> {
        let rests = |needs: &[PremiseId]| needs.iter().any(|p| premises.contains(p));
        let rules = self.encoded.rules.iter().filter(|r| rests(&r.needs));
        let bearings = self.encoded.bearings.iter().filter(|b| rests(&b.needs));
        rules
            .flat_map(|r| r.vars())
            .chain(bearings.map(|b| b.var))
            .collect()
    }
}

fn spelled(reasoner: &Reasoner, encoded: &Encoded, fluent: &Fluent) -> Fluent {
    let roles = fluent
        .roles
        .iter()
        .map(|e| encoded.same[e.index()])
        .collect();
    crate::bearing::canonical(
        &reasoner.chronicle,
        Fluent {
            relation: fluent.relation,
            roles,
        },
    )
}
