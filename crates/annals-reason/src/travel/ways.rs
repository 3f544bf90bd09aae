//! Roads as a network: the shortest way between places, as an interval of lengths, with the roads
//! it takes; and how long anybody is on it.

use std::collections::BTreeMap;

use annals_chronicle::{Chronicle, Distance, EntityId, KindId, Mover, Road};
use annals_travel::{Edge, Length, Network, days, with_rests};

use super::distance::{apart_m, lies, line_m};
use super::journey::Fit;

/// The roads of a chronicle, ready for questions.
pub struct Roads<'c> {
    chronicle: &'c Chronicle,
    /// The places that roads join, sorted.
    places: Vec<EntityId>,
    network: Network,
    /// The road of each edge, by its place in the chronicle.
    roads: Vec<usize>,
}

/// Over which roads a way may lead.
#[derive(Clone, Copy, Debug)]
pub enum Over<'m> {
    /// All of them, by land and by water.
    Any,
    /// Those by land or those by water, whether there are wells or not.
    Sort {
        /// By water.
        afloat: bool,
    },
    /// Those that a mover gets over.
    By(&'m Mover),
}

/// A way from place to place over roads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Metres at least: of the shortest way if every road is as short as it may be.
    pub least_m: u64,
    /// Metres at most: of the shortest way if every road is as long as it may be; `None` where
    /// nothing limits it.
    pub most_m: Option<u64>,
    /// The roads of the shortest way by the least lengths.
    pub legs: Vec<Leg>,
}

/// One road of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The road, by its place in the chronicle.
    pub road: usize,
    /// Where it is entered.
    pub from: EntityId,
    /// Where it is left.
    pub to: EntityId,
    /// Its length at least.
    pub least_m: u64,
    /// Its length at most.
    pub most_m: Option<u64>,
}

/// How many days of travel a way takes by one mover, the first and the last counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// By the least length at the fastest pace, without a rest.
    pub fastest: u64,
    /// By the least and the most length at the usual pace, with rests; the second may be open.
    pub usual: (u64, Option<u64>),
    /// By the most length at the slowest pace, with rests.
    pub slowest: Option<u64>,
}

impl Times {
    /// The days that a way of a length takes.
    pub fn of(mover: &Mover, least_m: u64, most_m: Option<u64>) -> Times {
        let usual = mover.usual_m.unwrap_or(mover.least_m);
        let rested = |metres, pace| with_rests(days(metres, pace), mover.rests_after);
        Times {
            fastest: days(least_m, mover.most_m),
            usual: (rested(least_m, usual), most_m.map(|m| rested(m, usual))),
            slowest: most_m.map(|m| rested(m, mover.least_m)),
        }
    }

    /// Whether it can be done between two dates that lie so many days apart: these leave one day of
    /// travel more, for whoever sets out in the morning of one comes in the evening of the other.
    pub fn fit(&self, apart: u64) -> Fit {
        let leave = apart.saturating_add(1);
        match (self.usual.0 <= leave, self.fastest <= leave) {
            (true, _) => Fit::Plausible,
            (_, true) => Fit::Strained,
            _ => Fit::Impossible,
        }
    }

    /// Whether the usual pace does it, however long the way is by any account.
    pub fn surely_fits(&self, apart: u64) -> bool {
        self.usual
            .1
            .is_some_and(|most| most <= apart.saturating_add(1))
    }
}

