//! What the roads say of an event's days, beside the days that bind and the days that were meant.

use std::collections::BTreeSet;

use annals_chronicle::{Claim, Day, DaySet, DetailValue, EventId, Mode, Moment, Point};
use annals_reason::{Fit, Journey, JourneyWay, Roads};

use crate::ask::Asker;
use crate::travel_types::{ExpectedShown, JourneyShown, Reckoning};
use crate::words::mode_word;

/// Days by the roads: at the utmost pace, and at usual paces.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    first: Option<i64>,
    last: Option<i64>,
    first_usual: Option<i64>,
    last_usual: Option<i64>,
}

impl Asker<'_> {
    /// The reckoning of an event; `None` where no journey ends or begins with it and no day was
    /// meant for it.
    pub(crate) fn reckoning(&self, event: EventId) -> Option<Reckoning> {
        let mut window = Window::default();
        let mut journeys = Vec::new();
        let roads = Roads::new(self.chronicle);
        let all = self.reasoner.journeys();
        for journey in &all {
            let comes = self.is_or_follows(event, journey.to.moment);
            let goes = self.is_or_precedes(event, journey.from.moment);
            if journey.mode != Mode::Asserted || !comes && !goes {
                continue;
            }
            for way in &journey.ways {
                journeys.push(self.journey_shown(journey, way, &roads));
            }
            let Some(best) = journey.ways.iter().min_by_key(|w| (w.fit, w.least_m)) else {
                continue;
            };
            if comes {
                self.no_earlier(journey, best, &mut window);
            } else {
                self.no_later(journey, best, &mut window);
            }
        }
        let day = |d: Option<i64>| {
            d.and_then(|d| i32::try_from(d).ok())
                .map(|d| self.day(Day(d)))
        };
        let none =
            |first: Option<i64>, last: Option<i64>| first.zip(last).is_some_and(|(a, b)| a > b);
        let reckoning = Reckoning {
            no_day: none(window.first, window.last),
            no_day_usual: none(window.first_usual, window.last_usual),
            earliest: day(window.first),
            latest: day(window.last),
            earliest_usual: day(window.first_usual),
            latest_usual: day(window.last_usual),
            expected: self.expected(event, window, (&all, &roads)),
            journeys,
        };
        let empty = reckoning.journeys.is_empty() && reckoning.expected.is_empty();
        (!empty).then_some(reckoning)
    }

    /// Whether a moment is of the event, or some claim puts it before the event.
    fn is_or_follows(&self, event: EventId, moment: Moment) -> bool {
        moment.event == event
            || self
                .claims_of(moment.event)
                .any(|c| points(c).any(|p| matches!(p, Point::Before(a) if a.event == event)))
            || self
                .claims_of(event)
                .any(|c| points(c).any(|p| matches!(p, Point::After(a) if a.event == moment.event)))
    }

    /// Whether a moment is of the event, or some claim puts it after the event.
    fn is_or_precedes(&self, event: EventId, moment: Moment) -> bool {
        moment.event == event
            || self
                .claims_of(moment.event)
                .any(|c| points(c).any(|p| matches!(p, Point::After(a) if a.event == event)))
    }

    fn claims_of(&self, event: EventId) -> impl Iterator<Item = &Claim> {
        let claims = self.chronicle.events[event.index()].claims.iter();
        let claims = claims.map(|c| self.claim(*c));
        claims.filter(|c| !c.draft && c.mode == Mode::Asserted)
    }

    fn no_earlier(&self, journey: &Journey, way: &JourneyWay, window: &mut Window) {
        let days = self.moment_days(journey.from.moment);
        let Some(first) = days.first().map(|d| i64::from(d.0)) else {
            return;
        };
        let later = |nights: Option<u64>| Some(first.saturating_add(nights? as i64));
        window.first = window.first.max(later(way.needed));
        window.first_usual = window.first_usual.max(later(way.usual));
    }

    fn no_later(&self, journey: &Journey, way: &JourneyWay, window: &mut Window) {
        let days = self.moment_days(journey.to.moment);
        let Some(last) = days.last().map(|d| i64::from(d.0)) else {
            return;
        };
        let earlier = |nights: Option<u64>| Some(last.saturating_sub(nights? as i64));
        let least = |a: Option<i64>, b: Option<i64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        window.last = least(window.last, earlier(way.needed));
        window.last_usual = least(window.last_usual, earlier(way.usual));
    }

    fn journey_shown(
        &self,
        journey: &Journey,
        way: &JourneyWay,
        roads: &Roads<'_>,
    ) -> JourneyShown {
        let (from, to) = (
            self.place_name(journey.from.place),
            self.place_name(journey.to.place),
        );
        let who = match journey.who {
            Some(who) => self.name(who),
            None => "news".to_owned(),
        };
        let via: Vec<String> = way.via.iter().map(|p| self.place_name(*p)).collect();
        let mut by = match via.is_empty() {
            true => String::new(),
            false => format!(" by way of {}", via.join(", ")),
        };
        let said: Vec<String> = (way.said_by.iter())
            .flat_map(|c| self.sources(&self.claim(*c).attestations))
            .map(|s| s.words)
            .collect();
        if !said.is_empty() {
            by.push_str(&format!(" ({})", said.join(", ")));
        }
        let least = way.least_m / 1_000;
        let km = match way
            .route
            .as_ref()
            .map(|r| r.most_m.map(|m| m.div_ceil(1_000)))
        {
            Some(Some(most)) if most != least => format!("{least} to {most} km"),
            Some(Some(_)) => format!("{least} km"),
            _ => format!("{least} km or more"),
        };
        // Days of travel are counted with the first and the last.
        let usual = way
            .usual
            .map(|n| format!(", {} at a usual pace", n + 1))
            .unwrap_or_default();
        let takes = match way.needed.map(|n| n + 1) {
            Some(1) => format!("1 day of travel at the utmost{usual}"),
            Some(utmost) => format!("{utmost} days of travel at the utmost{usual}"),
            None => "no way for want of water".to_owned(),
        };
        let words = format!(
            "{who} from {from} to {to}{by}: {km}, {takes}; the dates leave {}",
            journey.days + 1,
        );
        let legs = way.route.iter().flat_map(|r| &r.legs);
        JourneyShown {
            words,
            fit: way.fit.word(),
            roads: legs.map(|leg| self.leg_shown(leg, roads)).collect(),
        }
    }

    /// The days that were meant for an event, each against what the roads leave; then what else of
    /// the same undertaking was meant, each by the journey that would have ended so.
    fn expected(
        &self,
        event: EventId,
        window: Window,
        (journeys, roads): (&[Journey], &Roads<'_>),
    ) -> Vec<ExpectedShown> {
        let near = self.undertaking(event);
        let mut plans: Vec<&Claim> = (self.chronicle.claims.iter())
            .filter(|c| !c.draft && !c.doubted && is_plan(c.mode) && near.contains(&c.event))
            .collect();
        plans.sort_by_key(|c| (c.event != event, c.id));
        let mut all = Vec::new();
        for claim in plans {
            let Some(days) = own_days(claim) else {
                continue;
            };
            let own = claim.event == event;
            let meant = journeys.iter().filter(|j| j.to.claim == claim.id);
            let ways = || {
                meant
                    .clone()
                    .flat_map(|j| j.ways.iter().map(move |w| (j, w)))
            };
            let by_roads = if own { fit(&days, window) } else { None };
            let by_journey = ways().map(|(_, w)| w.fit).min();
            let shown = ways().map(|(j, way)| self.journey_shown(j, way, roads));
            all.push(ExpectedShown {
                mode: mode_word(claim.mode),
                sentence: (!own).then(|| self.sentence_words(&claim.sentence)),
                label: self.chronicle.events[claim.event.index()]
                    .label
                    .as_deref()
                    .filter(|_| !own)
                    .map(str::to_owned),
                fit: by_roads.max(by_journey).map(Fit::word),
                days: self.days(&days),
                sources: self.sources(&claim.attestations),
                journeys: shown.collect(),
            });
        }
        all
    }

    /// The events that claims tie to one: by their dates or details, or by a whole that both are
    /// part of or lie in.
    fn undertaking(&self, event: EventId) -> BTreeSet<EventId> {
        let mut near = BTreeSet::from([event]);
        let wholes: BTreeSet<EventId> = self.ties(event).filter(|(_, w)| *w).map(|t| t.0).collect();
        near.extend(self.ties(event).map(|(other, _)| other));
        for other in &self.chronicle.events {
            let tied = |(to, whole): (EventId, bool)| to == event || whole && wholes.contains(&to);
            if self.ties(other.id).any(tied) {
                near.insert(other.id);
            }
        }
        near
    }

    /// What the claims of an event name in dates and details, each with whether it is a whole.
    fn ties(&self, event: EventId) -> impl Iterator<Item = (EventId, bool)> {
        let claims = self.chronicle.events[event.index()].claims.iter();
        let claims = claims
            .map(|c| self.claim(*c))
            .filter(|c| !c.draft && !c.doubted);
        claims.flat_map(|claim| {
            let dates = points(claim).filter_map(|point| match point {
                Point::During(a) => Some((a.event, true)),
                Point::After(a) | Point::Before(a) | Point::At(a) => Some((a.event, false)),
                Point::Offset { anchor, .. } | Point::Cell { anchor, .. } => {
                    Some((anchor.event, false))
                }
                Point::Undated
                | Point::Always
                | Point::On(_)
                | Point::Span { .. }
                | Point::Throughout(_) => None,
            });
            let details = claim.details.iter().filter_map(|d| match d.value {
                DetailValue::Event(of) => Some((of, d.key == "part of")),
                _ => None,
            });
            dates.chain(details)
        })
    }
}

