//! What a map shows and where: places with their points on the page, homes of polities, and what
//! lies too far away for the page.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::{EventSeen, Overview, StateSeen, ThingSeen};

use super::extent::{Extent, Weighed};
use super::projection::Degrees;
use crate::marks::{At, When};

/// A point of the page.
pub(crate) type Point = (f64, f64);

/// Kinds whose point only stands for a wide land, so that no dot is drawn at it.
const WIDE: [&str; 6] = ["region", "desert", "sea", "mountain", "river", "lake"];

/// The overview with everything that is placed.
pub(crate) struct Scene<'a> {
    pub overview: &'a Overview,
    things: BTreeMap<u32, &'a ThingSeen>,
    /// How often things are named by what is drawn or happens.
    weights: BTreeMap<u32, u32>,
    /// The place where something without a point of its own is at home.
    homes: BTreeMap<u32, u32>,
    pub extent: Extent,
}

impl<'a> Scene<'a> {
    /// Weighs and places everything; nothing where nothing has a point. Of a day on which all that
    /// happens lies outside of the page that fits the whole, the page is where it happens.
    pub(crate) fn new(overview: &'a Overview, width: f64, at: Option<i32>) -> Option<Scene<'a>> {
        let things: BTreeMap<u32, &ThingSeen> = overview.things.iter().map(|t| (t.id, t)).collect();
        let homes = homes(overview);
        let weights = weights(overview, &homes);
        let weighed: Vec<Weighed> = overview
            .things
            .iter()
            .filter_map(|thing| {
                let place = Degrees::of(thing.point?);
                let weight = weights.get(&thing.id).copied().unwrap_or(0);
                (!is_wide(thing)).then_some(Weighed { place, weight })
            })
            .collect();
        let lines = overview.things.iter().filter(|t| t.point.is_none());
        let lines = lines.filter_map(|t| t.shapes.first()?.points.first());
        let any: Vec<Weighed> = overview
            .things
            .iter()
            .filter_map(|t| t.point)
            .chain(lines.copied())
            .map(|point| Weighed {
                place: Degrees::of(point),
                weight: 1,
            })
            .collect();
        let mut extent = Extent::of(if weighed.is_empty() { &any } else { &weighed }, width)?;
        let of_day = at.map_or(vec![], |day| places_of_day(overview, &things, day));
        let inside = |place: &Weighed| extent.holds(extent.page(place.place));
        if !of_day.iter().any(inside) {
            extent = Extent::of(&of_day, width).unwrap_or(extent);
        }
        Some(Scene {
            overview,
            things,
            weights,
            homes,
            extent,
        })
    }

    /// A thing by number.
    pub(crate) fn thing(&self, id: u32) -> Option<&'a ThingSeen> {
        self.things.get(&id).copied()
    }

    /// A thing's name without the kind that tells it from its namesakes: a map shows which it is.
    pub(crate) fn short_name(&self, id: u32) -> String {
        self.thing(id).map(plain_name).unwrap_or_default()
    }

    /// How much a thing matters to what is drawn.
    pub(crate) fn weight(&self, id: u32) -> u32 {
        self.weights.get(&id).copied().unwrap_or(0)
    }

    /// The place of a thing: itself if it lies somewhere, else its home.
    pub(crate) fn place_of(&self, id: u32) -> Option<u32> {
        if self.thing(id)?.point.is_some() {
            return Some(id);
        }
        self.homes.get(&id).copied()
    }

    /// Where a thing or its home lies on the page, also beyond its edge.
    pub(crate) fn raw_point(&self, id: u32) -> Option<Point> {
        let place = self.thing(self.place_of(id)?)?.point?;
        Some(self.extent.page(Degrees::of(place)))
    }

    /// Where a thing lies on the page; what is far away stands at the edge towards it.
    pub(crate) fn point(&self, id: u32) -> Option<Point> {
        let point = self.raw_point(id)?;
        Some(if self.extent.holds(point) {
            point
        } else {
            self.extent.edge(point)
        })
    }

    /// Whether a thing lies within the page.
    pub(crate) fn is_inside(&self, id: u32) -> bool {
        self.raw_point(id).is_some_and(|p| self.extent.holds(p))
    }

