//! Everything recorded of a thing: its names, where it lies, what held of it on a day.

use annals_chronicle::{DetailValue, EntityId, EventId, Filler, Fluent, Sentence, Verdict};
use annals_sentence::text_key;
use annals_text::Report;

use crate::answer::{Answer, EventShown, Held, History, Outcome, Profile};
use crate::ask::{Asked, Asker};
use crate::happened::sort_key;
use crate::held::Supports;
use crate::holes::Ready;

impl Asker<'_> {
    /// `show NAME --at DATE`: every thing of that name. Without a date, its states come with
    /// their histories, and the events it takes part in.
    pub fn show(&self, name: Asked<'_>, at: Option<Asked<'_>>) -> Result<Answer, Vec<Report>> {
        let name = name.part(0, name.text.len());
        let things = self.things_named(name)?;
        let timed = match at {
            Some(date) => Some(self.timed(date.part(0, date.text.len()))?),
            None => None,
        };
        let shown = timed.as_ref().and_then(|(time, _)| time.shown.clone());
        let mut answer = self.answer(name, shown);
        for id in things {
            let ready = timed.as_ref().map(|(_, ready)| ready);
            answer
                .results
                .push(Outcome::Profile(self.profile(id, ready)));
        }
        Ok(answer)
    }

    /// All things of a name; things of several kinds may share one.
    pub(crate) fn things_named(&self, name: Asked<'_>) -> Result<Vec<EntityId>, Vec<Report>> {
        let entities = &self.chronicle.entities;
        match self.matcher.read_name(name.text, name.span, &[]) {
            Ok(id) => {
                let chosen = entities.get(id.index()).map(|e| e.name.clone());
                // "Karasahr (place)" chooses; the bare name means every thing that has it.
                let bare = chosen.as_deref() == Some(name.text);
                let others = entities
                    .iter()
                    .filter(|e| bare && e.id != id && e.name == name.text)
                    .map(|e| e.id);
                let mut all: Vec<EntityId> = std::iter::once(id).chain(others).collect();
                all.sort();
                Ok(all)
            }
            Err(report) => {
                let has = |e: &&annals_chronicle::Entity| {
                    let words =
                        e.words && text_key(&e.name) == text_key(name.text.trim_matches('"'));
                    words || e.name == name.text || e.names.iter().any(|n| n.text == name.text)
                };
                let all: Vec<EntityId> = entities.iter().filter(has).map(|e| e.id).collect();
                if all.is_empty() {
                    Err(vec![report])
                } else {
                    Ok(all)
                }
            }
        }
    }

    fn profile(&self, id: EntityId, ready: Option<&Ready>) -> Profile {
        let entity = &self.chronicle.entities[id.index()];
        let fluents = self.fluents_of(Some(id));
        let (states, histories, events) = match ready {
            Some(ready) => (self.states_then(&fluents, ready), vec![], vec![]),
            None => (
                vec![],
                self.histories(&fluents),
                self.events_of(Some(id), false),
            ),
        };
        let identities = self.chronicle.identities.iter();
        let identities = identities
            .filter(|i| i.a == id || i.b == id)
            .map(|i| self.identity_shown(i))
            .map(|i| format!("{} ({})", i.words, i.place))
            .collect();
        let mut names: Vec<String> = entity.names.iter().map(|n| n.text.clone()).collect();
        if entity.unnamed {
            names.push("unnamed: may be the same as another".to_owned());
        }
        Profile {
            name: self.name(id),
            of_kind: self.kind_name(id),
            names,
            place: entity.place.map(place_words),
            geography: self.geography_shown(id),
            roads: self.roads_shown(id),
            declared: self.place(entity.span),
            identities,
            states,
            histories,
            events,
        }
    }

    /// Recorded states of a thing, or all.
    pub(crate) fn fluents_of(&self, id: Option<EntityId>) -> Vec<Fluent> {
        self.reasoner
            .fluents()
            .iter()
            .filter(|f| id.is_none_or(|id| f.roles.contains(&id)))
            .cloned()
            .collect()
    }

    fn states_then(&self, fluents: &[Fluent], ready: &Ready) -> Vec<Held> {
        let mut states: Vec<Held> = fluents
            .iter()
            .map(|fluent| self.held_then(fluent, ready, Supports::WhereItMayHold))
            .filter(|held| matches!(held.verdict, Verdict::Certain | Verdict::Possible))
            .collect();
        states.sort_by(|a, b| (a.verdict, &a.sentence).cmp(&(b.verdict, &b.sentence)));
        states
    }

    /// Histories of states that may have held, by the first day they may.
    pub(crate) fn histories(&self, fluents: &[Fluent]) -> Vec<History> {
        let mut histories: Vec<History> = fluents
            .iter()
            .map(|fluent| self.history(fluent, false))
            .filter(|h| h.certain.is_some() || h.possible.is_some())
            .collect();
        histories.sort_by(|a, b| (first_held(a), &a.sentence).cmp(&(first_held(b), &b.sentence)));
        histories
    }

    /// Events a thing takes part in, or all; by earliest day, then latest, then order of the text.
    pub(crate) fn events_of(&self, id: Option<EntityId>, supports: bool) -> Vec<EventShown> {
        let taking_part = |event: &&annals_chronicle::Event| {
            let own = self.is_probe(event.id) || self.is_mention(event.id);
            !own && id.is_none_or(|id| self.takes_part(event.id, id))
        };
        let mut events: Vec<EventShown> = self
            .chronicle
            .events
            .iter()
            .filter(taking_part)
            .map(|event| self.event_shown(event.id, supports))
            .collect();
        events.sort_by_key(sort_key);
        events
    }

    pub(crate) fn takes_part(&self, event: EventId, id: EntityId) -> bool {
        let among = |filler: &Filler| match filler {
            Filler::Entities(ids) | Filler::OneOf(ids) => ids.contains(&id),
            Filler::Number(figure) => figure.under == Some(id),
            Filler::Unfilled => false,
        };
        let claims = &self.chronicle.events[event.index()].claims;
        claims.iter().map(|c| self.claim(*c)).any(|claim| {
            let told = match &claim.sentence {
                Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. } => {
                    roles.iter().any(among) || tail.iter().any(|(_, f)| among(f))
                }
                Sentence::Text(_) => false,
            };
            told || claim.details.iter().any(|detail| {
                let named = match &detail.value {
                    DetailValue::Entities(filler) => among(filler),
                    DetailValue::Figures(figures) => figures.iter().any(|f| f.under == Some(id)),
                    _ => false,
                };
                named || detail.of.contains(&id)
            })
        })
    }
}

