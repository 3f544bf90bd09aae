//! EDTF, levels 0 to 2, as the Library of Congress published it on 4 February 2019.
//!
//! What comes in: an expression, exactly as it stands. What goes out: an [`Edtf`] with its level,
//! its bounds and its canonical form, or an [`EdtfError`] that says what is wrong and, for the
//! superseded draft of 2012, what to write now.
//!
//! Where the published text is silent this module keeps to the following.
//! - A qualifier never changes a bound.
//! - A season is three whole months, spring beginning in March; a winter ends in February of the
//!   next year, and the southern seasons are half a year off.
//! - An interval is refused only if its latest end comes before its earliest start.
//! - A date and time belongs to its written day, whatever its offset; 24:00:00 and second 60 pass.
//! - `/` alone, seasons in intervals, qualified seasons, and `X` beside a qualifier are accepted.
//! - The century and decade forms of ISO 8601, and times without seconds, are refused.

mod bounds;
mod legacy;
mod parse;
mod parts;
mod print;

use crate::calendar::Calendar;
use crate::days::{Days, Jdn};
use crate::reading::{Precision, Shape};

/// A valid EDTF expression.
///
/// ```
/// use annals_calendar::read_edtf;
/// let edtf = read_edtf("0644-XX-17?")?;
/// assert_eq!(edtf.level, 2);
/// assert_eq!(edtf.lo.to_string(), "0644-01-17");
/// assert_eq!(edtf.hi.to_string(), "0644-12-17");
/// # Ok::<(), annals_calendar::EdtfError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edtf {
    /// The lowest level, 0 to 2, that has this expression.
    pub level: u8,
    /// What kind of expression it is.
    pub kind: EdtfKind,
    /// The first day it can touch.
    pub lo: EdtfBound,
    /// The last day it can touch.
    pub hi: EdtfBound,
    /// Intervals: earliest and latest day of the start.
    pub start: Option<(EdtfBound, EdtfBound)>,
    /// Intervals: earliest and latest day of the end.
    pub end: Option<(EdtfBound, EdtfBound)>,
    /// Sets: first and last day of each member, as written.
    pub members: Vec<(EdtfBound, EdtfBound)>,
    /// `1950S2`: the year that was written.
    pub estimate: Option<i128>,
    /// The qualifiers of a single date.
    pub qualifiers: Qualifiers,
    /// The same expression with its qualifiers in their usual places.
    pub canonical: String,
    pub(crate) body: Body,
    pub(crate) calendar: Calendar,
}

/// The kinds of EDTF expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdtfKind {
    /// Year, month or day.
    Date,
    /// A day with a time.
    DateTime,
    /// A season or another part of a year.
    Season,
    /// A year written with `Y` or with significant digits.
    Year,
    /// `a/b`.
    Interval,
    /// `[..]`.
    OneOf,
    /// `{..}`.
    AllOf,
}

impl EdtfKind {
    /// The name used in reports and exchange.
    pub fn name(self) -> &'static str {
        match self {
            EdtfKind::Date => "date",
            EdtfKind::DateTime => "datetime",
            EdtfKind::Season => "season",
            EdtfKind::Year => "year",
            EdtfKind::Interval => "interval",
            EdtfKind::OneOf => "one-of",
            EdtfKind::AllOf => "all-of",
        }
    }
}

/// One end of a range of days. Years are astronomical and may be of any size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdtfBound {
    /// `..` as a start: no first day.
    NegativeInfinity,
    /// `..` as an end: no last day.
    PositiveInfinity,
    /// An empty end: not known.
    Unknown,
    /// A day.
    Day {
        /// Astronomical year.
        year: i128,
        /// Month, from 1.
        month: u8,
        /// Day of the month, from 1.
        day: u8,
    },
}

impl std::fmt::Display for EdtfBound {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EdtfBound::NegativeInfinity => out.write_str("-inf"),
            EdtfBound::PositiveInfinity => out.write_str("+inf"),
            EdtfBound::Unknown => out.write_str("unknown"),
            EdtfBound::Day { year, month, day } => {
                let sign = if *year < 0 { "-" } else { "" };
                write!(out, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
            }
        }
    }
}

impl EdtfBound {
    /// The day number in a calendar; `None` for an open or unknown end, or beyond all counting.
    pub fn jdn(&self, calendar: Calendar) -> Option<Jdn> {
        match self {
            EdtfBound::Day { year, month, day } => {
                calendar.to_jdn(i64::try_from(*year).ok()?, *month, *day)
            }
            _ => None,
        }
    }
}

/// `?`, `~` or `%` on one part of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `?`.
    pub uncertain: bool,
    /// `~`.
    pub approximate: bool,
}

impl Qualifier {
    pub(crate) fn from_char(c: char) -> Option<Qualifier> {
        match c {
            '?' => Some(Qualifier {
                uncertain: true,
                approximate: false,
            }),
            '~' => Some(Qualifier {
                uncertain: false,
                approximate: true,
            }),
            '%' => Some(Qualifier {
                uncertain: true,
                approximate: true,
            }),
            _ => None,
        }
    }

    pub(crate) fn merge(self, other: Qualifier) -> Qualifier {
        Qualifier {
            uncertain: self.uncertain || other.uncertain,
            approximate: self.approximate || other.approximate,
        }
    }

    /// `?`, `~`, `?~` for both, or nothing.
    pub fn marks(self) -> &'static str {
        match (self.uncertain, self.approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "?~",
        }
    }
}

/// The qualifiers of the parts of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifiers {
    /// Of the year.
    pub year: Qualifier,
    /// Of the month or season.
    pub month: Qualifier,
    /// Of the day.
    pub day: Qualifier,
}

