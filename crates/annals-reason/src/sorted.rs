//! What sorting all components comes to, in the order in which it is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Assumption, Chronicle, Part};

use crate::answer::{Conflict, Reading};
use crate::component::{Component, Kept, members};
use crate::finding::Change;
use crate::partition::Partition;
use crate::premise::Ground;

/// Chronicles of so many claims keep all that was worked out; larger ones only what they need.
const KEPT_CLAIMS: usize = 20_000;

/// What all claims come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted {
    pub readings: Vec<Reading>,
    pub conflicts: Vec<Conflict>,
    pub conflicts_complete: bool,
    pub dropped_assumptions: Vec<Assumption>,
    pub changes: Vec<Change>,
}

/// What the claims of one component come to.
#[derive(Clone, Debug, Default)]
struct Outcome {
    /// The readings of each group of connected conflicts.
    groups: Vec<Vec<Reading>>,
    conflicts: Vec<Conflict>,
    complete: bool,
    dropped_assumptions: Vec<Assumption>,
    changes: Vec<Change>,
}

/// Sorts every component; those with conflicts are kept.
pub(crate) fn sort(
    chronicle: &Arc<Chronicle>,
    partition: &Partition,
    components: &Kept<Vec<u32>, Component>,
) -> Sorted {
    let keep_all = chronicle.claims.len() <= KEPT_CLAIMS;
    let mut outcomes = Vec::new();
    for (at, scope) in partition.scopes.iter().enumerate() {
        if scope.claims.is_empty() {
            continue;
        }
        let component = Component::new(chronicle, scope.clone());
        outcomes.push(outcome(&component));
        if keep_all || !component.groups.is_empty() {
            components.put(vec![at as u32], component);
        }
    }
    gathered(outcomes)
}

fn outcome(component: &Component) -> Outcome {
    let readings = |places: &Vec<usize>| {
        let of = places.iter().map(|at| component.readings[*at].clone());
        of.collect()
    };
    let assumed = component.dropped_assumptions.iter();
    let assumed = assumed.filter_map(|p| match component.premises.grounds[p.0 as usize] {
        Ground::Assumption(assumption) => Some(assumption),
        Ground::Part(_) => None,
    });
    Outcome {
        groups: component
            .groups
            .iter()
            .map(|g| readings(&g.readings))
            .collect(),
        conflicts: component.conflicts.clone(),
        complete: component.conflicts_complete,
        dropped_assumptions: assumed.collect(),
        changes: component.unrecorded_changes(),
    }
}

fn gathered(outcomes: Vec<Outcome>) -> Sorted {
    let mut all = Sorted {
        conflicts_complete: outcomes.iter().all(|o| o.complete),
        ..Sorted::default()
    };
    let mut groups: Vec<Vec<Reading>> = Vec::new();
    for outcome in outcomes {
        groups.extend(outcome.groups);
        all.conflicts.extend(outcome.conflicts);
        all.dropped_assumptions.extend(outcome.dropped_assumptions);
        all.changes.extend(outcome.changes);
    }
    // Groups stand in the order of the first part that some reading of them leaves out.
    groups.sort_by_cached_key(|group| {
        let parts = group.iter().flat_map(|r| &r.dropped);
        parts.map(|p| place(*p)).min()
    });
    all.readings = groups.into_iter().flatten().collect();
    if all.readings.is_empty() {
        all.readings.push(Reading {
            dropped: vec![],
            preferred: true,
        });
    }
    all.conflicts = in_order(all.conflicts);
    all.dropped_assumptions.sort_by_key(|assumption| {
        let (Assumption::EndingFollows(claim) | Assumption::Width(claim, _)) = *assumption;
        (claim, *assumption)
    });
    all
}

/// Where a part stands in the text; what belongs to no claim comes last.
fn place(part: Part) -> (u32, Part) {
    (part.claim().map_or(u32::MAX, |c| c.0), part)
}

/// Conflicts of fewest claims first; of equally many those that share no claim with one
/// before them, then in document order.
fn in_order(mut conflicts: Vec<Conflict>) -> Vec<Conflict> {
    conflicts.sort_by_cached_key(|conflict| {
        let members = members(conflict);
        let claims: Vec<u32> = members
            .iter()
            .map(|(c, _)| c.map_or(u32::MAX, |c| c.0))
            .collect();
        (members.len(), claims, conflict.parts.clone())
    });
    let mut told = BTreeSet::new();
    let mut all = Vec::new();
    for alike in conflicts.chunk_by(|a, b| members(a).len() == members(b).len()) {
        let mut later = Vec::new();
        for conflict in alike {
            let members = members(conflict);
            if members.iter().any(|m| told.contains(m)) {
                later.push(conflict.clone());
            } else {
                told.extend(members);
                all.push(conflict.clone());
            }
        }
        all.append(&mut later);
    }
    all
}
