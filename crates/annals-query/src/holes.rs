//! Dated questions, whole histories and holes: from the sentence meant to results.

use annals_chronicle::{Bound, Fluent, Moment, RelationId, Verdict};
use annals_reason::{At, Judgement};
use annals_text::{Report, Span};

use crate::answer::{Answer, FillerShown, Fillers, Held, Outcome};
use crate::ask::{Asked, Asker};
use crate::held::{Judged, Supports};
use crate::probe::{Probed, days_after, when_of};
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
    /// Moments added to a copy of the chronicle; each bounds what may be true from above.
    Probed(Box<Probed>, Vec<Moment>),
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
        if let Ready::Probed(probed, moments) = &ready
            && let Some(shown) = &mut asked.shown
            && let Some(moment) = moments.first()
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
        let mut whens = vec![when.clone()];
        if closing {
            // The status as a day closes shows at its last moment and before the first moment of
            // the next day. A moment placed freely in either day bounds it from above.
            let next_day = days_after(self.next_event(), Bound::Whole, 1, Some(1));
            whens.push(when_of([next_day], span));
        }
        let count = whens.len() as u32;
        let probed = Probed::new(self, whens, span);
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
        let moments = (0..count).map(|i| probed.moment(i)).collect();
        Ok(Ready::Probed(Box::new(probed), moments))
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
            Ready::Probed(probed, moments) => probed
                .asker(self)
                .held_before_all(fluent, moments, supports),
        }
    }

    /// The judgement that every one of several instants allows.
    fn held_before_all(&self, fluent: &Fluent, moments: &[Moment], supports: Supports) -> Held {
        let judged: Vec<(At, Judgement)> = moments
            .iter()
            .map(|m| At::Before(*m))
            .map(|at| (at, self.reasoner.judge(fluent, at)))
            .collect();
        let can = |of: fn(&Judgement) -> bool| judged.iter().all(|(_, j)| of(j));
        let hold = can(|j| j.can_true);
        let fail = can(|j| j.can_false);
        let unrecorded = can(|j| j.can_unrecorded);
        let verdict = match (hold, fail, unrecorded) {
            (true, false, false) => Verdict::Certain,
            (false, true, false) => Verdict::Impossible,
            (true, _, _) => Verdict::Possible,
            (false, _, _) => Verdict::Unknown,
        };
        let sharp = judged.iter().find(|(_, j)| j.verdict == verdict);
        let (at, sharpest) = match sharp.or(judged.first()) {
            Some((at, judgement)) => (*at, judgement.clone()),
            None => (At::Day(self.whole_time().0), self.unasked(fluent)),
        };
        let settled = matches!(verdict, Verdict::Certain | Verdict::Impossible);
        let judgement = Judgement {
            verdict,
            can_true: hold,
            can_false: fail,
            can_unrecorded: unrecorded,
            proven: sharpest.proven && (settled || judged.len() == 1),
            ..sharpest
        };
        let support = self.support_if(supports.wanted(verdict), fluent, at);
        self.held_shown(fluent, at, Judged { judgement, support })
    }

    fn unasked(&self, fluent: &Fluent) -> Judgement {
        self.reasoner.judge(fluent, At::Day(self.whole_time().0))
    }

    fn fillers(&self, relation: RelationId, slots: &[Slot], ready: &Ready) -> Fillers {
        let mut fillers: Vec<FillerShown> = self
            .recorded(relation, slots)
            .iter()
            .map(|fluent| FillerShown {
                names: self.hole_names(slots, fluent),
                held: self.held_then(fluent, ready, Supports::WhereItMayHold),
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
                if let Some(fluent) = self.fluent_of(*relation, slots) {
                    return vec![Outcome::History(self.history(&fluent, true))];
                }
                let fluents = self.recorded(*relation, slots);
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
