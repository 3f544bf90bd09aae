//! What is asked and answered: fluents, moments, verdicts and what they rest on.

use crate::{ClaimId, EntityId, EventId, Part, RelationId};

/// A relation with its roles filled: "Karasahr is subject to Tang". True, false or unrecorded
/// at each moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fluent {
    /// The relation.
    pub relation: RelationId,
    /// One entity a role, in the relation's order.
    pub roles: Vec<EntityId>,
}

/// One of the two moments of an event; both are one where it does not last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The event or mention.
    pub event: EventId,
    /// Which of its moments.
    pub edge: Edge,
}

/// The start or the end of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Its start.
    Start,
    /// Its end.
    End,
}

/// The answer to "did it hold then", over all timelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// True in every timeline.
    Certain,
    /// True in some.
    Possible,
    /// True in none, and not even recorded in some.
    Unknown,
    /// False in every timeline.
    Impossible,
}

impl Verdict {
    /// The word shown to people and programs.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Certain => "certain",
            Verdict::Possible => "possible",
            Verdict::Unknown => "unknown",
            Verdict::Impossible => "impossible",
        }
    }
}

/// How a verdict comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A claim says it of that very day.
    Stated {
        /// Claims that say so.
        claims: Vec<ClaimId>,
    },
    /// By inertia since a moment, last attested at another.
    Persists {
        /// The moment it is known since.
        since: Moment,
        /// The last moment at or before the day that attests it.
        last_attested: Option<Moment>,
    },
    /// A change that no claim records lies between two moments.
    UnrecordedChange {
        /// The moment before the gap.
        after: Moment,
        /// The moment after the gap.
        before: Moment,
    },
    /// The order or the days of the moments leave it open.
    Open {
        /// The moments in question.
        moments: Vec<Moment>,
    },
    /// No claim bears on it at that time.
    Unrecorded,
    /// It lies outside what the chronicle covers.
    OutsideCoverage,
}

/// An assumption that yields to every claim and is named wherever an answer rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// The ending told by this claim follows a recorded beginning or mention of what it ends.
    EndingFollows(ClaimId),
    /// The width of a vague date, by claim and condition.
    Width(ClaimId, u32),
}

/// A minimal set of parts and assumptions that forces something, whichever other accepted
/// claims are added to it. Sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Support {
    /// Parts of claims.
    pub parts: Vec<Part>,
    /// Assumptions.
    pub assumptions: Vec<Assumption>,
}
