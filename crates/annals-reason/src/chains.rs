//! All minimal conflicts among claims about days, found along chains of what pushes a day later.
//!
//! Where every rule is one difference of two days, one set of days for a moment, or an order in
//! the line, some claims fit together exactly if nothing pushes a moment beyond its last day and
//! nothing pushes it beyond itself: such constraints are closed under taking the earlier of two
//! days (Dechter, Meiri and Pearl 1991; Jeavons and Cooper 1995), so the earliest days of all
//! moments together are a timeline. Every minimal conflict is therefore what one chain of pushes
//! rests on. Each moment keeps, of every day it is pushed to, the smallest sets of premises that
//! do it; sets that hold a known conflict, or are as large as a known one that pushes as far, are
//! dropped. Twenty kings with two accession years each have some forty minimal conflicts, and a
//! million readings: nothing here takes them one by one.

use std::collections::VecDeque;

use annals_network::{Domain, HORIZON, Var};

use crate::component::Component;
use crate::encode::Encoded;
use crate::instance::gathered;
use crate::premise::{Accepted, PremiseId};
use crate::rule::Body;

/// Comparisons of sets before the search is given up.
const WORK_AT_MOST: usize = 4_000_000;

/// Some of the premises, a bit for each.
type Set = Box<[u64]>;

/// One moment is at least so many days after another.
struct Push {
    to: usize,
    days: i64,
    needs: Set,
}

/// What pushes moments later.
#[derive(Default)]
struct Links {
    /// By the moment that pushes.
    pushes: Vec<Vec<Push>>,
    /// Orders in the line, each one step.
    orders: Vec<Vec<Push>>,
    /// The days that each moment is given.
    days: Vec<Vec<(Domain, Set)>>,
    /// Premises that can never stand together.
    refused: Vec<Set>,
}

impl Component {
    /// All minimal conflicts among some premises of the one world there is, smallest first;
    /// `None` where some rule leaves a choice between moments, or the search was given up.
    ///
    /// Where an ending follows one of several beginnings it is taken to follow all of them: that
    /// may add conflicts with this assumption, and hides none.
    pub(crate) fn conflicts_along_chains(
        &self,
        premises: &[PremiseId],
        encoded: &Encoded,
    ) -> Option<Vec<Vec<PremiseId>>> {
        let mut premises = premises.to_vec();
        premises.sort_unstable();
        let links = self.links(&premises, encoded)?;
        let mut search = Search {
            links: &links,
            labels: vec![],
            conflicts: vec![],
            left: WORK_AT_MOST,
        };
        search.run()?;
        let told = |set: &Set| -> Vec<PremiseId> {
            let all = premises.iter().enumerate();
            let held = all.filter(|(at, _)| set[at / 64] >> (at % 64) & 1 == 1);
            held.map(|(_, p)| *p).collect()
        };
        let mut all: Vec<Vec<PremiseId>> = search.conflicts.iter().map(told).collect();
        all.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        Some(all)
    }

    fn links(&self, premises: &[PremiseId], encoded: &Encoded) -> Option<Links> {
        let index = encoded.index(&self.chronicle);
        let accepted = Accepted::of(self.premises.len(), premises.iter().copied());
        let (vars, rules) = gathered(encoded, index, &accepted, &[]);
        let place = |var: Var| vars.partition_point(|v| *v < var);
        let words = premises.len().div_ceil(64);
        let set = |needs: &[&[PremiseId]]| -> Set {
            let mut set = vec![0_u64; words].into_boxed_slice();
            for need in needs.iter().copied().flatten() {
                let at = premises.partition_point(|p| p < need);
                set[at / 64] |= 1 << (at % 64);
            }
            set
        };
        let lists = vars.len();
        let mut links = Links {
            pushes: (0..lists).map(|_| vec![]).collect(),
            orders: (0..lists).map(|_| vec![]).collect(),
            days: (0..lists).map(|_| vec![]).collect(),
            refused: vec![],
        };
        for at in rules {
            let rule = &encoded.rules[at as usize];
            match &rule.body {
                Body::OneOf(ways) => match &ways[..] {
                    [] => links.refused.push(set(&[&rule.needs])),
                    [only] => {
                        let needs = || set(&[&rule.needs]);
                        for arc in &only.arcs {
                            links.push(place(arc.to), place(arc.from), -arc.weight, needs());
                        }
                        for (a, b) in &only.orders {
                            links.order(place(*a), place(*b), needs());
                        }
                        for (var, domain) in &only.domains {
                            links.days[place(*var)].push((domain.clone(), needs()));
                        }
                    }
                    several => {
                        let (var, days) = union_of_days(several)?;
                        links.days[place(var)].push((days, set(&[&rule.needs])));
                    }
                },
                Body::Follows { ending, sources } => {
                    for (var, needs) in sources.iter().filter(|(_, n)| accepted.has_all(n)) {
                        links.order(place(*var), place(*ending), set(&[&rule.needs, needs]));
                    }
                }
            }
        }
        links.is_near().then_some(links)
    }
}

