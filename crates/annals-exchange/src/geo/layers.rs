//! What lies where: rows of a table, each with a shape.

use annals::{EventSeen, PointSeen, ShapeSeen};

use crate::tables::{
    Cell, Content, Table, bound_cells, bounds_of, degrees, episodes_of, source_words,
};

/// A shape on the globe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A point.
    Point(PointSeen),
    /// Lines.
    Lines(Vec<Vec<PointSeen>>),
    /// Outlines without holes, each closed and counter-clockwise.
    Areas(Vec<Vec<PointSeen>>),
}

/// A layer: shapes of one kind with a row of a table each.
pub(crate) struct Layer {
    /// The rows; its name is the layer's.
    pub table: Table,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

impl Layer {
    fn new(table: Table) -> Layer {
        Layer {
            table,
            shapes: Vec::new(),
        }
    }

    fn push(&mut self, cells: Vec<Cell>, shape: Shape) {
        self.table.rows.push(cells);
        self.shapes.push(shape);
    }
}

/// All layers, empty ones included: a project made for one chronicle then opens for another.
pub(crate) fn layers(content: &Content<'_>) -> Vec<Layer> {
    let mut all = places(content).into_layers();
    all.push(events(content));
    all.push(states(content));
    all.push(roads(content));
    all
}

struct PlaceLayers {
    points: Layer,
    lines: Layer,
    outlines: Layer,
}

impl PlaceLayers {
    fn into_layers(self) -> Vec<Layer> {
        vec![self.points, self.lines, self.outlines]
    }
}

fn place_table(name: &'static str, meaning: &'static str) -> Table {
    Table::new(name, meaning)
        .whole("thing", "the thing")
        .text("name", "its name")
        .text("kind", "its kind")
        .text("names", "its further names")
        .text(
            "certainty",
            "how sure it is that it lies there, where that is said",
        )
}

fn places(content: &Content<'_>) -> PlaceLayers {
    let mut layers = PlaceLayers {
        points: Layer::new(place_table("place_points", "things that lie at a point")),
        lines: Layer::new(place_table("place_lines", "courses of rivers and ranges")),
        outlines: Layer::new(place_table(
            "place_outlines",
            "outlines of lakes and regions",
        )),
    };
    for thing in &content.overview.things {
        let names: Vec<&str> = thing.names.iter().map(|n| n.text.as_str()).collect();
        let cells = vec![
            Cell::whole(thing.id),
            Cell::text(thing.name.as_str()),
            Cell::text(thing.kind.as_str()),
            Cell::text(names.join("; ")),
            Cell::maybe(thing.certainty),
        ];
        if let Some(point) = thing.point {
            layers.points.push(cells.clone(), Shape::Point(point));
        }
        let (closed, open): (Vec<&ShapeSeen>, Vec<&ShapeSeen>) =
            thing.shapes.iter().partition(|shape| shape.closed);
        if !open.is_empty() {
            let lines = open.iter().map(|shape| shape.points.clone()).collect();
            layers.lines.push(cells.clone(), Shape::Lines(lines));
        }
        if !closed.is_empty() {
            let areas = closed.iter().map(|shape| outline(&shape.points)).collect();
            layers.outlines.push(cells, Shape::Areas(areas));
        }
    }
    layers
}

/// An outline closed and counter-clockwise, as RFC 7946 (3.1.6) asks.
pub(crate) fn outline(points: &[PointSeen]) -> Vec<PointSeen> {
    let mut ring = points.to_vec();
    if ring.first() != ring.last() {
        ring.extend(points.first().copied());
    }
    let doubled: i128 = ring
        .windows(2)
        .map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            i128::from(a.longitude_micro) * i128::from(b.latitude_micro)
                - i128::from(b.longitude_micro) * i128::from(a.latitude_micro)
        })
        .sum();
    if doubled < 0 {
        ring.reverse();
    }
    ring
}

fn events(content: &Content<'_>) -> Layer {
    let table = Table::new("event_points", "events that happened at one place")
        .whole("event", "the event")
        .text("label", "its label")
        .text("sentence", "what happened")
        .text("type", "the short name of its type")
        .text(
            "status",
            "happened, doubted, disputed, denied, planned and so on",
        )
        .text("place", "the place")
        .text("days", "its days in words")
        .text("sources", "who tells of it")
        .four_bounds();
    let mut layer = Layer::new(table);
    for event in &content.overview.events {
        let place = content.place_of(event);
        let point = place.and_then(|place| content.point(place));
        let (Some(place), Some(point)) = (place, point) else {
            continue;
        };
        let mut cells = vec![
            Cell::whole(event.id),
            Cell::maybe(event.label.as_deref()),
            Cell::text(event.sentence.as_str()),
            Cell::text(event.type_name.as_str()),
            Cell::text(event.status.as_str()),
            Cell::text(content.name(place)),
            Cell::text(event.words.as_str()),
            Cell::text(sources_of(event, content)),
        ];
        let bounds = bounds_of(&event.start, event.end.as_deref());
        cells.extend(bound_cells(bounds, content.settings));
        layer.push(cells, Shape::Point(point));
    }
    layer
}

