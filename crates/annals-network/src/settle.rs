//! The greatest solution by label correction, kept up while constraints come and go.

use std::collections::VecDeque;

use crate::rows::{Node, Rows};
use crate::{Domain, HORIZON};

const NONE: u32 = u32::MAX;

/// Changes after which a circle of negative weight is first looked for.
const FIRST_LOOK: usize = 16;

/// "`x_var > day`, or `x_var <= x_other`": closed under pointwise maximum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub var: Node,
    pub day: i64,
    pub other: Node,
}

/// What every node of a search has in common, seen from one end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    pub domains: Vec<Domain>,
    /// By their tails: `(v, w)` for `x_v <= x_u + w`.
    pub arcs: Rows<(Node, i64)>,
    /// The greatest solution of domains and arcs, from which every search starts.
    pub top: Vec<i64>,
}

impl Base {
    /// The greatest day of every variable over all solutions of arcs and domains, attained
    /// together; `None` where there is no solution.
    pub fn greatest(&self) -> Option<Vec<i64>> {
        let count = self.domains.len();
        let mut labels = Vec::with_capacity(count);
        for domain in &self.domains {
            labels.push(domain.ends()?.1);
        }
        let mut pass = Pass::new(self, labels);
        // What days bound comes first, the lowest before the others, so that few labels fall twice.
        let mut bounded: Vec<Node> = (0..count as Node)
            .filter(|node| pass.labels[*node as usize] < HORIZON)
            .collect();
        bounded.sort_by_key(|node| pass.labels[*node as usize]);
        bounded.into_iter().for_each(|node| pass.wake(node));
        if !pass.run() {
            return None;
        }
        // What no day bounds only has to be in order.
        let open = |node: usize, pass: &Pass| pass.labels[node] == HORIZON;
        for node in self.falling(|node| open(node, &pass)) {
            pass.wake(node);
        }
        pass.run().then_some(pass.labels)
    }

    /// Variables that are open, each after those that put it lower, as far as no circle prevents.
    fn falling(&self, open: impl Fn(usize) -> bool) -> Vec<Node> {
        let count = self.domains.len();
        let mut seen = vec![false; count];
        let mut after: Vec<Node> = Vec::new();
        let mut stack: Vec<(usize, usize)> = Vec::new();
        for start in 0..count {
            if seen[start] || !open(start) {
                continue;
            }
            seen[start] = true;
            stack.push((start, self.arcs.places(start as Node).start));
            while let Some((node, at)) = stack.last_mut() {
                if *at == self.arcs.places(*node as Node).end {
                    after.push(*node as Node);
                    stack.pop();
                    continue;
                }
                let (to, weight) = self.arcs.at(*at);
                *at += 1;
                let to = *to as usize;
                if *weight < 0 && !seen[to] && open(to) {
                    seen[to] = true;
                    stack.push((to, self.arcs.places(to as Node).start));
                }
            }
        }
        after.reverse();
        after
    }
}

/// Entries that hang on a variable and are taken away in the order opposite to that of coming.
#[derive(Clone, Debug)]
struct Hung<T> {
    heads: Vec<u32>,
    entries: Vec<(T, Node, u32)>,
}

impl<T: Clone> Hung<T> {
    fn new() -> Hung<T> {
        Hung {
            heads: vec![],
            entries: vec![],
        }
    }

    fn push(&mut self, count: usize, node: Node, entry: T) {
        if self.heads.is_empty() {
            self.heads = vec![NONE; count];
        }
        let head = &mut self.heads[node as usize];
        self.entries.push((entry, node, *head));
        *head = self.entries.len() as u32 - 1;
    }

    /// The entry that came last on a variable; `NONE` where there is none.
    fn last(&self, node: Node) -> u32 {
        self.heads.get(node as usize).copied().unwrap_or(NONE)
    }

    fn truncate(&mut self, len: usize) {
        while self.entries.len() > len {
            if let Some((_, node, before)) = self.entries.pop() {
                self.heads[node as usize] = before;
            }
        }
    }
}

/// Labels that stay the greatest solution while constraints are added, and go back to what they
/// were when these are taken away.
///
/// Termination: a circle of negative weight is recognised by a circle of parents (Cherkassky
/// and Goldberg 1999), looked for at ever longer intervals; without one, labels settle after
/// finitely many snaps to the ranges of the domains. The queue is first in, first out: a stack
/// can take exponentially many steps.
pub(crate) struct Pass<'a> {
    base: &'a Base,
    pub labels: Vec<i64>,
    /// The variable that set a label, where no hole moved it further.
    parents: Vec<u32>,
    queue: VecDeque<Node>,
    queued: Vec<bool>,
    /// Days that added constraints leave a variable.
    narrowed: Hung<Domain>,
    /// Arcs that are added.
    added: Hung<(Node, i64)>,
    clauses: Hung<(i64, Node)>,
    /// A clause that fires becomes an arc, because labels only fall while constraints come.
    fired: Vec<bool>,
    firings: Vec<u32>,
    log: Vec<(Node, i64)>,
    marks: Vec<u32>,
    colour: u32,
}

/// How much had been added at some time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    narrowed: usize,
    added: usize,
    clauses: usize,
    firings: usize,
    log: usize,
}

