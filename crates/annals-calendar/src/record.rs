//! A date as one flat record, for lists of dates and for exchange.
//!
//! What comes in: an expression. What goes out: a [`Record`] with the bounds in the notation of
//! EDTF, proleptic Gregorian and with a year 0, and as day numbers. An expression that cannot be
//! read is a record too, so that no line of a list is lost.

use crate::calendar::Calendar;
use crate::civil;
use crate::days::{DayRange, Days, Jdn};
use crate::edtf::{Edtf, EdtfBound, read_edtf};
use crate::phrase::read;
use crate::reading::{Reading, Shape};
use crate::settings::Settings;

/// One expression and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Can it be read?
    pub valid: bool,
    /// The level of EDTF that has it; `None` for a phrase that is no EDTF.
    pub level: Option<u8>,
    /// `date`, `datetime`, `season`, `year`, `interval`, `one-of`, `all-of` as in EDTF, or
    /// `throughout`.
    pub kind: Option<&'static str>,
    /// The first day it can touch.
    pub lo: Option<EdtfBound>,
    /// The last day it can touch.
    pub hi: Option<EdtfBound>,
    /// Intervals: earliest and latest day of the start.
    pub start: Option<(EdtfBound, EdtfBound)>,
    /// Intervals: earliest and latest day of the end.
    pub end: Option<(EdtfBound, EdtfBound)>,
    /// Sets: first and last day of each member.
    pub members: Option<Vec<(EdtfBound, EdtfBound)>>,
    /// `lo` as a Julian day number; `None` where it is open, unknown or beyond all counting.
    pub lo_jdn: Option<Jdn>,
    /// `hi` as a Julian day number.
    pub hi_jdn: Option<Jdn>,
    /// How it can be read: one reading, or its rivals. Where the reading rests on an assumption
    /// these are the narrower days, and `reason` names the assumption.
    pub readings: Vec<RecordReading>,
    /// Why it cannot be read; for a valid one what it assumes and what looks like a mistake.
    pub reason: Option<String>,
}

/// One reading of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordReading {
    /// The calendar.
    pub calendar: Calendar,
    /// The first day.
    pub lo_jdn: Option<Jdn>,
    /// The last day.
    pub hi_jdn: Option<Jdn>,
}

impl Record {
    /// Reads EDTF and nothing else, in the proleptic Gregorian calendar, as its text has it.
    ///
    /// ```
    /// use annals_calendar::Record;
    /// let record = Record::of_edtf("0644-XX-17?");
    /// assert_eq!((record.level, record.kind), (Some(2), Some("date")));
    /// assert_eq!(record.lo_jdn, Some(1_956_292));
    /// assert!(!Record::of_edtf("c. 644").valid);
    /// ```
    pub fn of_edtf(text: &str) -> Record {
        match read_edtf(text) {
            Ok(edtf) => Record::from_edtf(&edtf),
            Err(error) => Record::refused(error.to_string()),
        }
    }

    /// Reads EDTF and every other way of writing a date, as a chronicle with these settings does.
    ///
    /// Where EDTF and the chronicle's calendar differ, the chronicle's decides, and the proleptic
    /// Gregorian reading is listed second.
    ///
    /// ```
    /// use annals_calendar::{Record, Settings};
    /// let record = Record::of("Zhenguan 18.8.11", &Settings::default());
    /// assert_eq!((record.lo_jdn, record.hi_jdn), (Some(1_956_539), Some(1_956_539)));
    /// assert_eq!(record.lo.unwrap().to_string(), "0644-09-20");
    /// assert_eq!(record.level, None);
    /// ```
    pub fn of(text: &str, settings: &Settings) -> Record {
        let edtf = read_edtf(text.trim()).ok();
        match (read(text, settings), edtf) {
            (Ok(reading), edtf) => {
                let mut record = Record::from_reading(&reading);
                if let Some(edtf) = edtf {
                    record.level = Some(edtf.level);
                    record.kind = Some(edtf.kind.name());
                    record.add(Record::from_edtf(&edtf).readings);
                }
                record
            }
            // The year 0 and the like are EDTF all the same.
            (Err(error), Some(edtf)) => Record {
                reason: Some(format!(
                    "read as EDTF, proleptic Gregorian; in the calendar of the chronicle {error}"
                )),
                ..Record::from_edtf(&edtf)
            },
            (Err(error), None) => Record::refused(error.to_string()),
        }
    }

    /// Reads an expression in every calendar that can read it.
    ///
    /// ```
    /// use annals_calendar::{Record, Settings};
    /// let record = Record::of_all_calendars("700-02-29", &Settings::default());
    /// let names: Vec<&str> = record.readings.iter().map(|r| r.calendar.name()).collect();
    /// assert!(names.contains(&"julian") && !names.contains(&"gregorian"));
    /// ```
    pub fn of_all_calendars(text: &str, settings: &Settings) -> Record {
        let mut usual = Record::of(text, settings);
        let mut found: Vec<RecordReading> = Vec::new();
        for calendar in Calendar::NAMED {
            let settings = Settings {
                calendar,
                ..settings.clone()
            };
            if let Ok(reading) = read(text, &settings) {
                for reading in Record::from_reading(&reading).readings {
                    if !found.contains(&reading) {
                        found.push(reading);
                    }
                }
            }
        }
        if found.len() < 2 {
            usual.add(found);
            return usual;
        }
        let lo = hull_end(found.iter().map(|reading| reading.lo_jdn), Iterator::min);
        let hi = hull_end(found.iter().map(|reading| reading.hi_jdn), Iterator::max);
        let member = |reading: &RecordReading| bounds((reading.lo_jdn, reading.hi_jdn));
        Record {
            valid: true,
            kind: Some("one-of"),
            lo: Some(first_bound(lo)),
            hi: Some(last_bound(hi)),
            start: None,
            end: None,
            members: Some(found.iter().map(member).collect()),
            lo_jdn: lo,
            hi_jdn: hi,
            readings: found,
            ..usual
        }
    }

