//! The order of moments in the line, inside a day and across days.

use crate::Var;

/// The edges laid out by their near ends: where those of each variable start, and the far ends.
struct Edges {
    starts: Vec<usize>,
    far: Vec<Var>,
}

impl Edges {
    fn new(count: usize, edges: impl Iterator<Item = (Var, Var)> + Clone) -> Edges {
        let mut starts = vec![0; count + 1];
        for (near, _) in edges.clone() {
            starts[near + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut far = vec![0; starts[count]];
        for (near, end) in edges {
            far[next[near]] = end;
            next[near] += 1;
        }
        Edges { starts, far }
    }

    fn of(&self, var: Var) -> &[Var] {
        &self.far[self.starts[var]..self.starts[var + 1]]
    }
}

/// Whether the edges have no circle (Kahn 1962).
pub(crate) fn acyclic(count: usize, orders: &[(Var, Var)]) -> bool {
    let mut incoming = vec![0u32; count];
    for (_, b) in orders {
        incoming[*b] += 1;
    }
    let after = Edges::new(count, orders.iter().copied());
    let mut free: Vec<Var> = (0..count).filter(|v| incoming[*v] == 0).collect();
    let mut placed = 0;
    while let Some(v) = free.pop() {
        placed += 1;
        for w in after.of(v) {
            incoming[*w] -= 1;
            if incoming[*w] == 0 {
                free.push(*w);
            }
        }
    }
    placed == count
}

/// Which variables come after `start` in every line, `start` itself left out; with `backward`
/// those that come before it.
pub(crate) fn reached(
    count: usize,
    orders: &[(Var, Var)],
    start: Var,
    backward: bool,
) -> Vec<bool> {
    let turned = |(a, b): &(Var, Var)| if backward { (*b, *a) } else { (*a, *b) };
    let next = Edges::new(count, orders.iter().map(turned));
    let mut seen = vec![false; count];
    let mut open = vec![start];
    while let Some(var) = open.pop() {
        for far in next.of(var) {
            if !std::mem::replace(&mut seen[*far], true) {
                open.push(*far);
            }
        }
    }
    seen
}
