//! Calendars that are pure arithmetic: Islamic, Jewish, Persian, Armenian and the Egyptian family.
//!
//! What comes in: a date of one of them, or a day number. What goes out: the other of the two.
//! Rules after Reingold and Dershowitz, *Calendrical Calculations*; the tests compare every day of
//! the years 1 to 2100 with an independent implementation.

use crate::calendar::{Calendar, IslamicEpoch, IslamicLeaps};
use crate::civil::{self, Ymd};
use crate::days::Jdn;

const ISLAMIC_FRIDAY: Jdn = 1_948_440;
const COPTIC_EPOCH: Jdn = 1_825_030;
const ETHIOPIAN_EPOCH: Jdn = 1_724_221;
const ARMENIAN_EPOCH: Jdn = 1_922_868;
const EGYPTIAN_EPOCH: Jdn = 1_448_638;
const PERSIAN_EPOCH: Jdn = 1_948_321;
/// 1 Tishri of the year 1.
const HEBREW_EPOCH: Jdn = 347_998;
/// Years between the Era of the Martyrs and the Alexandrian year of the world.
const ALEXANDRIAN_OFFSET: i64 = 5776;
/// Persian years that the rule of thirty-three calls leap but the equinox does not are all later.
const PERSIAN_CYCLE: i64 = 33;

/// The day number of a date in an arithmetic calendar other than the two civil ones.
pub(crate) fn to_jdn(calendar: Calendar, year: i64, month: u8, day: u8) -> Option<Jdn> {
    if day > month_length(calendar, year, month)? {
        return None;
    }
    let day_offset = i64::from(day) - 1;
    let month_offset = i64::from(month) - 1;
    let first = new_year(calendar, year)?;
    Some(match calendar {
        Calendar::Islamic { .. } => first + islamic_months(month_offset) + day_offset,
        Calendar::Persian => {
            first + 31 * month_offset.min(6) + 30 * (month_offset - 6).max(0) + day_offset
        }
        Calendar::Hebrew => hebrew_month_start(year, month)? + day_offset,
        Calendar::Byzantine => {
            let offset = if month >= 9 { 5509 } else { 5508 };
            civil::julian_to_jdn(year - offset, month, day)
        }
        _ => first + 30 * month_offset + day_offset,
    })
}

/// The date of a day in an arithmetic calendar other than the two civil ones.
pub(crate) fn from_jdn(calendar: Calendar, jdn: Jdn) -> Ymd {
    if calendar == Calendar::Byzantine {
        let julian = civil::julian_from_jdn(jdn);
        let offset = if julian.month >= 9 { 5509 } else { 5508 };
        return Ymd {
            year: julian.year + offset,
            ..julian
        };
    }
    let year = year_of(calendar, jdn);
    let order: &[u8] = match calendar {
        Calendar::Hebrew => &[7, 8, 9, 10, 11, 12, 13, 1, 2, 3, 4, 5, 6],
        _ => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    };
    let mut found = Ymd {
        year,
        month: 1,
        day: 1,
    };
    for month in order.iter().copied() {
        if let Some(first) = to_jdn(calendar, year, month, 1)
            && first <= jdn
        {
            found = Ymd {
                year,
                month,
                day: (jdn - first + 1).clamp(1, 31) as u8,
            };
        }
    }
    found
}

/// The year that holds a day: an estimate from the mean length, then at most two steps.
fn year_of(calendar: Calendar, jdn: Jdn) -> i64 {
    let epoch = new_year(calendar, 1).unwrap_or(0);
    // Mean length of the year in millionths of a day, by calendar.
    let mean: i128 = match calendar {
        Calendar::Islamic { .. } => 354_366_667,
        Calendar::Hebrew => 365_246_822,
        Calendar::Armenian | Calendar::Egyptian => 365_000_000,
        Calendar::Persian => 365_242_424,
        _ => 365_250_000,
    };
    let since = i128::from(jdn - epoch) * 1_000_000;
    let mut year = since.div_euclid(mean) as i64 + 1;
    while new_year(calendar, year).is_some_and(|first| first > jdn) {
        year -= 1;
    }
    while new_year(calendar, year + 1).is_some_and(|first| first <= jdn) {
        year += 1;
    }
    year
}

/// The first day of a year, or `None` for the calendars this module does not hold.
pub(crate) fn new_year(calendar: Calendar, year: i64) -> Option<Jdn> {
    if year.abs() > civil::FARTHEST_YEAR {
        return None;
    }
    let alexandrian = |epoch: Jdn, year: i64| epoch + 365 * (year - 1) + year.div_euclid(4);
    Some(match calendar {
        Calendar::Islamic { leaps, epoch } => {
            let start = match epoch {
                IslamicEpoch::Friday => ISLAMIC_FRIDAY,
                IslamicEpoch::Thursday => ISLAMIC_FRIDAY - 1,
            };
            let cycle = (year - 1).div_euclid(30);
            let within = (year - 1).rem_euclid(30);
            let leap_days = leap_set(leaps)
                .iter()
                .filter(|leap| **leap <= within)
                .count() as i64;
            start + 10_631 * cycle + 354 * within + leap_days
        }
        Calendar::Hebrew => hebrew_new_year(year),
        Calendar::Coptic => alexandrian(COPTIC_EPOCH, year),
        Calendar::Ethiopian => alexandrian(ETHIOPIAN_EPOCH, year),
        Calendar::Alexandrian => alexandrian(COPTIC_EPOCH, year - ALEXANDRIAN_OFFSET),
        Calendar::Armenian => ARMENIAN_EPOCH + 365 * (year - 1),
        Calendar::Egyptian => EGYPTIAN_EPOCH + 365 * (year - 1),
        Calendar::Persian => {
            PERSIAN_EPOCH - 1 + 365 * (year - 1) + (8 * year + 21).div_euclid(PERSIAN_CYCLE)
        }
        Calendar::Byzantine => civil::julian_to_jdn(year - 5509, 9, 1),
        Calendar::Historical { .. }
        | Calendar::Swedish
        | Calendar::Julian
        | Calendar::Gregorian
        | Calendar::Chinese => return None,
    })
}