    /// The first state of a thing in another script, for its second label.
    pub(crate) fn second_name(thing: &'a ThingSeen) -> Option<(&'a str, Option<String>)> {
        let other =
            |text: &str| !text.is_empty() && text.chars().all(|c| u32::from(c) > 0x36f || c == ' ');
        let rank = |language: Option<&str>| match language {
            Some("lzh") => 0,
            Some("zh" | "zh-Hant") | None => 1,
            _ => 2,
        };
        let names = thing.names.iter().filter(|n| !n.doubted && other(&n.text));
        let best = names.min_by_key(|n| rank(n.language.as_deref()))?;
        let tag = crate::text::language(best.language.as_deref(), &best.text);
        Some((&best.text, tag))
    }
}

/// The places that what happens on a day names.
fn places_of_day(
    overview: &Overview,
    things: &BTreeMap<u32, &ThingSeen>,
    day: i32,
) -> Vec<Weighed> {
    let events = overview.events.iter().filter(|e| e.told);
    let of_day = events.filter(|e| {
        let when = super::happenings::said_of_a_day(When::of_event(e));
        when.is_some_and(|when| when.at(day) != At::None)
    });
    let named = of_day.flat_map(named_by_event).collect::<BTreeSet<u32>>();
    let places = named.iter().filter_map(|id| things.get(id));
    let towns = places.filter(|thing| !is_wide(thing));
    let weighed = towns.filter_map(|thing| {
        let place = Degrees::of(thing.point?);
        Some(Weighed { place, weight: 1 })
    });
    weighed.collect()
}

/// Whether a thing's point only stands for a wide land.
pub(crate) fn is_wide(thing: &ThingSeen) -> bool {
    thing.kinds.iter().any(|k| WIDE.contains(&k.as_str()))
}

/// A name without its kind in brackets.
pub(crate) fn plain_name(thing: &ThingSeen) -> String {
    let kind = format!(" ({})", thing.kind);
    let name = thing.name.strip_suffix(kind.as_str());
    name.unwrap_or(&thing.name).to_owned()
}

/// The things a state or an event names.
fn named_by_state(state: &StateSeen) -> impl Iterator<Item = u32> + '_ {
    state.things.iter().copied()
}

fn named_by_event(event: &EventSeen) -> impl Iterator<Item = u32> + '_ {
    let roles = event.roles.iter().chain(&event.circumstances);
    roles.flat_map(|r| r.things.iter().copied())
}

/// Where things without a point are at home: the place of their name, else the seat that is told
/// of for the longest time.
fn homes(overview: &Overview) -> BTreeMap<u32, u32> {
    let mut homes = BTreeMap::new();
    let places = || overview.things.iter().filter(|t| t.point.is_some());
    for thing in overview.things.iter().filter(|t| t.point.is_none()) {
        let name = plain_name(thing);
        let bears = |t: &&ThingSeen| plain_name(t) == name && !is_wide(t);
        if let Some(place) = places().find(bears) {
            homes.insert(thing.id, place.id);
        }
    }
    let known: BTreeSet<u32> = places().map(|t| t.id).collect();
    let mut seats: BTreeMap<u32, (i64, u32)> = BTreeMap::new();
    for state in &overview.states {
        let Some(drawn) = state.drawn.as_ref().filter(|d| d.form == "seated") else {
            continue;
        };
        if let ([whose], [place]) = (drawn.parts[0].as_slice(), drawn.parts[1].as_slice())
            && known.contains(place)
        {
            let days = state
                .runs
                .iter()
                .map(|r| i64::from(r.last.unwrap_or(overview.last)) - i64::from(r.first))
                .sum();
            let best = seats.entry(*whose).or_insert((days, *place));
            *best = (*best).max((days, *place));
        }
    }
    for (whose, (_, place)) in seats {
        homes.entry(whose).or_insert(place);
    }
    homes
}

/// How often each place is named, itself or as the home of what is named.
fn weights(overview: &Overview, homes: &BTreeMap<u32, u32>) -> BTreeMap<u32, u32> {
    let mut weights: BTreeMap<u32, u32> = BTreeMap::new();
    let states = overview.states.iter().flat_map(named_by_state);
    let events = overview.events.iter().flat_map(named_by_event);
    for id in states.chain(events) {
        *weights.entry(id).or_default() += 1;
        if let Some(home) = homes.get(&id) {
            *weights.entry(*home).or_default() += 1;
        }
    }
    weights
}
