//! Tightening: the exact hull of every variable as far as single passes go, and what is left of
//! the constraints once days are known.
//!
//! Between its first and last day a variable keeps the gaps of its domain. Arcs and order edges
//! that these days imply bind nothing further and are dropped, so that fixed moments join nothing
//! and what is left falls into small parts. Choices that days decide are settled.

use crate::order::acyclic;
use crate::settle::{Arcs, Base, Node};
use crate::view::{Direction, View};
use crate::{Alternative, Choice, Domain, System, Var};

/// Rounds of settling choices that every component gets; larger ones stop there unless cheap.
const ROUNDS: usize = 8;
/// Variables looked at in all rounds of one component.
const LOOKS: usize = 4_000_000;

/// One component of a system while it is tightened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Raw {
    pub vars: Vec<Var>,
    pub domains: Vec<Domain>,
    pub arcs: Vec<(Node, Node, i64)>,
    pub orders: Vec<(Node, Node)>,
    pub choices: Vec<Choice>,
}

impl Raw {
    /// Tightens the component; false where it has no solution.
    pub fn tighten(&mut self) -> bool {
        if !acyclic(self.vars.len(), &self.orders) {
            return false;
        }
        let mut known: Option<[Vec<i64>; 2]> = None;
        for round in 1.. {
            let labels = |direction: Direction| {
                let at_most = known.as_ref().map(|k| k[direction as usize].as_slice());
                self.base(direction).greatest(at_most)
            };
            let (Some(down), Some(up)) = (labels(Direction::Down), labels(Direction::Up)) else {
                return false;
            };
            for (node, domain) in self.domains.iter_mut().enumerate() {
                *domain = domain.intersect(&Domain::range(-up[node], down[node]));
            }
            known = Some([down, up]);
            if self.choices.is_empty() {
                break;
            }
            match self.settle_choices() {
                None => return false,
                Some(false) => break,
                Some(true) if round > ROUNDS && round * self.vars.len() > LOOKS => break,
                Some(true) => {}
            }
        }
        self.drop_implied();
        true
    }

    fn base(&self, direction: Direction) -> Base {
        let edges = self.orders.iter().map(|(a, b)| (*b, *a, 0));
        let arcs = self.arcs.iter().copied().chain(edges);
        Base {
            arcs: Arcs::new(self.vars.len(), arcs.map(|arc| direction.arc(arc))),
            domains: match direction {
                Direction::Down => self.domains.clone(),
                Direction::Up => self.domains.iter().map(Domain::mirrored).collect(),
            },
            top: vec![],
        }
    }

    /// Drops alternatives that days rule out and choices that they satisfy, and makes the last
    /// alternative of a choice part of the system: whether another round can do more. `None` where
    /// no solution is left.
    fn settle_choices(&mut self) -> Option<bool> {
        let mut changed = false;
        let mut ordered = false;
        for mut choice in std::mem::take(&mut self.choices) {
            let before = choice.alternatives.len();
            choice.alternatives.retain(|a| self.is_open(a));
            match &choice.alternatives[..] {
                [] => return None,
                [_] => {
                    let only = choice.alternatives.remove(0);
                    let arcs = only.arcs.iter();
                    self.arcs
                        .extend(arcs.map(|a| (a.from as Node, a.to as Node, a.weight)));
                    let orders = only.orders.iter();
                    self.orders
                        .extend(orders.map(|(a, b)| (*a as Node, *b as Node)));
                    for (node, days) in &only.domains {
                        self.domains[*node] = self.domains[*node].intersect(days);
                    }
                    ordered |= !only.orders.is_empty();
                    changed = true;
                }
                several if several.iter().any(|a| self.implies(a)) => {}
                several => {
                    changed |= several.len() != before;
                    self.choices.push(choice);
                }
            }
        }
        if ordered && !acyclic(self.vars.len(), &self.orders) {
            return None;
        }
        Some(changed)
    }

    fn earliest(&self, node: Var) -> i64 {
        self.domains[node].ranges().first().map_or(0, |r| r.0)
    }

    fn latest(&self, node: Var) -> i64 {
        self.domains[node].ranges().last().map_or(0, |r| r.1)
    }

    /// Whether days by themselves leave room for an alternative.
    fn is_open(&self, alternative: &Alternative) -> bool {
        let mut arcs = alternative.arcs.iter();
        arcs.all(|a| self.earliest(a.to) - self.latest(a.from) <= a.weight)
            && alternative
                .orders
                .iter()
                .all(|(a, b)| self.earliest(*a) <= self.latest(*b))
            && alternative
                .domains
                .iter()
                .all(|(v, d)| !d.intersect(&self.domains[*v]).is_empty())
            && self.stays_acyclic(&alternative.orders)
    }

    fn stays_acyclic(&self, more: &[(Var, Var)]) -> bool {
        // Days apart never run in a circle, so that only edges that may share a day are followed.
        let shares = |a: Var, b: Var| self.latest(a) >= self.earliest(b);
        if !more.iter().any(|(a, b)| shares(*a, *b)) {
            return true;
        }
        if self.orders.is_empty() && more.len() == 1 {
            return more[0].0 != more[0].1;
        }
        let more = more.iter().map(|(a, b)| (*a as Node, *b as Node));
        let all: Vec<(Node, Node)> = self.orders.iter().copied().chain(more).collect();
        acyclic(self.vars.len(), &all)
    }

    /// Whether all days that are left satisfy an alternative.
    fn implies(&self, alternative: &Alternative) -> bool {
        let mut arcs = alternative.arcs.iter();
        arcs.all(|a| self.latest(a.to) - self.earliest(a.from) <= a.weight)
            && alternative
                .orders
                .iter()
                .all(|(a, b)| self.latest(*a) < self.earliest(*b))
            && alternative
                .domains
                .iter()
                .all(|(v, d)| d.intersect(&self.domains[*v]) == self.domains[*v])
    }

