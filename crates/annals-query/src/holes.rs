//! Dated questions, whole histories and holes: from the sentence meant to results.

use annals_chronicle::{Fluent, RelationId, Verdict};
use annals_reason::At;
use annals_text::{Report, Span};

use crate::answer::{Answer, FillerShown, Fillers, Held, Outcome};
use crate::ask::{Asked, Asker};
use crate::held::Supports;
use crate::probe::Probed;
use crate::sentence::{Meant, Slot};
use crate::time::{AskedTime, Time};

/// A time that can be asked about again and again: a moving one has its probe by now.
pub(crate) enum Ready {
    /// The whole covered time.
    Whole,
    /// An instant.
    Instant(At),
    /// Days.
    Days(annals_chronicle::DaySet),
    /// A point at a moment added to a copy of the chronicle.
    Probed(Box<Probed>, At),
}

impl Asker<'_> {
    /// `DATE: SENTENCE`
    pub(crate) fn ask_dated(
        &self,
        question: Asked<'_>,
        date: Asked<'_>,
        sentence: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let (time, ready) = self.timed(date)?;
        let meant = self.read_sentence(sentence)?;
        let mut answer = self.answer(question, time.shown.clone());
        for meant in &meant {
            let outcome = match meant {
                Meant::State { relation, slots } => self.state_then(*relation, slots, &ready),
                Meant::Event {
                    event_type,
                    slots,
                    tail,
                } => Outcome::Happened(self.happened(*event_type, slots, tail, &ready)),
            };
            answer.results.push(outcome);
        }
        self.note_readings(&mut answer, meant.len());
        Ok(answer)
    }

    /// A date read, and its probe made where it needs one.
    pub(crate) fn timed(&self, date: Asked<'_>) -> Result<(AskedTime, Ready), Vec<Report>> {
        let mut asked = self.read_time(date)?;
        let ready = self.ready(&asked.time, date.span)?;
        if let Ready::Probed(probed, At::Before(moment) | At::Close(moment)) = &ready
            && let Some(shown) = &mut asked.shown
        {
            let there = probed.asker(self);
            shown.days = Some(there.days(&there.moment_days(*moment)));
        }
        Ok((asked, ready))
    }

    fn ready(&self, time: &Time, span: Span) -> Result<Ready, Vec<Report>> {
        let (when, closing) = match time {
            Time::Whole => return Ok(Ready::Whole),
            Time::Instant(at) => return Ok(Ready::Instant(*at)),
            Time::Days(days) => return Ok(Ready::Days(days.clone())),
            Time::Moving { when, closing } => (when, *closing),
        };
        let probed = Probed::new(self, vec![when.clone()], span);
        if let Some(conflict) = probed.refused() {
            let mut report = Report::error("impossible-day", "no timeline has such a day")
                .at(span, "the claims exclude this time");
            for part in &conflict.parts {
                if let Some(id) = part.claim().filter(|c| *c < self.own_claims_end) {
                    let claim = self.claim(id);
                    report = report.also(claim.span, "this claim helps to exclude it");
                }
            }
            return Err(vec![report]);
        }
        let moment = probed.moment(0);
        let at = if closing {
            At::Close(moment)
        } else {
            At::Before(moment)
        };
        Ok(Ready::Probed(Box::new(probed), at))
    }

    fn state_then(&self, relation: RelationId, slots: &[Slot], ready: &Ready) -> Outcome {
        if let Some(fluent) = self.fluent_of(relation, slots) {
            return match ready {
                Ready::Whole => Outcome::History(self.history(&fluent, true)),
                _ => Outcome::Held(self.held_then(&fluent, ready, Supports::Always)),
            };
        }
        Outcome::Fillers(self.fillers(relation, slots, ready))
    }

    /// The judgement of one state at a time made ready.
    pub(crate) fn held_then(&self, fluent: &Fluent, ready: &Ready, supports: Supports) -> Held {
        match ready {
            Ready::Instant(at) => self.held_at(fluent, *at, supports),
            Ready::Days(days) => self.held_through(fluent, days, supports),
            Ready::Whole => {
                let (first, last) = self.whole_time();
                let days = annals_chronicle::DaySet::range(Some(first), Some(last));
                self.held_through(
                    fluent,
                    &days.unwrap_or_else(annals_chronicle::DaySet::all),
                    supports,
                )
            }
            Ready::Probed(probed, at) => probed.asker(self).held_at(fluent, *at, supports),
        }
    }

    fn fillers(&self, relation: RelationId, slots: &[Slot], ready: &Ready) -> Fillers {
        let mut fillers: Vec<FillerShown> = self
            .recorded(relation, slots)
            .iter()
            .map(|fluent| {
                let mut held = self.held_then(fluent, ready, Supports::WhereItMayHold);
                if held.verdict == Verdict::Possible {
                    held.remarks.extend(self.unnamed_remarks(fluent));
                }
                FillerShown {
                    names: self.hole_names(slots, fluent),
                    held,
                }
            })
            .collect();
        fillers.sort_by(|a, b| {
            (a.held.verdict, &a.names, &a.held.sentence).cmp(&(
                b.held.verdict,
                &b.names,
                &b.held.sentence,
            ))
        });
        let names = self.slots_words(&annals_sentence::Target::Relation(relation), slots);
        let hole = slots.iter().position(|slot| *slot == Slot::Hole);
        let role = hole.and_then(|i| self.relation(relation).roles.get(i));
        Fillers {
            sentence: self.relation_words(relation, &names),
            fillers,
            none: role
                .map_or("nobody is recorded", |r| self.nobody(&r.content))
                .to_owned(),
        }
    }

    /// Why somebody without a name may hold beside whoever certainly does.
    fn unnamed_remarks(&self, fluent: &Fluent) -> Vec<String> {
        let unnamed = fluent.roles.iter().filter(|id| {
            let entity = self.chronicle.entities.get(id.index());
            entity.is_some_and(|e| e.unnamed)
        });
        unnamed
            .map(|id| {
                let name = self.name(*id);
                format!("{name} has no name here and may be the same as another")
            })
            .collect()
    }

    /// `SENTENCE` alone.
    pub(crate) fn ask_history(
        &self,
        question: Asked<'_>,
        sentence: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let meant = self.read_sentence(sentence)?;
        let mut answer = self.answer(question, None);
        for meant in &meant {
            answer.results.extend(self.whole_history(meant));
        }
        self.note_readings(&mut answer, meant.len());
        Ok(answer)
    }

    /// The whole history of what is meant: one result a recorded filler of a hole.
    pub(crate) fn whole_history(&self, meant: &Meant) -> Vec<Outcome> {
        match meant {
            Meant::State { relation, slots } => {
                let fluents = self.states_meant(*relation, slots);
                if fluents.is_empty() {
                    return vec![Outcome::Fillers(self.fillers(
                        *relation,
                        slots,
                        &Ready::Whole,
                    ))];
                }
                fluents
                    .iter()
                    .map(|fluent| Outcome::History(self.history(fluent, true)))
                    .collect()
            }
            Meant::Event {
                event_type,
                slots,
                tail,
            } => vec![Outcome::Happened(self.happened(
                *event_type,
                slots,
                tail,
                &Ready::Whole,
            ))],
        }
    }

    pub(crate) fn note_readings(&self, answer: &mut Answer, count: usize) {
        if count > 1 {
            answer.notes.push(format!(
                "the question asks {count} things; each is answered"
            ));
        }
    }
}
