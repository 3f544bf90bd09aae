//! Things with names, and claims that two names mean one thing.

use annals_text::Span;

use crate::{Attestation, EntityId, Few, Geography, KindId};

/// A declared thing: a polity, a place, a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its number.
    pub id: EntityId,
    /// Its first name, as declared. Two things of different kinds may share it.
    pub name: String,
    /// Its kind.
    pub kind: KindId,
    /// Further names that are not doubted. A doubted one is an entity of its own, tied by an
    /// [`Identity`].
    pub names: Vec<EntityName>,
    /// `unnamed`: may be the same as another that is recorded in its place.
    pub unnamed: bool,
    /// Words in quotation marks that fill a text role (`is "protector-general" of`): a thing by
    /// being said, never declared.
    pub words: bool,
    /// Whether the text speaks of it in the plural: `Western Turks capture Long Lipozhun`.
    pub plural: bool,
    /// Whether another declared thing bears the same first name: then its kind is shown with it.
    pub shares_name: bool,
    /// Where it lies.
    pub place: Option<Place>,
    /// What else is said of where it lies.
    pub geography: Geography,
    /// Where it is declared.
    pub span: Span,
}

/// A further name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityName {
    /// The name.
    pub text: String,
    /// Language or script, as written.
    pub language: Option<String>,
    /// Who calls it so; may be empty.
    pub attestations: Vec<Attestation>,
}

/// A point on the globe in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// North positive.
    pub latitude_micro: i32,
    /// East positive.
    pub longitude_micro: i32,
}

/// A claim that two declared names mean one thing (`also … ?`, `is the same as`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The thing declared first.
    pub a: EntityId,
    /// The other.
    pub b: EntityId,
    /// Whether it is doubted: then some timelines have one thing and others two.
    pub doubted: bool,
    /// Who says so; may be empty for the editor's own.
    pub attestations: Few<Attestation>,
    /// Where it is written.
    pub span: Span,
}
