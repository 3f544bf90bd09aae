//! Where a date lets a moment lie: conditions on the days and on the line.

use annals_chronicle::{
    Anchor, Bound, Chronicle, Condition, Day, DayRange, DaySet, Event, EventId, Grid, Point,
};

use crate::plan::Plan;

/// One demand on days or on the order of the line. Moments are numbers into the plan.
#[derive(Clone, Debug)]
pub enum Atom {
    /// The moment lies on a day of the set.
    On(usize, DaySet),
    /// Both moments lie within one range of the set.
    Within(usize, usize, DaySet),
    /// The first stands before the second in the line.
    Order(usize, usize),
    /// The days of the second less those of the first, at least and at most.
    Apart(usize, usize, Option<i32>, Option<i32>),
    /// The second moment's day lies so many cells after the first's, where both are listed.
    Cell(usize, usize, Vec<Day>, i32),
    All(Vec<Atom>),
    Never,
}

/// One of the alternatives holds.
#[derive(Clone, Debug)]
pub struct Rule {
    pub alternatives: Vec<Atom>,
}

/// Moments placed in a line so far: each one's place and day.
pub struct Placed<'a> {
    pub place: &'a [Option<usize>],
    pub day: &'a [i32],
}

impl Rule {
    pub fn one(atom: Atom) -> Rule {
        Rule {
            alternatives: vec![atom],
        }
    }

    /// The moments it speaks of, as bits.
    pub fn moments(&self) -> u32 {
        self.alternatives.iter().fold(0, |m, a| m | a.moments())
    }

    pub fn holds(&self, placed: &Placed) -> bool {
        self.alternatives.iter().any(|a| a.holds(placed))
    }

    pub fn speaks_of_cells(&self) -> bool {
        self.alternatives
            .iter()
            .any(|a| matches!(a, Atom::Cell(..)))
    }

    /// The largest finite distance it speaks of: how far it can carry a moment.
    pub fn length(&self) -> i32 {
        let lengths = self.alternatives.iter().map(Atom::length);
        lengths.max().unwrap_or(0)
    }
}

impl Atom {
    fn moments(&self) -> u32 {
        match self {
            Atom::On(m, _) => 1 << m,
            Atom::Within(a, b, _) | Atom::Order(a, b) => 1 << a | 1 << b,
            Atom::Apart(a, b, ..) | Atom::Cell(a, b, ..) => 1 << a | 1 << b,
            Atom::All(atoms) => atoms.iter().fold(0, |m, a| m | a.moments()),
            Atom::Never => 0,
        }
    }

    fn holds(&self, placed: &Placed) -> bool {
        let day = |m: &usize| Day(placed.day[*m]);
        match self {
            Atom::On(m, set) => set.contains(day(m)),
            Atom::Within(a, b, set) => {
                let both = |r: &DayRange| r.contains(day(a)) && r.contains(day(b));
                set.ranges().iter().any(both)
            }
            Atom::Order(a, b) => placed.place[*a] < placed.place[*b],
            Atom::Apart(a, b, least, most) => {
                let apart = day(b).0 - day(a).0;
                least.is_none_or(|l| l <= apart) && most.is_none_or(|m| apart <= m)
            }
            Atom::Cell(a, b, starts, offset) => {
                let cell = |d: Day| starts.iter().filter(|s| **s <= d).count() as i32;
                let listed = |c: i32| 0 < c && c < starts.len() as i32;
                let wanted = cell(day(a)) + offset;
                !listed(cell(day(a))) || !listed(wanted) || cell(day(b)) == wanted
            }
            Atom::All(atoms) => atoms.iter().all(|a| a.holds(placed)),
            Atom::Never => false,
        }
    }

    fn length(&self) -> i32 {
        match self {
            Atom::Apart(_, _, least, most) => {
                let size = |o: &Option<i32>| o.map_or(0, i32::abs);
                size(least).max(size(most))
            }
            Atom::Cell(_, _, starts, offset) => (starts[1].0 - starts[0].0) * (offset.abs() + 1),
            Atom::All(atoms) => atoms.iter().map(Atom::length).max().unwrap_or(0),
            _ => 0,
        }
    }
}

