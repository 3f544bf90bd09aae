//! Shortest ways against all simple ways of small random networks, whatever the true lengths are.

use annals_travel::{Edge, Length, Network};

fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// The shortest of all simple ways, found by trying each; each with its roads.
fn shortest(
    edges: &[Edge],
    length: &dyn Fn(usize) -> Option<u64>,
    (from, to): (usize, usize),
    seen: &mut Vec<usize>,
) -> Option<u64> {
    if from == to {
        return Some(0);
    }
    seen.push(from);
    let mut best = None;
    for (at, edge) in edges.iter().enumerate() {
        for (a, b) in [(edge.a, edge.b), (edge.b, edge.a)] {
            if a != from || seen.contains(&b) {
                continue;
            }
            let rest = length(at).zip(shortest(edges, length, (b, to), seen));
            if let Some((first, rest)) = rest {
                let whole = first + rest;
                best = Some(best.map_or(whole, |b: u64| b.min(whole)));
            }
        }
    }
    seen.pop();
    best
}

#[test]
fn ways_are_the_shortest() {
    let mut state = 648;
    for case in 0..3_000 {
        let places = 2 + next(&mut state) as usize % 5;
        let edges: Vec<Edge> = (0..next(&mut state) as usize % 9)
            .map(|_| {
                let least_m = next(&mut state) % 10;
                Edge {
                    a: next(&mut state) as usize % places,
                    b: next(&mut state) as usize % places,
                    least_m,
                    most_m: (!next(&mut state).is_multiple_of(6))
                        .then(|| least_m + next(&mut state) % 6),
                }
            })
            .filter(|e| e.a != e.b)
            .collect();
        let closed = next(&mut state) as usize % 12;
        let may = |road: usize| road != closed;
        let network = Network::new(places, edges.clone());
        for by in [Length::Least, Length::Most] {
            let ways = network.ways(0, by, &may);
            let length = |at: usize| match by {
                _ if !may(at) => None,
                Length::Least => Some(edges[at].least_m),
                Length::Most => edges[at].most_m,
            };
            for to in 0..places {
                let expected = shortest(&edges, &length, (0, to), &mut Vec::new());
                assert_eq!(
                    ways.metres[to], expected,
                    "case {case}, {by:?} to {to}: {edges:?}"
                );
                let path = network.path(&ways, to);
                let sum: Option<u64> = path.iter().map(|(road, _)| length(*road)).sum();
                assert!(
                    expected.is_none() || sum == expected,
                    "case {case}: {path:?}"
                );
            }
        }
        any_true_lengths_lie_between(&network, &edges, places, &mut state);
    }
}

/// Whatever the roads' true lengths are, the shortest way lies in the interval.
fn any_true_lengths_lie_between(network: &Network, edges: &[Edge], places: usize, state: &mut u64) {
    let lengths: Vec<u64> = edges
        .iter()
        .map(|e| e.least_m + next(state) % (e.most_m.map_or(9, |m| m - e.least_m) + 1))
        .collect();
    let all = |_: usize| true;
    let (least, most) = (
        network.ways(0, Length::Least, &all),
        network.ways(0, Length::Most, &all),
    );
    for to in 0..places {
        let length = |at: usize| Some(lengths[at]);
        let truth = shortest(edges, &length, (0, to), &mut Vec::new());
        assert_eq!(truth.is_some(), least.metres[to].is_some());
        let Some(truth) = truth else { continue };
        assert!(least.metres[to].is_some_and(|m| m <= truth));
        assert!(most.metres[to].is_none_or(|m| truth <= m));
    }
}
