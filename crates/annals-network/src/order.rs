//! The order of moments in the line, inside a day and across days.

use crate::settle::Node;

/// Order edges laid out by their near ends: where those of each variable start, and the far ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    starts: Vec<u32>,
    far: Vec<Node>,
}

impl Edges {
    pub fn new(count: usize, edges: impl Iterator<Item = (Node, Node)> + Clone) -> Edges {
        let mut starts = vec![0u32; count + 1];
        for (near, _) in edges.clone() {
            starts[near as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut far = vec![0; starts[count] as usize];
        for (near, end) in edges {
            far[next[near as usize] as usize] = end;
            next[near as usize] += 1;
        }
        Edges { starts, far }
    }

    fn of(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.far[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Which variables come after `start` in every line, `start` itself left out unless it lies in
    /// a circle, given that these edges hold too. With edges turned round, those that come before.
    pub fn reached(&self, more: &[(Node, Node)], start: Node) -> Vec<bool> {
        let mut seen = vec![false; self.starts.len() - 1];
        let mut open = vec![start];
        let mut visit = |far: Node, open: &mut Vec<Node>| {
            if !std::mem::replace(&mut seen[far as usize], true) {
                open.push(far);
            }
        };
        while let Some(node) = open.pop() {
            self.of(node).iter().for_each(|far| visit(*far, &mut open));
            for (_, far) in more.iter().filter(|(near, _)| *near == node) {
                visit(*far, &mut open);
            }
        }
        seen
    }
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
    let after = Edges::new(count, orders.iter().copied());
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
