//! Everything pictures and the page show of a chronicle, in numbers, without supports.

mod claims;
mod events;
mod geography;
mod records;
mod things;
mod types;

pub use records::{ClaimRecord, DetailRecord};
pub use types::{
    CalendarSeen, ClaimSeen, ConflictSeen, DaysSeen, DistanceSeen, DrawnSeen, EventSeen, LeftOut,
    NameSeen, Overview, PointSeen, RivalSeen, RoadSeen, RoleSeen, RunSeen, Scope, ShapeSeen,
    SourceSeen, StateSeen, ThingSeen,
};

use std::collections::BTreeSet;

use annals_calendar::Calendar;
use annals_chronicle::{ClaimId, Day, Drawn, EntityId, EventId, Filler, Fluent, Verdict};

use crate::ask::Asker;
use crate::each::each;
use claims::ClaimsOf;

/// The version of the JSON form; a higher number means that a field changed its meaning.
const OVERVIEW_SCHEMA: u32 = 1;

/// Forms of states that tell polities apart and give them their land.
const GROUND: [&str; 7] = [
    "above", "beside", "against", "holding", "guarding", "seated", "ruling",
];

impl Asker<'_> {
    /// What pictures and the page show, as far as the scope allows. A name in the scope that is
    /// not declared shows nothing.
    pub fn overview(&self, scope: &Scope) -> Overview {
        let about = scope.about.as_deref().map(|name| self.bearers_of(name));
        let chosen = self.telling_events(about.as_deref(), scope.most_events);
        let fluents = self.telling_fluents(about.as_deref(), scope.most_states);
        let mut events: Vec<EventSeen> = each(&chosen.shown, |id| self.event_seen(*id));
        events.sort_by_key(|e| (e.earliest(), e.latest(), e.id));
        let index = ClaimsOf::new(self);
        let states = each(&fluents.shown, |(id, fluent)| {
            self.state_seen(*id, fluent, &index)
        });
        let mut states: Vec<StateSeen> = states.into_iter().flatten().collect();
        states.sort_by_key(|s| (s.runs.first().map(|run| run.first), s.id));
        let (first, last) = self.extent_seen(&events, &states);
        let mut conflicts = self.conflicts_seen();
        if about.is_some() {
            let shown: BTreeSet<u32> = events.iter().map(|e| e.id).collect();
            conflicts.retain(|c| c.events.iter().any(|e| shown.contains(e)));
        }
        let claims = self.claims_seen(&events, &states, &conflicts);
        let ground = match about {
            Some(_) => self.ground_seen(&states, scope.most_states, &index),
            None => vec![],
        };
        Overview {
            schema: OVERVIEW_SCHEMA,
            title: self.chronicle.title.clone(),
            calendar: self.calendar_seen(),
            first: first.0,
            last: last.0,
            covers: self.chronicle.covers.map(|(first, last)| (first.0, last.0)),
            things: self.things_seen(&events, &[&states, &ground]),
            events,
            states,
            ground,
            claims,
            sources: self.sources_seen(),
            roads: self.roads_seen(),
            conflicts,
            left_out: LeftOut {
                events: chosen.left_out,
                states: fluents.left_out,
            },
        }
    }

    /// The states that a picture is drawn upon and that are not among those shown, of those that
    /// an overview of everything would show.
    fn ground_seen(&self, shown: &[StateSeen], most: usize, index: &ClaimsOf) -> Vec<StateSeen> {
        let shown: BTreeSet<u32> = shown.iter().map(|s| s.id).collect();
        let mut all = self.telling_fluents(None, most).shown;
        all.retain(|(id, fluent)| {
            let drawn = self.relation(fluent.relation).drawn;
            !shown.contains(id) && drawn.is_some_and(|d| GROUND.contains(&d.form.word()))
        });
        let seen = each(&all, |(id, fluent)| self.state_seen(*id, fluent, index));
        seen.into_iter().flatten().collect()
    }

    fn calendar_seen(&self) -> CalendarSeen {
        let (gregorian_from, western) = match self.settings.calendar {
            Calendar::Historical { switch } => (i32::try_from(switch).ok(), true),
            Calendar::Gregorian => (Some(i32::MIN), true),
            Calendar::Julian => (None, true),
            _ => (None, false),
        };
        CalendarSeen {
            name: self.chronicle.calendar.clone(),
            gregorian_from,
            western,
        }
    }

    /// What covers the chronicle and everything shown; open ends do not stretch it.
    fn extent_seen(&self, events: &[EventSeen], states: &[StateSeen]) -> (Day, Day) {
        let of_events = events.iter().flat_map(|e| {
            let ranges = e.start.iter().chain(e.end.iter().flatten());
            ranges.flat_map(|r| [r.first, r.last]).flatten()
        });
        let of_states = states
            .iter()
            .flat_map(|s| s.runs.iter().flat_map(|r| [Some(r.first), r.last]))
            .flatten();
        let days: Vec<i32> = of_events.chain(of_states).collect();
        let (first, last) = self.whole_time();
        let first = days.iter().min().map_or(first, |d| first.min(Day(*d)));
        let last = days.iter().max().map_or(last, |d| last.max(Day(*d)));
        (first, last)
    }

    /// Events that are not mentions, the most telling ones: first those with most claims, then
    /// those with a label, then by order of the text.
    fn telling_events(&self, about: Option<&[EntityId]>, most: usize) -> Chosen<EventId> {
        let events = self.chronicle.events.iter().filter(|event| {
            let own = self.is_probe(event.id) || self.is_mention(event.id);
            !own && about.is_none_or(|ids| ids.iter().any(|id| self.takes_part(event.id, *id)))
        });
        let mut all: Vec<_> = events.collect();
        let left_out = all.len().saturating_sub(most);
        if left_out > 0 {
            let unlabelled = |e: &annals_chronicle::Event| e.label.is_none();
            all.sort_by_key(|e| (std::cmp::Reverse(e.claims.len()), unlabelled(e), e.id));
            all.truncate(most);
        }
        let mut shown: Vec<EventId> = all.into_iter().map(|e| e.id).collect();
        shown.sort();
        Chosen { shown, left_out }
    }

    /// States with their numbers, those that the vocabulary gives a form first.
    fn telling_fluents(&self, about: Option<&[EntityId]>, most: usize) -> Chosen<(u32, Fluent)> {
        let fluents = self.reasoner.fluents().iter().enumerate();
        let concerned =
            |f: &Fluent| about.is_none_or(|ids| ids.iter().any(|i| f.roles.contains(i)));
        let mut all: Vec<(u32, Fluent)> = fluents
            .filter(|(_, f)| concerned(f))
            .map(|(at, f)| (at as u32, f.clone()))
            .collect();
        let left_out = all.len().saturating_sub(most);
        if left_out > 0 {
            all.sort_by_key(|(id, f)| (self.relation(f.relation).drawn.is_none(), *id));
            all.truncate(most);
        }
        Chosen {
            shown: all,
            left_out,
        }
    }

    fn state_seen(&self, id: u32, fluent: &Fluent, index: &ClaimsOf) -> Option<StateSeen> {
        let (first, last) = self.whole_time_of(fluent);
        let open = self.chronicle.covers.is_none();
        let runs: Vec<RunSeen> = self
            .reasoner
            .history(fluent, first, last)
            .iter()
            .filter(|run| matches!(run.verdict, Verdict::Certain | Verdict::Possible))
            .map(|run| RunSeen {
                first: run.first.0,
                last: Some(run.last.0).filter(|d| !(open && *d == last.0)),
                certain: run.verdict == Verdict::Certain,
            })
            .collect();
        let relation = self.relation(fluent.relation);
        let filled = |role: u32| vec![fluent.roles[role as usize].0];
        (!runs.is_empty()).then(|| StateSeen {
            id,
            sentence: self.fluent_words(fluent),
            relation: relation.name.clone(),
            things: fluent.roles.iter().map(|e| e.0).collect(),
            drawn: relation.drawn.map(|drawn| drawn_seen(drawn, &filled)),
            runs,
            claims: index.of(self, fluent),
        })
    }

    fn conflicts_seen(&self) -> Vec<ConflictSeen> {
        let conflicts = self.reasoner.conflicts_of_claims();
        let seen = conflicts.into_iter().map(|conflict| {
            let claims: BTreeSet<ClaimId> =
                conflict.parts.iter().filter_map(|p| p.claim()).collect();
            let events: BTreeSet<EventId> = claims.iter().map(|c| self.claim(*c).event).collect();
            ConflictSeen {
                claims: claims.into_iter().map(|c| c.0).collect(),
                events: events.into_iter().map(|e| e.0).collect(),
            }
        });
        seen.collect()
    }
}

impl Overview {
    /// The overview as JSON in the form of `docs/overview-schema.md`, a line a field.
    pub fn to_json_text(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        text + "\n"
    }
}

/// What is shown, and how much more there is.
struct Chosen<T> {
    shown: Vec<T>,
    left_out: usize,
}

fn drawn_seen(drawn: Drawn, filled: &dyn Fn(u32) -> Vec<u32>) -> DrawnSeen {
    DrawnSeen {
        form: drawn.form.word(),
        parts: drawn.roles.map(|role| role.map(filled).unwrap_or_default()),
    }
}

/// The things that fill a role.
fn things_of(filler: &Filler) -> &[EntityId] {
    match filler {
        Filler::Entities(ids) | Filler::OneOf(ids) => ids,
        Filler::Unfilled | Filler::Number(_) => &[],
    }
}