    fn drop_implied(&mut self) {
        let mut arcs = std::mem::take(&mut self.arcs);
        arcs.retain(|(from, to, weight)| {
            self.latest(*to as Var) - self.earliest(*from as Var) > *weight
        });
        self.arcs = arcs;
        let mut orders = std::mem::take(&mut self.orders);
        orders.retain(|(a, b)| self.latest(*a as Var) >= self.earliest(*b as Var));
        self.orders = orders;
    }

    /// The parts that no constraint joins any more; variables by themselves go to `alone`.
    pub fn split(self, alone: &mut [Domain]) -> Vec<Raw> {
        let pairs = self.arcs.iter().map(|(a, b, _)| (*a, *b));
        let pairs = pairs.chain(self.orders.iter().copied());
        let parts = Parts::new(self.vars.len(), pairs, &self.choices);
        let Raw {
            vars,
            mut domains,
            arcs,
            orders,
            choices,
        } = self;
        let days = |node: Var| std::mem::take(&mut domains[node]);
        parts.distribute(&vars, days, (arcs, orders, choices), alone)
    }

    /// The component ready to be searched.
    pub fn into_view(self) -> View {
        View::new(
            self.vars,
            self.domains,
            &self.arcs,
            self.orders,
            self.choices,
        )
    }
}

/// The components of a system, not yet tightened; variables that nothing joins to others, with
/// their days, go to `alone`.
pub(crate) fn components(mut system: System, alone: &mut [Domain]) -> Vec<Raw> {
    let count = system.domains.len();
    let arcs: Vec<(Node, Node, i64)> = system
        .arcs
        .iter()
        .map(|a| (a.from as Node, a.to as Node, a.weight))
        .collect();
    let orders: Vec<(Node, Node)> = system
        .orders
        .iter()
        .map(|(a, b)| (*a as Node, *b as Node))
        .collect();
    let pairs = arcs.iter().map(|(a, b, _)| (*a, *b));
    let parts = Parts::new(count, pairs.chain(orders.iter().copied()), &system.choices);
    let vars: Vec<Var> = (0..count).collect();
    let choices = std::mem::take(&mut system.choices);
    let days = |node: Var| std::mem::take(&mut system.domains[node]);
    parts.distribute(&vars, days, (arcs, orders, choices), alone)
}

/// The part of a variable that nothing joins to others.
const ALONE: u32 = u32::MAX;

/// Which part each variable belongs to, and its place there.
struct Parts {
    part: Vec<u32>,
    place: Vec<Node>,
    count: usize,
}

/// Arcs, order edges and choices.
type Constraints = (Vec<(Node, Node, i64)>, Vec<(Node, Node)>, Vec<Choice>);

impl Parts {
    fn new(count: usize, pairs: impl Iterator<Item = (Node, Node)>, choices: &[Choice]) -> Parts {
        let mut parent: Vec<Node> = (0..count as Node).collect();
        let mut bound = vec![false; count];
        for (a, b) in pairs {
            bound[a as usize] = true;
            join(&mut parent, a, b);
        }
        for choice in choices {
            let mut vars = choice.alternatives.iter().flat_map(Alternative::vars);
            if let Some(first) = vars.next() {
                bound[first] = true;
                vars.for_each(|v| join(&mut parent, first as Node, v as Node));
            }
        }
        let mut parts = Parts {
            part: vec![ALONE; count],
            place: vec![0; count],
            count: 0,
        };
        for node in (0..count).filter(|node| bound[*node]) {
            let root = root(&mut parent, node as Node) as usize;
            if parts.part[root] == ALONE {
                parts.part[root] = parts.count as u32;
                parts.count += 1;
            }
        }
        let mut sizes = vec![0; parts.count];
        for node in 0..count {
            let part = parts.part[root(&mut parent, node as Node) as usize];
            if part != ALONE {
                let size = &mut sizes[part as usize];
                (parts.part[node], parts.place[node]) = (part, *size);
                *size += 1;
            }
        }
        parts
    }

    fn distribute(
        &self,
        vars: &[Var],
        mut days: impl FnMut(Var) -> Domain,
        (arcs, orders, choices): Constraints,
        alone: &mut [Domain],
    ) -> Vec<Raw> {
        let mut all = vec![Raw::default(); self.count];
        for (node, var) in vars.iter().enumerate() {
            match self.part[node] {
                ALONE => alone[*var] = days(node),
                part => {
                    let raw = &mut all[part as usize];
                    raw.vars.push(*var);
                    raw.domains.push(days(node));
                }
            }
        }
        let place = |node: Node| self.place[node as usize];
        for (a, b, weight) in arcs {
            let raw = &mut all[self.part[a as usize] as usize];
            raw.arcs.push((place(a), place(b), weight));
        }
        for (a, b) in orders {
            let raw = &mut all[self.part[a as usize] as usize];
            raw.orders.push((place(a), place(b)));
        }
        for mut choice in choices {
            let first = choice
                .alternatives
                .iter()
                .flat_map(Alternative::vars)
                .next();
            // A choice that speaks of no variable holds by an alternative that demands nothing.
            let Some(first) = first else { continue };
            for alternative in &mut choice.alternatives {
                *alternative = alternative.renumbered(|v| self.place[v] as Var);
            }
            all[self.part[first] as usize].choices.push(choice);
        }
        all
    }
}

fn root(parent: &mut [Node], mut node: Node) -> Node {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}

fn join(parent: &mut [Node], a: Node, b: Node) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b) as usize] = a.min(b);
}
