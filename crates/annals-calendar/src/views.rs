//! What a day is in every calendar at once, and days as EDTF.
//!
//! What comes in: day numbers. What goes out: structured views ([`day_views`]) and EDTF for export
//! ([`edtf_of`]).

use crate::calendar::Calendar;
use crate::china::{chinese_dates, sexagenary_characters, sexagenary_name};
use crate::civil::{self, Ymd, sexagenary_day, weekday};
use crate::days::{DayRange, Days, Jdn};
use crate::eras::indiction;
use crate::print::year_words;
use crate::reading::Shape;

/// One day in every calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayViews {
    /// Julian day number.
    pub jdn: Jdn,
    /// `17 September 644`, proleptic Julian.
    pub julian: String,
    /// `20 September 644`, proleptic Gregorian.
    pub gregorian: String,
    /// `0644-09-20`: EDTF, which is always Gregorian.
    pub edtf: String,
    /// English name of the weekday.
    pub weekday: &'static str,
    /// Name in the cycle of sixty, in letters.
    pub sexagenary: String,
    /// The same in characters.
    pub sexagenary_characters: String,
    /// Dates in the Chinese eras then in use, in letters and in characters.
    pub chinese: Vec<(String, String)>,
    /// The same day in the other calendars and eras: name and date, each with its era mark.
    pub others: Vec<(&'static str, String)>,
}

/// A day in every calendar.
///
/// ```
/// let views = annals_calendar::day_views(1_958_296);
/// assert_eq!(views.julian, "10 July 649");
/// assert_eq!(views.edtf, "0649-07-13");
/// assert_eq!(views.sexagenary, "jisi");
/// ```
pub fn day_views(jdn: Jdn) -> DayViews {
    let cycle = sexagenary_day(jdn);
    let others = [
        (Calendar::ISLAMIC, "AH"),
        (Calendar::Hebrew, "Hebrew"),
        (Calendar::Byzantine, "Byzantine"),
        (Calendar::Alexandrian, "Alexandrian"),
        (Calendar::Coptic, "Coptic"),
        (Calendar::Ethiopian, "Ethiopian"),
        (Calendar::Persian, "Persian"),
        (Calendar::Armenian, "Armenian"),
        (Calendar::Egyptian, "Nabonassar"),
    ];
    let mut others: Vec<(&'static str, String)> = others
        .into_iter()
        .filter_map(|(calendar, mark)| {
            let Ymd { year, month, day } = calendar.from_jdn(jdn);
            (year > 0).then(|| {
                (
                    calendar.name(),
                    format!("{mark} {year}-{month:02}-{day:02}"),
                )
            })
        })
        .collect();
    others.extend(era_years(jdn));
    DayViews {
        jdn,
        julian: worded(civil::julian_from_jdn(jdn)),
        gregorian: worded(civil::gregorian_from_jdn(jdn)),
        edtf: edtf_day(jdn),
        weekday: civil::WEEKDAYS[usize::from(weekday(jdn))],
        sexagenary: sexagenary_name(cycle),
        sexagenary_characters: sexagenary_characters(cycle),
        chinese: chinese_dates(jdn)
            .into_iter()
            .map(|date| (date.written, date.characters))
            .collect(),
        others,
    }
}

/// The year of a day in the eras that only count years.
fn era_years(jdn: Jdn) -> Vec<(&'static str, String)> {
    let Ymd { year, month, .. } = civil::julian_from_jdn(jdn);
    let mut found = vec![("indiction", format!("indiction {}", indiction(jdn)))];
    if year + 753 > 0 {
        found.push(("auc", format!("AUC {}", year + 753)));
    }
    // An Olympiad began at the first full moon after midsummer, here July.
    let count = year + 775 - i64::from(month < 7);
    if count >= 0 {
        let (number, place) = (count / 4 + 1, count % 4 + 1);
        found.push(("olympiad", format!("Ol. {number}.{place}")));
    }
    for (name, mark, offset) in [("saka", "Saka", -78), ("vikrama", "Vikrama", 57)] {
        let last = year + offset;
        // The year began in March or April.
        let words = match month {
            1 | 2 => format!("{mark} {}", last - 1),
            3 | 4 => format!("{mark} {} or {last}", last - 1),
            _ => format!("{mark} {last}"),
        };
        if last > 1 {
            found.push((name, format!("{words} (elapsed)")));
        }
    }
    found
}

fn worded(date: Ymd) -> String {
    let month = crate::western::MONTHS[usize::from(date.month.clamp(1, 12)) - 1];
    format!("{} {month} {}", date.day, year_words(date.year))
}

/// Days as EDTF, proleptic Gregorian: a date, or a set of ranges that keeps the gaps.
///
/// ```
/// use annals_calendar::{Days, edtf_of, gregorian_to_jdn};
/// let year = Days::between(gregorian_to_jdn(644, 1, 1), gregorian_to_jdn(644, 12, 31));
/// assert_eq!(edtf_of(&year), "0644");
/// ```
pub fn edtf_of(days: &Days) -> String {
    if days.is_all() {
        return "XXXX-XX-XX".to_owned();
    }
    if let [(Some(first), Some(last))] = days.ranges()
        && let Some(whole) = whole_unit(*first, *last)
    {
        return whole;
    }
    let members: Vec<String> = days
        .ranges()
        .iter()
        .map(|range| edtf_member(*range))
        .collect();
    format!("[{}]", members.join(","))
}

fn edtf_member((first, last): DayRange) -> String {
    let text = |day: Option<Jdn>| day.map_or(String::new(), edtf_day);
    match (first, last) {
        (Some(first), Some(last)) => match whole_unit(first, last) {
            Some(whole) => whole,
            None => format!("{}..{}", edtf_day(first), edtf_day(last)),
        },
        (first, last) => format!("{}..{}", text(first), text(last)),
    }
}

/// The year, month or day that is exactly this range.
fn whole_unit(first: Jdn, last: Jdn) -> Option<String> {
    if first == last {
        return Some(edtf_day(first));
    }
    let date = civil::gregorian_from_jdn(first);
    let calendar = Calendar::Gregorian;
    if calendar.year_days(date.year) == Some((first, last)) {
        return Some(edtf_year(date.year));
    }
    (calendar.month_days(date.year, date.month) == Some((first, last)) && date.year.abs() <= 9999)
        .then(|| format!("{}-{:02}", edtf_year(date.year), date.month))
}

fn edtf_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    if year.abs() > 9999 {
        format!("Y{year}")
    } else {
        format!("{sign}{:04}", year.abs())
    }
}

