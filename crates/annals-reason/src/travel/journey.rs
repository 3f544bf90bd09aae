//! Journeys that claims tell of or plan, and whether anybody could have made them.
//!
//! A journey leads from one stay of a thing to its next. It binds nothing: roads, usual paces and
//! the kind of traveller are known too loosely for that. What comes out is a verdict with the
//! numbers behind it.

use std::collections::BTreeMap;

use annals_chronicle::{
    Chronicle, Claim, ClaimId, DaySet, Edge, EntityId, Mode, Moment, Point, Sentence,
};
use annals_travel::nights;

use super::distance::{admitted, lies, line_m};
use super::said::{Slot, Stay, circumstances, news_of, site, stays_if_true};
use super::ways::{Roads, Route};
use crate::reasoner::Reasoner;

/// Words of circumstances and details that say by what place a way leads.
const BY_WAY_OF: [&str; 3] = ["via", "through", "by way of"];
/// Those that say how somebody gets about.
const MANNERS: [&str; 2] = ["by", "travel"];

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
#[derive(Clone, Copy, Debug)]
struct Dated {
    stop: Stop,
    mode: Mode,
    first: i64,
    last: i64,
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
        for (who, stops) in finder.stops() {
            finder.of_thing(who, &stops, &mut all);
        }
        finder.of_news(&mut all);
        all.sort_by_key(|j: &Journey| (j.to.claim, j.from.claim, j.who));
        all
    }
}

struct Finder<'r> {
    reasoner: &'r Reasoner,
    chronicle: &'r Chronicle,
    roads: Roads<'r>,
    /// Of things that are surely the same, the name that stands for all.
    same: BTreeMap<EntityId, EntityId>,
    /// Who would be where by which claim.
    stays: Vec<(ClaimId, Vec<Stay>)>,
    /// The claims by which a thing comes to a place, by both.
    arrivals: BTreeMap<(EntityId, EntityId), Vec<ClaimId>>,
}

/// Whether a claim says what was meant to be.
fn is_plan(mode: Mode) -> bool {
    matches!(mode, Mode::Planned | Mode::Expected | Mode::Ordered)
}

