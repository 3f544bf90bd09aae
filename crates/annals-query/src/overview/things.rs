//! Things as pictures see them.

use std::collections::BTreeSet;

use annals_chronicle::{Certainty, Entity, EntityId, KindId};

use super::geography::{point_seen, shapes_seen};
use super::{EventSeen, NameSeen, StateSeen, ThingSeen};
use crate::ask::Asker;

impl Asker<'_> {
    /// The things of a name, its further names included.
    pub(super) fn bearers_of(&self, name: &str) -> Vec<EntityId> {
        let wanted = name.trim();
        let bears = |entity: &Entity| {
            entity.name == wanted
                || self.name(entity.id) == wanted
                || entity.names.iter().any(|n| n.text == wanted)
        };
        let things = self.chronicle.entities.iter().filter(|e| bears(e));
        things.map(|e| e.id).collect()
    }

    /// Things that events and states name, and every declared place and end of a road, for the map.
    pub(super) fn things_seen(
        &self,
        events: &[EventSeen],
        states: &[&[StateSeen]],
    ) -> Vec<ThingSeen> {
        let states = states.iter().flat_map(|s| s.iter());
        let mut named: BTreeSet<u32> = events
            .iter()
            .flat_map(|e| e.roles.iter().chain(&e.circumstances))
            .flat_map(|role| role.things.iter().copied())
            .chain(states.flat_map(|s| s.things.iter().copied()))
            .collect();
        let lies = |e: &&Entity| e.place.is_some() || !e.geography.strokes.is_empty();
        let placed = self.chronicle.entities.iter().filter(lies);
        named.extend(placed.map(|e| e.id.0));
        let roads = self.chronicle.roads.iter();
        named.extend(roads.flat_map(|r| [r.from.0, r.to.0]));
        let entities = &self.chronicle.entities;
        let named = named.into_iter().filter_map(|id| entities.get(id as usize));
        named.map(|entity| self.thing_seen(entity)).collect()
    }

    fn thing_seen(&self, entity: &Entity) -> ThingSeen {
        let (file, line) = self.file_and_line(entity.span);
        let mut names: Vec<NameSeen> = entity
            .names
            .iter()
            .map(|name| NameSeen {
                text: name.text.clone(),
                language: name.language.clone(),
                doubted: false,
            })
            .collect();
        names.extend(self.doubted_names(entity));
        ThingSeen {
            id: entity.id.0,
            name: self.name(entity.id),
            kind: self.kind_name(entity.id),
            kinds: self.kinds_of(entity.kind),
            names,
            point: entity.place.map(point_seen),
            certainty: entity.geography.certainty.map(Certainty::word),
            shapes: shapes_seen(&entity.geography.strokes),
            unnamed: entity.unnamed,
            file,
            line,
        }
    }

    /// Names that are things of their own, because it is doubted that they are this one's.
    fn doubted_names(&self, entity: &Entity) -> Vec<NameSeen> {
        let identities = self.chronicle.identities.iter().filter(|i| i.doubted);
        let others = identities.filter_map(|identity| match entity.id {
            id if id == identity.a => Some(identity.b),
            id if id == identity.b => Some(identity.a),
            _ => None,
        });
        others
            .map(|other| NameSeen {
                text: self.name(other),
                language: None,
                doubted: true,
            })
            .collect()
    }

    fn kinds_of(&self, kind: KindId) -> Vec<String> {
        let vocabulary = &self.chronicle.vocabulary;
        let above = (0..vocabulary.kinds.len() as u32).map(KindId);
        let mut above: Vec<KindId> = above.filter(|k| vocabulary.is_a(kind, *k)).collect();
        above.sort_by_key(|k| (*k != kind, *k));
        above
            .into_iter()
            .map(|k| vocabulary.kinds[k.index()].name.clone())
            .collect()
    }
}
