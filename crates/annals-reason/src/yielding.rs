//! Assumptions yield to claims: which of them do not stand.
//!
//! The claims of a group are put into one network, once. Whether some assumptions fit with them is
//! then one question to it, however many sets of assumptions are tried.

use std::sync::Arc;

use annals_network::{Alternative, Choice, Found, Solver, Var};

use crate::component::Component;
use crate::conflict::enumerate;
use crate::encode::Encoded;
use crate::instance::Instance;
use crate::premise::{Accepted, PremiseId};
use crate::rule::Rule;
use crate::world::World;

/// What becomes of the assumptions of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Yielding {
    /// They stand.
    Fits,
    /// The claims alone clash.
    Clash,
    /// These do not stand: the members of every smallest clash.
    Some(Vec<PremiseId>),
}

impl Component {
    /// What is left of the premises of a world when assumptions yield: all members of every
    /// smallest clash, so that their order decides nothing. `None` where claims clash already.
    /// What no rule joins has no bearing on one another and is looked at by itself.
    pub(crate) fn with_assumptions_yielding(
        &self,
        world: &World,
        accepted: &Accepted,
    ) -> Option<Accepted> {
        let encoded = self.encoded(world);
        let mut kept = accepted.clone();
        let mut clashed = false;
        for group in self.joined_in(&encoded, accepted) {
            // Sets of premises that are tried one after the other differ in few groups.
            let key = (world.clone(), group);
            let yielding = self
                .yieldings
                .get(&key, || self.yielding_of(&key.1, &encoded));
            match Yielding::clone(&yielding) {
                Yielding::Fits => {}
                Yielding::Clash => return None,
                Yielding::Some(gone) => {
                    clashed = true;
                    gone.into_iter().for_each(|p| kept.remove(p));
                }
            }
        }
        clashed.then_some(kept)
    }

    /// Which assumptions of a group must yield.
    pub(crate) fn yielding_of(&self, group: &[PremiseId], encoded: &Arc<Encoded>) -> Yielding {
        let (assumed, said): (Vec<PremiseId>, Vec<PremiseId>) =
            group.iter().partition(|p| self.premises.is_assumption(**p));
        let claims = Claims::new(self, encoded, &said, &assumed);
        let mut fits = |set: &[PremiseId]| claims.fit_with(set);
        if fits(&assumed) {
            return Yielding::Fits;
        }
        if assumed.is_empty() || !fits(&[]) {
            return Yielding::Clash;
        }
        let weight = group.len() / assumed.len();
        let clashes = enumerate(&assumed, weight, &mut fits);
        match clashes.complete {
            true => Yielding::Some(clashes.conflicts.into_iter().flatten().collect()),
            false => Yielding::Some(assumed),
        }
    }
}

/// The claims of a group as a network, and the rules that assumptions add to it.
struct Claims<'e> {
    instance: Instance,
    /// Whether they fit by themselves; a search that spends its budget counts as if they did.
    fit: bool,
    /// Rules that rest on assumptions, by any of these.
    assumed: Vec<&'e Rule>,
    /// What these rules speak of, as the network numbers it.
    vars: Vec<Var>,
}

impl<'e> Claims<'e> {
    fn new(
        component: &Component,
        encoded: &'e Arc<Encoded>,
        said: &[PremiseId],
        assumed: &[PremiseId],
    ) -> Claims<'e> {
        let index = encoded.index(&component.chronicle);
        let rules = assumed.iter().flat_map(|p| index.rules_on(*p));
        let mut rules: Vec<u32> = rules.copied().collect();
        rules.sort_unstable();
        rules.dedup();
        let rules: Vec<&Rule> = rules
            .iter()
            .map(|at| &encoded.rules[*at as usize])
            .collect();
        let mut vars: Vec<Var> = rules.iter().flat_map(|rule| rule.vars()).collect();
        vars.sort_unstable();
        vars.dedup();
        let accepted = Accepted::of(component.premises.len(), said.iter().copied());
        let instance = Instance::about(
            &component.chronicle,
            encoded.clone(),
            accepted,
            (&vars, &[]),
        );
        Claims {
            fit: instance.consistent() != Found::None,
            vars: vars.iter().filter_map(|v| instance.place(*v)).collect(),
            assumed: rules,
            instance,
        }
    }

    /// Whether some timeline satisfies the claims and some assumptions.
    fn fit_with(&self, assumptions: &[PremiseId]) -> bool {
        let mut accepted = self.instance.accepted.clone();
        assumptions.iter().for_each(|p| accepted.insert(*p));
        let place = |var: Var| self.instance.place(var).unwrap_or(var);
        let rules = self.assumed.iter();
        let made = rules.filter(|rule| accepted.has_all(&rule.needs));
        let choices = made.filter_map(|rule| {
            let ways = rule.ways(&accepted)?.into_iter();
            let alternatives = ways.map(|way: Alternative| way.renumbered(place)).collect();
            Some(Choice { alternatives })
        });
        let choices: Vec<Choice> = choices.collect();
        let solver: &Solver = &self.instance.solver;
        self.fit && solver.allows_all(&choices, &self.vars) != Found::None
    }
}
