//! Rules: constraints with the premises they rest on, and what two worlds differ in.

use std::collections::BTreeSet;

use annals_chronicle::{Chronicle, EntityId, EventId, Fluent};
use annals_network::{Alternative, Choice, Var};

use crate::bearing::Bearing;
use crate::encode::Encoded;
use crate::premise::PremiseId;

/// A constraint and the premises it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub needs: Vec<PremiseId>,
    pub body: Body,
    /// What makes it hold, for the explanation of a conflict; it decides nothing.
    pub topic: Topic,
}

/// Why a rule holds: what an explanation says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// What starts and ends does so in this order.
    Lasts,
    /// A condition of a date, or a stated length.
    Said,
    /// What is unknown lies within what is known throughout, or outside it.
    Unknown,
    /// A denied event: what fits its words does not lie in its days.
    DeniedEvent,
    /// The first fluent has one value throughout a period; the second's bearing would break it.
    Kept {
        /// What keeps its value.
        fluent: Fluent,
        /// The value.
        value: bool,
        /// What a moment shows, and whether as true.
        shown: (Fluent, bool),
    },
    /// Two fluents cannot both be as one moment requires.
    AtOnce(Fluent, Fluent),
    /// A fluent that never returns begins once and ends once: what is told twice is one day.
    OneDay(Fluent),
    /// A fluent that never returns holds only after its beginning.
    BeginsOnce(Fluent),
    /// A fluent that never returns holds only before its end.
    NeverReturns(Fluent),
    /// A fluent lasts at most so long between its first mention and its last.
    AtMost(Fluent),
    /// Accounts of one event that name different things in one role.
    Rivals,
    /// The way between two places takes its time.
    Travel(Way),
    /// The second event is news of the first.
    News(EventId, EventId),
    /// An assumption: no conflict rests on one.
    Assumed,
}

/// A way that takes its time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Way {
    /// Who goes it; `None` for news.
    pub who: Option<EntityId>,
    /// Its ends.
    pub places: (EntityId, EntityId),
    /// Its length at least, the surroundings of both ends taken off.
    pub metres: u64,
    /// The fastest way of getting about, by its place among the movers.
    pub mover: usize,
    /// Days between the dates at least.
    pub days: i64,
}

/// What a rule demands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Body {
    /// One of these; none means that the premises cannot stand together.
    OneOf(Vec<Alternative>),
    /// The moment comes after one of these, of those whose premises are accepted; if none is,
    /// nothing is demanded.
    Follows {
        ending: Var,
        sources: Vec<(Var, Vec<PremiseId>)>,
    },
}

/// One moment before another in the line.
pub(crate) fn ordered(a: Var, b: Var) -> Alternative {
    Alternative {
        orders: vec![(a, b)],
        ..Alternative::default()
    }
}

impl Encoded {
    /// The fluent as this world spells it: identities merged, symmetric roles in order.
    pub fn spelled(&self, chronicle: &Chronicle, fluent: &Fluent) -> Fluent {
        let roles = fluent.roles.iter().map(|e| self.same.of(*e));
        let merged = Fluent {
            relation: fluent.relation,
            roles: roles.collect(),
        };
        crate::bearing::canonical(chronicle, merged)
    }

    /// The premises of every rule, bearing and stretch that only one of two worlds has.
    /// Variables that stand for no moment are numbered anew in every world and do not count.
    pub fn differing(&self, other: &Encoded) -> BTreeSet<PremiseId> {
        let moments = self.moments.count();
        let rules = |encoded: &Encoded| -> BTreeSet<Rule> {
            encoded
                .rules
                .iter()
                .map(|r| r.without_helpers(moments))
                .collect()
        };
        let mut premises = BTreeSet::new();
        let (a, b) = (rules(self), rules(other));
        for rule in a.symmetric_difference(&b) {
            premises.extend(&rule.needs);
            if let Body::Follows { sources, .. } = &rule.body {
                premises.extend(sources.iter().flat_map(|(_, needs)| needs));
            }
        }
        let bearings = |encoded: &Encoded| -> BTreeSet<Bearing> {
            let all = encoded.bearings.iter().cloned();
            all.map(|b| Bearing {
                var: b.var.min(moments),
                ..b
            })
            .collect()
        };
        let (a, b) = (bearings(self), bearings(other));
        premises.extend(a.symmetric_difference(&b).flat_map(|b| &b.needs));
        for stretch in &self.stretches {
            if !other.stretches.contains(stretch) {
                premises.extend(&stretch.needs);
            }
        }
        for stretch in &other.stretches {
            if !self.stretches.contains(stretch) {
                premises.extend(&stretch.needs);
            }
        }
        premises
    }
}

