//! Years, months and parts of them as days, in the calendar of a chronicle.
//!
//! What comes in: a year or month number and the [`Settings`]. What goes out: exact days, for
//! phrases such as "the following year", "the same month" and "the first half of 644".

use crate::calendar::Calendar;
use crate::civil::julian_easter;
use crate::days::{Days, Jdn};
use crate::reading::Precision;
use crate::settings::{Settings, YearStart};

/// What a date was said in, kept so that "early" and "first half of" can cut it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// A single day, or something that cannot be cut.
    Whole,
    /// Consecutive months of one calendar.
    Months {
        calendar: Calendar,
        year: i64,
        first: u8,
        count: u8,
    },
    /// Consecutive years.
    Years {
        first: i64,
        last: i64,
        precision: Precision,
    },
    /// Any run of days.
    Run { first: Jdn, last: Jdn },
}

/// The number of the year that holds a day, in the chronicle's calendar and year style.
///
/// With [`Calendar::Chinese`] it is the lunar year, numbered as the Julian year it mostly lies in.
///
/// Astronomical: 0 is 1 BC.
pub fn year_of(day: Jdn, settings: &Settings) -> i64 {
    let calendar = grid_calendar(settings);
    let plain = calendar.from_jdn(day).year;
    if settings.calendar == Calendar::Chinese
        && let Some(year) = (plain - 1..=plain + 1)
            .find(|year| lunar_year(*year).is_some_and(|(first, last)| first <= day && day <= last))
    {
        return year;
    }
    for year in [plain + 1, plain, plain - 1] {
        let (first, last) = year_days(year, settings);
        if first <= day && day <= last {
            return year;
        }
    }
    plain
}

/// First and last day of a year, in the chronicle's calendar and year style.
///
/// ```
/// use annals_calendar::{Settings, year_days};
/// let (first, last) = year_days(644, &Settings::default());
/// assert_eq!(last - first + 1, 366);
/// ```
pub fn year_days(year: i64, settings: &Settings) -> (Jdn, Jdn) {
    if settings.calendar == Calendar::Chinese
        && let Some(days) = lunar_year(year)
    {
        return days;
    }
    let first = new_year(year, settings);
    (first, new_year(year.saturating_add(1), settings) - 1)
}

fn grid_calendar(settings: &Settings) -> Calendar {
    match settings.calendar {
        Calendar::Chinese => Calendar::default(),
        other => other,
    }
}

fn new_year(year: i64, settings: &Settings) -> Jdn {
    let calendar = grid_calendar(settings);
    let year = year.clamp(
        -crate::civil::FARTHEST_YEAR + 2,
        crate::civil::FARTHEST_YEAR - 2,
    );
    let plain = |year: i64| calendar.year_days(year).map_or(0, |days| days.0);
    let on = |year: i64, month: u8, day: u8| calendar.to_jdn(year, month, day);
    let western = matches!(
        calendar,
        Calendar::Historical { .. } | Calendar::Swedish | Calendar::Julian | Calendar::Gregorian
    );
    if !western {
        return plain(year);
    }
    let start = match settings.year_start {
        YearStart::January1 | YearStart::Unknown => None,
        YearStart::March1 => on(year, 3, 1),
        YearStart::March25After => on(year, 3, 25),
        YearStart::March25Before => on(year - 1, 3, 25),
        YearStart::September1 => on(year - 1, 9, 1),
        YearStart::December25 => on(year - 1, 12, 25),
        YearStart::Easter => Some(julian_easter(year)),
    };
    start.unwrap_or_else(|| plain(year))
}

/// First and last day of a month of the chronicle's calendar, or `None` if it has no such month.
///
/// Months are those of the numeric form: `1650-02` is February of the year that begins on
/// 1 January 1650, whatever the year style.
pub fn month_days(year: i64, month: u8, settings: &Settings) -> Option<(Jdn, Jdn)> {
    grid_calendar(settings).month_days(year, month)
}

/// First and last day of the month that holds a day: a lunar month where the calendar is Chinese.
///
/// ```
/// use annals_calendar::{Calendar, Settings, month_around};
/// let lunar = Settings { calendar: Calendar::Chinese, ..Settings::default() };
/// // The eighth month of Zhenguan 18 had 29 days.
/// assert_eq!(month_around(1_956_539, &lunar), (1_956_529, 1_956_557));
/// ```
pub fn month_around(day: Jdn, settings: &Settings) -> (Jdn, Jdn) {
    if settings.calendar == Calendar::Chinese
        && let Some(days) = crate::china::month_around(day)
    {
        return days;
    }
    let calendar = grid_calendar(settings);
    let date = calendar.from_jdn(day);
    calendar
        .month_days(date.year, date.month)
        .unwrap_or((day, day))
}

/// The lunar year that mostly lies in a Julian year, up to the day before the next one.
fn lunar_year(year: i64) -> Option<(Jdn, Jdn)> {
    Some((
        crate::china::new_year(year)?,
        crate::china::new_year(year.checked_add(1)?)? - 1,
    ))
}

