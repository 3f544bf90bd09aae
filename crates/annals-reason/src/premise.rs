//! Premises: the parts and assumptions that constraints rest on, and sets of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annals_chronicle::{
    Assumption, ChoiceId, Chronicle, ClaimId, DetailValue, EntityId, Filler, IdentityId, Mode,
    Origin, Part, Sentence,
};

use crate::scope::Scope;
use crate::travel::places_somebody;

/// A premise, by number in document order; assumptions come after all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PremiseId(pub u32);

/// What a constraint may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    Part(Part),
    Assumption(Assumption),
}

/// All premises of a scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Premises {
    pub grounds: Vec<Ground>,
    /// Whether the source itself doubts it: it holds in some timelines and not in others.
    pub doubted: Vec<bool>,
    /// Where the parts and the assumptions of each claim stand.
    by_claim: Vec<OfClaim>,
    identities: BTreeMap<IdentityId, PremiseId>,
    choices: BTreeMap<ChoiceId, PremiseId>,
}

/// The premises of one claim.
#[derive(Clone, Debug)]
struct OfClaim {
    claim: ClaimId,
    parts: Range<u32>,
    assumptions: Range<u32>,
}

/// A set of premises.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Accepted(Vec<u64>);

impl Premises {
    /// Lists the parts of every claim, then the assumptions.
    pub fn new(chronicle: &Chronicle, scope: &Scope) -> Premises {
        let mut all = Premises::default();
        let rival = rival_roles(chronicle, scope);
        let mut rival = rival.iter().peekable();
        for claim in scope.claims(chronicle) {
            let first = all.grounds.len() as u32;
            all.add(Part::Happened(claim.id), claim.doubted);
            for (index, condition) in claim.when.conditions.iter().enumerate() {
                let doubted = claim.doubted
                    || condition.doubted
                    || matches!(condition.origin, Origin::Detail(d)
                        if claim.details.get(d as usize).is_some_and(|d| d.doubted));
                all.add(Part::Date(claim.id, index as u32), doubted);
            }
            for (index, detail) in claim.details.iter().enumerate() {
                let alone = matches!(
                    detail.value,
                    DetailValue::Length { .. } | DetailValue::Keeps(_)
                );
                if alone || places_somebody(chronicle, claim, index as u32) {
                    all.add(
                        Part::Detail(claim.id, index as u32),
                        claim.doubted || detail.doubted,
                    );
                }
            }
            while rival.next_if(|(c, _)| *c < claim.id).is_some() {}
            while let Some(role) = rival.next_if(|(c, _)| *c == claim.id) {
                all.add(Part::Role(claim.id, role.1), claim.doubted);
            }
            all.by_claim.push(OfClaim {
                claim: claim.id,
                parts: first..all.grounds.len() as u32,
                assumptions: 0..0,
            });
        }
        for id in &scope.identities {
            let doubted = chronicle.identities[id.index()].doubted;
            let premise = all.add(Part::Identity(*id), doubted);
            all.identities.insert(*id, premise);
        }
        for id in &scope.choices {
            let premise = all.add(Part::Choice(*id), false);
            all.choices.insert(*id, premise);
        }
        for (at, claim) in scope.claims(chronicle).enumerate() {
            let first = all.grounds.len() as u32;
            all.assume(Assumption::EndingFollows(claim.id), claim.doubted);
            for (index, condition) in claim.when.conditions.iter().enumerate() {
                if condition.soft.is_some() {
                    let doubted = claim.doubted || condition.doubted;
                    all.assume(Assumption::Width(claim.id, index as u32), doubted);
                }
            }
            all.by_claim[at].assumptions = first..all.grounds.len() as u32;
        }
        all
    }

    fn add(&mut self, part: Part, doubted: bool) -> PremiseId {
        self.grounds.push(Ground::Part(part));
        self.doubted.push(doubted);
        PremiseId(self.grounds.len() as u32 - 1)
    }

    fn assume(&mut self, assumption: Assumption, doubted: bool) {
        self.grounds.push(Ground::Assumption(assumption));
        self.doubted.push(doubted);
    }

    fn own(&self, claim: ClaimId) -> Option<&OfClaim> {
        let at = self.by_claim.binary_search_by_key(&claim, |o| o.claim);
        at.ok().map(|at| &self.by_claim[at])
    }

