//! Dates of the other calendars: `AH 23`, `10 Muharram 61`, `15 Nisan 4820 AM`.
//!
//! What comes in: tokens. What goes out: a [`Datum`]. Islamic dates are a day wider on both sides,
//! because months were observed; a weekday narrows them.

use crate::calendar::Calendar;
use crate::datum::{Datum, Parsed, Parser};
use crate::days::Days;
use crate::eras::indian;
use crate::grid::Grain;
use crate::reading::{DateError, ErrorKind, Precision};

const COPTIC: [&str; 13] = [
    "thout", "paopi", "hathor", "koiak", "tobi", "meshir", "paremhat", "parmouti", "pashons",
    "paoni", "epip", "mesori", "nesi",
];
const ETHIOPIAN: [&str; 13] = [
    "meskerem", "tikimt", "hidar", "tahsas", "ter", "yekatit", "megabit", "miyazya", "ginbot",
    "sene", "hamle", "nehase", "pagumen",
];
const PERSIAN: [&str; 12] = [
    "farvardin",
    "ordibehesht",
    "khordad",
    "tir",
    "mordad",
    "shahrivar",
    "mehr",
    "aban",
    "azar",
    "dey",
    "bahman",
    "esfand",
];
const HEBREW: [&[&str]; 13] = [
    &["nisan"],
    &["iyar", "iyyar"],
    &["sivan"],
    &["tammuz", "tamuz"],
    &["av", "ab"],
    &["elul"],
    &["tishri", "tishrei"],
    &["heshvan", "cheshvan", "marheshvan", "marcheshvan"],
    &["kislev"],
    &["tevet", "tebet", "teveth"],
    &["shevat", "shebat", "shvat"],
    &["adar", "adari"],
    &["adarii", "veadar"],
];

/// An era marker: which way of counting it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Calendar(Calendar),
    /// `AM`: Jewish, Byzantine or Alexandrian.
    World,
    City,
    Saka,
    Vikrama,
}

