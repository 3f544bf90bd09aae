//! Allowed days of one variable.

use std::cmp::Ordering;
use std::fmt;

/// Days beyond this distance from zero stand for "no limit". Weights and dates are kept so far
/// below it that a label that is really bounded never comes near.
pub const HORIZON: i64 = 1 << 40;

/// A union of closed, sorted, disjoint, non-adjacent ranges within the horizon; may be empty.
#[derive(Clone)]
pub struct Domain {
    ranges: Ranges,
}

/// Nearly every domain is one range, which needs no place of its own in memory.
#[derive(Clone)]
enum Ranges {
    One([(i64, i64); 1]),
    Other(Vec<(i64, i64)>),
}

impl Domain {
    /// Every day within the horizon.
    pub fn all() -> Domain {
        Domain::one(-HORIZON, HORIZON)
    }

    /// All days of one range; empty where it holds none.
    pub fn range(first: i64, last: i64) -> Domain {
        Domain::one(first.max(-HORIZON), last.min(HORIZON))
    }

    /// A range within the horizon.
    fn one(first: i64, last: i64) -> Domain {
        match first <= last {
            true => Domain {
                ranges: Ranges::One([(first, last)]),
            },
            false => Domain::default(),
        }
    }

    /// Ranges that are in order already.
    fn of(ranges: Vec<(i64, i64)>) -> Domain {
        match ranges[..] {
            [(first, last)] => Domain::one(first, last),
            _ => Domain {
                ranges: Ranges::Other(ranges),
            },
        }
    }

    /// The union of ranges in any order.
    pub fn from_ranges(mut ranges: Vec<(i64, i64)>) -> Domain {
        for range in &mut ranges {
            range.0 = range.0.max(-HORIZON);
            range.1 = range.1.min(HORIZON);
        }
        ranges.retain(|(first, last)| first <= last);
        ranges.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Domain::of(merged)
    }

    /// The ranges, earliest first.
    pub fn ranges(&self) -> &[(i64, i64)] {
        match &self.ranges {
            Ranges::One(range) => range,
            Ranges::Other(ranges) => ranges,
        }
    }

    /// The first and the last day; `None` where none is allowed.
    pub(crate) fn ends(&self) -> Option<(i64, i64)> {
        match &self.ranges {
            Ranges::One([range]) => Some(*range),
            Ranges::Other(ranges) => Some((ranges.first()?.0, ranges.last()?.1)),
        }
    }

    /// Whether no day is allowed.
    pub fn is_empty(&self) -> bool {
        self.ranges().is_empty()
    }

    /// Whether the allowed days have gaps.
    pub fn has_holes(&self) -> bool {
        self.ranges().len() > 1
    }

    /// Whether the day is allowed.
    pub fn contains(&self, day: i64) -> bool {
        self.index_of(day).is_some()
    }

    /// The number of the range the day lies in.
    pub fn index_of(&self, day: i64) -> Option<usize> {
        let ranges = self.ranges();
        let at = ranges.partition_point(|(_, last)| *last < day);
        ranges
            .get(at)
            .filter(|(first, _)| *first <= day)
            .map(|_| at)
    }

    /// The greatest allowed day not after `day`.
    pub fn floor(&self, day: i64) -> Option<i64> {
        let ranges = self.ranges();
        let at = ranges.partition_point(|(first, _)| *first <= day);
        at.checked_sub(1).map(|i| ranges[i].1.min(day))
    }

    /// The least allowed day not before `day`.
    pub(crate) fn ceiling(&self, day: i64) -> Option<i64> {
        let ranges = self.ranges();
        let at = ranges.partition_point(|(_, last)| *last < day);
        ranges.get(at).map(|(first, _)| *first.max(&day))
    }

    /// Whether every day of it is allowed by the other too.
    pub(crate) fn within(&self, other: &Domain) -> bool {
        let mut ranges = self.ranges().iter();
        ranges.all(|(first, last)| {
            let at = other.index_of(*first);
            at.is_some_and(|at| *last <= other.ranges()[at].1)
        })
    }

