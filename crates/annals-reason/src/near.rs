//! Which premises can have to do with a question: those that rules join to it in any world.

use std::collections::BTreeSet;

use annals_chronicle::{EntityId, Fluent, Moment, Part};
use annals_network::Var;

use crate::bearing::slot_keys;
use crate::encode::Encoded;
use crate::premise::PremiseId;
use crate::reasoner::Reasoner;
use crate::rule::Body;
use crate::world::{Dimension, Matter, World};

impl Reasoner {
    /// Every premise that can have to do with a fluent: those of its slot and all that rules
    /// join to them.
    pub(crate) fn near_fluent(&self, fluent: &Fluent) -> BTreeSet<PremiseId> {
        self.near(|world, encoded| {
            let spelled = encoded.spelled(&self.chronicle, fluent);
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
        })
    }

    /// Every premise that can have to do with the days of some moments.
    pub(crate) fn near_moments(&self, moments: &[Moment]) -> BTreeSet<PremiseId> {
        self.near(|_, encoded| {
            let edge = |m: &Moment| match m.edge {
                annals_chronicle::Edge::Start => encoded.starts[m.event.index()],
                annals_chronicle::Edge::End => encoded.ends[m.event.index()],
            };
            (moments.iter().map(edge).collect(), vec![])
        })
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
        let worlds = self.sample_worlds();
        let mut reached: BTreeSet<PremiseId> = BTreeSet::new();
        let mut reaches: Vec<Reach> = Vec::new();
        for world in &worlds {
            reached.extend(self.shaping(world));
            let encoded = self.encoded(world);
            let (vars, premises) = seed(world, &encoded);
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
