//! One world restricted to accepted premises, ready for questions.

use std::sync::Arc;

use annals_chronicle::{Chronicle, Constraint, Fluent};
use annals_network::{Found, Solver, System, Var};

use crate::bearing::{Status, slot_keys};
use crate::encode::Encoded;
use crate::premise::Accepted;
use crate::stretch::{Stretch, forced};

/// A solved network and what bears on fluents in it.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub encoded: Arc<Encoded>,
    pub accepted: Accepted,
    pub solver: Solver,
}

/// One moment of a slot: what it says of the fluent asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotMoment {
    pub var: Var,
    pub before: Option<bool>,
    /// What the fluent is afterwards; `None` leaves it as it was.
    pub after: Option<Status>,
    /// Whether it begins the fluent itself.
    pub begins: bool,
    /// Where it is no moment of the chronicle but an end of a stretch over whole days.
    pub edge: Option<WholeDay>,
}

/// The end of a stretch over whole days: before everything of its day, or after everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WholeDay {
    pub day: i64,
    pub opens: bool,
}

/// All that decides a fluent in one instance.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub moments: Vec<SlotMoment>,
    /// Days on which a stretch forces the value.
    pub forced: Vec<(i64, i64, bool)>,
    /// The relation's `once`.
    pub once: bool,
    /// The relation's `fades after`, in days.
    pub fades: Option<i64>,
}

impl Instance {
    pub fn new(encoded: Arc<Encoded>, accepted: Accepted) -> Instance {
        let mut system = System::new(encoded.count);
        for rule in &encoded.rules {
            if accepted.has_all(&rule.needs) {
                rule.apply(&mut system, &accepted);
            }
        }
        Instance {
            encoded,
            accepted,
            solver: Solver::new(system),
        }
    }

    pub fn consistent(&self) -> Found {
        self.solver.consistent()
    }

    /// The fluent as this world spells it: identities merged, symmetric roles in order.
    pub fn spelled(&self, chronicle: &Chronicle, fluent: &Fluent) -> Fluent {
        self.encoded.spelled(chronicle, fluent)
    }

    /// Everything that bears on a fluent, its rivals included.
    pub fn slot(&self, chronicle: &Chronicle, fluent: &Fluent) -> Slot {
        let fluent = self.spelled(chronicle, fluent);
        let keys = slot_keys(chronicle, &fluent);
        let mut moments: Vec<SlotMoment> = Vec::new();
        for bearing in &self.encoded.bearings {
            if bearing.fluent.relation != fluent.relation || !self.accepted.has_all(&bearing.needs)
            {
                continue;
            }
            let own = bearing.fluent == fluent;
            if !own
                && !slot_keys(chronicle, &bearing.fluent)
                    .iter()
                    .any(|k| keys.contains(k))
            {
                continue;
            }
            let (before, after) = if own {
                (bearing.before, bearing.after)
            } else {
                (
                    (bearing.before == Some(true)).then_some(false),
                    (bearing.after == Some(Status::True)).then_some(Status::False),
                )
            };
            let begins = own && after == Some(Status::True);
            match moments.last_mut() {
                Some(last) if last.var == bearing.var => {
                    last.begins |= begins;
                    last.before = match (last.before, before) {
                        (Some(true), _) | (_, Some(true)) => Some(true),
                        (a, b) => a.or(b),
                    };
                    last.after = stronger(last.after, after);
                }
                _ => moments.push(SlotMoment {
                    var: bearing.var,
                    before,
                    after,
                    begins,
                    edge: self.encoded.edges.get(&bearing.var).copied(),
                }),
            }
        }
        for moment in &mut moments {
            let required = moment
                .before
                .map(|b| if b { Status::True } else { Status::False });
            moment.after = moment.after.or(required);
        }
        let relation = &chronicle.vocabulary.relations[fluent.relation.index()];
        let once = relation
            .constraints
            .iter()
            .any(|c| matches!(c, Constraint::Once));
        let fades = relation.constraints.iter().find_map(|c| match c {
            Constraint::FadesAfter { days, .. } => Some(i64::from(*days)),
            _ => None,
        });
        Slot {
            moments,
            forced: self.forced(chronicle, &fluent),
            once,
            fades,
        }
    }

    fn forced(&self, chronicle: &Chronicle, fluent: &Fluent) -> Vec<(i64, i64, bool)> {
        let accepted = |s: &&Stretch| self.accepted.has_all(&s.needs);
        let mut all = Vec::new();
        for stretch in self.encoded.stretches.iter().filter(accepted) {
            if let Some(value) = forced(chronicle, stretch, fluent) {
                all.extend(
                    stretch
                        .period
                        .days
                        .ranges()
                        .iter()
                        .map(|(f, l)| (*f, *l, value)),
                );
            }
        }
        all
    }
}

/// What an event makes of a fluent if it does several things to it: a beginning counts most,
/// then an ending.
fn stronger(a: Option<Status>, b: Option<Status>) -> Option<Status> {
    match (a, b) {
        (Some(x), Some(y)) => Some(x.min(y)),
        (x, y) => x.or(y),
    }
}

impl Slot {
    /// The value a stretch forces on a day.
    pub fn forced_on(&self, day: i64) -> Option<bool> {
        self.forced
            .iter()
            .find(|(f, l, _)| *f <= day && day <= *l)
            .map(|(_, _, v)| *v)
    }

    /// Whether the fluent never returns and some moment begins it: earlier it was false.
    pub fn begins_once(&self) -> bool {
        self.once && self.moments.iter().any(|m| m.begins)
    }

    /// The ends of stretches over whole days among the moments.
    pub fn edges(&self) -> impl Iterator<Item = (Var, WholeDay)> + '_ {
        self.moments
            .iter()
            .filter_map(|m| m.edge.map(|edge| (m.var, edge)))
    }

    pub fn vars(&self) -> Vec<Var> {
        self.moments.iter().map(|m| m.var).collect()
    }
}
