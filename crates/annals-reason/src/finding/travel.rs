//! Reports on journeys that nobody could have made, or only at the utmost.

use annals_chronicle::{Day, DaySet, EntityId, Mode};
use annals_text::Report;

use super::question::Question;
use super::words::{Narrator, Words, listed};
use crate::reasoner::Reasoner;
use crate::travel::{Fit, Journey, JourneyWay, Roads, straight_m};

/// Places named that could be meant instead, at most.
const MEANT: usize = 5;

impl Reasoner {
    /// Reports on journeys, each with the question when its end was.
    pub(super) fn journey_reports(&self, words: &dyn Words) -> Vec<(Question, Report)> {
        let mut all: Vec<(Question, Report)> = Vec::new();
        for journey in self.journeys() {
            // Where claims give ways, the shortest only serves to compare.
            let told = journey.ways.iter().filter(|w| !w.said_by.is_empty());
            let shown: Vec<&JourneyWay> = match told.clone().next() {
                Some(_) => told.collect(),
                None => journey.ways.iter().collect(),
            };
            for way in shown.into_iter().filter(|w| w.fit != Fit::Plausible) {
                let question = Question::Date(journey.to.moment.event);
                let report = Telling::new(self, words, &journey, way).report();
                let known = all.iter().any(|(_, r)| r.headline == report.headline);
                if !known {
                    all.push((question, report));
                }
            }
        }
        all
    }
}

struct Telling<'a> {
    reasoner: &'a Reasoner,
    narrator: Narrator<'a>,
    words: &'a dyn Words,
    journey: &'a Journey,
    way: &'a JourneyWay,
}

