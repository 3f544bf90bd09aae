//! Deriving days from rules, each step with the steps it rests on, until nothing is left.

use std::collections::BTreeSet;

use annals_network::{Alternative, Domain, HORIZON, Var};

use crate::rule::{Body, Rule};

/// Rounds after which days that only creep are not derived further.
const ROUNDS: usize = 40;
/// Cases within cases that are shown.
const DEPTH: usize = 3;

/// How rules refute one another: only the steps that the end needs, in order.
#[derive(Clone, Debug)]
pub(crate) struct Derivation {
    /// The steps.
    pub steps: Vec<Step>,
    /// The end.
    pub clash: Clash,
}

/// What one rule shows, given earlier steps.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The rule, by its place in the list.
    pub rule: usize,
    /// The moments whose days it narrows, and to what.
    pub gains: Vec<Gain>,
    /// The steps it uses, by place.
    pub from: Vec<usize>,
}

/// The days a moment is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gain {
    /// The moment.
    pub var: Var,
    /// Its days after the step.
    pub days: Domain,
}

/// Where it breaks.
#[derive(Clone, Debug)]
pub(crate) enum Clash {
    /// The rule's premises can never stand together, or none of its ways is left.
    Forbidden {
        /// The rule.
        rule: usize,
        /// The steps that leave it no way.
        from: Vec<usize>,
    },
    /// A rule gives a moment days none of which is left.
    NoDay {
        /// The rule.
        rule: usize,
        /// The moment.
        var: Var,
        /// The days the rule gives it.
        wanted: Domain,
        /// The days that were left.
        left: Domain,
        /// The steps that the rule uses.
        by: Vec<usize>,
        /// The steps that left those days.
        from: Vec<usize>,
    },
    /// Each comes before the next and the last before the first: these rules, in that order.
    Circle(Vec<usize>),
    /// Every way of a rule leads to a clash of its own.
    Cases {
        /// The rule.
        rule: usize,
        /// The ways left, each with where it leads.
        cases: Vec<(Alternative, Derivation)>,
        /// The steps that excluded its other ways.
        from: Vec<usize>,
    },
    /// Too tangled to be shown step by step.
    Unshown,
}

/// What is known of one moment, and by which steps.
#[derive(Clone, Debug)]
struct Known {
    days: Domain,
    low: Option<usize>,
    high: Option<usize>,
    all: Vec<usize>,
}

#[derive(Clone)]
struct Deriving<'r> {
    rules: &'r [Rule],
    /// The moments that each rule speaks of, as against those it only refers to.
    focus: &'r [Vec<Var>],
    known: Vec<Known>,
    steps: Vec<Step>,
}

/// Derives a clash from rules over so many moments; `focus` names those each rule speaks of.
pub(crate) fn derive(rules: &[Rule], focus: &[Vec<Var>], count: usize) -> Derivation {
    let nothing = Known {
        days: Domain::all(),
        low: None,
        high: None,
        all: vec![],
    };
    let deriving = Deriving {
        rules,
        focus,
        known: vec![nothing; count],
        steps: vec![],
    };
    if let Some(circle) = super::circle::circle(rules) {
        return Derivation {
            steps: vec![],
            clash: Clash::Circle(circle),
        };
    }
    deriving.run(DEPTH)
}

