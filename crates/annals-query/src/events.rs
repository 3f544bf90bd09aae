//! Events with their bounds, and questions for the days of something.

use annals_chronicle::{EventId, Mode, Moment, Part};
use annals_reason::Side;
use annals_text::Report;

use crate::answer::{Answer, BoundsShown, DetailShown, EventShown, Outcome, SCHEMA};
use crate::ask::{Asked, Asker};
use crate::evidence_types::Evidence;
use crate::words::{mode_word, one_line};

impl Asker<'_> {
    /// `when: #label` or `when: SENTENCE`
    pub(crate) fn ask_when(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        if let Some(asked) = label_of(asked) {
            let event = self.read_label(asked)?;
            let mut answer = self.answer(question, None);
            let mut shown = self.event_shown(event, true);
            shown.reckoning = self.reckoning(event);
            answer.results.push(Outcome::Event(shown));
            return Ok(answer);
        }
        let mut answer = self.ask_history(question, asked)?;
        answer.question = question.text.to_owned();
        Ok(answer)
    }

    /// An event of an overview, by its number there, with what forces its days; `None` where no
    /// event has that number.
    pub fn event_numbered(&self, number: u32) -> Option<Answer> {
        let event = self.chronicle.events.get(number as usize)?.id;
        let mut shown = self.event_shown(event, true);
        shown.reckoning = self.reckoning(event);
        let named = match &shown.label {
            Some(label) => format!("#{label}"),
            None => shown.sentence.clone(),
        };
        Some(Answer {
            schema: SCHEMA,
            question: format!("when: {named}"),
            time: None,
            results: vec![Outcome::Event(shown)],
            notes: vec![],
        })
    }

    /// The event of a label, `#` included; a final `?` is ignored.
    pub(crate) fn read_label(&self, asked: Asked<'_>) -> Result<EventId, Vec<Report>> {
        let label = asked
            .text
            .trim_start_matches('#')
            .trim_end_matches(['?', '.'])
            .trim();
        if let Some(event) = self.chronicle.event_of_label(label) {
            return Ok(event);
        }
        let labels = self
            .chronicle
            .events
            .iter()
            .filter_map(|e| e.label.as_deref());
        let mut report = Report::error("unknown-label", format!("no claim has the label #{label}"))
            .at(asked.span, "this label is not in the chronicle");
        if let Some(near) = annals_sentence::nearest(label, labels) {
            report = report.help(format!("the nearest label is #{near}"));
        }
        Err(vec![report])
    }

    /// An event, its status and its bounds; supports on request.
    pub(crate) fn event_shown(&self, event: EventId, supports: bool) -> EventShown {
        let known = &self.chronicle.events[event.index()];
        let sentence = self
            .first_claim(event)
            .map(|c| self.sentence_words(&c.sentence))
            .unwrap_or_default();
        let end = known
            .lasting
            .then(|| self.bounds_shown(self.end_of(event), supports));
        EventShown {
            label: known.label.as_deref().map(str::to_owned),
            sentence,
            status: self.status(event),
            verdict: None,
            perhaps: vec![],
            start: self.bounds_shown(self.start_of(event), supports),
            end,
            claims: known
                .claims
                .iter()
                .map(|c| self.claim_shown(self.claim(*c), &[]))
                .collect(),
            details: self.details_shown(event),
            reckoning: None,
        }
    }

    /// What the claims of an event say in addition; a quotation is shown with its claim.
    fn details_shown(&self, event: EventId) -> Vec<DetailShown> {
        let claims = &self.chronicle.events[event.index()].claims;
        let mut shown = Vec::new();
        for claim in claims.iter().map(|c| self.claim(*c)) {
            for detail in claim.details.iter().filter(|d| d.key != "quote") {
                let own = !detail.attestations.is_empty();
                let sources = if own {
                    &detail.attestations
                } else {
                    &claim.attestations
                };
                shown.push(DetailShown {
                    key: detail.key.clone(),
                    of: detail.of.iter().map(|id| self.name(*id)).collect(),
                    words: one_line(&detail.written),
                    doubted: detail.doubted,
                    claim: claim.id.0,
                    place: self.place(detail.span),
                    sources: self.sources(sources),
                });
            }
        }
        shown
    }

    pub(crate) fn bounds_shown(&self, moment: Moment, supports: bool) -> BoundsShown {
        let bounds = self.reasoner.bounds(moment);
        let because = |side: Side| -> Evidence {
            let support = supports
                .then(|| self.reasoner.bound_support(moment, side))
                .flatten();
            support.map(|s| self.evidence(&s)).unwrap_or_default()
        };
        BoundsShown {
            days: self.days(&bounds.days),
            earliest_because: because(Side::Earliest),
            latest_because: because(Side::Latest),
            disputed: match supports {
                true => self.day_disputes(moment),
                false => vec![],
            },
            proven: bounds.proven,
        }
    }

    /// What the claims say of an event's happening.
    pub(crate) fn status(&self, event: EventId) -> String {
        match self.standing(event) {
            Standing::Sure if self.is_mention(event) => "held".to_owned(),
            Standing::Sure => "happened".to_owned(),
            Standing::Doubted => "doubted".to_owned(),
            Standing::Disputed => "disputed".to_owned(),
            Standing::OneOf => "one of several".to_owned(),
            Standing::Draft => "not reasoned with".to_owned(),
            Standing::OnlySaid(mode) => mode_word(mode).to_owned(),
        }
    }

    /// Whether some timeline has an event: a doubted one that clashes with what is not doubted is in
    /// none, nor is one whose claims lose to preferred ones.
    pub(crate) fn can_be(&self, event: EventId) -> bool {
        if matches!(self.standing(event), Standing::Sure | Standing::Draft) {
            return true;
        }
        let moments = [self.start_of(event), self.end_of(event)];
        let ways = self.reasoner.arrangements(&moments, &[vec![]]).ways;
        ways.iter().any(|way| way.possible)
    }

    /// How surely an event happened, its date aside.
    pub(crate) fn standing(&self, event: EventId) -> Standing {
        let claims = &self.chronicle.events[event.index()].claims;
        let claims: Vec<_> = claims.iter().map(|c| self.claim(*c)).collect();
        if claims.iter().all(|c| c.draft) {
            return Standing::Draft;
        }
        let asserted = claims
            .iter()
            .filter(|c| !c.draft && c.mode == Mode::Asserted);
        let undoubted: Vec<_> = asserted.clone().filter(|c| !c.doubted).collect();
        if undoubted.is_empty() {
            if asserted.count() > 0 {
                return Standing::Doubted;
            }
            let first = claims.iter().find(|c| !c.draft);
            return first.map_or(Standing::Draft, |c| Standing::OnlySaid(c.mode));
        }
        if self
            .chronicle
            .choices
            .iter()
            .any(|c| c.events.contains(&event))
        {
            return Standing::OneOf;
        }
        let kept_by_all = self
            .reasoner
            .readings()
            .iter()
            .filter(|reading| reading.preferred)
            .all(|reading| {
                undoubted
                    .iter()
                    .any(|c| !reading.dropped.contains(&Part::Happened(c.id)))
            });
        if kept_by_all {
            Standing::Sure
        } else {
            Standing::Disputed
        }
    }
}

/// `#fall`, `start of #fall`, `end of #fall`: the answer gives both ends in any case.
fn label_of(asked: Asked<'_>) -> Option<Asked<'_>> {
    let at = asked.text.find('#')?;
    let before = asked.text[..at].to_lowercase();
    let before: Vec<&str> = before.split_whitespace().collect();
    matches!(before[..], [] | ["start" | "end", "of"]).then(|| asked.part(at, asked.text.len()))
}

/// How surely an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// An undoubted claim of every preferred reading says so.
    Sure,
    /// Only doubted claims say so.
    Doubted,
    /// Some preferred reading leaves it out.
    Disputed,
    /// It is one of several of which one happened.
    OneOf,
    /// Only drafts tell of it.
    Draft,
    /// It is only denied, planned, ordered and so on.
    OnlySaid(Mode),
}
