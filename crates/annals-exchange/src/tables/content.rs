//! A compiled chronicle as exporters read it: everything once, with nothing left out.

use std::collections::BTreeMap;

use annals::calendar::Settings;
use annals::chronicle::{Entity, KindId};
use annals::{
    Chronicle, ClaimRecord, Compiled, EventSeen, Overview, PointSeen, RoleSeen, Scope, ThingSeen,
};

/// What exporters read of a chronicle.
pub struct Content<'c> {
    /// The chronicle.
    pub chronicle: &'c Chronicle,
    /// How its days are printed.
    pub settings: &'c Settings,
    /// Events, states, roads, sources and conflicts, all of them.
    pub overview: Overview,
    /// Every claim.
    pub claims: Vec<ClaimRecord>,
    names: Vec<String>,
    points: BTreeMap<u32, PointSeen>,
}

impl<'c> Content<'c> {
    /// Everything a compiled chronicle says.
    pub fn of(compiled: &'c Compiled) -> Content<'c> {
        let everything = Scope {
            about: None,
            most_events: usize::MAX,
            most_states: usize::MAX,
        };
        let overview = compiled.overview(&everything);
        let points = overview.things.iter();
        let points = points.filter_map(|thing| Some((thing.id, thing.point?)));
        Content {
            chronicle: compiled.chronicle(),
            settings: &compiled.resolved.settings,
            points: points.collect(),
            claims: compiled.claim_records(),
            names: names(compiled.chronicle()),
            overview,
        }
    }

    /// The display name of a thing.
    pub fn name(&self, thing: u32) -> &str {
        self.names.get(thing as usize).map_or("", String::as_str)
    }

    /// Every thing, in document order.
    pub(crate) fn things(&self) -> &[Entity] {
        &self.chronicle.entities
    }

    /// The name of a thing's kind.
    pub(crate) fn kind(&self, thing: &Entity) -> &str {
        let kind = self.chronicle.vocabulary.kinds.get(thing.kind.index());
        kind.map_or("", |kind| kind.name.as_str())
    }

    /// Whether a thing is of a kind or of one below it.
    pub(crate) fn is_a(&self, thing: &Entity, kind: &str) -> bool {
        let vocabulary = &self.chronicle.vocabulary;
        let kinds = (0u32..).map(KindId).zip(&vocabulary.kinds);
        let mut named = kinds.filter(|(_, known)| known.name == kind);
        named.any(|(above, _)| vocabulary.is_a(thing.kind, above))
    }

    /// Where a thing lies.
    pub(crate) fn point(&self, thing: u32) -> Option<PointSeen> {
        let entity = self.chronicle.entities.get(thing as usize)?;
        let place = entity.place.map(|place| PointSeen {
            latitude_micro: place.latitude_micro,
            longitude_micro: place.longitude_micro,
        });
        place.or_else(|| self.points.get(&thing).copied())
    }

    /// A thing of the overview, by number.
    pub(crate) fn thing_seen(&self, thing: u32) -> Option<&ThingSeen> {
        let things = &self.overview.things;
        let at = things.binary_search_by_key(&thing, |t| t.id).ok()?;
        things.get(at)
    }

    /// Where an event happened, as far as one place is named: the one its circumstances name, else
    /// the only thing in its roles that lies somewhere.
    pub(crate) fn place_of(&self, event: &EventSeen) -> Option<u32> {
        let placed = |role: &RoleSeen| match role.things[..] {
            [thing] if !role.one_of => self.point(thing).map(|_| thing),
            _ => None,
        };
        let around = event.circumstances.iter();
        if let Some(place) = around.filter(|role| role.role == "at").find_map(placed) {
            return Some(place);
        }
        let mut within = event.roles.iter().chain(&event.circumstances);
        let first = within.by_ref().find_map(placed)?;
        within
            .all(|role| placed(role).is_none_or(|other| other == first))
            .then_some(first)
    }
}

/// The display names of all things; a kind is added where another thing shares the name. The
/// chronicle's own function looks through all things for each, which a long one cannot afford.
fn names(chronicle: &Chronicle) -> Vec<String> {
    let mut sharing: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in chronicle.entities.iter().filter(|e| !e.words) {
        *sharing.entry(entity.name.as_str()).or_default() += 1;
    }
    let name = |entity: &Entity| {
        if entity.words {
            return format!("\"{}\"", entity.name);
        }
        if sharing.get(entity.name.as_str()).is_some_and(|n| *n > 1) {
            let kind = chronicle.vocabulary.kinds.get(entity.kind.index());
            return format!("{} ({})", entity.name, kind.map_or("", |k| k.name.as_str()));
        }
        entity.name.clone()
    };
    chronicle.entities.iter().map(name).collect()
}
