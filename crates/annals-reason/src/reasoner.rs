//! The door to the engine: a chronicle with everything that can be asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use annals_chronicle::{Chronicle, ClaimId, Day, DaySet, Fluent, Part, Point};
use annals_network::Found;

use crate::answer::{Conflict, Reading};
use crate::conflict::enumerate;
use crate::encode::{Encoded, encode};
use crate::instance::Instance;
use crate::premise::{Accepted, PremiseId, Premises};
use crate::reading::Group;
use crate::world::{Dimension, Matter, World, Worlds};

/// A chronicle with its premises sorted into what fits together, ready for questions.
///
/// Everything asked is answered for all timelines of the preferred readings; see the methods.
pub struct Reasoner {
    pub(crate) chronicle: Chronicle,
    pub(crate) premises: Premises,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) groups: Vec<Group>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) conflicts_complete: bool,
    pub(crate) dropped_assumptions: Vec<PremiseId>,
    pub(crate) fluents: Vec<Fluent>,
    encodings: Mutex<BTreeMap<World, Arc<Encoded>>>,
    cases: Mutex<Cases>,
}

/// Cases by what is accepted and the worlds looked at.
type Cases = BTreeMap<(Accepted, Vec<World>), Arc<Case>>;

/// Every world of one set of accepted premises that has a timeline.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub instances: Vec<(World, Arc<Instance>)>,
    /// Whether all worlds were looked at and settled.
    pub proven: bool,
}

impl Reasoner {
    /// Sorts the claims of a chronicle, drafts left out: which fit together, which do not.
    pub fn new(chronicle: &Chronicle) -> Reasoner {
        let mut reasoner = Reasoner {
            chronicle: chronicle.clone(),
            premises: Premises::new(chronicle),
            dimensions: vec![],
            groups: vec![],
            readings: vec![],
            conflicts: vec![],
            conflicts_complete: true,
            dropped_assumptions: vec![],
            fluents: vec![],
            encodings: Mutex::default(),
            cases: Mutex::default(),
        };
        reasoner.dimensions = reasoner.find_dimensions();
        reasoner.sort_claims();
        reasoner.fluents = reasoner.recorded_fluents();
        reasoner
    }

    /// The chronicle reasoned about.
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Minimal sets of undoubted parts that no timeline satisfies: those of fewest claims
    /// first, of equally many those that share no claim with one before them, then in document
    /// order.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The conflicts that a reader needs: one for each smallest set of claims. Others tell of
    /// the same claims by other parts, or of more claims than need be.
    pub fn conflicts_of_claims(&self) -> Vec<&Conflict> {
        let mut kept: Vec<(Vec<ConflictMember>, &Conflict)> = Vec::new();
        for conflict in &self.conflicts {
            let members = members(conflict);
            if !kept
                .iter()
                .any(|(k, _)| k.iter().all(|m| members.contains(m)))
            {
                kept.push((members, conflict));
            }
        }
        kept.into_iter().map(|(_, conflict)| conflict).collect()
    }

    /// Whether some timeline satisfies these parts, of all that the chronicle says these alone.
    /// Parts of drafts are never reasoned with and make no difference. A search that spends its
    /// budget counts as a timeline, because only a proof makes a conflict.
    pub fn fit_together(&self, parts: &[Part]) -> bool {
        let premises = parts.iter().filter_map(|p| self.premises.part(*p));
        self.fits(&Accepted::of(self.premises.len(), premises))
    }

    /// Whether [`Reasoner::conflicts`] are all there are; otherwise a budget was spent.
    pub fn conflicts_complete(&self) -> bool {
        self.conflicts_complete
    }

    /// The readings, those of each group of connected conflicts apart: a reading of the whole
    /// chronicle picks one of each group. One that drops nothing where there is no conflict.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// Every fluent that some claim speaks of, sorted; doubted identities kept apart.
    pub fn fluents(&self) -> &[Fluent] {
        &self.fluents
    }

