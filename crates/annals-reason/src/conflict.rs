//! Minimal conflicts and greatest readings of one group of connected premises.
//!
//! Reiter's hitting-set tree (1987): every inconsistent set yields a minimal conflict by
//! deletion; leaving out one member of each conflict, in all ways and smallest first, yields
//! every smallest correction. Conflicts are then all minimal transversals of the corrections,
//! which completes those that the tree happened to meet. A budget bounds the tree and is said.

use std::collections::{BTreeSet, VecDeque};

use crate::premise::PremiseId;

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

/// Enumerates by asking whether sets of premises fit together.
pub(crate) fn enumerate(
    group: &[PremiseId],
    fits: &mut dyn FnMut(&[PremiseId]) -> bool,
) -> Enumeration {
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
        if left == 0 {
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
                let conflict = shrink(&rest, fits);
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
    if found.complete {
        if let Some(all) = transversals(&found.corrections) {
            found.conflicts = all;
        } else {
            found.complete = false;
        }
    }
    found
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

/// All minimal sets that meet every one of `sets` (Berge 1989); `None` where they grow too many.
fn transversals(sets: &[Vec<PremiseId>]) -> Option<Vec<Vec<PremiseId>>> {
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
        if minimal.len() > 2000 {
            return None;
        }
        all = minimal;
    }
    Some(all)
}
