//! Minimal conflicts and greatest readings of one group of connected premises.
//!
//! Reiter's hitting-set tree (1987): every inconsistent set yields a minimal conflict by
//! deletion; leaving out one member of each conflict, in all ways and smallest first, yields
//! every smallest correction. Conflicts are then all minimal transversals of the corrections,
//! which completes those that the tree happened to meet. A budget bounds the tree and is said.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};

use crate::premise::PremiseId;
use crate::union::Union;

/// Sets tried before the enumeration stops and says so.
const SETS_AT_MOST: usize = 1500;

/// All that is known of a group of premises that do not fit together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Enumeration {
    /// Minimal conflicts.
    pub conflicts: Vec<Vec<PremiseId>>,
    /// Smallest sets whose omission leaves a consistent rest.
    pub corrections: Vec<Vec<PremiseId>>,
    /// Whether both are complete.
    pub complete: bool,
}

/// Work that one enumeration may take, in rules looked at.
const WORK_AT_MOST: usize = 20_000_000;

/// Enumerates by asking whether sets of premises fit together; `weight` is how many rules rest on
/// one premise on average.
pub(crate) fn enumerate(
    group: &[PremiseId],
    weight: usize,
    fits: &mut dyn FnMut(&[PremiseId]) -> bool,
) -> Enumeration {
    let work = Cell::new(0usize);
    let fits = &mut |set: &[PremiseId]| {
        work.set(work.get() + (set.len() + 16) * weight.max(1));
        fits(set)
    };
    let mut found = Enumeration {
        complete: true,
        ..Enumeration::default()
    };
    let mut open: VecDeque<Vec<PremiseId>> = VecDeque::from([vec![]]);
    let mut seen: BTreeSet<Vec<PremiseId>> = BTreeSet::new();
    let mut left = SETS_AT_MOST;
    while let Some(omitted) = open.pop_front() {
        if found
            .corrections
            .iter()
            .any(|c| c.iter().all(|p| omitted.contains(p)))
        {
            continue;
        }
        if left == 0 || work.get() > WORK_AT_MOST {
            found.complete = false;
            break;
        }
        left -= 1;
        let known = found
            .conflicts
            .iter()
            .find(|c| c.iter().all(|p| !omitted.contains(p)));
        let conflict = match known.cloned() {
            Some(conflict) => conflict,
            None => {
                let rest: Vec<_> = group
                    .iter()
                    .copied()
                    .filter(|p| !omitted.contains(p))
                    .collect();
                if fits(&rest) {
                    found.corrections.push(omitted);
                    continue;
                }
                let conflict = shrink(&rest, &mut |set| {
                    // What cannot be looked at any more is kept, and the result thrown away.
                    work.get() > WORK_AT_MOST || fits(set)
                });
                if work.get() > WORK_AT_MOST {
                    found.complete = false;
                    break;
                }
                found.conflicts.push(conflict.clone());
                conflict
            }
        };
        for premise in conflict {
            let mut next = omitted.clone();
            next.push(premise);
            next.sort_unstable();
            if seen.insert(next.clone()) {
                open.push_back(next);
            }
        }
    }
    found.complete_conflicts();
    found
}

impl Enumeration {
    /// The tree meets every smallest correction, and only some of the conflicts.
    fn complete_conflicts(&mut self) {
        if !self.complete {
            return;
        }
        match transversals(&self.corrections, CONFLICTS_AT_MOST) {
            Some(all) => self.conflicts = all,
            None => self.complete = false,
        }
    }
}

/// A minimal inconsistent subset, later premises dropped first, by halves where they allow it.
pub(crate) fn shrink<T: Copy>(set: &[T], fits: &mut dyn FnMut(&[T]) -> bool) -> Vec<T> {
    let mut kept = set.to_vec();
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        let mut end = kept.len();
        while end > 0 {
            let start = end.saturating_sub(size);
            let without: Vec<_> = kept[..start].iter().chain(&kept[end..]).copied().collect();
            if !fits(&without) {
                kept = without;
            }
            end = start;
        }
        if size == 1 {
            break;
        }
        size = size.div_ceil(2);
    }
    kept
}

/// Conflicts of one group before the rest is given up.
const CONFLICTS_AT_MOST: usize = 2000;

/// Sets that share members with one another, directly or through others, as one block each; blocks
/// and the sets of each stay in order.
pub(crate) fn blocks(sets: &[Vec<PremiseId>]) -> Vec<Vec<Vec<PremiseId>>> {
    let mut joined = Union::default();
    for set in sets {
        set.iter().for_each(|p| joined.join(set[0].0, p.0));
    }
    let mut roots: Vec<u32> = Vec::new();
    let mut all: Vec<Vec<Vec<PremiseId>>> = Vec::new();
    for set in sets.iter().filter(|set| !set.is_empty()) {
        let root = joined.root(set[0].0);
        match roots.iter().position(|known| *known == root) {
            Some(at) => all[at].push(set.clone()),
            None => {
                roots.push(root);
                all.push(vec![set.clone()]);
            }
        }
    }
    all
}

/// All minimal sets that meet every one of `sets`, smallest first (Berge 1989); `None` where there
/// are more than `most` on the way.
pub(crate) fn transversals(sets: &[Vec<PremiseId>], most: usize) -> Option<Vec<Vec<PremiseId>>> {
    let mut all: Vec<Vec<PremiseId>> = vec![vec![]];
    for set in sets {
        let mut next: Vec<Vec<PremiseId>> = Vec::new();
        for partial in &all {
            if partial.iter().any(|p| set.contains(p)) {
                next.push(partial.clone());
                continue;
            }
            for premise in set {
                let mut grown = partial.clone();
                grown.push(*premise);
                grown.sort_unstable();
                next.push(grown);
            }
        }
        next.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        next.dedup();
        let mut minimal: Vec<Vec<PremiseId>> = Vec::new();
        for candidate in next {
            if !minimal
                .iter()
                .any(|m| m.iter().all(|p| candidate.contains(p)))
            {
                minimal.push(candidate);
            }
        }
        if minimal.len() > most {
            return None;
        }
        all = minimal;
    }
    Some(all)
}