    /// Leaves the days from one to another.
    pub(crate) fn trim(&mut self, first: i64, last: i64) {
        *self = match &self.ranges {
            Ranges::One([(f, l)]) => Domain::one(first.max(*f), last.min(*l)),
            Ranges::Other(_) => self.intersect(&Domain::range(first, last)),
        };
    }

    /// The days allowed by both.
    pub fn intersect(&self, other: &Domain) -> Domain {
        if let (Ranges::One([a]), Ranges::One([b])) = (&self.ranges, &other.ranges) {
            return Domain::one(a.0.max(b.0), a.1.min(b.1));
        }
        let (mut i, mut j) = (0, 0);
        let mut both = Vec::new();
        while let (Some(a), Some(b)) = (self.ranges().get(i), other.ranges().get(j)) {
            let (first, last) = (a.0.max(b.0), a.1.min(b.1));
            if first <= last {
                both.push((first, last));
            }
            if a.1 < b.1 { i += 1 } else { j += 1 }
        }
        Domain::of(both)
    }

    /// The days that are not allowed.
    pub fn complement(&self) -> Domain {
        let mut gaps = Vec::new();
        let mut next = -HORIZON;
        for (first, last) in self.ranges() {
            gaps.push((next, first - 1));
            next = last + 1;
        }
        gaps.push((next, HORIZON));
        Domain::from_ranges(gaps)
    }

    /// The same days with their signs changed, for reading the system from the other end.
    pub fn mirrored(&self) -> Domain {
        match &self.ranges {
            Ranges::One([(first, last)]) => Domain::one(-last, -first),
            Ranges::Other(ranges) => {
                Domain::of(ranges.iter().rev().map(|(f, l)| (-l, -f)).collect())
            }
        }
    }
}

impl Default for Domain {
    /// No day.
    fn default() -> Domain {
        Domain {
            ranges: Ranges::Other(vec![]),
        }
    }
}

impl PartialEq for Domain {
    fn eq(&self, other: &Domain) -> bool {
        self.ranges() == other.ranges()
    }
}

impl Eq for Domain {}

impl PartialOrd for Domain {
    fn partial_cmp(&self, other: &Domain) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Domain {
    fn cmp(&self, other: &Domain) -> Ordering {
        self.ranges().cmp(other.ranges())
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Domain");
        shown.field("ranges", &self.ranges()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_steps_over_holes() {
        let domain = Domain::from_ranges(vec![(10, 12), (0, 3)]);
        assert_eq!(domain.floor(11), Some(11));
        assert_eq!(domain.floor(9), Some(3));
        assert_eq!(domain.floor(-1), None);
        assert_eq!(domain.complement().complement(), domain);
        assert_eq!(domain.mirrored().mirrored(), domain);
    }

    #[test]
    fn one_range_is_treated_as_several_are() {
        let (one, several) = (Domain::range(2, 9), [(0, 3), (5, 6), (8, 20)]);
        let several = Domain::from_ranges(several.to_vec());
        let both = one.intersect(&several);
        assert_eq!(both.ranges(), [(2, 3), (5, 6), (8, 9)]);
        assert_eq!((both.ends(), one.ends()), (Some((2, 9)), Some((2, 9))));
        assert!(both.within(&one) && both.within(&several) && !one.within(&several));
        let ceilings = [-1, 4, 5, 21].map(|day| several.ceiling(day));
        assert_eq!(ceilings, [Some(0), Some(5), Some(5), None]);
        let mut trimmed = several.clone();
        trimmed.trim(4, 7);
        assert_eq!(trimmed, Domain::range(5, 6));
        trimmed.trim(7, 9);
        assert_eq!((&trimmed, trimmed.ends()), (&Domain::default(), None));
        assert!(Domain::range(0, 1) < several && several > Domain::default());
    }

    /// A million variables have a million of them.
    #[test]
    fn a_domain_is_no_larger_than_a_list() {
        assert_eq!(size_of::<Domain>(), size_of::<Vec<(i64, i64)>>());
    }
}
