//! Shapes that make searches long: they end, and say so where they were not settled.

use annals_network::{Alternative, Arc, Choice, Domain, Found, Point, Probe, Solver, System, Var};

fn ordered(first: Var, second: Var, apart: i64) -> Alternative {
    Alternative {
        arcs: vec![Arc {
            from: second,
            to: first,
            weight: -apart,
        }],
        ..Alternative::default()
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_links_is_tightened() {
    let count = 100_000;
    let mut system = System::new(count);
    for link in 1..count {
        system.arc(link, link - 1, -1);
        system.order(link - 1, link);
    }
    system.restrict(0, &Domain::range(0, 0));
    system.restrict(count - 1, &Domain::range(0, 200_000));
    let solver = Solver::new(system);
    assert_eq!(solver.hull(1), Some((1, 100_002)));
    assert_eq!(solver.hull(count - 1), Some((99_999, 200_000)));
    assert!(matches!(solver.consistent(), Found::Solution(_)));
}

#[test]
fn a_circle_of_many_undated_moments_is_refuted() {
    let count = 100_000;
    let mut system = System::new(count);
    for link in 0..count {
        system.arc(link, (link + 1) % count, if link == 0 { -1 } else { 0 });
    }
    assert_eq!(Solver::new(system).consistent(), Found::None);
}

/// Distances that double make a search that goes deep first take exponentially many steps.
#[test]
fn distances_that_double_are_tightened() {
    let links = 24;
    let mut system = System::new(2 * links + 1);
    for link in 0..links {
        let (here, long, next) = (2 * link, 2 * link + 1, 2 * link + 2);
        system.arc(here, long, 0);
        system.arc(long, next, 0);
        system.arc(here, next, 1 << (links - link));
    }
    system.restrict(0, &Domain::range(0, 0));
    let solver = Solver::new(system);
    let latest = solver.hull(2 * links).map(|(_, latest)| latest);
    assert_eq!(latest, Some(0));
}

/// Twelve moments on eleven days, no two on one: every order has to be tried, and the budget is
/// spent first. Only a proof is none.
#[test]
fn a_spent_budget_is_said() {
    let count = 12;
    let mut system = System::new(count);
    for first in 0..count {
        system.restrict(first, &Domain::range(0, 10));
        for second in first + 1..count {
            system.choose(Choice {
                alternatives: vec![ordered(first, second, 1), ordered(second, first, 1)],
            });
        }
    }
    assert_eq!(Solver::new(system).consistent(), Found::Spent);
}

/// Two hundred pairs that may not meet, which a few branches settle.
#[test]
fn two_hundred_choices_with_room_are_settled() {
    let count = 200;
    let mut system = System::new(2 * count);
    for pair in 0..count {
        let (first, second) = (2 * pair, 2 * pair + 1);
        system.restrict(first, &Domain::range(0, 1_000));
        system.restrict(second, &Domain::range(0, 1_000));
        system.arc(first, (first + 2) % (2 * count), 1_000);
        system.choose(Choice {
            alternatives: vec![ordered(first, second, 5), ordered(second, first, 5)],
        });
    }
    let solver = Solver::new(system);
    let Found::Solution(days) = solver.consistent() else {
        panic!("there is room for all of them");
    };
    assert!((0..count).all(|pair| (days[2 * pair] - days[2 * pair + 1]).abs() >= 5));
}

/// Asking takes nothing away: the same question has the same answer after ten thousand others.
#[test]
fn questions_leave_no_trace() {
    let count = 40;
    let mut system = System::new(count);
    for link in 1..count {
        system.arc(link, link - 1, -((link % 3) as i64));
        system.restrict(link, &Domain::from_ranges(vec![(0, 60), (80, 200)]));
    }
    for link in (5..count).step_by(7) {
        system.choose(Choice {
            alternatives: vec![ordered(link, 0, 3), ordered(0, link, 9)],
        });
    }
    let solver = Solver::new(system);
    let ask = |number: usize| {
        let witness = number % count;
        let others: Vec<Var> = (0..count)
            .filter(|v| v % 5 == number % 5 && *v != witness)
            .collect();
        let day = (number * 37 % 210) as i64;
        let point = Point::Close {
            first: day,
            last: day,
        };
        let probe = Probe::Last {
            witness,
            others: &others,
            earlier: None,
            point,
        };
        solver.probe(probe, &Alternative::default())
    };
    let first: Vec<Found> = (0..50).map(ask).collect();
    (50..10_000).for_each(|number| drop(ask(number)));
    let again: Vec<Found> = (0..50).map(ask).collect();
    assert_eq!(first, again);
}

/// Thirty choices that have nothing to do with what fails stand before it: four moments that have
/// no day in common, and three days for them.
#[test]
fn what_fails_is_found_behind_much_that_does_not() {
    let (idle, crowd) = (60, 4);
    let mut system = System::new(idle + crowd);
    let either = |one: Var, other: Var, apart: i64| Choice {
        alternatives: vec![ordered(one, other, apart), ordered(other, one, apart)],
    };
    for var in (0..idle).step_by(2) {
        for var in [var, var + 1] {
            system.arc(var, idle, 0);
            system.restrict(var, &Domain::range(0, 100));
        }
        system.choose(either(var, var + 1, 3));
    }
    for one in idle..idle + crowd {
        system.restrict(one, &Domain::range(1, 3));
        for other in one + 1..idle + crowd {
            system.choose(either(one, other, 1));
        }
    }
    assert_eq!(Solver::new(system).consistent(), Found::None);
}
