//! Claims that hang from an event whose own date cannot be read.
//!
//! Such an event keeps its label and counts nowhere. What is dated by it alone would float, and a
//! denial dated by it would deny at any time, so these count nowhere either, and what hangs from
//! them in turn. Each is reported as a lint: the error is the one of the first line.

use std::collections::BTreeMap;

use annals_chronicle::{Condition, EventId, Point};
use annals_text::Report;

use crate::dates::Dated;
use crate::words::brief;

/// Marks every claim that hangs from what is unusable as unusable too.
pub(crate) fn drop_hanging(dated: &mut [Dated], event_of: &[EventId], reports: &mut Vec<Report>) {
    // Nearly always every date can be read, and nothing hangs from what cannot.
    if !dated.iter().any(|claim| claim.unusable) {
        return;
    }
    let mut alive: BTreeMap<EventId, usize> = BTreeMap::new();
    let mut tied: BTreeMap<EventId, Vec<usize>> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    for (i, (claim, event)) in dated.iter().zip(event_of).enumerate() {
        *alive.entry(*event).or_default() += 1;
        if claim.unusable {
            open.push(i);
        }
        for anchor in claim.when.conditions.iter().flat_map(anchors) {
            tied.entry(anchor).or_default().push(i);
        }
    }
    let mut found: Vec<usize> = Vec::new();
    while let Some(i) = open.pop() {
        let left = alive.entry(event_of[i]).or_default();
        *left = left.saturating_sub(1);
        if *left > 0 {
            continue;
        }
        for claim in tied.get(&event_of[i]).into_iter().flatten() {
            let lost = |c: &Condition| is_lost(c, &alive);
            let of = &mut dated[*claim];
            let mut conditions = of.when.conditions.iter();
            let floats = if of.covers_all {
                conditions.any(lost)
            } else {
                conditions.all(lost)
            };
            if floats && !of.unusable {
                of.unusable = true;
                found.push(*claim);
                open.push(*claim);
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|claim| dated[*claim].when.conditions[0].span);
    let alone = |claim: usize| {
        let conditions = &dated[claim].when.conditions;
        conditions.iter().find(|c| is_lost(c, &alive))
    };
    reports.extend(found.into_iter().filter_map(alone).map(places_nothing));
}

/// Whether every way of placing hangs from an event of which nothing counts.
fn is_lost(condition: &Condition, alive: &BTreeMap<EventId, usize>) -> bool {
    let mut anchors = anchors(condition);
    anchors.len() == condition.alternatives.len()
        && anchors.all(|event| alive.get(&event).is_none_or(|left| *left == 0))
}

fn anchors(condition: &Condition) -> std::vec::IntoIter<EventId> {
    let anchors = condition.alternatives.iter().filter_map(|p| match p {
        Point::After(a) | Point::Before(a) | Point::During(a) | Point::At(a) => Some(a.event),
        Point::Offset { anchor, .. } | Point::Cell { anchor, .. } => Some(anchor.event),
        Point::Undated
        | Point::Always
        | Point::On(_)
        | Point::Span { .. }
        | Point::Throughout(_) => None,
    });
    anchors.collect::<Vec<_>>().into_iter()
}

fn places_nothing(condition: &Condition) -> Report {
    let code = if condition.written.contains('#') {
        "unknown-label"
    } else {
        "then-without-event"
    };
    let written = brief(&condition.written);
    Report::lint(
        code,
        format!("`{written}` places nothing while the date before it cannot be read"),
    )
    .at(condition.span, "mend the date of what is meant first")
    .note("the claim counts nowhere, for without its date it could lie anywhere")
}
