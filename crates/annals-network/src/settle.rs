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

/// Arcs as seen from their tails, laid out in one row: `(v, w)` for `x_v <= x_u + w`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arcs {
    starts: Vec<usize>,
    row: Vec<(Var, i64)>,
}

impl Arcs {
    /// Lays out arcs `(from, to, weight)` of so many variables.
    pub fn new(count: usize, arcs: &[(Var, Var, i64)]) -> Arcs {
        let mut starts = vec![0; count + 1];
        for (from, _, _) in arcs {
            starts[from + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut row = vec![(0, 0); arcs.len()];
        for (from, to, weight) in arcs {
            row[next[*from]] = (*to, *weight);
            next[*from] += 1;
        }
        Arcs { starts, row }
    }
}

/// What every node of a search has in common.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    pub domains: Vec<Domain>,
    pub arcs: Arcs,
}

/// What one node adds to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct More<'a> {
    pub arcs: Vec<(Var, Var, i64)>,
    pub domains: Vec<(Var, Domain)>,
    pub clauses: Vec<Clause>,
    /// Labels no solution exceeds: those of the node above, which knows fewer constraints.
    pub at_most: Option<&'a [i64]>,
}

struct Pass<'a> {
    base: &'a Base,
    /// Domains that the node narrows.
    narrowed: Vec<Option<Domain>>,
    /// Arcs that the node adds.
    added: Vec<Vec<(Var, i64)>>,
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

/// The greatest day of every variable of a scope, which no arc leaves, over all solutions of arcs, domains and clauses, attained
/// together; `None` where there is no solution.
///
/// Termination: a circle of negative weight is recognised by a circle of parents (Cherkassky
/// and Goldberg 1999), looked for once every so many changes as there are variables; without
/// one, labels settle after finitely many snaps to the ranges of the domains. Labels may start
/// from any day that no solution exceeds: falling from there ends at the same greatest solution.
pub(crate) fn greatest(base: &Base, scope: &[Var], more: More<'_>) -> Option<Vec<i64>> {
    let count = base.domains.len();
    let mut pass = Pass {
        base,
        narrowed: vec![None; count],
        added: vec![Vec::new(); count],
        clauses: vec![Vec::new(); count],
        labels: vec![0; count],
        parents: vec![None; count],
        queue: scope.iter().copied().collect(),
        queued: vec![false; count],
        changes: 0,
    };
    for (var, domain) in more.domains {
        let narrowed = pass.domain(var).intersect(&domain);
        pass.narrowed[var] = Some(narrowed);
    }
    for (from, to, weight) in more.arcs {
        pass.added[from].push((to, weight));
    }
    for clause in more.clauses {
        pass.clauses[clause.var].push(clause);
    }
    for var in scope {
        let bound = more.at_most.map_or(HORIZON, |labels| labels[*var]);
        pass.labels[*var] = pass.domain(*var).floor(bound)?;
        pass.queued[*var] = true;
    }
    for var in scope {
        pass.fire(*var);
    }
    while let Some(var) = pass.queue.pop_front() {
        pass.queued[var] = false;
        for at in base.arcs.starts[var]..base.arcs.starts[var + 1] {
            let (to, weight) = base.arcs.row[at];
            if !pass.lower(to, pass.labels[var] + weight, var) {
                return None;
            }
        }
        for at in 0..pass.added[var].len() {
            let (to, weight) = pass.added[var][at];
            if !pass.lower(to, pass.labels[var] + weight, var) {
                return None;
            }
        }
    }
    Some(pass.labels)
}

impl Pass<'_> {
    fn domain(&self, var: Var) -> &Domain {
        self.narrowed[var]
            .as_ref()
            .unwrap_or(&self.base.domains[var])
    }

    /// Lowers a label to a bound that comes from another variable; false where no solution is
    /// left.
    fn lower(&mut self, var: Var, bound: i64, from: Var) -> bool {
        if bound >= self.labels[var] {
            return true;
        }
        let Some(day) = self.domain(var).floor(bound) else {
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
        let mut at = 0;
        while let Some(clause) = self.clauses[var].get(at).copied() {
            if label > clause.day {
                at += 1;
                continue;
            }
            self.clauses[var].swap_remove(at);
            self.added[clause.other].push((var, 0));
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
