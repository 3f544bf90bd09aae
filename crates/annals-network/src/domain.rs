//! Allowed days of one variable.

/// Days beyond this distance from zero stand for "no limit". Weights and dates are kept so far
/// below it that a label that is really bounded never comes near.
pub const HORIZON: i64 = 1 << 40;

/// A union of closed, sorted, disjoint, non-adjacent ranges within the horizon; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Domain {
    ranges: Vec<(i64, i64)>,
}

impl Domain {
    /// Every day within the horizon.
    pub fn all() -> Domain {
        Domain {
            ranges: vec![(-HORIZON, HORIZON)],
        }
    }

    /// All days of one range; empty where it holds none.
    pub fn range(first: i64, last: i64) -> Domain {
        Domain::from_ranges(vec![(first, last)])
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
        Domain { ranges: merged }
    }

    /// The ranges, earliest first.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.ranges
    }

    /// Whether no day is allowed.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether the allowed days have gaps.
    pub fn has_holes(&self) -> bool {
        self.ranges.len() > 1
    }

    /// Whether the day is allowed.
    pub fn contains(&self, day: i64) -> bool {
        self.index_of(day).is_some()
    }

    /// The number of the range the day lies in.
    pub fn index_of(&self, day: i64) -> Option<usize> {
        let at = self.ranges.partition_point(|(_, last)| *last < day);
        self.ranges
            .get(at)
            .filter(|(first, _)| *first <= day)
            .map(|_| at)
    }

    /// The greatest allowed day not after `day`.
    pub fn floor(&self, day: i64) -> Option<i64> {
        let at = self.ranges.partition_point(|(first, _)| *first <= day);
        at.checked_sub(1).map(|i| self.ranges[i].1.min(day))
    }

    /// The days allowed by both.
    pub fn intersect(&self, other: &Domain) -> Domain {
        let (mut i, mut j) = (0, 0);
        let mut both = Vec::new();
        while let (Some(a), Some(b)) = (self.ranges.get(i), other.ranges.get(j)) {
            let (first, last) = (a.0.max(b.0), a.1.min(b.1));
            if first <= last {
                both.push((first, last));
            }
            if a.1 < b.1 { i += 1 } else { j += 1 }
        }
        Domain { ranges: both }
    }

    /// The days that are not allowed.
    pub fn complement(&self) -> Domain {
        let mut gaps = Vec::new();
        let mut next = -HORIZON;
        for (first, last) in &self.ranges {
            gaps.push((next, first - 1));
            next = last + 1;
        }
        gaps.push((next, HORIZON));
        Domain::from_ranges(gaps)
    }

    /// The same days with their signs changed, for reading the system from the other end.
    pub fn mirrored(&self) -> Domain {
        Domain {
            ranges: self.ranges.iter().rev().map(|(f, l)| (-l, -f)).collect(),
        }
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
}
