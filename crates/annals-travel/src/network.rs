//! Shortest ways over roads whose lengths are intervals.
//!
//! Whatever each road's true length is within its interval, the shortest way is no shorter than
//! the shortest by the least lengths and no longer than the shortest by the most: the least of
//! sums grows with every summand. So two searches give the exact interval (Dijkstra 1959, once by
//! the least and once by the most).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A road between two places, to be gone in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// One end.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Metres at least.
    pub least_m: u64,
    /// Metres at most; `None` where nothing limits it.
    pub most_m: Option<u64>,
}

/// Which end of the intervals counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Every road as short as it may be.
    Least,
    /// Every road as long as it may be.
    Most,
}

/// Places and roads, by number.
#[derive(Clone, Debug, Default)]
pub struct Network {
    edges: Vec<Edge>,
    /// For each place the roads that leave it, in their order.
    from: Vec<Vec<usize>>,
}

/// The shortest ways from one place to all others.
#[derive(Clone, Debug)]
pub struct Ways {
    /// Metres to each place; `None` where no road leads.
    pub metres: Vec<Option<u64>>,
    /// The last road of the way to each place.
    last: Vec<Option<usize>>,
    start: usize,
}

impl Network {
    /// A network of so many places; roads beyond them are left out.
    pub fn new(places: usize, edges: Vec<Edge>) -> Network {
        let mut from = vec![Vec::new(); places];
        for (at, edge) in edges.iter().enumerate() {
            if edge.a < places && edge.b < places {
                from[edge.a].push(at);
                from[edge.b].push(at);
            }
        }
        Network { edges, from }
    }

    /// The shortest ways from a place over the roads that may be gone. Of ways of one length the
    /// one whose last road comes first counts, so that the answer depends on nothing else.
    pub fn ways(&self, start: usize, by: Length, may: &dyn Fn(usize) -> bool) -> Ways {
        let mut ways = Ways {
            metres: vec![None; self.from.len()],
            last: vec![None; self.from.len()],
            start,
        };
        let mut settled = vec![false; self.from.len()];
        let mut open = BinaryHeap::new();
        if start < self.from.len() {
            ways.metres[start] = Some(0);
            open.push(Reverse((0u64, start)));
        }
        while let Some(Reverse((metres, place))) = open.pop() {
            if std::mem::replace(&mut settled[place], true) {
                continue;
            }
            for road in &self.from[place] {
                let edge = self.edges[*road];
                let length = match by {
                    Length::Least => Some(edge.least_m),
                    Length::Most => edge.most_m,
                };
                let (Some(length), true) = (length, may(*road)) else {
                    continue;
                };
                let other = if edge.a == place { edge.b } else { edge.a };
                let whole = metres.saturating_add(length);
                let known = ways.metres[other];
                let better = known.is_none_or(|known| {
                    let tie = whole == known && ways.last[other].is_some_and(|l| *road < l);
                    whole < known || tie && !settled[other]
                });
                if better {
                    ways.metres[other] = Some(whole);
                    ways.last[other] = Some(*road);
                    open.push(Reverse((whole, other)));
                }
            }
        }
        ways
    }

    /// The roads of the way to a place, from the start on, each with the place it leads to.
    pub fn path(&self, ways: &Ways, to: usize) -> Vec<(usize, usize)> {
        let mut path = Vec::new();
        let mut at = to;
        while at != ways.start {
            let Some(road) = ways.last.get(at).copied().flatten() else {
                return Vec::new();
            };
            path.push((road, at));
            let edge = self.edges[road];
            at = if edge.a == at { edge.b } else { edge.a };
        }
        path.reverse();
        path
    }

    /// The roads.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }
}
