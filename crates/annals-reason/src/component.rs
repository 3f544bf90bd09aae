//! Claims that are reasoned with together, with everything that can be asked of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use annals_chronicle::{Chronicle, ClaimId, Fluent, Moment, Part};
use annals_network::{Found, Var};

use crate::answer::{Conflict, Reading};
use crate::dispute::Dispute;
use crate::encode::{Encoded, encode};
use crate::everywhere::Everywhere;
use crate::instance::Instance;
use crate::joins::Joins;
use crate::near::Near;
use crate::plain::Plain;
use crate::premise::{Accepted, PremiseId, Premises};
use crate::reading::Group;
use crate::scope::Scope;
use crate::sorted::Outcome;
use crate::world::{Dimension, Matter, World, Worlds};
use crate::yielding::Yielding;

/// Claims that nothing outside bears on, sorted into what fits together, ready for questions.
///
/// Everything asked is answered for all timelines of the preferred readings; see the methods.
pub(crate) struct Component {
    pub(crate) chronicle: Arc<Chronicle>,
    pub(crate) scope: Scope,
    pub(crate) premises: Premises,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) groups: Vec<Group>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) conflicts_complete: bool,
    pub(crate) dropped_assumptions: Vec<PremiseId>,
    pub(crate) nears: Kept<Fluent, Near>,
    pub(crate) near_moments: Kept<Vec<Moment>, Near>,
    encodings: Kept<World, Encoded>,
    samples: OnceLock<Vec<(World, Arc<Encoded>)>>,
    /// All undoubted premises.
    pub(crate) undoubted: OnceLock<Accepted>,
    pub(crate) joined: OnceLock<Joins>,
    pub(crate) everywhere: OnceLock<Everywhere>,
    pub(crate) plain: OnceLock<Option<Plain>>,
    pub(crate) disputed: OnceLock<Vec<Option<Arc<Dispute>>>>,
    /// What holds in the usual world by the first reading, assumptions yielding.
    pub(crate) usual: OnceLock<Arc<Instance>>,
    cases: Kept<(Accepted, About, Vec<World>), Case>,
    pub(crate) yieldings: Kept<(World, Vec<PremiseId>), Yielding>,
}

/// The moments and the disputes that a case is about.
type About = (Vec<Moment>, Vec<Arc<Dispute>>);

/// More than so much is not kept of one kind, so that long sessions stay small.
const KEPT_AT_MOST: usize = 20_000;

/// Networks are large: of those only as many are kept as a series of questions comes back to.
const CASES_AT_MOST: usize = 200;

/// What was worked out once, by what it was asked for.
pub(crate) struct Kept<K, V> {
    known: Mutex<BTreeMap<K, Arc<V>>>,
    most: usize,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Kept::at_most(KEPT_AT_MOST)
    }
}

impl<K, V> Kept<K, V> {
    /// Nothing yet, and never more than so much.
    pub fn at_most(most: usize) -> Self {
        Kept {
            known: Mutex::default(),
            most,
        }
    }
}

impl<K: Ord + Clone, V> Kept<K, V> {
    /// What is known, or what `find` comes to.
    pub fn get(&self, key: &K, find: impl FnOnce() -> V) -> Arc<V> {
        let known = self.known.lock().ok();
        let known = known.and_then(|map| map.get(key).cloned());
        if let Some(known) = known {
            return known;
        }
        let found = Arc::new(find());
        self.add(key.clone(), found.clone());
        found
    }

    /// Keeps what is worked out already.
    pub fn put(&self, key: K, value: V) {
        self.add(key, Arc::new(value));
    }

    fn add(&self, key: K, value: Arc<V>) {
        if let Ok(mut map) = self.known.lock() {
            if map.len() >= self.most {
                map.clear();
            }
            map.insert(key, value);
        }
    }
}

/// Every world of one set of accepted premises that has a timeline.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub instances: Vec<(World, Arc<Instance>)>,
    /// Whether all worlds were looked at: otherwise some timelines may be missing.
    pub complete: bool,
    /// Whether what was looked at is settled: otherwise some timelines may be none.
    pub settled: bool,
}

