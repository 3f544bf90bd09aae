//! Dates in numbers with hyphens: `644-09-17`, `644-09`, `202-03-01 BC`.
//!
//! What comes in: tokens. What goes out: a [`Datum`]; years need no padding and always begin on
//! 1 January. What it refuses: `1914-18`, which is no month.

use crate::calendar::Calendar;
use crate::datum::{Datum, Parsed, Parser};
use crate::days::Days;
use crate::grid::{self, Grain};
use crate::reading::{DateError, ErrorKind, Precision};
use crate::text::Kind;

impl Parser<'_> {
    /// Numbers with hyphens: `644-09-17`, `644-09`, `-0208-03`. Years need no padding here.
    pub(crate) fn numeric(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let negative = self.is_mark(0, '-') && self.joined(1) && self.number(1).is_some();
        self.at += usize::from(negative);
        let Some((value, year_digits)) = self.number(0) else {
            return Ok(None);
        };
        let part = |parser: &Self, ahead: usize| {
            let dash =
                parser.is_mark(ahead, '-') && parser.joined(ahead) && parser.joined(ahead + 1);
            parser
                .number(ahead + 1)
                .filter(|(_, digits)| dash && *digits <= 2)
        };
        let month = part(self, 1);
        let day = month.and_then(|_| part(self, 3));
        if month.is_none() && !negative {
            return Ok(None);
        }
        let name = self.word(3).and_then(crate::western::month_named);
        if day.is_none() && year_digits <= 2 && name.is_some() {
            // `10-12 August`: these are days.
            return Ok(None);
        }
        self.at += 1 + 2 * usize::from(month.is_some()) + 2 * usize::from(day.is_some());
        if matches!(self.kind(0), Some(Kind::Mark('/'))) && self.joined(0) {
            return Ok(None);
        }
        if negative && self.is_era(0) {
            let message = "a minus sign and an era say two things at once";
            let mut error = self.error(start, ErrorKind::Unsupported, message);
            error.suggestion = Some(format!(
                "a minus sign counts a year 0: -{value} is {} BC; write “{} BC” or “{value} BC”",
                value + 1,
                value + 1
            ));
            return Err(error);
        }
        let bc = !negative && self.era() == Some(true);
        let year = if negative {
            -value
        } else if bc {
            1 - value
        } else {
            value
        };
        if value == 0 && (bc || month.is_none()) {
            let mut error = self.error(start, ErrorKind::YearZero, "there is no year 0");
            error.suggestion = Some("the year before AD 1 is “1 BC”".to_owned());
            return Err(error);
        }
        let Some((month, month_digits)) = month else {
            let grain = Grain::Years {
                first: year,
                last: year,
                precision: Precision::Year,
            };
            let days = grid::years(year, year, &self.settings);
            let datum = Datum::new(days, self.settings.calendar, Precision::Year, grain);
            return Ok(Some(signed(datum, year)));
        };
        self.check_abbreviated(start, (value, year_digits), (month, month_digits), day)?;
        let datum = self.numeric_parts(start, year, month, day.map(|(value, _)| value))?;
        let signed = if negative || value == 0 {
            signed(datum, year)
        } else {
            datum
        };
        Ok(Some(signed))
    }

    /// `1914-18` is a span of years in many books, but not here.
    fn check_abbreviated(
        &self,
        start: usize,
        (year, _): (i64, usize),
        (month, digits): (i64, usize),
        day: Option<(i64, usize)>,
    ) -> Result<(), DateError> {
        if day.is_some() || (digits == 2 && (1..=12).contains(&month)) {
            return Ok(());
        }
        let base = if digits == 1 { 10 } else { 100 };
        let last = year - year.rem_euclid(base) + month;
        let mut error = self.error(
            start,
            ErrorKind::ImpossibleMonth,
            format!("there is no month {month:02}, and a range is not written with a hyphen"),
        );
        if last > year {
            error.suggestion = Some(format!("for a range write “{year} to {last}”"));
        }
        Err(error)
    }

    fn numeric_parts(
        &self,
        start: usize,
        year: i64,
        month: i64,
        day: Option<i64>,
    ) -> Result<Datum, DateError> {
        let calendar = self.settings.calendar;
        let month = u8::try_from(month).unwrap_or(0);
        if calendar == Calendar::Chinese {
            return self.lunar_numbers(start, year, month, day);
        }
        let Some((first, last)) = calendar.month_days(year, month) else {
            let message = format!("there is no month {month:02}");
            let mut error = self.error(start, ErrorKind::ImpossibleMonth, message);
            error.suggestion = (month == 0).then(|| {
                "databases write 00 where a part is not known; leave that part out".to_owned()
            });
            return Err(error);
        };
        let Some(day) = day else {
            let grain = Grain::Months {
                calendar,
                year,
                first: month,
                count: 1,
            };
            let days = Days::between(first, last);
            return Ok(Datum::new(days, calendar, Precision::Month, grain));
        };
        let day = u8::try_from(day).unwrap_or(u8::MAX);
        match calendar.to_jdn(year, month, day) {
            Some(jdn) => Ok(Datum::day(jdn, calendar)),
            None => Err(self.impossible_day(start, calendar, year, month, Some(day))),
        }
    }
}

impl Parser<'_> {
    /// `644-08-11` where the calendar is Chinese: the eighth lunar month of the year that mostly
    /// lies in 644.
    fn lunar_numbers(
        &self,
        start: usize,
        year: i64,
        month: u8,
        day: Option<i64>,
    ) -> Result<Datum, DateError> {
        let calendar = Calendar::Chinese;
        let Some(days) = crate::china::lunar_months(year, month, month) else {
            let message = format!("there is no lunar month {month} of {year}");
            return Err(self.error(start, ErrorKind::ImpossibleMonth, message));
        };
        let Some(day) = day else {
            let grain = crate::vague::run(&days);
            return Ok(Datum::new(days, calendar, Precision::Month, grain));
        };
        let number = u8::try_from(day).unwrap_or(u8::MAX);
        match crate::china::lunar_namesake(year, month, number) {
            Some(jdn) => Ok(Datum::day(jdn, calendar)),
            None => {
                let message = format!("lunar month {month} of {year} has no day {day}");
                let mut error = self.error(start, ErrorKind::ImpossibleDay, message);
                error.readable = Some(days);
                Err(error)
            }
        }
    }
}

/// Says what a year with a minus sign or the year 0000 means.
pub(crate) fn signed(datum: Datum, year: i64) -> Datum {
    let words = format!(
        "{year:04} counts a year 0, so it is {}",
        crate::print::year_words(year)
    );
    datum.lint("astronomical-year", words)
}
