//! Where things lie and how far they are apart: points, lines, roads and the units of old sources.
//!
//! Nothing here bears on an answer by itself; pictures draw it, and whoever reckons with travel
//! reads it. Angles are millionths of a degree, lengths millimetres and metres: whole numbers, so
//! that the same text gives the same place and the same road everywhere.

use annals_text::Span;

use crate::{Attestation, EntityId, EntityName, KindId, Place};

/// How sure it is where something lies, or that a road was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Nobody disputes it.
    Certain,
    /// Probable: the place is known, its site is inferred.
    LessCertain,
    /// A guess among several.
    Uncertain,
}

impl Certainty {
    /// The word it is written with.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::LessCertain => "less certain",
            Certainty::Uncertain => "uncertain",
        }
    }
}

/// What is said of where a thing lies, besides its point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Geography {
    /// How sure its point and lines are, where that is said.
    pub certainty: Option<Certainty>,
    /// Who says where it lies; may be empty.
    pub attestations: Vec<Attestation>,
    /// Its course or outline, in pieces.
    pub strokes: Vec<Stroke>,
    /// Its numbers in gazetteers of others.
    pub identifiers: Vec<Identifier>,
    /// Words for readers.
    pub notes: Vec<String>,
    /// Whether claims tell of another place, one with a point, that lies in it.
    pub holds_places: bool,
}

/// A line through points: a piece of a river's course, or the outline of a lake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// Whether the last point joins the first: an outline.
    pub closed: bool,
    /// Two points at least, three of an outline.
    pub points: Vec<Place>,
    /// Whether the source doubts it.
    pub doubted: bool,
    /// Who says so; may be empty.
    pub attestations: Vec<Attestation>,
}

/// The number of a place in a gazetteer: `id geonames 1529114`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Whose number it is.
    pub authority: String,
    /// The number, or whatever they use.
    pub value: String,
    /// Whether it may be the number of another place.
    pub doubted: bool,
}

/// A way between two places: `road Gaochang to Karasahr`. It can be travelled in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Road {
    /// One end.
    pub from: EntityId,
    /// The other.
    pub to: EntityId,
    /// Names of the road.
    pub names: Vec<EntityName>,
    /// The places it passes, in order.
    pub via: Vec<EntityId>,
    /// What it leads over, as written: `mountain`, `desert`.
    pub kinds: Vec<String>,
    /// How sure its course is, where that is said.
    pub certainty: Option<Certainty>,
    /// Whether it is doubted that it was there.
    pub doubted: bool,
    /// How long it is by each account, in document order; rival ones stand side by side.
    pub distances: Vec<Distance>,
    /// The longest stretch of it without water by each account: `waterless 200 li`.
    pub waterless: Vec<Distance>,
    /// Its course, where points of it are given.
    pub strokes: Vec<Stroke>,
    /// Who says that it was there; may be empty.
    pub attestations: Vec<Attestation>,
    /// Words for readers.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// How long a road is by one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The fewest metres the words allow, by the shortest the unit may have been.
    pub least_m: u64,
    /// The most metres; `None` for `at least`.
    pub most_m: Option<u64>,
    /// `about`, `~`.
    pub approximate: bool,
    /// As written: `625 li`.
    pub written: String,
    /// Whether the source doubts it.
    pub doubted: bool,
    /// Who says so; may be empty.
    pub attestations: Vec<Attestation>,
    /// Where it is written.
    pub span: Span,
}

/// A measure of length: `unit li`. Where history disagrees how long it was, it is an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its names, the declared one first.
    pub names: Vec<String>,
    /// The shortest it may have been.
    pub least_mm: u64,
    /// The longest.
    pub most_mm: u64,
    /// Who says so; may be empty.
    pub attestations: Vec<Attestation>,
    /// Where it is declared.
    pub span: Span,
}

/// A way of getting about: `mover horse`. How far it gets in a day is known as an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Its names, the declared one first.
    pub names: Vec<String>,
    /// Metres a day at the slowest; by a unit that is an interval the fewest the words allow.
    pub least_m: u64,
    /// Metres a day in the ordinary case, where that is said.
    pub usual_m: Option<u64>,
    /// Metres a day at the most.
    pub most_m: u64,
    /// The pace as written: `25 to 38 km a day, usually 35`.
    pub written: String,
    /// One day of rest after so many days of travel: 6 for `rests 1 day in 7`.
    pub rests_after: Option<u32>,
    /// The longest waterless stretch, in days, that it gets over.
    pub water_days: Option<u32>,
    /// Kinds of things that get about so; empty for all that move.
    pub carries: Vec<KindId>,
    /// Whether it is out of the ordinary: what only it could do is strained.
    pub exceptional: bool,
    /// Whether it goes over water, and not over roads by land.
    pub afloat: bool,
    /// How sure the figures are, where that is said.
    pub certainty: Option<Certainty>,
    /// Who says so; may be empty.
    pub attestations: Vec<Attestation>,
    /// Words for readers, such as what the figures rest on.
    pub notes: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}
