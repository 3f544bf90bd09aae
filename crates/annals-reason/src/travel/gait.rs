//! How somebody gets about on a journey, and how long each way of getting about needs for it.

use annals_chronicle::{Claim, ClaimId, EntityId, KindId, Sentence};

use super::distance::{admitted, lies, line_m};
use super::journey::{Finder, Fit, JourneyWay, Stop};
use super::ways::{Over, Route, Times};

/// Words of circumstances and details that say how somebody gets about.
const MANNERS: [&str; 2] = ["by", "travel"];

/// The movers of a journey.
#[derive(Clone, Debug, Default)]
struct Gait {
    /// Those that are meant, or may be as far as anybody can tell.
    sure: Vec<usize>,
    /// Those afloat, where no road leads by land and nothing speaks of water.
    perhaps: Vec<usize>,
}

/// What a journey needs at best.
#[derive(Clone, Debug, Default)]
struct Need {
    best: Option<(u64, Option<Route>, u64)>,
    usual: Option<u64>,
}

/// The places of a journey in turn, with the roads that are open between them by land and by water.
struct Course<'p> {
    places: &'p [EntityId],
    land: Option<Route>,
    water: Option<Route>,
    /// By whatever roads, where movers of both sorts may be meant.
    mixed: Option<Route>,
    line_m: u64,
}

