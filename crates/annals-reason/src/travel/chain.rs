//! Stops one after another, judged together: what each leg has days for, all of them may not.

use annals_chronicle::EntityId;

use super::journey::{Dated, Finder, Fit, Journey};
use super::whereabouts::is_plan;

/// Stops that are taken together at most.
pub(super) const CHAIN: usize = 8;

impl Finder<'_> {
    /// From each stop of a thing to those after the next, through all between, where that is worse
    /// than any part of it.
    pub(super) fn chains(
        &self,
        who: EntityId,
        dated: &[Dated],
        prior: &[Option<usize>],
        all: &mut Vec<Journey>,
    ) {
        // The journeys of one thing were found one after the other.
        let own = all.iter().rev().take_while(|j| j.who == Some(who));
        let mut known: Vec<_> = own
            .map(|j| ((j.from.claim, j.to.claim), worst(j)))
            .collect();
        known.reverse();
        let leg = |from: &Dated, to: &Dated| {
            let ends = (from.stop.claim, to.stop.claim);
            let of = known.iter().find(|(known, _)| *known == ends);
            of.map_or(Fit::Plausible, |(_, fit)| *fit)
        };
        // Stretches found wanting, by their ends.
        let mut found: Vec<(usize, usize, Fit)> = Vec::new();
        for (at, to) in dated.iter().enumerate().filter(|(_, d)| !is_plan(d.mode)) {
            let mut through: Vec<&Dated> = Vec::new();
            let mut parts = Fit::Plausible;
            let mut next = to;
            let mut back = prior[at];
            while let Some(from) = back.filter(|_| through.len() < CHAIN) {
                let start = &dated[from];
                if self.days_between(start, next).is_none() {
                    break;
                }
                parts = parts.max(leg(start, next));
                let days = match through.is_empty() {
                    true => None,
                    false => self.days_between(start, to),
                };
                let inside = found.iter().filter(|(a, b, _)| *a >= from && *b <= at);
                let parts_of = inside.map(|(.., fit)| *fit).fold(parts, Fit::max);
                let journey = days.and_then(|d| self.judged(Some(who), (start, to), &through, d));
                if let Some(journey) = journey.filter(|j| worst(j) > parts_of) {
                    found.push((from, at, worst(&journey)));
                    all.push(journey);
                }
                through.insert(0, start);
                next = start;
                back = prior[from];
            }
        }
    }
}

/// The verdict on a journey as told: the worst of the ways that claims give, else the shortest.
fn worst(journey: &Journey) -> Fit {
    let told = journey.ways.iter().filter(|w| !w.said_by.is_empty());
    let told = told.map(|w| w.fit).max();
    let any = journey.ways.iter().map(|w| w.fit).max();
    told.or(any).unwrap_or(Fit::Plausible)
}
