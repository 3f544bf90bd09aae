//! What stands around a map: scale, north, legend.

use super::places::sign;
use super::scene::{Point, Scene};
use crate::marks::{At, When};
use crate::palette::Palette;
use crate::svg::{Svg, polyline};
use crate::text;

const LEGEND: f64 = 10.5;
const ROW: f64 = 18.0;

/// A scale bar and an arrow to the north, in the lower right corner.
pub(crate) fn scale(svg: &mut Svg, scene: &Scene<'_>) {
    let (left, top, width, height) = scene.extent.frame;
    let most = width * 0.2 / scene.extent.pixels_per_km;
    let steps = [
        1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0,
    ];
    let fits = steps.into_iter().rfind(|s| *s <= most);
    let km = fits.unwrap_or(1.0);
    let bar = km * scene.extent.pixels_per_km;
    let (right, y) = (left + width - 16.0, top + height - 16.0);
    svg.group("scale");
    let points = [
        (right - bar, y - 4.0),
        (right - bar, y),
        (right, y),
        (right, y - 4.0),
    ];
    svg.element("path")
        .class("scale-bar")
        .attr("d", &polyline(&points))
        .done();
    svg.element("text")
        .class("small halo")
        .at(right - bar / 2.0, y - 6.0)
        .attr("text-anchor", "middle")
        .text(&format!("{km:.0} km"));
    let (x, y) = (right - 6.0, y - 34.0);
    let arrow = [(x, y - 14.0), (x + 4.0, y), (x, y - 3.0), (x - 4.0, y)];
    svg.element("path")
        .class("north")
        .attr("d", &super::territory::closed(&arrow))
        .done();
    svg.element("text")
        .class("small halo")
        .at(x, y - 17.0)
        .attr("text-anchor", "middle")
        .text("N");
    svg.close("g");
}

/// How much room the scale takes.
pub(crate) fn scale_room(scene: &Scene<'_>) -> super::labels::Rect {
    let (left, top, width, height) = scene.extent.frame;
    super::labels::Rect {
        left: left + width * 0.78,
        right: left + width,
        top: top + height - 38.0,
        bottom: top + height,
    }
}