impl Component {
    /// Sorts the claims of a scope: which fit together, which do not.
    pub fn new(chronicle: &Arc<Chronicle>, scope: Scope) -> Component {
        let mut component = Component::unsorted(chronicle, scope);
        component.sort_claims();
        component
    }

    /// The component of a scope of which it is known what sorting it comes to.
    pub fn known(chronicle: &Arc<Chronicle>, scope: Scope, outcome: Outcome) -> Component {
        Component {
            groups: outcome.state.groups.clone(),
            dropped_assumptions: outcome.state.yielding.clone(),
            readings: outcome.groups.concat(),
            conflicts: outcome.conflicts,
            conflicts_complete: !outcome.spent,
            ..Component::unsorted(chronicle, scope)
        }
    }

    fn unsorted(chronicle: &Arc<Chronicle>, scope: Scope) -> Component {
        let mut component = Component {
            chronicle: chronicle.clone(),
            premises: Premises::new(chronicle, &scope),
            scope,
            dimensions: vec![],
            groups: vec![],
            readings: vec![],
            conflicts: vec![],
            conflicts_complete: true,
            dropped_assumptions: vec![],
            nears: Kept::default(),
            near_moments: Kept::default(),
            encodings: Kept::default(),
            samples: OnceLock::new(),
            undoubted: OnceLock::new(),
            joined: OnceLock::new(),
            everywhere: OnceLock::new(),
            plain: OnceLock::new(),
            disputed: OnceLock::new(),
            usual: OnceLock::new(),
            cases: Kept::at_most(CASES_AT_MOST),
            yieldings: Kept::at_most(CASES_AT_MOST),
        };
        component.dimensions = component.find_dimensions();
        component
    }

    /// The same without the networks and all that questions left behind: what it holds is encoded,
    /// and sorted.
    pub fn without_answers(self) -> Component {
        Component {
            nears: Kept::default(),
            near_moments: Kept::default(),
            samples: OnceLock::new(),
            everywhere: OnceLock::new(),
            plain: OnceLock::new(),
            usual: OnceLock::new(),
            cases: Kept::at_most(CASES_AT_MOST),
            yieldings: Kept::at_most(CASES_AT_MOST),
            ..self
        }
    }

    /// Whether some timeline satisfies these parts, of all that the chronicle says these alone.
    /// Parts of drafts are never reasoned with and make no difference. A search that spends its
    /// budget counts as a timeline, because only a proof makes a conflict.
    pub(crate) fn fit_together(&self, parts: &[Part]) -> bool {
        let premises = parts.iter().filter_map(|p| self.premises.part(*p));
        self.fits(&Accepted::of(self.premises.len(), premises))
    }

    /// The network of a world, encoded once.
    pub(crate) fn encoded(&self, world: &World) -> Arc<Encoded> {
        self.encodings.get(world, || {
            encode(&self.chronicle, &self.scope, &self.premises, world)
        })
    }

    /// Worlds that together show which premises any world can join, with their networks.
    pub(crate) fn samples(&self) -> &[(World, Arc<Encoded>)] {
        self.samples.get_or_init(|| {
            let worlds = self.sample_worlds().into_iter();
            let encoded = worlds.map(|world| {
                let encoded = self.encoded(&world);
                (world, encoded)
            });
            encoded.collect()
        })
    }

    /// The network of what is accepted in a world.
    pub(crate) fn instance(
        &self,
        encoded: &Arc<Encoded>,
        accepted: &Accepted,
        asked: &[Moment],
    ) -> Instance {
        Instance::new(&self.chronicle, encoded.clone(), accepted.clone(), asked)
    }

