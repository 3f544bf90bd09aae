//! Days, months and years written the Western way: `August 22, 644`, `22 Aug. 644`, `44 BC`.
//!
//! What comes in: tokens. What goes out: a [`Datum`] in the chronicle's calendar and year style.
//! What it refuses: days that do not exist.

use crate::calendar::Calendar;
use crate::civil;
use crate::datum::{Datum, Parsed, Parser, Rival};
use crate::days::Days;
use crate::grid::{self, Grain};
use crate::reading::{DateError, ErrorKind, Precision};
use crate::settings::YearStart;

/// The names of the months of the Western year, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How far a date may look ahead for its year (unit: tokens).
const MOST_INHERITED: usize = 12;

/// A date of which some parts may be missing.
#[derive(Clone, Copy, Debug, Default)]
struct Partial {
    day: Option<u8>,
    month: Option<u8>,
    /// Astronomical.
    year: Option<i64>,
    /// `1649/50`: the year is the later one, counted from 1 January.
    dual: bool,
}

pub(crate) fn month_named(word: &str) -> Option<u8> {
    let full = |name: &&str| name.eq_ignore_ascii_case(word);
    if let Some(found) = MONTHS.iter().position(full) {
        return Some(found as u8 + 1);
    }
    let abbreviated = match word {
        "sept" => "sep",
        "july" | "june" => return None,
        other if other.len() == 3 => other,
        _ => return None,
    };
    MONTHS
        .iter()
        .position(|name| name[..3].eq_ignore_ascii_case(abbreviated))
        .map(|found| found as u8 + 1)
}

