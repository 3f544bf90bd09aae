//! How long a state lasted: from the moment that starts an episode to the next change.
//!
//! The least length is exact where it is marked so. A moment of the question's own is let free
//! after the start and at most `n` days from it; if the state certainly holds just before it, then
//! in every timeline no change comes within `n` days, and otherwise some timeline has one. That
//! holds for every smaller `n` too, so the greatest such `n` is found by narrowing, beginning with
//! what the history of the state suggests. The greatest length is an outer bound: on the last day
//! on which the state can still hold, the episode need not be the same one.

use annals_chronicle::{
    Anchor, Bound, Day, Effect, EventId, Fluent, Mode, Point, Sentence, Support, Verdict,
};
use annals_reason::At;
use annals_text::{Report, Span};

use crate::answer::{Answer, EpisodeShown, LengthAnswer, Outcome};
use crate::ask::{Asked, Asker};
use crate::evidence_types::{ClaimShown, Evidence};
use crate::probe::{Probed, when_of};
use crate::said::fills;
use crate::sentence::Meant;

/// The reasoner asks about a movable moment day by day; a wider one is not asked about.
const ASKED_DAYS: i64 = 4000;

/// A length found and what forces it.
struct Found {
    days: i64,
    support: Support,
    proven: bool,
}

impl Asker<'_> {
    /// `how long: SENTENCE`
    pub(crate) fn ask_how_long(
        &self,
        question: Asked<'_>,
        sentence: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let meant = self.read_sentence(sentence)?;
        let mut answer = self.answer(question, None);
        for meant in &meant {
            let Meant::State { relation, slots } = meant else {
                let report = Report::error("not-a-state", "only a state has a length")
                    .at(sentence.span, "this tells of an event")
                    .help(
                        "ask for a state, such as \"A is ruler of K\", or \"when:\" of the event",
                    );
                return Err(vec![report]);
            };
            for fluent in self.states_meant(*relation, slots) {
                answer
                    .results
                    .push(Outcome::Length(self.length(&fluent, sentence.span)));
            }
        }
        if answer.results.is_empty() {
            answer.notes.push("no such state is recorded".to_owned());
        }
        Ok(answer)
    }

    fn length(&self, fluent: &Fluent, span: Span) -> LengthAnswer {
        let mut remarks = Vec::new();
        let mut episodes = Vec::new();
        for event in self.starters(fluent) {
            let before = At::Before(self.end_of(event));
            if self.reasoner.weigh(fluent, before).verdict == Verdict::Certain {
                let words = self.event_words(event);
                remarks.push(format!("it held already before {words}"));
                continue;
            }
            episodes.push(self.episode(fluent, event, span));
        }
        if episodes.is_empty() {
            remarks.push("no claim tells of an event that starts it".to_owned());
            self.outer_lengths(fluent, &mut remarks);
        }
        LengthAnswer {
            sentence: self.fluent_words(fluent),
            episodes,
            remarks,
        }
    }

    /// Events whose effects begin a state, in document order.
    pub(crate) fn starters(&self, fluent: &Fluent) -> Vec<EventId> {
        let vocabulary = &self.chronicle.vocabulary;
        let begins = |id: EventId| {
            let claims = &self.chronicle.events[id.index()].claims;
            claims.iter().map(|c| self.claim(*c)).any(|claim| {
                let Sentence::Happens {
                    event_type, roles, ..
                } = &claim.sentence
                else {
                    return false;
                };
                let mut effects = vocabulary.event_types[event_type.index()].effects.iter();
                !claim.draft
                    && claim.mode == Mode::Asserted
                    && effects.any(|effect| match effect {
                        Effect::Begins(template) => fills(template, roles, fluent),
                        _ => false,
                    })
            })
        };
        let events = self.chronicle.events.iter().map(|e| e.id);
        events.filter(|id| begins(*id)).collect()
    }

    fn episode(&self, fluent: &Fluent, event: EventId, span: Span) -> EpisodeShown {
        let runs = self.runs(fluent, event);
        let least = self.least(fluent, event, &runs, span);
        let most = self.most(fluent, event, &runs, span);
        let known = &self.chronicle.events[event.index()];
        let words = match (&least, &most) {
            (None, _) => "no end of it is recorded".to_owned(),
            (Some(least), Some(most)) if least.days == most.days => days_words(least.days),
            (Some(least), Some(most)) => format!(
                "at least {} and at most {}",
                days_words(least.days),
                days_words(most.days)
            ),
            (Some(least), None) => format!("at least {}", days_words(least.days)),
        };
        let same = matches!((&least, &most), (Some(a), Some(b)) if a.days == b.days);
        let shown = |found: &Option<Found>| -> Evidence {
            found
                .as_ref()
                .map(|f| self.evidence(&f.support))
                .unwrap_or_default()
        };
        let number =
            |found: &Option<Found>| found.as_ref().and_then(|f| i32::try_from(f.days).ok());
        EpisodeShown {
            starts: self
                .first_claim(event)
                .map(|c| self.sentence_words(&c.sentence))
                .unwrap_or_default(),
            label: known.label.as_deref().map(str::to_owned),
            start: self.days(&self.moment_days(self.end_of(event))),
            least_days: number(&least),
            most_days: number(&most),
            words,
            next_change: least
                .as_ref()
                .map(|f| self.next_change(fluent, event, f))
                .unwrap_or_default(),
            least_because: shown(&least),
            most_because: shown(&most),
            // It cannot be sure to last longer than it can last.
            least_proven: same || least.as_ref().is_none_or(|f| f.proven),
            most_proven: same,
        }
    }

    /// The greatest number of days that surely pass before the next change; `None` where no
    /// change is recorded at all.
    fn least(&self, fluent: &Fluent, event: EventId, runs: &Runs, span: Span) -> Option<Found> {
        let guess = match (runs.certain_until, runs.start_last) {
            (Until::End, _) => return None,
            (Until::Day(last), Some(start)) => (last + 1 - start).max(0),
            _ => 0,
        };
        let surely = |days: i64| -> Option<Found> {
            let when = [
                Point::After(end_anchor(event)),
                offset(event, Some(0), Some(days)),
            ];
            let certain = |verdict, _| verdict == Verdict::Certain;
            let found = self.judged(fluent, when, span, certain)?;
            Some(Found {
                days: days + 1,
                ..found
            })
        };
        if runs.width().saturating_add(guess) > ASKED_DAYS {
            return Some(Found {
                days: guess,
                support: self.own_support(runs.support.clone()),
                proven: false,
            });
        }
        // No change surely comes within `low` days; within `high` days one may.
        let (mut low, mut high) = (-1, guess.max(1));
        let mut best = None;
        let mut step = 1;
        while let Some(found) = surely(high - 1) {
            (low, best) = (high - 1, Some(found));
            high += step;
            step *= 2;
            if runs.width().saturating_add(high) > ASKED_DAYS {
                return best.map(|found| Found {
                    proven: false,
                    ..found
                });
            }
        }
        high -= 1;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match surely(middle) {
                Some(found) => (low, best) = (middle, Some(found)),
                None => high = middle,
            }
        }
        best.or(Some(Found {
            days: 0,
            support: Support::default(),
            proven: true,
        }))
    }

    /// The fewest days found after which it cannot hold any more.
    fn most(&self, fluent: &Fluent, event: EventId, runs: &Runs, span: Span) -> Option<Found> {
        let (Until::Day(last), Some(start)) = (runs.possible_until, runs.start_first) else {
            return None;
        };
        let after = At::Day(annals_chronicle::Day(i32::try_from(last + 1).ok()?));
        let mut best = Found {
            days: last + 1 - start,
            support: self.own_support(self.reasoner.support(fluent, after)),
            proven: false,
        };
        if runs.width() > ASKED_DAYS {
            return Some(best);
        }
        let mut low = -1;
        while best.days - low > 1 {
            let middle = low + (best.days - low) / 2;
            let when = [
                Point::After(end_anchor(event)),
                offset(event, Some(middle), Some(middle)),
            ];
            let over = |verdict, can_hold: bool| !can_hold && verdict == Verdict::Impossible;
            match self.judged(fluent, when, span, over) {
                Some(found) => {
                    best = Found {
                        days: middle,
                        ..found
                    }
                }
                None => low = middle,
            }
        }
        Some(best)
    }

    /// What the history of a state says of the episode an event starts.
    fn runs(&self, fluent: &Fluent, event: EventId) -> Runs {
        let start = self.moment_days(self.end_of(event));
        let number = |d: Day| i64::from(d.0);
        let (first, last) = self.whole_time_of(fluent);
        let from = start.last().unwrap_or(first);
        let mut runs = Runs {
            start_first: start.first().map(number),
            start_last: start.last().map(number),
            certain_until: Until::Never,
            possible_until: Until::Never,
            support: Support::default(),
        };
        for run in self.reasoner.history(fluent, from, last.max(from)) {
            let until = if run.last >= last {
                Until::End
            } else {
                Until::Day(number(run.last))
            };
            match run.verdict {
                Verdict::Certain => {
                    if run.first == from {
                        runs.certain_until = until;
                        runs.support = self.reasoner.support(fluent, At::Day(run.last));
                    }
                    runs.possible_until = until;
                }
                Verdict::Possible => runs.possible_until = until,
                Verdict::Unknown | Verdict::Impossible => break,
            }
        }
        if runs.possible_until == Until::Never {
            // Over before the last day it may start: it may have held up to then.
            runs.possible_until = runs.start_last.map_or(Until::Never, Until::Day);
        }
        runs
    }

    /// Asks just before a moment of the question's own.
    fn judged(
        &self,
        fluent: &Fluent,
        when: [Point; 2],
        span: Span,
        passes: impl Fn(Verdict, bool) -> bool,
    ) -> Option<Found> {
        let probed = Probed::new(self, vec![when_of(when, span)], span);
        if probed.refused().is_some() {
            // No timeline is so long, so nothing can be said by asking there.
            return None;
        }
        let there = probed.asker(self);
        let at = At::Before(probed.moment(0));
        let judgement = there.reasoner.weigh(fluent, at);
        let found = judgement.proven && passes(judgement.verdict, judgement.can_true);
        found.then(|| Found {
            days: 0,
            support: there.own_support(there.reasoner.support(fluent, at)),
            proven: true,
        })
    }

    /// The claims of what may be the next change that soon after the start.
    fn next_change(&self, fluent: &Fluent, event: EventId, found: &Found) -> Vec<ClaimShown> {
        let start = self.end_of(event);
        self.changes(fluent)
            .into_iter()
            .filter(|change| *change != event)
            .filter(|change| {
                let between = self.reasoner.difference(start, self.end_of(*change));
                between.least == Some(found.days)
            })
            .flat_map(|change| &self.chronicle.events[change.index()].claims)
            .map(|c| self.claim_shown(self.claim(*c), &[]))
            .collect()
    }

    /// Without an event that starts it, the days it certainly held bound its length from below.
    fn outer_lengths(&self, fluent: &Fluent, remarks: &mut Vec<String>) {
        let history = self.history(fluent, false);
        let certain = history.certain.into_iter().flat_map(|days| days.ranges);
        for range in certain {
            if let (Some(first), Some(last)) = (range.first, range.last) {
                let days = i64::from(last.jdn) - i64::from(first.jdn) + 1;
                remarks.push(format!(
                    "it certainly held from {} to {}, so at least {} (not proven to be the least)",
                    first.text,
                    last.text,
                    days_words(days)
                ));
            }
        }
    }
}

/// What a history says of an episode.
struct Runs {
    start_first: Option<i64>,
    start_last: Option<i64>,
    /// How long it certainly holds from the last day it may start.
    certain_until: Until,
    /// How long it may hold without a break.
    possible_until: Until,
    support: Support,
}

impl Runs {
    /// How many days the start may vary by.
    fn width(&self) -> i64 {
        match (self.start_first, self.start_last) {
            (Some(first), Some(last)) => last - first,
            _ => i64::MAX,
        }
    }
}

/// The end of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// It does not begin.
    Never,
    /// Its last day.
    Day(i64),
    /// The end of the days the chronicle speaks of.
    End,
}

fn end_anchor(event: EventId) -> Anchor {
    Anchor {
        event,
        bound: Bound::End,
    }
}

fn offset(event: EventId, least: Option<i64>, most: Option<i64>) -> Point {
    let days = |d: Option<i64>| d.and_then(|d| i32::try_from(d).ok());
    Point::Offset {
        anchor: end_anchor(event),
        least: days(least),
        most: days(most),
    }
}

fn days_words(days: i64) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}
