//! Claims: what a source says, in parts that can be doubted, conflict and support one by one.

use annals_text::Span;

use crate::{
    ChoiceId, CircumstanceId, ClaimId, EntityId, EventId, EventTypeId, Few, IdentityId, RelationId,
    SectionId, Shared, SourceId, Template, When,
};

/// What one or more sources say: that something happened or held, when, with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its number in document order.
    pub id: ClaimId,
    /// The whole line; claims of one list share it.
    pub span: Span,
    /// The sentence alone.
    pub sentence_span: Span,
    /// The event told, or the mention made.
    pub event: EventId,
    /// When.
    pub when: When,
    /// How it relates to what happened.
    pub mode: Mode,
    /// What is said.
    pub sentence: Sentence,
    /// A trailing `?`: the source itself doubts it.
    pub doubted: bool,
    /// Who says so; never empty.
    pub attestations: Few<Attestation>,
    /// Everything said in addition.
    pub details: Vec<Detail>,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// Shown and counted, never reasoned with.
    pub draft: bool,
}

/// How a claim relates to what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// It happened, it held.
    Asserted,
    /// It did not, at any moment of the date.
    Denied,
    /// Whether it did is not known.
    UnknownWhether,
    /// It was tried; nothing is said of success.
    Attempted,
    /// It was planned.
    Planned,
    /// It was ordered; if it happened, it did not begin before the order.
    Ordered,
    /// It was expected; nothing follows.
    Expected,
    /// It was refused.
    Refused,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// An event of a type, its roles filled in the type's order.
    Happens {
        /// The type.
        event_type: EventTypeId,
        /// One filler a role.
        roles: Shared<Filler>,
        /// Circumstances from the sentence's tail: `at Kucha`, `under Guo Xiaoke`.
        tail: Vec<(CircumstanceId, Filler)>,
    },
    /// A relation that held, its roles filled in its order.
    Holds {
        /// The relation.
        relation: RelationId,
        /// One filler a role.
        roles: Shared<Filler>,
        /// Circumstances from the sentence's tail.
        tail: Vec<(CircumstanceId, Filler)>,
    },
    /// A quoted sentence: dated and placed, otherwise not understood.
    Text(String),
}

/// What stands in a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filler {
    /// The sentence leaves the role open.
    Unfilled,
    /// One thing, or several together; the words of a `{title: text}` role are a thing too.
    Entities(Few<EntityId>),
    /// One of these, the source does not say which.
    OneOf(Few<EntityId>),
    /// A figure, for a `{n: number}` role.
    Number(Box<Figure>),
}

/// A quantity as a source gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Lowest value the words allow; `None` for `unknown`, `light`.
    pub low: Option<u64>,
    /// Highest value the words allow; `None` for `at least`, `unknown`.
    pub high: Option<u64>,
    /// `about`, `~`, `c.`
    pub approximate: bool,
    /// What is counted, as written: `infantry and cavalry`, `killed or captured`.
    pub unit: String,
    /// The whole figure as written.
    pub written: String,
    /// `under Guo Xiaoke`.
    pub under: Option<EntityId>,
}

/// One source standing for a claim or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attestation {
    /// The witness.
    pub source: SourceId,
    /// Page, folio, chapter.
    pub locator: Option<Box<str>>,
    /// The source through which it is known.
    pub via: Option<SourceId>,
    /// Where it is cited; the claim's line for a default source.
    pub span: Span,
}

/// A witness: a book, a chronicle, an article, the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its citation key; the file's name for a file's own claims.
    pub key: String,
    /// Title, author, year and so on, in the order given.
    pub fields: Vec<(String, String)>,
    /// Where it is declared, if it is.
    pub span: Option<Span>,
    /// Whether it stands for a file that cites nobody.
    pub is_file: bool,
}

/// Something said in addition to the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The key as in DESIGN section 1: `force of`, `part of`, `note`.
    pub key: String,
    /// Whose, for `force of Tang`; several for a joint figure.
    pub of: Vec<EntityId>,
    /// What.
    pub value: DetailValue,
    /// A trailing `?`.
    pub doubted: bool,
    /// Its own citations; empty where the claim's serve.
    pub attestations: Few<Attestation>,
    /// Where it is written.
    pub span: Span,
    /// The whole detail as written.
    pub written: String,
}

/// The value of a detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailValue {
    /// Things named.
    Entities(Filler),
    /// Another event: `part of #oasis-campaign`. The condition it makes is in the claim's when.
    Event(EventId),
    /// A length of time in days: `lasting 40 days`.
    Length {
        /// Fewest days.
        least: i32,
        /// Most days.
        most: i32,
    },
    /// Figures: `3000 infantry and cavalry under Guo Xiaoke`.
    Figures(Vec<Figure>),
    /// `keeps ruler of`: effects that this claim cancels.
    Keeps(Template),
    /// Words.
    Text(String),
}

/// The unit of conflicts, readings and supports: one thing a claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// That it happened or held, with its roles.
    Happened(ClaimId),
    /// One condition of its date, by index.
    Date(ClaimId, u32),
    /// Who fills one role, by index; apart only where accounts of one event fill it differently.
    Role(ClaimId, u32),
    /// One detail, by index.
    Detail(ClaimId, u32),
    /// That two names mean one thing.
    Identity(IdentityId),
    /// That exactly one of several events happened.
    Choice(ChoiceId),
}

impl Part {
    /// The claim it is a part of, where it belongs to one.
    pub fn claim(self) -> Option<ClaimId> {
        match self {
            Part::Happened(c) | Part::Date(c, _) | Part::Role(c, _) | Part::Detail(c, _) => Some(c),
            Part::Identity(_) | Part::Choice(_) => None,
        }
    }
}
