//! Which kind of date is it? Each rule is tried in turn.

use crate::calendar::Calendar;
use crate::datum::{Datum, Parsed, Parser};
use crate::edtf::{Edtf, EdtfBound, EdtfKind};
use crate::grid::Grain;
use crate::numeric::signed;
use crate::reading::{DateError, ErrorKind, Note, Reading, Shape};
use crate::western::is_western;

impl Parser<'_> {
    /// A date, with the calendar named beside it if there is one: `10 July 649 (Julian)`,
    /// `gregorian 649-07-13`, `10 February 1649 O.S.`.
    pub(crate) fn named_calendar(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let named = match self.word(0) {
            Some("julian") => Some(Calendar::Julian),
            Some("gregorian") => Some(Calendar::Gregorian),
            _ => None,
        };
        if let Some(calendar) = named {
            self.at += 1;
            return self.in_calendar(calendar, start);
        }
        let plain = self.attempt(Self::core);
        let end = self.at;
        let after = match &plain {
            Ok(Some(_)) => self.calendar_suffix(),
            // An impossible day may be possible in the calendar named after it.
            _ => None,
        };
        let Some(calendar) = after else {
            self.at = end;
            return plain;
        };
        let past = self.at;
        self.at = start;
        let again = self.in_calendar(calendar, start)?;
        self.at = past;
        Ok(again)
    }

    fn in_calendar(&mut self, calendar: Calendar, start: usize) -> Parsed<Datum> {
        let usual = std::mem::replace(&mut self.settings.calendar, calendar);
        let found = self.attempt(Self::core);
        self.settings.calendar = usual;
        if !matches!(found, Ok(Some(_))) {
            self.at = start;
        }
        found
    }

    fn calendar_suffix(&mut self) -> Option<Calendar> {
        let bracket = self.eat_mark('(');
        let found = match (self.word(0), self.word(1)) {
            (Some("julian"), _) => Some((Calendar::Julian, 1)),
            (Some("gregorian"), _) => Some((Calendar::Gregorian, 1)),
            (Some("os"), _) => Some((Calendar::Julian, 1)),
            (Some("ns"), _) => Some((Calendar::Gregorian, 1)),
            (Some("old"), Some("style")) => Some((Calendar::Julian, 2)),
            (Some("new"), Some("style")) => Some((Calendar::Gregorian, 2)),
            (Some("o"), _) if self.is_mark(1, '.') && self.is_word(2, &["s"]) => {
                Some((Calendar::Julian, 3))
            }
            (Some("n"), _) if self.is_mark(1, '.') && self.is_word(2, &["s"]) => {
                Some((Calendar::Gregorian, 3))
            }
            _ => None,
        };
        let (calendar, words) = found?;
        self.at += words;
        let _ = words == 3 && self.eat_mark('.');
        let _ = self.eat_word(&["calendar"]);
        let _ = bracket && self.eat_mark(')');
        Some(calendar)
    }

    fn core(&mut self) -> Parsed<Datum> {
        let rules: [fn(&mut Self) -> Parsed<Datum>; 8] = [
            Self::other_calendar,
            Self::chinese,
            Self::century,
            Self::decade,
            Self::season,
            Self::edtf_date,
            Self::numeric,
            Self::western,
        ];
        for rule in rules {
            if let Some(datum) = self.attempt(rule)? {
                return Ok(Some(datum));
            }
        }
        Ok(None)
    }

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
        Ok(Some(edtf_reading(&edtf)))
    }

    /// EDTF that is one date among others: `064X`, `0644-08-XX?`, `Y17E8`, `0644S2`.
    fn edtf_date(&mut self) -> Parsed<Datum> {
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
        let reading = edtf_reading(&edtf);
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

fn edtf_reading(edtf: &Edtf) -> Reading {
    let doubts = edtf.doubts();
    let mut notes = Vec::new();
    if edtf.kind == EdtfKind::DateTime {
        notes.push(Note {
            code: "time-left-out",
            words: "the time of day is kept as written; the day is the written one".to_owned(),
            lint: false,
        });
    }
    if doubts.approximate {
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
