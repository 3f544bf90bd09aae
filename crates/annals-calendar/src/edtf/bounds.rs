//! First and last day of an EDTF date, and the exact days where a mask leaves gaps.

use super::{EdtfBound, EdtfDate, EdtfYear, Mask};
use crate::calendar::Calendar;
use crate::days::{DayRange, Days};

/// Masks with more runs of days than this are read as their hull.
const MOST_RUNS: usize = 2_000;

/// A date whose year may be of any size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub year: i128,
    pub month: u8,
    pub day: u8,
}

impl Day {
    pub fn bound(self) -> EdtfBound {
        EdtfBound::Day {
            year: self.year,
            month: self.month,
            day: self.day,
        }
    }
}

/// Can this number be written where the mask stands?
pub(super) fn fits(mask: Mask, number: u8) -> bool {
    let digits = [number / 10, number % 10];
    mask.iter()
        .zip(digits)
        .all(|(slot, digit)| *slot == 10 || *slot == digit)
}

/// The year of a form without `X`.
pub(super) fn single_year(year: EdtfYear) -> Option<i128> {
    match year {
        EdtfYear::Letter { value, .. } => Some(value),
        EdtfYear::Four {
            negative, digits, ..
        } => {
            if digits.contains(&10) {
                return None;
            }
            let value = digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + i128::from(*digit));
            Some(if negative { -value } else { value })
        }
    }
}

/// First and last year of a form with significant digits: 1950S2 is 1900 to 1999.
fn significant_years(value: i128, significant: u32) -> (i128, i128) {
    let size = value.unsigned_abs();
    let digits = size.checked_ilog10().map_or(1, |log| log + 1);
    let unit = 10_u128
        .checked_pow(digits.saturating_sub(significant))
        .unwrap_or(1);
    let low = size - size % unit;
    let high = low.saturating_add(unit - 1);
    let (low, high) = (low as i128, i128::try_from(high).unwrap_or(i128::MAX));
    if value < 0 {
        (-high, -low)
    } else {
        (low, high)
    }
}

/// All years a four-digit mask can stand for, in rising order.
fn masked_years(negative: bool, digits: [u8; 4]) -> Vec<i64> {
    let mut years = vec![0_i64];
    for slot in digits {
        years = years
            .into_iter()
            .flat_map(|head| {
                let range = if slot == 10 { 0..=9 } else { slot..=slot };
                range.map(move |digit| head * 10 + i64::from(digit))
            })
            .collect();
    }
    if negative {
        years = years
            .into_iter()
            .rev()
            .filter(|year| *year > 0)
            .map(|year| -year)
            .collect();
    }
    years
}

/// Months of the codes 21 to 41: the first, how many, and how many years later the first one is.
fn sub_year(code: u8) -> Option<(u8, u8)> {
    Some(match code {
        21 | 25 | 31 => (3, 3),
        22 | 26 | 32 => (6, 3),
        23 | 27 | 29 => (9, 3),
        24 | 28 | 30 => (12, 3),
        33..=36 => (3 * (code - 33) + 1, 3),
        37..=39 => (4 * (code - 37) + 1, 4),
        40..=41 => (6 * (code - 40) + 1, 6),
        _ => return None,
    })
}

