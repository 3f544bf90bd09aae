//! Solving: label correction, and search over the choices it leaves open.

use std::sync::OnceLock;

use crate::choices::settle_choices;
use crate::order::acyclic;
use crate::probe::{Point, Probe, prepare};
use crate::settle::{Arcs, Base, Clause, More, greatest};
use crate::{Alternative, Arc, Domain, System, Var};

/// Branches one question may take before it gives up and says so.
const BUDGET: usize = 20_000;

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A solution, a day for every variable of the components concerned.
    Solution(Vec<i64>),
    /// There is none.
    None,
    /// The budget was spent before the question was settled.
    Spent,
}

/// A system made ready for questions.
#[derive(Clone, Debug)]
pub struct Solver {
    pub(crate) system: System,
    pub(crate) component: Vec<Var>,
    /// What belongs to each component, by its least variable.
    pub(crate) parts: Vec<Component>,
    pub(crate) refuted: bool,
    /// Domains and arcs as a search meets them, from either end; laid out when first needed.
    pub(crate) bases: [OnceLock<Base>; 2],
}

/// The variables of one component and what binds them, by their place in the system.
#[derive(Clone, Debug, Default)]
pub(crate) struct Component {
    vars: Vec<Var>,
    arcs: Vec<usize>,
    orders: Vec<usize>,
    choices: Vec<usize>,
}

/// What one node of the search adds to the system.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    pub arcs: Vec<Arc>,
    pub orders: Vec<(Var, Var)>,
    pub domains: Vec<(Var, Domain)>,
    pub clauses: Vec<Clause>,
}

impl From<&Alternative> for Extra {
    fn from(alternative: &Alternative) -> Extra {
        Extra {
            arcs: alternative.arcs.clone(),
            orders: alternative.orders.clone(),
            domains: alternative.domains.clone(),
            clauses: vec![],
        }
    }
}

/// Which end solutions are looked for from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The greatest solution.
    Down,
    /// The least one: the greatest of the mirrored system.
    Up,
}

impl Solver {
    /// Makes a system ready: settles the choices that bounds alone decide.
    pub fn new(mut system: System) -> Solver {
        let refuted = system.refuted() || !settle_choices(&mut system);
        let component = system.components();
        let parts = parts(&system, &component);
        Solver {
            system,
            component,
            parts,
            refuted,
            bases: Default::default(),
        }
    }

    /// The system as simplified.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// The component of a variable, by its least variable.
    pub fn component(&self, var: Var) -> Var {
        self.component[var]
    }

    /// Whether the whole system has a solution; components are asked one by one.
    pub fn consistent(&self) -> Found {
        if self.refuted {
            return Found::None;
        }
        let mut days = vec![0; self.system.len()];
        for first in 0..self.system.len() {
            if self.component[first] != first {
                continue;
            }
            let part = &self.parts[first];
            if part.arcs.is_empty() && part.orders.is_empty() && part.choices.is_empty() {
                // A variable by itself has a day: empty domains are refuted already.
                days[first] = self.system.domains[first].ranges()[0].0;
                continue;
            }
            match self.solve(&[first], &Extra::default(), None, Direction::Down) {
                Found::Solution(part) => {
                    for (var, day) in part.into_iter().enumerate() {
                        if self.component[var] == first {
                            days[var] = day;
                        }
                    }
                }
                other => return other,
            }
        }
        Found::Solution(days)
    }

    /// Whether some line of the components concerned answers the probe; the other components
    /// are taken to be consistent.
    /// `also` restricts the line further.
    pub fn probe(&self, probe: Probe, also: &Alternative) -> Found {
        if self.refuted {
            return Found::None;
        }
        let (mut concerned, point, direction) = match probe {
            Probe::Last {
                witness,
                others,
                earlier,
                point,
            } => {
                let earlier: Vec<Var> = earlier.into_iter().collect();
                let all = [&[witness], others, &earlier].concat();
                (all, point, Direction::Down)
            }
            Probe::Next {
                witness,
                others,
                point,
                ..
            } => ([&[witness], others].concat(), point, Direction::Up),
            Probe::AllAfter { moments, point } => (moments.to_vec(), point, Direction::Down),
        };
        if let Point::Before { at: var, .. } | Point::CloseOf { at: var, .. } = point {
            concerned.push(var);
        }
        concerned.extend(also.vars());
        let extra = Extra::from(also);
        self.solve(&concerned, &extra, Some(probe), direction)
    }

