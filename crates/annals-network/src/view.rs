//! Variables that constraints join, numbered anew and ready to be searched.

use crate::rows::{Node, Rows};
use crate::settle::Base;
use crate::{Choice, Domain, Var};

/// Which end solutions are looked for from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The greatest solution.
    Down,
    /// The least one: the greatest of the mirrored system.
    Up,
}

impl Direction {
    /// A label as a day, or a day as a label.
    pub fn turned(self, day: i64) -> i64 {
        match self {
            Direction::Down => day,
            Direction::Up => -day,
        }
    }

    /// The other end.
    pub fn opposite(self) -> Direction {
        match self {
            Direction::Down => Direction::Up,
            Direction::Up => Direction::Down,
        }
    }

    /// The greatest label of a domain; `None` where it has no day.
    pub fn outermost(self, domain: &Domain) -> Option<i64> {
        let (first, last) = domain.ends()?;
        Some(match self {
            Direction::Down => last,
            Direction::Up => -first,
        })
    }

    /// The greatest label of a domain that is not beyond a bound.
    pub fn floor(self, domain: &Domain, bound: i64) -> Option<i64> {
        match self {
            Direction::Down => domain.floor(bound),
            Direction::Up => domain.ceiling(-bound).map(|day| -day),
        }
    }

    /// An arc as it stands, or turned round for a search from the other end.
    pub fn arc(self, (from, to, weight): (Node, Node, i64)) -> (Node, Node, i64) {
        match self {
            Direction::Down => (from, to, weight),
            Direction::Up => (to, from, weight),
        }
    }
}

/// Variables, tightened, and what still binds them beside their days.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    /// The variable of the system that each stands for, rising.
    pub vars: Vec<Var>,
    /// Domains and arcs from either end.
    bases: [Base; 2],
    pub orders: Vec<(Node, Node)>,
    /// What comes directly after each in the line.
    pub after: Rows<Node>,
    /// What comes directly before each.
    pub before: Rows<Node>,
    pub choices: Vec<Choice>,
    /// Whether days have no holes and nothing is left to choose.
    simple: bool,
}

impl View {
    /// Lays out tightened domains and what is left of arcs, orders and choices.
    pub fn new(
        vars: Vec<Var>,
        domains: Vec<Domain>,
        arcs: &[(Node, Node, i64)],
        orders: Vec<(Node, Node)>,
        choices: Vec<Choice>,
    ) -> View {
        let edges = orders.iter().map(|(a, b)| (*b, *a, 0));
        let arcs: Vec<(Node, Node, i64)> = arcs.iter().copied().chain(edges).collect();
        View::laid_out(vars, domains, &arcs, orders, choices)
    }

    /// The same with the arcs that order edges make among the arcs already.
    fn laid_out(
        vars: Vec<Var>,
        domains: Vec<Domain>,
        arcs: &[(Node, Node, i64)],
        orders: Vec<(Node, Node)>,
        choices: Vec<Choice>,
    ) -> View {
        let count = vars.len();
        let base = |domains: Vec<Domain>, direction: Direction| {
            let last = |d: &Domain| d.ends().map_or(0, |(_, last)| last);
            let arcs = arcs.iter().map(move |arc| direction.arc(*arc));
            Base {
                top: domains.iter().map(last).collect(),
                arcs: Rows::new(count, arcs.map(|(from, to, w)| (from, (to, w)))),
                domains,
            }
        };
        let mirrored = domains.iter().map(Domain::mirrored).collect();
        View {
            simple: choices.is_empty() && !domains.iter().any(Domain::has_holes),
            bases: [
                base(domains, Direction::Down),
                base(mirrored, Direction::Up),
            ],
            after: Rows::new(count, orders.iter().copied()),
            before: Rows::new(count, orders.iter().map(|(a, b)| (*b, *a))),
            vars,
            orders,
            choices,
        }
    }

    /// Several views, and variables by themselves, as one: nothing joins them.
    pub fn joined(views: &[&View], alone: &[(Var, Domain)]) -> View {
        let of_views = views.iter().flat_map(|v| v.vars.iter().zip(v.domains()));
        let mut all: Vec<(Var, &Domain)> = of_views.map(|(var, days)| (*var, days)).collect();
        all.extend(alone.iter().map(|(var, days)| (*var, days)));
        all.sort_unstable_by_key(|(var, _)| *var);
        let vars: Vec<Var> = all.iter().map(|(var, _)| *var).collect();
        let domains = all.into_iter().map(|(_, days)| days.clone()).collect();
        let (mut arcs, mut orders, mut choices) = (Vec::new(), Vec::new(), Vec::new());
        for view in views {
            let places: Vec<Node> = view
                .vars
                .iter()
                .map(|var| vars.partition_point(|v| v < var) as Node)
                .collect();
            let place = |node: Node| places[node as usize];
            let own = view.bases[0].arcs.all();
            arcs.extend(own.map(|(a, (b, weight))| (place(a), place(*b), *weight)));
            orders.extend(view.orders.iter().map(|(a, b)| (place(*a), place(*b))));
            choices.extend(view.choices.iter().map(|choice| {
                Choice {
                    alternatives: choice
                        .alternatives
                        .iter()
                        .map(|a| a.renumbered(|v| places[v] as Var))
                        .collect(),
                }
            }));
        }
        // The arcs of a view hold its order edges already.
        View::laid_out(vars, domains, &arcs, orders, choices)
    }

    /// Whether it is a system of difference constraints alone, without holes or choices: then
    /// every day that tightening left is in some solution.
    pub fn is_simple(&self) -> bool {
        self.simple
    }

    /// Its days by variable.
    pub fn domains(&self) -> &[Domain] {
        &self.bases[0].domains
    }

    /// Domains and arcs, seen from the end that is searched from.
    pub fn base(&self, direction: Direction) -> &Base {
        &self.bases[direction as usize]
    }
}
