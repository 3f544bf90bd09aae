//! Which claims fit together: groups, conflicts, readings, assumptions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use annals_chronicle::Part;

use crate::answer::{Conflict, Reading};
use crate::conflict::{Enumeration, blocks, enumerate, transversals};
use annals_network::Found;

use crate::component::Component;
use crate::dispute::Dispute;
use crate::near::Near;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::yielding::Yielding;

/// Premises that do not fit together, and the ways of reading them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Every premise of their conflicts; where not all of these are known, every premise that some
    /// rule joins to them.
    pub premises: Vec<PremiseId>,
    /// Indexes into the reasoner's readings.
    pub readings: Vec<usize>,
    /// What each reading leaves out, in the same order.
    pub dropped: Vec<Vec<PremiseId>>,
    /// The minimal conflicts that are known among them.
    pub conflicts: Vec<Vec<PremiseId>>,
    /// Whether these are all conflicts.
    pub known: bool,
    /// Whether these are all readings.
    pub complete: bool,
}

impl Group {
    /// Every premise that some reading may leave out, perhaps with others.
    pub fn contested(&self) -> Vec<PremiseId> {
        match self.complete {
            true => self.dropped.concat(),
            false => self.premises.clone(),
        }
    }
}

/// The ways of reading some groups together.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// What each leaves out beside what is in dispute; never empty.
    pub dropped: Vec<Vec<PremiseId>>,
    /// Whether these are all: otherwise there are more readings, or more ways of combining them.
    pub complete: bool,
    /// Whether each is made of preferred readings: of some contradictions none may be known.
    pub real: bool,
    /// What the first way leaves out in all.
    pub first: Vec<PremiseId>,
    /// Contradictions in which each way may follow any reading.
    disputes: Vec<Arc<Dispute>>,
}

impl Ways {
    /// What is near, with any reading of what is in dispute.
    pub fn over(&self, near: &Near) -> Near {
        Near {
            disputes: self.disputes.clone(),
            ..near.clone()
        }
    }
}

/// More ways of reading are not looked at for one question.
const WAYS_AT_MOST: usize = 256;
/// So many readings are looked for where the budget for all of them was spent.
const GREEDY_AT_MOST: usize = 12;
/// More readings of one group are not listed, even where all its conflicts are known.
const READINGS_AT_MOST: usize = 256;
/// Premises that are first taken all at once.
const AT_ONCE: usize = 256;

impl Component {
    /// Finds conflicts, readings and the assumptions that must yield.
    pub(crate) fn sort_claims(&mut self) {
        let encoded = self.encoded(&self.usual_world());
        self.conflicts_complete &= encoded.complete;
        if self.dimensions.is_empty() {
            // Where all fits together in the one world there is, so does every part of it.
            let whole = self.instance(&encoded, &self.accepted_without(&[]), &[]);
            if whole.consistent() != Found::None {
                self.usual = OnceLock::from(Arc::new(whole));
                return;
            }
        }
        let all: Vec<PremiseId> = self.premises.undoubted_parts().collect();
        for group in self.connected(&all) {
            self.sort_group(group);
        }
        self.dropped_assumptions = self.yielding_assumptions();
    }

    fn sort_group(&mut self, group: Vec<PremiseId>) {
        let count = self.premises.len();
        let mut fits = |set: &[PremiseId]| self.fits(&Accepted::of(count, set.iter().copied()));
        if fits(&group) {
            return;
        }
        if let Some(conflicts) = self.chained(&group) {
            blocks(&conflicts)
                .into_iter()
                .for_each(|b| self.add_block(b));
            return;
        }
        let weight = self.weight(&group);
        let mut found = enumerate(&group, weight, &mut fits);
        let apart = blocks(&found.conflicts);
        if found.complete && apart.len() > 1 {
            apart.into_iter().for_each(|b| self.add_block(b));
            return;
        }
        if !found.complete {
            self.add_greedy(&group, &mut found, &mut fits);
        }
        self.add_group(group, found.complete, found);
    }

    /// All minimal conflicts of a group whose rules leave no choice between moments.
    fn chained(&self, group: &[PremiseId]) -> Option<Vec<Vec<PremiseId>>> {
        if !self.dimensions.is_empty() {
            return None;
        }
        let encoded = self.encoded(&self.usual_world());
        let all = encoded.complete.then_some(group)?;
        self.conflicts_along_chains(all, &encoded)
    }