/// Ways of one moment alone are one set of days.
fn union_of_days(ways: &[annals_network::Alternative]) -> Option<(Var, Domain)> {
    let mut ranges = Vec::new();
    let mut of = None;
    for way in ways {
        let [(var, days)] = &way.domains[..] else {
            return None;
        };
        let alone = way.arcs.is_empty() && way.orders.is_empty();
        if !alone || *of.get_or_insert(*var) != *var {
            return None;
        }
        ranges.extend(days.ranges().iter().copied());
    }
    of.map(|var| (var, Domain::from_ranges(ranges)))
}

impl Links {
    fn push(&mut self, from: usize, to: usize, days: i64, needs: Set) {
        self.pushes[from].push(Push { to, days, needs });
    }

    fn order(&mut self, first: usize, second: usize, needs: Set) {
        self.push(first, second, 0, needs.clone());
        self.orders[first].push(Push {
            to: second,
            days: 1,
            needs,
        });
    }

    /// Whether no chain of pushes reaches from the horizon to a date or back, so that only dates
    /// need be looked at as beginnings of chains.
    fn is_near(&self) -> bool {
        let pushes = self.pushes.iter().flatten().map(|p| p.days.abs());
        let ends = self.days.iter().flatten();
        let ends = ends.flat_map(|(days, _)| days.ranges());
        let ends = ends.flat_map(|(first, last)| [first.abs(), last.abs()]);
        let dates = ends.filter(|day| *day < HORIZON).max().unwrap_or(0);
        pushes.sum::<i64>().saturating_add(dates) < HORIZON / 2
    }
}

struct Search<'l> {
    links: &'l Links,
    /// Of each moment, days that it is pushed to and what does it.
    labels: Vec<Vec<(i64, Set)>>,
    conflicts: Vec<Set>,
    left: usize,
}

