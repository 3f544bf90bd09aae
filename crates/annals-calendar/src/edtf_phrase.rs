//! EDTF inside phrases: `064X`, `0644-08-XX?`, `0648/..`, `[0648,0658]`.
//!
//! What comes in: the characters from the cursor on. What goes out: a [`Datum`] or a [`Reading`] in
//! the chronicle's calendar. `?` and `~` bound nothing and widen nothing, unless the project has
//! set a width for them; then every day stays possible and the width is an assumption.

use crate::datum::{Datum, Parsed, Parser};
use crate::days::Days;
use crate::edtf::{Edtf, EdtfBound, EdtfKind, Qualifier};
use crate::grid::{self, Grain};
use crate::numeric::signed;
use crate::reading::{DateError, ErrorKind, Note, Precision, Reading, Shape, Soft};
use crate::settings::Settings;
use crate::vague::counted;
use crate::western::is_western;

/// How far the marks of a date widen it, with the words that say so; `None` where no width is set.
fn width_of(marks: Qualifier, precision: Precision, settings: &Settings) -> Option<(u32, String)> {
    let widths = &settings.widths;
    let set = [
        (marks.uncertain, widths.uncertain_units, "?"),
        (marks.approximate, widths.approximate_units, "~"),
    ];
    let units: Vec<(u32, &str)> = set
        .into_iter()
        .filter_map(|(marked, units, mark)| Some((units.filter(|_| marked)?, mark)))
        .collect();
    let most = units.iter().map(|(units, _)| *units).max()?;
    let marks: Vec<&str> = units.iter().map(|(_, mark)| *mark).collect();
    let unit = match precision {
        Precision::Day => "day",
        Precision::PartOfMonth | Precision::Month => "month",
        Precision::PartOfYear => "season",
        Precision::Year | Precision::Open => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
    };
    let within = match (unit, most) {
        ("century", 2..) => format!("{most} centuries"),
        _ => counted(most, unit),
    };
    let words = format!("{} read as within {within}", marks.concat());
    let words = settings.assumed(words, |widths| {
        (widths.uncertain_units, widths.approximate_units)
    });
    Some((most, words))
}

/// Days with so many units of their own precision on both sides.
fn widened(days: &Days, units: u32, precision: Precision, settings: &Settings) -> Days {
    let units = i64::from(units);
    let years = |by: i64| {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return days.clone();
        };
        let first = grid::year_of(first, settings) - by;
        grid::years(first, grid::year_of(last, settings) + by, settings)
    };
    let by_days = |by: i64| {
        let first = days.first().map(|day| day - by);
        Days::range(first, days.last().map(|day| day + by)).unwrap_or_else(Days::all)
    };
    match precision {
        Precision::Day => by_days(units),
        Precision::PartOfMonth | Precision::Month => by_days(31 * units),
        Precision::PartOfYear => by_days(92 * units),
        Precision::Year | Precision::Open => years(units),
        Precision::Decade => years(10 * units),
        Precision::Century => years(100 * units),
    }
}

/// Reads a date under `?` or `~` with the width that the project has set, if it has.
pub(crate) fn widen_marked(mut datum: Datum, marks: Qualifier, settings: &Settings) -> Datum {
    if let Some((units, words)) = width_of(marks, datum.precision, settings) {
        let soft = widened(&datum.soft_days(), units, datum.precision, settings);
        let words = match &datum.soft {
            Some((before, _)) => format!("{before}; {words}"),
            None => words,
        };
        datum.soft = Some((words, soft));
        datum.options = vec![Days::all()];
        datum.alternatives.clear();
    }
    datum
}

/// The same for an interval, whose ends are marked each for itself.
fn widen_ends(reading: &mut Reading, edtf: &Edtf, settings: &Settings) {
    let Shape::Span { from, to } = &reading.shape else {
        return;
    };
    let mut said: Vec<String> = Vec::new();
    let mut end = |days: &Option<Days>, (marks, precision): (Qualifier, Precision)| {
        let width = width_of(marks, precision, settings);
        match (days, width) {
            (Some(days), Some((units, words))) => {
                if !said.contains(&words) {
                    said.push(words);
                }
                let soft = widened(days, units, precision, settings);
                (Some(Days::all()), Some(soft))
            }
            (days, _) => (days.clone(), days.clone()),
        }
    };
    let [first, last] = edtf.ends_doubted();
    let (from, soft_from) = end(from, first);
    let (to, soft_to) = end(to, last);
    if said.is_empty() {
        return;
    }
    reading.shape = Shape::Span { from, to };
    reading.soft = Some(Soft {
        words: said.join("; "),
        shape: Shape::Span {
            from: soft_from,
            to: soft_to,
        },
    });
}

