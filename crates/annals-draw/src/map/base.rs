//! The ground of a map: land and sea, the graticule, waters, ranges, deserts and roads.

use annals_query::{RoadSeen, ThingSeen};

use super::labels::{Rect, Room};
use super::land::land;
use super::projection::Degrees;
use super::scene::{Point, Scene, plain_name};
use super::territory::closed;
use super::ways::course;
use crate::marks::{Kind, Mark};
use crate::svg::{Svg, number, polyline};

fn frame_rect(svg: &mut Svg, scene: &Scene<'_>, class: &str) {
    let (left, top, width, height) = scene.extent.frame;
    svg.element("rect")
        .class(class)
        .at(left, top)
        .num("width", width)
        .num("height", height)
        .done();
}

/// The clip that keeps everything inside the frame.
pub(crate) fn clip(svg: &mut Svg, scene: &Scene<'_>) {
    svg.element("clipPath").attr("id", "map-frame").open();
    frame_rect(svg, scene, "clip");
    svg.close("clipPath");
    // Nobody holds the sea: cells end at the coast.
    let coast = coast(scene);
    svg.element("clipPath").attr("id", "map-land").open();
    if coast.is_empty() {
        frame_rect(svg, scene, "clip");
    } else {
        svg.element("path").class("clip").attr("d", &coast).done();
    }
    svg.close("clipPath");
    svg.element("pattern")
        .attr("id", "map-sand")
        .attr("patternUnits", "userSpaceOnUse")
        .int("width", 7)
        .int("height", 7)
        .open();
    for (x, y) in [(1.5, 2.0), (5.0, 5.5)] {
        svg.element("circle")
            .class("grain")
            .num("cx", x)
            .num("cy", y)
            .num("r", 0.7)
            .done();
    }
    svg.close("pattern");
}

/// Sea, land and the graticule.
pub(crate) fn ground(svg: &mut Svg, scene: &Scene<'_>) {
    frame_rect(svg, scene, "sea");
    let path = coast(scene);
    if !path.is_empty() {
        svg.element("path").class("land").attr("d", &path).done();
    }
    graticule(svg, scene);
}

/// The land as a path.
fn coast(scene: &Scene<'_>) -> String {
    coasts(scene).iter().map(|ring| closed(ring)).collect()
}

/// The land, a ring an island or continent. Points that fall together at this scale are one.
pub(crate) fn coasts(scene: &Scene<'_>) -> Vec<Vec<Point>> {
    let rings = land(scene.extent.window()).into_iter().map(|ring| {
        let mut points: Vec<Point> = ring.iter().map(|d| scene.extent.page(*d)).collect();
        points.dedup_by(|a, b| (a.0 - b.0).abs() < 0.8 && (a.1 - b.1).abs() < 0.8);
        points
    });
    rings.filter(|points| points.len() >= 3).collect()
}

/// The step of the graticule in degrees: some five lines across.
fn step(scene: &Scene<'_>) -> f64 {
    let (_, _, width, _) = scene.extent.frame;
    let degrees = width / scene.extent.pixels_per_km / 111.2;
    let steps = [0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0];
    let fits = steps.into_iter().find(|s| degrees / s <= 9.0);
    fits.unwrap_or(45.0)
}

fn graticule(svg: &mut Svg, scene: &Scene<'_>) {
    let window = scene.extent.window();
    let step = step(scene);
    let line = |from: f64, to: f64, at: &dyn Fn(f64) -> Degrees| {
        let points: Vec<Point> = (0..=24)
            .map(|piece| from + (to - from) * f64::from(piece) / 24.0)
            .map(|value| scene.extent.page(at(value)))
            .collect();
        polyline(&points)
    };
    let mut path = String::new();
    let many = |from: f64, to: f64| {
        let first = (from / step).ceil() as i32;
        let last = (to / step).floor() as i32;
        (first..=last).map(move |n| f64::from(n) * step)
    };
    for latitude in many(window.south, window.north) {
        path.push_str(&line(window.west, window.east, &|longitude| Degrees {
            latitude,
            longitude,
        }));
    }
    for longitude in many(window.west, window.east) {
        path.push_str(&line(window.south, window.north, &|latitude| Degrees {
            latitude,
            longitude,
        }));
    }
    svg.element("path")
        .class("graticule")
        .attr("d", &path)
        .done();
}

