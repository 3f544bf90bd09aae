//! What rules of any world join: what stands apart here has no bearing on one another, whoever is
//! who and whichever of several happened.

use crate::component::Component;
use crate::encode::Encoded;
use crate::joins::Joined;
use crate::premise::PremiseId;
use crate::rule::Body;

/// Premises and moments by what joins them in some world.
pub(crate) struct Everywhere {
    premises: Vec<u32>,
    moments: Vec<u32>,
}

impl Everywhere {
    /// What stands for all that are joined to a premise.
    pub fn of(&self, premise: PremiseId) -> u32 {
        self.premises[premise.0 as usize]
    }

    /// The same of every moment, in the order of their variables.
    pub fn moments(&self) -> impl Iterator<Item = u32> + '_ {
        self.moments.iter().copied()
    }

    /// Everything joined to one of some premises, themselves included.
    pub fn around(&self, premises: &[PremiseId]) -> Vec<PremiseId> {
        let mut roots: Vec<u32> = premises.iter().map(|p| self.of(*p)).collect();
        roots.sort_unstable();
        roots.dedup();
        let all = self.premises.iter().enumerate();
        let joined = all.filter(|(_, root)| roots.binary_search(root).is_ok());
        joined.map(|(at, _)| PremiseId(at as u32)).collect()
    }
}

impl Component {
    /// What rules of any world join, worked out once.
    pub(crate) fn everywhere(&self) -> &Everywhere {
        self.everywhere.get_or_init(|| {
            let count = self.premises.len();
            let moments = self.samples().first();
            let moments = moments.map_or(0, |(_, e)| e.moments.count());
            let mut join = Joined::new(count);
            join.grow(count + moments);
            self.join_worlds(&mut join, join_rules);
            let mut roots = |range: std::ops::Range<usize>| -> Vec<u32> {
                range.map(|at| join.root(at) as u32).collect()
            };
            Everywhere {
                premises: roots(0..count),
                moments: roots(count..count + moments),
            }
        })
    }

    /// Joins what the rules of each world join, premises first, then variables; `rules` joins
    /// those of one world and is told where a variable stands.
    pub(crate) fn join_worlds(
        &self,
        join: &mut Joined,
        rules: impl Fn(&mut Joined, &Encoded, &dyn Fn(usize) -> usize),
    ) {
        let count = self.premises.len();
        // Moments have the same variables in all worlds; helpers come anew in each.
        let mut offset = count;
        for (_, encoded) in self.samples() {
            let moments = encoded.moments.count();
            join.grow(offset + moments + encoded.count);
            let place = |v: usize| if v < moments { count + v } else { offset + v };
            rules(join, encoded, &place);
            offset += encoded.count;
        }
    }
}

fn join_rules(join: &mut Joined, encoded: &Encoded, place: &dyn Fn(usize) -> usize) {
    for rule in &encoded.rules {
        let needs = rule.needs.iter().map(|p| p.0 as usize);
        let vars = rule.vars().into_iter().map(place);
        let members: Vec<usize> = match &rule.body {
            Body::OneOf(_) => needs.chain(vars).collect(),
            Body::Follows { sources, .. } => {
                let followed = sources.iter().flat_map(|(_, needs)| needs);
                let followed = followed.map(|p| p.0 as usize);
                needs.chain(vars).chain(followed).collect()
            }
        };
        join.all(members.into_iter());
    }
}