    /// Whether the components concerned have a solution in which the alternative holds too.
    pub fn allows(&self, alternative: &Alternative) -> Found {
        if self.refuted {
            return Found::None;
        }
        let concerned: Vec<Var> = alternative.vars().collect();
        let extra = Extra::from(alternative);
        self.solve(&concerned, &extra, None, Direction::Down)
    }

    /// The solution with the greatest or least day of a variable, as the direction says, within
    /// some days. The labels of a branch bound what any solution below it can reach, so branches
    /// that cannot reach beyond the best solution so far are not entered (Land and Doig 1960).
    pub(crate) fn extreme(&self, var: Var, domain: Domain, direction: Direction) -> Found {
        if self.refuted {
            return Found::None;
        }
        let extra = Extra {
            domains: vec![(var, domain)],
            ..Extra::default()
        };
        let mut search = self.search(&[var], None, direction);
        search.aim = Some(var);
        match (search.branch(&extra, None), search.best) {
            (Found::Spent, _) => Found::Spent,
            (_, Some(days)) => Found::Solution(days),
            (found, None) => found,
        }
    }

    pub(crate) fn solve(
        &self,
        concerned: &[Var],
        extra: &Extra,
        probe: Option<Probe>,
        direction: Direction,
    ) -> Found {
        self.search(concerned, probe, direction).branch(extra, None)
    }

    fn search<'a>(
        &'a self,
        concerned: &[Var],
        probe: Option<Probe<'a>>,
        direction: Direction,
    ) -> Search<'a> {
        let mut roots: Vec<Var> = concerned.iter().map(|v| self.component[*v]).collect();
        roots.sort_unstable();
        roots.dedup();
        let mut scope = Component::default();
        for root in roots {
            let part = &self.parts[root];
            scope.vars.extend(&part.vars);
            scope.arcs.extend(&part.arcs);
            scope.orders.extend(&part.orders);
            scope.choices.extend(&part.choices);
        }
        Search {
            solver: self,
            scope,
            probe,
            direction,
            left: BUDGET,
            aim: None,
            best: None,
        }
    }
}

impl Solver {
    /// Domains and arcs of the system, seen from the end that is searched from.
    fn base(&self, direction: Direction) -> &Base {
        self.bases[direction as usize].get_or_init(|| {
            let system = &self.system;
            let domains = match direction {
                Direction::Down => system.domains.clone(),
                Direction::Up => system.domains.iter().map(Domain::mirrored).collect(),
            };
            let seen = |from, to, weight| seen_from(direction, from, to, weight);
            let arcs = system.arcs.iter().map(|a| seen(a.from, a.to, a.weight));
            let edges = system.orders.iter().map(|(a, b)| seen(*b, *a, 0));
            let all: Vec<(Var, Var, i64)> = arcs.chain(edges).collect();
            Base {
                arcs: Arcs::new(domains.len(), &all),
                domains,
            }
        })
    }
}

/// An arc as it stands, or turned round for a search from the other end.
fn seen_from(direction: Direction, from: Var, to: Var, weight: i64) -> (Var, Var, i64) {
    match direction {
        Direction::Down => (from, to, weight),
        Direction::Up => (to, from, weight),
    }
}

pub(crate) fn parts(system: &System, component: &[Var]) -> Vec<Component> {
    let mut parts = vec![Component::default(); system.len()];
    for (var, root) in component.iter().enumerate() {
        parts[*root].vars.push(var);
    }
    for (index, arc) in system.arcs.iter().enumerate() {
        parts[component[arc.from]].arcs.push(index);
    }
    for (index, (first, _)) in system.orders.iter().enumerate() {
        parts[component[*first]].orders.push(index);
    }
    for (index, choice) in system.choices.iter().enumerate() {
        if let Some(var) = choice
            .alternatives
            .iter()
            .flat_map(Alternative::vars)
            .next()
        {
            parts[component[var]].choices.push(index);
        }
    }
    parts
}

