//! The greatest solution by label correction.

use std::collections::VecDeque;

use crate::{Domain, HORIZON, Var};

/// "`x_var > day`, or `x_var <= x_other`": closed under pointwise maximum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub var: Var,
    pub day: i64,
    pub other: Var,
}

/// Arcs as seen from their tails: `bounds[u]` lists `(v, w)` for `x_v <= x_u + w`.
pub(crate) type Adjacency = Vec<Vec<(Var, i64)>>;

struct Pass<'a> {
    domains: &'a [Domain],
    bounds: Adjacency,
    /// Clauses by their variable; a clause that fires becomes an arc for good, because labels
    /// only fall.
    clauses: Vec<Vec<Clause>>,
    labels: Vec<i64>,
    /// The arc that set a label, where no hole moved it further.
    parents: Vec<Option<Var>>,
    queue: VecDeque<Var>,
    queued: Vec<bool>,
    changes: usize,
}

/// The greatest day of every variable over all solutions of arcs, domains and clauses, attained
/// together; `None` where there is no solution.
///
/// Termination: a circle of negative weight is recognised by a circle of parents (Cherkassky
/// and Goldberg 1999), looked for once every so many changes as there are variables; without
/// one, labels settle after finitely many snaps to the ranges of the domains.
pub(crate) fn greatest(
    domains: &[Domain],
    bounds: Adjacency,
    clauses: &[Clause],
) -> Option<Vec<i64>> {
    let count = domains.len();
    let labels = domains
        .iter()
        .map(|d| d.floor(HORIZON))
        .collect::<Option<Vec<i64>>>()?;
    let mut by_var = vec![Vec::new(); count];
    for clause in clauses {
        by_var[clause.var].push(*clause);
    }
    let mut pass = Pass {
        domains,
        bounds,
        clauses: by_var,
        labels,
        parents: vec![None; count],
        queue: (0..count).collect(),
        queued: vec![true; count],
        changes: 0,
    };
    for var in 0..count {
        pass.fire(var);
    }
    while let Some(var) = pass.queue.pop_front() {
        pass.queued[var] = false;
        for at in 0..pass.bounds[var].len() {
            let (to, weight) = pass.bounds[var][at];
            if !pass.lower(to, pass.labels[var] + weight, var) {
                return None;
            }
        }
    }
    Some(pass.labels)
}

impl Pass<'_> {
    /// Lowers a label to a bound that comes from another variable; false where no solution is
    /// left.
    fn lower(&mut self, var: Var, bound: i64, from: Var) -> bool {
        if bound >= self.labels[var] {
            return true;
        }
        let Some(day) = self.domains[var].floor(bound) else {
            return false;
        };
        self.labels[var] = day;
        self.parents[var] = (day == bound).then_some(from);
        if !std::mem::replace(&mut self.queued[var], true) {
            self.queue.push_back(var);
        }
        self.fire(var);
        self.changes += 1;
        !self.changes.is_multiple_of(self.labels.len()) || !self.circular()
    }

    /// Turns the clauses that a label now forces into arcs.
    fn fire(&mut self, var: Var) {
        let label = self.labels[var];
        let (forced, open) = self.clauses[var].iter().partition(|c| label <= c.day);
        self.clauses[var] = open;
        let forced: Vec<Clause> = forced;
        for clause in forced {
            self.bounds[clause.other].push((var, 0));
            if !std::mem::replace(&mut self.queued[clause.other], true) {
                self.queue.push_back(clause.other);
            }
        }
    }

    /// Whether the parents form a circle, which has negative weight.
    fn circular(&self) -> bool {
        let mut mark = vec![0u32; self.labels.len()];
        for start in 0..self.labels.len() {
            let colour = start as u32 + 1;
            let mut at = Some(start);
            while let Some(var) = at {
                if mark[var] == colour {
                    return true;
                }
                if mark[var] != 0 {
                    break;
                }
                mark[var] = colour;
                at = self.parents[var];
            }
        }
        false
    }
}
