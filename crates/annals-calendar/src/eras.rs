//! Eras that only count years: `AM 6152`, `Ol. 87.1`, `Saka 600`, `indiction 2`.
//!
//! What comes in: tokens, or an era's year. What goes out: a [`Datum`] of year precision. Where an
//! era was counted in several ways each is a rival reading. An indiction comes back every fifteen
//! years, so it needs a year beside it or a chronicle that says what it covers.

use crate::calendar::Calendar;
use crate::civil;
use crate::datum::{Datum, Parsed, Parser, Rival};
use crate::days::{Days, Jdn};
use crate::grid::Grain;
use crate::others::year_datum;
use crate::reading::{ErrorKind, Precision};

/// `indiction 2` alone stands for no more years than this.
const MOST_INDICTIONS: usize = 100;

impl Parser<'_> {
    /// `AM 6152`, with the kind in brackets if it is given.
    pub(crate) fn world_year(&mut self, year: i64) -> Option<Datum> {
        let kinds = [
            ("byzantine", "AM (Byzantine)", Calendar::Byzantine),
            ("alexandrian", "AM (Alexandrian)", Calendar::Alexandrian),
            ("hebrew", "AM (Hebrew)", Calendar::Hebrew),
        ];
        if self.is_mark(0, '(') && self.is_mark(2, ')') {
            let said = kinds
                .iter()
                .find(|(word, ..)| self.is_word(1, &[word]))
                .copied();
            if let Some((_, _, calendar)) = said {
                self.at += 3;
                return year_datum(calendar, year);
            }
        }
        let mut readings = Vec::new();
        for (_, words, calendar) in kinds {
            readings.push(Rival::new(
                words,
                year_datum(calendar, year)?.days(),
                calendar,
            ));
        }
        Some(rivals(readings, Calendar::Byzantine))
    }

    /// `Ol. 87.1`, `Olympiad 87`.
    pub(crate) fn olympiad(&mut self) -> Parsed<Datum> {
        if !self.eat_word(&["ol", "olympiad"]) {
            return Ok(None);
        }
        let _ = self.eat_mark('.');
        let Some((count, _)) = self
            .number(0)
            .filter(|(count, _)| (1..10_000).contains(count))
        else {
            return Ok(None);
        };
        self.at += 1;
        let mut first = -775 + 4 * (count - 1);
        let mut last = first + 4;
        let separated = ['.', ',', '/'].iter().any(|mark| self.is_mark(0, *mark));
        if separated && let Some((year @ 1..=4, 1)) = self.number(1) {
            self.at += 2;
            first += year - 1;
            last = first + 1;
        }
        let days = Days::between(
            civil::julian_to_jdn(first, 7, 1),
            civil::julian_to_jdn(last, 7, 31),
        );
        let datum = Datum::new(days, Calendar::Julian, Precision::Year, Grain::Whole);
        Ok(Some(datum.note(
            "olympiad",
            "the year begins at the first full moon after midsummer, here July",
        )))
    }

    /// `indiction 2`, `2nd indiction`: every such year that the chronicle covers.
    pub(crate) fn indiction_alone(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let Some(number) = self.indiction_number() else {
            return Ok(None);
        };
        let covers = self.settings.covers.clone();
        let span = covers.and_then(|days| Some((days.first()?, days.last()?)));
        let years = span.map(|(first, last)| {
            let first = Calendar::Byzantine.from_jdn(first).year;
            let last = Calendar::Byzantine.from_jdn(last).year;
            first + (i64::from(number) - 1 - (first - 1)).rem_euclid(15)..=last
        });
        let options: Vec<Days> = years
            .into_iter()
            .flat_map(|years| years.step_by(15).take(MOST_INDICTIONS + 1))
            .filter_map(|year| Calendar::Byzantine.year_days(year))
            .map(|(first, last)| Days::between(first, last))
            .collect();
        if options.is_empty() || options.len() > MOST_INDICTIONS {
            let message = "an indiction comes back every fifteen years";
            let mut error = self.error(start, ErrorKind::Unsupported, message);
            error.suggestion = Some(format!(
                "write the year too, as in “644, indiction {number}”"
            ));
            return Err(error);
        }
        let all = crate::datum::union(&options);
        let datum = Datum::new(all, Calendar::Byzantine, Precision::Year, Grain::Whole);
        Ok(Some(Datum { options, ..datum }.note(
            "indiction",
            "an indiction runs from 1 September to 31 August and comes back every fifteen years",
        )))
    }

    /// The `, indiction 2` or `(indiction 2)` after a year narrows it to the months in both.
    pub(crate) fn with_indiction(&mut self, datum: Datum) -> Datum {
        let start = self.at;
        let bracket = self.eat_mark('(');
        let _ = !bracket && self.eat_mark(',');
        let number = self.indiction_number();
        let Some(number) = number.filter(|_| !bracket || self.eat_mark(')')) else {
            self.at = start;
            return datum;
        };
        let (Some(first), Some(last)) = (datum.days().first(), datum.days().last()) else {
            return datum;
        };
        let fitting: Vec<Days> = match datum.alternatives.as_slice() {
            [] => in_indiction(&datum.days(), number).into_iter().collect(),
            // It also decides between rival readings.
            rivals => rivals
                .iter()
                .filter_map(|rival| in_indiction(&rival.days, number))
                .collect(),
        };
        if fitting.is_empty() {
            let words = match (indiction(first), indiction(last)) {
                (one, other) if one == other => format!("indiction {one}"),
                (one, other) => format!("indictions {one} and {other}"),
            };
            return datum.lint(
                "indiction",
                format!("this was in {words}, not in indiction {number}"),
            );
        }
        let mut alternatives = datum.alternatives.clone();
        alternatives.retain_mut(|rival| match in_indiction(&rival.days, number) {
            Some(days) => {
                rival.days = days;
                true
            }
            None => false,
        });
        let calendar = match alternatives.as_slice() {
            [only] => only.calendar,
            _ => datum.calendar,
        };
        if alternatives.len() == 1 {
            alternatives.clear();
        }
        Datum {
            options: fitting,
            alternatives,
            calendar,
            grain: Grain::Whole,
            ..datum
        }
        .note(
            "indiction",
            "narrowed to the indiction, which runs from 1 September",
        )
    }

    fn indiction_number(&mut self) -> Option<u8> {
        let start = self.at;
        let ordinal = self.ordinal();
        let found = self.eat_word(&["indiction", "ind"]).then(|| {
            let _ = self.eat_mark('.');
            ordinal.or_else(|| {
                let (number, _) = self.number(0)?;
                self.at += 1;
                Some(number)
            })
        });
        let number = found.flatten().filter(|number| (1..=15).contains(number));
        if number.is_none() {
            self.at = start;
        }
        number.map(|number| number as u8)
    }
}