impl Parser<'_> {
    /// EDTF that is a whole phrase: an interval or a set.
    pub(crate) fn edtf_range(&mut self) -> Parsed<Reading> {
        let Some((edtf, end)) = self.edtf_run(|c| matches!(c, '/' | '[' | '{')) else {
            return Ok(None);
        };
        if !matches!(
            edtf.kind,
            EdtfKind::Interval | EdtfKind::OneOf | EdtfKind::AllOf
        ) {
            return Ok(None);
        }
        self.refuse_century_zero(&edtf)?;
        self.skip_to(end);
        let mut reading = edtf_reading(&edtf, &self.settings);
        widen_ends(&mut reading, &edtf, &self.settings);
        Ok(Some(reading))
    }

    /// EDTF that is one date among others: `064X`, `0644-08-XX?`, `Y17E8`, `0644S2`.
    pub(crate) fn edtf_date(&mut self) -> Parsed<Datum> {
        let special = |c: char| matches!(c, 'X' | 'Y' | 'S' | 'T' | 'E' | '?' | '~' | '%' | '-');
        let Some((edtf, end)) = self.edtf_run(special) else {
            return Ok(None);
        };
        if !matches!(
            edtf.kind,
            EdtfKind::Date | EdtfKind::DateTime | EdtfKind::Season | EdtfKind::Year
        ) {
            return Ok(None);
        }
        self.skip_to(end);
        if self.is_era(0) {
            // `202-03-01 BC` is no EDTF.
            return Ok(None);
        }
        let reading = edtf_reading(&edtf, &self.settings);
        let days = reading.shape.hull();
        let days = match reading.shape {
            Shape::On(days) => days,
            _ => days,
        };
        let grain = match (days.first(), days.last()) {
            (Some(first), Some(last)) if days.ranges().len() == 1 => Grain::Run { first, last },
            _ => Grain::Whole,
        };
        let datum = Datum {
            uncertain: reading.uncertain,
            approximate: reading.approximate,
            notes: reading.notes,
            ..Datum::new(days, reading.calendar, reading.precision, grain)
        };
        let datum = widen_marked(datum, edtf.doubts(), &self.settings);
        Ok(Some(match edtf.lo {
            EdtfBound::Day { year, .. } if year <= 0 => match i64::try_from(year) {
                Ok(year) => signed(datum, year),
                Err(_) => datum,
            },
            _ => datum,
        }))
    }

    /// The longest run of characters from here that is EDTF and holds one of the telling ones.
    fn edtf_run(&self, telling: impl Fn(char) -> bool) -> Option<(Edtf, usize)> {
        if !is_western(self.settings.calendar) {
            return None;
        }
        let run = self.text.run(self.at);
        let bracket = run.first().is_some_and(|(c, _)| matches!(c, '[' | '{'));
        let mut length = run
            .iter()
            .take_while(|(c, _)| {
                c.is_ascii_digit()
                    || matches!(
                        c,
                        'X' | 'Y' | 'E' | 'S' | 'T' | 'Z' | '-' | '/' | '.' | ':' | '+'
                    )
                    || matches!(c, '?' | '~' | '%' | '[' | ']' | '{' | '}')
                    || (bracket && *c == ',')
            })
            .count();
        // Cut at the first closing bracket, and at punctuation that belongs to the sentence.
        if bracket {
            length = run
                .iter()
                .take(length)
                .position(|(c, _)| matches!(c, ']' | '}'))?
                + 1;
        }
        while length > 0 {
            let text: String = run[..length].iter().map(|(c, _)| *c).collect();
            if !text.chars().any(&telling) {
                return None;
            }
            let whole = run.get(length).is_none_or(|(c, _)| !c.is_alphanumeric());
            if whole && let Ok(edtf) = crate::edtf::read_in(&text, self.settings.calendar) {
                return Some((edtf, run[length - 1].1));
            }
            let last = run[length - 1].0;
            if !matches!(last, '.' | ':' | '?' | '-' | ',') {
                return None;
            }
            length -= 1;
        }
        None
    }

    /// Moves to the first token that begins at or after this byte.
    fn skip_to(&mut self, end: usize) {
        while self
            .text
            .tokens
            .get(self.at)
            .is_some_and(|token| token.start < end)
        {
            self.at += 1;
        }
    }

    fn refuse_century_zero(&self, edtf: &Edtf) -> Result<(), DateError> {
        let bare = |bound: Option<(EdtfBound, EdtfBound)>| {
            matches!(bound, Some((EdtfBound::Day { year: 0, .. }, _)))
        };
        if bare(edtf.start) || bare(edtf.end) {
            let mut error = self.error(self.at, ErrorKind::YearZero, "there is no year 0");
            error.suggestion = Some("the year before AD 1 is “1 BC”".to_owned());
            return Err(error);
        }
        Ok(())
    }
}

impl Edtf {
    /// The expression as a date phrase: its days in the calendar it was read in.
    pub fn reading(&self, written: &str) -> Reading {
        Reading {
            written: written.to_owned(),
            ..edtf_reading(self, &Settings::default())
        }
    }
}

fn edtf_reading(edtf: &Edtf, settings: &Settings) -> Reading {
    let doubts = edtf.doubts();
    let mut notes = Vec::new();
    if edtf.kind == EdtfKind::DateTime {
        notes.push(Note {
            code: "time-left-out",
            words: "the time of day is kept as written; the day is the written one".to_owned(),
            lint: false,
        });
    }
    if doubts.approximate && settings.widths.approximate_units.is_none() {
        notes.push(Note {
            code: "approximate",
            words: "“~” marks the date as approximate and widens nothing".to_owned(),
            lint: false,
        });
    }
    Reading {
        written: String::new(),
        shape: edtf.shape(),
        soft: None,
        alternatives: Vec::new(),
        uncertain: doubts.uncertain,
        approximate: doubts.approximate,
        bare_range: false,
        calendar: edtf.calendar,
        precision: edtf.precision(),
        notes,
    }
}
