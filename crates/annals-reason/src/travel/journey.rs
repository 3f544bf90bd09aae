//! Journeys that claims tell of or plan, and whether anybody could have made them.
//!
//! A journey leads from one stay of a thing to its next. It binds nothing: roads, usual paces and
//! the kind of traveller are known too loosely for that. What comes out is a verdict with the
//! numbers behind it.

use super::distance::lies;
use super::said::{Slot, Stay, circumstances, news_of, site, stays_if_true};
use super::ways::{Roads, Route};
use super::whereabouts::{Told, Whereabouts, doubted, is_plan};
use crate::answer::Span;
use crate::reasoner::Reasoner;
use annals_chronicle::{Chronicle, Claim, ClaimId, DaySet, Edge, EntityId, Mode, Moment, Point};

/// Words of circumstances and details that say by what place a way leads.
const BY_WAY_OF: [&str; 3] = ["via", "through", "by way of"];

/// Dates further apart than this leave time for any journey.
const AMPLE: i64 = 731;

/// Somebody in a place, as a claim has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The claim.
    pub claim: ClaimId,
    /// The moment of its event.
    pub moment: Moment,
    /// Where.
    pub place: EntityId,
}

/// The way of one thing, or of news, from one stop to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Who makes it; `None` for news.
    pub who: Option<EntityId>,
    /// Where it begins.
    pub from: Stop,
    /// Where it ends.
    pub to: Stop,
    /// How the end is claimed: as what happened, or planned, expected, ordered.
    pub mode: Mode,
    /// Other places where it may have begun, where a claim leaves that open: from none of them is it
    /// easier.
    pub from_or: Vec<EntityId>,
    /// Other places where it may have ended.
    pub to_or: Vec<EntityId>,
    /// Days between the two dates at most.
    pub days: i64,
    /// Ways by which it is said to have led; of those none where no claim says one, the shortest.
    pub ways: Vec<JourneyWay>,
}

/// A way of a journey, and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyWay {
    /// Places it leads by.
    pub via: Vec<EntityId>,
    /// Who says so; empty for the shortest way.
    pub said_by: Vec<ClaimId>,
    /// The roads, where roads lead there.
    pub route: Option<Route>,
    /// Metres at least.
    pub least_m: u64,
    /// Whether it can be.
    pub fit: Fit,
    /// The movers that may be meant, by place among all; the fastest first.
    pub movers: Vec<usize>,
    /// Of these, those afloat of which nothing speaks but that no road by land leads there.
    pub perhaps: Vec<usize>,
    /// Days between the dates that the fastest of them needs; `None` where nobody gets over it for
    /// want of water.
    pub needed: Option<u64>,
    /// Those that an ordinary one needs at its usual pace.
    pub usual: Option<u64>,
}

/// Whether a journey can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// An ordinary mover at its usual pace does it, by the least length.
    Plausible,
    /// Only the utmost does it: an ordinary mover at its greatest pace, or one out of the ordinary.
    Strained,
    /// Nobody does it.
    Impossible,
}

impl Fit {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Fit::Plausible => "plausible",
            Fit::Strained => "strained",
            Fit::Impossible => "impossible",
        }
    }
}

/// A stop with the days it may have.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub stop: Stop,
    pub places: Vec<EntityId>,
    pub mode: Mode,
    pub first: i64,
    pub last: i64,
}

impl Reasoner {
    /// Every journey that claims tell of or plan and for which the dates leave few days, with its
    /// verdict; in document order of where they end.
    pub fn journeys(&self) -> Vec<Journey> {
        let chronicle = self.chronicle();
        if chronicle.movers.is_empty() {
            return vec![];
        }
        let finder = Finder::new(self);
        let mut all = Vec::new();
        for (who, stops) in finder.told.stops() {
            finder.of_thing(who, stops, &mut all);
        }
        finder.of_news(&mut all);
        all.sort_by_key(|j: &Journey| (j.to.claim, j.from.claim, j.who));
        all
    }
}

pub(super) struct Finder<'r> {
    pub(super) reasoner: &'r Reasoner,
    pub(super) chronicle: &'r Chronicle,
    pub(super) roads: Roads<'r>,
    told: Whereabouts<'r>,
}

