//! Whether some moments can lie in a given way in the line, and what excludes other ways.
//!
//! A way is a conjunction of demands on days and on the order of the line. Each is a difference
//! constraint or an edge of the order, so a way costs what one question to the network costs.

use std::sync::Arc;

use annals_chronicle::{Day, Moment, Support};
use annals_network::{Alternative, Arc as NetworkArc, Domain, Found, Var};

use crate::bounds::day;
use crate::component::Component;
use crate::instance::Instance;
use crate::judge::var_of;
use crate::premise::Accepted;

/// What a way of lying demands of two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// The first comes before the second in the line; the day may be the same.
    InOrder(Moment, Moment),
    /// The first has an earlier day than the second.
    EarlierDay(Moment, Moment),
    /// Both have the same day.
    SameDay(Moment, Moment),
}

/// Which ways of lying some timeline has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangements {
    /// One for each way asked about, in that order.
    pub ways: Vec<Arrangement>,
    /// Whether they are known exactly. Otherwise a way that is not possible is excluded all the
    /// same, and one that is possible may not be.
    pub proven: bool,
}

/// Whether some timeline has a way of lying.
#[derive(Clone, Debug, Eq)]
pub struct Arrangement {
    /// Whether it can be.
    pub possible: bool,
    /// Days that the moments asked about have in such a timeline, where all of them are bounded.
    pub example: Option<Vec<Day>>,
}

/// Examples decide nothing: two searches may come upon different ones.
impl PartialEq for Arrangement {
    fn eq(&self, other: &Arrangement) -> bool {
        self.possible == other.possible
    }
}

impl Component {
    /// Which of some ways the moments can lie in, over the timelines in which they are claimed.
    pub fn arrangements(&self, moments: &[Moment], ways: &[Vec<Demand>]) -> Arrangements {
        if !self.are_told(moments, &self.near_moments(moments)) {
            let none = Arrangement {
                possible: false,
                example: None,
            };
            return Arrangements {
                ways: vec![none; ways.len()],
                proven: true,
            };
        }
        let days_of_all = |instance: &Instance| {
            let vars = moments
                .iter()
                .map(|m| (var_of(instance, *m), Domain::all()));
            vars.collect::<Vec<_>>()
        };
        let look = |instances: &[Arc<Instance>]| {
            let mut exact = true;
            let each = ways.iter().map(|way| {
                let mut found = Arrangement {
                    possible: false,
                    example: None,
                };
                for instance in instances {
                    match lies(instance, way, days_of_all(instance)) {
                        Found::Solution(days) => {
                            found.possible = true;
                            let var = |m: &Moment| day(days[var_of(instance, *m)]);
                            found.example = moments.iter().map(var).collect();
                            return found;
                        }
                        Found::None => {}
                        Found::Spent => {
                            found.possible = true;
                            exact = false;
                        }
                    }
                }
                found
            });
            (each.collect::<Vec<_>>(), exact)
        };
        let (mut ways, proven) = self.over_timelines(moments, look);
        if !proven {
            // What is then looked at may be wider than the timelines.
            ways.iter_mut().for_each(|way| way.example = None);
        }
        Arrangements { ways, proven }
    }

    /// A minimal set of claims and assumptions that excludes these ways, whichever other accepted
    /// claims are added; `None` where they are not excluded.
    pub fn arrangement_support(
        &self,
        moments: &[Moment],
        excluded: &[Vec<Demand>],
    ) -> Option<Support> {
        let possible = self.arrangements(moments, excluded);
        if possible.ways.iter().any(|w| w.possible) {
            return None;
        }
        let near = self.near_moments(moments);
        if !self.are_told(moments, &near) {
            return None;
        }
        let accepted = self.accepted_at(moments, &near, &|_| true);
        let bars = |set: &Accepted| {
            let case = self.fresh_case(set, &near);
            self.telling(&case, moments).all(|instance| {
                let mut ways = excluded.iter();
                ways.all(|way| matches!(lies(instance, way, vec![]), Found::None))
            })
        };
        let forces = |set: &Accepted| {
            let added = self.loosenings(set, &accepted, &near);
            added.iter().all(bars)
        };
        Some(self.smallest(&accepted, &near, &forces))
    }
}

/// Whether some timeline of an instance keeps to all demands. The solution has the days of the
/// variables that demands or domains name.
fn lies(instance: &Instance, demands: &[Demand], domains: Vec<(Var, Domain)>) -> Found {
    let mut way = Alternative {
        domains,
        ..Alternative::default()
    };
    for demand in demands {
        let (Demand::InOrder(a, b) | Demand::EarlierDay(a, b) | Demand::SameDay(a, b)) = *demand;
        let (from, to) = (var_of(instance, a), var_of(instance, b));
        // What does not last has one moment for its start and its end.
        match demand {
            Demand::SameDay(..) if from == to => {}
            _ if from == to => return Found::None,
            Demand::InOrder(..) => way.orders.push((from, to)),
            Demand::EarlierDay(..) => way.arcs.push(apart(to, from, -1)),
            Demand::SameDay(..) => way.arcs.extend([apart(from, to, 0), apart(to, from, 0)]),
        }
    }
    instance.solver.allows(&way)
}

/// `x_to - x_from <= most`
fn apart(from: usize, to: usize, most: i64) -> NetworkArc {
    NetworkArc {
        from,
        to,
        weight: most,
    }
}
