//! Search over the choices that label correction leaves open.

use crate::order::reached;
use crate::probe::{Probe, prepare};
use crate::rows::Node;
use crate::settle::{Clause, Mark, Pass};
use crate::view::{Direction, View};
use crate::{Alternative, Choice, Domain, Found, Var};

/// Branches one question may take before it gives up and says so; where variables or choices are
/// many, a branch counts for several.
const BUDGET: usize = 20_000;
/// Variables, or choices, that make a branch count for one more.
const MANY: usize = 4_096;

/// Branches after which a search starts anew with what failed most often in front; each time twice
/// as many.
const PATIENCE: usize = 64;

/// A search in one view for its outermost solution, some other, or one that answers a probe.
pub(crate) struct Search<'a> {
    view: &'a View,
    direction: Direction,
    probe: Option<Probe<'a>>,
    /// The variable whose outermost day is looked for; without one, any solution will do.
    aim: Option<Node>,
    /// Choices of the question's own, after those of the view.
    more: &'a [Choice],
    pass: Pass<'a>,
    /// Order edges that were added.
    orders: Vec<(Node, Node)>,
    best: Option<Solution>,
    /// How often an alternative of each choice failed.
    failed: Vec<u32>,
    /// The choices in the order in which they are looked at; empty for that of the system.
    order: Vec<usize>,
}

/// A solution, and for each choice the alternative that holds in it, line included.
pub(crate) struct Solution {
    pub days: Vec<i64>,
    pub kept: Vec<usize>,
}

/// The budget was spent.
pub(crate) struct Spent;

/// A choice whose alternatives are tried in turn.
struct Branching {
    choice: usize,
    next: usize,
    mark: Mark,
    orders: usize,
}

