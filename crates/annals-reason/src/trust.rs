//! Whom the historian trusts more, and what readings that makes preferred.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Part, Preference, SourceId};

use crate::component::Component;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reading::Group;

impl Component {
    /// Whether taking claims one by one, in some order that respects trust, keeping each that
    /// fits, leaves just these out (Brewka 1989). What the reading keeps is taken as early as
    /// trust allows: that only makes it easier to see that what it drops does not fit.
    pub(crate) fn is_preferred(
        &self,
        group: &[PremiseId],
        dropped: &[PremiseId],
        preferences: &[Preference],
    ) -> bool {
        if preferences.is_empty() {
            // What the reading keeps comes first, and nothing else fits any more.
            return true;
        }
        let count = self.premises.len();
        let ranks = self.ranks(group, preferences);
        let mut open: Vec<(PremiseId, usize)> = group.iter().copied().zip(ranks.of).collect();
        let mut kept: Vec<PremiseId> = Vec::new();
        loop {
            let before = open.len();
            for (premise, rank) in open.clone() {
                if open.iter().any(|(_, other)| ranks.above[*other][rank]) {
                    continue;
                }
                if dropped.contains(&premise) {
                    let with = kept.iter().copied().chain([premise]);
                    if self.fits(&Accepted::of(count, with)) {
                        continue;
                    }
                } else {
                    kept.push(premise);
                }
                open.retain(|(p, _)| *p != premise);
            }
            if open.is_empty() {
                return true;
            }
            if open.len() == before {
                return false;
            }
        }
    }

    /// Premises by who stands for them, and which of these trust puts before which.
    fn ranks(&self, group: &[PremiseId], preferences: &[Preference]) -> Ranks {
        let mut lists: Vec<Vec<SourceId>> = Vec::new();
        let mut known: BTreeMap<Vec<SourceId>, usize> = BTreeMap::new();
        let mut of = Vec::with_capacity(group.len());
        for premise in group {
            let sources = self.sources_of(*premise);
            let at = *known.entry(sources).or_insert_with_key(|sources| {
                lists.push(sources.clone());
                lists.len() - 1
            });
            of.push(at);
        }
        let above = lists
            .iter()
            .map(|better| {
                let worse = lists.iter();
                worse.map(|w| outranks(better, w, preferences)).collect()
            })
            .collect();
        Ranks { of, above }
    }

    /// Who stands for a premise.
    pub(crate) fn sources_of(&self, premise: PremiseId) -> Vec<SourceId> {
        let attestations = match self.premises.grounds[premise.0 as usize] {
            Ground::Part(Part::Identity(i)) => &self.chronicle.identities[i.index()].attestations,
            Ground::Part(Part::Choice(c)) => &self.chronicle.choices[c.index()].attestations,
            Ground::Part(Part::Detail(c, d)) => {
                let claim = &self.chronicle.claims[c.index()];
                let own = &claim.details[d as usize].attestations;
                if own.is_empty() {
                    &claim.attestations
                } else {
                    own
                }
            }
            _ => match self.premises.claim(premise) {
                Some(claim) => &self.chronicle.claims[claim.index()].attestations,
                None => return vec![],
            },
        };
        let mut sources: Vec<SourceId> = attestations.iter().map(|a| a.source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Premises in an order that respects trust: none before one that is trusted more.
    pub(crate) fn by_trust(&self, group: &[PremiseId]) -> Vec<PremiseId> {
        let ranks = self.ranks(group, &self.chronicle.preferences);
        let mut open: Vec<(PremiseId, usize)> = group.iter().copied().zip(ranks.of).collect();
        let mut ordered = Vec::with_capacity(group.len());
        while !open.is_empty() {
            let tops = |(_, rank): &&(PremiseId, usize)| {
                !open.iter().any(|(_, other)| ranks.above[*other][*rank])
            };
            let mut tops: Vec<PremiseId> = open.iter().filter(tops).map(|(p, _)| *p).collect();
            if tops.is_empty() {
                // Trust runs in a circle and says nothing.
                tops = open.iter().map(|(p, _)| *p).collect();
            }
            open.retain(|(p, _)| !tops.contains(p));
            ordered.extend(tops);
        }
        ordered
    }

    /// Of each premise of a group, the conflicts by which a preferred reading can leave it out: it
    /// does where it keeps all other members of one, none of which trust puts after the premise
    /// (what is kept and need not come later is taken first). `None` where trust runs in a circle.
    pub(crate) fn grounds_to_leave_out(
        &self,
        group: &Group,
    ) -> Option<Vec<(PremiseId, Vec<Vec<PremiseId>>)>> {
        let premises = &group.premises;
        let ranks = self.ranks(premises, &self.chronicle.preferences);
        let mut below = ranks.above.clone();
        for by in 0..below.len() {
            for from in 0..below.len() {
                for to in 0..below.len() {
                    below[from][to] |= below[from][by] && below[by][to];
                }
            }
        }
        if (0..below.len()).any(|at| below[at][at]) {
            return None;
        }
        let rank = |p: &PremiseId| ranks.of[premises.partition_point(|other| other < p)];
        let each = premises.iter().map(|premise| {
            let with = group.conflicts.iter().filter(|c| c.contains(premise));
            let others = with.map(|c| c.iter().filter(|p| *p != premise).copied().collect());
            let stand = |others: &Vec<PremiseId>| {
                let mut all = others.iter();
                all.all(|p| !below[rank(premise)][rank(p)])
            };
            (*premise, others.filter(stand).collect())
        });
        Some(each.collect())
    }
}

/// Who stands for premises, as numbers, and whether trust puts one number before another.
struct Ranks {
    of: Vec<usize>,
    above: Vec<Vec<bool>>,
}

/// Whether trust puts what some sources stand for before what others do: its best source is
/// trusted more than every best source of the other.
fn outranks(better: &[SourceId], worse: &[SourceId], preferences: &[Preference]) -> bool {
    let best: Vec<SourceId> = worse
        .iter()
        .copied()
        .filter(|s| {
            !worse
                .iter()
                .any(|other| trusted_over(preferences, *other, *s))
        })
        .collect();
    !best.is_empty()
        && better.iter().any(|s| {
            best.iter()
                .all(|other| trusted_over(preferences, *s, *other))
        })
}

/// Trust is passed on: who is preferred over one who is preferred over a third.
fn trusted_over(preferences: &[Preference], better: SourceId, worse: SourceId) -> bool {
    let mut open = vec![better];
    let mut seen = BTreeSet::from([better]);
    while let Some(source) = open.pop() {
        for preference in preferences.iter().filter(|p| p.better == source) {
            if preference.worse == worse {
                return true;
            }
            if seen.insert(preference.worse) {
                open.push(preference.worse);
            }
        }
    }
    false
}
