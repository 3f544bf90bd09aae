//! The calendars a written date may belong to, and the settings a project reads dates with.
//!
//! What comes in: a year, month and day of one calendar, or a day number. What goes out: the other
//! of the two. What it refuses: a month or day which that calendar does not have; nothing is ever
//! rolled over into the next month.

use crate::arithmetic;
use crate::civil::{self, FARTHEST_YEAR, Ymd};
use crate::days::{Days, Jdn};

/// The first Gregorian day in the lands that followed the bull of 1582: Friday 15 October.
pub const SWITCH_1582: Jdn = 2_299_161;

/// A calendar with its own years, months and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// Julian before the day `switch`, Gregorian from it on. The switch differs from land to land.
    Historical {
        /// The first day counted by the Gregorian calendar.
        switch: Jdn,
    },
    /// Julian, also after 1582 and before it was introduced.
    Julian,
    /// Gregorian, also before 1582.
    Gregorian,
    /// Tabular Islamic: an arithmetic stand-in for an observed month, right within a day or two.
    Islamic {
        /// Which years of the cycle of thirty have a leap day.
        leaps: IslamicLeaps,
        /// The day that begins the year 1.
        epoch: IslamicEpoch,
    },
    /// The fixed Jewish calendar; months counted from Nisan (1) to Adar (12) or second Adar (13).
    Hebrew,
    /// Coptic, Era of the Martyrs (29 August 284).
    Coptic,
    /// Ethiopian, Incarnation era (29 August 8).
    Ethiopian,
    /// Solar Hijri by the rule of thirty-three years; the observed calendar may differ by a day.
    Persian,
    /// Armenian moving year of 365 days, era of 11 July 552.
    Armenian,
    /// Egyptian moving year of 365 days, era of Nabonassar (26 February 747 BC).
    Egyptian,
    /// Byzantine year of the world: Julian months, the year begins on 1 September 5509 BC.
    Byzantine,
    /// Alexandrian year of the world: Alexandrian months, the year begins on 29 August 5493 BC.
    Alexandrian,
    /// The Chinese lunar calendar as the tables have it; only readings carry this value.
    Chinese,
}

/// Which years of the Islamic cycle of thirty have 355 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IslamicLeaps {
    /// 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29: the usual set.
    #[default]
    Sixteen,
    /// 2, 5, 7, 10, 13, 15, 18, 21, 24, 26, 29.
    Fifteen,
    /// 2, 5, 8, 10, 13, 16, 19, 21, 24, 27, 29: Fatimid and Bohra use.
    Fatimid,
    /// 2, 5, 8, 11, 13, 16, 19, 21, 24, 27, 30: Habash al-Hasib.
    Habash,
}

/// The day on which Muharram of the year 1 begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IslamicEpoch {
    /// Friday 16 July 622: the civil reckoning.
    #[default]
    Friday,
    /// Thursday 15 July 622: the astronomers' reckoning.
    Thursday,
}

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

/// How a chronicle reads its dates. Every width here is an assumption and is named when used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The calendar of dates that do not name one.
    pub calendar: Calendar,
    /// The day on which bare and worded years begin.
    pub year_start: YearStart,
    /// Half width of `c. 630`, in years.
    pub circa_years: u32,
    /// Does "between 648 and 658" leave out both ends? Off: both are included.
    pub between_strict: bool,
    /// Are "early" and "late" halves? Off: thirds.
    pub early_late_halves: bool,
    /// The days the chronicle covers, if it says so: they decide between eras of one name.
    pub covers: Option<Days>,
    /// The months of the seasons.
    pub seasons: Seasons,
    /// "Some days": fewest and most days.
    pub some_days: (u32, u32),
    /// "Some months": fewest and most months.
    pub some_months: (u32, u32),
    /// "Some years": fewest and most years.
    pub some_years: (u32, u32),
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            calendar: Calendar::default(),
            year_start: YearStart::January1,
            circa_years: 5,
            between_strict: false,
            early_late_halves: false,
            covers: None,
            seasons: Seasons::Months,
            some_days: (2, 9),
            some_months: (2, 11),
            some_years: (2, 9),
        }
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar::Historical {
            switch: SWITCH_1582,
        }
    }
}

impl Calendar {
    /// The usual tabular Islamic calendar.
    pub const ISLAMIC: Calendar = Calendar::Islamic {
        leaps: IslamicLeaps::Sixteen,
        epoch: IslamicEpoch::Friday,
    };

    /// The day number of a date, or `None` if this calendar has no such day.
    ///
    /// ```
    /// use annals_calendar::Calendar;
    /// assert_eq!(Calendar::Julian.to_jdn(649, 7, 10), Some(1_958_296));
    /// assert_eq!(Calendar::Gregorian.to_jdn(649, 2, 29), None);
    /// assert_eq!(Calendar::default().to_jdn(1582, 10, 10), None);
    /// ```
    pub fn to_jdn(self, year: i64, month: u8, day: u8) -> Option<Jdn> {
        if year.abs() > FARTHEST_YEAR || month == 0 || day == 0 {
            return None;
        }
        match self {
            Calendar::Historical { switch } => {
                let gregorian = Calendar::Gregorian.to_jdn(year, month, day);
                let julian = Calendar::Julian.to_jdn(year, month, day);
                gregorian
                    .filter(|jdn| *jdn >= switch)
                    .or_else(|| julian.filter(|jdn| *jdn < switch))
            }
            Calendar::Julian => (month <= 12
                && day <= civil::month_length(civil::julian_leap(year), month))
            .then(|| civil::julian_to_jdn(year, month, day)),
            Calendar::Gregorian => (month <= 12
                && day <= civil::month_length(civil::gregorian_leap(year), month))
            .then(|| civil::gregorian_to_jdn(year, month, day)),
            Calendar::Chinese => None,
            other => arithmetic::to_jdn(other, year, month, day),
        }
    }

