//! The calendars a written date may belong to.
//!
//! What comes in: a year, month and day of one calendar, or a day number. What goes out: the other
//! of the two. What it refuses: a month or day which that calendar does not have; nothing is ever
//! rolled over into the next month.

mod lands;

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
    /// Sweden's: Julian, a day ahead of it from 1 March 1700 to 30 February 1712, Gregorian from
    /// 1 March 1753.
    Swedish,
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

    /// Every calendar by its own name, the usual variant of each; those of single lands are left
    /// out.
    pub const NAMED: [Calendar; 12] = [
        Calendar::Julian,
        Calendar::Gregorian,
        Calendar::ISLAMIC,
        Calendar::Hebrew,
        Calendar::Byzantine,
        Calendar::Alexandrian,
        Calendar::Coptic,
        Calendar::Ethiopian,
        Calendar::Persian,
        Calendar::Armenian,
        Calendar::Egyptian,
        Calendar::Chinese,
    ];

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
            Calendar::Swedish => swedish_to_jdn(year, month, day),
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
            Calendar::Swedish => swedish_from_jdn(jdn),
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
            Calendar::Swedish => "swedish",
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
    /// `historical England`, `islamic`, `islamic thursday fatimid`, `hebrew` and so on. A switch is
    /// a year, a land or a day (`historical 1752-09-14`), given as the first Gregorian day.
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
                [switch] if switch.starts_with(|c: char| c.is_ascii_digit()) => {
                    parse_switch(switch).map(|switch| Calendar::Historical { switch })
                }
                land => Calendar::of_land(&land.join(" ")),
            };
        }
        if matches!(name, "islamic" | "hijri") {
            return parse_islamic(&rest);
        }
        if !rest.is_empty() {
            return None;
        }
        Some(match name {
            "julian" => Calendar::Julian,
            "gregorian" | "iso" => Calendar::Gregorian,
            "swedish" => Calendar::Swedish,
            "hebrew" | "jewish" => Calendar::Hebrew,
            "coptic" => Calendar::Coptic,
            "ethiopian" | "ethiopic" => Calendar::Ethiopian,
            "persian" => Calendar::Persian,
            "armenian" => Calendar::Armenian,
            "egyptian" | "nabonassar" => Calendar::Egyptian,
            "byzantine" => Calendar::Byzantine,
            "alexandrian" => Calendar::Alexandrian,
            "chinese" => Calendar::Chinese,
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

/// `islamic`, with the weekday its era began on and the name of its leap years, in any order.
fn parse_islamic(words: &[&str]) -> Option<Calendar> {
    let (mut leaps, mut epoch) = (IslamicLeaps::default(), IslamicEpoch::default());
    for word in words {
        match *word {
            "friday" | "civil" => epoch = IslamicEpoch::Friday,
            "thursday" | "astronomical" => epoch = IslamicEpoch::Thursday,
            "16" => leaps = IslamicLeaps::Sixteen,
            "15" => leaps = IslamicLeaps::Fifteen,
            "fatimid" | "bohra" => leaps = IslamicLeaps::Fatimid,
            "habash" => leaps = IslamicLeaps::Habash,
            _ => return None,
        }
    }
    Some(Calendar::Islamic { leaps, epoch })
}

/// From 1 March 1700, when a leap day was left out, Swedish dates ran a day ahead of the Julian
/// ones; a second leap day in 1712 brought them back.
const SWEDISH_AHEAD: (Jdn, Jdn) = (2_342_042, 2_346_425);

fn swedish_to_jdn(year: i64, month: u8, day: u8) -> Option<Jdn> {
    if (year, month, day) == (1712, 2, 30) {
        return Some(SWEDISH_AHEAD.1);
    }
    let gregorian = Calendar::Gregorian.to_jdn(year, month, day);
    let switch = civil::gregorian_to_jdn(1753, 3, 1);
    if let Some(jdn) = gregorian.filter(|jdn| *jdn >= switch) {
        return Some(jdn);
    }
    let julian = Calendar::Julian.to_jdn(year, month, day)?;
    let (first, last) = SWEDISH_AHEAD;
    match julian {
        _ if julian == first => None,
        _ if (first + 1..=last).contains(&julian) => Some(julian - 1),
        _ => Some(julian).filter(|jdn| *jdn < switch),
    }
}

fn swedish_from_jdn(jdn: Jdn) -> Ymd {
    let (first, last) = SWEDISH_AHEAD;
    match jdn {
        _ if jdn == last => Ymd {
            year: 1712,
            month: 2,
            day: 30,
        },
        _ if (first..last).contains(&jdn) => civil::julian_from_jdn(jdn + 1),
        _ if jdn >= civil::gregorian_to_jdn(1753, 3, 1) => civil::gregorian_from_jdn(jdn),
        _ => civil::julian_from_jdn(jdn),
    }
}