impl Rule {
    /// Every variable the rule speaks of.
    pub fn vars(&self) -> Vec<Var> {
        let mut all = Vec::new();
        self.each_var(|var| all.push(var));
        all
    }

    /// Looks at every variable the rule speaks of.
    pub fn each_var(&self, mut visit: impl FnMut(Var)) {
        match &self.body {
            Body::OneOf(ways) => ways.iter().flat_map(Alternative::vars).for_each(visit),
            Body::Follows { ending, sources } => {
                visit(*ending);
                sources.iter().for_each(|(var, _)| visit(*var));
            }
        }
    }

    /// The rule with one variable for all that stand for no moment.
    fn without_helpers(&self, moments: usize) -> Rule {
        let mut rule = self.clone();
        // A world may explain a rule by another name of the same thing.
        rule.topic = Topic::Lasts;
        if let Body::OneOf(ways) = &mut rule.body {
            for way in ways {
                for arc in &mut way.arcs {
                    (arc.from, arc.to) = (arc.from.min(moments), arc.to.min(moments));
                }
                for (a, b) in &mut way.orders {
                    (*a, *b) = ((*a).min(moments), (*b).min(moments));
                }
                for (var, _) in &mut way.domains {
                    *var = (*var).min(moments);
                }
            }
        }
        rule
    }

    /// Puts the rule into a system that numbers variables by `place`, its premises being accepted.
    /// An ending follows one of the sources that are accepted too; where there is none, nothing is
    /// demanded.
    pub fn apply(
        &self,
        system: &mut annals_network::System,
        accepted: &crate::premise::Accepted,
        place: &impl Fn(Var) -> Var,
    ) {
        match &self.body {
            Body::OneOf(ways) if ways.len() == 1 => hold(&ways[0], system, place),
            _ => {
                if let Some(ways) = self.ways(accepted) {
                    let ways = ways.iter().map(|way| way.renumbered(place));
                    demand(ways.collect(), system);
                }
            }
        }
    }

    /// The ways of satisfying it, one of which must hold; `None` where nothing is demanded.
    pub fn ways(&self, accepted: &crate::premise::Accepted) -> Option<Vec<Alternative>> {
        match &self.body {
            Body::OneOf(ways) => Some(ways.clone()),
            Body::Follows { ending, sources } => {
                let known = sources.iter().filter(|(_, n)| accepted.has_all(n));
                let known: Vec<Alternative> =
                    known.map(|(var, _)| ordered(*var, *ending)).collect();
                (!known.is_empty()).then_some(known)
            }
        }
    }
}

/// Puts into a system that one of these ways holds.
pub(crate) fn demand(ways: Vec<Alternative>, system: &mut annals_network::System) {
    match &ways[..] {
        [] => system.forbid(),
        [only] => hold(only, system, &|var| var),
        _ => system.choose(Choice { alternatives: ways }),
    }
}

/// Puts into a system that a way holds.
fn hold(way: &Alternative, system: &mut annals_network::System, place: &impl Fn(Var) -> Var) {
    for arc in &way.arcs {
        system.arc(place(arc.from), place(arc.to), arc.weight);
    }
    for (a, b) in &way.orders {
        system.order(place(*a), place(*b));
    }
    for (var, domain) in &way.domains {
        system.restrict(place(*var), domain);
    }
}
