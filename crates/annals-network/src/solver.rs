//! The door to a system: tightened once, then asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::order::acyclic;
use crate::probe::{Point, Probe};
use crate::search::Search;
use crate::settle::Node;
use crate::tighten::components;
use crate::view::{Direction, View};
use crate::{Alternative, Choice, Domain, System, Var};

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A solution: a day for every variable of the components concerned, in the order of the
    /// system; other variables have none that means anything.
    Solution(Vec<i64>),
    /// There is none.
    None,
    /// The budget was spent before the question was settled.
    Spent,
}

/// Marks a variable that nothing joins to others.
const ALONE: u32 = u32::MAX;

/// Joined views that are kept for questions that come in series.
const JOINED_AT_MOST: usize = 64;

/// A system made ready for questions: tightened, and cut into parts that have no bearing on one
/// another.
#[derive(Debug)]
pub struct Solver {
    /// The days of variables that nothing joins to others; of the others, what they began with.
    alone: Vec<Domain>,
    part_of: Vec<u32>,
    node_of: Vec<Node>,
    parts: Vec<Arc<View>>,
    refuted: bool,
    joined: Mutex<BTreeMap<Vec<Var>, Arc<View>>>,
}

/// All that decides questions about some variables: what two systems have alike there, they answer
/// alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extract {
    refuted: bool,
    vars: Vec<Var>,
    domains: Vec<Domain>,
    arcs: Vec<(Node, Node, i64)>,
    orders: Vec<(Node, Node)>,
    choices: Vec<Choice>,
}

/// A view and where the variables of the system stand in it.
pub(crate) struct Sight {
    pub view: Arc<View>,
}

impl Sight {
    /// The place of a variable in the view; only those asked for are sure to be in it.
    pub fn node(&self, var: Var) -> Var {
        self.view.vars.partition_point(|v| *v < var)
    }
}

impl Solver {
    /// Makes a system ready.
    pub fn new(system: System) -> Solver {
        let count = system.len();
        let mut solver = Solver {
            alone: vec![Domain::default(); count],
            part_of: vec![ALONE; count],
            node_of: vec![0; count],
            parts: vec![],
            refuted: system.impossible || system.domains.iter().any(Domain::is_empty),
            joined: Mutex::default(),
        };
        if solver.refuted {
            return solver;
        }
        for mut raw in components(system, &mut solver.alone) {
            if !raw.tighten() {
                solver.refuted = true;
                return solver;
            }
            for part in raw.split(&mut solver.alone) {
                for (node, var) in part.vars.iter().enumerate() {
                    solver.part_of[*var] = solver.parts.len() as u32;
                    solver.node_of[*var] = node as Node;
                }
                solver.parts.push(Arc::new(part.into_view()));
            }
        }
        solver
    }

    /// Number of variables.
    pub fn len(&self) -> usize {
        self.alone.len()
    }

