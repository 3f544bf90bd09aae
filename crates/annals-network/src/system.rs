//! The constraints of one system.

use crate::Domain;
use crate::order::acyclic;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The alternatives, in the order they are tried.
    pub alternatives: Vec<Alternative>,
}

/// Variables and everything that binds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    pub(crate) domains: Vec<Domain>,
    pub(crate) arcs: Vec<Arc>,
    pub(crate) orders: Vec<(Var, Var)>,
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
        self.arcs.push(Arc { from, to, weight });
    }

    /// Puts `first` before `second` in the line.
    pub fn order(&mut self, first: Var, second: Var) {
        self.orders.push((first, second));
    }

    /// Adds a choice.
    pub fn choose(&mut self, choice: Choice) {
        self.choices.push(choice);
    }

    /// Marks the system as having no solution, whatever its days.
    pub fn forbid(&mut self) {
        self.impossible = true;
    }

    /// Whether it is refuted without looking at days: marked so, or ordered in a circle.
    pub(crate) fn refuted(&self) -> bool {
        self.impossible
            || self.domains.iter().any(Domain::is_empty)
            || !acyclic(self.len(), &self.orders)
    }

    /// The components: variables that no constraint joins have no bearing on one another. Each
    /// variable has the number of its component, by its least variable.
    pub fn components(&self) -> Vec<Var> {
        let mut parent: Vec<Var> = (0..self.len()).collect();
        let arcs = self.arcs.iter().map(|a| (a.from, a.to));
        for (a, b) in arcs.chain(self.orders.iter().copied()) {
            join(&mut parent, a, b);
        }
        for choice in &self.choices {
            let mut vars = choice.alternatives.iter().flat_map(Alternative::vars);
            if let Some(first) = vars.next() {
                vars.for_each(|v| join(&mut parent, first, v));
            }
        }
        (0..self.len()).map(|v| root(&mut parent, v)).collect()
    }
}

impl Alternative {
    /// Every variable it speaks of.
    pub(crate) fn vars(&self) -> impl Iterator<Item = Var> + '_ {
        let arcs = self.arcs.iter().flat_map(|a| [a.from, a.to]);
        let orders = self.orders.iter().flat_map(|(a, b)| [*a, *b]);
        arcs.chain(orders)
            .chain(self.domains.iter().map(|(v, _)| *v))
    }

    /// Whether days satisfy it once its order edges are put into the line.
    pub(crate) fn weakly_satisfied(&self, days: &[i64]) -> bool {
        self.arcs
            .iter()
            .all(|a| days[a.to] - days[a.from] <= a.weight)
            && self.orders.iter().all(|(a, b)| days[*a] <= days[*b])
            && self.domains.iter().all(|(v, d)| d.contains(days[*v]))
    }

    /// Whether days satisfy it beyond doubt: an order edge on one day still needs the line, so
    /// only a strictly earlier day counts for it here.
    pub(crate) fn satisfied(&self, days: &[i64]) -> bool {
        self.arcs
            .iter()
            .all(|a| days[a.to] - days[a.from] <= a.weight)
            && self.orders.iter().all(|(a, b)| days[*a] < days[*b])
            && self.domains.iter().all(|(v, d)| d.contains(days[*v]))
    }
}

fn root(parent: &mut [Var], mut var: Var) -> Var {
    while parent[var] != var {
        parent[var] = parent[parent[var]];
        var = parent[var];
    }
    var
}

fn join(parent: &mut [Var], a: Var, b: Var) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}
