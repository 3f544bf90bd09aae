//! Why claims cannot all be true: the engine's own rules, as few as will do, put in the order in
//! which a reader follows them.
//!
//! A conflict says which parts of claims clash. Here the rules that rest on them are thinned by
//! deletion until each is needed, and then derived from one another: what is dated by itself
//! first, what follows from it next, until a moment has no day left, the order runs in a circle,
//! or every case has been tried. The network decides that there is a conflict; this only shows
//! it, and says so where it cannot ([`Clash::Unshown`]).

mod circle;
mod derive;

use annals_network::{Found, Solver, System, Var};

use crate::component::Component;
use crate::conflict::shrink;
use crate::encode::Encoded;
use crate::near::Near;
use crate::premise::{Accepted, PremiseId};
use crate::rule::{Body, Rule, Topic};
use crate::world::World;

pub(crate) use derive::{Clash, Derivation, Gain, Step, derive, is_dated};

/// More rules than this are not thinned: they would fill more than a screen.
const RULES_AT_MOST: usize = 2_000;

/// The refutation of a set of premises in one world.
#[derive(Clone, Debug)]
pub(crate) struct Refutation {
    /// The way of settling names and choices that is refuted.
    pub world: World,
    /// The rules needed, in the order of the claims they rest on.
    pub rules: Vec<Rule>,
    /// How they refute.
    pub derivation: Derivation,
}

impl Component {
    /// Refutes premises that do not fit together, world by world.
    pub(crate) fn refute(&self, premises: &[PremiseId]) -> Vec<Refutation> {
        let accepted = Accepted::of(self.premises.len(), premises.iter().copied());
        let worlds = self.worlds(&accepted, &Near::of(&accepted));
        let each = worlds.list.into_iter().map(|world| {
            let encoded = self.encoded(&world);
            let rules = needed(&encoded, &accepted);
            let focus: Vec<Vec<Var>> = rules.iter().map(|r| self.focus(&encoded, r)).collect();
            let derivation = derive(&rules, &focus, encoded.count);
            Refutation {
                world,
                rules,
                derivation,
            }
        });
        each.collect()
    }

    /// What a rule speaks of, as against what it only refers to: the moments of the event that a
    /// date places; of other rules all moments, as against helpers that no claim names.
    fn focus(&self, encoded: &Encoded, rule: &Rule) -> Vec<Var> {
        if rule.topic != Topic::Said {
            let moments = encoded.moments.count();
            return rule.vars().into_iter().filter(|v| *v < moments).collect();
        }
        let claims = rule.needs.iter().filter_map(|p| self.premises.claim(*p));
        let events = claims.map(|c| self.chronicle.claims[c.index()].event);
        events
            .flat_map(|e| [encoded.moments.start(e), encoded.moments.end(e)])
            .collect()
    }
}

/// As few of the rules that accepted premises bring as refute them.
fn needed(encoded: &Encoded, accepted: &Accepted) -> Vec<Rule> {
    let mut rules: Vec<&Rule> = encoded
        .rules
        .iter()
        .filter(|r| accepted.has_all(&r.needs) && matches!(r.body, Body::OneOf(_)))
        .collect();
    rules = joined(encoded.count, rules);
    if rules.len() > RULES_AT_MOST {
        return vec![];
    }
    // What a claim says outright explains more than what follows from several.
    rules.sort_by_key(|r| r.needs.len());
    let kept = shrink(&rules, &mut |some| fit(some));
    let mut kept: Vec<Rule> = kept.into_iter().cloned().collect();
    kept.sort_by(|a, b| (a.needs.len(), &a.needs).cmp(&(b.needs.len(), &b.needs)));
    kept
}

/// The rules that some chain of common moments joins to a rule with premises: the others hold in
/// every timeline and refute nothing.
fn joined(count: usize, rules: Vec<&Rule>) -> Vec<&Rule> {
    let mut near = vec![false; count];
    let mut kept: Vec<bool> = rules.iter().map(|r| !r.needs.is_empty()).collect();
    for (rule, _) in rules.iter().zip(&kept).filter(|(_, kept)| **kept) {
        rule.vars().into_iter().for_each(|v| near[v] = true);
    }
    loop {
        let mut grown = false;
        for (rule, kept) in rules.iter().zip(&mut kept) {
            if !*kept && rule.vars().iter().any(|v| near[*v]) {
                rule.vars().into_iter().for_each(|v| near[v] = true);
                (*kept, grown) = (true, true);
            }
        }
        if !grown {
            break;
        }
    }
    let with = rules.into_iter().zip(kept);
    with.filter(|(_, kept)| *kept).map(|(r, _)| r).collect()
}

/// Whether rules leave a timeline. Moments are numbered anew, so that the size of the chronicle
/// does not matter.
fn fit(rules: &[&Rule]) -> bool {
    let mut vars: Vec<Var> = rules.iter().flat_map(|r| r.vars()).collect();
    vars.sort_unstable();
    vars.dedup();
    let at = |var: Var| vars.binary_search(&var).unwrap_or(0);
    let mut system = System::new(vars.len());
    for rule in rules {
        let Body::OneOf(ways) = &rule.body else {
            continue;
        };
        let ways = ways.iter().map(|way| way.renumbered(at)).collect();
        crate::rule::demand(ways, &mut system);
    }
    Solver::new(system).consistent() != Found::None
}
