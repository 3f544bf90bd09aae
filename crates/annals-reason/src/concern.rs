//! Which claims an answer can have to do with.

use std::collections::BTreeSet;

use annals_chronicle::{ClaimId, Fluent, Moment};

use crate::component::Component;
use crate::near::Near;

impl Component {
    /// Every claim that can have to do with a fluent: those of its slot, and all that rules join
    /// to them in some world. Answers about the fluent look at no others.
    pub fn concerning(&self, fluent: &Fluent) -> BTreeSet<ClaimId> {
        self.claims_of(&self.near_fluent(fluent))
    }

    /// Every claim that can have to do with the days of some moments.
    pub fn concerning_moments(&self, moments: &[Moment]) -> BTreeSet<ClaimId> {
        self.claims_of(&self.near_moments(moments))
    }

    /// The claims of some premises, and those of the contradictions they stand in: what else a
    /// reading leaves out decides whether they count.
    fn claims_of(&self, near: &Near) -> BTreeSet<ClaimId> {
        let groups = self.groups_near(near);
        let contested = groups.iter().flat_map(|g| g.premises.iter());
        near.iter()
            .chain(contested.copied())
            .filter_map(|p| self.premises.claim(p))
            .collect()
    }
}
