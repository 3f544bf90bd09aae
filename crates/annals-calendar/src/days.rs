//! Days and sets of days.
//!
//! What comes in: Julian day numbers. What goes out: [`Days`], a set of days that always holds at
//! least one day, kept as sorted closed ranges with the gaps between them. What it refuses: an
//! empty set, which is why every operation that could empty a set returns an `Option`.

/// The number of a civil day: the Julian day number that begins at noon of that day.
///
/// 10 July 649 (Julian), the day Taizong died, is 1958296. Unit: days.
pub type Jdn = i64;

/// Days further than this from day zero are treated as unbounded (about 2.7 thousand million years).
pub const FARTHEST_DAY: Jdn = 1_000_000_000_000;

/// One closed range of days; `None` means that the range has no end on that side.
pub type DayRange = (Option<Jdn>, Option<Jdn>);

/// A set of days with at least one member: "658 or 659", "the 790s", "after 636".
///
/// The ranges are sorted, do not overlap and do not touch. "648 or 658" keeps its gap: it never
/// becomes "648 to 658".
///
/// ```
/// use annals_calendar::Days;
/// let either = Days::day(5).union(&Days::day(9));
/// assert_eq!(either.ranges(), &[(Some(5), Some(5)), (Some(9), Some(9))]);
/// assert!(!either.contains(7));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    ranges: Vec<DayRange>,
}

impl Days {
    /// All days from `lo` to `hi`, both included; `None` if there is no such day.
    ///
    /// Bounds beyond [`FARTHEST_DAY`] become unbounded.
    pub fn range(lo: Option<Jdn>, hi: Option<Jdn>) -> Option<Days> {
        if let (Some(first), Some(last)) = (lo, hi)
            && first > last
        {
            return None;
        }
        let lo = lo
            .map(|day| day.min(FARTHEST_DAY))
            .filter(|day| *day >= -FARTHEST_DAY);
        let hi = hi
            .map(|day| day.max(-FARTHEST_DAY))
            .filter(|day| *day <= FARTHEST_DAY);
        Some(Days {
            ranges: vec![(lo, hi)],
        })
    }

    /// One day.
    pub fn day(day: Jdn) -> Days {
        Days::between(day, day)
    }

    /// All days from one to the other, both included, in whichever order they are given.
    pub fn between(a: Jdn, b: Jdn) -> Days {
        Days::range(Some(a.min(b)), Some(a.max(b))).unwrap_or_else(Days::all)
    }

    /// This day and all later ones.
    pub fn since(day: Jdn) -> Days {
        Days::range(Some(day), None).unwrap_or_else(Days::all)
    }

    /// This day and all earlier ones.
    pub fn until(day: Jdn) -> Days {
        Days::range(None, Some(day)).unwrap_or_else(Days::all)
    }

    /// Every day there is: what an undated claim says.
    pub fn all() -> Days {
        Days {
            ranges: vec![(None, None)],
        }
    }

    /// The set made of these ranges; ranges that hold no day are passed over.
    pub fn from_ranges(ranges: impl IntoIterator<Item = DayRange>) -> Option<Days> {
        let kept: Vec<DayRange> = ranges
            .into_iter()
            .filter_map(|(lo, hi)| Days::range(lo, hi))
            .map(|days| days.ranges[0])
            .collect();
        if kept.is_empty() {
            None
        } else {
            Some(Days {
                ranges: normal(kept),
            })
        }
    }

    /// Days in either set.
    pub fn union(&self, other: &Days) -> Days {
        let mut ranges = self.ranges.clone();
        ranges.extend_from_slice(&other.ranges);
        Days {
            ranges: normal(ranges),
        }
    }

