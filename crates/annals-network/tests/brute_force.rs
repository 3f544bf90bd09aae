//! The network against enumeration: random small systems, every assignment and every line.

use annals_network::{Alternative, Arc, Choice, Domain, Found, Point, Probe, Solver, System};

/// Marsaglia's xorshift: the same cases on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn day(&mut self) -> i64 {
        self.next(6) as i64
    }
}

/// A system kept in a form that enumeration can check literally.
#[derive(Debug)]
struct Plain {
    domains: Vec<Vec<i64>>,
    arcs: Vec<Arc>,
    orders: Vec<(usize, usize)>,
    choices: Vec<Choice>,
}

const COUNT: usize = 4;

fn random(random_source: &mut Random) -> Plain {
    let r = random_source;
    let arc = |r: &mut Random| Arc {
        from: r.next(COUNT as u64) as usize,
        to: r.next(COUNT as u64) as usize,
        weight: r.next(7) as i64 - 3,
    };
    // In half of the systems no variable has a hole.
    let holes = r.next(2) == 0;
    let domains = (0..COUNT)
        .map(|_| {
            if !holes {
                let (a, b) = (r.day(), r.day());
                return (a.min(b)..=a.max(b)).collect();
            }
            let days: Vec<i64> = (0..6).filter(|_| r.next(3) > 0).collect();
            if days.is_empty() { vec![r.day()] } else { days }
        })
        .collect();
    let arcs = (0..r.next(4)).map(|_| arc(r)).collect();
    let pair = |r: &mut Random| {
        let a = r.next(COUNT as u64) as usize;
        (a, (a + 1 + r.next(COUNT as u64 - 1) as usize) % COUNT)
    };
    let orders = (0..r.next(3)).map(|_| pair(r)).collect();
    let choices = (0..r.next(3))
        .map(|_| {
            let alternatives = (0..2)
                .map(|_| match r.next(3) {
                    0 => Alternative {
                        arcs: vec![arc(r)],
                        ..Alternative::default()
                    },
                    1 => Alternative {
                        orders: vec![pair(r)],
                        ..Alternative::default()
                    },
                    _ => {
                        let (day, var) = (r.day(), r.next(COUNT as u64) as usize);
                        // With a gap in half of the cases: "0, or 2 to 3".
                        let mut ranges = vec![(day, day + 1)];
                        if r.next(2) == 0 {
                            ranges.push((day + 3, day + 4));
                        }
                        let domains = vec![(var, Domain::from_ranges(ranges))];
                        Alternative {
                            domains,
                            ..Alternative::default()
                        }
                    }
                })
                .collect();
            Choice { alternatives }
        })
        .collect();
    Plain {
        domains,
        arcs,
        orders,
        choices,
    }
}

fn solver(plain: &Plain) -> Solver {
    let mut system = System::new(COUNT);
    for (var, days) in plain.domains.iter().enumerate() {
        system.restrict(
            var,
            &Domain::from_ranges(days.iter().map(|d| (*d, *d)).collect()),
        );
    }
    for arc in &plain.arcs {
        system.arc(arc.from, arc.to, arc.weight);
    }
    for (a, b) in &plain.orders {
        system.order(*a, *b);
    }
    for choice in &plain.choices {
        system.choose(choice.clone());
    }
    Solver::new(system)
}

/// All pairs of an assignment and a line (a permutation) that the system allows.
fn timelines(plain: &Plain) -> Vec<(Vec<i64>, Vec<usize>)> {
    let mut all = Vec::new();
    let mut days = vec![0; COUNT];
    assign(plain, 0, &mut days, &mut all);
    all
}

fn assign(plain: &Plain, var: usize, days: &mut Vec<i64>, all: &mut Vec<(Vec<i64>, Vec<usize>)>) {
    if var == COUNT {
        permute(&mut (0..COUNT).collect::<Vec<_>>(), 0, &mut |line| {
            if allowed(plain, days, line) {
                all.push((days.clone(), line.to_vec()));
            }
        });
        return;
    }
    for day in &plain.domains[var] {
        days[var] = *day;
        assign(plain, var + 1, days, all);
    }
}

fn permute(line: &mut Vec<usize>, at: usize, seen: &mut dyn FnMut(&[usize])) {
    if at == line.len() {
        seen(line);
        return;
    }
    for other in at..line.len() {
        line.swap(at, other);
        permute(line, at + 1, seen);
        line.swap(at, other);
    }
}

fn allowed(plain: &Plain, days: &[i64], line: &[usize]) -> bool {
    let place = |var: usize| {
        line.iter()
            .position(|v| *v == var)
            .expect("every variable stands in the line")
    };
    let before = |(a, b): &(usize, usize)| place(*a) < place(*b);
    let arc = |a: &Arc| days[a.to] - days[a.from] <= a.weight;
    line.windows(2).all(|w| days[w[0]] <= days[w[1]])
        && plain.arcs.iter().all(arc)
        && plain.orders.iter().all(before)
        && plain.choices.iter().all(|c| {
            c.alternatives.iter().any(|w| {
                w.arcs.iter().all(arc)
                    && w.orders.iter().all(before)
                    && w.domains.iter().all(|(v, d)| d.contains(days[*v]))
            })
        })
}

