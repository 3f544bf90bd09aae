//! Why something is not certain: what excludes it, or a timeline in which it is not so beside one
//! in which it is, and which claims leave that open.

use std::collections::BTreeSet;

use annals_chronicle::{
    CircumstanceId, Claim, ClaimId, Day, DaySet, EventTypeId, Fluent, Moment, RelationId, Verdict,
};
use annals_reason::{At, Example, Turn};
use annals_text::Report;

use crate::answer::{Answer, EventShown, Held, Outcome};
use crate::ask::{Asked, Asker};
use crate::asked_types::{MomentShown, TimelineShown, WhyNotAnswer};
use crate::held::Supports;
use crate::holes::Ready;
use crate::question::{Form, split};
use crate::sentence::{Meant, Slot};
use crate::words::one_line;

/// Of what bears on a state, so much is told before the point asked about, and as much after it.
const TOLD_AT_MOST: usize = 4;

impl Asker<'_> {
    /// `why not: SENTENCE`, `why not: DATE: SENTENCE`
    pub(crate) fn ask_why_not(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let sample = "why not: 646: Karasahr is subject to Tang";
        let (time, ready, sentence) = self.dated_sentence(asked, "why not", sample)?;
        let mut answer = self.answer(question, time);
        let all = self.read_sentence(sentence)?;
        for meant in &all {
            match meant {
                Meant::State { relation, slots } => {
                    let fluents = self.states_meant(*relation, slots);
                    if fluents.is_empty() {
                        answer.results.push(self.nothing_told(*relation, slots));
                    }
                    for fluent in fluents {
                        let outcome = self.why_not_state(&fluent, *relation, &ready);
                        answer.results.push(Outcome::WhyNot(outcome));
                    }
                }
                Meant::Event {
                    event_type,
                    slots,
                    tail,
                } => {
                    let outcome = self.why_not_event((*event_type, slots, tail), &ready);
                    answer.results.push(Outcome::WhyNot(outcome));
                }
            }
        }
        self.note_readings(&mut answer, all.len());
        Ok(answer)
    }

    /// The date and the sentence of what `why not` and the like ask about.
    pub(crate) fn dated_sentence<'t>(
        &self,
        asked: Asked<'t>,
        form: &str,
        sample: &str,
    ) -> Result<(Option<crate::answer::TimeShown>, Ready, Asked<'t>), Vec<Report>> {
        let parts = split(asked);
        match parts.form {
            Form::Dated(date) => {
                let (time, ready) = self.timed(date)?;
                Ok((time.shown, ready, parts.rest))
            }
            Form::Undated => Ok((None, Ready::Whole, parts.rest)),
            _ => Err(vec![not_a_sentence(asked, form, sample)]),
        }
    }

    fn nothing_told(&self, relation: RelationId, slots: &[Slot]) -> Outcome {
        let names = self.slots_words(&annals_sentence::Target::Relation(relation), slots);
        Outcome::WhyNot(WhyNotAnswer {
            verdict: Verdict::Unknown,
            sentence: self.relation_words(relation, &names),
            words: vec!["no claim tells of such a state".to_owned()],
            ..WhyNotAnswer::nothing()
        })
    }

    fn why_not_state(&self, fluent: &Fluent, relation: RelationId, ready: &Ready) -> WhyNotAnswer {
        let copy;
        let (asker, at, taken) = match ready {
            Ready::Instant(at) => (*self, *at, None),
            Ready::Probed(probed, at) => {
                copy = probed.asker(self);
                (copy, *at, None)
            }
            Ready::Days(days) => self.day_taken(fluent, self.closed_ranges(days), false),
            Ready::Whole => {
                let (first, last) = self.whole_time_of(fluent);
                self.day_taken(fluent, vec![(first, last)], true)
            }
        };
        let mut answer = asker.why_not_at(fluent, relation, at);
        answer.words.splice(0..0, taken);
        answer
    }

    /// The day of a period that is told of: the first on which the state is not certain; of the
    /// whole time rather the first on which it is possible.
    fn day_taken(
        &self,
        fluent: &Fluent,
        ranges: Vec<(Day, Day)>,
        whole: bool,
    ) -> (Self, At, Option<String>) {
        let runs: Vec<_> = ranges
            .iter()
            .flat_map(|(first, last)| self.reasoner.history(fluent, *first, *last))
            .collect();
        let first = |verdict: Verdict| runs.iter().find(|r| r.verdict == verdict);
        let told = match whole {
            true => first(Verdict::Possible).or_else(|| first(Verdict::Impossible)),
            false => runs.iter().find(|r| r.verdict != Verdict::Certain),
        };
        let Some(run) = told.or(runs.first()) else {
            return (*self, At::Day(Day(0)), None);
        };
        let day = self.day(run.first).text;
        let words = match run.verdict {
            Verdict::Certain => format!("it is certain on every day; of {day}:"),
            verdict if whole => {
                format!("of {day}, the first day on which it is {}:", verdict.word())
            }
            _ => format!("of {day}, the first of these days on which it is not certain:"),
        };
        (*self, At::Day(run.first), Some(words))
    }

    fn why_not_at(&self, fluent: &Fluent, relation: RelationId, at: At) -> WhyNotAnswer {
        let mut held = self.held_at(fluent, at, Supports::Always);
        held.steps = self.steps(&held, Some(relation));
        let open = matches!(held.verdict, Verdict::Possible | Verdict::Unknown);
        let values = [
            (Some(true), held.can.hold),
            (Some(false), held.can.fail),
            (None, held.can.unrecorded),
        ];
        let shown = values.into_iter().filter(|(_, can)| open && *can);
        let examples: Vec<(Option<bool>, Example)> = shown
            .filter_map(|(value, _)| Some((value, self.reasoner.example(fluent, at, value)?)))
            .collect();
        WhyNotAnswer {
            verdict: held.verdict,
            sentence: held.sentence.clone(),
            words: reasons(&held),
            timelines: examples
                .iter()
                .map(|(value, e)| self.timeline_shown(*value, e, at))
                .collect(),
            open: self.deciding(&examples, at),
            held: Some(held),
            ..WhyNotAnswer::nothing()
        }
    }

    fn timeline_shown(&self, value: Option<bool>, example: &Example, at: At) -> TimelineShown {
        let shows = match value {
            Some(true) => "it holds",
            Some(false) => "it does not hold",
            None => "nothing is recorded of it",
        };
        let named = |moment: Moment| self.moment_name(moment);
        let because = match example.turn {
            Turn::Since(moment) => format!("since {}", named(moment)),
            Turn::Unrecorded(moment) => {
                format!(
                    "a change that nobody recorded came before {}",
                    named(moment)
                )
            }
            Turn::Initial => "nothing that bears on it came before".to_owned(),
            Turn::Told => "claims say so of all these days".to_owned(),
            Turn::Faded => "whatever is told of it is too far away".to_owned(),
        };
        let point = asked_day(example, at);
        let (before, after): (Vec<_>, Vec<_>) = example
            .days
            .iter()
            .filter(|(m, _)| !self.is_probe(m.event))
            .partition(|(_, day)| point.is_none_or(|p| *day <= p));
        let skipped = before.len().saturating_sub(TOLD_AT_MOST);
        let near = before.iter().skip(skipped);
        let near = near.chain(after.iter().take(TOLD_AT_MOST));
        TimelineShown {
            shows: shows.to_owned(),
            because,
            days: near
                .map(|(moment, day)| MomentShown {
                    what: named(*moment),
                    day: self.day(*day),
                })
                .collect(),
            settled: self.settled(example),
        }
    }

    /// How what is doubted, left open or contradicted is settled in a timeline.
    fn settled(&self, example: &Example) -> Vec<String> {
        let claim = |id: &ClaimId| {
            let claim = self.claim(*id);
            format!("“{}” ({})", self.claim_words(claim), self.place(claim.span))
        };
        let counting = example.doubted.iter();
        let mut all: Vec<String> = counting
            .map(|id| format!("the doubted {} counts", claim(id)))
            .collect();
        for identity in &example.identities {
            let identity = &self.chronicle.identities[identity.index()];
            let (a, b) = (self.name(identity.a), self.name(identity.b));
            all.push(format!("{a} is the same as {b}"));
        }
        for (id, entity) in &example.fillers {
            all.push(format!("in {} it is {}", claim(id), self.name(*entity)));
        }
        let mut dropped: Vec<ClaimId> = example
            .leaves_out
            .iter()
            .filter_map(|p| p.claim())
            .collect();
        dropped.sort_unstable();
        dropped.dedup();
        let dropped = dropped.iter().filter(|id| **id < self.own_claims_end);
        all.extend(dropped.map(|id| format!("{} is contradicted and left out", claim(id))));
        all
    }

    /// The claims that decide between a timeline in which it holds and those in which it does not:
    /// they lie on different sides of the point, or count in one of them alone.
    fn deciding(
        &self,
        examples: &[(Option<bool>, Example)],
        at: At,
    ) -> Vec<crate::evidence_types::ClaimShown> {
        let holds = |value: &Option<bool>| *value == Some(true);
        let yes = examples.iter().find(|(value, _)| holds(value));
        let mut claims: BTreeSet<ClaimId> = BTreeSet::new();
        for (_, no) in examples.iter().filter(|(value, _)| !holds(value)) {
            let Some((_, yes)) = yes else { continue };
            let side = |example: &Example, moment: &Moment| {
                let day = example.days.iter().find(|(m, _)| m == moment)?.1;
                Some(day <= asked_day(example, at)?)
            };
            for (moment, _) in &yes.days {
                if let (Some(one), Some(other)) = (side(yes, moment), side(no, moment))
                    && one != other
                {
                    let told = &self.chronicle.events[moment.event.index()].claims;
                    claims.extend(told.iter().filter(|c| !self.claim(**c).draft));
                }
            }
            let counts = |e: &Example| e.doubted.iter().copied().collect::<BTreeSet<_>>();
            claims.extend(counts(yes).symmetric_difference(&counts(no)));
            let filled = |e: &Example| e.fillers.iter().copied().collect::<BTreeSet<_>>();
            let differ = filled(yes);
            claims.extend(differ.symmetric_difference(&filled(no)).map(|(c, _)| *c));
        }
        let own = claims.into_iter().filter(|c| *c < self.own_claims_end);
        own.map(|c| self.claim_shown(self.claim(c), &[])).collect()
    }

    fn moment_name(&self, moment: Moment) -> String {
        let event = self.event_words(moment.event);
        let lasts = self.start_of(moment.event) != self.end_of(moment.event);
        match moment.edge {
            annals_chronicle::Edge::Start if lasts => format!("the start of {event}"),
            annals_chronicle::Edge::End if lasts => format!("the end of {event}"),
            _ => event,
        }
    }

    fn why_not_event(
        &self,
        (event_type, slots, tail): (EventTypeId, &[Slot], &[(CircumstanceId, Slot)]),
        ready: &Ready,
    ) -> WhyNotAnswer {
        let happened = self.happened(event_type, slots, tail, ready);
        let asked_days = self.asked_days(ready);
        let denied = asked_days
            .as_ref()
            .and_then(|days| self.denial(event_type, slots, tail, days));
        let sure = |e: &EventShown| e.perhaps.is_empty() && e.status == "happened";
        let told: Vec<&EventShown> = happened.events.iter().collect();
        let verdict = happened.verdict.unwrap_or_else(|| {
            match (told.iter().any(|e| sure(e)), told.is_empty()) {
                (true, _) => Verdict::Certain,
                (false, false) => Verdict::Possible,
                (false, true) => Verdict::Unknown,
            }
        });
        let mut words = vec![match verdict {
            Verdict::Certain => "it is certain: a claimed event surely fits".to_owned(),
            _ => happened.words.clone(),
        }];
        let mut timelines = Vec::new();
        let maybe = |e: &&&EventShown| e.verdict.unwrap_or(Verdict::Possible) == Verdict::Possible;
        if verdict == Verdict::Possible {
            for event in told.iter().filter(maybe) {
                words.extend(event_reasons(event));
            }
            let mut fits = told.iter().filter(maybe).filter(|e| e.end.is_none());
            if let (Some(event), Some(days)) = (fits.next(), &asked_days) {
                timelines = self.inside_and_outside(event, days);
            }
        }
        let listed = happened.events.iter();
        WhyNotAnswer {
            verdict,
            sentence: happened.sentence.clone(),
            words,
            timelines,
            denied: denied.map(|c: &Claim| self.claim_shown(c, &[])),
            events: listed.cloned().collect(),
            ..WhyNotAnswer::nothing()
        }
    }

    /// A timeline in which an event of one moment lies in the days asked about, and one in which
    /// it does not; every day of its bounds is the day of some timeline.
    fn inside_and_outside(&self, event: &EventShown, asked: &DaySet) -> Vec<TimelineShown> {
        if !event.start.proven {
            return vec![];
        }
        let ranges = event.start.days.ranges.iter();
        let ranges = ranges.map(|range| annals_chronicle::DayRange {
            first: range.first.as_ref().map(|d| Day(d.jdn)),
            last: range.last.as_ref().map(|d| Day(d.jdn)),
        });
        let Some(days) = DaySet::from_ranges(ranges) else {
            return vec![];
        };
        let outside = asked.complement().and_then(|out| days.intersect(&out));
        let label = event.label.as_ref().map(|l| format!(" (#{l})"));
        let what = format!("“{}”{}", event.sentence, label.unwrap_or_default());
        let sides = [
            ("it lies then", days.intersect(asked)),
            ("it lies at another time", outside),
        ];
        let named = |set: &DaySet| set.first().or(set.last());
        sides
            .into_iter()
            .filter_map(|(shows, set)| {
                let day = named(&set?)?;
                Some(TimelineShown {
                    shows: shows.to_owned(),
                    because: format!("{what} is on {}", self.day(day).text),
                    days: vec![],
                    settled: vec![],
                })
            })
            .collect()
    }
}

