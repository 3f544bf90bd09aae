//! Which premises can have to do with a question: those that rules join to it in any world.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Chronicle, EntityId, EventId, Fluent, Moment, Part};
use annals_network::Var;

use crate::answer::At;
use crate::component::Component;
use crate::dispute::Dispute;
use crate::encode::Encoded;
use crate::premise::{Accepted, PremiseId};
use crate::rule::Body;
use crate::world::{Dimension, Matter, World};

/// Everything that can have to do with a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Near {
    /// Premises.
    pub premises: BTreeSet<PremiseId>,
    /// The moments asked about.
    pub moments: Vec<Moment>,
    /// Matters that change what is asked, whatever claims they touch: who a name asked about is,
    /// and whether an event asked about happened. By their place among the dimensions.
    pub matters: BTreeSet<usize>,
    /// Contradictions whose readings are looked at together.
    pub disputes: Vec<Arc<Dispute>>,
}

impl Near {
    /// What concerns premises alone.
    pub fn of(accepted: &Accepted) -> Near {
        Near {
            premises: accepted.iter().collect(),
            ..Near::default()
        }
    }

    pub fn contains(&self, premise: PremiseId) -> bool {
        self.premises.contains(&premise)
    }

    pub fn iter(&self) -> impl Iterator<Item = PremiseId> + '_ {
        self.premises.iter().copied()
    }

    fn with(&self, other: &Near) -> Near {
        let premises = self.premises.union(&other.premises).copied();
        let moments = self.moments.iter().chain(&other.moments).copied();
        Near {
            premises: premises.collect(),
            moments: moments.collect(),
            matters: self.matters.union(&other.matters).copied().collect(),
            disputes: self.disputes.clone(),
        }
    }
}

impl Component {
    /// Everything that can have to do with a fluent at a point.
    pub(crate) fn near_at(&self, fluent: &Fluent, at: At) -> Arc<Near> {
        let near = self.near_fluent(fluent);
        match at {
            At::Day(_) => near,
            At::Before(moment) | At::Close(moment) => {
                Arc::new(near.with(&self.near_moments(&[moment])))
            }
        }
    }

    /// Everything that can have to do with a fluent: the premises of its slot and all that rules
    /// join to them.
    pub(crate) fn near_fluent(&self, fluent: &Fluent) -> Arc<Near> {
        self.nears.get(fluent, || self.find_near_fluent(fluent))
    }

    fn find_near_fluent(&self, fluent: &Fluent) -> Near {
        let premises = self.near(|world, encoded| {
            let spelled = encoded.spelled(&self.chronicle, fluent);
            let index = encoded.index(&self.chronicle);
            let mut vars = Vec::new();
            let mut premises = Vec::new();
            for at in index.bearings().beside(&self.chronicle, &spelled) {
                let bearing = &encoded.bearings[at as usize];
                vars.push(bearing.var);
                premises.extend(&bearing.needs);
            }
            for at in index.stretches().beside(&self.chronicle, &spelled) {
                premises.extend(&encoded.stretches[at as usize].needs);
            }
            // What is asked of one name is asked of the other where they may be one, whichever
            // of them stands for both.
            let merged = world
                .merged
                .iter()
                .map(|i| &self.chronicle.identities[i.index()]);
            if merged
                .flat_map(|i| [i.a, i.b])
                .any(|e| fluent.roles.contains(&e))
            {
                let parts = world.merged.iter().map(|i| Part::Identity(*i));
                premises.extend(parts.filter_map(|part| self.premises.part(part)));
            }
            for (unnamed, other) in &world.same {
                if fluent.roles.iter().any(|e| e == unnamed || e == other) {
                    premises.extend(self.affected_by_naming(*unnamed));
                }
            }
            (vars, premises)
        });
        Near {
            premises,
            moments: vec![],
            matters: self.matters_naming(fluent),
            disputes: vec![],
        }
    }

    /// Everything that can have to do with the days of some moments.
    pub(crate) fn near_moments(&self, moments: &[Moment]) -> Arc<Near> {
        let key = moments.to_vec();
        self.near_moments
            .get(&key, || self.find_near_moments(moments))
    }

    fn find_near_moments(&self, moments: &[Moment]) -> Near {
        let premises = self.near(|_, encoded| {
            let vars = moments.iter().map(|m| encoded.moments.var(*m));
            (vars.collect(), vec![])
        });
        let events: Vec<EventId> = moments.iter().map(|m| m.event).collect();
        let chosen = |d: &Dimension| match &d.matter {
            Matter::Choice(_, of) => of.iter().any(|e| events.contains(e)),
            _ => false,
        };
        let dimensions = self.dimensions.iter().enumerate();
        Near {
            premises,
            moments: moments.to_vec(),
            matters: dimensions
                .filter(|(_, d)| chosen(d))
                .map(|(at, _)| at)
                .collect(),
            disputes: vec![],
        }
    }

