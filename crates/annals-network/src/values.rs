//! The exact days a variable can take.

use crate::order::acyclic;
use crate::search::{Direction, Extra, Found, Solver};
use crate::{Domain, HORIZON, Var};

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
        let mut from = -HORIZON;
        while from <= HORIZON {
            let range = Domain::range(from, HORIZON);
            let low = match self.outermost(var, &range, Direction::Up) {
                Ok(Some(low)) => low,
                Ok(None) => break,
                Err(()) => {
                    // Outer bound: everything that is not ruled out by itself.
                    days.extend(range.intersect(self.system.domain(var)).ranges());
                    return Values {
                        days: Domain::from_ranges(days),
                        proven: false,
                    };
                }
            };
            let end = self.end_of_run(var, &low);
            days.push((low[var], end));
            from = end + 1;
        }
        Values {
            days: Domain::from_ranges(days),
            proven: true,
        }
    }

    /// The last day of the run that a solution begins: the greatest day with every range and
    /// every satisfied alternative kept. At least the solution's own day.
    fn end_of_run(&self, var: Var, low: &[i64]) -> i64 {
        let wanted = self.component(var);
        let mut extra = Extra::default();
        for v in (0..self.system.len()).filter(|v| self.component(*v) == wanted) {
            let domain = self.system.domain(v);
            if domain.has_holes() {
                extra
                    .domains
                    .extend(run_at(domain, low[v]).map(|run| (v, run)));
            }
        }
        extra.domains.push((var, Domain::range(low[var], HORIZON)));
        for choice in self.choices_of(var) {
            let kept = choice.alternatives.iter().find(|a| a.satisfied(low));
            let kept = kept.or(choice.alternatives.iter().find(|a| a.weakly_satisfied(low)));
            if let Some(kept) = kept {
                extra.arcs.extend(&kept.arcs);
                extra.orders.extend(&kept.orders);
                extra.domains.extend(
                    kept.domains
                        .iter()
                        .filter_map(|(v, domain)| Some((*v, run_at(domain, low[*v])?))),
                );
            }
        }
        match self.solve(&[var], &extra, None, Direction::Down) {
            Found::Solution(high) => high[var].max(low[var]),
            // The alternatives kept may share a day in a circle; the run is then one day.
            Found::None | Found::Spent => low[var],
        }
    }

    /// The solution with the greatest or least day of a variable within a range; an error where
    /// the budget was spent.
    fn outermost(
        &self,
        var: Var,
        range: &Domain,
        direction: Direction,
    ) -> Result<Option<Vec<i64>>, ()> {
        match self.extreme(var, range.clone(), direction) {
            Found::Spent => Err(()),
            Found::None => Ok(None),
            Found::Solution(days) => Ok(Some(days)),
        }
    }

    fn choices_of(&self, var: Var) -> impl Iterator<Item = &crate::Choice> {
        let wanted = self.component(var);
        self.system.choices.iter().filter(move |c| {
            c.alternatives
                .iter()
                .flat_map(|a| a.vars())
                .next()
                .is_some_and(|v| self.component(v) == wanted)
        })
    }

    /// Whether two solutions put every variable joined to `vars` into the same range of its
    /// domain and satisfy a common alternative of every choice among them.
    pub fn alike(&self, vars: &[Var], low: &[i64], high: &[i64]) -> bool {
        let mut wanted: Vec<Var> = vars.iter().map(|v| self.component(*v)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let same_ranges = (0..self.system.len())
            .filter(|v| wanted.binary_search(&self.component(*v)).is_ok())
            .all(|v| {
                let domain = self.system.domain(v);
                domain.index_of(low[v]) == domain.index_of(high[v])
            });
        if !same_ranges {
            return false;
        }
        // Order edges of the common alternatives may share a day at either end, so they are put
        // into the line together; they must not run in a circle there.
        let mut orders = self.system.orders.clone();
        for choice in wanted.iter().flat_map(|w| self.choices_of(*w)) {
            let common = choice.alternatives.iter().find(|a| {
                a.weakly_satisfied(low)
                    && a.weakly_satisfied(high)
                    && a.domains
                        .iter()
                        .all(|(v, d)| d.index_of(low[*v]) == d.index_of(high[*v]))
            });
            let Some(common) = common else { return false };
            orders.extend(&common.orders);
        }
        acyclic(self.system.len(), &orders)
    }

    /// The first and last possible day of a variable; `None` where there is no solution or the
    /// budget was spent on the way.
    pub fn hull(&self, var: Var) -> Option<(i64, i64)> {
        let all = Domain::all();
        let low = self.outermost(var, &all, Direction::Up).ok()??;
        let high = self.outermost(var, &all, Direction::Down).ok()??;
        Some((low[var], high[var]))
    }
}

/// The range of a domain that a day lies in. An alternative may allow days with gaps between
/// them, and the solutions on either side of a gap are no single run.
fn run_at(domain: &Domain, day: i64) -> Option<Domain> {
    let (first, last) = domain.ranges()[domain.index_of(day)?];
    Some(Domain::range(first, last))
}
