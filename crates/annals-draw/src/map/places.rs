//! Places with their names, and what is told of them: rulers, seats, garrisons, who is there.

use std::collections::BTreeMap;

use annals_query::{StateSeen, ThingSeen};

use super::labels::{Placed, Rect, Room};
use super::scene::{Point, Scene, is_wide, plain_name};
use super::slots::slots;
use crate::marks::{Kind, Mark, When};
use crate::palette::Palette;
use crate::svg::Svg;
use crate::text;

const NAME: f64 = 12.5;
const SECOND: f64 = 11.5;
const LINE: f64 = 10.5;
/// Height of the name and of each line below it.
const NAME_HEIGHT: f64 = 15.0;
const LINE_HEIGHT: f64 = 12.5;
/// The most lines below a name.
const MOST_LINES: usize = 4;

/// A line below a place's name: a state that is told of it.
struct Told<'a> {
    state: &'a StateSeen,
    when: When,
    words: String,
    sign: &'static str,
    class: &'static str,
}

/// A place that gets a label.
struct Labelled<'a> {
    thing: &'a ThingSeen,
    point: Point,
    weight: u32,
    told: Vec<Told<'a>>,
    slots: Vec<Option<usize>>,
}

impl Labelled<'_> {
    fn second(&self) -> Option<(&str, Option<String>)> {
        Scene::second_name(self.thing).filter(|_| self.weight > 0)
    }

    fn size(&self) -> (f64, f64) {
        let mut first = text::bold_width(&plain_name(self.thing), NAME);
        if let Some((second, _)) = self.second() {
            first += 5.0 + text::width(second, SECOND);
        }
        let lines = self.told.iter().zip(&self.slots);
        let lines = lines.filter(|(_, slot)| slot.is_some());
        let widest = lines
            .map(|(t, _)| 13.0 + text::width(&t.words, LINE))
            .fold(first, f64::max);
        let count = self.slots.iter().flatten().max().map_or(0, |m| m + 1);
        (widest, NAME_HEIGHT + LINE_HEIGHT * count as f64)
    }
}

/// Draws the dots first, then names and lines where there is room for them.
pub(crate) fn places(
    svg: &mut Svg,
    scene: &Scene<'_>,
    palette: &Palette,
    at: Option<i32>,
    room: &mut Room,
) {
    let told = told_of_places(scene, palette);
    let mut labelled = Vec::new();
    let mut told = told;
    for thing in &scene.overview.things {
        let Some(point) = scene.raw_point(thing.id).filter(|_| thing.point.is_some()) else {
            continue;
        };
        let bare = is_wide(thing) && !thing.shapes.is_empty();
        if bare || !scene.extent.holds(point) {
            continue;
        }
        let told = told.remove(&thing.id).unwrap_or_default();
        let whens: Vec<When> = told.iter().map(|t| t.when.clone()).collect();
        labelled.push(Labelled {
            thing,
            point,
            weight: scene.weight(thing.id),
            slots: slots(&whens, at, MOST_LINES),
            told,
        });
    }
    labelled.sort_by_key(|l| (std::cmp::Reverse(l.weight), l.thing.id));
    for place in labelled.iter().filter(|p| !is_wide(p.thing)) {
        room.take(Rect::around(place.point, 5.0));
    }
    for place in &labelled {
        let radius = if is_wide(place.thing) { 0.0 } else { 5.0 };
        let placed = room.place(place.point, place.size(), radius);
        draw(svg, place, placed, at);
    }
}

/// What states tell of each place, by its number.
fn told_of_places<'a>(scene: &Scene<'a>, palette: &Palette) -> BTreeMap<u32, Vec<Told<'a>>> {
    let mut told: BTreeMap<u32, Vec<Told<'a>>> = BTreeMap::new();
    for state in &scene.overview.states {
        let Some(drawn) = &state.drawn else { continue };
        let part = |at: usize| drawn.parts[at].first().copied();
        let (Some(who), Some(place)) = (part(0), part(1)) else {
            continue;
        };
        let name = scene.short_name(who);
        let (words, sign) = match drawn.form {
            "ruling" => (name, "crown"),
            "seated" => (format!("seat of {name}"), "star"),
            "guarding" => (format!("garrison of {name}"), "flag"),
            "staying" => (name, "person"),
            _ => continue,
        };
        let Some(place) = scene.place_of(place).filter(|p| scene.is_inside(*p)) else {
            continue;
        };
        told.entry(place).or_default().push(Told {
            state,
            when: When::of_state(state),
            words: text::fit(&words, LINE, 190.0).shown,
            sign,
            class: palette.class(who),
        });
    }
    told
}

