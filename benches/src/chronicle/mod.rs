//! Chronicles of any size, made by chance from a seed: the same seed gives the same bytes.
//!
//! A hidden history is made first, day by day, and the claims are told from it: their dates are
//! as vague as those of real sources but allow what happened, so that a chronicle without planted
//! conflicts has none. [`Shape`] has the bad cases beside the realistic one.

mod campaign;
mod dates;
mod names;
mod page;
mod random;
mod region;
mod reign;
mod shapes;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::str::FromStr;

use names::Names;
use page::Named;
pub use random::Random;
use region::Region;

/// What is generated.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many claims.
    pub claims: usize,
    /// The seed.
    pub seed: u64,
    /// Dates such as `658 or 659` in a thousand claims.
    pub disjunctions_per_mille: usize,
    /// Planted contradictions between two sources in ten thousand claims.
    pub conflicts_per_myriad: usize,
    /// Claims a file; the main file includes all others.
    pub file_claims: usize,
    /// A realistic chronicle or a bad case.
    pub shape: Shape,
}

impl Plan {
    /// A realistic chronicle of so many claims, with the usual shares.
    pub fn realistic(claims: usize, seed: u64) -> Plan {
        Plan {
            claims,
            seed,
            disjunctions_per_mille: 20,
            conflicts_per_myriad: 10,
            file_claims: 100_000,
            shape: Shape::Realistic,
        }
    }
}

/// What a chronicle is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Reigns, campaigns, overlords, several sources.
    Realistic,
    /// Everything is dated from one event.
    Anchor,
    /// Every event is dated from the one before.
    Chain,
    /// No claim has a date.
    Undated,
    /// Pairs of events whose order is left open, all crossing one another.
    Crossing,
    /// Many claimants of one rule.
    Rivals,
    /// Distances that grow like powers of two, told last one first.
    Powers,
}

impl Shape {
    /// All shapes with their words and usual numbers of claims.
    pub const ALL: [(&'static str, Shape, usize); 7] = [
        ("realistic", Shape::Realistic, 10_000),
        ("anchor", Shape::Anchor, 100_000),
        ("chain", Shape::Chain, 100_000),
        ("undated", Shape::Undated, 100_000),
        ("crossing", Shape::Crossing, 400),
        ("rivals", Shape::Rivals, 10_000),
        ("powers", Shape::Powers, 100_000),
    ];

    /// How many claims a chronicle of this shape has where nobody says.
    pub fn usual_claims(self) -> usize {
        let found = Shape::ALL.iter().find(|(_, shape, _)| *shape == self);
        found.map_or(10_000, |(_, _, claims)| *claims)
    }
}

impl FromStr for Shape {
    type Err = String;

    fn from_str(word: &str) -> Result<Shape, String> {
        let found = Shape::ALL.iter().find(|(name, ..)| *name == word);
        found
            .map(|(_, shape, _)| *shape)
            .ok_or_else(|| format!("there is no shape `{word}`"))
    }
}

/// A file of a chronicle: its name and its text.
pub type File = (String, String);

/// The files of a chronicle, `main.annals` first.
pub fn generate(plan: &Plan) -> Vec<File> {
    let parts = match plan.shape {
        Shape::Realistic => realistic(plan),
        _ => shapes::parts(plan),
    };
    let mut main = String::from(
        "// Made by a program from a seed; nothing in it happened.\n\
         chronicle \"A chronicle of chance\"\n\
         calendar julian\n\
         covers 200 to 1600\n\n\
         religion Way of Ash\n\n",
    );
    if let [part] = &parts[..] {
        main.push_str(part);
        return vec![("main.annals".to_owned(), main)];
    }
    let mut files = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let name = format!("part-{:03}.annals", number + 1);
        // Writing to a string cannot fail.
        let _ = writeln!(main, "include \"{name}\"");
        files.push((name, part));
    }
    files.insert(0, ("main.annals".to_owned(), main));
    files
}

/// What all regions share.
struct World<'p> {
    plan: &'p Plan,
    random: Random,
    names: Names,
    /// Claims written so far.
    claims: usize,
    disjunctions: usize,
    conflicts: usize,
    /// Events of other regions that a claim may be dated by.
    elsewhere: VecDeque<Named>,
}

impl World<'_> {
    fn is_full(&self) -> bool {
        self.claims >= self.plan.claims
    }

    /// Whether the next date should be a disjunction, so that their share comes out right.
    fn owes_disjunction(&self) -> bool {
        self.disjunctions * 1000 < self.claims * self.plan.disjunctions_per_mille
    }

    fn owes_conflict(&self) -> bool {
        self.conflicts * 10_000 < self.claims * self.plan.conflicts_per_myriad
    }
}

fn realistic(plan: &Plan) -> Vec<String> {
    let mut world = World {
        plan,
        random: Random::new(plan.seed),
        names: Names::default(),
        claims: 0,
        disjunctions: 0,
        conflicts: 0,
        elsewhere: VecDeque::new(),
    };
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut begun = 0;
    let mut number = 0;
    while !world.is_full() {
        number += 1;
        let region = Region::new(&mut world, number);
        part.push_str(&region.told(&mut world));
        if world.claims - begun >= plan.file_claims {
            parts.push(std::mem::take(&mut part));
            begun = world.claims;
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals::{MemoryWorld, Severity, compile};

    fn whole(plan: &Plan) -> String {
        generate(plan).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn one_seed_gives_the_same_bytes_and_another_gives_others() {
        let plan = Plan::realistic(5000, 7);
        assert_eq!(generate(&plan), generate(&plan));
        assert_ne!(whole(&plan), whole(&Plan::realistic(5000, 8)));
    }

    #[test]
    fn every_shape_checks_without_errors() {
        for (word, shape, _) in Shape::ALL {
            let plan = Plan {
                claims: 60,
                file_claims: 25,
                conflicts_per_myriad: 0,
                shape,
                ..Plan::realistic(60, 3)
            };
            let mut world = MemoryWorld::new();
            for (name, text) in generate(&plan) {
                world.add(name, text);
            }
            let compiled = compile(&world, "main.annals");
            let errors = compiled
                .reports
                .iter()
                .find(|r| r.severity == Severity::Error);
            assert!(errors.is_none(), "{word}: {errors:?}");
            let claims = compiled.chronicle().claims.len();
            assert!((40..=70).contains(&claims), "{word}: {claims} claims");
        }
    }

    #[test]
    fn shares_come_out_as_asked() {
        let choices = |plan: &Plan| {
            let text = whole(plan);
            let whens = text.lines().filter(|line| !line.starts_with(' '));
            let whens = whens.map(|line| line.split(": ").next().unwrap_or(""));
            whens.filter(|when| when.contains(" or ")).count()
        };
        let found = choices(&Plan::realistic(20_000, 5));
        assert!((380..=420).contains(&found), "{found} disjunctions");
        let plain = Plan {
            disjunctions_per_mille: 0,
            ..Plan::realistic(5000, 5)
        };
        assert_eq!(choices(&plain), 0);
    }

    #[test]
    fn what_happened_allows_all_claims_but_planted_ones() {
        for seed in 1..=3 {
            let plan = Plan {
                conflicts_per_myriad: 0,
                ..Plan::realistic(400, seed)
            };
            let world = MemoryWorld::new().with("main.annals", whole(&plan));
            let compiled = compile(&world, "main.annals");
            let clash = compiled
                .reports
                .iter()
                .find(|r| r.code == "cannot-all-be-true");
            assert!(clash.is_none(), "seed {seed}: {clash:?}");
        }
    }
}
