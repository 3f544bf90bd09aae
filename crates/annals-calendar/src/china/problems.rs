//! Why a Chinese date names no day, and what the nearest possible ones are.

use super::fields::{Fields, MonthField};
use super::sexagenary_name;
use super::table::{Era, Month, Table};
use crate::days::Days;
use crate::reading::ErrorKind;

/// Why the fields name no day.
pub(super) struct Problem {
    pub kind: ErrorKind,
    pub message: String,
    pub suggestion: Option<String>,
    pub readable: Option<Days>,
}

pub(super) fn no_year(table: &Table, era: &Era, fields: &Fields) -> Problem {
    let last = years_of(table, era);
    let year = fields.year.unwrap_or(0);
    Problem {
        kind: ErrorKind::ImpossibleYear,
        message: format!("{} has no year {year}; its last is {last}", fields.name),
        suggestion: (year > last).then(|| format!("its years are 1 to {last}")),
        readable: Some(Days::between(era.first, era.last)),
    }
}

/// The last year number of an era.
pub(super) fn years_of(table: &Table, era: &Era) -> i64 {
    let near = crate::civil::julian_from_jdn(era.last).year - era.base;
    (near - 1..=near + 1)
        .rev()
        .find(|year| {
            let months = table.year(era.state, era.base + year);
            months.first().is_some_and(|month| month.first <= era.last)
        })
        .unwrap_or(1)
        .max(1)
}

/// The year has a number and a name that do not go together.
pub(super) fn other_year_name(fields: &Fields, there: u8, cycle: u8, days: &Days) -> Problem {
    let year = fields.year.unwrap_or(0);
    let (there, said) = (sexagenary_name(there), sexagenary_name(cycle));
    Problem {
        kind: ErrorKind::ImpossibleYear,
        message: format!("{} {year} is the {there} year, not {said}", fields.name),
        suggestion: Some(format!(
            "if {said} is a day, name its month, as in {} {year}.1 {said}",
            fields.name
        )),
        readable: Some(days.clone()),
    }
}

/// No year of the era has this name.
pub(super) fn no_year_name(era: &Era, fields: &Fields, last: i64, cycle: u8) -> Problem {
    let name = |year: i64| sexagenary_name(super::sexagenary_year(era.base + year));
    Problem {
        kind: ErrorKind::ImpossibleYear,
        message: format!("{} has no {} year", fields.name, sexagenary_name(cycle)),
        suggestion: Some(format!(
            "its years run from {} (1) to {} ({last})",
            name(1),
            name(last)
        )),
        readable: Some(Days::between(era.first, era.last)),
    }
}

pub(super) fn no_month(
    era: &Era,
    fields: &Fields,
    months: &[Month],
    wanted: MonthField,
) -> Problem {
    let year = fields.year.unwrap_or(0);
    let leap = if wanted.leap { "leap " } else { "" };
    let leaps: Vec<String> = months
        .iter()
        .filter(|month| month.leap)
        .map(|month| format!("leap {}", month.number))
        .collect();
    let suggestion = match (wanted.leap, leaps.as_slice()) {
        (true, []) => "that year has no leap month".to_owned(),
        (true, leaps) => format!("that year has {}", leaps.join(" and ")),
        (false, _) => "months run from 1 to 12".to_owned(),
    };
    let whole = months.first().zip(months.last());
    let span = Days::between(era.first, era.last);
    Problem {
        kind: ErrorKind::ImpossibleMonth,
        message: match wanted.number {
            0 => format!("{} {year} has no leap month", fields.name),
            number => format!(
                "{} {year} has no {leap}{} month",
                fields.name,
                ordinal(number)
            ),
        },
        suggestion: Some(suggestion),
        readable: whole
            .and_then(|(first, last)| Days::between(first.first, last.last()).intersect(&span)),
    }
}

pub(super) fn no_day(table: &Table, era: &Era, fields: &Fields, month: &Month) -> Problem {
    let year = fields.year.unwrap_or(0);
    let leap = if month.leap { "leap " } else { "" };
    let month_words = format!(
        "the {leap}{} month of {} {year}",
        ordinal(month.number),
        fields.name
    );
    let day = fields.day.unwrap_or_default();
    let cycle_at = |number: u8| {
        sexagenary_name(crate::civil::sexagenary_day(
            month.first + i64::from(number) - 1,
        ))
    };
    let (message, suggestion) = match (day.number, day.cycle) {
        (Some(number), _) if number == 0 || number > month.length => (
            format!("{month_words} has only {} days", month.length),
            format!(
                "its last day, the {}, is {}",
                ordinal(month.length),
                cycle_at(month.length)
            ),
        ),
        (Some(number), Some(cycle)) => (
            format!(
                "the {} day of {month_words} is {}, not {}",
                ordinal(number),
                cycle_at(number),
                sexagenary_name(cycle)
            ),
            nearest_cycle(table, era, year, month, cycle),
        ),
        (_, Some(cycle)) => (
            format!("{month_words} has no {} day", sexagenary_name(cycle)),
            nearest_cycle(table, era, year, month, cycle),
        ),
        _ => (
            format!("{month_words} has no such day"),
            "write the number of the day".to_owned(),
        ),
    };
    Problem {
        kind: ErrorKind::ImpossibleDay,
        message,
        suggestion: Some(suggestion),
        readable: Some(Days::between(month.first, month.last())),
    }
}

/// Days of the month that share a character with the name, and the month that has the day.
fn nearest_cycle(table: &Table, era: &Era, year: i64, month: &Month, cycle: u8) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut near: Vec<(bool, u8, String)> = Vec::new();
    for number in 1..=month.length {
        let there = crate::civil::sexagenary_day(month.first + i64::from(number) - 1);
        if there == cycle {
            words.push(format!(
                "{} is its {}",
                sexagenary_name(there),
                ordinal(number)
            ));
        } else if there % 10 == cycle % 10 || there % 12 == cycle % 12 {
            near.push((there % 10 != cycle % 10, number, sexagenary_name(there)));
        }
    }
    if words.is_empty() {
        near.sort();
        words.extend(
            near.iter()
                .take(3)
                .map(|(_, number, name)| format!("{name} is its {}", ordinal(*number))),
        );
        let months = table.year(era.state, era.base + year);
        let other = months
            .iter()
            .filter(|other| other.first != month.first)
            .min_by_key(|other| {
                (other.first - month.first).abs() + i64::from(!has_cycle(other, cycle)) * 1_000
            });
        if let Some(other) = other.filter(|other| has_cycle(other, cycle)) {
            let offset = (i64::from(cycle) - other.first - 49).rem_euclid(60);
            let leap = if other.leap { "leap " } else { "" };
            words.push(format!(
                "{} is the {} of the {leap}{} month",
                sexagenary_name(cycle),
                ordinal(offset as u8 + 1),
                ordinal(other.number)
            ));
        }
    }
    words.join("; ")
}

fn has_cycle(month: &Month, cycle: u8) -> bool {
    (i64::from(cycle) - month.first - 49).rem_euclid(60) < i64::from(month.length)
}

/// `1st`, `2nd`, `22nd`, `11th`.
pub(super) fn ordinal(number: u8) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
