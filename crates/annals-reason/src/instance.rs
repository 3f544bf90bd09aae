//! One world restricted to accepted premises, ready for questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Chronicle, Constraint, Fluent, Moment};
use annals_network::{Extract, Found, HORIZON, Solver, System, Var};

use crate::bearing::Status;
use crate::dispute::Dispute;
use crate::encode::Encoded;
use crate::index::Index;
use crate::premise::Accepted;
use crate::rule::{Rule, demand};
use crate::stretch::{Stretch, forced};

/// A solved network and what bears on fluents in it. Only the moments that accepted premises
/// speak of, and those asked about, are variables of it, numbered anew.
#[derive(Debug)]
pub(crate) struct Instance {
    pub encoded: Arc<Encoded>,
    pub accepted: Accepted,
    pub solver: Solver,
    /// The world's variable of each of its own, rising.
    vars: Vec<Var>,
}

/// One moment of a slot: what it says of the fluent asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WholeDay {
    pub day: i64,
    pub opens: bool,
}

/// All that decides a fluent in one instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub moments: Vec<SlotMoment>,
    /// Days on which a stretch forces the value.
    pub forced: Vec<(i64, i64, bool)>,
    /// The relation's `once`.
    pub once: bool,
    /// The relation's `fades after`, in days.
    pub fades: Option<i64>,
}

/// All that decides an answer of one instance, with variables that do not depend on it.
pub(crate) type Seen = (Slot, Option<Var>, Extract);

impl Instance {
    /// The network of what is accepted, with the moments asked about.
    pub fn new(
        chronicle: &Chronicle,
        encoded: Arc<Encoded>,
        accepted: Accepted,
        asked: &[Moment],
    ) -> Instance {
        let asked = asked.iter().map(|m| encoded.moments.var(*m));
        let asked: Vec<Var> = asked.collect();
        Instance::about(chronicle, encoded, accepted, (&asked, &[]))
    }

    /// The same with some variables of the world, and with disputes in which any reading may be
    /// followed.
    pub fn about(
        chronicle: &Chronicle,
        encoded: Arc<Encoded>,
        accepted: Accepted,
        (asked, disputes): (&[Var], &[Arc<Dispute>]),
    ) -> Instance {
        let index = encoded.index(chronicle);
        let (vars, rules) = gathered(&encoded, index, &accepted, asked);
        let place = |var: Var| vars.partition_point(|v| *v < var);
        let mut system = System::new(vars.len());
        let mut disputed: Vec<Vec<&Rule>> = vec![vec![]; disputes.len()];
        for at in rules {
            let rule = &encoded.rules[at as usize];
            match disputes.iter().position(|d| d.concerns(rule)) {
                Some(of) => disputed[of].push(rule),
                None => rule.apply(&mut system, &accepted, &place),
            }
        }
        for (dispute, rules) in disputes.iter().zip(&disputed) {
            for choice in dispute.choices(rules, &accepted) {
                let ways = choice.alternatives.into_iter();
                demand(ways.map(|way| way.renumbered(place)).collect(), &mut system);
            }
        }
        Instance {
            solver: Solver::new(system),
            encoded,
            accepted,
            vars,
        }
    }

    /// Its own number of a variable of the world; `None` where nothing accepted speaks of it.
    pub fn place(&self, var: Var) -> Option<Var> {
        self.vars.binary_search(&var).ok()
    }

    /// The world's variables that are here, rising.
    pub fn vars(&self) -> impl Iterator<Item = Var> + '_ {
        self.vars.iter().copied()
    }

    /// The world's number of one of its own variables.
    pub fn var(&self, place: Var) -> Var {
        self.vars[place]
    }

    /// The first and last possible day of a variable of the world.
    pub fn hull(&self, var: Var) -> Option<(i64, i64)> {
        match self.place(var) {
            Some(place) => self.solver.hull(place),
            // Nothing bounds it.
            None => Some((-HORIZON, HORIZON)),
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
        let index = self.encoded.index(chronicle);
        let mut moments: Vec<SlotMoment> = Vec::new();
        for at in index.bearings().beside(chronicle, &fluent) {
            let bearing = &self.encoded.bearings[at as usize];
            if !self.accepted.has_all(&bearing.needs) {
                continue;
            }
            let Some(var) = self.place(bearing.var) else {
                continue;
            };
            let own = bearing.fluent == fluent;
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
                Some(last) if last.var == var => {
                    last.begins |= begins;
                    last.before = match (last.before, before) {
                        (Some(true), _) | (_, Some(true)) => Some(true),
                        (a, b) => a.or(b),
                    };
                    last.after = stronger(last.after, after);
                }
                _ => moments.push(SlotMoment {
                    var,
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

    /// All that decides a slot here, and a moment asked about: instances that have it alike answer
    /// alike.
    pub fn extract(&self, slot: &Slot, asked: Option<Var>) -> Seen {
        let mut named = slot.clone();
        for moment in &mut named.moments {
            moment.var = self.var(moment.var);
        }
        let mut vars = slot.vars();
        vars.extend(asked);
        let extract = self.solver.extract(&vars, |v| self.var(v));
        (named, asked.map(|v| self.var(v)), extract)
    }

    fn forced(&self, chronicle: &Chronicle, fluent: &Fluent) -> Vec<(i64, i64, bool)> {
        let mut all = Vec::new();
        let index = self.encoded.index(chronicle);
        for at in index.stretches().beside(chronicle, fluent) {
            let stretch: &Stretch = &self.encoded.stretches[at as usize];
            if !self.accepted.has_all(&stretch.needs) {
                continue;
            }
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

/// The variables that accepted premises speak of, with those asked about, and the rules that hold
/// among them, both rising.
pub(crate) fn gathered(
    encoded: &Encoded,
    index: &Index,
    accepted: &Accepted,
    asked: &[Var],
) -> (Vec<Var>, Vec<u32>) {
    let mut rules: Vec<u32> = Vec::new();
    let mut vars: Vec<Var> = asked.to_vec();
    for premise in accepted.iter() {
        for at in index.rules_on(premise) {
            let rule = &encoded.rules[*at as usize];
            // A rule is met once for each premise it rests on and counts at the first.
            if rule.needs.iter().min() == Some(&premise) && accepted.has_all(&rule.needs) {
                rules.push(*at);
                rule.each_var(|var| vars.push(var));
            }
        }
        for at in index.bearings_on(premise) {
            let bearing = &encoded.bearings[*at as usize];
            if accepted.has_all(&bearing.needs) {
                vars.push(bearing.var);
            }
        }
    }
    vars.sort_unstable();
    vars.dedup();
    join_free(encoded, index, &mut vars, &mut rules);
    rules.sort_unstable();
    (vars, rules)
}

/// Adds the rules that rest on no premise and speak of variables that are there, with the
/// variables they join to them.
fn join_free(encoded: &Encoded, index: &Index, vars: &mut Vec<Var>, rules: &mut Vec<u32>) {
    let mut free: BTreeSet<u32> = BTreeSet::new();
    let mut seen: BTreeSet<Var> = BTreeSet::new();
    let mut open: Vec<Var> = vars.clone();
    while let Some(var) = open.pop() {
        for at in index.free_of(var) {
            if !free.insert(*at) {
                continue;
            }
            for other in encoded.rules[*at as usize].vars() {
                if vars.binary_search(&other).is_err() && seen.insert(other) {
                    open.push(other);
                }
            }
        }
    }
    rules.extend(free);
    if !seen.is_empty() {
        vars.extend(seen);
        vars.sort_unstable();
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