fn month_length(calendar: Calendar, year: i64, month: u8) -> Option<u8> {
    let year_length = || Some(new_year(calendar, year + 1)? - new_year(calendar, year)?);
    Some(match (calendar, month) {
        (_, 0) => return None,
        (Calendar::Islamic { .. }, 12) => (29 + year_length()? - 354) as u8,
        (Calendar::Islamic { .. }, 1..=11) => 29 + month % 2,
        (Calendar::Persian, 1..=6) => 31,
        (Calendar::Persian, 7..=11) => 30,
        (Calendar::Persian, 12) => (29 + year_length()? - 365) as u8,
        (Calendar::Hebrew, _) => hebrew_month_length(year, month)?,
        (Calendar::Byzantine, 1..=12) => {
            // February 29 falls in the part of the year that is in the later Julian year.
            civil::month_length(civil::julian_leap(year - 5508), month)
        }
        (
            Calendar::Coptic
            | Calendar::Ethiopian
            | Calendar::Alexandrian
            | Calendar::Armenian
            | Calendar::Egyptian,
            1..=12,
        ) => 30,
        (
            Calendar::Coptic
            | Calendar::Ethiopian
            | Calendar::Alexandrian
            | Calendar::Armenian
            | Calendar::Egyptian,
            13,
        ) => (year_length()? - 360) as u8,
        _ => return None,
    })
}

fn islamic_months(months: i64) -> i64 {
    29 * months + (months + 1) / 2
}

fn leap_set(leaps: IslamicLeaps) -> [i64; 11] {
    match leaps {
        IslamicLeaps::Sixteen => [2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29],
        IslamicLeaps::Fifteen => [2, 5, 7, 10, 13, 15, 18, 21, 24, 26, 29],
        IslamicLeaps::Fatimid => [2, 5, 8, 10, 13, 16, 19, 21, 24, 27, 29],
        IslamicLeaps::Habash => [2, 5, 8, 11, 13, 16, 19, 21, 24, 27, 30],
    }
}

/// Has this Jewish year thirteen months?
pub(crate) fn hebrew_leap(year: i64) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Days from the epoch to the mean new moon of Tishri, put off so that it is no Sunday, Wednesday
/// or Friday.
fn hebrew_elapsed_days(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let days = 29 * months + parts.div_euclid(25_920);
    if (3 * (days + 1)).rem_euclid(7) < 3 {
        days + 1
    } else {
        days
    }
}

fn hebrew_new_year(year: i64) -> Jdn {
    let before = hebrew_elapsed_days(year - 1);
    let this = hebrew_elapsed_days(year);
    let next = hebrew_elapsed_days(year + 1);
    // A year may not have 356 days, nor 382 after a year put off.
    let delay = if next - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    HEBREW_EPOCH + this + delay
}

fn hebrew_month_length(year: i64, month: u8) -> Option<u8> {
    let days = hebrew_new_year(year + 1) - hebrew_new_year(year);
    Some(match month {
        2 | 4 | 6 | 10 => 29,
        8 if !matches!(days, 355 | 385) => 29,
        9 if matches!(days, 353 | 383) => 29,
        12 if !hebrew_leap(year) => 29,
        13 if hebrew_leap(year) => 29,
        1..=12 => 30,
        _ => return None,
    })
}

fn hebrew_month_start(year: i64, month: u8) -> Option<Jdn> {
    let mut first = hebrew_new_year(year);
    let last = if hebrew_leap(year) { 13 } else { 12 };
    for before in (7..=last).chain(1..7) {
        if before == month {
            return Some(first);
        }
        first += i64::from(hebrew_month_length(year, before)?);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Calendar; 9] = [
        Calendar::ISLAMIC,
        Calendar::Hebrew,
        Calendar::Coptic,
        Calendar::Ethiopian,
        Calendar::Persian,
        Calendar::Armenian,
        Calendar::Egyptian,
        Calendar::Byzantine,
        Calendar::Alexandrian,
    ];

    #[test]
    fn epochs_are_the_julian_days_they_are_said_to_be() {
        let julian = civil::julian_to_jdn;
        assert_eq!(ISLAMIC_FRIDAY, julian(622, 7, 16));
        assert_eq!(COPTIC_EPOCH, julian(284, 8, 29));
        assert_eq!(ETHIOPIAN_EPOCH, julian(8, 8, 29));
        assert_eq!(ARMENIAN_EPOCH, julian(552, 7, 11));
        assert_eq!(EGYPTIAN_EPOCH, julian(-746, 2, 26));
        assert_eq!(PERSIAN_EPOCH, julian(622, 3, 19));
        assert_eq!(
            Calendar::Alexandrian.to_jdn(1, 1, 1),
            Some(julian(-5492, 8, 29))
        );
        assert_eq!(
            Calendar::Byzantine.to_jdn(1, 9, 1),
            Some(julian(-5508, 9, 1))
        );
        assert_eq!(Calendar::Hebrew.to_jdn(1, 7, 1), Some(julian(-3760, 10, 7)));
    }

    #[test]
    fn days_convert_back_in_every_calendar() {
        for calendar in ALL {
            for step in 0..40_000 {
                let jdn = 600_000 + 47 * step;
                let date = from_jdn(calendar, jdn);
                assert_eq!(
                    to_jdn(calendar, date.year, date.month, date.day),
                    Some(jdn),
                    "{calendar:?}"
                );
            }
        }
    }
}