impl Search<'_> {
    /// Finds all; `None` where it takes too long.
    fn run(&mut self) -> Option<()> {
        let links = self.links;
        links.refused.iter().for_each(|set| self.clash(set.clone()));
        for (days, needs) in links.days.iter().flatten() {
            if days.is_empty() {
                self.clash(needs.clone());
            }
        }
        self.circles(&links.orders)?;
        self.circles(&links.pushes)?;
        self.chains()
    }

    /// Moments that are pushed beyond themselves. A circle is found from its first moment, when
    /// those without it are known.
    fn circles(&mut self, links: &[Vec<Push>]) -> Option<()> {
        let mut back: Vec<Vec<usize>> = vec![vec![]; links.len()];
        for (from, pushes) in links.iter().enumerate() {
            pushes.iter().for_each(|p| back[p.to].push(from));
        }
        for start in (0..links.len()).rev() {
            let mut returns = vec![false; links.len()];
            let mut open = vec![start];
            while let Some(var) = open.pop() {
                for from in back[var].iter().copied().filter(|from| *from >= start) {
                    self.left = self.left.checked_sub(1)?;
                    if !std::mem::replace(&mut returns[from], true) {
                        open.push(from);
                    }
                }
            }
            if !returns[start] {
                continue;
            }
            self.labels = vec![vec![]; links.len()];
            let nothing = vec![0; self.words()].into_boxed_slice();
            let mut open = VecDeque::from([(start, 0, nothing)]);
            while let Some((var, days, set)) = open.pop_front() {
                if var != start && !self.stands(var, days, &set) {
                    continue;
                }
                for push in links[var].iter().filter(|p| returns[p.to]) {
                    let (to, days) = (push.to, days + push.days);
                    let set = union(&set, &push.needs);
                    if to == start {
                        if days > 0 {
                            self.clash(set);
                        }
                    } else if self.offer(to, days, &set)? {
                        open.push_back((to, days, set));
                    }
                }
            }
        }
        Some(())
    }

    /// Moments that are pushed beyond their last day.
    fn chains(&mut self) -> Option<()> {
        let links = self.links;
        self.labels = vec![vec![]; links.days.len()];
        let mut open = VecDeque::new();
        for (var, all) in links.days.iter().enumerate() {
            for (days, needs) in all {
                if let Some((first, _)) = days.ranges().first()
                    && *first > -HORIZON
                    && self.offer(var, *first, needs)?
                {
                    open.push_back((var, *first, needs.clone()));
                }
            }
        }
        while let Some((var, day, set)) = open.pop_front() {
            if !self.stands(var, day, &set) {
                continue;
            }
            for (days, needs) in &links.days[var] {
                let ranges = days.ranges();
                let at = ranges.partition_point(|(_, last)| *last < day);
                match ranges.get(at) {
                    None => self.clash(union(&set, needs)),
                    // A day in a gap is pushed to the end of it.
                    Some((first, _)) if *first > day => {
                        let set = union(&set, needs);
                        if self.offer(var, *first, &set)? {
                            open.push_back((var, *first, set));
                        }
                    }
                    Some(_) => {}
                }
            }
            for push in &links.pushes[var] {
                let (to, day) = (push.to, day + push.days);
                let set = union(&set, &push.needs);
                if self.offer(to, day, &set)? {
                    open.push_back((to, day, set));
                }
            }
        }
        Some(())
    }

    fn words(&self) -> usize {
        let links = self.links;
        let needs = links.days.iter().flatten().map(|(_, n)| n.len());
        let pushed = links.pushes.iter().flatten().map(|p| p.needs.len());
        needs.chain(pushed).max().unwrap_or(0)
    }

    /// Whether a label was not replaced by a better one, nor its premises found to clash.
    fn stands(&self, var: usize, day: i64, set: &Set) -> bool {
        self.labels[var].iter().any(|(d, s)| *d == day && s == set)
            && !self.conflicts.iter().any(|c| within(c, set))
    }

    /// Takes a label unless a better one is known; `None` where all this takes too long.
    fn offer(&mut self, var: usize, day: i64, set: &Set) -> Option<bool> {
        let labels = &mut self.labels[var];
        let work = 1 + labels.len() + self.conflicts.len();
        self.left = self.left.checked_sub(work)?;
        let known = labels.iter().any(|(d, s)| *d >= day && within(s, set));
        if known || self.conflicts.iter().any(|c| within(c, set)) {
            return Some(false);
        }
        labels.retain(|(d, s)| *d > day || !within(set, s));
        labels.push((day, set.clone()));
        Some(true)
    }

    /// Takes a conflict unless a smaller one is known.
    fn clash(&mut self, set: Set) {
        if !self.conflicts.iter().any(|c| within(c, &set)) {
            self.conflicts.retain(|c| !within(&set, c));
            self.conflicts.push(set);
        }
    }
}

fn union(a: &Set, b: &Set) -> Set {
    a.iter().zip(b.iter()).map(|(a, b)| a | b).collect()
}

fn within(a: &Set, b: &Set) -> bool {
    a.iter().zip(b.iter()).all(|(a, b)| a & !b == 0)
}