impl<'a> Telling<'a> {
    fn new(
        reasoner: &'a Reasoner,
        words: &'a dyn Words,
        journey: &'a Journey,
        way: &'a JourneyWay,
    ) -> Telling<'a> {
        let span = reasoner.chronicle().claims[journey.to.claim.index()].span;
        Telling {
            narrator: Narrator::new(reasoner.rest(), words, Some(span.file)),
            reasoner,
            words,
            journey,
            way,
        }
    }

    fn report(&self) -> Report {
        let (journey, way) = (self.journey, self.way);
        let headline = self.headline();
        let mut report = match (way.fit, journey.who) {
            (Fit::Impossible, None) => Report::finding("news-too-fast", headline),
            (Fit::Impossible, Some(_)) => Report::finding("march-too-fast", headline),
            _ => Report::lint("march-strained", headline),
        };
        let claim = |id: annals_chronicle::ClaimId| &self.reasoner.chronicle().claims[id.index()];
        let ends = match journey.mode {
            Mode::Asserted => "it ends here",
            Mode::Ordered => "it was ordered to end here",
            _ => "it was to end here",
        };
        let at = way.said_by.first().copied().unwrap_or(journey.to.claim);
        if at == journey.to.claim {
            report = report.at(claim(at).span, ends);
        } else {
            report = report.at(claim(at).span, "this is the way it would have led");
            report = report.also(claim(journey.to.claim).span, ends);
        }
        report = report.also(claim(journey.from.claim).span, "it begins here");
        report = report.note(self.days_note()).note(self.length_note());
        report = report.note(self.pace_note());
        report.notes.extend(self.dry_note());
        report.notes.extend(self.water_note());
        if let Some(other) = self.other_way() {
            report = report.note(other);
        }
        if let Some(meant) = self.meant() {
            report = report.note(meant);
        }
        report.help(self.remedy())
    }

    fn name(&self, entity: EntityId) -> String {
        self.narrator.name(entity)
    }

    fn headline(&self) -> String {
        let journey = self.journey;
        let from = self.or_words(journey.from.place, &journey.from_or);
        let to = self.or_words(journey.to.place, &journey.to_or);
        let via = self.via_words(self.way);
        let days = counted(journey.days);
        let who = journey.who.map(|who| self.name(who));
        let planned = journey.mode != Mode::Asserted;
        let dry = match self.way.needed {
            Some(_) => "",
            None => ", for want of water",
        };
        match (who, self.way.fit, planned) {
            (None, Fit::Impossible, _) => {
                format!("no news comes from {from} to {to} in {days}")
            }
            (None, ..) => format!("news would have come from {from} to {to}{via} in {days}"),
            (Some(who), Fit::Impossible, true) => {
                format!(
                    "{who} could not have gone from {from} to {to}{via} in the {days} meant for it{dry}"
                )
            }
            (Some(who), Fit::Impossible, false) => {
                format!("{who} cannot have gone from {from} to {to}{via} in {days}{dry}")
            }
            (Some(who), ..) => {
                format!("{who} comes from {from} to {to}{via} in {days}: only the utmost does it")
            }
        }
    }

    /// A place, or several of which it is one.
    fn or_words(&self, place: EntityId, others: &[EntityId]) -> String {
        let mut all = vec![place];
        all.extend(others);
        all.sort_unstable();
        let names: Vec<String> = all.into_iter().map(|p| self.name(p)).collect();
        listed(&names, "or")
    }

    fn via_words(&self, way: &JourneyWay) -> String {
        let via: Vec<String> = way.via.iter().map(|p| self.name(*p)).collect();
        match via.is_empty() {
            true => String::new(),
            false => format!(" by way of {}", listed(&via, "and")),
        }
    }

    fn days_note(&self) -> String {
        let days = |stop: &crate::travel::Stop| self.reasoner.bounds(stop.moment).days;
        let (from, to) = (days(&self.journey.from), days(&self.journey.to));
        let open = from.first().is_none() || to.last().is_none();
        if open && self.journey.mode == Mode::Asserted {
            return format!(
                "however early or late it was, the dates leave {} at most",
                counted(self.journey.days)
            );
        }
        let bound = |stop: &crate::travel::Stop| {
            let days = self.reasoner.bounds(stop.moment).days;
            self.words.days(&days)
        };
        let to = match self.journey.mode {
            Mode::Asserted => bound(&self.journey.to),
            _ => {
                let claim = &self.reasoner.chronicle().claims[self.journey.to.claim.index()];
                let written: Vec<&str> =
                    claim.when.conditions.iter().map(|c| &*c.written).collect();
                format!("`{}`", written.join(", "))
            }
        };
        format!(
            "from {} to {to} are {} at most",
            bound(&self.journey.from),
            counted(self.journey.days)
        )
    }

    /// The roads with their lengths and sources, or the straight line.
    fn length_note(&self) -> String {
        let chronicle = self.reasoner.chronicle();
        let Some(route) = &self.way.route else {
            let km = km_down(self.way.least_m);
            return format!("the straight line is {km} km at least; no roads are known");
        };
        let legs = route.legs.iter().map(|leg| {
            let road = &chronicle.roads[leg.road];
            let mut says: Vec<String> = Vec::new();
            for distance in &road.distances {
                let who = self.narrator.who(&distance.attestations);
                says.push(match who {
                    Some(who) => format!("{} {who}", distance.written),
                    None => distance.written.clone(),
                });
            }
            let says = match says.is_empty() {
                true => "by the map".to_owned(),
                false => says.join("; "),
            };
            format!("{} to {} ({says})", self.name(leg.from), self.name(leg.to))
        });
        let legs: Vec<String> = legs.collect();
        format!(
            "the way is {} km: {}",
            kilometres(route.least_m, route.most_m),
            listed(&legs, "and")
        )
    }

    /// The roads on which nobody's water lasts.
    fn dry_note(&self) -> Option<String> {
        if self.way.needed.is_some() {
            return None;
        }
        let chronicle = self.reasoner.chronicle();
        let roads = Roads::new(chronicle);
        let movers = || self.way.movers.iter().map(|m| &chronicle.movers[*m]);
        let shut = |road: usize| movers().any(|m| roads.is_dry(road, m));
        let legs = self.way.route.as_ref()?.legs.iter();
        let dry: Vec<String> = legs
            .filter(|leg| shut(leg.road))
            .map(|leg| {
                let km = roads.waterless_m(leg.road).unwrap_or(leg.least_m) / 1_000;
                format!(
                    "{} to {} for {km} km",
                    self.name(leg.from),
                    self.name(leg.to)
                )
            })
            .collect();
        let most = movers().filter_map(|m| m.water_days).max()?;
        Some(format!(
            "there is no water from {}, and nobody meant here has any for more than {}",
            listed(&dry, "and"),
            counted(i64::from(most))
        ))
    }

    /// That only whoever is afloat can have made it.
    fn water_note(&self) -> Option<String> {
        let perhaps = &self.way.perhaps;
        let only = self.way.movers.first().is_some_and(|m| perhaps.contains(m));
        let words = match self.way.fit {
            Fit::Strained => {
                "that holds if it may have been by water, for no road by land is known"
            }
            _ => "not even by water, if that may be meant where no road by land is known",
        };
        only.then(|| words.to_owned())
    }

    fn pace_note(&self) -> String {
        let chronicle = self.reasoner.chronicle();
        let days = (self.journey.days + 1).max(1) as u64;
        let a_day = (self.way.least_m / days).div_ceil(1_000);
        let Some(fastest) = self.way.movers.first().map(|m| &chronicle.movers[*m]) else {
            return format!("that is {a_day} km a day");
        };
        let of = |mover: &annals_chronicle::Mover| {
            let name = &mover.names[0];
            match self.narrator.who(&mover.attestations) {
                Some(who) => format!("`{name}`: {} {who}", mover.written),
                None => format!("`{name}`: {}", mover.written),
            }
        };
        let mut all = vec![of(fastest)];
        let ordinary = self.way.movers.iter().map(|m| &chronicle.movers[*m]);
        all.extend(ordinary.filter(|m| !m.exceptional).take(1).map(of));
        all.dedup();
        format!(
            "that is {a_day} km a day, the first and the last day counted; {}",
            listed(&all, "and")
        )
    }

    /// A way of the same journey that can be.
    fn other_way(&self) -> Option<String> {
        let ways = self.journey.ways.iter();
        let fits = |w: &&JourneyWay| w.fit < self.way.fit && w.via != self.way.via;
        let other = ways.filter(fits).min_by_key(|w| (w.fit, w.least_m))?;
        let most = other.route.as_ref().and_then(|r| r.most_m);
        let km = kilometres(other.least_m, most);
        let who: Vec<String> = (other.said_by.iter())
            .filter_map(|c| self.narrator.who(&self.narrator.claim(*c).attestations))
            .collect();
        let word = other.fit.word();
        Some(match (other.via.is_empty(), who.is_empty()) {
            (true, _) => format!("by the shortest way, {km} km, it would be {word}"),
            (_, true) => format!(
                "{}, {km} km, it is {word}",
                self.via_words(other).trim_start()
            ),
            (..) => format!(
                "{}, {km} km, as {} has it, it is {word}",
                self.via_words(other).trim_start(),
                listed(&who, "and")
            ),
        })
    }

    /// What a place on the way would have to mean: other places near enough of which it is said,
    /// or that say, something that names the one and the other.
    fn meant(&self) -> Option<String> {
        let chronicle = self.reasoner.chronicle();
        let [place] = self.way.via[..] else {
            return None;
        };
        if self.way.fit != Fit::Impossible {
            return None;
        }
        let fastest = self
            .way
            .movers
            .first()
            .map(|m| chronicle.movers[*m].most_m)?;
        let budget = fastest * (self.journey.days.max(0) as u64 + 1);
        let (from, to) = (self.journey.from.place, self.journey.to.place);
        let around =
            |p: EntityId| Some(straight_m(chronicle, from, p)? + straight_m(chronicle, p, to)?);
        let mut near: Vec<(u64, EntityId)> = (chronicle.entities.iter())
            .filter(|e| {
                ![place, from, to].contains(&e.id) && named_together(chronicle, e.id, place)
            })
            .filter_map(|e| Some((around(e.id)?, e.id)))
            .filter(|(metres, _)| *metres <= budget)
            .collect();
        near.sort_unstable();
        near.truncate(MEANT);
        let limit = format!(
            "for that, {} would have to lie where the way by it is no longer than {} km",
            self.name(place),
            budget / 1_000
        );
        if near.is_empty() {
            return Some(limit);
        }
        let names: Vec<String> = (near.iter())
            .map(|(metres, e)| {
                format!(
                    "{} ({} km in straight lines)",
                    self.name(*e),
                    km_down(*metres)
                )
            })
            .collect();
        Some(format!(
            "{limit}; near enough lies what is named together with it: {}",
            listed(&names, "and")
        ))
    }

    fn remedy(&self) -> String {
        if self.way.fit != Fit::Impossible {
            return match self.journey.mode {
                Mode::Asserted => {
                    "if one of these days is that on which it was reported, say so with `reported`"
                        .to_owned()
                }
                _ => "nothing need be mended where a plan asks for the utmost".to_owned(),
            };
        }
        let Some(needed) = self.way.needed else {
            return "no way with water is known: a road, a well (`waterless`), another traveller (`travel by`) or another place would fit".to_owned();
        };
        let needed = needed as i64;
        let from = self.reasoner.bounds(self.journey.from.moment).days.first();
        let earliest = from.and_then(|d| d.0.checked_add(i32::try_from(needed).ok()?));
        let on = earliest.map(|d| self.words.days(&DaySet::day(Day(d))));
        let days = counted(needed);
        match on {
            Some(on) => format!(
                "it takes {days} at least: an end no earlier than {on}, another way or another place would fit"
            ),
            None => format!("it takes {days} at least: another day, way or place would fit"),
        }
    }
}

