//! The chronicle: everything resolve has understood.

use std::sync::Arc;

use annals_text::Span;

use crate::{
    Attestation, Claim, ClaimId, Day, Entity, EntityId, EventId, Few, Identity, Mover, Road,
    Source, SourceId, Unit, Vocabulary,
};

/// A resolved chronicle. Every list is in document order and indexed by its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chronicle {
    /// The title, if the text gives one.
    pub title: Option<String>,
    /// The calendar bare dates are read in, by its canonical name; answers are printed in it.
    pub calendar: String,
    /// First and last day covered; outside nothing is claimed.
    pub covers: Option<(Day, Day)>,
    /// Kinds, relations, event types, circumstances.
    pub vocabulary: Vocabulary,
    /// Things with names.
    pub entities: Vec<Entity>,
    /// Witnesses.
    pub sources: Vec<Source>,
    /// Trust between sources.
    pub preferences: Vec<Preference>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Events and mentions.
    pub events: Vec<Event>,
    /// Claims, drafts included.
    pub claims: Vec<Claim>,
    /// `one of` statements.
    pub choices: Vec<Choice>,
    /// Claims that two names mean one thing.
    pub identities: Vec<Identity>,
    /// Series of calendar cells that relative dates use.
    pub grids: Vec<Grid>,
    /// Ways between places.
    pub roads: Vec<Road>,
    /// Measures of length.
    pub units: Vec<Unit>,
    /// Ways of getting about.
    pub movers: Vec<Mover>,
}

/// Trust: the first source rather than the second, where they clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The source trusted more.
    pub better: SourceId,
    /// The source trusted less.
    pub worse: SourceId,
    /// Where it is said.
    pub span: Span,
}

/// A section of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its window as written, if it has one.
    pub within: Option<String>,
    /// Its line.
    pub span: Span,
}

/// An event, or the mention of a state: what claims with one label tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// Its label without `#`.
    pub label: Option<Arc<str>>,
    /// Event or mention.
    pub kind: EventKind,
    /// Whether start and end are two moments.
    pub lasting: bool,
    /// The claims that tell of it, in document order. Never empty.
    pub claims: Few<ClaimId>,
    /// The first line that tells of it.
    pub span: Span,
}

/// What an [`Event`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Something that happened.
    Occurrence,
    /// A claim that a state held.
    Mention,
}

/// `one of #a, #b.`: exactly one of the events happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The events.
    pub events: Vec<EventId>,
    /// Who says so.
    pub attestations: Few<Attestation>,
    /// Where it is written.
    pub span: Span,
}

/// A series of calendar cells: cell `i` is the days from `starts[i]` to `starts[i + 1] - 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// What a cell is called: `year`, `month`.
    pub unit: String,
    /// First days of the cells, rising; the last one only closes the cell before it.
    pub starts: Vec<Day>,
}

impl Chronicle {
    /// The display name of an entity: its kind is added where another thing shares the name, and
    /// quotation marks stand around words.
    pub fn name_of(&self, id: EntityId) -> String {
        let entity = &self.entities[id.index()];
        if entity.words {
            return format!("\"{}\"", entity.name);
        }
        if entity.shares_name {
            format!(
                "{} ({})",
                entity.name,
                self.vocabulary.kinds[entity.kind.index()].name
            )
        } else {
            entity.name.clone()
        }
    }

    /// The event of a label, written without `#`.
    pub fn event_of_label(&self, label: &str) -> Option<EventId> {
        self.events
            .iter()
            .find(|e| e.label.as_deref() == Some(label))
            .map(|e| e.id)
    }
}
