//! Whether two states held at the same time: as some day closes, both.
//!
//! A day on which both are certain makes it certain, and where no day is possible for both it is
//! excluded. Between these, a day on which one is certain and the other possible makes it
//! possible, and so does a day possible for each where no claim bears on both.

use annals_chronicle::{Day, DayRange, DaySet, Fluent, Verdict};

use crate::ask::Asker;
use crate::pairs::Joined;

/// The days of a state through some time.
struct Days {
    certain: Option<DaySet>,
    /// Certain or possible.
    possible: Option<DaySet>,
}

impl Asker<'_> {
    pub(crate) fn states_joined(&self, a: &Fluent, b: &Fluent) -> Joined {
        let (of_a, of_b) = (self.whole_time_of(a), self.whole_time_of(b));
        let whole = (of_a.0.min(of_b.0), of_a.1.max(of_b.1));
        let (first, second) = (self.days_held(a, whole), self.days_held(b, whole));
        let common = |x: &Option<DaySet>, y: &Option<DaySet>| x.as_ref()?.intersect(y.as_ref()?);
        let joined = |verdict, words, proven| Joined {
            verdict,
            possible: vec![],
            words,
            proven,
        };
        if let Some(days) = common(&first.certain, &second.certain) {
            let words = format!("both on every day of {}", self.days_to(&days, whole.1));
            return joined(Verdict::Certain, words, true);
        }
        let Some(days) = common(&first.possible, &second.possible) else {
            return joined(Verdict::Impossible, String::new(), true);
        };
        // Whenever the one holds the other does, and it surely holds at some time.
        let sides = [(a, &first, &second), (b, &second, &first)];
        let covered = |held: &Days, other: &Days| {
            let days = common(&held.possible, &other.certain);
            days.is_some() && days == held.possible
        };
        if sides
            .iter()
            .any(|(f, held, other)| covered(held, other) && self.holds_at_a_moment(f))
        {
            let words = format!("on some day of {}", self.days_to(&days, whole.1));
            return joined(Verdict::Certain, words, true);
        }
        let one_certain = common(&first.certain, &second.possible).is_some()
            || common(&first.possible, &second.certain).is_some();
        let apart = || {
            let of_b = self.reasoner.concerning(b);
            self.reasoner.concerning(a).is_disjoint(&of_b)
        };
        let shown = one_certain || apart();
        // Not certain is what may never hold, and what may miss the one day of the other.
        let one_day = |held: &Days| {
            let day = held.certain.as_ref().and_then(DaySet::single);
            day.is_some() && held.certain == held.possible
        };
        let open = sides
            .iter()
            .any(|(f, held, _)| one_day(held) || !self.surely_told(f));
        let days = self.days_to(&days, whole.1);
        let words = match shown {
            true => format!("possible on the days {days}"),
            false => format!("each possible on the days {days}; both at once was not proven"),
        };
        joined(Verdict::Possible, words, shown && open)
    }

    fn days_held(&self, fluent: &Fluent, (first, last): (Day, Day)) -> Days {
        let runs = self.reasoner.history(fluent, first, last);
        let of = |verdicts: &[Verdict]| {
            let runs = runs.iter().filter(|r| verdicts.contains(&r.verdict));
            DaySet::from_ranges(runs.map(|run| DayRange {
                first: Some(run.first),
                last: Some(run.last),
            }))
        };
        Days {
            certain: of(&[Verdict::Certain]),
            possible: of(&[Verdict::Certain, Verdict::Possible]),
        }
    }

    /// Days in words; those that reach to the end of what the chronicle speaks of stay open.
    fn days_to(&self, days: &DaySet, last: Day) -> String {
        let open = self.chronicle.covers.is_none();
        let ranges = days.ranges().iter().map(|range| DayRange {
            first: range.first,
            last: range.last.filter(|d| !(open && *d == last)),
        });
        DaySet::from_ranges(ranges).map_or_else(String::new, |days| self.days(&days).exact)
    }
}
