//! All timelines of a plan: every way to give the moments days and one order that refines them.

use crate::placing::{Placed, Rule};
use crate::plan::{Plan, Reach};

/// A moment and its day; a timeline is a row of them.
pub type Stop = (usize, i32);

struct Search<'a> {
    reach: Reach,
    /// The moments worth placing: the others bear on nothing.
    moments: Vec<usize>,
    /// For each moment, the rules that speak of it, with all their moments as bits.
    rules: Vec<Vec<(&'a Rule, u32)>>,
    place: Vec<Option<usize>>,
    day: Vec<i32>,
    placed: u32,
    line: Vec<Stop>,
}

/// Calls `visit` with every line that keeps the rules of dates; stops when it says no.
pub fn each_line(plan: &Plan, reach: Reach, visit: &mut dyn FnMut(&[Stop]) -> bool) {
    let rules: Vec<(&Rule, u32)> = plan.rules.iter().map(|r| (r, r.moments())).collect();
    if rules.iter().any(|(r, m)| *m == 0 && r.alternatives_never()) {
        return;
    }
    let count = plan.moments.len();
    let of = |m: usize| -> Vec<(&Rule, u32)> {
        let about = rules.iter().filter(|(_, bits)| bits & (1 << m) != 0);
        about.copied().collect()
    };
    let mut search = Search {
        reach,
        moments: (0..count)
            .filter(|m| !plan.says[*m].is_empty() || !of(*m).is_empty())
            .collect(),
        rules: (0..count).map(of).collect(),
        place: vec![None; count],
        day: vec![0; count],
        placed: 0,
        line: Vec::new(),
    };
    search.extend(visit);
}

impl Search<'_> {
    fn extend(&mut self, visit: &mut dyn FnMut(&[Stop]) -> bool) -> bool {
        if self.line.len() == self.moments.len() {
            return visit(&self.line);
        }
        let from = self.line.last().map_or(self.reach.first, |(_, day)| *day);
        for i in 0..self.moments.len() {
            let moment = self.moments[i];
            if self.placed & (1 << moment) != 0 {
                continue;
            }
            for day in from..=self.reach.last {
                self.put(moment, day);
                let go_on = !self.allowed(moment) || self.extend(visit);
                self.take_back(moment);
                if !go_on {
                    return false;
                }
            }
        }
        true
    }

    fn put(&mut self, moment: usize, day: i32) {
        self.place[moment] = Some(self.line.len());
        self.day[moment] = day;
        self.placed |= 1 << moment;
        self.line.push((moment, day));
    }

    fn take_back(&mut self, moment: usize) {
        self.place[moment] = None;
        self.placed &= !(1 << moment);
        self.line.pop();
    }

    /// Whether every rule whose moments are now all placed holds.
    fn allowed(&self, moment: usize) -> bool {
        let placed = Placed {
            place: &self.place,
            day: &self.day,
        };
        let mut complete = self.rules[moment]
            .iter()
            .filter(|(_, bits)| bits & !self.placed == 0);
        complete.all(|(rule, _)| rule.holds(&placed))
    }
}

impl Rule {
    /// A rule without moments that nothing satisfies.
    fn alternatives_never(&self) -> bool {
        let nowhere = Placed {
            place: &[],
            day: &[],
        };
        !self.holds(&nowhere)
    }
}
