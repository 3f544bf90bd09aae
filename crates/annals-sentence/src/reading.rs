//! What the matcher makes of a sentence.

use annals_chronicle::{CircumstanceId, EntityId, EventTypeId, RelationId};
use annals_text::{Report, Span};

/// Whether `?` may stand in a slot's place: in questions, not in claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holes {
    /// A question: all readings that fit equally well are returned.
    Allowed,
    /// A claim: exactly one reading is returned.
    Refused,
}

/// What came of reading a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its readings in the order of the vocabulary; exactly one for a claim.
    Read(Vec<Reading>),
    /// Why it cannot be read; never empty.
    Failed(Vec<Report>),
}

/// One way of understanding a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The event type or relation meant.
    pub target: Target,
    /// One filler a role, in the target's order.
    pub roles: Vec<SlotFill>,
    /// Circumstances said after the pattern, in the order of the text.
    pub tail: Vec<(CircumstanceId, SlotFill)>,
    /// How many words of the sentence are the pattern's own.
    pub fixed_words: u32,
}

/// What a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Something that happens.
    Event(EventTypeId),
    /// Something that holds.
    Relation(RelationId),
}

/// What stands in a slot, and where. An unfilled slot has the place of the whole sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotFill {
    /// What stands there.
    pub content: SlotContent,
    /// Where.
    pub span: Span,
}

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotContent {
    /// The sentence leaves the slot out.
    Unfilled,
    /// `?`
    Hole,
    /// One thing.
    One(EntityId),
    /// A list: one claim each.
    List(Vec<EntityId>),
    /// Several things together: one claim of all.
    Together(Vec<EntityId>),
    /// One of these, the text does not say which.
    OneOf(Vec<EntityId>),
    /// Quoted words, without their quotation marks.
    Text(String),
    /// A figure as written.
    Number(String),
}

/// A sentence that is quoted rather than understood: `"A comet is seen" at Chang'an`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The words between the quotation marks.
    pub text: String,
    /// Where they stand, marks included.
    pub text_span: Span,
    /// Circumstances said after them.
    pub tail: Vec<(CircumstanceId, SlotFill)>,
}
