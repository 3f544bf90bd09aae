//! Where things lie, and the roads between them, as pictures see them.

use annals_chronicle::{Certainty, Distance, Place, Road, Stroke};

use super::{DistanceSeen, NameSeen, PointSeen, RoadSeen, ShapeSeen};
use crate::ask::Asker;

pub(super) fn point_seen(place: Place) -> PointSeen {
    PointSeen {
        latitude_micro: place.latitude_micro,
        longitude_micro: place.longitude_micro,
    }
}

pub(super) fn shapes_seen(strokes: &[Stroke]) -> Vec<ShapeSeen> {
    strokes
        .iter()
        .map(|stroke| ShapeSeen {
            closed: stroke.closed,
            points: stroke.points.iter().map(|p| point_seen(*p)).collect(),
        })
        .collect()
}

impl Asker<'_> {
    /// All roads, in document order, which is the order of their numbers.
    pub(super) fn roads_seen(&self) -> Vec<RoadSeen> {
        let roads = self.chronicle.roads.iter().enumerate();
        roads
            .map(|(id, road)| self.road_seen(id as u32, road))
            .collect()
    }

    fn road_seen(&self, id: u32, road: &Road) -> RoadSeen {
        let (file, line) = self.file_and_line(road.span);
        let name = |name: &annals_chronicle::EntityName| NameSeen {
            text: name.text.clone(),
            language: name.language.clone(),
            doubted: false,
        };
        RoadSeen {
            id,
            words: format!("{} to {}", self.name(road.from), self.name(road.to)),
            names: road.names.iter().map(name).collect(),
            from: road.from.0,
            to: road.to.0,
            via: road.via.iter().map(|e| e.0).collect(),
            kinds: road.kinds.clone(),
            certainty: road.certainty.map(Certainty::word),
            doubted: road.doubted,
            distances: road
                .distances
                .iter()
                .map(|d| self.distance_seen(d))
                .collect(),
            shapes: shapes_seen(&road.strokes),
            file,
            line,
        }
    }

    fn distance_seen(&self, distance: &Distance) -> DistanceSeen {
        DistanceSeen {
            words: distance.written.clone(),
            least_m: distance.least_m,
            most_m: distance.most_m,
            sources: self.sources(&distance.attestations),
        }
    }
}