impl Parser<'_> {
    /// A date that names one of the other calendars.
    pub(crate) fn other_calendar(&mut self) -> Parsed<Datum> {
        let weekday = self.weekday_name();
        let counted = match self.attempt(Self::olympiad)? {
            Some(datum) => Some(datum),
            None => self.attempt(Self::indiction_alone)?,
        };
        let found = match counted {
            Some(datum) => Some(datum),
            None => match self.attempt(Self::with_foreign_month)? {
                Some(datum) => Some(datum),
                None => self.attempt(Self::with_marker)?,
            },
        };
        Ok(found.map(|datum| match weekday {
            Some(weekday) => self.check_weekday(weekday, datum),
            None => datum,
        }))
    }

    fn marker(&mut self) -> Option<Marker> {
        let dotted: [(&str, &str, Marker); 3] = [
            ("a", "h", Marker::Calendar(Calendar::ISLAMIC)),
            ("a", "m", Marker::World),
            ("v", "s", Marker::Vikrama),
        ];
        for (first, second, marker) in dotted {
            if self.is_word(0, &[first]) && self.is_mark(1, '.') && self.is_word(2, &[second]) {
                self.at += 3;
                let _ = self.eat_mark('.');
                return Some(marker);
            }
        }
        let marker = match self.word(0)? {
            "ah" | "hijri" | "islamic" => Marker::Calendar(Calendar::ISLAMIC),
            "sh" | "ap" | "persian" => Marker::Calendar(Calendar::Persian),
            "hebrew" | "jewish" => Marker::Calendar(Calendar::Hebrew),
            "coptic" => Marker::Calendar(Calendar::Coptic),
            "ethiopian" | "ethiopic" => Marker::Calendar(Calendar::Ethiopian),
            "armenian" => Marker::Calendar(Calendar::Armenian),
            "nabonassar" => Marker::Calendar(Calendar::Egyptian),
            "byzantine" => Marker::Calendar(Calendar::Byzantine),
            "alexandrian" => Marker::Calendar(Calendar::Alexandrian),
            "am" => Marker::World,
            "auc" => Marker::City,
            "saka" | "shaka" => Marker::Saka,
            "vikrama" | "samvat" | "vs" => Marker::Vikrama,
            _ => return None,
        };
        self.at += 1;
        let _ = self.eat_words(&["era", "year"]) || self.eat_word(&["era", "year", "samvat"]);
        Some(marker)
    }

    /// `AH 23`, `23 AH`, `AH 61-01-10`, `AM 6152 (Byzantine)`.
    fn with_marker(&mut self) -> Parsed<Datum> {
        let start = self.at;
        if let Some(marker) = self.marker() {
            if let Marker::Calendar(calendar) = marker {
                let usual = std::mem::replace(&mut self.settings.calendar, calendar);
                let numeric = self.attempt(Self::numeric);
                self.settings.calendar = usual;
                if let Some(datum) = numeric? {
                    return Ok(Some(observed(datum)));
                }
            }
            let Some((year, _)) = self.number(0) else {
                return Ok(None);
            };
            self.at += 1;
            return self.year_by(start, marker, year).map(Some);
        }
        let Some((year, _)) = self.number(0) else {
            return Ok(None);
        };
        self.at += 1;
        let Some(marker) = self.marker() else {
            return Ok(None);
        };
        self.year_by(start, marker, year).map(Some)
    }

    fn year_by(&mut self, start: usize, marker: Marker, year: i64) -> Result<Datum, DateError> {
        if year == 0 {
            return Err(self.error(start, ErrorKind::YearZero, "years of an era begin with 1"));
        }
        let far = self.error(
            start,
            ErrorKind::ImpossibleYear,
            "this year is too far away",
        );
        let found = match marker {
            Marker::Calendar(calendar) => year_datum(calendar, year),
            Marker::City => year_datum(Calendar::Julian, year - 753)
                .map(|datum| datum.note("auc", "counted from 753 BC, the era of Varro")),
            Marker::World => self.world_year(year),
            Marker::Saka => indian(year, 78),
            Marker::Vikrama => indian(year, -57),
        };
        found.ok_or(far)
    }

    /// `10 Muharram 61 AH`, `Muharram AH 61`, `15 Nisan 4820`.
    fn with_foreign_month(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let day = self.number(0).filter(|(_, digits)| *digits <= 2);
        if day.is_some() {
            self.at += 1;
            let _ = self.joined(0) && self.eat_word(&["st", "nd", "rd", "th"]);
            let _ = self.eat_word(&["of"]);
        }
        let Some((calendar, months)) = self.foreign_month() else {
            return Ok(None);
        };
        let _ = self.eat_mark(',');
        let _ = self.eat_word(&["of"]);
        let _ = self.marker();
        let Some((year, _)) = self.number(0) else {
            return Ok(None);
        };
        self.at += 1;
        let _ = self.marker();
        let day = day.map(|(day, _)| u8::try_from(day).unwrap_or(u8::MAX));
        let mut found: Vec<Days> = Vec::new();
        for month in &months {
            let days = match day {
                Some(day) => calendar.to_jdn(year, *month, day).map(Days::day),
                None => calendar
                    .month_days(year, *month)
                    .map(|(a, b)| Days::between(a, b)),
            };
            found.extend(days);
        }
        if found.is_empty() {
            let mut error = self.error(
                start,
                ErrorKind::ImpossibleDay,
                format!("that month of {year} ({}) has no such day", calendar.name()),
            );
            error.readable = months
                .iter()
                .find_map(|month| calendar.month_days(year, *month))
                .map(|(first, last)| Days::between(first, last));
            if let Some((first, last)) = error
                .readable
                .as_ref()
                .and_then(|d| Some((d.first()?, d.last()?)))
            {
                error.suggestion = Some(format!("it has {} days", last - first + 1));
            }
            return Err(error);
        }
        let precision = if day.is_some() {
            Precision::Day
        } else {
            Precision::Month
        };
        let all = crate::datum::union(&found);
        let datum = Datum::new(all, calendar, precision, Grain::Whole);
        Ok(Some(observed(Datum {
            options: found,
            ..datum
        })))
    }

    /// A month of another calendar; two where `Adar` may be either.
    fn foreign_month(&mut self) -> Option<(Calendar, Vec<u8>)> {
        let mut joined = String::new();
        let mut best = None;
        let mut ahead = 0;
        for _ in 0..4 {
            let Some(word) = self.word(ahead) else { break };
            joined.push_str(word);
            ahead += 1;
            if let Some(found) = month_of_name(&joined) {
                best = Some((ahead, found));
            }
            if self.is_mark(ahead, '-') && self.joined(ahead) {
                ahead += 1;
            }
        }
        let (length, found) = best?;
        self.at += length;
        Some(found)
    }
}