/// First and last day, or `None` where no real day fits.
pub(super) fn hull(date: &EdtfDate, calendar: Calendar) -> Option<(Day, Day)> {
    let whole = |first: i128, last: i128| {
        Some((
            Day {
                year: first,
                month: 1,
                day: 1,
            },
            Day {
                year: last,
                month: 12,
                day: 31,
            },
        ))
    };
    let (negative, digits) = match date.year {
        EdtfYear::Letter {
            value, significant, ..
        } => {
            let (first, last) = match significant {
                Some(count) => significant_years(value, count),
                None => (value, value),
            };
            return whole(first, last);
        }
        EdtfYear::Four {
            significant: Some(count),
            ..
        } => {
            let (first, last) = significant_years(single_year(date.year)?, count);
            return whole(first, last);
        }
        EdtfYear::Four {
            negative, digits, ..
        } => (negative, digits),
    };
    let years = masked_years(negative, digits);
    let first = years
        .iter()
        .find_map(|year| runs_of_year(date, *year, calendar, End::First))?;
    let last = years
        .iter()
        .rev()
        .find_map(|year| runs_of_year(date, *year, calendar, End::Last))?;
    Some((first, last))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// The first or last real day of one year that fits.
fn runs_of_year(date: &EdtfDate, year: i64, calendar: Calendar, end: End) -> Option<Day> {
    let Some(month_mask) = date.month else {
        let (month, day) = if end == End::First { (1, 1) } else { (12, 31) };
        return Some(Day {
            year: i128::from(year),
            month,
            day,
        });
    };
    if let Some((first, count)) = season(month_mask) {
        let index = i64::from(first) - 1
            + if end == End::First {
                0
            } else {
                i64::from(count) - 1
            };
        let (year, month) = (year + index / 12, (index % 12) as u8 + 1);
        let day = if end == End::First {
            1
        } else {
            last_day(calendar, year, month)?
        };
        return Some(Day {
            year: i128::from(year),
            month,
            day,
        });
    }
    let fitting = |month: &u8| fits(month_mask, *month);
    let in_month = |month: u8| {
        let mask = date.day.unwrap_or([10, 10]);
        let fitting = |day: &u8| fits(mask, *day) && calendar.to_jdn(year, month, *day).is_some();
        let day = match end {
            End::First => (1..=31).find(fitting)?,
            End::Last => (1..=31).rev().find(fitting)?,
        };
        Some(Day {
            year: i128::from(year),
            month,
            day,
        })
    };
    match end {
        End::First => (1..=12).filter(fitting).find_map(in_month),
        End::Last => (1..=12).rev().filter(fitting).find_map(in_month),
    }
}

fn season(mask: Mask) -> Option<(u8, u8)> {
    if mask.contains(&10) {
        None
    } else {
        sub_year(mask[0] * 10 + mask[1])
    }
}

fn last_day(calendar: Calendar, year: i64, month: u8) -> Option<u8> {
    (1..=31)
        .rev()
        .find(|day| calendar.to_jdn(year, month, *day).is_some())
}

/// The days of a date, with the gaps its mask leaves.
pub(super) fn days(date: &EdtfDate, calendar: Calendar) -> Days {
    let Some((first, last)) = hull(date, calendar) else {
        return Days::all();
    };
    let jdn = |day: Day| day.bound().jdn(calendar);
    // A bound that cannot be counted lies beyond all days that can.
    let far = |day: Day| {
        if day.year < 0 {
            -2 * crate::FARTHEST_DAY
        } else {
            2 * crate::FARTHEST_DAY
        }
    };
    let lo = jdn(first).unwrap_or_else(|| far(first));
    let hi = jdn(last).unwrap_or_else(|| far(last));
    let whole = Days::range(Some(lo), Some(hi)).unwrap_or_else(Days::all);
    let EdtfYear::Four {
        negative,
        digits,
        significant: None,
    } = date.year
    else {
        return whole;
    };
    let gaps = digits.contains(&10)
        || date.month.is_some_and(|mask| mask.contains(&10))
        || date.day.is_some_and(|mask| mask.contains(&10));
    if !gaps {
        return whole;
    }
    exact(date, negative, digits, calendar).unwrap_or(whole)
}

fn exact(date: &EdtfDate, negative: bool, digits: [u8; 4], calendar: Calendar) -> Option<Days> {
    let mut ranges: Vec<DayRange> = Vec::new();
    for year in masked_years(negative, digits) {
        let Some(month_mask) = date.month else {
            let (first, last) = calendar.year_days(year)?;
            push(&mut ranges, (first, last));
            continue;
        };
        if season(month_mask).is_some() {
            return None;
        }
        for month in (1..=12).filter(|month| fits(month_mask, *month)) {
            let mask = date.day.unwrap_or([10, 10]);
            let fitting = (1..=31).filter(|day| fits(mask, *day));
            for jdn in fitting.filter_map(|day| calendar.to_jdn(year, month, day)) {
                push(&mut ranges, (jdn, jdn));
            }
        }
        if ranges.len() > MOST_RUNS {
            return None;
        }
    }
    Days::from_ranges(ranges)
}

/// Adds a run, joined to the last one where they touch.
fn push(ranges: &mut Vec<DayRange>, (first, last): (i64, i64)) {
    match ranges.last_mut() {
        Some((_, Some(end))) if *end + 1 == first => *end = last,
        _ => ranges.push((Some(first), Some(last))),
    }
}
