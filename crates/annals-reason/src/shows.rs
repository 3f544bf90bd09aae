//! Whether some timeline of an instance shows a fluent true, false or unrecorded at a point.
//!
//! A day shows the value after the last moment of the slot up to it, or, where a later moment
//! requires another value, that value too: the change went unrecorded. So a witness is a moment
//! that can be last before the point with that value after it, or next after the point with
//! that value required before it (and a moment before, for there is no gap without one). Both
//! questions are one pass each, because their clauses are closed under pointwise maximum and
//! minimum.

use annals_network::{Alternative, Domain, Found, Point, Probe, Var};

use crate::bearing::Status;
use crate::instance::{Instance, Slot};

/// The moment that makes a point show a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// The last moment before the point leaves the value.
    Last(Var),
    /// The next moment after the point requires the value, and the change went unrecorded.
    Next(Var),
    /// No moment that bears on the value lies before the point.
    Initial,
    /// A stretch forces it.
    Forced,
    /// Every moment of the slot is too far away.
    Faded,
}

/// Whether a value can be shown.
#[derive(Clone, Debug)]
pub(crate) enum Shown {
    /// Some timeline shows it: the witness and the days of its moments.
    Yes(Witness, Vec<i64>),
    /// None does.
    No,
    /// The budget was spent before that was settled.
    Spent,
}

/// One question to one instance about one slot.
pub(crate) struct Asked<'a> {
    pub instance: &'a Instance,
    pub slot: &'a Slot,
    pub point: Point,
    /// Whether the moment that a gap needs before it may be lent by a claim not accepted here.
    pub lent: bool,
}