impl Deriving<'_> {
    fn run(mut self, depth: usize) -> Derivation {
        for _ in 0..ROUNDS {
            let before = self.steps.len();
            // What is dated by itself comes first, as a reader would begin.
            for dated in [true, false] {
                for rule in 0..self.rules.len() {
                    if is_dated(&self.rules[rule]) != dated {
                        continue;
                    }
                    if let Err(clash) = self.take(rule) {
                        return self.ended(clash);
                    }
                }
            }
            if self.steps.len() == before {
                break;
            }
        }
        let clash = self.by_cases(depth).unwrap_or(Clash::Unshown);
        self.ended(clash)
    }

    /// Applies a rule to what is known.
    fn take(&mut self, rule: usize) -> Result<(), Clash> {
        let (ways, from) = self.ways_left(rule);
        match &ways[..] {
            [] => Err(Clash::Forbidden { rule, from }),
            [only] => self.hold(rule, only, from),
            several => match one_restriction(several) {
                Some(way) => self.hold(rule, &way, from),
                None => Ok(()),
            },
        }
    }

    /// The ways of a rule that what is known leaves, and the steps that exclude the others.
    fn ways_left(&self, rule: usize) -> (Vec<Alternative>, Vec<usize>) {
        let Body::OneOf(ways) = &self.rules[rule].body else {
            return (vec![Alternative::default()], vec![]);
        };
        let mut from = BTreeSet::new();
        let mut left = Vec::new();
        for way in ways {
            match self.excluded(way).filter(|_| ways.len() > 1) {
                Some(by) => from.extend(by),
                None => left.push(way.clone()),
            }
        }
        (left, from.into_iter().collect())
    }

    fn excluded(&self, way: &Alternative) -> Option<Vec<usize>> {
        for (var, days) in &way.domains {
            if self.known[*var].days.intersect(days).is_empty() {
                return Some(self.against(*var, days));
            }
        }
        let orders = way.orders.iter().map(|(a, b)| (*b, *a, 0));
        let arcs = way.arcs.iter().map(|a| (a.from, a.to, a.weight));
        for (from, to, weight) in arcs.chain(orders) {
            if self.low(to) - self.high(from) > weight {
                let by = [self.known[to].low, self.known[from].high];
                return Some(by.into_iter().flatten().collect());
            }
        }
        None
    }

    /// The steps that keep a moment out of these days.
    fn against(&self, var: Var, days: &Domain) -> Vec<usize> {
        let known = &self.known[var];
        let (Some(first), Some(last)) = (days.ranges().first(), days.ranges().last()) else {
            return vec![];
        };
        let by = if first.0 > self.high(var) {
            known.high
        } else if last.1 < self.low(var) {
            known.low
        } else {
            None
        };
        by.map_or_else(|| known.all.clone(), |step| vec![step])
    }

    fn low(&self, var: Var) -> i64 {
        self.known[var]
            .days
            .ranges()
            .first()
            .map_or(HORIZON, |r| r.0)
    }

    fn high(&self, var: Var) -> i64 {
        self.known[var]
            .days
            .ranges()
            .last()
            .map_or(-HORIZON, |r| r.1)
    }

    /// Takes one way of a rule as true; `by` are the steps that leave no other. All that the way
    /// says of one moment is taken together, the moment that the rule speaks of first.
    fn hold(&mut self, rule: usize, way: &Alternative, by: Vec<usize>) -> Result<(), Clash> {
        let mut step = Step {
            rule,
            gains: vec![],
            from: by,
        };
        let at = self.steps.len();
        let mut vars: Vec<Var> = way.domains.iter().map(|(v, _)| *v).collect();
        vars.extend(way.arcs.iter().flat_map(|a| [a.to, a.from]));
        vars.extend(way.orders.iter().flat_map(|(a, b)| [*a, *b]));
        let focus = &self.focus[rule];
        vars.sort_by_key(|v| !focus.contains(v));
        let mut seen = BTreeSet::new();
        for var in vars {
            if seen.insert(var) {
                let (wanted, used) = self.wanted(way, var);
                self.narrow(&mut step, at, var, wanted, used)?;
            }
        }
        if !step.gains.is_empty() {
            self.steps.push(step);
        }
        Ok(())
    }

    /// The days that a way gives a moment, and the steps that it needs for that.
    fn wanted(&self, way: &Alternative, var: Var) -> (Domain, Vec<usize>) {
        let mut wanted = Domain::all();
        let mut used = Vec::new();
        for (_, days) in way.domains.iter().filter(|(v, _)| *v == var) {
            wanted = wanted.intersect(days);
        }
        let orders = way.orders.iter().map(|(a, b)| (*b, *a, 0));
        let arcs = way.arcs.iter().map(|a| (a.from, a.to, a.weight));
        for (from, to, weight) in arcs.chain(orders) {
            if to == var && self.high(from) < HORIZON {
                let days = Domain::range(-HORIZON, self.high(from) + weight);
                wanted = wanted.intersect(&days);
                used.extend(self.known[from].high);
            }
            if from == var && self.low(to) > -HORIZON {
                let days = Domain::range(self.low(to) - weight, HORIZON);
                wanted = wanted.intersect(&days);
                used.extend(self.known[to].low);
            }
        }
        (wanted, used)
    }

    fn narrow(
        &mut self,
        step: &mut Step,
        at: usize,
        var: Var,
        wanted: Domain,
        by: Vec<usize>,
    ) -> Result<(), Clash> {
        let left = self.known[var].days.clone();
        let days = left.intersect(&wanted);
        if days == left {
            return Ok(());
        }
        let mut used: BTreeSet<usize> = step.from.iter().copied().chain(by).collect();
        // A step under way may use what it has itself just shown.
        used.remove(&at);
        if days.is_empty() {
            let mut from = self.against(var, &wanted);
            if from.contains(&at) {
                from.retain(|s| *s != at);
            }
            return Err(Clash::NoDay {
                rule: step.rule,
                var,
                wanted,
                left,
                by: used.into_iter().collect(),
                from,
            });
        }
        let known = &mut self.known[var];
        // A bound that stops at a gap rests on what made the gap as well.
        let gap = left.has_holes() || wanted.has_holes();
        if gap {
            used.extend(known.all.iter().filter(|s| **s != at));
        }
        if days.ranges().first().map(|r| r.0) != left.ranges().first().map(|r| r.0) {
            known.low = Some(at);
        }
        if days.ranges().last().map(|r| r.1) != left.ranges().last().map(|r| r.1) {
            known.high = Some(at);
        }
        known.all.push(at);
        known.days = days.clone();
        step.from = used.into_iter().collect();
        step.gains.retain(|g| g.var != var);
        step.gains.push(Gain { var, days });
        Ok(())
    }

    /// Splits the first rule that is still open into its ways.
    fn by_cases(&self, depth: usize) -> Option<Clash> {
        let depth = depth.checked_sub(1)?;
        let open = (0..self.rules.len())
            .map(|rule| (rule, self.ways_left(rule)))
            .filter(|(_, (ways, _))| ways.len() > 1)
            .min_by_key(|(rule, (ways, _))| (ways.len(), *rule));
        let (rule, (ways, from)) = open?;
        let mut cases = Vec::new();
        for way in ways {
            let mut rules = self.rules.to_vec();
            rules[rule].body = Body::OneOf(vec![way.clone()]);
            let derivation = match super::circle::circle(&rules) {
                Some(circle) => Derivation {
                    steps: vec![],
                    clash: Clash::Circle(circle),
                },
                None => {
                    let within = Deriving {
                        rules: &rules,
                        focus: self.focus,
                        known: self.known.clone(),
                        steps: self.steps.clone(),
                    };
                    within.run(depth)
                }
            };
            cases.push((way, derivation));
        }
        Some(Clash::Cases { rule, cases, from })
    }

    /// The steps that the clash needs, numbered anew.
    fn ended(self, clash: Clash) -> Derivation {
        let shared = self.steps.len();
        let mut needed: BTreeSet<usize> = match &clash {
            Clash::Forbidden { from, .. } => from.iter().copied().collect(),
            Clash::NoDay { by, from, .. } => by.iter().chain(from).copied().collect(),
            Clash::Cases { from, .. } => (0..shared).chain(from.iter().copied()).collect(),
            Clash::Circle(_) => BTreeSet::new(),
            Clash::Unshown => BTreeSet::new(),
        };
        for at in (0..shared).rev() {
            if needed.contains(&at) {
                needed.extend(self.steps[at].from.iter().copied());
            }
        }
        let order: Vec<usize> = needed.into_iter().collect();
        let anew = |old: &mut Vec<usize>| {
            *old = old
                .iter()
                .filter_map(|s| order.iter().position(|o| o == s))
                .collect();
        };
        let mut steps: Vec<Step> = order.iter().map(|s| self.steps[*s].clone()).collect();
        steps.iter_mut().for_each(|s| anew(&mut s.from));
        let mut clash = clash;
        match &mut clash {
            Clash::Forbidden { from, .. } | Clash::Cases { from, .. } => anew(from),
            Clash::NoDay { by, from, .. } => {
                anew(by);
                anew(from);
            }
            Clash::Circle(_) | Clash::Unshown => {}
        }
        Derivation { steps, clash }
    }
}

/// Whether a rule gives days by itself.
pub(crate) fn is_dated(rule: &Rule) -> bool {
    match &rule.body {
        Body::OneOf(ways) => {
            !ways.is_empty()
                && ways
                    .iter()
                    .all(|w| w.arcs.is_empty() && w.orders.is_empty())
        }
        Body::Follows { .. } => false,
    }
}

/// Several ways that only restrict one moment are one restriction.
fn one_restriction(ways: &[Alternative]) -> Option<Alternative> {
    let mut ranges = Vec::new();
    let mut of = None;
    for way in ways {
        let [(var, days)] = &way.domains[..] else {
            return None;
        };
        if !way.arcs.is_empty() || !way.orders.is_empty() || of.is_some_and(|v| v != *var) {
            return None;
        }
        of = Some(*var);
        ranges.extend(days.ranges().iter().copied());
    }
    let domains = vec![(of?, Domain::from_ranges(ranges))];
    Some(Alternative {
        domains,
        ..Alternative::default()
    })
}
