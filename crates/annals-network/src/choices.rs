//! Choices that bounds alone decide.

use crate::order::acyclic;
use crate::search::{Direction, Extra, Found, Solver, parts};
use crate::{Alternative, Domain, System};

/// Drops alternatives that the bounds rule out and choices that they satisfy, and makes the
/// last alternative of a choice part of the system, until nothing changes. False where a
/// choice has no alternative left or no solution is left.
pub(crate) fn settle_choices(system: &mut System) -> bool {
    loop {
        if system.choices.is_empty() {
            return true;
        }
        let bare = System {
            choices: vec![],
            ..system.clone()
        };
        let component = vec![0; system.len()];
        let parts = parts(&bare, &component);
        let bare = Solver {
            system: bare,
            component,
            parts,
            refuted: false,
            bases: Default::default(),
        };
        let run = |direction| match bare.solve(&[0], &Extra::default(), None, direction) {
            Found::Solution(days) => Some(days),
            Found::None | Found::Spent => None,
        };
        let (Some(latest), Some(earliest)) = (run(Direction::Down), run(Direction::Up)) else {
            return false;
        };
        let mut changed = false;
        for mut choice in std::mem::take(&mut system.choices) {
            let before = choice.alternatives.len();
            choice
                .alternatives
                .retain(|a| open(a, system, &earliest, &latest));
            match choice.alternatives.len() {
                0 => return false,
                1 => {
                    let only = choice.alternatives.remove(0);
                    system.arcs.extend(only.arcs);
                    system.orders.extend(only.orders);
                    for (var, domain) in only.domains {
                        system.restrict(var, &domain);
                    }
                    changed = true;
                }
                _ if choice
                    .alternatives
                    .iter()
                    .any(|a| implied(a, &earliest, &latest)) => {}
                now => {
                    changed |= now != before;
                    system.choices.push(choice);
                }
            }
        }
        if system.refuted() {
            return false;
        }
        if !changed {
            return true;
        }
    }
}

fn open(alternative: &Alternative, system: &System, earliest: &[i64], latest: &[i64]) -> bool {
    alternative
        .arcs
        .iter()
        .all(|a| earliest[a.to] - latest[a.from] <= a.weight)
        && alternative
            .orders
            .iter()
            .all(|(a, b)| earliest[*a] <= latest[*b])
        && alternative.domains.iter().all(|(v, d)| {
            !d.intersect(&Domain::range(earliest[*v], latest[*v]))
                .is_empty()
                && !d.intersect(&system.domains[*v]).is_empty()
        })
        && {
            let all: Vec<_> = system
                .orders
                .iter()
                .chain(&alternative.orders)
                .copied()
                .collect();
            alternative.orders.is_empty() || acyclic(system.len(), &all)
        }
}

fn implied(alternative: &Alternative, earliest: &[i64], latest: &[i64]) -> bool {
    alternative
        .arcs
        .iter()
        .all(|a| latest[a.to] - earliest[a.from] <= a.weight)
        && alternative
            .orders
            .iter()
            .all(|(a, b)| latest[*a] < earliest[*b])
        && alternative.domains.iter().all(|(v, d)| {
            let hull = Domain::range(earliest[*v], latest[*v]);
            d.intersect(&hull) == hull
        })
}
