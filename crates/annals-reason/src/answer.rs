//! What the engine answers with.

use annals_chronicle::{Basis, Day, DaySet, IdentityId, Moment, Part, Verdict};

/// Where in a timeline a fluent is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// As this day closes.
    Day(Day),
    /// Just before this moment.
    Before(Moment),
    /// As the day of this moment closes.
    Close(Moment),
}

/// One of the two ends of a range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The first possible day.
    Earliest,
    /// The last possible day.
    Latest,
}

/// The days a moment may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The days, gaps kept; open where nothing bounds them.
    pub days: DaySet,
    /// Whether each of them is known to be possible. Otherwise they are an outer bound.
    pub proven: bool,
}

/// The verdict on a fluent, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict over the timelines of all preferred readings.
    pub verdict: Verdict,
    /// Whether some timeline shows it true.
    pub can_true: bool,
    /// Whether some timeline shows it false.
    pub can_false: bool,
    /// Whether some timeline has it unrecorded.
    pub can_unrecorded: bool,
    /// How the verdict comes about.
    pub basis: Basis,
    /// Whether the verdict is proven. Otherwise a budget was spent and more may be possible.
    pub proven: bool,
    /// Verdicts by reading, as indexes into [`crate::Component::readings`]; empty unless they differ.
    pub disputed: Vec<(usize, Verdict)>,
    /// Doubted identities that the verdict depends on.
    pub identities: Vec<IdentityId>,
}

/// The verdict on a fluent alone, without how it comes about: quicker to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The verdict over the timelines of all preferred readings.
    pub verdict: Verdict,
    /// Whether some timeline shows it true.
    pub can_true: bool,
    /// Whether the verdict is proven. Otherwise a budget was spent and more may be possible.
    pub proven: bool,
}

/// A run of days with one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// The verdict on each of its days.
    pub verdict: Verdict,
}

/// Claims that cannot all be true: no timeline satisfies these parts together, and each of them
/// is needed for that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The parts, in document order.
    pub parts: Vec<Part>,
}

/// A greatest set of undoubted claims without a conflict, by what it leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// The parts left out, in document order; none where the chronicle is consistent.
    pub dropped: Vec<Part>,
    /// Whether trust between sources allows it.
    pub preferred: bool,
}

/// Whether one moment can lie before or after another in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The first can come before the second.
    pub before: bool,
    /// The first can come after the second.
    pub after: bool,
    /// Whether both are known exactly.
    pub proven: bool,
}

/// The least and greatest number of days between two moments; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The least.
    pub least: Option<i64>,
    /// The greatest.
    pub most: Option<i64>,
    /// Whether both are known exactly.
    pub proven: bool,
}
