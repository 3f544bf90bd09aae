//! The calendar a picture counts in.
//!
//! What comes in: the calendar an overview names. What goes out: settings for the calendar room,
//! and the words for days on axes and in labels.

use annals_calendar::{
    Calendar, Settings, gregorian_from_jdn, julian_from_jdn, print_day, year_of,
};
use annals_query::CalendarSeen;

/// How days of this overview are counted: its calendar, years from their own new year.
pub fn settings_of(seen: &CalendarSeen) -> Settings {
    let named = || Calendar::parse(&seen.name).unwrap_or_default();
    let calendar = match (seen.western, seen.gregorian_from) {
        (false, _) => named(),
        (true, None) => Calendar::Julian,
        (true, Some(i32::MIN)) => Calendar::Gregorian,
        (true, Some(switch)) => Calendar::Historical {
            switch: i64::from(switch),
        },
    };
    Settings {
        calendar,
        ..Settings::default()
    }
}

/// A day in words: `644-09-26`.
pub fn day_words(day: i32, settings: &Settings) -> String {
    print_day(i64::from(day), settings)
}

/// A day as headings say it: `26 September 644`, `1 January 26 BC`; in other calendars than those
/// of the west as [`day_words`] does.
pub fn day_title(day: i32, settings: &Settings) -> String {
    let jdn = i64::from(day);
    let ymd = match settings.calendar {
        Calendar::Julian => julian_from_jdn(jdn),
        Calendar::Gregorian => gregorian_from_jdn(jdn),
        Calendar::Historical { switch } if jdn < switch => julian_from_jdn(jdn),
        Calendar::Historical { .. } => gregorian_from_jdn(jdn),
        _ => return day_words(day, settings),
    };
    let month = annals_calendar::MONTHS.get(usize::from(ymd.month).wrapping_sub(1));
    match month {
        Some(month) => format!("{} {month} {}", ymd.day, bare(ymd.year)),
        None => day_words(day, settings),
    }
}

/// A year as axes show it: `644`, `AD 44`, `202 BC`. Years below 100 say which side they lie on,
/// since a bare `44` reads as a day of a month.
pub fn year_label(year: i64, western: bool) -> String {
    match year {
        1..=99 if western => format!("AD {year}"),
        1.. => year.to_string(),
        _ if western => format!("{} BC", 1 - year),
        _ => year.to_string(),
    }
}

/// Some days in as few words as do not mislead: `644`, `644–648`, `202–146 BC`.
pub fn span_words(first: Option<i32>, last: Option<i32>, settings: &Settings) -> String {
    let year = |day: i32| year_of(i64::from(day), settings);
    match (first.map(year), last.map(year)) {
        (None, None) => String::new(),
        (Some(first), None) => format!("from {}", bare(first)),
        (None, Some(last)) => format!("until {}", bare(last)),
        (Some(first), Some(last)) if first == last => bare(first),
        (Some(first), Some(last)) if first <= 0 && last <= 0 => {
            format!("{}–{} BC", 1 - first, 1 - last)
        }
        (Some(first), Some(last)) if first <= 0 => format!("{}–AD {last}", bare(first)),
        (Some(first), Some(last)) => format!("{first}–{last}"),
    }
}

fn bare(year: i64) -> String {
    annals_calendar::year_words(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_say_their_era_where_needed() {
        let settings = Settings {
            calendar: Calendar::Julian,
            ..Settings::default()
        };
        let day = |year: i64| annals_calendar::julian_to_jdn(year, 6, 1) as i32;
        let span = |a: Option<i64>, b: Option<i64>| span_words(a.map(day), b.map(day), &settings);
        assert_eq!(span(Some(644), Some(648)), "644–648");
        assert_eq!(span(Some(644), Some(644)), "644");
        assert_eq!(span(Some(644), None), "from 644");
        assert_eq!(span(Some(-217), Some(-201)), "218–202 BC");
        assert_eq!(span(Some(-26), Some(14)), "27 BC–AD 14");
        assert_eq!(span(None, Some(0)), "until 1 BC");
        assert_eq!(year_label(0, true), "1 BC");
        assert_eq!(year_label(14, true), "AD 14");
        assert_eq!(year_label(14, false), "14");
        assert_eq!(day_title(day(-25), &settings), "1 June 26 BC");
    }
}
