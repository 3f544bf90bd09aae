//! Which premises rules join: what no rule joins has no bearing on one another.

use std::collections::{BTreeMap, BTreeSet};

use annals_network::Var;

use crate::component::Component;
use crate::encode::Encoded;
use crate::instance::gathered;
use crate::premise::{Accepted, PremiseId};
use crate::rule::Body;

/// All undoubted parts and assumptions by what joins them in the usual world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joins {
    /// Each group in the order of its first premise.
    pub groups: Vec<Vec<PremiseId>>,
    /// The group of each premise; `u32::MAX` for those that are doubted.
    of: Vec<u32>,
}

impl Joins {
    /// The groups that some premises belong to.
    pub fn touched(&self, premises: &[PremiseId]) -> BTreeSet<usize> {
        let of = premises.iter().filter_map(|p| self.of.get(p.0 as usize));
        of.filter(|at| **at != u32::MAX)
            .map(|at| *at as usize)
            .collect()
    }

    /// Everything joined to some premises, themselves included.
    pub fn around(&self, premises: &[PremiseId]) -> Vec<PremiseId> {
        let touched = self.touched(premises);
        touched
            .into_iter()
            .flat_map(|at| self.groups[at].iter().copied())
            .collect()
    }
}

impl Component {
    /// What rules of the usual world join, worked out once.
    pub(crate) fn joins(&self) -> &Joins {
        self.joined.get_or_init(|| {
            let encoded = self.encoded(&self.usual_world());
            let groups = self.joined_in(&encoded, &self.accepted_without(&[]));
            let mut of = vec![u32::MAX; self.premises.len()];
            for (at, group) in groups.iter().enumerate() {
                group.iter().for_each(|p| of[p.0 as usize] = at as u32);
            }
            Joins { groups, of }
        })
    }

    /// The premises that rules join, in any world: what one group holds has no bearing on
    /// another.
    pub(crate) fn connected(&self, premises: &[PremiseId]) -> Vec<Vec<PremiseId>> {
        let count = self.premises.len();
        let mut join = Joined::new(count);
        for dimension in &self.dimensions {
            join.all(dimension.affects.iter().map(|p| p.0 as usize));
        }
        self.join_worlds(&mut join, |join, encoded, place| {
            for rule in &encoded.rules {
                if let Body::OneOf(_) = &rule.body {
                    let vars = rule.vars().into_iter().map(place);
                    join.all(rule.needs.iter().map(|p| p.0 as usize).chain(vars));
                }
            }
        });
        join.groups(premises.iter().copied())
    }

    /// The accepted premises that rules of one world join, assumptions included: whether they fit
    /// together is decided in each group by itself.
    pub(crate) fn joined_in(&self, encoded: &Encoded, accepted: &Accepted) -> Vec<Vec<PremiseId>> {
        let index = encoded.index(&self.chronicle);
        let (vars, rules) = gathered(encoded, index, accepted, &[]);
        // Both are numbered by their places among those concerned, mostly a small part of all.
        let premises: Vec<PremiseId> = accepted.iter().collect();
        let of = |premise: &PremiseId| premises.partition_point(|p| p < premise);
        let place = |var: Var| premises.len() + vars.partition_point(|v| *v < var);
        let mut join = Joined::new(premises.len() + vars.len());
        for at in rules {
            let rule = &encoded.rules[at as usize];
            let mut members: Vec<usize> = rule.needs.iter().map(of).collect();
            match &rule.body {
                Body::OneOf(_) => rule.each_var(|var| members.push(place(var))),
                Body::Follows { ending, sources } => {
                    members.push(place(*ending));
                    // What is left out of a group must be nothing that an ending could follow.
                    for (var, needs) in sources.iter().filter(|(_, n)| accepted.has_all(n)) {
                        members.push(place(*var));
                        members.extend(needs.iter().map(of));
                    }
                }
            }
            join.all(members.into_iter());
        }
        let places = (0..premises.len()).map(|at| PremiseId(at as u32));
        let groups = join.groups(places).into_iter();
        let named = groups.map(|g| g.into_iter().map(|p| premises[p.0 as usize]).collect());
        named.collect()
    }
}

/// Union-find over premises and variables.
pub(crate) struct Joined(Vec<usize>);

impl Joined {
    /// So many premises, each by itself.
    pub fn new(count: usize) -> Joined {
        Joined((0..count).collect())
    }

    /// Makes room for so many premises and variables in all.
    pub fn grow(&mut self, count: usize) {
        let now = self.0.len();
        self.0.extend(now..count.max(now));
    }

    /// What stands for all that are joined to one.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Premises by what joins them, each group in the order of its first.
    fn groups(&mut self, premises: impl Iterator<Item = PremiseId>) -> Vec<Vec<PremiseId>> {
        let mut groups: Vec<Vec<PremiseId>> = Vec::new();
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        for premise in premises {
            let root = self.root(premise.0 as usize);
            let at = *known.entry(root).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(premise),
                None => groups.push(vec![premise]),
            }
        }
        groups
    }

    /// Joins all of these.
    pub fn all(&mut self, members: impl Iterator<Item = usize>) {
        let mut members = members;
        let Some(first) = members.next() else { return };
        for member in members {
            let (a, b) = (self.root(first), self.root(member));
            self.0[a.max(b)] = a.min(b);
        }
    }
}
