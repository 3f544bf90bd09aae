//! Land in the colour of who stands above it or holds it.

use std::collections::BTreeMap;

use annals_query::StateSeen;

use super::projection::Degrees;
use super::scene::{Point, Scene, is_wide};
use super::territory::{cell, closed};
use crate::marks::{Kind, Mark, When};
use crate::palette::Palette;
use crate::svg::Svg;

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
    let outlines = outlines(scene, &held);
    svg.element("g")
        .class("territory")
        .attr("clip-path", "url(#map-land)")
        .open();
    let mut own: Vec<u32> = Vec::new();
    for state in &held {
        let class = palette.class(state.land);
        if own.contains(&state.land) || class == crate::palette::NEUTRAL {
            continue;
        }
        own.push(state.land);
        if let Some(outline) = outlines.get(&state.land) {
            svg.element("path")
                .class(&format!("own tint {class}"))
                .attr("d", outline)
                .done();
        }
    }
    for one in &held {
        let Some(outline) = outlines.get(&one.land) else {
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
        svg.element("path")
            .class(&format!("sure tint {class}"))
            .attr("d", outline)
            .done();
        svg.element("path")
            .class(&format!("maybe hatch {class}"))
            .attr("d", outline)
            .done();
        svg.element("path")
            .class(&format!("edge line {class}"))
            .attr("d", outline)
            .done();
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
fn outlines(scene: &Scene<'_>, held: &[Held<'_>]) -> BTreeMap<u32, String> {
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
    let mut found: BTreeMap<u32, String> = sites
        .iter()
        .map(|(id, site)| {
            let wide = scene.thing(*id).is_some_and(is_wide);
            let path = if wide {
                closed(&cell(*site, &[], radius * 1.6))
            } else {
                closed(&cell(*site, &others, radius))
            };
            (*id, path)
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
            found.insert(one.land, path);
        }
    }
    found
}