/// The day of the point asked about in a timeline.
fn asked_day(example: &Example, at: At) -> Option<Day> {
    match at {
        At::Day(day) => Some(day),
        At::Before(_) | At::Close(_) => example.asked,
    }
}

/// What keeps a state from being certain.
fn reasons(held: &Held) -> Vec<String> {
    let mut words = vec![match held.verdict {
        Verdict::Certain => "nothing: it is certain, it holds in every timeline".to_owned(),
        Verdict::Impossible => "it is excluded: it holds in no timeline".to_owned(),
        Verdict::Possible => "the claims leave it open: it holds in some timelines".to_owned(),
        Verdict::Unknown if held.can.fail => {
            "no claim says that it holds: it is unrecorded in some timelines, and in others it does \
             not hold"
                .to_owned()
        }
        Verdict::Unknown => "nothing is recorded of it then, in any timeline".to_owned(),
    }];
    if !held.proven {
        words.push("not proven: the search was cut short".to_owned());
    }
    if !held.disputed.is_empty() {
        words.push("the claims contradict each other, and readings answer differently".to_owned());
    }
    words
}

/// Why an event fits only possibly.
fn event_reasons(event: &EventShown) -> Vec<String> {
    let label = event.label.as_ref().map(|l| format!(" (#{l})"));
    let what = format!("“{}”{}", event.sentence, label.unwrap_or_default());
    let mut all = Vec::new();
    if event.status != "happened" {
        all.push(format!("{what} is {}", event.status));
    }
    all.extend(event.perhaps.iter().map(|why| format!("{what}: {why}")));
    if event.verdict == Some(Verdict::Possible) {
        let days = match &event.end {
            Some(end) => format!(
                "it starts {} and ends {}",
                event.start.days.words, end.days.words
            ),
            None => format!("its days are {}", event.start.days.words),
        };
        all.push(format!("{what}: {days}"));
    }
    all
}

/// `why not` and the like ask about a sentence with or without a date, and nothing else.
fn not_a_sentence(asked: Asked<'_>, form: &str, sample: &str) -> Report {
    let words = one_line(asked.text);
    Report::error(
        "only-a-sentence",
        format!("`{form}` asks about a sentence, not about another question"),
    )
    .at(
        asked.span,
        format!("a sentence is expected here, not `{words}`"),
    )
    .help(format!("ask, for example, \"{sample}\""))
}

impl WhyNotAnswer {
    /// Nothing said yet.
    fn nothing() -> WhyNotAnswer {
        WhyNotAnswer {
            verdict: Verdict::Unknown,
            sentence: String::new(),
            words: vec![],
            timelines: vec![],
            open: vec![],
            held: None,
            events: vec![],
            denied: None,
        }
    }
}