impl Parser<'_> {
    /// A day, month or year of the chronicle's own calendar.
    pub(crate) fn western(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let weekday = self.weekday_name();
        let Some(mut partial) = self.partial()? else {
            return Ok(None);
        };
        if partial.year.is_none() {
            partial = match self.inherit(partial)? {
                Some(whole) => whole,
                None if partial.month.is_some() && partial.day.is_some() => {
                    let mut error = self.error(start, ErrorKind::NotADate, "the year is missing");
                    error.suggestion = Some("add it, as in “22 August 644”".to_owned());
                    return Err(error);
                }
                None => return Ok(None),
            };
        }
        let datum = self.complete(start, partial)?;
        Ok(Some(match weekday {
            Some(weekday) => self.check_weekday(weekday, datum),
            None => datum,
        }))
    }

    pub(crate) fn weekday_name(&mut self) -> Option<u8> {
        let word = self.word(0)?;
        let found = civil::WEEKDAYS
            .iter()
            .position(|name| name.eq_ignore_ascii_case(word))?;
        self.at += 1;
        let _ = self.eat_mark(',');
        Some(found as u8)
    }

    /// A weekday decides between days that are otherwise equally possible, and is checked.
    pub(crate) fn check_weekday(&self, weekday: u8, datum: Datum) -> Datum {
        let days = datum.days();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return datum;
        };
        if last - first > 10 {
            return datum;
        }
        let name = civil::WEEKDAYS[usize::from(weekday)];
        let fitting: Vec<Days> = (first..=last)
            .filter(|day| civil::weekday(*day) == weekday && days.contains(*day))
            .map(Days::day)
            .collect();
        if fitting.is_empty() {
            let of = |day| civil::WEEKDAYS[usize::from(civil::weekday(day))];
            let words = match first == last {
                true => format!("this day was a {}, not a {name}", of(first)),
                false => format!(
                    "these days were {} to {}, and none of them a {name}",
                    of(first),
                    of(last)
                ),
            };
            return datum.lint("weekday", words);
        }
        let narrowed = fitting.len() as i64 <= last - first;
        let datum = Datum {
            options: fitting,
            ..datum
        };
        if narrowed {
            datum.note("weekday", format!("{name} decides the day"))
        } else {
            datum
        }
    }

    fn partial(&mut self) -> Parsed<Partial> {
        if let Some(found) = self.attempt(Self::day_first)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.attempt(Self::month_first)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.attempt(Self::hinted_day)? {
            return Ok(Some(found));
        }
        let Some((year, dual)) = self.attempt(Self::year_number)? else {
            return Ok(None);
        };
        Ok(Some(Partial {
            year: Some(year),
            dual,
            ..Partial::default()
        }))
    }

    /// `22 August 644`, `the 22nd of August 644`, `22 to` before `28 August 644`.
    fn day_first(&mut self) -> Parsed<Partial> {
        let Some(day) = self.day_number() else {
            return Ok(None);
        };
        if self.is_connector() {
            return Ok(self.day_of_range().then_some(Partial {
                day: Some(day),
                ..Partial::default()
            }));
        }
        let _ = self.eat_word(&["of"]);
        let Some(month) = self.month_name() else {
            return Ok(None);
        };
        let (year, dual) = self.following_year()?;
        Ok(Some(Partial {
            day: Some(day),
            month: Some(month),
            year,
            dual,
        }))
    }

    /// Looks past the connector: is it followed by another day and a month?
    fn day_of_range(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        let found = self.day_number().is_some() && {
            let _ = self.eat_word(&["of"]);
            self.month_name().is_some()
        };
        self.at = start;
        found
    }

    /// `August 22, 644`, `August 644`, `August of 644`.
    fn month_first(&mut self) -> Parsed<Partial> {
        let Some(month) = self.month_name() else {
            return Ok(None);
        };
        let start = self.at;
        let ordinal = self.eat_word(&["the"]);
        if let Some(day) = self.day_number() {
            let hinted = Some(Partial {
                day: Some(day),
                month: Some(month),
                ..Partial::default()
            });
            if self.is_connector() && !self.is_era(0) {
                self.month_hint = Some(month);
                return Ok(hinted);
            }
            if !self.is_era(0) {
                let (year, dual) = self.following_year()?;
                if year.is_some() || ordinal || self.text.tokens.get(start).is_some() {
                    self.month_hint = Some(month);
                    return Ok(Some(Partial {
                        day: Some(day),
                        month: Some(month),
                        year,
                        dual,
                    }));
                }
            }
        }
        self.at = start;
        let (year, dual) = self.following_year()?;
        if year.is_none() && !self.is_connector() {
            return Ok(None);
        }
        Ok(Some(Partial {
            day: None,
            month: Some(month),
            year,
            dual,
        }))
    }

    /// The `28, 644` of `September 17 to 28, 644`.
    fn hinted_day(&mut self) -> Parsed<Partial> {
        let Some(month) = self.month_hint else {
            return Ok(None);
        };
        let Some(day) = self.day_number() else {
            return Ok(None);
        };
        if !self.is_mark(0, ',') {
            return Ok(None);
        }
        let (year, dual) = self.following_year()?;
        Ok(year.map(|_| Partial {
            day: Some(day),
            month: Some(month),
            year,
            dual,
        }))
    }

    fn is_connector(&self) -> bool {
        self.is_word(0, &["to", "and", "or", "until"]) || self.is_mark(0, '-')
    }

    /// Takes what is missing from the second date of a range.
    fn inherit(&mut self, partial: Partial) -> Parsed<Partial> {
        if !self.is_connector() {
            return Ok(None);
        }
        let start = self.at;
        self.at += 1;
        let other = self.partial()?;
        let other = match other {
            // `May, June or July 644` is as long as such chains get.
            Some(next) if next.year.is_none() && self.at < start + MOST_INHERITED => {
                self.inherit(next)?
            }
            other => other,
        };
        self.at = start;
        Ok(other.map(|other| Partial {
            day: partial.day,
            month: partial.month.or(other.month),
            year: other.year,
            dual: other.dual,
        }))
    }

    /// A number from 1 to 31 with or without an ordinal ending.
    fn day_number(&mut self) -> Option<u8> {
        let Some((value, digits)) = self.number(0) else {
            return self.ordinal_day();
        };
        if digits > 2 || !(1..=31).contains(&value) {
            return None;
        }
        self.at += 1;
        if self.joined(0) {
            let _ = self.eat_word(&["st", "nd", "rd", "th"]);
        }
        Some(value as u8)
    }

    /// `tenth` before `of July`, `twenty-first` before `July`.
    fn ordinal_day(&mut self) -> Option<u8> {
        let start = self.at;
        let found = self.ordinal().filter(|day| (1..=31).contains(day));
        let month = usize::from(self.is_word(0, &["of"]));
        let named = self
            .word(month)
            .is_some_and(|word| month_named(word).is_some());
        let Some(day) = found.filter(|_| named) else {
            self.at = start;
            return None;
        };
        u8::try_from(day).ok()
    }

    fn month_name(&mut self) -> Option<u8> {
        let month = month_named(self.word(0)?)?;
        self.at += 1;
        if self.is_mark(0, '.') && self.joined(0) {
            self.at += 1;
        }
        Some(month)
    }

    fn following_year(&mut self) -> Result<(Option<i64>, bool), DateError> {
        let found = self.attempt(|parser| {
            let _ = parser.eat_mark(',');
            let _ = parser.eat_word(&["of", "in"]);
            let _ = parser.eat_words(&["the", "year"]);
            parser.year_number()
        })?;
        Ok(found.map_or((None, false), |(year, dual)| (Some(year), dual)))
    }

    /// Turns a complete date into days, or says why there are none.
    fn complete(&mut self, start: usize, partial: Partial) -> Result<Datum, DateError> {
        let Some(year) = partial.year else {
            return Err(self.not_a_date());
        };
        let calendar = match self.settings.calendar {
            Calendar::Chinese => Calendar::default(),
            // A Western month name is never a month of an Eastern calendar.
            other if partial.month.is_some() && !is_western(other) => Calendar::default(),
            other => other,
        };
        let Some(month) = partial.month else {
            let year = if partial.dual { year - 1 } else { year };
            let last = year + i64::from(partial.dual);
            let days = grid::years(year, last, &self.settings);
            let grain = Grain::Years {
                first: year,
                last,
                precision: Precision::Year,
            };
            return Ok(self.unknown_style(Datum::new(days, calendar, Precision::Year, grain), year));
        };
        let styled = if partial.dual {
            vec![year]
        } else {
            self.styled_years(year, month)
        };
        let mut found: Option<Days> = None;
        for candidate in &styled {
            let days = match partial.day {
                Some(day) => calendar.to_jdn(*candidate, month, day).map(Days::day),
                None => calendar
                    .month_days(*candidate, month)
                    .map(|(first, last)| Days::between(first, last)),
            };
            let within = self.style_window(year, partial.dual);
            let days = days.and_then(|days| days.intersect(&within));
            found = match (found, days) {
                (Some(a), Some(b)) => Some(a.union(&b)),
                (a, b) => a.or(b),
            };
        }
        let Some(days) = found else {
            return Err(self.impossible_day(start, calendar, year, month, partial.day));
        };
        Ok(match partial.day {
            Some(_) => Datum::new(days, calendar, Precision::Day, Grain::Whole),
            None => {
                let grain = Grain::Months {
                    calendar,
                    year,
                    first: month,
                    count: 1,
                };
                Datum::new(days, calendar, Precision::Month, grain)
            }
        })
    }

    fn styled_years(&self, year: i64, month: u8) -> Vec<i64> {
        match self.settings.year_start {
            YearStart::January1 => vec![year],
            YearStart::Unknown if month <= 3 => vec![year, year + 1],
            YearStart::Unknown => vec![year],
            _ => vec![year - 1, year, year + 1],
        }
    }

    fn style_window(&self, year: i64, dual: bool) -> Days {
        match self.settings.year_start {
            YearStart::Unknown => {
                let end = civil::julian_to_jdn(year + 1, 3, 24);
                Days::between(grid::year_days(year, &self.settings).0, end)
            }
            YearStart::January1 => Days::all(),
            _ if dual => Days::all(),
            _ => grid::years(year, year, &self.settings),
        }
    }

    /// Where the style is not known, the year may run to 24 March of the next.
    fn unknown_style(&self, datum: Datum, year: i64) -> Datum {
        if self.settings.year_start != YearStart::Unknown || !is_western(self.settings.calendar) {
            return datum;
        }
        let (first, last) = grid::year_days(year, &self.settings);
        let lady_day = self.settings.calendar.to_jdn(year, 3, 25);
        let next = self.settings.calendar.to_jdn(year + 1, 3, 24);
        let (Some(lady_day), Some(next)) = (lady_day, next) else {
            return datum;
        };
        let alternatives = vec![
            Rival::new(
                "the year begins on 1 January",
                Days::between(first, last),
                datum.calendar,
            ),
            Rival::new(
                "the year begins on 25 March",
                Days::between(lady_day, next),
                datum.calendar,
            ),
        ];
        Datum {
            options: vec![Days::between(first, next)],
            alternatives,
            ..datum
        }
    }

    pub(crate) fn impossible_day(
        &self,
        start: usize,
        calendar: Calendar,
        year: i64,
        month: u8,
        day: Option<u8>,
    ) -> DateError {
        let name = MONTHS[usize::from(month.clamp(1, 12)) - 1];
        let shown = crate::print::year_words(year);
        let Some((first, last)) = calendar.month_days(year, month) else {
            return self.error(
                start,
                ErrorKind::ImpossibleYear,
                "this year is too far away",
            );
        };
        let length = calendar.from_jdn(last).day;
        let day = day.unwrap_or(0);
        let dropped = day <= length;
        let message = if dropped {
            format!("{day} {name} {shown} was left out when the Gregorian calendar began")
        } else {
            format!("{name} {shown} has only {length} days")
        };
        let mut error = self.error(start, ErrorKind::ImpossibleDay, message);
        error.readable = Some(Days::between(first, last));
        error.suggestion = Some(if dropped {
            let switch = match calendar {
                Calendar::Historical { switch } => switch,
                _ => first,
            };
            let (a, b) = (calendar.from_jdn(switch - 1), calendar.from_jdn(switch));
            format!(
                "the nearest days are {} and {} {name}; or name the calendar",
                a.day, b.day
            )
        } else {
            let next = calendar.from_jdn(last + 1);
            let next_name = MONTHS[usize::from(next.month.clamp(1, 12)) - 1];
            format!(
                "the nearest days are {length} {name} and {} {next_name}",
                next.day
            )
        });
        error
    }
}

pub(crate) fn is_western(calendar: Calendar) -> bool {
    matches!(
        calendar,
        Calendar::Historical { .. } | Calendar::Swedish | Calendar::Julian | Calendar::Gregorian
    )
}