impl<'r> Finder<'r> {
    fn new(reasoner: &'r Reasoner) -> Finder<'r> {
        let chronicle = reasoner.chronicle();
        Finder {
            reasoner,
            chronicle,
            roads: Roads::new(chronicle),
            told: Whereabouts::new(chronicle),
        }
    }

    fn dated(&self, told: Told) -> Option<Dated> {
        let days = match is_plan(told.mode) {
            true => own_days(&self.chronicle.claims[told.stop.claim.index()])?,
            false => self.reasoner.bounds(told.stop.moment).days,
        };
        let day = |d: Option<annals_chronicle::Day>| d.map(|d| i64::from(d.0));
        Some(Dated {
            stop: told.stop,
            places: told.places,
            mode: told.mode,
            first: day(days.first()).unwrap_or(i64::MIN / 4),
            last: day(days.last()).unwrap_or(i64::MAX / 4),
        })
    }

    fn of_thing(&self, who: EntityId, stops: Vec<Told>, all: &mut Vec<Journey>) {
        let mut dated: Vec<Dated> = stops.into_iter().filter_map(|s| self.dated(s)).collect();
        dated.sort_by_key(|d| {
            let (plan, stop) = (is_plan(d.mode), d.stop);
            (d.first, d.last, plan, stop.moment, stop.claim)
        });
        // The stop before each.
        let mut prior: Vec<Option<usize>> = Vec::new();
        for (at, to) in dated.iter().enumerate() {
            // What was meant to be follows what was, or what else was meant; what was follows
            // what was.
            let before = |from: &usize| {
                let from = &dated[*from];
                let fits = match is_plan(to.mode) {
                    true => from.last <= to.last,
                    false => !is_plan(from.mode),
                };
                fits && from.stop.moment != to.stop.moment
            };
            prior.push((0..at).rev().find(before));
            let Some(from) = prior[at].map(|p| &dated[p]) else {
                continue;
            };
            if let Some(days) = self.days_between(from, to) {
                all.extend(self.judged(Some(who), (from, to), &[], days));
            }
        }
        self.chains(who, &dated, &prior, all);
    }

    /// The journey from one stop to another; `None` where they may be one place. Where a claim
    /// leaves open where somebody was, the easiest of what it may be counts.
    pub(super) fn judged(
        &self,
        who: Option<EntityId>,
        (from, to): (&Dated, &Dated),
        through: &[&Dated],
        days: i64,
    ) -> Option<Journey> {
        let mut best: Option<((Fit, u64), Journey)> = None;
        for (a, b) in pairs(&from.places, &to.places) {
            if a == b && through.is_empty() {
                return None;
            }
            let at = |stop: Stop, place| Stop { place, ..stop };
            let ends = (at(from.stop, a), at(to.stop, b));
            let ways = match through.is_empty() {
                true => self.ways(who, (from, to), ends, days),
                false => vec![self.way(who, ends, along(through), days)],
            };
            let rank = ways.iter().map(|w| (w.fit, w.least_m)).min()?;
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                let others = |places: &[EntityId], of: EntityId| {
                    places.iter().copied().filter(|p| *p != of).collect()
                };
                let journey = Journey {
                    who,
                    from: ends.0,
                    to: ends.1,
                    mode: to.mode,
                    from_or: others(&from.places, a),
                    to_or: others(&to.places, b),
                    days,
                    ways,
                };
                best = Some((rank, journey));
            }
        }
        best.map(|(_, journey)| journey)
    }

    /// The most days between two stops; `None` where their order is open or nothing limits them.
    pub(super) fn days_between(&self, from: &Dated, to: &Dated) -> Option<i64> {
        let outer = to.last.saturating_sub(from.first);
        if is_plan(to.mode) || is_plan(from.mode) {
            return (from.last <= to.last && (0..=AMPLE).contains(&outer)).then_some(outer);
        }
        let span = || self.reasoner.difference(from.stop.moment, to.stop.moment);
        most_days((from.first, from.last), (to.first, to.last), span)
    }

    /// The ways that claims give a journey, then the shortest.
    fn ways(
        &self,
        who: Option<EntityId>,
        (from, to): (&Dated, &Dated),
        ends: (Stop, Stop),
        days: i64,
    ) -> Vec<JourneyWay> {
        let mut vias: Vec<(Vec<EntityId>, Vec<ClaimId>)> = Vec::new();
        let key = who.map(|who| (who, ends.1.place));
        let told = key.and_then(|key| self.told.arrivals.get(&key));
        for claim in told.into_iter().flatten() {
            let via = self.via(*claim, key.map(|(who, _)| who), (from, to));
            match vias.iter_mut().find(|(known, _)| *known == via) {
                _ if via.is_empty() => {}
                Some((_, said_by)) => said_by.push(*claim),
                None => vias.push((via, vec![*claim])),
            }
        }
        vias.push((Vec::new(), Vec::new()));
        let ways = vias
            .into_iter()
            .map(|(via, said)| self.way(who, ends, (via, said), days));
        ways.collect()
    }

