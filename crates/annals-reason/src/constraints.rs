//! Rules that bearings and stretches make among moments: what excludes what, what comes before
//! what, whichever claims are accepted.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Constraint, Fluent, Part};
use annals_network::{Alternative, Arc, Domain, HORIZON, Var};

use crate::bearing::{Bearing, Status};
use crate::encode::{Encoder, restricted};
use crate::index::Slots;
use crate::premise::{PremiseId, clashing_roles};
use crate::rule::{Body, Rule, Topic, ordered};
use crate::stretch::Stretch;
use crate::world::World;

impl Encoder<'_> {
    /// Nothing to the contrary lies in a stretch.
    pub fn contradicted(&mut self, bearings: &[Bearing], slots: &Slots, stretches: &[Stretch]) {
        for stretch in stretches {
            if self.is_full() {
                self.left_out = true;
                return;
            }
            for at in slots.beside(self.chronicle, &stretch.fluent) {
                let bearing = &bearings[at as usize];
                let own = bearing.fluent == stretch.fluent;
                let shows_true =
                    bearing.before == Some(true) || bearing.after == Some(Status::True);
                let shows_false =
                    bearing.before == Some(false) || bearing.after == Some(Status::False);
                let contrary = match (own, stretch.value) {
                    (true, true) => shows_false,
                    (true, false) => shows_true,
                    (false, true) => shows_true,
                    (false, false) => false,
                };
                if contrary && !stretch.period.has_end(bearing.var) {
                    self.topic = Topic::Kept {
                        fluent: stretch.fluent.clone(),
                        value: stretch.value,
                        shown: (bearing.fluent.clone(), !own || !stretch.value),
                    };
                    let needs = [stretch.needs.clone(), bearing.needs.clone()].concat();
                    self.rule(needs, stretch.period.outside(bearing.var));
                }
            }
        }
    }

    /// What is unknown within a stretch that tells of it has no effect there; otherwise it lies
    /// outside.
    pub fn unknown_within(
        &mut self,
        world: &World,
        stretches: &[Stretch],
        bearings: &mut Vec<Bearing>,
    ) {
        for ((unknown, told), within) in &world.within {
            let parts = [*unknown, *told].map(|c| self.premises.part(Part::Happened(c)));
            let [Some(unknown), Some(told)] = parts else {
                continue;
            };
            for stretch in stretches.iter().filter(|s| s.needs.contains(&told)) {
                let concerned = |b: &Bearing| {
                    b.after == Some(Status::Unrecorded)
                        && stretch.settles(self.chronicle, &b.fluent)
                        && b.needs.contains(&unknown)
                };
                let passed: Vec<Bearing> =
                    bearings.iter().filter(|b| concerned(b)).cloned().collect();
                if *within {
                    bearings.retain(|b| !concerned(b));
                }
                for bearing in passed {
                    let ways = if *within {
                        stretch.period.inside(bearing.var)
                    } else {
                        stretch.period.outside(bearing.var)
                    };
                    self.rule([&bearing.needs[..], &stretch.needs].concat(), ways);
                }
            }
        }
    }

    /// A stretch over whole days begins before every moment of its first day and closes after
    /// every moment of its last.
    pub fn whole_days(
        &mut self,
        bearings: &[Bearing],
        slots: &Slots,
        edges: &[(Bearing, i64, bool)],
    ) {
        let opening: BTreeMap<Var, (i64, bool)> = edges
            .iter()
            .map(|(e, day, opens)| (e.var, (*day, *opens)))
            .collect();
        for (edge, day, opens) in edges {
            if self.is_full() {
                self.left_out = true;
                return;
            }
            for at in slots.beside(self.chronicle, &edge.fluent) {
                let bearing = &bearings[at as usize];
                if bearing.var == edge.var {
                    continue;
                }
                let (beside, order) = if *opens {
                    (Domain::range(-HORIZON, day - 1), (edge.var, bearing.var))
                } else {
                    (Domain::range(day + 1, HORIZON), (bearing.var, edge.var))
                };
                let other = opening.get(&bearing.var);
                // Two edges on one day: what opens comes before what closes, else they are alike.
                if other.is_some_and(|(d, o)| d == day && (*o || !*opens)) {
                    continue;
                }
                self.topic = Topic::Kept {
                    fluent: edge.fluent.clone(),
                    value: edge.before == Some(true),
                    shown: (bearing.fluent.clone(), bearing.before != Some(false)),
                };
                let needs = [edge.needs.clone(), bearing.needs.clone()].concat();
                let ordered = Alternative {
                    orders: vec![order],
                    ..Alternative::default()
                };
                self.rule(needs, vec![restricted(bearing.var, beside), ordered]);
            }
        }
    }

    /// One moment cannot require a fluent both true and false, nor two rivals true.
    pub fn same_moment(&mut self, bearings: &[Bearing]) {
        for here in bearings.chunk_by(|a, b| a.var == b.var) {
            let required: Vec<&Bearing> = here.iter().filter(|b| b.before.is_some()).collect();
            if required.len() < 2 {
                continue;
            }
            let slots = Slots::new(self.chronicle, required.iter().map(|b| &b.fluent));
            for (i, a) in required.iter().enumerate() {
                for at in slots.beside(self.chronicle, &a.fluent) {
                    let b = required[at as usize];
                    let opposite = a.fluent == b.fluent && a.before != b.before;
                    let rivals =
                        a.fluent != b.fluent && a.before == Some(true) && b.before == Some(true);
                    if at as usize > i && (opposite || rivals) {
                        self.topic = Topic::AtOnce(a.fluent.clone(), b.fluent.clone());
                        self.rule([a.needs.clone(), b.needs.clone()].concat(), vec![]);
                    }
                }
            }
        }
    }

    /// `once` puts all that shows a fluent true before all that ends it, and after what begins
    /// it; `lasts at most` keeps all that shows it true within so many days.
    pub fn once_and_length(&mut self, bearings: &[Bearing]) {
        let mut fluents: BTreeMap<&Fluent, Vec<&Bearing>> = BTreeMap::new();
        for bearing in bearings {
            fluents.entry(&bearing.fluent).or_default().push(bearing);
        }
        for (fluent, of) in fluents {
            for constraint in
                &self.chronicle.vocabulary.relations[fluent.relation.index()].constraints
            {
                match constraint {
                    Constraint::Once => {
                        self.once(&of);
                        self.once_denied(&of);
                    }
                    Constraint::LastsAtMost { days, .. } => {
                        self.topic = Topic::AtMost(fluent.clone());
                        self.length(&of, i64::from(*days));
                    }
                    _ => {}
                }
            }
        }
    }

    fn once(&mut self, of: &[&Bearing]) {
        let begins = |b: &Bearing| b.after == Some(Status::True);
        let ends = |b: &Bearing| b.after == Some(Status::False);
        let shows = |b: &Bearing| b.before == Some(true);
        for a in of {
            if self.is_full() {
                self.left_out = true;
                return;
            }
            for b in of {
                let needs = || [a.needs.clone(), b.needs.clone()].concat();
                let ways = if begins(a) && begins(b) && a.var < b.var
                    || ends(a) && ends(b) && a.var < b.var
                {
                    self.topic = Topic::OneDay(a.fluent.clone());
                    // Told twice without a common label, it is one day all the same.
                    vec![same_day(a.var, b.var)]
                } else if a.var != b.var
                    && (begins(a) && shows(b) && !ends(b)
                        || begins(a) && ends(b)
                        || shows(a) && !ends(a) && ends(b))
                {
                    self.topic = match begins(a) {
                        true => Topic::BeginsOnce(a.fluent.clone()),
                        false => Topic::NeverReturns(a.fluent.clone()),
                    };
                    // What needs it and ends it is an ending too: of two of those neither is first.
                    let ending = |e: &&&Bearing| e.var == a.var && ends(e) && !begins(a);
                    let mut itself = of.iter().filter(ending).peekable();
                    if itself.peek().is_none() {
                        vec![ordered(a.var, b.var)]
                    } else if itself.any(|e| e.needs.iter().all(|p| needs().contains(p))) {
                        continue;
                    } else {
                        vec![ordered(a.var, b.var), same_day(a.var, b.var)]
                    }
                } else {
                    continue;
                };
                self.rule(needs(), ways);
            }
        }
    }

    /// A denial lies before all that shows it true or after all of it, for what is over never
    /// returns; a birth or a death on no record is no contradiction.
    fn once_denied(&mut self, of: &[&Bearing]) {
        let shows = |b: &&&Bearing| b.before == Some(true) || b.after == Some(Status::True);
        // What begins it is false before, but where it lies is settled by what it begins.
        let begins = |b: &&&Bearing| {
            let mut same = of.iter().filter(|o| o.var == b.var);
            same.any(|o| o.after == Some(Status::True))
        };
        let denied = of.iter().filter(|b| b.before == Some(false));
        for denial in denied.filter(|b| !begins(b)) {
            self.topic = Topic::NeverReturns(denial.fluent.clone());
            let shown: Vec<_> = of
                .iter()
                .filter(shows)
                .filter(|b| b.var != denial.var)
                .collect();
            for (i, a) in shown.iter().enumerate() {
                for b in shown[i + 1..].iter().filter(|b| b.var != a.var) {
                    let needs = [denial.needs.clone(), a.needs.clone(), b.needs.clone()].concat();
                    let d = denial.var;
                    let ahead = vec![(d, a.var), (d, b.var)];
                    let over = vec![(a.var, d), (b.var, d)];
                    let ways = [ahead, over].map(|orders| Alternative {
                        orders,
                        ..Alternative::default()
                    });
                    self.rule(needs, ways.to_vec());
                }
            }
        }
    }

    fn length(&mut self, of: &[&Bearing], days: i64) {
        let (first, last) = (self.fresh(), self.fresh());
        let arcs = vec![Arc {
            from: first,
            to: last,
            weight: days,
        }];
        self.rule(
            vec![],
            vec![Alternative {
                arcs,
                ..Alternative::default()
            }],
        );
        for b in of {
            if b.before == Some(true) || b.after == Some(Status::True) {
                let arcs = vec![
                    Arc {
                        from: b.var,
                        to: first,
                        weight: 0,
                    },
                    Arc {
                        from: last,
                        to: b.var,
                        weight: 0,
                    },
                ];
                self.rule(
                    b.needs.clone(),
                    vec![Alternative {
                        arcs,
                        ..Alternative::default()
                    }],
                );
            }
        }
    }

    /// An ending is assumed to follow a recorded beginning or mention of what it ends.
    pub fn endings(&mut self, bearings: &[Bearing], slots: &Slots) {
        let ended: BTreeSet<(Var, &Fluent)> = bearings
            .iter()
            .filter(|b| b.after == Some(Status::False))
            .map(|b| (b.var, &b.fluent))
            .collect();
        for ending in bearings {
            let Some(follows) = ending.follows else {
                continue;
            };
            let own = slots.own(&ending.fluent).iter();
            let sources: Vec<(Var, Vec<PremiseId>)> = own
                .map(|at| &bearings[*at as usize])
                .filter(|b| b.var != ending.var)
                .filter(|b| {
                    b.after == Some(Status::True) || b.after.is_none() && b.before == Some(true)
                })
                // What the same moment ends it leaves false, whatever it needs.
                .filter(|b| !ended.contains(&(b.var, &b.fluent)))
                .map(|b| (b.var, b.needs.clone()))
                .collect();
            if !sources.is_empty() {
                let mut needs = ending.needs.clone();
                needs.push(follows);
                self.rules.push(Rule {
                    needs,
                    body: Body::Follows {
                        ending: ending.var,
                        sources,
                    },
                    topic: Topic::Assumed,
                });
            }
        }
    }

    /// Accounts of one event that name different things in one role.
    pub fn rival_roles(&mut self) {
        self.topic = Topic::Rivals;
        for event in self.scope.events.iter() {
            let event = &self.chronicle.events[event.index()];
            for (i, a) in event.claims.iter().enumerate() {
                if self.is_full() {
                    self.left_out = true;
                    return;
                }
                for b in &event.claims[i + 1..] {
                    for (x, y) in clashing_roles(self.chronicle, *a, *b) {
                        let parts = [Part::Role(*a, x), Part::Role(*b, y)];
                        let needs: Vec<_> = parts
                            .iter()
                            .filter_map(|p| self.premises.part(*p))
                            .collect();
                        self.rule(needs, vec![]);
                    }
                }
            }
        }
    }
}

fn same_day(a: Var, b: Var) -> Alternative {
    let arcs = vec![
        Arc {
            from: a,
            to: b,
            weight: 0,
        },
        Arc {
            from: b,
            to: a,
            weight: 0,
        },
    ];
    Alternative {
        arcs,
        ..Alternative::default()
    }
}