    /// The worlds along the dimensions that have to do with a question and what is accepted; along
    /// the others, matters are settled in the usual way. A matter on which nothing accepted rests
    /// makes no difference, unless it settles what is asked about.
    pub(crate) fn worlds(&self, accepted: &Accepted, near: &Near) -> Worlds {
        let mut worlds = Worlds::start();
        for (at, dimension) in self.dimensions.iter().enumerate() {
            let affects = || dimension.affects.iter();
            let concerned = affects().any(|p| near.contains(*p))
                && (near.matters.contains(&at) || affects().any(|p| accepted.contains(*p)));
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
        let worlds = self.worlds(accepted, &Near::of(accepted));
        worlds.list.iter().any(|world| {
            let instance = self.instance(&self.encoded(world), accepted, &[]);
            instance.consistent() != Found::None
        })
    }

    /// The worlds of a set of premises that have timelines, kept for questions that come in
    /// series. Premises that have nothing to do with the question are left out of the network.
    pub(crate) fn case(&self, accepted: &Accepted, near: &Near) -> Arc<Case> {
        let accepted = accepted.within(&near.premises);
        let worlds = self.worlds(&accepted, near);
        let complete = worlds.complete;
        // A moment of which accepted premises speak is in the network anyway: questions about all
        // such moments share one.
        let asked = near.moments.iter().copied();
        let asked = asked.filter(|m| !self.has_moment(&accepted, &worlds.list, *m));
        let about = (asked.collect(), near.disputes.clone());
        let key = (accepted, about, worlds.list);
        self.cases
            .get(&key, || self.build_case(&key.0, &key.1, (&key.2, complete)))
    }

    /// Whether in all of these worlds a rule that rests on accepted premises has to do with a moment.
    fn has_moment(&self, accepted: &Accepted, worlds: &[World], moment: Moment) -> bool {
        worlds.iter().all(|world| {
            let encoded = self.encoded(world);
            let rules = encoded
                .index(&self.chronicle)
                .rules_of(encoded.moments.var(moment));
            rules.iter().any(|at| {
                let needs = &encoded.rules[*at as usize].needs;
                !needs.is_empty() && accepted.has_all(needs)
            })
        })
    }

    /// The same without keeping it, for the many sets that a search for supports tries.
    pub(crate) fn fresh_case(&self, accepted: &Accepted, near: &Near) -> Case {
        let worlds = self.worlds(accepted, near);
        let about = (near.moments.clone(), near.disputes.clone());
        self.build_case(accepted, &about, (&worlds.list, worlds.complete))
    }

    fn build_case(
        &self,
        accepted: &Accepted,
        (asked, disputes): &About,
        (worlds, complete): (&[World], bool),
    ) -> Case {
        let mut settled = true;
        let mut instances = Vec::new();
        for world in worlds {
            let encoded = self.encoded(world);
            settled &= encoded.complete;
            let build = |set: &Accepted| {
                let asked = asked.iter().map(|m| encoded.moments.var(*m));
                let asked: Vec<Var> = asked.collect();
                let set = set.clone();
                Instance::about(&self.chronicle, encoded.clone(), set, (&asked, disputes))
            };
            let mut instance = build(accepted);
            let mut found = instance.consistent();
            if found == Found::None {
                // No assumption hangs on which reading of a dispute is followed.
                let first = disputes.iter().filter_map(|d| d.dropped.first()).flatten();
                let left_out: Vec<PremiseId> = first.copied().collect();
                let mut sure = accepted.clone();
                left_out.iter().for_each(|p| sure.remove(*p));
                let Some(mut kept) = self.with_assumptions_yielding(world, &sure) else {
                    continue;
                };
                let back = left_out.iter().filter(|p| accepted.contains(**p));
                back.for_each(|p| kept.insert(*p));
                instance = build(&kept);
                found = instance.consistent();
            }
            settled &= found != Found::Spent;
            instances.push((world.clone(), Arc::new(instance)));
        }
        Case {
            instances,
            complete,
            settled,
        }
    }

    /// Every fluent that some claim speaks of, sorted; doubted identities kept apart.
    pub fn fluents(&self) -> Vec<Fluent> {
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
