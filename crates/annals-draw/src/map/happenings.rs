//! What happens: marches as arrows along the roads, fights as crossed swords, other events as
//! lozenges; each with a number, and all in a list below the map, also those without a place.

use std::collections::BTreeMap;

use annals_query::EventSeen;

use super::labels::{Rect, Room};
use super::list::List;
use super::scene::{Point, Scene, is_wide};
use super::slots::slots;
use super::ways::{along, beside, bow, shortened};
use crate::marks::{At, Kind, Mark, When};
use crate::palette::Palette;
use crate::svg::{Svg, polyline};

/// An event that may have happened on any of more days than this says nothing about one of them.
const LONGEST_DAYS: i64 = 800;

/// Where along a line the numbers of marches stand, the first in the middle.
const BADGES: [f64; 5] = [0.5, 0.32, 0.68, 0.18, 0.82];

/// Where around a place the numbers of marches stand of which one end alone is told: between the
/// spots of fights.
const CORNERS: [Point; 4] = [(18.0, 0.0), (-18.0, 0.0), (-5.0, -22.0), (-5.0, 22.0)];

/// How far beside a road marches go, and how much further each that may go with another.
const BESIDE: f64 = 5.0;
const FANNED: f64 = 4.5;

/// Events with their numbers.
pub(crate) struct Happenings<'a> {
    events: Vec<(&'a EventSeen, When)>,
    /// Which of the places for it the number of each march takes.
    badges: Vec<usize>,
}

impl<'a> Happenings<'a> {
    pub(crate) fn new(scene: &Scene<'a>) -> Happenings<'a> {
        let events: Vec<(&EventSeen, When)> = scene
            .overview
            .events
            .iter()
            .filter(|e| e.told)
            .filter_map(|e| Some((e, said_of_a_day(When::of_event(e))?)))
            .collect();
        let badges = badges(&events);
        Happenings { events, badges }
    }

    fn number(&self, index: usize) -> String {
        (index + 1).to_string()
    }

    /// Draws arrows, swords and lozenges into the map.
    pub(crate) fn draw(
        &self,
        svg: &mut Svg,
        scene: &Scene<'_>,
        palette: &Palette,
        at: Option<i32>,
        room: &mut Room,
    ) {
        let mut stacks: Vec<(u32, Vec<usize>)> = Vec::new();
        for (index, (event, when)) in self.events.iter().enumerate() {
            let form = event.drawn.as_ref().map_or("", |d| d.form);
            let goes = matches!(form, "moving" | "sailing");
            if goes && self.march(svg, scene, palette, (index, event, when), at, room) {
                continue;
            }
            let Some(place) = place_of(scene, event).filter(|p| scene.is_inside(*p)) else {
                continue;
            };
            match stacks.iter_mut().find(|(at, _)| *at == place) {
                Some((_, events)) => events.push(index),
                None => stacks.push((place, vec![index])),
            }
        }
        for (place, events) in stacks {
            let Some(point) = scene.point(place) else {
                continue;
            };
            let whens: Vec<When> = events.iter().map(|i| self.events[*i].1.clone()).collect();
            let spots = slots(&whens, at, 4);
            for (index, spot) in events.iter().zip(spots) {
                let Some(spot) = spot else { continue };
                let (dx, dy) = [(-22.0, -14.0), (-22.0, 14.0), (8.0, -20.0), (8.0, 20.0)][spot];
                let here = (point.0 + dx, point.1 + dy);
                room.take(Rect {
                    right: here.0 + 20.0,
                    ..Rect::around(here, 9.0)
                });
                self.sign(svg, (*index, here), at);
            }
        }
    }

    /// Crossed swords, or a lozenge, with the number of the event.
    fn sign(&self, svg: &mut Svg, (index, (x, y)): (usize, Point), at: Option<i32>) {
        let (event, when) = &self.events[index];
        let mark = Mark {
            prefix: "map",
            kind: Kind::Event,
            id: event.id,
            nth: 0,
            class: "timed sign-event",
            when: Some(when),
            at,
            label: &event.sentence,
        };
        mark.open(svg);
        if event.drawn.as_ref().is_some_and(|d| d.form == "fighting") {
            swords(svg, (x, y));
            number_at(svg, (x + 9.0, y - 5.0), &self.number(index));
        } else {
            badge(svg, (x, y), &self.number(index));
        }
        svg.close("g");
    }

    /// An arrow; false where neither end has a place.
    fn march(
        &self,
        svg: &mut Svg,
        scene: &Scene<'_>,
        palette: &Palette,
        (index, event, when): (usize, &EventSeen, &When),
        at: Option<i32>,
        room: &mut Room,
    ) -> bool {
        let Some(drawn) = &event.drawn else {
            return false;
        };
        let part = |at: usize| drawn.parts[at].first().copied();
        let sails = drawn.form == "sailing";
        let aside = BESIDE + FANNED * self.badges[index] as f64;
        let Some(points) = march_line(scene, part(1), part(2), sails, aside) else {
            let (place, class) = match (part(1), part(2)) {
                (Some(from), None) => (from, "leaves"),
                (None, Some(to)) => (to, "comes"),
                _ => return false,
            };
            return self.end(svg, scene, (index, event, when), (place, class), at, room);
        };
        let shown = at.is_none_or(|day| when.at(day) != At::None);
        if shown {
            line_room(room, &points);
        }
        let class = part(0).map_or(crate::palette::NEUTRAL, |who| palette.class(who));
        let mark = Mark {
            prefix: "map",
            kind: Kind::Event,
            id: event.id,
            nth: 0,
            class: if sails {
                "timed march voyage"
            } else {
                "timed march"
            },
            when: Some(when),
            at,
            label: &event.sentence,
        };
        mark.open(svg);
        svg.element("path")
            .class("reach")
            .attr("d", &polyline(&points))
            .done();
        let body = shortened(&points, 0.0, 7.0);
        svg.element("path")
            .class(&format!("arrow line {class}"))
            .attr("d", &polyline(&body))
            .done();
        arrow_head(svg, &points, class);
        let middle = along_line(&points, BADGES[self.badges[index]]);
        if shown {
            room.take(Rect::around(middle, 7.5));
        }
        badge(svg, middle, &self.number(index));
        svg.close("g");
        true
    }

    /// Somebody leaves a place for nobody says where, or comes to it from nobody says where: a ring
    /// around the place with the event's number, for no direction is told. False where the place
    /// is not on the map.
    fn end(
        &self,
        svg: &mut Svg,
        scene: &Scene<'_>,
        (index, event, when): (usize, &EventSeen, &When),
        (place, class): (u32, &str),
        at: Option<i32>,
        room: &mut Room,
    ) -> bool {
        let place = scene.place_of(place).filter(|p| scene.is_inside(*p));
        let Some((x, y)) = place.and_then(|p| scene.point(p)) else {
            return false;
        };
        let mark = Mark {
            prefix: "map",
            kind: Kind::Event,
            id: event.id,
            nth: 0,
            class: "timed march",
            when: Some(when),
            at,
            label: &event.sentence,
        };
        mark.open(svg);
        svg.element("circle")
            .class(&format!("end {class}"))
            .num("cx", x)
            .num("cy", y)
            .num("r", 11.0)
            .done();
        let (right, down) = CORNERS[self.badges[index] % CORNERS.len()];
        let middle = (x + right, y + down);
        if at.is_none_or(|day| when.at(day) != At::None) {
            room.take(Rect::around(middle, 7.5));
        }
        badge(svg, middle, &self.number(index));
        svg.close("g");
        true
    }

    /// The list below the map.
    pub(crate) fn list(&self, at: Option<i32>) -> List<'_> {
        let events = self.events.iter().enumerate();
        List::new(events.map(|(at, (e, when))| (at, *e, when)).collect(), at)
    }
}