/// A day as EDTF; beyond the years of four digits only the year can be said.
fn edtf_day(jdn: Jdn) -> String {
    let date = civil::gregorian_from_jdn(jdn);
    if date.year.abs() > 9999 {
        return edtf_year(date.year);
    }
    format!("{}-{:02}-{:02}", edtf_year(date.year), date.month, date.day)
}

/// A shape as EDTF, as near as EDTF comes: a span becomes an interval of its outermost days.
pub fn edtf_of_shape(shape: &Shape) -> String {
    match shape {
        Shape::On(days) | Shape::Throughout(days) => edtf_of(days),
        Shape::Span { from, to } => {
            let end = |days: &Option<Days>, outer: fn(&Days) -> Option<Jdn>| match days {
                None => "..".to_owned(),
                Some(days) => match days.ranges() {
                    [(Some(first), Some(last))] => {
                        whole_unit(*first, *last).or_else(|| outer(days).map(edtf_day))
                    }
                    _ => outer(days).map(edtf_day),
                }
                .unwrap_or_default(),
            };
            format!("{}/{}", end(from, Days::first), end(to, Days::last))
        }
        Shape::All(members) => {
            let texts: Vec<String> = members
                .iter()
                .flat_map(|days| days.ranges())
                .map(|range| edtf_member(*range))
                .collect();
            format!("{{{}}}", texts.join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, read};

    #[test]
    fn exported_edtf_is_valid_and_keeps_gaps() {
        let settings = Settings::default();
        for (text, edtf) in [
            (
                "648 or 658",
                "[0648-01-04..0649-01-03,0658-01-04..0659-01-03]",
            ),
            ("1648 or 1658", "[1648,1658]"),
            ("before 1648", "[..1647-12-31]"),
            ("from 1648 to 1658-05", "1648/1658-05"),
            ("since 1648", "1648/.."),
            ("202 BC", "[-0202-12-28..-0201-12-27]"),
        ] {
            let found = edtf_of_shape(&read(text, &settings).unwrap().shape);
            assert_eq!(found, edtf, "{text}");
            assert!(crate::read_edtf(&found).is_ok(), "{found}");
        }
    }
}
