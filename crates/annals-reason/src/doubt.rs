//! What the sources themselves doubt holds in some timelines and not in others.
//!
//! Claims only restrict one another, so without assumptions it is enough to take each doubted
//! claim that bears on a value as its witness, and each two of them, because a gap lies between
//! two moments. An assumption yields to claims, though, and an ending follows whatever recorded
//! beginning there is: where assumptions are made, a doubted claim can also loosen what they
//! demand, alone or with others, and every choice of doubt has to be looked at. Where these are
//! too many, those of two are, and what they show is compared with what is shown without any
//! assumption, which is never less than the truth.

use std::collections::BTreeSet;

use annals_chronicle::{Assumption, ClaimId, Fluent, Origin, Part};

use crate::bearing::slot_keys;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reasoner::Reasoner;

/// Up to so many doubts, all choices are looked at.
const ALL_CHOICES_OF: usize = 5;

/// A doubted claim with all it says, or one doubted date or detail.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    pub claim: ClaimId,
    /// Whether it is the whole claim.
    pub whole: bool,
    pub premises: Vec<PremiseId>,
}

/// Choices of what is doubted: sets of premises that fit together.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    pub sets: Vec<Accepted>,
    /// Whether no other choice can show or allow more.
    pub complete: bool,
}

impl Reasoner {
    /// The choices of doubt that decide a fluent.
    pub(crate) fn with_doubted(
        &self,
        accepted: &Accepted,
        fluent: &Fluent,
        near: &BTreeSet<PremiseId>,
    ) -> Choices {
        if self.assuming(accepted, near) {
            return self.choices_amid_assumptions(accepted, near);
        }
        let witnesses = self
            .doubts(near)
            .into_iter()
            .filter(|d| d.whole && self.bears_on(d.claim, fluent))
            .collect::<Vec<_>>();
        Choices {
            sets: self.chosen(accepted, &witnesses, 2, near),
            complete: true,
        }
    }

    /// The choices of doubt that decide about days: where nothing is assumed, doubt only
    /// restricts and the undoubted claims alone are enough.
    pub(crate) fn loosened(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Choices {
        if self.assuming(accepted, near) {
            return self.choices_amid_assumptions(accepted, near);
        }
        Choices {
            sets: vec![accepted.clone()],
            complete: true,
        }
    }

    fn choices_amid_assumptions(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Choices {
        let doubts = self.doubts(near);
        let complete = doubts.len() <= ALL_CHOICES_OF;
        let most = if complete { ALL_CHOICES_OF } else { 2 };
        Choices {
            sets: self.chosen(accepted, &doubts, most, near),
            complete,
        }
    }

    /// What is accepted without the assumptions: it allows every timeline, and perhaps more.
    pub(crate) fn unassuming(&self, accepted: &Accepted) -> Accepted {
        let said = accepted.iter().filter(|p| !self.premises.is_assumption(*p));
        Accepted::of(self.premises.len(), said)
    }

    pub(crate) fn assuming(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> bool {
        near.iter()
            .any(|p| self.premises.is_assumption(*p) && accepted.contains(*p))
    }

    /// Everything doubted among some premises, in document order.
    pub(crate) fn doubts(&self, near: &BTreeSet<PremiseId>) -> Vec<Doubt> {
        let mut all = Vec::new();
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            let own = self.premises.of_claim(claim.id);
            if !own.iter().any(|p| near.contains(p)) {
                continue;
            }
            if claim.doubted {
                let said = own.iter().copied().filter(|p| !self.doubted_itself(*p));
                all.push(Doubt {
                    claim: claim.id,
                    whole: true,
                    premises: said.collect(),
                });
            }
            let parts = own.into_iter().filter(|p| self.doubted_itself(*p));
            all.extend(parts.map(|premise| {
                Doubt {
                    claim: claim.id,
                    whole: false,
                    premises: [premise]
                        .into_iter()
                        .chain(self.width_of(premise))
                        .collect(),
                }
            }));
        }
        all
    }

    fn width_of(&self, premise: PremiseId) -> Option<PremiseId> {
        match self.premises.grounds[premise.0 as usize] {
            Ground::Part(Part::Date(c, i)) => self.premises.assumption(Assumption::Width(c, i)),
            _ => None,
        }
    }

    /// Whether the doubt is about this date or detail, not about the whole claim.
    fn doubted_itself(&self, premise: PremiseId) -> bool {
        match self.premises.grounds[premise.0 as usize] {
            Ground::Part(Part::Date(claim, index)) => {
                let claim = &self.chronicle.claims[claim.index()];
                let condition = &claim.when.conditions[index as usize];
                let detail = match condition.origin {
                    Origin::Detail(d) => claim.details.get(d as usize),
                    _ => None,
                };
                condition.doubted || detail.is_some_and(|d| d.doubted)
            }
            Ground::Part(Part::Detail(claim, index)) => {
                self.chronicle.claims[claim.index()].details[index as usize].doubted
            }
            _ => false,
        }
    }

    /// The base and every choice of up to so many doubts that fits with it. What does not fit
    /// does not fit with more either.
    fn chosen(
        &self,
        accepted: &Accepted,
        doubts: &[Doubt],
        most: usize,
        near: &BTreeSet<PremiseId>,
    ) -> Vec<Accepted> {
        let mut all = vec![accepted.clone()];
        let mut last: Vec<(usize, Accepted)> = vec![(0, accepted.clone())];
        for _ in 0..most {
            let mut next = Vec::new();
            for (from, set) in &last {
                for (at, doubt) in doubts.iter().enumerate().skip(*from) {
                    let with = self.fitting(set, &doubt.premises, near);
                    next.extend(with.map(|with| (at + 1, with)));
                }
            }
            all.extend(next.iter().map(|(_, set)| set.clone()));
            last = next;
        }
        all
    }

    fn fitting(
        &self,
        accepted: &Accepted,
        premises: &[PremiseId],
        near: &BTreeSet<PremiseId>,
    ) -> Option<Accepted> {
        let mut with = accepted.clone();
        premises.iter().for_each(|p| with.insert(*p));
        let fits = !self.case(&with, near).instances.is_empty();
        fits.then_some(with)
    }

    /// Accepts a doubted claim as well; `None` where it clashes.
    pub(crate) fn with_claim(
        &self,
        accepted: &Accepted,
        claim: ClaimId,
        near: &BTreeSet<PremiseId>,
    ) -> Option<Accepted> {
        let own = self.premises.of_claim(claim).into_iter();
        let said: Vec<PremiseId> = own.filter(|p| !self.doubted_itself(*p)).collect();
        self.fitting(accepted, &said, near)
    }

    fn bears_on(&self, claim: ClaimId, fluent: &Fluent) -> bool {
        let Some(happened) = self.premises.part(Part::Happened(claim)) else {
            return false;
        };
        self.sample_worlds().iter().any(|world| {
            let encoded = self.encoded(world);
            let spelled = encoded.spelled(&self.chronicle, fluent);
            let keys = slot_keys(&self.chronicle, &spelled);
            let near = |other: &Fluent| {
                *other == spelled
                    || slot_keys(&self.chronicle, other)
                        .iter()
                        .any(|k| keys.contains(k))
            };
            let borne = encoded.bearings.iter();
            let stretched = encoded.stretches.iter();
            borne
                .map(|b| (&b.needs, &b.fluent))
                .chain(stretched.map(|s| (&s.needs, &s.fluent)))
                .any(|(needs, fluent)| needs.contains(&happened) && near(fluent))
        })
    }
}
