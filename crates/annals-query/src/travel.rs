//! The shortest way between places, and how far one comes in some days.

use annals_chronicle::{Day, DayRange, DaySet, Distance, EntityId, Mover};
use annals_reason::{At, Fit, Leg, Over, Roads, Route, Times, straight_m};
use annals_text::Report;

use crate::answer::{Answer, Outcome};
use crate::ask::{Asked, Asker};
use crate::holes::Ready;
use crate::travel_types::{
    LegShown, LengthShown, MoverShown, ReachShown, ReachedBy, ReachedPlace, RouteShown,
};

/// On a way only places are asked for, so an unknown name is no person to be declared.
fn as_places(mut reports: Vec<Report>) -> Vec<Report> {
    for report in reports.iter_mut().filter(|r| r.code == "undeclared-name") {
        report
            .remedies
            .retain(|r| !r.words.starts_with("declare it"));
        let words = "`place A at 42 N, 86 E` declares a place and says where it lies";
        *report = report.clone().help(words);
    }
    reports
}

/// What is asked of a way beside its ends.
#[derive(Clone, Debug, Default)]
pub struct OnTheWay<'t> {
    /// Places it leads by, in turn.
    pub via: Vec<Asked<'t>>,
    /// The mover; all where none is named.
    pub by: Option<Asked<'t>>,
    /// The day of departure.
    pub on: Option<Asked<'t>>,
    /// The days there are for it.
    pub within: Option<u64>,
}