    fn find(&self, range: &Range<u32>, ground: Ground) -> Option<PremiseId> {
        let mut ids = range.clone();
        ids.find(|id| self.grounds[*id as usize] == ground)
            .map(PremiseId)
    }

    pub fn len(&self) -> usize {
        self.grounds.len()
    }

    /// The premise of a part; parts of drafts, and of claims beyond the scope, have none.
    pub fn part(&self, part: Part) -> Option<PremiseId> {
        match part {
            Part::Identity(id) => self.identities.get(&id).copied(),
            Part::Choice(id) => self.choices.get(&id).copied(),
            Part::Happened(claim) => self.own(claim).map(|o| PremiseId(o.parts.start)),
            Part::Date(claim, index) => {
                // Dates come right after the first part, in their order.
                let own = self.own(claim)?;
                let id = own.parts.start + 1 + index;
                let there = self.grounds.get(id as usize) == Some(&Ground::Part(part));
                there.then_some(PremiseId(id))
            }
            Part::Role(claim, _) | Part::Detail(claim, _) => {
                self.find(&self.own(claim)?.parts, Ground::Part(part))
            }
        }
    }

    pub fn assumption(&self, assumption: Assumption) -> Option<PremiseId> {
        let (Assumption::EndingFollows(claim) | Assumption::Width(claim, _)) = assumption;
        self.find(
            &self.own(claim)?.assumptions,
            Ground::Assumption(assumption),
        )
    }

    pub fn is_assumption(&self, id: PremiseId) -> bool {
        matches!(self.grounds[id.0 as usize], Ground::Assumption(_))
    }

    /// Whether the source itself doubts it.
    pub fn is_doubted(&self, id: PremiseId) -> bool {
        self.doubted[id.0 as usize]
    }

    /// The claim a premise belongs to.
    pub fn claim(&self, id: PremiseId) -> Option<ClaimId> {
        match self.grounds[id.0 as usize] {
            Ground::Part(part) => part.claim(),
            Ground::Assumption(Assumption::EndingFollows(c) | Assumption::Width(c, _)) => Some(c),
        }
    }

    /// Undoubted parts, without assumptions.
    pub fn undoubted_parts(&self) -> impl Iterator<Item = PremiseId> + '_ {
        self.ids()
            .filter(|p| !self.doubted[p.0 as usize] && !self.is_assumption(*p))
    }

    /// Assumptions about undoubted claims.
    pub fn assumptions(&self) -> impl Iterator<Item = PremiseId> + '_ {
        self.ids()
            .filter(|p| !self.doubted[p.0 as usize] && self.is_assumption(*p))
    }

    pub fn ids(&self) -> impl Iterator<Item = PremiseId> {
        (0..self.len() as u32).map(PremiseId)
    }

    /// All premises of one claim, its assumptions included.
    pub fn of_claim(&self, claim: ClaimId) -> impl Iterator<Item = PremiseId> + Clone + use<> {
        let (parts, assumptions) = self.own(claim).map_or((0..0, 0..0), |own| {
            (own.parts.clone(), own.assumptions.clone())
        });
        parts.chain(assumptions).map(PremiseId)
    }
}

impl Accepted {
    pub fn none(count: usize) -> Accepted {
        Accepted(vec![0; count.div_ceil(64)])
    }

    pub fn of(count: usize, ids: impl IntoIterator<Item = PremiseId>) -> Accepted {
        let mut set = Accepted::none(count);
        for id in ids {
            set.insert(id);
        }
        set
    }

    pub fn contains(&self, id: PremiseId) -> bool {
        self.0[id.0 as usize / 64] >> (id.0 % 64) & 1 != 0
    }

    pub fn insert(&mut self, id: PremiseId) {
        self.0[id.0 as usize / 64] |= 1 << (id.0 % 64);
    }

    pub fn remove(&mut self, id: PremiseId) {
        self.0[id.0 as usize / 64] &= !(1 << (id.0 % 64));
    }

    /// The members that also belong to another set.
    pub fn within(&self, near: &BTreeSet<PremiseId>) -> Accepted {
        let mut set = Accepted(vec![0; self.0.len()]);
        for id in near.iter().filter(|p| self.contains(**p)) {
            set.insert(*id);
        }
        set
    }