/// One entry of the legend.
enum Entry {
    Tint(String, &'static str),
    Hatch(&'static str),
    Alone,
    Line(&'static str, &'static str),
    Dot(&'static str, &'static str),
    Sign(&'static str, &'static str),
    March,
    Voyage,
    Fight,
}

impl Entry {
    fn words(&self) -> &str {
        match self {
            Entry::Tint(name, _) => name,
            Entry::Hatch(words)
            | Entry::Line(_, words)
            | Entry::Dot(_, words)
            | Entry::Sign(_, words) => words,
            Entry::Alone => "under nobody told of",
            Entry::March => "march",
            Entry::Voyage => "voyage",
            Entry::Fight => "fight",
        }
    }
}

/// The legend; says how high it is.
pub(crate) fn legend(
    svg: &mut Svg,
    (scene, at): (&Scene<'_>, Option<i32>),
    palette: &Palette,
    (left, top): Point,
    width: f64,
) -> f64 {
    let entries = entries(scene, palette, at);
    let (mut x, mut y) = (left, top + 12.0);
    svg.group("legend");
    for entry in &entries {
        let wide = 24.0 + text::width(entry.words(), LEGEND) + 14.0;
        if x + wide > left + width && x > left {
            x = left;
            y += ROW;
        }
        draw(svg, entry, (x, y));
        svg.element("text")
            .class("small")
            .at(x + 24.0, y)
            .text(entry.words());
        x += wide;
    }
    svg.close("g");
    y - top + 10.0
}

/// The powers that have a colour here and the signs that are used: of a map of a day, on that day.
fn entries(scene: &Scene<'_>, palette: &Palette, at: Option<i32>) -> Vec<Entry> {
    let lands = super::lands::shown(scene, palette, at);
    let mut entries: Vec<Entry> = lands
        .powers
        .into_iter()
        .take(10)
        .map(|id| Entry::Tint(scene.short_name(id), palette.class(id)))
        .collect();
    if lands.possible {
        entries.push(Entry::Hatch("possibly"));
    }
    if lands.alone {
        entries.push(Entry::Alone);
    }
    entries.extend(place_entries(scene));
    for (form, name, words) in [
        ("ruling", "crown", "ruler"),
        ("seated", "star", "seat"),
        ("guarding", "flag", "garrison"),
        ("staying", "person", "who is there"),
    ] {
        let drawn = |s: &&annals_query::StateSeen| {
            let drawn = s.drawn.as_ref().filter(|d| d.form == form);
            let place = drawn.and_then(|d| scene.place_of(*d.parts[1].first()?));
            place.is_some_and(|place| scene.is_inside(place))
        };
        let mut states = scene.overview.states.iter().filter(drawn);
        if states.any(|s| seen(&When::of_state(s), at)) {
            entries.push(Entry::Sign(name, words));
        }
    }
    for (form, entry) in [
        ("moving", Entry::March),
        ("sailing", Entry::Voyage),
        ("fighting", Entry::Fight),
    ] {
        let events = scene.overview.events.iter().filter(|e| e.told);
        let mut events = events.filter(|e| e.drawn.as_ref().is_some_and(|d| d.form == form));
        if events.any(|e| seen(&When::of_event(e), at) && stands(scene, e)) {
            entries.push(entry);
        }
    }
    entries
}

/// Whether something is seen on the day, or, without a day, on any.
fn seen(when: &When, at: Option<i32>) -> bool {
    at.is_none_or(|day| when.at(day) != At::None)
}

/// Whether an event names or befalls something within the page; whoever goes, goes from or to it.
fn stands(scene: &Scene<'_>, event: &annals_query::EventSeen) -> bool {
    let drawn = event.drawn.as_ref();
    if let Some(drawn) = drawn.filter(|d| matches!(d.form, "moving" | "sailing")) {
        let mut ends = [1, 2].into_iter().flat_map(|part| &drawn.parts[part]);
        return ends.any(|id| scene.is_inside(*id));
    }
    let named = event.roles.iter().chain(&event.circumstances);
    let mut named = named.flat_map(|r| &r.things);
    named.any(|id| scene.is_inside(*id))
}

/// Signs of places and roads.
fn place_entries(scene: &Scene<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let certainty = |word: &str| {
        let things = scene.overview.things.iter();
        things
            .filter(|t| t.certainty == Some(word))
            .any(|t| scene.is_inside(t.id))
    };
    entries.push(Entry::Dot("dot", "place"));
    if certainty("less certain") {
        entries.push(Entry::Dot("dot less", "site less certain"));
    }
    if certainty("uncertain") {
        entries.push(Entry::Dot("dot unsure", "site uncertain"));
    }
    for (class, words) in [
        ("way", "road"),
        ("way less", "road less certain"),
        ("way unsure", "road uncertain"),
    ] {
        let mut roads = scene.overview.roads.iter();
        let inside = |road: &annals_query::RoadSeen| {
            let points = super::ways::course(scene, road);
            points.len() >= 2 && points.iter().any(|p| scene.extent.holds(*p))
        };
        if roads.any(|road| super::base::road_class(road) == class && inside(road)) {
            entries.push(Entry::Line(class, words));
        }
    }
    entries
}

fn draw(svg: &mut Svg, entry: &Entry, (x, y): Point) {
    let swatch = |svg: &mut Svg, class: &str| {
        svg.element("rect")
            .class(class)
            .at(x, y - 9.0)
            .int("width", 18)
            .int("height", 11)
            .done();
    };
    match entry {
        Entry::Tint(_, class) => {
            swatch(svg, &format!("sure tint {class}"));
            swatch(svg, &format!("edge line {class}"));
        }
        Entry::Hatch(_) => swatch(svg, "maybe hatch cn"),
        Entry::Alone => swatch(svg, "own tint cn"),
        Entry::Line(class, _) => svg
            .element("path")
            .class(class)
            .attr("d", &polyline(&[(x, y - 4.0), (x + 18.0, y - 4.0)]))
            .done(),
        Entry::Dot(class, _) => svg
            .element("circle")
            .class(class)
            .num("cx", x + 9.0)
            .num("cy", y - 4.0)
            .num("r", 3.6)
            .done(),
        Entry::Sign(name, _) => sign(svg, name, "cn", (x + 9.0, y - 4.0)),
        Entry::March | Entry::Voyage => {
            let voyage = matches!(entry, Entry::Voyage);
            svg.element("g")
                .class(if voyage { "voyage" } else { "march" })
                .open();
            let line = polyline(&[(x, y - 4.0), (x + 12.0, y - 4.0)]);
            svg.element("path")
                .class("arrow line cn")
                .attr("d", &line)
                .done();
            let head = [(x + 19.0, y - 4.0), (x + 10.0, y - 8.0), (x + 10.0, y)];
            svg.element("path")
                .class("head fill cn")
                .attr("d", &super::territory::closed(&head))
                .done();
            svg.close("g");
        }
        Entry::Fight => {
            let path = polyline(&[(x + 3.0, y - 10.0), (x + 14.0, y + 1.0)])
                + &polyline(&[(x + 14.0, y - 10.0), (x + 3.0, y + 1.0)]);
            svg.element("path").class("swords").attr("d", &path).done();
        }
    }
}
