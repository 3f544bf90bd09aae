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
    let told: Vec<&Claim> = chronicle
        .claims
        .iter()
        .filter(|c| matches!(c.mode, Mode::Asserted | Mode::Attempted) && !c.draft)
        .collect();
    let ties: Vec<Tie> = told
        .iter()
        .flat_map(|c| c.when.conditions.iter().map(move |of| (c.event, of)))
        .filter_map(|(event, condition)| tie(event, condition))
        .collect();
    let mut found = Vec::new();
    for side in [Side::Earliest, Side::Latest] {
        let held = held(chronicle, &told, &ties, side);
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

/// Which events are held on one side: by days of their own, or through others.
fn held(chronicle: &Chronicle, told: &[&Claim], ties: &[Tie], side: Side) -> Vec<bool> {
    let mut held = vec![false; chronicle.events.len()];
    for claim in told {
        let bound = |c: &Condition| c.alternatives.iter().all(|p| bounds(p, side));
        let assumed = |c: &Condition| c.soft.as_ref().is_some_and(|s| bounds(&s.point, side));
        let own = claim.when.conditions.iter().any(|c| bound(c) || assumed(c));
        held[claim.event.index()] |= own;
    }
    // Bounds pass from one end of a tie to the other; each round holds at least one event more.
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); held.len()];
    for tie in ties {
        let (down, up) = match side {
            Side::Earliest => (tie.later, tie.earlier),
            Side::Latest => (tie.earlier, tie.later),
        };
        if down {
            leads[tie.anchor.index()].push(tie.event.index());
        }
        if up {
            leads[tie.event.index()].push(tie.anchor.index());
        }
    }
    let mut open: Vec<usize> = (0..held.len()).filter(|i| held[*i]).collect();
    while let Some(event) = open.pop() {
        for next in &leads[event] {
            if !std::mem::replace(&mut held[*next], true) {
                open.push(*next);
            }
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
