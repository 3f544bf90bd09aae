//! Land in the colour of who stands above it or holds it.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::StateSeen;

use super::base::coasts;
use super::projection::Degrees;
use super::scene::{Point, Scene, is_wide};
use super::territory::{cell, closed};
use crate::marks::{Kind, Mark, When};
use crate::palette::Palette;
use crate::svg::Svg;

/// An island without a coast of its own in the layer: what is held there is a spot of so many
/// pixels.
const ISLET: f64 = 11.0;

/// Where the land of one thing lies on the page.
struct Area {
    outline: String,
    /// What it ends at.
    clip: Clip,
}

/// What an area ends at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Clip {
    /// The coast of one island or continent: nothing that is held jumps over the sea.
    Coast(usize),
    /// Any coast, where the text gives the outline itself.
    Land,
    /// The frame.
    Frame,
}

impl Area {
    fn draw(&self, svg: &mut Svg, class: &str) {
        let clip = match self.clip {
            Clip::Coast(ring) => format!("url(#map-land-{ring})"),
            Clip::Land => "url(#map-land)".to_owned(),
            Clip::Frame => "url(#map-frame)".to_owned(),
        };
        svg.element("path")
            .class(class)
            .attr("clip-path", &clip)
            .attr("d", &self.outline)
            .done();
    }
}

/// The clips of the coasts that areas end at.
fn clips(svg: &mut Svg, areas: &BTreeMap<u32, Area>, coasts: &[Vec<Point>]) {
    let used: BTreeSet<Clip> = areas.values().map(|area| area.clip).collect();
    for clip in used {
        if let Clip::Coast(ring) = clip
            && let Some(coast) = coasts.get(ring)
        {
            svg.element("clipPath")
                .attr("id", &format!("map-land-{ring}"))
                .open();
            svg.element("path")
                .class("clip")
                .attr("d", &closed(coast))
                .done();
            svg.close("clipPath");
        }
    }
}

/// The coast around a point, or one so near that the point lies on its shore.
fn coast_of(point: Point, coasts: &[Vec<Point>]) -> Option<usize> {
    let around = coasts.iter().position(|ring| contains(ring, point));
    around.or_else(|| {
        let far = |ring: &Vec<Point>| {
            let far = ring.iter().map(|p| (p.0 - point.0).hypot(p.1 - point.1));
            far.fold(f64::INFINITY, f64::min)
        };
        let all = coasts.iter().enumerate().map(|(at, ring)| (far(ring), at));
        let near = all.filter(|(far, _)| *far < 2.0 * ISLET);
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
    })
}

/// Whether a point lies inside a ring, by the number of its sides that a ray crosses.
fn contains(ring: &[Point], point: Point) -> bool {
    let mut inside = false;
    let ends = ring.iter().cycle().skip(1);
    for (a, b) in ring.iter().zip(ends) {
        if (a.1 > point.1) != (b.1 > point.1) {
            let x = a.0 + (point.1 - a.1) / (b.1 - a.1) * (b.0 - a.0);
            inside ^= point.0 < x;
        }
    }
    inside
}

/// A state that colours land.
struct Held<'a> {
    state: &'a StateSeen,
    owner: u32,
    land: u32,
}

/// Draws the land of every polity and place that is ever held or subject, in its own colour, and
/// over it, as time goes, that of its lord or holder.
pub(crate) fn lands(svg: &mut Svg, scene: &Scene<'_>, palette: &Palette, at: Option<i32>) {
    let held = held(scene);
    let coasts = coasts(scene);
    let outlines = outlines(scene, &held, &coasts);
    svg.element("g").class("territory").open();
    clips(svg, &outlines, &coasts);
    let mut own: Vec<u32> = Vec::new();
    for state in &held {
        let class = palette.class(state.land);
        if own.contains(&state.land) || class == crate::palette::NEUTRAL {
            continue;
        }
        own.push(state.land);
        if let Some(area) = outlines.get(&state.land) {
            area.draw(svg, &format!("own tint {class}"));
        }
    }
    for one in &held {
        let Some(area) = outlines.get(&one.land) else {
            continue;
        };
        let when = When::of_state(one.state);
        let class = palette.class(one.owner);
        let mark = Mark {
            prefix: "map",
            kind: Kind::State,
            id: one.state.id,
            nth: 0,
            class: "timed held",
            when: Some(&when),
            at,
            label: &one.state.sentence,
        };
        mark.open(svg);
        area.draw(svg, &format!("sure tint {class}"));
        area.draw(svg, &format!("maybe hatch {class}"));
        area.draw(svg, &format!("edge line {class}"));
        svg.close("g");
    }
    svg.close("g");
}

fn held<'a>(scene: &Scene<'a>) -> Vec<Held<'a>> {
    let states = scene.overview.states.iter().filter_map(|state| {
        let drawn = state.drawn.as_ref()?;
        let part = |at: usize| drawn.parts[at].first().copied();
        match drawn.form {
            "above" | "holding" => Some(Held {
                state,
                owner: part(0)?,
                land: part(1)?,
            }),
            _ => None,
        }
    });
    states.collect()
}

/// The outline of each land as a path: that of the text where it has one, else a cell.
fn outlines(scene: &Scene<'_>, held: &[Held<'_>], coasts: &[Vec<Point>]) -> BTreeMap<u32, Area> {
    let mut sites: BTreeMap<u32, Point> = BTreeMap::new();
    for one in held {
        if let Some(point) = scene.raw_point(one.land).filter(|p| scene.extent.holds(*p)) {
            sites.insert(one.land, point);
        }
    }
    let (_, _, width, _) = scene.extent.frame;
    let radius = (width * 0.075).clamp(34.0, 84.0);
    let others: Vec<Point> = sites
        .iter()
        .filter(|(id, _)| scene.thing(**id).is_none_or(|t| !is_wide(t)))
        .map(|(_, p)| *p)
        .collect();
    let mut found: BTreeMap<u32, Area> = sites
        .iter()
        .map(|(id, site)| {
            let coast = coast_of(*site, coasts);
            let wide = scene.thing(*id).is_some_and(is_wide);
            let outline = match coast {
                None if !coasts.is_empty() => closed(&cell(*site, &[], ISLET)),
                _ if wide => closed(&cell(*site, &[], radius * 1.6)),
                _ => closed(&cell(*site, &others, radius)),
            };
            let clip = coast.map_or(Clip::Frame, Clip::Coast);
            (*id, Area { outline, clip })
        })
        .collect();
    for one in held {
        let thing = scene.thing(one.land);
        let shapes = thing
            .into_iter()
            .flat_map(|t| &t.shapes)
            .filter(|s| s.closed);
        let path: String = shapes
            .map(|shape| {
                let points = shape
                    .points
                    .iter()
                    .map(|p| scene.extent.page(Degrees::of(*p)));
                closed(&points.collect::<Vec<_>>())
            })
            .collect();
        if !path.is_empty() {
            let clip = Clip::Land;
            found.insert(
                one.land,
                Area {
                    outline: path,
                    clip,
                },
            );
        }
    }
    found
}
