//! Land in the colour of who stands above it or holds it.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::StateSeen;

use super::base::coasts;
use super::projection::Degrees;
use super::scene::{Point, Scene, is_wide};
use super::slots::slots;
use super::territory::{cell, closed};
use crate::marks::{At, Kind, Mark, When};
use crate::palette::Palette;
use crate::svg::Svg;

/// An island without a coast of its own in the layer: what is held there is a spot of so many
/// pixels.
const ISLET: f64 = 11.0;

/// Lords and holders of one land on one day that have a ring of their own; there are hardly more.
const RINGS: usize = 4;

/// How much smaller each ring within another is.
const INNER: f64 = 0.26;

/// Places nearer than this to a site leave its land as it is: a town and its fort.
const BESIDE: f64 = 36.0;

/// The smallest radius of the land of a town.
const LEAST: f64 = 18.0;

/// Where the land of one thing lies on the page.
struct Area {
    /// Its outlines, each with its corners.
    rings: Vec<Vec<Point>>,
    /// The place it lies around; of an outline that the text gives, none.
    site: Option<Point>,
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
    fn clip(&self) -> String {
        match self.clip {
            Clip::Coast(ring) => format!("url(#map-land-{ring})"),
            Clip::Land => "url(#map-land)".to_owned(),
            Clip::Frame => "url(#map-frame)".to_owned(),
        }
    }

    /// The outline, or that of a smaller ring around the same site.
    fn outline(&self, nth: usize) -> Option<String> {
        let scale = 1.0 - INNER * nth as f64;
        let smaller = |(x, y): Point| match self.site {
            Some(site) => (site.0 + (x - site.0) * scale, site.1 + (y - site.1) * scale),
            None => (x, y),
        };
        (nth == 0 || self.site.is_some()).then(|| {
            let rings = self.rings.iter();
            rings
                .map(|ring| closed(&ring.iter().copied().map(smaller).collect::<Vec<_>>()))
                .collect()
        })
    }

    fn draw(&self, svg: &mut Svg, classes: &[&str], nth: usize) {
        let Some(outline) = self.outline(nth) else {
            return;
        };
        let clip = self.clip();
        for class in classes {
            svg.element("path")
                .class(class)
                .attr("clip-path", &clip)
                .attr("d", &outline)
                .done();
        }
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
    when: When,
}

/// Whether a land is that of a polity, which may be under nobody.
fn is_polity(palette: &Palette, land: u32) -> bool {
    palette.class(land) != crate::palette::NEUTRAL
}

/// Draws the land of every polity and place that is ever held or subject: pale where nobody stands
/// above a polity, and over it, as time goes, the colour of its lord or holder.
pub(crate) fn lands(svg: &mut Svg, scene: &Scene<'_>, palette: &Palette, at: Option<i32>) {
    let held = held(scene);
    let coasts = coasts(scene);
    let outlines = outlines(scene, &held, &coasts);
    svg.element("g").class("territory").open();
    clips(svg, &outlines, &coasts);
    let lands: BTreeSet<u32> = held.iter().map(|one| one.land).collect();
    let polities = lands.iter().filter(|land| is_polity(palette, **land));
    for area in polities.filter_map(|land| outlines.get(land)) {
        area.draw(svg, &["own tint cn"], 0);
    }
    let rings = rings(scene, &held, at);
    let ringed = held.iter().zip(rings);
    let mut ringed: Vec<(usize, &Held<'_>)> = ringed.filter_map(|(o, r)| Some((r?, o))).collect();
    // The inner rings lie over the outer ones.
    ringed.sort_by_key(|(ring, _)| *ring);
    for (ring, one) in ringed {
        let Some(area) = outlines.get(&one.land) else {
            continue;
        };
        let class = palette.class(one.owner);
        let mark = Mark {
            prefix: "map",
            kind: Kind::State,
            id: one.state.id,
            nth: 0,
            class: "timed held",
            when: Some(&one.when),
            at,
            label: &one.state.sentence,
        };
        mark.open(svg);
        let classes = ["sure", "maybe", "edge"].map(|part| match part {
            "sure" => format!("sure tint {class}"),
            "maybe" => format!("maybe hatch {class}"),
            _ => format!("edge line {class}"),
        });
        // Tints do not mix: a colour that no legend names would say nothing.
        let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
        let ground = ["under"];
        area.draw(svg, &[&ground[..], &classes[..]].concat(), ring);
        svg.close("g");
    }
    svg.close("g");
}

/// The lords and holders of a land that may be so on one day lie one within the other: which ring
/// each has. Who reaches no ring is not drawn. A town and the polity at home there are one land.
fn rings(scene: &Scene<'_>, held: &[Held<'_>], at: Option<i32>) -> Vec<Option<usize>> {
    let mut of_land: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, one) in held.iter().enumerate() {
        let place = scene.place_of(one.land).unwrap_or(one.land);
        of_land.entry(place).or_default().push(index);
    }
    let mut rings = vec![None; held.len()];
    for indices in of_land.values() {
        let whens: Vec<When> = indices.iter().map(|i| held[*i].when.clone()).collect();
        for (index, ring) in indices.iter().zip(slots(&whens, at, RINGS)) {
            rings[*index] = ring;
        }
    }
    rings
}