    /// Days in both sets, or `None` where there are none.
    pub fn intersect(&self, other: &Days) -> Option<Days> {
        let (mut left, mut right) = (0, 0);
        let mut ranges = Vec::new();
        while let (Some(a), Some(b)) = (self.ranges.get(left), other.ranges.get(right)) {
            let lo = match (a.0, b.0) {
                (Some(x), Some(y)) => Some(x.max(y)),
                (x, y) => x.or(y),
            };
            let hi = match (a.1, b.1) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            };
            if lo.is_none() || hi.is_none() || lo <= hi {
                ranges.push((lo, hi));
            }
            // The range that ends first can meet nothing further.
            if ends_before(a.1, b.1) {
                left += 1
            } else {
                right += 1
            }
        }
        if ranges.is_empty() {
            None
        } else {
            Some(Days { ranges })
        }
    }

    /// Days outside the set, or `None` where the set is [`Days::all`].
    pub fn complement(&self) -> Option<Days> {
        let mut ranges = Vec::new();
        let mut open = Some(None);
        for (lo, hi) in &self.ranges {
            if let (Some(from), Some(first)) = (open, *lo) {
                ranges.push((from, Some(first - 1)));
            }
            open = hi.map(|last| Some(last + 1));
        }
        if let Some(from) = open {
            ranges.push((from, None));
        }
        if ranges.is_empty() {
            None
        } else {
            Some(Days { ranges })
        }
    }

    /// The first day, or `None` where the set has no beginning.
    pub fn first(&self) -> Option<Jdn> {
        self.ranges.first().and_then(|range| range.0)
    }

    /// The last day, or `None` where the set has no end.
    pub fn last(&self) -> Option<Jdn> {
        self.ranges.last().and_then(|range| range.1)
    }

    /// The ranges, sorted, with a gap of at least one day between any two.
    pub fn ranges(&self) -> &[DayRange] {
        &self.ranges
    }

    /// The smallest single range that covers the set.
    pub fn hull(&self) -> Days {
        Days {
            ranges: vec![(self.first(), self.last())],
        }
    }

    /// Is this day one of them?
    pub fn contains(&self, day: Jdn) -> bool {
        self.ranges.iter().any(|(lo, hi)| {
            lo.is_none_or(|first| first <= day) && hi.is_none_or(|last| day <= last)
        })
    }

    /// Is every day of `other` one of these?
    pub fn covers(&self, other: &Days) -> bool {
        self.intersect(other).as_ref() == Some(other)
    }

    /// Is it every day there is?
    pub fn is_all(&self) -> bool {
        self.ranges == [(None, None)]
    }

    /// The one day, if the set holds just one.
    pub fn single(&self) -> Option<Jdn> {
        match self.ranges.as_slice() {
            [(Some(first), Some(last))] if first == last => Some(*first),
            _ => None,
        }
    }
}

fn ends_before(a: Option<Jdn>, b: Option<Jdn>) -> bool {
    match (a, b) {
        (Some(x), Some(y)) => x < y,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Sorts ranges and joins those that overlap or touch.
fn normal(mut ranges: Vec<DayRange>) -> Vec<DayRange> {
    ranges.sort_by_key(|(lo, _)| lo.unwrap_or(Jdn::MIN));
    let mut joined: Vec<DayRange> = Vec::with_capacity(ranges.len());
    for (lo, hi) in ranges {
        if let Some(previous) = joined.last_mut() {
            let touches = match (previous.1, lo) {
                (None, _) | (_, None) => true,
                (Some(end), Some(start)) => start <= end.saturating_add(1),
            };
            if touches {
                if ends_before(previous.1, hi) {
                    previous.1 = hi;
                }
                continue;
            }
        }
        joined.push((lo, hi));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn union_joins_neighbours_and_keeps_gaps() {
        let joined = Days::between(1, 3).union(&Days::between(4, 6));
        assert_eq!(joined, Days::between(1, 6));
        let gap = Days::between(1, 3).union(&Days::between(5, 6));
        assert_eq!(gap.ranges().len(), 2);
    }

    #[test]
    fn complement_is_its_own_inverse() {
        let sets = [
            Days::day(3),
            Days::since(3),
            Days::until(3),
            Days::between(1, 2).union(&Days::since(9)),
            Days::until(-4).union(&Days::day(0)).union(&Days::since(9)),
        ];
        for set in sets {
            let outside = set.complement().unwrap();
            assert_eq!(outside.complement().unwrap(), set);
            assert_eq!(outside.intersect(&set), None);
            assert!(outside.union(&set).is_all());
        }
        assert_eq!(Days::all().complement(), None);
    }

    #[test]
    fn empty_ranges_do_not_exist() {
        assert_eq!(Days::range(Some(2), Some(1)), None);
        assert_eq!(Days::from_ranges([(Some(2), Some(1))]), None);
        assert_eq!(Days::day(1).intersect(&Days::day(2)), None);
    }

    #[test]
    fn far_days_become_unbounded() {
        let far = Days::between(2 * FARTHEST_DAY, 3 * FARTHEST_DAY);
        assert_eq!(far.ranges(), &[(Some(FARTHEST_DAY), None)]);
    }
}