    fn refused(reason: String) -> Record {
        Record {
            valid: false,
            level: None,
            kind: None,
            lo: None,
            hi: None,
            start: None,
            end: None,
            members: None,
            lo_jdn: None,
            hi_jdn: None,
            readings: Vec::new(),
            reason: Some(reason),
        }
    }

    fn from_edtf(edtf: &Edtf) -> Record {
        let calendar = Calendar::Gregorian;
        let (lo_jdn, hi_jdn) = (edtf.lo.jdn(calendar), edtf.hi.jdn(calendar));
        Record {
            valid: true,
            level: Some(edtf.level),
            kind: Some(edtf.kind.name()),
            lo: Some(edtf.lo),
            hi: Some(edtf.hi),
            start: edtf.start,
            end: edtf.end,
            members: (!edtf.members.is_empty()).then(|| edtf.members.clone()),
            lo_jdn,
            hi_jdn,
            readings: vec![RecordReading {
                calendar,
                lo_jdn,
                hi_jdn,
            }],
            reason: None,
        }
    }

    /// The record of a phrase that has been read.
    pub fn from_reading(reading: &Reading) -> Record {
        let (mut start, mut end, mut members) = (None, None, None);
        let kind = match &reading.shape {
            Shape::On(days) if days.ranges().len() > 1 => {
                members = Some(ranges_of(days));
                "one-of"
            }
            Shape::On(_) => "date",
            Shape::Throughout(_) => "throughout",
            Shape::Span { from, to } => {
                start = Some(end_bounds(from.as_ref(), EdtfBound::Unknown));
                end = Some(end_bounds(to.as_ref(), EdtfBound::PositiveInfinity));
                "interval"
            }
            Shape::All(sets) => {
                members = Some(sets.iter().flat_map(ranges_of).collect());
                "all-of"
            }
        };
        let hull = reading.shape.hull();
        let (lo, hi) = bounds((hull.first(), hull.last()));
        Record {
            valid: true,
            level: None,
            kind: Some(kind),
            lo: Some(start.map_or(lo, |(first, _)| first)),
            hi: Some(end.map_or(hi, |(_, last)| last)),
            start,
            end,
            members,
            lo_jdn: hull.first(),
            hi_jdn: hull.last(),
            readings: readings(reading),
            reason: remarks(reading),
        }
    }

    fn add(&mut self, readings: Vec<RecordReading>) {
        for reading in readings {
            let same = |known: &RecordReading| {
                (known.lo_jdn, known.hi_jdn) == (reading.lo_jdn, reading.hi_jdn)
            };
            if !self.readings.iter().any(same) {
                self.readings.push(reading);
            }
        }
    }
}

fn ranges_of(days: &Days) -> Vec<(EdtfBound, EdtfBound)> {
    days.ranges().iter().copied().map(bounds).collect()
}

fn readings(reading: &Reading) -> Vec<RecordReading> {
    let of = |shape: &Shape, calendar: Calendar| {
        let hull = shape.hull();
        RecordReading {
            calendar,
            lo_jdn: hull.first(),
            hi_jdn: hull.last(),
        }
    };
    match (reading.alternatives.as_slice(), &reading.soft) {
        ([], Some(soft)) => vec![of(&soft.shape, reading.calendar)],
        ([], None) => vec![of(&reading.shape, reading.calendar)],
        (rivals, _) => rivals
            .iter()
            .map(|rival| of(&rival.shape, rival.calendar))
            .collect(),
    }
}

/// What a reading assumes, and what looks like a mistake.
fn remarks(reading: &Reading) -> Option<String> {
    let assumed = reading.soft.iter().map(|soft| soft.words.as_str());
    let lints = reading.notes.iter().filter(|note| note.lint);
    let words: Vec<&str> = assumed
        .chain(lints.map(|note| note.words.as_str()))
        .collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// An end that is not said bounds nothing.
fn end_bounds(days: Option<&Days>, unsaid: EdtfBound) -> (EdtfBound, EdtfBound) {
    match days {
        Some(days) => bounds((days.first(), days.last())),
        None => (unsaid, unsaid),
    }
}

fn bounds((first, last): DayRange) -> (EdtfBound, EdtfBound) {
    (first_bound(first), last_bound(last))
}

fn first_bound(day: Option<Jdn>) -> EdtfBound {
    day.map_or(EdtfBound::NegativeInfinity, bound)
}

fn last_bound(day: Option<Jdn>) -> EdtfBound {
    day.map_or(EdtfBound::PositiveInfinity, bound)
}

fn bound(day: Jdn) -> EdtfBound {
    let date = civil::gregorian_from_jdn(day);
    EdtfBound::Day {
        year: i128::from(date.year),
        month: date.month,
        day: date.day,
    }
}

/// The outermost of some days; `None` where one of them is open.
fn hull_end<I: Iterator<Item = Option<Jdn>>>(
    days: I,
    outermost: impl Fn(std::vec::IntoIter<Jdn>) -> Option<Jdn>,
) -> Option<Jdn> {
    let days: Option<Vec<Jdn>> = days.collect();
    outermost(days?.into_iter())
}
