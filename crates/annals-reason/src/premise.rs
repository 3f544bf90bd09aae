//! Premises: the parts and assumptions that constraints rest on, and sets of them.

use std::collections::BTreeMap;

use annals_chronicle::{
    Assumption, Chronicle, ClaimId, DetailValue, EntityId, Filler, Mode, Origin, Part, Sentence,
};

/// A premise, by number in document order; assumptions come after all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PremiseId(pub u32);

/// What a constraint may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    Part(Part),
    Assumption(Assumption),
}

/// All premises of a chronicle.
#[derive(Clone, Debug, Default)]
pub(crate) struct Premises {
    pub grounds: Vec<Ground>,
    /// Whether the source itself doubts it: it holds in some timelines and not in others.
    pub doubted: Vec<bool>,
    by_part: BTreeMap<Part, PremiseId>,
    by_assumption: BTreeMap<Assumption, PremiseId>,
}

/// A set of premises.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Accepted(Vec<bool>);

impl Premises {
    /// Lists the parts of every claim that is not a draft, then the assumptions.
    pub fn new(chronicle: &Chronicle) -> Premises {
        let mut all = Premises::default();
        let rival = rival_roles(chronicle);
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            all.add(Part::Happened(claim.id), claim.doubted);
            for (index, condition) in claim.when.conditions.iter().enumerate() {
                let doubted = claim.doubted
                    || condition.doubted
                    || matches!(condition.origin, Origin::Detail(d)
                        if claim.details.get(d as usize).is_some_and(|d| d.doubted));
                all.add(Part::Date(claim.id, index as u32), doubted);
            }
            for (index, detail) in claim.details.iter().enumerate() {
                if matches!(
                    detail.value,
                    DetailValue::Length { .. } | DetailValue::Keeps(_)
                ) {
                    all.add(
                        Part::Detail(claim.id, index as u32),
                        claim.doubted || detail.doubted,
                    );
                }
            }
            for role in rival.iter().filter(|(c, _)| *c == claim.id) {
                all.add(Part::Role(claim.id, role.1), claim.doubted);
            }
        }
        for (index, identity) in chronicle.identities.iter().enumerate() {
            all.add(
                Part::Identity(annals_chronicle::IdentityId(index as u32)),
                identity.doubted,
            );
        }
        for index in 0..chronicle.choices.len() {
            all.add(
                Part::Choice(annals_chronicle::ChoiceId(index as u32)),
                false,
            );
        }
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            all.assume(Assumption::EndingFollows(claim.id), claim.doubted);
            for (index, condition) in claim.when.conditions.iter().enumerate() {
                if condition.soft.is_some() {
                    let doubted = claim.doubted || condition.doubted;
                    all.assume(Assumption::Width(claim.id, index as u32), doubted);
                }
            }
        }
        all
    }

    fn add(&mut self, part: Part, doubted: bool) {
        self.by_part
            .insert(part, PremiseId(self.grounds.len() as u32));
        self.grounds.push(Ground::Part(part));
        self.doubted.push(doubted);
    }

    fn assume(&mut self, assumption: Assumption, doubted: bool) {
        self.by_assumption
            .insert(assumption, PremiseId(self.grounds.len() as u32));
        self.grounds.push(Ground::Assumption(assumption));
        self.doubted.push(doubted);
    }

    pub fn len(&self) -> usize {
        self.grounds.len()
    }

    /// The premise of a part; parts of drafts have none.
    pub fn part(&self, part: Part) -> Option<PremiseId> {
        self.by_part.get(&part).copied()
    }

    pub fn assumption(&self, assumption: Assumption) -> Option<PremiseId> {
        self.by_assumption.get(&assumption).copied()
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
    pub fn of_claim(&self, claim: ClaimId) -> Vec<PremiseId> {
        self.ids()
            .filter(|p| self.claim(*p) == Some(claim))
            .collect()
    }
}

impl Accepted {
    pub fn none(count: usize) -> Accepted {
        Accepted(vec![false; count])
    }

    pub fn of(count: usize, ids: impl IntoIterator<Item = PremiseId>) -> Accepted {
        let mut set = Accepted::none(count);
        for id in ids {
            set.insert(id);
        }
        set
    }

    pub fn contains(&self, id: PremiseId) -> bool {
        self.0[id.0 as usize]
    }

    pub fn insert(&mut self, id: PremiseId) {
        self.0[id.0 as usize] = true;
    }

    pub fn remove(&mut self, id: PremiseId) {
        self.0[id.0 as usize] = false;
    }

    /// The members that also belong to another set.
    pub fn within(&self, near: &std::collections::BTreeSet<PremiseId>) -> Accepted {
        Accepted::of(self.0.len(), self.iter().filter(|p| near.contains(p)))
    }

    pub fn has_all(&self, ids: &[PremiseId]) -> bool {
        ids.iter().all(|id| self.contains(*id))
    }

    pub fn iter(&self) -> impl Iterator<Item = PremiseId> + '_ {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, on)| **on)
            .map(|(i, _)| PremiseId(i as u32))
    }
}

/// Roles that accounts of one event fill with different things: each becomes a part of its own,
/// so that who did it can be in dispute while that it happened is not.
fn rival_roles(chronicle: &Chronicle) -> Vec<(ClaimId, u32)> {
    let mut rival = Vec::new();
    for event in &chronicle.events {
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
