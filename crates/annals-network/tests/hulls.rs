//! Tightening against the plainest way to do it: every arc in turn until nothing falls any more.

use annals_network::{Domain, Found, HORIZON, Hulls, Network, Solver, System};

/// Marsaglia's xorshift: the same cases on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % count
    }
}

/// Days and arcs as they were said.
struct Plain {
    domains: Vec<Domain>,
    arcs: Vec<(usize, usize, i64)>,
}

impl Plain {
    /// A network around a hidden solution, or, where one is not wanted, around none.
    fn random(r: &mut Random, consistent: bool) -> (Plain, Vec<(usize, usize)>) {
        let count = 1 + r.below(80) as usize;
        let days: Vec<i64> = (0..count).map(|_| r.below(900) as i64).collect();
        let undated = if consistent { r.below(4) } else { 0 };
        let mut domains = Vec::new();
        for day in &days {
            let mut ranges = vec![(day - r.below(40) as i64, day + r.below(40) as i64)];
            for _ in 0..r.below(3) {
                let first = r.below(900) as i64;
                ranges.push((first, first + r.below(30) as i64));
            }
            domains.push(match r.below(4) < undated {
                true => Domain::all(),
                false => Domain::from_ranges(ranges),
            });
        }
        let (mut arcs, mut orders) = (Vec::new(), Vec::new());
        for _ in 0..r.below(4 * count as u64) {
            let (a, b) = (
                r.below(count as u64) as usize,
                r.below(count as u64) as usize,
            );
            let loose = r.below(60) as i64 - if consistent { 0 } else { 12 };
            arcs.push((a, b, days[b] - days[a] + loose));
            if days[a] < days[b] && r.below(3) == 0 {
                orders.push((a, b));
            }
        }
        (Plain { domains, arcs }, orders)
    }

    /// The network seen from the other end.
    fn mirrored(&self) -> Plain {
        let arcs = self.arcs.iter();
        Plain {
            domains: self.domains.iter().map(Domain::mirrored).collect(),
            arcs: arcs.map(|(a, b, weight)| (*b, *a, *weight)).collect(),
        }
    }

    fn latest(&self) -> Option<Vec<i64>> {
        let mut latest = Vec::new();
        for domain in &self.domains {
            latest.push(domain.floor(HORIZON)?);
        }
        loop {
            let before = latest.clone();
            for (from, to, weight) in &self.arcs {
                let bound = latest[*from] + weight;
                if bound < latest[*to] {
                    latest[*to] = self.domains[*to].floor(bound)?;
                }
            }
            if latest == before {
                return Some(latest);
            }
        }
    }
}

#[test]
fn hulls_are_those_of_arcs_taken_in_turn() {
    let mut r = Random(0x2545_f491_4f6c_dd1d);
    let mut without = 0;
    for case in 0..3000 {
        let (mut plain, orders) = Plain::random(&mut r, case % 3 > 0);
        let mut system = System::new(plain.domains.len());
        for (var, domain) in plain.domains.iter().enumerate() {
            system.restrict(var, domain);
        }
        for (from, to, weight) in &plain.arcs {
            system.arc(*from, *to, *weight);
        }
        for (first, second) in orders {
            system.order(first, second);
            plain.arcs.push((second, first, 0));
        }
        let turned = |days: Vec<i64>| days.into_iter().map(|day| -day).collect();
        let earliest = plain.mirrored().latest().map(turned);
        let expected = plain.latest().zip(earliest);
        let expected = expected.map(|(latest, earliest)| Hulls { earliest, latest });
        assert_eq!(Network::new(&system).tighten(), expected, "case {case}");
        // Order edges between days apart have a line, so the hidden solution is one.
        let latest = expected.map(|hulls| hulls.latest);
        without += usize::from(latest.is_none());
        let found = Solver::new(system).consistent();
        assert_eq!(
            found,
            latest.map_or(Found::None, Found::Solution),
            "case {case}"
        );
    }
    assert!(
        (500..1500).contains(&without),
        "{without} without a solution"
    );
}

/// A way of doubling distances, numbered along it, against it, and in no order.
#[test]
fn distances_that_double_are_tightened_in_any_numbering() {
    let links = 38;
    let count = 2 * links + 1;
    let orders: [fn(usize, usize) -> usize; 3] = [
        |at, _| at,
        |at, count| count - 1 - at,
        |at, count| at * 31 % count,
    ];
    for numbered in orders {
        let at = |place: usize| numbered(place, count);
        let mut system = System::new(count);
        for link in 0..links {
            let (here, long, next) = (2 * link, 2 * link + 1, 2 * link + 2);
            system.arc(at(here), at(long), 0);
            system.arc(at(long), at(next), 0);
            system.arc(at(here), at(next), 1 << (links - link));
        }
        system.restrict(at(0), &Domain::range(0, 0));
        let hulls = Network::new(&system).tighten();
        let latest = hulls.map(|hulls| hulls.latest[at(2 * links)]);
        assert_eq!(latest, Some(0));
    }
}

/// What a chronicle says of no day at all: long ways whose moments are in no order, where labels
/// fall from the horizon, and a circle that only a search for circles ends.
#[test]
fn long_ways_in_no_order_end() {
    let count = 50_000;
    let at = |link: usize| link * 7_919 % count;
    for circle in [false, true] {
        let mut system = System::new(count);
        for link in 1..count {
            system.arc(at(link), at(link - 1), -1);
            system.arc(at(link - 1), at(link), 3);
        }
        if circle {
            system.arc(at(0), at(count - 1), count as i64 - 2);
        }
        let hulls = Network::new(&system).tighten();
        assert_eq!(hulls.is_none(), circle);
        if let Some(hulls) = hulls {
            let apart = |days: &[i64]| days[at(count - 1)] - days[at(0)];
            assert_eq!(apart(&hulls.latest), count as i64 - 1);
            assert_eq!(apart(&hulls.earliest), count as i64 - 1);
        }
    }
}
