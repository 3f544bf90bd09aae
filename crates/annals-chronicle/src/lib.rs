//! The shared nouns: what every room between the text and the answers speaks of.
//!
//! Nothing is computed here. A [`Chronicle`] is what resolve makes of the trees: a
//! [`Vocabulary`], entities, sources, and claims with their parts. Reasoning reads it, queries
//! phrase it, exporters write it. Days are Julian day numbers; calendars stay outside.

mod chronicle;
mod claim;
mod day;
mod entity;
mod few;
mod fluent;
mod geography;
mod shared;
mod vocabulary;
mod when;

pub use chronicle::{Choice, Chronicle, Event, EventKind, Grid, Preference, Section};
pub use claim::{
    Attestation, Claim, Detail, DetailValue, Figure, Filler, Mode, Part, Sentence, Source,
};
pub use day::{Day, DayRange, DaySet};
pub use entity::{Entity, EntityName, Identity, Place};
pub use few::Few;
pub use fluent::{Assumption, Basis, Edge, Fluent, Moment, Support, Verdict};
pub use geography::{Certainty, Distance, Geography, Identifier, Mover, Road, Stroke, Unit};
pub use shared::Shared;
pub use vocabulary::{
    Argument, Circumstance, Constraint, Drawn, DrawnForm, Effect, EventType, Kind, Pattern,
    PatternPiece, Presence, Relation, Role, RoleContent, Spot, Template, Vocabulary,
};
pub use when::{Anchor, Bound, Condition, Origin, Point, Soft, When};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as an index into the chronicle's list of these.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A claim, numbered in document order; drafts are numbered too.
    ClaimId
    /// An event or a mention, numbered by its first claim in document order.
    EventId
    /// A source of claims.
    SourceId
    /// A named (or deliberately unnamed) thing.
    EntityId
    /// A kind of things.
    KindId
    /// A relation of the vocabulary.
    RelationId
    /// An event type of the vocabulary.
    EventTypeId
    /// A circumstance of the vocabulary.
    CircumstanceId
    /// A claim that two names mean one thing.
    IdentityId
    /// A `one of` statement.
    ChoiceId
    /// A section of a file.
    SectionId
    /// A series of calendar cells, such as all years in reach.
    GridId
}
