//! What the sources themselves doubt holds in some timelines and not in others.
//!
//! Claims only restrict one another, so without assumptions it is enough to take each doubted
//! claim that bears on a value as its witness, and each two of them, because a gap lies between
//! two moments. An assumption yields to claims, though, and an ending follows whatever recorded
//! beginning there is: where assumptions are made, a doubted claim can also loosen what they
//! demand, alone or with others, and every choice of doubt has to be looked at. Where these are
//! too many, those of two are, and what they show is compared with what is shown without any
//! assumption, which is never less than the truth.

use annals_chronicle::{Assumption, ClaimId, Fluent, Origin, Part};

use crate::component::Component;
use crate::near::Near;
use crate::premise::{Accepted, Ground, PremiseId};

/// Choices of more than two doubts are looked at while there are no more than so many in all.
const CHOICES_AT_MOST: usize = 96;

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

impl Component {
    /// The choices of doubt that decide a fluent.
    pub(crate) fn with_doubted(
        &self,
        accepted: &Accepted,
        fluent: &Fluent,
        near: &Near,
    ) -> Choices {
        let doubts = self.doubts(near);
        if self.assuming(accepted, near) {
            return self.chosen(accepted, &doubts, doubts.len(), near);
        }
        let bears = |d: &Doubt| d.whole && self.bears_on(d.claim, fluent);
        let witnesses: Vec<Doubt> = doubts.into_iter().filter(bears).collect();
        self.chosen(accepted, &witnesses, 2, near)
    }

    /// The choices of doubt that decide about days: where nothing is assumed, doubt only
    /// restricts and the undoubted claims alone are enough.
    pub(crate) fn loosened(&self, accepted: &Accepted, near: &Near) -> Choices {
        let doubts = self.doubts(near);
        let most = if self.assuming(accepted, near) {
            doubts.len()
        } else {
            0
        };
        self.chosen(accepted, &doubts, most, near)
    }

    /// What is near without the assumptions: what it shows and allows is never less than the
    /// truth.
    pub(crate) fn unassuming(&self, near: &Near) -> Near {
        let said = near.iter().filter(|p| !self.premises.is_assumption(*p));
        Near {
            premises: said.collect(),
            ..near.clone()
        }
    }

    /// Whether anything is assumed, of what is accepted or of what is doubted.
    fn assuming(&self, accepted: &Accepted, near: &Near) -> bool {
        let assumed = near.iter().filter(|p| self.premises.is_assumption(*p));
        let mut made = assumed.filter(|p| accepted.contains(*p) || self.premises.is_doubted(*p));
        made.next().is_some()
    }

    /// Everything doubted among some premises, in document order.
    pub(crate) fn doubts(&self, near: &Near) -> Vec<Doubt> {
        let doubted = near.iter().filter(|p| self.premises.is_doubted(*p));
        let mut claims: Vec<ClaimId> = doubted.filter_map(|p| self.premises.claim(p)).collect();
        claims.sort_unstable();
        claims.dedup();
        let mut all = Vec::new();
        for claim in claims {
            let claim = &self.chronicle.claims[claim.index()];
            let own = self.premises.of_claim(claim.id);
            if claim.doubted {
                let said = own.clone().filter(|p| !self.doubted_itself(*p));
                all.push(Doubt {
                    claim: claim.id,
                    whole: true,
                    premises: said.collect(),
                });
            }
            let parts = own.filter(|p| self.doubted_itself(*p));
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
    pub(crate) fn doubted_itself(&self, premise: PremiseId) -> bool {
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
    fn chosen(&self, accepted: &Accepted, doubts: &[Doubt], most: usize, near: &Near) -> Choices {
        let mut sets = vec![accepted.clone()];
        let mut last: Vec<(usize, Accepted)> = vec![(0, accepted.clone())];
        for size in 1..=most {
            let mut next = Vec::new();
            for (from, set) in &last {
                for (at, doubt) in doubts.iter().enumerate().skip(*from) {
                    if size > 2 && sets.len() + next.len() >= CHOICES_AT_MOST {
                        let complete = false;
                        return Choices { sets, complete };
                    }
                    let with = self.fitting(set, &doubt.premises, near);
                    next.extend(with.map(|with| (at + 1, with)));
                }
            }
            sets.extend(next.iter().map(|(_, set)| set.clone()));
            last = next;
        }
        let complete = true;
        Choices { sets, complete }
    }

    fn fitting(
        &self,
        accepted: &Accepted,
        premises: &[PremiseId],
        near: &Near,
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
        near: &Near,
    ) -> Option<Accepted> {
        let own = self.premises.of_claim(claim);
        let said: Vec<PremiseId> = own.filter(|p| !self.doubted_itself(*p)).collect();
        self.fitting(accepted, &said, near)
    }

    fn bears_on(&self, claim: ClaimId, fluent: &Fluent) -> bool {
        let Some(happened) = self.premises.part(Part::Happened(claim)) else {
            return false;
        };
        self.samples().iter().any(|(_, encoded)| {
            let spelled = encoded.spelled(&self.chronicle, fluent);
            let index = encoded.index(&self.chronicle);
            let bearings = index.bearings().beside(&self.chronicle, &spelled);
            let stretches = index.stretches().beside(&self.chronicle, &spelled);
            let mut borne = bearings
                .iter()
                .map(|b| &encoded.bearings[*b as usize].needs);
            let mut stretched = stretches
                .iter()
                .map(|s| &encoded.stretches[*s as usize].needs);
            borne.any(|needs| needs.contains(&happened))
                || stretched.any(|needs| needs.contains(&happened))
        })
    }
}
