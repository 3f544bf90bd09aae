//! Circles: moments each of which would have to come before the next, the last before the first.

use std::collections::BTreeSet;

use annals_network::Var;

use crate::rule::{Body, Rule};

/// `x_to - x_from <= weight`, or `to` before `from` in the line.
struct Edge {
    from: Var,
    to: Var,
    weight: i64,
    line: bool,
    rule: usize,
}

/// The rules of a circle, each once, in its order; `None` where days alone or cases refute.
///
/// A circle breaks where it comes back earlier than it set out, or where all of it is order in
/// the line, which no moment can run through twice.
pub(crate) fn circle(rules: &[Rule]) -> Option<Vec<usize>> {
    let edges = edges(rules);
    let starts: BTreeSet<Var> = edges.iter().map(|e| e.from).collect();
    for line in [true, false] {
        for start in &starts {
            let mut path = Vec::new();
            if walk(&edges, *start, *start, 0, line, &mut path) {
                let mut of: Vec<usize> = path.iter().map(|e| edges[*e].rule).collect();
                // The search runs from later to earlier moments; readers the other way.
                of.reverse();
                of.dedup();
                return Some(of);
            }
        }
    }
    None
}

fn edges(rules: &[Rule]) -> Vec<Edge> {
    let mut all = Vec::new();
    for (rule, body) in rules.iter().map(|r| &r.body).enumerate() {
        let Body::OneOf(ways) = body else { continue };
        let [only] = &ways[..] else { continue };
        let arcs = only.arcs.iter().map(|a| (a.from, a.to, a.weight, false));
        let orders = only.orders.iter().map(|(a, b)| (*b, *a, 0, true));
        for (from, to, weight, line) in arcs.chain(orders) {
            all.push(Edge {
                from,
                to,
                weight,
                line,
                rule,
            });
        }
    }
    all
}

/// Searches a way back to `start` that breaks: of line edges alone, or of a sum below zero. The
/// rules of a refutation are few, so that a plain search is enough; longer ones are given up.
fn walk(edges: &[Edge], start: Var, at: Var, sum: i64, line: bool, path: &mut Vec<usize>) -> bool {
    if path.len() > 12 || edges.len() > 60 {
        return false;
    }
    for (index, edge) in edges.iter().enumerate() {
        if edge.from != at || line && !edge.line || path.contains(&index) {
            continue;
        }
        // A moment is passed once; circles within circles are found from their own start.
        if path.iter().any(|e| edges[*e].from == edge.to) && edge.to != start {
            continue;
        }
        path.push(index);
        if edge.to == start && (line || sum + edge.weight < 0) {
            return true;
        }
        if edge.to != start && walk(edges, start, edge.to, sum + edge.weight, line, path) {
            return true;
        }
        path.pop();
    }
    false
}
