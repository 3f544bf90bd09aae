//! The greatest distance between two variables.
//!
//! Variables of different parts go together in every way, so their outermost days decide. Within
//! a part without choices and holes the system is one of difference constraints, in which the
//! greatest distance is that of the shortest way over its arcs, or of the outermost days (Dechter,
//! Meiri and Pearl 1991). Elsewhere it is looked for by halves: whether a distance can be
//! exceeded is monotone, and every solution met narrows what is left.

use crate::rows::Node;
use crate::search::Search;
use crate::solver::Sight;
use crate::view::Direction;
use crate::{Alternative, Arc, Found, Solver, Var};

/// A greatest distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Days; beyond half of [`crate::HORIZON`] where nothing bounds them.
    pub days: i64,
    /// Whether some solution attains it: where a budget was spent, it is an outer bound.
    pub proven: bool,
}

impl Solver {
    /// The greatest `x_to - x_from` over all solutions; `None` where there is no solution.
    pub fn greatest_difference(&self, from: Var, to: Var) -> Option<Difference> {
        if self.refuted() {
            return None;
        }
        if from == to {
            return Some(Difference {
                days: 0,
                proven: true,
            });
        }
        let (low, exact_low) = self.outermost_day(from, Direction::Up)?;
        let (high, exact_high) = self.outermost_day(to, Direction::Down)?;
        let outer = high - low;
        if !self.share_part(from, to) {
            let proven = exact_low && exact_high;
            return Some(Difference {
                days: outer,
                proven,
            });
        }
        let sight = self.sight(&[from]);
        let (a, b) = (sight.node(from), sight.node(to));
        if sight.view.is_simple() {
            let days = sight.shortest(a, b).map_or(outer, |way| way.min(outer));
            return Some(Difference { days, proven: true });
        }
        sight.greatest_by_halves((a, b), outer)
    }

    /// The first or last day of a variable, and whether some solution attains it.
    fn outermost_day(&self, var: Var, direction: Direction) -> Option<(i64, bool)> {
        let (first, last, exact) = match self.hull(var) {
            Some((first, last)) => (first, last, true),
            None => {
                let ranges = self.days_of(var).ranges();
                (ranges.first()?.0, ranges.last()?.1, false)
            }
        };
        Some(match direction {
            Direction::Up => (first, exact),
            Direction::Down => (last, exact),
        })
    }
}

impl Sight {
    /// The length of the shortest way over arcs; `None` where none leads there. The view has no
    /// circle of negative weight, so labels settle.
    fn shortest(&self, from: Var, to: Var) -> Option<i64> {
        let arcs = &self.view.base(Direction::Down).arcs;
        let mut labels: Vec<Option<i64>> = vec![None; self.view.vars.len()];
        let mut queued = vec![false; labels.len()];
        labels[from] = Some(0);
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            queued[node] = false;
            let Some(label) = labels[node] else { continue };
            for (next, weight) in arcs.of(node as Node) {
                let next = *next as usize;
                if labels[next].is_none_or(|known| label + weight < known) {
                    labels[next] = Some(label + weight);
                    if !std::mem::replace(&mut queued[next], true) {
                        queue.push_back(next);
                    }
                }
            }
        }
        labels[to]
    }

    fn greatest_by_halves(&self, (from, to): (Var, Var), outer: i64) -> Option<Difference> {
        let at_least = |days: i64| Alternative {
            arcs: vec![Arc {
                from: to,
                to: from,
                weight: -days,
            }],
            ..Alternative::default()
        };
        let look = |extra: &Alternative| {
            let search = Search::new(&self.view, None, Direction::Down);
            search.run(extra)
        };
        let mut proven = true;
        let mut low = match look(&Alternative::default()) {
            Found::Solution(days) => days[to] - days[from],
            Found::None => return None,
            Found::Spent => {
                return Some(Difference {
                    days: outer,
                    proven: false,
                });
            }
        };
        // The outermost days are what mostly decides.
        let mut above = outer + 1;
        let mut next = outer;
        while above - low > 1 {
            match look(&at_least(next)) {
                Found::Solution(days) => low = days[to] - days[from],
                Found::None => above = next,
                Found::Spent => {
                    proven = false;
                    low = next;
                }
            }
            next = low + (above - low) / 2;
        }
        Some(Difference { days: low, proven })
    }
}