fn sources_of(event: &EventSeen, content: &Content<'_>) -> String {
    let claims = event.claims.iter();
    let claims = claims.filter_map(|id| content.claims.get(*id as usize));
    let mut words: Vec<String> = Vec::new();
    for claim in claims {
        let said = source_words(&claim.claim.sources);
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.join("; ")
}

fn states(content: &Content<'_>) -> Layer {
    let table = Table::new(
        "state_points",
        "states of one place, an episode a point: who held it, whose seat it was",
    )
    .whole("state", "the state")
    .text("sentence", "the state as a sentence")
    .text("relation", "the short name of the relation")
    .text("place", "the place")
    .text("others", "who else it is about")
    .column(
        "certain",
        crate::tables::Form::Flag,
        "whether it certainly held on some day of it",
    )
    .four_bounds();
    let mut layer = Layer::new(table);
    for state in &content.overview.states {
        let placed: Vec<(u32, PointSeen)> = state
            .things
            .iter()
            .filter_map(|thing| Some((*thing, content.point(*thing)?)))
            .collect();
        let [(place, point)] = placed[..] else {
            continue;
        };
        let others: Vec<&str> = state
            .things
            .iter()
            .filter(|thing| **thing != place)
            .map(|thing| content.name(*thing))
            .collect();
        for episode in episodes_of(state) {
            let mut cells = vec![
                Cell::whole(state.id),
                Cell::text(state.sentence.as_str()),
                Cell::text(state.relation.as_str()),
                Cell::text(content.name(place)),
                Cell::text(others.join("; ")),
                Cell::flag(episode.certain),
            ];
            cells.extend(bound_cells(episode.bounds, content.settings));
            layer.push(cells, Shape::Point(point));
        }
    }
    layer
}

fn roads(content: &Content<'_>) -> Layer {
    let table = Table::new(
        "road_lines",
        "ways between places; straight where no course is given",
    )
    .whole("road", "the road")
    .text("words", "its ends in words")
    .text("kinds", "what it leads over")
    .text("lengths", "its length by each source")
    .text("certainty", "how sure its course is, where that is said")
    .column(
        "doubted",
        crate::tables::Form::Flag,
        "whether it is doubted that it was there",
    );
    let mut layer = Layer::new(table);
    for road in &content.overview.roads {
        let ends = [road.from]
            .into_iter()
            .chain(road.via.iter().copied())
            .chain([road.to]);
        let straight: Vec<PointSeen> = ends.filter_map(|thing| content.point(thing)).collect();
        let lines: Vec<Vec<PointSeen>> = match road.shapes.is_empty() {
            false => road
                .shapes
                .iter()
                .map(|shape| shape.points.clone())
                .collect(),
            true if straight.len() > 1 => vec![straight],
            true => continue,
        };
        let lengths: Vec<String> = road
            .distances
            .iter()
            .map(|d| format!("{} ({})", d.words, source_words(&d.sources)))
            .collect();
        let cells = vec![
            Cell::whole(road.id),
            Cell::text(road.words.as_str()),
            Cell::text(road.kinds.join(", ")),
            Cell::text(lengths.join("; ")),
            Cell::maybe(road.certainty),
            Cell::flag(road.doubted),
        ];
        layer.push(cells, Shape::Lines(lines));
    }
    layer
}

impl Shape {
    /// As a geometry of GeoJSON: longitude first.
    pub(crate) fn to_json(&self) -> String {
        let line = |points: &Vec<PointSeen>| {
            let points: Vec<String> = points.iter().map(position).collect();
            format!("[{}]", points.join(", "))
        };
        match self {
            Shape::Point(point) => {
                format!(
                    "{{\"type\": \"Point\", \"coordinates\": {}}}",
                    position(point)
                )
            }
            Shape::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(line).collect();
                format!(
                    "{{\"type\": \"MultiLineString\", \"coordinates\": [{}]}}",
                    lines.join(", ")
                )
            }
            Shape::Areas(areas) => {
                let areas: Vec<String> = areas.iter().map(|a| format!("[{}]", line(a))).collect();
                format!(
                    "{{\"type\": \"MultiPolygon\", \"coordinates\": [{}]}}",
                    areas.join(", ")
                )
            }
        }
    }
}

fn position(point: &PointSeen) -> String {
    format!(
        "[{}, {}]",
        degrees(point.longitude_micro),
        degrees(point.latitude_micro)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: i32, longitude: i32) -> PointSeen {
        PointSeen {
            latitude_micro: latitude,
            longitude_micro: longitude,
        }
    }

    #[test]
    fn outlines_close_and_turn_left() {
        let clockwise = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
        let ring = outline(&clockwise);
        assert_eq!(ring.len(), 5);
        assert_eq!(ring.first(), ring.last());
        assert_eq!(ring[1], at(0, 1), "east first, then north");
        assert_eq!(outline(&ring), ring);
    }
}
