//! Dates as a source would give them for a day that is known here.

use annals_calendar::{Calendar, MONTHS};

use super::random::Random;

/// A date in words and how close it is.
#[derive(Clone, Debug)]
pub struct Dated {
    /// Everything before the colon.
    pub words: String,
    /// Whether it leaves no more than its year, so that a date years away contradicts it.
    pub close: bool,
}

fn close(words: String) -> Dated {
    Dated { words, close: true }
}

fn loose(words: String) -> Dated {
    Dated {
        words,
        close: false,
    }
}

/// Year, month and day of a day number in the Julian calendar.
pub fn civil(day: i64) -> (i64, u32, u32) {
    let date = Calendar::Julian.from_jdn(day);
    (date.year, u32::from(date.month), u32::from(date.day))
}

/// The first of January of a year.
pub fn new_year(year: i64) -> i64 {
    Calendar::Julian
        .to_jdn(year, 1, 1)
        .expect("every year has a first of January")
}

/// The year of a day.
pub fn year(day: i64) -> i64 {
    civil(day).0
}

/// A date that allows what happened from one day to another; both are one where it did not last.
pub fn dated(random: &mut Random, start: i64, end: i64) -> Dated {
    let (first, last) = (civil(start), civil(end));
    if first.0 != last.0 {
        return match random.below(3) {
            0 => close(format!("from {} to {}", iso(start), iso(end))),
            1 => close(format!(
                "from {}-{:02} to {}-{:02}",
                first.0, first.1, last.0, last.1
            )),
            _ => close(format!("from {} to {}", first.0, last.0)),
        };
    }
    let year = first.0;
    match random.below(100) {
        0..=21 if start == end => close(iso(start)),
        22..=31 if start == end => close(format!(
            "{} {} {year}",
            first.2,
            MONTHS[first.1 as usize - 1]
        )),
        22..=49 if first.1 == last.1 => close(format!("{year}-{:02}", first.1)),
        0..=85 => close(format!("{year}")),
        86..=90 => loose(format!(
            "between {} and {}",
            year - random.between(0, 4),
            year + random.between(1, 5)
        )),
        91..=93 => loose(format!("in the {}s", year / 10 * 10)),
        94..=95 => loose(format!("c. {}", year + random.between(-2, 2))),
        96..=97 => loose(format!("before {}", year + random.between(1, 12))),
        98 => loose(format!("after {}", year - random.between(1, 12))),
        _ => loose(format!("reported {year}")),
    }
}

/// `658 or 659`: a date that gives two ways and hides which is right.
pub fn either(random: &mut Random, day: i64) -> Dated {
    let (year, month, date) = civil(day);
    let away = random.between(1, 9);
    let (before, after) = match random.percent(50) {
        true => (year - away, year),
        false => (year, year + away),
    };
    // 29 February has no counterpart in most years.
    let date = date.min(28);
    match random.below(4) {
        0 => loose(format!("{before}-{month:02} or {after}-{month:02}")),
        1 if civil(day).2 == date => loose(format!(
            "{before}-{month:02}-{date:02} or {after}-{month:02}-{date:02}"
        )),
        _ => loose(format!("{before} or {after}")),
    }
}

/// `0644-09-17`, as everybody can read it.
pub fn iso(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year}-{month:02}-{day:02}")
}