fn draw(svg: &mut Svg, place: &Labelled<'_>, placed: Option<Placed>, at: Option<i32>) {
    let thing = place.thing;
    let name = plain_name(thing);
    let site = thing
        .certainty
        .map_or(String::new(), |c| format!(", its site is {c}"));
    let label = format!("{name}, {}{site}", thing.kind);
    let class = if place.weight == 0 {
        "place quiet"
    } else {
        "place"
    };
    let mark = Mark {
        prefix: "map",
        kind: Kind::Thing,
        id: thing.id,
        nth: 0,
        class,
        when: None,
        at: None,
        label: &label,
    };
    mark.open(svg);
    if !is_wide(thing) {
        dot(svg, thing, place.point, place.weight);
    }
    if let Some(placed) = placed {
        leader(svg, place.point, &placed);
        name_text(svg, place, &placed);
    }
    svg.close("g");
    let Some(placed) = placed else { return };
    for (told, slot) in place.told.iter().zip(&place.slots) {
        if let Some(slot) = slot {
            line(svg, told, &placed, *slot, at);
        }
    }
}

/// A dot: filled where the site is certain, open where it is inferred, dotted where it is a guess.
fn dot(svg: &mut Svg, thing: &ThingSeen, (x, y): Point, weight: u32) {
    let class = match thing.certainty {
        Some("uncertain") => "dot unsure",
        Some("less certain") => "dot less",
        _ => "dot",
    };
    let size = if weight == 0 { 2.4 } else { 3.6 };
    let is = |kind: &str| thing.kinds.iter().any(|k| k == kind);
    if is("pass") {
        let path = crate::svg::polyline(&[
            (x - size - 1.0, y - size),
            (x - 1.5, y),
            (x - size - 1.0, y + size),
        ]);
        let other = crate::svg::polyline(&[
            (x + size + 1.0, y - size),
            (x + 1.5, y),
            (x + size + 1.0, y + size),
        ]);
        svg.element("path")
            .class("pass")
            .attr("d", &(path + &other))
            .done();
    } else if is("fortress") {
        svg.element("rect")
            .class(class)
            .at(x - size, y - size)
            .num("width", size * 2.0)
            .num("height", size * 2.0)
            .done();
    } else {
        svg.element("circle")
            .class(class)
            .num("cx", x)
            .num("cy", y)
            .num("r", size)
            .done();
    }
}

/// A thin line to a label that stands away from its dot.
fn leader(svg: &mut Svg, (x, y): Point, placed: &Placed) {
    let near = (
        x.clamp(placed.rect.left, placed.rect.right),
        y.clamp(placed.rect.top, placed.rect.top + NAME_HEIGHT),
    );
    if (near.0 - x).hypot(near.1 - y) > 14.0 {
        svg.element("path")
            .class("leader")
            .attr("d", &crate::svg::polyline(&[(x, y), near]))
            .done();
    }
}

fn name_text(svg: &mut Svg, place: &Labelled<'_>, placed: &Placed) {
    let name = plain_name(place.thing);
    let baseline = placed.rect.top + NAME_HEIGHT - 3.5;
    let (left, right) = (placed.rect.left, placed.rect.right);
    let own = text::bold_width(&name, NAME);
    let second = place.second();
    let whole = own
        + second
            .as_ref()
            .map_or(0.0, |(words, _)| 5.0 + text::width(words, SECOND));
    // Two texts of different sizes and languages stand side by side as one line.
    let start = match placed.anchor {
        super::labels::Anchor::Start => left,
        super::labels::Anchor::Middle => (left + right - whole) / 2.0,
        super::labels::Anchor::End => right - whole,
    };
    svg.element("text")
        .class("name halo")
        .at(start, baseline)
        .text(&name);
    if let Some((words, tag)) = second {
        svg.element("text")
            .class("second halo")
            .at(start + own + 5.0, baseline)
            .lang(tag.as_deref())
            .text(words);
    }
}