/// Whether the notes of one of two places name the other.
fn named_together(chronicle: &annals_chronicle::Chronicle, a: EntityId, b: EntityId) -> bool {
    let (a, b) = (
        &chronicle.entities[a.index()],
        &chronicle.entities[b.index()],
    );
    let names = |of: &annals_chronicle::Entity, notes: &annals_chronicle::Entity| {
        let further = of.names.iter().map(|n| n.text.as_str());
        let mut all = std::iter::once(of.name.as_str()).chain(further);
        all.any(|name| notes.geography.notes.iter().any(|note| says(note, name)))
    };
    names(a, b) || names(b, a)
}

/// Whether a text has a name as a word of its own.
fn says(text: &str, name: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| {
        apart(text[..at].chars().next_back()) && apart(text[at + name.len()..].chars().next())
    })
}

fn counted(days: i64) -> String {
    match days {
        0 => "one day".to_owned(),
        1 => "1 day".to_owned(),
        n => format!("{n} days"),
    }
}

fn km_down(metres: u64) -> u64 {
    metres / 1_000
}

fn kilometres(least_m: u64, most_m: Option<u64>) -> String {
    let least = least_m / 1_000;
    match most_m.map(|m| m.div_ceil(1_000)) {
        Some(most) if most == least => format!("{least}"),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}
