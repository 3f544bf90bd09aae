//! What a date phrase means: the nouns that [`crate::read`] hands out.

use crate::calendar::Calendar;
use crate::days::Days;
use std::ops::Range;

/// One phrase, read.
///
/// `c. 630` allows every day and *suggests* 625 to 635; `658 or 659` allows two years and
/// suggests nothing. Bounds that a source states are in `shape`; assumptions are in `soft`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The phrase as it was written.
    pub written: String,
    /// The days the phrase allows, and how it was said.
    pub shape: Shape,
    /// A narrower reading that rests on a stated assumption.
    pub soft: Option<Soft>,
    /// Rival readings, each with the words that choose it; empty if there is only one reading.
    /// `shape` is then their union.
    pub alternatives: Vec<Alternative>,
    /// EDTF `?`: the date is doubted. Bounds are not widened.
    pub uncertain: bool,
    /// EDTF `~` or `c.`: the date is approximate. Hard bounds are not widened by `~`.
    pub approximate: bool,
    /// Was it a bare `A to B`, without `from`? A state may be said so, an event may not.
    pub bare_range: bool,
    /// The calendar in which the date was written.
    pub calendar: Calendar,
    /// How fine the date is.
    pub precision: Precision,
    /// What the reader should know: choices made, tables used, lints.
    pub notes: Vec<Note>,
}

/// The days of a phrase and how it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Some day in this set: `644`, `658 or 659`, `in the 790s`, `before 636`, `by 648`.
    On(Days),
    /// It lasts: begins on some day of `from` and ends on some day of `to`. `None` is "not said".
    Span {
        /// The days on which it may begin.
        from: Option<Days>,
        /// The days on which it may end.
        to: Option<Days>,
    },
    /// On every day of this set: `throughout 646`.
    Throughout(Days),
    /// In each of these sets: EDTF `{644,648}`.
    All(Vec<Days>),
}

impl Shape {
    /// Every day the phrase can touch: for a span, from its earliest start to its latest end.
    pub fn hull(&self) -> Days {
        match self {
            Shape::On(days) | Shape::Throughout(days) => days.clone(),
            Shape::Span { from, to } => {
                let first = from.as_ref().and_then(Days::first);
                let last = to.as_ref().and_then(Days::last);
                Days::range(first, last).unwrap_or_else(Days::all)
            }
            Shape::All(members) => members
                .iter()
                .cloned()
                .reduce(|joined, member| joined.union(&member))
                .unwrap_or_else(Days::all),
        }
    }
}

/// A width that nobody stated: `c.` read as within five years, `early` as the first third.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soft {
    /// The assumption in words, fit to be printed wherever it is used.
    pub words: String,
    /// The narrowed shape, of the same kind as the hard one.
    pub shape: Shape,
}

/// One of several rival readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// What to write to choose this reading, or which table it rests on.
    pub words: String,
    /// The days of this reading.
    pub shape: Shape,
    /// The calendar of this reading.
    pub calendar: Calendar,
}

/// How fine a written date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day.
    Day,
    /// A part of a month: `early August 644`, the first ten days.
    PartOfMonth,
    /// A month.
    Month,
    /// A season, quarter or other part of a year.
    PartOfYear,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// A century or a part of one.
    Century,
    /// Anything coarser, or bounded on one side only.
    Open,
}

/// Something the reader should know about a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable name in kebab case.
    pub code: &'static str,
    /// One sentence.
    pub words: String,
    /// Does it hint at a mistake? Otherwise it only says how the phrase was read.
    pub lint: bool,
}

impl Note {
    /// A hint at a mistake.
    pub(crate) fn lint(code: &'static str, words: impl Into<String>) -> Note {
        Note {
            code,
            words: words.into(),
            lint: true,
        }
    }
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where, as bytes of the text that was read.
    pub range: Range<usize>,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// The days of the part that can be read: the month, where only the day is impossible.
    pub readable: Option<Days>,
}

impl std::fmt::Display for DateError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(out, " ({suggestion})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DateError {}

/// The kinds of [`DateError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The text is empty.
    Empty,
    /// Nothing here reads as a date.
    NotADate,
    /// A date, followed by something that does not belong to it.
    Trailing,
    /// The month exists, the day does not.
    ImpossibleDay,
    /// There is no such month.
    ImpossibleMonth,
    /// The era has no such year.
    ImpossibleYear,
    /// The year 0 outside an EDTF field.
    YearZero,
    /// No era of this name.
    UnknownEra,
    /// `10/2/649`: the order of day and month cannot be known.
    AmbiguousNumbers,
    /// `644, 648` or `644 and 648`.
    List,
    /// The end comes before the start.
    Reversed,
    /// Syntax of the EDTF draft of 2012.
    OldEdtf,
    /// Malformed EDTF.
    BadEdtf,
    /// Understood, but such a combination cannot be said in one date.
    Unsupported,
}

impl ErrorKind {
    /// A stable name in kebab case.
    pub fn code(self) -> &'static str {
        match self {
            ErrorKind::Empty => "no-date",
            ErrorKind::NotADate => "not-a-date",
            ErrorKind::Trailing => "words-after-date",
            ErrorKind::ImpossibleDay => "impossible-day",
            ErrorKind::ImpossibleMonth => "impossible-month",
            ErrorKind::ImpossibleYear => "impossible-year",
            ErrorKind::YearZero => "year-zero",
            ErrorKind::UnknownEra => "unknown-era",
            ErrorKind::AmbiguousNumbers => "ambiguous-numbers",
            ErrorKind::List => "list-of-dates",
            ErrorKind::Reversed => "reversed-range",
            ErrorKind::OldEdtf => "old-edtf",
            ErrorKind::BadEdtf => "bad-edtf",
            ErrorKind::Unsupported => "unsupported-date",
        }
    }
}