/// Degrees at the edges: longitudes below, latitudes at the left.
pub(crate) fn degrees(svg: &mut Svg, scene: &Scene<'_>) {
    let window = scene.extent.window();
    let step = step(scene);
    let (left, top, width, height) = scene.extent.frame;
    svg.group("degrees");
    let mut longitude = (window.west / step).ceil() * step;
    while longitude <= window.east {
        // Where the meridian meets the lower edge, found by halving.
        let (mut low, mut high) = (window.south, window.north);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            let (_, y) = scene.extent.page(Degrees {
                latitude: middle,
                longitude,
            });
            if y > top + height {
                low = middle
            } else {
                high = middle
            }
        }
        let (x, y) = scene.extent.page(Degrees {
            latitude: low,
            longitude,
        });
        if (y - top - height).abs() < 2.0 && x > left + 16.0 && x < left + width - 16.0 {
            let named = super::projection::around(longitude, 0.0);
            svg.element("text")
                .class("degree")
                .at(x, top + height + 12.0)
                .attr("text-anchor", "middle")
                .text(&words(named, "E", "W"));
        }
        longitude += step;
    }
    parallels(svg, scene, step);
    svg.close("g");
}

/// Latitudes at the left edge.
fn parallels(svg: &mut Svg, scene: &Scene<'_>, step: f64) {
    let window = scene.extent.window();
    let (left, top, _, height) = scene.extent.frame;
    let mut latitude = (window.south / step).ceil() * step;
    while latitude <= window.north {
        // Where the parallel meets the left edge, found by halving.
        let (mut low, mut high) = (window.west, window.east);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            let place = Degrees {
                latitude,
                longitude: middle,
            };
            if scene.extent.page(place).0 < left {
                low = middle;
            } else {
                high = middle;
            }
        }
        let place = Degrees {
            latitude,
            longitude: low,
        };
        let (x, y) = scene.extent.page(place);
        if (x - left).abs() < 2.0 && y > top + 10.0 && y < top + height - 4.0 {
            svg.element("text")
                .class("degree halo")
                .at(left + 3.0, y - 2.0)
                .text(&words(latitude, "N", "S"));
        }
        latitude += step;
    }
}

/// `42° N`
fn words(value: f64, plus: &str, minus: &str) -> String {
    let size = number(value.abs());
    let side = if value < 0.0 { minus } else { plus };
    if value == 0.0 {
        "0°".to_owned()
    } else {
        format!("{size}° {side}")
    }
}

/// Waters, ranges and sands, each with its name where there is room.
pub(crate) fn nature(svg: &mut Svg, scene: &Scene<'_>, room: &mut Room) -> Vec<NatureLabel> {
    let mut labels = Vec::new();
    for pass in 0..3 {
        for thing in &scene.overview.things {
            let style = style_of(thing);
            if thing.shapes.is_empty() || style.pass != pass {
                continue;
            }
            draw_nature(svg, scene, thing, style, &mut labels);
        }
    }
    labels.retain(|label| room.try_take(label.rect()));
    labels
}

/// The name of a river, a lake or a range.
pub(crate) struct NatureLabel {
    pub words: String,
    at: Point,
    pub class: &'static str,
    wide: f64,
}

impl NatureLabel {
    fn rect(&self) -> Rect {
        let half = crate::text::width(&self.words, 11.0) * self.wide / 2.0;
        Rect {
            left: self.at.0 - half,
            right: self.at.0 + half,
            top: self.at.1 - 8.0,
            bottom: self.at.1 + 5.0,
        }
    }

    pub(crate) fn draw(&self, svg: &mut Svg) {
        svg.element("text")
            .class(&format!("nature halo {}", self.class))
            .at(self.at.0, self.at.1 + 3.0)
            .attr("text-anchor", "middle")
            .text(&self.words);
    }
}

#[derive(Clone, Copy)]
struct Style {
    class: &'static str,
    label: &'static str,
    pass: u8,
    wide: f64,
}

fn style_of(thing: &ThingSeen) -> Style {
    let is = |kind: &str| thing.kinds.iter().any(|k| k == kind);
    let style = |class, label, pass, wide| Style {
        class,
        label,
        pass,
        wide,
    };
    if is("river") {
        style("river", "water", 1, 1.0)
    } else if is("lake") || is("sea") {
        style("lake", "water", 2, 1.0)
    } else if is("mountain") {
        style("range", "spaced", 1, 1.35)
    } else if is("desert") {
        style("sand", "spaced", 0, 1.35)
    } else {
        style("region", "spaced", 0, 1.35)
    }
}

