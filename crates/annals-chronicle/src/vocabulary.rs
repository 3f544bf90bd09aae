//! Kinds, relations, event types and circumstances: the vocabulary as declared, compiled.

use annals_text::Span;

use crate::{CircumstanceId, Edge, EventTypeId, KindId, RelationId};

/// Everything declared with `kind`, `relation`, `event` and `circumstance`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Event types.
    pub event_types: Vec<EventType>,
    /// Circumstances.
    pub circumstances: Vec<Circumstance>,
}

/// A kind of things: `kind polity is actor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its one word.
    pub name: String,
    /// Kinds it is directly a case of.
    pub parents: Vec<KindId>,
    /// `moves`: a thing of this kind is in one place at a time and needs time to get to another.
    pub moves: bool,
    /// `wide`: a thing of this kind is no spot; its point says only about where it lies.
    pub wide: bool,
    /// `afloat`: a thing of this kind gets about on water only, and a `road` that is nothing but
    /// this kind leads over water.
    pub afloat: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A slot of a relation, an event type or a circumstance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name, unique within its declaration.
    pub name: String,
    /// What may fill it.
    pub content: RoleContent,
    /// Fewest things that fill it together: 1, or 2 for `{sides: polity, 2+}`.
    pub least: u32,
    /// Whether `N+` is written: then a list fills it together, as one event.
    pub together: bool,
}

/// What may fill a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleContent {
    /// Things of one of these kinds, the one preferred for a shared name first.
    Kinds(Vec<KindId>),
    /// Anything named.
    Any,
    /// Words.
    Text,
    /// A figure.
    Number,
}

/// A sentence pattern with slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its pieces, in order.
    pub pieces: Vec<PatternPiece>,
    /// Where it is written.
    pub span: Span,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternPiece {
    /// One word, in any of these forms; the first is the one answers use.
    Word(Vec<String>),
    /// A slot, by its index among the declaration's roles.
    Slot(u32),
    /// Pieces that may be left out together.
    Optional(Vec<PatternPiece>),
}

/// A relation: what can hold for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its number.
    pub id: RelationId,
    /// A short stable name made of its pattern's fixed words: `is subject to`.
    pub name: String,
    /// Its slots.
    pub roles: Vec<Role>,
    /// Its patterns; the first is the canonical one.
    pub patterns: Vec<Pattern>,
    /// One line of meaning.
    pub meaning: String,
    /// What always holds of it.
    pub constraints: Vec<Constraint>,
    /// Whom it finds where while it holds.
    pub presences: Vec<Presence>,
    /// How pictures show it, if they do.
    pub drawn: Option<Drawn>,
    /// Where it is declared.
    pub span: Span,
}

/// What always holds of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// `one suzerain per vassal`: for each filling of the `per` roles, one filling of the others.
    One {
        /// The roles that are unique, by index.
        value: Vec<u32>,
        /// The roles they are unique for, by index.
        per: Vec<u32>,
    },
    /// The order of the two slots does not matter.
    Symmetric,
    /// What holds from a to b and from b to c holds from a to c.
    Transitive,
    /// It is this other relation with the two slots exchanged.
    Inverse(RelationId),
    /// It holds always or never.
    Timeless,
    /// Once ended it never returns.
    Once,
    /// Its mentions lie within so many days.
    LastsAtMost {
        /// The days.
        days: i32,
        /// As written: `120 years`.
        written: String,
    },
    /// Without a mention within so many days it is unrecorded.
    FadesAfter {
        /// The days.
        days: i32,
        /// As written: `60 years`.
        written: String,
    },
    /// It needs another to hold, attests it, and ends with it.
    Needs(Template),
    /// It excludes another while it holds.
    NeedsNot(Template),
}

/// An event type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventType {
    /// Its number.
    pub id: EventTypeId,
    /// A short stable name made of its pattern's first fixed words: `submits to`.
    pub name: String,
    /// Its slots.
    pub roles: Vec<Role>,
    /// Its patterns; the first is the canonical one.
    pub patterns: Vec<Pattern>,
    /// One line of meaning.
    pub meaning: String,
    /// What it needs at its start and does at its end.
    pub effects: Vec<Effect>,
    /// Types it is a special case of.
    pub kind_of: Vec<EventTypeId>,
    /// Whether its start and end are two moments by nature.
    pub lasting: bool,
    /// Whom it finds or leaves where.
    pub presences: Vec<Presence>,
    /// `happens at {place}`: the role that says where it took place, by index. A circumstance such
    /// as `at Kucha` says it of any event.
    pub site: Option<u32>,
    /// `at the pace of army`: whoever does it gets about as things of this kind do.
    pub pace: Option<KindId>,
    /// How pictures show it, if not as a mark of its own.
    pub drawn: Option<Drawn>,
    /// Where it is declared.
    pub span: Span,
}

/// Who is where: `finds {who} at {place}` (when it starts), `leaves {who} at {place}` (when it
/// ends). It needs and makes no fluent: it binds through the time that roads take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The role of whoever is there, by index.
    pub who: u32,
    /// Where.
    pub place: Spot,
    /// At the start or at the end; at both of a relation's mention.
    pub edge: Edge,
}

/// The place of a [`Presence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// What fills a role, by index.
    Role(u32),
    /// `here`: where the claim's circumstances say it happened.
    Here,
}

/// How pictures show a relation or an event type: `drawn as {suzerain} above {vassal}`. It bears
/// on no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The form.
    pub form: DrawnForm,
    /// The roles that play its parts, by index, in the order of the form; `None` where a part
    /// that may be missing is missing.
    pub roles: [Option<u32>; 3],
}

