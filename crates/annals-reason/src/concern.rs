//! Which claims an answer can have to do with.

use std::collections::BTreeSet;

use annals_chronicle::{ClaimId, Fluent, Moment};

use crate::premise::PremiseId;
use crate::reasoner::Reasoner;

impl Reasoner {
    /// Every claim that can have to do with a fluent: those of its slot, and all that rules join
    /// to them in some world. Answers about the fluent look at no others.
    pub fn concerning(&self, fluent: &Fluent) -> BTreeSet<ClaimId> {
        self.claims_of(&self.near_fluent(fluent))
    }

    /// Every claim that can have to do with the days of some moments.
    pub fn concerning_moments(&self, moments: &[Moment]) -> BTreeSet<ClaimId> {
        self.claims_of(&self.near_moments(moments))
    }

    fn claims_of(&self, premises: &BTreeSet<PremiseId>) -> BTreeSet<ClaimId> {
        premises
            .iter()
            .filter_map(|p| self.premises.claim(*p))
            .collect()
    }
}