fn draw_nature(
    svg: &mut Svg,
    scene: &Scene<'_>,
    thing: &ThingSeen,
    style: Style,
    labels: &mut Vec<NatureLabel>,
) {
    let name = plain_name(thing);
    let mark = Mark {
        prefix: "map",
        kind: Kind::Thing,
        id: thing.id,
        nth: 0,
        class: "nature-mark",
        when: None,
        at: None,
        label: &format!("{name}, {}", thing.kind),
    };
    mark.open(svg);
    let mut seen: Vec<Point> = Vec::new();
    for shape in &thing.shapes {
        let points: Vec<Point> = shape
            .points
            .iter()
            .map(|p| scene.extent.page(Degrees::of(*p)))
            .collect();
        let path = if shape.closed {
            smooth(&points, true)
        } else {
            smooth(&points, false)
        };
        let class = if shape.closed {
            style.class.to_owned()
        } else {
            format!("{} open", style.class)
        };
        svg.element("path").class(&class).attr("d", &path).done();
        if style.class == "range" {
            svg.element("path")
                .class("ridges")
                .attr("d", &ridges(&points))
                .done();
        }
        let inside: Vec<Point> = points
            .into_iter()
            .filter(|p| scene.extent.holds(*p))
            .collect();
        if inside.len() > seen.len() {
            seen = inside;
        }
    }
    svg.close("g");
    let closed = thing.shapes.iter().any(|s| s.closed);
    let at = match (thing.point, closed) {
        (Some(point), true) => scene.extent.page(Degrees::of(point)),
        _ => match seen.get(seen.len() / 2) {
            Some(middle) => (middle.0, middle.1 - 6.0),
            None => return,
        },
    };
    if scene.extent.holds(at) {
        labels.push(NatureLabel {
            words: name,
            at,
            class: style.label,
            wide: style.wide,
        });
    }
}

/// A curve through points, by quadratic pieces between the middles of its sides.
fn smooth(points: &[Point], closed: bool) -> String {
    let count = points.len();
    if count < 3 {
        return polyline(points);
    }
    let middle = |a: Point, b: Point| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let pair = |p: Point| format!("{} {}", number(p.0), number(p.1));
    let mut path = String::new();
    if closed {
        let start = middle(points[count - 1], points[0]);
        path.push_str(&format!("M{}", pair(start)));
        for (at, point) in points.iter().enumerate() {
            let to = middle(*point, points[(at + 1) % count]);
            path.push_str(&format!("Q{} {}", pair(*point), pair(to)));
        }
        path.push('Z');
        return path;
    }
    path.push_str(&format!("M{}", pair(points[0])));
    for at in 1..count - 1 {
        let to = if at == count - 2 {
            points[count - 1]
        } else {
            middle(points[at], points[at + 1])
        };
        path.push_str(&format!("Q{} {}", pair(points[at]), pair(to)));
    }
    path
}

/// Small peaks along a crest.
fn ridges(points: &[Point]) -> String {
    let mut path = String::new();
    let mut left = 8.0;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        let mut along = left;
        while along < length {
            let x = a.0 + (b.0 - a.0) * along / length;
            let y = a.1 + (b.1 - a.1) * along / length;
            let peak = [(x - 5.0, y + 3.0), (x, y - 5.0), (x + 5.0, y + 3.0)];
            path.push_str(&polyline(&peak));
            along += 15.0;
        }
        left = along - length;
    }
    path
}

/// All roads, the uncertain ones dotted.
pub(crate) fn roads(svg: &mut Svg, scene: &Scene<'_>) {
    svg.group("roads");
    for road in &scene.overview.roads {
        let points = course(scene, road);
        if points.len() < 2 || !points.iter().any(|p| scene.extent.holds(*p)) {
            continue;
        }
        let label = road_words(road);
        let mark = Mark {
            prefix: "map",
            kind: Kind::Road,
            id: road.id,
            nth: 0,
            class: "",
            when: None,
            at: None,
            label: &label,
        };
        mark.open(svg);
        let path = polyline(&points);
        svg.element("path").class("reach").attr("d", &path).done();
        let class = road_class(road);
        svg.element("path").class(class).attr("d", &path).done();
        svg.close("g");
    }
    svg.close("g");
}

/// How a road is drawn: its line says how certain it is.
pub(crate) fn road_class(road: &RoadSeen) -> &'static str {
    match road.certainty {
        Some("certain") | None if !road.doubted => "way",
        Some("less certain") => "way less",
        _ => "way unsure",
    }
}

fn road_words(road: &RoadSeen) -> String {
    let lengths: Vec<&str> = road.distances.iter().map(|d| d.words.as_str()).collect();
    let mut words = format!("road {}", road.words);
    if !lengths.is_empty() {
        words.push_str(&format!(": {}", lengths.join(", ")));
    }
    words
}
