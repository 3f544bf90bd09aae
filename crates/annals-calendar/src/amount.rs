//! Amounts of time: `3 days`, `two months`, `a year`, `some years`.
//!
//! What comes in: text. What goes out: a count of a unit, and the least and the most days it can
//! be. A month has 28 to 31 days and a year 365 or 366 until it is laid on a calendar.

use crate::number::read_number;
use crate::settings::Settings;
use crate::text::{Kind, Text, Token};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// A week of seven days.
    Week,
    /// A month of 28 to 31 days.
    Month,
    /// A year of 365 or 366 days.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// How many of a unit: exactly, or within the width that "some" is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The count; for "some days" the fewest.
    pub count: i64,
    /// The most; equal to `count` unless the amount is vague.
    pub most: i64,
    /// The unit.
    pub unit: Unit,
    /// Is the width an assumption ("some days", "a few years", "about 3 days")?
    pub soft: bool,
}

impl Amount {
    /// The fewest and the most days.
    ///
    /// The bounds are those of whole calendar units in the Julian and Gregorian calendars: two
    /// months are 59 to 62 days, a year is 365 or 366.
    ///
    /// ```
    /// let (amount, _) = annals_calendar::read_amount("two months after").unwrap();
    /// assert_eq!(amount.days(), (59, 62));
    /// ```
    pub fn days(&self) -> (i64, i64) {
        (self.fewest_days(self.count), self.most_days(self.most))
    }

    fn fewest_days(&self, count: i64) -> i64 {
        match self.unit {
            Unit::Day => count,
            Unit::Week => count.saturating_mul(7),
            Unit::Month => months(count, &FEWEST_MONTHS),
            Unit::Year => years(count, false),
            Unit::Decade => years(count.saturating_mul(10), false),
            Unit::Century => years(count.saturating_mul(100), false),
        }
    }

    fn most_days(&self, count: i64) -> i64 {
        match self.unit {
            Unit::Day => count,
            Unit::Week => count.saturating_mul(7),
            Unit::Month => months(count, &MOST_MONTHS),
            Unit::Year => years(count, true),
            Unit::Decade => years(count.saturating_mul(10), true),
            Unit::Century => years(count.saturating_mul(100), true),
        }
    }

    /// The assumption in words, if there is one: `some read as 2 to 9 days`.
    pub fn assumption(&self) -> Option<String> {
        let unit = match self.unit {
            Unit::Day => "days",
            Unit::Week => "weeks",
            Unit::Month => "months",
            Unit::Year => "years",
            Unit::Decade => "decades",
            Unit::Century => "centuries",
        };
        self.soft
            .then(|| format!("read as {} to {} {unit}", self.count, self.most))
    }
}

