//! Days on the way.

/// The fewest whole days in which a way of so many metres can be made at so many a day; none for
/// no way, and for a pace of nothing more than anybody lives.
pub fn days(metres: u64, a_day: u64) -> u64 {
    match a_day {
        0 => u64::from(metres > 0) * u64::from(u32::MAX),
        _ => metres.div_ceil(a_day),
    }
}

/// How many days later the date of the arrival is at least than that of the departure.
///
/// A way of n days of travel begun in the morning of one date ends in the evening of the date n-1
/// days later, so that this is one less than [`days`]: whoever makes 265 km a day can be in two
/// places 500 km apart on two dates that follow one another, and never on one.
pub fn nights(metres: u64, a_day: u64) -> u64 {
    days(metres, a_day).saturating_sub(1)
}

/// Days of travel with a day of rest after every so many of them, none after the last.
pub fn with_rests(days: u64, rests_after: Option<u32>) -> u64 {
    match rests_after {
        Some(after @ 1..) => days + days.saturating_sub(1) / u64::from(after),
        _ => days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_begun_days() {
        assert_eq!(days(0, 10), 0);
        assert_eq!(days(10, 10), 1);
        assert_eq!(days(11, 10), 2);
        assert_eq!(days(1, 0), u64::from(u32::MAX));
        assert_eq!(nights(0, 10), 0);
        assert_eq!(nights(10, 10), 0);
        assert_eq!(nights(11, 10), 1);
    }

    #[test]
    fn the_seventh_day_is_one_of_rest() {
        assert_eq!(with_rests(6, Some(6)), 6);
        assert_eq!(with_rests(7, Some(6)), 8);
        assert_eq!(with_rests(13, Some(6)), 15);
        assert_eq!(with_rests(13, None), 13);
    }
}