/// Year and month that hold a day, in the chronicle's calendar.
pub fn month_of(day: Jdn, settings: &Settings) -> (i64, u8) {
    let date = grid_calendar(settings).from_jdn(day);
    (date.year, date.month)
}

/// All days of the years from `first` to `last`; years too far out to count leave that side open.
pub(crate) fn years(first: i64, last: i64, settings: &Settings) -> Days {
    let far = crate::civil::FARTHEST_YEAR / 2;
    let lo = (first.abs() < far).then(|| year_days(first, settings).0);
    let hi = (last.abs() < far).then(|| year_days(last, settings).1);
    match (lo, hi) {
        (Some(lo), Some(hi)) => Days::between(lo, hi),
        (Some(lo), None) => Days::since(lo),
        (None, Some(hi)) => Days::until(hi),
        (None, None) if first > far => Days::since(crate::days::FARTHEST_DAY),
        (None, None) if last < -far => Days::until(-crate::days::FARTHEST_DAY),
        (None, None) => Days::all(),
    }
}

/// The part from `from`/`parts` to `to`/`parts` of what was said, cut at whole years, months or
/// days, whichever is the coarsest that has enough pieces.
pub(crate) fn slice(
    grain: &Grain,
    (from, to, parts): (i64, i64, i64),
    settings: &Settings,
) -> Option<Days> {
    let cut = |count: i64| {
        let start = count * from / parts;
        let end = count * to / parts - 1;
        (start <= end).then_some((start, end))
    };
    match grain {
        Grain::Whole => None,
        Grain::Years { first, last, .. } if last > first => {
            let count = last.checked_sub(*first)?.checked_add(1)?;
            let (start, end) = cut(count)?;
            Some(years(first + start, first + end, settings))
        }
        Grain::Years { first, .. } => year_slice(*first, cut(12)?, settings),
        Grain::Months {
            calendar,
            year,
            first,
            count,
        } if *count > 1 => {
            let (start, end) = cut(i64::from(*count))?;
            month_run(*calendar, *year, i64::from(*first) + start, end - start + 1)
        }
        Grain::Months {
            calendar,
            year,
            first,
            ..
        } => {
            let (lo, hi) = calendar.month_days(*year, *first)?;
            slice_month(lo, hi, cut(30)?)
        }
        Grain::Run { first, last } => {
            let (start, end) = cut(last - first + 1)?;
            Some(Days::between(first + start, first + end))
        }
    }
}

/// Months of a year counted from its own beginning, so that styles other than 1 January work too.
fn year_slice(year: i64, (start, end): (i64, i64), settings: &Settings) -> Option<Days> {
    let (first, last) = year_days(year, settings);
    let calendar = grid_calendar(settings);
    let opening = calendar.from_jdn(first);
    if opening.day == 1 && opening.month == 1 && calendar.months_in_year(year) == 12 {
        return month_run(calendar, year, 1 + start, end - start + 1);
    }
    let days = last - first + 1;
    Some(Days::between(
        first + days * start / 12,
        first + days * (end + 1) / 12 - 1,
    ))
}

/// The last cut of a month takes its 31st day too.
fn slice_month(lo: Jdn, hi: Jdn, (start, end): (i64, i64)) -> Option<Days> {
    let last = if end >= 29 { hi } else { (lo + end).min(hi) };
    Days::range(Some(lo + start), Some(last))
}

/// `count` months beginning with month `first` of `year`; `first` may run past the year's end.
pub(crate) fn month_run(calendar: Calendar, year: i64, first: i64, count: i64) -> Option<Days> {
    let month = |index: i64| {
        let year = year + (index - 1).div_euclid(12);
        let month = (index - 1).rem_euclid(12) + 1;
        calendar.month_days(year, month as u8)
    };
    Some(Days::between(month(first)?.0, month(first + count - 1)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_styles_cover_every_day_once() {
        for style in [
            YearStart::January1,
            YearStart::March1,
            YearStart::March25After,
            YearStart::March25Before,
            YearStart::Easter,
            YearStart::September1,
            YearStart::December25,
        ] {
            let settings = Settings {
                year_start: style,
                ..Settings::default()
            };
            for year in [600, 1000, 1499, 1581] {
                let (first, last) = year_days(year, &settings);
                assert_eq!(year_days(year + 1, &settings).0, last + 1);
                assert_eq!(year_of(first, &settings), year);
                assert_eq!(year_of(last, &settings), year);
            }
        }
    }

    #[test]
    fn thirds_and_halves() {
        let settings = Settings::default();
        let century = Grain::Years {
            first: 601,
            last: 700,
            precision: Precision::Century,
        };
        assert_eq!(
            slice(&century, (0, 1, 2), &settings),
            Some(years(601, 650, &settings))
        );
        assert_eq!(
            slice(&century, (0, 1, 3), &settings),
            Some(years(601, 633, &settings))
        );
        let year = Grain::Years {
            first: 644,
            last: 644,
            precision: Precision::Year,
        };
        let spring = slice(&year, (0, 1, 3), &settings).unwrap();
        assert_eq!(spring.last(), Some(crate::civil::julian_to_jdn(644, 4, 30)));
    }
}
