//! Tightening: the first and last day of every variable, by two sweeps and a queue.
//!
//! Chronicles number moments roughly as they came about, so that one sweep from the end that is
//! tightened from, and one back, settle nearly all labels with every array read from end to end
//! (Yen 1970); a queue settles the rest. Labels that have settled satisfy every constraint, and so
//! are themselves the proof that no circle has negative weight. Where they have not settled after
//! a few arcs for each one there is, the network is not of that kind, and the passes of
//! [`Base::greatest`] start anew, which look for circles and order what no day bounds.

use std::collections::VecDeque;

use crate::rows::{Node, Rows};
use crate::settle::Base;
use crate::view::Direction;
use crate::{Domain, HORIZON, System};

/// Arcs followed by the queue, for each arc there is, before it gives up.
const PATIENCE: usize = 4;

/// The variables of a system with its arcs and order edges laid out for tightening. Choices, the
/// order of moments inside one day and [`System::forbid`] are not part of it.
#[derive(Debug)]
pub struct Network<'a> {
    domains: &'a [Domain],
    ahead: Rows<(Node, i64)>,
    behind: Rows<(Node, i64)>,
}

/// The first and the last day of every variable, over all solutions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hulls {
    /// First days, which together are a solution.
    pub earliest: Vec<i64>,
    /// Last days, which together are a solution.
    pub latest: Vec<i64>,
}

impl<'a> Network<'a> {
    /// Lays out a system.
    pub fn new(system: &'a System) -> Network<'a> {
        Network::laid_out(&system.domains, &system.arcs, &system.orders)
    }

    pub(crate) fn laid_out(
        domains: &'a [Domain],
        arcs: &[(Node, Node, i64)],
        orders: &[(Node, Node)],
    ) -> Network<'a> {
        // What comes first in the line is on no later day.
        let edges = orders.iter().map(|(first, second)| (*second, *first, 0));
        let all = arcs.iter().copied().chain(edges);
        let count = domains.len();
        Network {
            domains,
            ahead: Rows::new(count, all.clone().map(|(from, to, w)| (from, (to, w)))),
            behind: Rows::new(count, all.map(|(from, to, w)| (to, (from, w)))),
        }
    }

    /// The days that variables are restricted to by themselves.
    pub fn domains(&self) -> &[Domain] {
        self.domains
    }

    /// By its tail, every arc `x_to - x_from <= weight` as `(to, weight)`.
    pub fn ahead(&self) -> &Rows<(u32, i64)> {
        &self.ahead
    }

    /// By its head, every arc `x_to - x_from <= weight` as `(from, weight)`.
    pub fn behind(&self) -> &Rows<(u32, i64)> {
        &self.behind
    }

    /// The first and last days; `None` where there is no solution.
    pub fn tighten(&self) -> Option<Hulls> {
        let latest = self.outermost(Direction::Down)?;
        let mut earliest = self.outermost(Direction::Up)?;
        for label in &mut earliest {
            *label = Direction::Up.turned(*label);
        }
        Some(Hulls { earliest, latest })
    }

    /// The greatest labels of all variables, as seen from one end; `None` where there is no
    /// solution.
    fn outermost(&self, direction: Direction) -> Option<Vec<i64>> {
        let (ahead, behind) = match direction {
            Direction::Down => (&self.ahead, &self.behind),
            Direction::Up => (&self.behind, &self.ahead),
        };
        let mut labels = Vec::with_capacity(self.domains.len());
        let mut state = Vec::with_capacity(self.domains.len());
        for domain in self.domains {
            labels.push(direction.outermost(domain)?);
            state.push(if domain.has_holes() { HOLED } else { 0 });
        }
        let mut sweep = Sweep {
            domains: self.domains,
            direction,
            labels,
            state,
            queue: VecDeque::new(),
        };
        match sweep.settle(ahead, behind) {
            Settled::Yes => Some(sweep.labels),
            Settled::Refuted => None,
            Settled::NotYet => self.base(direction, ahead).greatest(),
        }
    }

    fn base(&self, direction: Direction, ahead: &Rows<(Node, i64)>) -> Base {
        Base {
            domains: match direction {
                Direction::Down => self.domains.to_vec(),
                Direction::Up => self.domains.iter().map(Domain::mirrored).collect(),
            },
            arcs: ahead.clone(),
            top: vec![],
        }
    }
}

/// What the sweeps and the queue came to.
enum Settled {
    /// Labels satisfy everything and are the greatest that do.
    Yes,
    /// There is no solution.
    Refuted,
    /// Labels were still falling.
    NotYet,
}

/// Marks a variable that waits in the queue.
const WAITING: u8 = 1;
/// Marks a variable whose days have gaps.
const HOLED: u8 = 2;

struct Sweep<'a> {
    domains: &'a [Domain],
    direction: Direction,
    labels: Vec<i64>,
    state: Vec<u8>,
    queue: VecDeque<Node>,
}

/// No solution is left.
struct Empty;

