//! Which polity has which colour.
//!
//! What comes in: an overview. What goes out: a class `c0` to `c11` for each thing that holds,
//! rules or stands above something, polities before persons, each in the order of things, so that a
//! polity keeps its colour in every picture and at every day. A thirteenth one begins anew; its name
//! tells it apart.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::Overview;

/// How many colours there are.
pub const COLOURS: usize = 12;

/// The classes, by index.
const CLASSES: [&str; COLOURS] = [
    "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11",
];

/// The class of what has no colour of its own.
pub const NEUTRAL: &str = "cn";

/// The colours of an overview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    of: BTreeMap<u32, usize>,
    persons: BTreeSet<u32>,
}

/// Gives colours to whatever plays the part of a polity: what stands above, below, beside or
/// against another, is ruled, or holds, guards or has its seat somewhere. What is of a kind that
/// rules, is kept, has kin or stays somewhere is a person to a picture, and comes after the others.
pub fn palette(overview: &Overview) -> Palette {
    let kind_of: BTreeMap<u32, &str> = overview
        .things
        .iter()
        .map(|thing| (thing.id, thing.kind.as_str()))
        .collect();
    let mut coloured: BTreeSet<u32> = BTreeSet::new();
    let mut person_kinds: BTreeSet<&str> = BTreeSet::new();
    // A polity keeps its colour where only what has to do with one thing is drawn.
    let states = overview.states.iter().chain(&overview.ground);
    for drawn in states.filter_map(|s| s.drawn.as_ref()) {
        let (polities, persons): (&[usize], &[usize]) = match drawn.form {
            "above" | "beside" | "against" => (&[0, 1], &[]),
            "holding" | "guarding" | "seated" => (&[0], &[]),
            "ruling" => (&[1], &[0]),
            "kin" | "born" => (&[], &[0, 1]),
            "kept" | "staying" => (&[], &[0]),
            _ => (&[], &[]),
        };
        for part in polities {
            coloured.extend(&drawn.parts[*part]);
        }
        for thing in persons.iter().flat_map(|part| &drawn.parts[*part]) {
            person_kinds.extend(kind_of.get(thing));
        }
    }
    let is_person = |id: &u32| {
        kind_of
            .get(id)
            .is_some_and(|kind| person_kinds.contains(kind))
    };
    let known = overview.things.iter().map(|thing| thing.id);
    let mut order: Vec<u32> = known.filter(|id| coloured.contains(id)).collect();
    order.sort_by_key(is_person);
    let of = order.iter().enumerate().map(|(at, id)| (*id, at % COLOURS));
    Palette {
        of: of.collect(),
        persons: kind_of.keys().copied().filter(|id| is_person(id)).collect(),
    }
}

impl Palette {
    /// The number of a thing's colour, if it has one.
    pub fn index(&self, thing: u32) -> Option<usize> {
        self.of.get(&thing).copied()
    }

    /// The class of a thing's colour; [`NEUTRAL`] if it has none.
    pub fn class(&self, thing: u32) -> &'static str {
        self.index(thing).map_or(NEUTRAL, |at| CLASSES[at])
    }

    /// Whether pictures treat a thing as a person: it rules, has kin, is kept or stays somewhere.
    pub fn is_person(&self, thing: u32) -> bool {
        self.persons.contains(&thing)
    }

    /// Whether pictures treat a thing as a polity: it has a colour and is no person.
    pub fn is_polity(&self, thing: u32) -> bool {
        self.of.contains_key(&thing) && !self.is_person(thing)
    }

    /// The class of the first polity of some things.
    pub fn class_of_first(&self, things: &[u32]) -> &'static str {
        let polity = things.iter().find(|thing| self.is_polity(**thing));
        polity.map_or(NEUTRAL, |thing| self.class(*thing))
    }
}