    /// The date of a day. For [`Calendar::Chinese`], which needs its tables, the Julian date.
    pub fn from_jdn(self, jdn: Jdn) -> Ymd {
        match self {
            Calendar::Historical { switch } if jdn >= switch => civil::gregorian_from_jdn(jdn),
            Calendar::Historical { .. } | Calendar::Julian | Calendar::Chinese => {
                civil::julian_from_jdn(jdn)
            }
            Calendar::Gregorian => civil::gregorian_from_jdn(jdn),
            other => arithmetic::from_jdn(other, jdn),
        }
    }

    /// How many months this year has.
    pub fn months_in_year(self, year: i64) -> u8 {
        match self {
            Calendar::Hebrew if arithmetic::hebrew_leap(year) => 13,
            Calendar::Coptic
            | Calendar::Ethiopian
            | Calendar::Armenian
            | Calendar::Egyptian
            | Calendar::Alexandrian => 13,
            _ => 12,
        }
    }

    /// First and last day of a month, or `None` if there is no such month.
    pub fn month_days(self, year: i64, month: u8) -> Option<(Jdn, Jdn)> {
        let first = (1..=31).find_map(|day| self.to_jdn(year, month, day))?;
        let last = (1..=31)
            .rev()
            .find_map(|day| self.to_jdn(year, month, day))?;
        Some((first, last))
    }

    /// First and last day of a year counted from the calendar's own new year.
    pub fn year_days(self, year: i64) -> Option<(Jdn, Jdn)> {
        match self {
            Calendar::Hebrew | Calendar::Islamic { .. } | Calendar::Byzantine => {
                let first = arithmetic::new_year(self, year)?;
                let next = arithmetic::new_year(self, year.checked_add(1)?)?;
                Some((first, next - 1))
            }
            _ => {
                let months = self.months_in_year(year);
                let first = (1..=months).find_map(|month| self.month_days(year, month))?;
                let last = (1..=months)
                    .rev()
                    .find_map(|month| self.month_days(year, month))?;
                Some((first.0, last.1))
            }
        }
    }

    /// All days of a year; years too far out to count are open on the far side.
    pub fn year(self, year: i64) -> Days {
        match self.year_days(year) {
            Some((first, last)) => Days::between(first, last),
            None if year > 0 => Days::since(crate::days::FARTHEST_DAY),
            None => Days::until(-crate::days::FARTHEST_DAY),
        }
    }

    /// The calendar's name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Calendar::Historical { .. } => "historical",
            Calendar::Julian => "julian",
            Calendar::Gregorian => "gregorian",
            Calendar::Islamic { .. } => "islamic",
            Calendar::Hebrew => "hebrew",
            Calendar::Coptic => "coptic",
            Calendar::Ethiopian => "ethiopian",
            Calendar::Persian => "persian",
            Calendar::Armenian => "armenian",
            Calendar::Egyptian => "egyptian",
            Calendar::Byzantine => "byzantine",
            Calendar::Alexandrian => "alexandrian",
            Calendar::Chinese => "chinese",
        }
    }

    /// The calendar a directive names: `julian`, `gregorian`, `historical`, `historical 1752`,
    /// `islamic`, `hebrew` and so on. A switch is a year or a day (`historical 1752-09-14`), given
    /// as the first Gregorian day.
    pub fn parse(text: &str) -> Option<Calendar> {
        let lower = text.trim().to_ascii_lowercase();
        let mut words = lower.split_whitespace();
        let name = words.next()?;
        let rest: Vec<&str> = words
            .filter(|word| !matches!(*word, "from" | "to"))
            .collect();
        if matches!(name, "historical" | "julian-gregorian" | "mixed") {
            return match rest.as_slice() {
                [] => Some(Calendar::default()),
                [switch] => parse_switch(switch).map(|switch| Calendar::Historical { switch }),
                _ => None,
            };
        }
        if !rest.is_empty() {
            return None;
        }
        Some(match name {
            "julian" => Calendar::Julian,
            "gregorian" | "iso" => Calendar::Gregorian,
            "islamic" | "hijri" => Calendar::ISLAMIC,
            "hebrew" | "jewish" => Calendar::Hebrew,
            "coptic" => Calendar::Coptic,
            "ethiopian" | "ethiopic" => Calendar::Ethiopian,
            "persian" => Calendar::Persian,
            "armenian" => Calendar::Armenian,
            "egyptian" => Calendar::Egyptian,
            "byzantine" => Calendar::Byzantine,
            "alexandrian" => Calendar::Alexandrian,
            _ => return None,
        })
    }
}

/// The first Gregorian day of a switch: a full date, or a year for the lands that are well known.
fn parse_switch(text: &str) -> Option<Jdn> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        ["1582"] => Some(SWITCH_1582),
        ["1752"] => Calendar::Gregorian.to_jdn(1752, 9, 14),
        ["1700"] => Calendar::Gregorian.to_jdn(1700, 3, 1),
        ["1918"] => Calendar::Gregorian.to_jdn(1918, 2, 14),
        [year, month, day] => {
            Calendar::Gregorian.to_jdn(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}