/// Why an expression is not EDTF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    /// What is wrong, in a few words.
    pub reason: &'static str,
    /// The modern form, where the expression follows the draft of 2012.
    pub modern: Option<String>,
}

impl std::fmt::Display for EdtfError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.reason)?;
        match &self.modern {
            Some(modern) => write!(out, " (write {modern})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for EdtfError {}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Date(EdtfDate),
    Interval(End, End),
    Set(Vec<Member>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Open,
    Unknown,
    Date(EdtfDate),
}

/// `a` (both equal), `a..b`, `..b`, `a..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub from: Option<EdtfDate>,
    pub to: Option<EdtfDate>,
    pub range: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EdtfDate {
    pub year: EdtfYear,
    pub month: Option<Mask>,
    pub day: Option<Mask>,
    /// The time as written, without the `T`.
    pub time: Option<String>,
    pub qualifiers: Qualifiers,
    /// Qualifiers stand elsewhere than once at the end.
    pub inner: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EdtfYear {
    /// Four digits, 10 standing for `X`.
    Four {
        negative: bool,
        digits: [u8; 4],
        significant: Option<u32>,
    },
    /// `Y…`, with the exponent carried out.
    Letter {
        value: i128,
        digits: i128,
        exponent: u32,
        significant: Option<u32>,
    },
}

/// Two digits, 10 standing for `X`.
pub(crate) type Mask = [u8; 2];

/// Reads an EDTF expression, and nothing but EDTF. Bounds are in the proleptic Gregorian calendar.
///
/// # Errors
///
/// Says in a few words why the expression is not valid.
pub fn read_edtf(text: &str) -> Result<Edtf, EdtfError> {
    parse::expression(text, Calendar::Gregorian, false).map_err(|reason| EdtfError {
        reason,
        modern: legacy::modern_form(text),
    })
}

/// Reads an expression of a chronicle: its own calendar, and years may have three digits.
pub(crate) fn read_in(text: &str, calendar: Calendar) -> Result<Edtf, EdtfError> {
    parse::expression(text, calendar, true).map_err(|reason| EdtfError {
        reason,
        modern: legacy::modern_form(text),
    })
}

impl Edtf {
    /// The days of the expression and how it is said, in the calendar it was read in.
    ///
    /// An open and an unknown end both bound nothing.
    pub fn shape(&self) -> Shape {
        let days = |date: &EdtfDate| bounds::days(date, self.calendar);
        match &self.body {
            Body::Date(date) => Shape::On(days(date)),
            Body::Interval(start, end) => {
                let end_days = |end: &End| match end {
                    End::Date(date) => Some(days(date)),
                    End::Open | End::Unknown => None,
                };
                Shape::Span {
                    from: end_days(start),
                    to: end_days(end),
                }
            }
            Body::Set(members) => {
                let sets = members
                    .iter()
                    .map(|member| self.member_days(member))
                    .collect();
                match self.kind {
                    EdtfKind::AllOf => Shape::All(sets),
                    _ => Shape::On(crate::datum::union(&sets)),
                }
            }
        }
    }

    fn member_days(&self, member: &Member) -> Days {
        let days = |date: &EdtfDate| bounds::days(date, self.calendar);
        match (&member.from, &member.to) {
            (Some(from), Some(_)) if !member.range => days(from),
            (from, to) => {
                let first = from.as_ref().and_then(|date| days(date).first());
                let last = to.as_ref().and_then(|date| days(date).last());
                Days::range(first, last).unwrap_or_else(Days::all)
            }
        }
    }

    pub(crate) fn precision(&self) -> Precision {
        match &self.body {
            Body::Date(date) => date.precision(),
            Body::Interval(..) | Body::Set(_) => Precision::Open,
        }
    }

    /// The marks on each end of an interval, with the precision of that end.
    pub(crate) fn ends_doubted(&self) -> [(Qualifier, Precision); 2] {
        let of = |end: &End| match end {
            End::Date(date) => (date.doubts(), date.precision()),
            End::Open | End::Unknown => (Qualifier::default(), Precision::Open),
        };
        match &self.body {
            Body::Interval(start, end) => [of(start), of(end)],
            Body::Date(_) | Body::Set(_) => [(Qualifier::default(), Precision::Open); 2],
        }
    }

    pub(crate) fn doubts(&self) -> Qualifier {
        let dates: Vec<&EdtfDate> = match &self.body {
            Body::Date(date) => vec![date],
            Body::Interval(start, end) => [start, end]
                .into_iter()
                .filter_map(|end| match end {
                    End::Date(date) => Some(date),
                    End::Open | End::Unknown => None,
                })
                .collect(),
            Body::Set(members) => members
                .iter()
                .flat_map(|member| member.from.iter().chain(&member.to))
                .collect(),
        };
        dates
            .into_iter()
            .map(EdtfDate::doubts)
            .fold(Qualifier::default(), Qualifier::merge)
    }
}

impl EdtfDate {
    fn precision(&self) -> Precision {
        match (self.month, self.day, self.year) {
            (_, Some(day), _) if !day.contains(&10) => Precision::Day,
            (Some([a, _]), _, _) if (2..=4).contains(&a) => Precision::PartOfYear,
            (Some(month), _, _) if !month.contains(&10) => Precision::Month,
            (
                _,
                _,
                EdtfYear::Four {
                    digits: [_, _, 10, 10],
                    ..
                },
            ) => Precision::Century,
            (
                _,
                _,
                EdtfYear::Four {
                    digits: [_, _, _, 10],
                    ..
                },
            ) => Precision::Decade,
            _ => Precision::Year,
        }
    }

    /// The marks on any of its parts.
    fn doubts(&self) -> Qualifier {
        let Qualifiers { year, month, day } = self.qualifiers;
        year.merge(month).merge(day)
    }
}
