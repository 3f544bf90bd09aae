//! What is shown at a moment that may have many days, as one search.
//!
//! Relative to a moment of the network, "last before" and "next after" are differences and order
//! edges between variables: each other moment of the slot lies on one side or the other, which is
//! a choice. No day is fixed, so an answer costs the same however far the moment may move.
//! Stretches, `fades after` and coverage are said of days; they are left out here, so what is found
//! is an outer answer where a slot has any.

use annals_network::{Alternative, Arc, Choice, Found, HORIZON, Point, Var};

use crate::bearing::Status;
use crate::instance::{Instance, Slot};
use crate::shows::{Asked, Shown, Witness};

/// A question about a slot at a moment.
pub(crate) struct Moving<'a> {
    pub instance: &'a Instance,
    pub slot: &'a Slot,
    pub at: Var,
    /// As the day of the moment closes; otherwise just before the moment.
    pub closing: bool,
    pub lent: bool,
}

impl Moving<'_> {
    /// Whether nothing is left out, so that a timeline found is one.
    pub fn is_exact(&self) -> bool {
        let slot = self.slot;
        slot.forced.is_empty() && slot.fades.is_none() && slot.edges().next().is_none()
    }

    /// The question where the moment lies in a window of days.
    pub fn asked(&self, first: i64, last: i64) -> Asked<'_> {
        let at = self.at;
        let point = match self.closing {
            true => Point::CloseOf { at, first, last },
            false => Point::Before { at, first, last },
        };
        Asked {
            instance: self.instance,
            slot: self.slot,
            point,
            lent: self.lent,
        }
    }

    /// Looks for a timeline that shows the status.
    pub fn shows(&self, status: Status) -> Shown {
        let asked = self.asked(-HORIZON, HORIZON);
        if let Some(value) = asked.required() {
            return match (status, value) {
                (Status::True, true) | (Status::False, false) => {
                    Shown::Yes(Witness::Forced, vec![])
                }
                _ => Shown::No,
            };
        }
        let mut spent = false;
        for witness in asked.witnesses(status) {
            for choices in self.choices(&asked, witness, status) {
                match self.allowed(choices) {
                    Found::Solution(days) => return Shown::Yes(witness, days),
                    Found::None => {}
                    Found::Spent => spent = true,
                }
            }
        }
        if spent { Shown::Spent } else { Shown::No }
    }

    fn allowed(&self, choices: Vec<Choice>) -> Found {
        let mut vars = self.slot.vars();
        vars.push(self.at);
        self.instance.solver.allows_all(&choices, &vars)
    }

    /// What a witness demands; several where one of several other moments must be earlier.
    fn choices(&self, asked: &Asked, witness: Witness, status: Status) -> Vec<Vec<Choice>> {
        match witness {
            Witness::Initial => {
                let moments = asked.recording().into_iter();
                vec![moments.map(|m| any([self.after(m)])).collect()]
            }
            Witness::Last(last) => {
                let mut all = vec![any([Some(self.before(last))])];
                for other in asked.contrary(last, status) {
                    all.push(any([Some(ordered(other, last)), self.after(other)]));
                }
                if status != Status::Unrecorded || !self.slot.begins_once() {
                    return vec![all];
                }
                // Nothing is unrecorded before the beginning of what begins only once.
                let beginnings = self.slot.moments.iter().filter(|m| m.begins);
                let beginnings = beginnings.filter(|m| !asked.is_here(m.var));
                let with = |var| [&all[..], &[any([Some(self.before(var))])]].concat();
                beginnings.map(|m| with(m.var)).collect()
            }
            Witness::Next(next) => {
                let others = asked.beside(next);
                let mut all = vec![any([self.after(next)])];
                for other in &others {
                    all.push(any([
                        Some(self.before(*other)),
                        Some(ordered(next, *other)),
                    ]));
                }
                if !self.lent {
                    all.push(any(others.iter().map(|m| Some(self.before(*m)))));
                }
                vec![all]
            }
            // Their days are looked at window by window.
            Witness::Faded => vec![vec![]],
            Witness::Forced => vec![],
        }
    }

    fn before(&self, var: Var) -> Alternative {
        match self.closing {
            true => distance(self.at, var, 0),
            false => ordered(var, self.at),
        }
    }

    /// `None` for the moment itself, which is not after the close of its day.
    fn after(&self, var: Var) -> Option<Alternative> {
        match self.closing {
            true if var == self.at => None,
            true => Some(distance(var, self.at, -1)),
            false => Some(ordered(self.at, var)),
        }
    }
}

/// A choice between what can be.
fn any(ways: impl IntoIterator<Item = Option<Alternative>>) -> Choice {
    Choice {
        alternatives: ways.into_iter().flatten().collect(),
    }
}

fn ordered(first: Var, second: Var) -> Alternative {
    Alternative {
        orders: vec![(first, second)],
        ..Alternative::default()
    }
}

/// `x_to - x_from <= weight`.
fn distance(from: Var, to: Var, weight: i64) -> Alternative {
    Alternative {
        arcs: vec![Arc { from, to, weight }],
        ..Alternative::default()
    }
}
