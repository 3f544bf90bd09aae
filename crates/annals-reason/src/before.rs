//! What is shown just before a moment that may have many days.
//!
//! For a fixed day this is one pass a witness, as for the close of a day; for a movable moment
//! the clauses are closed neither under maximum nor under minimum. So a whole window of days is
//! asked about by a relaxed probe first. Where that finds nothing, no day of the window shows
//! the status; where it finds a timeline, its own day is asked about exactly, and the window is
//! split around it.

use annals_network::{Alternative, Domain, Found, HORIZON, Var};

use crate::bearing::Status;
use crate::instance::{Instance, Slot};
use crate::moving::Moving;
use crate::shows::{Shown, Witness};

/// Windows looked at before the question is given up as not settled.
const WINDOWS_AT_MOST: usize = 3000;

/// Whether some timeline shows the status just before the moment of `at`, or as its day closes.
pub(crate) fn shows_before(moving: &Moving, status: Status, covers: Option<(i64, i64)>) -> Shown {
    let Moving {
        instance, slot, at, ..
    } = *moving;
    let (from, to) = covers.unwrap_or((-HORIZON, HORIZON));
    let beyond = Domain::range(from, to).complement();
    if status == Status::Unrecorded
        && beyond
            .ranges()
            .iter()
            .any(|(f, l)| lies_in(instance, at, *f, *l))
    {
        // Outside what the chronicle covers nothing is recorded.
        return Shown::Yes(Witness::Faded, vec![]);
    }
    // Found for the slot alone, whatever is said of days; mostly that is all there is.
    let loose = moving.shows(status);
    if covers.is_none() && moving.is_exact() && !matches!(loose, Shown::Spent) {
        return loose;
    }
    let mut forced = windows(slot, (from, to));
    let open: Vec<_> = forced
        .extract_if(.., |(_, _, value)| value.is_none())
        .collect();
    let shows = |(first, last, value): &(i64, i64, Option<bool>)| {
        let fits = matches!(
            (status, value),
            (Status::True, Some(true)) | (Status::False, Some(false))
        );
        fits && lies_in(instance, at, *first, *last)
    };
    if forced.iter().any(shows) {
        return Shown::Yes(Witness::Forced, vec![]);
    }
    match loose {
        Shown::No => Shown::No,
        _ => window_by_window(moving, status, covers, open),
    }
}

/// Looks at windows in which no stretch forces a value.
fn window_by_window(
    moving: &Moving,
    status: Status,
    covers: Option<(i64, i64)>,
    open: Vec<(i64, i64, Option<bool>)>,
) -> Shown {
    let (instance, at) = (moving.instance, moving.at);
    let asked = |first, last| moving.asked(first, last).shows(status);
    let mut open: Vec<(i64, i64)> = open.into_iter().map(|(f, l, _)| (f, l)).collect();
    let mut left = WINDOWS_AT_MOST;
    let mut spent = false;
    while let Some((first, last)) = open.pop() {
        if left == 0 {
            return Shown::Spent;
        }
        left -= 1;
        if covers.is_some() && !lies_in(instance, at, first, last) {
            // What the moment itself requires says nothing where the moment cannot be.
            continue;
        }
        match looked_at(&asked, at, (first, last)) {
            Window::Settled(shown @ Shown::Yes(..)) => return shown,
            Window::Settled(Shown::Spent) => spent = true,
            Window::Settled(Shown::No) => {}
            Window::Split(parts) => open.extend(parts),
        }
    }
    if spent { Shown::Spent } else { Shown::No }
}

/// What looking at one window came to.
enum Window {
    /// Nothing in it, or a timeline.
    Settled(Shown),
    /// A relaxed timeline that is none; these parts of the window are still open.
    Split(Vec<(i64, i64)>),
}

fn looked_at(asked: &dyn Fn(i64, i64) -> Shown, at: Var, (first, last): (i64, i64)) -> Window {
    let (witness, days) = match asked(first, last) {
        Shown::Yes(witness, days) => (witness, days),
        other => return Window::Settled(other),
    };
    let day = match days.get(at) {
        Some(day) if first < last => *day,
        _ => return Window::Settled(Shown::Yes(witness, days)),
    };
    match asked(day, day) {
        Shown::No => {
            // The middle splits evenly; the day already settled is left out.
            let middle = first + (last - first) / 2;
            Window::Split(split((first, last), middle, day))
        }
        shown => Window::Settled(shown),
    }
}

/// The parts of a window on either side of its middle, without one day.
fn split((first, last): (i64, i64), middle: i64, day: i64) -> Vec<(i64, i64)> {
    let halves = [(first, middle), (middle + 1, last)];
    let parts = halves.into_iter().flat_map(|(from, to)| {
        if from <= day && day <= to {
            vec![(from, day - 1), (day + 1, to)]
        } else {
            vec![(from, to)]
        }
    });
    parts.filter(|(from, to)| from <= to).collect()
}

/// All days covered, cut where stretches force the value.
fn windows(slot: &Slot, (from, to): (i64, i64)) -> Vec<(i64, i64, Option<bool>)> {
    let mut all: Vec<(i64, i64, Option<bool>)> = slot
        .forced
        .iter()
        .map(|(f, l, v)| (*f, *l, Some(*v)))
        .collect();
    let forced = Domain::from_ranges(slot.forced.iter().map(|(f, l, _)| (*f, *l)).collect());
    all.extend(
        forced
            .complement()
            .ranges()
            .iter()
            .map(|(f, l)| (*f, *l, None)),
    );
    let within = all.into_iter().map(|(f, l, v)| (f.max(from), l.min(to), v));
    within.filter(|(f, l, _)| f <= l).collect()
}

fn lies_in(instance: &Instance, at: Var, first: i64, last: i64) -> bool {
    let domains = vec![(at, Domain::range(first, last))];
    let way = Alternative {
        domains,
        ..Alternative::default()
    };
    instance.solver.allows(&way) != Found::None
}
