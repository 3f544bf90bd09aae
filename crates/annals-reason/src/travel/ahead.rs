//! Days and distances that journeys will ask for, worked out component by component.
//!
//! A thing goes from one component to another and comes back. Journeys that asked for days as they
//! met them would have every component made, and kept, a second time.

use std::collections::BTreeMap;
use std::sync::Arc;

use annals_chronicle::{Chronicle, Day, EntityId, Moment};

use super::chain::CHAIN;
use super::journey::most_days;
use super::whereabouts::{Whereabouts, is_plan};
use crate::answer::{Bounds, Span};
use crate::component::Component;
use crate::days::Days;
use crate::partition::Partition;
use crate::print::place;

/// What happened to whom, by component, then thing.
pub(crate) struct Ahead {
    stops: Vec<(u32, EntityId, Moment)>,
}

impl Ahead {
    /// Gathers the stops of all things; none where nothing moves.
    pub fn new(chronicle: &Chronicle, partition: &Partition) -> Ahead {
        let mut stops = Vec::new();
        if !chronicle.movers.is_empty() {
            for (who, told) in Whereabouts::new(chronicle).stops() {
                let happened = told.iter().filter(|t| !is_plan(t.mode));
                stops.extend(happened.map(|t| {
                    let moment = t.stop.moment;
                    (partition.of_event[moment.event.index()], who, moment)
                }));
            }
        }
        stops.sort_unstable();
        stops.dedup();
        Ahead { stops }
    }

    /// The days of all stops in a component, and the distances between those that follow each
    /// other; `None` where there are none.
    pub fn days(&self, at: u32, component: &Component) -> Option<Arc<Days>> {
        let first = self.stops.partition_point(|(of, ..)| *of < at);
        let own = self.stops[first..].chunk_by(|a, b| a.0 == b.0).next()?;
        if own.first()?.0 != at {
            return None;
        }
        let events = &component.scope.events;
        let placed = |m: Moment| (place(events, m.event), m.edge);
        let mut known: BTreeMap<Moment, Bounds> = BTreeMap::new();
        for (.., moment) in own {
            let find = || component.bounds(*moment);
            known.entry(*moment).or_insert_with(find);
        }
        let days = Days::default();
        for of_thing in own.chunk_by(|a, b| a.1 == b.1) {
            let mut stops: Vec<Stop> = of_thing
                .iter()
                .map(|(.., moment)| {
                    let of = &known[moment].days;
                    let day = |d: Option<Day>, else_: i64| d.map_or(else_, |d| i64::from(d.0));
                    let (first, last) = (of.first(), of.last());
                    (day(first, i64::MIN / 4), day(last, i64::MAX / 4), *moment)
                })
                .collect();
            stops.sort_unstable();
            for (at, to) in stops.iter().enumerate() {
                // As far back as each stop leaves few days for the next.
                let mut next = to;
                for from in stops[..at].iter().rev().take(CHAIN) {
                    let span = |to: &Stop| {
                        let key = (placed(from.2), placed(to.2));
                        *days.spans.get(&key, || span(component, &known, from, to))
                    };
                    let between =
                        |to: &Stop| most_days((from.0, from.1), (to.0, to.1), || span(to));
                    if between(next).is_none() {
                        break;
                    }
                    between(to);
                    next = from;
                }
            }
        }
        for (moment, bounds) in known {
            days.bounds.put(placed(moment), bounds);
        }
        Some(Arc::new(days))
    }
}

/// A moment with its first and last day.
type Stop = (i64, i64, Moment);

fn span(component: &Component, known: &BTreeMap<Moment, Bounds>, from: &Stop, to: &Stop) -> Span {
    let fixed = |of: &Stop| of.0 == of.1 && known[&of.2].proven;
    if fixed(from) && fixed(to) && component.plain_of(&[from.2, to.2]).is_some() {
        // One day each in all timelines, and all tell of both.
        let days = Some(to.0 - from.0);
        return Span {
            least: days,
            most: days,
            proven: true,
        };
    }
    component.difference(from.2, to.2)
}
