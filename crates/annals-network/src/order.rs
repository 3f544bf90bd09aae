//! The order of moments in the line, inside a day and across days.

use crate::rows::{Node, Rows};

/// Which variables come after `start` in every line, `start` itself left out unless it lies in a
/// circle, given that more edges hold too. With edges turned round, those that come before.
pub(crate) fn reached(edges: &Rows<Node>, more: &[(Node, Node)], start: Node) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![start];
    let mut visit = |far: Node, open: &mut Vec<Node>| {
        if !std::mem::replace(&mut seen[far as usize], true) {
            open.push(far);
        }
    };
    while let Some(node) = open.pop() {
        let far = edges.of(node).iter();
        far.for_each(|far| visit(*far, &mut open));
        for (_, far) in more.iter().filter(|(near, _)| *near == node) {
            visit(*far, &mut open);
        }
    }
    seen
}

/// Whether the edges have no circle (Kahn 1962).
pub(crate) fn acyclic(count: usize, orders: &[(Node, Node)]) -> bool {
    if orders.is_empty() {
        return true;
    }
    let mut incoming = vec![0u32; count];
    for (_, b) in orders {
        incoming[*b as usize] += 1;
    }
    let after = Rows::new(count, orders.iter().copied());
    let mut free: Vec<Node> = (0..count as Node)
        .filter(|v| incoming[*v as usize] == 0)
        .collect();
    let mut placed = 0;
    while let Some(v) = free.pop() {
        placed += 1;
        for w in after.of(v) {
            incoming[*w as usize] -= 1;
            if incoming[*w as usize] == 0 {
                free.push(*w);
            }
        }
    }
    placed == count
}