/// The first day a state may have held.
pub(crate) fn first_held(history: &History) -> i64 {
    let of = |days: &Option<crate::answer::DaysShown>| {
        let first = days.as_ref().and_then(|d| d.ranges.first());
        first.map(|r| r.first.as_ref().map_or(i64::MIN, |d| i64::from(d.jdn)))
    };
    let days = [of(&history.certain), of(&history.possible)];
    days.into_iter().flatten().min().unwrap_or(i64::MAX)
}

/// `42.06 N, 86.57 E`, from millionths of a degree.
fn place_words(place: annals_chronicle::Place) -> String {
    let side = |micro: i32, plus: char, minus: char| {
        let size = micro.unsigned_abs();
        let whole = size / 1_000_000;
        let rest = format!("{:06}", size % 1_000_000);
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        format!(
            "{whole}{point}{rest} {}",
            if micro < 0 { minus } else { plus }
        )
    };
    format!(
        "{}, {}",
        side(place.latitude_micro, 'N', 'S'),
        side(place.longitude_micro, 'E', 'W')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_printed_without_floats() {
        let place = annals_chronicle::Place {
            latitude_micro: 42_060_000,
            longitude_micro: -86_000_001,
        };
        assert_eq!(place_words(place), "42.06 N, 86.000001 W");
    }
}