    /// The matters of who is who that can change which thing a name in a fluent stands for,
    /// directly or through other names.
    fn matters_naming(&self, fluent: &Fluent) -> BTreeSet<usize> {
        let mut things = fluent.roles.clone();
        let mut matters = BTreeSet::new();
        loop {
            let before = matters.len();
            for (at, dimension) in self.dimensions.iter().enumerate() {
                let named = named_by(&self.chronicle, &dimension.matter);
                if named.iter().any(|e| things.contains(e)) && matters.insert(at) {
                    things.extend(named);
                }
            }
            if matters.len() == before {
                return matters;
            }
        }
    }

    /// What hangs on who an unnamed thing is.
    fn affected_by_naming(&self, unnamed: EntityId) -> impl Iterator<Item = PremiseId> {
        let all = self.dimensions.iter();
        let own = all.filter(move |d| matches!(&d.matter, Matter::Unnamed(e, _) if *e == unnamed));
        own.flat_map(|d| d.affects.iter().copied())
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
    fn near(
        &self,
        seed: impl Fn(&World, &Encoded) -> (Vec<Var>, Vec<PremiseId>),
    ) -> BTreeSet<PremiseId> {
        let mut reached: BTreeSet<PremiseId> = BTreeSet::new();
        let mut reaches: Vec<Reach> = Vec::new();
        for (world, encoded) in self.samples() {
            reached.extend(self.shaping(world));
            let (vars, premises) = seed(world, encoded);
            reached.extend(premises);
            let mut reach = Reach {
                chronicle: &self.chronicle,
                encoded: encoded.clone(),
                seen: BTreeSet::new(),
            };
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

/// The things whose identity a matter settles.
fn named_by(chronicle: &Chronicle, matter: &Matter) -> Vec<EntityId> {
    match matter {
        Matter::Identity(i) => {
            let identity = &chronicle.identities[i.index()];
            vec![identity.a, identity.b]
        }
        Matter::Unnamed(entity, others) => [&[*entity], &others[..]].concat(),
        Matter::Filler(..) | Matter::Within(..) | Matter::Choice(..) => vec![],
    }
}

/// What has been reached in one world.
struct Reach<'c> {
    chronicle: &'c Chronicle,
    encoded: Arc<Encoded>,
    seen: BTreeSet<Var>,
}

impl Reach<'_> {
    /// Goes from variables to all that rules join to them.
    fn spread(&mut self, vars: Vec<Var>, reached: &mut BTreeSet<PremiseId>) {
        let index = self.encoded.index(self.chronicle);
        let mut met: BTreeSet<u32> = BTreeSet::new();
        let mut open: Vec<Var> = vars.into_iter().filter(|v| self.seen.insert(*v)).collect();
        while let Some(var) = open.pop() {
            for at in index.rules_of(var) {
                if !met.insert(*at) {
                    continue;
                }
                let rule = &self.encoded.rules[*at as usize];
                reached.extend(rule.needs.iter().copied());
                if let Body::Follows { sources, .. } = &rule.body {
                    reached.extend(sources.iter().flat_map(|(_, needs)| needs.iter().copied()));
                }
                let vars = rule.vars().into_iter();
                open.extend(vars.filter(|v| self.seen.insert(*v)));
            }
        }
    }

    /// The premises that cannot stand beside some others, whatever the days.
    fn excluded_by(&self, reached: &BTreeSet<PremiseId>) -> Vec<PremiseId> {
        let exclusions = self.encoded.index(self.chronicle).exclusions().iter();
        exclusions
            .map(|at| &self.encoded.rules[*at as usize])
            .filter(|r| r.needs.iter().any(|p| reached.contains(p)))
            .flat_map(|r| r.needs.iter().copied())
            .collect()
    }

    /// The variables of every rule and bearing that rests on one of some premises.
    fn resting_on(&self, premises: &BTreeSet<PremiseId>) -> Vec<Var> {
        let index = self.encoded.index(self.chronicle);
        let rules = premises.iter().flat_map(|p| index.rules_on(*p));
        let bearings = premises.iter().flat_map(|p| index.bearings_on(*p));
        rules
            .flat_map(|at| self.encoded.rules[*at as usize].vars())
            .chain(bearings.map(|at| self.encoded.bearings[*at as usize].var))
            .collect()
    }
}
