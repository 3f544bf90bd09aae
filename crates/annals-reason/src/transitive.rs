//! Timeless transitive relations along chains of claims.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Chronicle, Constraint, EntityId, Fluent, RelationId};
use annals_network::Domain;

use crate::stretch::Stretch;

/// Longer chains are not followed: what they would tell stays unrecorded.
const LINKS_AT_MOST: usize = 100_000;

/// Timeless transitive relations hold along chains.
pub(crate) fn derive_transitive(chronicle: &Chronicle, stretches: &mut Vec<Stretch>) {
    let runs = |s: &Stretch| {
        let relation = &chronicle.vocabulary.relations[s.fluent.relation.index()];
        let transitive = |c: &Constraint| matches!(c, Constraint::Transitive);
        s.value && s.fluent.roles.len() == 2 && relation.constraints.iter().any(transitive)
    };
    // Links by what they name, as places among the stretches.
    let mut links: Vec<usize> = Vec::new();
    let mut named: BTreeMap<(RelationId, EntityId), Vec<usize>> = BTreeMap::new();
    let mut told: BTreeSet<Fluent> = BTreeSet::new();
    let mut next = 0;
    let mut from = 0;
    loop {
        for (at, stretch) in stretches.iter().enumerate().skip(next) {
            if runs(stretch) {
                links.push(at);
                told.insert(stretch.fluent.clone());
                let fluent = &stretch.fluent;
                for entity in BTreeSet::from_iter(fluent.roles.iter().copied()) {
                    named.entry((fluent.relation, entity)).or_default().push(at);
                }
            }
        }
        next = stretches.len();
        let mut derived = Vec::new();
        for i in &links {
            let fluent = &stretches[*i].fluent;
            let beside = fluent
                .roles
                .iter()
                .filter_map(|e| named.get(&(fluent.relation, *e)));
            let beside: BTreeSet<usize> = beside.flatten().copied().collect();
            for j in beside {
                if (*i).max(j) < from {
                    continue;
                }
                if let Some(next) = chained(chronicle, &stretches[*i], &stretches[j])
                    && told.insert(next.fluent.clone())
                {
                    derived.push(next);
                }
            }
        }
        if derived.is_empty() || links.len() + derived.len() > LINKS_AT_MOST {
            return;
        }
        from = next;
        stretches.extend(derived);
    }
}

fn chained(chronicle: &Chronicle, a: &Stretch, b: &Stretch) -> Option<Stretch> {
    let relation = a.fluent.relation;
    let constraints = &chronicle.vocabulary.relations[relation.index()].constraints;
    let has = |wanted: fn(&Constraint) -> bool| constraints.iter().any(wanted);
    let timeless = a.period.moving.is_empty() && a.period.days == Domain::all();
    if relation != b.fluent.relation
        || !a.value
        || !b.value
        || a.period != b.period
        || !timeless
        || !has(|c| matches!(c, Constraint::Transitive))
        || a.fluent.roles.len() != 2
    {
        return None;
    }
    let symmetric = has(|c| matches!(c, Constraint::Symmetric));
    let turned = |f: &Fluent| -> Vec<[annals_chronicle::EntityId; 2]> {
        let straight = [f.roles[0], f.roles[1]];
        if symmetric {
            vec![straight, [straight[1], straight[0]]]
        } else {
            vec![straight]
        }
    };
    for x in turned(&a.fluent) {
        for y in turned(&b.fluent) {
            if x[1] == y[0] && x[0] != y[1] {
                let fluent = Fluent {
                    relation,
                    roles: vec![x[0], y[1]],
                };
                let mut needs = [a.needs.clone(), b.needs.clone()].concat();
                needs.sort();
                needs.dedup();
                return Some(Stretch {
                    fluent: crate::bearing::canonical(chronicle, fluent),
                    value: true,
                    period: a.period.clone(),
                    needs,
                });
            }
        }
    }
    None
}