impl<'c> Roads<'c> {
    /// The roads of a chronicle; those that are doubted are not counted on.
    pub fn new(chronicle: &'c Chronicle) -> Roads<'c> {
        let counted = chronicle.roads.iter().enumerate();
        let mut roads: Vec<usize> = counted
            .filter(|(_, r)| !r.doubted)
            .map(|(i, _)| i)
            .collect();
        // A road by its whole name comes before the stages it is made of.
        roads.sort_by_key(|at| (chronicle.roads[*at].via.is_empty(), *at));
        let ends = |at: &usize| [chronicle.roads[*at].from, chronicle.roads[*at].to];
        let mut places: Vec<EntityId> = roads.iter().flat_map(ends).collect();
        places.sort_unstable();
        places.dedup();
        let mut lengths: Vec<(u64, Option<u64>)> = roads
            .iter()
            .map(|at| length_of(chronicle, &chronicle.roads[*at]))
            .collect();
        agree_with_stages(chronicle, &roads, &mut lengths);
        let place = |of: EntityId| places.binary_search(&of).unwrap_or(usize::MAX);
        let edges = roads
            .iter()
            .zip(lengths)
            .map(|(at, (least_m, most_m))| Edge {
                a: place(chronicle.roads[*at].from),
                b: place(chronicle.roads[*at].to),
                least_m,
                most_m,
            });
        Roads {
            network: Network::new(places.len(), edges.collect()),
            chronicle,
            places,
            roads,
        }
    }

    fn place(&self, of: EntityId) -> Option<usize> {
        self.places.binary_search(&of).ok()
    }

    /// Whether a road leads to a place.
    pub fn reaches(&self, place: EntityId) -> bool {
        self.place(place).is_some()
    }

    /// Whether a road leads over water: it is of kinds that are, and of no other.
    pub fn on_water(&self, road: usize) -> bool {
        let vocabulary = &self.chronicle.vocabulary;
        let wet = |word: &String| {
            let kind = vocabulary.kinds.iter().position(|k| k.name == *word);
            let is = |of: usize| {
                let above = vocabulary.kinds.iter().enumerate();
                let mut wet = above.filter(|(_, k)| k.afloat);
                wet.any(|(at, _)| vocabulary.is_a(KindId(of as u32), KindId(at as u32)))
            };
            kind.is_some_and(is)
        };
        let kinds = &self.chronicle.roads[road].kinds;
        !kinds.is_empty() && kinds.iter().all(wet)
    }

    /// Whether a way may lead over a road: by land or by water as the mover goes, and no further
    /// than it has water for on the longest stretch without, if one is told.
    pub fn passable(&self, road: usize, over: Over<'_>) -> bool {
        match over {
            Over::Any => true,
            Over::Sort { afloat } => self.on_water(road) == afloat,
            Over::By(mover) => self.on_water(road) == mover.afloat && !self.is_dry(road, mover),
        }
    }

    /// Whether a mover has not water enough for a road.
    pub fn is_dry(&self, road: usize, mover: &Mover) -> bool {
        let (Some(limit), Some(dry)) = (mover.water_days, self.waterless_m(road)) else {
            return false;
        };
        days(dry, mover.most_m) > u64::from(limit)
    }

    /// The longest stretch of a road without water, at least; the whole road where it is only
    /// called waterless.
    pub fn waterless_m(&self, road: usize) -> Option<u64> {
        let of = &self.chronicle.roads[road];
        if let Some(least) = of.waterless.iter().map(|d| d.least_m).min() {
            return Some(least);
        }
        let called = of.kinds.iter().any(|k| {
            k.split(|c: char| !c.is_alphanumeric())
                .any(|w| w == "waterless")
        });
        let edge = self.roads.iter().position(|r| *r == road)?;
        called.then(|| self.network.edges()[edge].least_m)
    }

    /// The shortest way between two places over such roads; `None` where none leads.
    pub fn route(&self, from: EntityId, to: EntityId, over: Over<'_>) -> Option<Route> {
        let (start, end) = (self.place(from)?, self.place(to)?);
        let may = |edge: usize| self.passable(self.roads[edge], over);
        let least = self.network.ways(start, Length::Least, &may);
        let most = self.network.ways(start, Length::Most, &may);
        let mut at = from;
        let path = self.network.path(&least, end).into_iter();
        let legs = path.map(|(edge, place)| {
            let lengths = self.network.edges()[edge];
            let leg = Leg {
                road: self.roads[edge],
                from: at,
                to: self.places[place],
                least_m: lengths.least_m,
                most_m: lengths.most_m,
            };
            at = leg.to;
            leg
        });
        Some(Route {
            legs: legs.collect(),
            least_m: least.metres[end]?,
            most_m: most.metres[end],
        })
    }

    /// The way through several places in turn.
    pub fn through(&self, places: &[EntityId], over: Over<'_>) -> Option<Route> {
        let mut whole = Route {
            least_m: 0,
            most_m: Some(0),
            legs: Vec::new(),
        };
        for pair in places.windows(2) {
            let part = self.route(pair[0], pair[1], over)?;
            whole.least_m += part.least_m;
            whole.most_m = whole.most_m.zip(part.most_m).map(|(a, b)| a + b);
            whole.legs.extend(part.legs);
        }
        Some(whole)
    }

    /// Every place that roads lead to from one, with the way's least and most length, nearest
    /// first.
    pub fn from(&self, from: EntityId, over: Over<'_>) -> Vec<(EntityId, u64, Option<u64>)> {
        let Some(start) = self.place(from) else {
            return vec![];
        };
        let may = |edge: usize| self.passable(self.roads[edge], over);
        let least = self.network.ways(start, Length::Least, &may);
        let most = self.network.ways(start, Length::Most, &may);
        let places = self
            .places
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != start);
        let mut all: Vec<_> = places
            .filter_map(|(at, place)| Some((*place, least.metres[at]?, most.metres[at])))
            .collect();
        all.sort_by_key(|(place, least, most)| (*least, most.unwrap_or(u64::MAX), *place));
        all
    }

