//! Events and states in the order of time.

use annals_chronicle::Day;
use annals_text::Report;

use crate::answer::{Answer, DayShown, Outcome, Timeline};
use crate::ask::{Asked, Asker};

impl Asker<'_> {
    /// The timeline of a thing, or of everything.
    pub fn timeline(&self, name: Option<Asked<'_>>) -> Result<Answer, Vec<Report>> {
        let Some(name) = name else {
            let mut answer = self.answer_to("timeline");
            answer
                .results
                .push(Outcome::Timeline(self.timeline_of(None)));
            return Ok(answer);
        };
        let name = name.part(0, name.text.len());
        let mut answer = self.answer(name, None);
        for id in self.things_named(name)? {
            answer
                .results
                .push(Outcome::Timeline(self.timeline_of(Some(id))));
        }
        Ok(answer)
    }

    fn answer_to(&self, question: &str) -> Answer {
        Answer {
            schema: crate::answer::SCHEMA,
            question: question.to_owned(),
            time: None,
            results: vec![],
            notes: vec![],
        }
    }

    fn timeline_of(&self, id: Option<annals_chronicle::EntityId>) -> Timeline {
        let events = self.events_of(id, false);
        let states = self.histories(&self.fluents_of(id));
        let (first, last) = self.extent(&events, &states);
        Timeline {
            name: id.map(|id| self.name(id)),
            first,
            last,
            events,
            states,
        }
    }

    /// The days a picture spans: those of what is shown, or else of the whole chronicle. Open
    /// ends do not stretch it.
    fn extent(
        &self,
        events: &[crate::answer::EventShown],
        states: &[crate::answer::History],
    ) -> (DayShown, DayShown) {
        let of_events = events
            .iter()
            .flat_map(|e| std::iter::once(&e.start).chain(&e.end))
            .flat_map(|b| &b.days.ranges);
        let of_states = states
            .iter()
            .flat_map(|s| s.certain.iter().chain(&s.possible))
            .flat_map(|d| &d.ranges);
        let days: Vec<i32> = of_events
            .chain(of_states)
            .flat_map(|r| r.first.iter().chain(&r.last))
            .map(|d| d.jdn)
            .collect();
        let whole = self.whole_time();
        let first = days.iter().min().map_or(whole.0, |d| Day(*d));
        let last = days.iter().max().map_or(whole.1, |d| Day(*d));
        (self.day(first), self.day(last.max(first)))
    }
}
