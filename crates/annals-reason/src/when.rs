//! Whens as constraints on the start and the end of what they place.

use annals_chronicle::{Anchor, Bound, Chronicle, Day, DaySet, Point};
use annals_network::{Alternative, Arc, Domain, HORIZON, Var};

use crate::scope::Moments;

/// The variables of everything that a relative date can name.
#[derive(Clone, Copy)]
pub(crate) struct Vars<'a>(pub &'a Moments);

impl Vars<'_> {
    /// The variable that what follows an anchor hangs from.
    pub fn tail(&self, anchor: Anchor) -> Var {
        match anchor.bound {
            Bound::Start => self.0.start(anchor.event),
            Bound::End | Bound::Whole => self.0.end(anchor.event),
        }
    }

    /// The variable that what precedes an anchor hangs from.
    pub fn head(&self, anchor: Anchor) -> Var {
        match anchor.bound {
            Bound::End => self.0.end(anchor.event),
            Bound::Start | Bound::Whole => self.0.start(anchor.event),
        }
    }
}

/// The days of a set as a domain.
pub(crate) fn domain(days: &DaySet) -> Domain {
    Domain::from_ranges(
        days.ranges()
            .iter()
            .map(|r| {
                let open = |day: Option<Day>, end| day.map_or(end, |d| i64::from(d.0));
                (open(r.first, -HORIZON), open(r.last, HORIZON))
            })
            .collect(),
    )
}

fn arc(from: Var, to: Var, weight: i64) -> Arc {
    Arc { from, to, weight }
}

/// All ways in which a point can place something that starts at `start` and ends at `end`.
pub(crate) fn place(
    chronicle: &Chronicle,
    point: &Point,
    start: Var,
    end: Var,
    vars: Vars,
) -> Vec<Alternative> {
    let mut one = Alternative::default();
    match point {
        Point::Undated | Point::Always => {}
        Point::On(days) if start == end => one.domains.push((start, domain(days))),
        Point::On(days) => {
            // What lasts lies wholly within one range: "644 or 646" is not "from 644 to 646".
            let whole = domain(days);
            return whole
                .ranges()
                .iter()
                .map(|(first, last)| {
                    let range = Domain::range(*first, *last);
                    let domains = vec![(start, range.clone()), (end, range)];
                    Alternative {
                        domains,
                        ..Alternative::default()
                    }
                })
                .collect();
        }
        Point::Span { from, to } => {
            one.domains
                .extend(from.as_ref().map(|d| (start, domain(d))));
            one.domains.extend(to.as_ref().map(|d| (end, domain(d))));
        }
        Point::Throughout(days) => {
            let day = |day: Option<Day>, end| day.map_or(end, |d| i64::from(d.0));
            let (first, last) = (day(days.first(), -HORIZON), day(days.last(), HORIZON));
            one.domains.push((start, Domain::range(first, first)));
            one.domains.push((end, Domain::range(last, last)));
        }
        Point::After(anchor) => one.orders.push((vars.tail(*anchor), start)),
        Point::Before(anchor) => one.orders.push((end, vars.head(*anchor))),
        Point::During(anchor) => during(*anchor, start, end, vars, &mut one),
        Point::At(anchor) => {
            let (head, tail) = match anchor.bound {
                Bound::Whole => (vars.head(*anchor), vars.tail(*anchor)),
                Bound::Start => (vars.head(*anchor), vars.head(*anchor)),
                Bound::End => (vars.tail(*anchor), vars.tail(*anchor)),
            };
            one.arcs.push(arc(start, head, 0));
            one.arcs.push(arc(tail, end, 0));
        }
        Point::Offset {
            anchor,
            least,
            most,
        } => {
            offset(*anchor, *least, *most, (start, end), vars, &mut one);
        }
        Point::Cell {
            anchor,
            grid,
            offset,
        } => {
            let starts = &chronicle.grids[grid.index()].starts;
            return cells(starts, vars.tail(*anchor), *offset, start, end);
        }
    }
    vec![one]
}

fn during(anchor: Anchor, start: Var, end: Var, vars: Vars, one: &mut Alternative) {
    let (head, tail) = match anchor.bound {
        Bound::Whole => (vars.head(anchor), vars.tail(anchor)),
        Bound::Start => (vars.head(anchor), vars.head(anchor)),
        Bound::End => (vars.tail(anchor), vars.tail(anchor)),
    };
    if head == tail {
        // During a single moment is on its day.
        one.arcs.push(arc(start, head, 0));
        one.arcs.push(arc(tail, end, 0));
    } else {
        one.orders.push((head, start));
        one.orders.push((end, tail));
    }
}

