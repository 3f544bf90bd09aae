//! Days and sets of days.

use std::fmt;

use crate::Few;

/// A civil day by its Julian day number. The 17th of September 644 (Julian) is day 1956539.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// All days from `first` to `last`, both included; `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The first day, or open towards the past.
    pub first: Option<Day>,
    /// The last day, or open towards the future.
    pub last: Option<Day>,
}

impl DayRange {
    /// Whether the day lies in the range.
    pub fn contains(&self, day: Day) -> bool {
        self.first.is_none_or(|f| f <= day) && self.last.is_none_or(|l| day <= l)
    }
}

/// A non-empty set of days as sorted, disjoint ranges with at least one day between them:
/// `658 or 659` is one range, `648 or 658` is two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DaySet {
    ranges: Few<DayRange>,
}

impl DaySet {
    /// Every day there is.
    pub fn all() -> DaySet {
        DaySet {
            ranges: Few::one(DayRange {
                first: None,
                last: None,
            }),
        }
    }

    /// One day.
    pub fn day(day: Day) -> DaySet {
        DaySet {
            ranges: Few::one(DayRange {
                first: Some(day),
                last: Some(day),
            }),
        }
    }

    /// All days of a range; `None` where it holds no day.
    pub fn range(first: Option<Day>, last: Option<Day>) -> Option<DaySet> {
        DaySet::from_ranges([DayRange { first, last }])
    }

    /// The union of ranges in any order, empty ones left out; `None` where no day is left.
    pub fn from_ranges(ranges: impl IntoIterator<Item = DayRange>) -> Option<DaySet> {
        let mut sorted: Vec<DayRange> = ranges
            .into_iter()
            .filter(|r| !matches!((r.first, r.last), (Some(f), Some(l)) if l < f))
            .collect();
        sorted.sort_by_key(|r| r.first.map_or(i64::MIN, |d| i64::from(d.0)));
        let mut merged: Vec<DayRange> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match merged.last_mut() {
                Some(open) if open.last.is_none() => break,
                Some(before) if touches(before, &range) => {
                    before.last = match (before.last, range.last) {
                        (Some(a), Some(b)) => Some(a.max(b)),
                        _ => None,
                    };
                }
                _ => merged.push(range),
            }
        }
        if merged.is_empty() {
            None
        } else {
            Some(DaySet {
                ranges: Few::from(merged),
            })
        }
    }

    /// The ranges, earliest first.
    pub fn ranges(&self) -> &[DayRange] {
        &self.ranges
    }

    /// The first day, if there is one.
    pub fn first(&self) -> Option<Day> {
        self.ranges[0].first
    }

    /// The last day, if there is one.
    pub fn last(&self) -> Option<Day> {
        self.ranges[self.ranges.len() - 1].last
    }

    /// Whether the day belongs to the set.
    pub fn contains(&self, day: Day) -> bool {
        self.ranges.iter().any(|r| r.contains(day))
    }

    /// The only day of the set, where it has just one.
    pub fn single(&self) -> Option<Day> {
        match self.ranges[..] {
            [
                DayRange {
                    first: Some(f),
                    last: Some(l),
                },
            ] if f == l => Some(f),
            _ => None,
        }
    }

    /// Whether every day belongs to the set.
    pub fn is_all(&self) -> bool {
        self.ranges[0].first.is_none() && self.ranges[0].last.is_none()
    }

    /// The days of both sets; `None` where there is none.
    pub fn intersect(&self, other: &DaySet) -> Option<DaySet> {
        let mut both = Vec::new();
        for a in &self.ranges {
            for b in &other.ranges {
                let first = match (a.first, b.first) {
                    (Some(x), Some(y)) => Some(x.max(y)),
                    (x, y) => x.or(y),
                };
                let last = match (a.last, b.last) {
                    (Some(x), Some(y)) => Some(x.min(y)),
                    (x, y) => x.or(y),
                };
                both.push(DayRange { first, last });
            }
        }
        DaySet::from_ranges(both)
    }

    /// Whether some day belongs to both sets.
    pub fn meets(&self, other: &DaySet) -> bool {
        let begins = |a: &DayRange, b: &DayRange| match (a.first, b.last) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        let mut pairs = (self.ranges.iter()).flat_map(|a| other.ranges.iter().map(move |b| (a, b)));
        pairs.any(|(a, b)| begins(a, b) && begins(b, a))
    }

    /// The days of either set.
    pub fn union(&self, other: &DaySet) -> DaySet {
        DaySet::from_ranges(self.ranges.iter().chain(&other.ranges).copied())
            .expect("the union of two non-empty sets has a day")
    }

    /// All days that do not belong to the set; `None` where every day does.
    pub fn complement(&self) -> Option<DaySet> {
        let mut gaps = Vec::new();
        let mut open = Some(None);
        for range in &self.ranges {
            if let (Some(first), Some(f)) = (open, range.first) {
                gaps.push(DayRange {
                    first,
                    last: Some(Day(f.0 - 1)),
                });
            }
            open = range.last.map(|l| Some(Day(l.0 + 1)));
        }
        if let Some(first) = open {
            gaps.push(DayRange { first, last: None });
        }
        DaySet::from_ranges(gaps)
    }
}

fn touches(before: &DayRange, after: &DayRange) -> bool {
    match (before.last, after.first) {
        (Some(last), Some(first)) => first.0 <= last.0.saturating_add(1),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: i32, last: i32) -> DayRange {
        DayRange {
            first: Some(Day(first)),
            last: Some(Day(last)),
        }
    }

    #[test]
    fn adjacent_ranges_become_one_and_gaps_stay() {
        let set = DaySet::from_ranges([range(5, 6), range(1, 2), range(3, 3)]).unwrap();
        assert_eq!(set.ranges(), [range(1, 3), range(5, 6)]);
        assert_eq!(set.complement().unwrap().complement().unwrap(), set);
        assert!(DaySet::all().complement().is_none());
        assert!(set.intersect(&DaySet::day(Day(4))).is_none());
    }

    #[test]
    fn sets_meet_where_they_have_a_day_in_common() {
        let open = |first, last| DaySet::range(first, last).unwrap();
        let sets = [
            DaySet::from_ranges([range(1, 3), range(5, 6)]).unwrap(),
            DaySet::day(Day(4)),
            open(Some(Day(6)), None),
            open(None, Some(Day(1))),
            open(Some(Day(2)), Some(Day(5))),
            DaySet::all(),
        ];
        for a in &sets {
            for b in &sets {
                assert_eq!(a.meets(b), a.intersect(b).is_some(), "{a:?} {b:?}");
            }
        }
    }
}