    /// Every road with its interval of lengths, in the order of the chronicle.
    pub fn lengths(&self) -> Vec<(usize, u64, Option<u64>)> {
        let edges = self.roads.iter().zip(self.network.edges());
        let mut all: Vec<_> = edges
            .map(|(road, e)| (*road, e.least_m, e.most_m))
            .collect();
        all.sort_unstable();
        all
    }
}

/// Metres between two places at least, what is not known of their sites taken off; `None` where
/// one has no point or is no spot.
pub fn straight_m(chronicle: &Chronicle, a: EntityId, b: EntityId) -> Option<u64> {
    Some(line_m(lies(chronicle, a)?, lies(chronicle, b)?))
}

/// What all accounts of a road's length allow together, and never less than the straight line
/// between the sites, as far as these are known.
/// None of rival lengths is preferred; `about` leaves a fifth to spare.
fn length_of(chronicle: &Chronicle, road: &Road) -> (u64, Option<u64>) {
    let straight = apart_m(chronicle, road.from, road.to);
    let low = |d: &Distance| {
        if d.approximate {
            d.least_m * 4 / 5
        } else {
            d.least_m
        }
    };
    let high = |d: &Distance| d.most_m.map(|m| if d.approximate { m + m / 5 } else { m });
    let least = road
        .distances
        .iter()
        .map(low)
        .min()
        .unwrap_or(0)
        .max(straight);
    // One account without an upper figure leaves it open, whatever the others say.
    let most: Option<Vec<u64>> = road.distances.iter().map(high).collect();
    let most = most.and_then(|all| all.into_iter().max());
    (least, most.map(|m| m.max(least)))
}

/// The stages of a road are together as long as the road. Where a source makes the whole longer
/// or shorter than the stages add up to, each stage may be so in proportion.
fn agree_with_stages(chronicle: &Chronicle, roads: &[usize], lengths: &mut [(u64, Option<u64>)]) {
    let mut between: BTreeMap<(EntityId, EntityId), usize> = BTreeMap::new();
    for (edge, at) in roads.iter().enumerate() {
        let road = &chronicle.roads[*at];
        if road.via.is_empty() {
            let pair = (road.from.min(road.to), road.from.max(road.to));
            between.entry(pair).or_insert(edge);
        }
    }
    for (edge, at) in roads.iter().enumerate() {
        let road = &chronicle.roads[*at];
        if road.via.is_empty() {
            continue;
        }
        let stops: Vec<EntityId> = [&[road.from][..], &road.via, &[road.to]].concat();
        let stage = |p: &[EntityId]| between.get(&(p[0].min(p[1]), p[0].max(p[1]))).copied();
        let stages: Option<Vec<usize>> = stops.windows(2).map(stage).collect();
        let Some(stages) = stages else { continue };
        let least: u64 = stages.iter().map(|s| lengths[*s].0).sum();
        let most: Option<u64> = stages.iter().map(|s| lengths[*s].1).sum();
        let (own_least, own_most) = lengths[edge];
        for stage in stages {
            let of = &chronicle.roads[roads[stage]];
            let (low, high) = &mut lengths[stage];
            if own_least < least && least > 0 {
                // No stage is shorter than the straight line, whatever the whole is said to be.
                let straight = apart_m(chronicle, of.from, of.to);
                *low = scaled(*low, own_least, least).0.max(straight);
            }
            if let (Some(high), Some(own), Some(most)) = (high.as_mut(), own_most, most)
                && own > most
                && most > 0
            {
                *high = scaled(*high, own, most).1;
            }
        }
        let of = &chronicle.roads[roads[edge]];
        let straight = apart_m(chronicle, of.from, of.to);
        lengths[edge].0 = own_least.min(least).max(straight);
        lengths[edge].1 = own_most.zip(most).map(|(a, b)| a.max(b));
    }
}

/// `a * b / c`, rounded down and up.
fn scaled(a: u64, b: u64, c: u64) -> (u64, u64) {
    let product = u128::from(a) * u128::from(b);
    let whole = |n: u128| u64::try_from(n).unwrap_or(u64::MAX);
    (
        whole(product / u128::from(c)),
        whole(product.div_ceil(u128::from(c))),
    )
}