/// A distance counts from the anchor's end to the start of what comes after it, and from the end
/// of what comes before it to the anchor's start.
fn offset(
    anchor: Anchor,
    least: Option<i32>,
    most: Option<i32>,
    (start, end): (Var, Var),
    vars: Vars,
    one: &mut Alternative,
) {
    let (head, tail) = (vars.head(anchor), vars.tail(anchor));
    let before = most.is_some_and(|m| m <= 0) && least != Some(0);
    let after = least.is_some_and(|l| l >= 0);
    let (lower, upper) = match (before, after) {
        (true, _) => ((end, head), (end, head)),
        (false, true) => ((start, tail), (start, tail)),
        (false, false) => ((start, head), (end, tail)),
    };
    if let Some(least) = least {
        one.arcs.push(arc(lower.0, lower.1, -i64::from(least)));
    }
    if let Some(most) = most {
        one.arcs.push(arc(upper.1, upper.0, i64::from(most)));
    }
}

/// One alternative a cell the anchor may lie in, and one for an anchor outside the cells, which
/// then says nothing.
fn cells(starts: &[Day], anchor: Var, offset: i32, start: Var, end: Var) -> Vec<Alternative> {
    let cell = |index: i64| -> Option<Domain> {
        let index = usize::try_from(index).ok()?;
        let (first, next) = (starts.get(index)?, starts.get(index + 1)?);
        Some(Domain::range(i64::from(first.0), i64::from(next.0) - 1))
    };
    let mut all = Vec::new();
    let mut known = Vec::new();
    for index in 0..starts.len() as i64 {
        if let (Some(here), Some(there)) = (cell(index), cell(index + i64::from(offset))) {
            known.extend(here.ranges().iter().copied());
            let domains = vec![(anchor, here), (start, there.clone()), (end, there)];
            all.push(Alternative {
                domains,
                ..Alternative::default()
            });
        }
    }
    let outside = Domain::from_ranges(known).complement();
    all.push(Alternative {
        domains: vec![(anchor, outside)],
        ..Alternative::default()
    });
    all
}

/// What `reported D` says: it had ended by then.
pub(crate) fn place_reported(point: &Point, end: Var, vars: Vars) -> Vec<Alternative> {
    let mut one = Alternative::default();
    match point {
        Point::Undated | Point::Always | Point::After(_) | Point::Cell { .. } => {}
        Point::On(days) | Point::Throughout(days) | Point::Span { to: Some(days), .. } => {
            if let Some(last) = days.last() {
                one.domains
                    .push((end, Domain::range(-HORIZON, i64::from(last.0))));
            }
        }
        Point::Span { to: None, .. } => {}
        Point::Before(anchor) => one.orders.push((end, vars.head(*anchor))),
        Point::During(anchor) | Point::At(anchor) => {
            one.arcs.push(arc(vars.tail(*anchor), end, 0));
        }
        Point::Offset { anchor, most, .. } => {
            let from = if most.is_some_and(|m| m <= 0) {
                vars.head(*anchor)
            } else {
                vars.tail(*anchor)
            };
            if let Some(most) = most {
                one.arcs.push(arc(from, end, i64::from(*most)));
            }
        }
    }
    vec![one]
}

/// What `ordered D` says of the event, should it have happened: it did not begin before.
pub(crate) fn place_ordered(point: &Point, start: Var, vars: Vars) -> Vec<Alternative> {
    let mut one = Alternative::default();
    match point {
        Point::On(days)
        | Point::Throughout(days)
        | Point::Span {
            from: Some(days), ..
        } => {
            if let Some(first) = days.first() {
                one.domains
                    .push((start, Domain::range(i64::from(first.0), HORIZON)));
            }
        }
        Point::After(anchor) => one.orders.push((vars.tail(*anchor), start)),
        Point::During(anchor) | Point::At(anchor) => {
            one.arcs.push(arc(start, vars.head(*anchor), 0));
        }
        Point::Offset {
            anchor,
            least: Some(least),
            ..
        } => {
            let from = if *least >= 0 {
                vars.tail(*anchor)
            } else {
                vars.head(*anchor)
            };
            one.arcs.push(arc(start, from, -i64::from(*least)));
        }
        Point::Undated
        | Point::Always
        | Point::Span { from: None, .. }
        | Point::Before(_)
        | Point::Offset { least: None, .. }
        | Point::Cell { .. } => {}
    }
    vec![one]
}
