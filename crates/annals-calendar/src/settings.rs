//! How a project reads its dates: its calendar, its year, and the width of what nobody measured.
//!
//! What comes in: nothing; a [`Settings`] is a plain value that [`crate::read`] takes beside the
//! text. What goes out: the same for every phrase, so that one text always has one reading.

use crate::calendar::Calendar;
use crate::days::Days;
use crate::text::{Kind, Text};

/// On which day a bare or worded year begins.
///
/// Numeric dates such as `1650-02-10` always count from 1 January.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum YearStart {
    /// 1 January.
    #[default]
    January1,
    /// 1 March (Venice): January and February belong to the year before.
    March1,
    /// 25 March after our 1 January (Florence, England to 1751).
    March25After,
    /// 25 March before our 1 January (Pisa).
    March25Before,
    /// Easter Sunday (France): the days before Easter belong to the year before.
    Easter,
    /// 1 September before our 1 January (Byzantium).
    September1,
    /// 25 December before our 1 January (Nativity).
    December25,
    /// Not known whether 1 January or 25 March: both years are possible for the days between.
    Unknown,
}

/// Which months "spring" and its sisters mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Seasons {
    /// Spring is March to May; winter runs from December into February of the next year.
    #[default]
    Months,
    /// Spring is the first to third lunar month of the Chinese year.
    Lunar,
    /// Both, as rival readings.
    Either,
}

/// How a chronicle reads its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The calendar of dates that do not name one.
    pub calendar: Calendar,
    /// The day on which bare and worded years begin.
    pub year_start: YearStart,
    /// Does "between 648 and 658" leave out both ends? Off: both are included.
    pub between_strict: bool,
    /// Is the first day counted too, as in Rome? "The third day after" is then the day after next.
    pub days_inclusive: bool,
    /// The days the chronicle covers, if it says so: they decide between eras of one name.
    pub covers: Option<Days>,
    /// The months of the seasons.
    pub seasons: Seasons,
    /// The widths of vague words.
    pub widths: Widths,
    /// Lands of the project with their calendars, for dates such as `10 February 1700 (Geneva)`.
    /// They come before the lands the library knows ([`Calendar::of_land`]).
    pub lands: Vec<(String, Calendar)>,
    /// The file that sets widths of its own, such as `annals.toml`; named with every assumption
    /// that rests on one.
    pub set_in: Option<String>,
}

/// The widths of words that give none: `c.`, `early`, `some years`.
///
/// Every one is an assumption. It never bounds a date for certain, and the words of a
/// [`crate::Soft`] name it wherever it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Widths {
    /// `c. 630`: years before and after.
    pub circa_years: u32,
    /// `c. 7th century`: years before and after.
    pub circa_century_years: u32,
    /// `c. August 644`, `c. summer 644`: days before and after.
    pub circa_month_days: u32,
    /// `c. 17 September 644`: days before and after.
    pub circa_day_days: u32,
    /// EDTF `~`: how many of its own years, months or days a date is widened by on both sides.
    /// `None`: the mark is kept and widens nothing.
    pub approximate_units: Option<u32>,
    /// EDTF `?`, in the same way.
    pub uncertain_units: Option<u32>,
    /// Are "early" and "late" halves? Off: thirds.
    pub early_late_halves: bool,
    /// "The start of 648", "the end of 648": months of the year.
    pub edge_months: u32,
    /// "The beginning of the 7th century", "the end of the 7th century": years of the century.
    pub edge_years: u32,
    /// "Some days": fewest and most days.
    pub some_days: (u32, u32),
    /// "Some months": fewest and most months.
    pub some_months: (u32, u32),
    /// "Some years": fewest and most years.
    pub some_years: (u32, u32),
    /// "About the same time as": years before and after.
    pub same_time_years: u32,
}

impl Default for Widths {
    fn default() -> Self {
        Widths {
            circa_years: 5,
            circa_century_years: 50,
            circa_month_days: 92,
            circa_day_days: 15,
            approximate_units: None,
            uncertain_units: None,
            early_late_halves: false,
            edge_months: 1,
            edge_years: 10,
            some_days: (2, 9),
            some_months: (2, 11),
            some_years: (2, 9),
            same_time_years: 1,
        }
    }
}

