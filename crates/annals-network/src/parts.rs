//! The parts of a system: variables that constraints join, those of one part side by side.

use std::collections::BTreeMap;

use crate::rows::{Node, Rows};
use crate::view::View;
use crate::{Alternative, Choice, Domain, Var};

/// The part of a variable that nothing joins to others.
pub(crate) const ALONE: u32 = u32::MAX;

/// What binds variables beside their days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bonds {
    pub arcs: Vec<(Node, Node, i64)>,
    pub orders: Vec<(Node, Node)>,
    pub choices: Vec<Choice>,
}

impl Bonds {
    /// Which of so many variables hang together: the part of each, numbered by the variables that
    /// come first in an order, and the number of parts.
    pub fn parts(&self, count: usize, order: impl Iterator<Item = Node>) -> (Vec<u32>, usize) {
        let mut parent: Vec<Node> = (0..count as Node).collect();
        let mut bound = vec![false; count];
        let arcs = self.arcs.iter().map(|(a, b, _)| (*a, *b));
        for (a, b) in arcs.chain(self.orders.iter().copied()) {
            bound[a as usize] = true;
            join(&mut parent, a, b);
        }
        for choice in &self.choices {
            let mut vars = vars_of(choice);
            if let Some(first) = vars.next() {
                bound[first] = true;
                vars.for_each(|v| join(&mut parent, first as Node, v as Node));
            }
        }
        // A root is the least of its variables, so every parent is a root once it is come by.
        for node in 0..count {
            let root = parent[parent[node] as usize];
            parent[node] = root;
            bound[root as usize] |= bound[node];
        }
        let mut parts = vec![ALONE; count];
        let mut number = 0;
        for node in order {
            let root = parent[node as usize] as usize;
            if bound[root] && parts[root] == ALONE {
                parts[root] = number;
                number += 1;
            }
        }
        for node in 0..count {
            parts[node] = parts[parent[node] as usize];
        }
        (parts, number as usize)
    }
}

/// The variables that a choice speaks of.
pub(crate) fn vars_of(choice: &Choice) -> impl Iterator<Item = Var> + '_ {
    choice.alternatives.iter().flat_map(Alternative::vars)
}

/// Numbers the variables of a choice otherwise.
pub(crate) fn renumber(choice: &mut Choice, number: impl Fn(Var) -> Var) {
    for alternative in &mut choice.alternatives {
        alternative.renumber(&number);
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

/// The parts of a tightened system, each with what binds its variables under their places in it.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The part of every variable, or [`ALONE`].
    part_of: Vec<u32>,
    /// The variables of every part, rising.
    pub vars: Rows<Node>,
    arcs: Rows<(Node, Node, i64)>,
    orders: Rows<(Node, Node)>,
    kinds: Vec<Kind>,
}

/// What asking a part comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Every day that tightening left is in some solution.
    Simple,
    /// Days have gaps.
    Holed,
    /// Choices are left.
    Open,
}

impl Parts {
    /// Lays out parts, numbered by the variables that come first in an order, and the choices of
    /// those that have any.
    pub fn new(
        days: &[Domain],
        bonds: Bonds,
        order: impl Iterator<Item = Node>,
    ) -> (Parts, BTreeMap<u32, Vec<Choice>>) {
        let (part_of, count) = bonds.parts(days.len(), order);
        let mut place = vec![0; days.len()];
        let mut sizes = vec![0; count];
        let mut kinds = vec![Kind::Simple; count];
        for (node, part) in part_of.iter().enumerate() {
            if *part != ALONE {
                let part = *part as usize;
                place[node] = sizes[part];
                sizes[part] += 1;
                if days[node].has_holes() {
                    kinds[part] = Kind::Holed;
                }
            }
        }
        let mut choices: BTreeMap<u32, Vec<Choice>> = BTreeMap::new();
        for mut choice in bonds.choices {
            // A choice that speaks of no variable holds by an alternative that demands nothing.
            let Some(first) = vars_of(&choice).next() else {
                continue;
            };
            kinds[part_of[first] as usize] = Kind::Open;
            renumber(&mut choice, |var| place[var] as Var);
            choices.entry(part_of[first]).or_default().push(choice);
        }
        let of = |node: Node| part_of[node as usize];
        let at = |node: Node| place[node as usize];
        let arcs = bonds.arcs.iter();
        let orders = bonds.orders.iter();
        let vars = (0..days.len() as Node).filter(|node| of(*node) != ALONE);
        let parts = Parts {
            vars: Rows::new(count, vars.map(|node| (of(node), node))),
            arcs: Rows::new(count, arcs.map(|(a, b, w)| (of(*a), (at(*a), at(*b), *w)))),
            orders: Rows::new(count, orders.map(|(a, b)| (of(*a), (at(*a), at(*b))))),
            kinds,
            part_of,
        };
        (parts, choices)
    }

    /// Without constraints.
    pub fn none(count: usize) -> Parts {
        Parts {
            part_of: vec![ALONE; count],
            ..Parts::default()
        }
    }

    /// Number of parts.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The part of a variable, where something joins it to others.
    pub fn of(&self, var: Var) -> Option<u32> {
        Some(self.part_of[var]).filter(|part| *part != ALONE)
    }

    /// The parts that choices are left in.
    pub fn open(&self) -> impl Iterator<Item = u32> + '_ {
        let parts = (0..).zip(&self.kinds);
        parts.filter_map(|(part, kind)| (*kind == Kind::Open).then_some(part))
    }

    /// What asking about a variable comes to.
    pub fn kind(&self, var: Var) -> Kind {
        let part = self.of(var);
        part.map_or(Kind::Simple, |part| self.kinds[part as usize])
    }

    /// The variable that names a part: its first, which no other part has.
    pub fn name(&self, part: u32) -> Var {
        self.vars.of(part)[0] as Var
    }

    /// A part ready to be searched.
    pub fn view(&self, part: u32, days: &[Domain], choices: Vec<Choice>) -> View {
        let vars = self.vars.of(part).iter();
        View::new(
            vars.clone().map(|var| *var as Var).collect(),
            vars.map(|var| days[*var as usize].clone()).collect(),
            self.arcs.of(part),
            self.orders.of(part).to_vec(),
            choices,
        )
    }
}
