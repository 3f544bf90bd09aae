//! Which of Allen's relations two events stand in, read off each timeline.

use std::cmp::Ordering::{Equal, Greater, Less};

use annals_chronicle::{Edge, EventId, Moment};
use annals_reason::{Allen, Demand, Ends, Reasoner, Relations};

use crate::compare::Check;
use crate::lines::Stop;
use crate::plan::Plan;
use crate::world::{Oracle, Seen};

/// The start and the end of an event: each a day and a place in the line.
type Stretch = [(i32, usize); 2];

/// Notes the relation of every two events in one line.
pub fn note(plan: &Plan, told: &[EventId], line: &[Stop], seen: &mut Seen) {
    let stop = |moment: usize| {
        let place = line.iter().position(|(m, _)| *m == moment)?;
        Some((line[place].1, place))
    };
    let stretch = |event: EventId| -> Option<Stretch> {
        let (start, end) = plan.moments_of(event)?;
        Some([stop(start)?, stop(end)?])
    };
    let mut placed: Vec<(EventId, Stretch)> = Vec::new();
    for event in told {
        match stretch(*event) {
            Some(stretch) => placed.push((*event, stretch)),
            None => {
                seen.unplaced.insert(*event);
            }
        }
    }
    for (a, of_a) in &placed {
        for (b, of_b) in placed.iter().filter(|(b, _)| a != b) {
            let pair = seen.related.entry((*a, *b)).or_default();
            pair.add(relation(*of_a, *of_b));
        }
    }
}

/// The relation of two events that have these ends.
fn relation([a_start, a_end]: Stretch, [b_start, b_end]: Stretch) -> Allen {
    if a_end.1 < b_start.1 {
        return match a_end.0 < b_start.0 {
            true => Allen::Before,
            false => Allen::Meets,
        };
    }
    if b_end.1 < a_start.1 {
        return match b_end.0 < a_start.0 {
            true => Allen::After,
            false => Allen::MetBy,
        };
    }
    match (a_start.0.cmp(&b_start.0), a_end.0.cmp(&b_end.0)) {
        (Less, Less) => Allen::Overlaps,
        (Less, Equal) => Allen::FinishedBy,
        (Less, Greater) => Allen::Contains,
        (Equal, Less) => Allen::Starts,
        (Equal, Equal) => Allen::Equals,
        (Equal, Greater) => Allen::StartedBy,
        (Greater, Less) => Allen::During,
        (Greater, Equal) => Allen::Finishes,
        (Greater, Greater) => Allen::OverlappedBy,
    }
}

/// The relations of all events with a place in every line in which they are claimed.
pub fn compare(
    reasoner: &Reasoner,
    oracle: &Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    let plan = oracle.plan(oracle.all());
    let ends = |event: EventId| {
        let lasts = plan
            .moments_of(event)
            .is_some_and(|(start, end)| start != end);
        let edge = if lasts { Edge::End } else { Edge::Start };
        Ends {
            start: Moment {
                event,
                edge: Edge::Start,
            },
            end: Moment { event, edge },
        }
    };
    for ((a, b), expected) in &seen.related {
        // Of what has no place in some line every relation that its form allows is possible.
        if seen.unplaced.contains(a) || seen.unplaced.contains(b) {
            continue;
        }
        let (of_a, of_b) = (ends(*a), ends(*b));
        let ways: Vec<Vec<Demand>> = Allen::ALL.iter().map(|r| r.demands(of_a, of_b)).collect();
        let moments = [of_a.start, of_a.end, of_b.start, of_b.end];
        let found = reasoner.arrangements(&moments, &ways);
        let mut possible = Relations::default();
        for (relation, way) in Allen::ALL.into_iter().zip(&found.ways) {
            if way.possible {
                possible.add(relation);
            }
        }
        let names = |set: Relations| set.each().map(Allen::name).collect::<Vec<_>>().join(", ");
        check.same(&names(possible), &names(*expected), || {
            format!("relations of {a:?} and {b:?}")
        })?;
        check.same(&found.proven, &true, || {
            format!("relations of {a:?} and {b:?} proven")
        })?;
        excluded(reasoner, &moments, (&ways, *expected), check)?;
    }
    Ok(())
}

/// What excludes the other relations is there, and is nothing where there are none.
fn excluded(
    reasoner: &Reasoner,
    moments: &[Moment],
    (ways, expected): (&[Vec<Demand>], Relations),
    check: &mut Check,
) -> Result<(), String> {
    let others = expected.others();
    let kept = Allen::ALL.into_iter().zip(ways);
    let kept: Vec<Vec<Demand>> = kept
        .filter(|(relation, _)| others.contains(*relation))
        .map(|(_, way)| way.clone())
        .collect();
    let support = reasoner.arrangement_support(moments, &kept);
    check.same(&support.is_some(), &true, || {
        format!("what excludes {others:?} of {moments:?}")
    })
}