impl YearStart {
    /// The style a text names: `25 March`, `Lady Day`, `Florentine`, `25 March before`, `Pisan`,
    /// `Easter`, `1 September`, `Byzantine`, `25 December`, `1 March`, `1 January`, `unknown`.
    ///
    /// ```
    /// use annals_calendar::YearStart;
    /// assert_eq!(YearStart::parse("25 March"), Some(YearStart::March25After));
    /// assert_eq!(YearStart::parse("pisan style"), Some(YearStart::March25Before));
    /// assert_eq!(YearStart::parse("midsummer"), None);
    /// ```
    pub fn parse(text: &str) -> Option<YearStart> {
        let text = Text::new(text);
        let mut words: Vec<String> = Vec::new();
        for token in &text.tokens {
            words.push(match &token.kind {
                Kind::Number { value, .. } => value.to_string(),
                Kind::Word(word) => word.clone(),
                Kind::Han(_) | Kind::Mark(_) => return None,
            });
        }
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.retain(|word| !matches!(*word, "style" | "year" | "of"));
        Some(match words.as_slice() {
            ["1", "january"] | ["january", "1"] | ["circumcision"] => YearStart::January1,
            ["1", "march"] | ["march", "1"] | ["venetian"] => YearStart::March1,
            ["25", "march"] | ["march", "25"] | ["25", "march", "after"] => YearStart::March25After,
            ["lady", "day"] | ["annunciation"] | ["florentine"] => YearStart::March25After,
            ["25", "march", "before"] | ["pisan"] => YearStart::March25Before,
            ["easter"] => YearStart::Easter,
            ["1", "september"] | ["september", "1"] => YearStart::September1,
            ["25", "december"] | ["december", "25"] | ["christmas"] | ["nativity"] => {
                YearStart::December25
            }
            ["unknown"] => YearStart::Unknown,
            _ => return None,
        })
    }

    /// The style in words that [`YearStart::parse`] reads back.
    pub fn name(self) -> &'static str {
        match self {
            YearStart::January1 => "1 January",
            YearStart::March1 => "1 March",
            YearStart::March25After => "25 March",
            YearStart::March25Before => "25 March before",
            YearStart::Easter => "Easter",
            YearStart::September1 => "1 September",
            YearStart::December25 => "25 December",
            YearStart::Unknown => "unknown",
        }
    }
}

impl Settings {
    /// The words of an assumption, with the file that sets its width where it is not the usual one.
    pub(crate) fn assumed<T: PartialEq>(
        &self,
        words: String,
        width: impl Fn(&Widths) -> T,
    ) -> String {
        match &self.set_in {
            Some(file) if width(&self.widths) != width(&Widths::default()) => {
                format!("{words}, set in {file}")
            }
            _ => words,
        }
    }

    /// The calendar of a land, its own lands before those the library knows.
    pub fn calendar_of_land(&self, land: &str) -> Option<Calendar> {
        let own = self
            .lands
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(land));
        own.map(|(_, calendar)| *calendar)
            .or_else(|| Calendar::of_land(land))
    }

    /// Takes over the calendar that a `calendar` line names, and the style of its year: `julian`,
    /// `historical 1752`, `historical England`, `islamic thursday`, `julian, year from 25 March`.
    ///
    /// ```
    /// use annals_calendar::{Settings, YearStart};
    /// let mut settings = Settings::default();
    /// assert!(settings.set_calendar("historical England, year from 25 March"));
    /// assert_eq!(settings.year_start, YearStart::March25After);
    /// assert!(!settings.set_calendar("lunar"));
    /// ```
    ///
    /// Gives `false`, and changes nothing, where no calendar is named so.
    pub fn set_calendar(&mut self, text: &str) -> bool {
        let (name, style) = match text.split_once(',') {
            Some((name, style)) => (name, Some(style.trim())),
            None => (text, None),
        };
        let name = name.trim();
        let own = name
            .split_once(' ')
            .filter(|(first, _)| first.eq_ignore_ascii_case("historical"))
            .and_then(|(_, land)| self.calendar_of_land(land.trim()));
        let Some(calendar) = own.or_else(|| Calendar::parse(name)) else {
            return false;
        };
        let start = style.map(|style| {
            let words = style.split_once(' ').filter(|(first, _)| *first == "year");
            let rest = words.map_or(style, |(_, rest)| rest.trim());
            YearStart::parse(rest.strip_prefix("from ").unwrap_or(rest))
        });
        match start {
            Some(None) => return false,
            Some(Some(start)) => self.year_start = start,
            None => {}
        }
        self.calendar = calendar;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_read_back() {
        for style in [
            YearStart::January1,
            YearStart::March1,
            YearStart::March25After,
            YearStart::March25Before,
            YearStart::Easter,
            YearStart::September1,
            YearStart::December25,
            YearStart::Unknown,
        ] {
            assert_eq!(YearStart::parse(style.name()), Some(style));
        }
    }

    #[test]
    fn a_land_of_the_project_comes_before_the_known_ones() {
        let mut settings = Settings {
            lands: vec![("Geneva".to_owned(), Calendar::Julian)],
            ..Settings::default()
        };
        assert_eq!(settings.calendar_of_land("geneva"), Some(Calendar::Julian));
        assert!(settings.set_calendar("historical Geneva"));
        assert_eq!(settings.calendar, Calendar::Julian);
        assert!(!settings.set_calendar("historical Atlantis"));
        assert!(!settings.set_calendar("julian, year from midsummer"));
        assert_eq!(settings.calendar, Calendar::Julian);
    }
}