/// Which of the places for their numbers marches take: those that may be under way on one day
/// between the same two places, or to or from the same one, have theirs side by side.
fn badges(events: &[(&EventSeen, When)]) -> Vec<usize> {
    let mut between: BTreeMap<[Option<u32>; 2], Vec<usize>> = BTreeMap::new();
    for (at, (event, _)) in events.iter().enumerate() {
        let drawn = event.drawn.as_ref();
        let goes = drawn.filter(|d| matches!(d.form, "moving" | "sailing"));
        if let Some(drawn) = goes {
            let mut ends = [1, 2].map(|part| drawn.parts[part].first().copied());
            ends.sort_unstable();
            between.entry(ends).or_default().push(at);
        }
    }
    let mut found = vec![0; events.len()];
    for alike in between.values() {
        let whens: Vec<When> = alike.iter().map(|at| events[*at].1.clone()).collect();
        let spots = slots(&whens, None, BADGES.len());
        for (at, spot) in alike.iter().zip(spots) {
            found[*at] = spot.unwrap_or(0);
        }
    }
    found
}

/// The days of which an event says something: all its days if they are few, else those on which it
/// certainly takes place, as a long campaign does between its start and its end.
pub(crate) fn said_of_a_day(when: When) -> Option<When> {
    let first = when.runs().first().and_then(|r| r.first);
    let last = when.runs().last().and_then(|r| r.last);
    let days = first.zip(last).map(|(a, b)| i64::from(b) - i64::from(a));
    if days.is_some_and(|days| days <= LONGEST_DAYS) {
        return Some(when);
    }
    Some(when.certain_alone()).filter(|w| !w.runs().is_empty())
}