impl Asker<'_> {
    /// `route FROM TO`: the shortest way over the roads, and how long it takes.
    pub fn route(
        &self,
        from: Asked<'_>,
        to: Asked<'_>,
        on_the_way: &OnTheWay<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let mut places = vec![self.place_named(from)?];
        for via in &on_the_way.via {
            places.push(self.place_named(*via)?);
        }
        places.push(self.place_named(to)?);
        let movers = self.movers_asked(on_the_way.by)?;
        let departs = on_the_way.on.map(|on| self.days_asked(on)).transpose()?;
        let roads = Roads::new(self.chronicle);
        let over = match (on_the_way.by, &movers[..]) {
            (Some(_), [mover]) => Over::Sort {
                afloat: mover.afloat,
            },
            _ => Over::Any,
        };
        let route = roads.through(&places, over);
        let straight: Option<u64> = places
            .windows(2)
            .map(|p| straight_m(self.chronicle, p[0], p[1]))
            .sum();
        let Some(way) = route.or_else(|| by_line(straight)) else {
            let headline = "no road leads there, and not all of these places have a point";
            return Err(vec![
                Report::error("bad-place", headline)
                    .at(to.span, "no way to this place is known")
                    .help("`road A to B` declares a road, `place A at 42 N, 86 E` where it lies"),
            ]);
        };
        let shown = movers.iter().map(|mover| {
            let own = roads.through(&places, Over::By(mover));
            let own = own.or_else(|| by_line(straight).filter(|_| way.legs.is_empty()));
            self.mover_shown(
                (mover, own.as_ref()),
                (&roads, &way, &places),
                on_the_way.within,
                &departs,
            )
        });
        let shown = RouteShown {
            movers: shown.collect(),
            places: places.iter().map(|p| self.place_name(*p)).collect(),
            least_m: way.least_m,
            most_m: way.most_m,
            straight_m: straight,
            legs: way
                .legs
                .iter()
                .map(|leg| self.leg_shown(leg, &roads))
                .collect(),
            departs: departs.as_ref().map(|d| self.days(d)),
            within: on_the_way.within,
        };
        let words = shown.places.join(" to ");
        Ok(self.travel_answer(format!("route {words}"), Outcome::Route(shown)))
    }

    /// `reach FROM --days N`: what lies no further than that.
    pub fn reach(
        &self,
        from: Asked<'_>,
        within: u64,
        by: Option<Asked<'_>>,
    ) -> Result<Answer, Vec<Report>> {
        let start = self.place_named(from)?;
        let roads = Roads::new(self.chronicle);
        let movers = self.movers_asked(by)?;
        let near: Vec<(&Mover, Vec<_>)> = (movers.iter())
            .map(|m| (*m, roads.from(start, Over::By(m))))
            .filter(|(m, places)| !places.is_empty() || !m.afloat)
            .collect();
        if !roads.reaches(start) || near.is_empty() {
            return Err(vec![
                Report::error(
                    "bad-place",
                    format!("no road leads from {}", self.place_name(start)),
                )
                .at(from.span, "nothing can be reached from here")
                .help("`road A to B` declares a road"),
            ]);
        }
        let reached = near.into_iter().map(|(mover, places)| {
            let places = places.into_iter().filter_map(|(place, least_m, most_m)| {
                let times = Times::of(mover, least_m, most_m);
                let fit = times.fit(within);
                (fit != Fit::Impossible).then(|| ReachedPlace {
                    thing: place.0,
                    name: self.place_name(place),
                    least_m,
                    most_m,
                    fastest: times.fastest,
                    usual_least: times.usual.0,
                    usual_most: times.usual.1,
                    fit: fit.word(),
                    certain: times.surely_fits(within),
                })
            });
            ReachedBy {
                name: mover.names[0].clone(),
                pace: mover.written.clone(),
                places: places.collect(),
            }
        });
        let shown = ReachShown {
            movers: reached.collect(),
            from: self.place_name(start),
            thing: start.0,
            within,
        };
        let question = format!("reach {} in {within} days", shown.from);
        Ok(self.travel_answer(question, Outcome::Reach(shown)))
    }

    fn travel_answer(&self, question: String, outcome: Outcome) -> Answer {
        Answer {
            schema: crate::answer::SCHEMA,
            question,
            time: None,
            results: vec![outcome],
            notes: vec![],
        }
    }

    /// The one place of a name: of several things that share it, the one that roads or a point
    /// make a place on the map. Several such things are not chosen between.
    pub(crate) fn place_named(&self, name: Asked<'_>) -> Result<EntityId, Vec<Report>> {
        let name = name.part(0, name.text.len());
        let things = self.things_named(name).map_err(as_places)?;
        let roads = Roads::new(self.chronicle);
        let lies =
            |e: &EntityId| roads.reaches(*e) || self.chronicle.entities[e.index()].place.is_some();
        let places: Vec<EntityId> = things.iter().copied().filter(lies).collect();
        match places[..] {
            [one] => Ok(one),
            [] => Err(vec![
                Report::error(
                    "bad-place",
                    format!("where {} lies is not known", name.text),
                )
                .at(name.span, "no point and no road")
                .help("`place A at 42 N, 86 E` says where a place lies"),
            ]),
            _ => {
                let names: Vec<String> = places.iter().map(|p| self.candidate(*p)).collect();
                let headline = format!("`{}` may be several places", name.text);
                let report =
                    Report::error("ambiguous-name", headline).at(name.span, "say which is meant");
                Err(vec![
                    report.help(format!("it is one of {}", names.join(", "))),
                ])
            }
        }
    }

    /// The bare name: on a way every name is one of a place.
    pub(crate) fn place_name(&self, place: EntityId) -> String {
        self.chronicle.entities[place.index()].name.clone()
    }

    fn candidate(&self, place: EntityId) -> String {
        let entity = &self.chronicle.entities[place.index()];
        let kind = &self.chronicle.vocabulary.kinds[entity.kind.index()].name;
        format!("`{}` ({kind})", entity.name)
    }

    /// The mover of a name, or all of them.
    fn movers_asked(&self, by: Option<Asked<'_>>) -> Result<Vec<&Mover>, Vec<Report>> {
        let movers = &self.chronicle.movers;
        let Some(by) = by else {
            return Ok(movers.iter().collect());
        };
        let by = by.part(0, by.text.len());
        let word = by.text.to_lowercase();
        let named = |m: &&Mover| m.names.contains(&word);
        if let Some(mover) = movers.iter().find(named) {
            return Ok(vec![mover]);
        }
        let names: Vec<&str> = movers.iter().map(|m| m.names[0].as_str()).collect();
        let all = movers
            .iter()
            .flat_map(|m| m.names.iter().map(String::as_str));
        let report = Report::error(
            "undeclared-name",
            format!("no mover is called `{}`", by.text),
        )
        .at(by.span, "not a way of getting about that is declared");
        let near = annals_sentence::nearest(&word, all);
        let report = match near {
            Some(near) => report.help(format!("did you mean `{near}`?")),
            None => report,
        };
        Err(vec![
            report.help(format!("the movers are {}", names.join(", "))),
        ])
    }

    /// The days of a date asked about.
    fn days_asked(&self, on: Asked<'_>) -> Result<DaySet, Vec<Report>> {
        let on = on.part(0, on.text.len());
        match self.timed(on)?.1 {
            Ready::Instant(At::Day(day)) => Ok(DaySet::day(day)),
            Ready::Instant(At::Close(moment)) => Ok(self.moment_days(moment)),
            Ready::Instant(At::Before(moment)) => {
                let days = self.moment_days(moment);
                let before = days.last().map(|d| Day(d.0.saturating_sub(1)));
                Ok(DaySet::range(None, before).unwrap_or_else(DaySet::all))
            }
            Ready::Days(days) => Ok(days),
            Ready::Probed(probed, At::Before(moment) | At::Close(moment)) => {
                Ok(probed.asker(self).moment_days(moment))
            }
            Ready::Whole | Ready::Probed(_, At::Day(_)) => Err(vec![
                Report::error("bad-date", "a departure needs days of its own")
                    .at(on.span, "write a day such as `644-09-17`, or `at #label`"),
            ]),
        }
    }

    fn mover_shown(
        &self,
        (mover, route): (&Mover, Option<&Route>),
        (roads, way, places): (&Roads<'_>, &Route, &[EntityId]),
        within: Option<u64>,
        departs: &Option<DaySet>,
    ) -> MoverShown {
        let times = route.map(|r| Times::of(mover, r.least_m, r.most_m));
        let fit = within.map(|within| match &times {
            Some(times) => times.fit(within).word(),
            None => Fit::Impossible.word(),
        });
        let arrives = departs
            .as_ref()
            .zip(times.as_ref())
            .and_then(|(days, times)| {
                let later = |day: Option<Day>, by: Option<u64>| {
                    let by = i32::try_from(by?.saturating_sub(1)).ok()?;
                    day?.0.checked_add(by).map(Day)
                };
                // Each stretch of days has its own arrivals, with gaps between where there are.
                DaySet::from_ranges(days.ranges().iter().map(|range| DayRange {
                    first: later(range.first, Some(times.fastest)),
                    last: later(range.last, times.slowest),
                }))
            });
        let shut = way.legs.iter().map(|leg| leg.road);
        let shut = shut.filter(|road| roads.is_dry(*road, mover));
        let shut: Vec<String> = shut.map(|road| self.road_name(road)).collect();
        let round = route.filter(|_| !shut.is_empty()).into_iter();
        let round = round.flat_map(|r| &r.legs).map(|leg| leg.to);
        let round = round.filter(|place| !places.contains(place));
        MoverShown {
            name: mover.names[0].clone(),
            pace: mover.written.clone(),
            sources: self.sources(&mover.attestations),
            exceptional: mover.exceptional,
            fastest: times.map(|t| t.fastest),
            usual_least: times.map(|t| t.usual.0),
            usual_most: times.and_then(|t| t.usual.1),
            slowest: times.and_then(|t| t.slowest),
            fit,
            arrives: arrives.map(|d| self.days(&d)),
            round_by: round.map(|place| self.place_name(place)).collect(),
            shut,
        }
    }

    fn road_name(&self, road: usize) -> String {
        let road = &self.chronicle.roads[road];
        let (from, to) = (self.place_name(road.from), self.place_name(road.to));
        format!("{from} to {to}")
    }

    pub(crate) fn leg_shown(&self, leg: &Leg, roads: &Roads<'_>) -> LegShown {
        let road = &self.chronicle.roads[leg.road];
        let straight = straight_m(self.chronicle, road.from, road.to).unwrap_or(0);
        let shown = |d: &Distance| LengthShown {
            written: d.written.clone(),
            doubted: d.doubted,
            below_straight: d.most_m.is_some_and(|m| m < straight),
            sources: self.sources(&d.attestations),
        };
        let dry = |d: &Distance| LengthShown {
            below_straight: false,
            ..shown(d)
        };
        LegShown {
            from: self.place_name(leg.from),
            to: self.place_name(leg.to),
            least_m: leg.least_m,
            most_m: leg.most_m,
            lengths: road.distances.iter().map(shown).collect(),
            over: road.kinds.clone(),
            certainty: road.certainty.map(|c| c.word()),
            waterless_m: roads.waterless_m(leg.road),
            waterless: road.waterless.iter().map(dry).collect(),
            straight_m: straight,
        }
    }
}

/// Where no roads lead, the straight line: no way is shorter.
fn by_line(straight: Option<u64>) -> Option<Route> {
    straight.map(|least_m| Route {
        least_m,
        most_m: None,
        legs: Vec::new(),
    })
}
