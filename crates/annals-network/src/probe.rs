//! Questions about the line: which moment is the last before a point, which the next after it.

use crate::order::reached;
use crate::search::Extra;
use crate::settle::Clause;
use crate::{Arc, Domain, HORIZON, Var};

/// A place in the line of moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// As a day closes, after every moment of it. With `first < last` the probe is relaxed to all
    /// days between them at once: where it finds nothing, no day between has an answer.
    Close {
        /// The first day asked about.
        first: i64,
        /// The last day asked about.
        last: i64,
    },
    /// As the day of a variable's moment closes; relaxed in the same way.
    CloseOf {
        /// The variable.
        at: Var,
        /// The first day asked about.
        first: i64,
        /// The last day asked about.
        last: i64,
    },
    /// Just before the moment of a variable, which is on that day. With `first < last` the probe
    /// is relaxed in the same way.
    Before {
        /// The variable.
        at: Var,
        /// The first day asked about.
        first: i64,
        /// The last day asked about.
        last: i64,
    },
}

/// What is looked for in a line, beside its respecting the system.
#[derive(Clone, Copy, Debug)]
pub enum Probe<'a> {
    /// `witness` lies before the point, and each of `others` before the witness or after the
    /// point: the witness is the last of them there.
    Last {
        /// The moment that shall be last.
        witness: Var,
        /// The other moments of its slot.
        others: &'a [Var],
        /// A moment that must lie before the point too.
        earlier: Option<Var>,
        /// Where.
        point: Point,
    },
    /// `witness` lies after the point, and each of `others` before the point or after the
    /// witness: the witness is the next of them there.
    Next {
        /// The moment that shall be next.
        witness: Var,
        /// The other moments of its slot.
        others: &'a [Var],
        /// One of them that must lie before the point.
        earlier: Option<Var>,
        /// Where.
        point: Point,
    },
    /// All of them lie after the point.
    AllAfter {
        /// The moments of a slot.
        moments: &'a [Var],
        /// Where.
        point: Point,
    },
}

impl Probe<'_> {
    /// Where the probe looks.
    pub(crate) fn point(&self) -> Point {
        match self {
            Probe::Last { point, .. }
            | Probe::Next { point, .. }
            | Probe::AllAfter { point, .. } => *point,
        }
    }
}

/// Says a probe in constraints. Which moments follow which in every line depends on the order
/// edges chosen so far, so this is done anew at every node of the search.
pub(crate) fn prepare(count: usize, orders: &mut Vec<(Var, Var)>, probe: Probe, extra: &mut Extra) {
    let before = extra.orders.len();
    if let Point::Before { at, first, last } | Point::CloseOf { at, first, last } = probe.point() {
        extra.domains.push((at, Domain::range(first, last)));
    }
    match probe {
        Probe::AllAfter { moments, point } => {
            moments.iter().for_each(|var| put_after(*var, point, extra));
            orders.extend(&extra.orders[before..]);
        }
        Probe::Last {
            witness,
            others,
            earlier,
            point,
        } => {
            put_before(witness, point, extra);
            if let Some(earlier) = earlier {
                put_before(earlier, point, extra);
            }
            orders.extend(&extra.orders[before..]);
            prepare_last(count, orders, (witness, others, point), extra);
        }
        Probe::Next {
            witness,
            others,
            earlier,
            point,
        } => {
            put_after(witness, point, extra);
            if let Some(earlier) = earlier {
                put_before(earlier, point, extra);
            }
            orders.extend(&extra.orders[before..]);
            prepare_next(count, orders, (witness, others, point), extra);
        }
    }
}

/// The others lie before the witness or after the point.
fn prepare_last(
    count: usize,
    orders: &mut Vec<(Var, Var)>,
    (witness, others, point): (Var, &[Var], Point),
    extra: &mut Extra,
) {
    let follows = reached(count, orders, witness, false);
    let leads = beside(count, orders, point, true);
    let added = extra.orders.len();
    for var in others {
        if follows[*var] {
            put_after(*var, point, extra);
        } else if leads[*var] {
            extra.arcs.push(Arc {
                from: witness,
                to: *var,
                weight: 0,
            });
        } else {
            let day = last_before(point);
            extra.clauses.push(Clause {
                var: *var,
                day,
                other: witness,
            });
        }
    }
    orders.extend(&extra.orders[added..]);
}

/// The others lie before the point or after the witness.
fn prepare_next(
    count: usize,
    orders: &mut Vec<(Var, Var)>,
    (witness, others, point): (Var, &[Var], Point),
    extra: &mut Extra,
) {
    let leads = reached(count, orders, witness, true);
    let follows = beside(count, orders, point, false);
    let added = extra.orders.len();
    for var in others {
        if leads[*var] {
            put_before(*var, point, extra);
        } else if follows[*var] {
            extra.arcs.push(Arc {
                from: *var,
                to: witness,
                weight: 0,
            });
        } else {
            // Mirrored, because this probe is solved from the other end.
            let day = -first_after(point);
            extra.clauses.push(Clause {
                var: *var,
                day,
                other: witness,
            });
        }
    }
    orders.extend(&extra.orders[added..]);
}

/// The last day on which a moment is still before the point, whatever the order inside the day
/// may be chosen to be.
fn last_before(point: Point) -> i64 {
    match point {
        Point::Close { first, .. } | Point::CloseOf { first, .. } => first,
        // A moment on the day itself may come after the point, so only an earlier day forces it.
        Point::Before { first, .. } => first - 1,
    }
}

/// The first day on which a moment must be after the point.
fn first_after(point: Point) -> i64 {
    match point {
        Point::Close { last, .. } | Point::CloseOf { last, .. } | Point::Before { last, .. } => {
            last + 1
        }
    }
}

fn put_before(var: Var, point: Point, extra: &mut Extra) {
    match point {
        Point::Close { last, .. } => extra.domains.push((var, Domain::range(-HORIZON, last))),
        Point::CloseOf { at, .. } => extra.arcs.push(Arc {
            from: at,
            to: var,
            weight: 0,
        }),
        Point::Before { at, .. } => extra.orders.push((var, at)),
    }
}

fn put_after(var: Var, point: Point, extra: &mut Extra) {
    match point {
        Point::Close { first, .. } => {
            extra.domains.push((var, Domain::range(first + 1, HORIZON)));
        }
        Point::CloseOf { at, .. } => extra.arcs.push(Arc {
            from: var,
            to: at,
            weight: -1,
        }),
        Point::Before { at, .. } => extra.orders.push((at, var)),
    }
}

/// The moments that lie before the point in every line, or after it; none are known for the
/// close of a day.
fn beside(count: usize, orders: &[(Var, Var)], point: Point, before: bool) -> Vec<bool> {
    match point {
        Point::Close { .. } | Point::CloseOf { .. } => vec![false; count],
        Point::Before { at, .. } => reached(count, orders, at, before),
    }
}