/// Whether a claim says what was meant to be.
fn is_plan(mode: Mode) -> bool {
    matches!(mode, Mode::Planned | Mode::Expected | Mode::Ordered)
}

/// The days that a claim's own dates name; `None` where they name none.
fn own_days(claim: &Claim) -> Option<DaySet> {
    let sets = claim.when.conditions.iter();
    let sets = sets.filter_map(|c| match &c.alternatives[..] {
        [Point::On(set)] => Some(set.clone()),
        _ => None,
    });
    sets.reduce(|a, b| a.intersect(&b).unwrap_or(a))
}

fn points(claim: &Claim) -> impl Iterator<Item = &Point> {
    claim.when.conditions.iter().flat_map(|c| &c.alternatives)
}

/// Whether some day of a set lies where the roads leave it.
fn fit(days: &DaySet, window: Window) -> Option<Fit> {
    if window.first.is_none() && window.last.is_none() {
        return None;
    }
    let meets = |first: Option<i64>, last: Option<i64>| {
        let after = |d: Option<Day>| first.is_none_or(|f| d.is_none_or(|d| i64::from(d.0) >= f));
        let before = |d: Option<Day>| last.is_none_or(|l| d.is_none_or(|d| i64::from(d.0) <= l));
        days.ranges()
            .iter()
            .any(|r| after(r.last) && before(r.first))
    };
    Some(
        match (
            meets(window.first_usual, window.last_usual),
            meets(window.first, window.last),
        ) {
            (true, _) => Fit::Plausible,
            (_, true) => Fit::Strained,
            _ => Fit::Impossible,
        },
    )
}