impl<'r> Finder<'r> {
    fn new(reasoner: &'r Reasoner) -> Finder<'r> {
        let chronicle = reasoner.chronicle();
        let mut finder = Finder {
            reasoner,
            chronicle,
            roads: Roads::new(chronicle),
            same: same(chronicle),
            stays: Vec::new(),
            arrivals: BTreeMap::new(),
        };
        let stays = |claim: &Claim| (claim.id, stays_if_true(chronicle, claim));
        let told = finder.claims().map(stays);
        finder.stays = told.filter(|(_, stays)| !stays.is_empty()).collect();
        for (claim, stays) in &finder.stays {
            for stay in stays.iter().filter(|s| s.edge == Edge::End) {
                let Slot::Things(places) = &stay.place else {
                    continue;
                };
                let [place] = places[..] else { continue };
                for who in stay.who.all() {
                    let key = (one(&finder.same, *who), one(&finder.same, place));
                    let known = finder.arrivals.entry(key).or_default();
                    if known.last() != Some(claim) {
                        known.push(*claim);
                    }
                }
            }
        }
        finder
    }

    fn claims(&self) -> impl Iterator<Item = &Claim> {
        let claims = self.chronicle.claims.iter();
        claims.filter(|c| !c.draft && !c.doubted && (c.mode == Mode::Asserted || is_plan(c.mode)))
    }

    /// The name that stands for a thing and all that are surely the same.
    fn one(&self, thing: EntityId) -> EntityId {
        one(&self.same, thing)
    }

    /// The stops of every thing that is told in two places.
    fn stops(&self) -> Vec<(EntityId, Vec<(Stop, Mode)>)> {
        let mut all: BTreeMap<EntityId, Vec<(Stop, Mode)>> = BTreeMap::new();
        for (claim, stays) in &self.stays {
            let claim = &self.chronicle.claims[claim.index()];
            for stay in stays {
                let (Slot::Things(who), Slot::Things(places)) = (&stay.who, &stay.place) else {
                    continue;
                };
                let [place] = places[..] else { continue };
                let place = self.one(place);
                if lies(self.chronicle, place).is_none() || doubted(claim, &stay.details) {
                    continue;
                }
                let stop = Stop {
                    claim: claim.id,
                    moment: self.moment(claim, stay.edge),
                    place,
                };
                for who in who {
                    let stops = all.entry(self.one(*who)).or_default();
                    // Several accounts of one event put somebody there once.
                    let known = |(s, mode): &(Stop, Mode)| {
                        (s.moment, s.place, *mode) == (stop.moment, stop.place, claim.mode)
                    };
                    if !stops.iter().any(known) {
                        stops.push((stop, claim.mode));
                    }
                }
            }
        }
        let several =
            |stops: &[(Stop, Mode)]| stops.iter().any(|(s, _)| s.place != stops[0].0.place);
        all.into_iter()
            .filter(|(_, stops)| several(stops))
            .collect()
    }

    /// Start and end are one moment of what does not last.
    fn moment(&self, claim: &Claim, edge: Edge) -> Moment {
        let lasting = self.chronicle.events[claim.event.index()].lasting;
        let edge = if lasting { edge } else { Edge::Start };
        Moment {
            event: claim.event,
            edge,
        }
    }

    fn dated(&self, (stop, mode): (Stop, Mode)) -> Option<Dated> {
        let days = match is_plan(mode) {
            true => own_days(&self.chronicle.claims[stop.claim.index()])?,
            false => self.reasoner.bounds(stop.moment).days,
        };
        let day = |d: Option<annals_chronicle::Day>| d.map(|d| i64::from(d.0));
        Some(Dated {
            stop,
            mode,
            first: day(days.first()).unwrap_or(i64::MIN / 4),
            last: day(days.last()).unwrap_or(i64::MAX / 4),
        })
    }

    fn of_thing(&self, who: EntityId, stops: &[(Stop, Mode)], all: &mut Vec<Journey>) {
        let mut dated: Vec<Dated> = stops.iter().filter_map(|s| self.dated(*s)).collect();
        dated.sort_by_key(|d| {
            (
                d.first,
                d.last,
                is_plan(d.mode),
                d.stop.moment,
                d.stop.claim,
            )
        });
        for (at, to) in dated.iter().enumerate() {
            // What was meant to be follows what was, or what else was meant; what was follows
            // what was.
            let before = |from: &&Dated| {
                let fits = match is_plan(to.mode) {
                    true => from.last <= to.last,
                    false => !is_plan(from.mode),
                };
                fits && from.stop.moment != to.stop.moment
            };
            let Some(from) = dated[..at].iter().rev().find(before) else {
                continue;
            };
            if from.stop.place == to.stop.place
                || to.last - from.first > AMPLE && from.last < to.first
            {
                continue;
            }
            if let Some(days) = self.days_between(from, to) {
                let ways = self.ways(Some(who), (from, to), days);
                all.push(Journey {
                    who: Some(who),
                    from: from.stop,
                    to: to.stop,
                    mode: to.mode,
                    days,
                    ways,
                });
            }
        }
    }

    /// The most days between two stops; `None` where their order is open or nothing limits them.
    fn days_between(&self, from: &Dated, to: &Dated) -> Option<i64> {
        let outer = to.last.saturating_sub(from.first);
        if is_plan(to.mode) || is_plan(from.mode) {
            return (from.last <= to.last && (0..=AMPLE).contains(&outer)).then_some(outer);
        }
        let span = self.reasoner.difference(from.stop.moment, to.stop.moment);
        let ordered = from.last <= to.first || span.least.is_some_and(|l| l >= 0);
        let most = span.most.map_or(outer, |m| m.min(outer));
        (ordered && (0..=AMPLE).contains(&most)).then_some(most)
    }

    /// The ways that claims give a journey, then the shortest.
    fn ways(
        &self,
        who: Option<EntityId>,
        (from, to): (&Dated, &Dated),
        days: i64,
    ) -> Vec<JourneyWay> {
        let mut vias: Vec<(Vec<EntityId>, Vec<ClaimId>)> = Vec::new();
        let key = who.map(|who| (who, to.stop.place));
        let told = key.and_then(|key| self.arrivals.get(&key));
        for claim in told.into_iter().flatten() {
            let via = self.via(*claim, key.map(|(who, _)| who), (from, to));
            match vias.iter_mut().find(|(known, _)| *known == via) {
                _ if via.is_empty() => {}
                Some((_, said_by)) => said_by.push(*claim),
                None => vias.push((via, vec![*claim])),
            }
        }
        vias.push((Vec::new(), Vec::new()));
        let ends = (from.stop, to.stop);
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
        let days = self.reasoner.bounds(self.moment(claim, Edge::End)).days;
        let (first, last) = (days.first(), days.last());
        let after = last.is_none_or(|d| i64::from(d.0) >= from.first);
        let before = first.is_none_or(|d| i64::from(d.0) <= to.last);
        if !after || !before {
            return vec![];
        }
        let stays = stays_if_true(self.chronicle, claim);
        let of = |stay: &Stay| stay.who.all().iter().any(|w| Some(self.one(*w)) == who);
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
        let mut via: Vec<EntityId> = all.map(|place| self.one(place)).collect();
        via.retain(|p| *p != from.stop.place && *p != to.stop.place);
        via
    }

    fn way(
        &self,
        who: Option<EntityId>,
        (from, to): (Stop, Stop),
        (via, said_by): (Vec<EntityId>, Vec<ClaimId>),
        days: i64,
    ) -> JourneyWay {
        let movers = self.movers(who, &[&[from.claim, to.claim][..], &said_by].concat());
        let places: Vec<EntityId> = [&[from.place][..], &via, &[to.place]].concat();
        let route = self.roads.through(&places, None);
        let line: u64 = places.windows(2).map(|p| self.line_m(p[0], p[1])).sum();
        let available = days.max(0) as u64;
        // Where no road leads, everybody goes as the crow flies.
        let way_of = |m: usize| match &route {
            None => Some((None, line)),
            Some(open) => {
                let own = self.way_with_water(open, &places, m)?;
                let metres = own.least_m;
                Some((Some(own), metres))
            }
        };
        let mut best: Option<(u64, Option<Route>, u64)> = None;
        let mut usual: Option<u64> = None;
        for m in &movers {
            let Some((own, metres)) = way_of(*m) else {
                continue;
            };
            let mover = &self.chronicle.movers[*m];
            // Whoever carries news is a courier as a rule.
            let ordinary = !mover.exceptional || who.is_none();
            let pace = mover.usual_m.unwrap_or(mover.least_m);
            if ordinary {
                let at_ease = nights(metres, pace);
                usual = Some(usual.map_or(at_ease, |u| u.min(at_ease)));
            }
            let needed = nights(metres, mover.most_m);
            if best.as_ref().is_none_or(|(known, ..)| needed < *known) {
                best = Some((needed, own, metres));
            }
        }
        let (needed, route, least_m) = match best {
            Some((needed, own, metres)) => (Some(needed), own, metres),
            None => {
                let metres = route.as_ref().map_or(line, |r| r.least_m);
                (movers.is_empty().then_some(0), route, metres)
            }
        };
        let fit = match needed {
            _ if movers.is_empty() || usual.is_some_and(|u| u <= available) => Fit::Plausible,
            Some(needed) if needed <= available => Fit::Strained,
            _ => Fit::Impossible,
        };
        JourneyWay {
            via,
            said_by,
            route,
            least_m,
            fit,
            movers,
            needed,
            usual,
        }
    }

    /// The way that a mover takes: the open one where it gets over all its roads, else the shortest
    /// with water enough.
    fn way_with_water(&self, open: &Route, places: &[EntityId], mover: usize) -> Option<Route> {
        let mover = Some(&self.chronicle.movers[mover]);
        let mut roads = open.legs.iter().map(|leg| leg.road);
        match roads.all(|road| self.roads.passable(road, mover)) {
            true => Some(open.clone()),
            false => self.roads.through(places, mover),
        }
    }

    fn line_m(&self, a: EntityId, b: EntityId) -> u64 {
        match (lies(self.chronicle, a), lies(self.chronicle, b)) {
            (Some(a), Some(b)) => line_m(a, b),
            _ => 0,
        }
    }

    /// The movers that may be meant, the fastest first: those that the claims name, else those of
    /// the kind of thing, or of the kind at whose pace the claims have it go.
    fn movers(&self, who: Option<EntityId>, claims: &[ClaimId]) -> Vec<usize> {
        let claims = claims.iter().map(|c| &self.chronicle.claims[c.index()]);
        let named: Vec<usize> = claims.clone().flat_map(|c| self.named_movers(c)).collect();
        let mut movers = match named.is_empty() {
            false => named,
            true => {
                let mut paces = claims.filter_map(|c| match &c.sentence {
                    Sentence::Happens { event_type, .. } => {
                        self.chronicle.vocabulary.event_types[event_type.index()].pace
                    }
                    _ => None,
                });
                let own = who.map(|who| self.chronicle.entities[who.index()].kind);
                let kind = paces.next().or(own);
                let on_land = |m: &usize| !self.chronicle.movers[*m].afloat;
                let all = 0..self.chronicle.movers.len();
                all.filter(|m| kind.is_none_or(|k| admitted(self.chronicle, *m, k)))
                    .filter(on_land)
                    .collect()
            }
        };
        movers.sort_by_key(|m| (std::cmp::Reverse(self.chronicle.movers[*m].most_m), *m));
        movers.dedup();
        movers
    }

    fn named_movers(&self, claim: &Claim) -> Vec<usize> {
        let details = claim.details.iter();
        let said = details.filter(|d| MANNERS.contains(&d.key.as_str()));
        let mut words: Vec<String> = said
            .map(|d| {
                d.written
                    .trim()
                    .trim_start_matches("by ")
                    .trim_start_matches("travel ")
            })
            .map(str::to_lowercase)
            .collect();
        if let Sentence::Happens { tail, .. } = &claim.sentence {
            let names = tail.iter();
            words.extend(names.map(|(c, _)| {
                let vocabulary = &self.chronicle.vocabulary;
                vocabulary.circumstances[c.index()].name.clone()
            }));
        }
        let movers = self.chronicle.movers.iter().enumerate();
        let is = |name: &String| {
            words
                .iter()
                .any(|w| w == name || w.trim_start_matches("by ") == name)
        };
        movers
            .filter(|(_, m)| m.names.iter().any(is))
            .map(|(at, _)| at)
            .collect()
    }

    /// News on its way from what it tells of to where it is heard.
    fn of_news(&self, all: &mut Vec<Journey>) {
        for claim in self.claims().filter(|c| c.mode == Mode::Asserted) {
            for (detail, event) in news_of(claim) {
                if doubted(claim, &[detail]) {
                    continue;
                }
                let tellers = self.chronicle.events[event.index()].claims.iter();
                let tellers = tellers.map(|c| &self.chronicle.claims[c.index()]);
                let mut told: Vec<EntityId> = Vec::new();
                for teller in tellers.filter(|t| !t.draft && t.mode == Mode::Asserted) {
                    let (Some(there), Some(here)) = (self.spot(teller), self.spot(claim)) else {
                        continue;
                    };
                    if there == here || told.contains(&there) {
                        continue;
                    }
                    told.push(there);
                    let stop = |claim: &Claim, edge, place| Stop {
                        claim: claim.id,
                        moment: self.moment(claim, edge),
                        place,
                    };
                    let from = self.dated((stop(teller, Edge::Start, there), Mode::Asserted));
                    let to = self.dated((stop(claim, Edge::Start, here), Mode::Asserted));
                    let (Some(from), Some(to)) = (from, to) else {
                        continue;
                    };
                    if let Some(days) = self.days_between(&from, &to) {
                        all.push(Journey {
                            who: None,
                            from: from.stop,
                            to: to.stop,
                            mode: Mode::Asserted,
                            days,
                            ways: self.ways(None, (&from, &to), days),
                        });
                    }
                }
            }
        }
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

/// Of things that are surely the same, the one declared first; the others by it.
fn same(chronicle: &Chronicle) -> BTreeMap<EntityId, EntityId> {
    let mut same: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for tie in chronicle.identities.iter().filter(|i| !i.doubted) {
        let (a, b) = (one(&same, tie.a), one(&same, tie.b));
        let (first, other) = (a.min(b), a.max(b));
        for stands in same.values_mut().filter(|s| **s == other) {
            *stands = first;
        }
        same.insert(other, first);
    }
    same
}

fn one(same: &BTreeMap<EntityId, EntityId>, thing: EntityId) -> EntityId {
    same.get(&thing).copied().unwrap_or(thing)
}

/// Whether one of these details is doubted.
fn doubted(claim: &Claim, details: &[u32]) -> bool {
    let mut details = details.iter();
    details.any(|d| claim.details[*d as usize].doubted)
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