impl<'a> Pass<'a> {
    /// Starts from labels that no solution exceeds.
    pub fn new(base: &'a Base, labels: Vec<i64>) -> Pass<'a> {
        let count = labels.len();
        Pass {
            base,
            parents: vec![NONE; count],
            queue: VecDeque::new(),
            queued: vec![false; count],
            narrowed: Hung::new(),
            added: Hung::new(),
            clauses: Hung::new(),
            fired: vec![],
            firings: vec![],
            log: vec![],
            marks: vec![],
            colour: 0,
            labels,
        }
    }

    /// What there is now, to come back to.
    pub fn mark(&self) -> Mark {
        Mark {
            narrowed: self.narrowed.entries.len(),
            added: self.added.entries.len(),
            clauses: self.clauses.entries.len(),
            firings: self.firings.len(),
            log: self.log.len(),
        }
    }

    /// Takes away all that came after a mark.
    pub fn undo(&mut self, mark: Mark) {
        while let Some(node) = self.queue.pop_front() {
            self.queued[node as usize] = false;
        }
        while self.log.len() > mark.log {
            if let Some((node, label)) = self.log.pop() {
                self.labels[node as usize] = label;
                self.parents[node as usize] = NONE;
            }
        }
        while self.firings.len() > mark.firings {
            if let Some(clause) = self.firings.pop() {
                self.fired[clause as usize] = false;
            }
        }
        self.narrowed.truncate(mark.narrowed);
        self.added.truncate(mark.added);
        self.clauses.truncate(mark.clauses);
        self.fired.truncate(mark.clauses);
    }

    fn domain(&self, node: Node) -> &Domain {
        match self.narrowed.last(node) {
            NONE => &self.base.domains[node as usize],
            at => &self.narrowed.entries[at as usize].0,
        }
    }

    /// Leaves a variable fewer days; false where it has none left.
    pub fn narrow(&mut self, node: Node, days: &Domain) -> bool {
        let left = self.domain(node).intersect(days);
        let day = left.floor(self.labels[node as usize]);
        self.narrowed.push(self.labels.len(), node, left);
        match day {
            None => false,
            Some(day) => {
                if day < self.labels[node as usize] {
                    self.set(node, day, NONE);
                }
                true
            }
        }
    }

    /// Adds `x_to <= x_from + weight`; false where that leaves no solution.
    pub fn arc(&mut self, from: Node, to: Node, weight: i64) -> bool {
        self.added.push(self.labels.len(), from, (to, weight));
        self.lower(to, self.labels[from as usize] + weight, from)
    }

    /// Adds a clause.
    pub fn clause(&mut self, clause: Clause) {
        self.clauses
            .push(self.labels.len(), clause.var, (clause.day, clause.other));
        self.fired.push(false);
        self.fire(clause.var);
    }

    /// Lets labels fall as far as the constraints demand; false where no solution is left.
    pub fn run(&mut self) -> bool {
        let start = self.log.len();
        let mut look = start + FIRST_LOOK;
        while let Some(node) = self.queue.pop_front() {
            self.queued[node as usize] = false;
            for (to, weight) in self.base.arcs.of(node) {
                if !self.lower(*to, self.labels[node as usize] + weight, node) {
                    return false;
                }
            }
            let mut at = self.added.last(node);
            while at != NONE {
                let ((to, weight), _, before) = self.added.entries[at as usize];
                if !self.lower(to, self.labels[node as usize] + weight, node) {
                    return false;
                }
                at = before;
            }
            if self.log.len() >= look {
                if self.circular(start) {
                    return false;
                }
                let since = self.log.len() - start;
                look = self.log.len() + since.min(self.labels.len()).max(FIRST_LOOK);
            }
        }
        true
    }

    /// Lowers a label to a bound that comes from another variable; false where no solution is
    /// left.
    fn lower(&mut self, node: Node, bound: i64, from: Node) -> bool {
        if bound >= self.labels[node as usize] {
            return true;
        }
        let Some(day) = self.domain(node).floor(bound) else {
            return false;
        };
        self.set(node, day, if day == bound { from } else { NONE });
        true
    }

    fn set(&mut self, node: Node, day: i64, parent: u32) {
        let at = node as usize;
        self.log.push((node, self.labels[at]));
        self.labels[at] = day;
        self.parents[at] = parent;
        self.wake(node);
        self.fire(node);
    }

    fn wake(&mut self, node: Node) {
        if !std::mem::replace(&mut self.queued[node as usize], true) {
            self.queue.push_back(node);
        }
    }

    /// Turns the clauses that a label now forces into arcs.
    fn fire(&mut self, node: Node) {
        let label = self.labels[node as usize];
        let mut at = self.clauses.last(node);
        while at != NONE {
            let ((day, other), _, before) = self.clauses.entries[at as usize];
            if label <= day && !self.fired[at as usize] {
                self.fired[at as usize] = true;
                self.firings.push(at);
                self.added.push(self.labels.len(), other, (node, 0));
                self.wake(other);
            }
            at = before;
        }
    }

    /// Whether the parents of what changed form a circle, which has negative weight.
    fn circular(&mut self, start: usize) -> bool {
        if self.marks.is_empty() || self.colour > u32::MAX / 2 {
            self.marks = vec![0; self.labels.len()];
            self.colour = 0;
        }
        let first = self.colour + 1;
        for at in start..self.log.len() {
            self.colour += 1;
            let mut node = self.log[at].0;
            loop {
                let mark = &mut self.marks[node as usize];
                if *mark == self.colour {
                    return true;
                }
                if *mark >= first {
                    break;
                }
                *mark = self.colour;
                match self.parents[node as usize] {
                    NONE => break,
                    parent => node = parent,
                }
            }
        }
        false
    }
}
