//! The calendar's days as the chronicle's.

use annals_calendar::{Days, Shape};
use annals_chronicle::{Day, DayRange, DaySet, Point};

/// No date may lie further from day zero, so that sums of two never leave an `i32`; about 2.7
/// million years.
pub(crate) const FARTHEST: i64 = 1_000_000_000;

/// A day number, where it lies in reach.
pub(crate) fn day(jdn: i64) -> Option<Day> {
    if jdn.abs() > FARTHEST {
        return None;
    }
    i32::try_from(jdn).ok().map(Day)
}

/// The same days; `None` where a bound lies out of reach.
pub(crate) fn day_set(days: &Days) -> Option<DaySet> {
    let mut ranges = Vec::with_capacity(days.ranges().len());
    for (first, last) in days.ranges() {
        let first = match first {
            Some(first) => Some(day(*first)?),
            None => None,
        };
        let last = match last {
            Some(last) => Some(day(*last)?),
            None => None,
        };
        ranges.push(DayRange { first, last });
    }
    DaySet::from_ranges(ranges)
}

/// A shape as a point; `None` where a bound lies out of reach. A set of several dates is no point
/// and gives its hull.
pub(crate) fn point(shape: &Shape) -> Option<Point> {
    Some(match shape {
        Shape::On(days) => Point::On(day_set(days)?),
        Shape::Throughout(days) => Point::Throughout(day_set(days)?),
        Shape::Span { from, to } => {
            let end = |days: &Option<Days>| match days {
                Some(days) => day_set(days).map(Some),
                None => Some(None),
            };
            Point::Span {
                from: end(from)?,
                to: end(to)?,
            }
        }
        Shape::All(_) => Point::On(day_set(&shape.hull())?),
    })
}

/// The days as the calendar counts them.
pub(crate) fn calendar_days(days: &DaySet) -> Days {
    let ranges = days.ranges().iter().map(|r| {
        let jdn = |d: Option<Day>| d.map(|d| i64::from(d.0));
        (jdn(r.first), jdn(r.last))
    });
    Days::from_ranges(ranges).unwrap_or_else(Days::all)
}

/// All days from `least` to `most` after a day of the set; `None` as a bound is open.
pub(crate) fn shifted(days: &DaySet, least: Option<i32>, most: Option<i32>) -> Option<DaySet> {
    let moved = |day: Option<Day>, by: Option<i32>| -> Option<Option<Day>> {
        match (day, by) {
            (Some(d), Some(by)) => {
                let sum = i64::from(d.0) + i64::from(by);
                self::day(sum).map(Some)
            }
            _ => Some(None),
        }
    };
    let mut ranges = Vec::new();
    for range in days.ranges() {
        ranges.push(DayRange {
            first: moved(range.first, least)?,
            last: moved(range.last, most)?,
        });
    }
    DaySet::from_ranges(ranges)
}
