//! The door to a system: tightened once, then asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::order::acyclic;
use crate::parts::{Kind, Parts};
use crate::probe::{Point, Probe};
use crate::rows::Node;
use crate::search::Search;
use crate::tighten::{Raw, cut, gather};
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

/// Joined views that are kept for questions that come in series.
const JOINED_AT_MOST: usize = 64;

/// A system made ready for questions: tightened, and cut into parts that have no bearing on one
/// another.
#[derive(Debug)]
pub struct Solver {
    /// The days that tightening left every variable.
    days: Vec<Domain>,
    parts: Parts,
    /// What searches go over, laid out where a question first concerns a part.
    views: Vec<OnceLock<Arc<View>>>,
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
        if system.impossible || system.domains.iter().any(Domain::is_empty) {
            return Solver::without_solution(count);
        }
        let mut raws = cut(system);
        if !raws.iter_mut().all(Raw::tighten) {
            return Solver::without_solution(count);
        }
        let (days, bonds, order) = gather(count, raws);
        let (parts, choices) = Parts::new(&days, bonds, order.into_iter());
        let views = vec![OnceLock::new(); parts.len()];
        for (part, choices) in choices {
            let view = parts.view(part, &days, choices);
            views[part as usize].get_or_init(|| Arc::new(view));
        }
        Solver {
            days,
            parts,
            views,
            refuted: false,
            joined: Mutex::default(),
        }
    }

    fn without_solution(count: usize) -> Solver {
        Solver {
            days: vec![Domain::default(); count],
            parts: Parts::none(count),
            views: vec![],
            refuted: true,
            joined: Mutex::default(),
        }
    }

    /// Number of variables.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Whether tightening alone showed that there is no solution.
    pub(crate) fn refuted(&self) -> bool {
        self.refuted
    }

    /// The days a variable has as far as tightening shows.
    pub(crate) fn days_of(&self, var: Var) -> &Domain {
        &self.days[var]
    }

    /// Whether the part of a variable leaves something to be searched.
    pub(crate) fn has_choices(&self, var: Var) -> bool {
        self.parts.kind(var) == Kind::Open
    }

    /// Whether two variables stand in one part: those of two have no bearing on one another.
    pub(crate) fn share_part(&self, a: Var, b: Var) -> bool {
        self.parts.of(a).is_some() && self.parts.of(a) == self.parts.of(b)
    }

    /// Whether the days that tightening left a variable are just those that it can take.
    pub(crate) fn is_settled(&self, var: Var) -> bool {
        self.parts.kind(var) == Kind::Simple
    }

    /// A part ready to be searched.
    fn view(&self, part: u32) -> &Arc<View> {
        let view = || Arc::new(self.parts.view(part, &self.days, vec![]));
        self.views[part as usize].get_or_init(view)
    }

    /// Whether the whole system has a solution; parts are asked one by one.
    pub fn consistent(&self) -> Found {
        if self.refuted {
            return Found::None;
        }
        // Without choices, tightening has found the greatest solution.
        let last = |d: &Domain| d.ends().map_or(0, |(_, last)| last);
        let mut days: Vec<i64> = self.days.iter().map(last).collect();
        let open = self.parts.open();
        for view in open.map(|part| self.view(part)) {
            let search = Search::new(view, None, Direction::Down);
            match search.run(&Alternative::default()) {
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
        let arcs = view.base(Direction::Down).arcs.all();
        Extract {
            refuted: self.refuted,
            vars: view.vars.iter().map(|v| name(*v)).collect(),
            domains: view.domains().to_vec(),
            arcs: arcs.map(|(a, (b, weight))| (a, *b, *weight)).collect(),
            orders: view.orders.clone(),
            choices: view.choices.clone(),
        }
    }

    /// The parts of some variables as one view.
    pub(crate) fn sight(&self, concerned: &[Var]) -> Sight {
        let mut key: Vec<Var> = concerned
            .iter()
            .map(|var| {
                self.parts
                    .of(*var)
                    .map_or(*var, |part| self.parts.name(part))
            })
            .collect();
        key.sort_unstable();
        key.dedup();
        if let [only] = key[..]
            && let Some(part) = self.parts.of(only)
        {
            let view = self.view(part).clone();
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
        let of_parts = key.iter().filter_map(|var| self.parts.of(*var));
        let views: Vec<&View> = of_parts.map(|part| &**self.view(part)).collect();
        let alone = key.iter().filter(|var| self.parts.of(**var).is_none());
        let alone = alone.map(|var| (*var, self.days[*var].clone()));
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
