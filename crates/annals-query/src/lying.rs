//! Where a thing lies and the roads from it, in words.

use annals_chronicle::{Distance, EntityId, Road};

use crate::ask::Asker;

impl Asker<'_> {
    /// How sure it is where a thing lies, its numbers elsewhere, words for readers.
    pub(crate) fn geography_shown(&self, id: EntityId) -> Vec<String> {
        let of = &self.chronicle.entities[id.index()].geography;
        let mut lines = Vec::new();
        if let Some(certainty) = of.certainty {
            lines.push(format!("its site is {}", certainty.word()));
        }
        if !of.identifiers.is_empty() {
            let words = of.identifiers.iter().map(|i| {
                let doubt = if i.doubted { " ?" } else { "" };
                format!("{} {}{doubt}", i.authority, i.value)
            });
            let words: Vec<String> = words.collect();
            lines.push(format!("known as {}", words.join(", ")));
        }
        lines.extend(of.notes.iter().cloned());
        lines
    }

    /// The roads that end in a place or lead through it, in document order.
    pub(crate) fn roads_shown(&self, id: EntityId) -> Vec<String> {
        let roads = self.chronicle.roads.iter();
        roads
            .filter(|r| r.from == id || r.to == id || r.via.contains(&id))
            .map(|road| self.road_words(road, id))
            .collect()
    }

    fn road_words(&self, road: &Road, seen_from: EntityId) -> String {
        let mut words = if road.to == seen_from {
            format!("from {}", self.name(road.from))
        } else if road.from == seen_from {
            format!("to {}", self.name(road.to))
        } else {
            format!("{} to {}", self.name(road.from), self.name(road.to))
        };
        if road.doubted {
            words.push_str(" ?");
        }
        let lengths: Vec<String> = road.distances.iter().map(|d| self.road_length(d)).collect();
        if !lengths.is_empty() {
            words.push_str(&format!(": {}", lengths.join("; ")));
        }
        words
    }

    fn road_length(&self, distance: &Distance) -> String {
        let doubt = if distance.doubted { " ?" } else { "" };
        let says = self.sources(&distance.attestations);
        let says: Vec<&str> = says.iter().map(|s| s.words.as_str()).collect();
        let says = if says.is_empty() {
            String::new()
        } else {
            format!(" ({})", says.join(", "))
        };
        format!("{}{doubt}{says}", distance.written)
    }
}