impl Finder<'_> {
    /// A way of a journey by given places, with its verdict.
    pub(super) fn way(
        &self,
        who: Option<EntityId>,
        (from, to): (Stop, Stop),
        (via, said_by): (Vec<EntityId>, Vec<ClaimId>),
        days: i64,
    ) -> JourneyWay {
        let places: Vec<EntityId> = [&[from.place][..], &via, &[to.place]].concat();
        let land = self.roads.through(&places, Over::Sort { afloat: false });
        let claims = [&[from.claim, to.claim][..], &said_by].concat();
        let gait = self.gait(who, &claims, land.is_some());
        let course = self.course(&places, &gait, land);
        let available = days.max(0) as u64;
        let mut need = self.need(who, &gait.sure, &course);
        let (mut movers, mut perhaps) = (gait.sure, gait.perhaps);
        // Water comes in where nobody does it by land.
        match &need.best {
            Some((by_land, ..)) if *by_land <= available => perhaps.clear(),
            _ => {
                let afloat = self.need(who, &perhaps, &course);
                let quicker = |best: &(u64, Option<Route>, u64)| {
                    need.best.as_ref().is_none_or(|known| best.0 < known.0)
                };
                match afloat.best.filter(quicker) {
                    Some(best) => need.best = Some(best),
                    None => perhaps.clear(),
                }
                movers.extend(&perhaps);
            }
        }
        movers.sort_by_key(|m| (std::cmp::Reverse(self.chronicle.movers[*m].most_m), *m));
        let shown = |course: Course| course.land.or(course.water).or(course.mixed);
        let usual = need.usual;
        let (needed, route, least_m) = match need.best {
            Some((needed, own, metres)) => (Some(needed), own, metres),
            None => {
                let line = course.line_m;
                let route = shown(course);
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
            perhaps,
            needed,
            usual,
        }
    }

    /// The roads that are open between places, as far as the movers that may be meant ask for them.
    fn course<'p>(&self, places: &'p [EntityId], gait: &Gait, land: Option<Route>) -> Course<'p> {
        let both: Vec<usize> = [&gait.sure[..], &gait.perhaps].concat();
        let afloat = |m: &usize| self.chronicle.movers[*m].afloat;
        Course {
            water: match both.iter().any(afloat) {
                true => self.roads.through(places, Over::Sort { afloat: true }),
                false => None,
            },
            mixed: (both.iter().any(afloat) && !both.iter().all(afloat))
                .then(|| self.roads.through(places, Over::Any))
                .flatten(),
            line_m: places.windows(2).map(|p| self.line_m(p[0], p[1])).sum(),
            places,
            land,
        }
    }

    fn need(&self, who: Option<EntityId>, movers: &[usize], course: &Course<'_>) -> Need {
        let mut need = Need::default();
        for m in movers {
            let Some((own, metres)) = self.way_of(*m, course) else {
                continue;
            };
            let mover = &self.chronicle.movers[*m];
            let times = Times::of(mover, metres, None);
            // Whoever carries news is a courier as a rule.
            if !mover.exceptional || who.is_none() {
                let at_ease = times.usual.0.saturating_sub(1);
                need.usual = Some(need.usual.map_or(at_ease, |u| u.min(at_ease)));
            }
            let needed = times.fastest.saturating_sub(1);
            if need.best.as_ref().is_none_or(|(known, ..)| needed < *known) {
                need.best = Some((needed, own, metres));
            }
        }
        need
    }

    /// The way that a mover takes: the open one where it gets over all its roads, else the shortest
    /// with water enough; `None` where there is none. Where no road leads, it goes as the crow
    /// flies, or now by land and now by water.
    fn way_of(&self, mover: usize, course: &Course<'_>) -> Option<(Option<Route>, u64)> {
        let mover = &self.chronicle.movers[mover];
        let open = match mover.afloat {
            true => &course.water,
            false => &course.land,
        };
        let Some(open) = open else {
            let metres = course.mixed.as_ref().map_or(course.line_m, |r| r.least_m);
            return Some((course.mixed.clone(), metres));
        };
        let mut roads = open.legs.iter().map(|leg| leg.road);
        let own = match roads.any(|road| self.roads.is_dry(road, mover)) {
            false => open.clone(),
            true => self.roads.through(course.places, Over::By(mover))?,
        };
        let metres = own.least_m;
        Some((Some(own), metres))
    }

    fn line_m(&self, a: EntityId, b: EntityId) -> u64 {
        match (lies(self.chronicle, a), lies(self.chronicle, b)) {
            (Some(a), Some(b)) => line_m(a, b),
            _ => 0,
        }
    }

    /// The movers that may be meant: those that the claims name, else those of the kind of thing,
    /// or of the kind at whose pace the claims have it go. What gets about on water only is afloat
    /// whatever is said of it; anybody may have been where no road leads by land.
    fn gait(&self, who: Option<EntityId>, claims: &[ClaimId], by_land: bool) -> Gait {
        let claims = claims.iter().map(|c| &self.chronicle.claims[c.index()]);
        let mut named: Vec<usize> = claims.clone().flat_map(|c| self.named_movers(c)).collect();
        if !named.is_empty() {
            named.sort_unstable();
            named.dedup();
            return Gait {
                sure: named,
                perhaps: vec![],
            };
        }
        let mut paces = claims.filter_map(|c| match &c.sentence {
            Sentence::Happens { event_type, .. } => {
                self.chronicle.vocabulary.event_types[event_type.index()].pace
            }
            _ => None,
        });
        let own = who.map(|who| self.chronicle.entities[who.index()].kind);
        let of_water = own.filter(|k| self.is_afloat(*k));
        let kind = of_water.or(paces.next()).or(own);
        let all = 0..self.chronicle.movers.len();
        let admitted = all.filter(|m| kind.is_none_or(|k| admitted(self.chronicle, *m, k)));
        let (afloat, land): (Vec<usize>, Vec<usize>) =
            admitted.partition(|m| self.chronicle.movers[*m].afloat);
        match kind.is_some_and(|k| self.is_afloat(k)) {
            true if !afloat.is_empty() => Gait {
                sure: afloat,
                perhaps: vec![],
            },
            _ if by_land || land.is_empty() => Gait {
                sure: land,
                perhaps: vec![],
            },
            _ => Gait {
                sure: land,
                perhaps: afloat,
            },
        }
    }

    fn is_afloat(&self, kind: KindId) -> bool {
        let vocabulary = &self.chronicle.vocabulary;
        let kinds = vocabulary.kinds.iter().enumerate();
        let mut afloat = kinds.filter(|(_, k)| k.afloat);
        afloat.any(|(at, _)| vocabulary.is_a(kind, KindId(at as u32)))
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
}
