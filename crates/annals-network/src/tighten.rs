//! Tightening: the exact hull of every variable as far as single passes go, and what is left of
//! the constraints once days are known.
//!
//! Between its first and last day a variable keeps the gaps of its domain. Arcs and order edges
//! that these days imply bind nothing further and are dropped, so that fixed moments join nothing
//! and what is left falls into small parts. Choices that days decide are settled.

use crate::network::Network;
use crate::order::acyclic;
use crate::parts::{ALONE, Bonds, renumber, vars_of};
use crate::rows::Node;
use crate::{Alternative, Domain, System, Var};

/// Rounds of settling choices that every component gets; larger ones stop there unless cheap.
const ROUNDS: usize = 8;
/// Variables looked at in all rounds of one component.
const LOOKS: usize = 4_000_000;

/// Variables of a system while they are tightened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Raw {
    /// The variables of the system that they are, rising.
    pub vars: Vec<Node>,
    pub domains: Vec<Domain>,
    pub bonds: Bonds,
}

impl Raw {
    /// Tightens them; false where they have no solution.
    pub fn tighten(&mut self) -> bool {
        if !acyclic(self.vars.len(), &self.bonds.orders) || !self.narrow() {
            return false;
        }
        for round in 1.. {
            if self.bonds.choices.is_empty() {
                break;
            }
            match self.settle_choices() {
                None => return false,
                Some(false) => break,
                Some(true) => {}
            }
            if !self.narrow() {
                return false;
            }
            if round > ROUNDS && round * self.vars.len() > LOOKS {
                break;
            }
        }
        self.drop_implied();
        true
    }

    /// Leaves the days that arcs and order edges allow; false where there are none.
    fn narrow(&mut self) -> bool {
        let network = Network::laid_out(&self.domains, &self.bonds.arcs, &self.bonds.orders);
        let Some(hulls) = network.tighten() else {
            return false;
        };
        let hulls = hulls.earliest.into_iter().zip(hulls.latest);
        for (domain, (first, last)) in self.domains.iter_mut().zip(hulls) {
            domain.trim(first, last);
        }
        true
    }

    /// Drops alternatives that days rule out and choices that they satisfy, and makes the last
    /// alternative of a choice part of the system: whether another round can do more. `None` where
    /// no solution is left.
    fn settle_choices(&mut self) -> Option<bool> {
        let mut changed = false;
        let mut ordered = false;
        for mut choice in std::mem::take(&mut self.bonds.choices) {
            let before = choice.alternatives.len();
            choice.alternatives.retain(|a| self.is_open(a));
            match &choice.alternatives[..] {
                [] => return None,
                [_] => {
                    let only = choice.alternatives.remove(0);
                    let arcs = only.arcs.iter();
                    self.bonds
                        .arcs
                        .extend(arcs.map(|a| (a.from as Node, a.to as Node, a.weight)));
                    let orders = only.orders.iter();
                    self.bonds
                        .orders
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
                    self.bonds.choices.push(choice);
                }
            }
        }
        if ordered && !acyclic(self.vars.len(), &self.bonds.orders) {
            return None;
        }
        Some(changed)
    }

    fn earliest(&self, node: Var) -> i64 {
        self.domains[node].ends().map_or(0, |(first, _)| first)
    }

    fn latest(&self, node: Var) -> i64 {
        self.domains[node].ends().map_or(0, |(_, last)| last)
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
        if self.bonds.orders.is_empty() && more.len() == 1 {
            return more[0].0 != more[0].1;
        }
        let more = more.iter().map(|(a, b)| (*a as Node, *b as Node));
        let all: Vec<(Node, Node)> = self.bonds.orders.iter().copied().chain(more).collect();
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
                .all(|(v, d)| self.domains[*v].within(d))
    }

    fn drop_implied(&mut self) {
        let mut arcs = std::mem::take(&mut self.bonds.arcs);
        arcs.retain(|(from, to, weight)| {
            self.latest(*to as Var) - self.earliest(*from as Var) > *weight
        });
        self.bonds.arcs = arcs;
        let mut orders = std::mem::take(&mut self.bonds.orders);
        orders.retain(|(a, b)| self.latest(*a as Var) >= self.earliest(*b as Var));
        self.bonds.orders = orders;
    }
}

/// The variables of a system as they are tightened: first all of those that no choice bears on,
/// together, then component by component those that one does.
pub(crate) fn cut(system: System) -> Vec<Raw> {
    let count = system.len();
    let mut domains = system.domains;
    let mut bonds = Bonds {
        arcs: system.arcs,
        orders: system.orders,
        choices: system.choices,
    };
    if bonds.choices.is_empty() {
        return vec![Raw {
            vars: (0..count as Node).collect(),
            domains,
            bonds,
        }];
    }
    let (parts, parts_count) = bonds.parts(count, 0..count as Node);
    let mut raws = vec![Raw::default()];
    let mut raw_of = vec![0; parts_count];
    let choosing = bonds.choices.iter().filter_map(|c| vars_of(c).next());
    choosing.for_each(|var| raw_of[parts[var] as usize] = 1);
    for raw in raw_of.iter_mut().filter(|raw| **raw == 1) {
        *raw = raws.len();
        raws.push(Raw::default());
    }
    let raw_of = |node: Node| match parts[node as usize] {
        ALONE => 0,
        part => raw_of[part as usize],
    };
    let mut place = vec![0; count];
    for (node, domain) in domains.iter_mut().enumerate() {
        let raw = &mut raws[raw_of(node as Node)];
        place[node] = raw.vars.len() as Node;
        raw.vars.push(node as Node);
        raw.domains.push(std::mem::take(domain));
    }
    let at = |node: Node| place[node as usize];
    for (a, b, weight) in bonds.arcs.drain(..) {
        let raw = &mut raws[raw_of(a)];
        raw.bonds.arcs.push((at(a), at(b), weight));
    }
    for (a, b) in bonds.orders.drain(..) {
        raws[raw_of(a)].bonds.orders.push((at(a), at(b)));
    }
    for mut choice in bonds.choices {
        // A choice that speaks of no variable holds by an alternative that demands nothing.
        let Some(first) = vars_of(&choice).next() else {
            continue;
        };
        renumber(&mut choice, |var| place[var] as Var);
        raws[raw_of(first as Node)].bonds.choices.push(choice);
    }
    raws
}

/// Tightened variables as those of the system again: their days, what still binds them, and the
/// order in which they were tightened.
pub(crate) fn gather(count: usize, mut raws: Vec<Raw>) -> (Vec<Domain>, Bonds, Vec<Node>) {
    if raws.len() == 1
        && let Some(only) = raws.pop()
    {
        return (only.domains, only.bonds, only.vars);
    }
    let mut days = vec![Domain::default(); count];
    let (mut bonds, mut order) = (Bonds::default(), Vec::with_capacity(count));
    for raw in raws {
        let of = |node: Node| raw.vars[node as usize];
        for (var, domain) in raw.vars.iter().zip(raw.domains) {
            days[*var as usize] = domain;
        }
        let arcs = raw.bonds.arcs.iter();
        let arcs = arcs.map(|(a, b, weight)| (of(*a), of(*b), *weight));
        bonds.arcs.extend(arcs);
        let orders = raw.bonds.orders.iter();
        bonds.orders.extend(orders.map(|(a, b)| (of(*a), of(*b))));
        for mut choice in raw.bonds.choices {
            renumber(&mut choice, |node| of(node as Node) as Var);
            bonds.choices.push(choice);
        }
        order.extend(&raw.vars);
    }
    (days, bonds, order)
}
