//! All days on which a fluent can be shown with a value, by leaps.
//!
//! A timeline that shows a value on a day shows it until the next moment of the slot. Where two
//! days are shown by one witness and their timelines agree on everything that was chosen, all
//! days between are shown too: what is left is a system of difference constraints in which the
//! day asked about is one more variable. And where a probe relaxed to a whole window finds
//! nothing, no day of the window is shown. So most days need not be asked about one by one.

use annals_network::{Found, Point};

use crate::bearing::Status;
use crate::instance::{Instance, Slot};
use crate::shows::{Asked, Shown, Witness};

/// Days that show a value, as sorted ranges, and whether that is proven.
#[derive(Clone, Debug, Default)]
pub(crate) struct Showing {
    pub ranges: Vec<(i64, i64)>,
    pub spent: bool,
}

/// The days from `first` to `last` that some timeline of the instance shows with the status.
pub(crate) fn showing(
    instance: &Instance,
    slot: &Slot,
    status: Status,
    (first, last): (i64, i64),
) -> Showing {
    let mut all = Showing::default();
    let mut day = first;
    while day <= last {
        // A stretch forces its days whatever else holds; it is stepped over as a whole.
        if let Some((_, end, value)) = slot.forced.iter().find(|(f, l, _)| *f <= day && day <= *l) {
            let end = (*end).min(last);
            if matches!(
                (status, value),
                (Status::True, true) | (Status::False, false)
            ) {
                all.ranges.push((day, end));
            }
            day = end + 1;
            continue;
        }
        let next_forced = slot
            .forced
            .iter()
            .map(|(f, _, _)| *f)
            .filter(|f| *f > day)
            .min();
        let limit = next_forced.map_or(last, |f| last.min(f - 1));
        let asked = Asked {
            instance,
            slot,
            point: Point::Close {
                first: day,
                last: day,
            },
            lent: false,
        };
        match asked.shows(status) {
            Shown::Yes(witness, days) => {
                let end = leap(&asked, status, witness, days, limit);
                all.ranges.push((day, end));
                day = end + 1;
            }
            Shown::Spent => {
                all.ranges.push((day, day));
                all.spent = true;
                day += 1;
            }
            Shown::No => day = barren(&asked, status, limit) + 1,
        }
    }
    all.ranges = merged(all.ranges);
    all
}

/// The last day known to be shown by the witness without a gap.
fn leap(asked: &Asked, status: Status, witness: Witness, mut days: Vec<i64>, limit: i64) -> i64 {
    let Point::Close { first: mut at, .. } = asked.point else {
        return limit;
    };
    let mut end = run_end(asked, witness, &days, at).min(limit);
    let mut step = 1;
    while end < limit {
        let target = end.saturating_add(step).min(limit);
        let further = Asked {
            instance: asked.instance,
            slot: asked.slot,
            point: Point::Close {
                first: target,
                last: target,
            },
            lent: false,
        };
        match further.by(witness, status) {
            Found::Solution(next)
                if target == end + 1 || alike(asked, (&days, at), (&next, target)) =>
            {
                end = run_end(&further, witness, &next, target).min(limit);
                days = next;
                at = target;
                step = step.saturating_mul(2);
            }
            _ if step > 1 => step = 1,
            _ => break,
        }
    }
    end
}

/// How long a timeline goes on showing what it shows on a day.
fn run_end(asked: &Asked, witness: Witness, days: &[i64], at: i64) -> i64 {
    if asked.slot.fades.is_some() {
        return at;
    }
    let later = asked
        .slot
        .moments
        .iter()
        .map(|m| days[m.var])
        .filter(|d| *d > at)
        .min();
    match witness {
        Witness::Next(var) => days[var] - 1,
        _ => later.map_or(i64::MAX, |d| d - 1),
    }
}

/// Whether two timelines, each with the day it was asked about, agree on all that was chosen:
/// on which side of the day each moment lies, and whatever the network chose.
fn alike(asked: &Asked, low: (&[i64], i64), high: (&[i64], i64)) -> bool {
    let vars = asked.slot.vars();
    // Under `fades after`, one and the same moment must keep both days in memory.
    let remembered = asked.slot.fades.is_none_or(|fades| {
        vars.iter()
            .any(|v| (low.0[*v] - low.1).abs() <= fades && (high.0[*v] - high.1).abs() <= fades)
    });
    remembered
        && vars
            .iter()
            .all(|v| (low.0[*v] <= low.1) == (high.0[*v] <= high.1))
        && asked.instance.solver.alike(&vars, low.0, high.0)
}

/// The last day of a window, from the day asked about on, in which no day shows the status.
fn barren(asked: &Asked, status: Status, limit: i64) -> i64 {
    let Point::Close { first, .. } = asked.point else {
        return limit;
    };
    let mut end = first;
    let mut step = 1;
    while end < limit {
        let target = first.saturating_add(step).min(limit);
        let window = Asked {
            instance: asked.instance,
            slot: asked.slot,
            point: Point::Close {
                first,
                last: target,
            },
            lent: false,
        };
        match window.shows(status) {
            Shown::No => end = target,
            Shown::Yes(..) | Shown::Spent => break,
        }
        step = step.saturating_mul(2);
    }
    end
}

/// Sorted ranges with adjacent ones joined.
pub(crate) fn merged(mut ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    ranges.sort_unstable();
    let mut all: Vec<(i64, i64)> = Vec::new();
    for (first, last) in ranges {
        match all.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => all.push((first, last)),
        }
    }
    all
}
