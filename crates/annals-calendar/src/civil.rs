//! Day numbers of the Julian and the Gregorian calendar, both run backwards without limit.
//!
//! Years are astronomical: 0 is 1 BC, -1 is 2 BC. Everything is integer arithmetic and takes the
//! same time for every year; the caller keeps years within [`FARTHEST_YEAR`].

use crate::days::Jdn;

/// Years further out than this are clamped before any arithmetic (unit: years).
pub(crate) const FARTHEST_YEAR: i64 = 4_000_000_000;

/// A year, month and day of some calendar. Years are astronomical in the solar calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ymd {
    /// Year; 0 is 1 BC in the Julian and Gregorian calendars.
    pub year: i64,
    /// Month, counted from 1.
    pub month: u8,
    /// Day of the month, counted from 1.
    pub day: u8,
}

/// Days before the first of each month in a year that starts on 1 March.
const MARCH_OFFSETS: [i64; 12] = [0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337];

fn march_year(year: i64, month: u8) -> (i64, usize) {
    let year = year.clamp(-FARTHEST_YEAR, FARTHEST_YEAR);
    let month = i64::from(month.clamp(1, 12));
    let shifted = (month + 9) % 12;
    (if month <= 2 { year - 1 } else { year }, shifted as usize)
}

/// The day number of a date of the Julian calendar.
pub fn julian_to_jdn(year: i64, month: u8, day: u8) -> Jdn {
    let (year, shifted) = march_year(year, month);
    // 1 March of the year 0 (Julian) is day 1721118.
    1_721_117 + 365 * year + year.div_euclid(4) + MARCH_OFFSETS[shifted] + i64::from(day)
}

/// The day number of a date of the Gregorian calendar.
pub fn gregorian_to_jdn(year: i64, month: u8, day: u8) -> Jdn {
    let (year, shifted) = march_year(year, month);
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    1_721_119 + 365 * year + leaps + MARCH_OFFSETS[shifted] + i64::from(day)
}

/// The Julian date of a day.
pub fn julian_from_jdn(jdn: Jdn) -> Ymd {
    let since = clamp_day(jdn) - 1_721_118;
    let cycle = since.div_euclid(1461);
    let within = since.rem_euclid(1461);
    // The leap day closes the fourth year of a cycle counted from March.
    let year_in_cycle = (within / 365).min(3);
    from_march(4 * cycle + year_in_cycle, within - 365 * year_in_cycle)
}

/// The Gregorian date of a day.
pub fn gregorian_from_jdn(jdn: Jdn) -> Ymd {
    let since = clamp_day(jdn) - 1_721_120;
    let era = since.div_euclid(146_097);
    let in_era = since.rem_euclid(146_097);
    let century = (in_era / 36_524).min(3);
    let in_century = in_era - 36_524 * century;
    let cycle = in_century / 1461;
    let within = in_century - 1461 * cycle;
    let year_in_cycle = (within / 365).min(3);
    let year = 400 * era + 100 * century + 4 * cycle + year_in_cycle;
    from_march(year, within - 365 * year_in_cycle)
}

fn clamp_day(jdn: Jdn) -> Jdn {
    jdn.clamp(-1_400_000_000_000, 1_400_000_000_000)
}

fn from_march(march_year: i64, day_of_year: i64) -> Ymd {
    let shifted = MARCH_OFFSETS
        .iter()
        .rposition(|offset| *offset <= day_of_year)
        .unwrap_or(0);
    let day = day_of_year - MARCH_OFFSETS[shifted] + 1;
    let month = (shifted + 2) % 12 + 1;
    let year = if month <= 2 {
        march_year + 1
    } else {
        march_year
    };
    Ymd {
        year,
        month: month as u8,
        day: day as u8,
    }
}

/// Is this astronomical year a leap year of the Julian calendar?
pub fn julian_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0
}

/// Is this astronomical year a leap year of the Gregorian calendar?
pub fn gregorian_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

pub(crate) fn month_length(leap: bool, month: u8) -> u8 {
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The Julian date of Easter Sunday as the Julian computus gives it, for any year (by day number).
///
/// The golden number fixes the full moon, the next Sunday is Easter.
pub fn julian_easter(year: i64) -> Jdn {
    let golden = year.rem_euclid(19);
    let moon = (19 * golden + 15) % 30;
    let full_moon = julian_to_jdn(year, 3, 21) + moon;
    // Day numbers divisible by 7 are Mondays, so Sundays leave 6.
    full_moon + 7 - (full_moon + 1).rem_euclid(7)
}

/// The weekday: 0 is Monday, 6 is Sunday.
pub fn weekday(jdn: Jdn) -> u8 {
    jdn.rem_euclid(7) as u8
}

/// English names of the weekdays, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Place of the day in the cycle of sixty: 0 is jiazi, 59 is guihai.
pub fn sexagenary_day(jdn: Jdn) -> u8 {
    (jdn + 49).rem_euclid(60) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(julian_to_jdn(649, 7, 10), 1_958_296);
        assert_eq!(gregorian_to_jdn(649, 7, 13), 1_958_296);
        assert_eq!(julian_to_jdn(-4712, 1, 1), 0);
        assert_eq!(gregorian_to_jdn(2000, 1, 1), 2_451_545);
        assert_eq!(
            julian_to_jdn(1582, 10, 4) + 1,
            gregorian_to_jdn(1582, 10, 15)
        );
        assert_eq!(
            WEEKDAYS[usize::from(weekday(gregorian_to_jdn(2000, 1, 1)))],
            "Saturday"
        );
        assert_eq!(julian_easter(664), julian_to_jdn(664, 4, 21));
        assert_eq!(julian_easter(1000), julian_to_jdn(1000, 3, 31));
    }

    #[test]
    fn every_day_of_5100_years_converts_back() {
        let first = gregorian_to_jdn(-2999, 1, 1);
        let last = gregorian_to_jdn(2100, 12, 31);
        let mut before = (julian_from_jdn(first - 1), gregorian_from_jdn(first - 1));
        for jdn in first..=last {
            let julian = julian_from_jdn(jdn);
            let gregorian = gregorian_from_jdn(jdn);
            assert_eq!(julian_to_jdn(julian.year, julian.month, julian.day), jdn);
            assert_eq!(
                gregorian_to_jdn(gregorian.year, gregorian.month, gregorian.day),
                jdn
            );
            assert!(before.0 < julian && before.1 < gregorian);
            before = (julian, gregorian);
        }
    }
}