    /// Whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.alone.is_empty()
    }

    /// Whether tightening alone showed that there is no solution.
    pub(crate) fn refuted(&self) -> bool {
        self.refuted
    }

    /// The days a variable has as far as tightening shows.
    pub(crate) fn days_of(&self, var: Var) -> &Domain {
        match self.part_of[var] {
            ALONE => &self.alone[var],
            part => &self.parts[part as usize].domains()[self.node_of[var] as usize],
        }
    }

    /// Whether the part of a variable leaves something to be searched.
    pub(crate) fn has_choices(&self, var: Var) -> bool {
        match self.part_of[var] {
            ALONE => false,
            part => !self.parts[part as usize].choices.is_empty(),
        }
    }

    /// Whether two variables stand in one part: those of two have no bearing on one another.
    pub(crate) fn share_part(&self, a: Var, b: Var) -> bool {
        self.part_of[a] != ALONE && self.part_of[a] == self.part_of[b]
    }

    /// Whether the days that tightening left a variable are just those that it can take.
    pub(crate) fn is_settled(&self, var: Var) -> bool {
        match self.part_of[var] {
            ALONE => true,
            part => self.parts[part as usize].is_simple(),
        }
    }

    /// Whether the whole system has a solution; parts are asked one by one.
    pub fn consistent(&self) -> Found {
        if self.refuted {
            return Found::None;
        }
        let last = |d: &Domain| d.ranges().last().map_or(0, |(_, last)| *last);
        let mut days: Vec<i64> = self.alone.iter().map(last).collect();
        for view in &self.parts {
            // Without choices, tightening has found the greatest solution.
            let found = match view.choices.is_empty() {
                true => Found::Solution(view.base(Direction::Down).top.clone()),
                false => {
                    let search = Search::new(view, None, Direction::Down);
                    search.run(&Alternative::default())
                }
            };
            match found {
                Found::Solution(found) => {
                    for (node, day) in found.into_iter().enumerate() {
                        days[view.vars[node]] = day;
                    }
                }
                other => return other,
            }
        }
        Found::Solution(days)
    }

    /// Whether some line of the parts concerned answers the probe; the other parts are taken to be
    /// consistent. `also` restricts the line further.
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
        let sight = self.sight(&concerned);
        let also = also.renumbered(|v| sight.node(v));
        let point = point.renumbered(|v| sight.node(v));
        let renumbered =
            |vars: &[Var]| -> Vec<Var> { vars.iter().map(|v| sight.node(*v)).collect() };
        let run = |probe: Probe| {
            let search = Search::new(&sight.view, Some(probe), direction);
            self.spread(&sight, search.run(&also))
        };
        match probe {
            Probe::Last {
                witness,
                others,
                earlier,
                ..
            } => run(Probe::Last {
                witness: sight.node(witness),
                others: &renumbered(others),
                earlier: earlier.map(|e| sight.node(e)),
                point,
            }),
            Probe::Next {
                witness,
                others,
                earlier,
                ..
            } => run(Probe::Next {
                witness: sight.node(witness),
                others: &renumbered(others),
                earlier: earlier.map(|e| sight.node(e)),
                point,
            }),
            Probe::AllAfter { moments, .. } => run(Probe::AllAfter {
                moments: &renumbered(moments),
                point,
            }),
        }
    }

    /// Whether the parts concerned have a solution in which the alternative holds too.
    pub fn allows(&self, alternative: &Alternative) -> Found {
        if self.refuted {
            return Found::None;
        }
        let concerned: Vec<Var> = alternative.vars().collect();
        let sight = self.sight(&concerned);
        let alternative = alternative.renumbered(|v| sight.node(v));
        let search = Search::new(&sight.view, None, Direction::Down);
        self.spread(&sight, search.run(&alternative))
    }

    /// Whether the parts of some variables have a solution in which an alternative of each of these
    /// choices holds too; the choices speak of no other variables.
    pub fn allows_all(&self, choices: &[Choice], vars: &[Var]) -> Found {
        if self.refuted || choices.iter().any(|c| c.alternatives.is_empty()) {
            return Found::None;
        }
        let sight = self.sight(vars);
        let mut sure = Alternative::default();
        let mut open: Vec<Choice> = Vec::new();
        for choice in choices {
            let ways = choice.alternatives.iter();
            let mut ways: Vec<Alternative> =
                ways.map(|way| way.renumbered(|v| sight.node(v))).collect();
            match (ways.pop(), ways.is_empty()) {
                (Some(only), true) => {
                    sure.arcs.extend(only.arcs);
                    sure.orders.extend(only.orders);
                    sure.domains.extend(only.domains);
                }
                (last, _) => {
                    ways.extend(last);
                    open.push(Choice { alternatives: ways });
                }
            }
        }
        let search = Search::new(&sight.view, None, Direction::Down).choosing(&open);
        self.spread(&sight, search.run(&sure))
    }

    /// All that decides questions about some variables, with the names that `name` gives them: it
    /// must keep their order.
    pub fn extract(&self, vars: &[Var], name: impl Fn(Var) -> Var) -> Extract {
        let view = self.sight(vars).view;
        Extract {
            refuted: self.refuted,
            vars: view.vars.iter().map(|v| name(*v)).collect(),
            domains: view.domains().to_vec(),
            arcs: view.base(Direction::Down).arcs.all().collect(),
            orders: view.orders.clone(),
            choices: view.choices.clone(),
        }
    }

    /// The parts of some variables as one view.
    pub(crate) fn sight(&self, concerned: &[Var]) -> Sight {
        // A part is named by its first variable, which no other part has.
        let mut key: Vec<Var> = concerned
            .iter()
            .map(|var| match self.part_of[*var] {
                ALONE => *var,
                part => self.parts[part as usize].vars[0],
            })
            .collect();
        key.sort_unstable();
        key.dedup();
        if let [only] = key[..]
            && self.part_of[only] != ALONE
        {
            let view = self.parts[self.part_of[only] as usize].clone();
            return Sight { view };
        }
        let known = self
            .joined
            .lock()
            .ok()
            .and_then(|map| map.get(&key).cloned());
        if let Some(view) = known {
            return Sight { view };
        }
        let (alone, joined): (Vec<Var>, Vec<Var>) =
            key.iter().partition(|v| self.part_of[**v] == ALONE);
        let views = joined
            .iter()
            .map(|v| &*self.parts[self.part_of[*v] as usize]);
        let alone = alone.iter().map(|v| (*v, self.alone[*v].clone()));
        let views: Vec<&View> = views.collect();
        let view = Arc::new(View::joined(&views, &alone.collect::<Vec<_>>()));
        if let Ok(mut map) = self.joined.lock() {
            if map.len() >= JOINED_AT_MOST {
                map.clear();
            }
            map.insert(key, view.clone());
        }
        Sight { view }
    }

    /// A solution of a view as one of the system.
    pub(crate) fn spread(&self, sight: &Sight, found: Found) -> Found {
        let Found::Solution(found) = found else {
            return found;
        };
        let mut days = vec![0; self.len()];
        for (node, day) in found.into_iter().enumerate() {
            days[sight.view.vars[node]] = day;
        }
        Found::Solution(days)
    }

    /// Whether order edges leave a line of some view.
    pub(crate) fn lines_up(view: &View, orders: &[(Node, Node)]) -> bool {
        acyclic(view.vars.len(), orders)
    }
}
