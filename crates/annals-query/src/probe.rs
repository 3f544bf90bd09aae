//! Relative dates, exactly: the question's time becomes a moment of its own.
//!
//! "3 days after #departure" is not a set of days, since the departure itself may move. So a bare
//! event without effects is added to a copy of the chronicle, with the question's date as its
//! date, and the copy is reasoned with; what holds just before that moment, in every timeline, is
//! what holds at the time asked about. The added moment bears on no state, so it changes no
//! answer. A date that no timeline can have shows as a conflict that names the added claim.

use std::sync::Arc;

use annals_chronicle::{
    Attestation, Chronicle, Claim, ClaimId, Edge, Event, EventId, EventKind, Mode, Moment, Part,
    Point, Sentence, Source, SourceId, When,
};
use annals_chronicle::{Condition, Origin};
use annals_reason::{Cause, Conflict, Reasoner};
use annals_text::Span;

use crate::ask::Asker;

/// A copy of a chronicle with moments of the question's own.
pub(crate) struct Probed {
    chronicle: Chronicle,
    reasoner: Reasoner,
    first_event: EventId,
    first_claim: ClaimId,
}

impl Probed {
    /// Adds one moment a date.
    pub fn new(asker: &Asker<'_>, whens: Vec<When>, span: Span) -> Probed {
        let mut chronicle = asker.chronicle.clone();
        let first_event = EventId(chronicle.events.len() as u32);
        let first_claim = ClaimId(chronicle.claims.len() as u32);
        let source = SourceId(chronicle.sources.len() as u32);
        chronicle.sources.push(own_source());
        for when in whens {
            let event = EventId(chronicle.events.len() as u32);
            let claim = ClaimId(chronicle.claims.len() as u32);
            chronicle.events.push(Event {
                id: event,
                label: None,
                kind: EventKind::Occurrence,
                lasting: false,
                claims: vec![claim].into(),
                span,
            });
            chronicle
                .claims
                .push(asked_claim(claim, event, when, source, span));
        }
        let reasoner = Reasoner::new(&chronicle);
        Probed {
            chronicle,
            reasoner,
            first_event,
            first_claim,
        }
    }

    /// An asker over the copy.
    pub fn asker<'p>(&'p self, asker: &Asker<'p>) -> Asker<'p> {
        Asker {
            chronicle: &self.chronicle,
            reasoner: &self.reasoner,
            own_claims_end: self.first_claim,
            ..*asker
        }
    }

    /// The moment of the `index`-th date.
    pub fn moment(&self, index: u32) -> Moment {
        Moment {
            event: EventId(self.first_event.0 + index),
            edge: Edge::Start,
        }
    }

    /// The first conflict that the added moments take part in: then no timeline has them.
    pub fn refused(&self) -> Option<&Conflict> {
        self.reasoner.conflicts().iter().find(|conflict| {
            let mut claims = conflict.parts.iter().filter_map(|p: &Part| p.claim());
            claims.any(|c| c >= self.first_claim)
        })
    }
}

/// A copy of a chronicle with a claim of the question's own, as if a source said it.
pub(crate) struct Added {
    reasoner: Reasoner,
    claim: ClaimId,
}

impl Added {
    /// Adds the claim; what it has no bearing on is not reasoned out again.
    pub fn new(asker: &Asker<'_>, sentence: Sentence, when: When, span: Span) -> Added {
        let mut chronicle = asker.chronicle.clone();
        let event = EventId(chronicle.events.len() as u32);
        let claim = ClaimId(chronicle.claims.len() as u32);
        let source = SourceId(chronicle.sources.len() as u32);
        chronicle.sources.push(own_source());
        let lasts = |point: &Point| matches!(point, Point::Span { .. } | Point::Throughout(_));
        let dated = when.conditions.iter().flat_map(|c| c.alternatives.iter());
        let typed = match &sentence {
            Sentence::Happens { event_type, .. } => {
                chronicle.vocabulary.event_types[event_type.index()].lasting
            }
            Sentence::Holds { .. } | Sentence::Text(_) => false,
        };
        chronicle.events.push(Event {
            id: event,
            label: None,
            kind: match &sentence {
                Sentence::Holds { .. } => EventKind::Mention,
                Sentence::Happens { .. } | Sentence::Text(_) => EventKind::Occurrence,
            },
            lasting: typed || dated.into_iter().any(lasts),
            claims: vec![claim].into(),
            span,
        });
        chronicle.claims.push(Claim {
            sentence,
            ..asked_claim(claim, event, when, source, span)
        });
        Added {
            reasoner: Reasoner::after(Arc::new(chronicle), asker.reasoner),
            claim,
        }
    }

    /// The conflicts that name the added claim, those of fewest claims first.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let named = |c: &&Conflict| c.parts.iter().any(|p| p.claim() == Some(self.claim));
        self.reasoner.conflicts().iter().filter(named).collect()
    }

    /// Whether all conflicts were looked for.
    pub fn complete(&self) -> bool {
        self.reasoner.conflicts_complete()
    }

    /// The rules that a conflict rests on.
    pub fn causes(&self, conflict: &Conflict) -> Vec<Cause> {
        self.reasoner.causes(conflict)
    }
}

/// The source of what a question adds.
fn own_source() -> Source {
    Source {
        key: "question".to_owned(),
        fields: vec![],
        span: None,
        is_file: true,
    }
}

fn asked_claim(id: ClaimId, event: EventId, when: When, source: SourceId, span: Span) -> Claim {
    Claim {
        id,
        span,
        sentence_span: span,
        event,
        when,
        mode: Mode::Asserted,
        sentence: Sentence::Text("the time asked about".to_owned()),
        doubted: false,
        attestations: vec![Attestation {
            source,
            locator: None,
            via: None,
            span,
        }]
        .into(),
        details: vec![],
        section: None,
        draft: false,
    }
}

/// A date of one condition with one alternative.
pub(crate) fn when_of(points: impl IntoIterator<Item = Point>, span: Span) -> When {
    let conditions = points
        .into_iter()
        .map(|point| Condition {
            written: "the time asked about".into(),
            span,
            origin: Origin::Claim,
            reported: false,
            doubted: false,
            alternatives: vec![point].into(),
            soft: None,
            sic: None,
        })
        .collect();
    When { conditions }
}
