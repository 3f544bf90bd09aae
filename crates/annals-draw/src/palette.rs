//! Which polity has which colour.
//!
//! What comes in: an overview. What goes out: a class `c0` to `c11` for each thing that holds,
//! rules or stands above something, in the order of things, so that a polity keeps its colour in
//! every picture and at every day. A thirteenth one begins anew; its name tells it apart.

use std::collections::BTreeMap;

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
}

/// Gives colours to whatever plays the part of a polity: what stands above, below, beside or
/// against another, is ruled, or holds, guards or keeps something.
pub fn palette(overview: &Overview) -> Palette {
    let mut coloured: Vec<u32> = Vec::new();
    for drawn in overview.states.iter().filter_map(|s| s.drawn.as_ref()) {
        let parts: &[usize] = match drawn.form {
            "above" | "beside" | "against" => &[0, 1],
            "holding" | "guarding" | "seated" => &[0],
            "ruling" => &[1],
            _ => &[],
        };
        for part in parts {
            coloured.extend(&drawn.parts[*part]);
        }
    }
    let mut of = BTreeMap::new();
    for thing in &overview.things {
        if coloured.contains(&thing.id) {
            let next = of.len() % COLOURS;
            of.insert(thing.id, next);
        }
    }
    Palette { of }
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
}
