//! A year and its era: `AD 644`, `44 B.C.`, `1649/50`.
//!
//! What comes in: tokens. What goes out: an astronomical year. What it refuses: the year 0, and
//! `10/2/649`, whose order nobody knows.

use crate::datum::{Parsed, Parser};
use crate::reading::{DateError, ErrorKind};

/// Words that make a number an amount and no year.
const UNITS: [&str; 12] = [
    "day", "days", "night", "nights", "week", "weeks", "month", "months", "year", "years",
    "decades", "decade",
];

impl Parser<'_> {
    /// A year with its era, as an astronomical number, and whether it was dual (`1649/50`).
    pub(crate) fn year_number(&mut self) -> Parsed<(i64, bool)> {
        let start = self.at;
        let _ = self.eat_words(&["the", "year"]) || self.eat_word(&["year"]);
        let leading = self.era();
        let Some((value, _)) = self.number(0) else {
            return Ok(None);
        };
        self.at += 1;
        let value = self.thousands(value);
        let dual = self.dual_year(value);
        if self.is_word(0, &UNITS) || (self.joined(0) && self.is_word(0, &["s", "st", "nd", "th"]))
        {
            return Ok(None);
        }
        if self.is_mark(0, '\'') && self.joined(0) {
            return Ok(None);
        }
        self.refuse_numeric(start)?;
        let trailing = if leading.is_none() { self.era() } else { None };
        let before_christ = match leading.or(trailing) {
            Some(era) => era,
            None => self.later_era_is_bc(value),
        };
        if value == 0 {
            let mut error = self.error(start, ErrorKind::YearZero, "there is no year 0");
            error.suggestion = Some("the year before AD 1 is “1 BC”".to_owned());
            return Err(error);
        }
        let year = if before_christ {
            1 - value
        } else {
            value + i64::from(dual)
        };
        Ok(Some((year, dual)))
    }

    /// `5,000 BC`: only with an era after it, because a comma also joins dates.
    fn thousands(&mut self, value: i64) -> i64 {
        let grouped = self.is_mark(0, ',') && self.joined(0) && self.joined(1);
        match self.number(1) {
            Some((low, 3)) if grouped && (1..1000).contains(&value) && self.is_era(2) => {
                self.at += 2;
                1000 * value + low
            }
            _ => value,
        }
    }

    /// `1649/50` and `1699/1700`: the second number is the next year.
    fn dual_year(&mut self, value: i64) -> bool {
        let Some((second, digits)) = self.number(1) else {
            return false;
        };
        let base = 10_i64.pow(digits.min(4) as u32);
        let follows =
            value > 99 && (value + 1) % base == second && self.joined(0) && self.joined(1);
        let dual = self.is_mark(0, '/') && follows && !self.is_mark(2, '/');
        if dual {
            self.at += 2;
        }
        dual
    }

    /// Three numbers with strokes or points between them have no order of their own.
    fn refuse_numeric(&mut self, start: usize) -> Result<(), DateError> {
        let stroke = |parser: &Self, ahead: usize| {
            (parser.is_mark(ahead, '/') || parser.is_mark(ahead, '.'))
                && parser.joined(ahead)
                && parser.joined(ahead + 1)
                && parser.number(ahead + 1).is_some()
        };
        if !stroke(self, 0) {
            return Ok(());
        }
        self.at += 2;
        if stroke(self, 0) {
            self.at += 2;
        }
        let mut error = self.error(
            start,
            ErrorKind::AmbiguousNumbers,
            "it is not known which of these numbers is the day and which the month",
        );
        error.suggestion = Some(
            "write 649-02-10, 10 February 649, or the era of a lunar date (Zhenguan 18.8.11)"
                .to_owned(),
        );
        Err(error)
    }

    /// `BC` and its kin: true for years before Christ.
    pub(crate) fn era(&mut self) -> Option<bool> {
        let letters: [(&[&str], bool); 6] = [
            (&["b", "c", "e"], true),
            (&["b", "c"], true),
            (&["c", "e"], false),
            (&["a", "d"], false),
            (&["bc", "bce"], true),
            (&["ad", "ce"], false),
        ];
        for (index, (parts, before_christ)) in letters.iter().enumerate() {
            if index >= 4 {
                if self.eat_word(parts) {
                    return Some(*before_christ);
                }
            } else if self.dotted(parts) {
                return Some(*before_christ);
            }
        }
        None
    }

    /// `B.C.E.` and the like, each letter with its point.
    fn dotted(&mut self, letters: &[&str]) -> bool {
        let start = self.at;
        for (index, letter) in letters.iter().enumerate() {
            let last = index + 1 == letters.len();
            if !self.eat_word(&[letter]) || !(self.eat_mark('.') || last) {
                self.at = start;
                return false;
            }
        }
        true
    }

    pub(crate) fn is_era(&self, ahead: usize) -> bool {
        self.is_word(ahead, &["bc", "bce", "ad", "ce"])
            || (self.is_word(ahead, &["b", "a", "c"]) && self.is_mark(ahead + 1, '.'))
    }

    /// `50 to 40 BC`, `44 or 43 BC`: the era is said once, at the end.
    fn later_era_is_bc(&self, value: i64) -> bool {
        if !(self.is_word(0, &["to", "or", "and"]) || self.is_mark(0, '-')) {
            return false;
        }
        let ahead = 1 + usize::from(self.is_word(1, &["c", "ca", "circa"]));
        let ahead = ahead + usize::from(self.is_mark(ahead, '.'));
        let Some((next, _)) = self.number(ahead) else {
            return false;
        };
        let bc = self.is_word(ahead + 1, &["bc", "bce"])
            || (self.is_word(ahead + 1, &["b"]) && self.is_mark(ahead + 2, '.'));
        bc && value >= next
    }
}