/// The days of a set that lie in an indiction of this number.
fn in_indiction(days: &Days, number: u8) -> Option<Days> {
    let year = |day: Jdn| Calendar::Byzantine.from_jdn(day).year;
    let mut found: Option<Days> = None;
    for range in days.ranges() {
        let (Some(first), Some(last)) = *range else {
            continue;
        };
        let years = (year(first)..=year(last)).take(MOST_INDICTIONS);
        for (a, b) in years
            .filter(|year| (year - 1).rem_euclid(15) + 1 == i64::from(number))
            .filter_map(|year| Calendar::Byzantine.year_days(year))
        {
            if let Some(part) = Days::between(a.max(first), b.min(last)).intersect(days) {
                found = Some(found.map_or(part.clone(), |found| found.union(&part)));
            }
        }
    }
    found
}

/// An Indian year counted as elapsed or current; it begins in spring, or in autumn in the west.
pub(crate) fn indian(year: i64, offset: i64) -> Option<Datum> {
    if year.abs() > 100_000 {
        return None;
    }
    let span = |first: i64| -> (Jdn, Jdn) {
        (
            civil::julian_to_jdn(first, 3, 1),
            civil::julian_to_jdn(first + 1, 4, 30),
        )
    };
    let (elapsed, current) = (span(year + offset), span(year + offset - 1));
    let mut readings = vec![
        Rival::new(
            "counted as elapsed years",
            Days::between(elapsed.0, elapsed.1),
            Calendar::Julian,
        ),
        Rival::new(
            "counted as the current year",
            Days::between(current.0, current.1),
            Calendar::Julian,
        ),
    ];
    if offset < 0 {
        let first = civil::julian_to_jdn(year + offset, 10, 1);
        let last = civil::julian_to_jdn(year + offset + 1, 11, 30);
        readings.push(Rival::new(
            "elapsed, the year beginning in autumn",
            Days::between(first, last),
            Calendar::Julian,
        ));
    }
    Some(rivals(readings, Calendar::Julian))
}

fn rivals(readings: Vec<Rival>, calendar: Calendar) -> Datum {
    let options: Vec<Days> = readings.iter().map(|rival| rival.days.clone()).collect();
    let all = crate::datum::union(&options);
    let datum = Datum::new(all, calendar, Precision::Year, Grain::Whole);
    Datum {
        alternatives: readings,
        ..datum
    }
}

/// The indiction of a Byzantine year: 1 to 15. The year begins on 1 September.
///
/// ```
/// assert_eq!(annals_calendar::indiction(annals_calendar::julian_to_jdn(313, 9, 1)), 2);
/// ```
pub fn indiction(day: Jdn) -> u8 {
    let year = Calendar::Byzantine.from_jdn(day).year;
    ((year - 1).rem_euclid(15) + 1) as u8
}