struct Search<'a> {
    solver: &'a Solver,
    scope: Component,
    probe: Option<Probe<'a>>,
    direction: Direction,
    left: usize,
    /// The variable whose outermost day is looked for; without one, any solution will do.
    aim: Option<Var>,
    best: Option<Vec<i64>>,
}

impl Search<'_> {
    /// Settles the labels; where they leave a choice unsatisfied, tries its alternatives in turn.
    /// `above` are the labels of the node above, from which those of this one can only fall.
    fn branch(&mut self, extra: &Extra, above: Option<&[i64]>) -> Found {
        if self.left == 0 {
            return Found::Spent;
        }
        self.left -= 1;
        let Some(labels) = self.settle(extra, above) else {
            return Found::None;
        };
        let days = self.days(&labels);
        if !self.reaches_beyond(&days) {
            return Found::None;
        }
        let system = &self.solver.system;
        let open = self.scope.choices.iter().find(|c| {
            let alternatives = &system.choices[**c].alternatives;
            !alternatives
                .iter()
                .any(|a| a.satisfied(&days) || committed(a, extra, &days))
        });
        let Some(open) = open.copied() else {
            if self.aim.is_none() {
                return Found::Solution(days);
            }
            self.best = Some(days);
            return Found::None;
        };
        let mut spent = false;
        for alternative in &system.choices[open].alternatives {
            let mut next = extra.clone();
            next.arcs.extend(&alternative.arcs);
            next.orders.extend(&alternative.orders);
            next.domains.extend(alternative.domains.iter().cloned());
            match self.branch(&next, Some(&labels)) {
                Found::None => {}
                Found::Spent => spent = true,
                found => return found,
            }
        }
        if spent { Found::Spent } else { Found::None }
    }

    /// Whether labels allow a day of the aim beyond the best one so far.
    fn reaches_beyond(&self, days: &[i64]) -> bool {
        match (self.aim, &self.best, self.direction) {
            (Some(aim), Some(best), Direction::Down) => days[aim] > best[aim],
            (Some(aim), Some(best), Direction::Up) => days[aim] < best[aim],
            _ => true,
        }
    }

    /// Labels as days; variables beyond the scope have none that means anything.
    fn days(&self, labels: &[i64]) -> Vec<i64> {
        match self.direction {
            Direction::Down => labels.to_vec(),
            Direction::Up => labels.iter().map(|label| -label).collect(),
        }
    }

    /// The greatest labels of a node, seen from the end that is searched from.
    fn settle(&self, extra: &Extra, above: Option<&[i64]>) -> Option<Vec<i64>> {
        let system = &self.solver.system;
        let own = self.scope.orders.len();
        let scoped = self.scope.orders.iter().map(|o| system.orders[*o]);
        let mut orders: Vec<(Var, Var)> = scoped.chain(extra.orders.iter().copied()).collect();
        let mut extra = extra.clone();
        if let Some(probe) = self.probe {
            prepare(system.len(), &mut orders, probe, &mut extra);
        }
        if !extra.orders.is_empty() && !acyclic(system.len(), &orders) {
            return None;
        }
        let turned = |from, to, weight| seen_from(self.direction, from, to, weight);
        let arcs = extra.arcs.iter();
        let arcs = arcs.map(|a| turned(a.from, a.to, a.weight));
        let edges = orders[own..].iter().map(|(a, b)| turned(*b, *a, 0));
        let arcs: Vec<(Var, Var, i64)> = arcs.chain(edges).collect();
        let domains = extra.domains.iter().map(|(var, domain)| {
            let domain = match self.direction {
                Direction::Down => domain.clone(),
                Direction::Up => domain.mirrored(),
            };
            (*var, domain)
        });
        let more = More {
            arcs,
            domains: domains.collect(),
            clauses: extra.clauses,
            at_most: above,
        };
        greatest(self.solver.base(self.direction), &self.scope.vars, more)
    }
}

/// Whether the branch has already put an alternative's order edges into the system, so that
/// they may share a day.
fn committed(alternative: &Alternative, extra: &Extra, days: &[i64]) -> bool {
    alternative.orders.iter().all(|o| extra.orders.contains(o))
        && alternative
            .arcs
            .iter()
            .all(|a| days[a.to] - days[a.from] <= a.weight)
        && alternative
            .domains
            .iter()
            .all(|(v, d)| d.contains(days[*v]))
}