    /// Adds conflicts that share no premise with any other: how they are read has no bearing on how
    /// others are.
    fn add_block(&mut self, conflicts: Vec<Vec<PremiseId>>) {
        let mut group = conflicts.concat();
        group.sort_unstable();
        group.dedup();
        let corrections = transversals(&conflicts, READINGS_AT_MOST);
        let mut found = Enumeration {
            complete: corrections.is_some(),
            corrections: corrections.unwrap_or_default(),
            conflicts,
        };
        if !found.complete {
            let count = self.premises.len();
            let mut fits = |set: &[PremiseId]| self.fits(&Accepted::of(count, set.iter().copied()));
            self.add_greedy(&group, &mut found, &mut fits);
        }
        self.add_group(group, true, found);
    }

    /// Adds a group with the readings found; `known` tells whether all of its conflicts are.
    fn add_group(&mut self, group: Vec<PremiseId>, known: bool, found: Enumeration) {
        let preferred: Vec<bool> = found
            .corrections
            .iter()
            .map(|dropped| self.is_preferred(&group, dropped, &self.chronicle.preferences))
            .collect();
        let first = self.readings.len();
        for (dropped, preferred) in found.corrections.iter().zip(&preferred) {
            let dropped = self.parts(dropped);
            self.readings.push(Reading {
                dropped,
                preferred: *preferred,
            });
        }
        for conflict in &found.conflicts {
            let parts = self.parts(conflict);
            self.conflicts.push(Conflict { parts });
        }
        self.conflicts_complete &= known;
        self.groups.push(Group {
            premises: group,
            readings: (first..first + found.corrections.len()).collect(),
            dropped: found.corrections,
            conflicts: found.conflicts,
            known,
            complete: found.complete,
        });
    }

    /// Readings for a group of which a spent budget left none or only some: each takes one of the
    /// contradicting claims first and then whatever fits, in document order. They are readings,
    /// though not all there are; answers that rest on them are not proven.
    fn add_greedy(
        &self,
        group: &[PremiseId],
        found: &mut Enumeration,
        fits: &mut dyn FnMut(&[PremiseId]) -> bool,
    ) {
        let contested: BTreeSet<PremiseId> = found.conflicts.iter().flatten().copied().collect();
        let mut claims = BTreeSet::new();
        let mut first = contested
            .iter()
            .filter(|p| claims.insert(self.premises.claim(**p)));
        let first: Vec<PremiseId> = first.by_ref().take(GREEDY_AT_MOST).copied().collect();
        if !self.chronicle.preferences.is_empty() {
            let mut taken = Taken::default();
            let ordered = self.by_trust(group);
            ordered.iter().for_each(|p| taken.take(&[*p], fits));
            taken.dropped.sort_unstable();
            if !found.corrections.contains(&taken.dropped) {
                found.corrections.push(taken.dropped);
            }
        }
        for start in first {
            let own = |p: &&PremiseId| self.premises.claim(**p) == self.premises.claim(start);
            let (own, others): (Vec<&PremiseId>, Vec<&PremiseId>) = group.iter().partition(own);
            let mut taken = Taken::default();
            let own: Vec<PremiseId> = own.into_iter().copied().collect();
            taken.take(&own, fits);
            let others: Vec<PremiseId> = others.into_iter().copied().collect();
            others
                .chunks(AT_ONCE)
                .for_each(|some| taken.take(some, fits));
            let mut dropped = taken.dropped;
            dropped.sort_unstable();
            if !found.corrections.contains(&dropped) {
                found.corrections.push(dropped);
            }
        }
    }

    /// How many rules rest on one of some premises on average.
    fn weight(&self, group: &[PremiseId]) -> usize {
        let encoded = self.encoded(&self.usual_world());
        let index = encoded.index(&self.chronicle);
        let rules: usize = group.iter().map(|p| index.rules_on(*p).len()).sum();
        rules / group.len().max(1)
    }

    fn parts(&self, premises: &[PremiseId]) -> Vec<Part> {
        let mut parts: Vec<Part> = premises
            .iter()
            .filter_map(|p| match self.premises.grounds[p.0 as usize] {
                Ground::Part(part) => Some(part),
                Ground::Assumption(_) => None,
            })
            .collect();
        parts.sort_by_key(|p| (p.claim().map_or(u32::MAX, |c| c.0), *p));
        parts
    }

    /// The assumptions that yield in the usual world of the preferred readings, for reporting.
    /// Answers let them yield world by world. What no rule joins is looked at by itself.
    fn yielding_assumptions(&self) -> Vec<PremiseId> {
        let encoded = self.encoded(&self.usual_world());
        let joins = self.joins();
        let mut contested: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
        for group in &self.groups {
            for at in joins.touched(&group.premises) {
                contested.entry(at).or_default().push(group);
            }
        }
        let mut dropped = Vec::new();
        for (at, joined) in joins.groups.iter().enumerate() {
            if !joined.iter().any(|p| self.premises.is_assumption(*p)) {
                continue;
            }
            let groups = contested.get(&at).map_or(&[] as &[&Group], Vec::as_slice);
            let near = Near {
                premises: joined.iter().copied().collect(),
                ..Near::default()
            };
            for omitted in self.ways_of_reading(groups, &near).dropped {
                let left = joined.iter().filter(|p| !omitted.contains(p));
                let left: Vec<PremiseId> = left.copied().collect();
                if let Yielding::Some(gone) = self.yielding_of(&left, &encoded) {
                    dropped.extend(gone);
                }
            }
        }
        dropped.sort_unstable();
        dropped.dedup();
        dropped
    }

