//! Days and moments in words, in the chronicle's calendar.

use annals_calendar::{Days, print_day, print_days};
use annals_chronicle::{Day, DayRange, DaySet, Edge, Moment};

use crate::answer::{DayShown, DaysShown, RangeShown};
use crate::ask::Asker;

impl Asker<'_> {
    pub(crate) fn day(&self, day: Day) -> DayShown {
        DayShown {
            jdn: day.0,
            text: print_day(i64::from(day.0), self.settings),
        }
    }

    pub(crate) fn days(&self, set: &DaySet) -> DaysShown {
        let ranges = set.ranges();
        DaysShown {
            words: self.days_words(set),
            exact: joined_by_or(ranges.iter().map(|r| self.exact_range(r))),
            ranges: ranges
                .iter()
                .map(|r| RangeShown {
                    first: r.first.map(|d| self.day(d)),
                    last: r.last.map(|d| self.day(d)),
                })
                .collect(),
        }
    }

    /// The shortest exact words: `644`, `658 or 659`.
    pub(crate) fn days_words(&self, set: &DaySet) -> String {
        let ranges = set.ranges().iter().map(|r| {
            let end = |d: Option<Day>| d.map(|d| i64::from(d.0));
            (end(r.first), end(r.last))
        });
        Days::from_ranges(ranges).map_or_else(
            || "any day".to_owned(),
            |days| print_days(&days, self.settings),
        )
    }

    /// Words that can follow `since`, `on`: a hull is introduced by `some day`.
    pub(crate) fn days_after_preposition(&self, set: &DaySet) -> String {
        if set.is_all() {
            return "a day unknown".to_owned();
        }
        let words = self.days_words(set);
        if words.starts_with("between ") || words.starts_with("no ") {
            format!("some day {words}")
        } else {
            words
        }
    }

    fn exact_range(&self, range: &DayRange) -> String {
        let print = |d: Day| print_day(i64::from(d.0), self.settings);
        match (range.first, range.last) {
            (None, None) => "any day".to_owned(),
            (Some(first), None) => format!("from {}", print(first)),
            (None, Some(last)) => format!("until {}", print(last)),
            (Some(first), Some(last)) if first == last => print(first),
            (Some(first), Some(last)) => format!("{} to {}", print(first), print(last)),
        }
    }

    /// The days a moment may have.
    pub(crate) fn moment_days(&self, moment: Moment) -> DaySet {
        self.reasoner.bounds(moment).days
    }

    /// `the start of #x`, `#x`, and its days: `“…” (#x), in 632`.
    pub(crate) fn moment_words(&self, moment: Moment) -> String {
        let event = self.event_words(moment.event);
        let days = self.days_words(&self.moment_days(moment));
        let lasting = self
            .chronicle
            .events
            .get(moment.event.index())
            .is_some_and(|e| e.lasting);
        match moment.edge {
            Edge::Start if lasting => format!("the start of {event}, {days}"),
            Edge::End if lasting => format!("the end of {event}, {days}"),
            Edge::Start | Edge::End => format!("{event}, {days}"),
        }
    }
}

fn joined_by_or(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(" or ")
}