impl<'a> Search<'a> {
    /// Starts from the tightened days of a view.
    pub fn new(view: &'a View, probe: Option<Probe<'a>>, direction: Direction) -> Search<'a> {
        let base = view.base(direction);
        Search {
            view,
            direction,
            probe,
            aim: None,
            more: &[],
            pass: Pass::new(base, base.top.clone()),
            orders: vec![],
            best: None,
            failed: vec![],
            order: vec![],
        }
    }

    /// Looks for the outermost day of a variable.
    pub fn aiming_at(mut self, aim: Node) -> Search<'a> {
        self.aim = Some(aim);
        self
    }

    /// Adds choices.
    pub fn choosing(mut self, more: &'a [Choice]) -> Search<'a> {
        self.more = more;
        self
    }

    fn choice(&self, at: usize) -> &'a Choice {
        let own = &self.view.choices;
        own.get(at).unwrap_or_else(|| &self.more[at - own.len()])
    }

    /// Settles the labels; where they leave a choice unsatisfied, tries its alternatives in turn.
    /// The labels of a branch bound what any solution below it can reach, so branches that cannot
    /// reach beyond the best solution so far are not entered (Land and Doig 1960). Choices that have
    /// nothing to do with what fails are not gone through in all ways: after some branches the
    /// search starts anew with those in front that failed most often (Boussemart, Hemery, Lecoutre
    /// and Sais 2004; Luby, Sinclair and Zuckerman 1993 on starting anew).
    pub fn run(self, extra: &Alternative) -> Found {
        match self.solution(extra) {
            Ok(Some(solution)) => Found::Solution(solution.days),
            Ok(None) => Found::None,
            Err(Spent) => Found::Spent,
        }
    }

    /// The same with the alternatives that hold.
    pub fn solution(mut self, extra: &Alternative) -> Result<Option<Solution>, Spent> {
        let mut stack: Vec<Branching> = Vec::new();
        let mut left = BUDGET;
        let cost = 1 + self.view.vars.len() / MANY + self.view.choices.len() / MANY;
        let (mut branches, mut patience) = (0, PATIENCE);
        self.failed = vec![0; self.view.choices.len() + self.more.len()];
        let mut holds = self.assert(extra, true);
        loop {
            left = left.saturating_sub(cost);
            if branches >= patience {
                branches = 0;
                patience *= 2;
                holds = self.start_anew(&mut stack, holds);
            }
            let open = match holds && self.reaches_beyond() {
                true => self.open_choice(),
                false => Some(usize::MAX),
            };
            match open {
                None if self.aim.is_none() => return Ok(Some(self.reached_now())),
                None => self.best = Some(self.reached_now()),
                Some(usize::MAX) => {}
                Some(choice) => stack.push(Branching {
                    choice,
                    next: 0,
                    mark: self.pass.mark(),
                    orders: self.orders.len(),
                }),
            }
            let Some(alternative) = self.next_branch(&mut stack) else {
                return Ok(self.best.take());
            };
            if left == 0 {
                return Err(Spent);
            }
            branches += 1;
            holds = self.assert(alternative, false);
            if let Some(top) = stack.last().filter(|_| !holds) {
                self.failed[top.choice] += 1;
            }
        }
    }

    /// Takes back all branches, and puts the choices that failed most often in front. `holds` tells
    /// whether the last branch did, and comes back for what is left.
    fn start_anew(&mut self, stack: &mut Vec<Branching>, holds: bool) -> bool {
        let Some(first) = stack.first() else {
            return holds;
        };
        self.pass.undo(first.mark);
        self.orders.truncate(first.orders);
        stack.clear();
        let mut order: Vec<usize> = (0..self.failed.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(self.failed[*at]), *at));
        self.order = order;
        true
    }

    /// The next alternative to try, with everything taken back that was tried before it.
    fn next_branch(&mut self, stack: &mut Vec<Branching>) -> Option<&'a Alternative> {
        loop {
            let top = stack.last_mut()?;
            self.pass.undo(top.mark);
            self.orders.truncate(top.orders);
            let alternatives = &self.choice(top.choice).alternatives;
            if let Some(alternative) = alternatives.get(top.next) {
                top.next += 1;
                return Some(alternative);
            }
            stack.pop();
        }
    }

    /// The first choice that the days reached do not satisfy.
    fn open_choice(&self) -> Option<usize> {
        let mut all = 0..self.failed.len();
        let open = |at: &usize| self.holding(self.choice(*at)).is_none();
        match self.order.is_empty() {
            true => all.find(open),
            false => self.order.iter().copied().find(open),
        }
    }

    /// The first alternative that holds for the days reached and the order edges added.
    fn holding(&self, choice: &Choice) -> Option<usize> {
        let day = |v: Var| self.day(v);
        let committed = |a: &Alternative| {
            a.holds(&day)
                && a.orders
                    .iter()
                    .all(|(x, y)| self.orders.contains(&(*x as Node, *y as Node)))
        };
        let mut alternatives = choice.alternatives.iter();
        alternatives.position(|a| a.satisfied(day) || committed(a))
    }

    fn reached_now(&self) -> Solution {
        let choices = self.view.choices.iter();
        Solution {
            days: self.days(),
            kept: choices.filter_map(|c| self.holding(c)).collect(),
        }
    }

    fn day(&self, node: Var) -> i64 {
        self.direction.turned(self.pass.labels[node])
    }

    fn days(&self) -> Vec<i64> {
        let labels = self.pass.labels.iter();
        labels.map(|label| self.direction.turned(*label)).collect()
    }

    /// Whether labels allow a day of the aim beyond the best one so far.
    fn reaches_beyond(&self) -> bool {
        match (self.aim, &self.best) {
            (Some(aim), Some(best)) => {
                let best = self.direction.turned(best.days[aim as usize]);
                self.pass.labels[aim as usize] > best
            }
            _ => true,
        }
    }

    /// Adds an alternative, and at first what the probe demands; false where that leaves nothing.
    fn assert(&mut self, extra: &Alternative, first: bool) -> bool {
        let known = self.orders.len();
        if !self.add(extra) || !self.keeps_line(known) {
            return false;
        }
        if let Some(probe) = self.probe
            && (first || !extra.orders.is_empty())
        {
            let known = self.orders.len();
            if !prepare(self, probe) || !self.keeps_line(known) {
                return false;
            }
        }
        self.pass.run()
    }

    fn add(&mut self, extra: &Alternative) -> bool {
        let domains = &mut extra.domains.iter();
        let arcs = &mut extra.arcs.iter();
        domains.all(|(v, days)| self.narrow(*v, days))
            && arcs.all(|a| self.arc(a.from, a.to, a.weight))
            && extra.orders.iter().all(|(a, b)| self.order(*a, *b))
    }

    /// Leaves a variable fewer days; false where it has none left.
    pub fn narrow(&mut self, var: Var, days: &Domain) -> bool {
        match self.direction {
            Direction::Down => self.pass.narrow(var as Node, days),
            Direction::Up => self.pass.narrow(var as Node, &days.mirrored()),
        }
    }

    /// Adds `x_to - x_from <= weight`; false where that leaves no solution.
    pub fn arc(&mut self, from: Var, to: Var, weight: i64) -> bool {
        let (from, to, weight) = self.direction.arc((from as Node, to as Node, weight));
        self.pass.arc(from, to, weight)
    }

    /// Puts one variable before another in the line; false where that leaves no solution.
    pub fn order(&mut self, first: Var, second: Var) -> bool {
        let edge = (first as Node, second as Node);
        if !self.orders.contains(&edge) {
            self.orders.push(edge);
        }
        self.arc(second, first, 0)
    }

    /// Adds a clause, said of labels.
    pub fn clause(&mut self, var: Var, day: i64, other: Var) {
        let (var, other) = (var as Node, other as Node);
        self.pass.clause(Clause { var, day, other });
    }

    /// Which variables come after one in every line; with `backward` those that come before it.
    pub fn reached(&self, start: Var, backward: bool) -> Vec<bool> {
        if backward {
            let turned: Vec<(Node, Node)> = self.orders.iter().map(|(a, b)| (*b, *a)).collect();
            reached(&self.view.before, &turned, start as Node)
        } else {
            reached(&self.view.after, &self.orders, start as Node)
        }
    }

    /// Whether the order edges added last leave a line: none of them closes a circle.
    fn keeps_line(&self, known: usize) -> bool {
        self.orders[known..].iter().all(|(first, second)| {
            first != second && !self.reached(*second as Var, false)[*first as usize]
        })
    }
}
