//! Dates that float: an event placed by labels alone, with nothing to hold it on one side.
//!
//! `after #fall` says how early, and nothing says how late. This walks from the events that days
//! bound along the relative dates that pass a bound on, in either direction, and reports the
//! events where a bound stops: those whose own anchors are held and that are not.

use annals_chronicle::{Anchor, Chronicle, Claim, Condition, DaySet, EventId, Mode, Point};
use annals_text::Report;

/// Which side of an event is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Earliest,
    Latest,
}

/// Which ways a relative date passes bounds on.
#[derive(Clone, Copy)]
struct Tie {
    /// The event placed.
    event: EventId,
    /// The event it hangs from.
    anchor: EventId,
    /// Whether it is no earlier than its anchor, by some days.
    later: bool,
    /// Whether it is no later than its anchor, by some days.
    earlier: bool,
}

/// Reports events without an earliest or a latest day.
pub(crate) fn lint(chronicle: &Chronicle, reports: &mut Vec<Report>) {
    const SIDES: [Side; 2] = [Side::Earliest, Side::Latest];
    let told = |c: &&Claim| matches!(c.mode, Mode::Asserted | Mode::Attempted) && !c.draft;
    // Which events days of their own hold, on either side.
    let mut own = SIDES.map(|_| vec![false; chronicle.events.len()]);
    let mut ties: Vec<Tie> = Vec::new();
    for claim in chronicle.claims.iter().filter(told) {
        for condition in &claim.when.conditions {
            for (side, held) in SIDES.into_iter().zip(&mut own) {
                held[claim.event.index()] |= is_bound(condition, side);
            }
            ties.extend(tie(claim.event, condition));
        }
    }
    let mut found = Vec::new();
    for (side, own) in SIDES.into_iter().zip(own) {
        let held = held(own, &ties, side);
        for tie in &ties {
            if held[tie.anchor.index()] && !held[tie.event.index()] {
                found.push((tie.event, side));
            }
        }
    }
    found.sort_by_key(|(event, side)| (*event, *side == Side::Latest));
    found.dedup();
    for (event, side) in found {
        reports.push(floating(chronicle, event, side));
    }
}

/// Whether a condition bounds its event on one side by days, be they assumed.
fn is_bound(condition: &Condition, side: Side) -> bool {
    let soft = condition.soft.as_ref();
    condition.alternatives.iter().all(|p| bounds(p, side))
        || soft.is_some_and(|s| bounds(&s.point, side))
}

/// Which events are held on one side: by days of their own, or through others.
fn held(mut held: Vec<bool>, ties: &[Tie], side: Side) -> Vec<bool> {
    const NONE: u32 = u32::MAX;
    // Bounds pass from one end of a tie to the other; each round holds at least one event more.
    // The ways from an event are a chain: the first of them, and after each the next.
    let mut first = vec![NONE; held.len()];
    let mut ways: Vec<(EventId, u32)> = Vec::with_capacity(ties.len());
    let mut lead = |from: EventId, to: EventId| {
        let next = std::mem::replace(&mut first[from.index()], ways.len() as u32);
        ways.push((to, next));
    };
    for tie in ties {
        let (down, up) = match side {
            Side::Earliest => (tie.later, tie.earlier),
            Side::Latest => (tie.earlier, tie.later),
        };
        if down {
            lead(tie.anchor, tie.event);
        }
        if up {
            lead(tie.event, tie.anchor);
        }
    }
    let mut open: Vec<usize> = (0..held.len()).filter(|i| held[*i]).collect();
    while let Some(event) = open.pop() {
        let mut way = first[event];
        while let Some((next, further)) = ways.get(way as usize) {
            if !std::mem::replace(&mut held[next.index()], true) {
                open.push(next.index());
            }
            way = *further;
        }
    }
    held
}

/// Whether a point names days that bound one side.
fn bounds(point: &Point, side: Side) -> bool {
    let ends = |days: &DaySet| match side {
        Side::Earliest => days.first().is_some(),
        Side::Latest => days.last().is_some(),
    };
    match point {
        Point::On(days) | Point::Throughout(days) => ends(days),
        Point::Span { from, to } => {
            let end = match side {
                Side::Earliest => from,
                Side::Latest => to,
            };
            // What began in a known year has a date, however long it lasted.
            end.as_ref().is_some_and(ends) || from.as_ref().is_some_and(ends)
        }
        Point::Undated
        | Point::Always
        | Point::After(_)
        | Point::Before(_)
        | Point::During(_)
        | Point::At(_)
        | Point::Offset { .. }
        | Point::Cell { .. } => false,
    }
}

/// What a relative condition passes on; nothing where several ways are open.
fn tie(event: EventId, condition: &Condition) -> Option<Tie> {
    let point = match (&condition.soft, condition.alternatives.as_slice()) {
        (Some(soft), _) => &soft.point,
        (None, [point]) => point,
        (None, _) => return None,
    };
    let of = |anchor: &Anchor, later: bool, earlier: bool| {
        Some(Tie {
            event,
            anchor: anchor.event,
            later,
            earlier,
        })
    };
    match point {
        Point::After(anchor) => of(anchor, true, false),
        Point::Before(anchor) => of(anchor, false, true),
        Point::During(anchor) | Point::At(anchor) | Point::Cell { anchor, .. } => {
            of(anchor, true, true)
        }
        Point::Offset {
            anchor,
            least,
            most,
        } => of(anchor, least.is_some(), most.is_some()),
        Point::Undated
        | Point::Always
        | Point::On(_)
        | Point::Span { .. }
        | Point::Throughout(_) => None,
    }
}

fn floating(chronicle: &Chronicle, event: EventId, side: Side) -> Report {
    let event = &chronicle.events[event.index()];
    let claim = &chronicle.claims[event.claims[0].index()];
    let (report, help) = match side {
        Side::Earliest => (
            Report::lint("no-earliest-date", "nothing says how early this was"),
            "add what is known, like `before #fall, after 640`",
        ),
        Side::Latest => (
            Report::lint("no-latest-date", "nothing says how late this was"),
            "add what is known, like `after #fall, before 650`",
        ),
    };
    let place = claim.when.conditions.first().map_or(claim.span, |c| c.span);
    report.at(place, "this alone places it").help(help)
}