impl Asked<'_> {
    /// Looks for a timeline that shows the status.
    pub fn shows(&self, status: Status) -> Shown {
        if let Some(value) = self.forced() {
            return match (status, value) {
                (Status::True, true) | (Status::False, false) => {
                    Shown::Yes(Witness::Forced, vec![])
                }
                _ => Shown::No,
            };
        }
        let mut spent = false;
        for witness in self.witnesses(status) {
            match self.by(witness, status) {
                Found::Solution(days) => return Shown::Yes(witness, days),
                Found::None => {}
                Found::Spent => spent = true,
            }
        }
        if spent { Shown::Spent } else { Shown::No }
    }

    fn forced(&self) -> Option<bool> {
        match self.point {
            Point::Close { first, last } if first == last => self.slot.forced_on(first),
            Point::Before { first, last, .. } => {
                let forced = || {
                    (first == last)
                        .then(|| self.slot.forced_on(first))
                        .flatten()
                };
                self.required().or_else(forced)
            }
            Point::CloseOf { first, last, .. } if first == last => self.slot.forced_on(first),
            Point::Close { .. } | Point::CloseOf { .. } => None,
        }
    }

    /// What the moment that the point lies just before requires.
    pub fn required(&self) -> Option<bool> {
        let mut here = self.slot.moments.iter().filter(|m| self.is_here(m.var));
        here.find_map(|m| m.before)
    }

    /// The moments that can make the point show a status.
    pub fn witnesses(&self, status: Status) -> Vec<Witness> {
        let mut all = Vec::new();
        let initial = if self.slot.begins_once() {
            Status::False
        } else {
            Status::Unrecorded
        };
        if status == initial {
            all.push(Witness::Initial);
        }
        let value = match status {
            Status::True => Some(true),
            Status::False => Some(false),
            Status::Unrecorded => None,
        };
        for moment in self.slot.moments.iter().filter(|m| !self.is_here(m.var)) {
            if moment.after == Some(status) {
                all.push(Witness::Last(moment.var));
            }
        }
        for moment in self.slot.moments.iter().filter(|m| !self.is_here(m.var)) {
            if value.is_some() && moment.before == value && self.gap_reaches() {
                all.push(Witness::Next(moment.var));
            }
        }
        if status == Status::Unrecorded && self.slot.fades.is_some() {
            all.push(Witness::Faded);
        }
        all
    }

    /// A gap ends at the next moment of the slot, so none reaches across the moment that the
    /// point lies just before.
    fn gap_reaches(&self) -> bool {
        let here = self.slot.moments.iter().any(|m| self.is_here(m.var));
        !here && (self.lent || self.slot.moments.len() > 1)
    }

    /// The moment the point lies just before is itself after it.
    pub fn is_here(&self, var: Var) -> bool {
        matches!(self.point, Point::Before { at, .. } if at == var)
    }

    /// Asks for one witness, with what `fades after` demands.
    pub fn by(&self, witness: Witness, status: Status) -> Found {
        self.by_among(witness, status, &[])
    }

    /// The same with the days of every moment of the slot, not only of those that decide.
    pub fn in_full(&self, witness: Witness, status: Status) -> Found {
        let vars = self.slot.vars().into_iter();
        let any: Vec<_> = vars.map(|v| (v, Domain::all())).collect();
        self.by_among(witness, status, &any)
    }

    fn by_among(&self, witness: Witness, status: Status, any: &[(Var, Domain)]) -> Found {
        let Some(fades) = self.slot.fades else {
            return self.lined_up(witness, status, any.to_vec());
        };
        let (first, last) = match self.point {
            Point::Close { first, last }
            | Point::CloseOf { first, last, .. }
            | Point::Before { first, last, .. } => (first, last),
        };
        if witness == Witness::Faded {
            let far = Domain::range(last - fades, first + fades).complement();
            let all: Vec<_> = self
                .slot
                .vars()
                .into_iter()
                .map(|v| (v, far.clone()))
                .collect();
            let probe = Probe::AllAfter {
                moments: &[],
                point: self.point,
            };
            return self.instance.solver.probe(probe, &self.also(all));
        }
        if status == Status::Unrecorded {
            return self.lined_up(witness, status, any.to_vec());
        }
        let near = Domain::range(first - fades, last + fades);
        let mut spent = false;
        for var in self.slot.vars() {
            let days = [any, &[(var, near.clone())]].concat();
            match self.lined_up(witness, status, days) {
                Found::None => {}
                Found::Spent => spent = true,
                found => return found,
            }
        }
        if spent { Found::Spent } else { Found::None }
    }

    /// What a timeline must keep to beside the probe: some days, and that a stretch over whole
    /// days opens before everything of its first day and closes after everything of its last.
    fn also(&self, domains: Vec<(Var, Domain)>) -> Alternative {
        let mut also = Alternative {
            domains,
            ..Alternative::default()
        };
        if let Point::Before { at, first, last } = self.point {
            for (var, edge) in self.slot.edges().filter(|(var, _)| *var != at) {
                if edge.opens && edge.day <= first {
                    also.orders.push((var, at));
                } else if !edge.opens && edge.day >= last {
                    also.orders.push((at, var));
                }
            }
        }
        also
    }

    fn lined_up(&self, witness: Witness, status: Status, days: Vec<(Var, Domain)>) -> Found {
        let also = self.also(days);
        match witness {
            Witness::Initial => {
                let moments = self.recording();
                let probe = Probe::AllAfter {
                    moments: &moments,
                    point: self.point,
                };
                self.instance.solver.probe(probe, &also)
            }
            Witness::Last(witness) => self.last(witness, status, &also),
            Witness::Next(next) => self.unrecorded_change(next, &also),
            Witness::Forced | Witness::Faded => Found::None,
        }
    }

    /// The moments before all of which a value is as it is at first. What begins only once makes
    /// all that is earlier false, whatever is told of it there; elsewhere every moment that sets
    /// the value counts.
    pub fn recording(&self) -> Vec<Var> {
        let bearing = self.slot.moments.iter().filter(|m| m.after.is_some());
        bearing
            .filter(|m| !self.slot.begins_once() || m.begins)
            .map(|m| m.var)
            .filter(|v| !self.is_here(*v))
            .collect()
    }

    /// The moments that leave another status than a witness.
    pub fn contrary(&self, witness: Var, status: Status) -> Vec<Var> {
        let others = self.slot.moments.iter();
        others
            .filter(|m| m.var != witness && !self.is_here(m.var))
            .filter(|m| m.after.is_some_and(|a| a != status))
            .map(|m| m.var)
            .collect()
    }

    /// All moments of the slot but one.
    pub fn beside(&self, witness: Var) -> Vec<Var> {
        let others = self.slot.moments.iter().map(|m| m.var);
        others
            .filter(|v| *v != witness && !self.is_here(*v))
            .collect()
    }

    fn last(&self, witness: Var, status: Status, also: &Alternative) -> Found {
        let others = self.contrary(witness, status);
        let ask = |earlier| {
            let probe = Probe::Last {
                witness,
                others: &others,
                earlier,
                point: self.point,
            };
            self.instance.solver.probe(probe, also)
        };
        if status != Status::Unrecorded || !self.slot.begins_once() {
            return ask(None);
        }
        // Nothing is unrecorded before the beginning of what begins only once.
        let beginnings = self.slot.moments.iter().filter(|m| m.begins);
        let mut spent = false;
        for beginning in beginnings.filter(|m| !self.is_here(m.var)) {
            match ask(Some(beginning.var)) {
                Found::None => {}
                Found::Spent => spent = true,
                found => return found,
            }
        }
        if spent { Found::Spent } else { Found::None }
    }

    /// A gap lies between two moments: the witness after the point and one before it.
    fn unrecorded_change(&self, next: Var, also: &Alternative) -> Found {
        let others = self.beside(next);
        let probe = |earlier| Probe::Next {
            witness: next,
            others: &others,
            earlier,
            point: self.point,
        };
        let solver = &self.instance.solver;
        match solver.probe(probe(None), also) {
            found @ Found::Solution(_) if self.lent => return found,
            Found::Solution(days) => {
                if let Point::Close { last, .. } = self.point
                    && others.iter().any(|v| days[*v] <= last)
                {
                    return Found::Solution(days);
                }
            }
            other => return other,
        }
        let mut spent = false;
        for var in &others {
            match solver.probe(probe(Some(*var)), also) {
                Found::None => {}
                Found::Spent => spent = true,
                found => return found,
            }
        }
        if spent { Found::Spent } else { Found::None }
    }
}