/// What a condition demands of an event's moments.
pub fn rule(chronicle: &Chronicle, plan: &Plan, event: EventId, condition: &Condition) -> Rule {
    let own = plan.moments_of(event).expect("placed events have moments");
    let alternatives = condition
        .alternatives
        .iter()
        .map(|point| {
            if condition.reported {
                reported(own.1, point)
            } else {
                atom(chronicle, plan, own, point)
            }
        })
        .collect();
    Rule { alternatives }
}

/// `reported D`: ended by the last day of D.
fn reported(end: usize, point: &Point) -> Atom {
    let Point::On(days) = point else {
        panic!("reports are dated by days, not by {point:?}");
    };
    let until = DaySet::range(None, days.last()).expect("an open range has days");
    Atom::On(end, until)
}

fn atom(chronicle: &Chronicle, plan: &Plan, own: (usize, usize), point: &Point) -> Atom {
    let (start, end) = own;
    let of = |anchor: &Anchor| anchored(chronicle, plan, anchor);
    match point {
        Point::Undated | Point::Always => Atom::All(Vec::new()),
        Point::On(days) => Atom::Within(start, end, days.clone()),
        Point::Span { from, to } => {
            let mut both = Vec::new();
            both.extend(from.clone().map(|days| Atom::On(start, days)));
            both.extend(to.clone().map(|days| Atom::On(end, days)));
            Atom::All(both)
        }
        Point::Throughout(days) => {
            let edge = |d: Option<Day>| DaySet::day(d.expect("a period has two ends"));
            Atom::All(vec![
                Atom::On(start, edge(days.first())),
                Atom::On(end, edge(days.last())),
            ])
        }
        Point::After(anchor) => Atom::Order(of(anchor).1, start),
        Point::Before(anchor) => Atom::Order(end, of(anchor).0),
        Point::During(anchor) => {
            let (from, to) = of(anchor);
            if from == to {
                // Within a single moment nothing lies; its day is meant.
                return same_day(own, from, to);
            }
            Atom::All(vec![Atom::Order(from, start), Atom::Order(end, to)])
        }
        Point::At(anchor) => {
            let (from, to) = of(anchor);
            same_day(own, from, to)
        }
        Point::Offset {
            anchor,
            least,
            most,
        } => offset(own, of(anchor), *least, *most),
        Point::Cell {
            anchor,
            grid,
            offset,
        } => {
            let Grid { starts, .. } = &chronicle.grids[grid.index()];
            Atom::Cell(of(anchor).0, start, starts.clone(), *offset)
        }
    }
}

/// From the day of `from` to that of `to`, the order inside the days left open.
fn same_day((start, end): (usize, usize), from: usize, to: usize) -> Atom {
    Atom::All(vec![
        Atom::Apart(from, start, Some(0), None),
        Atom::Apart(end, to, Some(0), None),
    ])
}

/// The moments an anchor means: twice the same for `start of` and `end of`.
fn anchored(chronicle: &Chronicle, plan: &Plan, anchor: &Anchor) -> (usize, usize) {
    let Event { id, .. } = chronicle.events[anchor.event.index()];
    let (start, end) = plan.moments_of(id).expect("anchors have moments");
    match anchor.bound {
        Bound::Start => (start, start),
        Bound::End => (end, end),
        Bound::Whole => (start, end),
    }
}

/// A distance in days: what is negative is counted from the start, the rest from the end.
fn offset(
    own: (usize, usize),
    anchor: (usize, usize),
    least: Option<i32>,
    most: Option<i32>,
) -> Atom {
    let from = |n: i32| if n < 0 { anchor.0 } else { anchor.1 };
    let mut both = Vec::new();
    if let Some(n) = least {
        both.push(Atom::Apart(from(n), own.0, Some(n), None));
    }
    if let Some(n) = most {
        // What lies before its anchor lies there wholly; what comes after begins in time.
        let side = if n < 0 { own.1 } else { own.0 };
        both.push(Atom::Apart(from(n), side, None, Some(n)));
    }
    Atom::All(both)
}