    /// The places by which a claim has somebody come to where a journey ends.
    fn via(
        &self,
        claim: ClaimId,
        who: Option<EntityId>,
        (from, to): (&Dated, &Dated),
    ) -> Vec<EntityId> {
        let claim = &self.chronicle.claims[claim.index()];
        let days = self
            .reasoner
            .bounds(self.told.moment(claim, Edge::End))
            .days;
        let (first, last) = (days.first(), days.last());
        let after = last.is_none_or(|d| i64::from(d.0) >= from.first);
        let before = first.is_none_or(|d| i64::from(d.0) <= to.last);
        if !after || !before {
            return vec![];
        }
        let stays = stays_if_true(self.chronicle, claim);
        let of = |stay: &Stay| {
            stay.who
                .all()
                .iter()
                .any(|w| Some(self.told.one(*w)) == who)
        };
        let origin = stays.iter().find(|s| s.edge == Edge::Start && of(s));
        // Of several places that it may have been none is on the way for sure.
        let origin = origin.and_then(|s| match &s.place {
            Slot::Things(places) => Some(places.clone()),
            Slot::OneOf(..) => None,
        });
        let origin = origin.unwrap_or_default();
        let named = circumstances(self.chronicle, claim, &BY_WAY_OF);
        let named = named.into_iter().flat_map(|(places, _)| places);
        let all = origin.into_iter().chain(named);
        let mut via: Vec<EntityId> = all.map(|place| self.told.one(place)).collect();
        via.retain(|p| !from.places.contains(p) && !to.places.contains(p));
        via
    }

    /// News on its way from what it tells of to where it is heard, or was to be.
    fn of_news(&self, all: &mut Vec<Journey>) {
        for claim in self.told.claims() {
            for (detail, event) in news_of(claim) {
                if doubted(claim, &[detail]) {
                    continue;
                }
                let tellers = self.chronicle.events[event.index()].claims.iter();
                let tellers = tellers.map(|c| &self.chronicle.claims[c.index()]);
                let mut told: Vec<(EntityId, bool)> = Vec::new();
                for teller in tellers.filter(|t| self.tells(t, claim)) {
                    let (Some(there), Some(here)) = (self.spot(teller), self.spot(claim)) else {
                        continue;
                    };
                    let known = (there, is_plan(teller.mode));
                    if there == here || told.contains(&known) {
                        continue;
                    }
                    let stop = |claim: &Claim, place| Told {
                        stop: Stop {
                            claim: claim.id,
                            moment: self.told.moment(claim, Edge::Start),
                            place,
                        },
                        places: vec![place],
                        mode: claim.mode,
                    };
                    let ends = (
                        self.dated(stop(teller, there)),
                        self.dated(stop(claim, here)),
                    );
                    let (Some(from), Some(to)) = ends else {
                        continue;
                    };
                    if let Some(days) = self.days_between(&from, &to) {
                        told.push(known);
                        all.extend(self.judged(None, (&from, &to), &[], days));
                    }
                }
            }
        }
    }

    /// Whether a claim can be what news is of: what happened; of news that was to come, also what
    /// was to happen.
    fn tells(&self, teller: &Claim, news: &Claim) -> bool {
        let plan = is_plan(teller.mode) && is_plan(news.mode);
        !teller.draft && !teller.doubted && (teller.mode == Mode::Asserted || plan)
    }

    fn spot(&self, claim: &Claim) -> Option<EntityId> {
        let sites = site(self.chronicle, claim).into_iter();
        let places = sites.flat_map(|(slot, detail)| match slot {
            Slot::Things(places) if !doubted(claim, detail.as_slice()) => places,
            _ => vec![],
        });
        let mut known = places.filter(|p| lies(self.chronicle, *p).is_some());
        known.next()
    }
}

/// The most days between two stops of which the first and last days are known; `None` where their
/// order is open, nothing limits them, or they leave time for any journey.
pub(super) fn most_days(
    from: (i64, i64),
    to: (i64, i64),
    span: impl FnOnce() -> Span,
) -> Option<i64> {
    let outer = to.1.saturating_sub(from.0);
    if outer > AMPLE && from.1 < to.0 {
        return None;
    }
    let span = span();
    let ordered = from.1 <= to.0 || span.least.is_some_and(|l| l >= 0);
    let most = span.most.map_or(outer, |m| m.min(outer));
    (ordered && (0..=AMPLE).contains(&most)).then_some(most)
}

/// Every place with every other, a few at most.
fn pairs(a: &[EntityId], b: &[EntityId]) -> Vec<(EntityId, EntityId)> {
    let all = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
    all.collect()
}

/// The way through stops, as the claims of these have it.
fn along(stops: &[&Dated]) -> (Vec<EntityId>, Vec<ClaimId>) {
    // Of several places that a stop may have been none is on the way for sure.
    let sure = || stops.iter().filter(|s| s.places.len() == 1);
    let mut places: Vec<EntityId> = sure().map(|s| s.stop.place).collect();
    places.dedup();
    (places, sure().map(|s| s.stop.claim).collect())
}

/// The days that a claim's own date names.
fn own_days(claim: &Claim) -> Option<DaySet> {
    let mut days: Option<DaySet> = None;
    for condition in &claim.when.conditions {
        let [Point::On(set)] = &condition.alternatives[..] else {
            continue;
        };
        days = match days {
            None => Some(set.clone()),
            Some(before) => before.intersect(set),
        };
    }
    days
}