fn month_of_name(name: &str) -> Option<(Calendar, Vec<u8>)> {
    if let Some(month) = islamic_month(name) {
        return Some((Calendar::ISLAMIC, vec![month]));
    }
    if let Some(found) = HEBREW.iter().position(|names| names.contains(&name)) {
        let months = if name == "adar" {
            vec![12, 13]
        } else {
            vec![found as u8 + 1]
        };
        return Some((Calendar::Hebrew, months));
    }
    let tables: [(&[&str], Calendar); 3] = [
        (&COPTIC, Calendar::Coptic),
        (&ETHIOPIAN, Calendar::Ethiopian),
        (&PERSIAN, Calendar::Persian),
    ];
    tables.into_iter().find_map(|(names, calendar)| {
        let found = names.iter().position(|month| *month == name)?;
        Some((calendar, vec![found as u8 + 1]))
    })
}

/// The month of a transcribed name; spellings vary, so the telling part decides.
fn islamic_month(name: &str) -> Option<u8> {
    let name = name.strip_suffix('h').unwrap_or(name);
    let first = |rest: &str| matches!(rest, "i" | "1" | "awwal" | "ula" | "oula" | "auwal");
    let second = |rest: &str| {
        matches!(
            rest,
            "ii" | "2" | "thani" | "akhir" | "akhar" | "thaniya" | "akhira" | "sani"
        )
    };
    let article = |rest: &str| -> String {
        ["al", "ul", "ath", "uth", "l"]
            .iter()
            .find_map(|article| rest.strip_prefix(article))
            .unwrap_or(rest)
            .to_owned()
    };
    for (stem, months) in [("rabi", (3, 4)), ("jumada", (5, 6))] {
        if let Some(rest) = name.strip_prefix(stem) {
            let rest = article(rest.trim_start_matches('\u{2bf}'));
            return if first(&rest) {
                Some(months.0)
            } else if second(&rest) {
                Some(months.1)
            } else {
                None
            };
        }
    }
    if name.starts_with("dhu") || name.starts_with("zu") {
        return if name.contains("qad") || name.contains("qid") || name.contains("qaad") {
            Some(11)
        } else if name.contains("hij") {
            Some(12)
        } else {
            None
        };
    }
    Some(match name {
        "muharram" => 1,
        "safar" => 2,
        "rajab" => 7,
        "shaban" | "shaaban" => 8,
        "ramadan" | "ramazan" => 9,
        "shawwal" | "shawal" => 10,
        _ => return None,
    })
}

pub(crate) fn year_datum(calendar: Calendar, year: i64) -> Option<Datum> {
    let (first, last) = calendar.year_days(year)?;
    let grain = Grain::Run { first, last };
    let datum = Datum::new(Days::between(first, last), calendar, Precision::Year, grain);
    Some(observed(datum))
}

/// Islamic months were observed: a day either way, with the reckoned days as the soft reading.
fn observed(datum: Datum) -> Datum {
    if !matches!(datum.calendar, Calendar::Islamic { .. }) || datum.soft.is_some() {
        return datum;
    }
    let days = datum.days();
    let wide = Days::range(
        days.first().map(|day| day - 1),
        days.last().map(|day| day + 1),
    );
    Datum {
        options: vec![wide.unwrap_or_else(|| days.clone())],
        soft: Some((
            "the month read as reckoned, not as observed".to_owned(),
            days,
        )),
        ..datum
    }
    .note(
        "observed-month",
        "an observed month may begin a day earlier or later",
    )
}
