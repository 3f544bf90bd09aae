//! The order of moments in the line, inside a day and across days.

use crate::Var;

/// Whether the edges have no circle (Kahn 1962).
pub(crate) fn acyclic(count: usize, orders: &[(Var, Var)]) -> bool {
    let mut incoming = vec![0u32; count];
    let mut after: Vec<Vec<Var>> = vec![Vec::new(); count];
    for (a, b) in orders {
        incoming[*b] += 1;
        after[*a].push(*b);
    }
    let mut free: Vec<Var> = (0..count).filter(|v| incoming[*v] == 0).collect();
    let mut placed = 0;
    while let Some(v) = free.pop() {
        placed += 1;
        for w in &after[v] {
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
    let mut next: Vec<Vec<Var>> = vec![Vec::new(); count];
    for (a, b) in orders {
        let (near, far) = if backward { (*b, *a) } else { (*a, *b) };
        next[near].push(far);
    }
    let mut seen = vec![false; count];
    let mut open = vec![start];
    while let Some(var) = open.pop() {
        for far in &next[var] {
            if !std::mem::replace(&mut seen[*far], true) {
                open.push(*far);
            }
        }
    }
    seen
}
