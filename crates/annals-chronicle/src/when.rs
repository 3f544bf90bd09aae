//! When a claim places what it says: conditions that all hold, over days and over labels.

use std::sync::Arc;

use annals_text::Span;

use crate::{DaySet, EventId, Few, GridId, SectionId};

/// Everything before the colon, and the window of the section: conditions that all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The conditions; empty for `undated` outside a window.
    pub conditions: Few<Condition>,
}

/// One condition, the smallest part of a date that can be doubted or lose against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The words as written, `within 644` for a section's window.
    pub written: Arc<str>,
    /// Where they are written.
    pub span: Span,
    /// The claim's own words or its section's window.
    pub origin: Origin,
    /// `reported D`: what happened had ended by then.
    pub reported: bool,
    /// `D ?`: the source doubts this date alone.
    pub doubted: bool,
    /// Joined by `or`: one of these holds. Plain day sets joined by `or` are one [`Point::On`].
    pub alternatives: Few<Point>,
    /// An assumed width (`c. 630`, `some years after`) that yields to every claim.
    pub soft: Option<Box<Soft>>,
    /// A date that cannot be read as written (`sic "…"`): kept, a finding; what can be read binds.
    pub sic: Option<Box<str>>,
}

/// Where a condition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The claim's own date.
    Claim,
    /// The window of its section.
    Section(SectionId),
    /// A detail of the claim or of its label (`part of`, `lasting`), by its index.
    Detail(u32),
}

/// An assumed width: what it narrows the condition to, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soft {
    /// The narrower point.
    pub point: Point,
    /// `c. 630 read as within 5 years`
    pub words: String,
}

/// One way of placing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// Some day, unknown which.
    Undated,
    /// Timeless: at every moment.
    Always,
    /// On some day of the set. An event that lasts lies wholly within one range of the set.
    On(DaySet),
    /// `from A to B`, `from A`, `until B`: starts on a day of `from`, ends on a day of `to`.
    Span {
        /// Days of the start; `None` where the text gives only an end.
        from: Option<DaySet>,
        /// Days of the end; `None` where the text gives only a start.
        to: Option<DaySet>,
    },
    /// At every moment of every day of the set (states), or from its first to its last day (events).
    Throughout(DaySet),
    /// `after #x` (its end) or `then`: later in the line, the same day allowed.
    After(Anchor),
    /// `before #x` (its start): earlier in the line, the same day allowed.
    Before(Anchor),
    /// `during #x`, `part of #x`: between its start and its end.
    During(Anchor),
    /// `at #x`: on a day it touches; order inside the day stays open.
    At(Anchor),
    /// A distance in days: `3 days after #x` is `least = most = 3` from its end; `within 10 days
    /// of` is -10 to 10, negative from the start and positive from the end.
    Offset {
        /// What is counted from.
        anchor: Anchor,
        /// Least number of days after it (negative: before); `None` is unbounded.
        least: Option<i32>,
        /// Greatest number of days after it; `None` is unbounded.
        most: Option<i32>,
    },
    /// `the following year`, `that year`: in the calendar cell `offset` cells after the anchor's.
    Cell {
        /// What is counted from.
        anchor: Anchor,
        /// Which cells.
        grid: GridId,
        /// How many cells later.
        offset: i32,
    },
}

/// The moment of an event that a relative date hangs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// The event or mention named.
    pub event: EventId,
    /// Which of its moments.
    pub bound: Bound,
}

/// Which moment of an anchor is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `start of #x`.
    Start,
    /// `end of #x`.
    End,
    /// `#x`: its end for what comes after, its start for what comes before, the whole for `at`.
    Whole,
}
