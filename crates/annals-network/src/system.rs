//! The constraints of one system.

use crate::Domain;
use crate::rows::Node;

/// A variable: the day of one moment.
pub type Var = usize;

/// `x_to - x_from <= weight`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    /// The variable subtracted.
    pub from: Var,
    /// The variable bounded.
    pub to: Var,
    /// The greatest difference in days.
    pub weight: i64,
}

/// One way of satisfying a choice: everything in it holds together.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alternative {
    /// Difference constraints.
    pub arcs: Vec<Arc>,
    /// Order edges: the first before the second in the line, which implies no later day.
    pub orders: Vec<(Var, Var)>,
    /// Restrictions of single variables.
    pub domains: Vec<(Var, Domain)>,
}

/// At least one alternative holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The alternatives, in the order they are tried.
    pub alternatives: Vec<Alternative>,
}

/// Variables and everything that binds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    pub(crate) domains: Vec<Domain>,
    pub(crate) arcs: Vec<(Node, Node, i64)>,
    pub(crate) orders: Vec<(Node, Node)>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) impossible: bool,
}

impl System {
    /// A system of `count` variables that may take any day.
    pub fn new(count: usize) -> System {
        System {
            domains: vec![Domain::all(); count],
            ..System::default()
        }
    }

    /// Number of variables.
    pub fn len(&self) -> usize {
        self.domains.len()
    }

    /// Whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.domains.is_empty()
    }

    /// Restricts a variable to the days of `domain`.
    pub fn restrict(&mut self, var: Var, domain: &Domain) {
        self.domains[var] = self.domains[var].intersect(domain);
    }

    /// The days a variable is restricted to by itself.
    pub fn domain(&self, var: Var) -> &Domain {
        &self.domains[var]
    }

    /// Adds `x_to - x_from <= weight`.
    pub fn arc(&mut self, from: Var, to: Var, weight: i64) {
        self.arcs.push((from as Node, to as Node, weight));
    }

    /// Puts `first` before `second` in the line.
    pub fn order(&mut self, first: Var, second: Var) {
        self.orders.push((first as Node, second as Node));
    }

    /// Adds a choice.
    pub fn choose(&mut self, choice: Choice) {
        self.choices.push(choice);
    }

    /// Marks the system as having no solution, whatever its days.
    pub fn forbid(&mut self) {
        self.impossible = true;
    }
}

impl Alternative {
    /// Every variable it speaks of.
    pub fn vars(&self) -> impl Iterator<Item = Var> + '_ {
        let arcs = self.arcs.iter().flat_map(|a| [a.from, a.to]);
        let orders = self.orders.iter().flat_map(|(a, b)| [*a, *b]);
        arcs.chain(orders)
            .chain(self.domains.iter().map(|(v, _)| *v))
    }

    /// Whether days satisfy it once its order edges are put into the line.
    pub(crate) fn weakly_satisfied(&self, day: impl Fn(Var) -> i64) -> bool {
        self.holds(&day) && self.orders.iter().all(|(a, b)| day(*a) <= day(*b))
    }

    /// Whether days satisfy it beyond doubt: an order edge on one day still needs the line, so
    /// only a strictly earlier day counts for it here.
    pub(crate) fn satisfied(&self, day: impl Fn(Var) -> i64) -> bool {
        self.holds(&day) && self.orders.iter().all(|(a, b)| day(*a) < day(*b))
    }

    /// Whether days satisfy all of it but its order edges.
    pub(crate) fn holds(&self, day: &impl Fn(Var) -> i64) -> bool {
        let arcs = &mut self.arcs.iter();
        arcs.all(|a| day(a.to) - day(a.from) <= a.weight)
            && self.domains.iter().all(|(v, d)| d.contains(day(*v)))
    }

    /// Numbers its variables otherwise.
    pub(crate) fn renumber(&mut self, number: impl Fn(Var) -> Var) {
        for arc in &mut self.arcs {
            (arc.from, arc.to) = (number(arc.from), number(arc.to));
        }
        for (first, second) in &mut self.orders {
            (*first, *second) = (number(*first), number(*second));
        }
        for (var, _) in &mut self.domains {
            *var = number(*var);
        }
    }

    /// The same with its variables numbered otherwise.
    pub fn renumbered(&self, number: impl Fn(Var) -> Var) -> Alternative {
        Alternative {
            arcs: self
                .arcs
                .iter()
                .map(|a| Arc {
                    from: number(a.from),
                    to: number(a.to),
                    weight: a.weight,
                })
                .collect(),
            orders: self
                .orders
                .iter()
                .map(|(a, b)| (number(*a), number(*b)))
                .collect(),
            domains: self
                .domains
                .iter()
                .map(|(v, d)| (number(*v), d.clone()))
                .collect(),
        }
    }
}