/// The line of a march: by road where roads join its ends, else a bow, as a voyage always is.
/// Nothing where only one end is known: no direction is told.
fn march_line(
    scene: &Scene<'_>,
    from: Option<u32>,
    to: Option<u32>,
    sails: bool,
    aside: f64,
) -> Option<Vec<Point>> {
    let place = |id: Option<u32>| id.and_then(|id| scene.place_of(id));
    let (from, to) = (place(from), place(to));
    if from.is_some() && from == to {
        return None;
    }
    let inside = |id: u32| scene.is_inside(id);
    match (from, to) {
        (Some(from), Some(to)) => {
            if !inside(from) && !inside(to) {
                return None;
            }
            let road = along(scene, from, to).filter(|_| !sails);
            let road = road.map(|points| within(scene, &points));
            let line = match road {
                Some(points) if points.len() >= 2 => beside(&points, aside),
                _ => bow(scene.point(from)?, scene.point(to)?),
            };
            let line = shortened(&line, 7.0, 7.0);
            (line.len() >= 2).then_some(line)
        }
        _ => None,
    }
}

/// The longest piece of a line inside the frame, led to the edge.
fn within(scene: &Scene<'_>, points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for pair in points.windows(2) {
        let (a, b) = (scene.extent.holds(pair[0]), scene.extent.holds(pair[1]));
        if a && kept.is_empty() {
            kept.push(pair[0]);
        }
        if !a && b {
            kept.push(scene.extent.edge(pair[0]));
        }
        if b {
            kept.push(pair[1]);
        } else if a {
            kept.push(scene.extent.edge(pair[1]));
        }
    }
    kept
}

/// Where an event took place: as the vocabulary says, else at a place it names, else at the home
/// of whom it befell.
fn place_of(scene: &Scene<'_>, event: &EventSeen) -> Option<u32> {
    let own = |id: &u32| {
        let thing = scene.thing(*id)?;
        (thing.point.is_some() && !is_wide(thing)).then_some(*id)
    };
    let drawn = event.drawn.as_ref().filter(|d| d.form == "fighting");
    if let Some(place) = drawn.and_then(|d| d.parts[2].iter().find_map(own)) {
        return Some(place);
    }
    let named = event.circumstances.iter().chain(&event.roles);
    if let Some(place) = named.flat_map(|r| &r.things).find_map(own) {
        return Some(place);
    }
    let parts = drawn.map(|d| [&d.parts[2], &d.parts[1], &d.parts[0]]);
    let homes = parts.into_iter().flatten().flatten();
    homes.copied().find_map(|id| scene.place_of(id))
}

/// Takes the room of a line, so that no name of a place lies under it.
fn line_room(room: &mut Room, points: &[Point]) {
    for pair in points.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let steps = (dx.hypot(dy) / 6.0).ceil().max(1.0);
        for step in 0..=steps as usize {
            let part = step as f64 / steps;
            room.take(Rect::around(
                (pair[0].0 + dx * part, pair[0].1 + dy * part),
                2.0,
            ));
        }
    }
}

/// The point at a share of the length of a line.
fn along_line(points: &[Point], share: f64) -> Point {
    let length = |pair: &[Point]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let whole: f64 = points.windows(2).map(length).sum();
    let mut left = whole * share;
    for pair in points.windows(2) {
        let here = length(pair);
        if left <= here && here > 0.0 {
            let part = left / here;
            return (
                pair[0].0 + (pair[1].0 - pair[0].0) * part,
                pair[0].1 + (pair[1].1 - pair[0].1) * part,
            );
        }
        left -= here;
    }
    points.last().copied().unwrap_or_default()
}

/// The head of an arrow at the end of its line.
fn arrow_head(svg: &mut Svg, points: &[Point], class: &str) {
    if let [.., before, tip] = points {
        let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
        let length = dx.hypot(dy).max(1e-6);
        let (ux, uy) = (dx / length, dy / length);
        let back = (tip.0 - ux * 10.0, tip.1 - uy * 10.0);
        let head = [
            *tip,
            (back.0 - uy * 4.5, back.1 + ux * 4.5),
            (back.0 + uy * 4.5, back.1 - ux * 4.5),
        ];
        svg.element("path")
            .class(&format!("head fill {class}"))
            .attr("d", &super::territory::closed(&head))
            .done();
    }
}

/// The number of an event in a small disc.
fn badge(svg: &mut Svg, (x, y): Point, number: &str) {
    svg.element("circle")
        .class("badge")
        .num("cx", x)
        .num("cy", y)
        .num("r", 7.0)
        .done();
    svg.element("text")
        .class("badge-number")
        .at(x, y + 3.2)
        .attr("text-anchor", "middle")
        .text(number);
}

fn swords(svg: &mut Svg, (x, y): Point) {
    let blade = |flip: f64| {
        let p = |a: f64, b: f64| (x + a * flip, y + b);
        polyline(&[p(-6.0, -7.0), p(6.0, 6.0)]) + &polyline(&[p(1.8, 5.2), p(5.2, 1.8)])
    };
    let path = blade(1.0) + &blade(-1.0);
    svg.element("path")
        .class("swords-halo")
        .attr("d", &path)
        .done();
    svg.element("path").class("swords").attr("d", &path).done();
}

fn number_at(svg: &mut Svg, (x, y): Point, number: &str) {
    svg.element("text")
        .class("sword-number halo")
        .at(x, y)
        .text(number);
}