#[test]
fn values_and_probes_agree_with_enumeration() {
    let mut r = Random(0x9e37_79b9_7f4a_7c15);
    let mut consistent = 0;
    for case in 0..4000 {
        let plain = random(&mut r);
        let solver = solver(&plain);
        let all = timelines(&plain);
        let found = matches!(solver.consistent(), Found::Solution(_));
        assert_eq!(found, !all.is_empty(), "case {case}: {plain:?}");
        if all.is_empty() {
            continue;
        }
        consistent += 1;
        for var in 0..COUNT {
            let mut days: Vec<i64> = all.iter().map(|(d, _)| d[var]).collect();
            days.sort_unstable();
            days.dedup();
            let expected = Domain::from_ranges(days.iter().map(|d| (*d, *d)).collect());
            let values = solver.values(var);
            assert_eq!(
                values.days, expected,
                "case {case}, variable {var}: {plain:?}"
            );
            assert!(values.proven);
        }
        differences(case, &plain, &solver, &all);
        probes(case, &plain, &solver, &all);
    }
    assert!(consistent > 1000, "too few consistent cases: {consistent}");
}

fn differences(case: usize, plain: &Plain, solver: &Solver, all: &[(Vec<i64>, Vec<usize>)]) {
    for (from, to) in (0..COUNT).flat_map(|a| (0..COUNT).map(move |b| (a, b))) {
        let expected = all.iter().map(|(days, _)| days[to] - days[from]).max();
        let found = solver.greatest_difference(from, to);
        assert_eq!(
            found.map(|d| (d.days, d.proven)),
            expected.map(|days| (days, true)),
            "case {case}, from {from} to {to}: {plain:?}"
        );
    }
}

fn probes(case: usize, plain: &Plain, solver: &Solver, all: &[(Vec<i64>, Vec<usize>)]) {
    let witness = case % COUNT;
    let others: Vec<usize> = (0..COUNT).filter(|v| *v != witness).collect();
    let earlier = (case % 2 == 1).then(|| (witness + 2) % COUNT);
    for day in -1..7 {
        let point = Point::Close {
            first: day,
            last: day,
        };
        let last = all.iter().any(|(days, line)| {
            let up_to = line.iter().filter(|v| days[**v] <= day);
            earlier.is_none_or(|e| days[e] <= day)
                && up_to.max_by_key(|v| line.iter().position(|w| w == *v)) == Some(&witness)
        });
        let probe = Probe::Last {
            witness,
            others: &others,
            earlier,
            point,
        };
        let found = matches!(
            solver.probe(probe, &Alternative::default()),
            Found::Solution(_)
        );
        assert_eq!(found, last, "case {case}, last by day {day}: {plain:?}");
        let next = all
            .iter()
            .any(|(days, line)| line.iter().find(|v| days[**v] > day) == Some(&witness));
        let probe = Probe::Next {
            witness,
            others: &others,
            earlier: None,
            point,
        };
        let found = matches!(
            solver.probe(probe, &Alternative::default()),
            Found::Solution(_)
        );
        assert_eq!(found, next, "case {case}, next after day {day}: {plain:?}");
    }
    let at = (witness + 1) % COUNT;
    let others: Vec<usize> = others.into_iter().filter(|v| *v != at).collect();
    for day in 0..6 {
        let point = Point::Before {
            at,
            first: day,
            last: day,
        };
        let of: Vec<_> = all.iter().filter(|(days, _)| days[at] == day).collect();
        let before = of.iter().any(|(_, line)| {
            let lead = || line.iter().take_while(|v| **v != at);
            earlier.is_none_or(|e| lead().any(|v| *v == e)) && lead().last() == Some(&witness)
        });
        let probe = Probe::Last {
            witness,
            others: &others,
            earlier,
            point,
        };
        let found = matches!(
            solver.probe(probe, &Alternative::default()),
            Found::Solution(_)
        );
        assert_eq!(
            found, before,
            "case {case}, last before {at} on {day}: {plain:?}"
        );
        let after = of.iter().any(|(_, line)| {
            let mut rest = line.iter().skip_while(|v| **v != at).skip(1);
            rest.next() == Some(&witness)
        });
        let probe = Probe::Next {
            witness,
            others: &others,
            earlier: None,
            point,
        };
        let found = matches!(
            solver.probe(probe, &Alternative::default()),
            Found::Solution(_)
        );
        assert_eq!(
            found, after,
            "case {case}, next after {at} on {day}: {plain:?}"
        );
    }
}

#[test]
fn a_circle_of_negative_weight_is_found_without_creeping() {
    let mut system = System::new(3);
    system.arc(0, 1, -1);
    system.arc(1, 2, 0);
    system.arc(2, 0, 0);
    assert_eq!(Solver::new(system).consistent(), Found::None);
}

#[test]
fn undated_moments_ordered_in_a_circle_have_no_line() {
    let mut system = System::new(3);
    system.order(0, 1);
    system.order(1, 2);
    system.order(2, 0);
    assert_eq!(Solver::new(system).consistent(), Found::None);
}