impl Sweep<'_> {
    fn settle(&mut self, ahead: &Rows<(Node, i64)>, behind: &Rows<(Node, i64)>) -> Settled {
        let settled = self
            .draw(behind)
            .and_then(|()| self.push(ahead))
            .and_then(|()| self.work_off(ahead));
        // Labels never rise, so one below every day of its variable says the same at any time.
        let mut ends = self.labels.iter().zip(self.domains);
        let holds = settled.is_ok()
            && ends.all(|(label, domain)| {
                let last = self.direction.opposite().outermost(domain);
                last.is_some_and(|last| -last <= *label)
            });
        match settled {
            _ if !holds => Settled::Refuted,
            Ok(true) => Settled::Yes,
            _ => Settled::NotYet,
        }
    }

    /// Brings every label down to what its arcs demand, from the end that labels fall from.
    fn draw(&mut self, behind: &Rows<(Node, i64)>) -> Result<(), Empty> {
        let count = self.labels.len() as Node;
        for step in 0..count {
            let node = match self.direction {
                Direction::Down => count - 1 - step,
                Direction::Up => step,
            };
            let label = self.labels[node as usize];
            let mut bound = label;
            for (from, weight) in behind.of(node) {
                bound = bound.min(self.labels[*from as usize] + weight);
            }
            if bound < label {
                self.lower(node, bound)?;
            }
        }
        Ok(())
    }

    /// Passes every label on, back towards that end; what falls behind the sweep waits.
    fn push(&mut self, ahead: &Rows<(Node, i64)>) -> Result<(), Empty> {
        let count = self.labels.len() as Node;
        for step in 0..count {
            let (node, upward) = match self.direction {
                Direction::Down => (step, true),
                Direction::Up => (count - 1 - step, false),
            };
            let label = self.labels[node as usize];
            for (to, weight) in ahead.of(node) {
                if label + weight < self.labels[*to as usize] {
                    self.lower(*to, label + weight)?;
                    if (*to > node) != upward {
                        self.wait(*to);
                    }
                }
            }
        }
        Ok(())
    }

    /// Passes on what waits, first in, first out, while there is patience; whether nothing waits.
    fn work_off(&mut self, ahead: &Rows<(Node, i64)>) -> Result<bool, Empty> {
        let mut left = PATIENCE * (ahead.total() + ahead.len());
        while let Some(node) = self.queue.pop_front() {
            self.state[node as usize] &= !WAITING;
            let label = self.labels[node as usize];
            let arcs = ahead.of(node);
            for (to, weight) in arcs {
                if label + weight < self.labels[*to as usize] {
                    self.lower(*to, label + weight)?;
                    self.wait(*to);
                }
            }
            match left.checked_sub(arcs.len() + 1) {
                Some(less) => left = less,
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Lowers a label to a bound below it, or to the next day that gaps leave.
    fn lower(&mut self, node: Node, bound: i64) -> Result<(), Empty> {
        // No domain goes so far, and sums stay small.
        if bound < -HORIZON {
            return Err(Empty);
        }
        let mut day = bound;
        if self.state[node as usize] & HOLED != 0 {
            let domain = &self.domains[node as usize];
            day = self.direction.floor(domain, bound).ok_or(Empty)?;
        }
        self.labels[node as usize] = day;
        Ok(())
    }

    fn wait(&mut self, node: Node) {
        let state = &mut self.state[node as usize];
        if *state & WAITING == 0 {
            *state |= WAITING;
            self.queue.push_back(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain whose links are numbered at random, without a day: no sweep gets far.
    fn chain(count: usize, circle: bool) -> System {
        let mut system = System::new(count);
        // A step without a factor in common with the count meets every number once.
        let place = |link: usize| link * 7_919 % count;
        for link in 1..count {
            system.arc(place(link), place(link - 1), -2);
        }
        if circle {
            system.arc(place(0), place(count - 1), 2 * (count as i64 - 1) - 1);
        }
        system
    }

    #[test]
    fn a_chain_in_no_order_is_tightened_by_the_passes() {
        let count = 20_000;
        let mut system = chain(count, false);
        let network = Network::new(&system);
        let labels = network.domains.iter().map(|_| HORIZON).collect();
        let mut sweep = Sweep {
            domains: network.domains,
            direction: Direction::Down,
            labels,
            state: vec![0; count],
            queue: VecDeque::new(),
        };
        let settled = sweep.settle(&network.ahead, &network.behind);
        assert!(matches!(settled, Settled::NotYet), "sweeps should give up");
        system.restrict(0, &Domain::range(0, 0));
        let hulls = Network::new(&system).tighten().expect("there is room");
        for link in 0..count {
            let (at, day) = (link * 7_919 % count, 2 * link as i64);
            assert_eq!(hulls.earliest[at], day);
            let undated = HORIZON - 2 * (count as i64 - 1) + day;
            assert_eq!(hulls.latest[at], if link == 0 { 0 } else { undated });
        }
    }

    #[test]
    fn a_circle_in_no_order_is_refuted() {
        assert_eq!(Network::new(&chain(20_000, true)).tighten(), None);
    }
}