    pub fn has_all(&self, ids: &[PremiseId]) -> bool {
        ids.iter().all(|id| self.contains(*id))
    }

    pub fn iter(&self) -> impl Iterator<Item = PremiseId> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (bit < 64).then(|| {
                    left &= left - 1;
                    PremiseId(at as u32 * 64 + bit)
                })
            })
        })
    }
}

/// Roles that accounts of one event fill with different things: each becomes a part of its own,
/// so that who did it can be in dispute while that it happened is not.
fn rival_roles(chronicle: &Chronicle, scope: &Scope) -> Vec<(ClaimId, u32)> {
    let mut rival = Vec::new();
    for event in scope.events.iter() {
        let event = &chronicle.events[event.index()];
        if event.claims.len() > ACCOUNTS {
            rival.extend(perhaps_rival(chronicle, &event.claims));
            continue;
        }
        for a in &event.claims {
            for b in event.claims.iter().filter(|b| *b != a) {
                for (i, j) in clashing_roles(chronicle, *a, *b) {
                    rival.push((*a, i));
                    rival.push((*b, j));
                }
            }
        }
    }
    rival.sort_unstable();
    rival.dedup();
    rival
}

/// Accounts of one event of which every two are compared.
const ACCOUNTS: usize = 256;

/// Every role of so many accounts that two of them fill with different things: a part by itself
/// that clashes with nothing does no harm.
fn perhaps_rival(chronicle: &Chronicle, claims: &[ClaimId]) -> Vec<(ClaimId, u32)> {
    // The places of every role by name, and what different things fill it.
    type Filled<'c> = (Vec<(ClaimId, u32)>, BTreeSet<&'c [EntityId]>);
    let mut filled: BTreeMap<&str, Filled> = BTreeMap::new();
    for id in claims {
        let claim = &chronicle.claims[id.index()];
        if claim.mode != Mode::Asserted || claim.draft {
            continue;
        }
        for (role, (name, filler)) in named_roles(chronicle, &claim.sentence)
            .into_iter()
            .enumerate()
        {
            if let Filler::Entities(things) = filler {
                let (places, different) = filled.entry(name).or_default();
                places.push((*id, role as u32));
                different.insert(things);
            }
        }
    }
    let several = filled
        .into_values()
        .filter(|(_, different)| different.len() > 1);
    several.flat_map(|(places, _)| places).collect()
}

/// The roles of two claims that bear one name and are filled with things neither of which
/// completes the other, as pairs of indexes.
pub(crate) fn clashing_roles(chronicle: &Chronicle, a: ClaimId, b: ClaimId) -> Vec<(u32, u32)> {
    let (a, b) = (&chronicle.claims[a.index()], &chronicle.claims[b.index()]);
    if a.mode != Mode::Asserted || b.mode != Mode::Asserted || a.draft || b.draft {
        return vec![];
    }
    let mut pairs = Vec::new();
    for (i, (name, filler)) in named_roles(chronicle, &a.sentence).into_iter().enumerate() {
        for (j, (other, rival)) in named_roles(chronicle, &b.sentence).into_iter().enumerate() {
            let (Filler::Entities(x), Filler::Entities(y)) = (filler, rival) else {
                continue;
            };
            // Two writers put a title or the terms of a treaty in their own words without
            // contradicting each other.
            let words =
                |list: &[EntityId]| list.iter().any(|e| chronicle.entities[e.index()].words);
            if words(x) || words(y) {
                continue;
            }
            let completes = x.iter().all(|e| y.contains(e)) || y.iter().all(|e| x.contains(e));
            if name == other && !completes {
                pairs.push((i as u32, j as u32));
            }
        }
    }
    pairs
}

fn named_roles<'c>(chronicle: &'c Chronicle, sentence: &'c Sentence) -> Vec<(&'c str, &'c Filler)> {
    let (names, fillers) = match sentence {
        Sentence::Happens {
            event_type, roles, ..
        } => (
            &chronicle.vocabulary.event_types[event_type.index()].roles,
            roles,
        ),
        Sentence::Holds {
            relation, roles, ..
        } => (
            &chronicle.vocabulary.relations[relation.index()].roles,
            roles,
        ),
        Sentence::Text(_) => return vec![],
    };
    names.iter().map(|r| r.name.as_str()).zip(fillers).collect()
}