/// The forms that pictures know. Each names its parts in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DrawnForm {
    /// `{lord} above {vassal}`: layers of the graph, colour of the vassal's land.
    Above,
    /// `{a} beside {b}`: friends.
    Beside,
    /// `{a} against {b}`: enemies.
    Against,
    /// `{a} kin to {b}`: relatives.
    Kin,
    /// `{child} born to {parent}`: relatives, a generation apart.
    Born,
    /// `{person} ruling {polity}`: the name in the polity's box.
    Ruling,
    /// `{holder} holding {place}`: land in the holder's colour.
    Holding,
    /// `{holder} guarding {place}`: a garrison.
    Guarding,
    /// `{whose} seated at {place}`: where a polity or an office has its seat.
    Seated,
    /// `{part} inside {whole}`: one place lies in another.
    Inside,
    /// `{who} staying at {place}`: where somebody is.
    Staying,
    /// `{captive} kept by {captor}`: a captive.
    Kept,
    /// `{who} moving from {origin} to {destination}`: a way on the map.
    Moving,
    /// `{who} sailing from {origin} to {destination}`: a way over water.
    Sailing,
    /// `{a} fighting {b} at {place}`: crossed swords.
    Fighting,
}

impl DrawnForm {
    /// Every form.
    pub const ALL: [DrawnForm; 15] = [
        DrawnForm::Above,
        DrawnForm::Beside,
        DrawnForm::Against,
        DrawnForm::Kin,
        DrawnForm::Born,
        DrawnForm::Ruling,
        DrawnForm::Holding,
        DrawnForm::Guarding,
        DrawnForm::Seated,
        DrawnForm::Inside,
        DrawnForm::Staying,
        DrawnForm::Kept,
        DrawnForm::Moving,
        DrawnForm::Sailing,
        DrawnForm::Fighting,
    ];

    /// The word that stands after the first role in the text.
    pub const fn word(self) -> &'static str {
        match self {
            DrawnForm::Above => "above",
            DrawnForm::Beside => "beside",
            DrawnForm::Against => "against",
            DrawnForm::Kin => "kin",
            DrawnForm::Born => "born",
            DrawnForm::Ruling => "ruling",
            DrawnForm::Holding => "holding",
            DrawnForm::Guarding => "guarding",
            DrawnForm::Seated => "seated",
            DrawnForm::Inside => "inside",
            DrawnForm::Staying => "staying",
            DrawnForm::Kept => "kept",
            DrawnForm::Moving => "moving",
            DrawnForm::Sailing => "sailing",
            DrawnForm::Fighting => "fighting",
        }
    }

    /// The words that introduce the second and the third part; empty where the part follows the
    /// form's word, `None` where there is no such part.
    pub const fn links(self) -> [Option<&'static str>; 2] {
        match self {
            DrawnForm::Above
            | DrawnForm::Beside
            | DrawnForm::Against
            | DrawnForm::Ruling
            | DrawnForm::Holding
            | DrawnForm::Guarding
            | DrawnForm::Inside => [Some(""), None],
            DrawnForm::Kin | DrawnForm::Born => [Some("to"), None],
            DrawnForm::Seated | DrawnForm::Staying => [Some("at"), None],
            DrawnForm::Kept => [Some("by"), None],
            DrawnForm::Moving | DrawnForm::Sailing => [Some("from"), Some("to")],
            DrawnForm::Fighting => [Some(""), Some("at")],
        }
    }

    /// Whether the form is one of events, not of states.
    pub const fn is_of_events(self) -> bool {
        matches!(
            self,
            DrawnForm::Moving | DrawnForm::Sailing | DrawnForm::Fighting
        )
    }
}

/// What an event needs or does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The fluent becomes true at the event's end.
    Begins(Template),
    /// The fluent was true just before the event's end and becomes false.
    Ends(Template),
    /// Whatever recorded fluents fit become false; nothing is needed.
    EndsAny(Template),
    /// The fluent is true at the event's start.
    Needs(Template),
    /// The fluent is false at the event's start.
    NeedsNot(Template),
}

/// A relation with its slots filled from the roles of the declaration it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The relation.
    pub relation: RelationId,
    /// One argument a role of the relation.
    pub arguments: Vec<Argument>,
}

/// What fills a slot of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// What fills this role of the declaration, by index.
    Role(u32),
    /// Anything recorded there.
    Any,
}

/// A tail every sentence may carry: `circumstance at {place}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstance {
    /// Its number.
    pub id: CircumstanceId,
    /// Its fixed words.
    pub name: String,
    /// Its slots, at most one.
    pub roles: Vec<Role>,
    /// Its patterns.
    pub patterns: Vec<Pattern>,
    /// One line of meaning.
    pub meaning: String,
    /// Where it is declared.
    pub span: Span,
}

impl Vocabulary {
    /// Whether things of kind `kind` are also of kind `above`, through any number of steps.
    pub fn is_a(&self, kind: KindId, above: KindId) -> bool {
        let mut seen = vec![false; self.kinds.len()];
        let mut open = vec![kind];
        while let Some(k) = open.pop() {
            if k == above {
                return true;
            }
            if !std::mem::replace(&mut seen[k.index()], true) {
                open.extend(&self.kinds[k.index()].parents);
            }
        }
        false
    }

    /// Whether `one` is `other` or a special case of it, through any number of steps.
    pub fn is_kind_of(&self, one: EventTypeId, other: EventTypeId) -> bool {
        let mut seen = vec![false; self.event_types.len()];
        let mut open = vec![one];
        while let Some(t) = open.pop() {
            if t == other {
                return true;
            }
            if !std::mem::replace(&mut seen[t.index()], true) {
                open.extend(&self.event_types[t.index()].kind_of);
            }
        }
        false
    }
}