/// What a legend has to say of lands.
pub(crate) struct Shown {
    /// The powers whose land is drawn, on the day or on any.
    pub powers: Vec<u32>,
    /// Whether some of it is only possibly theirs.
    pub possible: bool,
    /// Whether some polity's land is under nobody.
    pub alone: bool,
}

/// What is seen of lands on a day, or on any.
pub(crate) fn shown(scene: &Scene<'_>, palette: &Palette, at: Option<i32>) -> Shown {
    let seen = |one: &Held<'_>| match at {
        Some(day) => one.when.at(day),
        None if one.when.runs().iter().any(|run| !run.certain) => At::Possible,
        None => At::Certain,
    };
    let held = held(scene);
    let inside = |one: &&Held<'_>| {
        let shaped = scene.thing(one.land);
        let shaped = shaped.is_some_and(|t| t.shapes.iter().any(|s| s.closed));
        shaped || scene.is_inside(one.land)
    };
    let drawn: Vec<&Held<'_>> = held
        .iter()
        .filter(inside)
        .filter(|one| seen(one) != At::None)
        .collect();
    let possible = drawn.iter().any(|one| seen(one) == At::Possible);
    let mut powers: Vec<u32> = drawn.iter().map(|one| one.owner).collect();
    powers.sort_unstable();
    powers.dedup();
    let under: BTreeSet<u32> = drawn.iter().map(|one| one.land).collect();
    let polities = held.iter().filter(inside).map(|one| one.land);
    let mut polities = polities.filter(|land| is_polity(palette, *land));
    Shown {
        powers,
        possible,
        alone: polities.any(|land| at.is_none() || !under.contains(&land)),
    }
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
                when: When::of_state(state),
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
    let most = (width * 0.075).clamp(34.0, 84.0);
    let is_town = |id: &u32| scene.thing(*id).is_none_or(|t| !is_wide(t));
    let towns = sites.iter().filter(|(id, _)| is_town(id));
    let others: Vec<Point> = towns.map(|(_, p)| *p).collect();
    let mut found: BTreeMap<u32, Area> = sites
        .iter()
        .map(|(id, site)| {
            let coast = coast_of(*site, coasts);
            let wide = scene.thing(*id).is_some_and(is_wide);
            let outline = match coast {
                None if !coasts.is_empty() => cell(*site, &[], ISLET),
                _ if wide => cell(*site, &[], most * 1.6),
                _ => cell(*site, &others, reach(scene, held, (*id, *site), most)),
            };
            let area = Area {
                rings: vec![outline],
                site: Some(*site),
                clip: coast.map_or(Clip::Frame, Clip::Coast),
            };
            (*id, area)
        })
        .collect();
    for one in held {
        let thing = scene.thing(one.land);
        let shapes = thing.into_iter().flat_map(|t| &t.shapes);
        let page = |shape: &annals_query::ShapeSeen| {
            let points = shape.points.iter();
            points.map(|p| scene.extent.page(Degrees::of(*p))).collect()
        };
        let rings: Vec<Vec<Point>> = shapes.filter(|s| s.closed).map(page).collect();
        if !rings.is_empty() {
            let area = Area {
                rings,
                site: None,
                clip: Clip::Land,
            };
            found.insert(one.land, area);
        }
    }
    found
}

/// How far the land of a town reaches: at most half the way to the nearest town that others hold,
/// or of which nobody says who holds it.
fn reach(scene: &Scene<'_>, held: &[Held<'_>], (land, site): (u32, Point), most: f64) -> f64 {
    let owners = |land: u32| -> BTreeSet<u32> {
        let of = held.iter().filter(|one| one.land == land);
        of.map(|one| one.owner).collect()
    };
    let mine = owners(land);
    let towns = scene.overview.things.iter().filter(|t| !is_wide(t));
    let others = towns.filter(|t| scene.weight(t.id) > 0);
    let mut reach = most;
    for other in others.chain(held.iter().filter_map(|one| scene.thing(one.land))) {
        let Some(point) = scene
            .raw_point(other.id)
            .filter(|_| owners(other.id) != mine)
        else {
            continue;
        };
        let apart = (point.0 - site.0).hypot(point.1 - site.1);
        if apart >= BESIDE {
            reach = reach.min(apart / 2.0);
        }
    }
    reach.max(LEAST)
}
