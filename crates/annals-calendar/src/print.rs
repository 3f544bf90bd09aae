//! Days as text.
//!
//! What comes in: days. What goes out: short words that [`crate::read`] reads back to the same
//! days, in the chronicle's calendar.

use crate::calendar::Calendar;
use crate::civil::Ymd;
use crate::days::{DayRange, Days, Jdn};
use crate::grid::{month_days, year_days, year_of};
use crate::settings::Settings;

/// A year for readers: `644`, `202 BC`.
///
/// ```
/// assert_eq!(annals_calendar::year_words(0), "1 BC");
/// ```
pub fn year_words(year: i64) -> String {
    if year > 0 {
        year.to_string()
    } else {
        format!("{} BC", 1 - year)
    }
}

/// A day as `644-09-17` or `202-03-01 BC`, in the chronicle's calendar.
///
/// ```
/// use annals_calendar::{Settings, print_day};
/// assert_eq!(print_day(1_956_548, &Settings::default()), "644-09-26");
/// ```
pub fn print_day(day: Jdn, settings: &Settings) -> String {
    print_ymd(shown_calendar(settings).from_jdn(day))
}

fn shown_calendar(settings: &Settings) -> Calendar {
    match settings.calendar {
        Calendar::Chinese => Calendar::default(),
        other => other,
    }
}

fn print_ymd(date: Ymd) -> String {
    let Ymd { year, month, day } = date;
    if year > 0 {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{}-{month:02}-{day:02} BC", 1 - year)
    }
}

/// A set of days in the shortest exact words: `644`, `644-09`, `658 or 659`, `between 632 and 640`,
/// `after 644-09-17`, `any day`.
///
/// A range that is exactly some years or months is said in years or months. Every text reads back
/// to the same days, up to some hundred ranges; a longer one is for people.
pub fn print_days(days: &Days, settings: &Settings) -> String {
    let mut pieces: Vec<String> = days
        .ranges()
        .iter()
        .map(|range| print_range(*range, settings))
        .collect();
    // A preposition reaches over an "or" that follows it, so plain dates stand first.
    pieces.sort_by_key(|piece| match piece.split(' ').next() {
        Some("no") => 2,
        Some("between") => 1,
        _ => 0,
    });
    pieces.join(" or ")
}

fn print_range(range: DayRange, settings: &Settings) -> String {
    match range {
        (None, None) => "any day".to_owned(),
        (Some(first), None) => format!("no earlier than {}", print_first(first, settings)),
        (None, Some(last)) => format!("no later than {}", print_last(last, settings)),
        (Some(first), Some(last)) if first == last => print_day(first, settings),
        (Some(first), Some(last)) => print_closed(first, last, settings),
    }
}

fn print_closed(first: Jdn, last: Jdn, settings: &Settings) -> String {
    let calendar = shown_calendar(settings);
    let (start, end) = (year_of(first, settings), year_of(last, settings));
    if year_days(start, settings).0 == first && year_days(end, settings).1 == last {
        return match end - start {
            0 => year_words(start),
            1 => format!("{} or {}", year_words(start), year_words(end)),
            _ => format!("between {} and {}", year_words(start), year_words(end)),
        };
    }
    let (a, b) = (calendar.from_jdn(first), calendar.from_jdn(last));
    let opens = month_days(a.year, a.month, settings).is_some_and(|days| days.0 == first);
    let closes = month_days(b.year, b.month, settings).is_some_and(|days| days.1 == last);
    if opens && closes {
        if (a.year, a.month) == (b.year, b.month) {
            return print_month(a);
        }
        return format!("between {} and {}", print_month(a), print_month(b));
    }
    if last == first + 1 {
        return format!(
            "{} or {}",
            print_day(first, settings),
            print_day(last, settings)
        );
    }
    format!(
        "between {} and {}",
        print_day(first, settings),
        print_day(last, settings)
    )
}

fn print_month(date: Ymd) -> String {
    if date.year > 0 {
        format!("{}-{:02}", date.year, date.month)
    } else {
        format!("{}-{:02} BC", 1 - date.year, date.month)
    }
}

fn print_first(first: Jdn, settings: &Settings) -> String {
    let year = year_of(first, settings);
    if year_days(year, settings).0 == first {
        year_words(year)
    } else {
        print_day(first, settings)
    }
}

fn print_last(last: Jdn, settings: &Settings) -> String {
    let year = year_of(last, settings);
    if year_days(year, settings).1 == last {
        year_words(year)
    } else {
        print_day(last, settings)
    }
}
