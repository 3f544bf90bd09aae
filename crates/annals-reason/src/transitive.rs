//! Timeless transitive relations along chains of claims.

use annals_chronicle::{Chronicle, Constraint, Fluent};
use annals_network::Domain;

use crate::stretch::Stretch;

/// Timeless transitive relations hold along chains.
pub(crate) fn derive_transitive(chronicle: &Chronicle, stretches: &mut Vec<Stretch>) {
    let mut from = 0;
    loop {
        let known = stretches.len();
        let mut derived = Vec::new();
        for i in 0..known {
            for j in 0..known {
                if i.max(j) < from {
                    continue;
                }
                if let Some(next) = chained(chronicle, &stretches[i], &stretches[j])
                    && !stretches
                        .iter()
                        .chain(&derived)
                        .any(|s| s.fluent == next.fluent && s.value == next.value)
                {
                    derived.push(next);
                }
            }
        }
        if derived.is_empty() {
            return;
        }
        from = known;
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
