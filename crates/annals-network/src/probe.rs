//! Questions about the line: which moment is the last before a point, which the next after it.

use crate::search::Search;
use crate::{Domain, HORIZON, Var};

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

impl Point {
    /// The same point with variables numbered otherwise.
    pub(crate) fn renumbered(self, number: impl Fn(Var) -> Var) -> Point {
        match self {
            Point::Close { .. } => self,
            Point::CloseOf { at, first, last } => Point::CloseOf {
                at: number(at),
                first,
                last,
            },
            Point::Before { at, first, last } => Point::Before {
                at: number(at),
                first,
                last,
            },
        }
    }
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

/// Says a probe in constraints; false where these leave no solution. Which moments follow which
/// in every line depends on the order edges chosen so far, so this is done anew when there are
/// more: what is said then only adds to what was said before.
pub(crate) fn prepare(search: &mut Search, probe: Probe) -> bool {
    if let Point::Before { at, first, last } | Point::CloseOf { at, first, last } = probe.point()
        && !search.narrow(at, &Domain::range(first, last))
    {
        return false;
    }
    match probe {
        Probe::AllAfter { moments, point } => {
            let mut moments = moments.iter();
            moments.all(|var| put_after(*var, point, search))
        }
        Probe::Last {
            witness,
            others,
            earlier,
            point,
        } => {
            put_before(witness, point, search)
                && earlier.is_none_or(|e| put_before(e, point, search))
                && prepare_last(search, (witness, others, point))
        }
        Probe::Next {
            witness,
            others,
            earlier,
            point,
        } => {
            put_after(witness, point, search)
                && earlier.is_none_or(|e| put_before(e, point, search))
                && prepare_next(search, (witness, others, point))
        }
    }
}

/// The others lie before the witness or after the point.
fn prepare_last(search: &mut Search, (witness, others, point): (Var, &[Var], Point)) -> bool {
    if others.is_empty() {
        return true;
    }
    let follows = search.reached(witness, false);
    let leads = beside(search, point, true);
    others.iter().all(|var| {
        if follows[*var] {
            put_after(*var, point, search)
        } else if leads.as_ref().is_some_and(|leads| leads[*var]) {
            search.arc(witness, *var, 0)
        } else {
            search.clause(*var, last_before(point), witness);
            true
        }
    })
}

/// The others lie before the point or after the witness.
fn prepare_next(search: &mut Search, (witness, others, point): (Var, &[Var], Point)) -> bool {
    if others.is_empty() {
        return true;
    }
    let leads = search.reached(witness, true);
    let follows = beside(search, point, false);
    others.iter().all(|var| {
        if leads[*var] {
            put_before(*var, point, search)
        } else if follows.as_ref().is_some_and(|follows| follows[*var]) {
            search.arc(*var, witness, 0)
        } else {
            // Mirrored, because this probe is solved from the other end.
            search.clause(*var, -first_after(point), witness);
            true
        }
    })
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

fn put_before(var: Var, point: Point, search: &mut Search) -> bool {
    match point {
        Point::Close { last, .. } => search.narrow(var, &Domain::range(-HORIZON, last)),
        Point::CloseOf { at, .. } => search.arc(at, var, 0),
        Point::Before { at, .. } => search.order(var, at),
    }
}

fn put_after(var: Var, point: Point, search: &mut Search) -> bool {
    match point {
        Point::Close { first, .. } => search.narrow(var, &Domain::range(first + 1, HORIZON)),
        Point::CloseOf { at, .. } => search.arc(var, at, -1),
        Point::Before { at, .. } => search.order(at, var),
    }
}

/// The moments that lie before the point in every line, or after it; none are known for the
/// close of a day.
fn beside(search: &Search, point: Point, before: bool) -> Option<Vec<bool>> {
    match point {
        Point::Close { .. } | Point::CloseOf { .. } => None,
        Point::Before { at, .. } => Some(search.reached(at, before)),
    }
}
