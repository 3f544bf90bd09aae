//! The reader of whens: everything before a claim's colon, and the windows of sections.
//!
//! What comes in: the text of a when and the [`Ground`] it stands on (calendar, labels, what came
//! before). What goes out: conditions that all hold. A condition that cannot be read is reported
//! and left out; the others still place the claim. Absolute dates are the calendar's to read
//! (`absolute`), everything that hangs from a label is read here (`relative`).

mod absolute;
mod condition;
mod cursor;
mod days;
mod distance;
mod faults;
mod grids;
mod relative;

use std::collections::BTreeSet;

use annals_calendar::{Settings, Shape};
use annals_chronicle::{Chronicle, ClaimId, Condition, Day, EventId, Few, When};
use annals_sentence::QuickMap;
use annals_text::{Report, Span};

use crate::Resolved;

pub(crate) use cursor::label_name;
pub(crate) use days::calendar_days;
pub(crate) use faults::unknown_label;
pub(crate) use grids::Grids;

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labelled {
    /// An event or a mention.
    Event(EventId),
    /// A line that could not be read and is reported already.
    Unreadable,
    /// Nothing.
    Unknown,
}

/// Where labels are looked up.
pub(crate) trait Labels {
    /// What a label, written without `#`, stands for.
    fn find(&self, label: &str) -> Labelled;
    /// All labels, for proposing one.
    fn names(&self) -> Vec<&str>;
}

/// The labels of a chronicle in the making.
#[derive(Debug, Default)]
pub(crate) struct LabelBook<'t> {
    /// Labels and the first claims that carry them.
    pub first: QuickMap<&'t str, ClaimId>,
    /// The event of each claim, in the order of claims.
    pub event_of: Vec<EventId>,
    /// Where each labelled event of a chronicle from before is now, as far as that is known.
    pub moved: Vec<Option<EventId>>,
    /// Labels of lines that could not be read.
    pub unreadable: BTreeSet<String>,
}

impl Labels for LabelBook<'_> {
    fn find(&self, label: &str) -> Labelled {
        match self.first.get(label) {
            Some(claim) => Labelled::Event(self.event_of[claim.index()]),
            None if self.unreadable.contains(label) => Labelled::Unreadable,
            None => Labelled::Unknown,
        }
    }

    fn names(&self) -> Vec<&str> {
        // The table has no order of its own, and which label is proposed may depend on it.
        let mut names: Vec<&str> = self.first.keys().copied().collect();
        names.sort_unstable();
        names
    }
}

impl Labels for Chronicle {
    fn find(&self, label: &str) -> Labelled {
        self.event_of_label(label)
            .map_or(Labelled::Unknown, Labelled::Event)
    }

    fn names(&self) -> Vec<&str> {
        self.events
            .iter()
            .filter_map(|e| e.label.as_deref())
            .collect()
    }
}

/// What `then` and its like count from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Previous<'a> {
    /// The events of the event claim before, one each for a list.
    Events(&'a [EventId]),
    /// No event claim stands before in the same section, fence or file.
    Nothing,
    /// The line before could not be read, so what it tells of is not known.
    Unreadable,
    /// The row of a table has no row before it: tables get sorted.
    Table,
    /// A question stands after no claim.
    Question,
}

/// What a when is read by.
pub(crate) struct Ground<'a> {
    /// The calendar and the widths of vague dates.
    pub settings: &'a Settings,
    /// Labels of the whole chronicle.
    pub labels: &'a dyn Labels,
    /// What `then` counts from.
    pub previous: Previous<'a>,
    /// Whether a bare `A to B` may stand: what holds can, what happens must say how.
    pub takes_bare_range: bool,
    /// Calendar cells in use.
    pub grids: &'a mut Grids,
    /// What it asked of other lines.
    pub asked: Asked,
}

/// What reading a when asked of other lines.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The events whose labels were looked up and found, in the order of asking.
    pub events: Vec<EventId>,
    /// Whether anything else was: a label that none has, or what came before.
    pub more: bool,
}

/// A when, read.
#[derive(Debug, Default)]
pub(crate) struct ReadWhen {
    /// Its conditions.
    pub conditions: Few<Condition>,
    /// Whether one of them names days of its own.
    pub absolute: bool,
    /// Where `always` stands.
    pub always: Option<Span>,
    /// Whether a condition was left out, reported.
    pub failed: bool,
    /// Whether a condition hangs from a line that cannot be read, and so was left out.
    pub hanging: bool,
    /// Whether only a part of a date binds, its rest being impossible.
    pub impaired: bool,
}

/// Reads a whole when; `span` is where `text` stands.
pub(crate) fn read(
    text: &str,
    span: Span,
    ground: &mut Ground<'_>,
    reports: &mut Vec<Report>,
) -> ReadWhen {
    condition::Reader::new(text, span, ground).read(reports)
}

/// Reads the when of a question.
pub(crate) fn read_alone(text: &str, span: Span, resolved: &Resolved) -> Result<When, Report> {
    let mut grids = Grids::of(&resolved.chronicle);
    let mut ground = Ground {
        settings: &resolved.settings,
        labels: &*resolved.chronicle,
        previous: Previous::Question,
        takes_bare_range: true,
        grids: &mut grids,
        asked: Asked::default(),
    };
    let mut reports = Vec::new();
    let read = read(text, span, &mut ground, &mut reports);
    let failed = read.failed || read.hanging;
    match reports
        .into_iter()
        .find(|r| r.severity == annals_text::Severity::Error)
    {
        Some(report) => Err(report),
        None if failed => Err(Report::error("bad-date", "this date cannot be read").at(span, "")),
        None => Ok(When {
            conditions: read.conditions,
        }),
    }
}

/// First and last day of what a `covers` line names.
pub(crate) fn covered_days(
    text: &str,
    span: Span,
    settings: &Settings,
) -> Result<(Day, Day), Report> {
    let reading = annals_calendar::read(text, settings)
        .map_err(|error| faults::date_error(&error, span, text, false))?;
    let days = match &reading.shape {
        // `covers c. 600 to 800` has no edge to hold to; its assumed one is better than none.
        Shape::On(_) | Shape::Span { .. } | Shape::Throughout(_) | Shape::All(_) => {
            let shape = reading.soft.as_ref().map_or(&reading.shape, |s| &s.shape);
            shape.hull()
        }
    };
    let ends = (
        days.first().and_then(days::day),
        days.last().and_then(days::day),
    );
    let (Some(first), Some(last)) = ends else {
        return Err(
            Report::error("bad-directive", "`covers` needs a first and a last day")
                .at(span, "this is open on one side or out of reach")
                .help("write it like `covers 600 to 800`"),
        );
    };
    Ok((first, last))
}