    /// Every way of picking one preferred reading of each group, as far as it touches what is near
    /// a question: readings that differ elsewhere only are one way.
    pub(crate) fn ways_of_reading(&self, groups: &[&Group], near: &Near) -> Ways {
        let mut ways = Ways {
            dropped: vec![vec![]],
            complete: true,
            real: true,
            first: vec![],
            disputes: vec![],
        };
        let disputes = self.disputes_near(near);
        for group in groups {
            let readings = group.dropped.iter().zip(&group.readings);
            let mut preferred = readings
                .filter(|(_, r)| self.readings[**r].preferred)
                .peekable();
            if let Some((dropped, _)) = preferred.peek() {
                ways.first.extend(dropped.iter().copied());
            }
            let place = self.groups.iter().position(|g| std::ptr::eq(g, *group));
            if let Some(dispute) = place.and_then(|at| disputes[at].clone()) {
                ways.disputes.push(dispute);
                continue;
            }
            ways.complete &= group.complete;
            let mut options: Vec<Vec<PremiseId>> = Vec::new();
            for (dropped, _) in preferred {
                let touching = dropped.iter().copied().filter(|p| near.contains(*p));
                let touching: Vec<PremiseId> = touching.collect();
                if !options.contains(&touching) {
                    options.push(touching);
                }
            }
            if options.is_empty() {
                ways.complete = false;
                ways.real = false;
                options.push(group.contested());
            }
            if ways.dropped.len() * options.len() > WAYS_AT_MOST {
                ways.complete = false;
                options.truncate(1);
            }
            let grown = ways.dropped.iter().flat_map(|before| {
                let one = |option: &Vec<PremiseId>| [before.as_slice(), option].concat();
                options.iter().map(one)
            });
            ways.dropped = grown.collect();
        }
        ways
    }

    /// Whether every preferred reading leaves a premise out.
    pub(crate) fn is_lost(&self, premise: PremiseId) -> bool {
        self.groups.iter().any(|group| {
            let readings = group.dropped.iter().zip(&group.readings);
            let preferred = readings.filter(|(_, r)| self.readings[**r].preferred);
            let mut preferred = preferred.peekable();
            let alone = || group.conflicts.iter().any(|c| c[..] == [premise]);
            (group.complete || alone())
                && preferred.peek().is_some()
                && preferred.all(|(dropped, _)| dropped.contains(&premise))
        })
    }

    /// What the first preferred reading of every group leaves out.
    pub(crate) fn first_reading(&self) -> Vec<PremiseId> {
        let preferred = |group: &Group| {
            let mut readings = group.readings.iter();
            readings.position(|r| self.readings[*r].preferred)
        };
        let groups = self.groups.iter();
        let first = groups.filter_map(|g| preferred(g).map(|at| g.dropped[at].as_slice()));
        first.flatten().copied().collect()
    }

    /// What is accepted when these premises are left out: all other undoubted parts, and the
    /// assumptions about undoubted claims.
    pub(crate) fn accepted_without(&self, dropped: &[PremiseId]) -> Accepted {
        let all = || {
            let parts = self.premises.undoubted_parts();
            Accepted::of(
                self.premises.len(),
                parts.chain(self.premises.assumptions()),
            )
        };
        let mut accepted = self.undoubted.get_or_init(all).clone();
        dropped.iter().for_each(|p| accepted.remove(*p));
        accepted
    }
}

/// What was taken one by one, and what did not fit any more.
#[derive(Default)]
struct Taken {
    kept: Vec<PremiseId>,
    dropped: Vec<PremiseId>,
}

impl Taken {
    /// Takes some premises in their order, many at once where they fit.
    fn take(&mut self, some: &[PremiseId], fits: &mut dyn FnMut(&[PremiseId]) -> bool) {
        let known = self.kept.len();
        self.kept.extend(some);
        if fits(&self.kept) {
            return;
        }
        self.kept.truncate(known);
        match some {
            [one] => self.dropped.push(*one),
            _ => {
                let (first, second) = some.split_at(some.len() / 2);
                self.take(first, fits);
                self.take(second, fits);
            }
        }
    }
}
