//! How far one comes from a place: the roads that lie within reach, and the days to each place.

use annals_query::{ReachShown, ReachedPlace};

use super::labels::{Rect, Room};
use super::scene::Scene;
use super::ways::course;
use crate::svg::{Svg, polyline};

/// The one mover whose reach is drawn: of several the first.
fn places(reach: &ReachShown) -> &[ReachedPlace] {
    reach.movers.first().map_or(&[], |m| m.places.as_slice())
}

/// Words for the head of the map: `in 10 days from Karasahr, horse`.
pub(crate) fn words(reach: &ReachShown) -> String {
    let by = reach
        .movers
        .first()
        .map(|m| format!(", {}", m.name))
        .unwrap_or_default();
    let days = match reach.within {
        1 => "one day".to_owned(),
        n => format!("{n} days"),
    };
    format!(
        "within {days} from {}{by}: days at the utmost pace",
        reach.from
    )
}

/// The roads between places within reach, under everything else.
pub(crate) fn roads(svg: &mut Svg, scene: &Scene<'_>, reach: &ReachShown) {
    let reached = |id: u32| id == reach.thing || places(reach).iter().any(|p| p.thing == id);
    for road in &scene.overview.roads {
        let points = course(scene, road);
        if reached(road.from) && reached(road.to) && points.len() >= 2 {
            svg.element("path")
                .class("iso")
                .attr("d", &polyline(&points))
                .done();
        }
    }
}

/// Keeps room for the days above each ring, before names look for theirs.
pub(crate) fn take_room(room: &mut Room, scene: &Scene<'_>, reach: &ReachShown) {
    for place in places(reach) {
        if let Some((x, y)) = scene
            .point(place.thing)
            .filter(|_| scene.is_inside(place.thing))
        {
            room.take(Rect::around((x, y - 16.0), 8.0));
        }
    }
}

/// A ring around each place within reach, with the days to it: solid where the usual pace does it,
/// dashed where only the utmost does.
pub(crate) fn days(svg: &mut Svg, scene: &Scene<'_>, reach: &ReachShown) {
    let start = (reach.thing, None, "iso-start");
    let others = places(reach).iter().map(|p| {
        let class = if p.fit == "plausible" {
            "iso-ring"
        } else {
            "iso-ring utmost"
        };
        (p.thing, Some(p.fastest), class)
    });
    for (thing, days, class) in std::iter::once(start).chain(others) {
        let Some((x, y)) = scene.point(thing).filter(|_| scene.is_inside(thing)) else {
            continue;
        };
        svg.element("circle")
            .class(class)
            .num("cx", x)
            .num("cy", y)
            .num("r", 9.0)
            .done();
        if let Some(days) = days {
            svg.element("text")
                .class("iso-days halo")
                .attr("text-anchor", "middle")
                .at(x, y - 12.5)
                .text(&format!("{days} d"));
        }
    }
}