    /// The hull of all absolute days that the text names and of what it covers.
    pub fn reach(&self) -> (Day, Day) {
        let mut days: Vec<Day> = self
            .chronicle
            .covers
            .iter()
            .flat_map(|(f, l)| [*f, *l])
            .collect();
        let mut note = |set: &DaySet| {
            days.extend(
                set.ranges()
                    .iter()
                    .flat_map(|r| [r.first, r.last])
                    .flatten(),
            );
        };
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            for condition in &claim.when.conditions {
                let soft = condition.soft.iter().map(|s| &s.point);
                for point in condition.alternatives.iter().chain(soft) {
                    match point {
                        Point::On(set) | Point::Throughout(set) => note(set),
                        Point::Span { from, to } => from.iter().chain(to).for_each(&mut note),
                        _ => {}
                    }
                }
            }
        }
        let first = days.iter().min().copied().unwrap_or(Day(0));
        let last = days.iter().max().copied().unwrap_or(first);
        (first, last)
    }

    /// The network of a world, encoded once.
    pub(crate) fn encoded(&self, world: &World) -> Arc<Encoded> {
        let known = self
            .encodings
            .lock()
            .ok()
            .and_then(|map| map.get(world).cloned());
        if let Some(encoded) = known {
            return encoded;
        }
        let encoded = Arc::new(encode(&self.chronicle, &self.premises, world));
        if let Ok(mut map) = self.encodings.lock() {
            map.insert(world.clone(), encoded.clone());
        }
        encoded
    }

    /// The worlds along the dimensions that have to do with some premises; along the others,
    /// matters are settled in the usual way.
    pub(crate) fn worlds(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Worlds {
        let mut worlds = Worlds::start();
        for dimension in &self.dimensions {
            let concerned = dimension.affects.iter().any(|p| near.contains(p));
            let holds = |part| {
                self.premises
                    .part(part)
                    .is_some_and(|p| accepted.contains(p))
            };
            let options: Vec<usize> = match &dimension.matter {
                Matter::Identity(i) if !self.chronicle.identities[i.index()].doubted => {
                    vec![usize::from(holds(Part::Identity(*i)))]
                }
                matter @ Matter::Choice(c, _) if !holds(Part::Choice(*c)) => {
                    if concerned {
                        matter.unaccepted()
                    } else {
                        vec![0]
                    }
                }
                Matter::Within(u, s) if ![u, s].iter().all(|c| holds(Part::Happened(**c))) => {
                    vec![0]
                }
                matter if concerned => (0..matter.options()).collect(),
                _ => vec![0],
            };
            worlds.split(&dimension.matter, &options);
        }
        worlds
    }

    /// Whether some timeline satisfies the premises; a spent budget counts as one that does,
    /// because only a proof makes a conflict.
    pub(crate) fn fits(&self, accepted: &Accepted) -> bool {
        self.worlds(accepted, &accepted.iter().collect())
            .list
            .iter()
            .any(|world| {
                let instance = Instance::new(self.encoded(world), accepted.clone());
                instance.consistent() != Found::None
            })
    }

    /// The worlds of a set of premises that have timelines, kept for questions that come in
    /// series. Premises that have nothing to do with the question are left out of the network.
    pub(crate) fn case(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Arc<Case> {
        let accepted = accepted.within(near);
        let worlds = self.worlds(&accepted, near);
        let key = (accepted, worlds.list.clone());
        let known = self
            .cases
            .lock()
            .ok()
            .and_then(|map| map.get(&key).cloned());
        if let Some(case) = known {
            return case;
        }
        let case = Arc::new(self.build_case(&key.0, worlds));
        if let Ok(mut map) = self.cases.lock() {
            map.insert(key, case.clone());
        }
        case
    }

    /// The same without keeping it, for the many sets that a search for supports tries.
    pub(crate) fn fresh_case(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Case {
        let worlds = self.worlds(accepted, near);
        self.build_case(accepted, worlds)
    }

    fn build_case(&self, accepted: &Accepted, worlds: Worlds) -> Case {
        let mut proven = worlds.complete;
        let mut instances = Vec::new();
        for world in worlds.list {
            let encoded = self.encoded(&world);
            let build = |set: &Accepted| Instance::new(encoded.clone(), set.clone());
            let mut instance = build(accepted);
            let mut found = instance.consistent();
            if found == Found::None {
                let Some(kept) = self.with_assumptions_yielding(accepted, &build) else {
                    continue;
                };
                instance = build(&kept);
                found = instance.consistent();
            }
            proven &= found != Found::Spent;
            instances.push((world, Arc::new(instance)));
        }
        Case { instances, proven }
    }

    /// What is left of the premises of a world when assumptions yield: all members of every
    /// smallest clash, so that their order decides nothing. `None` where claims clash already.
    pub(crate) fn with_assumptions_yielding(
        &self,
        accepted: &Accepted,
        build: &dyn Fn(&Accepted) -> Instance,
    ) -> Option<Accepted> {
        let (assumed, said): (Vec<PremiseId>, Vec<PremiseId>) = accepted
            .iter()
            .partition(|p| self.premises.is_assumption(*p));
        let count = self.premises.len();
        let mut fits = |set: &[PremiseId]| {
            let all = Accepted::of(count, said.iter().chain(set).copied());
            build(&all).consistent() != Found::None
        };
        if assumed.is_empty() || !fits(&[]) {
            return None;
        }
        let clashes = enumerate(&assumed, &mut fits);
        let mut kept = accepted.clone();
        clashes
            .conflicts
            .iter()
            .flatten()
            .for_each(|p| kept.remove(*p));
        if !clashes.complete {
            assumed.iter().for_each(|p| kept.remove(*p));
        }
        Some(kept)
    }

    fn recorded_fluents(&self) -> Vec<Fluent> {
        let mut fluents: Vec<Fluent> = self
            .sample_worlds()
            .into_iter()
            .flat_map(|world| {
                // Every name for itself, or the order of declarations would choose the name that
                // stands for both.
                let encoded = self.encoded(&World {
                    merged: vec![],
                    same: vec![],
                    ..world
                });
                let borne = encoded.bearings.iter().map(|b| b.fluent.clone());
                borne
                    .chain(encoded.recorded.iter().cloned())
                    .collect::<Vec<_>>()
            })
            .collect();
        fluents.sort();
        fluents.dedup();
        fluents
    }
}

/// A claim in a conflict, or an identity or choice that belongs to none.
pub(crate) type ConflictMember = (Option<ClaimId>, Option<Part>);

/// The claims of a conflict in document order, what belongs to no claim last.
pub(crate) fn members(conflict: &Conflict) -> Vec<ConflictMember> {
    let mut all: Vec<ConflictMember> = conflict
        .parts
        .iter()
        .map(|p| (p.claim(), p.claim().is_none().then_some(*p)))
        .collect();
    all.sort_by_key(|(claim, part)| (claim.map_or(u32::MAX, |c| c.0), *part));
    all.dedup();
    all
}