fn line(svg: &mut Svg, told: &Told<'_>, placed: &Placed, slot: usize, at: Option<i32>) {
    let y = placed.rect.top + NAME_HEIGHT + LINE_HEIGHT * slot as f64 + 9.0;
    let width = 13.0 + text::width(&told.words, LINE);
    let left = match placed.anchor {
        super::labels::Anchor::Start => placed.rect.left,
        super::labels::Anchor::Middle => placed.x() - width / 2.0,
        super::labels::Anchor::End => placed.rect.right - width,
    };
    let mark = Mark {
        prefix: "map",
        kind: Kind::State,
        id: told.state.id,
        nth: 0,
        class: "timed told",
        when: Some(&told.when),
        at,
        label: &told.state.sentence,
    };
    mark.open(svg);
    sign(svg, told.sign, told.class, (left + 5.0, y - 3.8));
    svg.element("text")
        .class("line-text halo")
        .at(left + 13.0, y)
        .text(&told.words);
    svg.element("text")
        .class("line-text doubt halo")
        .at(left + 13.0 + width - 11.0, y)
        .text("?");
    svg.close("g");
}

/// A small sign of nine pixels.
pub(crate) fn sign(svg: &mut Svg, sign: &str, class: &str, (x, y): Point) {
    let line = |points: &[Point]| {
        let moved: Vec<Point> = points.iter().map(|(a, b)| (x + a, y + b)).collect();
        super::territory::closed(&moved)
    };
    let path = match sign {
        "crown" => line(&[
            (-4.5, 3.5),
            (-4.5, -3.5),
            (-1.8, -0.5),
            (0.0, -4.0),
            (1.8, -0.5),
            (4.5, -3.5),
            (4.5, 3.5),
        ]),
        "star" => line(&[
            (0.0, -4.8),
            (1.3, -1.5),
            (4.6, -1.5),
            (2.0, 0.8),
            (2.9, 4.2),
            (0.0, 2.2),
            (-2.9, 4.2),
            (-2.0, 0.8),
            (-4.6, -1.5),
            (-1.3, -1.5),
        ]),
        "flag" => line(&[
            (-3.5, 4.5),
            (-3.5, -4.5),
            (4.5, -2.2),
            (-2.3, 0.2),
            (-2.3, 4.5),
        ]),
        _ => line(&[
            (-3.8, 4.2),
            (-3.0, 0.6),
            (-1.2, -0.2),
            (-1.9, -2.4),
            (0.0, -4.4),
            (1.9, -2.4),
            (1.2, -0.2),
            (3.0, 0.6),
            (3.8, 4.2),
        ]),
    };
    svg.element("path")
        .class(&format!("sign fill {class}"))
        .attr("d", &path)
        .done();
}

/// What is named and lies far away: a pointer at the edge, with how far it is.
pub(crate) fn far(svg: &mut Svg, scene: &Scene<'_>, room: &mut Room) {
    for thing in &scene.overview.things {
        let weight = scene.weight(thing.id);
        let Some(point) = thing.point.filter(|_| weight > 0 && !is_wide(thing)) else {
            continue;
        };
        let place = super::projection::Degrees::of(point);
        let raw = scene.extent.page(place);
        if scene.extent.holds(raw) {
            continue;
        }
        let edge = scene.extent.edge(raw);
        let km = scene.extent.projection.middle().km_to(place);
        let rounded = (km / 50.0).round() * 50.0;
        let name = plain_name(thing);
        let words = format!("{name} · {rounded:.0} km");
        let label = format!("{name}, {}, some {rounded:.0} kilometres away", thing.kind);
        let size = (text::width(&words, LINE) + 4.0, 14.0);
        let mark = Mark {
            prefix: "map",
            kind: Kind::Thing,
            id: thing.id,
            nth: 0,
            class: "far",
            when: None,
            at: None,
            label: &label,
        };
        mark.open(svg);
        let (cx, cy) = scene.extent.centre();
        let (dx, dy) = (edge.0 - cx, edge.1 - cy);
        let length = dx.hypot(dy).max(1e-6);
        let (ux, uy) = (dx / length, dy / length);
        let tip = (edge.0 + ux * 9.0, edge.1 + uy * 9.0);
        let side = |by: f64| (edge.0 - uy * by, edge.1 + ux * by);
        svg.element("path")
            .class("pointer")
            .attr(
                "d",
                &super::territory::closed(&[tip, side(4.5), side(-4.5)]),
            )
            .done();
        room.take(Rect::around(edge, 6.0));
        if let Some(placed) = room.place(edge, size, 8.0) {
            svg.element("text")
                .class("far-name halo")
                .at(placed.x(), placed.rect.top + 10.5)
                .attr("text-anchor", placed.anchor.word())
                .text(&words);
        }
        svg.close("g");
    }
}
