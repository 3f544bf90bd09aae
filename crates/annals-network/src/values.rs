//! The exact days a variable can take.

use crate::rows::Node;
use crate::search::{Search, Solution, Spent};
use crate::solver::Sight;
use crate::view::Direction;
use crate::{Alternative, Domain, Found, HORIZON, Solver, Var};

/// The days of one variable over all solutions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// The days; empty where the system has no solution.
    pub days: Domain,
    /// Whether every day is known to be possible: where a budget was spent, the days are an
    /// outer bound.
    pub proven: bool,
}

impl Solver {
    /// The exact days of a variable, gaps kept.
    ///
    /// The least solution from some day on puts every variable into a range of its domain and
    /// satisfies an alternative of every choice. With those kept, what is left is a system of
    /// difference constraints, whose solutions project onto a whole run of days; the next run is
    /// looked for beyond its end.
    pub fn values(&self, var: Var) -> Values {
        let mut days = Vec::new();
        if self.refuted() {
            return Values {
                days: Domain::default(),
                proven: true,
            };
        }
        if self.is_settled(var) {
            return Values {
                days: self.days_of(var).clone(),
                proven: true,
            };
        }
        let sight = self.sight(&[var]);
        let node = sight.node(var);
        let mut from = -HORIZON;
        while from <= HORIZON {
            let range = Domain::range(from, HORIZON);
            let low = match sight.outermost(node, &range, Direction::Up) {
                Ok(Some(low)) => low,
                Ok(None) => break,
                Err(Spent) => {
                    // Outer bound: everything that is not ruled out by itself.
                    days.extend(range.intersect(self.days_of(var)).ranges());
                    return Values {
                        days: Domain::from_ranges(days),
                        proven: false,
                    };
                }
            };
            let end = sight.end_of_run(node, &low);
            days.push((low.days[node], end));
            from = end + 1;
        }
        Values {
            days: Domain::from_ranges(days),
            proven: true,
        }
    }

    /// Whether two solutions put every variable joined to `vars` into the same range of its
    /// domain and satisfy a common alternative of every choice among them.
    pub fn alike(&self, vars: &[Var], low: &[i64], high: &[i64]) -> bool {
        let view = self.sight(vars).view;
        let (low, high) = (|n: Var| low[view.vars[n]], |n: Var| high[view.vars[n]]);
        let mut domains = view.domains().iter().enumerate();
        if !domains.all(|(n, domain)| domain.index_of(low(n)) == domain.index_of(high(n))) {
            return false;
        }
        if view.choices.is_empty() {
            return true;
        }
        // Order edges of the common alternatives may share a day at either end, so they are put
        // into the line together; they must not run in a circle there.
        let mut orders = view.orders.clone();
        for choice in &view.choices {
            let common = choice.alternatives.iter().find(|a| {
                a.weakly_satisfied(low)
                    && a.weakly_satisfied(high)
                    && a.domains
                        .iter()
                        .all(|(v, d)| d.index_of(low(*v)) == d.index_of(high(*v)))
            });
            let Some(common) = common else { return false };
            let edges = common.orders.iter();
            orders.extend(edges.map(|(a, b)| (*a as Node, *b as Node)));
        }
        Solver::lines_up(&view, &orders)
    }

    /// The first and last possible day of a variable; `None` where there is no solution or the
    /// budget was spent on the way.
    pub fn hull(&self, var: Var) -> Option<(i64, i64)> {
        if self.refuted() {
            return None;
        }
        if !self.has_choices(var) {
            let ranges = self.days_of(var).ranges();
            return Some((ranges.first()?.0, ranges.last()?.1));
        }
        let (sight, all) = (self.sight(&[var]), Domain::all());
        let node = sight.node(var);
        let low = sight.outermost(node, &all, Direction::Up).ok()??;
        let high = sight.outermost(node, &all, Direction::Down).ok()??;
        Some((low.days[node], high.days[node]))
    }
}

impl Sight {
    /// The last day of the run that a solution begins: the greatest day with every range and
    /// every alternative kept that holds in it. At least the solution's own day.
    fn end_of_run(&self, node: Var, low: &Solution) -> i64 {
        let (view, days) = (&self.view, &low.days);
        let mut extra = Alternative::default();
        for (n, domain) in view.domains().iter().enumerate() {
            if domain.has_holes() {
                let run = run_at(domain, days[n]);
                extra.domains.extend(run.map(|run| (n, run)));
            }
        }
        extra
            .domains
            .push((node, Domain::range(days[node], HORIZON)));
        for (choice, at) in view.choices.iter().zip(&low.kept) {
            let kept = &choice.alternatives[*at];
            extra.arcs.extend(&kept.arcs);
            extra.orders.extend(&kept.orders);
            let ranges = kept.domains.iter();
            extra
                .domains
                .extend(ranges.filter_map(|(v, domain)| Some((*v, run_at(domain, days[*v])?))));
        }
        match Search::new(view, None, Direction::Down).run(&extra) {
            Found::Solution(high) => high[node].max(days[node]),
            // What is kept holds in the solution itself, so this does not come about.
            Found::None | Found::Spent => days[node],
        }
    }

    /// The solution with the greatest or least day of a variable within a range; an error where
    /// the budget was spent.
    fn outermost(
        &self,
        node: Var,
        range: &Domain,
        direction: Direction,
    ) -> Result<Option<Solution>, Spent> {
        let within = Alternative {
            domains: vec![(node, range.clone())],
            ..Alternative::default()
        };
        let search = Search::new(&self.view, None, direction).aiming_at(node as Node);
        search.solution(&within)
    }
}

/// The range of a domain that a day lies in. An alternative may allow days with gaps between
/// them, and the solutions on either side of a gap are no single run.
fn run_at(domain: &Domain, day: i64) -> Option<Domain> {
    let (first, last) = domain.ranges()[domain.index_of(day)?];
    Some(Domain::range(first, last))
}
