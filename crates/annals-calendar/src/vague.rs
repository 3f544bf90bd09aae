//! Vague dates: `c. 630`, `early 644`, `late summer 644`, `the 790s`, `first half of the 7th
//! century`, `winter 648-9`.
//!
//! What comes in: tokens. What goes out: a [`Datum`]. Stated bounds are hard; the width of `c.`,
//! `early` or `the end of` is an assumption, so it is soft and says so in words.

use crate::datum::{Datum, Parsed, Parser, Rival};
use crate::days::{Days, Jdn};
use crate::grid::{self, Grain};
use crate::reading::{ErrorKind, Precision};

/// A part that a phrase cuts out of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// From/to/of how many pieces; exact.
    Exact(i64, i64, i64),
    Early,
    Middle,
    Late,
    Start,
    End,
}

const ORDINALS: [&str; 30] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
    "twentyeighth",
    "twentyninth",
    "thirtieth",
];

impl Parser<'_> {
    /// One date with its vague words, if any.
    pub(crate) fn date(&mut self) -> Parsed<Datum> {
        self.attempt(|parser| {
            let _ = !parser.is_word(1, &["year"]) && parser.eat_word(&["the"]);
            if parser.eat_words(&["any", "day"]) {
                let calendar = parser.settings.calendar;
                return Ok(Some(Datum::new(
                    Days::all(),
                    calendar,
                    Precision::Open,
                    Grain::Whole,
                )));
            }
            let night = parser.time_of_day();
            let doubted = parser.eat_word(&["probably", "perhaps", "possibly"]);
            let circa = parser.circa();
            let datum = match parser.attempt(Self::cut_date)? {
                Some(datum) => Some(datum),
                None => parser.named_calendar()?,
            };
            Ok(datum.map(|mut datum| {
                datum.uncertain |= doubted;
                if night == Some(true) {
                    datum = over_midnight(datum);
                }
                if circa { parser.widened(datum) } else { datum }
            }))
        })
    }

    /// `the night of`, `dawn of`: does it pass midnight?
    fn time_of_day(&mut self) -> Option<bool> {
        let start = self.at;
        let night = self.is_word(0, &["night", "midnight"]);
        let day = ["dawn", "morning", "noon", "afternoon", "evening", "dusk"];
        if (night || self.is_word(0, &day)) && self.is_word(1, &["of", "on"]) {
            self.at = start + 2;
            let _ = self.eat_word(&["the"]);
            return Some(night);
        }
        None
    }

    fn circa(&mut self) -> bool {
        let tilde = self.is_mark(0, '~') && self.number(1).is_some();
        if tilde {
            self.at += 1;
            return true;
        }
        let start = self.at;
        if !self.eat_word(&[
            "c",
            "ca",
            "circa",
            "cca",
            "about",
            "around",
            "approximately",
            "approx",
            "roughly",
        ]) {
            return false;
        }
        let point = self.eat_mark('.');
        let _ = self.eat_word(&["the"]);
        // `C7` is a century to some and a year to others, and `c. e.` is an era.
        let short = matches!(self.number(0), Some((_, 1 | 2))) && self.joined(0);
        if self.kind(0).is_none() || (short && !point) {
            self.at = start;
            return false;
        }
        true
    }

    /// `c.`: every day stays possible, the width is assumed.
    fn widened(&self, datum: Datum) -> Datum {
        let settings = &self.settings;
        let days = datum.soft_days();
        let around =
            |by: i64| Days::range(days.first().map(|d| d - by), days.last().map(|d| d + by));
        let widths = &settings.widths;
        let (count, unit, soft) = match (&datum.grain, datum.precision) {
            (Grain::Years { first, last, .. }, precision) => {
                let years = match precision {
                    Precision::Century => widths.circa_century_years,
                    _ => widths.circa_years,
                };
                let by = i64::from(years);
                let soft = grid::years(first - by, last + by, settings);
                (years, "year", Some(soft))
            }
            (_, Precision::Day) => {
                let days = widths.circa_day_days;
                (days, "day", around(i64::from(days)))
            }
            (_, Precision::PartOfMonth | Precision::Month | Precision::PartOfYear) => {
                let days = widths.circa_month_days;
                (days, "day", around(i64::from(days)))
            }
            _ => {
                let years = widths.circa_years;
                (years, "year", around(366 * i64::from(years)))
            }
        };
        let words = format!("c. read as within {}", counted(count, unit));
        let words = settings.assumed(words, |widths| match (unit, datum.precision) {
            ("year", Precision::Century) => widths.circa_century_years,
            ("year", _) => widths.circa_years,
            (_, Precision::Day) => widths.circa_day_days,
            _ => widths.circa_month_days,
        });
        let words = match &datum.soft {
            Some((before, _)) => format!("{before}; {words}"),
            None => words,
        };
        Datum {
            options: vec![Days::all()],
            soft: soft.map(|soft| (words, soft)),
            approximate: true,
            ..datum
        }
    }

    /// `early 644`, `first half of the 7th century`, or the plain date.
    fn cut_date(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let turn = self.eat_words(&["turn", "of"]);
        let Some(cut) = (if turn { Some(Cut::End) } else { self.cut() }) else {
            return Ok(None);
        };
        let _ = self.eat_word(&["the"]);
        let _ = self.eat_words(&["year", "of"]);
        let Some(datum) = self.named_calendar()? else {
            self.at = start;
            return Ok(None);
        };
        if turn {
            return Ok(self.turn_of(datum));
        }
        Ok(Some(self.cut_out(cut, datum)))
    }

    fn cut(&mut self) -> Option<Cut> {
        let start = self.at;
        if let Some(cut) = self.ordinal_part() {
            return Some(cut);
        }
        self.at = start;
        if self.eat_word(&["early"]) {
            let _ = self.eat_mark('-') || self.eat_word(&["in"]);
            return Some(Cut::Early);
        }
        if self.eat_word(&["mid", "middle"]) {
            let _ = self.eat_mark('-') || self.eat_word(&["of"]);
            return Some(Cut::Middle);
        }
        if self.eat_word(&["late"]) {
            let _ = self.eat_mark('-') || self.eat_word(&["in"]);
            return Some(Cut::Late);
        }
        let opening = self.is_word(0, &["start", "beginning"]);
        if (opening || self.is_word(0, &["end", "close"])) && self.is_word(1, &["of"]) {
            self.at += 2;
            return Some(if opening { Cut::Start } else { Cut::End });
        }
        None
    }

    /// `first half of`, `last quarter of`, `2nd third of`.
    fn ordinal_part(&mut self) -> Option<Cut> {
        let last = self.eat_word(&["last", "final", "latter"]);
        let ordinal = if last { 0 } else { self.ordinal()? };
        let parts = match self.word(0)? {
            "half" => 2,
            "third" => 3,
            "quarter" => 4,
            _ => return None,
        };
        self.at += 1;
        if !self.eat_word(&["of"]) {
            return None;
        }
        let piece = if last { parts } else { ordinal };
        (1..=parts)
            .contains(&piece)
            .then_some(Cut::Exact(piece - 1, piece, parts))
    }

    /// `7th` or `seventh`.
    pub(crate) fn ordinal(&mut self) -> Option<i64> {
        if let Some((value, _)) = self.number(0) {
            if self.is_word(1, &["st", "nd", "rd", "th"]) && self.joined(1) {
                self.at += 2;
                return Some(value);
            }
            return None;
        }
        let word = self.word(0)?.to_owned();
        let mut whole = word.clone();
        let mut length = 1;
        if word == "twenty" && self.is_mark(1, '-') {
            whole.push_str(self.word(2)?);
            length = 3;
        }
        let found = ORDINALS.iter().position(|name| *name == whole)?;
        self.at += length;
        Some(found as i64 + 1)
    }

    fn cut_out(&self, cut: Cut, datum: Datum) -> Datum {
        let halves = self.settings.widths.early_late_halves;
        let (pieces, words) = match cut {
            Cut::Exact(from, to, parts) => ((from, to, parts), None),
            Cut::Early if halves => ((0, 1, 2), Some("early read as the first half")),
            Cut::Late if halves => ((1, 2, 2), Some("late read as the second half")),
            Cut::Early => ((0, 1, 3), Some("early read as the first third")),
            Cut::Middle => ((1, 2, 3), Some("mid read as the middle third")),
            Cut::Late => ((2, 3, 3), Some("late read as the last third")),
            Cut::Start | Cut::End => return self.edge(cut, datum),
        };
        if datum.grain == Grain::Whole {
            return datum.note("not-cut", "a day has no early or late part here");
        }
        let grain = datum.grain.clone();
        let Some(part) = grid::slice(&grain, pieces, &self.settings) else {
            return datum;
        };
        let precision = finer(datum.precision);
        match words {
            None => {
                let grain = run(&part);
                Datum {
                    options: vec![part],
                    alternatives: Vec::new(),
                    precision,
                    grain,
                    ..datum
                }
            }
            Some(words) => Datum {
                soft: Some((
                    self.settings
                        .assumed(words.to_owned(), |widths| widths.early_late_halves),
                    part,
                )),
                precision,
                ..datum
            },
        }
    }

    /// `the start of 648`, `the end of the 7th century`.
    fn edge(&self, cut: Cut, datum: Datum) -> Datum {
        let widths = &self.settings.widths;
        let (taken, pieces, unit) = match (&datum.grain, datum.precision) {
            (Grain::Years { first, last, .. }, _) if last == first => {
                let months = widths.edge_months.clamp(1, 12);
                (i64::from(months), 12, several(months, "month"))
            }
            (Grain::Years { first, last, .. }, Precision::Century) => {
                let length = last.saturating_sub(*first).saturating_add(1);
                let years = i64::from(widths.edge_years).clamp(1, length);
                let words = several(u32::try_from(years).unwrap_or(u32::MAX), "year");
                (years, length, words)
            }
            (Grain::Years { .. }, _) => (1, 10, "year".to_owned()),
            (Grain::Months { .. }, Precision::Month) => (1, 3, "ten days".to_owned()),
            _ => (1, 3, "third".to_owned()),
        };
        let (range, words) = match cut {
            Cut::Start => (
                (0, taken, pieces),
                format!("the start read as the first {unit}"),
            ),
            _ => (
                (pieces - taken, pieces, pieces),
                format!("the end read as the last {unit}"),
            ),
        };
        let words = self.settings.assumed(words, |widths| match pieces {
            12 => widths.edge_months,
            _ => widths.edge_years,
        });
        match grid::slice(&datum.grain.clone(), range, &self.settings) {
            Some(part) => Datum {
                soft: Some((words, part)),
                precision: finer(datum.precision),
                ..datum
            },
            None => datum,
        }
    }

    /// `the turn of 648`: December to January at either end of the year.
    fn turn_of(&self, datum: Datum) -> Option<Datum> {
        let Grain::Years {
            first,
            last,
            precision,
        } = datum.grain
        else {
            return None;
        };
        let (before, after) = if first == last {
            let span = |year: i64| {
                let calendar = self.settings.calendar;
                grid::month_run(calendar, year, 12, 2)
            };
            (span(first - 1)?, span(first)?)
        } else {
            let span = |year: i64| grid::years(year - 10, year + 9, &self.settings);
            (span(first), span(last + 1))
        };
        let alternatives = vec![
            Rival::new("its beginning", before.clone(), datum.calendar),
            Rival::new("its end", after.clone(), datum.calendar),
        ];
        let options = vec![before.union(&after)];
        let precision = finer(precision);
        let grain = Grain::Whole;
        Some(Datum {
            options,
            alternatives,
            precision,
            grain,
            ..datum
        })
    }

    /// `7th century`, `7th-century`, `seventh century BC`, `2nd millennium BC`.
    pub(crate) fn century(&mut self) -> Parsed<Datum> {
        let Some(count) = self.ordinal() else {
            return Ok(None);
        };
        let later = self.later_century();
        let _ = later.is_none() && self.eat_mark('-');
        let size: i64 = if later.is_some() || self.century_word() {
            100
        } else if self.eat_word(&["millennium"]) {
            1000
        } else {
            return Ok(None);
        };
        if !(1..=1_000_000).contains(&count) {
            return Ok(None);
        }
        let bc = later.unwrap_or_else(|| self.era_after());
        let (first, last) = if bc {
            (1 - size * count, -size * (count - 1))
        } else {
            (size * (count - 1) + 1, size * count)
        };
        Ok(Some(self.years_datum(first, last, Precision::Century)))
    }

    /// `century`, `centuries`, `cent.`, `c.`.
    fn century_word(&mut self) -> bool {
        if self.eat_word(&["century", "centuries"]) {
            return true;
        }
        let short = self.eat_word(&["cent", "c"]);
        let _ = short && self.joined(0) && self.eat_mark('.');
        short
    }

    /// `7th` before `or early 8th century`: is the later one BC?
    fn later_century(&mut self) -> Option<bool> {
        let start = self.at;
        let joined = self.eat_word(&["to", "or", "and"]) || self.eat_mark('-');
        let _ = self.eat_word(&["the"]);
        let _ = self.cut();
        let _ = self.eat_word(&["the"]);
        let found = joined && self.ordinal().is_some() && {
            let _ = self.eat_mark('-');
            self.century_word()
        };
        let bc = found && self.era_after();
        self.at = start;
        found.then_some(bc)
    }

    /// `the 790s`, `the 600s`, `790s BC`.
    pub(crate) fn decade(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let Some((value, _)) = self.number(0) else {
            return Ok(None);
        };
        self.at += 1;
        let apostrophe = self.is_mark(0, '\'') && self.joined(0);
        self.at += usize::from(apostrophe);
        if !(self.joined(0) && self.eat_word(&["s"])) {
            return Ok(None);
        }
        if value % 10 != 0 || value > 1_000_000_000 {
            let message = "a decade is written with a year that ends in 0, as in “the 790s”";
            return Err(self.error(start, ErrorKind::NotADate, message));
        }
        let size = if value % 100 == 0 && value > 0 {
            100
        } else {
            10
        };
        let precision = if size == 100 {
            Precision::Century
        } else {
            Precision::Decade
        };
        let bc = self.era_after();
        let (first, last) = if bc {
            (1 - (value + size - 1), 1 - value.max(1))
        } else {
            (value.max(1), value + size - 1)
        };
        let datum = self.years_datum(first, last, precision);
        Ok(Some(if size == 100 {
            let words = format!(
                "“the {value}s” is read as the years {value} to {}",
                value + 99
            );
            datum.note("hundred-years", words)
        } else {
            datum
        }))
    }

    fn years_datum(&self, first: i64, last: i64, precision: Precision) -> Datum {
        let days = grid::years(first, last, &self.settings);
        let grain = Grain::Years {
            first,
            last,
            precision,
        };
        Datum::new(days, self.settings.calendar, precision, grain)
    }

    fn era_after(&mut self) -> bool {
        if self.eat_word(&["bc", "bce"]) {
            return true;
        }
        if self.is_word(0, &["b"]) && self.is_mark(1, '.') && self.is_word(2, &["c"]) {
            self.at += 3;
            let _ = self.eat_mark('.') && self.eat_word(&["e"]) && self.eat_mark('.');
            return true;
        }
        let _ = self.eat_word(&["ad", "ce"]);
        false
    }
}

/// A night belongs to the day it begins on or to the next, as the source counts.
fn over_midnight(datum: Datum) -> Datum {
    let days = datum.days();
    let wide = Days::range(days.first(), days.last().map(|day| day + 1));
    Datum {
        options: vec![wide.unwrap_or_else(|| days.clone())],
        soft: Some((
            "the night read as part of the day it begins on".to_owned(),
            days,
        )),
        ..datum
    }
}

/// `1 year`, `5 years`.
pub(crate) fn counted(count: u32, unit: &str) -> String {
    match count {
        1 => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    }
}

/// `month` after "the last", or `2 months`.
fn several(count: u32, unit: &str) -> String {
    match count {
        1 => unit.to_owned(),
        _ => counted(count, unit),
    }
}

/// The precision of a part of something.
fn finer(precision: Precision) -> Precision {
    match precision {
        Precision::Month => Precision::PartOfMonth,
        Precision::Year => Precision::PartOfYear,
        other => other,
    }
}

pub(crate) fn run(days: &Days) -> Grain {
    let bounds: (Option<Jdn>, Option<Jdn>) = (days.first(), days.last());
    match bounds {
        (Some(first), Some(last)) => Grain::Run { first, last },
        _ => Grain::Whole,
    }
}