/// Fewest days from a date to the same date 0 to 11 months on.
const FEWEST_MONTHS: [i64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
/// Most days from a date to the same date 0 to 11 months on.
const MOST_MONTHS: [i64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

fn months(count: i64, table: &[i64; 12]) -> i64 {
    let count = count.clamp(0, FARTHEST_COUNT);
    let whole = years(count / 12, std::ptr::eq(table, &MOST_MONTHS));
    whole + table[(count % 12) as usize]
}

/// No amount counts further (unit: years).
const FARTHEST_COUNT: i64 = 3_000_000_000;

fn years(count: i64, most: bool) -> i64 {
    let count = count.clamp(0, FARTHEST_COUNT);
    if most {
        // Every fourth year at most has a leap day.
        365 * count + (count + 3) / 4
    } else {
        // The Gregorian calendar leaves out leap days, at worst one for each century begun.
        let centuries = if count >= 4 { (count - 4) / 100 + 1 } else { 0 };
        (365 * count + count / 4 - centuries + count / 400).max(365 * count)
    }
}

/// Reads an amount at the start of a text; gives it and the bytes it took.
///
/// `3 days after #fall` gives three days and 6 bytes; a text that starts otherwise gives `None`.
pub fn read_amount(text: &str) -> Option<(Amount, usize)> {
    read_amount_with(text, &Settings::default())
}

/// Like [`read_amount`], with the widths of "some days", "some months" and "some years" that a
/// project has set.
pub fn read_amount_with(text: &str, settings: &Settings) -> Option<(Amount, usize)> {
    let text = Text::new(text);
    let (count, used) = count(&text)?;
    let (unit, end) = unit(text.tokens.get(used)?)?;
    let amount = match count {
        Some(count) => Amount {
            count,
            most: count,
            unit,
            soft: false,
        },
        None => {
            let (fewest, most) = match unit {
                Unit::Day | Unit::Week => settings.widths.some_days,
                Unit::Month => settings.widths.some_months,
                Unit::Year | Unit::Decade | Unit::Century => settings.widths.some_years,
            };
            let (count, most) = (i64::from(fewest.min(most)), i64::from(most.max(fewest)));
            Amount {
                count,
                most,
                unit,
                soft: true,
            }
        }
    };
    Some((amount, end))
}

impl Amount {
    /// So many years, as an assumption.
    pub fn assumed_years(years: u32) -> Amount {
        Amount {
            count: i64::from(years),
            most: i64::from(years),
            unit: Unit::Year,
            soft: true,
        }
    }
}

/// The count (`None` for "some") and how many tokens it took.
fn count(text: &Text<'_>) -> Option<(Option<i64>, usize)> {
    let word = |at: usize| match &text.tokens.get(at)?.kind {
        Kind::Word(word) => Some(word.as_str()),
        _ => None,
    };
    match word(0) {
        Some("a") if word(1) == Some("few") => return Some((None, 2)),
        Some("some" | "several" | "few") => return Some((None, 1)),
        Some("hundred") => return Some((Some(100), 1)),
        _ => {}
    }
    let first = text.tokens.first()?.start;
    let Some((value, used)) = text.raw.get(first..).and_then(read_number) else {
        return matches!(word(0), Some("a" | "an")).then_some((Some(1), 1));
    };
    let after = text
        .tokens
        .partition_point(|token| token.start < first + used);
    Some((Some(i64::try_from(value).unwrap_or(i64::MAX)), after))
}

fn unit(token: &Token) -> Option<(Unit, usize)> {
    let Kind::Word(word) = &token.kind else {
        return None;
    };
    let unit = match word.as_str() {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    };
    Some((unit, token.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_their_days() {
        let days = |text: &str| read_amount(text).unwrap().0.days();
        assert_eq!(days("3 days after #fall"), (3, 3));
        assert_eq!(days("forty-two days"), (42, 42));
        assert_eq!(days("two hundred and fifty days"), (250, 250));
        assert_eq!(days("a dozen days"), (12, 12));
        assert_eq!(days("a hundred days"), (100, 100));
        assert_eq!(days("hundred days"), (100, 100));
        assert_eq!(days("３ days"), (3, 3));
        assert_eq!(days("a year"), (365, 366));
        assert_eq!(days("1 month"), (28, 31));
        assert_eq!(days("13 months"), (393, 397));
        assert_eq!(days("4 years"), (1460, 1461));
        assert_eq!(days("some days"), (2, 9));
        assert_eq!(read_amount("3 days after #fall").unwrap().1, 6);
        assert_eq!(read_amount("3,000 days").unwrap().0.count, 3000);
        assert!(read_amount("some years").unwrap().0.soft);
        assert_eq!(read_amount("644"), None);
    }

    #[test]
    fn the_bounds_of_months_and_years_are_reached_and_not_passed() {
        for count in 1..=30_i64 {
            let month = Amount {
                count,
                most: count,
                unit: Unit::Month,
                soft: false,
            };
            let year = Amount {
                count,
                most: count,
                unit: Unit::Year,
                soft: false,
            };
            for start in 0..4800_i64 {
                let from = crate::gregorian_to_jdn(start.div_euclid(12), (start % 12) as u8 + 1, 1);
                let on = |later: i64| {
                    crate::gregorian_to_jdn(later.div_euclid(12), (later % 12) as u8 + 1, 1)
                };
                let (few, many) = month.days();
                assert!(
                    (few..=many).contains(&(on(start + count) - from)),
                    "{count}"
                );
                let (few, many) = year.days();
                assert!(
                    (few..=many).contains(&(on(start + 12 * count) - from)),
                    "{count}"
                );
            }
        }
    }
}
